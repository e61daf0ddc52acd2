//! A scheme in plain words, with what it pays on an example and how ties and boundaries fall.
//!
//! Input: a scheme. Output: sentences in the order of operations; the contradictions of one that
//! cannot pay. The example is paid by the engine itself, so that it cannot say anything else.

mod after;
mod levels;
mod pays;
mod worked;

use super::check::percent;
use super::plan::{Plan, Table};
use super::sales::UNIT;
use super::state::{People, Scheme};
use super::statement::RATE;

/// The scheme in sentences.
///
/// ```
/// use perennial::commission::{Scheme, words};
/// let scheme = Scheme::new("Ours", &[("rate", "5"), ("repeats", "nothing")]);
/// let said = words::said(&scheme);
/// assert_eq!(said[0], "Salespeople are paid every month.");
/// assert_eq!(said[1], "The first order of an account pays 5 % of revenue, later orders nothing.");
/// assert!(said.iter().any(|s| s.contains("On a first order of 40,000 you earn 2,000")));
/// ```
pub fn said(scheme: &Scheme) -> Vec<String> {
    match Plan::of(scheme, &People::default()) {
        Ok(plan) => of(&plan),
        Err(wrong) => wrong.into_iter().map(|one| one.why).collect(),
    }
}

/// A plan in sentences.
pub fn of(plan: &Plan) -> Vec<String> {
    let mut said = pays::said(plan);
    said.extend(levels::said(plan));
    said.extend(after::said(plan));
    said.extend(worked::said(plan));
    said.push("Each line of a statement is rounded once, to cents, half away from zero.".into());
    said
}

/// The order of operations as a list for statements: `1. the lines and the day that counts`.
pub fn order() -> Vec<String> {
    let steps = (1..).zip(super::statement::ORDER);
    steps.map(|(at, step)| format!("{at}. {step}")).collect()
}

/// An amount in 1/10,000 as read by people: `34,500`, `1,099.50`.
pub(super) fn money(amount: i64) -> String {
    let cents = (amount.unsigned_abs() + 50) / 100;
    let (whole, rest) = (cents / 100, cents % 100);
    let digits = whole.to_string();
    let mut text = String::from(if amount < 0 { "-" } else { "" });
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if rest > 0 {
        text.push('.');
        text.push_str(if rest < 10 { "0" } else { "" });
        text.push_str(&rest.to_string());
    }
    text
}

/// A rate in 1/1,000,000 as percent: `5 %`, `2.5 %`.
pub(super) fn rate(rate: i64) -> String {
    let digits = format!("{:04}", rate % (RATE / 100));
    let rest = digits.trim_end_matches('0');
    let point = if rest.is_empty() { "" } else { "." };
    format!("{}{point}{rest} %", rate / (RATE / 100))
}

/// A share in 1/10,000 as percent.
pub(super) fn share(part: i64) -> String {
    format!("{} %", percent(part))
}

/// `3 % below 300,000, 5 % from 300,000, 7 % from 600,000`, each number in its own words.
pub(super) fn steps(
    table: &Table,
    at: impl Fn(i64) -> String,
    value: impl Fn(i64) -> String,
) -> String {
    let mut said = Vec::new();
    for (place, (from, worth)) in table.iter().enumerate() {
        let next = table.get(place + 1).filter(|_| *from == 0);
        said.push(match next {
            Some((next, _)) => format!("{} below {}", value(*worth), at(*next)),
            None => format!("{} from {}", value(*worth), at(*from)),
        });
    }
    said.join(", ")
}

/// Whole units of money as an amount.
pub(super) const fn units(units: i64) -> i64 {
    units * UNIT
}

/// `Ana 50 %, Ben 50 %`.
pub(super) fn list(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}
