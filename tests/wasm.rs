//! What must come out the same in the browser as natively, to the last bit. These tests run on both
//! sides: `cargo test --no-default-features --test wasm`, and `script/test wasm` in a browser.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::{wasm_bindgen_test as test, wasm_bindgen_test_configure};

use std::fmt::Write;

use perennial::base::crc::{Crc, crc32};
use perennial::base::money::Money;
use perennial::base::num::{root, stats};

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
