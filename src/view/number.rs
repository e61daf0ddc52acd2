//! How a number is shown: how many digits, compact or in full, with which words behind it.
//!
//! Input: a number, its unit, how exact it is, and where it stands. Output: a [`Plan`] that a
//! formatter (the browser's, or [`plain`] in tests) turns into text in the user's language.
//! Invariant: no more digits than the number supports: estimates have three significant digits,
//! amounts with assumed parts four; recorded amounts keep what the place has room for.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::base::Unit;
use crate::metrics::{Exactness, Number};

/// Where a number stands, which decides how much room it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A large figure read at a glance: millions are shortened.
    Headline,
    /// A column of figures under each other: always as many decimals.
    Cell,
    /// The axis of a chart: as short as can be.
    Axis,
    /// Where the reader asked for all of it.
    Full,
}

/// What kind of number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Style {
    /// With the currency's symbol, where one is known.
    Currency,
    /// With a percent sign; 15 is fifteen percent.
    Percent,
    /// Digits alone.
    Decimal,
}

/// Everything a formatter needs to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The number as plain decimal text, already rounded to what it supports.
    pub digits: String,
    /// What kind of number.
    pub style: Style,
    /// Fewest decimals.
    pub min_fraction: u8,
    /// Most decimals.
    pub max_fraction: u8,
    /// Shortened: 1.2 M for 1,234,567.
    pub compact: bool,
    /// What follows: `/year`, `years`; empty for most.
    pub suffix: &'static str,
}

/// The exact value as text, for tests, exports and assistive tools: every digit there is.
pub fn exact_text(number: Number) -> String {
    match number {
        Number::Exact(d) => d.to_string(),
        Number::Float(x) => x.to_string(),
    }
}

/// The nearest floating-point number, for positions on a chart.
pub fn to_f64(number: Number) -> f64 {
    match number {
        Number::Exact(d) => crate::base::Money::new(d).to_f64(),
        Number::Float(x) => x,
    }
}

/// Plans how to show a number; `None` when it is not finite.
///
/// ```
/// use perennial::base::Unit;
/// use perennial::metrics::{Exactness, Number};
/// use perennial::view::number::{Place, plain, plan};
/// let p = plan(Number::Float(39_212.79), Unit::Money, Exactness::Estimated, Place::Cell).unwrap();
/// assert_eq!(plain(&p), "39,200");
/// ```
pub fn plan(number: Number, unit: Unit, exactness: Exactness, place: Place) -> Option<Plan> {
    let significant = match (exactness, place) {
        (_, Place::Full | Place::Axis) | (Exactness::Exact, _) => None,
        // A price is quoted to the cent, however it was estimated.
        _ if unit == Unit::MoneyPerPiece => None,
        (Exactness::Estimated, _) => Some(3),
        (Exactness::Assumed, _) => Some(4),
    };
    let digits = rounded(number, significant)?;
    let size = to_f64(number).abs();
    let compact = match place {
        Place::Headline => size >= 1e6,
        Place::Axis => size >= 1e4,
        Place::Cell | Place::Full => false,
    };
    let (mut min_fraction, mut max_fraction) = fraction(number, unit, size, place, compact);
    if significant.is_some_and(|n| size >= if n == 3 { 100.0 } else { 1_000.0 })
        && max_fraction == 1
    {
        // The digits that are known are used up.
        (min_fraction, max_fraction) = (0, 0);
    }
    Some(Plan {
        digits,
        style: style(unit),
        min_fraction,
        max_fraction,
        compact,
        suffix: suffix(unit),
    })
}

/// The words behind a number of this unit; the percent sign is the formatter's.
pub const fn suffix(unit: Unit) -> &'static str {
    match unit {
        Unit::Percent => "",
        Unit::PercentPerYear => "/year",
        other => other.suffix(),
    }
}

/// What kind of number a unit is written as.
pub const fn style(unit: Unit) -> Style {
    match unit {
        Unit::Percent | Unit::PercentPerYear => Style::Percent,
        unit if unit.is_money() => Style::Currency,
        _ => Style::Decimal,
    }
}

