//! The finder of perverse incentives (S48).
//!
//! In: a scheme, and the ground it is tried on ([`Ground`]: how much a salesperson sells, in what
//! orders, at what margin). The scheme is paid on made-up sales again and again: levels of sales
//! ([`level`]), orders moved over the ends of periods ([`timing`]), orders at a loss and at a discount
//! ([`margin`]), orders split and merged ([`split`]), the ends of SPIFFs and of the steps of a residual
//! ([`ends`]). Out: [`Finding`]s with the two situations, what
//! each pays, the temptation, what it costs the company, and the value of the scheme that causes it,
//! found by taking it out and trying again ([`cause`]). Nothing is looked for in the rules
//! themselves, so a rule that is new to the engine is searched like any other.

mod cause;
mod ends;
mod ground;
mod level;
mod margin;
mod probe;
mod split;
mod timing;
mod words;

pub use ground::Ground;
pub use words::Writes;

use serde::{Deserialize, Serialize};

use super::plan::Refusal;
use super::sales::to_money;
use super::state::{People, Scheme};
use crate::base::{Date, Money};
use cause::Cause;
use probe::Probe;

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Wrong {
    /// More sales pay less.
    MorePaysLess,
    /// One unit of sales more pays a jump.
    Cliff,
    /// An order is worth more to the salesperson before the end of a period than after it.
    PullForward,
    /// An order is worth more after the end of a period, or of a window, than before it.
    HoldBack,
    /// The salesperson is paid for an order that loses the company money.
    PaidForLoss,
    /// A discount costs the salesperson far less than the company.
    CheapDiscount,
    /// One order in two pays more.
    Split,
    /// Two orders in one pay more.
    Merge,
    /// More sales pay nothing more.
    NothingMore,
    /// More sales pay at a lower rate.
    Slower,
}

impl Wrong {
    /// Its name.
    pub const fn label(self) -> &'static str {
        match self {
            Self::MorePaysLess => "Selling more pays less",
            Self::Cliff => "A cliff",
            Self::PullForward => "Pulling an order forward pays",
            Self::HoldBack => "Holding an order back pays",
            Self::PaidForLoss => "Pays for a loss",
            Self::CheapDiscount => "Discounts cost the seller little",
            Self::Split => "Splitting an order pays",
            Self::Merge => "Merging orders pays",
            Self::NothingMore => "Selling more pays nothing more",
            Self::Slower => "Selling more pays at a lower rate",
        }
    }
}

/// One of the two situations of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Sales: of the period, or of the order in question.
    pub sales: Money,
    /// What the salesperson is paid for that.
    pub pay: Money,
    /// The day of the order, where it matters.
    pub day: Option<Date>,
}

/// A perverse incentive.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// What is wrong.
    pub wrong: Wrong,
    /// One situation: less sold, earlier, at the full price, in one order. For a loss: what the order
    /// costs.
    pub from: Point,
    /// The other one.
    pub to: Point,
    /// What the salesperson gains by doing the wrong thing, in the base currency.
    pub temptation: Money,
    /// What the company loses by it, where that can be said.
    pub company: Option<Money>,
    /// From these sales on it is good again; for what has an end.
    pub until: Option<Money>,
    /// Sales of the period beside the order in question.
    pub beside: Money,
    /// For a loss: the margin below which the company loses. For a discount: the share of pay lost
    /// over the share of contribution lost.
    pub share: Option<f64>,
    /// The keys of the values that cause it; the first is the one to change.
    pub keys: Vec<String>,
    /// The label of the first.
    pub rule: String,
    /// Whom it tempts of those who were tried, with their sales of a year, the most tempted first; empty
    /// where one alone was tried.
    pub sellers: Vec<(String, Money)>,
}

/// What the search needs.
pub(super) struct Search<'a> {
    scheme: &'a Scheme,
    people: &'a People,
    ground: &'a Ground,
    probe: Probe<'a>,
}

