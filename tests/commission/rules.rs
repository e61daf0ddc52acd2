//! Rules beyond the worked tests: each with its number. Amounts are in cents.

use perennial::commission::{Class, Facts, People, Rule, Sale, Sales};

use crate::kit::{back, by, day, monthly, paid, paid_by, plan, plan_of, sale};

#[test]
fn c2_an_order_at_a_loss_pays_nothing_or_lowers_pay() {
    let loss = |on, order| Sale {
        cost: 1_500_000,
        ..sale(on, order, 10_000)
    };
    let gain = Sale {
        cost: 500_000,
        ..sale("2025-01-15", 1, 10_000)
    };
    let values = [("basis", "margin"), ("rate", "10")];
    assert_eq!(paid(&values, [gain, loss("2025-01-16", 2)]).all(), 500);
    let counted = [("basis", "margin"), ("rate", "10"), ("negative", "counted")];
    assert_eq!(paid(&counted, [gain, loss("2025-01-16", 2)]).all(), 0);
    // What paid nothing takes nothing back.
    let returned = Sale {
        cost: -1_500_000,
        ..back("2025-02-01", 3, 2, 10_000)
    };
    let net = [("basis", "margin"), ("rate", "10"), ("returns", "net")];
    assert_eq!(
        paid(&net, [gain, loss("2025-01-16", 2), returned]).all(),
        500
    );
}

#[test]
fn c2_contribution_and_list_price() {
    let sold = Sale {
        cost: 6_000_000,
        freight: 200_000,
        other: 100_000,
        discount: 1_000_000,
        ..sale("2025-01-15", 1, 100_000)
    };
    let at = |values: &[(&str, &str)]| paid(values, [sold]).all();
    assert_eq!(at(&[("basis", "contribution"), ("rate", "10")]), 3_700);
    assert_eq!(
        at(&[
            ("basis", "contribution"),
            ("rate", "10"),
            ("freight", "kept")
        ]),
        3_900
    );
    assert_eq!(at(&[("basis", "margin"), ("rate", "10")]), 4_000);
    assert_eq!(at(&[("rate", "10"), ("freight", "off")]), 9_800);
    assert_eq!(at(&[("basis", "list"), ("rate", "10")]), 11_000);
}

#[test]
fn c4_the_window_and_the_key() {
    let item = |item, on, order| Sale {
        item,
        ..sale(on, order, 10_000)
    };
    let sales = [
        item("P", "2025-01-01", 1),
        item("P", "2025-04-01", 2),
        item("Q", "2025-04-02", 3),
    ];
    let first = [("repeats", "nothing")];
    assert_eq!(paid(&first, sales).all(), 500);
    assert_eq!(
        paid(&[("repeats", "nothing"), ("window", "90")], sales).all(),
        1_000
    );
    assert_eq!(
        paid(&[("repeats", "nothing"), ("key", "item")], sales).all(),
        1_000
    );
}

#[test]
fn c5_repeats_by_number_and_by_months() {
    let sales = monthly(&[100, 100, 100, 100]);
    let by_index = [
        ("rate", "10"),
        ("repeats", "index"),
        ("repeat_steps", "3: 5; 4: 1"),
    ];
    assert_eq!(
        paid(&by_index, sales.clone()).periods(),
        [1_000, 1_000, 500, 100]
    );
    let own = [("rate", "10"), ("repeats", "own"), ("repeat", "2")];
    let own = paid(&own, sales.clone());
    assert_eq!(own.periods(), [1_000, 200, 200, 200]);
    assert_eq!(own.kept.lines[1].class, Class::Repeat);
    let sunset = [
        ("rate", "10"),
        ("repeats", "months"),
        ("repeat_steps", "0: 4; 2: 0"),
    ];
    assert_eq!(paid(&sunset, sales).of(Rule::Commission), [1_000, 400]);
}

#[test]
fn a_part_goes_before_its_stream() {
    let of = |stream, item, order| Sale {
        stream,
        item,
        ..sale("2025-01-15", order, 10_000)
    };
    let values = [("products", "Spares = 8; P = 1; Freight = 0")];
    let paid = paid(
        &values,
        [
            of("Spares", "X", 1),
            of("Spares", "P", 2),
            of("Freight", "F", 3),
            of("", "", 4),
        ],
    );
    assert_eq!(paid.of(Rule::Commission), [800, 100, 500]);
}