/// Fewest and most decimals.
fn fraction(number: Number, unit: Unit, size: f64, place: Place, compact: bool) -> (u8, u8) {
    if place == Place::Full {
        return full_fraction(number, unit);
    }
    if compact {
        return if place == Place::Axis { (0, 1) } else { (0, 2) };
    }
    if unit == Unit::MoneyInCents {
        // What is not yet rounded to cents is seen to be.
        return (2, 4);
    }
    if unit == Unit::MoneyPerPiece {
        // Parts of a cent matter where pieces are many.
        return if place == Place::Axis { (0, 2) } else { (2, 4) };
    }
    if unit == Unit::Count && size < 10.0 && place != Place::Axis {
        // A third of a customer that is expected is not none.
        return (0, 1);
    }
    let room = match unit {
        _ if unit.is_money() => match place {
            Place::Headline if size < 1_000.0 => 2,
            Place::Axis if size < 10.0 => 2,
            _ => 0,
        },
        Unit::Count | Unit::Days | Unit::Pieces | Unit::Date | Unit::Text => 0,
        _ => 1,
    };
    let fewest = if place == Place::Axis { 0 } else { room };
    (fewest, room)
}

/// In full: recorded amounts as recorded, to six decimals, which computed ones have, too.
fn full_fraction(number: Number, unit: Unit) -> (u8, u8) {
    match number {
        Number::Exact(d) => {
            let scale = u8::try_from(d.normalize().scale()).unwrap_or(28).min(6);
            let fewest = if unit.is_money() { 2 } else { 0 };
            (fewest, scale.max(fewest))
        }
        Number::Float(_) if unit.is_money() => (2, 2),
        Number::Float(_) => (0, 6),
    }
}

/// Plain decimal text, rounded half away from zero to that many significant digits.
fn rounded(number: Number, significant: Option<u32>) -> Option<String> {
    match number {
        Number::Exact(d) => {
            let shown = match significant {
                None => d,
                Some(n) => d.round_sf_with_strategy(n, RoundingStrategy::MidpointAwayFromZero)?,
            };
            Some(shown.to_string())
        }
        Number::Float(x) if !x.is_finite() => None,
        Number::Float(x) => {
            // A sum of nothing is -0.
            let x = x + 0.0;
            let Some(n) = significant else {
                return Some(x.to_string());
            };
            let digits = usize::try_from(n).unwrap_or(3).saturating_sub(1);
            Some(written_out(&format!("{x:.digits$e}")))
        }
    }
}

/// `-1.250e3` as `-1250`. The text is moved, not read: reading floating point brings 15 KB along.
fn written_out(scientific: &str) -> String {
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((scientific, "0"));
    let (sign, mantissa) = mantissa
        .strip_prefix('-')
        .map_or(("", mantissa), |rest| ("-", rest));
    let (first, rest) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{first}{rest}");
    let exponent: i32 = exponent.parse().unwrap_or(0);
    // Where the point stands, counted from the first digit.
    let point = exponent + 1;
    let (whole, fraction) = match usize::try_from(point) {
        Ok(at) if at > 0 => {
            let padded = format!("{digits:0<at$}");
            let (whole, fraction) = padded.split_at(at);
            (whole.to_owned(), fraction.to_owned())
        }
        _ => {
            let zeros = usize::try_from(-point).unwrap_or(0);
            ("0".to_owned(), format!("{}{digits}", "0".repeat(zeros)))
        }
    };
    match fraction.trim_end_matches('0') {
        "" => format!("{sign}{whole}"),
        fraction => format!("{sign}{whole}.{fraction}"),
    }
}

/// English text without currency symbol: for tests and for places without a browser.
pub fn plain(plan: &Plan) -> String {
    let value: Decimal = crate::base::money::parse_plain(&plan.digits).unwrap_or_default();
    let (value, short) = if plan.compact {
        shorten(value)
    } else {
        (value, "")
    };
    let kept = value.round_dp_with_strategy(
        u32::from(plan.max_fraction),
        RoundingStrategy::MidpointAwayFromZero,
    );
    let mut text = kept.normalize().to_string();
    let have = text.split_once('.').map_or(0, |(_, f)| f.len());
    if have < usize::from(plan.min_fraction) {
        if have == 0 {
            text.push('.');
        }
        text.push_str(&"0".repeat(usize::from(plan.min_fraction) - have));
    }
    let mut out = grouped(&text);
    out.push_str(short);
    if plan.style == Style::Percent {
        out.push('%');
    }
    join_suffix(&mut out, plan.suffix);
    out
}

