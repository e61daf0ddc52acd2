//! The worked tests of lifetime value, payback and cash flows, by their published ids, to the
//! printed digit.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod hand_made;

use hand_made::{chosen, date, money, printed};
use perennial::accounts::Sums;
use perennial::assumptions::Estimates;
use perennial::base::num::{Span, Survival, bisect};
use perennial::value::cash::{
    Irr, Payback, irr, ltv_to_cac, npv, npv_year_end, payback, payback_discounted, xirr, xnpv,
};
use perennial::value::definition::{Filled, Waterfall, waterfall};
use perennial::value::methods::l9_detail::{Detail, piece_adder};
use perennial::value::methods::{
    Outlook, l2_simple, l3_churn, l4_after_renewal, l5_now, l6_year_end, l7_horizon, l8_growth,
    l10_survival, per_month, per_year,
};
use perennial::value::{Inputs, Timing};

fn outlook(retention: f64, discount: f64) -> Outlook {
    Outlook {
        retention_per_year: retention,
        discount_per_year: discount,
        growth_per_year: 0.0,
        horizon_years: 5,
        timing: Timing::End,
    }
}

fn years(payback: Payback) -> f64 {
    match payback {
        Payback::After {
            years,
            twice: false,
        } => years,
        other => panic!("{other:?}"),
    }
}

fn rate(irr: Irr) -> f64 {
    match irr {
        Irr::One(rate) => rate,
        other => panic!("{other:?}"),
    }
}

#[test]
fn v1_margin_multiples() {
    let multiple = |r, i| l4_after_renewal::multiple(&outlook(r, i)).unwrap();
    assert_eq!(printed(multiple(0.8, 0.1), 3), "2.667");
    assert_eq!(printed(multiple(0.9, 0.12), 2), "4.09");
    let grid = [
        (0.6, ["1.20", "1.15", "1.11", "1.07"]),
        (0.7, ["1.75", "1.67", "1.59", "1.52"]),
        (0.8, ["2.67", "2.50", "2.35", "2.22"]),
        (0.9, ["4.50", "4.09", "3.75", "3.46"]),
    ];
    for (r, row) in grid {
        for (i, expected) in [0.10, 0.12, 0.14, 0.16].into_iter().zip(row) {
            assert_eq!(printed(multiple(r, i), 2), expected, "r {r}, i {i}");
        }
    }
}

#[test]
fn v2_less_acquisition_cost() {
    let multiple = l4_after_renewal::multiple(&outlook(0.55, 0.1)).unwrap();
    assert_eq!(printed(150.0 * multiple - 100.0, 2), "50.00");
}

#[test]
fn v4_v5_margin_over_churn() {
    let value = |margin: f64, churn: f64| margin * l3_churn::multiple(&outlook(1.0 - churn, 0.0));
    assert_eq!(printed(value(10.0, 0.04), 2), "250.00");
    assert_eq!(printed(value(100.0, 0.05), 2), "2000.00");
    assert_eq!(printed(0.8 * value(100.0, 0.05), 2), "1600.00");
    // No churn: the horizon stands in; a churn of 1/60 is Stripe's way.
    assert_eq!(printed(value(100.0, 0.0), 2), "500.00");
    assert_eq!(printed(value(1.0, 1.0 / 60.0), 2), "60.00");
}

#[test]
fn v6_v8_simple() {
    assert_eq!(printed(l2_simple::value(60.0, 4.0, 3, 1.0), 2), "720.00");
    let years = l2_simple::value(50_000.0, 4.0, 7, 1.0) + l2_simple::value(10_000.0, 1.0, 7, 1.0);
    assert_eq!(printed(years, 0), "1470000");
    assert_eq!(printed(l2_simple::value(1_000.0, 1.0, 5, 0.9), 0), "4500");
}

