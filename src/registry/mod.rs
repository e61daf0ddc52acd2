//! The one list of all capabilities' assumptions and metrics.
//!
//! A capability that adds entries adds one line here; everything that shows, stores, documents or
//! tests assumptions and metrics reads this list.

pub mod entry;

use crate::actions;
use crate::assumptions::{self, Assumptions, Estimates, Resolved};
use crate::deals;
use crate::metrics;
use crate::value::Inputs;
use crate::value::outputs;

/// The assumptions of each capability, in the order of the page.
const ASSUMPTIONS: &[&[assumptions::Spec]] =
    &[Inputs::SPECS, actions::Inputs::SPECS, deals::Inputs::SPECS];

/// Every assumption.
pub fn assumptions() -> impl Iterator<Item = &'static assumptions::Spec> {
    ASSUMPTIONS.iter().copied().flatten()
}

/// One assumption by its key.
pub fn assumption(key: &str) -> Option<&'static assumptions::Spec> {
    assumptions().find(|spec| spec.key == key)
}

/// One value for every assumption.
pub fn resolve(chosen: &Assumptions, estimates: &Estimates) -> Resolved {
    assumptions::resolve(assumptions(), chosen, estimates)
}

/// The metrics of each capability, in the order of the documentation.
const METRICS: &[&[&[metrics::Spec]]] = &[
    outputs::SPECS,
    actions::outputs::SPECS,
    deals::outputs::SPECS,
];

/// Every metric.
pub fn metrics() -> impl Iterator<Item = &'static metrics::Spec> {
    METRICS.iter().copied().flatten().copied().flatten()
}

/// Whether a metric is of a deal: it follows from what is typed, and from no order.
pub fn is_of_deal(spec: &metrics::Spec) -> bool {
    deals::outputs::SPECS
        .iter()
        .copied()
        .flatten()
        .any(|one| one.key == spec.key)
}

/// One metric by its key.
pub fn metric(key: &str) -> Option<&'static metrics::Spec> {
    metrics().find(|spec| spec.key == key)
}
