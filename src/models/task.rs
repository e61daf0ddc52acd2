//! Fitting a book, in steps that can be stopped between.
//!
//! In: histories at a cut-off day, settings. Out: a [`Fit`]. The order of the work: the regular model
//! and MBG/NBD, whether accounts are alike, draws of the parameters, then the back-tests and the
//! pool's weight.

use std::fmt;

use crate::base::num::{Curvature, Normals, Point};

use super::backtest::{Board, Searched, Stretch, best, score};
use super::cnbd::{Leaving, MOST_STAGES};
use super::fit::{Fit, Report, Rung};
use super::history::Histories;
use super::pool::Pool;
use super::prior::{Frame, Prior};
use super::search::{Found, Search, Stages, guess_stages};
use super::skipped;
use super::weeks::Weeks;

/// What a fit depends on beside the histories.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// Assumptions, or none for comparison with published results.
    pub prior: Prior,
    /// How the number of stages is found.
    pub stages: Stages,
    /// Whether accounts may leave after their first order.
    pub leaving: Leaving,
    /// The stretches of the back-test; `None` for no back-test.
    pub backtest: Option<Stretch>,
    /// Draws of the parameters.
    pub draws: u32,
    /// The seed of the draws.
    pub seed: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            prior: Prior::Weak,
            stages: Stages::Search,
            leaving: Leaving::AfterEveryOrder,
            backtest: Some(Stretch {
                whole: Weeks::new(26.0),
                short: Weeks::new(4.0),
                long: Weeks::new(13.0),
            }),
            draws: 40,
            seed: 1,
        }
    }
}

/// Why there is no fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FitError {
    /// No account has an order up to the cut-off.
    NoOrders,
    /// No account ordered twice.
    NoRepeats {
        /// Accounts with one order.
        accounts: u64,
    },
    /// No parameters were found under which the orders are possible.
    NoOptimum,
    /// The caller stopped the work.
    Stopped,
}

impl fmt::Display for FitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoOrders => f.write_str(
                "There are no single orders up to the as-of date (summaries of accounts have none), so \
                 there is nothing to forecast from. Import order lines, or choose a later date.",
            ),
            Self::NoRepeats { accounts } => write!(
                f,
                "No account (of {accounts}) ordered on two different days up to the as-of date, so \
                 the orders say nothing about when the next ones come. Forecasts need at least one \
                 repeat order; until then the assumptions stand.",
            ),
            Self::NoOptimum => f.write_str(
                "The forecasting model could not be fitted to these orders. Look for order dates that \
                 are wrong by years; the assumptions stand.",
            ),
            Self::Stopped => f.write_str("Stopped. Nothing was changed."),
        }
    }
}

impl std::error::Error for FitError {}

/// Where the work stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    /// What is being done.
    pub stage: Stage,
    /// How much of the whole is done, 0 to 1, roughly.
    pub share: f64,
}

/// The parts of the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Fitting the models.
    Fitting,
    /// Finding how sure they are.
    Drawing,
    /// Fitting the past again and scoring it.
    Testing,
    /// All is done.
    Done,
}

/// Fewest repeats and accounts for a back-test.
const TESTABLE: (u64, u64) = (15, 5);

/// See the module.
#[derive(Debug)]
pub struct FitTask {
    settings: Settings,
    histories: Histories,
    rung: Rung,
    search: Search,
    /// The same where cycles are skipped, if enough are.
    skipping: Option<Searched>,
    steps: u32,
    drawn: Option<Drawn>,
    drawn_skipping: Option<Drawn>,
    /// Earlier cut-offs still to be tested, the nearest first.
    tests: Vec<Histories>,
    test: Option<(Searched, Option<Searched>)>,
    boards: Vec<Board>,
    stage: Stage,
}

#[derive(Debug)]
struct Drawn {
    regular: Found,
    random: Found,
    draws: Vec<Pool>,
    assumed: Point,
    alike: bool,
}

/// The rung of the ladder, and how the stages are found on it.
fn ladder(histories: &Histories, stages: Stages) -> (Rung, Stages) {
    match (stages, histories.repeats()) {
        (Stages::Fixed(k), _) => (Rung::Given, Stages::Fixed(k.clamp(1, MOST_STAGES))),
        (Stages::Search, 50..) => (Rung::Searched, Stages::Search),
        (Stages::Search, 15..) => (
            Rung::Guessed,
            Stages::Fixed(guess_stages(histories, &[1, 2, 4, 8])),
        ),
        (Stages::Search, _) => (Rung::MostlyAssumed, Stages::Fixed(2)),
    }
}

