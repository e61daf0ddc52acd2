//! The customer's own case for an offer (S34): what it saves them against what they pay.

use serde::{Deserialize, Serialize};

use super::inputs::Terms;

/// The case; money per year.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Case {
    /// Saved by less downtime.
    pub downtime: f64,
    /// Saved rework.
    pub rework: f64,
    /// Saved expedites.
    pub expedites: f64,
    /// What the customer pays.
    pub fee: f64,
    /// What is saved, less the fee.
    pub net: f64,
    /// The net over the fee, as a fraction; `None` for an offer that is free.
    pub roi: Option<f64>,
    /// Months until what was saved pays a year's fee, paid at the start; `None` where nothing is saved.
    pub payback_months: Option<f64>,
    /// Hours of downtime a month from which it pays, everything else as entered; `None` where an
    /// hour's cost is not known. 0 where it pays without.
    pub break_even_hours: Option<f64>,
    /// Nothing is known of what it saves: only the break-even says something.
    pub unknown: bool,
}

impl Case {
    /// Of one offer.
    ///
    /// ```
    /// use perennial::growth::{Case, Growth};
    /// let case = Case::of(&Growth::examples()[2].terms());
    /// assert_eq!(format!("{:.1}", case.break_even_hours.unwrap()), "1.4");
    /// ```
    pub fn of(terms: &Terms) -> Self {
        let downtime = 12.0 * terms.down_hours.float() * terms.down_cost.float();
        let rework = terms.rework.float();
        let expedites = terms.expedites.float() * terms.expedite_cost.float();
        let fee = terms.fee.float();
        let saved = downtime + rework + expedites;
        let hour = 12.0 * terms.down_cost.float();
        Self {
            downtime,
            rework,
            expedites,
            fee,
            net: saved - fee,
            roi: (fee > 0.0).then(|| (saved - fee) / fee),
            payback_months: (saved > 0.0).then(|| 12.0 * fee / saved),
            break_even_hours: (hour > 0.0).then(|| ((fee - rework - expedites) / hour).max(0.0)),
            unknown: saved <= 0.0,
        }
    }
}
