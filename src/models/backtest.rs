//! "Had you run this six months ago": fits on the past as it was known then, scored on what came.
//!
//! The models are fitted again on the orders up to an earlier day, and forecast the stretch from
//! there. The weight of the regular model in the pool is the one that would have had the least
//! log-loss for "orders within w", over a short and a long w. Beside our pool stand MBG/NBD, the naive
//! rate `x / T`, and the latency rule (an account that is silent for more than twice its own mean
//! interval is gone; others go on at their own rate).

use crate::base::Date;

use super::ahead::Scratch;
use super::calibration::{Tenth, tenths};
use super::cnbd::Cnbd;
use super::history::{Histories, History};
use super::pool::{Pool, count_range};
use super::score::{Called, log_loss, loss, ranking};
use super::search::Search;
use super::weeks::Weeks;

/// The weights tried for the regular model.
const WEIGHTS: [f64; 6] = [0.0, 0.25, 0.5, 0.75, 0.9, 1.0];

/// The weight of the regular model where no back-test can be made (own judgement: half).
const UNTESTED: f64 = 0.5;

/// A model that skips cycles has a parameter more: it must do better by this share (own judgement).
const BETTER: f64 = 0.99;

/// The loss of each of [`WEIGHTS`].
type Losses = [f64; 6];

/// The stretches of time of a back-test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stretch {
    /// The whole: order counts are forecast for it.
    pub whole: Weeks,
    /// A short part of it: "who orders in the next 4 weeks".
    pub short: Weeks,
    /// A longer part.
    pub long: Weeks,
}

/// Who forecasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contestant {
    /// Our pool of MBG/CNBD-k and MBG/NBD.
    Pool,
    /// MBG/NBD alone.
    MbgNbd,
    /// Each account goes on at its own rate, orders over age.
    Naive,
    /// The latency rule.
    Latency,
}

/// How one contestant did.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Score {
    /// Who.
    pub who: Contestant,
    /// Orders it expected of all accounts.
    pub expected: f64,
    /// The mean absolute error of an account's order count.
    pub count_error: f64,
    /// Log-loss of "orders within the short stretch"; `None` for rules that give no chances.
    pub short_loss: Option<f64>,
    /// The same for the long one.
    pub long_loss: Option<f64>,
    /// Share of pairs ranked rightly by the chance to order within the short stretch.
    pub short_ranking: Option<f64>,
    /// The same for the long one.
    pub long_ranking: Option<f64>,
    /// The share of accounts whose order count lay within the 90 % range.
    pub covered: Option<f64>,
}

/// One back-test.
#[derive(Debug, Clone, PartialEq)]
pub struct Board {
    /// The day up to which orders were known.
    pub cut: Date,
    /// What was forecast.
    pub stretch: Stretch,
    /// Accounts that had ordered by then.
    pub accounts: u64,
    /// Orders they placed in the whole stretch.
    pub actual: u64,
    /// Stages of the regular model as it was fitted then.
    pub stages: u32,
    /// The weight of the regular model in the pool.
    pub weight: f64,
    /// The share of cycles that the regular model skips; `None` where it skips none.
    pub skipped: Option<f64>,
    /// The weight was found on an earlier stretch than this one, so that the score is honest.
    pub weight_is_earlier: bool,
    /// The pool that was fitted then.
    pub pool: Pool,
    /// The scores: pool, MBG/NBD, naive rate, latency rule.
    pub scores: Vec<Score>,
    /// The pool's forecasts of order counts beside what came, the lowest tenth first.
    pub tenths: Vec<Tenth>,
    /// The loss, summed over both stretches and all accounts, of each weight tried.
    losses: Losses,
    /// The same for a regular model that skips cycles, where there was one.
    losses_skipping: Option<Losses>,
}

/// What was forecast for one row of accounts.
#[derive(Debug, Clone, Copy, Default)]
struct Forecast {
    expected: f64,
    short: f64,
    long: f64,
    range: Option<(u32, u32)>,
}

/// What one account did.
#[derive(Debug, Clone, Copy)]
struct Actual {
    row: usize,
    orders: u32,
    short: bool,
    long: bool,
}

/// What back-tests decide.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Choice {
    /// The weight of the regular model.
    pub weight: f64,
    /// The regular model skips cycles.
    pub skips: bool,
}

