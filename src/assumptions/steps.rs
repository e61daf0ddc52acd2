//! Values by steps: `0: 3; 300000: 5; 600000: 7`, from each number on another value.
//!
//! Input: what a user typed, or canonical text. Output: canonical text, or pairs of numbers.
//! Invariants: the steps rise; a number on a boundary belongs to the step that begins there. A table
//! typed with gaps, `0-499.99: 25; 500-2999.99: 30`, gets shared boundaries, as `0: 25; 500: 30`.

use std::fmt::Write as _;

use rust_decimal::Decimal;

use crate::base::Refused;
use crate::base::money::parse_plain;

/// The most steps of one list.
pub const MOST_STEPS: usize = 24;

/// What the steps and their values can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// Where a step can begin: lowest and highest.
    pub at: (&'static str, &'static str),
    /// Digits after the point there.
    pub at_decimals: u8,
    /// Lowest and highest value.
    pub value: (&'static str, &'static str),
    /// Digits after the point of a value.
    pub decimals: u8,
    /// Whether the first step has to begin at 0.
    pub from_zero: bool,
    /// An entry as an example.
    pub example: &'static str,
}

/// The steps of a canonical text: where each begins, and its value.
///
/// ```
/// use perennial::assumptions::steps::steps;
/// let found: Vec<String> = steps("0: 3; 300000: 5").map(|(at, value)| format!("{value} from {at}")).collect();
/// assert_eq!(found, ["3 from 0", "5 from 300000"]);
/// ```
pub fn steps(canonical: &str) -> impl Iterator<Item = (Decimal, Decimal)> {
    let one = |entry: &str| {
        let (at, value) = entry.split_once(':')?;
        Some((parse_plain(at.trim())?, parse_plain(value.trim())?))
    };
    canonical.split(';').filter_map(one)
}

/// Whether a text is canonical.
pub(super) fn accepts(canonical: &str, range: &Range) -> bool {
    let written = canonical.split(';').filter(|one| !one.trim().is_empty());
    let found: Vec<(Decimal, Decimal)> = steps(canonical).collect();
    let inside = |value: Decimal, (low, high): (&str, &str), decimals: u8| {
        value.scale() <= u32::from(decimals)
            && parse_plain(low).is_none_or(|low| value >= low)
            && parse_plain(high).is_none_or(|high| value <= high)
    };
    let ascending = found.windows(2).all(|two| match two {
        [a, b] => a.0 < b.0,
        _ => true,
    });
    let starts = found
        .first()
        .is_none_or(|first| !range.from_zero || first.0.is_zero());
    let all = found.iter().all(|(at, value)| {
        inside(*at, range.at, range.at_decimals) && inside(*value, range.value, range.decimals)
    });
    written.count() == found.len() && found.len() <= MOST_STEPS && ascending && starts && all
}

/// Where a step begins and, if that was typed, where it ends.
fn bounds(text: &str) -> (&str, Option<&str>) {
    let text = text.strip_suffix('+').unwrap_or(text).trim();
    // A dash at the beginning is a minus.
    let dash = text
        .char_indices()
        .skip(1)
        .find(|(_, c)| matches!(c, '-' | '\u{2013}'));
    match dash {
        Some((at, mark)) => (
            text.get(..at).unwrap_or(text).trim(),
            text.get(at + mark.len_utf8()..).map(str::trim),
        ),
        None => (text, None),
    }
}

/// Canonical text of what was typed; `at` and `value` read one number each.
///
/// # Errors
/// What to do.
pub(super) fn by_steps(
    typed: &str,
    range: &Range,
    at: impl Fn(&str) -> Result<String, Refused>,
    value: impl Fn(&str) -> Result<String, Refused>,
) -> Result<String, Refused> {
    let mut read: Vec<(Decimal, Option<Decimal>, String)> = Vec::new();
    let entries = typed.split(';').map(str::trim);
    for entry in entries.filter(|one| !one.is_empty() && *one != "none") {
        let Some((begins, worth)) = entry.split_once([':', '=']) else {
            return Err(format!(
                "Type where each step begins, a colon and its value, as in {}, with a semicolon \
                 between two.",
                range.example
            )
            .into());
        };
        let number = |text: &str| {
            let text = at(text)?;
            parse_plain(&text).ok_or_else(|| Refused::from(text))
        };
        let (from, to) = bounds(begins);
        let to = to.map(number).transpose()?;
        read.push((number(from)?, to, value(worth.trim())?));
    }
    if read.len() > MOST_STEPS {
        return Err(format!("Type at most {MOST_STEPS} steps.").into());
    }
    if let Some(first) = read
        .first()
        .filter(|first| range.from_zero && !first.0.is_zero())
    {
        return Err(format!(
            "The first step begins at {}: say what holds below it, as in {}.",
            first.0, range.example
        )
        .into());
    }
    check(&read)?;
    let mut canonical = String::new();
    for (begins, _, worth) in &read {
        let gap = if canonical.is_empty() { "" } else { "; " };
        // Writing to a text does not fail.
        let _ = write!(canonical, "{gap}{begins}: {worth}");
    }
    Ok(canonical)
}

/// Rising, and without a gap that could be more than a matter of writing.
fn check(read: &[(Decimal, Option<Decimal>, String)]) -> Result<(), Refused> {
    for two in read.windows(2) {
        let [(from, to, _), (next, ..)] = two else {
            continue;
        };
        if next <= from {
            return Err(format!("{next} comes after {from}: put the lowest step first.").into());
        }
        let Some(to) = to else { continue };
        if to > next {
            return Err(format!(
                "One step ends at {to} and the next begins at {next}: a number between them would \
                 have two values."
            )
            .into());
        }
        if *next - *to > Decimal::ONE {
            return Err(format!(
                "Between {to} and {next} nothing is said: let the next step begin where one ends."
            )
            .into());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const MONEY: Range = Range {
        at: ("0", "1000000"),
        at_decimals: 2,
        value: ("0", "100"),
        decimals: 2,
        from_zero: true,
        example: "0: 3; 1000: 5",
    };

    fn read(typed: &str) -> Result<String, Refused> {
        let plain = |text: &str| Ok(text.to_owned());
        by_steps(typed, &MONEY, plain, plain)
    }

    #[test]
    fn gaps_of_writing_are_closed_and_others_refused() {
        assert_eq!(
            read("0-499.99: 25; 500-2999.99: 30; 3000+: 40").unwrap(),
            "0: 25; 500: 30; 3000: 40"
        );
        assert_eq!(read("0: 3; 300: 5").unwrap(), "0: 3; 300: 5");
        assert_eq!(read("none").unwrap(), "");
        assert!(
            read("0-400: 25; 500: 30")
                .unwrap_err()
                .to_string()
                .contains("nothing is said")
        );
        assert!(
            read("0-600: 25; 500: 30")
                .unwrap_err()
                .to_string()
                .contains("two values")
        );
        assert!(read("100: 3").unwrap_err().to_string().contains("below it"));
        assert!(
            read("0: 3; 0: 5")
                .unwrap_err()
                .to_string()
                .contains("lowest step first")
        );
        assert!(
            read("3")
                .unwrap_err()
                .to_string()
                .contains("as in 0: 3; 1000: 5")
        );
        assert!(accepts("0: 25; 500: 30", &MONEY));
        for wrong in ["5: 2", "0: 101", "0: 1; 0: 2", "0", "0: 1.234", "x: 1"] {
            assert!(!accepts(wrong, &MONEY), "{wrong}");
        }
    }
}
