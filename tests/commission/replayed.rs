//! What holds for the replay, its bands and the finder, whatever is sold.

use perennial::base::{Date, Money};
use perennial::commission::finder::{Finding, Wrong};
use perennial::commission::sales::from_money;
use perennial::commission::{
    Draws, FirstKey, Ground, Kept, People, Plan, Prepared, Replay, Sale, Sales, Scheme, Sold, find,
    find_all, pay,
};
use proptest::prelude::*;

use crate::kit::{UNIT, plan};
use crate::laws::{Row, pays, rows, sales, schemes};

proptest! {
    // Each case pays some twenty schemes, the bands twelve times over.
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn totals_are_the_sums_of_the_statements_in_any_order(rows in rows(), seed in any::<u64>()) {
        let made = sales(&rows);
        let mut other = made.clone();
        other.sort_by_key(|sale| u64::from(sale.order).wrapping_mul(seed | 1));
        let (made, other) = (Sales::build(made).unwrap(), Sales::build(other).unwrap());
        let plans = schemes();
        let replayed = Replay::new(&made, &plans, FirstKey::Account).all();
        prop_assert_eq!(&replayed, &Replay::new(&other, &plans, FirstKey::Account).all());
        for (plan, paid) in plans.iter().zip(&replayed) {
            let kept = pays(plan, &made);
            let lines: i64 = kept.lines.iter().map(|line| line.amount).sum();
            prop_assert_eq!(paid.total(), lines);
            prop_assert_eq!(paid.total(), kept.paid());
            prop_assert_eq!(paid.first + paid.repeats + paid.other, lines);
            prop_assert_eq!(paid.lines, kept.lines.len() as u64);
            for (person, sum) in (0_u32..).zip(&paid.by_payee) {
                prop_assert_eq!(*sum, kept.paid_to(person));
            }
            let on_accounts: i64 = paid.by_account.iter().sum();
            prop_assert_eq!(on_accounts, paid.first + paid.repeats);
            let payouts: i64 = paid.payouts.iter().map(|payout| payout.2).sum();
            prop_assert_eq!(payouts, lines);
        }
    }

    #[test]
    fn a_band_is_its_seeds_and_holds_the_past_where_customers_are_alike(
        rows in rows(), seed in any::<u64>(), others in 1..5_usize, parts in 1..11_u32,
    ) {
        let made = sales(&rows);
        let sold = Sales::build(made.clone()).unwrap();
        let plans = schemes();
        let paid = Replay::new(&sold, &plans, FirstKey::Account).all();
        let sums = Sold::of(&sold);
        let all = |seed: u64| {
            let mut draws = Draws::new(&sold, &sums, &plans, &paid, seed, 12);
            (0..12).for_each(|_| draws.draw());
            draws
        };
        // In one go or in parts, it is the same.
        let mut first = Draws::new(&sold, &sums, &plans, &paid, seed, 12);
        (0..parts).for_each(|_| first.draw());
        let mut rest = Draws::new(&sold, &sums, &plans, &paid, seed, 12).after(first.into_found());
        (parts..12).for_each(|_| rest.draw());
        let whole = all(seed);
        for plan in 0..plans.len() {
            let band = whole.of(plan, Some(0)).unwrap();
            prop_assert_eq!(&band, &rest.of(plan, Some(0)).unwrap());
            prop_assert!(band.total.low <= band.total.middle && band.total.middle <= band.total.high);
            prop_assert!(band.cheaper.is_none_or(|share| (0.0..=1.0).contains(&share)));
        }
        // Every draw of customers who are all alike is the past itself.
        let alike: Vec<Sale<'static>> = (0..others)
            .flat_map(|copy| {
                let one = |row: &Sale<'static>| Sale {
                    account: ["A", "B", "C", "D", "E"][copy],
                    rep: "Ana",
                    order: row.order + 1_000 * copy as u32,
                    line: row.line + 1_000 * copy as u32,
                    returns: row.returns.map(|order| order + 1_000 * copy as u32),
                    ..*row
                };
                made.iter().filter(|sale| !sale.is_return).map(one).collect::<Vec<_>>()
            })
            .collect();
        let alike = Sales::build(alike).unwrap();
        let plans = [plan(&[("rate", "5"), ("repeats", "own"), ("repeat", "2")])];
        let paid = Replay::new(&alike, &plans, FirstKey::Account).all();
        let sums = Sold::of(&alike);
        let mut draws = Draws::new(&alike, &sums, &plans, &paid, seed, 5);
        (0..5).for_each(|_| draws.draw());
        let band = draws.of(0, None).unwrap().total;
        let past = paid[0].total() as f64 / UNIT as f64;
        prop_assert!((band.low - past).abs() < 1e-6 && (band.high - past).abs() < 1e-6, "{band:?} {past}");
    }

    #[test]
    fn an_even_rate_on_contribution_tempts_nobody(
        rate in 1..4_000_i64, order in 200..400_000_i64, orders in 3..60_i64, margin in 300..9_000_i64,
        period in 0..3_usize, returns in 0..4_usize, discount in 50..1_000_i64,
    ) {
        let rate = format!("{}.{:02}", rate / 100, rate % 100);
        let values = [
            ("rate", rate.as_str()),
            ("basis", "contribution"),
            ("negative", "counted"),
            ("period", ["month", "quarter", "year"][period]),
            ("returns", ["paid", "recomputed", "net", "ignored"][returns]),
        ];
        let ground = Ground {
            order: order * UNIT,
            year: order * orders * UNIT,
            margin,
            discount: discount.min(margin),
            ..Ground::default()
        };
        let found = find(&Scheme::new("S", &values), &People::default(), &ground).unwrap();
        prop_assert!(found.is_empty(), "{found:#?}");
    }
}

