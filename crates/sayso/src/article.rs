//! A page as it reads: its text, its blocks and what it says of itself.

use std::ops::Index;

use crate::Span;

/// One page's text with its structure and metadata. The text is kept exactly: nothing later changes it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Article {
    /// The text of the article's region, debris included. At most 4 GiB.
    pub text: String,
    /// The blocks in order; they do not overlap, and only white space lies between them.
    pub blocks: Vec<Block>,
    /// The headline, without the outlet's name.
    pub title: Option<String>,
    /// The authors, one name each.
    pub byline: Vec<String>,
    /// The outlet's name as the page gives it.
    pub outlet: Option<String>,
    /// The day of publication that is shown; the first of `dates`.
    pub published: Option<Published>,
    /// Every date of publication the page gives, best first.
    pub dates: Vec<Published>,
    /// Where the page was found.
    pub url: Option<String>,
    /// Where the page says that it belongs.
    pub canonical_url: Option<String>,
    /// ISO 639-1 code of the language that the text is in.
    pub language: Option<String>,
    /// Links inside the text.
    pub links: Vec<Link>,
    /// False where the text stops in mid-sentence or at a paywall.
    pub complete: bool,
    /// What the page layer could not do, or did to stay within bounds.
    pub notes: Vec<Note>,
}

impl Index<Span> for Article {
    type Output = str;

    fn index(&self, span: Span) -> &str {
        &self.text[span.range()]
    }
}

/// A paragraph-sized piece of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// What a block is. Only [`Credit`](BlockKind::Credit), [`AltText`](BlockKind::AltText) and
/// [`Debris`](BlockKind::Debris) are never read for statements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// The headline.
    Title,
    /// A heading inside the article, or a standfirst set as one.
    Subhead,
    /// Running text.
    Paragraph,
    /// A block quotation.
    Quotation,
    /// An item of a list inside the article.
    ListItem,
    /// The words under a picture.
    Caption,
    /// The text that stands for a picture.
    AltText,
    /// Who made a picture, video or text.
    Credit,
    /// Page furniture: share bars, related links, newsletter boxes, tables of contents.
    Debris,
}

impl BlockKind {
    /// Whether statements are looked for in such a block.
    pub fn is_read(self) -> bool {
        !matches!(self, BlockKind::AltText | BlockKind::Credit | BlockKind::Debris)
    }

    /// Whether the block belongs to the article's body (no title, caption, credit or debris).
    pub fn is_body(self) -> bool {
        use BlockKind::*;
        matches!(self, Subhead | Paragraph | Quotation | ListItem)
    }
}

/// A link inside the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The words that carry the link.
    pub span: Span,
    /// Its target, absolute where the page's address is known.
    pub url: String,
}

/// A date of publication and how it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// RFC 3339 date (`2016-09-12`), or date and time with offset where the page gives them.
    pub value: String,
    /// How much of `value` the page gives.
    pub precision: Precision,
    /// Where it was found.
    pub from: DateSource,
}

/// The finest unit that a date gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Precision {
    Year,
    Month,
    Day,
    Minute,
    Second,
}

/// Where a date was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateSource {
    /// Told by whoever handed the page in.
    Given,
    /// `datePublished` of a JSON-LD block.
    JsonLd,
    /// A `<meta>` element.
    Meta,
    /// A `<time>` element.
    TimeElement,
    /// The page's address.
    Url,
    /// The text itself.
    Text,
}

/// Something a layer could not do, said aloud.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What kind of thing.
    pub kind: NoteKind,
    /// Where, if anywhere.
    pub span: Option<Span>,
    /// A sentence for people.
    pub text: String,
}

/// Kinds of notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NoteKind {
    /// Part of the input was cut to stay within bounds.
    Cut,
    /// Bytes that were not text in the page's charset, or a wrong charset label.
    Charset,
    /// The text ends in mid-sentence.
    Incomplete,
    /// The text ends at a paywall.
    Paywall,
    /// A language whose statements are not read.
    Language,
    /// No article was found on the page.
    NoArticle,
    /// Something that the page says of itself could not be read.
    Metadata,
    /// Quotation marks that do not pair.
    QuotationMarks,
    /// A page made up as an example.
    Constructed,
}
