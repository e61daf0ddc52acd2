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
use perennial::deals::Deal;
use perennial::registry;
use perennial::value::cash::{Irr, Payback};

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
