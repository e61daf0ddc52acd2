//! The part of the document: scenarios, ranges and what is asked of them. Always valid.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::assumptions::{Assumptions, Origin, Setting};

use super::change::LONGEST_NAME;
use super::grid::GridAsk;
use super::range::Range;
use super::seek::Goal;
use super::simulate::Simulation;
use super::tornado::TornadoAsk;

/// How many scenarios a document holds.
pub const MOST_SCENARIOS: usize = 12;
/// How many assumptions can be ranges.
pub const MOST_RANGES: usize = 60;
/// How many goals are kept.
pub const MOST_GOALS: usize = 6;

/// A named set of changes on the current assumptions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scenario {
    /// Names it within the document; never shown.
    pub(super) id: u32,
    /// Its name on screen; no two are alike.
    pub(super) name: String,
    /// Canonical values by the assumption's key.
    pub(super) changes: BTreeMap<String, String>,
}

impl Scenario {
    /// What names it within the document.
    pub const fn id(&self) -> u32 {
        self.id
    }

    /// Its name on screen.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it changes: canonical values by the assumption's key.
    pub const fn changes(&self) -> &BTreeMap<String, String> {
        &self.changes
    }

    /// The assumptions with its changes made.
    #[must_use]
    pub fn over(&self, base: &Assumptions) -> Assumptions {
        let mut all = base.clone();
        for (key, value) in &self.changes {
            // What is the same keeps where it came from.
            if all.chosen.get(key).is_none_or(|was| was.value != *value) {
                let setting = Setting {
                    value: value.clone(),
                    origin: Origin::User,
                };
                all.chosen.insert(key.clone(), setting);
            }
        }
        all
    }
}

/// Scenarios in their order, ranges, and what is asked of them.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Scenarios {
    pub(super) list: Vec<Scenario>,
    pub(super) ranges: BTreeMap<String, Range>,
    pub(super) goals: Vec<Goal>,
    pub(super) tornado: Option<TornadoAsk>,
    pub(super) grid: Option<GridAsk>,
    pub(super) simulation: Simulation,
}

impl Scenarios {
    /// The scenarios from the left.
    pub fn list(&self) -> &[Scenario] {
        &self.list
    }

    /// One scenario.
    pub fn get(&self, id: u32) -> Option<&Scenario> {
        self.list.iter().find(|one| one.id == id)
    }

    /// What is uncertain: a range by the assumption's key.
    pub const fn ranges(&self) -> &BTreeMap<String, Range> {
        &self.ranges
    }

    /// The goals.
    pub fn goals(&self) -> &[Goal] {
        &self.goals
    }

    /// The tornado asked for.
    pub const fn tornado(&self) -> Option<&TornadoAsk> {
        self.tornado.as_ref()
    }

    /// The two-way grid asked for.
    pub const fn grid(&self) -> Option<&GridAsk> {
        self.grid.as_ref()
    }

    /// How it is simulated.
    pub const fn simulation(&self) -> &Simulation {
        &self.simulation
    }

    /// Whether nothing was ever entered here.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The values of all chosen assumptions whose keys begin so, as changes: a deal as a scenario.
    pub fn copy_of(base: &Assumptions, prefix: &str) -> Vec<(String, String)> {
        let chosen = base.chosen.iter();
        let own = chosen.filter(|(key, _)| key.starts_with(prefix));
        own.map(|(key, setting)| (key.clone(), setting.value.clone()))
            .collect()
    }

    /// The number after the largest in use.
    pub(super) fn next_id(&self) -> u32 {
        let largest = self.list.iter().map(|one| one.id).max();
        largest.unwrap_or_default().saturating_add(1)
    }

    /// A name nobody has: as wished, else with a number behind it, within the longest name.
    pub(super) fn free_name(&self, wished: &str) -> String {
        let taken = |name: &str| self.list.iter().any(|one| one.name == name);
        if !taken(wished) {
            return wished.to_owned();
        }
        let numbered = (2..=1_000).map(|n| {
            let ending = format!(" {n}");
            let begin: String = wished.chars().take(LONGEST_NAME - ending.len()).collect();
            format!("{}{ending}", begin.trim_end())
        });
        let mut free = numbered.filter(|name| !taken(name));
        free.next().unwrap_or_else(|| wished.to_owned())
    }
}
