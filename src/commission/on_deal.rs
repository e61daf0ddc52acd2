//! Beside a deal and its scenarios: what the salesperson earns under each scheme, what the company
//! has, and whether both would choose the same scenario (S42).
//!
//! In: the terms of each scenario of a deal ([`Terms`]), schemes, and the day of the first order. The
//! deal's orders over its horizon become sales of a new account, each with its cost, freight, rebate
//! and tooling; a scheme is paid on them beside a usual year of other sales, so that gates and tiers
//! are what they would be. A year's pay counts with the chance that the deal still runs, as the
//! deal's own flows do, and is worth less the later it comes. Expected, so floating point.

use serde::{Deserialize, Serialize};

use super::engine::{Prepared, pay};
use super::inputs::kinds::Payee;
use super::plan::Plan;
use super::sales::{Sale, Sales, TooLarge, UNIT, to_units};
use super::statement::{Closing, Line, Sink};
use crate::base::Date;
use crate::base::num::kendall_tau;
use crate::deals::Terms;

/// The most orders a year that are told apart: more are paid as so many larger ones.
const MOST_ORDERS: u32 = 52;
/// The most years.
const MOST_YEARS: u32 = 30;
/// The deal's account.
const ACCOUNT: &str = "The deal";

/// The surroundings of a deal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Beside {
    /// Who sells it.
    pub rep: String,
    /// The day of its first order.
    pub day: Date,
    /// What the salesperson sells in a year beside it, in the base currency.
    pub year: f64,
    /// Contribution of that over its revenue, 0 to 1.
    pub margin: f64,
}

/// A scenario under one scheme.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Earned {
    /// Pay for the deal by year, if it still runs then.
    pub years: Vec<f64>,
    /// All of it, each year with the chance that the deal still runs.
    pub expected: f64,
    /// The same, worth today.
    pub today: f64,
}

/// One scheme over all scenarios.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Agreement {
    /// The scheme.
    pub scheme: String,
    /// It pays partners: what one earns that sells as the salesperson does.
    pub to_partner: bool,
    /// By scenario.
    pub earned: Vec<Earned>,
    /// The scenario that pays the salesperson most today; the first of equals.
    pub best: Option<u32>,
    /// Whether that is the one with the highest net present value; `None` of a single scenario.
    pub agrees: Option<bool>,
    /// What the company loses where they disagree and the salesperson has the choice.
    pub cost: f64,
    /// Kendall's tau of pay today and net present value over the scenarios, from -1 to 1; `None` of
    /// fewer than three, and where all are alike.
    pub alignment: Option<f64>,
}

/// A deal under schemes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OnDeal {
    /// Who sells it.
    pub rep: String,
    /// Names of the scenarios, the base first.
    pub scenarios: Vec<String>,
    /// Net present value of each before commission.
    pub npv: Vec<f64>,
    /// The one with the highest.
    pub best: Option<u32>,
    /// By scheme.
    pub schemes: Vec<Agreement>,
}

/// What each scheme pays for each scenario of a deal.
///
/// # Errors
/// [`TooLarge`] when the deal's amounts are beyond what pay is computed on.
pub fn on_deal(
    scenarios: &[(String, Terms)],
    plans: &[Plan],
    beside: &Beside,
) -> Result<OnDeal, TooLarge> {
    let npv: Vec<f64> = scenarios.iter().map(|(_, terms)| terms.npv()).collect();
    let best = highest(&npv);
    let mut schemes = Vec::with_capacity(plans.len());
    for plan in plans {
        let earned: Result<Vec<Earned>, TooLarge> = scenarios
            .iter()
            .map(|(_, terms)| earned(plan, terms, beside))
            .collect();
        let earned = earned?;
        let today: Vec<f64> = earned.iter().map(|earned| earned.today).collect();
        let own = highest(&today);
        let of = |at: Option<u32>| at.and_then(|at| npv.get(at as usize)).copied();
        // Where the company's best pays as much, there is no conflict.
        let pays = |at: Option<u32>| at.and_then(|at| today.get(at as usize)).copied();
        let same = own == best || pays(own) == pays(best);
        let cost = match (of(best), of(own)) {
            (Some(best), Some(own)) if !same => best - own,
            _ => 0.0,
        };
        let three = scenarios.len() >= 3;
        schemes.push(Agreement {
            scheme: plan.name().to_owned(),
            to_partner: plan.typed.pays.payee == Payee::Partner,
            alignment: kendall_tau(&today, &npv).filter(|_| three),
            earned,
            best: own,
            agrees: (scenarios.len() > 1).then_some(same),
            cost,
        });
    }
    Ok(OnDeal {
        rep: beside.rep.clone(),
        scenarios: scenarios.iter().map(|(name, _)| name.clone()).collect(),
        npv,
        best,
        schemes,
    })
}

