//! The worked tests of deals, by their published ids, to the printed digit; and the properties that
//! hold for every deal.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod hand_made;

use hand_made::chosen;
use perennial::assumptions::Estimates;
use perennial::assumptions::{PriceBreaks, Typed};
use perennial::deals::breaks::{inversions, total};
use perennial::deals::limits::{Break, volume_for_cut};
use perennial::deals::{BreakRule, Deal, Flows};
use perennial::metrics::{Figures, Number};
use perennial::registry;
use perennial::value::cash::{Irr, Payback};
use perennial::view::number::to_f64;

/// The example deal with some settings changed.
fn deal(settings: &[(&str, &str)]) -> Deal {
    Deal::read(&registry::resolve(&chosen(settings), &Estimates::new()))
}

/// Rounded half away from zero, as printed.
fn printed(value: f64, decimals: usize) -> String {
    let scale = 10_f64.powi(i32::try_from(decimals).unwrap());
    let rounded = (value.abs() * scale + 1e-9).round() / scale;
    format!("{:.decimals$}", rounded.copysign(value))
}

#[test]
fn g1_flows_and_present_value() {
    let terms = deal(&[]).terms;
    assert_eq!(printed(terms.price(), 2), "11.04");
    assert_eq!(printed(terms.unit_at(terms.price()), 2), "3.59");
    assert_eq!(printed(terms.contribution_at(terms.price()), 2), "33200.00");
    let flows = terms.flows();
    assert_eq!(printed(flows.start, 2), "-57000.00");
    let later: Vec<String> = flows.later.iter().map(|flow| printed(*flow, 2)).collect();
    assert_eq!(
        later,
        ["33200.00", "28220.00", "23987.00", "20388.95", "17330.61"]
    );
    assert_eq!(printed(flows.npv(0.1), 2), "39212.79");
    assert_eq!(printed(terms.npv(), 2), "39212.79");
    let Irr::One(rate) = flows.irr() else {
        panic!("one rate")
    };
    assert_eq!(printed(100.0 * rate, 2), "38.10");
    let years = |payback| match payback {
        Payback::After {
            years,
            twice: false,
        } => printed(years, 3),
        other => panic!("{other:?}"),
    };
    assert_eq!(years(flows.payback()), "1.843");
    assert_eq!(years(flows.payback_discounted(0.1)), "2.194");
    let (npv, paid) = terms.outcome();
    assert_eq!(
        (printed(npv, 2), printed(paid.unwrap(), 3)),
        ("39212.79".into(), "1.843".into())
    );
    let npv = |retention| printed(deal(&[("deal_retention", retention)]).terms.npv(), 2);
    assert_eq!(
        (npv("0"), npv("100")),
        ("-26818.18".into(), "68854.12".into())
    );
}

fn figure(figures: &Figures, key: &str) -> f64 {
    match &figures[key].value {
        Ok(number) => to_f64(*number),
        Err(why) => panic!("{key}: {}", why.0),
    }
}

/// Why there is no figure.
fn why(figures: &Figures, key: &str) -> String {
    figures[key].value.clone().unwrap_err().0
}

/// A figure of the deal, as printed.
fn shown(settings: &[(&str, &str)], key: &str, decimals: usize) -> String {
    printed(figure(&deal(settings).figures(), key), decimals)
}

