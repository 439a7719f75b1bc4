//! Text to tree: html5ever's tokenizer and tree builder over a flat arena, within bounds.
//!
//! html5ever follows the standard to the letter, and the standard lets a page ask for quadratic work: deep nesting,
//! and formatting elements that are reopened in every later block. So a filter stands between tokenizer and tree
//! builder. It gives formatting elements on as ordinary ones, drops start tags (never text) beyond [`MAX_DEPTH`],
//! and stops the tree at a number of nodes.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use html5ever::buffer_queue::BufferQueue;
use html5ever::interface::{ElemName, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{Attribute, LocalName, Namespace, QualName, local_name, ns};

/// Elements nested deeper than this are unwrapped.
pub(super) const MAX_DEPTH: u16 = 512;
/// Nodes beyond this many, and one more for each 16 bytes of the page, are left out. A long news page has some 20,000.
const BASE_NODES: usize = 500_000;
/// Attributes beyond this many of one element are left out.
const MAX_ATTRIBUTES: usize = 64;

/// A node's index in its [`Dom`].
pub(super) type NodeId = u32;
/// The document node.
pub(super) const ROOT: NodeId = 0;
const NONE: NodeId = u32::MAX;

/// A page's tree.
#[derive(Debug, Default)]
pub(super) struct Dom {
    nodes: Vec<Node>,
    text: String,
    most_nodes: usize,
    /// Whether elements were unwrapped for depth.
    pub(super) cut_depth: bool,
    /// Whether a tag was ended for length.
    pub(super) cut_tag: bool,
    /// Whether nodes were left out for number.
    pub(super) cut_nodes: bool,
}

#[derive(Debug)]
struct Node {
    parent: NodeId,
    first: NodeId,
    last: NodeId,
    prev: NodeId,
    next: NodeId,
    depth: u16,
    content: Content,
}

#[derive(Debug)]
enum Content {
    Element(Box<Element>),
    Text { start: u32, end: u32 },
    Other,
}

#[derive(Debug)]
struct Element {
    name: QualName,
    attributes: Vec<Attribute>,
}

/// Parses a page.
pub(super) fn parse(html: &str) -> Dom {
    let sink = Sink::new(BASE_NODES + html.len() / 16);
    let builder = TreeBuilder::new(sink, TreeBuilderOpts { drop_doctype: true, ..Default::default() });
    let tokenizer = Tokenizer::new(Filter::new(builder), TokenizerOpts::default());
    let input = BufferQueue::default();
    let feed = |text: &str| {
        input.push_back(StrTendril::from_slice(text));
        // It also returns where a browser would run a script.
        while !input.is_empty() {
            let _ = tokenizer.feed(&input);
        }
    };
    let mut open = Open::default();
    let mut rest = html;
    while !rest.is_empty() {
        let (piece, mut after) = rest.split_at(super::prefix(rest, PIECE).len());
        let tokens = tokenizer.sink.tokens.get();
        feed(piece);
        if tokenizer.sink.tokens.get() != tokens {
            open = Open::default();
        } else if open.grows_too_long(piece) {
            feed(TAG_END);
            after = after_tag(after);
            open = Open::default();
            tokenizer.sink.builder.sink.dom.borrow_mut().cut_tag = true;
        }
        rest = after;
    }
    tokenizer.end();
    tokenizer.sink.builder.sink.finish()
}

/// What of a page is given to the tokenizer at once.
const PIECE: usize = 64 * 1024;
/// Ends a tag in whatever state its attributes are.
const TAG_END: &str = "\"'>";

/// What follows the tag that was ended early; the end of a comment is kept, for it may have been one.
fn after_tag(rest: &str) -> &str {
    let Some(end) = memchr::memchr(b'>', rest.as_bytes()) else { return "" };
    if rest[..end].ends_with("--") { &rest[end - 2..] } else { &rest[end + 1..] }
}

/// A tag or comment that has not ended. The tokenizer compares each attribute with all before it, so that one tag of
/// many attributes would take quadratic time; few separators over a long way are a picture or data in one attribute.
#[derive(Default)]
struct Open {
    bytes: usize,
}

impl Open {
    fn grows_too_long(&mut self, piece: &str) -> bool {
        const MOST_SEPARATORS: usize = 2400;
        const MOST_BYTES: usize = 512 * 1024;
        self.bytes += piece.len();
        let separators = piece.bytes().filter(|b| b.is_ascii_whitespace() || *b == b'/').count();
        self.bytes > MOST_BYTES || separators > MOST_SEPARATORS
    }
}

impl Dom {
    /// The children of a node, in order.
    pub(super) fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        let mut at = self.nodes[id as usize].first;
        std::iter::from_fn(move || {
            let here = at;
            (here != NONE).then(|| {
                at = self.nodes[here as usize].next;
                here
            })
        })
    }

    /// The first child of a node.
    pub(super) fn first_child(&self, id: NodeId) -> Option<NodeId> {
        known(self.nodes[id as usize].first)
    }

    /// The sibling after a node.
    pub(super) fn next_sibling(&self, id: NodeId) -> Option<NodeId> {
        known(self.nodes[id as usize].next)
    }

    /// The parent of a node.
    pub(super) fn parent(&self, id: NodeId) -> Option<NodeId> {
        known(self.nodes[id as usize].parent)
    }

    /// The tag name of an HTML element; the empty name for anything else.
    pub(super) fn name(&self, id: NodeId) -> LocalName {
        match &self.nodes[id as usize].content {
            Content::Element(element) if element.name.ns == ns!(html) => element.name.local.clone(),
            _ => local_name!(""),
        }
    }

    /// Whether the node is an element, of HTML or not.
    pub(super) fn is_element(&self, id: NodeId) -> bool {
        matches!(self.nodes[id as usize].content, Content::Element(_))
    }

    /// The text of a text node.
    pub(super) fn text(&self, id: NodeId) -> Option<&str> {
        match self.nodes[id as usize].content {
            Content::Text { start, end } => Some(&self.text[start as usize..end as usize]),
            _ => None,
        }
    }

    /// An attribute's value.
    pub(super) fn attribute(&self, id: NodeId, name: &LocalName) -> Option<&str> {
        self.attributes(id).find(|(key, _)| key == &name).map(|(_, value)| value)
    }

    /// All attributes of a node.
    pub(super) fn attributes(&self, id: NodeId) -> impl Iterator<Item = (&LocalName, &str)> {
        let attributes = match &self.nodes[id as usize].content {
            Content::Element(element) => element.attributes.as_slice(),
            _ => &[],
        };
        attributes.iter().map(|attribute| (&attribute.name.local, &*attribute.value))
    }

    /// The nodes below `id`, itself first, in document order.
    pub(super) fn descendants(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        let mut at = Some(id);
        std::iter::from_fn(move || {
            let here = at?;
            at = self.first_child(here).or_else(|| self.after(here, id));
            Some(here)
        })
    }

    /// The first node after all of `node`'s subtree, inside `root`.
    fn after(&self, mut node: NodeId, root: NodeId) -> Option<NodeId> {
        while node != root {
            if let Some(next) = self.next_sibling(node) {
                return Some(next);
            }
            node = self.parent(node)?;
        }
        None
    }

    /// All text below a node, white space collapsed.
    pub(super) fn text_below(&self, id: NodeId) -> String {
        let mut out = String::new();
        for node in self.descendants(id) {
            if let Some(text) = self.text(node) {
                for word in text.split_whitespace() {
                    if text.starts_with(char::is_whitespace) && !out.is_empty() && !out.ends_with(' ') {
                        out.push(' ');
                    }
                    out.push_str(word);
                    out.push(' ');
                }
                if !text.ends_with(char::is_whitespace) && out.ends_with(' ') {
                    out.pop();
                }
            } else if self.is_element(node)
                && !out.is_empty()
                && !out.ends_with(' ')
                && self.name(node) == local_name!("br")
            {
                out.push(' ');
            }
        }
        out.truncate(out.trim_end().len());
        out
    }

    fn add(&mut self, content: Content) -> NodeId {
        let id = self.nodes.len() as NodeId;
        self.nodes.push(Node {
            parent: NONE,
            first: NONE,
            last: NONE,
            prev: NONE,
            next: NONE,
            depth: 0,
            content,
        });
        id
    }

    fn detach(&mut self, id: NodeId) {
        let Node { parent, prev, next, .. } = self.nodes[id as usize];
        match known(prev) {
            Some(prev) => self.nodes[prev as usize].next = next,
            None if parent != NONE => self.nodes[parent as usize].first = next,
            None => {}
        }
        match known(next) {
            Some(next) => self.nodes[next as usize].prev = prev,
            None if parent != NONE => self.nodes[parent as usize].last = prev,
            None => {}
        }
        let node = &mut self.nodes[id as usize];
        (node.parent, node.prev, node.next) = (NONE, NONE, NONE);
    }

    /// Puts `id` under `parent`, before `next` or at the end.
    fn insert(&mut self, parent: NodeId, id: NodeId, next: Option<NodeId>) {
        self.detach(id);
        let prev = match next {
            Some(next) => std::mem::replace(&mut self.nodes[next as usize].prev, id),
            None => std::mem::replace(&mut self.nodes[parent as usize].last, id),
        };
        match known(prev) {
            Some(prev) => self.nodes[prev as usize].next = id,
            None => self.nodes[parent as usize].first = id,
        }
        let depth = self.nodes[parent as usize].depth.saturating_add(1);
        let node = &mut self.nodes[id as usize];
        (node.parent, node.prev, node.next, node.depth) = (parent, prev, next.unwrap_or(NONE), depth);
    }

    /// Puts text under `parent`; text that follows text joins it.
    fn insert_text(&mut self, parent: NodeId, text: &str, next: Option<NodeId>) {
        if self.is_unread(parent) {
            return;
        }
        let end = self.text.len() as u32;
        let before = match next {
            Some(next) => self.nodes[next as usize].prev,
            None => self.nodes[parent as usize].last,
        };
        self.text.push_str(text);
        let longer = self.text.len() as u32;
        if let Some(before) = known(before)
            && let Content::Text { end: last, .. } = &mut self.nodes[before as usize].content
            && *last == end
        {
            *last = longer;
            return;
        }
        if self.nodes.len() >= self.most_nodes {
            self.cut_nodes = true;
            self.text.truncate(end as usize);
            return;
        }
        let id = self.add(Content::Text { start: end, end: longer });
        self.insert(parent, id, next);
    }

    /// Whether the text of an element is never wanted: scripts, except linked data, and styles.
    fn is_unread(&self, id: NodeId) -> bool {
        match self.name(id) {
            local_name!("script") => !self.is_linked_data(id),
            local_name!("style")
            | local_name!("noscript")
            | local_name!("iframe")
            | local_name!("textarea") => true,
            _ => false,
        }
    }

    /// Whether a `<script>` holds JSON-LD.
    pub(super) fn is_linked_data(&self, id: NodeId) -> bool {
        self.attribute(id, &local_name!("type"))
            .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json"))
    }
}

