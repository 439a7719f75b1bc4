//! The HTML view.
use sayso::Reading;
pub(crate) struct Section {
    _id: String,
}
impl Section {
    pub(crate) fn new(id: &str, _reading: &Reading) -> Section {
        Section { _id: id.to_owned() }
    }
}
pub(crate) fn page(_sections: &[Section]) -> String {
    String::new()
}