#[test]
fn g1_figures() {
    let figures = deal(&[]).figures();
    for (key, decimals, expected) in [
        ("deal_price", 2, "11.04"),
        ("deal_unit", 2, "3.59"),
        ("deal_revenue", 0, "110400"),
        ("deal_gross_margin", 2, "35.69"),
        ("deal_contribution", 0, "33200"),
        ("deal_margin", 2, "30.07"),
        ("deal_outlay", 0, "57000"),
        ("deal_npv", 2, "39212.79"),
        ("deal_irr", 2, "38.10"),
        ("deal_payback", 3, "1.843"),
        ("deal_payback_discounted", 3, "2.194"),
        ("deal_margin_today", 2, "96212.79"),
        ("deal_ltv_cac", 3, "3.614"),
        ("deal_floor_price", 4, "9.6869"),
        ("deal_max_discount", 2, "19.28"),
        ("deal_break_retention", 2, "53.31"),
        ("deal_cut_npv", 2, "21824.94"),
        ("deal_cut_more", 2, "20.07"),
        ("deal_cut_volume", 0, "12007"),
    ] {
        assert_eq!(printed(figure(&figures, key), decimals), expected, "{key}");
    }
    let cut = [("deal_discount", "13")];
    assert_eq!(shown(&cut, "deal_unit", 2), "2.99");
    assert_eq!(shown(&cut, "deal_npv", 2), "21824.94");
    // What was recorded stays decimal.
    let Ok(Number::Exact(price)) = figures["deal_price"].value else {
        panic!("a decimal");
    };
    assert_eq!(price.normalize().to_string(), "11.04");
}

/// Equal flows each year through the deal's own machinery.
fn flows(start: f64, later: &[f64]) -> Flows {
    Flows {
        start,
        later: later.to_vec(),
        first_years: 1.0,
        step_years: 1.0,
    }
}

fn years(payback: Payback) -> f64 {
    let Payback::After {
        years,
        twice: false,
    } = payback
    else {
        panic!("{payback:?}")
    };
    years
}

#[test]
fn v15_v17_present_value_of_flows_at_the_end_of_each_period() {
    let at_end = |rate: f64, flows: &[f64]| {
        let later = Flows {
            start: 0.0,
            later: flows.to_vec(),
            first_years: 1.0,
            step_years: 1.0,
        };
        printed(later.npv(rate), 2)
    };
    assert_eq!(
        at_end(0.065, &[-10_000.0, 3_000.0, 3_400.0, 7_700.0]),
        "2055.38"
    );
    assert_eq!(
        at_end(0.10, &[-10_000.0, 3_000.0, 4_200.0, 6_800.0]),
        "1188.44"
    );
    let Irr::One(rate) = flows(
        -70_000.0,
        &[12_000.0, 15_000.0, 18_000.0, 21_000.0, 26_000.0],
    )
    .irr() else {
        panic!("one rate")
    };
    assert_eq!(printed(100.0 * rate, 3), "8.663");
}

#[test]
fn v16_internal_rate_of_return() {
    let Irr::One(rate) = flows(-100.0, &[39.0, 59.0, 55.0, 20.0]).irr() else {
        panic!("one rate")
    };
    assert!((rate - 0.280_948_421_159_961_1).abs() < 1e-12, "{rate}");
}

#[test]
fn v40_dated_flows() {
    let dated = [
        (
            "deal_dated",
            "2008-01-01: -10000; 2008-03-01: 2750; 2008-10-30: 4250; 2009-02-15: 3250; 2009-04-01: 2750",
        ),
        ("discount", "9"),
    ];
    assert_eq!(shown(&dated, "deal_xnpv", 2), "2086.65");
    assert_eq!(shown(&dated, "deal_xirr", 3), "37.336");
    let one = figures_of(&[("deal_dated", "2026-01-01: 5")]);
    assert!(why(&one, "deal_xirr").starts_with("None"));
    let none = figures_of(&[("deal_dated", "")]);
    assert!(why(&none, "deal_xnpv").contains("No dated flows"));
    let turning = "2020-01-01: -100; 2021-01-01: 230; 2022-01-01: -132";
    let turning = figures_of(&[("deal_dated", turning)]);
    assert!(why(&turning, "deal_xirr").starts_with("2 rates"));
}

#[test]
fn v18_v19_discounted_payback() {
    let deal = flows(-210.0, &[85.0, 75.0, 85.0, 105.0]);
    assert_eq!(printed(years(deal.payback_discounted(0.11)), 3), "3.150");
    assert_eq!(printed(deal.npv(0.11), 2), "58.77");
    let deal = flows(
        -200_000.0,
        &[60_000.0, 80_000.0, 70_000.0, 60_000.0, 50_000.0],
    );
    assert_eq!(printed(years(deal.payback_discounted(0.12)), 3), "3.861");
    assert_eq!(printed(deal.npv(0.12), 2), "33673.98");
}

