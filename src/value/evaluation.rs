//! One evaluation of a book under one set of assumptions.
//!
//! Everything on screen comes out of an [`Evaluation`]: the figures of the book, a segment or an
//! account, the methods side by side, the waterfall, the table's columns and the analyses. Creating
//! it makes the one pass over all accounts; the rest is computed when asked for.

use std::cell::OnceCell;

use crate::accounts::Accounts;
use crate::assumptions::{Amount, Hours, PercentPerYear, Resolved, Typed, Used};
use crate::base::num::Survival;
use crate::base::{Date, counted};
use crate::metrics::WhyNot;

use super::estimates::Kept;
use super::foresight::Foresight;
use super::inputs::{Headline, Inputs};
use super::methods::{self, Outlook};
use super::prepared::Prepared;
use super::rates::Rates;
use super::tenure::Tenures;
use super::values::{AccountValues, lapse_day, values};

/// What figures are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// All accounts.
    Book,
    /// The accounts of a segment, by position in [`Prepared::segments`].
    Segment(usize),
    /// The accounts of a salesperson, by position in [`Accounts::salespeople`].
    Salesperson(usize),
    /// The accounts of a partner, by position in [`Accounts::partners`].
    Partner(usize),
    /// One account, by position in the book.
    Account(usize),
}

/// A book valued under assumptions.
#[derive(Debug)]
pub struct Evaluation<'a> {
    /// The accounts.
    pub accounts: &'a Accounts,
    /// What was prepared of them.
    pub prepared: &'a Prepared,
    /// The assumptions with their origins.
    pub resolved: &'a Resolved,
    /// The assumptions, typed.
    pub inputs: Inputs,
    /// Every account's acquisition cost, in the base currency.
    pub cac: Rates,
    /// Every account's retention, as a fraction per year.
    pub retention: Rates,
    /// Every account's constraint hours per order.
    pub hours: Rates,
    /// Every account's figures.
    pub values: AccountValues,
    /// The fitted model, or why there is none.
    pub foresight: Result<&'a Foresight, WhyNot>,
    curve: OnceCell<Survival>,
    pub(super) ranks: OnceCell<super::ranking::Ranks>,
}

impl<'a> Evaluation<'a> {
    /// Values every account.
    pub fn new(accounts: &'a Accounts, prepared: &'a Prepared, resolved: &'a Resolved) -> Self {
        let inputs = Inputs::read(resolved);
        let text = |key: &str| resolved.get(key).map_or("", |used| used.value.as_str());
        let seen = if inputs.segment_retention.on() {
            Kept::by_segment(prepared)
        } else {
            Vec::new()
        };
        let mut new = Self {
            accounts,
            prepared,
            resolved,
            inputs,
            cac: Rates::new(
                accounts,
                inputs.cac.float(),
                text("cac_by_name"),
                |text| Amount::read(text).map(Amount::float),
                &[],
            ),
            retention: Rates::new(
                accounts,
                inputs.retention.fraction(),
                text("retention_by_name"),
                |text| PercentPerYear::read(text).map(PercentPerYear::fraction),
                &seen,
            ),
            hours: Rates::new(
                accounts,
                inputs.hours_order.float(),
                text("hours_by_name"),
                |text| Hours::read(text).map(Hours::float),
                &[],
            ),
            values: AccountValues::default(),
            foresight: Err(WhyNot("No model has been fitted to these orders.".into())),
            curve: OnceCell::new(),
            ranks: OnceCell::new(),
        };
        let classes = 0..new.retention.values.len();
        let multiple = |class| new.multiple(inputs.method, &new.outlook(class));
        let multiples: Vec<f64> = classes.map(|c| multiple(c).unwrap_or(f64::NAN)).collect();
        new.values = values(&new, &multiples);
        new
    }

    /// The same with the fitted model, or why there is none; no other figure changes.
    #[must_use]
    pub fn with(self, foresight: Result<&'a Foresight, WhyNot>) -> Self {
        Self { foresight, ..self }
    }

