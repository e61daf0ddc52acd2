//! Skipped cycles: what follows from them against simulation, and books that choose for or against them.

use perennial::base::Date;
use perennial::base::num::Normals;
use perennial::models::{
    Ahead, Cnbd, Fit, Histories, History, Leaving, Scratch, Settings, Stages, Weeks, fit,
};

/// Order days in weeks up to `until`, and the cycles that had passed by `cut`'s last order.
struct Life {
    orders: Vec<f64>,
    /// Cycles up to each order.
    cycles: Vec<u32>,
    /// When it left, if it did: after an order.
    left: bool,
}

fn life(k: u32, skip: f64, rate: f64, leave: f64, until: f64, random: &mut Normals) -> Life {
    let mut life = Life {
        orders: vec![0.0],
        cycles: vec![0],
        left: random.share() < leave,
    };
    let (mut at, mut cycles) = (0.0, 0);
    while !life.left {
        at += random.gamma(f64::from(k)) / rate;
        if at > until {
            break;
        }
        cycles += 1;
        if random.share() >= skip {
            life.orders.push(at);
            life.cycles.push(cycles);
            life.left = random.share() < leave;
        }
    }
    life
}

/// Where the cycles are known, the chance that an account is alive, of an order soon, and the expected
/// orders are those of accounts that lived.
#[test]
fn what_is_expected_is_what_accounts_of_the_model_do() {
    let (k, skip, r, alpha, a, b) = (4, 0.25, 3.0, 4.0, 0.4, 3.0);
    let model = Cnbd::new(k, Leaving::AfterEveryOrder, r, Weeks::new(alpha), a, b).skipping(skip);
    let (cut, soon, long) = (40.0, 6.0, 30.0);
    let mut random = Normals::new(11);
    let mut scratch = Scratch::default();
    // By how long the account has been silent: found and wanted of each.
    let mut sums = [[[0.0_f64; 2]; 3]; 4];
    let mut counts = [0.0_f64; 4];
    for _ in 0..40_000 {
        let rate = random.gamma(r) / alpha;
        let leave = random.beta(a, b);
        let whole = life(k, skip, rate, leave, cut + long, &mut random);
        let seen = whole.orders.iter().filter(|at| **at <= cut).count();
        let last = whole.orders[seen - 1];
        let repeats = u32::try_from(seen - 1).unwrap();
        let history = History {
            cycles: whole.cycles[seen - 1],
            ..History::new(repeats, Weeks::new(last), Weeks::new(cut), 0.0)
        };
        let later = |by: f64| {
            whole.orders[seen..]
                .iter()
                .filter(|at| **at <= cut + by)
                .count()
        };
        let alive = !(whole.left && seen == whole.orders.len());
        let ahead: Ahead = model.ahead(&history);
        let pairs = [
            [ahead.p_alive(), f64::from(u8::from(alive))],
            [
                ahead.p_order(Weeks::new(soon)),
                f64::from(u8::from(later(soon) > 0)),
            ],
            [
                ahead.expected(Weeks::new(long), &mut scratch),
                f64::from(u32::try_from(later(long)).unwrap()),
            ],
        ];
        let band = ((cut - last) / 8.0) as usize;
        let band = band.min(3);
        counts[band] += 1.0;
        for (sum, pair) in sums[band].iter_mut().zip(pairs) {
            sum[0] += pair[0];
            sum[1] += pair[1];
        }
        let chances = ahead.counts(Weeks::new(long), &mut scratch);
        let mean: f64 = (0..).zip(&chances).map(|(n, c)| f64::from(n) * c).sum();
        assert!(
            (mean - pairs[2][0]).abs() < 1e-6 * (1.0 + mean),
            "{mean} {pairs:?}"
        );
        assert!((chances.iter().sum::<f64>() - 1.0).abs() < 1e-5);
    }
    for (band, (of_band, count)) in sums.iter().zip(counts).enumerate() {
        assert!(count > 500.0, "{counts:?}");
        for (what, [found, wanted]) in of_band.iter().enumerate() {
            let (found, wanted) = (found / count, wanted / count);
            let room = 0.03 * wanted.max(0.3) + 1.5 / count.sqrt();
            assert!(
                (found - wanted).abs() < room,
                "{band} {what}: {found} {wanted}"
            );
        }
    }
}

#[test]
fn without_skips_nothing_changes() {
    let model = Cnbd::new(6, Leaving::AfterEveryOrder, 2.0, Weeks::new(3.0), 0.3, 2.0);
    let history = History::new(7, Weeks::new(50.0), Weeks::new(61.0), 12.0);
    let nearly = model.skipping(1e-12);
    let week = Weeks::new(20.0);
    let mut scratch = Scratch::default();
    assert_eq!(model.skipping(0.0), model);
    let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-9, "{a} {b}");
    close(model.p_alive(&history), nearly.p_alive(&history));
    let (one, other) = (model.ahead(&history), nearly.ahead(&history));
    close(one.p_order(week), other.p_order(week));
    close(
        one.expected(week, &mut scratch),
        other.expected(week, &mut scratch),
    );
}

/// A book of accounts that skip a share of their cycles, with orders up to `until` weeks.
fn book(accounts: u32, k: u32, skip: f64, seed: u64) -> Histories {
    let start = Date::parse("2021-01-04").unwrap();
    let mut random = Normals::new(seed);
    let lists: Vec<Vec<Date>> = (0..accounts)
        .map(|_| {
            let rate = random.gamma(12.0) / 12.0 * f64::from(k) / 8.0;
            let leave = random.beta(0.6, 12.0);
            let first = 60.0 * random.share();
            let one = life(k, skip, rate, leave, 156.0 - first, &mut random);
            let day = |at: &f64| start.plus_days((7.0 * (first + at)).round() as i32);
            one.orders.iter().map(day).collect()
        })
        .collect();
    Histories::of_days(start.plus_days(7 * 156), lists.iter().map(Vec::as_slice))
}

fn fitted(histories: Histories, stages: Stages) -> Fit {
    let settings = Settings {
        stages,
        ..Settings::default()
    };
    fit(histories, settings, &|| false).unwrap()
}

#[test]
fn the_back_test_chooses_skips_where_there_are_some_and_only_there() {
    let loss = |fit: &Fit| {
        let losses = fit.report().boards.iter().map(|board| {
            let pool = &board.scores[0];
            pool.short_loss.unwrap() + pool.long_loss.unwrap()
        });
        losses.sum::<f64>()
    };
    for seed in [6, 7] {
        let with = fitted(book(400, 14, 0.08, seed), Stages::Search);
        let skipped = with.report().skipped.expect("cycles are skipped");
        assert!((skipped - 0.08).abs() < 0.02, "{skipped}");
        // Told apart, the cycles are more regular than the intervals.
        let tried = with.report().tried.iter();
        let plain = tried.min_by(|a, b| a.1.total_cmp(&b.1)).unwrap().0;
        assert!(with.pool().regular.k() > plain, "{:?}", with.pool());
        // A given number of stages is fitted as it is, without skips.
        let without = fitted(book(400, 14, 0.08, seed), Stages::Fixed(plain));
        assert_eq!(without.report().skipped, None);
        let (with, without) = (loss(&with), loss(&without));
        assert!(with < 0.985 * without, "{seed}: {with} {without}");
    }
    for (k, seed) in [(14, 4), (14, 6), (3, 5)] {
        let none = fitted(book(150, k, 0.0, seed), Stages::Search);
        assert_eq!(none.report().skipped, None, "{k}");
    }
}
