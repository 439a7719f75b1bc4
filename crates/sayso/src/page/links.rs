//! Links inside the text, made absolute.

/// The target of `href` on a page at `base`; none for what is no address of a page.
pub(super) fn absolute(base: Option<&url::Url>, href: &str) -> Option<String> {
    let href = href.trim();
    if href.is_empty() || href.starts_with('#') || href.len() > 4096 {
        return None;
    }
    let scheme = href.split(':').next().unwrap_or_default().to_ascii_lowercase();
    if matches!(scheme.as_str(), "javascript" | "mailto" | "tel" | "data") {
        return None;
    }
    match base {
        Some(base) => base.join(href).ok().map(String::from),
        None => Some(href.to_owned()),
    }
}
