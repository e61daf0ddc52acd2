//! Typed text to canonical text, or a refusal that says what was found, what is allowed and what to
//! do. The typed text itself stays in the field; nothing here rewrites it.

use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::base::money::parse_plain;
use crate::base::{Refused, Unit};

use super::dated::by_date;
use super::spec::{Kind, Spec};
use super::steps::{Range, by_steps};
use super::tiers::{PRICE_DECIMALS, by_quantity};

/// A valid value as the registry writes it: `37.5`, `end`, `on`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Canonical(String);

impl Canonical {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text, owned.
    pub fn into_string(self) -> String {
        self.0
    }
}

/// Why a typed text was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// The assumption's label.
    pub label: String,
    /// What was typed.
    pub found: String,
    /// What is accepted.
    pub allowed: String,
    /// What to do.
    pub to_do: String,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.label)?;
        if self.found.is_empty() {
            f.write_str(": nothing was typed. Allowed: ")?;
        } else {
            write!(f, ": found “{}”. Allowed: ", self.found)?;
        }
        write!(f, "{}. {}", self.allowed, self.to_do)
    }
}

impl std::error::Error for Refusal {}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        refusal.to_string().into()
    }
}

/// Reads what may have been written by [`Canonical::into_string`]: there a dot is the decimal mark,
/// so that `7.125` has one reading, which as a typed text it has not. Other texts are read as typed.
///
/// # Errors
/// As [`parse`].
pub fn parse_canonical(spec: &Spec, text: &str) -> Result<Canonical, Refusal> {
    let number = matches!(spec.kind, Kind::Number { .. }) && parse_plain(text).is_some();
    let three = text
        .rsplit_once('.')
        .is_some_and(|(_, part)| part.len() == 3);
    if number && three {
        parse(spec, &format!("{text}0"))
    } else {
        parse(spec, text)
    }
}

/// Reads what a user typed for an assumption.
///
/// Numbers may carry their unit, a currency sign, thousands separators and either decimal mark:
/// `85 %`, `37,5`, `1 200`, `1.234,50`. A text that two readings fit (`1,234` where 1.234 and 1234
/// are both allowed) is refused with both spelled out.
///
/// # Errors
/// [`Refusal`] says what was found, what is allowed and what to do.
pub fn parse(spec: &Spec, text: &str) -> Result<Canonical, Refusal> {
    let typed = text.trim();
    let refuse = |to_do: Refused| Refusal {
        label: spec.label.into(),
        found: typed.chars().take(40).collect(),
        allowed: allowed(spec),
        to_do: to_do.into(),
    };
    match spec.kind {
        Kind::Toggle => match typed.to_ascii_lowercase().as_str() {
            "on" | "yes" | "true" | "1" => Ok(Canonical("on".into())),
            "off" | "no" | "false" | "0" => Ok(Canonical("off".into())),
            _ => Err(refuse("Type on or off.".into())),
        },
        Kind::Choice(options) => options
            .iter()
            .find(|(key, label)| typed == *key || typed.eq_ignore_ascii_case(label))
            .map(|(key, _)| Canonical((*key).into()))
            .ok_or_else(|| refuse("Choose one of these.".into())),
        Kind::Number {
            allowed: (low, high),
            ..
        } => number(spec, typed, low, high).map_err(refuse),
        Kind::ByName(low, high) => by_name(spec, typed, low, high).map_err(refuse),
        Kind::ByDate(low, high) => {
            let one = Spec {
                decimals: 2,
                default: "-10000",
                ..*spec
            };
            let amount = |text: &str| number(&one, text, low, high).map(Canonical::into_string);
            by_date(typed, amount).map(Canonical).map_err(refuse)
        }
        Kind::Steps(range) => by_range(spec, typed, range).map_err(refuse),
        Kind::ByQuantity(low, high) => {
            let one = Spec {
                decimals: PRICE_DECIMALS,
                default: "11.50",
                ..*spec
            };
            let price = |text: &str| number(&one, text, low, high).map(Canonical::into_string);
            by_quantity(typed, price).map(Canonical).map_err(refuse)
        }
    }
}

