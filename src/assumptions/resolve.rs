//! One value for every assumption: chosen by the user, else estimated from the data, else default.

use std::collections::BTreeMap;

use rust_decimal::prelude::FromPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

use crate::base::money::parse_plain;

use super::parse::{Canonical, parse};
use super::set::{Assumptions, Origin};
use super::spec::{Kind, Spec};
use super::typed::Typed;

/// What the data says, by metric key, in the metric's unit.
pub type Estimates = BTreeMap<&'static str, f64>;

/// One assumption as used in a result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Used {
    /// The assumption's key.
    pub key: String,
    /// Canonical text.
    pub value: String,
    /// Default, data, user or link.
    pub origin: Origin,
    /// What the data says, where it says something.
    pub from_data: Option<String>,
    /// Why it has no effect now ("the data has no freight"), if so.
    pub disabled: Option<String>,
}

/// Every assumption with its value, in the order of the registry.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Resolved {
    used: Vec<Used>,
}

impl Resolved {
    /// One assumption by its key.
    pub fn get(&self, key: &str) -> Option<&Used> {
        self.used.iter().find(|u| u.key == key)
    }

    /// All of them.
    pub fn all(&self) -> &[Used] {
        &self.used
    }

    /// Marks an assumption as without effect, with the reason.
    pub fn disable(&mut self, key: &str, reason: &str) {
        for used in self.used.iter_mut().filter(|u| u.key == key) {
            used.disabled = Some(reason.to_owned());
        }
    }

    /// The typed value of a key, or of the fallback text. Total.
    pub fn typed<T: Typed>(&self, key: &str, fallback: &str) -> T {
        let chosen = self.get(key).and_then(|u| T::read(&u.value));
        chosen.or_else(|| T::read(fallback)).unwrap_or_default()
    }
}

/// Gives every assumption its value and origin. Total: a chosen text that the registry refuses is
/// passed over, as if it had not been chosen.
pub fn resolve<'a>(
    specs: impl IntoIterator<Item = &'a Spec>,
    chosen: &Assumptions,
    estimates: &Estimates,
) -> Resolved {
    let one = |spec: &Spec| {
        let estimate = spec.from_data.and_then(|metric| estimates.get(metric));
        let from_data = estimate.and_then(|value| canonical(spec, *value));
        let set = chosen.chosen.get(spec.key).and_then(|setting| {
            let text = parse(spec, &setting.value).ok()?;
            Some((text.into_string(), setting.origin))
        });
        let (value, origin) = match (set, &from_data) {
            (Some(set), _) => set,
            (None, Some(text)) => (text.as_str().to_owned(), Origin::Data),
            (None, None) => (spec.default.to_owned(), Origin::Default),
        };
        let from_data = from_data.map(Canonical::into_string);
        Used {
            key: spec.key.to_owned(),
            value,
            origin,
            from_data,
            disabled: None,
        }
    };
    Resolved {
        used: specs.into_iter().map(one).collect(),
    }
}

/// An estimate as the registry writes it: rounded to the accepted decimals, within the range.
pub fn canonical(spec: &Spec, value: f64) -> Option<Canonical> {
    let Kind::Number {
        allowed: (low, high),
        ..
    } = spec.kind
    else {
        return None;
    };
    let (low, high) = (parse_plain(low)?, parse_plain(high)?);
    let rounded = Decimal::from_f64(value)?
        .clamp(low, high)
        .round_dp_with_strategy(
            u32::from(spec.decimals),
            RoundingStrategy::MidpointAwayFromZero,
        );
    parse(spec, &rounded.normalize().to_string()).ok()
}
