//! Schemes paid over the same sales: what each pays to whom and when, in one pass a scheme.
//!
//! In: sales and compiled plans. What several plans need of the sales (indexes of orders, what was
//! returned) is made once. Out: a [`Paid`] a plan, totals only: nothing is kept of the lines.
//! Invariant: the payouts of all people and periods sum to what the lines sum to, exactly.

use std::borrow::Cow;

use super::engine::{Prepared, pay};
use super::plan::Plan;
use super::sales::{FirstKey, Sales};
use super::statement::{Closing, Line, Sink};

/// What one scheme paid; amounts in 1/10,000 of the currency unit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Paid {
    /// Who can be paid, by number.
    pub payees: Vec<String>,
    /// Person, period and payout, in the order of time.
    pub payouts: Vec<(u32, u32, i64)>,
    /// By person: over all periods.
    pub by_payee: Vec<i64>,
    /// By account of the sales: the lines that belong to a sale of it.
    pub by_account: Vec<i64>,
    /// Paid on first orders, by the key that all schemes are compared on; returns of them taken off.
    pub first: i64,
    /// Paid on later orders, likewise.
    pub repeats: i64,
    /// Paid for no single sale: true-ups, bonuses, caps, draws.
    pub other: i64,
    /// By person: held back or waiting when the data ends.
    pub open: Vec<i64>,
    /// By person: a draw not yet paid back, or owed otherwise, when the data ends.
    pub owed: Vec<i64>,
    /// How many lines the statements have.
    pub lines: u64,
}

impl Paid {
    /// What is paid to all in all periods.
    pub fn total(&self) -> i64 {
        self.by_payee.iter().sum()
    }

    /// The periods with a payout, in their order.
    pub fn periods(&self) -> Vec<u32> {
        let mut periods: Vec<u32> = self.payouts.iter().map(|payout| payout.1).collect();
        periods.sort_unstable();
        periods.dedup();
        periods
    }
}

/// Pays some plans on the same sales.
pub struct Replay<'a> {
    sales: &'a Sales,
    plans: &'a [Plan],
    prepared: Cow<'a, Prepared>,
    key: FirstKey,
}

impl<'a> Replay<'a> {
    /// First orders and repeats are told apart by `key` for all plans, whatever each pays for.
    pub fn new(sales: &'a Sales, plans: &'a [Plan], key: FirstKey) -> Self {
        let prepared = Cow::Owned(Prepared::default());
        Self {
            sales,
            plans,
            prepared,
            key,
        }
    }

    /// The same with what has been made of these sales before.
    #[must_use]
    pub fn with(self, prepared: &'a Prepared) -> Self {
        let prepared = Cow::Borrowed(prepared);
        Self { prepared, ..self }
    }

    /// Pays one of the plans, by its position; nothing where there is none.
    pub fn one(&self, plan: usize) -> Paid {
        let Some(plan) = self.plans.get(plan) else {
            return Paid::default();
        };
        let payees = plan.payees(self.sales);
        let mut totals = Totals {
            accounts: &self.sales.account,
            indexes: self.prepared.indexes(self.key, self.sales),
            paid: Paid {
                by_payee: vec![0; payees.len()],
                open: vec![0; payees.len()],
                owed: vec![0; payees.len()],
                by_account: vec![0; self.sales.accounts.len()],
                payees,
                ..Paid::default()
            },
        };
        pay(plan, self.sales, &self.prepared, &mut totals);
        totals.paid
    }

    /// Pays all of them.
    pub fn all(&self) -> Vec<Paid> {
        (0..self.plans.len()).map(|plan| self.one(plan)).collect()
    }
}

struct Totals<'a> {
    accounts: &'a [u32],
    indexes: &'a [u32],
    paid: Paid,
}

impl Sink for Totals<'_> {
    fn line(&mut self, line: &Line) {
        self.paid.lines += 1;
        let row = line.row as usize;
        let Some(index) = self.indexes.get(row) else {
            self.paid.other += line.amount;
            return;
        };
        if *index == 1 {
            self.paid.first += line.amount;
        } else {
            self.paid.repeats += line.amount;
        }
        let account = self.accounts.get(row).map_or(usize::MAX, |id| *id as usize);
        if let Some(sum) = self.paid.by_account.get_mut(account) {
            *sum += line.amount;
        }
    }

    fn period(&mut self, rep: u32, period: u32, closing: &Closing) {
        let at = rep as usize;
        if let Some(sum) = self.paid.by_payee.get_mut(at) {
            *sum += closing.payout;
        }
        if let Some(open) = self.paid.open.get_mut(at) {
            *open = closing.open;
        }
        if let Some(owed) = self.paid.owed.get_mut(at) {
            *owed = closing.draw_balance + closing.owed;
        }
        self.paid.payouts.push((rep, period, closing.payout));
    }
}
