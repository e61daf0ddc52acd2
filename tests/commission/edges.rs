//! Rules where they are easily got wrong: orders of several days, other days that count, ends of
//! years and draws. Amounts are in cents.

use perennial::commission::{Facts, People, Rule, Sale, Sales};
use proptest::prelude::*;

use crate::kit::{UNIT, back, by, day, paid, paid_by, plan, plan_of, sale};

/// Two orders whose lines lie on two days each, and another account's order between.
fn two_days() -> [Sale<'static>; 3] {
    let line = |on, line| Sale {
        line,
        ..sale(on, 1, 1_000_000)
    };
    let other = Sale {
        account: "C2",
        ..sale("2025-01-20", 2, 10_000)
    };
    [line("2025-01-05", 1), other, line("2025-02-05", 3)]
}

#[test]
fn c11_the_cap_of_an_order_does_not_depend_on_other_orders() {
    // "By its lines of one day": 400 on each of its two days.
    let values = [("cap_order", "400")];
    let [first, other, second] = two_days();
    assert_eq!(paid(&values, [first, second]).all(), 80_000);
    assert_eq!(paid(&values, [first, other, second]).all(), 80_500);
    // Delivered on one day, with another order's line between them.
    let sales = Sales::build([first, other, second]).unwrap();
    let facts = Facts {
        delivered: vec![Some(day("2025-03-01")); 3],
        ..Facts::default()
    };
    let by_delivery = plan(&[("cap_order", "400"), ("event", "delivery")]);
    assert_eq!(paid_by(&by_delivery, &sales, facts).all(), 40_500);
}

#[test]
fn c6_each_order_by_itself_is_all_its_lines() {
    let values = [("tiers", "0: 5; 10000: 10"), ("adds_up", "order")];
    let [first, other, second] = two_days();
    assert_eq!(paid(&values, [first, second]).all(), 150_000);
    assert_eq!(paid(&values, [first, other, second]).all(), 150_500);
}

#[test]
fn c17_whose_an_account_is_goes_by_the_day_of_its_orders() {
    // Ben's order is paid before Ana's earlier one.
    let by = |rep, on, order, in_cents| Sale {
        rep,
        ..sale(on, order, in_cents)
    };
    let sales = [
        by("Ana", "2024-12-01", 1, 100_000),
        by("Ana", "2025-01-05", 2, 1_000_000),
        by("Ben", "2025-01-20", 3, 2_000_000),
    ];
    let sales = Sales::build(sales).unwrap();
    let paid_on = ["2024-12-20", "2025-03-20", "2025-02-10"];
    let facts = Facts {
        paid: paid_on.map(|on| Some(day(on))).to_vec(),
        ..Facts::default()
    };
    let found = paid_by(
        &plan(&[("tail", "30"), ("event", "payment")]),
        &sales,
        facts,
    );
    assert_eq!(found.of(Rule::Tail), [30_000]);
    assert_eq!((found.to("Ana"), found.to("Ben")), (85_000, 100_000));
}

#[test]
fn c16_an_order_of_the_house_pays_no_overlay_and_no_tail() {
    // "An order with no salesperson is the house's and pays nobody."
    let sales = [
        by("Ana", "2025-01-15", 1),
        by("Ben", "2025-02-15", 2),
        by("", "2025-02-20", 3),
    ];
    let values = [("rate", "10"), ("tail", "25"), ("overlays", "Eva = 20")];
    let found = paid(&values, sales);
    assert_eq!(found.of(Rule::Tail), [2_500]);
    assert_eq!(found.of(Rule::Overlay), [2_000, 2_000]);
    assert_eq!(found.all(), 26_500);
}

#[test]
fn c19_a_first_order_of_the_house_has_been() {
    let by = |rep, on, order| Sale {
        rep,
        item: "P1",
        partner: if rep.is_empty() { "" } else { "Dist" },
        ..sale(on, order, 10_000)
    };
    let sales = [by("", "2024-01-05", 1), by("Ana", "2025-02-20", 2)];
    let at = |of: &[(&str, &str)]| {
        let mut values = vec![("rate", "0"), ("spiff", "2025-01-01: 100")];
        values.extend(of);
        paid(&values, sales).all()
    };
    assert_eq!(at(&[]), 0);
    assert_eq!(at(&[("spiff_for", "item")]), 0);
    assert_eq!(at(&[("payee", "partner")]), 0);
    // Every order is an event of its own.
    assert_eq!(at(&[("spiff_for", "every")]), 10_000);
}

