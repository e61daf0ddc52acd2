//! What was typed into an assumption: finished, unfinished or wrong.
//!
//! Input: the text as typed, in the user's way of writing numbers. Output: an [`Entry`]; a good one
//! holds canonical text (plain decimal, a dot, no groups). Invariant: an unfinished entry (nothing,
//! a lone minus) is never an error while the user types.

use rust_decimal::Decimal;

use crate::assumptions::parse::entries;
use crate::assumptions::{Canonical, Kind, Refusal, Spec, parse};
use crate::base::money::parse_plain;

/// What a typed text amounts to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// Nothing yet, or the beginning of a number.
    Unfinished,
    /// A value within the allowed range, as canonical text.
    Good(String),
    /// Not a value here: what was found, what is allowed, what to do.
    Bad(String),
}

/// Reads what was typed for an assumption; `mark` is the user's decimal mark.
pub fn read(spec: &Spec, text: &str, mark: char) -> Entry {
    let trimmed = text.trim();
    if let Kind::ByName(..) = spec.kind {
        // A name whose number is still to come.
        let last = trimmed.rsplit(';').next().unwrap_or_default();
        if !last.is_empty()
            && last
                .rsplit_once('=')
                .is_none_or(|(_, n)| n.trim().is_empty())
        {
            return Entry::Unfinished;
        }
        return of(parse(spec, trimmed));
    }
    if let Kind::ByDate(..) = spec.kind {
        return of(parse(spec, trimmed));
    }
    if let Kind::ByQuantity(..) | Kind::Steps(_) = spec.kind {
        let last = trimmed.rsplit(';').next().unwrap_or_default();
        let price = last.rsplit_once([':', '=']).map(|(_, price)| price.trim());
        let unfinished = !last.is_empty() && price.is_none_or(str::is_empty);
        return if unfinished {
            Entry::Unfinished
        } else {
            of(parse(spec, trimmed))
        };
    }
    if !matches!(spec.kind, Kind::Number { .. }) {
        return Entry::Good(text.to_owned());
    }
    if matches!(trimmed, "" | "-" | "+" | "." | "," | "-." | "-,") {
        return Entry::Unfinished;
    }
    of(parse(spec, &unambiguous(trimmed, mark)))
}

/// What can come next in a text of [`Kind::ByName`]: for each name that has no number yet, the text
/// up to where its number begins, and the name.
///
/// ```
/// use perennial::view::entry::next_names;
/// let names = ["Aerospace".to_owned(), "Nord".to_owned()];
/// let next = next_names("Aerospace = 92; No", &names);
/// assert_eq!(next, [("Aerospace = 92; Nord = ".to_owned(), "Nord")]);
/// ```
pub fn next_names<'a>(text: &str, names: &'a [String]) -> Vec<(String, &'a str)> {
    let text = text.trim();
    // What stands behind the last semicolon is kept once its number is there.
    let (before, last) = text.rsplit_once(';').unwrap_or(("", text));
    let complete = |one: &str| {
        one.rsplit_once('=')
            .is_some_and(|(_, n)| !n.trim().is_empty())
    };
    let kept = if complete(last) { text } else { before }.trim();
    let taken: Vec<String> = entries(kept).map(|(name, _)| name.to_lowercase()).collect();
    let divider = if kept.is_empty() { "" } else { "; " };
    let free = |name: &&String| !name.contains(';') && !taken.contains(&name.to_lowercase());
    let whole = |name: &'a String| (format!("{kept}{divider}{name} = "), name.as_str());
    names.iter().filter(free).map(whole).collect()
}

fn of(parsed: Result<Canonical, Refusal>) -> Entry {
    match parsed {
        Ok(canonical) => Entry::Good(canonical.into_string()),
        Err(refusal) => Entry::Bad(format!("{refusal} Until then the last value stays in use.")),
    }
}

/// The text as the user's decimal mark says it, so that the registry finds one reading only; a text
/// that is no number is left for the registry to refuse.
fn unambiguous(text: &str, mark: char) -> String {
    let Some(value) = number(text, mark) else {
        return text.to_owned();
    };
    let plain = value.normalize().to_string();
    match plain.split_once('.') {
        // Three decimals could also be read as a group of thousands.
        Some((_, fraction)) if fraction.len() == 3 => plain + "0",
        _ => plain,
    }
}

