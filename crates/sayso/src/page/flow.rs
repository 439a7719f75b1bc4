//! Tree to passages: the page's visible text cut at block boundaries, as a reader without style sheets sees it.
//!
//! `<div>One <a>two</a><p>Three</p>four</div>` has three passages: "One two", "Three", "four".

use std::collections::HashMap;
use std::ops::Range;

use html5ever::{LocalName, local_name};

use super::dom::{Dom, NodeId, ROOT};
use super::zone::{self, Zone};

/// The page as passages in document order.
#[derive(Debug, Default)]
pub(super) struct Flow {
    /// The passages' text, one after another.
    pub(super) text: String,
    pub(super) passages: Vec<Passage>,
    pub(super) anchors: Vec<Anchor>,
    /// Elements that hold text, parents before children.
    pub(super) boxes: Vec<Element>,
}

/// A run of inline text.
#[derive(Clone, Debug)]
pub(super) struct Passage {
    /// Bytes of [`Flow::text`].
    pub(super) span: Range<usize>,
    /// Index into [`Flow::boxes`] of the nearest block element.
    pub(super) parent: usize,
    pub(super) shape: Shape,
    /// Indices into [`Flow::anchors`].
    pub(super) anchors: Range<usize>,
    /// Characters, and those inside links.
    pub(super) chars: usize,
    pub(super) linked: usize,
    /// Zones of inline elements that the passage lies in.
    pub(super) zone: Zone,
}

/// What the elements around a passage say it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Text in no element of its own: of a `<div>`, between line breaks.
    Bare,
    Paragraph,
    Heading(u8),
    Item,
    Quotation,
    Caption,
    Cell,
}

/// A link in the flow.
#[derive(Clone, Debug)]
pub(super) struct Anchor {
    pub(super) span: Range<usize>,
    pub(super) node: NodeId,
}

/// A block element.
#[derive(Clone, Debug)]
pub(super) struct Element {
    /// Index of the parent box; the first box is its own parent.
    pub(super) parent: usize,
    /// The passages inside.
    pub(super) passages: Range<usize>,
    /// How many pictures stand inside.
    pub(super) images: usize,
    /// Boxes inside end before this index.
    pub(super) end: usize,
    pub(super) name: LocalName,
    /// What tag and class say of the element itself.
    pub(super) zone: Zone,
}

/// Cuts a page into passages.
pub(super) fn flow(dom: &Dom) -> Flow {
    let mut walk = Walk::new(dom);
    walk.run();
    walk.flow
}

/// State of the walk through one page.
struct Walk<'a> {
    dom: &'a Dom,
    flow: Flow,
    /// Open elements.
    frames: Vec<Frame>,
    /// Zones by class string: pages repeat theirs.
    seen: HashMap<&'a str, Zone>,
    /// Where the current passage starts.
    start: usize,
    first_anchor: usize,
    chars: usize,
    linked: usize,
    breaks: usize,
    space: bool,
    images: usize,
}

#[derive(Clone, Copy)]
struct Frame {
    next: Option<NodeId>,
    parent_box: usize,
    shape: Shape,
    zone: Zone,
    block: bool,
    link: Option<usize>,
}

