//! The whole report of forecasts: `cargo bench --no-default-features --bench report [ACCOUNTS ...]`.
//!
//! For 200, 5,000 and 100,000 simulated accounts (or as many as named): the fit with its search for
//! the number of stages, draws and two back-tests; then what orders are worth, what is expected of
//! every account, and the book's ranges. Prints seconds, microseconds an account and the most memory
//! used so far. Then what a slider step of the Value page costs with the fitted method and without.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::pedantic
)]

#[path = "../tests/hand_made/mod.rs"]
mod hand_made;

use std::hint::black_box;
use std::time::Instant;

use perennial::base::Date;
use perennial::base::num::Normals;
use perennial::models::{Histories, OrderValues, Prior, Scratch, Settings, Spend, Weeks, fit};
use perennial::value::{Evaluation, Foresight, Subject};

/// Accounts that order about every nine weeks in Erlang-6 intervals, over three years.
fn histories(accounts: usize) -> Histories {
    let mut random = Normals::new(5);
    let start = Date::parse("2022-01-03").unwrap();
    let lists: Vec<Vec<Date>> = (0..accounts)
        .map(|_| {
            let rate = 6.0 / 63.0 * libm::exp(0.5 * random.draw());
            let leave = 0.2 * random.share();
            let mut at = 700.0 * random.share();
            let mut list = vec![start.plus_days(at as i32)];
            while random.share() >= leave {
                at += random.gamma(6.0) / rate;
                if at > 3.0 * 365.0 {
                    break;
                }
                list.push(start.plus_days(at as i32));
            }
            list
        })
        .collect();
    Histories::of_days(start.plus_days(3 * 365), lists.iter().map(Vec::as_slice))
}

fn spends(histories: &Histories) -> Vec<(usize, Spend)> {
    let mut random = Normals::new(9);
    let one = |account: usize| {
        let level = 100.0 * libm::exp(random.draw());
        let orders = histories.days_of(account).len();
        let values = (0..orders).map(|_| level * libm::exp(0.4 * random.draw()));
        (account % 5, Spend::of(values))
    };
    (0..histories.len()).map(one).collect()
}

/// The most memory this process has used, in megabytes; nothing where the system does not say.
fn peak() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024.0)
}

fn report(accounts: usize) -> Foresight {
    let histories = histories(accounts);
    let spends = spends(&histories);
    let start = Instant::now();
    let fitted = fit(histories, Settings::default(), &|| false).unwrap();
    let seconds_fit = start.elapsed().as_secs_f64();
    let stages = fitted.pool().regular.k();
    let mut foresight = Foresight::new(fitted, OrderValues::new(&spends, Prior::Weak, (40, 1)));
    while foresight.fill(1_000) {}
    let mut scratch = Scratch::default();
    black_box(foresight.fit().total(Weeks::YEAR, &mut scratch));
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "{accounts:>8} accounts: fit {seconds_fit:>7.3} s, whole report {seconds:>7.3} s, {:>6.0} us an \
         account, {} stages, {:.0} MB at most",
        1e6 * seconds / accounts as f64,
        stages,
        peak().unwrap_or(f64::NAN)
    );
    foresight
}

/// A slider step of the Value page's first tab.
fn steps(count: u32, foresight: &Foresight) {
    let accounts = hand_made::book(count);
    let (prepared, resolved) =
        hand_made::ready(&accounts, &[("service_order", "25"), ("capital", "8")]);
    let time = |fitted: bool| {
        let step = || {
            let mut found = Evaluation::new(&accounts, &prepared, black_box(&resolved));
            if fitted {
                found = found.with(Ok(foresight));
            }
            let shown = (found.figures(Subject::Book), found.methods(Subject::Book));
            black_box((shown, found.sheet("cash"), found.sheet("payback")));
        };
        step();
        let start = Instant::now();
        for _ in 0..20 {
            step();
        }
        start.elapsed().as_secs_f64() / 20.0
    };
    let (without, with) = (time(false), time(true));
    println!(
        "{count:>8} accounts: a step of the Value page {:.2} ms without the fitted method, {:.2} ms with: \
         {:.2} times",
        1e3 * without,
        1e3 * with,
        with / without
    );
}

fn main() {
    let asked: Vec<usize> = std::env::args()
        .skip(1)
        .filter_map(|a| a.parse().ok())
        .collect();
    let sizes = if asked.is_empty() {
        vec![200, 5_000, 100_000]
    } else {
        asked
    };
    for accounts in sizes {
        let foresight = report(accounts);
        steps(u32::try_from(accounts).unwrap(), &foresight);
    }
}
