//! A fitted book: what was chosen and why, and each account's forecast.
//!
//! A forecast costs a few microseconds and depends on no margin or price, so that sliders never fit
//! again. All of it rests on the histories of one cut-off day, which the fit names.

use crate::base::Date;
use crate::base::num::{Legendre, Normals, quantile};

use super::ahead::Scratch;
use super::backtest::Board;
use super::discounting::NODES;
use super::due::{Due, Window};
use super::history::{Histories, History};
use super::pool::{Pool, count_range};
use super::weeks::{Discount, Weeks};

/// How much the data decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rung {
    /// 50 intervals or more: the number of stages is found by likelihood.
    Searched,
    /// 15 to 49: the number of stages is guessed from how much intervals vary.
    Guessed,
    /// 1 to 14: mostly assumption.
    MostlyAssumed,
    /// The caller fixed the number of stages.
    Given,
}

/// What was chosen and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The last day whose orders count; `None` for histories from statistics without one.
    pub cut: Option<Date>,
    /// Accounts with an order.
    pub accounts: u64,
    /// Repeat orders, which is the number of intervals.
    pub repeats: u64,
    /// The mean interval of the whole book.
    pub interval: Weeks,
    /// How much the data decides.
    pub rung: Rung,
    /// The numbers of stages tried, each with minus ln of its posterior: less is better.
    pub tried: Vec<(u32, f64)>,
    /// ln of the likelihood of the regular model, comparable between numbers of stages.
    pub ln_likelihood: f64,
    /// The share of cycles that are skipped, 0 to 1; `None` where the back-test does better
    /// without, or too few are seen.
    pub skipped: Option<f64>,
    /// ln of the likelihood of MBG/NBD.
    pub ln_likelihood_random: f64,
    /// For shape, rate, share that leaves and its spread: how much of what is known comes from the
    /// assumptions rather than the orders, 0 to 1; zeros for a fit without assumptions.
    pub assumed: [f64; 4],
    /// There is no sign that accounts differ in how often they order.
    pub alike: bool,
    /// Some parameter stands near the edge of what is tried: the data does not say.
    pub at_edge: bool,
    /// The back-tests, the earlier first; none where the history is too short.
    pub boards: Vec<Board>,
}

/// One account's forecast.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Forecast {
    /// The chance that it has not left.
    pub p_alive: f64,
    /// Expected orders within the horizon.
    pub expected: f64,
    /// The same, each at its worth now.
    pub discounted: f64,
    /// The chance of an order within the short stretch.
    pub p_order: f64,
    /// When it orders next if it has not left, counted from its last order. Without repeat orders
    /// this is the window of the whole book.
    pub due: Due,
    /// The share of comparable intervals that would have ended by now, 0 to 1.
    pub lateness: f64,
    /// Time since its last order.
    pub silence: Weeks,
    /// Orders after the first.
    pub repeats: u32,
}

/// What a forecast is for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ask {
    /// Orders are expected within this time.
    pub horizon: Weeks,
    /// "Orders within": a short time.
    pub soon: Weeks,
    /// The rate of discount.
    pub discount: Discount,
}

impl Default for Ask {
    fn default() -> Self {
        Self {
            horizon: Weeks::YEAR,
            soon: Weeks::new(4.0),
            discount: Discount::NONE,
        }
    }
}

/// A total with its ranges.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Total {
    /// Expected orders of all accounts.
    pub expected: f64,
    /// The 90 % range from not knowing the parameters.
    pub model: (f64, f64),
    /// The 90 % range from that and luck.
    pub model_and_luck: (f64, f64),
}

/// An account's expected orders with its ranges.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    /// The 90 % range of the expectation, from not knowing the parameters.
    pub model: (f64, f64),
    /// The 90 % range of the count, from that and luck.
    pub model_and_luck: (u32, u32),
}

/// See the module.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    pub(super) histories: Histories,
    pub(super) pool: Pool,
    /// Pools as likely as the fitted one, drawn by its uncertainty.
    pub(super) draws: Vec<Pool>,
    /// Due windows by number of cycles, ascending.
    pub(super) windows: Vec<(u32, Window)>,
    pub(super) report: Report,
    pub(super) rule: Legendre,
    pub(super) seed: u64,
}

/// Rows of accounts that a total is drawn from; more are sampled evenly.
const SAMPLED: usize = 500;

impl Fit {
    pub(super) fn new(
        histories: Histories,
        pool: Pool,
        draws: Vec<Pool>,
        report: Report,
        seed: u64,
    ) -> Self {
        let rows = histories.rows().iter();
        let mut cycles: Vec<u32> = rows.map(|row| pool.regular.cycles(&row.history)).collect();
        cycles.sort_unstable();
        cycles.dedup();
        let window = |cycles| (cycles, Window::new(&pool.regular, cycles));
        let windows = cycles.into_iter().map(window).collect();
        Self {
            histories,
            pool,
            draws,
            windows,
            report,
            rule: Legendre::new(NODES),
            seed,
        }
    }

    /// What was chosen and why.
    pub const fn report(&self) -> &Report {
        &self.report
    }

    /// The models and their weight.
    pub const fn pool(&self) -> &Pool {
        &self.pool
    }

