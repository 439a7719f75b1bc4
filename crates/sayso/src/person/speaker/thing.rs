//! Speakers that are no people: bodies, outlets and documents.

use std::ops::Range;

use super::{
    Cast, FAR, NAMES, Outlet, OutletId, REACH, Span, Speaker, Tag, lexicon, names_the_source, outlet, unnamed,
};

impl Cast<'_> {
    /// What `it` stands for: the body or outlet that is the subject of its sentence, or else the body, outlet or document
    /// that spoke last, if it did so shortly before.
    pub(super) fn thing_before(&self, at: usize) -> Option<Speaker> {
        let page = &self.page;
        let is_subject = |end: usize| end < at && matches!(page.tag(end), Tag::Verb | Tag::Aux);
        let before = page.span(self.sentence(at).start..at + 1);
        let outlets = self.named.outlets_in(before).iter();
        let outlet = outlets.rev().take(NAMES).find(|(mention, _)| is_subject(page.tokens_of(*mention).end));
        if let Some((_, outlet)) = outlet {
            return Some(Speaker::Outlet(OutletId(*outlet as u32)));
        }
        let others = &self.company.names.others;
        let last = others.partition_point(|other| other.end <= at);
        let others = others[..last]
            .iter()
            .rev()
            .take(NAMES)
            .take_while(|other| other.start >= self.sentence(at).start);
        if let Some(body) = others.clone().find(|other| is_subject(other.end)) {
            return Some(Speaker::Organisation(page.span(body.clone())));
        }
        let (end, thing) = self.thing.as_ref()?;
        let start = self.page.tokens[at].span.start();
        (*end <= start && start - end < FAR).then(|| thing.clone())
    }

    /// The outlet that `the paper`, `the agency` stand for: the last one of that kind.
    pub(super) fn outlet_called(&self, source: &Range<usize>) -> Option<OutletId> {
        let page = &self.page;
        let head = unnamed::head(page, source.clone())?;
        if !page.is_one_of(source.start, &["the", "that", "this"])
            || head + 1 != source.end
            || head > source.start + 2
        {
            return None;
        }
        let kinds = outlet::kinds(page.word(head))?;
        let before = page.tokens[source.start].span.start();
        let last = self.named.outlets.partition_point(|(mention, _)| mention.end() <= before);
        let fits = |outlet: &Outlet| outlet.kind.is_none_or(|kind| kinds.contains(&kind));
        let found =
            self.named.outlets[..last].iter().rev().take(8).find(|(_, outlet)| fits(&self.outlets[*outlet]));
        found.map(|(_, outlet)| OutletId(*outlet as u32))
    }

    /// The body that `the party`, `the court` stand for: the last one before whose name has that noun in it.
    pub(super) fn body_called(&self, source: &Range<usize>, head: usize) -> Option<Span> {
        let page = &self.page;
        if source.len() != 2 || head != source.start + 1 || !page.is_one_of(source.start, &["the"]) {
            return None;
        }
        let others = &self.company.names.others;
        let last = others.partition_point(|other| other.end <= source.start);
        let mut near = others[..last].iter().rev().take(BODIES).filter(|body| body.len() > 1);
        let is_called = |body: &&Range<usize>| (**body).clone().any(|at| page.lower(at) == page.lower(head));
        let body = match near.clone().find(is_called) {
            Some(body) => body,
            // "Marsk Logistics will close, the company said."
            None if page.is_one_of(head, FIRMS) => near.find(|body| {
                page.class(body.end - 1).has(lexicon::Class::NEVER)
                    && source.start - body.end < FIRM
                    && matches!(page.tag(body.end), Tag::Verb | Tag::Aux | Tag::Punct | Tag::Part)
            })?,
            None => return None,
        };
        Some(page.span(body.clone()))
    }

    /// The outlet that a report is of: the last one named before it, where no other document came between.
    pub(super) fn outlet_of(&self, source: &Range<usize>, head: usize) -> Option<OutletId> {
        let page = &self.page;
        if !page.is_one_of(head, PRESS) || !page.is_one_of(source.start, &["the", "that", "this", "its"]) {
            return None;
        }
        let sentence = self.sentences.partition_point(|sentence| sentence.tokens.end <= source.start);
        let start = self.sentences.get(sentence.saturating_sub(REPORT))?.tokens.start;
        let bounds = page.tokens[start].span.start();
        let before = page.tokens[source.start].span.start();
        let last = self.named.outlets.partition_point(|(mention, _)| mention.end() <= before);
        let &(mention, outlet) =
            self.named.outlets[..last].last().filter(|(mention, _)| mention.start() >= bounds)?;
        let between = page.tokens_of(mention).end..source.start;
        // "A report by the inspector": another one.
        let is_another = |at: usize| {
            page.is_one_of(at, &["a", "an"])
                && at + 3 < page.tokens.len()
                && (at + 1..at + 3).any(|at| page.class(at).has(lexicon::Class::DOCUMENT))
        };
        (between.len() < REACH && !between.into_iter().any(is_another)).then_some(OutletId(outlet as u32))
    }

    pub(super) fn other(&self, source: Span, tokens: Range<usize>) -> Speaker {
        let head = unnamed::head(&self.page, tokens.clone());
        const ANYBODY: &[&str] =
            &["everyone", "everybody", "anyone", "anybody", "nobody", "many", "most", "others", "few"];
        if tokens.len() < 3 && tokens.clone().last().is_some_and(|last| self.page.is_one_of(last, ANYBODY)) {
            return Speaker::Generic(source);
        }
        let is_pronoun = tokens.len() == 1 && self.page.tokens[tokens.start].tag == Tag::Pron;
        match head {
            _ if is_pronoun => Speaker::Unknown(Vec::new()),
            // "The Northern Post" is no post.
            Some(head)
                if unnamed::is_document(self.page.word(head)) && self.page.tokens[head].tag != Tag::Propn =>
            {
                Speaker::Document(source, self.outlet_of(&tokens, head))
            }
            Some(head) if unnamed::is_organisation(self.page.word(head)) => {
                Speaker::Organisation(self.body_called(&tokens, head).unwrap_or(source))
            }
            Some(head) if unnamed::is_class(&self.page, &tokens, head) => Speaker::Generic(source),
            Some(head) if self.names_an_organisation(&tokens, head) && !self.names_a_person(source) => {
                Speaker::Organisation(source)
            }
            _ => Speaker::Unknown(Vec::new()),
        }
    }

    /// `the Sarn Trust`, `NATO`, `Norland University`. A bare name may be anybody's.
    pub(super) fn names_an_organisation(&self, source: &Range<usize>, head: usize) -> bool {
        let word = self.page.word(head);
        let led = self.page.word(source.start).eq_ignore_ascii_case("the");
        let is_acronym = word.chars().count() > 1 && word.chars().all(char::is_uppercase);
        let is_place_or_body = source.clone().any(|at| self.page.class(at).has(lexicon::Class::NEVER));
        let ends = head + 1 == source.end || matches!(self.page.tokens[head + 1].tag, Tag::Punct | Tag::Adp);
        let is_name =
            self.page.tokens[head].tag == Tag::Propn && word.starts_with(char::is_uppercase) && ends;
        let is_other = self.company.names.others.binary_search_by(|other| {
            if other.end <= head {
                std::cmp::Ordering::Less
            } else if other.start > head {
                std::cmp::Ordering::Greater
            } else {
                std::cmp::Ordering::Equal
            }
        });
        // "Aide", in a headline.
        let is_somebody = source.len() == 1 && self.page.class(head).has(lexicon::Class::ONE);
        is_name && !is_somebody && (led || is_acronym || is_place_or_body || is_other.is_ok())
    }

    pub(super) fn names_a_person(&self, source: Span) -> bool {
        let tokens = self.page.tokens_of(source);
        let people = self.named.people_in(source).iter();
        people
            .map(|(span, _)| self.page.tokens_of(*span))
            .any(|name| names_the_source(&self.page, &tokens, name))
    }
}

/// So many bodies named before `the party` are looked at.
const BODIES: usize = 16;
/// What only firms are called by.
const FIRMS: &[&str] =
    &["company", "firm", "group", "carrier", "airline", "bank", "manufacturer", "maker", "retailer"];
/// So many words before `the company` its name is looked for.
const FIRM: usize = 80;
/// `The report` is of an outlet named at most so many sentences before.
const REPORT: usize = 4;
/// Documents that may be an outlet's own.
const PRESS: &[&str] = &["report", "article", "story", "piece", "editorial", "column", "dispatch", "account"];