#[test]
fn v15_v16_v17_present_value_and_return() {
    let flows = [-10_000.0, 3_000.0, 3_400.0, 7_700.0];
    assert_eq!(
        printed(npv_year_end(0.065, &flows), 2),
        "2055.38".to_owned()
    );
    let flows = [-100.0, 39.0, 59.0, 55.0, 20.0];
    assert!((rate(irr(&flows)) - 0.280_948_421_159_961_1).abs() < 1e-15);
    let flows = [-10_000.0, 3_000.0, 4_200.0, 6_800.0];
    assert_eq!(printed(npv_year_end(0.1, &flows), 2), "1188.44");
    let flows = [-70_000.0, 12_000.0, 15_000.0, 18_000.0, 21_000.0, 26_000.0];
    assert_eq!(printed(100.0 * rate(irr(&flows)), 3), "8.663");
}

#[test]
fn v18_v19_discounted_payback() {
    let flows = [-210.0, 85.0, 75.0, 85.0, 105.0];
    assert_eq!(printed(years(payback_discounted(0.11, &flows)), 3), "3.150");
    assert_eq!(printed(npv(0.11, &flows), 2), "58.77");
    let flows = [-200_000.0, 60_000.0, 80_000.0, 70_000.0, 60_000.0, 50_000.0];
    assert_eq!(printed(years(payback_discounted(0.12, &flows)), 3), "3.861");
    assert_eq!(printed(npv(0.12, &flows), 2), "33673.98");
}

/// The waterfall of one order at a list price.
fn falls(list: &str, discount: &str, rebates: &str, freight: &str, cost: &str) -> Waterfall {
    let revenue = money(list).sub(money(discount)).unwrap();
    let filled = Filled {
        sums: Sums {
            list: money(list),
            discount: money(discount),
            revenue,
            rebates: money(rebates),
            freight: money(freight),
            cost: money(cost),
            revenue_costed: revenue,
            orders: 1,
            lines: 1,
            ..Sums::default()
        },
        cost: money(cost),
        ..Filled::default()
    };
    let resolved = perennial::registry::resolve(&chosen(&[]), &Estimates::new());
    waterfall(&filled, &Inputs::read(&resolved)).unwrap()
}

#[test]
fn v27_v29_from_list_to_pocket_margin() {
    let v27 = falls("100", "15", "5", "3", "40");
    let levels = [v27.revenue, v27.pocket, v27.gross_profit, v27.contribution];
    assert_eq!(levels.map(|m| m.to_string()), ["85", "77", "37", "37"]);
    let share = 100.0 * v27.gross_profit.to_f64() / v27.pocket.to_f64();
    assert_eq!(printed(share, 2), "48.05");
    let v29 = falls("100", "20", "0", "0", "50");
    assert_eq!(
        [v29.pocket, v29.contribution].map(|m| m.to_string()),
        ["80", "30"]
    );
}

#[test]
fn v28_discounts_in_percent_and_stacked() {
    let at = |list: &str, share: &str| {
        let kept = rust_decimal::Decimal::ONE - share.parse::<rust_decimal::Decimal>().unwrap();
        money(list).times(kept).unwrap()
    };
    assert_eq!(at("500", "0.12").to_string(), "440.00");
    let twice = at(&at("100", "0.10").to_string(), "0.05");
    assert_eq!(money("100").sub(twice).unwrap().to_string(), "14.5000");
    let detail = Detail {
        list_price: money("500"),
        discount_share: "0.12".parse().unwrap(),
        ..g1("0")
    };
    assert_eq!(detail.invoice_price().unwrap().to_string(), "440.00");
}

#[test]
fn v32_tooling_by_the_piece() {
    let tool = piece_adder(money("105000"), 250_000.into()).unwrap();
    let upkeep = piece_adder(money("1800"), 60_000.into()).unwrap();
    assert_eq!(tool.to_string(), "0.42");
    assert_eq!(upkeep.to_string(), "0.03");
    assert_eq!(tool.add(upkeep).unwrap().to_string(), "0.45");
    assert_eq!(printed(250_000.0 / 60_000.0, 2), "4.17");
}

