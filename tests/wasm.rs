//! What must come out the same in the browser as natively, to the last bit. These tests run on both
//! sides: `cargo test --no-default-features --test wasm`, and `script/test wasm` in a browser.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::{wasm_bindgen_test as test, wasm_bindgen_test_configure};

use std::fmt::Write;

use perennial::assumptions::{Assumptions, Estimates};
use perennial::base::crc::{Crc, crc32};
use perennial::base::money::Money;
use perennial::base::num::{root, stats};
use perennial::scenario::models::DealModel;
use perennial::scenario::{Bench, Change, Range, Scenarios, Shape, Simulation};

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test_configure!(run_in_browser);

/// A digest of the exact bits of many results.
fn digest(values: impl IntoIterator<Item = f64>) -> u32 {
    let mut hasher = Crc::default();
    for value in values {
        hasher.update(&value.to_bits().to_le_bytes());
    }
    hasher.sum()
}

/// Seeded arguments between 0 and `top`.
fn arguments(top: f64) -> Vec<f64> {
    let mut random = oorandom::Rand64::new(7);
    (0..20_000).map(|_| random.rand_float() * top).collect()
}

#[test]
fn elementary_functions_have_the_same_bits() {
    let all = arguments(50.0);
    let results = all.iter().flat_map(|&x| {
        [
            libm::exp(-x),
            libm::log(x),
            libm::log2(x),
            libm::sqrt(x),
            libm::pow(1.1, x),
            libm::pow(x, 0.37),
        ]
    });
    assert_eq!(
        digest(results),
        1_607_816_344,
        "not the bits of the other side"
    );
}

#[test]
fn statistics_and_roots_have_the_same_bits() {
    let all = arguments(1000.0);
    let mut results: Vec<f64> = [0.05, 0.25, 0.5, 0.9]
        .iter()
        .filter_map(|&share| stats::quantile(&all, share))
        .collect();
    results.extend(stats::mad(&all));
    for target in &all[..200] {
        results.extend(root::bisect(|x| x * libm::exp(x) - target, 0.0, 10.0));
    }
    assert_eq!(results.len(), 205);
    assert_eq!(
        digest(results),
        3_131_497_626,
        "not the bits of the other side"
    );
}

/// Everything that a simulation of the example deal finds, for every form of its ranges.
#[allow(clippy::unwrap_used)] // A question that is refused fails the test, and that is right.
fn simulated(shape: Shape) -> Vec<f64> {
    let mut scenarios = Scenarios::default();
    let mut change = |change| scenarios = scenarios.changed(change).unwrap().scenarios;
    for (key, range) in [
        ("deal_volume", "6000 to 14000"),
        ("deal_retention", "60 to 95"),
        ("deal_cost", "6.8; 7.1; 7.9"),
        ("discount", "8 to 12"),
    ] {
        let range = Range::read(key, range, None).unwrap();
        change(Change::Uncertain(key.into(), Some(range)));
    }
    change(Change::Simulate(Simulation {
        shape,
        draws: 2_000,
        ..Simulation::default()
    }));
    let bench = Bench {
        model: &DealModel,
        chosen: &Assumptions::default(),
        estimates: &Estimates::new(),
        scenarios: &scenarios,
    };
    let (mut running, inputs) = bench.simulation(scenarios.simulation()).unwrap();
    bench.draw(&mut running, &inputs, "deal_npv", u32::MAX);
    let found = bench.drawn(&running, &inputs, "deal_npv").unwrap();
    let mut all = vec![
        found.mean,
        found.p10,
        found.p50,
        found.p90,
        found.below_zero,
    ];
    all.extend(found.paid_back);
    all.extend(found.likely);
    for driver in &found.drivers {
        all.extend([driver.correlation, driver.share]);
    }
    for bin in &found.bins {
        all.extend([bin.from, bin.to, f64::from(bin.count)]);
    }
    all
}

#[test]
fn a_seed_gives_the_same_simulation() {
    let results = [Shape::Pert, Shape::Triangular].map(simulated);
    assert_eq!(
        digest(results.into_iter().flatten()),
        1_804_572_037,
        "not the bits of the other side"
    );
}

#[test]
fn money_prints_the_same() {
    let mut text = String::new();
    for amount in arguments(1e9) {
        if let Some(money) = Money::parse(&format!("{amount:.7}")) {
            let _ = writeln!(text, "{} {}", money.rounded(2), money.to_f64());
        }
    }
    assert_eq!(
        crc32(text.as_bytes()),
        2_302_603_247,
        "not the text of the other side"
    );
}

#[test]
fn the_sample_is_the_same_order_book() {
    let text = perennial::orders::sample::csv();
    assert_eq!(
        crc32(text.as_bytes()),
        2_314_193_966,
        "not the sample of the other side"
    );
}
