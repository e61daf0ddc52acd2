//! One evaluation of a book under one set of assumptions.
//!
//! Everything on screen comes out of an [`Evaluation`]: the figures of the book, a segment or an
//! account, the methods side by side, the waterfall, the table's columns and the analyses. Creating
//! it makes the one pass over all accounts; the rest is computed when asked for.

use std::cell::OnceCell;

use crate::accounts::Accounts;
use crate::assumptions::{Resolved, Used};
use crate::base::Date;
use crate::base::num::Survival;
use crate::metrics::WhyNot;

use super::inputs::{Headline, Inputs};
use super::methods::{self, Outlook};
use super::prepared::Prepared;
use super::tenure::Tenures;
use super::values::{AccountValues, lapse_day, values};

/// What figures are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// All accounts.
    Book,
    /// The accounts of a segment, by position in [`Prepared::segments`].
    Segment(usize),
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
    /// Every account's figures.
    pub values: AccountValues,
    curve: OnceCell<Survival>,
    pub(super) ranks: OnceCell<super::ranking::Ranks>,
}

impl<'a> Evaluation<'a> {
    /// Values every account.
    pub fn new(accounts: &'a Accounts, prepared: &'a Prepared, resolved: &'a Resolved) -> Self {
        let inputs = Inputs::read(resolved);
        let mut new = Self {
            accounts,
            prepared,
            resolved,
            inputs,
            values: AccountValues::default(),
            curve: OnceCell::new(),
            ranks: OnceCell::new(),
        };
        let multiple = new.multiple(inputs.method);
        new.values = values(prepared, &inputs, accounts.as_of, multiple.ok());
        new
    }

    /// How the future is seen.
    pub const fn outlook(&self) -> Outlook {
        Outlook::of(&self.inputs)
    }

    /// A method's multiple of the yearly margin; of the average year's for L2.
    ///
    /// # Errors
    /// [`WhyNot`] where the method cannot run.
    pub fn multiple(&self, method: Headline) -> Result<f64, WhyNot> {
        let outlook = self.outlook();
        match method {
            Headline::L1 => Ok(0.0),
            Headline::L2 => Ok(f64::from(outlook.horizon_years)),
            Headline::L3 => Ok(methods::l3_churn::multiple(&outlook)),
            Headline::L4 => methods::l4_after_renewal::multiple(&outlook),
            Headline::L5 => methods::l5_now::multiple(&outlook),
            Headline::L6 => methods::l6_year_end::multiple(&outlook),
            Headline::L7 => Ok(methods::l7_horizon::multiple(&outlook)),
            Headline::L8 => methods::l8_growth::multiple(&outlook),
            Headline::L10 => methods::l10_survival::multiple(&outlook, self.curve()),
        }
    }

    /// How long accounts last, in years, from the whole book.
    pub fn curve(&self) -> &Survival {
        self.curve
            .get_or_init(|| self.tenures(0..self.accounts.list.len()).survival())
    }

    /// What limits L10: years of the horizon beyond the longest tenure count nothing.
    pub fn curve_note(&self) -> Option<String> {
        let (longest, horizon) = (self.curve().longest(), self.inputs.horizon.get());
        (longest < f64::from(horizon)).then(|| {
            format!(
                "Accounts have been seen for {longest:.1} years at most: of the {horizon} years of \
                 the horizon, those beyond count nothing."
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
            Subject::Segment(segment) => all
                .filter(|position| {
                    let row = self.prepared.rows.get(*position);
                    row.is_some_and(|row| row.segment as usize == segment)
                })
                .collect(),
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
        let months = self.inputs.lapse.get();
        Some(format!(
            "Lapsed: the last order was on {}, more than {months} months before {}. No \
                      future value is counted.",
            account.last,
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
        for (key, works, reason) in [
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
