//! How much of the revenue has each field filled (S02).
//!
//! The weight of a line is the absolute value of its revenue, so that a field that is missing on
//! small orders only costs little. Where all revenue is zero, every line weighs the same.

use super::book::{Attr, Measure, OrderBook};
use super::column::Amounts;
use crate::base::parts::in_parts;

/// The share of revenue, 0 to 1, whose lines have each field; absent fields are 0.
#[inline(never)]
pub(super) fn of(book: &OrderBook) -> Vec<(String, f64)> {
    let weights = weights(book);
    let all: f64 = weights.iter().sum();
    let mut coverage = Vec::with_capacity(19);
    for (measure, label) in MEASURES {
        let column = book.amounts(measure);
        let part = if column.is_empty() || all <= 0.0 {
            0.0
        } else {
            sum(&weights, |line| column.has(line)) / all
        };
        coverage.push((label.to_owned(), part));
    }
    for (attr, label) in ATTRS {
        let ids = &book.text(attr).ids;
        let part = if ids.is_empty() || all <= 0.0 {
            0.0
        } else {
            sum(&weights, |line| ids.has(line)) / all
        };
        coverage.push((label.to_owned(), part));
    }
    coverage
}

/// Fields with their names on screen.
const MEASURES: [(Measure, &str); 7] = [
    (Measure::Quantity, "Quantity"),
    (Measure::Price, "Unit price"),
    (Measure::Discount, "List price or discount"),
    (Measure::Rebates, "Rebates"),
    (Measure::Freight, "Freight"),
    (Measure::Cost, "Cost of goods"),
    (Measure::Tooling, "Tooling"),
];

const ATTRS: [(Attr, &str); 12] = [
    (Attr::Parent, "Parent account"),
    (Attr::Site, "Site"),
    (Attr::Item, "Item"),
    (Attr::Currency, "Currency"),
    (Attr::Segment, "Segment"),
    (Attr::Salesperson, "Salesperson"),
    (Attr::Partner, "Partner"),
    (Attr::Stream, "Stream"),
    (Attr::Status, "Status or type"),
    (Attr::Process, "Process"),
    (Attr::Machine, "Machine"),
    (Attr::Material, "Material"),
];

/// The weight of the lines that have something.
fn sum(weights: &[f64], has: impl Fn(usize) -> bool) -> f64 {
    let mut sum = 0.0;
    in_parts(weights.len(), &mut |part| {
        let weights = weights.get(part.clone()).unwrap_or_default();
        for (line, weight) in part.zip(weights) {
            if has(line) {
                sum += weight;
            }
        }
    });
    sum
}

#[allow(clippy::cast_precision_loss)]
fn weights(book: &OrderBook) -> Vec<f64> {
    let revenue = book.amounts(Measure::Revenue);
    let values = revenue.as_slice();
    let mut weights = Vec::with_capacity(book.len());
    in_parts(values.len(), &mut |part| {
        let values = values.get(part).unwrap_or_default().iter();
        weights.extend(values.map(|value| match *value {
            value if value > Amounts::LEAST => value.unsigned_abs() as f64,
            _ => 0.0,
        }));
    });
    weights.resize(book.len(), 0.0);
    revenue.each_aside(|line, mantissa| {
        if let Some(weight) = weights.get_mut(line) {
            *weight = mantissa.unsigned_abs() as f64;
        }
    });
    if weights.iter().all(|w| *w <= 0.0) {
        weights.fill(1.0);
    }
    weights
}

impl OrderBook {
    /// The share of revenue, 0 to 1, whose lines have a field, by the field's name on screen.
    pub fn coverage(&self) -> &[(String, f64)] {
        &self.coverage
    }

    /// The share of revenue whose lines have a number in this column.
    pub fn covered(&self, measure: Measure) -> f64 {
        let label = MEASURES
            .iter()
            .find(|(m, _)| *m == measure)
            .map_or("", |(_, label)| *label);
        self.share(label)
    }

    /// The share of revenue whose lines have a name in this column.
    pub fn named(&self, attr: Attr) -> f64 {
        let label = ATTRS
            .iter()
            .find(|(a, _)| *a == attr)
            .map_or("", |(_, label)| *label);
        self.share(label)
    }

    fn share(&self, label: &str) -> f64 {
        self.coverage
            .iter()
            .find(|(name, _)| name == label)
            .map_or(0.0, |(_, share)| *share)
    }
}