#[test]
fn v22_v23_volume_for_a_change_of_price() {
    let percent =
        |change: f64, margin: f64| printed(100.0 * volume_for_cut(change, margin).unwrap(), 2);
    assert_eq!(percent(-0.5 / 2.5, 1.5 / 2.5), "50.00");
    assert_eq!(percent(0.5 / 2.5, 1.5 / 2.5), "-25.00");
    assert_eq!(percent(-0.20, 0.60), "50.00");
    assert_eq!(percent(0.10, 0.42), "-19.23");
    assert_eq!(percent(-0.15, 0.50), "42.86");
    assert_eq!(percent(-0.10, 0.25), "66.67");
    // The published "22 % margin tolerates only 8 %" does not follow from its own formula.
    assert_eq!(percent(0.10, 0.22), "-31.25");
    assert_eq!(percent(0.10, 0.25), "-28.57");
    // The same through a deal: 2.50 with a cost of 1.00, and a further cut of 20 points.
    let deal = [
        ("deal_list", "2.5"),
        ("deal_discount", "0"),
        ("deal_cost", "1"),
        ("deal_freight", "0"),
        ("deal_cut", "20"),
    ];
    assert_eq!(shown(&deal, "deal_cut_more", 2), "50.00");
    let more = [&deal[..4], &[("deal_cut", "60")]].concat();
    let words = why(&figures_of(&more), "deal_cut_more");
    assert!(words.contains("No volume"), "{words}");
}

fn figures_of(settings: &[(&str, &str)]) -> Figures {
    deal(settings).figures()
}

fn breaks(text: &str) -> PriceBreaks {
    PriceBreaks::read(text).unwrap()
}

#[test]
fn v24_v25_price_breaks() {
    let tiers = breaks("1-10: 100; 11+: 95");
    let order = |rule| total(&tiers, rule, 11.into()).unwrap().to_string();
    assert_eq!(order(BreakRule::Incremental), "1095");
    assert_eq!(order(BreakRule::AllUnits), "1045");
    let tiers = breaks("1-99: 100; 100+: 85");
    let order = total(&tiers, BreakRule::AllUnits, 100.into()).unwrap();
    assert_eq!(order.to_string(), "8500");
    // 86 pieces cost 8,600, and 100 cost 8,500.
    let zone = inversions(&tiers)[0];
    assert_eq!((zone.from, zone.to, zone.cheaper_at), (86, 99, 100));
}

#[test]
fn v27_v28_v29_the_price_waterfall_of_a_piece() {
    let v27 = [
        ("deal_list", "100"),
        ("deal_discount", "15"),
        ("deal_freight", "8"),
        ("deal_cost", "40"),
    ];
    assert_eq!(shown(&v27, "deal_price", 2), "85.00");
    assert_eq!(shown(&v27, "deal_pocket", 2), "77.00");
    assert_eq!(shown(&v27, "deal_unit", 2), "37.00");
    assert_eq!(shown(&v27, "deal_pocket_margin", 2), "48.05");
    let v28 = [
        ("deal_list", "500"),
        ("deal_discount", "12"),
        ("deal_freight", "0"),
    ];
    assert_eq!(shown(&v28, "deal_price", 2), "440.00");
    let stacked = [
        ("deal_list", "100"),
        ("deal_discount", "10"),
        ("deal_rebate", "5"),
        ("deal_freight", "0"),
    ];
    // 10 % and then 5 % are 14.5 %.
    assert_eq!(shown(&stacked, "deal_pocket", 2), "85.50");
    let v29 = [
        ("deal_list", "100"),
        ("deal_discount", "20"),
        ("deal_freight", "0"),
        ("deal_cost", "50"),
    ];
    assert_eq!(shown(&v29, "deal_pocket", 2), "80.00");
    assert_eq!(shown(&v29, "deal_unit", 2), "30.00");
}