fn known(id: NodeId) -> Option<NodeId> {
    (id != NONE).then_some(id)
}

/// Stands between tokenizer and tree builder and keeps the tree within bounds.
struct Filter {
    builder: TreeBuilder<NodeId, Sink>,
    /// Start tags dropped and not yet ended.
    dropped: Cell<usize>,
    /// Tokens seen.
    tokens: Cell<u64>,
}

impl Filter {
    fn new(builder: TreeBuilder<NodeId, Sink>) -> Filter {
        Filter { builder, dropped: Cell::new(0), tokens: Cell::new(0) }
    }

    /// Whether a tag may reach the tree builder.
    fn admits(&self, tag: &Tag) -> bool {
        let sink = &self.builder.sink;
        // These change how the tokenizer reads on, or hold nothing.
        if is_raw(&tag.name) {
            return true;
        }
        if tag.kind == TagKind::EndTag {
            let dropped = self.dropped.get();
            self.dropped.set(dropped.saturating_sub(1));
            return dropped == 0;
        }
        if sink.is_full() {
            sink.dom.borrow_mut().cut_nodes = true;
            return false;
        }
        if sink.depth.get() >= MAX_DEPTH && !is_void(&tag.name) {
            sink.dom.borrow_mut().cut_depth = true;
            self.dropped.set(self.dropped.get() + 1);
            return false;
        }
        true
    }
}

