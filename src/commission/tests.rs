//! The golden file G2 and replays of it: by salesperson, to the cent.

#![allow(clippy::float_cmp)] // Amounts of cents are exact.

use super::banded::Draws;
use super::compare::{Comparison, Cost, compare};
use super::replay::Replay;
use super::sheets::{self, Whose};
use super::*;
use crate::base::Date;
use crate::metrics::{Cell, Number};
use crate::orders::OrderBook;
use crate::orders::testing::one;

const G2: &str = "date|account|salesperson|revenue|cost|freight
    2025-01-15|C1|Ana|50000|38000|1500
    2025-02-10|C2|Ben|12000|7800|300
    2025-03-05|C3|Ana|80000|66000|2400
    2025-04-02|C3|Ana|-20000|-16500|0
    2025-04-12|C2|Ben|12000|7800|300
    2025-06-11|C2|Ben|14000|9100|350
    2025-08-09|C2|Ben|14000|9100|350
    2025-10-08|C2|Ben|16000|10400|400
    2025-12-05|C2|Ben|16000|10400|400";

fn book() -> OrderBook {
    one(G2).book
}

fn sales() -> Sales {
    Sales::of(&book(), Date::parse("2025-12-31").unwrap()).unwrap()
}

fn schemes() -> Vec<Scheme> {
    vec![
        Scheme::new(
            "A",
            &[
                ("rate", "5"),
                ("repeats", "nothing"),
                ("returns", "ignored"),
            ],
        ),
        Scheme::new("A'", &[("rate", "5"), ("repeats", "nothing")]),
        Scheme::new("B", &[("rate", "3"), ("returns", "net")]),
        Scheme::new(
            "C",
            &[
                ("rate", "12"),
                ("basis", "margin"),
                ("freight", "off"),
                ("negative", "counted"),
                ("returns", "net"),
            ],
        ),
    ]
}

fn plans(schemes: &[Scheme]) -> Vec<Plan> {
    let people = People::default();
    schemes
        .iter()
        .map(|scheme| Plan::of(scheme, &people).unwrap())
        .collect()
}

fn compared(sales: &Sales, plans: &[Plan], ltv: Option<&[f64]>) -> Comparison {
    let paid = Replay::new(sales, plans, FirstKey::Account).all();
    let each: Vec<_> = plans
        .iter()
        .zip(&paid)
        .map(|(plan, paid)| (plan.name(), Ok((plan, paid))))
        .collect();
    compare(sales, &Sold::of(sales), &each, Some(0), ltv)
}

fn cost(found: &Comparison, at: usize) -> &Cost {
    found.columns[at].paid.as_ref().unwrap()
}

#[test]
fn g2_pays_what_it_must_under_all_four_schemes() {
    let sales = sales();
    let plans = plans(&schemes());
    let found = compared(&sales, &plans, None);
    assert_eq!(found.revenue.to_f64(), 194_000.0);
    assert_eq!(found.contribution.to_f64(), 45_900.0);
    let expected = [
        (6_500.0, 600.0, 7_100.0),
        (5_500.0, 600.0, 6_100.0),
        (3_300.0, 2_520.0, 5_820.0),
        (2_232.0, 3_276.0, 5_508.0),
    ];
    for (at, (ana, ben, total)) in expected.into_iter().enumerate() {
        let cost = cost(&found, at);
        let names: Vec<&str> = cost
            .payees
            .iter()
            .map(|payee| payee.name.as_str())
            .collect();
        assert_eq!(names, ["Ana", "Ben"]);
        assert_eq!(cost.payees[0].pay.to_f64(), ana, "{at}");
        assert_eq!(cost.payees[1].pay.to_f64(), ben, "{at}");
        assert_eq!(cost.total.to_f64(), total, "{at}");
        assert!((cost.of_contribution.unwrap() - total / 45_900.0).abs() < 1e-12);
    }
    // The point of it: Ben brings 59.5 % of margin after freight and gets 8.5 % of pay.
    let a = cost(&found, 0);
    let ben = &a.payees[1];
    let margin = ben.contribution.to_f64() / found.contribution.to_f64();
    let pay = ben.pay.to_f64() / a.total.to_f64();
    assert_eq!(
        format!("{:.1} {:.1}", margin * 100.0, pay * 100.0),
        "59.5 8.5"
    );
    assert_eq!(a.first_share, Some(1.0));
    // Against A: under C Ana loses and Ben wins.
    let c = cost(&found, 3);
    assert_eq!((c.winners, c.losers), (1, 1));
    assert_eq!(c.payees[1].gain.unwrap().to_f64(), 2_676.0);
    // C pays Ben's first order 12 % of 3,900, Ana's 2,592 - 360 for the return.
    assert_eq!(c.first.to_f64(), 468.0 + 2_232.0);
    assert_eq!(c.repeats.to_f64(), 3_276.0 - 468.0);
    assert!(c.gini.unwrap() < a.gini.unwrap());
}

