//! The published cases must be found, and schemes without them must not be accused.

#![allow(clippy::float_cmp)] // Amounts of cents are exact.

use super::*;
use crate::commission::inputs::kinds::Payee;
use crate::commission::sales::UNIT;
use crate::commission::{Sale, Sales};

fn ground() -> Ground {
    Ground {
        order: 20_000 * UNIT,
        year: 500_000 * UNIT,
        margin: 3_000,
        ..Ground::default()
    }
}

fn find_in(values: &[(&str, &str)], ground: &Ground) -> Vec<Finding> {
    let scheme = Scheme::new("S", values);
    for (key, text) in values {
        assert_eq!(scheme.text(key), *text, "{key} was not accepted");
    }
    find(&scheme, &People::default(), ground).unwrap()
}

fn of(found: &[Finding], wrong: Wrong) -> Vec<&Finding> {
    found.iter().filter(|one| one.wrong == wrong).collect()
}

fn units(money: Money) -> f64 {
    money.to_f64()
}

#[test]
fn t2_a_cliff_pays_12_000_for_one_more() {
    let tiers = ("tiers", "0: 3; 300000: 5; 600000: 7");
    let found = find_in(&[tiers, ("tiers_pay", "cliff")], &ground());
    let cliffs = of(&found, Wrong::Cliff);
    let highest = cliffs[0];
    assert_eq!(units(highest.from.sales), 599_999.0);
    assert_eq!(units(highest.to.sales), 600_000.0);
    assert_eq!(units(highest.to.pay), 42_000.0);
    assert!((units(highest.from.pay) - 29_999.95).abs() < 0.011);
    assert!((units(highest.temptation) - 12_000.05).abs() < 0.011);
    assert_eq!(highest.keys, ["tiers_pay"]);
    // The other one: 2 % of 300,000.
    assert!(cliffs.iter().any(|one| units(one.to.sales) == 300_000.0));
    // It tempts to pull an order into the year that lacks it.
    let pull = of(&found, Wrong::PullForward);
    let most = pull
        .iter()
        .map(|one| units(one.temptation))
        .fold(0.0, f64::max);
    assert!(most > 12_000.0, "{most}");
    assert!(pull.iter().any(|one| one.keys == ["tiers_pay"]));
    // And to sell at a loss what reaches it: 20,000 at no margin pays more than 12,000.
    let loss = of(&found, Wrong::PaidForLoss)[0];
    assert!(units(loss.temptation) > 12_000.0);
}

#[test]
fn marginal_tiers_have_no_cliff_and_no_dip() {
    let tiers = ("tiers", "0: 3; 300000: 5; 600000: 7");
    let found = find_in(&[tiers], &ground());
    for wrong in [
        Wrong::Cliff,
        Wrong::MorePaysLess,
        Wrong::NothingMore,
        Wrong::Slower,
    ] {
        assert!(of(&found, wrong).is_empty(), "{found:?}");
    }
}

#[test]
fn t11_more_pays_less_until_83_334() {
    let tiers = ("tiers", "0: 5; 50001: 3; 100001: 2; 200001: 1");
    let ground = Ground {
        order: 5_000 * UNIT,
        year: 80_000 * UNIT,
        ..ground()
    };
    let found = find_in(&[tiers, ("tiers_pay", "cliff")], &ground);
    let dips = of(&found, Wrong::MorePaysLess);
    let first = dips
        .iter()
        .find(|one| units(one.from.sales) == 50_000.0)
        .unwrap_or_else(|| panic!("{dips:#?}"));
    assert_eq!(units(first.from.pay), 2_500.0);
    assert_eq!(units(first.to.sales), 50_001.0);
    assert!(
        (units(first.to.pay) - 1_500.03).abs() < 0.02,
        "{:?}",
        first.to
    );
    assert!((units(first.temptation) - 999.97).abs() < 0.02);
    assert!(
        (units(first.until.unwrap()) - 83_334.0).abs() <= 1.0,
        "{:?}",
        first.until
    );
    assert!(first.keys.iter().any(|key| key.starts_with("tiers")));
    // An order that would cross 50,000 is held back over the year's end.
    assert!(!of(&found, Wrong::HoldBack).is_empty());
}

