//! What is entered for an assumption, by its key: made canonical, and said in words.

use crate::assumptions::parse::parse_canonical;
use crate::assumptions::spec::Kind;
use crate::assumptions::{Canonical, Refusal, Spec, parse, print};
use crate::base::Refused;

/// The longest text a setting can have; longer ones are attacks, not entries.
const LONGEST: usize = 64;
/// The same for a list of names with numbers.
const LONGEST_LIST: usize = 4_000;

/// The text as the registry prints it: what is stored, linked and compared.
///
/// ```
/// use perennial::registry::entry::canonical;
/// assert_eq!(canonical("retention", "85,5 %").unwrap(), "85.5");
/// assert!(canonical("retention", "101").unwrap_err().to_string().contains("100"));
/// ```
///
/// # Errors
/// Says what was found, what is allowed and for which assumption.
pub fn canonical(key: &str, text: &str) -> Result<String, Refused> {
    read(key, text, parse_canonical)
}

/// The same of a text as typed, in which `7.125` may be two numbers.
///
/// # Errors
/// As [`canonical`].
pub fn typed(key: &str, text: &str) -> Result<String, Refused> {
    read(key, text, parse)
}

fn read(
    key: &str,
    text: &str,
    parse: fn(&Spec, &str) -> Result<Canonical, Refusal>,
) -> Result<String, Refused> {
    let Some(spec) = super::assumption(key) else {
        return Err(format!(
            "There is no assumption \"{}\" in this version of Perennial.",
            shortened(key)
        )
        .into());
    };
    let longest = match spec.kind {
        Kind::ByName(..) | Kind::ByQuantity(..) | Kind::ByDate(..) | Kind::Steps(_) => LONGEST_LIST,
        _ => LONGEST,
    };
    if text.len() > longest {
        return Err(format!(
            "{} has an entry of {} characters; at most {longest} are read.",
            spec.label,
            text.len()
        )
        .into());
    }
    Ok(parse(spec, text)?.into_string())
}

/// At most 40 characters of it, for messages.
pub fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(40).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// The assumption's name inside a sentence: `gross margin`, but `LTV basis`.
pub fn subject(key: &str) -> String {
    super::assumption(key).map_or_else(|| shortened(key), |spec| inside(spec.label))
}

/// A label inside a sentence; abbreviations stay.
pub fn inside(label: &str) -> String {
    let mut chars = label.chars();
    match (chars.next(), chars.next()) {
        (Some(first), Some(second)) if !second.is_ascii_uppercase() => {
            let rest: String = label.chars().skip(1).collect();
            format!("{}{rest}", first.to_ascii_lowercase())
        }
        _ => label.to_owned(),
    }
}

/// A value as read by people, with its unit; a choice by its label.
pub fn spoken(key: &str, value: &str) -> String {
    super::assumption(key).map_or_else(|| shortened(value), |spec| print(spec, value))
}

/// The same without the unit, for the first of two values.
pub fn bare(key: &str, value: &str) -> String {
    match super::assumption(key) {
        Some(spec) if !matches!(spec.kind, Kind::Number { .. }) => print(spec, value),
        _ => shortened(value),
    }
}