#[test]
fn v39_rates() {
    assert_eq!(printed(100.0 * per_year(0.01), 2), "12.68");
    assert_eq!(printed(100.0 * per_month(0.12), 4), "0.9489");
}

#[test]
fn v40_dated_flows() {
    let flows = [
        (date("2008-01-01"), -10_000.0),
        (date("2008-03-01"), 2_750.0),
        (date("2008-10-30"), 4_250.0),
        (date("2009-02-15"), 3_250.0),
        (date("2009-04-01"), 2_750.0),
    ];
    assert_eq!(printed(xnpv(0.09, &flows), 2), "2086.65");
    assert_eq!(printed(100.0 * rate(xirr(&flows)), 3), "37.336");
}

#[test]
fn v41_kaplan_meier() {
    let span = |length, ended| Span { length, ended };
    let curve = Survival::of(&[
        span(3.0, true),
        span(5.0, false),
        span(7.0, true),
        span(8.0, false),
        span(10.0, true),
    ]);
    assert_eq!(printed(curve.after(2.9), 1), "1.0");
    assert_eq!(printed(curve.after(3.0), 1), "0.8");
    assert_eq!(printed(curve.after(7.0), 4), "0.5333");
    assert_eq!(printed(curve.after(10.0), 1), "0.0");
    // Too small a book for L10, and it says so.
    assert!(l10_survival::multiple(&outlook(0.8, 0.1), &curve).is_err());
}

#[test]
fn timing_variants_of_4_3() {
    let at = outlook(0.8, 0.1);
    let value = |multiple: f64| printed(1_000.0 * multiple, 2);
    assert_eq!(value(l5_now::multiple(&at).unwrap()), "3666.67");
    assert_eq!(value(l6_year_end::multiple(&at).unwrap()), "3333.33");
    assert_eq!(value(l4_after_renewal::multiple(&at).unwrap()), "2666.67");
    let with = |timing| l7_horizon::multiple(&Outlook { timing, ..at });
    assert_eq!(value(with(Timing::Start)), "2920.63");
    assert_eq!(value(with(Timing::End)), "2655.12");
    assert_eq!(value(0.8 * with(Timing::End)), "2124.10");
    assert_eq!(value(with(Timing::Mid)), "2784.72");
    let growing = Outlook {
        growth_per_year: 0.05,
        ..at
    };
    assert_eq!(value(l8_growth::multiple(&growing).unwrap()), "3076.92");
    let (end, start) = (with(Timing::End), with(Timing::Start));
    assert!((end..start).contains(&with(Timing::Monthly)) || with(Timing::Monthly) < start);
}

/// The golden deal, with its discount as a fraction of list.
fn g1(discount: &str) -> Detail {
    Detail {
        pieces_per_year: 10_000.into(),
        list_price: money("12.00"),
        discount_share: discount.parse().unwrap(),
        cost_per_piece: money("7.10"),
        freight_per_piece: money("0.35"),
        service_per_year: money("1500"),
        maintenance_per_year: money("1200"),
    }
}

/// Its flows at a retention: tooling and acquisition now, then five years.
fn g1_flows(detail: &Detail, retention: f64) -> Vec<f64> {
    let margin = detail.margin_per_year().unwrap().to_f64();
    let mut flows = vec![-42_000.0 - 15_000.0];
    flows.extend(l7_horizon::flows(&outlook(retention, 0.1), margin));
    flows
}

