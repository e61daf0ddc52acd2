//! Simulated books with known truth, seeded: regular buyers of whom some leave.

use perennial::base::Date;
use perennial::base::num::Normals;
use perennial::models::{Contestant, Histories, Rung, Scratch, Settings, Weeks, fit};

/// A book and its truth.
pub struct Book {
    pub days: Vec<Vec<Date>>,
    pub cut: Date,
}

fn exponential(random: &mut Normals) -> f64 {
    -libm::log(1.0 - random.share())
}

/// Accounts that order every `interval` weeks on average, in Erlang-k intervals whose rates differ by
/// a factor of about two; one in ten leaves after an order. Watched for three years and a half, of
/// which the last half year is still ahead of the cut-off.
pub fn simulate(accounts: u32, k: u32, interval: f64, seed: u64) -> Book {
    let mut random = Normals::new(seed);
    let start = Date::parse("2022-01-03").unwrap();
    let cut = start.plus_days(3 * 365);
    let end = 3.5 * 365.0;
    let days = (0..accounts).map(|_| {
        let rate = f64::from(k) / (interval * 7.0) * libm::exp(0.5 * random.draw() - 0.125);
        let leave = 0.2 * random.share();
        let mut at = 500.0 * random.share();
        let mut days = vec![at];
        while at < end && random.share() >= leave {
            for _ in 0..k {
                at += exponential(&mut random) / rate;
            }
            days.push(at);
        }
        days.iter()
            .filter(|day| **day < end)
            .map(|day| start.plus_days(*day as i32))
            .collect()
    });
    Book {
        days: days.collect(),
        cut,
    }
}

impl Book {
    pub fn histories(&self) -> Histories {
        Histories::of_days(self.cut, self.days.iter().map(Vec::as_slice))
    }

    pub fn orders_after(&self, weeks: i32) -> u32 {
        let histories = self.histories();
        let until = self.cut.plus_days(7 * weeks);
        (0..self.days.len())
            .map(|account| histories.orders_between(account, self.cut, until))
            .sum()
    }
}

#[test]
fn regular_books_are_recognised_and_ranked_better_than_by_mbg_nbd() {
    let book = simulate(150, 12, 9.0, 3);
    let fitted = fit(book.histories(), Settings::default(), &|| false).unwrap();
    let report = fitted.report();
    assert_eq!(report.rung, Rung::Searched);
    assert!(
        (8..=18).contains(&fitted.pool().regular.k()),
        "{:?}",
        report.tried
    );
    assert!(!report.alike && !report.at_edge, "{report:?}");
    assert!(report.ln_likelihood > report.ln_likelihood_random + 100.0);
    let board = &report.boards[1];
    assert!(board.weight_is_earlier);
    let of = |who| board.scores.iter().find(|score| score.who == who).unwrap();
    let (pool, mbg) = (of(Contestant::Pool), of(Contestant::MbgNbd));
    assert!(
        pool.short_loss < mbg.short_loss && pool.long_loss < mbg.long_loss,
        "{board:?}"
    );
    assert!(
        pool.short_ranking.unwrap() > mbg.short_ranking.unwrap() + 0.05,
        "{board:?}"
    );
    assert!(pool.short_ranking > of(Contestant::Latency).short_ranking);
    assert!((0.8..=1.0).contains(&pool.covered.unwrap()), "{board:?}");
}

#[test]
fn totals_lie_within_their_ranges_about_as_often_as_they_say() {
    let mut scratch = Scratch::default();
    let settings = Settings {
        backtest: None,
        ..Settings::default()
    };
    for (accounts, k) in [(12, 4), (40, 4), (120, 6)] {
        let mut inside = 0;
        let books = 24;
        for seed in 0..books {
            let book = simulate(accounts, k, 8.0, 100 + seed);
            let fitted = fit(book.histories(), settings, &|| false).unwrap();
            let total = fitted.total(Weeks::new(26.0), &mut scratch).unwrap();
            let actual = f64::from(book.orders_after(26));
            let (low, high) = total.model_and_luck;
            assert!(low <= total.model.1 && total.model.0 <= high);
            inside += u32::from(low <= actual && actual <= high);
        }
        println!("{accounts} accounts: {inside} of {books} inside the 90 % range");
        assert!(inside >= 18, "{accounts} accounts: {inside} of {books}");
    }
}

#[test]
fn small_books_climb_down_the_ladder() {
    let rung = |accounts, weeks| {
        let mut book = simulate(accounts, 4, 8.0, 7);
        book.cut = Date::parse("2022-06-01").unwrap().plus_days(7 * weeks);
        let fitted = fit(book.histories(), Settings::default(), &|| false).unwrap();
        (
            fitted.report().rung,
            fitted.report().repeats,
            fitted.pool().regular.k(),
        )
    };
    let (few, repeats, k) = rung(5, 20);
    assert!(
        few == Rung::MostlyAssumed && repeats < 15 && k == 2,
        "{repeats}"
    );
    let (some, repeats, k) = rung(10, 40);
    assert!(
        some == Rung::Guessed && (15..50).contains(&repeats) && [1, 2, 4, 8].contains(&k),
        "{repeats}"
    );
    assert_eq!(rung(40, 100).0, Rung::Searched);
}
