//! What holds for every scheme: sums, continuity, the order of the input, drawn money.

use perennial::base::Date;
use perennial::commission::sheets::{Whose, statements};
use perennial::commission::{Facts, Kept, Plan, Prepared, Sale, Sales, pay, ready};
use perennial::metrics::{Cell, Number};
use proptest::prelude::*;
use rust_decimal::RoundingStrategy;

use crate::kit::{adds_up, day, paid_by, plan};

const REPS: [&str; 3] = ["Ana", "Ben", ""];
const ACCOUNTS: [&str; 4] = ["A", "B", "C", "D"];
const ITEMS: [&str; 3] = ["P", "Q", "R"];

pub type Row = (i32, usize, usize, usize, i64, i64, bool);

pub fn rows() -> impl Strategy<Value = Vec<Row>> {
    let row = (
        0..900_i32,
        0..3_usize,
        0..4_usize,
        0..3_usize,
        1..9_000_000_i64,
        0..120_i64,
        prop::bool::weighted(0.15),
    );
    prop::collection::vec(row, 1..40)
}

pub fn sales(rows: &[Row]) -> Vec<Sale<'static>> {
    let mut made: Vec<Sale<'static>> = Vec::new();
    for (order, row) in (1_u32..).zip(rows) {
        // A return takes back some earlier sale of the list.
        let sold = made
            .iter()
            .rev()
            .find(|sold| row.6 && !sold.is_return)
            .copied();
        let sale = Sale {
            day: day("2024-01-01").plus_days(row.0),
            order,
            line: order,
            rep: REPS[row.1],
            account: ACCOUNTS[row.2],
            item: ITEMS[row.3],
            partner: ACCOUNTS[row.1],
            revenue: row.4 * 100,
            cost: row.4 * row.5,
            freight: row.4,
            ..Sale::default()
        };
        made.push(match sold {
            Some(sold) => Sale {
                day: sold.day.plus_days(row.0 / 3),
                account: sold.account,
                rep: sold.rep,
                item: sold.item,
                revenue: -(row.4 * 100).min(sold.revenue),
                cost: -sold.cost / 2,
                freight: 0,
                is_return: true,
                returns: Some(sold.order),
                ..sale
            },
            None => sale,
        });
    }
    made
}

pub fn pays(plan: &Plan, sales: &Sales) -> Kept {
    let prepared = Prepared::default();
    let mut kept = Kept::default();
    pay(plan, sales, &prepared, &mut kept);
    kept
}

/// Schemes in which everything occurs, beside the ready ones.
pub fn schemes() -> Vec<Plan> {
    let all = "Ana = 60; Ben = 40";
    let mut plans: Vec<Plan> = ready::ALL.iter().map(|one| plan(one.values)).collect();
    plans.push(plan(&[
        ("tiers", "0: 3; 20000: 5; 60000: 7"),
        ("tiers_pay", "cliff"),
        ("returns", "net"),
        ("splits", all),
        ("held", "33.33"),
    ]));
    plans.push(plan(&[
        ("quota", "50000"),
        ("gate", "50"),
        ("accelerator", "0: 50; 80: 100; 100: 133.33"),
        ("accelerator_pays", "cliff"),
        ("returns", "recomputed"),
        ("adds_up", "quarter"),
    ]));
    plans.push(plan(&[
        ("basis", "contribution"),
        ("negative", "counted"),
        ("below_zero", "carried"),
        ("most_owed", "100"),
        ("overlays", "Eva = 12.5"),
        ("cap_order", "300"),
        ("cap_period", "700"),
        ("cap_keeps", "25"),
    ]));
    plans.push(plan(&[
        ("key", "item"),
        ("repeats", "index"),
        ("repeat_steps", "2: 3; 3: 1"),
        ("renewals", "own"),
        ("with_cash", "40"),
        ("held", "20"),
        ("released", "next_order"),
        ("period", "quarter"),
        ("clawback", "full"),
        ("clawback_days", "120"),
    ]));
    plans.push(plan(&[
        ("draw", "500"),
        ("draw_is", "recoverable"),
        ("draw_months", "9"),
        ("spiff", "2024-02-01: 50"),
        ("spiff_budget", "220"),
        ("milestones", "2: 10; 3: 20"),
        ("milestones_of", "new_accounts"),
        ("clawback", "term"),
        ("event", "delivery"),
    ]));
    plans.push(plan(&[
        ("payee", "partner"),
        ("bands", "0: 1; 20: 4"),
        ("period", "year"),
        ("kept", "1"),
        ("growth", "2"),
        ("lifetime", "10000: 5; 40000: 7"),
    ]));
    plans
}