#[test]
fn t10_the_gate_is_a_cliff_and_nothing_is_paid_below_it() {
    let values = [
        ("rate", "10"),
        ("quota", "33000"),
        ("gate", "50"),
        ("accelerator", "0: 100; 100: 200"),
    ];
    let ground = Ground {
        order: 2_000 * UNIT,
        year: 30_000 * UNIT,
        ..ground()
    };
    let found = find_in(&values, &ground);
    let gate = of(&found, Wrong::Cliff)
        .into_iter()
        .find(|one| units(one.to.sales) == 16_500.0)
        .unwrap_or_else(|| panic!("{found:#?}"));
    assert!((units(gate.temptation) - 1_650.0).abs() < 0.2);
    assert_eq!(units(gate.from.pay), 0.0);
    assert_eq!(gate.keys[0], "gate");
}

#[test]
fn t12_a_discount_costs_a_seller_of_revenue_less_than_the_company() {
    let ground = Ground {
        order: 75_000 * UNIT,
        margin: 4_000,
        discount: 2_000,
        ..ground()
    };
    let found = find_in(&[("rate", "10")], &ground);
    let cheap = of(&found, Wrong::CheapDiscount)[0];
    assert_eq!(
        (units(cheap.from.pay), units(cheap.to.pay)),
        (7_500.0, 6_000.0)
    );
    assert_eq!(units(cheap.company.unwrap()), 15_000.0);
    assert!((units(cheap.temptation) - 2_250.0).abs() < 0.001);
    // Pay falls by 20 %, contribution by 50 %.
    assert!((cheap.share.unwrap() - 0.4).abs() < 1e-9);
    assert_eq!(cheap.keys[0], "basis");
    let margin = find_in(&[("rate", "15"), ("basis", "margin")], &ground);
    assert!(of(&margin, Wrong::CheapDiscount).is_empty());
}

#[test]
fn revenue_is_paid_for_at_a_loss_and_margin_is_not() {
    let found = find_in(&[("rate", "10")], &ground());
    let loss = of(&found, Wrong::PaidForLoss)[0];
    // Below a margin of 10 % the company keeps nothing.
    assert!(
        (loss.share.unwrap() - 0.1).abs() < 0.000_11,
        "{:?}",
        loss.share
    );
    assert_eq!(
        (units(loss.temptation), units(loss.company.unwrap())),
        (2_000.0, 2_000.0)
    );
    assert_eq!(loss.keys[0], "basis");
    let margin = find_in(&[("rate", "12"), ("basis", "contribution")], &ground());
    assert!(of(&margin, Wrong::PaidForLoss).is_empty(), "{margin:#?}");
}

#[test]
fn caps_end_what_is_worth_selling() {
    // Twelve months of at most 3,750: T37's 45,000 a year.
    let found = find_in(&[("rate", "5"), ("cap_period", "3750")], &ground());
    let nothing = of(&found, Wrong::NothingMore)[0];
    // 5 % of 75,000 a month, 900,000 a year.
    assert!(
        (units(nothing.from.sales) - 900_000.0).abs() < 20_000.0,
        "{nothing:?}"
    );
    assert_eq!(nothing.keys[0], "cap_period");
    // What the month's cap cuts is paid next month.
    let hold = of(&found, Wrong::HoldBack);
    assert!(
        hold.iter().any(|one| one.keys[0] == "cap_period"),
        "{found:#?}"
    );
    // A cap of an order is met with two orders.
    let found = find_in(&[("rate", "5"), ("cap_order", "2000")], &ground());
    let split = of(&found, Wrong::Split)[0];
    assert_eq!(split.keys, ["cap_order"]);
    assert_eq!(units(split.temptation), 2_000.0);
    // A soft cap slows.
    let soft = [("rate", "5"), ("cap_period", "3750"), ("cap_keeps", "50")];
    assert!(!of(&find_in(&soft, &ground()), Wrong::Slower).is_empty());
}

#[test]
fn first_orders_only_pays_for_one_large_order() {
    let found = find_in(&[("rate", "5"), ("repeats", "nothing")], &ground());
    let merge = of(&found, Wrong::Merge)[0];
    assert!(merge.keys.contains(&"repeats".to_owned()));
    assert!((units(merge.temptation) - units(merge.from.sales) * 0.025).abs() < 0.02);
    // Within a window of 60 days the second order is a first one: not on day 61.
    let window = [("rate", "5"), ("repeats", "nothing"), ("window", "60")];
    let found = find_in(&window, &ground());
    let pull = of(&found, Wrong::PullForward)[0];
    assert_eq!(units(pull.temptation), 1_000.0);
}