impl<'a> Walk<'a> {
    fn new(dom: &'a Dom) -> Walk<'a> {
        Walk {
            dom,
            flow: Flow::default(),
            frames: Vec::new(),
            seen: HashMap::new(),
            start: 0,
            first_anchor: 0,
            chars: 0,
            linked: 0,
            breaks: 0,
            space: false,
            images: 0,
        }
    }

    fn run(&mut self) {
        self.flow.boxes.push(Element {
            parent: 0,
            passages: 0..0,
            images: 0,
            end: 0,
            name: local_name!("html"),
            zone: Zone::default(),
        });
        self.frames.push(Frame {
            next: self.dom.first_child(ROOT),
            parent_box: 0,
            shape: Shape::Bare,
            zone: Zone::default(),
            block: true,
            link: None,
        });
        while let Some(frame) = self.frames.last_mut() {
            match frame.next {
                Some(child) => {
                    frame.next = self.dom.next_sibling(child);
                    let frame = *frame;
                    self.visit(child, frame);
                }
                None => self.leave(),
            }
        }
    }

    fn visit(&mut self, node: NodeId, above: Frame) {
        if let Some(text) = self.dom.text(node) {
            return self.write(text, above);
        }
        if !self.dom.is_element(node) {
            return;
        }
        let name = self.dom.name(node);
        if name == local_name!("br") {
            self.breaks += 1;
            self.space = true;
            return;
        }
        self.images += usize::from(name == local_name!("img") || name == local_name!("picture"));
        if is_skipped(&name) {
            self.space |= name != local_name!("svg") && name != local_name!("");
            return;
        }
        let block = is_block(&name);
        let mut zone = self.zone(node, &name);
        if !block {
            zone = zone.of_inline();
        }
        let cuts = block || zone.splits() || self.is_drawn_break(node);
        if cuts {
            self.flush(above);
        }
        let parent_box = if block { self.open_box(above.parent_box, &name, zone) } else { above.parent_box };
        let link = (name == local_name!("a") && self.dom.attribute(node, &local_name!("href")).is_some())
            .then(|| self.open_link(node))
            .or(above.link);
        self.frames.push(Frame {
            next: self.dom.first_child(node),
            parent_box,
            shape: shape(&name).unwrap_or(match above.shape {
                Shape::Paragraph | Shape::Heading(_) if block => Shape::Bare,
                shape => shape,
            }),
            zone: if block { Zone::default() } else { above.zone | zone },
            block: cuts,
            link,
        });
    }

    /// Whether an empty element is drawn as a line break: `<span class="br"></span>`.
    fn is_drawn_break(&self, node: NodeId) -> bool {
        self.dom.first_child(node).is_none()
            && self
                .dom
                .attribute(node, &local_name!("class"))
                .is_some_and(|class| class.split_ascii_whitespace().any(|c| c == "br" || c == "line-break"))
    }

    fn leave(&mut self) {
        let Some(frame) = self.frames.last().copied() else { return };
        if frame.block {
            self.flush(frame);
        }
        self.frames.pop();
        let outer = self.frames.last();
        if let Some(link) = frame.link
            && outer.is_none_or(|outer| outer.link != Some(link))
            && let Some(anchor) = self.flow.anchors.get_mut(link)
        {
            anchor.span.end = self.flow.text.len().max(anchor.span.start);
        }
        if outer.is_none_or(|outer| outer.parent_box != frame.parent_box) {
            let (passages, boxes) = (self.flow.passages.len(), self.flow.boxes.len());
            let element = &mut self.flow.boxes[frame.parent_box];
            element.passages.end = passages;
            element.images = self.images - element.images;
            element.end = boxes;
        }
    }

    fn open_box(&mut self, parent: usize, name: &LocalName, zone: Zone) -> usize {
        let at = self.flow.passages.len();
        self.flow.boxes.push(Element {
            parent,
            passages: at..at,
            images: self.images,
            end: 0,
            name: name.clone(),
            zone,
        });
        self.flow.boxes.len() - 1
    }

    fn open_link(&mut self, node: NodeId) -> usize {
        let at = self.flow.text.len();
        self.flow.anchors.push(Anchor { span: at..at, node });
        self.flow.anchors.len() - 1
    }

    fn zone(&mut self, node: NodeId, name: &LocalName) -> Zone {
        let mut zone = zone::of_tag(name);
        for (key, value) in self.dom.attributes(node) {
            zone = zone
                | match zone::attribute(key) {
                    zone::Attribute::Words => {
                        *self.seen.entry(value).or_insert_with(|| zone::of_words(value))
                    }
                    zone::Attribute::Hidden => zone::of_hidden(key, value),
                    zone::Attribute::Other => Zone::default(),
                };
        }
        zone
    }

    /// Adds text to the current passage, white space collapsed.
    fn write(&mut self, text: &str, frame: Frame) {
        let mut words = text.split(char::is_whitespace).peekable();
        while let Some(word) = words.next() {
            if word.chars().any(is_visible) {
                if self.breaks > 1 {
                    self.flush(frame);
                }
                if self.space && self.flow.text.len() > self.start {
                    self.flow.text.push(' ');
                }
                self.space = false;
                self.breaks = 0;
                if let Some(link) = frame.link
                    && let Some(anchor) = self.flow.anchors.get_mut(link)
                    && anchor.span.end == anchor.span.start
                {
                    anchor.span = self.flow.text.len()..self.flow.text.len() + 1;
                }
                let chars = self.push(word);
                self.chars += chars;
                self.linked += if frame.link.is_some() { chars } else { 0 };
            }
            self.space |= words.peek().is_some();
        }
    }

    /// Adds a word without its invisible characters; gives its length in characters.
    fn push(&mut self, word: &str) -> usize {
        if word.is_ascii() {
            self.flow.text.push_str(word);
            return word.len();
        }
        word.chars().filter(|&c| is_visible(c)).inspect(|&c| self.flow.text.push(c)).count()
    }

    /// Ends the current passage.
    fn flush(&mut self, frame: Frame) {
        let end = self.flow.text.len();
        if end > self.start {
            // Links that wrap whole blocks go on in the next passage; each passage counts its own.
            self.flow.passages.push(Passage {
                span: self.start..end,
                parent: frame.parent_box,
                shape: frame.shape,
                anchors: self.first_anchor..self.flow.anchors.len(),
                chars: self.chars,
                linked: self.linked,
                zone: frame.zone,
            });
        }
        self.start = end;
        self.first_anchor = self.flow.anchors.len();
        (self.chars, self.linked, self.breaks, self.space) = (0, 0, 0, false);
    }
}

/// Whether a character is more than a hint where a word may break.
fn is_visible(c: char) -> bool {
    !matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}' | '\u{2060}')
}

