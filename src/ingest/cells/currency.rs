//! Currencies as they stand beside an amount, and the codes of ISO 4217.

/// The alphabetic codes of ISO 4217, three letters each.
const CODES: &str = "AEDAFNALLAMDANGAOAARSAUDAWGAZNBAMBBDBDTBGNBHDBIFBMDBNDBOBBRLBSDBTNBWPBYNBZDCADCDF\
CHFCLPCNYCOPCRCCUPCVECZKDJFDKKDOPDZDEGPERNETBEURFJDFKPGBPGELGHSGIPGMDGNFGTQGYDHKDHNLHTGHUFIDRILSINR\
IQDIRRISKJMDJODJPYKESKGSKHRKMFKPWKRWKWDKYDKZTLAKLBPLKRLRDLSLLYDMADMDLMGAMKDMMKMNTMOPMRUMURMVRMWKMXN\
MYRMZNNADNGNNIONOKNPRNZDOMRPABPENPGKPHPPKRPLNPYGQARRONRSDRUBRWFSARSBDSCRSDGSEKSGDSHPSLESOSSRDSSPSTN\
SVCSYPSZLTHBTJSTMTTNDTOPTRYTTDTWDTZSUAHUGXUSDUYUUZSVESVNDVUVWSTXAFXCDXOFXPFYERZARZMWZWG";

/// Signs that name one currency only.
const SIGNS: &[(&str, &str)] = &[
    ("€", "EUR"),
    ("£", "GBP"),
    ("₹", "INR"),
    ("₽", "RUB"),
    ("₩", "KRW"),
    ("₺", "TRY"),
    ("₴", "UAH"),
    ("₦", "NGN"),
    ("₫", "VND"),
    ("฿", "THB"),
    ("₱", "PHP"),
    ("₪", "ILS"),
    ("₸", "KZT"),
    ("US$", "USD"),
    ("A$", "AUD"),
    ("AU$", "AUD"),
    ("C$", "CAD"),
    ("CA$", "CAD"),
    ("NZ$", "NZD"),
    ("HK$", "HKD"),
    ("NT$", "TWD"),
    ("MX$", "MXN"),
    ("S$", "SGD"),
    ("R$", "BRL"),
    ("zł", "PLN"),
    ("Kč", "CZK"),
    ("Ft", "HUF"),
    ("Euro", "EUR"),
    ("SFr.", "CHF"),
    ("Rp", "IDR"),
    ("Rp.", "IDR"),
    ("S/", "PEN"),
    ("S/.", "PEN"),
    ("TL", "TRY"),
];

/// Signs that several currencies share: read past, but no currency is assumed.
const SHARED: &[&str] = &["$", "¥", "kr", "kr.", "Rs", "Rs.", "Fr", "Fr.", "lei"];

/// The codes of ISO 4217, by the alphabet.
pub fn codes() -> impl Iterator<Item = &'static str> {
    (0..CODES.len())
        .step_by(3)
        .filter_map(|at| CODES.get(at..at + 3))
}

/// Whether a text is a code of ISO 4217, in capitals.
pub fn is_code(text: &str) -> bool {
    text.len() == 3
        && text.bytes().all(|b| b.is_ascii_uppercase())
        && CODES
            .as_bytes()
            .chunks_exact(3)
            .any(|code| code == text.as_bytes())
}

/// The currency that stands beside an amount, where the sign or code leaves no doubt: `€ 12`,
/// `12 CHF`; nothing for `$ 12`.
pub fn of_amount(text: &str) -> Option<String> {
    let cut = |c: char| c.is_ascii_digit() || matches!(c, '(' | '-' | '+' | ')' | '−' | '%');
    let front = text.split(cut).next().unwrap_or("").trim();
    let back = text.rsplit(cut).next().unwrap_or("").trim();
    [front, back].into_iter().find_map(|name| {
        if is_code(name) {
            return Some(name.to_owned());
        }
        SIGNS
            .iter()
            .find(|(sign, _)| *sign == name)
            .map(|(_, code)| (*code).to_owned())
    })
}

/// Whether a text is a sign that several currencies share.
pub fn is_shared(name: &str) -> bool {
    SHARED.contains(&name)
}

/// Whether a currency stands beside an amount, be it one that several share.
pub fn has_sign(text: &str) -> bool {
    strip(text).is_some()
}

fn is_known(name: &str) -> bool {
    is_code(name) || is_shared(name) || SIGNS.iter().any(|(sign, _)| *sign == name)
}

/// Takes one currency off the front or the end of an amount.
pub(super) fn strip(text: &str) -> Option<&str> {
    let inner = |c: char| c.is_ascii_digit() || matches!(c, '(' | '-' | '+' | '−' | ',');
    let start = text.find(|c| inner(c) || c == '.').unwrap_or(text.len());
    // A dot may belong to the sign: "Rs. 5".
    let after_dot = start + usize::from(text.as_bytes().get(start) == Some(&b'.'));
    for at in [after_dot, start] {
        if let (Some(front), Some(rest)) = (text.get(..at), text.get(at..))
            && is_known(front.trim())
        {
            return Some(rest);
        }
    }
    let tail = |c: char| c.is_ascii_digit() || matches!(c, ')' | '-' | '−' | ',' | ' ' | '\u{a0}');
    let end = text.rfind(tail).map_or(0, |at| {
        at + text
            .get(at..)
            .and_then(|t| t.chars().next())
            .map_or(1, char::len_utf8)
    });
    let mut back = text.get(end..)?;
    // "250k€" and "12 kr.": at most one letter of another meaning stands before the sign.
    for _ in 0..2 {
        let from = text.len() - back.len();
        if is_known(back) {
            return text.get(..from);
        }
        let mut rest = back.chars();
        rest.next()?;
        back = rest.as_str();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_that_several_currencies_share_names_none() {
        assert_eq!(of_amount("$ 12.50"), None);
        assert_eq!(of_amount("12,50 kr"), None);
        assert_eq!(of_amount("€ 12"), Some("EUR".into()));
        assert_eq!(of_amount("(12.50) CHF"), Some("CHF".into()));
        assert_eq!(of_amount("12.50"), None);
        assert!(is_code("EUR") && !is_code("eur") && !is_code("URF") && !is_code("AEDAFN"));
    }
}
