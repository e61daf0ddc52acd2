//! One value for every assumption: chosen by the user, else estimated from the data, else default.

use rust_decimal::prelude::FromPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

use crate::base::money::parse_plain;

use super::dated::DatedFlows;
use super::parse::entries;
use super::set::{Assumptions, Origin};
use super::spec::{Kind, Spec};
use super::tiers::{PRICE_DECIMALS, PriceBreaks};
use super::typed::Typed;

/// What the data says, by metric key, in the metric's unit.
pub type Estimates = Vec<(&'static str, f64)>;

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

    /// Puts another canonical text in place of a value and returns the one before: one evaluation of
    /// many, without resolving everything again. `None` where there is no such key.
    pub fn put(&mut self, key: &str, value: String) -> Option<String> {
        let used = self.used.iter_mut().find(|u| u.key == key)?;
        Some(std::mem::replace(&mut used.value, value))
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
        let estimate = estimates.iter().find(|one| Some(one.0) == spec.from_data);
        let from_data = estimate.and_then(|one| canonical(spec, one.1));
        let set = chosen.chosen.get(spec.key);
        let set = set.filter(|setting| accepts(spec, &setting.value));
        let set = set.map(|setting| (setting.value.clone(), setting.origin));
        let (value, origin) = match (set, &from_data) {
            (Some(set), _) => set,
            (None, Some(text)) => (text.clone(), Origin::Data),
            (None, None) => (spec.default.to_owned(), Origin::Default),
        };
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
pub fn canonical(spec: &Spec, value: f64) -> Option<String> {
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
    Some(rounded.normalize().to_string())
}

/// Whether a text is one that [`parse`](super::parse()) gives: what is chosen has been through it, so
/// that nothing more need be understood here.
pub fn accepts(spec: &Spec, canonical: &str) -> bool {
    let within = |number: &str, low: &str, high: &str, decimals: u8| {
        let value = parse_plain(number).filter(|v| v.scale() <= u32::from(decimals));
        value.is_some_and(|value| {
            parse_plain(low).is_none_or(|low| value >= low)
                && parse_plain(high).is_none_or(|high| value <= high)
        })
    };
    match spec.kind {
        Kind::Toggle => matches!(canonical, "on" | "off"),
        Kind::Choice(options) => options.iter().any(|(key, _)| *key == canonical),
        Kind::Number {
            allowed: (low, high),
            ..
        } => within(canonical, low, high, spec.decimals),
        Kind::ByQuantity(low, high) => PriceBreaks::read(canonical).is_some_and(|breaks| {
            let mut prices = breaks.tiers().iter().map(|tier| tier.price.to_string());
            prices.all(|price| within(&price, low, high, PRICE_DECIMALS))
        }),
        Kind::Steps(range) => super::steps::accepts(canonical, range),
        Kind::ByDate(..) => DatedFlows::read(canonical).is_some(),
        Kind::ByName(low, high) => entries(canonical)
            .all(|(name, number)| !name.is_empty() && within(number, low, high, 2)),
    }
}