#[test]
fn an_even_rate_on_contribution_tempts_to_nothing() {
    let values = [
        ("rate", "12"),
        ("basis", "contribution"),
        ("negative", "counted"),
    ];
    let found = find_in(&values, &ground());
    assert!(found.is_empty(), "{found:#?}");
}

struct Plain;

impl Writes for Plain {
    fn money(&self, amount: Money) -> String {
        amount.rounded(0).to_string()
    }
    fn share(&self, share: f64) -> String {
        format!("{:.0} %", share * 100.0)
    }
    fn day(&self, day: Date) -> String {
        day.to_string()
    }
}

#[test]
fn findings_are_sentences() {
    let found = find_in(&[("rate", "10")], &ground());
    let loss = of(&found, Wrong::PaidForLoss)[0].words(&Plain);
    assert_eq!(
        loss,
        "Beside sales of 0, an order of 20000 with a margin below 10 % leaves the company less than \
         it pays: where it costs 20000, it pays the seller 2000 and the company loses 2000. \
         Cause: Basis."
    );
}

#[test]
fn a_scheme_that_contradicts_itself_is_refused() {
    let scheme = Scheme::new("S", &[("gate", "80")]);
    assert!(find(&scheme, &People::default(), &ground()).is_err());
}

#[test]
fn the_cause_is_named_where_taking_it_out_would_leave_others_without_effect() {
    // Without the gate, the quota would have no effect and be refused.
    let found = find_in(&[("quota", "600000"), ("gate", "50")], &ground());
    assert!(
        of(&found, Wrong::Cliff)
            .iter()
            .all(|one| one.keys == ["gate"])
    );
    // Without tiers, so would a return's computing the period again.
    let partner = [
        ("payee", "partner"),
        ("tiers", "0: 2; 100000: 4; 350000: 6"),
        ("returns", "recomputed"),
    ];
    let found = find_in(&partner, &ground());
    let hold = of(&found, Wrong::HoldBack);
    assert!(
        !hold.is_empty() && hold.iter().all(|one| one.keys == ["tiers"]),
        "{hold:#?}"
    );
}

#[test]
fn a_lifetime_milestone_tempts_with_one_account_and_a_draw_is_no_pay_for_an_order() {
    let values = [("lifetime", "25000: 500"), ("lifetime_of", "revenue")];
    let found = find_in(&values, &ground());
    let cliffs = of(&found, Wrong::Cliff);
    assert_eq!(cliffs.len(), 1, "{cliffs:#?}");
    assert_eq!(units(cliffs[0].to.sales), 25_000.0);
    assert_eq!(cliffs[0].keys[0], "lifetime");
    let found = find_in(&[("draw", "2000"), ("draw_is", "recoverable")], &ground());
    let loss = of(&found, Wrong::PaidForLoss)[0];
    assert!(units(loss.temptation) <= 1_000.0, "{loss:#?}");
}

#[test]
fn the_last_day_of_a_spiff_and_the_end_of_its_budget_tempt_to_hurry() {
    let spiff = [
        ("spiff", "2025-02-01: 400; 2025-04-01: 100; 2025-05-01: 0"),
        ("rate", "5"),
    ];
    let found = find_in(&spiff, &ground());
    let named = |wrong: Wrong, key: &str| -> Vec<(String, String, f64)> {
        let day = |at: Option<Date>| at.unwrap().to_string();
        of(&found, wrong)
            .iter()
            .filter(|one| one.keys.iter().any(|own| own == key))
            .map(|one| (day(one.from.day), day(one.to.day), units(one.temptation)))
            .collect()
    };
    let step = |from: &str, to: &str, size| (from.to_owned(), to.to_owned(), size);
    let hurry = named(Wrong::PullForward, "spiff");
    assert!(
        hurry.contains(&step("2025-03-31", "2025-04-01", 300.0)),
        "{hurry:?}"
    );
    assert!(
        hurry.contains(&step("2025-04-30", "2025-05-01", 100.0)),
        "{hurry:?}"
    );
    // And to wait for its first day.
    let wait = named(Wrong::HoldBack, "spiff");
    assert!(
        wait.contains(&step("2025-01-31", "2025-02-01", 400.0)),
        "{wait:?}"
    );
    assert!(named(Wrong::PullForward, "spiff_budget").is_empty());
    // 900 pay two events and a quarter: who is third gets 100.
    let budget = [
        ("spiff", "2025-02-01: 400"),
        ("spiff_budget", "900"),
        ("rate", "5"),
    ];
    let found = find_in(&budget, &ground());
    let race: Vec<&Finding> = of(&found, Wrong::PullForward)
        .into_iter()
        .filter(|one| one.keys == ["spiff_budget"])
        .collect();
    assert_eq!(race.len(), 1, "{found:#?}");
    assert_eq!(units(race[0].temptation), 300.0);
    assert_eq!(race[0].rule, "Budget of the SPIFF");
}

