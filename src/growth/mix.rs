//! The offers that fit into the hours there are and are worth most together: a 0/1 knapsack, exactly.
//!
//! Depth first with the bound of the best part of an offer filling what is left (Kolesar 1967; Pisinger
//! and Toth 1998, "Knapsack problems"): offers are taken whole or not at all.

use serde::{Deserialize, Serialize};

use crate::base::order::sort_by;

/// Above this many offers the search may be cut short.
pub const EXACT_UP_TO: usize = 20;
/// Steps after which it is.
const MOST_STEPS: u32 = 4_000_000;

/// An offer as the knapsack sees it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Item {
    /// Hours it needs, not negative.
    pub hours: f64,
    /// What it is worth.
    pub value: f64,
}

/// The best mix.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Mix {
    /// For each offer, whether it is in.
    pub chosen: Vec<bool>,
    /// Hours it needs.
    pub hours: f64,
    /// What it is worth.
    pub value: f64,
    /// Nothing better fits; else the search was cut short.
    pub exact: bool,
    /// Hours that all offers of any worth need.
    pub hours_of_all: f64,
    /// The hours there are leave an offer of worth out.
    pub binds: bool,
}

struct Search<'a> {
    /// Most value for an hour first.
    items: &'a [(usize, Item)],
    taken: Vec<bool>,
    best: Vec<bool>,
    most: f64,
    steps: u32,
}

/// Picks the offers that are worth most within the hours.
///
/// ```
/// use perennial::growth::{Item, best};
/// let items = [(6.0, 60.0), (5.0, 48.0), (5.0, 47.0), (1.0, -3.0)];
/// let items = items.map(|(hours, value)| Item { hours, value });
/// // Most for an hour first would take the 6 hours and leave the rest idle.
/// let mix = best(&items, 10.0);
/// assert_eq!((mix.chosen, mix.value, mix.binds), (vec![false, true, true, false], 95.0, true));
/// ```
pub fn best(items: &[Item], hours: f64) -> Mix {
    let worthy = |item: &Item| item.value > 0.0 && item.hours.is_finite() && item.value.is_finite();
    let mut sorted: Vec<(usize, Item)> = items.iter().copied().enumerate().collect();
    sorted.retain(|(_, item)| worthy(item) && item.hours <= hours);
    sort_by(&mut sorted, |(_, a), (_, b)| {
        // Compares value over hours, hours of 0 first.
        (b.value * a.hours).total_cmp(&(a.value * b.hours))
    });
    let mut search = Search {
        items: &sorted,
        taken: vec![false; sorted.len()],
        best: vec![false; sorted.len()],
        most: 0.0,
        steps: 0,
    };
    search.go(0, hours, 0.0);
    let mut mix = Mix {
        chosen: vec![false; items.len()],
        exact: search.steps <= MOST_STEPS,
        ..Mix::default()
    };
    for ((at, item), chosen) in sorted.iter().zip(&search.best) {
        if *chosen && let Some(place) = mix.chosen.get_mut(*at) {
            *place = true;
            mix.hours += item.hours;
            mix.value += item.value;
        }
    }
    mix.hours_of_all = items.iter().filter(|i| worthy(i)).map(|i| i.hours).sum();
    let out = items
        .iter()
        .zip(&mix.chosen)
        .any(|(item, chosen)| worthy(item) && !chosen);
    mix.binds = out;
    mix
}

impl Search<'_> {
    fn go(&mut self, from: usize, left: f64, value: f64) {
        if value > self.most {
            self.most = value;
            self.best.clone_from(&self.taken);
        }
        self.steps += 1;
        let Some((_, item)) = self.items.get(from).copied() else {
            return;
        };
        if self.steps > MOST_STEPS || self.bound(from, left, value) <= self.most {
            return;
        }
        if item.hours <= left {
            self.take(from, true);
            self.go(from + 1, left - item.hours, value + item.value);
            self.take(from, false);
        }
        self.go(from + 1, left, value);
    }

    fn take(&mut self, at: usize, taken: bool) {
        if let Some(place) = self.taken.get_mut(at) {
            *place = taken;
        }
    }

    /// What is worth most if the last offer could be taken in part.
    fn bound(&self, from: usize, mut left: f64, mut value: f64) -> f64 {
        for (_, item) in self.items.iter().skip(from) {
            if item.hours > left {
                return value + item.value * left / item.hours;
            }
            left -= item.hours;
            value += item.value;
        }
        value
    }
}