#[test]
fn c8_quotas_of_their_own() {
    let ben = Sale {
        rep: "Ben",
        ..sale("2025-01-15", 2, 10_000_000)
    };
    let values = [
        ("quota", "200000"),
        ("quotas", "Ben = 50000"),
        ("accelerator", "0: 100; 100: 200"),
    ];
    let paid = paid(&values, [sale("2025-01-15", 1, 10_000_000), ben]);
    // Ben: 50,000 at 5 % and 50,000 at 10 %.
    assert_eq!((paid.to("Ana"), paid.to("Ben")), (500_000, 750_000));
}

#[test]
fn c9_a_decelerator_and_an_accelerator_on_all() {
    let values = |pays| {
        [
            ("rate", "10"),
            ("quota", "100000"),
            ("accelerator", "0: 50; 80: 100; 100: 150"),
            ("accelerator_pays", pays),
        ]
    };
    let at = |pays, sold: i64| {
        paid(
            &values(pays)[..if pays == "marginal" { 3 } else { 4 }],
            [sale("2025-01-15", 1, sold * 100)],
        )
        .all()
            / 100
    };
    assert_eq!(
        [50_000, 90_000, 120_000].map(|sold| at("marginal", sold)),
        [2_500, 5_000, 9_000]
    );
    assert_eq!(
        [50_000, 90_000, 120_000].map(|sold| at("cliff", sold)),
        [2_500, 9_000, 18_000]
    );
}

#[test]
fn c10_a_gate_is_passed_with_a_true_up() {
    let values = [("quota", "100000"), ("gate", "80")];
    let paid = paid(&values, monthly(&[50_000, 20_000, 10_000, 10_000]));
    assert_eq!(paid.periods(), [0, 0, 400_000, 50_000]);
    assert_eq!(paid.of(Rule::TrueUp), [350_000]);
}

#[test]
fn c11_an_order_and_a_period_are_capped() {
    let lines = [1, 2].map(|line| Sale {
        line,
        ..sale("2025-01-15", 7, 1_000_000)
    });
    let paid = paid(&[("rate", "10"), ("cap_order", "1500")], lines);
    assert_eq!(paid.of(Rule::OrderCap), [-50_000]);
    assert_eq!(paid.all(), 150_000);
}

#[test]
fn c13_a_draw_that_ends() {
    let values = [
        ("rate", "100"),
        ("draw", "1000"),
        ("draw_is", "recoverable"),
        ("draw_months", "2"),
    ];
    let paid = paid(&values, monthly(&[200, 500, 300, 2_000]));
    // 1,300 was advanced; the third month pays nothing, the fourth what is left.
    assert_eq!(paid.periods(), [100_000, 100_000, 0, 100_000]);
    assert_eq!(paid.closings()[3].draw_balance, 0);
    // A month without an order has its draw, too.
    let gap = [
        sale("2025-01-15", 1, 10_000),
        sale("2025-03-15", 2, 300_000),
    ];
    let values = [("rate", "100"), ("draw", "1000")];
    assert_eq!(
        crate::kit::paid(&values, gap).periods(),
        [100_000, 100_000, 300_000]
    );
}

#[test]
fn c14_a_return_takes_back_what_was_paid() {
    let sales = |part: i64| {
        [
            sale("2025-01-15", 1, 1_000_000),
            sale("2025-02-15", 2, 1_000_000),
            back("2025-03-15", 3, 1, part),
        ]
    };
    let tiers = ("tiers", "0: 5; 10000: 10");
    assert_eq!(paid(&[tiers], sales(500_000)).of(Rule::Clawback), [-25_000]);
    assert_eq!(
        paid(&[tiers, ("clawback", "full")], sales(1)).of(Rule::Clawback),
        [-50_000]
    );
    // Computed again, the second order slides into the lower tier.
    assert_eq!(
        paid(&[tiers, ("returns", "recomputed")], sales(500_000)).of(Rule::Clawback),
        [-50_000]
    );
    let whole = [tiers, ("returns", "recomputed"), ("adds_up", "month")];
    assert_eq!(paid(&whole, sales(500_000)).of(Rule::Clawback), [-25_000]);
    // Never more than was paid, however often something is returned.
    let mut twice = sales(900_000).to_vec();
    twice.push(back("2025-04-15", 4, 1, 900_000));
    assert_eq!(
        paid(&[("rate", "10")], twice).of(Rule::Clawback),
        [-90_000, -10_000]
    );
    // A return whose sale is not known is a negative sale.
    let unknown = Sale {
        returns: None,
        ..back("2025-03-15", 3, 1, 500_000)
    };
    assert_eq!(
        paid(
            &[("rate", "10")],
            [sale("2025-01-15", 1, 1_000_000), unknown]
        )
        .periods(),
        [100_000, -50_000]
    );
}