/// A number as people type it: groups, either decimal mark, a currency or percent sign, k or m.
///
/// A lone comma or dot followed by exactly three digits is a group when it is not the user's
/// decimal mark; otherwise it is the decimal mark.
pub fn number(text: &str, mark: char) -> Option<Decimal> {
    let mut digits = String::with_capacity(text.len());
    let mut times = 1_i64;
    for c in text.chars() {
        match c {
            '0'..='9' | '.' | ',' => digits.push(c),
            '\u{2212}' | '-' if digits.is_empty() => digits.push('-'),
            'k' | 'K' if times == 1 => times = 1_000,
            'm' | 'M' if times == 1 => times = 1_000_000,
            '\'' | '\u{2019}' | '%' | '$' | '€' | '£' | '¥' | '+' => {}
            c if c.is_whitespace() => {}
            _ => return None,
        }
    }
    let plain = dotted(&digits, mark)?;
    parse_plain(&plain)?.checked_mul(Decimal::from(times))
}

/// The text with groups removed and a dot as decimal mark.
fn dotted(text: &str, mark: char) -> Option<String> {
    let last_dot = text.rfind('.');
    let last_comma = text.rfind(',');
    let decimal = match (last_dot, last_comma) {
        (Some(d), Some(c)) => Some(if d > c { '.' } else { ',' }),
        (None, None) => None,
        (dot, _) => lone(text, if dot.is_some() { '.' } else { ',' }, mark),
    };
    if let Some(decimal) = decimal
        && text.matches(decimal).count() > 1
    {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if Some(c) == decimal {
            out.push('.');
        } else if c != '.' && c != ',' {
            out.push(c);
        }
    }
    // "1." is one; "." alone was turned away before.
    let out = out.strip_suffix('.').map(str::to_owned).unwrap_or(out);
    (out.bytes().any(|b| b.is_ascii_digit())).then_some(out)
}

/// What the only kind of mark in a text is: the decimal mark, or a group (`None`).
fn lone(text: &str, found: char, mark: char) -> Option<char> {
    let groups = text.split(found).skip(1).all(|part| part.len() == 3);
    let first = text
        .split(found)
        .next()
        .map_or(0, |p| p.trim_start_matches('-').len());
    let grouped = groups && (1..=3).contains(&first);
    if found == mark {
        (text.matches(found).count() == 1 || !grouped).then_some(found)
    } else {
        (!grouped).then_some(found)
    }
}

/// The value moved by so many steps, kept within the allowed range.
pub fn stepped(spec: &Spec, value: &str, steps: i32) -> Option<String> {
    let Kind::Number { allowed, step, .. } = spec.kind else {
        return None;
    };
    let by = parse_plain(step)?.checked_mul(Decimal::from(steps))?;
    let moved = parse_plain(value)?.checked_add(by)?;
    let kept = moved.clamp(limit(allowed.0), limit(allowed.1).max(limit(allowed.0)));
    Some(kept.normalize().to_string())
}

/// A slider's raw position brought to the nearest step, counted from the slider's lower end.
pub fn snapped(spec: &Spec, raw: &str) -> Option<String> {
    let Kind::Number { usual, step, .. } = spec.kind else {
        return None;
    };
    let (low, step) = (limit(usual.0), parse_plain(step)?);
    let count = parse_plain(raw)?
        .checked_sub(low)?
        .checked_div(step)?
        .round();
    let value = low.checked_add(count.checked_mul(step)?)?;
    Some(value.min(limit(usual.1)).normalize().to_string())
}

/// Whether a value lies outside the range of the slider.
pub fn unusual(spec: &Spec, value: &str) -> bool {
    let Kind::Number { usual, .. } = spec.kind else {
        return false;
    };
    parse_plain(value).is_some_and(|v| v < limit(usual.0) || v > limit(usual.1))
}

/// Whether two canonical texts are the same value.
pub fn same(a: &str, b: &str) -> bool {
    a == b || matches!((parse_plain(a), parse_plain(b)), (Some(a), Some(b)) if a == b)
}

/// Canonical text with the user's decimal mark, without groups.
pub fn localised(value: &str, mark: char) -> String {
    if mark == '.' {
        value.to_owned()
    } else {
        value.replace('.', mark.encode_utf8(&mut [0; 4]))
    }
}

