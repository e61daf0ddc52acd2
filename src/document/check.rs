//! Whether a text may be entered for an assumption, and how a step of undo names it.

use crate::assumptions::spec::Kind;
use crate::assumptions::{Canonical, Spec, parse, print};

use super::edit::Refused;

/// The longest text a setting can have; longer ones are attacks, not entries.
const LONGEST: usize = 64;
/// The same for a list of names with numbers.
const LONGEST_LIST: usize = 4_000;

/// The assumption's definition, if there is one of that key.
pub(super) fn spec(key: &str) -> Option<&'static Spec> {
    crate::registry::assumption(key)
}

/// The text as the registry prints it: what is stored, linked and compared.
///
/// # Errors
/// Says what was found, what is allowed and for which assumption.
pub fn canonical(key: &str, text: &str) -> Result<String, Refused> {
    let Some(spec) = spec(key) else {
        return Err(Refused(format!(
            "There is no assumption \"{}\" in this version of Perennial.",
            shortened(key)
        )));
    };
    let longest = match spec.kind {
        Kind::ByName(..) | Kind::ByQuantity(..) => LONGEST_LIST,
        _ => LONGEST,
    };
    if text.len() > longest {
        return Err(Refused(format!(
            "{} has an entry of {} characters; at most {longest} are read.",
            spec.label,
            text.len()
        )));
    }
    parse(spec, text)
        .map(Canonical::into_string)
        .map_err(|refusal| Refused(refusal.to_string()))
}

/// At most 40 characters of it, for messages.
pub(super) fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(40).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// The assumption's name inside a sentence: `gross margin`, but `LTV basis`.
pub(super) fn subject(key: &str) -> String {
    let Some(spec) = spec(key) else {
        return shortened(key);
    };
    let mut chars = spec.label.chars();
    match (chars.next(), chars.next()) {
        (Some(first), Some(second)) if !second.is_ascii_uppercase() => {
            let rest: String = spec.label.chars().skip(1).collect();
            format!("{}{rest}", first.to_ascii_lowercase())
        }
        _ => spec.label.to_string(),
    }
}

/// A value as read by people, with its unit; a choice by its label.
pub(super) fn spoken(key: &str, value: &str) -> String {
    spec(key).map_or_else(|| shortened(value), |spec| print(spec, value))
}

/// The same without the unit, for the first of two values.
pub(super) fn bare(key: &str, value: &str) -> String {
    match spec(key) {
        Some(spec) if !matches!(spec.kind, Kind::Number { .. }) => print(spec, value),
        _ => shortened(value),
    }
}