fn shape(name: &LocalName) -> Option<Shape> {
    Some(match *name {
        local_name!("p") => Shape::Paragraph,
        local_name!("h1") => Shape::Heading(1),
        local_name!("h2") => Shape::Heading(2),
        local_name!("h3") => Shape::Heading(3),
        local_name!("h4") | local_name!("h5") | local_name!("h6") => Shape::Heading(4),
        local_name!("li") | local_name!("dt") | local_name!("dd") => Shape::Item,
        local_name!("blockquote") => Shape::Quotation,
        local_name!("figcaption") | local_name!("caption") => Shape::Caption,
        local_name!("td") | local_name!("th") => Shape::Cell,
        _ => return None,
    })
}

/// Elements whose text is not part of the page as it reads.
fn is_skipped(name: &LocalName) -> bool {
    matches!(
        *name,
        // Foreign elements, pictures drawn in SVG among them.
        local_name!("")
            | local_name!("head")
            | local_name!("script")
            | local_name!("style")
            | local_name!("noscript")
            | local_name!("template")
            | local_name!("button")
            | local_name!("select")
            | local_name!("option")
            | local_name!("textarea")
            | local_name!("iframe")
            | local_name!("object")
            | local_name!("embed")
            | local_name!("video")
            | local_name!("audio")
            | local_name!("canvas")
            | local_name!("datalist")
    )
}

fn is_block(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("address")
            | local_name!("article")
            | local_name!("aside")
            | local_name!("blockquote")
            | local_name!("body")
            | local_name!("caption")
            | local_name!("center")
            | local_name!("dd")
            | local_name!("details")
            | local_name!("dialog")
            | local_name!("div")
            | local_name!("dl")
            | local_name!("dt")
            | local_name!("fieldset")
            | local_name!("figcaption")
            | local_name!("figure")
            | local_name!("footer")
            | local_name!("form")
            | local_name!("h1")
            | local_name!("h2")
            | local_name!("h3")
            | local_name!("h4")
            | local_name!("h5")
            | local_name!("h6")
            | local_name!("header")
            | local_name!("hgroup")
            | local_name!("hr")
            | local_name!("html")
            | local_name!("li")
            | local_name!("main")
            | local_name!("menu")
            | local_name!("nav")
            | local_name!("ol")
            | local_name!("p")
            | local_name!("pre")
            | local_name!("section")
            | local_name!("summary")
            | local_name!("table")
            | local_name!("tbody")
            | local_name!("td")
            | local_name!("tfoot")
            | local_name!("th")
            | local_name!("thead")
            | local_name!("tr")
            | local_name!("ul")
    )
}