/// The position of the highest; the first of equals.
fn highest(values: &[f64]) -> Option<u32> {
    let mut best: Option<(u32, f64)> = None;
    for (at, value) in (0_u32..).zip(values) {
        if value.is_finite() && best.is_none_or(|(_, most)| *value > most) {
            best = Some((at, *value));
        }
    }
    best.map(|(at, _)| at)
}

/// Pay by year since the first order.
struct ByYear<'a> {
    rep: Option<u32>,
    plan: &'a Plan,
    /// The period of the first day of each year, and pay since.
    years: Vec<(u32, i64)>,
}

impl Sink for ByYear<'_> {
    fn line(&mut self, _: &Line) {}

    fn period(&mut self, rep: u32, period: u32, closing: &Closing) {
        if Some(rep) != self.rep {
            return;
        }
        let year = self.years.partition_point(|(from, _)| *from <= period);
        // What is paid before the deal begins is the same with and without it.
        if let Some((_, sum)) = self.years.get_mut(year.saturating_sub(1)) {
            *sum += closing.payout;
        }
    }
}

fn earned(plan: &Plan, terms: &Terms, beside: &Beside) -> Result<Earned, TooLarge> {
    let years = terms.horizon_years.clamp(1, MOST_YEARS);
    let other = usual(beside, years);
    let deal = orders(terms, beside, years);
    let with = by_year(plan, beside, years, other.iter().chain(&deal))?;
    let without = by_year(plan, beside, years, other.iter())?;
    let own: Vec<f64> = with
        .iter()
        .zip(&without)
        .map(|(with, without)| to_units(with - without))
        .collect();
    let (mut expected, mut today) = (0.0, 0.0);
    let (mut runs, mut at) = (1.0, 0.5);
    for pay in &own {
        expected += runs * pay;
        today += runs * pay * libm::pow(1.0 + terms.discount_per_year, -at);
        runs *= terms.retention_per_year;
        at += 1.0;
    }
    Ok(Earned {
        years: own,
        expected,
        today,
    })
}

fn by_year<'a>(
    plan: &Plan,
    beside: &Beside,
    years: u32,
    rows: impl Iterator<Item = &'a Sale<'a>>,
) -> Result<Vec<i64>, TooLarge> {
    let sales = Sales::build(rows.copied())?;
    let payees = plan.payees(&sales);
    let rep = payees.iter().position(|name| *name == beside.rep);
    let months = |year: u32| i32::try_from(year.saturating_mul(12)).unwrap_or(0);
    let mut sink = ByYear {
        rep: rep.and_then(|at| u32::try_from(at).ok()),
        plan,
        years: (0..years)
            .map(|year| (plan.period_of(beside.day.plus_months(months(year))), 0))
            .collect(),
    };
    // A deal that runs for its horizon is a contract of one year that is renewed.
    let prepared = Prepared::default();
    let plan = sink.plan;
    pay(plan, &sales, &prepared, &mut sink);
    Ok(sink.years.into_iter().map(|(_, pay)| pay).collect())
}

/// What the salesperson sells beside the deal: an order of an old account each month.
fn usual(beside: &Beside, years: u32) -> Vec<Sale<'_>> {
    let revenue = money(beside.year / 12.0);
    let cost = money(beside.year / 12.0 * (1.0 - beside.margin));
    let months = i32::try_from(years.saturating_mul(12)).unwrap_or(0);
    if revenue <= 0 {
        return Vec::new();
    }
    (0_u32..)
        .zip(-12..months)
        .map(|(order, month)| Sale {
            day: beside.day.plus_months(month).plus_days(4),
            order,
            line: order,
            rep: &beside.rep,
            partner: &beside.rep,
            account: "Others",
            revenue,
            cost,
            ..Sale::default()
        })
        .collect()
}