#[test]
fn v32_tooling_paid_with_the_pieces() {
    let v32 = [
        ("deal_tooling", "105000"),
        ("deal_tooling_by", "amortised"),
        ("deal_tool_pieces", "250000"),
        ("deal_maintenance", "1800"),
        ("deal_volume", "60000"),
    ];
    assert_eq!(shown(&v32, "deal_adder", 2), "0.45");
    assert_eq!(shown(&v32, "deal_tool_years", 2), "4.17");
}

#[test]
fn tooling_paid_with_the_pieces_comes_back_once_and_no_more() {
    let settings = [
        ("deal_tooling_by", "amortised"),
        ("deal_tool_pieces", "25000"),
        ("deal_retention", "100"),
        ("deal_maintenance", "0"),
        ("discount", "0"),
        ("horizon", "9"),
    ];
    for timing in ["end", "mid", "start", "monthly"] {
        let settings = [&settings[..], &[("timing", timing)]].concat();
        assert_eq!(shown(&settings, "deal_adder_today", 4), "42000.0000");
    }
}

#[test]
fn what_is_said_of_a_year_counts_what_is_added_for_tooling() {
    let note = |settings: &[(&str, &str)], key: &str| {
        figures_of(settings)[key].note.clone().unwrap_or_default()
    };
    // A piece leaves less than maintenance takes, and the addition makes up for it until it is paid.
    let by_us = [("deal_cost", "10.6"), ("deal_tool_pieces", "20000")];
    let carried = [&by_us[..], &[("deal_tooling_by", "amortised")]].concat();
    let further = "every further year costs money";
    assert!(note(&by_us, "deal_npv").contains(further));
    assert_eq!(note(&by_us, "deal_contribution"), "Every year costs money.");
    assert!(note(&carried, "deal_npv").starts_with("Once the tooling is paid"));
    assert!(note(&carried, "deal_contribution").contains("added for tooling"));
    assert!(why(&figures_of(&carried), "deal_cac_months").contains("added for tooling"));
    // More than the addition can make up for.
    let lost = [&carried[1..], &[("deal_cost", "30")]].concat();
    assert!(note(&lost, "deal_npv").starts_with("The contribution"));
    // Pieces that pay for it after the horizon do not count; nor does an addition nobody asks for.
    let long = [
        ("deal_tooling_by", "amortised"),
        ("deal_tool_pieces", "90000"),
    ];
    assert!(note(&long, "deal_adder_today").contains("horizon ends"));
    assert!(note(&[], "deal_tool_years").contains("Nothing is added"));
    assert!(note(&carried, "deal_tool_years").is_empty());
}

