//! Which value of a scheme causes a temptation: each suspect is taken out, and the temptation
//! measured again; the first whose absence takes away more than half of it is the cause.

use crate::commission::inputs;
use crate::commission::state::{People, Scheme};

use super::ground::Ground;
use super::probe::Probe;

/// The values that cause a temptation.
pub(super) struct Cause {
    pub keys: Vec<String>,
    pub rule: String,
}

/// Values to take out and what stands in their place, the most particular first; several together
/// where one alone would contradict the rest.
const SUSPECTS: &[&[(&str, &str)]] = &[
    &[("tiers_pay", "marginal")],
    &[("accelerator_pays", "marginal")],
    &[("gate", "0"), ("gate_pays", "first")],
    &[("accelerator", ""), ("accelerator_pays", "marginal")],
    &[("cap_order", "0")],
    &[("cap_period", "0"), ("cap_keeps", "0")],
    &[("milestones", ""), ("milestones_of", "quota")],
    &[("lifetime", ""), ("lifetime_of", "contribution")],
    &[("spiff_budget", "0")],
    &[
        ("spiff", ""),
        ("spiff_budget", "0"),
        ("spiff_for", "account"),
    ],
    &[
        ("draw", "0"),
        ("draw_is", "guarantee"),
        ("draw_months", "0"),
    ],
    &[("held", "0"), ("released", "days"), ("held_days", "90")],
    &[("window", "0")],
    &[("bands", "")],
    &[("tiers", ""), ("tiers_pay", "marginal")],
    &[("products", "")],
    &[("kept", "0"), ("kept_factors", "")],
    &[("growth", "0"), ("growth_of", "kept")],
    &[("repeat_steps", "")],
    &[
        ("repeats", "same"),
        ("repeat", "3"),
        ("repeat_steps", ""),
        ("window", "0"),
    ],
    &[("basis", "contribution"), ("freight", "usual")],
    &[
        ("basis", "contribution"),
        ("negative", "counted"),
        ("freight", "usual"),
    ],
];

/// The cause of a temptation of some size; `again` measures it under another scheme.
pub(super) fn of(
    scheme: &Scheme,
    people: &People,
    ground: &Ground,
    size: i64,
    again: &dyn Fn(&Probe<'_>) -> i64,
) -> Cause {
    let is_cause = |suspects: &&&[(&str, &str)]| {
        without(scheme, people, ground, suspects).is_some_and(|probe| again(&probe) < size / 2)
    };
    let found = SUSPECTS.iter().find(is_cause);
    // What no single value takes away comes from the rate itself.
    let keys: Vec<&str> = found.map_or_else(
        || vec!["rate"],
        |suspects| {
            let differs = |(key, text): &&(&str, &str)| scheme.text(key) != *text;
            suspects
                .iter()
                .filter(differs)
                .map(|(key, _)| *key)
                .collect()
        },
    );
    let first = keys.first().and_then(|key| inputs::spec(key));
    Cause {
        rule: first.map_or("", |spec| spec.label).to_owned(),
        keys: keys.into_iter().map(str::to_owned).collect(),
    }
}

/// The scheme without some of its values, and without those that have no effect then; `None` where
/// it has none of them, or cannot be paid so.
fn without<'a>(
    scheme: &Scheme,
    people: &People,
    ground: &'a Ground,
    suspects: &[(&str, &str)],
) -> Option<Probe<'a>> {
    let taken = suspects.iter();
    let mut other = taken.fold(scheme.clone(), |other, (key, text)| other.with(key, text));
    if other == *scheme {
        return None;
    }
    for _ in 0..6 {
        let refusals = match Probe::new(&other, people, ground) {
            Ok(probe) => return Some(probe),
            Err(refusals) => refusals,
        };
        let named = refusals.iter().flat_map(|refusal| &refusal.keys);
        for key in named.filter(|key| suspects.iter().all(|(suspect, _)| suspect != *key)) {
            let default = inputs::spec(key).map_or("", |spec| spec.default);
            other = other.with(key, default);
        }
    }
    None
}