impl TokenSink for Filter {
    type Handle = NodeId;

    fn process_token(&self, mut token: Token, line: u64) -> TokenSinkResult<NodeId> {
        if !matches!(token, Token::ParseError(_)) {
            self.tokens.set(self.tokens.get() + 1);
        }
        match &mut token {
            Token::TagToken(tag) => {
                if !self.admits(tag) {
                    return TokenSinkResult::Continue;
                }
                tag.name = plain_name(&tag.name);
                tag.attrs.truncate(MAX_ATTRIBUTES);
            }
            Token::CommentToken(_) | Token::ParseError(_) | Token::NullCharacterToken => {
                return TokenSinkResult::Continue;
            }
            _ => {}
        }
        self.builder.process_token(token, line)
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// Formatting elements under the name of an ordinary inline element, so that they are not reopened in later blocks.
fn plain_name(name: &LocalName) -> LocalName {
    match *name {
        local_name!("b")
        | local_name!("strong")
        | local_name!("em")
        | local_name!("i")
        | local_name!("big")
        | local_name!("code")
        | local_name!("font")
        | local_name!("nobr")
        | local_name!("s")
        | local_name!("small")
        | local_name!("strike")
        | local_name!("tt")
        | local_name!("u") => local_name!("span"),
        _ => name.clone(),
    }
}

fn is_raw(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("script")
            | local_name!("style")
            | local_name!("title")
            | local_name!("textarea")
            | local_name!("noscript")
            | local_name!("iframe")
            | local_name!("xmp")
            | local_name!("noembed")
            | local_name!("noframes")
    )
}

fn is_void(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("br")
            | local_name!("img")
            | local_name!("hr")
            | local_name!("input")
            | local_name!("meta")
            | local_name!("link")
            | local_name!("source")
            | local_name!("wbr")
    )
}

