//! Order values by account, and what new accounts bring.

use perennial::base::num::Normals;
use perennial::models::{Newcomers, OrderValues, Prior, Scratch, Settings, Spend, Weeks, fit};

use crate::book::simulate;

/// Accounts in two segments, whose orders are usually of 100 and of 900, each around a mean of its own.
fn spends(accounts: usize, seed: u64) -> Vec<(usize, Spend)> {
    let mut random = Normals::new(seed);
    let one = |at: usize| {
        let level = [100.0, 900.0][at % 2] * libm::exp(0.4 * random.draw() - 0.08);
        let orders = if at < 2 { 0 } else { 1 + at % 7 };
        let values = (0..orders).map(|_| level * libm::exp(0.3 * random.draw() - 0.045));
        (at % 2, Spend::of(values))
    };
    (0..accounts).map(one).collect()
}

#[test]
fn order_values_are_drawn_towards_their_segment() {
    let accounts = spends(200, 5);
    let values = OrderValues::new(&accounts, Prior::Weak, (40, 1)).unwrap();
    // Nothing is known of the first two but their segments.
    let (small, large) = (values.expected(0), values.expected(1));
    assert!((80.0..130.0).contains(&small), "{small}");
    assert!((720.0..1_100.0).contains(&large), "{large}");
    for (at, (_, spend)) in accounts.iter().enumerate().skip(2) {
        let (mean, level) = (spend.mean().unwrap(), [small, large][at % 2]);
        let found = values.expected(at);
        let (low, high) = (mean.min(level), mean.max(level));
        assert!(
            (0.97 * low..=1.03 * high).contains(&found),
            "{at}: {found} {low} {high}"
        );
        let worth = values.worth(at);
        assert!(worth.square > worth.mean * worth.mean && worth.variation > 0.0);
    }
    assert_eq!(values.telling_correlation(), None);
    assert_eq!(
        OrderValues::new(&[(0, Spend::default())], Prior::Weak, (40, 1)),
        None
    );
    assert_eq!(OrderValues::new(&[], Prior::Weak, (40, 1)), None);
}

#[test]
fn values_that_grow_with_the_number_of_orders_are_told() {
    let grows = |at: u32| (0, Spend::of((0..=at).map(|_| 50.0 + 10.0 * f64::from(at))));
    let accounts: Vec<(usize, Spend)> = (0..30).map(grows).collect();
    let values = OrderValues::new(&accounts, Prior::Weak, (0, 1)).unwrap();
    assert!(values.telling_correlation().unwrap() > 0.9);
    assert!(
        OrderValues::new(&accounts[..10], Prior::Weak, (0, 1))
            .unwrap()
            .telling_correlation()
            .is_none()
    );
}

#[test]
fn without_the_prior_order_values_fit_no_worse() {
    let accounts = spends(12, 5);
    let fit = |prior| *OrderValues::new(&accounts, prior, (0, 1)).unwrap().fit();
    let (weak, exact) = (fit(Prior::Weak), fit(Prior::None));
    assert!(
        exact.ln_likelihood > weak.ln_likelihood,
        "{exact:?} {weak:?}"
    );
}

#[test]
fn simulated_futures_have_the_expected_mean() {
    let accounts = spends(200, 5);
    let values = OrderValues::new(&accounts, Prior::Weak, (0, 1)).unwrap();
    let mut random = Normals::new(3);
    for account in [0, 9, 20] {
        let sum: f64 = (0..20_000)
            .map(|_| values.simulate(account, 3, 0, &mut random))
            .sum();
        let mean = sum / 20_000.0 / 3.0;
        crate::close(mean, values.expected(account), 0.03);
    }
    assert_eq!(values.simulate(5, 0, 0, &mut random), 0.0);
}

#[test]
fn new_accounts_bring_on_average_what_the_exact_expectation_says() {
    let book = simulate(150, 6, 9.0, 3);
    let settings = Settings {
        backtest: None,
        ..Settings::default()
    };
    let fitted = fit(book.histories(), settings, &|| false).unwrap();
    let values = OrderValues::new(&spends(150, 8), Prior::Weak, (40, 1)).unwrap();
    let newcomers = Newcomers::simulate(&fitted, &values, 24, 40_000, 7);
    let mut scratch = Scratch::default();
    let mut orders = |months: u32| {
        let within = Weeks::of_years(f64::from(months) / 12.0);
        let all = fitted.draws().iter().map(|pool| {
            let regular = pool.regular.ahead_of_new().expected(within, &mut scratch);
            let random = pool.random.ahead_of_new().expected(within, &mut scratch);
            1.0 + pool.weight * regular + (1.0 - pool.weight) * random
        });
        all.sum::<f64>() / f64::from(u32::try_from(fitted.draws().len()).unwrap())
    };
    let first = newcomers.mean(0);
    for months in [1, 6, 12, 24] {
        let found = newcomers.mean(months as usize) / first;
        crate::close(found, orders(months), 0.04);
    }
    assert_eq!((newcomers.months(), newcomers.reached(3, 0.0)), (24, 1.0));
    assert!(newcomers.reached(1, first) <= newcomers.reached(24, first));
    assert_eq!(newcomers.reached(25, 1.0), 0.0);
}