proptest! {
    // Each case pays some thousand times.
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn findings_hold_when_they_are_paid_again(
        which in 0..8_usize, first in 1..60_i64, order in 2..60_i64, orders in 6..40_i64, margin in 500..6_000_i64,
    ) {
        let tiers = format!("0: 3; {}: 5; {}: 8", first * 1_000, first * 2_500);
        let falling = format!("0: 8; {}: 5; {}: 3", first * 1_000, first * 2_500);
        let quota = (first * 2_000).to_string();
        let cap = (first * 20).to_string();
        let values: &[(&str, &str)] = match which {
            0 => &[("tiers", &tiers), ("tiers_pay", "cliff")],
            1 => &[("tiers", &falling), ("tiers_pay", "cliff")],
            2 => &[("quota", &quota), ("gate", "50"), ("accelerator", "0: 100; 100: 180")],
            3 => &[("rate", "6"), ("cap_order", &cap)],
            4 => &[("repeats", "nothing"), ("rate", "7")],
            5 => &[("tiers", &tiers), ("tiers_pay", "cliff"), ("adds_up", "order")],
            6 => &[("spiff", "2025-02-01: 300; 2025-04-01: 100; 2025-05-01: 0"), ("spiff_budget", "1000")],
            _ => &[("repeats", "months"), ("repeat_steps", "0: 6; 6: 3; 12: 0"), ("rate", "6")],
        };
        let scheme = Scheme::new("S", values);
        let ground = Ground {
            order: order * 1_000 * UNIT,
            year: order * orders * 1_000 * UNIT,
            margin,
            ..Ground::default()
        };
        let plan = Plan::of(&scheme, &People::default()).unwrap();
        let found = find(&scheme, &People::default(), &ground).unwrap();
        prop_assert!(!found.is_empty());
        for finding in &found {
            prop_assert!(holds(&plan, &ground, finding), "{finding:#?}");
        }
        // Two alike are told once, with both names.
        let other = Ground { rep: "Other".into(), ..ground.clone() };
        let both = find_all(&scheme, &People::default(), &[ground, other]).unwrap();
        prop_assert_eq!(both.len(), found.len());
        prop_assert!(both.iter().all(|one| one.sellers.len() == 2), "{both:#?}");
    }
}

fn amount(money: Money) -> i64 {
    from_money(money).unwrap()
}

fn of_share(amount: i64, share: i64) -> i64 {
    let exact = i128::from(amount) * i128::from(share);
    let half = if exact < 0 { -5_000 } else { 5_000 };
    ((exact + half) / 10_000) as i64
}

struct Own {
    sales: Vec<(Date, i64, i64, String)>,
}

impl Own {
    fn new() -> Self {
        Self { sales: Vec::new() }
    }

    fn sell(mut self, ground: &Ground, day: Date, revenue: i64, account: &str) -> Self {
        let cost = of_share(revenue, 10_000 - ground.margin);
        self.sales.push((day, revenue, cost, account.to_owned()));
        self
    }

    /// Even orders in each month, the last with what is left.
    fn monthly(mut self, ground: &Ground, level: i64, months: i32) -> Self {
        let each = level / i64::from(months) / UNIT * UNIT;
        for month in 0..months {
            let last = level - each * i64::from(months - 1);
            let revenue = if month + 1 == months { last } else { each };
            let day = ground.start.plus_months(month).plus_days(9);
            self = self.sell(ground, day, revenue, &format!("M{month}"));
        }
        self
    }

    /// By the engine, from the statements.
    fn paid(&self, plan: &Plan, ground: &Ground) -> i64 {
        let rows = (1_u32..).zip(&self.sales).map(|(order, sale)| Sale {
            day: sale.0,
            order,
            line: order,
            rep: &ground.rep,
            revenue: sale.1,
            cost: sale.2,
            account: &sale.3,
            ..Sale::default()
        });
        let sales = Sales::build(rows).unwrap();
        let prepared = Prepared::default();
        let mut kept = Kept::default();
        pay(plan, &sales, &prepared, &mut kept);
        kept.lines.iter().map(|line| line.amount).sum()
    }
}