#[test]
fn c14_below_zero_is_carried_to_a_floor_or_waived() {
    let sales = [
        sale("2025-01-15", 1, 1_000_000),
        back("2025-02-15", 2, 1, 1_000_000),
        sale("2025-03-15", 3, 300_000),
        sale("2025-04-15", 4, 900_000),
    ];
    let at = |values: &[(&str, &str)]| {
        let mut all = vec![("rate", "10")];
        all.extend(values);
        paid(&all, sales).periods()
    };
    assert_eq!(at(&[]), [100_000, -100_000, 30_000, 90_000]);
    assert_eq!(
        at(&[("below_zero", "waived")]),
        [100_000, 0, 30_000, 90_000]
    );
    assert_eq!(at(&[("below_zero", "carried")]), [100_000, 0, 0, 20_000]);
    assert_eq!(
        at(&[("below_zero", "carried"), ("most_owed", "500")]),
        [100_000, 0, 0, 70_000]
    );
}

#[test]
fn c15_held_until_the_account_orders_again() {
    let values = [("rate", "10"), ("held", "40"), ("released", "next_order")];
    let sales = [
        sale("2025-01-15", 1, 100_000),
        sale("2025-04-15", 2, 200_000),
        Sale {
            account: "C2",
            ..sale("2025-05-15", 3, 100_000)
        },
    ];
    let found = paid(&values, sales);
    assert_eq!(found.periods(), [6_000, 4_000 + 12_000, 6_000]);
    assert_eq!(found.closings()[2].open / 100, 8_000 + 4_000);
    // A known day of activation goes before days.
    let sales = Sales::build([sale("2025-01-15", 1, 100_000)]).unwrap();
    let facts = Facts {
        activated: vec![Some(day("2025-02-01"))],
        ..Facts::default()
    };
    let by_day = plan(&[("rate", "10"), ("held", "40"), ("held_days", "300")]);
    assert_eq!(paid_by(&by_day, &sales, facts).periods(), [6_000, 4_000]);
}

#[test]
fn c15_what_is_held_back_for_good_is_not_taken_back() {
    let values = [("rate", "10"), ("held", "40"), ("released", "next_order")];
    for on in ["2025-01-20", "2025-03-20"] {
        let sales = [sale("2025-01-15", 1, 100_000), back(on, 2, 1, 100_000)];
        assert_eq!(paid(&values, sales).all(), 0, "{on}");
        let again = [sales[0], sales[1], sale("2025-06-15", 3, 100_000)];
        assert_eq!(paid(&values, again).all(), 6_000, "{on}");
        let half = [sale("2025-01-15", 1, 100_000), back(on, 2, 1, 50_000)];
        assert_eq!(paid(&values, half).all(), 3_000, "{on}");
    }
}

#[test]
fn c15_a_cap_lowers_what_is_held_back() {
    let values = [("rate", "10"), ("held", "50"), ("cap_period", "1000")];
    let paid = paid(&values, [sale("2025-01-15", 1, 2_000_000)]);
    assert_eq!(paid.periods(), [50_000, 50_000]);
}

#[test]
fn c17_a_former_owner_has_a_tail() {
    let sales = [
        by("Ana", "2025-01-15", 1),
        by("Ben", "2025-02-15", 2),
        by("Ben", "2025-05-14", 3),
        by("Ben", "2025-05-15", 4),
    ];
    let paid = paid(
        &[("rate", "10"), ("tail", "25"), ("tail_months", "3")],
        sales,
    );
    assert_eq!(
        (paid.to("Ana"), paid.to("Ben")),
        (10_000 + 2 * 2_500, 30_000)
    );
    assert_eq!(paid.of(Rule::Tail), [2_500, 2_500]);
}

