//! The metrics of a deal. All are in contribution, whatever is chosen as value on the value page.
//!
//! A formula here is what "show the working" prints; a test evaluates it independently on live
//! figures and compares it with what the code computed.

mod boards;
mod limits;
mod price;
mod worth;

use crate::assumptions::spec::{natively, on_page};
use crate::base::Unit;
use crate::metrics::{Basis, Exactness, Formula, Spec};

type Examples = &'static [(&'static [(&'static str, f64)], &'static str)];

/// Every metric of a deal, in the order of the documentation.
pub const SPECS: &[&[Spec]] = &[price::SPECS, worth::SPECS, limits::SPECS, boards::SPECS];

const fn data(
    key: &'static str,
    label: &'static str,
    unit: Unit,
    words: &'static str,
    reading: &'static str,
) -> Spec {
    Spec {
        key,
        label,
        unit,
        basis: Basis::None,
        formula: Formula::Data(on_page(words)),
        reading: on_page(reading),
        exactness: Exactness::Exact,
        examples: &[],
    }
}

const fn formula(
    key: &'static str,
    label: &'static str,
    unit: Unit,
    expression: &'static str,
    reading: &'static str,
    examples: Examples,
) -> Spec {
    Spec {
        formula: Formula::Expression(on_page(expression)),
        examples: natively(examples),
        ..data(key, label, unit, "", reading)
    }
}

/// It rests on what is expected of later years or of chance.
const fn estimated(spec: Spec) -> Spec {
    Spec {
        exactness: Exactness::Estimated,
        ..spec
    }
}
