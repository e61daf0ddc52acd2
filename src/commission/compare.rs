//! Schemes side by side (S42, S43).
//!
//! In: sales, what each scheme paid over them ([`Paid`]), and, where they are known, lifetime values
//! by account. Out: cost in total and against revenue and contribution, pay on first orders against
//! repeats, lifetime value per unit of pay, who wins and loses against the scheme in use, and how
//! evenly pay is spread. Plain data that travels to the page.

use serde::{Deserialize, Serialize};

use super::band::Band;
use super::plan::{Plan, Refusal};
use super::replay::Paid;
use super::sales::{HOUSE, Sales, to_money, to_units};
use super::sold::Sold;
use super::spread::gini;
use crate::base::Money;
use crate::base::num::Ranks;

/// One person under one scheme.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Payee {
    /// Who.
    pub name: String,
    /// Pay over all periods.
    pub pay: Money,
    /// By period of the scheme; as many as [`Column::periods`].
    pub periods: Vec<Money>,
    /// Pay less that under the scheme in use; `None` where there is none in use.
    pub gain: Option<Money>,
    /// Revenue of the sales in the person's name.
    pub revenue: Money,
    /// Contribution of these.
    pub contribution: Money,
    /// Lifetime value of the accounts, in parts by who sold how much of each, over pay.
    pub ltv_per_pay: Option<f64>,
    /// Held back or waiting when the data ends.
    pub open: Money,
    /// Owed to the company when the data ends.
    pub owed: Money,
}

/// What one scheme cost.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// The scheme's name.
    pub name: String,
    /// What it paid, or why it cannot pay.
    pub paid: Result<Cost, Vec<String>>,
}

/// What a scheme cost, and to whom it went.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cost {
    /// In total.
    pub total: Money,
    /// As a share of revenue; `None` without revenue.
    pub of_revenue: Option<f64>,
    /// As a share of contribution; `None` where there is none.
    pub of_contribution: Option<f64>,
    /// On first orders.
    pub first: Money,
    /// On later orders.
    pub repeats: Money,
    /// For no single sale: true-ups, bonuses, caps, draws.
    pub other: Money,
    /// Of what was paid on single sales, the share paid on first orders.
    pub first_share: Option<f64>,
    /// Lifetime value of the accounts sold to, over pay.
    pub ltv_per_pay: Option<f64>,
    /// Whether pay goes where lifetime value is: rank correlation over accounts (Spearman), -1 to 1.
    pub follows_ltv: Option<f64>,
    /// People who are paid more than under the scheme in use.
    pub winners: u32,
    /// People who are paid less.
    pub losers: u32,
    /// How unevenly it is spread over people, 0 to 1.
    pub gini: Option<f64>,
    /// Names of the periods that are paid.
    pub periods: Vec<String>,
    /// By person; the house is not among them unless it is paid.
    pub payees: Vec<Payee>,
    /// Total by drawing the customers again; `None` until it is computed.
    pub band: Option<Banded>,
    /// Names in the scheme that the sales do not have.
    pub strangers: Vec<String>,
}

/// Bands of a scheme's cost.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Banded {
    /// Of the total.
    pub total: Band,
    /// Of the share of contribution, where it is positive in every draw.
    pub of_contribution: Option<Band>,
    /// Of the difference to the scheme in use.
    pub more: Option<Band>,
    /// The share of draws in which it costs less than the scheme in use.
    pub cheaper: Option<f64>,
    /// Draws.
    pub draws: u32,
    /// Whether every draw was paid anew, line by line; else each account's pay was kept and what
    /// belongs to no account went with revenue.
    pub paid_anew: bool,
}

/// The schemes side by side.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Comparison {
    /// As many as schemes were asked for, in that order.
    pub columns: Vec<Column>,
    /// Which of them is in use.
    pub current: Option<u32>,
    /// Revenue of the sales.
    pub revenue: Money,
    /// Contribution of the sales.
    pub contribution: Money,
    /// Revenue of rows whose cost is not recorded: contribution rests on an assumption there.
    pub no_cost: Money,
    /// Order lines.
    pub lines: u32,
}

/// A scheme's name, and its plan with what it paid, or why it has none.
pub type Asked<'a> = (&'a str, Result<(&'a Plan, &'a Paid), &'a [Refusal]>);

/// Compares schemes on the sales and their sums; `current` is the position of the one in use, `ltv` is by account of the sales.
pub fn compare(
    sales: &Sales,
    sold: &Sold,
    schemes: &[Asked<'_>],
    current: Option<usize>,
    ltv: Option<&[f64]>,
) -> Comparison {
    let by_rep = ltv.map(|ltv| sold.ltv(ltv)).unwrap_or_default();
    let ltv = ltv.map(|all| {
        sold.to()
            .map(|at| all.get(at).copied().unwrap_or(0.0))
            .collect::<Vec<f64>>()
    });
    let ranks = ltv.as_deref().map(Ranks::of);
    let in_use = current.and_then(|at| schemes.get(at)?.1.as_ref().ok());
    let in_use: Option<&Paid> = in_use.map(|(_, paid)| *paid);
    let column = |(name, paid): &Asked<'_>| Column {
        name: (*name).to_owned(),
        paid: match paid {
            Ok((plan, paid)) => {
                let case = Case {
                    sales,
                    plan,
                    paid,
                    in_use,
                    sold,
                    by_rep: &by_rep,
                    ltv: ltv.as_ref().map(|ltv| ltv.iter().sum()),
                    ranks: ranks.as_ref(),
                };
                Ok(case.cost())
            }
            Err(refusals) => Err(refusals.iter().map(|refusal| refusal.why.clone()).collect()),
        },
    };
    Comparison {
        columns: schemes.iter().map(column).collect(),
        current: current.and_then(|at| u32::try_from(at).ok()),
        revenue: to_money(sold.revenue),
        contribution: to_money(sold.contribution),
        no_cost: to_money(sold.no_cost),
        lines: u32::try_from(sales.len()).unwrap_or(u32::MAX),
    }
}