/// Builds the arena at the tree builder's word.
struct Sink {
    dom: RefCell<Dom>,
    /// Depth of the element that was opened last and is still open, as far as html5ever tells.
    depth: Cell<u16>,
}

impl Sink {
    fn new(most_nodes: usize) -> Sink {
        let mut dom = Dom { most_nodes, ..Dom::default() };
        dom.add(Content::Other);
        Sink { dom: RefCell::new(dom), depth: Cell::new(0) }
    }

    fn is_full(&self) -> bool {
        let dom = self.dom.borrow();
        dom.nodes.len() >= dom.most_nodes
    }
}

/// An element's name, owned so that it never borrows the arena while the tree builder changes it.
#[derive(Debug)]
struct Name {
    ns: Namespace,
    local: LocalName,
}

impl ElemName for Name {
    fn ns(&self) -> &Namespace {
        &self.ns
    }

    fn local_name(&self) -> &LocalName {
        &self.local
    }
}

impl TreeSink for Sink {
    type Handle = NodeId;
    type Output = Dom;
    type ElemName<'a> = Name;

    fn finish(self) -> Dom {
        self.dom.into_inner()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        ROOT
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Name {
        match &self.dom.borrow().nodes[*target as usize].content {
            Content::Element(element) => {
                Name { ns: element.name.ns.clone(), local: element.name.local.clone() }
            }
            _ => Name { ns: ns!(), local: local_name!("") },
        }
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> NodeId {
        self.dom.borrow_mut().add(Content::Element(Box::new(Element { name, attributes })))
    }

    fn create_comment(&self, _: StrTendril) -> NodeId {
        self.dom.borrow_mut().add(Content::Other)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> NodeId {
        self.dom.borrow_mut().add(Content::Other)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.put(*parent, child, None);
    }

    fn append_based_on_parent_node(&self, element: &NodeId, prev: &NodeId, child: NodeOrText<NodeId>) {
        let parent = self.dom.borrow().parent(*element);
        match parent {
            Some(parent) => self.put(parent, child, Some(*element)),
            None => self.put(*prev, child, None),
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn pop(&self, node: &NodeId) {
        self.depth.set(self.dom.borrow().nodes[*node as usize].depth.saturating_sub(1));
    }

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        // The contents stay under the template; readers skip the whole element.
        *target
    }

    fn same_node(&self, x: &NodeId, y: &NodeId) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        let parent = self.dom.borrow().parent(*sibling);
        if let Some(parent) = parent {
            self.put(parent, child, Some(*sibling));
        }
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attributes: Vec<Attribute>) {
        if let Content::Element(element) = &mut self.dom.borrow_mut().nodes[*target as usize].content {
            for attribute in attributes {
                let known = element.attributes.iter().any(|a| a.name == attribute.name);
                if !known && element.attributes.len() < MAX_ATTRIBUTES {
                    element.attributes.push(attribute);
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.dom.borrow_mut().detach(*target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        let mut dom = self.dom.borrow_mut();
        while let Some(child) = dom.first_child(*node) {
            dom.insert(*new_parent, child, None);
        }
    }
}

impl Sink {
    fn put(&self, parent: NodeId, child: NodeOrText<NodeId>, next: Option<NodeId>) {
        let mut dom = self.dom.borrow_mut();
        match child {
            NodeOrText::AppendNode(node) => {
                dom.insert(parent, node, next);
                self.depth.set(dom.nodes[node as usize].depth);
            }
            NodeOrText::AppendText(text) => dom.insert_text(parent, &text, next),
        }
    }
}