/// What has the least loss over some boards.
pub(super) fn best(boards: &[Board]) -> Choice {
    let least = |of: fn(&Board) -> Option<Losses>| {
        let all: Option<Vec<Losses>> = boards.iter().map(of).collect();
        let all = all.filter(|all| !all.is_empty())?;
        let sums = (0..WEIGHTS.len()).map(|i| all.iter().filter_map(|l| l.get(i)).sum::<f64>());
        let both = WEIGHTS.iter().copied().zip(sums);
        both.min_by(|a, b| a.1.total_cmp(&b.1))
    };
    let plain = least(|board| Some(board.losses));
    let skipping = least(|board| board.losses_skipping);
    match (plain, skipping) {
        (Some(plain), Some((weight, loss))) if loss < BETTER * plain.1 => Choice {
            weight,
            skips: true,
        },
        (Some((weight, _)), _) => Choice {
            weight,
            skips: false,
        },
        (None, _) => Choice {
            weight: UNTESTED,
            skips: false,
        },
    }
}

/// Histories, and a search on them.
pub(super) type Searched = (Histories, Search);

/// Scores fits made at an earlier cut-off, on the histories as of then; `skipping` skips cycles. `None`
/// where the fits did not come out.
pub(super) fn score(
    plain: &Searched,
    skipping: Option<&Searched>,
    stretch: Stretch,
    earlier: Option<Choice>,
) -> Option<Board> {
    let cut = plain.0.cut()?;
    let random = plain.1.found(1)?.model;
    let tried = |(known, search): &Searched| {
        let regular = search.found(search.best())?.model;
        let actuals = actuals(known, cut, stretch);
        let losses = losses(known, &actuals, stretch, [&regular, &random]);
        Some((regular, actuals, losses))
    };
    let found = tried(plain)?;
    let other = skipping.and_then(tried);
    let mut board = Board {
        cut,
        stretch,
        accounts: plain.0.accounts(),
        actual: 0,
        stages: 0,
        weight: 0.0,
        skipped: None,
        weight_is_earlier: earlier.is_some(),
        pool: Pool {
            regular: found.0,
            random,
            weight: 0.0,
        },
        tenths: Vec::new(),
        scores: Vec::new(),
        losses: found.2,
        losses_skipping: other.as_ref().map(|(_, _, losses)| *losses),
    };
    let choice = earlier.unwrap_or_else(|| best(std::slice::from_ref(&board)));
    let chosen = other.zip(skipping).filter(|_| choice.skips);
    let ((regular, actuals, _), (known, _)) = chosen.unwrap_or((found, plain));
    let weight = choice.weight;
    let pool = |weight| Pool {
        regular,
        random,
        weight,
    };
    let scores = [
        (Contestant::Pool, Some(pool(weight))),
        (Contestant::MbgNbd, Some(pool(0.0))),
        (Contestant::Naive, None),
        (Contestant::Latency, None),
    ];
    let mut scratch = Scratch::default();
    let mut tenths = Vec::new();
    let scores = scores.map(|(who, pool)| {
        let forecasts: Vec<Forecast> = known
            .rows()
            .iter()
            .map(|row| match &pool {
                Some(pool) => by_pool(pool, &row.history, stretch, &mut scratch),
                None => by_rule(who, &row.history, stretch),
            })
            .collect();
        if who == Contestant::Pool {
            tenths = calibrated(&forecasts, &actuals);
        }
        scored(who, &forecasts, &actuals)
    });
    board.actual = actuals.iter().map(|actual| u64::from(actual.orders)).sum();
    board.stages = regular.k();
    board.weight = weight;
    board.skipped = Some(regular.skip()).filter(|skip| *skip > 0.0);
    board.pool = pool(weight);
    board.tenths = tenths;
    board.scores = scores.to_vec();
    Some(board)
}

/// The forecast counts of all accounts beside what came, in tenths.
fn calibrated(forecasts: &[Forecast], actuals: &[Actual]) -> Vec<Tenth> {
    let pair = |actual: &Actual| {
        let forecast = forecasts.get(actual.row).copied().unwrap_or_default();
        (forecast.expected, actual.orders)
    };
    let pairs: Vec<(f64, u32)> = actuals.iter().map(pair).collect();
    tenths(&pairs)
}