#[test]
fn c20_a_count_is_shown_as_a_whole_number() {
    let values = [("milestones", "1: 200"), ("milestones_of", "new_accounts")];
    let found = paid(&values, [sale("2025-01-15", 1, 100_000)]);
    let line = found
        .kept
        .lines
        .iter()
        .find(|line| line.rule == Rule::Milestone);
    assert_eq!(
        line.map(|line| (line.base, line.amount / 100)),
        Some((UNIT, 20_000))
    );
}

#[test]
fn c12_months_of_a_draw_are_counted_from_the_first_sale() {
    let sales = [
        sale("2024-12-31", 1, 10_000),
        sale("2025-02-15", 2, 10_000),
        sale("2025-05-15", 3, 10_000),
    ];
    // "A period that has begun is paid in full": December, January and February.
    let values = |period| [("draw", "1000"), ("draw_months", "3"), ("period", period)];
    let draws = |values: &[(&str, &str)]| paid(values, sales).periods();
    assert_eq!(draws(&values("quarter")), [100_000, 100_000, 500]);
    assert_eq!(draws(&values("year")), [100_000, 100_000]);
    assert_eq!(
        draws(&values("month")[..2]),
        [100_000, 100_000, 100_000, 500]
    );
    let two = [
        ("draw", "1000"),
        ("draw_months", "1"),
        ("period", "quarter"),
    ];
    assert_eq!(draws(&two), [100_000, 500, 500]);
}

#[test]
fn c12_a_guarantee_that_has_ended_forgives_nothing() {
    let sales = [
        sale("2024-12-15", 1, 1_000_000),
        back("2025-03-20", 2, 1, 1_000_000),
        Sale {
            account: "C2",
            ..sale("2025-04-20", 3, 3_000_000)
        },
    ];
    let values = [("draw", "100"), ("draw_months", "1")];
    assert_eq!(paid(&values, sales).periods(), [50_000, -50_000, 150_000]);
    // In its months it does.
    assert_eq!(
        paid(&values[..1], sales).periods(),
        [50_000, 10_000, 10_000, 10_000, 150_000]
    );
}

#[test]
fn c21_a_year_that_is_over_has_its_bonus_without_a_sale_in_december() {
    let rows = [
        sale("2024-02-15", 1, 1_000_000),
        sale("2025-11-20", 2, 3_000_000),
    ];
    let at = |until, period| {
        let mut sales = Sales::build(rows).unwrap();
        sales.until = Some(day(until));
        let plan = plan(&[("rate", "0"), ("kept", "2"), ("period", period)]);
        let found = paid_by(&plan, &sales, Facts::default());
        let closed = found.kept.closings.last();
        (found.all(), closed.map(|one| plan.period_name(one.1)))
    };
    let december = || Some("2025-12".to_owned());
    assert_eq!(at("2026-03-31", "month"), (20_000, december()));
    assert_eq!(at("2025-12-31", "month"), (20_000, december()));
    assert_eq!(at("2025-12-30", "month").0, 0);
    assert_eq!(
        at("2026-03-31", "quarter"),
        (20_000, Some("2025 Q4".to_owned()))
    );
    assert_eq!(at("2026-03-31", "year"), (20_000, Some("2025".to_owned())));
}

#[test]
fn c14_computed_again_pays_what_is_left_at_its_place() {
    // "The sale's period is computed again": what is left is 40,000 at 2 %, below the gate.
    let sales = [
        sale("2025-01-15", 1, 6_000_000),
        sale("2025-02-15", 2, 4_000_000),
        back("2025-03-15", 3, 1, 6_000_000),
    ];
    let gate = |pays| {
        [
            ("repeats", "own"),
            ("repeat", "2"),
            ("quota", "100000"),
            ("gate", "60"),
            ("gate_pays", pays),
            ("returns", "recomputed"),
        ]
    };
    let above = gate("above");
    assert_eq!(paid(&above, sales).periods(), [0, 80_000, -80_000]);
    // What is sold after it is paid as if the first had never been.
    let more = sales.into_iter().chain([sale("2025-04-15", 4, 3_000_000)]);
    assert_eq!(paid(&above, more.clone()).all(), 20_000);
    let first: Vec<_> = gate("first")
        .into_iter()
        .filter(|v| v.1 != "first")
        .collect();
    assert_eq!(paid(&first, sales).all(), 0);
    assert_eq!(paid(&first, more).all(), 140_000);
    // Half of it back: 30,000 and 40,000, of which 10,000 are above the gate.
    let half = [sales[0], sales[1], back("2025-03-15", 3, 1, 3_000_000)];
    assert_eq!(paid(&above, half).all(), 20_000);
    let twice = half
        .into_iter()
        .chain([back("2025-03-16", 4, 1, 3_000_000)]);
    assert_eq!(paid(&above, twice).all(), 0);
    // In a later year, the sum of the year before is changed all the same.
    let later = [sales[0], sales[1], back("2026-03-15", 3, 1, 6_000_000)];
    let later = later.into_iter().chain([sale("2026-01-15", 4, 100)]);
    assert_eq!(paid(&above, later).all(), 0);
}

