//! Scenarios side by side: every figure, its difference to the base, the best marked, and which
//! changes a difference comes from.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::base::counted;
use crate::metrics::{Figure, Figures, Number};

use super::better::{Better, better};
use super::share::Shares;

/// A column's heading.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// The scenario; `None` is the base.
    pub id: Option<u32>,
    /// Its name.
    pub name: String,
    /// What it changes, with the base's values: key, from, to.
    pub changes: Vec<(String, String, String)>,
    /// Where its first figure's difference to the base comes from, or why that cannot be said; `None`
    /// for the base.
    pub shares: Option<Result<Shares, String>>,
}

/// One figure in one column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Compared {
    /// The figure; `None` where this model has none of that name.
    pub figure: Option<Figure>,
    /// What it is more than in the base.
    pub difference: Option<f64>,
    /// No column has a better one, and some has a worse; never to pay back is the worst of paybacks.
    pub best: bool,
}

/// One figure in all columns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The metric's key.
    pub metric: String,
    /// Which way it gets better.
    pub better: Better,
    /// As many as there are columns.
    pub cells: Vec<Compared>,
}

/// The table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// The base first.
    pub columns: Vec<Column>,
    /// The figures asked for, in that order.
    pub rows: Vec<Row>,
    /// What makes the columns hard to compare: another horizon (all are shown over the longest), another
    /// convention.
    pub notes: Vec<String>,
}

/// The number of a figure.
pub fn number(figures: &Figures, metric: &str) -> Option<f64> {
    of_figure(figures.get(metric)?)
}

pub(super) fn of_figure(figure: &Figure) -> Option<f64> {
    match figure.value.as_ref().ok()? {
        Number::Float(value) => Some(*value).filter(|value| value.is_finite()),
        Number::Exact(value) => Some(crate::base::Money::new(*value).to_f64()),
    }
}

/// The rows of these metrics; the first of the columns is the base.
///
/// ```
/// use perennial::metrics::{Exactness, Figure, Figures, Number};
/// use perennial::scenario::compare::rows;
/// let column = |value: f64| Figures::from([(
///     "payback_months".to_owned(),
///     Figure { value: Ok(Number::Float(value)), exactness: Exactness::Exact, coverage: None, note: None },
/// )]);
/// let rows = rows(&["payback_months".to_owned()], &[column(20.0), column(14.0)]);
/// assert_eq!(rows[0].cells[1].difference, Some(-6.0));
/// assert!(rows[0].cells[1].best && !rows[0].cells[0].best);
/// ```
pub fn rows(metrics: &[String], columns: &[Figures]) -> Vec<Row> {
    let row = |metric: &String| {
        let better = better(metric);
        let values: Vec<Option<f64>> = columns.iter().map(|c| number(c, metric)).collect();
        let base = values.first().copied().flatten();
        // What differs by less than can be shown is the same.
        let beats =
            |a: f64, b: f64| better.is_better(a, b) && (a - b).abs() > 1e-9 * a.abs().min(b.abs());
        let never = |figures: &Figures| {
            let why = figures.get(metric)?.value.as_ref().err()?;
            why.0.starts_with("Never").then_some(f64::INFINITY)
        };
        let ranked: Vec<Option<f64>> = columns
            .iter()
            .map(|column| number(column, metric).or_else(|| never(column)))
            .collect();
        let seen = || ranked.iter().copied().flatten();
        let cell = |(figures, value): (&Figures, &Option<f64>)| Compared {
            figure: figures.get(metric).cloned(),
            difference: value.zip(base).map(|(value, base)| value - base),
            best: value.is_some_and(|value| {
                !seen().any(|other| beats(other, value)) && seen().any(|other| beats(value, other))
            }),
        };
        Row {
            metric: metric.clone(),
            better,
            cells: columns.iter().zip(&values).map(cell).collect(),
        }
    };
    metrics.iter().map(row).collect()
}

/// Assumptions that decide what is counted, and what to say where columns differ in them.
const CONVENTIONS: &[(&str, &str)] = &[
    ("timing", "It differs when within a year money counts."),
    ("method", "The lifetime-value method differs."),
    ("basis", "What counts as value differs."),
    ("measure", "What a year's margin is taken from differs."),
];

/// What makes columns hard to compare, from the keys that any of them changes; `longest` is the horizon
/// that all are shown over, in years.
pub(super) fn notes(columns: &[Column], longest: u32) -> Vec<String> {
    let changed = |key: &str| {
        let changes = columns.iter().flat_map(|column| &column.changes);
        changes.into_iter().any(|(changed, _, _)| changed == key)
    };
    let years = counted(&longest, "year");
    let horizon = changed("horizon").then(|| {
        format!("The horizon differs: all are shown over the longest, {years}, the base too, as more years are no better business. Other pages show the base over its own.")
    });
    let found = CONVENTIONS.iter().filter(|(key, _)| changed(key));
    let found = found.map(|(_, words)| (*words).to_owned());
    horizon.into_iter().chain(found).collect()
}

/// Where two sets of values differ: key, the one's value, the other's; as `keys` are ordered.
pub fn differing<'a>(
    keys: impl Iterator<Item = &'a str>,
    from: &BTreeMap<&str, &str>,
    to: &BTreeMap<&str, &str>,
) -> Vec<(String, String, String)> {
    let one = |key: &'a str| {
        let (a, b) = (from.get(key)?, to.get(key)?);
        (a != b).then(|| (key.to_owned(), (*a).to_owned(), (*b).to_owned()))
    };
    keys.filter_map(one).collect()
}
