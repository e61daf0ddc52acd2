//! Numbers as people and systems write them, to an integer and a number of decimals.
//!
//! The common form (digits, one mark, a leading minus) takes one pass over the bytes; everything
//! else (grouping, currencies, parentheses, a trailing minus, `CR`, `250k`) goes the long way.

use rust_decimal::Decimal;

use super::body::{self, Body};
use super::{Bad, CANONICAL, currency, is_missing};
use crate::ingest::layout::DecimalMark;
use crate::ingest::role::Role;
use crate::ingest::words::names;

/// A number exactly as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Number {
    /// `mantissa / 10^scale`, with a scale of at most 18; nearly every number.
    Small {
        /// The digits with their sign.
        mantissa: i64,
        /// How many of them are decimals.
        scale: u8,
    },
    /// A number whose digits do not fit 64 bits.
    Large(Decimal),
}

impl Number {
    /// As a decimal, digit for digit.
    pub fn decimal(self) -> Decimal {
        match self {
            Self::Small { mantissa, scale } => Decimal::new(mantissa, u32::from(scale)),
            Self::Large(value) => value,
        }
    }

    /// Below zero.
    pub const fn is_negative(self) -> bool {
        match self {
            Self::Small { mantissa, .. } => mantissa < 0,
            Self::Large(value) => value.is_sign_negative() && !value.is_zero(),
        }
    }

    /// From the parts of a number that was taken apart.
    fn from_parts(mantissa: i128, scale: u32) -> Result<Self, Bad> {
        match (i64::try_from(mantissa), u8::try_from(scale)) {
            (Ok(mantissa), Ok(scale)) if scale <= 18 => Ok(Self::Small { mantissa, scale }),
            _ => Decimal::try_from_i128_with_scale(mantissa, scale)
                .map(Self::Large)
                .map_err(|_| Bad::TooLarge),
        }
    }
}

/// Reads an amount or a quantity.
///
/// ```
/// use perennial::ingest::cells::{Number, number};
/// use perennial::ingest::layout::DecimalMark::{Comma, Dot};
/// assert_eq!(number("1,234.50", Dot), Ok(Some(Number::Small { mantissa: 123_450, scale: 2 })));
/// assert_eq!(number("1.234,50-", Comma), Ok(Some(Number::Small { mantissa: -123_450, scale: 2 })));
/// assert_eq!(number("", Dot), Ok(None));
/// ```
///
/// # Errors
/// [`Bad`] when the text is not a number under this mark: `1,5` under a dot is refused, not read
/// as 15.
pub fn number(text: &str, mark: DecimalMark) -> Result<Option<Number>, Bad> {
    match plain(text.as_bytes(), mark_byte(mark)) {
        Some((mantissa, scale)) => Ok(Some(Number::Small { mantissa, scale })),
        None => general(text, mark, false),
    }
}

/// Reads a percentage in percent: `12`, `12 %` and `12.0%` are all twelve.
///
/// # Errors
/// As [`number`].
pub fn percent(text: &str, mark: DecimalMark) -> Result<Option<Number>, Bad> {
    match plain(text.as_bytes(), mark_byte(mark)) {
        Some((mantissa, scale)) => Ok(Some(Number::Small { mantissa, scale })),
        None => general(text, mark, true),
    }
}

/// Reads a rate under whichever mark it has, and whether it is in percent: `19 %`, `7,7` and 1 are,
/// 0.19 is a share. Nothing where it is none.
pub fn rate(text: &str) -> Option<(Number, bool)> {
    let bare = text.trim_end_matches(['%', ' ']);
    let comma = bare.contains(',').then_some(DecimalMark::Comma);
    let rate = number(bare, comma.unwrap_or(DecimalMark::Dot)).ok()??;
    let percent = text.len() > bare.len() || rate.decimal() >= Decimal::ONE;
    Some((rate, percent))
}

/// Reads a number as its role has it: a share in percent, pieces whatever their unit.
///
/// # Errors
/// As [`number`].
pub fn number_of(role: Role, text: &str, mark: DecimalMark) -> Result<Option<Number>, Bad> {
    match role {
        Role::DiscountPercent => percent(text, mark),
        Role::Quantity => number(text, mark).or_else(|bad| match unit(text) {
            Some((digits, _)) => number(digits, mark),
            None => Err(bad),
        }),
        _ => number(text, mark),
    }
}