#[test]
fn a_step_of_a_residual_tempts_to_hurry_the_order_before_it() {
    let residual = [
        ("rate", "6"),
        ("repeats", "months"),
        ("repeat_steps", "0: 6; 12: 2; 24: 0"),
    ];
    let found = find_in(&residual, &ground());
    let hurry: Vec<&Finding> = of(&found, Wrong::PullForward)
        .into_iter()
        .filter(|one| one.keys == ["repeat_steps"])
        .collect();
    let sizes: Vec<f64> = hurry.iter().map(|one| units(one.temptation)).collect();
    // 4 % and 2 % of an order of 20,000.
    assert_eq!(sizes, [800.0, 400.0], "{found:#?}");
    assert_eq!(hurry[0].to.day.unwrap().to_string(), "2026-01-05");
    assert_eq!(hurry[0].rule, "Rates of repeats");
    // A residual that rises is waited for.
    let rising = [
        ("rate", "6"),
        ("repeats", "months"),
        ("repeat_steps", "0: 1; 6: 4"),
    ];
    let found = find_in(&rising, &ground());
    let wait = of(&found, Wrong::HoldBack);
    assert!(
        wait.iter()
            .any(|one| one.keys == ["repeat_steps"] && units(one.temptation) == 600.0)
    );
}

#[test]
fn several_levels_of_sales_are_tried_and_each_finding_names_whom_it_tempts() {
    let level = |rep: &str, year: i64, order: i64| Ground {
        rep: rep.into(),
        year: year * UNIT,
        order: order * UNIT,
        ..ground()
    };
    let grounds = [
        level("Ana", 500_000, 20_000),
        level("Ben", 40_000, 1_000),
        level("Cleo", 2_000_000, 90_000),
    ];
    let scheme = Scheme::new("S", &[("tiers", "0: 3; 300000: 5"), ("tiers_pay", "cliff")]);
    let found = find_all(&scheme, &People::default(), &grounds).unwrap();
    let cliff: Vec<&Finding> = of(&found, Wrong::Cliff);
    assert_eq!(cliff.len(), 1, "{cliff:#?}");
    assert_eq!(cliff[0].sellers.len(), 3);
    let pull = of(&found, Wrong::PullForward);
    assert!(!pull.is_empty());
    // The smaller the order, the nearer to the boundary it is alone: the worst is told.
    assert_eq!(pull[0].sellers.len(), 3, "{pull:#?}");
    assert!(cliff[0].words(&Plain).contains(" Tried and found for "));
    // One alone is not named.
    let alone = find_all(&scheme, &People::default(), &grounds[..1]).unwrap();
    assert!(alone.iter().all(|one| one.sellers.is_empty()));
}

#[test]
fn a_scheme_for_partners_is_tried_on_partners() {
    let rows = [
        ("Ana", "North", 90),
        ("Ben", "", 20),
        ("Cleo", "South", 50),
        ("Ana", "South", 30),
    ];
    let mut order = 0;
    let rows = rows.map(|(rep, partner, revenue)| {
        order += 1;
        Sale {
            rep,
            partner,
            account: rep,
            order,
            revenue: revenue * 10_000,
            ..Sale::default()
        }
    });
    let sales = Sales::build(rows).unwrap();
    let found = |payee| -> Vec<(String, i64)> {
        let grounds = Ground::spread(&sales, payee).into_iter();
        grounds.map(|one| (one.rep, one.year / 10_000)).collect()
    };
    let partners = found(Payee::Partner);
    assert_eq!(partners.len(), 2);
    assert!(partners.contains(&("North".into(), 90)) && partners.contains(&("South".into(), 80)));
    assert!(found(Payee::Rep).contains(&("Ana".into(), 120)));
}
