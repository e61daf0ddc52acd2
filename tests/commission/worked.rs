//! The worked tests of the rules, by number. Amounts are in cents.

use perennial::commission::Rule;

use crate::kit::{day, golden, monthly, paid, sale};
use perennial::commission::Sale;

type Values<'a> = &'a [(&'a str, &'a str)];

/// What one sale of so many cents pays.
fn one(values: Values<'_>, in_cents: i64) -> i64 {
    paid(values, [sale("2025-03-05", 1, in_cents)]).all()
}

const BCH: (&str, &str) = ("tiers", "0: 3; 300000: 5; 600000: 7");
const CLIFF: (&str, &str) = ("tiers_pay", "cliff");

#[test]
fn t1_marginal_tiers() {
    for (sold, pays) in [(750_000, 34_500), (600_000, 24_000), (650_000, 27_500)] {
        assert_eq!(one(&[BCH], sold * 100), pays * 100);
    }
}

#[test]
fn t2_a_cliff_pays_back_to_the_first() {
    assert_eq!(one(&[BCH, CLIFF], 60_000_000), 4_200_000);
    assert_eq!(one(&[BCH, CLIFF], 59_999_900), 2_999_995);
    // One more unit of money pays 12,000 more, in a line of its own.
    let two = paid(
        &[BCH, CLIFF],
        [
            sale("2025-03-05", 1, 59_999_900),
            sale("2025-04-05", 2, 100),
        ],
    );
    assert_eq!(two.all(), 4_200_000);
    assert_eq!(two.of(Rule::TrueUp), [1_199_998]);
    assert_eq!(two.of(Rule::Commission), [2_999_995, 7]);
}

#[test]
fn t3_marginal_tiers() {
    assert_eq!(
        one(&[("tiers", "0: 3; 300000: 5; 500000: 7")], 60_000_000),
        2_600_000
    );
}

#[test]
fn t4_a_deal_across_a_boundary() {
    let values = [("tiers", "0: 4; 150000: 6; 250000: 8")];
    let paid = paid(
        &values,
        [
            sale("2025-01-05", 1, 14_500_000),
            sale("2025-04-05", 2, 2_000_000),
        ],
    );
    assert_eq!(paid.of(Rule::Commission), [580_000, 20_000, 90_000]);
    assert_eq!(paid.periods(), [580_000, 110_000]);
}

#[test]
fn t5_marginal_and_cliff() {
    let tiers = ("tiers", "0: 5; 10000: 7; 25000: 10");
    assert_eq!(one(&[tiers], 4_000_000), 305_000);
    assert_eq!(one(&[tiers, CLIFF], 4_000_000), 400_000);
}

#[test]
fn t6_marginal_and_cliff() {
    let tiers = ("tiers", "0: 50; 100000: 60");
    assert_eq!(one(&[tiers], 18_000_000), 9_800_000);
    assert_eq!(one(&[tiers, CLIFF], 18_000_000), 10_800_000);
}

#[test]
fn t8_a_table_with_gaps_has_shared_boundaries() {
    let tiers = ("tiers", "0-499.99: 25; 500-2999.99: 30; 3000+: 40");
    assert_eq!(one(&[tiers], 150_000), 42_500);
    assert_eq!(one(&[tiers], 500_000), 167_500);
}

#[test]
fn t10_a_cliff_in_percent_of_quota_and_an_accelerator() {
    let values = [
        ("quota", "33000"),
        ("tiers", "0: 5; 50: 10"),
        ("tiers_in", "quota"),
        CLIFF,
        ("accelerator", "0: 100; 100: 200"),
    ];
    for (sold, pays) in [
        (10_000, 500),
        (16_500, 1_650),
        (33_000, 3_300),
        (40_000, 4_700),
    ] {
        assert_eq!(one(&values, sold * 100), pays * 100, "{sold}");
    }
}

#[test]
fn t11_a_scheme_that_pays_less_for_more() {
    let values = [("tiers", "0: 5; 50001: 3; 100001: 2"), CLIFF];
    let pairs = [
        (50_000, 250_000),
        (50_001, 150_003),
        (83_333, 249_999),
        (200_000, 400_000),
    ];
    for (sold, pays) in pairs {
        assert_eq!(one(&values, sold * 100), pays, "{sold}");
    }
}

#[test]
fn t12_a_discount_under_revenue_and_under_margin() {
    let at = |values: Values<'_>, price: i64| {
        let sold = Sale {
            cost: 45_000 * 10_000,
            ..sale("2025-03-05", 1, price * 100)
        };
        paid(values, [sold]).all() / 100
    };
    let margin: Values<'_> = &[("basis", "margin"), ("rate", "15")];
    assert_eq!((at(margin, 75_000), at(margin, 60_000)), (4_500, 2_250));
    let revenue: Values<'_> = &[("rate", "10")];
    assert_eq!((at(revenue, 75_000), at(revenue, 60_000)), (7_500, 6_000));
}