#[test]
fn g1_the_golden_deal() {
    let deal = g1("0.08");
    assert_eq!(
        deal.invoice_price().unwrap().rounded(2).to_string(),
        "11.04"
    );
    assert_eq!(
        deal.unit_contribution().unwrap().rounded(2).to_string(),
        "3.59"
    );
    let revenue = deal.revenue_per_year().unwrap().to_f64();
    assert_eq!(printed(revenue, 0), "110400");
    assert_eq!(printed(100.0 * (11.04 - 7.10) / 11.04, 2), "35.69");
    let margin = deal.margin_per_year().unwrap().to_f64();
    assert_eq!(printed(margin, 0), "33200");
    assert_eq!(printed(100.0 * margin / revenue, 2), "30.07");

    let flows = g1_flows(&deal, 0.85);
    let shown: Vec<String> = flows.iter().map(|f| printed(*f, 2)).collect();
    assert_eq!(
        shown,
        [
            "-57000.00",
            "33200.00",
            "28220.00",
            "23987.00",
            "20388.95",
            "17330.61"
        ]
    );
    assert_eq!(printed(npv(0.1, &flows), 2), "39212.79");
    assert_eq!(printed(100.0 * rate(irr(&flows)), 2), "38.10");
    assert_eq!(printed(years(payback(&flows)), 3), "1.843");
    assert_eq!(printed(years(payback_discounted(0.1, &flows)), 3), "2.194");
    let today = margin * l7_horizon::multiple(&outlook(0.85, 0.1));
    assert_eq!(printed(today, 2), "96212.79");
    assert_eq!(
        printed(ltv_to_cac(today, 42_000.0, 15_000.0).unwrap(), 3),
        "3.614"
    );
    assert_eq!(printed(npv(0.1, &g1_flows(&deal, 0.0)), 2), "-26818.18");
    assert_eq!(printed(npv(0.1, &g1_flows(&deal, 1.0)), 2), "68854.12");
}

#[test]
fn g1_break_even_and_a_deeper_discount() {
    let deal = g1("0.08");
    let kept = bisect(|r| npv(0.1, &g1_flows(&deal, r)), 0.0, 1.0).unwrap();
    assert_eq!(printed(100.0 * kept, 2), "53.31");
    // The present value is linear in the price.
    let per_unit_of_price = 10_000.0 * l7_horizon::multiple(&outlook(0.85, 0.1));
    let floor = 11.04 - npv(0.1, &g1_flows(&deal, 0.85)) / per_unit_of_price;
    assert_eq!(printed(floor, 4), "9.6869");
    assert_eq!(printed(100.0 * (1.0 - floor / 12.0), 2), "19.28");
    let deeper = g1("0.13");
    assert_eq!(
        deeper.unit_contribution().unwrap().rounded(2).to_string(),
        "2.99"
    );
    assert_eq!(printed(npv(0.1, &g1_flows(&deeper, 0.85)), 2), "21824.94");
    assert_eq!(printed(100.0 * (3.59 / 2.99 - 1.0), 2), "20.07");
}

#[test]
fn edges_of_every_method() {
    // Nothing is discounted and nobody leaves: no end, and it says so.
    for multiple in [
        l4_after_renewal::multiple,
        l5_now::multiple,
        l6_year_end::multiple,
    ] {
        assert!(
            multiple(&outlook(1.0, 0.0))
                .unwrap_err()
                .0
                .contains("no end")
        );
    }
    // No discount: plain sums.
    assert_eq!(
        printed(l7_horizon::multiple(&outlook(1.0, 0.0)), 6),
        "5.000000"
    );
    // Nobody stays: only the first year counts.
    assert_eq!(
        printed(l7_horizon::multiple(&outlook(0.0, 0.1)), 4),
        "0.9091"
    );
    // Growth that outruns waiting.
    let wild = Outlook {
        growth_per_year: 0.5,
        ..outlook(0.9, 0.1)
    };
    assert!(l8_growth::multiple(&wild).is_err());
    assert_eq!(irr(&[-1.0, 5.0, -6.0]), {
        let Irr::Several(rates) = irr(&[-1.0, 5.0, -6.0]) else {
            panic!("two roots")
        };
        assert_eq!(rates.len(), 2);
        Irr::Several(rates)
    });
    let back = payback(&[-10.0, 20.0, -15.0, 20.0]);
    assert_eq!(
        back,
        Payback::After {
            years: 2.25,
            twice: true
        }
    );
}
