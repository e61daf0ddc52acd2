//! What a fit costs: `cargo bench --no-default-features --bench models`.
//!
//! Simulated regular books of 200 and 5,000 accounts: the fit with its search for the number of
//! stages, the same with two back-tests, the forecasts of all accounts, and the total with its ranges.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation
)]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use perennial::base::Date;
use perennial::base::num::Normals;
use perennial::models::{
    Ask, Discount, GammaGamma, Histories, Prior, Scratch, Settings, Spend, SpendOn, Stages, Weeks,
    fit,
};

/// Accounts that order about every nine weeks in Erlang-6 intervals, over three years.
fn book(accounts: u32) -> Histories {
    let mut random = Normals::new(5);
    let start = Date::parse("2022-01-03").unwrap();
    let days = 3.0 * 365.0;
    let lists: Vec<Vec<Date>> = (0..accounts)
        .map(|_| {
            let rate = 6.0 / 63.0 * libm::exp(0.5 * random.draw());
            let leave = 0.2 * random.share();
            let mut at = 700.0 * random.share();
            let mut list = vec![start.plus_days(at as i32)];
            while random.share() >= leave {
                for _ in 0..6 {
                    at -= libm::log(1.0 - random.share()) / rate;
                }
                if at > days {
                    break;
                }
                list.push(start.plus_days(at as i32));
            }
            list
        })
        .collect();
    Histories::of_days(start.plus_days(3 * 365), lists.iter().map(Vec::as_slice))
}

fn fits(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("models");
    group.sample_size(10);
    for accounts in [200, 5_000] {
        let histories = book(accounts);
        let plain = Settings {
            backtest: None,
            ..Settings::default()
        };
        let one = Settings {
            prior: Prior::None,
            stages: Stages::Fixed(1),
            draws: 0,
            ..plain
        };
        group.bench_function(format!("mbg/nbd {accounts}"), |b| {
            b.iter(|| fit(black_box(&histories).clone(), one, &|| false).unwrap());
        });
        group.bench_function(format!("search of stages {accounts}"), |b| {
            b.iter(|| fit(black_box(&histories).clone(), plain, &|| false).unwrap());
        });
        group.bench_function(format!("search and two back-tests {accounts}"), |b| {
            b.iter(|| {
                fit(black_box(&histories).clone(), Settings::default(), &|| {
                    false
                })
                .unwrap()
            });
        });
        let fitted = fit(histories.clone(), Settings::default(), &|| false).unwrap();
        println!("{accounts}: {:?}", fitted.pool());
        let ask = Ask {
            discount: Discount::per_year(0.1),
            ..Ask::default()
        };
        let mut scratch = Scratch::default();
        group.bench_function(format!("forecasts, discounted {accounts}"), |b| {
            b.iter(|| {
                let all = (0..fitted.histories().len())
                    .filter_map(|account| fitted.forecast(account, &ask, &mut scratch));
                all.map(|forecast| forecast.discounted).sum::<f64>()
            });
        });
        group.bench_function(format!("total with ranges {accounts}"), |b| {
            b.iter(|| fitted.total(Weeks::YEAR, &mut scratch));
        });
        let mut random = Normals::new(9);
        let spends: Vec<Spend> = (0..accounts)
            .map(|_| {
                let level = 100.0 * libm::exp(random.draw());
                Spend::of((0..6).map(|_| level * libm::exp(0.4 * random.draw())))
            })
            .collect();
        group.bench_function(format!("gamma-gamma {accounts}"), |b| {
            b.iter(|| GammaGamma::fit(SpendOn::Orders, Prior::Weak, black_box(&spends)));
        });
    }
    group.finish();
}

criterion_group!(benches, fits);
criterion_main!(benches);