/// Words behind a number that multiply it.
const MANY: &str = "k|kpcs|tsd|thousand|tausend|mio|mln|million|millions|dozen|doz|dz|dutzend";

/// A number as text, and the unit of one word behind it: `12 pcs`, `3,5 kg`, `4 (m2)`; none where the
/// word multiplies, as in `2 dozen`.
///
/// ```
/// use perennial::ingest::cells::unit;
/// assert_eq!(unit("3,5 kg"), Some(("3,5", "kg")));
/// assert_eq!(unit("4 (m2)"), Some(("4", "m2")));
/// assert_eq!((unit("12"), unit("5 of 7"), unit("2 dozen")), (None, None, None));
/// ```
pub fn unit(text: &str) -> Option<(&str, &str)> {
    let (digits, unit) = text.split_at_checked(text.find(char::is_alphabetic)?)?;
    let digits = digits.trim_end_matches([' ', '(', '\u{a0}']);
    let unit = unit.trim_end_matches(['.', ')', ' ']);
    // Areas and volumes: `m2`, `m³`.
    let word = unit.trim_end_matches(['2', '3', '²', '³']);
    let one = unit.len() <= 12 && word.chars().all(char::is_alphabetic);
    let many = names(MANY).any(|one| unit.eq_ignore_ascii_case(one));
    (one && !many && digits.ends_with(|c: char| c.is_ascii_digit())).then_some((digits, unit))
}

const fn mark_byte(mark: DecimalMark) -> u8 {
    match mark {
        DecimalMark::Dot => b'.',
        DecimalMark::Comma => b',',
    }
}

/// The commonest form, in one pass: digits, at most one mark between digits, an optional leading
/// minus; at most 17 digits. `None` says nothing of the others.
#[inline]
pub(crate) fn small(text: &str, mark: DecimalMark) -> Option<(i64, u8)> {
    plain(text.as_bytes(), mark_byte(mark))
}

fn plain(bytes: &[u8], mark: u8) -> Option<(i64, u8)> {
    let (negative, digits) = match bytes {
        [b'-', rest @ ..] => (true, rest),
        _ => (false, bytes),
    };
    if digits.len() > 18 || !digits.first()?.is_ascii_digit() {
        return None;
    }
    let (mut mantissa, mut after) = (0_i64, None);
    for (at, &byte) in digits.iter().enumerate() {
        let digit = byte.wrapping_sub(b'0');
        if digit <= 9 {
            mantissa = mantissa * 10 + i64::from(digit);
        } else if byte == mark && after.is_none() {
            after = Some(at + 1);
        } else {
            return None;
        }
    }
    let scale = digits.len() - after.unwrap_or(digits.len());
    if after.is_some() && scale == 0 {
        return None;
    }
    let mantissa = if negative { -mantissa } else { mantissa };
    Some((mantissa, u8::try_from(scale).ok()?))
}

/// Every form of INPUTS 5.3.
fn general(text: &str, mark: DecimalMark, percent: bool) -> Result<Option<Number>, Bad> {
    if let Some(rest) = text.strip_prefix(CANONICAL) {
        return canonical(rest, percent).map(Some);
    }
    let text = text.trim();
    let text = text.strip_prefix('\'').unwrap_or(text);
    if is_missing(text) {
        return Ok(None);
    }
    let signs = strip_affixes(text, percent)?;
    // A spreadsheet's way of writing zero beside a currency: `$ -`.
    if signs.body.is_empty() && text.ends_with(['-', '–', '—']) {
        return Ok(Some(Number::Small {
            mantissa: 0,
            scale: 0,
        }));
    }
    let Body { digits, scale } = body::read(signs.body, mark)?;
    let (mantissa, scale) = match (signs.thousands, scale) {
        (false, scale) => (digits, scale),
        (true, scale) if scale >= 3 => (digits, scale - 3),
        (true, scale) => {
            let factor = 10_i128.pow(3 - scale);
            (digits.checked_mul(factor).ok_or(Bad::TooLarge)?, 0)
        }
    };
    let mantissa = if signs.negative { -mantissa } else { mantissa };
    Number::from_parts(mantissa, scale).map(Some)
}