/// The deal's orders, year by year; tooling that we lay out is on the first.
fn orders<'a>(terms: &Terms, beside: &'a Beside, years: u32) -> Vec<Sale<'a>> {
    let count = whole(terms.orders_a_year).clamp(1, MOST_ORDERS);
    let pieces = terms.pieces_a_year / f64::from(count);
    let mut orders = Vec::new();
    let (mut grown, mut sold) = (1.0, 0.0);
    for year in 0..years {
        for at in 0..count {
            let number = year * count + at;
            let days = f64::from(number) * 365.25 / f64::from(count);
            let tooling = if number == 0 { terms.funded() } else { 0.0 };
            // The tooling is paid for once so many pieces are sold.
            let added = if sold < terms.tool_pieces {
                terms.adder()
            } else {
                0.0
            };
            sold += pieces;
            let each = |per_piece: f64| money(per_piece * pieces * grown);
            orders.push(Sale {
                day: beside
                    .day
                    .plus_days(i32::try_from(whole(days)).unwrap_or(0)),
                order: 100_000 + number,
                line: 100_000 + number,
                rep: &beside.rep,
                partner: &beside.rep,
                account: ACCOUNT,
                item: ACCOUNT,
                revenue: each(terms.price()) + money(added * pieces),
                cost: each(terms.unit_cost),
                freight: each(terms.freight),
                other: each(terms.price() * terms.rebate) + money(tooling),
                discount: each(terms.list_price() * terms.discount_off_list),
                ..Sale::default()
            });
        }
        grown *= 1.0 + terms.growth_per_year;
    }
    orders
}

