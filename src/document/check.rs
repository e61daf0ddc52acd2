//! Whether a text may be entered for an assumption, and how a step of undo names it.

use crate::assumptions::Spec;
use crate::assumptions::spec::Kind;

use super::edit::Refused;

/// The longest text a setting can have; longer ones are attacks, not entries.
const LONGEST: usize = 64;

/// The assumption's definition, if there is one of that key.
pub(super) fn spec(key: &str) -> Option<&'static Spec> {
    let _ = key;
    None
}

/// The text as the registry prints it: what is stored, linked and compared.
///
/// # Errors
/// Says what was found, what is allowed and for which assumption.
pub fn canonical(key: &str, text: &str) -> Result<String, Refused> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    if text.is_empty() || text.len() > LONGEST || !text.chars().all(plain) {
        return Err(Refused(format!(
            "{} cannot be \"{}\".",
            subject(key),
            shortened(text)
        )));
    }
    Ok(text.to_string())
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
        (Some(first), Some(second)) if !second.is_uppercase() => {
            let rest: String = spec.label.chars().skip(1).collect();
            format!("{}{rest}", first.to_lowercase())
        }
        _ => spec.label.to_string(),
    }
}

/// A value as read by people: a choice by its label, a number as it is.
pub(super) fn spoken(key: &str, value: &str) -> String {
    match spec(key).map(|spec| &spec.kind) {
        Some(Kind::Choice(options)) => options
            .iter()
            .find(|(name, _)| *name == value)
            .map_or_else(|| shortened(value), |(_, label)| (*label).to_string()),
        _ => shortened(value),
    }
}

/// The unit after a number of this assumption, with a space before it, if it has one.
pub(super) fn unit(key: &str) -> String {
    match spec(key) {
        Some(spec) if matches!(spec.kind, Kind::Number { .. }) => match spec.unit.suffix() {
            "" => String::new(),
            suffix => format!(" {suffix}"),
        },
        _ => String::new(),
    }
}