/// A number the workbook reader wrote: dot-decimal text, perhaps with an exponent, and what its format
/// says: `15%` is 15 in percent and 0.15 as a number, `1200 EUR` is 1200.
fn canonical(text: &str, percent: bool) -> Result<Number, Bad> {
    let text = text.split(' ').next().unwrap_or(text);
    if let Some(share) = text.strip_suffix('%') {
        let value = canonical(share, percent)?;
        if percent {
            return Ok(value);
        }
        let value = value.decimal();
        return Number::from_parts(value.mantissa(), value.scale() + 2);
    }
    if let Some((mantissa, scale)) = plain(text.as_bytes(), b'.') {
        return Ok(Number::Small { mantissa, scale });
    }
    Decimal::from_str_exact(text)
        .or_else(|_| Decimal::from_scientific(text))
        .map(Number::Large)
        .map_err(|_| Bad::TooLarge)
}

/// What stands around the digits.
struct Affixes<'a> {
    body: &'a str,
    negative: bool,
    thousands: bool,
}

/// Takes off signs, parentheses, `CR` and `DR`, currencies, `k` and `%`, each at most once.
fn strip_affixes(text: &str, percent: bool) -> Result<Affixes<'_>, Bad> {
    let mut rest = text.trim();
    let (mut signs, mut negative, mut money, mut thousands, mut share) = (0, false, 0, 0, 0);
    loop {
        // Whatever can be taken off stands at an end.
        let ends = [rest.bytes().next(), rest.bytes().next_back()];
        if ends.iter().flatten().all(u8::is_ascii_digit) {
            break;
        }
        let before = rest;
        if let Some(inner) = rest.strip_prefix('(').and_then(|r| r.strip_suffix(')')) {
            (signs, negative, rest) = (signs + 1, true, inner);
        } else if let Some(inner) = price_dash(rest) {
            (signs, rest) = (signs + 1, inner);
        } else if let Some(inner) = rest.strip_prefix(['-', '−', '–']) {
            (signs, negative, rest) = (signs + 1, true, inner);
        } else if let Some(inner) = rest.strip_prefix('+') {
            (signs, rest) = (signs + 1, inner);
        } else if let Some(inner) = rest.strip_suffix(['-', '−']) {
            (signs, negative, rest) = (signs + 1, true, inner);
        } else if let Some(inner) = strip_word(rest, "cr") {
            (signs, negative, rest) = (signs + 1, true, inner);
        } else if let Some(inner) = strip_word(rest, "dr") {
            (signs, rest) = (signs + 1, inner);
        } else if let Some(inner) = rest.strip_suffix('%').filter(|_| percent) {
            (share, rest) = (share + 1, inner);
        } else if let Some(inner) = currency::strip(rest) {
            (money, rest) = (money + 1, inner);
        } else if let Some(inner) = rest.strip_suffix(['k', 'K']) {
            (thousands, rest) = (thousands + 1, inner);
        }
        rest = rest.trim();
        if rest == before {
            break;
        }
    }
    if signs > 1 || money > 1 || thousands > 1 || share > 1 {
        return Err(Bad::NotANumber);
    }
    let thousands = thousands == 1;
    Ok(Affixes {
        body: rest,
        negative,
        thousands,
    })
}

/// The German and Swiss way of writing a round price, `100,-` or `100.--`: no minus.
fn price_dash(text: &str) -> Option<&str> {
    let rest = text.strip_suffix(['-', '–', '—'])?;
    let rest = rest.strip_suffix('-').unwrap_or(rest);
    rest.strip_suffix([',', '.'])
}

