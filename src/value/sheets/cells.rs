//! Short forms for the cells and columns of analyses.

use crate::base::{Money, Unit};
use crate::metrics::{Cell, Exactness, Figure, Figures, Number, Sheet, SheetColumn};

/// A column from its parts: key, heading, unit, help.
#[inline(never)]
pub(crate) fn column(key: &str, label: &str, unit: Unit, help: &str) -> SheetColumn {
    SheetColumn {
        key: key.into(),
        label: label.into(),
        unit,
        help: help.into(),
    }
}

/// The column of a metric, with its registered label and unit; the page knows its reading.
#[inline(never)]
pub(crate) fn of_metric(key: &str) -> SheetColumn {
    match crate::value::outputs::get(key) {
        Some(spec) => column(key, spec.label, spec.unit, ""),
        None => column(key, key, Unit::Text, ""),
    }
}

#[inline(never)]
pub(crate) fn text(words: impl Into<String>) -> Cell {
    Cell::Text(words.into())
}

#[inline(never)]
pub(crate) fn count(number: impl Into<u64>) -> Cell {
    Cell::Number(Number::Exact(number.into().into()), Exactness::Exact)
}

#[inline(never)]
pub(crate) fn money(amount: Money, exactness: Exactness) -> Cell {
    Cell::Number(Number::Exact(amount.amount()), exactness)
}

/// A number, or the reason where it is none.
#[inline(never)]
pub(crate) fn float(value: f64, exactness: Exactness, missing: &str) -> Cell {
    if value.is_finite() {
        Cell::Number(Number::Float(value), exactness)
    } else {
        Cell::Empty(missing.into())
    }
}

/// The cell of a figure.
#[inline(never)]
pub(crate) fn figure(figures: &Figures, key: &str) -> Cell {
    match figures.get(key) {
        Some(Figure {
            value: Ok(number),
            exactness,
            ..
        }) => Cell::Number(*number, *exactness),
        Some(Figure {
            value: Err(why), ..
        }) => Cell::Empty(why.0.clone()),
        None => Cell::Empty("Not computed.".into()),
    }
}

/// A figure as a plain number; `NaN` where there is none.
#[inline(never)]
pub(crate) fn plain(figures: &Figures, key: &str) -> f64 {
    match figures.get(key).map(|f| &f.value) {
        Some(Ok(Number::Float(value))) => *value,
        Some(Ok(Number::Exact(value))) => Money::new(*value).to_f64(),
        _ => f64::NAN,
    }
}

/// A sheet without rows, whose caption says why and what to do.
#[inline(never)]
pub(crate) fn empty(key: &str, title: &str, caption: &str) -> Sheet {
    Sheet {
        key: key.into(),
        title: title.into(),
        caption: caption.into(),
        columns: Vec::new(),
        rows: Vec::new(),
    }
}

/// A percentage with one decimal, for sentences.
#[inline(never)]
pub(crate) fn percent(share: f64) -> String {
    format!("{:.1} %", 100.0 * share)
}

/// An estimated amount to three digits, for sentences; who shows it puts the currency for the ¤.
#[inline(never)]
pub(crate) fn about(amount: f64) -> String {
    let mut unit = 1.0;
    while amount.abs() >= 1_000.0 * unit && unit < 1e15 {
        unit *= 10.0;
    }
    format!("¤{:.0}", (amount / unit).round() * unit)
}

#[cfg(test)]
mod tests {
    use super::about;

    #[test]
    fn estimates_have_three_digits() {
        for (amount, said) in [
            (0.0, "¤0"),
            (999.4, "¤999"),
            (1_234.5, "¤1230"),
            (-965_818.0, "¤-966000"),
        ] {
            assert_eq!(about(amount), said);
        }
    }
}
