//! Offers attached to the deal or to an account: its flows, value and payback with and without them.
//!
//! What is attached counts as sold: its fee is certain over its term, up to the horizon; its effect on
//! retention and on orders lasts.

use serde::{Deserialize, Serialize};

use crate::deals::{self, Flows};
use crate::value::Timing;
use crate::value::cash::Payback;
use crate::value::methods::Outlook;

use super::inputs::{Business, Terms};
use super::state::Offer;

/// One side.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Side {
    /// What is laid out at the start, negative.
    pub start: f64,
    /// Expected cash of each year, not discounted.
    pub years: Vec<f64>,
    /// Net present value.
    pub value: f64,
    /// Years until the outlay is back; `None` where it never is within the horizon.
    pub payback_years: Option<f64>,
}

/// Both sides.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Beside {
    /// Without any offer.
    pub without: Side,
    /// With all that are attached.
    pub with: Side,
    /// What each offer alone adds to the value: its id, and the amount.
    pub each: Vec<(u32, f64)>,
}

/// Whose flows: given better retention (a fraction per year added) and more orders (a fraction).
pub trait Streams {
    /// The flows.
    fn flows(&self, kept: f64, more: f64) -> Flows;
    /// The discount rate, per year.
    fn discount_per_year(&self) -> f64;
}

impl Streams for deals::Terms {
    fn flows(&self, kept: f64, more: f64) -> Flows {
        let mut terms = *self;
        terms.retention_per_year = (terms.retention_per_year + kept).min(1.0);
        terms.pieces_a_year *= 1.0 + more;
        terms.orders_a_year *= 1.0 + more;
        deals::Terms::flows(&terms)
    }

    fn discount_per_year(&self) -> f64 {
        self.discount_per_year
    }
}

/// An account: what it cost, what it leaves in a year, how its future is seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AccountStream {
    /// Its acquisition cost.
    pub cac: f64,
    /// What it leaves in a year.
    pub year: f64,
    /// Its future.
    pub outlook: Outlook,
}

impl Streams for AccountStream {
    fn flows(&self, kept: f64, more: f64) -> Flows {
        let Outlook {
            growth_per_year,
            horizon_years,
            timing,
            ..
        } = self.outlook;
        let retention = (self.outlook.retention_per_year + kept).min(1.0);
        let (count, first_years, step_years) = match timing {
            Timing::End => (horizon_years, 1.0, 1.0),
            Timing::Mid => (horizon_years, 0.5, 1.0),
            Timing::Start => (horizon_years, 0.0, 1.0),
            Timing::Monthly => (12 * horizon_years, 1.0 / 12.0, 1.0 / 12.0),
        };
        let factor = retention * (1.0 + growth_per_year);
        let year = self.year * (1.0 + more) * step_years;
        let flow = |at: u32| year * libm::pow(factor, f64::from(at) * step_years);
        Flows {
            start: -self.cac,
            later: (0..count).map(flow).collect(),
            first_years,
            step_years,
        }
    }

    fn discount_per_year(&self) -> f64 {
        self.outlook.discount_per_year
    }
}

impl Beside {
    /// With and without these offers.
    pub fn of(streams: &dyn Streams, offers: &[&Offer], business: &Business) -> Self {
        let terms: Vec<Terms> = offers.iter().map(|offer| offer.terms()).collect();
        let without = side(streams, &[], business);
        let each = offers.iter().zip(&terms).map(|(offer, terms)| {
            let alone = side(streams, std::slice::from_ref(terms), business);
            (offer.id(), alone.value - without.value)
        });
        Self {
            each: each.collect(),
            with: side(streams, &terms, business),
            without,
        }
    }
}

fn side(streams: &dyn Streams, offers: &[Terms], business: &Business) -> Side {
    let kept = offers.iter().map(|offer| offer.kept.fraction()).sum();
    let more = offers.iter().map(|offer| offer.orders.fraction()).sum();
    let mut flows = streams.flows(kept, more);
    let step = flows.step_years;
    let mut years: Vec<f64> = Vec::new();
    for (at, flow) in (0_u32..).zip(&mut flows.later) {
        // The year that has begun when this is earned.
        let year = libm::floor(f64::from(at) * step + 1e-9);
        let paying = offers
            .iter()
            .filter(|offer| year < f64::from(offer.term.get()));
        *flow += paying
            .map(|offer| offer.margin(business) * step)
            .sum::<f64>();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a whole number of years of the horizon"
        )]
        let place = year as usize;
        if years.len() <= place {
            years.push(0.0);
        }
        if let Some(sum) = years.get_mut(place) {
            *sum += *flow;
        }
    }
    Side {
        start: flows.start,
        years,
        value: flows.npv(streams.discount_per_year()),
        payback_years: match flows.payback() {
            Payback::After { years, .. } => Some(years),
            Payback::Never => None,
        },
    }
}
