//! The metrics of the value definition, lifetime value, acquisition and history.
//!
//! A formula here is what "show the working" prints; a test evaluates it independently on live
//! figures and compares it with what the code computed.

mod definition;
mod lifetime;

use crate::assumptions::spec::{natively, on_page};
use crate::base::Unit;
use crate::metrics::{Basis, Exactness, Formula, Spec};

type Examples = &'static [(&'static [(&'static str, f64)], &'static str)];

const fn spec(key: &'static str, label: &'static str, unit: Unit, basis: Basis) -> Spec {
    Spec {
        key,
        label,
        unit,
        basis,
        formula: Formula::Data(""),
        reading: "",
        exactness: Exactness::Exact,
        examples: &[],
    }
}

const fn data(spec: Spec, words: &'static str, reading: &'static str) -> Spec {
    Spec {
        formula: Formula::Data(on_page(words)),
        reading: on_page(reading),
        ..spec
    }
}

const fn formula(
    spec: Spec,
    expression: &'static str,
    reading: &'static str,
    examples: Examples,
) -> Spec {
    Spec {
        formula: Formula::Expression(on_page(expression)),
        reading: on_page(reading),
        examples: natively(examples),
        ..spec
    }
}

const fn estimated(spec: Spec) -> Spec {
    Spec {
        exactness: Exactness::Estimated,
        ..spec
    }
}

const fn count(key: &'static str, label: &'static str) -> Spec {
    spec(key, label, Unit::Count, Basis::None)
}

const fn money(key: &'static str, label: &'static str) -> Spec {
    spec(key, label, Unit::Money, Basis::None)
}

/// Contribution, whatever is chosen as value.
const fn own(key: &'static str, label: &'static str) -> Spec {
    spec(key, label, Unit::Money, Basis::Contribution)
}

const fn own_year(key: &'static str, label: &'static str) -> Spec {
    spec(key, label, Unit::MoneyPerYear, Basis::Contribution)
}

/// On the chosen basis.
const fn value(key: &'static str, label: &'static str) -> Spec {
    spec(key, label, Unit::Money, Basis::Chosen)
}

const fn a_year(key: &'static str, label: &'static str) -> Spec {
    spec(key, label, Unit::MoneyPerYear, Basis::Chosen)
}

const fn percent(key: &'static str, label: &'static str, basis: Basis) -> Spec {
    spec(key, label, Unit::Percent, basis)
}

/// Every metric of this capability, in the order of the documentation.
pub const SPECS: &[&[Spec]] = &[definition::SPECS, lifetime::SPECS];

/// L12, which stands beside the other methods and is no metric of the registry: the figures are there
/// before a model is fitted.
pub const FITTED: Spec = estimated(data(
    value("l12", "L12 Fitted model"),
    "For each account, the orders that the fitted model expects within the horizon, each discounted \
     from its day, times the expected value of an order and the margin share of revenue.",
    "The orders' own rhythm in place of one retention rate for all.",
));

/// One metric of this capability.
pub(super) fn get(key: &str) -> Option<&'static Spec> {
    SPECS.iter().copied().flatten().find(|spec| spec.key == key)
}