/// Whether the two situations of a finding pay what it says.
fn holds(plan: &Plan, ground: &Ground, one: &Finding) -> bool {
    let (from, to) = (&one.from, &one.to);
    let (from_pay, to_pay) = (amount(from.pay), amount(to.pay));
    let temptation = amount(one.temptation);
    let level = |sales: i64| {
        let period = Own::new().monthly(ground, sales, 12).paid(plan, ground);
        let start = ground.start;
        let order = Own::new()
            .sell(ground, start, sales, "0")
            .paid(plan, ground);
        (period, order)
    };
    let both = || {
        let (low, high) = (level(amount(from.sales)), level(amount(to.sales)));
        (low.0 == from_pay && high.0 == to_pay) || (low.1 == from_pay && high.1 == to_pay)
    };
    match one.wrong {
        Wrong::Cliff => both() && to_pay - from_pay == temptation,
        Wrong::MorePaysLess => both() && to_pay < from_pay && from_pay - to_pay <= temptation,
        Wrong::NothingMore | Wrong::Slower => both() && to_pay >= from_pay,
        Wrong::Split | Wrong::Merge => {
            let size = amount(from.sales);
            let day = ground.start.plus_days(9);
            let half = size / 2 / UNIT * UNIT;
            [false, true].into_iter().any(|old| {
                let begin = || {
                    let new = Own::new();
                    let day = day.plus_days(-400);
                    if old {
                        new.sell(ground, day, UNIT, "1")
                    } else {
                        new
                    }
                };
                let whole = begin().sell(ground, day, size, "1");
                let halves = begin().sell(ground, day, half, "1").sell(
                    ground,
                    day.plus_days(7),
                    size - half,
                    "1",
                );
                whole.paid(plan, ground) == from_pay && halves.paid(plan, ground) == to_pay
            }) && (to_pay - from_pay).abs() == temptation
        }
        Wrong::PullForward | Wrong::HoldBack => {
            let gain = from_pay - to_pay;
            let sign = if one.wrong == Wrong::PullForward {
                1
            } else {
                -1
            };
            gain * sign == temptation && on_days(plan, ground, one)
        }
        Wrong::PaidForLoss => {
            let day = ground.start.plus_months(11).plus_days(19);
            let beside = amount(one.beside).max(UNIT);
            let before = Own::new().monthly(ground, beside, 12);
            let mut after = Own::new().monthly(ground, beside, 12);
            after
                .sales
                .push((day, amount(to.sales), amount(from.sales), "99".into()));
            let own = after.paid(plan, ground) - before.paid(plan, ground);
            let left = amount(to.sales) - amount(from.sales) - own;
            own == to_pay && temptation == own && -left == amount(one.company.unwrap()) && left < 0
        }
        Wrong::CheapDiscount => {
            let day = ground.start.plus_months(11).plus_days(19);
            let cost = ground.order - of_share(ground.order, ground.margin);
            let before = Own::new().monthly(ground, ground.year, 12);
            let with = |revenue: i64| {
                let mut with = Own::new().monthly(ground, ground.year, 12);
                with.sales.push((day, revenue, cost, "99".into()));
                with.paid(plan, ground) - before.paid(plan, ground)
            };
            with(amount(from.sales)) == from_pay && with(amount(to.sales)) == to_pay
        }
    }
}

/// An order on one day or the other, alone, after another of its account, or in a usual time.
fn on_days(plan: &Plan, ground: &Ground, one: &Finding) -> bool {
    let (first, second) = (one.from.day.unwrap(), one.to.day.unwrap());
    let size = ground.order;
    let is = |of: &dyn Fn(Date) -> Own| {
        of(first).paid(plan, ground) == amount(one.from.pay)
            && of(second).paid(plan, ground) == amount(one.to.pay)
    };
    let day = ground.start.plus_days(4);
    let beside = amount(one.beside);
    let over = |day: Date, months: i32| {
        let mut all = Own::new().monthly(ground, beside, months);
        let usual = ground.year / 12 / UNIT * UNIT;
        for month in months..24 {
            let day = ground.start.plus_months(month).plus_days(9);
            all = all.sell(ground, day, usual, &format!("M{month}"));
        }
        all.sell(ground, day, size, "X")
    };
    // A budget's end has somebody else in it: its size is one event's, or the last one's.
    one.keys == ["spiff_budget"]
        || is(&|on| Own::new().sell(ground, on, size, "1"))
        || is(&|on| {
            Own::new()
                .sell(ground, day, size, "1")
                .sell(ground, on, size, "1")
        })
        || [5, 6, 12]
            .into_iter()
            .any(|months| is(&|on| over(on, months)))
}

#[test]
fn rows_stay_where_they_are_when_everybody_is_drawn_once() {
    let row: Row = (5, 0, 1, 2, 900, 3, false);
    let sold = Sales::build(sales(&[row, row])).unwrap();
    assert_eq!(sold.drawn(&vec![1; sold.accounts.len()]), sold);
}