    /// How the future of accounts is seen, by their class of [`Evaluation::retention`].
    pub fn outlook(&self, class: usize) -> Outlook {
        let mut outlook = Outlook::of(&self.inputs);
        if let Some(retention) = self.retention.values.get(class) {
            outlook.retention_per_year = *retention;
        }
        outlook
    }

    /// A method's multiple of the yearly margin; of the average year's for L2.
    ///
    /// # Errors
    /// [`WhyNot`] where the method cannot run.
    pub fn multiple(&self, method: Headline, outlook: &Outlook) -> Result<f64, WhyNot> {
        match method {
            Headline::L1 => Ok(0.0),
            Headline::L2 => Ok(f64::from(outlook.horizon_years)),
            Headline::L3 => Ok(methods::l3_churn::multiple(outlook)),
            Headline::L4 => methods::l4_after_renewal::multiple(outlook),
            Headline::L5 => methods::l5_now::multiple(outlook),
            Headline::L6 => methods::l6_year_end::multiple(outlook),
            Headline::L7 => Ok(methods::l7_horizon::multiple(outlook)),
            Headline::L8 => methods::l8_growth::multiple(outlook),
            Headline::L10 => methods::l10_survival::multiple(outlook, self.curve()),
        }
    }

    /// An account's future value by year of the horizon, discounted as the headline method does; a
    /// method without a horizon has one more term, for all later years. The terms add up to the
    /// account's future value.
    ///
    /// # Errors
    /// [`WhyNot`] where the method cannot run.
    pub fn terms(&self, position: usize) -> Result<Vec<f64>, WhyNot> {
        let method = self.inputs.method;
        let outlook = self.outlook(self.retention.class(position));
        let column = match method {
            Headline::L2 => &self.values.average,
            _ => &self.values.yearly,
        };
        let margin = column.get(position).copied().unwrap_or_default();
        let whole = self.multiple(method, &outlook)?;
        let (kept, waiting) = (outlook.retention_per_year, 1.0 + outlook.discount_per_year);
        // A year's term over the year before's, for a method without a horizon.
        let ratio = match method {
            Headline::L3 if kept < 1.0 => Some(kept),
            Headline::L4 | Headline::L5 | Headline::L6 => Some(kept / waiting),
            Headline::L8 => Some(kept * (1.0 + outlook.growth_per_year) / waiting),
            _ => None,
        };
        let (mut terms, mut before) = (Vec::new(), 0.0);
        for horizon_years in 1..=outlook.horizon_years {
            let sum = match ratio {
                Some(ratio) => whole * (1.0 - libm::pow(ratio, f64::from(horizon_years))),
                None => self.multiple(
                    method,
                    &Outlook {
                        horizon_years,
                        ..outlook
                    },
                )?,
            };
            terms.push(margin * (sum - before));
            before = sum;
        }
        if ratio.is_some() {
            terms.push(margin * (whole - before));
        }
        Ok(terms)
    }

    /// How long accounts last, in years, from the whole book.
    pub fn curve(&self) -> &Survival {
        self.curve
            .get_or_init(|| self.tenures(0..self.accounts.list.len()).survival())
    }

    /// What limits L10, where it can run: years of the horizon beyond the longest tenure count nothing.
    pub fn curve_note(&self) -> Option<String> {
        self.multiple(Headline::L10, &self.outlook(0)).ok()?;
        let (longest, horizon) = (self.curve().longest(), self.inputs.horizon.get());
        (longest < f64::from(horizon)).then(|| {
            format!(
                "Accounts have been seen for {longest:.1} years at most: of the horizon of {}, what \
                 is beyond counts nothing.",
                counted(&horizon, "year")
            )
        })
    }

    /// The tenures of some accounts: ended at the last order of a lapsed account, still running for
    /// an active one.
    pub fn tenures(&self, positions: impl Iterator<Item = usize>) -> Tenures {
        let lapse = lapse_day(self.accounts.as_of, &self.inputs).days();
        let now = self.accounts.as_of.days();
        let mut tenures = Tenures::default();
        let rows = positions.filter_map(|p| self.prepared.rows.get(p));
        for row in rows.filter(|row| row.total.orders > 0.0) {
            let ended = row.last < lapse;
            tenures.add(if ended { row.last } else { now } - row.first, ended);
        }
        tenures
    }