#[test]
fn t14_margin_and_revenue_alike() {
    let sold = Sale {
        cost: 75_000 * 10_000,
        ..sale("2025-03-05", 1, 10_000_000)
    };
    assert_eq!(
        paid(&[("basis", "margin"), ("rate", "20")], [sold]).all(),
        500_000
    );
    assert_eq!(paid(&[("rate", "5")], [sold]).all(), 500_000);
}

/// Commission of 100 %, so that what is sold is what is earned.
fn drawn(values: Values<'_>, earned: &[i64]) -> crate::kit::Paid {
    let mut all = vec![("rate", "100")];
    all.extend(values);
    paid(&all, monthly(earned))
}

#[test]
fn t15_a_recoverable_draw() {
    let values = [("draw", "2000"), ("draw_is", "recoverable")];
    let paid = drawn(&values, &[2_750, 3_000, 1_500, 2_375, 3_000, 2_750]);
    assert_eq!(
        paid.periods(),
        [275_000, 300_000, 200_000, 200_000, 287_500, 275_000]
    );
    let balances: Vec<i64> = paid
        .closings()
        .iter()
        .map(|one| one.draw_balance / 10_000)
        .collect();
    assert_eq!(balances, [0, 0, 500, 125, 0, 0]);
}

#[test]
fn t16_a_draw_of_both_kinds() {
    let recoverable = [("draw", "1500"), ("draw_is", "recoverable")];
    assert_eq!(
        drawn(&recoverable, &[500, 3_000]).periods(),
        [150_000, 200_000]
    );
    assert_eq!(
        drawn(&[("draw", "1500")], &[500, 3_000]).periods(),
        [150_000, 300_000]
    );
}

#[test]
fn t17_a_guarantee() {
    assert_eq!(
        drawn(&[("draw", "2000")], &[1_000, 4_000]).periods(),
        [200_000, 400_000]
    );
}

/// A sale of 100,000 in January and its return at a later day.
fn returned(values: Values<'_>, on: &str) -> Vec<i64> {
    let back = Sale {
        is_return: true,
        returns: Some(1),
        ..sale(on, 9, -10_000_000)
    };
    let mut all = vec![("rate", "10")];
    all.extend(values);
    paid(&all, [sale("2025-01-15", 1, 10_000_000), back]).of(Rule::Clawback)
}

#[test]
fn t18_what_a_return_takes_back() {
    assert_eq!(
        returned(&[("clawback_share", "50")], "2025-03-15"),
        [-500_000]
    );
    // A term of twelve months that ends after six.
    assert_eq!(returned(&[("clawback", "term")], "2025-07-15"), [-500_000]);
    assert_eq!(
        returned(&[("clawback_days", "90")], "2025-04-15"),
        [-1_000_000]
    );
    assert_eq!(
        returned(&[("clawback_days", "90")], "2025-04-16"),
        [] as [i64; 0]
    );
}

#[test]
fn t19_held_back() {
    let paid = paid(
        &[("rate", "10"), ("held", "30")],
        [sale("2025-01-15", 1, 1_000_000)],
    );
    assert_eq!(paid.periods(), [70_000, 30_000]);
    assert_eq!(paid.of(Rule::Released), [30_000]);
}

#[test]
fn t20_a_split_with_an_overlay() {
    let values = [
        ("rate", "10"),
        ("splits", "Ana = 50; Ben = 50"),
        ("overlays", "Ana = 20"),
    ];
    let paid = paid(&values, [sale("2025-03-05", 1, 10_000_000)]);
    assert_eq!(paid.of(Rule::Split), [500_000, 500_000]);
    assert_eq!(paid.of(Rule::Overlay), [200_000]);
    assert_eq!(
        (paid.to("Ana"), paid.to("Ben"), paid.all()),
        (700_000, 500_000, 1_200_000)
    );
}

#[test]
fn an_overlay_credits_any_percentage() {
    let values = [("rate", "10"), ("overlays", "Eva = 150")];
    let paid = paid(&values, [sale("2025-01-15", 1, 10_000_000)]);
    assert_eq!((paid.to("Ana"), paid.to("Eva")), (1_000_000, 1_500_000));
}

