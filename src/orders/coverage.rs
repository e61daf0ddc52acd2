//! How much of the revenue has each field filled (S02).
//!
//! The weight of a line is the absolute value of its revenue, so that a field that is missing on
//! small orders only costs little. Where all revenue is zero, every line weighs the same.

use super::book::{Attr, Measure, OrderBook};

/// The share of revenue, 0 to 1, whose lines have each field; absent fields are 0.
pub(super) fn of(book: &OrderBook) -> Vec<(String, f64)> {
    let weights = weights(book);
    let all: f64 = weights.iter().sum();
    let share = |has: &dyn Fn(usize) -> bool, absent: bool| {
        if absent || all <= 0.0 {
            return 0.0;
        }
        let mut sum = 0.0;
        for (line, weight) in weights.iter().enumerate() {
            if has(line) {
                sum += weight;
            }
        }
        sum / all
    };
    let mut coverage = Vec::with_capacity(19);
    for (measure, label) in MEASURES {
        let column = book.amounts(measure);
        let value = share(&|line| column.has(line), column.is_empty());
        coverage.push((label.to_owned(), value));
    }
    for (attr, label) in ATTRS {
        let ids = &book.text(attr).ids;
        let value = share(&|line| ids.has(line), ids.is_empty());
        coverage.push((label.to_owned(), value));
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

#[allow(clippy::cast_precision_loss)]
fn weights(book: &OrderBook) -> Vec<f64> {
    let mut weights = vec![0.0; book.len()];
    book.amounts(Measure::Revenue).each(|line, mantissa| {
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