impl FitTask {
    /// Begins.
    ///
    /// # Errors
    /// Where there is nothing to fit.
    pub fn new(histories: Histories, settings: Settings) -> Result<Self, FitError> {
        let accounts = histories.accounts();
        if accounts == 0 {
            return Err(FitError::NoOrders);
        }
        if histories.repeats() == 0 {
            return Err(FitError::NoRepeats { accounts });
        }
        let (rung, stages) = ladder(&histories, settings.stages);
        let search = Search::new(&histories, settings.leaving, settings.prior, stages);
        Ok(Self {
            settings,
            skipping: (rung == Rung::Searched && settings.backtest.is_some())
                .then(|| skipping(&histories, &settings))
                .flatten(),
            histories,
            rung,
            search,
            steps: 0,
            drawn: None,
            drawn_skipping: None,
            tests: Vec::new(),
            test: None,
            boards: Vec::new(),
            stage: Stage::Fitting,
        })
    }

    /// Does the next part, of a few milliseconds for thousands of accounts.
    ///
    /// # Errors
    /// Where the fit does not come out.
    pub fn step(&mut self) -> Result<Standing, FitError> {
        match self.stage {
            Stage::Fitting => {
                if !self.search.step() && !goes_on(self.skipping.as_mut()) {
                    self.stage = Stage::Drawing;
                }
            }
            Stage::Drawing => {
                self.draw()?;
                self.tests = self.earlier();
                self.stage = if self.tests.is_empty() {
                    Stage::Done
                } else {
                    Stage::Testing
                };
            }
            Stage::Testing => self.test(),
            Stage::Done => {}
        }
        self.steps += 1;
        Ok(Standing {
            stage: self.stage,
            share: self.share(),
        })
    }

    /// Roughly: each search takes about a hundred steps.
    fn share(&self) -> f64 {
        let fits = if self.settings.backtest.is_some() {
            3.0
        } else {
            1.0
        };
        if self.stage == Stage::Done {
            1.0
        } else {
            (f64::from(self.steps) / (120.0 * fits)).min(0.98)
        }
    }

    fn draw(&mut self) -> Result<(), FitError> {
        let random = self.search.found(1).ok_or(FitError::NoOptimum)?;
        let curve = self.search.curvature(&random);
        let beside = (random, curve, self.search.frame(1));
        self.drawn = Some(drawn(&mut self.search, &beside, &self.settings)?);
        if let Some((_, search)) = &mut self.skipping {
            // Where it does not come out it is not used.
            self.drawn_skipping = drawn(search, &beside, &self.settings).ok();
        }
        Ok(())
    }

    /// The histories at the cut-offs of the back-tests that can be made, the nearest first.
    fn earlier(&self) -> Vec<Histories> {
        let (Some(stretch), Some(cut)) = (self.settings.backtest, self.histories.cut()) else {
            return Vec::new();
        };
        #[expect(
            clippy::cast_possible_truncation,
            reason = "bounded by the type of a week"
        )]
        let days = stretch.whole.days().round().min(1e6) as i32;
        let mut found = Vec::new();
        for back in [1, 2] {
            let Some(known) = self.histories.earlier(cut.plus_days(-back * days)) else {
                break;
            };
            if known.repeats() < TESTABLE.0 || known.accounts() < TESTABLE.1 {
                break;
            }
            found.push(known);
        }
        found
    }

    fn test(&mut self) {
        let Some((mut plain, mut other)) = self.test.take() else {
            match self.tests.pop() {
                Some(known) => {
                    let (_, stages) = ladder(&known, self.settings.stages);
                    let Settings { leaving, prior, .. } = self.settings;
                    let search = Search::new(&known, leaving, prior, stages);
                    let tried = self.skipping.is_some();
                    let other = tried.then(|| skipping(&known, &self.settings)).flatten();
                    self.test = Some(((known, search), other));
                }
                None => self.stage = Stage::Done,
            }
            return;
        };
        if plain.1.step() || goes_on(other.as_mut()) {
            self.test = Some((plain, other));
            return;
        }
        let Some(stretch) = self.settings.backtest else {
            return;
        };
        let earlier = (!self.boards.is_empty()).then(|| best(&self.boards));
        let board = score(&plain, other.as_ref(), stretch, earlier);
        self.boards.extend(board);
    }

    /// The fit, once the work is done.
    ///
    /// # Errors
    /// Where the work is not done.
    pub fn finish(self) -> Result<Fit, FitError> {
        let Some(plain) = self.drawn.filter(|_| self.stage == Stage::Done) else {
            return Err(FitError::Stopped);
        };
        let choice = best(&self.boards);
        let skipping = self.drawn_skipping.zip(self.skipping);
        let (histories, done) = match skipping.filter(|_| choice.skips) {
            Some((done, (histories, _))) => (histories, done),
            None => (self.histories, plain),
        };
        let Drawn {
            regular,
            random,
            draws,
            assumed,
            alike,
        } = done;
        let weight = if regular.model.k() == 1 {
            1.0
        } else {
            choice.weight
        };
        let weighed = |pool: Pool| Pool { weight, ..pool };
        let report = Report {
            cut: histories.cut(),
            accounts: histories.accounts(),
            repeats: histories.repeats(),
            interval: histories.scale(),
            skipped: Some(regular.model.skip()).filter(|skip| *skip > 0.0),
            rung: self.rung,
            tried: self.search.tried(),
            ln_likelihood: regular.ln_likelihood,
            ln_likelihood_random: random.ln_likelihood,
            assumed,
            alike,
            at_edge: regular.at_edge || random.at_edge,
            boards: self.boards,
        };
        let pool = Pool {
            regular: regular.model,
            random: random.model,
            weight,
        };
        let drawn = draws.into_iter().map(weighed).collect();
        Ok(Fit::new(histories, pool, drawn, report, self.settings.seed))
    }
}