#[test]
fn t21_a_renewal_shared() {
    let item = |on, order, amount| Sale {
        item: "P",
        ..sale(on, order, amount)
    };
    let values = [
        ("rate", "0"),
        ("renewals", "own"),
        ("splits", "C1 > Ana = 25; C1 > Ben = 75"),
    ];
    let paid = paid(
        &values,
        [item("2024-03-05", 1, 100), item("2025-03-05", 2, 4_500_000)],
    );
    assert_eq!((paid.to("Ana"), paid.to("Ben")), (33_750, 101_250));
}

#[test]
fn t22_milestones_add_up() {
    let values = [
        ("rate", "0"),
        ("quota", "100000"),
        ("milestones", "50: 2000; 75: 3500; 100: 7000; 125: 14000"),
    ];
    let paid = paid(&values, [sale("2025-03-05", 1, 11_000_000)]);
    assert_eq!(paid.of(Rule::Milestone).iter().sum::<i64>(), 1_250_000);
}

#[test]
fn t23_kept_revenue() {
    let values = [
        ("rate", "0"),
        ("kept", "2"),
        ("kept_factors", "0: 100; 90: 115"),
    ];
    let sales = [
        sale("2024-03-05", 1, 200_000_000),
        sale("2025-12-05", 2, 184_000_000),
    ];
    assert_eq!(paid(&values, sales).of(Rule::Kept), [4_232_000]);
}

#[test]
fn t25_renewal_and_upsell() {
    let item = |item, on, order, amount| Sale {
        item,
        ..sale(on, order, amount)
    };
    let values = [("rate", "0"), ("renewals", "own"), ("expansions", "own")];
    let sales = [
        item("P", "2024-03-05", 1, 100),
        item("P", "2025-03-05", 2, 4_500_000),
        item("Q", "2025-03-06", 3, 1_500_000),
    ];
    assert_eq!(paid(&values, sales).all(), 255_000);
}

#[test]
fn t26_rates_by_term() {
    for (months, sold, pays) in [
        ("12", 45_000, 1_350),
        ("24", 90_000, 3_600),
        ("36", 135_000, 6_750),
    ] {
        let values = [("terms", "1: 3; 2: 4; 3: 5"), ("term", months)];
        assert_eq!(one(&values, sold * 100), pays * 100);
    }
}

#[test]
fn t27_a_residual() {
    let values = [
        ("rate", "10"),
        ("repeats", "months"),
        ("repeat_steps", "0: 2; 37: 0"),
    ];
    let mut sales = vec![sale("2022-01-15", 1, 6_000_000)];
    for month in 1..=40_u32 {
        let on = day("2022-01-15").plus_months(month as i32);
        sales.push(Sale {
            day: on,
            ..sale("2022-01-15", 1 + month, 500_000)
        });
    }
    let paid = paid(&values, sales);
    assert_eq!(paid.all(), 960_000);
}

#[test]
fn t28_a_constant_residual() {
    let paid = paid(&[("rate", "5")], monthly(&[1_500; 12]));
    assert_eq!(paid.periods(), [7_500; 12]);
    assert_eq!(paid.all(), 90_000);
}

#[test]
fn t29_a_residual_tied_to_new_business() {
    let values = [
        ("rate", "25"),
        ("repeats", "new_business"),
        ("repeat_steps", "2: 20; 6: 10; 12: 5; 24: 2"),
    ];
    let mut sales = vec![sale("2022-01-15", 1, 10_000)];
    for (at, months) in [1_i32, 2, 5, 6, 12, 24, 30].into_iter().enumerate() {
        let on = day("2022-01-15").plus_months(months);
        sales.push(Sale {
            day: on,
            ..sale("2022-01-15", 2 + at as u32, 10_000)
        });
    }
    let paid = paid(&values, sales);
    assert_eq!(
        paid.of(Rule::Commission),
        [2_500, 2_500, 2_000, 2_000, 1_000, 500, 200, 200]
    );
}

#[test]
fn t30_a_credit_memo_lowers_the_base() {
    let memo = Sale {
        is_return: true,
        returns: Some(1),
        ..sale("2025-01-20", 2, -200_000)
    };
    for returns in ["paid", "net", "recomputed"] {
        let values = [("rate", "10"), ("returns", returns), ("event", "payment")];
        let paid = paid(&values, [sale("2025-01-15", 1, 400_000), memo]);
        assert_eq!(paid.all(), 20_000, "{returns}");
    }
}

#[test]
fn t32_a_rebate_by_order() {
    let values = [
        ("payee", "partner"),
        ("tiers", "0: 5; 100: 10; 350: 15"),
        ("adds_up", "order"),
    ];
    let by = |order, amount| Sale {
        partner: "Nord",
        ..sale("2025-03-05", order, amount)
    };
    let paid = paid(&values, [by(1, 6_000), by(2, 20_000)]);
    assert_eq!(paid.all(), 1_800);
    assert_eq!(paid.of(Rule::Commission), [300, 500, 1_000]);
}