/// One scheme in its surroundings.
struct Case<'a> {
    sales: &'a Sales,
    plan: &'a Plan,
    paid: &'a Paid,
    in_use: Option<&'a Paid>,
    sold: &'a Sold,
    /// Lifetime value by salesperson; empty where it is not known.
    by_rep: &'a [f64],
    /// Lifetime value of all accounts sold to.
    ltv: Option<f64>,
    /// These accounts by lifetime value.
    ranks: Option<&'a Ranks>,
}

impl Case<'_> {
    fn cost(&self) -> Cost {
        let paid = self.paid;
        let total = paid.total();
        let share = |of: i64| (of > 0).then(|| to_units(total) / to_units(of));
        let on_sales = paid.first + paid.repeats;
        let periods = paid.periods();
        let payees = self.payees(&periods);
        let gains = || payees.iter().filter_map(|payee| payee.gain);
        let count = |found: usize| u32::try_from(found).unwrap_or(u32::MAX);
        let people = payees.iter().filter(|payee| payee.name != HOUSE);
        let pays: Vec<f64> = people.map(|payee| payee.pay.to_f64()).collect();
        Cost {
            total: to_money(total),
            of_revenue: share(self.sold.revenue),
            of_contribution: share(self.sold.contribution),
            first: to_money(paid.first),
            repeats: to_money(paid.repeats),
            other: to_money(paid.other),
            first_share: (on_sales > 0).then(|| to_units(paid.first) / to_units(on_sales)),
            ltv_per_pay: self
                .ltv
                .filter(|_| total > 0)
                .map(|ltv| ltv / to_units(total)),
            follows_ltv: self.follows_ltv(),
            winners: count(
                gains()
                    .filter(|gain| !gain.is_negative() && !gain.is_zero())
                    .count(),
            ),
            losers: count(gains().filter(|gain| gain.is_negative()).count() + self.unpaid()),
            gini: gini(&pays),
            periods: periods
                .iter()
                .map(|at| self.plan.period_name(*at))
                .collect(),
            payees,
            band: None,
            strangers: self.plan.strangers(self.sales),
        }
    }

    /// How many people are paid under the scheme in use and have no part in this one.
    fn unpaid(&self) -> usize {
        let in_use = self.in_use.into_iter();
        let paid = in_use.flat_map(|in_use| in_use.payees.iter().zip(&in_use.by_payee));
        paid.filter(|(name, pay)| **pay > 0 && *name != HOUSE && !self.paid.payees.contains(name))
            .count()
    }

    fn payees(&self, periods: &[u32]) -> Vec<Payee> {
        let paid = self.paid;
        let mut by_period = vec![vec![0_i64; periods.len()]; paid.payees.len()];
        for (payee, period, payout) in &paid.payouts {
            let at = periods.binary_search(period).ok();
            let slot = by_period.get_mut(*payee as usize).zip(at);
            if let Some(slot) = slot.and_then(|(own, at)| own.get_mut(at)) {
                *slot += payout;
            }
        }
        let one = |((at, name), periods): ((usize, &String), Vec<i64>)| {
            let own = |column: &[i64]| column.get(at).copied().unwrap_or(0);
            let pay = own(&paid.by_payee);
            if *name == HOUSE && pay == 0 {
                return None;
            }
            let rep = self.sales.reps.iter().position(|rep| rep == name);
            let sold = rep.and_then(|at| self.sold.by_rep.get(at)).copied();
            let sold = sold.unwrap_or_default();
            let ltv = rep.and_then(|at| self.by_rep.get(at));
            Some(Payee {
                name: name.clone(),
                pay: to_money(pay),
                periods: periods.into_iter().map(to_money).collect(),
                gain: self
                    .in_use
                    .map(|in_use| to_money(pay - paid_to(in_use, name))),
                revenue: to_money(sold.revenue),
                contribution: to_money(sold.contribution),
                ltv_per_pay: ltv.filter(|_| pay > 0).map(|ltv| ltv / to_units(pay)),
                open: to_money(own(&paid.open)),
                owed: to_money(own(&paid.owed)),
            })
        };
        let named = paid.payees.iter().enumerate().zip(by_period);
        named.filter_map(one).collect()
    }

    fn follows_ltv(&self) -> Option<f64> {
        let pay = |at: usize| to_units(self.paid.by_account.get(at).copied().unwrap_or(0));
        let pay: Vec<f64> = self.sold.to().map(pay).collect();
        self.ranks?.agree(&Ranks::of(&pay))
    }
}

/// What a person is paid under another scheme, by name: schemes number their people differently.
fn paid_to(paid: &Paid, name: &str) -> i64 {
    let at = paid.payees.iter().position(|payee| payee == name);
    at.and_then(|at| paid.by_payee.get(at))
        .copied()
        .unwrap_or(0)
}