#[test]
fn c18_a_manager_is_paid_on_the_team() {
    let mut people = People::default();
    people.managers.insert("Ana".into(), "Mia".into());
    people.managers.insert("Ben".into(), "Tom".into());
    let by = |rep, order| Sale {
        rep,
        ..sale("2025-01-15", order, 100_000)
    };
    let sales = Sales::build([by("Ana", 1), by("Ben", 2), by("", 3)]).unwrap();
    let rates = [("rate", "10"), ("override_rate", "1"), ("house", "shared")];
    let alone = paid_by(&plan_of(&rates[..2], &people), &sales, Facts::default());
    assert_eq!(
        (alone.to("Mia"), alone.to("Tom"), alone.all()),
        (1_000, 1_000, 22_000)
    );
    let shared = paid_by(&plan_of(&rates, &people), &sales, Facts::default());
    assert_eq!(
        (shared.to("Mia"), shared.to("Tom"), shared.all()),
        (1_500, 1_500, 23_000)
    );
    people.house.insert("Ben".into());
    let house = paid_by(&plan_of(&rates[..2], &people), &sales, Facts::default());
    assert_eq!(
        (house.to("Ben"), house.to("Tom"), house.all()),
        (0, 0, 11_000)
    );
}

#[test]
fn c20_counts_of_accounts_and_orders() {
    let at = |account, on, order| Sale {
        account,
        ..sale(on, order, 10_000)
    };
    let sales = [
        at("A", "2025-01-01", 1),
        at("B", "2025-01-02", 2),
        at("A", "2025-01-03", 3),
        at("B", "2025-02-03", 4),
    ];
    let values = |of| {
        [
            ("rate", "0"),
            ("milestones", "2: 100"),
            ("milestones_of", of),
        ]
    };
    assert_eq!(paid(&values("new_accounts"), sales).kept.lines[0].row, 1);
    assert_eq!(paid(&values("repeat_orders"), sales).kept.lines[0].row, 3);
}

#[test]
fn c21_growth_of_accounts_and_of_the_whole() {
    let at = |account, on, order, amount: i64| Sale {
        account,
        ..sale(on, order, amount * 100)
    };
    let sales = [
        at("A", "2024-05-01", 1, 1_000),
        at("B", "2024-05-01", 2, 1_000),
        at("A", "2025-05-01", 3, 1_500),
        at("C", "2025-12-01", 4, 800),
    ];
    let values = [("rate", "0"), ("growth", "10"), ("growth_of", "whole")];
    assert_eq!(paid(&values[..2], sales).of(Rule::Growth), [5_000]);
    assert_eq!(paid(&values, sales).of(Rule::Growth), [3_000]);
    // A year that is not over has no bonus.
    assert_eq!(paid(&values, sales[..3].to_vec()).all(), 0);
}

#[test]
fn c22_each_level_once_an_account() {
    let values = [
        ("rate", "0"),
        ("lifetime", "1000: 50; 2000: 80"),
        ("lifetime_of", "revenue"),
    ];
    let sales = [
        sale("2025-01-15", 1, 90_000),
        sale("2025-02-15", 2, 20_000),
        back("2025-03-15", 3, 2, 20_000),
        sale("2025-04-15", 4, 150_000),
    ];
    let paid = paid(&values, sales);
    assert_eq!(paid.of(Rule::Lifetime), [5_000, 8_000]);
    assert_eq!(paid.kept.lines[0].row, 1);
}

#[test]
fn c24_some_waits_for_the_customer() {
    let values = [("rate", "10"), ("with_cash", "60"), ("cash_days", "30")];
    let sales = [
        sale("2025-01-15", 1, 100_000),
        sale("2025-01-16", 2, 200_000),
    ];
    assert_eq!(paid(&values, sales).periods(), [12_000, 18_000]);
    let facts = Facts {
        paid: vec![Some(day("2025-01-20")), Some(day("2025-03-01"))],
        ..Facts::default()
    };
    let sales = Sales::build(sales).unwrap();
    let known = paid_by(&plan(&values), &sales, facts.clone());
    assert_eq!(known.periods(), [4_000 + 6_000 + 8_000, 12_000]);
    // Earned with the payment, the later order can come first.
    let facts = Facts {
        paid: vec![Some(day("2025-03-20")), Some(day("2025-02-01"))],
        ..facts
    };
    let known = paid_by(
        &plan(&[("rate", "10"), ("event", "payment")]),
        &sales,
        facts,
    );
    assert_eq!(known.periods(), [20_000, 10_000]);
}

