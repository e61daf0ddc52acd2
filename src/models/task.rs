//! Fitting a book, in steps that can be stopped between.
//!
//! In: histories at a cut-off day, settings. Out: a [`Fit`]. The order of the work: the regular model
//! and MBG/NBD, whether accounts are alike, draws of the parameters, then the back-tests and the
//! pool's weight.

use std::fmt;

use crate::base::num::{Normals, Point};

use super::backtest::{Board, Stretch, best_weight, score};
use super::cnbd::{Leaving, MOST_STAGES};
use super::fit::{Fit, Report, Rung};
use super::history::Histories;
use super::pool::Pool;
use super::prior::Prior;
use super::search::{Found, Search, Stages, guess_stages};
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
                "There are no orders up to the as-of date, so there is nothing to forecast from. \
                 Import orders, or choose a later date.",
            ),
            Self::NoRepeats { accounts } => write!(
                f,
                "None of the {accounts} accounts ordered on two different days up to the as-of date, so \
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
    steps: u32,
    drawn: Option<Drawn>,
    /// Earlier cut-offs still to be tested, the nearest first.
    tests: Vec<Histories>,
    test: Option<(Histories, Search)>,
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
            histories,
            rung,
            search,
            steps: 0,
            drawn: None,
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
                if !self.search.step() {
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
        let found = |search: &Search, k| search.found(k).ok_or(FitError::NoOptimum);
        let (regular, random) = (
            found(&self.search, self.search.best())?,
            found(&self.search, 1)?,
        );
        let curves = [regular, random].map(|found| self.search.curvature(&found));
        let [first, second] = &curves;
        let frames = [regular, random].map(|found| self.search.frame(found.model.k()));
        let [frame, frame_random] = frames;
        let mut normals = Normals::new(self.settings.seed);
        let draws = (0..self.settings.draws).map(|_| {
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
        let variances = first
            .inverse
            .iter()
            .zip(0..)
            .map(|(row, i): (&Point, usize)| row.get(i));
        for ((assumed, now), before) in assumed
            .iter_mut()
            .zip(variances)
            .zip(self.settings.prior.variances())
        {
            *assumed = (now.copied().unwrap_or_default() / before).clamp(0.0, 1.0);
        }
        // Half the 95 % point of a chi-squared number that is zero half of the time.
        let alike = self.search.worse_if_alike(&regular) < 1.353;
        self.drawn = Some(Drawn {
            regular,
            random,
            draws,
            assumed,
            alike,
        });
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
        let Some((known, mut search)) = self.test.take() else {
            match self.tests.pop() {
                Some(known) => {
                    let (_, stages) = ladder(&known, self.settings.stages);
                    let Settings { leaving, prior, .. } = self.settings;
                    let search = Search::new(&known, leaving, prior, stages);
                    self.test = Some((known, search));
                }
                None => self.stage = Stage::Done,
            }
            return;
        };
        if search.step() {
            self.test = Some((known, search));
            return;
        }
        let Some(stretch) = self.settings.backtest else {
            return;
        };
        let earlier = (!self.boards.is_empty()).then(|| best_weight(&self.boards));
        self.boards.extend(score(&known, &search, stretch, earlier));
    }

    /// The fit, once the work is done.
    ///
    /// # Errors
    /// Where the work is not done.
    pub fn finish(self) -> Result<Fit, FitError> {
        let Some(done) = self.drawn.filter(|_| self.stage == Stage::Done) else {
            return Err(FitError::Stopped);
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
            best_weight(&self.boards)
        };
        let weighed = |pool: Pool| Pool { weight, ..pool };
        let report = Report {
            cut: self.histories.cut(),
            accounts: self.histories.accounts(),
            repeats: self.histories.repeats(),
            interval: self.histories.scale(),
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
        Ok(Fit::new(
            self.histories,
            pool,
            drawn,
            report,
            self.settings.seed,
        ))
    }
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