/// Whether there is more to search.
fn goes_on(searched: Option<&mut Searched>) -> bool {
    searched.is_some_and(|(_, search)| search.step())
}

/// The histories with skipped cycles told, and a search on them; `None` where hardly any are skipped.
fn skipping(histories: &Histories, settings: &Settings) -> Option<Searched> {
    let found = skipped::skipping(histories)?;
    let told = histories.skipping(found)?;
    let search = Search::skipping(&told, settings.leaving, settings.prior, found);
    Some((told, search))
}

/// The fit of the regular model beside that of MBG/NBD, and draws of both by their uncertainty.
fn drawn(
    search: &mut Search,
    (random, second, frame_random): &(Found, Curvature, Frame),
    settings: &Settings,
) -> Result<Drawn, FitError> {
    let regular = search.found(search.best()).ok_or(FitError::NoOptimum)?;
    let first = search.curvature(&regular);
    let frame = search.frame(regular.model.k());
    let mut normals = Normals::new(settings.seed);
    let draws = (0..settings.draws).map(|_| {
        // The same numbers for both models: what one does not know, the other does not either.
        let numbers = [
            normals.draw(),
            normals.draw(),
            normals.draw(),
            normals.draw(),
        ];
        let moved = |at: &Point, by: Point| {
            let mut psi = *at;
            for (psi, by) in psi.iter_mut().zip(by) {
                *psi = (*psi + by).clamp(-14.0, 14.0);
            }
            psi
        };
        Pool {
            regular: frame.model(&moved(&regular.psi, first.deviation(&numbers))),
            random: frame_random.model(&moved(&random.psi, second.deviation(&numbers))),
            weight: 1.0,
        }
    });
    let draws = draws.collect();
    let mut assumed = [0.0; 4];
    let rows = first.inverse.iter().zip(0..);
    let variances = rows.map(|(row, i): (&Point, usize)| row.get(i));
    for ((assumed, now), before) in assumed
        .iter_mut()
        .zip(variances)
        .zip(settings.prior.variances())
    {
        *assumed = (now.copied().unwrap_or_default() / before).clamp(0.0, 1.0);
    }
    // Half the 95 % point of a chi-squared number that is zero half of the time.
    let alike = search.worse_if_alike(&regular) < 1.353;
    Ok(Drawn {
        regular,
        random: *random,
        draws,
        assumed,
        alike,
    })
}

/// Fits a book; `stopped` is asked between two steps.
///
/// # Errors
/// Where there is nothing to fit, or the work was stopped.
pub fn fit(
    histories: Histories,
    settings: Settings,
    stopped: &dyn Fn() -> bool,
) -> Result<Fit, FitError> {
    let mut task = FitTask::new(histories, settings)?;
    while task.step()?.stage != Stage::Done {
        if stopped() {
            return Err(FitError::Stopped);
        }
    }
    task.finish()
}