/// Takes a word off the end, in any case, when digits or a space stand before it.
fn strip_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let at = text.len().checked_sub(word.len())?;
    let tail = text.get(at..)?;
    if tail.eq_ignore_ascii_case(word) {
        text.get(..at)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use DecimalMark::{Comma, Dot};

    fn read(text: &str, mark: DecimalMark) -> Option<String> {
        number(text, mark).unwrap().map(|n| n.decimal().to_string())
    }

    #[test]
    fn every_form_that_was_seen_is_read() {
        for (text, mark, wanted) in [
            ("1,234.56", Dot, "1234.56"),
            ("1.234,56", Comma, "1234.56"),
            ("1 234,56", Comma, "1234.56"),
            ("1\u{a0}234,56", Comma, "1234.56"),
            ("1\u{202f}234,56", Comma, "1234.56"),
            ("1'234.56", Dot, "1234.56"),
            ("1’234.56", Dot, "1234.56"),
            ("1,23,456.78", Dot, "123456.78"),
            ("(100.20)", Dot, "-100.20"),
            ("100.20-", Dot, "-100.20"),
            ("1.100,20-", Comma, "-1100.20"),
            ("100.20 CR", Dot, "-100.20"),
            ("100.20 DR", Dot, "100.20"),
            ("$1,234,567", Dot, "1234567"),
            ("-$12.50", Dot, "-12.50"),
            ("$-12.50", Dot, "-12.50"),
            ("($1,234.50)", Dot, "-1234.50"),
            ("$(100.20)", Dot, "-100.20"),
            ("2,000.00", Dot, "2000.00"),
            ("0,25", Comma, "0.25"),
            (",25", Comma, "0.25"),
            ("250k", Dot, "250000"),
            ("1.5K", Dot, "1500"),
            ("$250k", Dot, "250000"),
            ("£9001", Dot, "9001"),
            ("€ 1.234,56", Comma, "1234.56"),
            ("1.234,56 €", Comma, "1234.56"),
            ("USD 12.50", Dot, "12.50"),
            ("12.50 CHF", Dot, "12.50"),
            ("CHF 1'200.50", Dot, "1200.50"),
            ("Rs. 1,23,456", Dot, "123456"),
            ("12 kr.", Dot, "12"),
            ("100,-", Comma, "100"),
            ("100.--", Dot, "100"),
            ("+5", Dot, "5"),
            ("−5", Dot, "-5"),
            ("'0012", Dot, "12"),
            ("\u{1f}1234.5", Comma, "1234.5"),
            ("\u{1f}1.234", Comma, "1.234"),
            ("\u{1f}-0.000012", Comma, "-0.000012"),
            ("12345678901234567890.12", Dot, "12345678901234567890.12"),
            ("-0", Dot, "0"),
        ] {
            assert_eq!(read(text, mark).as_deref(), Some(wanted), "{text}");
        }
    }

    #[test]
    fn what_does_not_fit_is_refused_and_never_guessed() {
        for (text, mark) in [
            ("1,5", Dot),
            ("1.5", Comma),
            ("1,23", Dot),
            ("1,2345", Dot),
            ("12,34,5", Dot),
            ("1.234.5", Comma),
            ("1,234,56", Dot),
            ("1,234 567", Dot),
            ("1.2.3", Dot),
            ("12 34", Dot),
            ("abc", Dot),
            ("12abc", Dot),
            ("12%", Dot),
            ("1e5", Dot),
            ("--5", Dot),
            ("(-5)", Dot),
            ("$ € 5", Dot),
            ("$", Dot),
            (".", Dot),
            (",", Comma),
            ("NaN", Dot),
            ("١٢", Dot),
            ("2026-01-31", Dot),
            ("1/2", Dot),
        ] {
            assert_eq!(number(text, mark), Err(Bad::NotANumber), "{text}");
        }
        let long = "9".repeat(400);
        assert_eq!(number(&long, Dot), Err(Bad::TooLarge));
        assert_eq!(
            number("99999999999999999999999999999.99", Dot),
            Err(Bad::TooLarge)
        );
    }

    #[test]
    fn nothing_is_nothing() {
        for text in ["", " ", "-", "–", "n/a", "N/A", "#N/A", "NULL", "None"] {
            assert_eq!(number(text, Dot), Ok(None), "{text}");
        }
    }

    #[test]
    fn percentages_are_in_percent() {
        for text in ["12", "12%", "12 %", "12.0%"] {
            let value = percent(text, Dot).unwrap().unwrap().decimal();
            assert_eq!(value.normalize().to_string(), "12", "{text}");
        }
    }
}