#[test]
fn c26_a_known_term_goes_before_the_assumed_one() {
    let values = [("rate", "1"), ("terms", "1: 3; 2: 4; 3: 5")];
    let sales = Sales::build([sale("2025-01-15", 1, 100_000)]).unwrap();
    for (months, pays) in [
        (6, 1_000),
        (12, 3_000),
        (23, 3_000),
        (24, 4_000),
        (60, 5_000),
    ] {
        let facts = Facts {
            term: vec![Some(months)],
            ..Facts::default()
        };
        assert_eq!(
            paid_by(&plan(&values), &sales, facts).all(),
            pays,
            "{months}"
        );
    }
}

#[test]
fn names_that_the_data_does_not_have_are_told() {
    let plan = plan(&[
        ("products", "Spare = 8"),
        ("splits", "Acme > Ana = 50; Acme > Ben = 50"),
        ("quota", "5"),
        ("gate", "5"),
        ("quotas", "Bem = 7"),
    ]);
    let sales = Sales::build([sale("2025-01-15", 1, 100)]).unwrap();
    assert_eq!(plan.strangers(&sales), ["Acme", "Bem", "Spare"]);
    assert_eq!(plan.payees(&sales), ["Ana", "Ben"]);
}

#[test]
fn c14_computed_again_is_what_the_smaller_sale_would_have_paid() {
    let again = ("returns", "recomputed");
    let sold = sale("2025-01-15", 1, 2_000_000);
    let all =
        |values: &[(&str, &str)], rows: &[Sale<'static>]| paid(values, rows.iter().copied()).all();
    // Under the cap of an order: 1,500 were paid and are taken back, not 2,000.
    let capped = [again, ("rate", "10"), ("cap_order", "1500")];
    let back_all = back("2025-03-15", 2, 1, 2_000_000);
    assert_eq!(all(&capped, &[sold, back_all]), 0);
    assert_eq!(
        all(&capped, &[sold, back("2025-03-15", 2, 1, 400_000)]),
        150_000
    );
    assert_eq!(
        all(&capped, &[sold, back("2025-03-15", 2, 1, 800_000)]),
        120_000
    );
    // However often it is returned.
    let twice = [
        sold,
        back("2025-03-15", 2, 1, 1_600_000),
        back("2025-04-15", 3, 1, 1_600_000),
    ];
    assert_eq!(all(&[again, ("rate", "10")], &twice), 0);
    // Under the cap of a period, in a later one and in the same.
    let two = |on| {
        [
            sale("2025-01-10", 1, 1_000_000),
            sale("2025-01-15", 2, 1_000_000),
            back(on, 3, 1, 1_000_000),
        ]
    };
    for returns in ["recomputed", "paid"] {
        let values = [("returns", returns), ("rate", "10"), ("cap_period", "1000")];
        // At the rate paid each of the two was paid 500.
        let expected = if returns == "paid" { 50_000 } else { 100_000 };
        assert_eq!(all(&values, &two("2025-01-20")), expected, "{returns}");
        assert_eq!(all(&values, &two("2025-03-20")), expected, "{returns}");
    }
    // What is held back until the next order, which never comes.
    let held = [
        again,
        ("rate", "10"),
        ("held", "40"),
        ("released", "next_order"),
    ];
    let small = sale("2025-01-15", 1, 100_000);
    assert_eq!(all(&held, &[small, back("2025-01-20", 2, 1, 100_000)]), 0);
    assert_eq!(all(&held, &[small, back("2025-03-20", 2, 1, 100_000)]), 0);
    assert_eq!(
        all(&held, &[small, back("2025-01-20", 2, 1, 50_000)]),
        3_000
    );
    assert_eq!(
        all(&held, &[small, back("2025-03-20", 2, 1, 50_000)]),
        3_000
    );
}