proptest! {
    #[test]
    fn statements_add_up_and_the_order_of_the_input_does_not_matter(rows in rows(), seed in any::<u64>()) {
        let made = sales(&rows);
        let mut other = made.clone();
        other.sort_by_key(|sale| u64::from(sale.order).wrapping_mul(seed | 1));
        let made = Sales::build(made).unwrap();
        let other = Sales::build(other).unwrap();
        for plan in schemes() {
            let kept = pays(&plan, &made);
            adds_up(&kept);
            prop_assert_eq!(&kept, &pays(&plan, &other));
        }
    }

    #[test]
    fn marginal_pay_is_continuous_and_never_falls(sold in 1..90_000_000_i64, more in 1..500_i64) {
        let plan = plan(&[("tiers", "0: 3; 300000: 5; 600000: 7"), ("quota", "400000"), ("gate", "50"), ("gate_pays", "above"), ("accelerator", "0: 80; 100: 150")]);
        let at = |cents: i64| {
            let one = Sale { day: Date::from_days(20_000), rep: "Ana", account: "A", revenue: cents * 100, ..Sale::default() };
            pays(&plan, &Sales::build([one]).unwrap()).paid()
        };
        let (before, after) = (at(sold), at(sold + more));
        // The highest rate is 7 % x 150 %, and each of at most six lines is rounded by half a cent.
        prop_assert!(after - before >= -600 && after - before <= more * 100 * 105 / 1_000 + 600, "{before} {after}");
    }

    #[test]
    fn in_one_period_or_month_by_month(rows in rows()) {
        // What adds up over the year does not depend on how often it is paid.
        let made = Sales::build(sales(&rows)).unwrap();
        for values in [
            vec![("tiers", "0: 3; 20000: 5; 60000: 7")],
            vec![("tiers", "0: 3; 20000: 5; 60000: 7"), ("tiers_pay", "cliff"), ("returns", "recomputed")],
            vec![("quota", "50000"), ("gate", "50"), ("returns", "net")],
            vec![("repeats", "own"), ("lifetime", "9000: 5")],
        ] {
            let mut yearly = values.clone();
            yearly.push(("period", "year"));
            let (monthly, yearly) = (pays(&plan(&values), &made), pays(&plan(&yearly), &made));
            prop_assert_eq!(monthly.paid(), yearly.paid(), "{:?}", values);
        }
    }

    #[test]
    fn splitting_an_order_into_lines_changes_only_rounding(parts in prop::collection::vec(1..900_000_i64, 1..12)) {
        let tiers = plan(&[("tiers", "0: 3; 20000: 5; 60000: 7"), ("tiers_pay", "cliff")]);
        let line = |(at, cents): (usize, &i64)| Sale { day: Date::from_days(20_000), line: at as u32, rep: "Ana", account: "A", revenue: cents * 100, ..Sale::default() };
        let split = pays(&tiers, &Sales::build(parts.iter().enumerate().map(line)).unwrap()).paid();
        let whole: i64 = parts.iter().sum();
        let whole = pays(&tiers, &Sales::build([line((0, &whole))]).unwrap()).paid();
        prop_assert!((split - whole).abs() <= 100 * parts.len() as i64, "{split} {whole}");
    }

    #[test]
    fn recoverable_draws_conserve_money(earned in prop::collection::vec(0..6_000_i64, 1..24), draw in 1..4_000_i64, months in 0..18_u32) {
        let (draw, months) = (draw.to_string(), months.to_string());
        let plan = plan(&[("rate", "100"), ("draw", &draw), ("draw_is", "recoverable"), ("draw_months", &months)]);
        let one = |(at, amount): (usize, &i64)| Sale { day: day("2024-01-15").plus_months(at as i32), order: at as u32, rep: "Ana", account: "A", revenue: amount * 10_000, ..Sale::default() };
        let made = Sales::build(earned.iter().enumerate().map(one)).unwrap();
        let paid = paid_by(&plan, &made, Facts::default());
        let balance = paid.kept.closings.last().map_or(0, |one| one.2.draw_balance);
        prop_assert!(balance >= 0);
        prop_assert_eq!(paid.kept.paid() - balance, earned.iter().sum::<i64>() * 10_000);
    }

    #[test]
    fn a_return_of_all_leaves_nothing(rows in rows()) {
        let kept: Vec<Sale<'static>> = sales(&rows).into_iter().filter(|sale| !sale.is_return).collect();
        let back = kept.iter().map(|sold| Sale {
            day: sold.day.plus_days(1_000), order: sold.order + 500, revenue: -sold.revenue, cost: -sold.cost,
            freight: -sold.freight, is_return: true, returns: Some(sold.order), ..*sold
        });
        let made = Sales::build(kept.iter().copied().chain(back)).unwrap();
        for values in [
            vec![("tiers", "0: 3; 20000: 5")],
            vec![("tiers", "0: 3; 20000: 5"), ("tiers_pay", "cliff"), ("returns", "recomputed")],
            vec![("basis", "margin"), ("returns", "recomputed"), ("splits", "Ana = 33.33; Ben = 66.67")],
        ] {
            let paid = pays(&plan(&values), &made).paid();
            // What is computed again is rounded again; true-ups stay under "at the rate paid".
            prop_assert!(paid.abs() <= 100 * 2 * made.len() as i64, "{paid} {values:?}");
        }
    }

    #[test]
    fn computed_again_is_as_if_the_rest_had_never_been_sold(rows in rows()) {
        let made: Vec<Sale<'static>> = sales(&rows).into_iter().map(|sale| Sale { cost: 0, freight: 0, ..sale }).collect();
        let kept = made.iter().filter(|sale| !sale.is_return).map(|sold| {
            let back = made.iter().filter(|one| one.returns == Some(sold.order)).map(|one| one.revenue);
            Sale { revenue: (sold.revenue + back.sum::<i64>()).max(0), ..*sold }
        });
        let (less, made) = (Sales::build(kept).unwrap(), Sales::build(made.iter().copied()).unwrap());
        let tiers = ("tiers", "0: 3; 20000: 5; 60000: 7");
        for values in [
            vec![("rate", "10"), ("cap_order", "1500")],
            vec![("cap_order", "1500"), ("adds_up", "order"), tiers],
            vec![("rate", "10"), ("cap_period", "2000")],
            vec![("rate", "10"), ("cap_period", "2000"), ("cap_keeps", "25"), ("cap_order", "1500"), ("held", "40")],
            vec![("cap_period", "2000"), ("adds_up", "month"), tiers, ("with_cash", "30")],
            vec![("cap_period", "2000"), ("adds_up", "quarter"), ("period", "quarter"), tiers, ("tiers_pay", "cliff")],
            vec![("rate", "10"), ("held", "40"), ("released", "next_order"), ("cap_order", "1500")],
            vec![("rate", "10"), ("held", "40"), ("released", "next_order"), ("splits", "Ana = 33.33; Ben = 66.67")],
        ] {
            let mut values = values;
            values.push(("returns", "recomputed"));
            let plan = plan(&values);
            let (again, never) = (pays(&plan, &made).paid(), pays(&plan, &less).paid());
            // What is computed again is rounded again.
            let cents = 100 * 3 * (made.len() as i64 + 1);
            prop_assert!((again - never).abs() <= cents, "{} {} {:?}", again, never, values);
        }
    }

    #[test]
    fn what_stands_before_rounding_is_what_was_rounded(rows in rows()) {
        let made = Sales::build(sales(&rows)).unwrap();
        for plan in schemes() {
            let sheet = statements(&plan, &made, &pays(&plan, &made), None, Whose::default());
            let at = sheet.columns.iter().position(|column| column.key == "exact").unwrap();
            for row in &sheet.rows {
                let (Cell::Number(exact, _), Some(Cell::Number(amount, _))) = (&row[at], row.last()) else { continue };
                let (Number::Exact(exact), Number::Exact(amount)) = (exact, amount) else { panic!() };
                let strategy = RoundingStrategy::MidpointAwayFromZero;
                prop_assert_eq!(exact.round_dp_with_strategy(2, strategy), *amount, "{:?}", row);
            }
        }
    }
}
