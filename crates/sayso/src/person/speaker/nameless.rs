//! Speakers without a name: whom each mention stands for, and why they have none.

use super::{Cast, FAR, Form, Reference, Span, Speaker, Unnamed, UnnamedId, anonymity, unnamed};

impl Cast<'_> {
    /// The unnamed source of before that a pronoun stands for: `A spokeswoman ... she added`.
    pub(super) fn same_nameless(&mut self, words: Span, attribution: usize) -> Option<UnnamedId> {
        let mention = self.company.scene.source[attribution]?;
        let is_pronoun = matches!(self.company.mentions[mention].form, Form::Pronoun { .. });
        let link = &self.company.chains.links[mention];
        let id = *self.nameless.get(&link.entity?)?;
        if !is_pronoun || link.share < NAMELESS {
            return None;
        }
        self.unnamed[id.index()].mentions.push(words);
        Some(id)
    }

    /// `The sources` are the sources of before; `the person` is not the three people of before. Nobody, where the words
    /// may speak of somebody with a name.
    pub(super) fn add_unnamed(&mut self, found: unnamed::Found) -> Option<UnnamedId> {
        let alike = |known: &Unnamed| {
            known.role == found.unnamed.role && (known.max == Some(1)) == (found.unnamed.max == Some(1))
        };
        if found.reference != Reference::New
            && let Some(known) = self.unnamed.iter().rposition(alike)
        {
            self.unnamed[known].mentions.extend(found.unnamed.mentions);
            return Some(UnnamedId(known as u32));
        }
        if found.reference == Reference::OnlyKnown && !self.wishes_anonymity(found.unnamed.mentions[0]) {
            return None;
        }
        self.unnamed.push(found.unnamed);
        Some(UnnamedId(self.unnamed.len() as u32 - 1))
    }

    /// Whether a wish for anonymity stands in the source or right after it.
    pub(super) fn wishes_anonymity(&self, source: Span) -> bool {
        let tokens = self.page.tokens_of(source);
        let found = anonymity::anonymity(
            &self.page,
            tokens.start..self.sentence(tokens.start).end.min(tokens.end + WISH),
            |_| false,
        );
        found.is_some_and(|found| found.start <= tokens.end + NEAR)
    }

    /// The group that spoke last, or one of it, where the words stand for it: `they`, `one of them`.
    pub(super) fn same_unnamed(&mut self, source: Span, group: Option<(Span, UnnamedId)>) -> Option<Speaker> {
        let (mention, id) = group?;
        if mention.start() >= source.start() || source.start() - mention.end() > FAR {
            return None;
        }
        if self.is_one_of_them(source) {
            let (text, known) = (self.page.text[source.range()].to_owned(), &self.unnamed[id.index()]);
            let (min, max, condition, mentions) = (1, Some(1), None, vec![source]);
            self.unnamed.push(Unnamed { text, min, max, condition, mentions, ..known.clone() });
            return Some(Speaker::Unnamed(UnnamedId(self.unnamed.len() as u32 - 1)));
        }
        let tokens = self.page.tokens_of(source);
        // "The residents fled, and they said": of several groups, none.
        let between = self.page.tokens_of(mention).end..tokens.start;
        let is_other = |at: usize| unnamed::is_several(self.page.word(at)) && !self.is_told(at);
        let is_only = !between.into_iter().any(is_other);
        (is_only && unnamed::is_they(&self.page, &tokens)).then(|| {
            self.unnamed[id.index()].mentions.push(source);
            Speaker::Unnamed(id)
        })
    }

    /// Whether a token stands in a content, among somebody's words.
    pub(super) fn is_told(&self, at: usize) -> bool {
        let span = self.page.tokens[at].span;
        let after = self.contents.partition_point(|content| content.start() <= span.start());
        self.contents[after.saturating_sub(HOLDERS)..after].iter().any(|content| content.contains(span))
    }

    pub(super) fn is_relative(&self, source: Span) -> bool {
        matches!(&self.page.text[source.range()], "who" | "which" | "that")
    }

    pub(super) fn is_one_of_them(&self, source: Span) -> bool {
        unnamed::is_one_of_them(&self.page, &self.page.tokens_of(source))
    }

    /// Gives every unnamed source the reason for its anonymity that a sentence about it states.
    pub(super) fn add_conditions(&mut self) {
        let mentions = self.unnamed.iter().enumerate();
        let mentions =
            mentions.flat_map(|(i, unnamed)| unnamed.mentions.iter().map(move |&mention| (mention, i)));
        let mut mentions: Vec<(Span, usize)> = mentions.collect();
        mentions.retain(|(mention, _)| !self.is_told(self.page.tokens_of(*mention).start));
        mentions.sort();
        for sentence in self.sentences {
            let first = mentions.partition_point(|(mention, _)| mention.end() <= sentence.span.start());
            let inside =
                mentions[first..].iter().take_while(|(mention, _)| mention.start() < sentence.span.end());
            let Some(found) =
                anonymity::anonymity(&self.page, sentence.tokens.clone(), |at| self.is_told(at))
            else {
                continue;
            };
            let stated = self.page.tokens[found.start].span.start();
            // The last one before the words that state it, else the first one after them.
            let far = |mention: &Span| (mention.start() >= stated, mention.start().abs_diff(stated));
            if let Some((_, i)) = inside.min_by_key(|(mention, _)| far(mention))
                && self.unnamed[*i].condition.is_none()
            {
                self.unnamed[*i].condition = Some(self.page.text[found.condition.range()].to_owned());
            }
        }
    }
}

/// The words that state a wish for anonymity start at most so many tokens after the source.
const NEAR: usize = 3;
/// The words of a wish for anonymity are looked for in so many tokens after the source.
const WISH: usize = 40;
/// Of the contents that start before a token, so many may hold it.
const HOLDERS: usize = 8;
/// The same for a pronoun that stands for an unnamed source.
const NAMELESS: f32 = 0.7;
