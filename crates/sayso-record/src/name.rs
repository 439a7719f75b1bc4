//! The words that the record uses for the engine's kinds.

use sayso::{Act, BlockKind, DateSource, Kind, NoteKind, Precision, Stance, ViaKind};

/// A block's kind.
pub(crate) fn block_name(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Title => "title",
        BlockKind::Subhead => "subhead",
        BlockKind::Paragraph => "paragraph",
        BlockKind::Quotation => "quotation",
        BlockKind::ListItem => "list_item",
        BlockKind::Caption => "caption",
        BlockKind::AltText => "alt_text",
        BlockKind::Credit => "credit",
        BlockKind::Debris => "debris",
    }
}

/// How much of a content stands in quotation marks.
pub(crate) fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Direct => "direct",
        Kind::Mixed => "mixed",
        Kind::Indirect => "indirect",
    }
}

/// What the text says of the saying.
pub(crate) fn act_name(act: Act) -> &'static str {
    match act {
        Act::Statement => "statement",
        Act::Attitude => "attitude",
    }
}

pub(crate) fn stance_name(stance: Stance) -> &'static str {
    match stance {
        Stance::Asserted => "asserted",
        Stance::Denied => "denied",
        Stance::NotSaid => "not_said",
        Stance::Hypothetical => "hypothetical",
    }
}

/// How a statement reached the page.
pub(crate) fn via_name(kind: ViaKind) -> &'static str {
    match kind {
        ViaKind::ToldTo => "told_to",
        ViaKind::Citing => "citing",
        ViaKind::AsReportedBy => "as_reported_by",
        ViaKind::Document => "document",
    }
}

/// Where a date was found.
pub(crate) fn date_source_name(from: DateSource) -> &'static str {
    match from {
        DateSource::Given => "given",
        DateSource::JsonLd => "json-ld",
        DateSource::Meta => "meta",
        DateSource::TimeElement => "time element",
        DateSource::Url => "url",
        DateSource::Text => "text",
    }
}

/// The finest unit that a date gives.
pub(crate) fn precision_name(precision: Precision) -> &'static str {
    match precision {
        Precision::Year => "year",
        Precision::Month => "month",
        Precision::Day => "day",
        Precision::Minute => "minute",
        Precision::Second => "second",
    }
}

/// A note's kind.
pub(crate) fn note_name(kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::Cut => "cut",
        NoteKind::Charset => "charset",
        NoteKind::Incomplete => "incomplete",
        NoteKind::Paywall => "paywall",
        NoteKind::Language => "language",
        NoteKind::NoArticle => "no_article",
        NoteKind::Metadata => "metadata",
        NoteKind::QuotationMarks => "quotation_marks",
        NoteKind::Constructed => "constructed",
    }
}