proptest! {
    /// Whatever the order of the sales and of their rates.
    #[test]
    fn c14_computed_again_is_as_if_it_had_not_been_sold(
        sold in proptest::collection::vec((1..80_000_i64, any::<bool>(), 0..4_i64), 1..8),
        tiers in 0..4_usize,
    ) {
        let levels: [&[(&str, &str)]; 4] = [
            &[("tiers", "0: 5; 40000: 8; 90000: 10")],
            &[("tiers", "0: 5; 40000: 8; 90000: 10"), ("tiers_pay", "cliff")],
            &[("quota", "100000"), ("gate", "60"), ("gate_pays", "above")],
            &[("quota", "100000"), ("accelerator", "0: 50; 80: 100; 100: 200")],
        ];
        let mut values = vec![("products", "Own = 2"), ("returns", "recomputed")];
        values.extend(levels[tiers]);
        let (mut rows, mut left) = (Vec::new(), Vec::new());
        for ((amount, own, quarters), order) in sold.iter().zip(1_u32..) {
            let sold = Sale {
                item: if *own { "Own" } else { "Other" },
                ..sale(&format!("2025-01-{order:02}"), order, amount * 400)
            };
            rows.push(sold);
            if *quarters > 0 {
                let on = format!("2025-{:02}-20", 1 + order % 3);
                rows.push(Sale { item: sold.item, ..back(&on, 100 + order, order, amount * 100 * quarters) });
            }
            let kept = Sale { revenue: sold.revenue / 4 * (4 - quarters), ..sold };
            left.push(kept);
        }
        // Sold after the returns: on the level that is left.
        let last = sale("2025-12-01", 50, 5_000_000);
        rows.push(last);
        left.push(last);
        let (found, expected) = (paid(&values, rows).all(), paid(&values, left).all());
        // Each line is rounded to cents.
        prop_assert!((found - expected).abs() <= 10, "{found} {expected}");
    }
}

#[test]
fn c18_an_override_is_capped_and_waits_as_every_commission_does() {
    let mut people = People::default();
    people.managers.insert("Ana".into(), "Mia".into());
    let rows = |rows: &[Sale<'static>]| Sales::build(rows.iter().copied()).unwrap();
    let sold = sale("2025-01-15", 1, 1_000_000);
    let to_mia = |values: &[(&str, &str)], sales: &[Sale<'static>]| {
        let mut all = vec![("rate", "5"), ("override_rate", "2")];
        all.extend(values);
        let found = paid_by(&plan_of(&all, &people), &rows(sales), Facts::default());
        let mia = found.names.iter().position(|name| name == "Mia").unwrap() as u32;
        let own = found.kept.closings.iter().filter(|one| one.0 == mia);
        own.map(|one| one.2.payout / 100).collect::<Vec<_>>()
    };
    // "The most that one order pays one person."
    let line = Sale { line: 9, ..sold };
    assert_eq!(to_mia(&[("cap_order", "300")], &[sold, line]), [30_000]);
    // "The share of each order's commission that is paid later."
    assert_eq!(to_mia(&[("held", "40")], &[sold]), [12_000, 8_000]);
    assert_eq!(to_mia(&[("with_cash", "50")], &[sold]), [10_000, 10_000]);
    // A return takes back what was paid, and no more.
    let returned = back("2025-06-15", 2, 1, 1_000_000);
    for returns in ["paid", "recomputed"] {
        let values = [("returns", returns), ("cap_order", "150"), ("held", "40")];
        assert_eq!(to_mia(&values, &[sold, returned]), [9_000, 6_000, -15_000]);
        let at_once = [sold, back("2025-01-20", 2, 1, 1_000_000)];
        let all: i64 = to_mia(&values, &at_once).iter().sum();
        assert_eq!(all, 0, "{returns}");
    }
}
