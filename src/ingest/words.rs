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
    // Names are short: to look at each byte is quicker than to set up a search for the next bar.
    let mut rest = Some(list).filter(|list| !list.is_empty());
    std::iter::from_fn(move || {
        let list = rest?;
        let bar = list.bytes().position(|byte| byte == b'|');
        rest = bar.and_then(|bar| list.get(bar + 1..));
        list.get(..bar.unwrap_or(list.len()))
    })
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
pub(crate) const PRICE_UNIT: &str = "per|pe|price unit|price per|per code|price per code|pricing per|preiseinheit|pro|unite de prix|\
    unidad de precio";

/// Words of an amount that may be the order's, and of one that is the line's.
const WHOLE_WORDS: &str =
    "total|gesamt|summe|invoice|order|rechnung|auftrag|facture|commande|pedido|factura";
const LINE_WORDS: &str = "line|item|pos|ligne|linea";

/// Whether a normalised header may be that of an amount of whole orders.
pub(crate) fn of_order(header: &str) -> bool {
    names(WHOLE_WORDS).any(|word| header.contains(word)) && !of_line(header)
}

/// Whether a normalised header says that its amount is a line's.
pub(crate) fn of_line(header: &str) -> bool {
    names(LINE_WORDS).any(|word| header.contains(word))
}

/// Whether a normalised header is that of an invoice's number.
pub(crate) fn of_invoice(header: &str) -> bool {
    const INVOICES: &str = "\
        inv|invoice|rechnung|rechnungsnummer|rechnungsnr|rg|facture|factura|fattura|faktura|\
        fakturanr|fakturanummer|factuur|factuurnummer";
    let word = |list: &str| header.split(' ').any(|word| listed(list, word));
    word(INVOICES) && !word("order|proforma|pro|confirmation")
}

/// Whether a normalised header says that its amount is with tax; gross sales are before discounts.
pub(crate) fn with_tax(header: &str) -> bool {
    const SAID: &str = "\
        incl|inkl|brutt|ttc|lordo|bruto|ivato|with vat|with tax|mit mwst|gross amount|gross total|\
        total gross|gross price";
    header == "gross" || names(SAID).any(|word| header.contains(word))
}

/// Names of a tax, which may stand over its rates.
pub(crate) const TAXES: &str = "vat|tax|gst|mwst|ust|tva|iva|btw|moms|mva";

/// Headers of a column of tax rates.
pub(crate) const TAX_RATES: &str = "\
    vat rate|tax rate|gst rate|sales tax rate|vat %|tax %|gst %|mwst satz|mwst %|ust satz|ust %|\
    steuersatz|taux tva|taux de tva|tva %|aliquota|aliquota iva|iva %|tipo iva|btw %|btw tarief|\
    momssats|moms %|mva %|mva sats|% tva|% mwst|sales tax %|hst %|steuer %";

/// How many times the amounts of a column are what they say, by its header: `Revenue (k€)`, `Umsatz
/// in TEUR`, `Sales ($000s)`, `Net, in millions`. Where they are prices of `each` piece, `thousand`
/// says how many pieces, and only a word with a currency in it says how much.
///
/// ```
/// use perennial::ingest::words::times;
/// assert_eq!(times("Revenue (k€)", false), Some(1000));
/// assert_eq!(times("Umsatz in Mio. EUR", false), Some(1_000_000));
/// assert_eq!((times("Price/t", true), times("Price per thousand", true)), (None, None));
/// ```
pub fn times(header: &str, each: bool) -> Option<i64> {
    let header = normalise(header).replace("in 1000", "tsd");
    header.split(' ').find_map(|word| {
        let plain = word.trim_matches(['€', '$', '£']);
        let marked = plain.len() < word.len();
        [(THOUSANDS, 1000), (MILLIONS, 1_000_000)]
            .into_iter()
            .find(|([short, coded, long], _)| {
                marked && listed(short, plain)
                    || listed(coded, plain)
                    || (marked || !each) && listed(long, plain)
            })
            .map(|(_, times)| times)
    })
}

/// Words of a header whose amounts are in thousands: beside a currency's sign, with its code, alone.
const THOUSANDS: [&str; 3] = [
    "k|t",
    "keur|kusd|kgbp|kchf|kpln|ksek|teur|tusd|tgbp|tchf|tsek",
    "tsd|tkr|tys|thousand|thousands|tausend|milliers|migliaia|duizend|tusental|000|000s",
];

/// And in millions.
const MILLIONS: [&str; 3] = [
    "m",
    "mm|meur|musd|mgbp|mchf|msek",
    "mio|mln|million|millions|millionen|millones",
];

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
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ą' => "a",
        'ç' | 'č' | 'ć' => "c",
        'è' | 'é' | 'ê' | 'ë' | 'ě' | 'ę' => "e",
        'ì' | 'í' | 'î' | 'ï' => "i",
        'ñ' | 'ň' | 'ń' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => "o",
        'ù' | 'ú' | 'û' | 'ü' | 'ů' => "u",
        'ý' | 'ÿ' => "y",
        'š' | 'ś' => "s",
        'ž' | 'ź' | 'ż' => "z",
        'ł' => "l",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        '\u{300}'..='\u{36f}' => "",
        _ => return None,
    })
}