#[test]
fn t33_a_margin_band_is_of_the_price() {
    let sold = Sale {
        cost: 100 * 10_000,
        ..sale("2025-03-05", 1, 15_000)
    };
    let values = [("basis", "margin"), ("bands", "0: 5; 30: 10; 50: 25")];
    assert_eq!(paid(&values, [sold]).all(), 500);
}

#[test]
fn t34_tiers_in_percent_of_quota() {
    let values = [
        ("quota", "198000"),
        ("tiers", "0: 0; 50: 2.5; 100: 3.75; 150: 4.25; 200: 4.75"),
        ("tiers_in", "quota"),
    ];
    assert_eq!(one(&values, 23_760_000), 396_000);
}

#[test]
fn t36_a_bonus_at_quota() {
    let values = [
        ("rate", "1"),
        ("quota", "1800000"),
        ("milestones", "100: 50000"),
    ];
    for (percent, bonus) in [(98, 0), (100, 5_000_000), (120, 5_000_000)] {
        let paid = paid(&values, [sale("2025-03-05", 1, 1_800_000 * percent)]);
        assert_eq!(paid.of(Rule::Milestone).iter().sum::<i64>(), bonus);
    }
}

#[test]
fn t37_a_cap_of_three_times_the_average() {
    let values = [("rate", "10"), ("cap_period", "45000")];
    assert_eq!(one(&values, 50_000_000), 4_500_000);
    let soft = [("rate", "10"), ("cap_period", "45000"), ("cap_keeps", "50")];
    assert_eq!(one(&soft, 50_000_000), 4_750_000);
}

#[test]
fn t38_a_partner_target() {
    let values = [
        ("payee", "partner"),
        ("rate", "0"),
        ("milestones_of", "money"),
        ("milestones", "100000: 1000"),
    ];
    for (base, pays) in [(110_000, 100_000), (90_000, 0)] {
        let sold = Sale {
            partner: "Nord",
            ..sale("2025-03-05", 1, base * 100)
        };
        assert_eq!(
            paid(&values, [sold])
                .of(Rule::Milestone)
                .iter()
                .sum::<i64>(),
            pays
        );
    }
}

#[test]
fn t39_a_gate_of_both_kinds() {
    let first = [("quota", "100000"), ("gate", "80")];
    let above = [("quota", "100000"), ("gate", "80"), ("gate_pays", "above")];
    for (sold, from_first, only_above) in [(79_999, 0, 0), (80_000, 4_000, 0), (90_000, 4_500, 500)]
    {
        assert_eq!(one(&first, sold * 100), from_first * 100);
        assert_eq!(one(&above, sold * 100), only_above * 100);
    }
}

#[test]
fn t42_a_spiff_with_a_budget() {
    let values = [
        ("rate", "0"),
        ("spiff", "2025-01-01: 250; 2025-04-01: 0"),
        ("spiff_for", "item"),
        ("spiff_budget", "1000"),
    ];
    let items = ["A", "B", "C", "D", "E", "F"];
    let part = |(at, item): (usize, &&'static str)| {
        let on = if at == 5 { "2025-04-01" } else { "2025-03-05" };
        Sale {
            item,
            ..sale(on, at as u32, 1_000)
        }
    };
    let paid = paid(&values, items.iter().enumerate().map(part));
    assert_eq!(paid.all(), 100_000);
    assert_eq!(paid.of(Rule::Spiff), [25_000, 25_000, 25_000, 25_000, 0]);
}

#[test]
fn g2_four_schemes_on_the_golden_orders() {
    let a: Values<'_> = &[
        ("rate", "5"),
        ("repeats", "nothing"),
        ("returns", "ignored"),
    ];
    let clawback: Values<'_> = &[("rate", "5"), ("repeats", "nothing")];
    let b: Values<'_> = &[("rate", "3"), ("returns", "net")];
    let c: Values<'_> = &[
        ("rate", "12"),
        ("basis", "margin"),
        ("freight", "off"),
        ("returns", "net"),
    ];
    let expected = [
        (a, 6_500, 600, 7_100),
        (clawback, 5_500, 600, 6_100),
        (b, 3_300, 2_520, 5_820),
        (c, 2_232, 3_276, 5_508),
    ];
    for (values, ana, ben, all) in expected {
        let paid = paid(values, golden());
        let found = (paid.to("Ana") / 100, paid.to("Ben") / 100, paid.all() / 100);
        assert_eq!(found, (ana, ben, all), "{values:?}");
        assert_eq!(paid.all() % 100, 0);
    }
}
