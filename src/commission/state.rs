//! The part of the document: the schemes, which of them is the one in use, and who leads whom.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};

use crate::assumptions::steps::steps;
use crate::assumptions::{Assumptions, Estimates, Origin, Resolved, Setting, Spec, resolve};

use super::inputs::{self, After, Aims, Bonus, Levels, Pays, aims};
use super::pays_for_itself::Response;
use super::targets::Aim;

/// How many schemes a document has.
pub const MOST_SCHEMES: usize = 40;
/// How many people have a manager, or belong to the house.
pub const MOST_PEOPLE: usize = 2_000;

/// Canonical values by key; what is absent has its default.
pub type Values = BTreeMap<String, String>;

/// One scheme: a name, and what differs from the defaults.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Scheme {
    /// Names it within the document; never shown.
    pub(super) id: u32,
    /// Its name; no two are alike.
    pub(super) name: String,
    /// By key of [`inputs`].
    pub(super) values: Values,
}

/// A scheme's values, typed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Typed {
    /// What it pays on, and its rates.
    pub pays: Pays,
    /// Tiers, quota, caps and draws.
    pub levels: Levels,
    /// Returns, what is paid later, and people.
    pub after: After,
    /// Bonuses.
    pub bonus: Bonus,
}

impl Scheme {
    /// A scheme outside a document; values that are not accepted are left out.
    pub fn new(name: &str, values: &[(&str, &str)]) -> Self {
        let accepted = |(key, text): &(&str, &str)| {
            let spec = inputs::spec(key)?;
            let value = super::change::canonical(spec, text).ok()?;
            (value != spec.default).then(|| ((*key).to_owned(), value))
        };
        Self {
            id: 0,
            name: name.to_owned(),
            values: values.iter().filter_map(accepted).collect(),
        }
    }

    /// What names it within the document.
    pub const fn id(&self) -> u32 {
        self.id
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What differs from the defaults, by key.
    pub const fn values(&self) -> &Values {
        &self.values
    }

    /// The canonical text of a key: its own or the default; empty for a key that there is not.
    pub fn text(&self, key: &str) -> &str {
        let own = self.values.get(key).map(String::as_str);
        own.or_else(|| inputs::spec(key).map(|spec| spec.default))
            .unwrap_or_default()
    }

    /// Every value with its origin, for the form.
    pub fn resolved(&self) -> Resolved {
        resolved(inputs::specs(), &self.values)
    }

    /// Its values, typed.
    pub fn typed(&self) -> Typed {
        let resolved = self.resolved();
        Typed {
            pays: Pays::read(&resolved),
            levels: Levels::read(&resolved),
            after: After::read(&resolved),
            bonus: Bonus::read(&resolved),
        }
    }

    /// What an account has to bring for each lifetime milestone, in 1/10,000 of the currency unit.
    pub fn lifetime_levels(&self) -> Vec<i64> {
        super::plan::table(self.text("lifetime"), super::sales::UNIT, 1)
            .into_iter()
            .map(|(level, _)| level)
            .collect()
    }

    /// The scheme with another value, for searches; the same where the text is not accepted.
    #[must_use]
    pub fn with(&self, key: &str, text: &str) -> Self {
        let mut other = self.clone();
        if let Some(spec) = inputs::spec(key)
            && let Ok(value) = super::change::canonical(spec, text)
        {
            if value == spec.default {
                other.values.remove(key);
            } else {
                other.values.insert(key.to_owned(), value);
            }
        }
        other
    }
}

/// Values with their origins.
fn resolved(specs: impl Iterator<Item = &'static Spec>, values: &Values) -> Resolved {
    let setting = |value: &String| Setting {
        value: value.clone(),
        origin: Origin::User,
    };
    let chosen = values.iter().map(|(k, v)| (k.clone(), setting(v)));
    let chosen = Assumptions {
        chosen: chosen.collect(),
    };
    resolve(specs, &chosen, &Estimates::new())
}

/// The points of a canonical text, each part multiplied.
fn points(canonical: &str, at: f64, value: f64) -> Vec<(f64, f64)> {
    let float = |number: Decimal, by: f64| number.to_f64().unwrap_or(0.0) * by;
    steps(canonical)
        .map(|(from, worth)| (float(from, at), float(worth, value)))
        .collect()
}

/// Who leads whom, and who is nobody; said once for all schemes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct People {
    /// The manager by the name of a salesperson.
    pub managers: BTreeMap<String, String>,
    /// Names in the order data that are the house, and are paid nothing.
    pub house: BTreeSet<String>,
}

/// See the module. Always valid, though what a scheme says can contradict itself.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Schemes {
    pub(super) list: Vec<Scheme>,
    /// Which one is in use; the others are compared with it.
    pub(super) current: Option<u32>,
    pub(super) people: People,
    /// By key of [`aims`].
    pub(super) aims: Values,
}

impl Schemes {
    /// The schemes in their order.
    pub fn list(&self) -> &[Scheme] {
        &self.list
    }

    /// One of them.
    pub fn get(&self, id: u32) -> Option<&Scheme> {
        self.list.iter().find(|one| one.id == id)
    }

    /// The one in use: the chosen one, else the first.
    pub fn current(&self) -> Option<&Scheme> {
        let chosen = self.current.and_then(|id| self.get(id));
        chosen.or_else(|| self.list.first())
    }

    /// Who leads whom.
    pub const fn people(&self) -> &People {
        &self.people
    }

    /// What is aimed at and expected, as far as it differs from the defaults.
    pub const fn aims(&self) -> &Values {
        &self.aims
    }

    /// The canonical text of an aim: its own or the default; empty for a key that there is not.
    pub fn aim_text(&self, key: &str) -> &str {
        let own = self.aims.get(key).map(String::as_str);
        own.or_else(|| aims::spec(key).map(|spec| spec.default))
            .unwrap_or_default()
    }

    /// Every aim with its origin, for the fields.
    pub fn aims_resolved(&self) -> Resolved {
        resolved(Aims::SPECS.iter(), &self.aims)
    }

    /// The targets for returning customers.
    pub fn aim(&self) -> Aim {
        let read = Aims::read(&self.aims_resolved());
        Aim {
            customers: read.target_customers.exact().try_into().unwrap_or(0),
            revenue: read.target_revenue.fraction(),
            curve: points(self.aim_text("target_bonus"), 0.01, 1.0),
        }
    }

    /// What is expected of a rate on repeat orders; without points where nothing is.
    pub fn response(&self) -> Response {
        Response {
            points: points(self.aim_text("response"), 0.01, 1.0),
        }
    }

    /// Whether nothing was ever entered here.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
