//! Everything a page shows of the catalogue and the levers.

use serde::{Deserialize, Serialize};

use crate::assumptions::{Estimates, Used};
use crate::deals;
use crate::value::methods::Outlook;

use super::attach::{AccountStream, Beside};
use super::case::Case;
use super::inputs::{Business, Terms};
use super::levers::LeverBoard;
use super::mix::{Item, Mix, best};
use super::state::{Growth, Month, Offer, To, resolved};
use super::tracker::Tracked;
use super::worth::Worth;

/// What it all stands on.
#[derive(Debug, Clone)]
pub struct Ground {
    /// How the future of accounts is seen.
    pub outlook: Outlook,
    /// What the orders say: `accounts_active`, `account_year`, `retention_seen`.
    pub estimates: Estimates,
    /// The deal.
    pub deal: deals::Terms,
    /// An account by its name, where one is looked at; or why nothing more is expected of it.
    pub account: Option<(String, Result<AccountStream, String>)>,
}

/// An account with what is attached to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OfAccount {
    /// Its name, by which offers are attached to it.
    pub name: String,
    /// It with and without them, or why there is nothing to compare.
    pub beside: Result<Beside, String>,
}

/// One offer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OfferRow {
    /// What names it in the document.
    pub id: u32,
    /// Its name.
    pub name: String,
    /// What it holds.
    pub about: String,
    /// Its values with their origins.
    pub used: Vec<Used>,
    /// What it is worth.
    pub worth: Worth,
    /// It is in the best mix.
    pub in_mix: bool,
    /// The customer's own case.
    pub case: Case,
    /// What was offered and taken.
    pub tracked: Tracked,
}

/// The catalogue and the levers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Board {
    /// The offers are the examples, as they came.
    pub example: bool,
    /// What all offers rest on, with its origins.
    pub business: Vec<Used>,
    /// The offers in their order.
    pub offers: Vec<OfferRow>,
    /// Hours there are.
    pub hours: f64,
    /// The best mix within them.
    pub mix: Mix,
    /// All offers together, whatever hours they need: fees, better retention, more orders, campaigns.
    pub total: (f64, f64, f64, f64),
    /// The fees of a year of all that was taken in the last twelve months on record.
    pub run_rate: f64,
    /// The deal with and without what is attached to it.
    pub deal: Beside,
    /// The account that is looked at.
    pub account: Option<OfAccount>,
    /// The levers.
    pub levers: LeverBoard,
}

impl Growth {
    /// Everything of it.
    pub fn board(&self, ground: &Ground) -> Board {
        let business = self.business(&ground.estimates);
        let offers = self.offers();
        let last = self.record().iter().map(Month::number).max();
        let mut rows: Vec<OfferRow> = offers
            .iter()
            .map(|offer| self.row(offer, &business, ground, last))
            .collect();
        let items: Vec<Item> = rows
            .iter()
            .map(|row| Item {
                hours: row.worth.hours,
                value: row.worth.value,
            })
            .collect();
        let hours = business.hours.float();
        let mix = best(&items, hours);
        for (row, chosen) in rows.iter_mut().zip(&mix.chosen) {
            row.in_mix = *chosen;
        }
        let sum = |pick: fn(&Worth) -> f64| rows.iter().map(|row| pick(&row.worth)).sum();
        let attached = |to: &To| -> Vec<&Offer> {
            let ids = self.attached(to);
            offers
                .iter()
                .filter(|one| ids.contains(&one.id()))
                .collect()
        };
        let account = ground.account.as_ref().map(|(name, stream)| {
            let own = attached(&To::Account(name.clone()));
            let beside = stream.as_ref().map_err(Clone::clone);
            OfAccount {
                name: name.clone(),
                beside: beside.map(|stream| Beside::of(stream, &own, &business)),
            }
        });
        Board {
            example: self.is_example(),
            business: used(Business::SPECS, self.business_values(), &ground.estimates),
            hours,
            total: (
                sum(|w| w.fees),
                sum(|w| w.retention),
                sum(|w| w.orders),
                sum(|w| w.campaign),
            ),
            run_rate: rows.iter().map(|row| row.tracked.run_rate).sum(),
            mix,
            deal: Beside::of(&ground.deal, &attached(&To::Deal), &business),
            account,
            levers: LeverBoard::of(&self.levers(&ground.estimates), &ground.outlook),
            offers: rows,
        }
    }

    fn row(
        &self,
        offer: &Offer,
        business: &Business,
        ground: &Ground,
        last: Option<u32>,
    ) -> OfferRow {
        let terms = offer.terms();
        let own = self
            .record()
            .iter()
            .filter(|month| month.offer == offer.id());
        let months: Vec<&Month> = own.collect();
        OfferRow {
            id: offer.id(),
            name: offer.name().to_owned(),
            about: offer.about().to_owned(),
            used: used(Terms::SPECS, offer.values(), &Estimates::new()),
            worth: Worth::of(&terms, business, &ground.outlook),
            in_mix: false,
            case: Case::of(&terms),
            tracked: Tracked::of(&months, last, terms.fee.float()),
        }
    }
}

fn used(
    specs: &'static [crate::assumptions::Spec],
    values: &super::state::Values,
    estimates: &Estimates,
) -> Vec<Used> {
    resolved(specs, values, estimates).all().to_vec()
}
