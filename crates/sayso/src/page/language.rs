//! Which language the text is in.

use whatlang::Lang;

/// How many characters the detector sees; more makes no difference.
const WINDOW: usize = 1500;

/// The language of `text` by its letters and trigrams, else what the page says of itself. ISO 639-1 where there is one.
///
/// The text goes before the label: templates keep `lang="en"` whatever is written in them.
pub(super) fn language(text: &str, label: Option<&str>) -> Option<String> {
    let window = super::prefix(text, WINDOW);
    let label = label.and_then(primary);
    if let Some(info) = whatlang::detect(window) {
        let long = window.chars().count() >= 200;
        // Few pages are in another language than they say; the detector must be sure to overrule them.
        if (long && info.is_reliable()) || (label.is_none() && info.confidence() > 0.3) {
            return code(info.lang()).map(str::to_owned).or(label);
        }
    }
    label
}

/// `en` of `en-GB`.
fn primary(label: &str) -> Option<String> {
    let first = label.trim().split(['-', '_']).next()?.to_ascii_lowercase();
    let plausible = (2..=3).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_lowercase());
    (plausible && first != "und" && first != "mul").then_some(first)
}

/// Two-letter code of a language of the detector.
fn code(lang: Lang) -> Option<&'static str> {
    use Lang::*;
    Some(match lang {
        Epo => "eo",
        Eng => "en",
        Rus => "ru",
        Cmn => "zh",
        Spa => "es",
        Por => "pt",
        Ita => "it",
        Ben => "bn",
        Fra => "fr",
        Deu => "de",
        Ukr => "uk",
        Kat => "ka",
        Ara => "ar",
        Hin => "hi",
        Jpn => "ja",
        Heb => "he",
        Yid => "yi",
        Pol => "pl",
        Amh => "am",
        Jav => "jv",
        Kor => "ko",
        Nob => "no",
        Dan => "da",
        Swe => "sv",
        Fin => "fi",
        Tur => "tr",
        Nld => "nl",
        Hun => "hu",
        Ces => "cs",
        Ell => "el",
        Bul => "bg",
        Bel => "be",
        Mar => "mr",
        Kan => "kn",
        Ron => "ro",
        Slv => "sl",
        Hrv => "hr",
        Srp => "sr",
        Mkd => "mk",
        Lit => "lt",
        Lav => "lv",
        Est => "et",
        Tam => "ta",
        Vie => "vi",
        Urd => "ur",
        Tha => "th",
        Guj => "gu",
        Uzb => "uz",
        Pan => "pa",
        Aze => "az",
        Ind => "id",
        Tel => "te",
        Pes => "fa",
        Mal => "ml",
        Ori => "or",
        Mya => "my",
        Nep => "ne",
        Sin => "si",
        Khm => "km",
        Tuk => "tk",
        Zul => "zu",
        Sna => "sn",
        Afr => "af",
        Slk => "sk",
        Cat => "ca",
        Tgl => "tl",
        Hye => "hy",
        _ => return None,
    })
}
