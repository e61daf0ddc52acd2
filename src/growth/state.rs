//! The part of the document: offers and what they rest on, the record, what is attached, the levers.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::assumptions::{Assumptions, Estimates, Origin, Resolved, Setting, Spec, resolve};

use super::inputs::{Business, Levers, Terms};

/// How many offers a catalogue has.
pub const MOST_OFFERS: usize = 40;
/// How many months are on record.
pub const MOST_MONTHS: usize = 2_000;
/// How many offers are attached somewhere.
pub const MOST_ATTACHED: usize = 2_000;

/// Canonical values by key; what is absent has its default.
pub type Values = BTreeMap<String, String>;

/// One offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Names it within the document; never shown.
    pub(super) id: u32,
    /// Its name; no two are alike.
    pub(super) name: String,
    /// What it holds, in a sentence or two.
    pub(super) about: String,
    /// By key of [`Terms`].
    pub(super) values: Values,
}

impl Offer {
    /// What names it within the document.
    pub const fn id(&self) -> u32 {
        self.id
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it holds.
    pub fn about(&self) -> &str {
        &self.about
    }

    /// What differs from the defaults, by key of [`Terms`].
    pub const fn values(&self) -> &Values {
        &self.values
    }

    /// Its values, typed.
    pub fn terms(&self) -> Terms {
        Terms::read(&resolved(Terms::SPECS, &self.values, &Estimates::new()))
    }
}

/// A month of an offer's record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Month {
    /// The offer.
    pub offer: u32,
    /// `2026-03`.
    pub month: String,
    /// How often it was offered.
    pub offered: u32,
    /// How often it was taken, no more than offered.
    pub taken: u32,
}

impl Month {
    /// Months since year 0; 0 for a text that is no month.
    pub fn number(&self) -> u32 {
        number(&self.month).unwrap_or_default()
    }
}

/// The number of a month that is written `2026-03`.
pub(super) fn number(month: &str) -> Option<u32> {
    let (year, month) = month.split_once('-')?;
    let digits = |text: &str, n| text.len() == n && text.bytes().all(|b| b.is_ascii_digit());
    let (year, month) = (
        year.parse::<u32>().ok().filter(|_| digits(year, 4))?,
        month.parse::<u32>().ok().filter(|_| digits(month, 2))?,
    );
    (1..=12).contains(&month).then_some(year * 12 + month)
}

/// What an offer is attached to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum To {
    /// The deal.
    Deal,
    /// An account, by its name in the order book.
    Account(String),
}

/// See the module. Always valid.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Growth {
    /// `None` until the examples are changed.
    pub(super) offers: Option<Vec<Offer>>,
    /// By key of [`Business`].
    pub(super) business: Values,
    /// By key of [`Levers`].
    pub(super) levers: Values,
    pub(super) record: Vec<Month>,
    pub(super) attached: Vec<(To, u32)>,
}

impl Growth {
    /// The offers in their order: the user's, else the examples.
    pub fn offers(&self) -> Cow<'_, [Offer]> {
        match &self.offers {
            Some(offers) => Cow::Borrowed(offers),
            None => Cow::Owned(Self::examples()),
        }
    }

    /// Whether the offers are still the examples.
    pub const fn is_example(&self) -> bool {
        self.offers.is_none()
    }

    /// What differs from the defaults and the data, by key of [`Business`].
    pub const fn business_values(&self) -> &Values {
        &self.business
    }

    /// What all offers rest on; `estimates` come from the orders.
    pub fn business(&self, estimates: &Estimates) -> Business {
        Business::read(&resolved(Business::SPECS, &self.business, estimates))
    }

    /// What differs from the defaults, by key of [`Levers`].
    pub const fn lever_values(&self) -> &Values {
        &self.levers
    }

    /// The levers with their origins.
    pub fn levers(&self, estimates: &Estimates) -> Resolved {
        resolved(Levers::SPECS, &self.levers, estimates)
    }

    /// The record of all offers.
    pub fn record(&self) -> &[Month] {
        &self.record
    }

    /// The offers attached to the deal or to an account.
    pub fn attached(&self, to: &To) -> Vec<u32> {
        let own = self.attached.iter().filter(|(at, _)| at == to);
        own.map(|(_, offer)| *offer).collect()
    }

    /// The accounts that something is attached to, with how many offers, by name.
    pub fn accounts(&self) -> BTreeMap<&str, u32> {
        let mut found = BTreeMap::new();
        for (to, _) in &self.attached {
            if let To::Account(name) = to {
                *found.entry(name.as_str()).or_insert(0) += 1;
            }
        }
        found
    }

    /// Whether nothing was ever entered here.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The four offers of the catalogue that everybody starts from.
    pub fn examples() -> Vec<Offer> {
        let offer = |(id, (name, about, values)): (u32, &Example)| Offer {
            id,
            name: (*name).to_owned(),
            about: (*about).to_owned(),
            values: values
                .iter()
                .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
                .collect(),
        };
        (1..).zip(EXAMPLES).map(offer).collect()
    }
}

/// Every value of a group, chosen, estimated or default.
pub(super) fn resolved(specs: &'static [Spec], values: &Values, estimates: &Estimates) -> Resolved {
    let setting = |value: &String| Setting {
        value: value.clone(),
        origin: Origin::User,
    };
    let chosen = values
        .iter()
        .map(|(key, value)| (key.clone(), setting(value)));
    let chosen = Assumptions {
        chosen: chosen.collect(),
    };
    resolve(specs, &chosen, estimates)
}

type Example = (
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str)],
);

/// Name, what it holds, and what differs from the defaults.
const EXAMPLES: &[Example] = &[
    (
        "New Program Readiness",
        "Drawings, samples and approval of a new program prepared with the customer's engineers before the first order.",
        &[
            ("fee", "12000"),
            ("term", "1"),
            ("attach", "15"),
            ("eligible", "40"),
            ("hours", "80"),
            ("kept", "3"),
            ("orders", "5"),
            ("rework", "4000"),
        ],
    ),
    (
        "Revision Control & Change Support",
        "Every revision with its drawings, approvals and stock run-out kept in one place, and changes planned together.",
        &[
            ("fee", "4800"),
            ("term", "2"),
            ("attach", "25"),
            ("eligible", "70"),
            ("hours", "24"),
            ("kept", "4"),
            ("rework", "2400"),
        ],
    ),
    (
        "Priority Quality Response",
        "An answer within a day, containment within two, and a review call of 45 minutes each month.",
        &[
            ("fee", "8400"),
            ("term", "2"),
            ("attach", "20"),
            ("eligible", "60"),
            ("hours", "36"),
            ("kept", "3"),
            ("down_cost", "500"),
        ],
    ),
    (
        "Forecast & Capacity Assurance",
        "Capacity held for the customer's forecast, with a buffer for spikes and a roadmap of changes.",
        &[
            ("fee", "9600"),
            ("term", "3"),
            ("attach", "18"),
            ("eligible", "50"),
            ("hours", "30"),
            ("cost", "1500"),
            ("kept", "2"),
            ("orders", "4"),
            ("expedites", "6"),
        ],
    ),
];
