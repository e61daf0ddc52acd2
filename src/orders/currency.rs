//! One currency for the whole book.
//!
//! In: the currency of each line as written, the base currency and the user's rates. Out: amounts
//! in the base currency. A line in a currency without a rate is rejected until there is one. Where
//! other lines name a currency, a line without one is rejected too: it stays unknown, it is not
//! taken for the base. Where no line names one, the currency of the book is unknown.

use super::book::{Attr, Measure};
use super::build::Builder;
use super::names::NONE;
use super::number::Num;
use super::reading::{Reader, Reject};
use crate::base::parts::in_parts;
use crate::ingest::cells::{is_code, is_shared};
use crate::ingest::problem::{Code, Fix};
use crate::ingest::role::Role;

/// What happens to the lines of one currency id.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Treatment {
    /// It is the base.
    Same,
    /// Amounts are multiplied.
    Rate(Num),
    /// The currency has no rate.
    NoRate,
    /// The text is no currency.
    Unknown,
}

/// Converts, and rejects what cannot be: the currencies found with their rows, and those that need
/// a rate.
#[inline(never)]
pub(super) fn settle(
    builder: &mut Builder,
    keep: &mut [bool],
) -> (Vec<(String, u64)>, Vec<String>) {
    let counts = count(builder, keep);
    let named: Vec<(String, u64)> = codes(builder, &counts);
    let base = builder
        .base
        .clone()
        .or_else(|| most_frequent(&named, is_code));
    builder.book.currency.clone_from(&base);
    // Signs that name no currency still tell two apart.
    let signs = named.iter().filter(|(name, _)| is_shared(name)).count();
    let base = base.or_else(|| most_frequent(&named, is_shared).filter(|_| signs > 1));
    let Some(base) = base.filter(|_| !named.is_empty()) else {
        return (named, Vec::new());
    };
    let treatments = treatments(builder, &base);
    let missing = counts.last().copied().unwrap_or(0);
    let simple = missing == 0 && treatments.iter().all(|t| *t == Treatment::Same);
    if !simple {
        convert(builder, &treatments);
        reject(builder, keep, &treatments, &base);
    }
    let needed = named
        .iter()
        .filter(|(code, _)| *code != base && !builder.rates.iter().any(|(c, _)| c == code))
        .map(|(code, _)| code.clone())
        .filter(|code| is_code(code))
        .collect();
    let mut found = named;
    if missing > 0 {
        found.push((String::new(), missing));
    }
    (found, needed)
}

/// Rows by currency id; those without one come last.
fn count(builder: &Builder, keep: &[bool]) -> Vec<u64> {
    let text = builder.book.text(Attr::Currency);
    let mut counts = vec![0_u64; text.names.len().saturating_add(1)];
    let none = text.names.len();
    in_parts(keep.len(), &mut |part| {
        for (line, kept) in part.clone().zip(keep.get(part).unwrap_or_default()) {
            let at = match text.ids.get(line) {
                NONE => none,
                id => id as usize,
            };
            if let (true, Some(count)) = (*kept, counts.get_mut(at)) {
                *count += 1;
            }
        }
    });
    counts
}

/// Currency codes in the book with their rows, by first appearance.
fn codes(builder: &Builder, counts: &[u64]) -> Vec<(String, u64)> {
    let mut codes: Vec<(String, u64)> = Vec::new();
    for (name, rows) in builder.book.text(Attr::Currency).names.iter().zip(counts) {
        if *rows == 0 {
            continue;
        }
        let code = code_of(name);
        match codes.iter_mut().find(|(c, _)| *c == code) {
            Some((_, sum)) => *sum += rows,
            None => codes.push((code, *rows)),
        }
    }
    codes
}

/// A currency as a code: capitals, and the code of a sign that has only one.
fn code_of(name: &str) -> String {
    let upper = name.trim().to_uppercase();
    if is_code(&upper) {
        return upper;
    }
    let named = NAMES.iter().find(|(name, _)| *name == upper);
    if let Some((_, code)) = named {
        return (*code).to_owned();
    }
    crate::ingest::cells::of_amount(name).unwrap_or_else(|| name.trim().to_owned())
}

