//! Where in the statements of an article a token stands: in whose words, in a source, in a cue.

use std::ops::Range;

use super::{mention::Mention, name::Role, page::Page};
use crate::{Attribution, Kind, Span, text::Tag};

/// The statements of an article, by token and by mention.
#[derive(Debug, Default)]
pub(super) struct Scene {
    /// Per token, one past the attribution whose content most narrowly holds it; 0 where none does.
    context: Vec<u32>,
    /// Per attribution, the one that holds it.
    outer: Vec<u32>,
    kinds: Vec<Kind>,
    /// Per attribution, the mention that is its source, and the one that is its addressee.
    pub(super) source: Vec<Option<usize>>,
    pub(super) addressee: Vec<Option<usize>>,
    /// Per mention, the attributions whose source it is: the first, and the first token of its content.
    frames: Vec<Option<(usize, usize)>>,
}

/// Per token, whether it is in a source and whether in a cue.
pub(super) fn roles(page: &Page, attributions: &[Attribution]) -> Vec<Role> {
    let mut roles = vec![Role::default(); page.tokens.len()];
    for attribution in attributions {
        for &source in &attribution.source {
            roles[page.tokens_of(source)].iter_mut().for_each(|role| role.is_source = true);
        }
        for &cue in &attribution.cue {
            roles[page.tokens_of(cue)].iter_mut().for_each(|role| role.is_cue = true);
        }
    }
    roles
}

impl Scene {
    /// The scene of some attributions; `within` are found by what holds what.
    pub(super) fn of(page: &Page, attributions: &[Attribution], mentions: &[Mention]) -> Scene {
        let mut scene = Scene {
            context: vec![0; page.tokens.len()],
            outer: attributions.iter().map(|a| a.within.map_or(0, |outer| outer.0 + 1)).collect(),
            kinds: attributions.iter().map(|a| a.kind).collect(),
            source: Vec::with_capacity(attributions.len()),
            addressee: Vec::with_capacity(attributions.len()),
            frames: vec![None; mentions.len()],
        };
        // The widest first, so that the narrowest stays.
        let size = |a: &Attribution| a.content.iter().map(|piece| piece.len()).sum::<usize>();
        let mut widest: Vec<usize> = (0..attributions.len()).collect();
        widest.sort_by_key(|&at| (std::cmp::Reverse(size(&attributions[at])), at));
        for at in widest {
            for &piece in &attributions[at].content {
                scene.context[page.tokens_of(piece)].fill(at as u32 + 1);
            }
        }
        for (number, attribution) in attributions.iter().enumerate() {
            let source = attribution.source.first().and_then(|&source| head_mention(page, mentions, source));
            let addressee = attribution.addressee.first().and_then(|&to| head_mention(page, mentions, to));
            scene.source.push(source);
            scene.addressee.push(addressee);
            let content = attribution.content.first().map(|content| page.tokens_of(*content).start);
            if let (Some(source), Some(content)) = (source, content) {
                scene.frames[source].get_or_insert((number, content));
            }
        }
        scene
    }

    /// The context of a token: one past an attribution, or 0.
    pub(super) fn context(&self, token: usize) -> u32 {
        self.context[token]
    }

    /// The contexts around a token, the narrowest first, at most three.
    pub(super) fn contexts(&self, token: usize) -> impl Iterator<Item = usize> {
        let first = self.context[token];
        std::iter::successors((first > 0).then_some(first), |&at| {
            Some(self.outer[at as usize - 1]).filter(|&outer| outer > 0)
        })
        .take(3)
        .map(|at| at as usize - 1)
    }

    pub(super) fn kind(&self, attribution: usize) -> Kind {
        self.kinds[attribution]
    }

    /// The attribution that a mention is the source of.
    pub(super) fn spoken_by(&self, mention: usize) -> Option<usize> {
        self.frames[mention].map(|(attribution, _)| attribution)
    }

