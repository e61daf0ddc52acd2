//! Paying a scheme on made-up sales.

use rust_decimal::Decimal;

use crate::base::{Date, Money};
use crate::commission::engine::{Prepared, pay};
use crate::commission::exact::portion;
use crate::commission::inputs::kinds::{TierPeriod, TierUnit};
use crate::commission::plan::{Plan, Refusal, parts_of};
use crate::commission::sales::{Sale, Sales, UNIT, from_money};
use crate::commission::state::{People, Scheme};
use crate::commission::statement::{Closing, Line, SHARE, Sink};

use super::ground::Ground;

/// A made-up order: an account of its own unless it shares one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Order {
    /// Its day.
    pub day: Date,
    /// Its revenue, in 1/10,000.
    pub revenue: i64,
    /// Its discount off list, in 1/10,000 of the currency.
    pub discount: i64,
    /// What it costs, in 1/10,000.
    pub cost: i64,
    /// The account, by number.
    pub account: u32,
    /// Somebody else sold it.
    pub other: bool,
}

/// Who sells what the one who is tempted does not.
const SOMEBODY_ELSE: &str = "Somebody else";

/// A scheme that can be paid on made-up orders.
pub(super) struct Probe<'a> {
    plan: Plan,
    ground: &'a Ground,
}

/// What was paid: to the one who sells, and to all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Pay {
    pub own: i64,
    pub all: i64,
}

struct Sum {
    own: u32,
    pay: Pay,
}

impl Sink for Sum {
    fn line(&mut self, _: &Line) {}

    fn period(&mut self, rep: u32, _: u32, closing: &Closing) {
        self.pay.all += closing.payout;
        if rep == self.own {
            self.pay.own += closing.payout;
        }
    }
}

impl<'a> Probe<'a> {
    pub fn new(scheme: &Scheme, people: &People, ground: &'a Ground) -> Result<Self, Vec<Refusal>> {
        Plan::of(scheme, people).map(|plan| Self { plan, ground })
    }

    pub const fn plan(&self) -> &Plan {
        &self.plan
    }

    /// An order at the margin of the ground.
    pub fn order(&self, day: Date, revenue: i64, account: u32) -> Order {
        Order {
            day,
            revenue,
            discount: 0,
            cost: share(revenue, SHARE - self.ground.margin),
            account,
            other: false,
        }
    }

    /// Pays for some orders; what sums to more than can be paid on pays nothing.
    pub fn pay(&self, orders: &[Order]) -> Pay {
        let names: Vec<String> = orders
            .iter()
            .map(|order| format!("{}", order.account))
            .collect();
        let rows = (1_u32..)
            .zip(orders)
            .zip(&names)
            .map(|((number, order), account)| Sale {
                day: order.day,
                order: number,
                line: number,
                rep: self.seller(order),
                partner: self.seller(order),
                account,
                item: &self.ground.item,
                stream: &self.ground.stream,
                revenue: order.revenue,
                cost: order.cost,
                discount: order.discount,
                ..Sale::default()
            });
        let Ok(sales) = Sales::build(rows) else {
            return Pay::default();
        };
        let payees = self.plan.payees(&sales);
        let own = payees.iter().position(|name| *name == self.ground.rep);
        let mut sum = Sum {
            own: own
                .and_then(|at| u32::try_from(at).ok())
                .unwrap_or(u32::MAX),
            pay: Pay::default(),
        };
        let prepared = Prepared::default();
        pay(&self.plan, &sales, &prepared, &mut sum);
        sum.pay
    }

    fn seller(&self, order: &Order) -> &str {
        if order.other {
            SOMEBODY_ELSE
        } else {
            &self.ground.rep
        }
    }

    /// Months over which sales add up for tiers, quotas and gates; 0 where each order stands alone.
    pub const fn adds_up(&self) -> i32 {
        match self.plan.typed.levels.adds_up {
            TierPeriod::Order => 0,
            TierPeriod::Month => 1,
            TierPeriod::Quarter => 3,
            TierPeriod::Year | TierPeriod::Ever => 12,
        }
    }

    /// Levels of sales at which the scheme changes, by what it says: beginnings of tiers, of
    /// multipliers and milestones, quota, gate, and where caps are reached at its highest rate.
    pub fn boundaries(&self) -> Vec<i64> {
        let plan = &self.plan;
        let levels = &plan.typed.levels;
        let named = plan
            .quotas
            .iter()
            .find(|(name, _)| *name == self.ground.rep);
        let quota = named.map_or_else(|| amount(levels.quota.exact()), |(_, quota)| *quota);
        let mut found = vec![quota];
        let of_quota = |at: i64| share(quota, at);
        let in_quota = levels.tiers_in == TierUnit::Quota;
        found.extend(
            plan.tiers
                .iter()
                .map(|(at, _)| if in_quota { of_quota(*at) } else { *at }),
        );
        found.extend(plan.accelerator.iter().map(|(at, _)| of_quota(*at)));
        found.push(of_quota(parts_of(levels.gate.exact_fraction(), SHARE)));
        found.extend(
            plan.milestones
                .iter()
                .flat_map(|(at, _)| [*at, of_quota(*at)]),
        );
        found.extend(plan.lifetime.iter().map(|(at, _)| *at));
        // Below a unit, a count, or beyond any business: no level of sales.
        found.retain(|at| (UNIT..=1_000_000_000_000 * UNIT / 100).contains(at));
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// An amount of the scheme, in 1/10,000.
pub(super) fn amount(exact: Decimal) -> i64 {
    from_money(Money::new(exact)).unwrap_or(0)
}

/// A share of an amount, in 1/10,000, rounded half away from zero.
pub(super) fn share(amount: i64, of: i64) -> i64 {
    portion(amount, of, SHARE).unwrap_or(0)
}