fn by_range(spec: &Spec, typed: &str, range: &'static Range) -> Result<Canonical, Refused> {
    let begins = Spec {
        decimals: range.at_decimals,
        unit: Unit::Money,
        default: "1000",
        ..*spec
    };
    let worth = Spec {
        decimals: range.decimals,
        default: "5",
        ..*spec
    };
    // `50 %` of a quota is where a step begins, too.
    let at = |text: &str| {
        let text = text.trim_end_matches('%').trim_end();
        number(&begins, text, range.at.0, range.at.1).map(Canonical::into_string)
    };
    let value =
        |text: &str| number(&worth, text, range.value.0, range.value.1).map(Canonical::into_string);
    by_steps(typed, range, at, value).map(Canonical)
}

/// The names and numbers of a canonical text of [`Kind::ByName`].
///
/// ```
/// use perennial::assumptions::parse::entries;
/// let found: Vec<_> = entries("Aerospace = 12000; Nord = 8000").collect();
/// assert_eq!(found, [("Aerospace", "12000"), ("Nord", "8000")]);
/// ```
pub fn entries(canonical: &str) -> impl Iterator<Item = (&str, &str)> {
    let all = canonical.split(';').filter_map(|one| one.rsplit_once('='));
    all.map(|(name, number)| (name.trim(), number.trim()))
}

fn by_name(
    spec: &Spec,
    typed: &str,
    low: &'static str,
    high: &'static str,
) -> Result<Canonical, Refused> {
    let example = match spec.unit {
        Unit::Money => "12000",
        Unit::PercentPerYear => "85",
        _ => "12",
    };
    let one = Spec {
        decimals: 2,
        default: example,
        ..*spec
    };
    let mut canonical = String::new();
    for entry in typed.split(';').map(str::trim) {
        if entry.is_empty() || entry == "none" {
            continue;
        }
        let named = entry
            .rsplit_once('=')
            .or_else(|| entry.rsplit_once(':'))
            .filter(|(name, _)| !name.trim().is_empty());
        let Some((name, value)) = named else {
            return Err(format!(
                "Type a name, an equals sign and a number, as in Aerospace = {example}; put a \
                 semicolon between two."
            )
            .into());
        };
        let number = number(&one, value.trim(), low, high)?;
        let name = name.trim();
        let key = name.to_lowercase();
        if entries(&canonical).any(|(other, _)| other.to_lowercase() == key) {
            return Err(format!("{name} stands twice: give each name one number.").into());
        }
        if !canonical.is_empty() {
            canonical.push_str("; ");
        }
        canonical.push_str(name);
        canonical.push_str(" = ");
        canonical.push_str(number.as_str());
    }
    Ok(Canonical(canonical))
}

/// A canonical text as read by people: with the unit, or the label of the choice.
///
/// Numbers are printed plainly, without thousands separators or a currency sign; the display has
/// its own formats for those.
pub fn print(spec: &Spec, canonical: &str) -> String {
    match spec.kind {
        Kind::Choice(options) => {
            let label = options.iter().find(|(key, _)| *key == canonical);
            label.map_or(canonical, |(_, label)| *label).into()
        }
        Kind::Number { .. } => with_unit(canonical, spec.unit),
        Kind::ByName(..) | Kind::ByQuantity(..) | Kind::ByDate(..) | Kind::Steps(_)
            if canonical.is_empty() =>
        {
            "none".into()
        }
        Kind::Toggle
        | Kind::ByName(..)
        | Kind::ByQuantity(..)
        | Kind::ByDate(..)
        | Kind::Steps(_) => canonical.into(),
    }
}

/// What is accepted, in words.
pub fn allowed(spec: &Spec) -> String {
    match spec.kind {
        Kind::Toggle => "on or off".into(),
        Kind::Choice(options) => {
            let labels: Vec<&str> = options.iter().map(|(_, label)| *label).collect();
            labels.join(", ")
        }
        Kind::ByDate(low, high) => format!("days, each with an amount from {low} to {high}"),
        Kind::Steps(range) => format!(
            "steps from {} to {}, each with a value from {} to {}",
            range.at.0,
            range.at.1,
            range.value.0,
            with_unit(range.value.1, spec.unit)
        ),
        Kind::ByQuantity(low, high) => {
            format!("quantities, each with a price from {low} to {high}")
        }
        Kind::ByName(low, high) => format!(
            "names, each with a number from {low} to {}",
            with_unit(high, spec.unit)
        ),
        Kind::Number {
            allowed: (low, high),
            ..
        } => {
            let number = match spec.decimals {
                0 => "whole numbers".to_owned(),
                1 => "numbers with at most 1 decimal".to_owned(),
                n => format!("numbers with at most {n} decimals"),
            };
            format!("{number} from {low} to {}", with_unit(high, spec.unit))
        }
    }
}