    /// The positions of a subject's accounts.
    pub fn members(&self, subject: Subject) -> Vec<usize> {
        let all = 0..self.accounts.list.len();
        match subject {
            Subject::Book => all.collect(),
            Subject::Account(position) => vec![position],
            Subject::Segment(segment) => {
                let rows = self.prepared.rows.iter();
                picked(rows.map(|row| row.segment as usize == segment))
            }
            Subject::Salesperson(at) => {
                let accounts = self.accounts.list.iter();
                picked(accounts.map(|a| a.salesperson.is_some_and(|s| s as usize == at)))
            }
            Subject::Partner(at) => {
                let accounts = self.accounts.list.iter();
                picked(accounts.map(|a| a.partner.is_some_and(|p| p as usize == at)))
            }
        }
    }

    /// Whether an account has lines up to the as-of date; one without counts nowhere.
    pub fn is_present(&self, position: usize) -> bool {
        let row = self.prepared.rows.get(position);
        row.is_some_and(|row| row.present)
    }

    /// Why an account has no future value, in words; `None` for an active one.
    pub fn lapsed_note(&self, position: usize) -> Option<String> {
        let account = self.accounts.list.get(position)?;
        if !self.values.lapsed.get(position).copied().unwrap_or(false) {
            return None;
        }
        if account.total.orders == 0 {
            return Some(format!("No order up to {}.", self.as_of()));
        }
        Some(format!(
            "Lapsed: the last order was on {}, more than {} before {}. No future value is counted.",
            account.last,
            counted(&self.inputs.lapse.get(), "month"),
            self.as_of()
        ))
    }

    /// The date up to which orders count.
    pub const fn as_of(&self) -> Date {
        self.accounts.as_of
    }

    /// Every assumption as used; what moves no figure now is marked so, with the reason.
    pub fn used(&self) -> Vec<Used> {
        let mut resolved = self.resolved.clone();
        let (coverage, inputs) = (&self.accounts.coverage, &self.inputs);
        let left = !self.prepared.book.total.left.is_zero();
        let (terms, service) = (inputs.count_terms.on(), inputs.count_service.on());
        let capital = inputs.capital.fraction() > 0.0;
        let off = "What it belongs to does not count.";
        let accounts = self.accounts;
        let segments = !accounts.segments.is_empty();
        let groups = segments || !accounts.salespeople.is_empty() || !accounts.partners.is_empty();
        let none = "The orders name no segments, salespeople or partners.";
        for (key, works, reason) in [
            (
                "segment_retention",
                segments,
                "The orders name no segments.",
            ),
            ("cac_by_name", groups, none),
            ("retention_by_name", groups, none),
            ("hours_by_name", groups, none),
            (
                "count_rebates",
                coverage.rebates > 0.0,
                "The orders have no rebates.",
            ),
            (
                "count_freight",
                coverage.freight > 0.0,
                "The orders have no freight.",
            ),
            (
                "count_tooling",
                coverage.tooling > 0.0,
                "The orders have no tooling.",
            ),
            (
                "gross_margin",
                left,
                "Every account has recorded costs, or its segment has.",
            ),
            ("gross_margin", inputs.count_cost.on(), off),
            ("terms_days", capital, "The cost of capital for terms is 0."),
            ("terms_days", terms, off),
            ("capital", terms, off),
            ("service_order", service, off),
            ("service_year", service, off),
            ("depreciation_year", inputs.count_depreciation.on(), off),
        ] {
            if !works {
                resolved.disable(key, reason);
            }
        }
        resolved.all().to_vec()
    }
}

/// The positions of what is true.
fn picked(all: impl Iterator<Item = bool>) -> Vec<usize> {
    all.enumerate()
        .filter(|(_, yes)| *yes)
        .map(|(at, _)| at)
        .collect()
}