#[test]
fn lifetime_value_stands_against_pay() {
    let sales = sales();
    let plans = plans(&schemes());
    // C1, C2, C3.
    let ltv = [1_000.0, 50_000.0, 2_000.0];
    let found = compared(&sales, &plans, Some(&ltv));
    let (a, c) = (cost(&found, 0), cost(&found, 3));
    assert!((a.ltv_per_pay.unwrap() - 53_000.0 / 7_100.0).abs() < 1e-9);
    assert!((a.payees[1].ltv_per_pay.unwrap() - 50_000.0 / 600.0).abs() < 1e-9);
    assert!(c.follows_ltv.unwrap() > a.follows_ltv.unwrap());
}

#[test]
fn totals_are_what_statements_add_up_to() {
    let sales = sales();
    let ready: Vec<Scheme> = ready::ALL.iter().map(ready::Ready::scheme).collect();
    let plans = plans(&ready);
    let replay = Replay::new(&sales, &plans, FirstKey::Account);
    for (at, plan) in plans.iter().enumerate() {
        let paid = replay.one(at);
        let mut kept = Kept::default();
        pay(plan, &sales, &Prepared::default(), &mut kept);
        let lines: i64 = kept.lines.iter().map(|line| line.amount).sum();
        assert_eq!(paid.total(), lines, "{}", plan.name());
        assert_eq!(
            paid.first + paid.repeats + paid.other,
            lines,
            "{}",
            plan.name()
        );
        assert_eq!(paid.total(), kept.paid());
        assert_eq!(paid.lines, kept.lines.len() as u64);
    }
}

#[test]
fn a_refused_scheme_stands_beside_the_others() {
    let sales = sales();
    let refused = Plan::of(&Scheme::new("G", &[("gate", "80")]), &People::default()).unwrap_err();
    let found = compare(
        &sales,
        &Sold::of(&sales),
        &[("G", Err(&refused[..]))],
        None,
        None,
    );
    assert!(found.columns[0].paid.as_ref().unwrap_err()[0].contains("quota"));
    assert!(matches!(
        sheets::comparison(&found).rows[0][1],
        Cell::Empty(_)
    ));
}

#[test]
fn statements_carry_their_audit_trail() {
    let (book, sales) = (book(), sales());
    let plans = plans(&schemes()[1..2]);
    let mut kept = Kept::default();
    pay(&plans[0], &sales, &Prepared::default(), &mut kept);
    let sheet = sheets::statements(&plans[0], &sales, &kept, Some(&book), Whose::default());
    let column = |key: &str| {
        sheet
            .columns
            .iter()
            .position(|column| column.key == key)
            .unwrap()
    };
    let number = |cell: &Cell| match cell {
        Cell::Number(Number::Exact(number), _) => number.to_string(),
        _ => String::new(),
    };
    assert!(
        sheet
            .rows
            .iter()
            .all(|row| row.len() == sheet.columns.len())
    );
    let first = &sheet.rows[0];
    assert_eq!(first[column("payee")], Cell::Text("Ana".into()));
    assert_eq!(first[column("period")], Cell::Text("2025-01".into()));
    assert_eq!(number(&first[column("base")]), "50000");
    assert_eq!(number(&first[column("rate")]), "5");
    assert_eq!(number(&first[column("exact")]), "2500");
    assert_eq!(number(&first[column("amount")]), "2500.00");
    assert_eq!(number(&first[column("file_line")]), "2");
    assert_eq!(first[column("account")], Cell::Text("C1".into()));
    // Each statement's payout is the sum of its rows.
    let mut sum = rust_decimal::Decimal::ZERO;
    let mut payouts = 0;
    for row in &sheet.rows {
        let amount = number(&row[column("amount")]);
        let amount: rust_decimal::Decimal = amount.parse().unwrap();
        if row[column("rule")] == Cell::Text("Payout".into()) {
            assert_eq!(amount, sum);
            sum = rust_decimal::Decimal::ZERO;
            payouts += 1;
        } else {
            sum += amount;
        }
    }
    assert!(payouts >= 4);
    let one = Whose {
        payee: Some(0),
        period: Some(plans[0].period_of(Date::parse("2025-03-01").unwrap())),
    };
    let march = sheets::statements(&plans[0], &sales, &kept, Some(&book), one);
    assert_eq!(march.rows.len(), 2);
    assert_eq!(
        march.rows[0][column("rule")],
        Cell::Text("Commission".into())
    );
    assert_eq!(number(&march.rows[1][column("amount")]), "4000.00");
}

#[test]
fn bands_repeat_and_hold_the_total() {
    let sales = sales();
    let plans = plans(&schemes());
    let paid = Replay::new(&sales, &plans, FirstKey::Account).all();
    let bands = |seed| {
        let mut draws = Draws::new(&sales, &Sold::of(&sales), &plans, &paid, seed, 200);
        (0..200).for_each(|_| draws.draw());
        (draws.of(1, Some(0)).unwrap(), draws.of(2, Some(0)).unwrap())
    };
    let (returns, all) = bands(7);
    assert_eq!((returns, all), bands(7));
    assert!(returns.paid_anew && returns.draws == 200);
    assert!(all.total.low < 5_820.0 && all.total.high > 5_820.0);
    // A' takes back what A does not: never dearer, and cheaper wherever C3 was drawn (19 in 27).
    assert!(returns.more.unwrap().high <= 0.0);
    assert!((returns.cheaper.unwrap() - 19.0 / 27.0).abs() < 0.12);
}
