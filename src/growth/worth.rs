//! What an offer is worth (D7): eligible x attach rate x (fee - cost) x annuity, what better retention
//! and more orders bring, less the campaign.

use serde::{Deserialize, Serialize};

use crate::value::methods::{Outlook, l7_horizon};

use super::inputs::{Business, Terms};

/// The parts of an offer's expected value; money is worth today.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Worth {
    /// Expected customers of it.
    pub customers: f64,
    /// What one leaves in a year: fee less delivery.
    pub margin: f64,
    /// What 1 a year over the term is worth.
    pub annuity: f64,
    /// What 1 a year of an account is worth at today's retention and at the better one.
    pub multiples: (f64, f64),
    /// Fees less delivery, of all customers over the term.
    pub fees: f64,
    /// What better retention of those customers brings.
    pub retention: f64,
    /// What more orders of theirs bring, at the better retention.
    pub orders: f64,
    /// The campaign.
    pub campaign: f64,
    /// Fees + retention + orders - campaign.
    pub value: f64,
    /// Delivery hours a year.
    pub hours: f64,
    /// Value for one hour of delivery in the first year; `None` where it needs none.
    pub value_per_hour: Option<f64>,
}

impl Worth {
    /// Of one offer; `outlook` is how the future of the accounts is seen.
    pub fn of(terms: &Terms, business: &Business, outlook: &Outlook) -> Self {
        let accounts = business.accounts.float();
        let customers = accounts * terms.eligible.fraction() * terms.attach.fraction();
        let margin = terms.margin(business);
        let annuity = l7_horizon::multiple(&Outlook {
            retention_per_year: 1.0,
            growth_per_year: 0.0,
            horizon_years: terms.term.get(),
            ..*outlook
        });
        let year = business.account_year.float();
        let (today, better) = multiples(terms, outlook);
        let fees = customers * margin * annuity;
        let retention = customers * year * (better - today);
        let orders = customers * year * terms.orders.fraction() * better;
        let campaign = terms.campaign.float();
        let value = fees + retention + orders - campaign;
        let hours = customers * terms.hours.float();
        Self {
            customers,
            margin,
            annuity,
            multiples: (today, better),
            fees,
            retention,
            orders,
            campaign,
            value,
            hours,
            value_per_hour: (hours > 0.0).then(|| value / hours),
        }
    }
}

/// What 1 a year of an account is worth at today's retention and at the better one.
pub(super) fn multiples(terms: &Terms, outlook: &Outlook) -> (f64, f64) {
    let better = Outlook {
        retention_per_year: (outlook.retention_per_year + terms.kept.fraction()).min(1.0),
        ..*outlook
    };
    (l7_horizon::multiple(outlook), l7_horizon::multiple(&better))
}
