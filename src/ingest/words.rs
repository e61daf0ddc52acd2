//! Texts made comparable: headers, status words and labels in lower case, without accents and
//! punctuation.

/// Lower case, without accents and `*.#()`, with `_`, `-` and `/` as spaces, spaces collapsed.
///
/// ```
/// use perennial::ingest::words::normalise;
/// assert_eq!(normalise("N° Commande*"), "n commande");
/// assert_eq!(normalise("  Sell-to_Customer  No. "), "sell to customer no");
/// assert_eq!(normalise("Größe (mm)"), "grosse mm");
/// ```
pub fn normalise(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut space = false;
    for c in text.chars() {
        if c.is_whitespace() || matches!(c, '_' | '-' | '/' | '\\' | '–' | '&' | '+') {
            space = true;
            continue;
        }
        let plain = c.is_alphanumeric() || matches!(c, '%' | '|' | '$' | '€' | '£');
        if !plain || matches!(c, 'º' | 'ª' | '°') {
            continue;
        }
        if space && !out.is_empty() {
            out.push(' ');
        }
        space = false;
        for lower in c.to_lowercase() {
            match unaccented(lower) {
                Some(plain) => out.push_str(plain),
                None => out.push(lower),
            }
        }
    }
    out
}

/// The texts of a list that is one text, divided by bars: a list of many texts takes more room than
/// the texts. An empty list has none.
pub fn names(list: &str) -> impl Iterator<Item = &str> {
    list.split('|').filter(|_| !list.is_empty())
}

/// Whether a text is in such a list.
///
/// ```
/// use perennial::ingest::words::listed;
/// assert!(listed("order|invoice", "invoice"));
/// assert!(!listed("order|invoice", "voice") && !listed("", ""));
/// ```
pub fn listed(list: &str, text: &str) -> bool {
    names(list).any(|name| name == text)
}

/// Headers of a column that says for how many pieces the price is.
pub(crate) const PRICE_UNIT: &str =
    "per|pe|price unit|price per|preiseinheit|pro|unite de prix|unidad de precio";

/// The words of a header, with `OrderDate` as two.
pub fn tokens(text: &str) -> Vec<String> {
    let mut spaced = String::with_capacity(text.len() + 4);
    let mut low = false;
    for c in text.chars() {
        if c.is_uppercase() && low {
            spaced.push(' ');
        }
        low = c.is_lowercase();
        spaced.push(c);
    }
    normalise(&spaced)
        .split(' ')
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The letters of the languages that we read, without their marks.
pub(crate) fn unaccented(c: char) -> Option<&'static str> {
    Some(match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => "a",
        'ç' | 'č' | 'ć' => "c",
        'è' | 'é' | 'ê' | 'ë' | 'ě' => "e",
        'ì' | 'í' | 'î' | 'ï' => "i",
        'ñ' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => "o",
        'ù' | 'ú' | 'û' | 'ü' | 'ů' => "u",
        'ý' | 'ÿ' => "y",
        'š' => "s",
        'ž' => "z",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        '\u{300}'..='\u{36f}' => "",
        _ => return None,
    })
}