/// Every finding for a scheme, the worst first within each kind.
///
/// # Errors
/// The contradictions that keep it from paying at all.
pub fn find(
    scheme: &Scheme,
    people: &People,
    ground: &Ground,
) -> Result<Vec<Finding>, Vec<Refusal>> {
    let probe = Probe::new(scheme, people, ground)?;
    let search = Search {
        scheme,
        people,
        ground,
        probe,
    };
    let mut found = level::find(&search);
    found.extend(timing::find(&search));
    found.extend(margin::find(&search));
    found.extend(split::find(&search));
    found.extend(ends::find(&search));
    crate::base::order::sort_by(&mut found, |a, b| {
        (a.wrong, -a.temptation).cmp(&(b.wrong, -b.temptation))
    });
    Ok(found)
}

/// Findings that name two levels of sales: the same at another level is another.
const LEVELS: [Wrong; 4] = [
    Wrong::MorePaysLess,
    Wrong::Cliff,
    Wrong::NothingMore,
    Wrong::Slower,
];

/// Every finding on several grounds, each once, with whom it tempts: of those that are the same but for
/// their size, the worst stands.
///
/// # Errors
/// The contradictions that keep it from paying at all.
pub fn find_all(
    scheme: &Scheme,
    people: &People,
    grounds: &[Ground],
) -> Result<Vec<Finding>, Vec<Refusal>> {
    let mut all: Vec<Finding> = Vec::new();
    for ground in grounds {
        let who = (ground.rep.clone(), to_money(ground.year));
        let before = all.len();
        for mut one in find(scheme, people, ground)? {
            one.sellers = if grounds.len() > 1 {
                vec![who.clone()]
            } else {
                Vec::new()
            };
            let earlier = all.get_mut(..before).unwrap_or_default();
            // Of several that are alike, the one of the same day.
            let like = |known: &&mut Finding| known.is_like(&one);
            let same = earlier.iter_mut().filter(like);
            let same = same.min_by_key(|known| known.from.day != one.from.day);
            match same {
                None => all.push(one),
                Some(known) => known.join(one),
            }
        }
    }
    crate::base::order::sort_by(&mut all, |a, b| {
        (a.wrong, -a.temptation).cmp(&(b.wrong, -b.temptation))
    });
    Ok(all)
}

impl Finding {
    /// Whether another one says the same of another salesperson.
    fn is_like(&self, other: &Self) -> bool {
        let near = |a: Money, b: Money| {
            let (a, b) = (a.to_f64(), b.to_f64());
            (a - b).abs() <= 0.05 * a.abs().max(b.abs())
        };
        self.wrong == other.wrong
            && self.keys == other.keys
            && (!LEVELS.contains(&self.wrong) || near(self.from.sales, other.from.sales))
            && self.from.day.is_some() == other.from.day.is_some()
    }

    /// Takes the other's salespeople, and its numbers where these tempt more.
    fn join(&mut self, mut other: Self) {
        // Each level is joined once: a second one like it says nothing of anybody else.
        let known = |name: &String| self.sellers.iter().any(|seller| seller.0 == *name);
        let new = !other.sellers.iter().all(|seller| known(&seller.0));
        let sellers = if !new {
            self.sellers.clone()
        } else if other.temptation > self.temptation {
            other.sellers.extend(self.sellers.iter().cloned());
            std::mem::take(&mut other.sellers)
        } else {
            let mut sellers = self.sellers.clone();
            sellers.append(&mut other.sellers);
            sellers
        };
        if other.temptation > self.temptation {
            *self = other;
        }
        self.sellers = sellers;
    }
}

impl Search<'_> {
    /// Names the value that causes a temptation: `again` measures it in another scheme.
    fn cause(&self, size: i64, again: &dyn Fn(&Probe<'_>) -> i64) -> Cause {
        cause::of(self.scheme, self.people, self.ground, size, again)
    }
}

#[cfg(test)]
mod tests;
