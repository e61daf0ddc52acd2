//! A few of the simulated books of `examples/simulate.rs`, with the bars that hold for all of them.

use perennial::models::Settings;

#[allow(dead_code)]
#[path = "../../examples/simulate.rs"]
mod simulate;

/// Every kind of book once. So few books say little of coverage: the bound is what 20 books at 90 %
/// fall below once in a thousand times.
#[test]
fn forecasts_beat_mbg_nbd_and_the_latency_rule_on_books_of_known_truth() {
    let found = simulate::outcomes(20, Settings::default());
    assert_eq!(found.len(), 20);
    let all: Vec<_> = found.iter().map(|(_, outcome)| *outcome).collect();
    let all = simulate::summary(&all);
    println!("{}", simulate::table(&found));
    assert!(all.covered >= 0.7, "{all:?}");
    let [_, error, ranked] = simulate::bars(&all).try_into().unwrap();
    assert!(error.1, "{}", error.0);
    assert!(ranked.1, "{}", ranked.0);
}