/// Puts the words behind a number: `/year` follows directly, `years` after a space.
pub fn join_suffix(out: &mut String, suffix: &str) {
    if !suffix.is_empty() {
        if !suffix.starts_with('/') {
            out.push('\u{a0}');
        }
        out.push_str(suffix);
    }
}

fn shorten(value: Decimal) -> (Decimal, &'static str) {
    let size = value.abs();
    let steps = [(1_000_000_000_i64, "B"), (1_000_000, "M"), (1_000, "K")];
    for (at, name) in steps {
        let at = Decimal::from(at);
        if size >= at {
            return (value.checked_div(at).unwrap_or(value), name);
        }
    }
    (value, "")
}

fn grouped(text: &str) -> String {
    let (sign, text) = text.strip_prefix('-').map_or(("", text), |t| ("-", t));
    let (whole, rest) = text
        .split_once('.')
        .map_or((text, None), |(w, f)| (w, Some(f)));
    let mut out = String::from(sign);
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    if let Some(fraction) = rest {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(number: Number, unit: Unit, exactness: Exactness, place: Place) -> String {
        plan(number, unit, exactness, place).map_or("none".into(), |p| plain(&p))
    }

    fn dec(text: &str) -> Number {
        Number::Exact(text.parse().unwrap())
    }

    #[test]
    fn scientific_text_is_written_out() {
        let shown = |x: f64, digits: usize| written_out(&format!("{x:.digits$e}"));
        for (x, digits, expected) in [
            (1_234_567.0, 2, "1230000"),
            (-1250.0, 3, "-1250"),
            (1.5, 2, "1.5"),
            (0.0, 2, "0"),
            (-0.000_012_34, 2, "-0.0000123"),
            (0.996, 1, "1"),
            (9.5, 0, "10"),
        ] {
            assert_eq!(shown(x, digits), expected);
        }
    }

    #[test]
    fn recorded_amounts_keep_their_digits() {
        use Exactness::Exact;
        let n = dec("1234567.891");
        assert_eq!(show(n, Unit::Money, Exact, Place::Full), "1,234,567.891");
        assert_eq!(show(n, Unit::Money, Exact, Place::Cell), "1,234,568");
        assert_eq!(show(n, Unit::Money, Exact, Place::Headline), "1.23M");
        assert_eq!(show(n, Unit::Money, Exact, Place::Axis), "1.2M");
        assert_eq!(
            show(dec("12.5"), Unit::Money, Exact, Place::Headline),
            "12.50"
        );
    }

    #[test]
    fn a_decimal_beyond_floating_point_is_not_rounded() {
        let n = dec("12345678901234567890.12");
        let p = plan(n, Unit::Money, Exactness::Exact, Place::Full).unwrap();
        assert_eq!(p.digits, "12345678901234567890.12");
        assert_eq!(exact_text(n), "12345678901234567890.12");
    }

    #[test]
    fn estimates_have_three_significant_digits() {
        let n = Number::Float(39_212.79);
        assert_eq!(
            show(n, Unit::Money, Exactness::Estimated, Place::Cell),
            "39,200"
        );
        assert_eq!(
            show(n, Unit::Money, Exactness::Assumed, Place::Cell),
            "39,210"
        );
        assert_eq!(
            show(
                Number::Float(3.614),
                Unit::Ratio,
                Exactness::Estimated,
                Place::Headline
            ),
            "3.6\u{a0}: 1"
        );
        assert_eq!(
            show(
                dec("98765.43"),
                Unit::Money,
                Exactness::Assumed,
                Place::Cell
            ),
            "98,770"
        );
    }

    #[test]
    fn units_follow_the_number() {
        let x = Number::Float(12.34);
        let e = Exactness::Exact;
        assert_eq!(show(x, Unit::Percent, e, Place::Cell), "12.3%");
        assert_eq!(show(x, Unit::PercentPerYear, e, Place::Cell), "12.3%/year");
        assert_eq!(show(x, Unit::Years, e, Place::Cell), "12.3\u{a0}years");
        assert_eq!(show(x, Unit::Count, e, Place::Cell), "12");
        let few = |x| show(Number::Float(x), Unit::Count, e, Place::Cell);
        assert_eq!((few(0.34), few(3.0)), ("0.3".into(), "3".into()));
    }

    #[test]
    fn what_is_not_finite_is_not_shown() {
        let none = plan(
            Number::Float(f64::NAN),
            Unit::Money,
            Exactness::Exact,
            Place::Cell,
        );
        assert_eq!(none, None);
    }
}