fn with_unit(number: &str, unit: Unit) -> String {
    match unit.suffix() {
        "" => number.to_owned(),
        suffix if suffix.starts_with('/') => format!("{number}{suffix}"),
        suffix => format!("{number} {suffix}"),
    }
}

fn number(spec: &Spec, typed: &str, low: &str, high: &str) -> Result<Canonical, Refused> {
    let usual = format!("Type a number, for example {}.", spec.default);
    let bare = strip_unit(typed, spec.unit);
    let readings = readings(&bare);
    let in_range = |value: &Decimal| {
        parse_plain(low).is_none_or(|l| *value >= l)
            && parse_plain(high).is_none_or(|h| *value <= h)
    };
    let possible: Vec<&Decimal> = readings.iter().filter(|v| in_range(v)).collect();
    match (possible.as_slice(), readings.as_slice()) {
        ([one], _) if one.scale() <= u32::from(spec.decimals) => Ok(Canonical(one.to_string())),
        ([_], _) => Err("Type fewer decimals.".into()),
        ([a, b, ..], _) => Err(format!(
            "It can be read as {a} or as {b}: type the one you mean, without thousands separators."
        )
        .into()),
        ([], [_, ..]) => Err(format!("Type a number from {low} to {high}.").into()),
        ([], []) => Err(usual.into()),
    }
}

/// Takes one unit or currency sign off either end.
fn strip_unit(text: &str, unit: Unit) -> String {
    let lower = text.to_ascii_lowercase().replace('\u{2212}', "-");
    let after: &[&str] = match unit {
        Unit::Percent => &["%", "percent"],
        Unit::PercentPerYear => &[
            "%/year",
            "% / year",
            "% per year",
            "% a year",
            "%",
            "percent",
        ],
        Unit::Years => &["years", "year", "yrs", "yr", "y"],
        Unit::Months => &["months", "month", "mo", "m"],
        Unit::Days => &["days", "day", "d"],
        Unit::Pieces => &["pieces", "piece", "pcs", "pc"],
        Unit::MoneyPerYear => &["/year", "/ year", "per year", "a year"],
        Unit::MoneyPerPiece => &["/piece", "/ piece", "per piece", "a piece"],
        Unit::MoneyPerOrder => &["/order", "/ order", "per order", "an order"],
        _ => &[],
    };
    let mut rest = lower.trim();
    if let Some(shorter) = after.iter().find_map(|a| rest.strip_suffix(a)) {
        rest = shorter.trim_end();
    }
    if unit.is_money() {
        let signs = ['€', '$', '£', '¥'];
        let minus = rest.strip_prefix('-').map(str::trim_start);
        let amount = minus
            .unwrap_or(rest)
            .trim_matches(|c: char| signs.contains(&c) || c == ' ');
        return if minus.is_some() {
            format!("-{amount}")
        } else {
            amount.to_owned()
        };
    }
    rest.to_owned()
}

/// Every number the text can mean, without trailing zeros; none if it is no number.
fn readings(text: &str) -> Vec<Decimal> {
    let spaced = |c: char| matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '’');
    let (sign, body) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let mut found: Vec<Decimal> = Vec::new();
    // The decimal mark is one of the two, or there is none; what remains groups thousands.
    for mark in ['.', ','] {
        let (whole, part) = body.rsplit_once(mark).map_or((body, ""), |(w, p)| (w, p));
        let marked = body.contains(mark);
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if !digits(part) || (whole.is_empty() && part.is_empty()) {
            continue;
        }
        let other = if mark == '.' { ',' } else { '.' };
        let separator = whole.chars().find(|c| *c == other || spaced(*c));
        let grouped = separator.is_none_or(|s| groups_of_three(whole, s));
        let joined: String = whole.chars().filter(|c| Some(*c) != separator).collect();
        if !grouped || !digits(&joined) {
            continue;
        }
        let point = if marked && !part.is_empty() { "." } else { "" };
        let lead = if joined.is_empty() {
            "0"
        } else {
            joined.as_str()
        };
        if let Some(value) = parse_plain(&format!("{sign}{lead}{point}{part}")) {
            let value = value.normalize();
            if !found.contains(&value) {
                found.push(value);
            }
        }
    }
    found
}

fn groups_of_three(whole: &str, separator: char) -> bool {
    let mut groups = whole.split(separator);
    let first = groups.next().map_or(0, str::len);
    (1..=3).contains(&first) && !whole.starts_with('0') && groups.all(|g| g.len() == 3)
}