/// Currencies as some systems name them.
const NAMES: [(&str, &str); 14] = [
    ("US DOLLAR", "USD"),
    ("US DOLLARS", "USD"),
    ("EURO", "EUR"),
    ("EUROS", "EUR"),
    ("BRITISH POUND", "GBP"),
    ("POUND STERLING", "GBP"),
    ("SWISS FRANC", "CHF"),
    ("JAPANESE YEN", "JPY"),
    ("YEN", "JPY"),
    ("CANADIAN DOLLAR", "CAD"),
    ("AUSTRALIAN DOLLAR", "AUD"),
    ("CHINESE YUAN", "CNY"),
    ("MEXICAN PESO", "MXN"),
    ("INDIAN RUPEE", "INR"),
];

fn most_frequent(named: &[(String, u64)], is: fn(&str) -> bool) -> Option<String> {
    let mut best: Option<&(String, u64)> = None;
    for entry in named.iter().filter(|(code, _)| is(code)) {
        if best.is_none_or(|(_, rows)| entry.1 > *rows) {
            best = Some(entry);
        }
    }
    best.map(|(code, _)| code.clone())
}

fn treatments(builder: &Builder, base: &str) -> Vec<Treatment> {
    let names = &builder.book.text(Attr::Currency).names;
    names
        .iter()
        .map(|name| {
            let code = code_of(name);
            let rate = builder.rates.iter().find(|(c, _)| *c == code);
            match rate {
                _ if code == base => Treatment::Same,
                Some((_, rate)) => Treatment::Rate(*rate),
                None if is_code(&code) => Treatment::NoRate,
                None => Treatment::Unknown,
            }
        })
        .collect()
}

fn convert(builder: &mut Builder, treatments: &[Treatment]) {
    if !treatments.iter().any(|t| matches!(t, Treatment::Rate(_))) {
        return;
    }
    let lines = builder.book.len();
    let rates: Vec<Option<Num>> = (0..lines)
        .map(|line| {
            let id = builder.book.text(Attr::Currency).ids.get(line);
            match treatments.get(id as usize) {
                Some(Treatment::Rate(rate)) => Some(*rate),
                _ => None,
            }
        })
        .collect();
    let by_rate = |line: usize, old: Option<Num>| match (old, rates.get(line)) {
        (Some(value), Some(Some(rate))) => value.times(*rate),
        (old, _) => old,
    };
    let files: Vec<u32> = (0..lines).map(|line| builder.book.place(line).0).collect();
    for measure in Measure::ALL.into_iter().filter(|m| m.is_money()) {
        let local = builder
            .readers
            .iter()
            .filter(|r| r.local.contains(&measure));
        let local: Vec<u32> = local.map(|reader| reader.file).collect();
        let column = builder.book.amounts_mut(measure);
        if column.is_empty() {
            continue;
        }
        column.change(lines, |line, old| {
            if files.get(line).is_some_and(|file| local.contains(file)) {
                old
            } else {
                by_rate(line, old)
            }
        });
    }
    if !builder.refunded.is_empty() {
        builder.refunded.change(lines, by_rate);
    }
}

fn reject(builder: &mut Builder, keep: &mut [bool], treatments: &[Treatment], base: &str) {
    for (line, kept) in keep.iter_mut().enumerate().filter(|(_, kept)| **kept) {
        let id = builder.book.text(Attr::Currency).ids.get(line);
        let treatment = treatments.get(id as usize).copied();
        if matches!(treatment, Some(Treatment::Same | Treatment::Rate(_))) {
            continue;
        }
        *kept = false;
        let found = builder.book.name(Attr::Currency, line).to_owned();
        let file = builder.book.place(line).0;
        let column =
            Reader::of(&builder.readers, file).and_then(|reader| reader.column(Role::Currency));
        let mut fixes = Vec::new();
        if treatment == Some(Treatment::NoRate) {
            fixes.push(Fix::Rate {
                currency: code_of(&found),
            });
        } else if let Some(column) = column {
            let with = base.to_owned();
            fixes.push(Fix::Replace {
                column,
                found: found.clone(),
                with,
            });
        }
        let expected = match treatment {
            Some(Treatment::NoRate) => format!("a rate of this currency into {base}"),
            Some(_) => "a currency code of ISO 4217, such as EUR".to_owned(),
            None => "a currency, as the other rows have one".to_owned(),
        };
        let reject = Reject {
            code: Code::UnknownCurrency,
            column,
            role: Some(Role::Currency),
            found,
        };
        builder.reject_late(line, &reject, &expected, fixes);
    }
}
