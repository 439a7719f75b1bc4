//! Bylines: "By Ann Smith and Bob Jones, Staff Writers" to names.

/// The names in the given author texts, one each, in order, without repetition.
pub(super) fn byline(texts: &[String]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for text in texts {
        for name in split(text) {
            if !names.iter().any(|known| known.to_lowercase() == name.to_lowercase()) {
                names.push(name);
            }
        }
    }
    names
}

fn split(text: &str) -> Vec<String> {
    let text = text.trim();
    if text.starts_with("http") || text.starts_with('@') || text.chars().count() > 200 {
        return Vec::new();
    }
    let text = without_lead(text);
    let mut text = text.to_owned();
    for joint in [" and ", " & ", " und ", " y ", ";", "|", " with ", " mit "] {
        text = text.replace(joint, ",");
    }
    text.split(',').map(clean).filter(|name| is_name(name)).collect()
}

fn without_lead(text: &str) -> &str {
    for lead in
        ["Written by ", "Reported by ", "By: ", "By ", "by ", "BY ", "Von ", "von ", "Por ", "Par ", "Di "]
    {
        if let Some(rest) = text.strip_prefix(lead) {
            return rest.trim();
        }
    }
    text
}

fn clean(name: &str) -> String {
    // A sign or a place in brackets is no part of the name.
    let name = name.split_once('(').map_or(name, |(name, _)| name);
    name.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .trim_matches(|c: char| c == '.' || c == '-' || c == '•')
        .trim()
        .to_owned()
}

/// A name has letters, and is neither an address nor a job.
fn is_name(name: &str) -> bool {
    const JOBS: [&str; 12] = [
        "staff writer",
        "staff writers",
        "correspondent",
        "reporter",
        "editor",
        "senior reporter",
        "staff reporter",
        "admin",
        "for mailonline",
        "for the daily mail",
        "political correspondent",
        "contributor",
    ];
    name.chars().any(char::is_alphabetic)
        && name.chars().count() < 80
        && !name.contains('@')
        && !name.contains("://")
        && !JOBS.contains(&name.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::byline;

    fn check(text: &str, names: &[&str]) {
        assert_eq!(byline(&[text.to_owned()]), names, "{text}");
    }

    #[test]
    fn bylines() {
        check("By Ann Smith and Bob Jones, Staff Writers", &["Ann Smith", "Bob Jones"]);
        check("https://www.facebook.com/herald", &[]);
        check("Associated Press", &["Associated Press"]);
        check("Von Eva Maier", &["Eva Maier"]);
    }
}