/// An expected amount as an amount that can be paid on: to the cent.
#[expect(
    clippy::cast_possible_truncation,
    reason = "clamped to amounts that sales hold"
)]
fn money(amount: f64) -> i64 {
    let cents = libm::round(amount * 100.0).clamp(-1e13, 1e13);
    cents as i64 * (UNIT / 100)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to what is counted here"
)]
fn whole(number: f64) -> u32 {
    libm::round(number).clamp(0.0, 1e6) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assumptions::{Assumptions, Estimates};
    use crate::commission::{People, Scheme};

    fn terms(changes: &[(&str, f64)]) -> Terms {
        let resolved = crate::registry::resolve(&Assumptions::default(), &Estimates::new());
        let mut terms = Terms::read(&resolved);
        for (key, value) in changes {
            assert!(terms.set(key, *value), "{key}");
        }
        terms
    }

    fn plan(values: &[(&str, &str)]) -> Plan {
        Plan::of(&Scheme::new("S", values), &People::default()).unwrap()
    }

    fn beside(year: f64) -> Beside {
        Beside {
            rep: "Ana".into(),
            day: Date::parse("2025-01-01").unwrap(),
            year,
            margin: 0.3,
        }
    }

    #[test]
    fn three_percent_of_everything_is_three_percent_of_the_deal() {
        let terms = terms(&[
            ("horizon", 3.0),
            ("deal_retention", 80.0),
            ("discount", 0.0),
        ]);
        let plans = [plan(&[("rate", "3")])];
        let found = on_deal(&[("Base".into(), terms)], &plans, &beside(400_000.0)).unwrap();
        let earned = &found.schemes[0].earned[0];
        let year = 0.03 * terms.price() * terms.pieces_a_year;
        for pay in &earned.years {
            assert!((pay - year).abs() < 1.0, "{pay} {year}");
        }
        let expected = year * (1.0 + 0.8 + 0.64);
        assert!((earned.expected - expected).abs() < 3.0);
        assert!((earned.today - earned.expected).abs() < 1e-9);
        assert_eq!(found.schemes[0].agrees, None);
    }

    #[test]
    fn a_seller_of_revenue_takes_the_discount_and_one_of_margin_does_not() {
        let full = terms(&[]);
        // More pieces at a price that leaves nothing.
        let cheap = terms(&[("deal_discount", 40.0), ("deal_volume", 16_000.0)]);
        assert!(full.npv() > cheap.npv());
        let scenarios = [("Base".to_owned(), full), ("Cheap".to_owned(), cheap)];
        let plans = [
            plan(&[("rate", "5")]),
            plan(&[
                ("rate", "12"),
                ("basis", "contribution"),
                ("negative", "counted"),
            ]),
        ];
        let found = on_deal(&scenarios, &plans, &beside(0.0)).unwrap();
        assert_eq!(found.best, Some(0));
        let [revenue, margin] = &found.schemes[..] else {
            panic!()
        };
        assert_eq!((revenue.best, revenue.agrees), (Some(1), Some(false)));
        assert!((revenue.cost - (full.npv() - cheap.npv())).abs() < 1e-9);
        assert_eq!(
            (margin.best, margin.agrees, margin.cost),
            (Some(0), Some(true), 0.0)
        );
        assert_eq!(revenue.alignment, None);
        // Of three, the order of all counts: one of revenue has them upside down.
        let small = terms(&[("deal_discount", 20.0), ("deal_volume", 9_000.0)]);
        let [full, cheap] = scenarios;
        let three = [full, cheap, ("Small".to_owned(), small)];
        let found = on_deal(&three, &plans, &beside(0.0)).unwrap();
        let npv = found.npv.clone();
        for scheme in &found.schemes {
            let pairs = [(0, 1), (0, 2), (1, 2)];
            let sign = |(a, b): (usize, usize)| {
                let pay = scheme.earned[a].today - scheme.earned[b].today;
                (pay * (npv[a] - npv[b])).signum()
            };
            let tau = pairs.into_iter().map(sign).sum::<f64>() / 3.0;
            assert!(
                (scheme.alignment.unwrap() - tau).abs() < 1e-12,
                "{scheme:?}"
            );
        }
        assert_eq!(found.schemes[1].alignment, Some(1.0));
        assert!(found.schemes[0].alignment.unwrap() < 0.0);
    }

    /// What the engine pays the salesperson on these sales, from the statements.
    fn paid(plan: &Plan, rows: &[Sale<'_>]) -> i64 {
        let sales = Sales::build(rows.iter().copied()).unwrap();
        let prepared = Prepared::default();
        let mut kept = crate::commission::Kept::default();
        pay(plan, &sales, &prepared, &mut kept);
        let ana = plan.payees(&sales).iter().position(|name| name == "Ana");
        let ana = u32::try_from(ana.unwrap_or(99)).unwrap();
        let own = kept.lines.iter().filter(|line| line.rep == ana);
        own.map(|line| line.amount).sum()
    }

    proptest::proptest! {
        #[test]
        fn pay_for_a_deal_is_what_the_engine_pays_more_on_its_sales(
            which in 0..6_usize, years in 1..4_u32, orders in 1..9_u32, pieces in 1..40_i32,
            price in 1..60_i32, retention in 10..100_i32, other in 0..500_i32,
        ) {
            let values: &[(&str, &str)] = match which {
                0 => &[("rate", "4")],
                1 => &[("tiers", "0: 3; 50000: 6; 200000: 9"), ("tiers_pay", "cliff")],
                2 => &[("quota", "100000"), ("gate", "50"), ("accelerator", "0: 80; 100: 150")],
                3 => &[("rate", "12"), ("basis", "contribution"), ("negative", "counted")],
                4 => &[("repeats", "nothing"), ("rate", "6"), ("cap_order", "900")],
                _ => &[("held", "20"), ("held_days", "60"), ("cap_period", "400")],
            };
            let plan = plan(values);
            let terms = terms(&[
                ("horizon", f64::from(years)),
                ("deal_releases", f64::from(orders)),
                ("deal_volume", f64::from(pieces) * 500.0),
                ("deal_list", f64::from(price)),
                ("deal_retention", f64::from(retention)),
            ]);
            let beside = beside(f64::from(other) * 1_000.0);
            let found = on_deal(&[("Base".into(), terms)], std::slice::from_ref(&plan), &beside);
            let earned = &found.unwrap().schemes[0].earned[0];
            let usual = usual(&beside, years);
            let deal = super::orders(&terms, &beside, years);
            let all: Vec<Sale<'_>> = usual.iter().chain(&deal).copied().collect();
            let more = paid(&plan, &all) - paid(&plan, &usual);
            let sum: f64 = earned.years.iter().sum();
            proptest::prop_assert!((sum - to_units(more)).abs() < 1e-6, "{sum} {more}");
            // Each year counts with the chance that the deal still runs.
            let mut runs = 1.0;
            let mut expected = 0.0;
            for year in &earned.years {
                expected += runs * year;
                runs *= f64::from(retention) / 100.0;
            }
            proptest::prop_assert!((earned.expected - expected).abs() < 1e-6);
        }
    }
}