    /// In which order mentions are understood: who speaks before what is said.
    pub(super) fn order(&self, mentions: &[Mention]) -> Vec<usize> {
        let mut order: Vec<usize> = (0..mentions.len()).collect();
        order.sort_by_key(|&at| {
            let start = mentions[at].tokens.start;
            match self.frames[at] {
                Some((_, content)) if content < start => (content, 0, start, at),
                _ => (start, 1, start, at),
            }
        });
        order
    }
}

/// The mention that a source is about: `Lee`, `Mayor Ann Lee`, `Lee, a teacher`, `Lee's lawyer` (the lawyer),
/// `Lee ally Bo Hart` (Hart), `the head of the Trust`.
pub(super) fn head_mention(page: &Page, mentions: &[Mention], source: Span) -> Option<usize> {
    let tokens = page.tokens_of(source);
    // "Lee, who said", "Lee, who is from Norland, said".
    if !tokens.is_empty() && page.is_one_of(tokens.start, &["who", "whom"]) {
        let end =
            tokens.start.checked_sub(usize::from(tokens.start > 0 && page.word(tokens.start - 1) == ","))?;
        return ending_at(mentions, end);
    }
    let head = super::unnamed::head(page, tokens.clone());
    let first = mentions.partition_point(|mention| mention.tokens.start < tokens.start.saturating_sub(REACH));
    let inside = || {
        let near =
            mentions[first..].iter().enumerate().take_while(|(_, mention)| mention.tokens.start < tokens.end);
        near.map(|(at, mention)| (first + at, mention)).filter(|(_, mention)| tokens.contains(&mention.head))
    };
    // A possessor is not what the phrase is about.
    let is_head = |mention: &Mention| {
        let after = mention.head + 1;
        after + 1 >= tokens.end || !page.is_possessive(after)
    };
    let named = |mention: &Mention| names_the_source(page, &tokens, mention.tokens.clone());
    inside()
        .find(|(_, mention)| matches!(mention.form, super::mention::Form::Name(_)) && named(mention))
        .or_else(|| inside().find(|(_, mention)| Some(mention.head) == head && is_head(mention)))
        .or_else(|| {
            inside()
                .find(|(_, mention)| mention.tokens.start <= tokens.start && mention.tokens.end >= tokens.end)
        })
        .map(|(at, _)| at)
}

/// The mention, the longest, whose last token is right before this one.
pub(super) fn ending_at(mentions: &[Mention], end: usize) -> Option<usize> {
    let first = mentions.partition_point(|mention| mention.tokens.start < end.saturating_sub(REACH));
    let near = mentions.iter().enumerate().skip(first).take_while(|(_, mention)| mention.tokens.start < end);
    near.filter(|(_, mention)| mention.tokens.end == end).map(|(at, _)| at).next()
}

/// Whether a mention is what the source is about, not something it belongs to
/// (`Lee`, `Mayor Ann Lee`, `Lee, a teacher`; not `Lee's lawyer`, `allies of Lee`, `Lee ally Bo Hart`).
pub(super) fn names_the_source(page: &Page, source: &Range<usize>, mention: Range<usize>) -> bool {
    let is_owner = mention.end < source.end && page.is_possessive(mention.end);
    let led_in = (source.start..mention.start).rev().take_while(|&at| page.word(at) != ")").any(|at| {
        // "Retired dentist Lee" is not led by a verb as "people backing Lee" is.
        let is_adjective = page.tag(at + 1) == Tag::Noun;
        matches!(page.tag(at), Tag::Adp | Tag::Sconj)
            || page.tag(at) == Tag::Verb && is_participle(page, at) && !is_adjective
    });
    // A name right before another word of the phrase belongs to it, whatever its tag.
    let stands_alone = |at: usize| {
        use Tag::*;
        matches!(page.tag(at), Punct | Cconj | Pron | Adp | Num | Sconj)
    };
    let modifies = mention.end < source.end && !stands_alone(mention.end);
    !is_owner && !led_in && !modifies
}

/// `backing`, `backed`: other verbs in a noun phrase are nouns that are tagged wrongly (`talk host`).
fn is_participle(page: &Page, at: usize) -> bool {
    page.word(at).ends_with("ing") || page.word(at).ends_with("ed")
}

/// A mention may start so many tokens before the source that its head is in.
const REACH: usize = 12;