    /// Pools as likely as the fitted one: what is not known of the parameters.
    pub fn draws(&self) -> &[Pool] {
        &self.draws
    }

    /// The histories it rests on.
    pub const fn histories(&self) -> &Histories {
        &self.histories
    }

    /// One account's forecast; `None` for one without an order up to the cut-off.
    pub fn forecast(&self, account: usize, ask: &Ask, scratch: &mut Scratch) -> Option<Forecast> {
        Some(self.forecast_of(self.histories.of(account)?, ask, scratch))
    }

    /// The forecast for any history, such as one cut off earlier or later.
    pub fn forecast_of(&self, history: &History, ask: &Ask, scratch: &mut Scratch) -> Forecast {
        let expected = self.pool.expected(history, ask.horizon, scratch);
        let discounted = if ask.discount.per_week() > 0.0 {
            let terms = (ask.horizon, ask.discount);
            self.pool.discounted(history, terms, &self.rule, scratch)
        } else {
            expected
        };
        Forecast {
            p_alive: self.pool.p_alive(history),
            expected,
            discounted,
            p_order: self.pool.p_order(history, ask.soon),
            due: self.due(history),
            lateness: self.pool.regular.lateness(history),
            silence: history.silence(),
            repeats: history.repeats,
        }
    }

    fn due(&self, history: &History) -> Due {
        let at = self
            .windows
            .binary_search_by_key(&self.pool.regular.cycles(history), |(cycles, _)| *cycles);
        match at.ok().and_then(|at| self.windows.get(at)) {
            Some((_, window)) => window.of(&self.pool.regular, history),
            None => self.pool.regular.due(history),
        }
    }

    /// The chances of 0, 1, 2, ... orders of an account within a time.
    pub fn counts(&self, account: usize, within: Weeks, scratch: &mut Scratch) -> Option<Vec<f64>> {
        Some(
            self.pool
                .counts(self.histories.of(account)?, within, scratch),
        )
    }

    /// The ranges of an account's orders within a time, over the draws.
    pub fn range(&self, account: usize, within: Weeks, scratch: &mut Scratch) -> Option<Range> {
        let (means, mixed) = self.drawn(account, within, scratch)?;
        Some(Range {
            model: (quantile(&means, 0.05)?, quantile(&means, 0.95)?),
            model_and_luck: count_range(&mixed, 0.05),
        })
    }

    /// An account's expected orders within a time by draw, and the chances of 0, 1, 2, ... orders
    /// over all draws.
    #[expect(clippy::cast_precision_loss, reason = "a few hundred draws")]
    pub fn drawn(
        &self,
        account: usize,
        within: Weeks,
        scratch: &mut Scratch,
    ) -> Option<(Vec<f64>, Vec<f64>)> {
        let history = self.histories.of(account)?;
        let mut means = Vec::with_capacity(self.draws.len());
        let mut mixed: Vec<f64> = Vec::new();
        for pool in &self.draws {
            let chances = pool.counts(history, within, scratch);
            means.push(
                (0_u32..)
                    .zip(&chances)
                    .map(|(n, chance)| f64::from(n) * chance)
                    .sum(),
            );
            mixed.resize(mixed.len().max(chances.len()), 0.0);
            for (sum, chance) in mixed.iter_mut().zip(chances) {
                *sum += chance / self.draws.len() as f64;
            }
        }
        Some((means, mixed))
    }

    /// Expected orders of all accounts within a time, with ranges over the draws. Large books are
    /// drawn from an even sample of their rows, scaled to the whole.
    pub fn total(&self, within: Weeks, scratch: &mut Scratch) -> Option<Total> {
        let rows = self.histories.rows();
        let every = rows.len().div_ceil(SAMPLED).max(1);
        let (mut expected, mut variance) = (0.0, 0.0);
        for row in rows {
            let orders = self.pool.orders(&row.history, within, scratch);
            expected += orders.mean * f64::from(row.count);
            variance += orders.variance * f64::from(row.count);
        }
        let sample: Vec<_> = rows.iter().skip(every / 2).step_by(every).collect();
        let mut sampled = |pool: &Pool| -> f64 {
            let of = |row: &&super::history::Row| {
                pool.expected(&row.history, within, scratch) * f64::from(row.count)
            };
            sample.iter().map(of).sum()
        };
        let whole = sampled(&self.pool);
        let scale = if whole > 0.0 { expected / whole } else { 0.0 };
        let means: Vec<f64> = self
            .draws
            .iter()
            .map(|pool| scale * sampled(pool))
            .collect();
        let mut normals = Normals::new(self.seed ^ 0x5eed);
        let deviation = libm::sqrt(variance);
        let repeats = 1 + 2_000 / self.draws.len().max(1);
        let lucky: Vec<f64> = means
            .iter()
            .flat_map(|mean| std::iter::repeat_n(*mean, repeats))
            .map(|mean| {
                (mean
                    + deviation
                        * libm::sqrt((mean / expected.max(1e-300)).max(0.0))
                        * normals.draw())
                .max(0.0)
            })
            .collect();
        let range = |values: &[f64]| Some((quantile(values, 0.05)?, quantile(values, 0.95)?));
        Some(Total {
            expected,
            model: range(&means)?,
            model_and_luck: range(&lucky)?,
        })
    }
}