fn days(weeks: Weeks) -> i32 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "stretches are far below a million days"
    )]
    let days = weeks.days().round() as i32;
    days
}

fn actuals(known: &Histories, cut: Date, stretch: Stretch) -> Vec<Actual> {
    let accounts = (0..known.len()).filter_map(|account| {
        let row = known.row_of(account)?;
        let within = |weeks| known.orders_between(account, cut, cut.plus_days(days(weeks)));
        Some(Actual {
            row,
            orders: within(stretch.whole),
            short: within(stretch.short) > 0,
            long: within(stretch.long) > 0,
        })
    });
    accounts.collect()
}

/// The loss of each weight, from the chances of the two models.
fn losses(known: &Histories, actuals: &[Actual], stretch: Stretch, models: [&Cnbd; 2]) -> [f64; 6] {
    let chances: Vec<[(f64, f64); 2]> = known
        .rows()
        .iter()
        .map(|row| {
            models.map(|model| {
                let ahead = model.ahead(&row.history);
                (ahead.p_order(stretch.short), ahead.p_order(stretch.long))
            })
        })
        .collect();
    WEIGHTS.map(|weight| {
        let of = |actual: &Actual| {
            let [regular, random] = chances.get(actual.row).copied().unwrap_or_default();
            let mix = |a: f64, b: f64| weight * a + (1.0 - weight) * b;
            loss(mix(regular.0, random.0), actual.short)
                + loss(mix(regular.1, random.1), actual.long)
        };
        actuals.iter().map(of).sum()
    })
}

fn by_pool(pool: &Pool, history: &History, stretch: Stretch, scratch: &mut Scratch) -> Forecast {
    let chances = pool.counts(history, stretch.whole, scratch);
    let expected = (0_u32..)
        .zip(&chances)
        .map(|(n, chance)| f64::from(n) * chance)
        .sum();
    Forecast {
        expected,
        short: pool.p_order(history, stretch.short),
        long: pool.p_order(history, stretch.long),
        range: Some(count_range(&chances, 0.05)),
    }
}

fn by_rule(who: Contestant, history: &History, stretch: Stretch) -> Forecast {
    let repeats = f64::from(history.repeats);
    let rate = match who {
        Contestant::Latency => {
            let mean = history.last.get() / repeats.max(1.0);
            let going = history.repeats > 0 && history.silence().get() <= 2.0 * mean;
            if going { 1.0 / mean } else { 0.0 }
        }
        _ => repeats / history.age.get().max(Weeks::of_days(1).get()),
    };
    let within = |time: Weeks| -libm::expm1(-rate * time.get());
    Forecast {
        expected: rate * stretch.whole.get(),
        short: within(stretch.short),
        long: within(stretch.long),
        range: None,
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts far below 2^53")]
fn scored(who: Contestant, forecasts: &[Forecast], actuals: &[Actual]) -> Score {
    let pairs: Vec<(Forecast, &Actual)> = actuals
        .iter()
        .map(|actual| {
            (
                forecasts.get(actual.row).copied().unwrap_or_default(),
                actual,
            )
        })
        .collect();
    let count = pairs.len().max(1) as f64;
    let short: Vec<Called> = pairs
        .iter()
        .map(|(f, a)| Called {
            chance: f.short,
            happened: a.short,
        })
        .collect();
    let long: Vec<Called> = pairs
        .iter()
        .map(|(f, a)| Called {
            chance: f.long,
            happened: a.long,
        })
        .collect();
    // The latency rule ranks, but its chances are no chances.
    let gives_chances = who != Contestant::Latency;
    let inside = pairs
        .iter()
        .filter(|(f, a)| {
            f.range
                .is_some_and(|(low, high)| (low..=high).contains(&a.orders))
        })
        .count();
    let error = pairs
        .iter()
        .map(|(f, a)| (f.expected - f64::from(a.orders)).abs())
        .sum::<f64>();
    Score {
        who,
        expected: pairs.iter().map(|(f, _)| f.expected).sum(),
        count_error: error / count,
        short_loss: log_loss(&short).filter(|_| gives_chances),
        long_loss: log_loss(&long).filter(|_| gives_chances),
        short_ranking: ranking(&short),
        long_ranking: ranking(&long),
        covered: forecasts
            .iter()
            .any(|f| f.range.is_some())
            .then(|| inside as f64 / count),
    }
}
