//! Cash flows by date: `2026-01-01: -10000; 2026-03-01: 2750`, or the two columns of a pasted table.
//!
//! Input: what a user typed or pasted, or canonical text. Output: canonical text, or [`DatedFlows`].
//! Invariant: dates ascend, and none stands twice.

use rust_decimal::prelude::ToPrimitive;

use crate::base::money::parse_plain;
use crate::base::{Date, Refused, Unit};

use super::spec::Kind;
use super::typed::{Fixed, Typed};

/// The most flows of one list.
pub const MOST_FLOWS: usize = 36;

/// Amounts in the base currency by their day, ascending.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DatedFlows {
    flows: [(Date, f64); MOST_FLOWS],
    count: usize,
}

impl Default for DatedFlows {
    fn default() -> Self {
        Self {
            flows: [(Date::default(), 0.0); MOST_FLOWS],
            count: 0,
        }
    }
}

impl DatedFlows {
    /// The flows, earliest first.
    pub fn flows(&self) -> &[(Date, f64)] {
        self.flows.get(..self.count).unwrap_or_default()
    }
}

impl Typed for DatedFlows {
    const UNIT: Unit = Unit::Money;

    fn read(canonical: &str) -> Option<Self> {
        let mut found = Self::default();
        for entry in canonical.split(';').filter(|entry| !entry.is_empty()) {
            let (date, amount) = entry.split_once(':')?;
            let date = Date::parse(date.trim())?;
            let amount = parse_plain(amount.trim()).filter(|amount| amount.scale() <= 2)?;
            let after = found.flows().last().is_none_or(|last| last.0 < date);
            let slot = found.flows.get_mut(found.count).filter(|_| after)?;
            *slot = (date, amount.to_f64()?);
            found.count += 1;
        }
        Some(found)
    }
}

impl Fixed for DatedFlows {
    const KIND: Kind = Kind::ByDate("-1000000000", "1000000000");
}

/// Cuts a text before every date written `2026-01-31`: what stands before the first date, then each
/// date with what follows it. A table pasted into one line has nothing else between its rows.
fn cut(text: &str) -> (&str, Vec<(&str, &str)>) {
    let bytes = text.as_bytes();
    let is_date = |at: usize| {
        let part = bytes.get(at..at + 10)?;
        let fits = part.iter().enumerate().all(|(i, byte)| match i {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        });
        fits.then_some(at)
    };
    let starts: Vec<usize> = (0..bytes.len()).filter_map(is_date).collect();
    let before = text.get(..starts.first().copied().unwrap_or(text.len()));
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let parts = starts.iter().zip(ends);
    let parts = parts.filter_map(|(from, to)| text.get(*from..to)?.split_at_checked(10));
    (before.unwrap_or(text), parts.collect())
}

/// Canonical text of what was typed; `amount` reads one amount.
///
/// # Errors
/// What to do.
pub(super) fn by_date(
    typed: &str,
    amount: impl Fn(&str) -> Result<String, Refused>,
) -> Result<String, Refused> {
    let (before, parts) = cut(typed);
    if !before.trim().is_empty() && before.trim() != "none" {
        return Err(
            "Type dates and amounts, as in 2026-01-01: -10000; 2026-03-01: 2750, or paste the two \
             columns of a table."
                .into(),
        );
    }
    if parts.len() > MOST_FLOWS {
        return Err(format!("Type at most {MOST_FLOWS} flows.").into());
    }
    let mut read = Vec::new();
    for (date, rest) in parts {
        let Some(day) = Date::parse(date) else {
            return Err(format!("{date} is no day of the calendar.").into());
        };
        let between = |c: char| c.is_whitespace() || matches!(c, ':' | ';' | '=');
        read.push((day, amount(rest.trim_matches(between))?));
    }
    read.sort_by_key(|(day, _)| *day);
    let mut days = read.iter().map(|(day, _)| day);
    let mut last = days.next();
    for day in days {
        if last == Some(day) {
            return Err(format!("{day} stands twice: add its amounts up.").into());
        }
        last = Some(day);
    }
    let entries: Vec<String> = read
        .iter()
        .map(|(day, amount)| format!("{day}: {amount}"))
        .collect();
    Ok(entries.join("; "))
}
