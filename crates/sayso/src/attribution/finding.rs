use std::ops::Range;
use super::{Page, Quotation};
use crate::{Article, Attribution, text::Text};
#[derive(Clone, Debug)]
pub(super) struct Finding {
    pub source: Vec<Range<usize>>,
    pub cue: Vec<Range<usize>>,
    pub content: Vec<Range<usize>>,
    pub within: Option<usize>,
    pub score: i32,
}
pub(super) fn settle(_: &Page, _: &[Quotation], _: usize, _: &mut Vec<Finding>) {}
pub(super) fn attributions(_: &Article, _: &Text, _: Vec<Finding>) -> Vec<Attribution> { Vec::new() }
