//! The definition of one assumption.

use serde::Serialize;

use crate::base::Unit;

use super::steps::Range;

/// Where an assumption stands on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Section {
    /// The few that matter most; always at hand.
    Basics,
    /// What counts as value.
    Definition,
    /// Cost where the data has none.
    Costs,
    /// How the future is valued.
    Future,
    /// What a new account costs.
    Acquisition,
    /// How the data is read: lapse, as-of.
    Reading,
    /// What a deal's piece is sold for.
    DealPrice,
    /// How much of it, and how often.
    DealVolume,
    /// What it costs.
    DealCosts,
    /// Winning it, keeping it, its growth.
    DealFuture,
    /// Who must agree, and a further cut of the price.
    DealApproval,
    /// What is promised against what can be made.
    DealPromise,
    /// Months of high demand.
    DealSpikes,
    /// Effort on a new account or on those there are.
    DealEffort,
    /// What becomes cheaper with every repeat.
    DealLearning,
    /// Cash flows that come on certain days.
    DealDated,
    /// What a commission scheme pays on, whom and when.
    SchemeBasis,
    /// First orders and repeats.
    SchemeOrders,
    /// Rates by part, margin and term.
    SchemeRates,
    /// Tiers of rates.
    SchemeTiers,
    /// Quota, accelerators, gate.
    SchemeQuota,
    /// Limits.
    SchemeCaps,
    /// Draw or guarantee.
    SchemeDraw,
    /// Returns and what is taken back.
    SchemeReturns,
    /// What is paid later.
    SchemeLater,
    /// Splits, overlays, handovers, managers.
    SchemePeople,
    /// Bonuses for events and milestones.
    SchemeBonus,
    /// Bonuses for keeping and growing accounts.
    SchemeKept,
    /// Targets for returning customers, and what is expected of a rate.
    SchemeAims,
}

impl Section {
    /// Whether it is about one deal, and stands on the Deals page.
    #[must_use]
    pub const fn is_deal(self) -> bool {
        matches!(
            self,
            Self::DealPrice
                | Self::DealVolume
                | Self::DealCosts
                | Self::DealFuture
                | Self::DealApproval
                | Self::DealPromise
                | Self::DealSpikes
                | Self::DealEffort
                | Self::DealLearning
                | Self::DealDated
        )
    }

    /// Whether a customer may see it: what is offered and how much of it, never what it costs us.
    #[must_use]
    pub const fn is_for_customers(self) -> bool {
        matches!(self, Self::DealPrice | Self::DealVolume)
    }
}

/// What more of it does to lifetime value, or in a deal to what the deal is worth; tested by moving
/// it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Never lowers lifetime value.
    Up,
    /// Never raises it.
    Down,
    /// Neither always up nor always down, or does not touch it.
    None,
}

/// What can be entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A decimal number within a range.
    Number {
        /// Smallest and largest value that is accepted.
        allowed: (&'static str, &'static str),
        /// The range of the slider.
        usual: (&'static str, &'static str),
        /// The slider's step.
        step: &'static str,
    },
    /// Numbers by name, `Aerospace = 12000; Medical = 8000`, each within this range.
    ByName(&'static str, &'static str),
    /// Prices by quantity, `1-9: 12; 10+: 11.5`, each within this range.
    ByQuantity(&'static str, &'static str),
    /// Amounts by day, `2026-01-01: -10000; 2026-03-01: 2750`, each within this range.
    ByDate(&'static str, &'static str),
    /// Values by steps, `0: 3; 300000: 5`.
    Steps(&'static Range),
    /// One of several named choices: key and label.
    Choice(&'static [(&'static str, &'static str)]),
    /// `on` or `off`.
    Toggle,
}

/// One assumption, defined once.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spec {
    /// Stable name in links, files and documents; never reused.
    pub key: &'static str,
    /// Name on screen.
    pub label: &'static str,
    /// What the number counts.
    pub unit: Unit,
    /// Where it stands.
    pub section: Section,
    /// What can be entered.
    pub kind: Kind,
    /// Digits after the point that are accepted; 0 takes whole numbers only.
    pub decimals: u8,
    /// Used until the data or the user says otherwise.
    pub default: &'static str,
    /// The key of the metric that estimates it from the data, if one does.
    pub from_data: Option<&'static str>,
    /// What it means, in one or two sentences.
    pub help: &'static str,
    /// Where it enters: the formula or the step.
    pub enters: &'static str,
    /// What more of it does to lifetime value.
    pub effect: Effect,
    /// Texts that must be accepted.
    pub good: &'static [&'static str],
    /// Texts that must be refused with a message.
    pub bad: &'static [&'static str],
}

/// A text that only the page shows: the worker is smaller without.
#[must_use]
pub const fn on_page(text: &'static str) -> &'static str {
    if cfg!(feature = "worker") { "" } else { text }
}

/// Examples, which only native tests and the documentation read: both modules are smaller without.
#[must_use]
pub const fn natively<T>(examples: &'static [T]) -> &'static [T] {
    if cfg!(target_arch = "wasm32") {
        &[]
    } else {
        examples
    }
}