fn limit(text: &str) -> Decimal {
    parse_plain(text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assumptions::{Effect, Section};
    use crate::base::Unit;

    const SPEC: Spec = Spec {
        key: "gm",
        label: "Gross margin",
        unit: Unit::Percent,
        section: Section::Basics,
        kind: Kind::Number {
            allowed: ("-5", "100000"),
            usual: ("5", "95"),
            step: "0.5",
        },
        decimals: 3,
        default: "37.5",
        from_data: None,
        help: "",
        enters: "",
        effect: Effect::Up,
        good: &[],
        bad: &[],
    };

    fn good(text: &str, mark: char) -> String {
        match read(&SPEC, text, mark) {
            Entry::Good(value) => value,
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn numbers_are_read_in_both_ways_of_writing() {
        for (text, mark, value) in [
            ("37.5", '.', "37.5"),
            ("37,5", '.', "37.5"),
            ("37,5", ',', "37.5"),
            ("37.5", ',', "37.5"),
            ("1,234", '.', "1234"),
            ("1.234", ',', "1234"),
            ("1.234", '.', "1.234"),
            ("1,234.5", '.', "1234.5"),
            ("1.234,5", ',', "1234.5"),
            ("12,345,67", ',', "Bad"),
            ("1 234,5", ',', "1234.5"),
            ("15k", '.', "15000"),
            ("15 %", '.', "15"),
            ("1.", '.', "1"),
            ("\u{2212}1", '.', "-1"),
            ("007", '.', "7"),
        ] {
            let got = good(text, mark);
            assert!(
                got == value || got.starts_with(value),
                "{text} {mark}: {got}"
            );
        }
    }

    #[test]
    fn a_beginning_is_not_an_error() {
        for text in ["", " ", "-", ".", ",", "-."] {
            assert_eq!(read(&SPEC, text, '.'), Entry::Unfinished, "{text}");
        }
    }

    #[test]
    fn a_refusal_says_what_was_found_and_what_is_allowed() {
        let Entry::Bad(words) = read(&SPEC, "-50", '.') else {
            panic!("accepted");
        };
        assert!(
            words.contains("-50") && words.contains("-5 to 100000 %"),
            "{words}"
        );
        assert!(matches!(read(&SPEC, "12abc", '.'), Entry::Bad(_)));
        assert!(matches!(read(&SPEC, "1..2", '.'), Entry::Bad(_)));
    }

    #[test]
    fn a_slider_lands_on_its_steps() {
        assert_eq!(snapped(&SPEC, "37.2").as_deref(), Some("37"));
        assert_eq!(snapped(&SPEC, "37.3333333333333").as_deref(), Some("37.5"));
        assert_eq!(snapped(&SPEC, "95").as_deref(), Some("95"));
    }

    #[test]
    fn steps_stop_at_the_allowed_range() {
        assert_eq!(stepped(&SPEC, "37.5", 1).as_deref(), Some("38"));
        assert_eq!(stepped(&SPEC, "37.5", -10).as_deref(), Some("32.5"));
        assert_eq!(stepped(&SPEC, "-4.8", -10).as_deref(), Some("-5"));
        assert!(unusual(&SPEC, "96") && !unusual(&SPEC, "95"));
    }

    #[test]
    fn names_without_a_number_come_next() {
        let names = ["Aerospace", "Nord", "A = B", "C; D"].map(str::to_owned);
        let labels = |text: &str| {
            let next = next_names(text, &names);
            next.into_iter().map(|(_, name)| name).collect::<Vec<_>>()
        };
        assert_eq!(labels(""), ["Aerospace", "Nord", "A = B"]);
        assert_eq!(labels("aerospace = 92"), ["Nord", "A = B"]);
        assert_eq!(labels("A = B = 3; Nord = "), ["Aerospace", "Nord"]);
        let next = next_names("Nord = 80;", &names);
        assert_eq!(next[0].0, "Nord = 80; Aerospace = ");
        // What follows reads as one entry.
        let text = format!("{}5", next_names("Nord = 80", &names)[1].0);
        let found: Vec<_> = entries(&text).collect();
        assert_eq!(found, [("Nord", "80"), ("A = B", "5")]);
    }
}