#[test]
fn edges_are_said_and_never_shown_as_zero_or_infinity() {
    // r = 0: only the first year counts.
    let first = deal(&[("deal_retention", "0")]).terms.flows();
    assert!(first.later.iter().skip(1).all(|flow| *flow == 0.0));
    // d = 0: plain sums.
    let plain = deal(&[("discount", "0")]).terms;
    let sum: f64 = plain.flows().later.iter().sum();
    assert!((plain.npv() - (sum - 57_000.0)).abs() < 1e-9);
    // A margin below 0: no payback, a ratio with a flag, no volume that helps.
    let loss = figures_of(&[("deal_cost", "12")]);
    assert!(figure(&loss, "deal_npv") < 0.0);
    assert!(why(&loss, "deal_payback").starts_with("Never"));
    assert!(why(&loss, "deal_cac_months").starts_with("Never"));
    assert!(why(&loss, "deal_break_volume").contains("No volume"));
    assert!(why(&loss, "deal_break_retention").contains("stays for sure"));
    assert!(why(&loss, "deal_irr").starts_with("None"));
    assert!(loss["deal_ltv_cac"].note.is_some());
    // A = 0: no ratio.
    let free = figures_of(&[("deal_cac", "0")]);
    assert!(why(&free, "deal_ltv_cac").contains("costs nothing"));
    let lent = figures_of(&[("deal_cac", "0"), ("deal_tooling_by", "customer")]);
    assert_eq!(printed(figure(&lent, "deal_payback"), 3), "0.000");
    assert!(why(&lent, "deal_irr").starts_with("None"));
    // Unknown capacity, no spikes, no price.
    assert!(why(&figures_of(&[("deal_capacity", "0")]), "deal_late").contains("capacity"));
    let calm = figures_of(&[("deal_spike_months", "0")]);
    assert!(why(&calm, "deal_buffer_value").contains("no months"));
    assert!(why(&figures_of(&[("deal_list", "0")]), "deal_margin").contains("free"));
    // A price of 0 is said to be none, and a pocket price of nothing is no free piece.
    let free = figures_of(&[("deal_list", "0")]);
    for key in [
        "deal_pocket_margin",
        "deal_gross_margin",
        "deal_cut_more",
        "deal_cut_volume",
    ] {
        assert!(why(&free, key).contains("free"), "{key}");
    }
    assert!(why(&free, "deal_max_discount").contains("list price is 0"));
    let eaten = figures_of(&[("deal_freight", "12")]);
    assert!(why(&eaten, "deal_pocket_margin").contains("no pocket price"));
    let gone = [("deal_rebate", "100")];
    assert!(why(&figures_of(&gone), "deal_floor_price").contains("arrives"));
    assert!(why(&figures_of(&gone), "deal_max_discount").contains("arrives"));
    // A deal that pays now, and would not at the price of far larger orders.
    let cheap = figures_of(&[("deal_breaks", "1-99999: 12; 100000+: 2")]);
    assert!(figure(&cheap, "deal_npv") > 0.0);
    assert!(why(&cheap, "deal_break_volume").contains("largest orders"));
    // Every figure is a number or a reason, whatever is entered.
    for settings in [
        &[("deal_discount", "100")][..],
        &[
            ("deal_rebate", "100"),
            ("deal_terms", "365"),
            ("capital", "100"),
        ],
        &[
            ("deal_volume", "1000000000"),
            ("deal_list", "1000000000"),
            ("horizon", "50"),
            ("deal_growth", "100"),
        ],
        &[
            ("deal_retention", "100"),
            ("discount", "0"),
            ("deal_learning", "50"),
            ("deal_releases", "10000"),
            ("horizon", "50"),
        ],
    ] {
        for (key, figure) in figures_of(settings) {
            match figure.value {
                Ok(number) => assert!(to_f64(number).is_finite(), "{key}"),
                Err(why) => assert!(!why.0.is_empty(), "{key}"),
            }
        }
    }
}

#[test]
fn g1_timing_variants_follow_the_convention() {
    // A deal that leaves 1,000 a year and costs nothing to win.
    let base = [
        ("deal_list", "1"),
        ("deal_discount", "0"),
        ("deal_cost", "0"),
        ("deal_freight", "0"),
        ("deal_volume", "1000"),
        ("deal_release_cost", "0"),
        ("deal_service", "0"),
        ("deal_maintenance", "0"),
        ("deal_tooling", "0"),
        ("deal_cac", "0"),
        ("deal_retention", "80"),
    ];
    let at = |timing| shown(&[&base[..], &[("timing", timing)]].concat(), "deal_npv", 2);
    assert_eq!(at("start"), "2920.63");
    assert_eq!(at("end"), "2655.12");
    assert_eq!(at("mid"), "2784.72");
}

#[test]
fn learning_spares_what_the_orders_say() {
    let one_year = [
        ("horizon", "1"),
        ("discount", "0"),
        ("deal_releases", "4"),
        ("deal_release_cost", "100"),
        ("deal_learning", "80"),
    ];
    // Orders cost 100, 80, 70.21 and 64 where 400 would be 4 x 100.
    assert_eq!(shown(&one_year, "deal_learning_saved", 2), "85.79");
    let nothing = [&one_year[..4], &[("deal_learning", "100")]].concat();
    assert_eq!(shown(&nothing, "deal_learning_saved", 2), "0.00");
}

mod properties {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Conventional flows are worth less at a higher rate.
        #[test]
        fn present_value_falls_with_the_discount_rate(
            later in prop::collection::vec(0.0..1e6_f64, 1..20),
            rate in 0.0..1.0_f64,
            more in 0.001..0.5_f64,
        ) {
            prop_assume!(later.iter().any(|flow| *flow > 1.0));
            let deal = flows(-1e5, &later);
            prop_assert!(deal.npv(rate + more) < deal.npv(rate));
        }

        /// What breaks even, evaluated again, is worth nothing.
        #[test]
        fn what_breaks_even_is_worth_nothing(
            list in 8.0..40.0_f64,
            volume in 500.0..50_000.0_f64,
            retention in 0.3..1.0_f64,
            growth in -0.1..0.1_f64,
            timing in prop::sample::select(vec!["end", "mid", "start", "monthly"]),
        ) {
            let mut terms = deal(&[("timing", timing)]).terms;
            terms.list = list;
            terms.pieces_a_year = volume;
            terms.retention_per_year = retention;
            terms.growth_per_year = growth;
            let floor = perennial::deals::limits::floor_price(&terms).unwrap();
            let mut other = terms;
            other.list = floor / (1.0 - terms.discount_off_list);
            prop_assert!(other.npv().abs() < 1e-6, "{}", other.npv());

            if let Break::At(volume) = perennial::deals::limits::volume(&terms) {
                let mut other = terms;
                other.pieces_a_year = volume;
                prop_assert!(other.npv().abs() < 1e-6, "{}", other.npv());
            }
            if let Break::At(retention) = perennial::deals::limits::retention(&terms) {
                let mut other = terms;
                other.retention_per_year = retention;
                prop_assert!(other.npv().abs() < 1e-6, "{}", other.npv());
            }
            // The quick way and the kept flows agree.
            let (npv, paid) = terms.outcome();
            let flows = terms.flows();
            let close = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs().max(1.0);
            prop_assert!(close(npv, flows.npv(terms.discount_per_year)));
            prop_assert!(close(npv, terms.npv()));
            match (paid, flows.payback()) {
                (None, Payback::Never) => {}
                (Some(a), Payback::After { years, .. }) => prop_assert!(close(a, years)),
                other => prop_assert!(false, "{other:?}"),
            }
        }

        /// In an inversion zone the next break costs less; outside there is none.
        #[test]
        fn inversions_are_where_more_costs_less(
            prices in prop::collection::vec(1..200_u32, 2..6),
            step in 2..40_u32,
            pieces in 1..200_u32,
        ) {
            let text: Vec<String> = prices.iter().zip(0_u32..).map(|(price, at)| {
                let from = 1 + at * step;
                if at as usize + 1 == prices.len() { format!("{from}+: {price}") }
                else { format!("{from}-{}: {price}", from + step - 1) }
            }).collect();
            let tiers = breaks(&text.join("; "));
            let cost = |pieces: u32| total(&tiers, BreakRule::AllUnits, pieces.into()).unwrap();
            let next = tiers.tiers().iter().map(|tier| tier.from).find(|from| *from > pieces);
            let cheaper = next.is_some_and(|next| cost(next) < cost(pieces));
            let zone = inversions(&tiers).into_iter().find(|zone| (zone.from..=zone.to).contains(&pieces));
            prop_assert_eq!(cheaper, zone.is_some());
            // Step by step a piece more never costs less.
            let slab = |pieces: u32| total(&tiers, BreakRule::Incremental, pieces.into()).unwrap();
            prop_assert!(slab(pieces + 1) > slab(pieces));
        }
    }
}
