//! Forecasts of the current book: fitted in parts, so that figures for sliders come in between.
//!
//! In: the order days of a view. Out: each account's chance of being alive, what it spends per order,
//! and words for what was chosen. The fit depends on the orders and the as-of date alone
//! and is kept with them.

use crate::accounts::cycles::{Chance, Window};
use crate::accounts::history::Histories;
use crate::base::{Date, counted};
use crate::metrics::WhyNot;
use crate::models::{
    self, Ask, Fit, FitTask, GammaGamma, OrderValues, Prior, Rung, Scratch, Settings, Spend, Stage,
    Standing,
};
use crate::value::Foresight;

use super::failure;
use super::loaded::{Loaded, View};
use super::protocol::{Forecast, Reply};

/// Distinct histories that one part of the work goes through.
const ROWS_A_PART: usize = 4_000;
/// The same where the orders of years are forecast.
const VALUED_A_PART: usize = 400;
/// Draws of what orders are worth.
const DRAWS: u32 = 40;

/// How far the forecasts of a view are.
#[derive(Debug, Default)]
pub(super) enum Fitting {
    /// Nobody has asked.
    #[default]
    Waiting,
    /// On the way.
    Working(Work),
    /// There.
    Done(Box<Fitted>),
    /// There are none, for this reason.
    Refused(String),
}

/// A fit on its way.
#[derive(Debug)]
pub(super) struct Work {
    task: Task,
    /// Distinct histories.
    rows: usize,
    /// How much is done, 0 to 1.
    share: f64,
}

#[derive(Debug)]
enum Task {
    Fitting(Box<FitTask>),
    /// What is expected of every account.
    Valuing(Box<Foresight>),
}

/// A fit with what is read from it for every account.
#[derive(Debug)]
pub(super) struct Fitted {
    /// The fit, and what valuations need of it.
    pub foresight: Foresight,
    /// By position in the book.
    pub chances: Vec<Chance>,
    /// When each account's next order is due, by position in the book.
    pub windows: Vec<Option<Window>>,
    /// Orders expected within a year, by position in the book; 0 for an account without an order.
    pub expected: Vec<f64>,
}

/// Does the next part of the fit.
pub(super) fn fit(book: &Loaded, as_of: Option<Date>) -> Reply {
    let view = match book.view(as_of) {
        Ok(view) => view,
        Err(why) => return failure("out_of_range", why),
    };
    let mut fitting = view.fitting.borrow_mut();
    let next = match std::mem::take(&mut *fitting) {
        Fitting::Waiting => begin(view.histories(&book.book), book.prior.get()),
        Fitting::Working(work) => go_on(work, book, &view),
        over => over,
    };
    // What was found by the rule of thumb does not hold any more.
    if matches!(next, Fitting::Done(_)) {
        *view.rhythms.borrow_mut() = None;
    }
    *fitting = next;
    Reply::Forecast(fitting.report())
}

/// Fits until the forecasts of a view are there, or refused.
pub(super) fn fit_all(book: &Loaded, as_of: Option<Date>) {
    while let Reply::Forecast(Forecast::Working(_)) = fit(book, as_of) {}
}

fn begin(histories: &Histories, prior: Prior) -> Fitting {
    let days: Vec<Vec<Date>> = histories
        .iter()
        .map(|h| h.days.iter().map(|day| day.date).collect())
        .collect();
    let days = models::Histories::of_days(histories.as_of, days.iter().map(Vec::as_slice));
    let rows = days.rows().len();
    let settings = Settings {
        prior,
        ..Settings::default()
    };
    match FitTask::new(days, settings) {
        Ok(task) => Fitting::Working(Work {
            task: Task::Fitting(Box::new(task)),
            rows,
            share: 0.0,
        }),
        Err(why) => Fitting::Refused(why.to_string()),
    }
}

/// Of the whole work, the share that is fitting.
const FITTING: f64 = 0.9;

fn go_on(work: Work, book: &Loaded, view: &View) -> Fitting {
    let Work {
        task,
        rows,
        mut share,
    } = work;
    let working = |task, share| Fitting::Working(Work { task, rows, share });
    let mut task = match task {
        Task::Valuing(mut foresight) => {
            return if foresight.fill(VALUED_A_PART) {
                working(Task::Valuing(foresight), share)
            } else {
                Fitting::Done(Box::new(Fitted::new(*foresight)))
            };
        }
        Task::Fitting(task) => task,
    };
    for _ in 0..(ROWS_A_PART / rows.max(1)).max(1) {
        match task.step() {
            Ok(Standing {
                stage: Stage::Done, ..
            }) => {
                return match task.finish() {
                    Ok(fit) => {
                        let values =
                            order_values(view.histories(&book.book), view, book.prior.get());
                        let foresight = Box::new(Foresight::new(fit, values));
                        working(Task::Valuing(foresight), FITTING)
                    }
                    Err(why) => Fitting::Refused(why.to_string()),
                };
            }
            Ok(standing) => share = FITTING * standing.share,
            Err(why) => return Fitting::Refused(why.to_string()),
        }
    }
    working(Task::Fitting(task), share)
}

/// What the orders of every account are worth.
fn order_values(histories: &Histories, view: &View, prior: Prior) -> Option<OrderValues> {
    let accounts: Vec<(usize, Spend)> = histories
        .iter()
        .zip(&view.prepared.rows)
        .map(|(history, row)| {
            let values = history.days.iter().map(|day| day.revenue.to_f64());
            (row.segment as usize, Spend::of(values))
        })
        .collect();
    OrderValues::new(&accounts, prior, (DRAWS, Settings::default().seed))
}

impl Fitted {
    fn new(foresight: Foresight) -> Self {
        let mut scratch = Scratch::default();
        let fit = foresight.fit();
        let count = fit.histories().len();
        let (mut chances, mut windows) = (Vec::with_capacity(count), Vec::with_capacity(count));
        let mut expected = Vec::with_capacity(count);
        for account in 0..count {
            let found = fit.forecast(account, &Ask::default(), &mut scratch);
            chances.push(found.map_or(Chance::Fallback, |found| Chance::Fitted(found.p_alive)));
            expected.push(found.map_or(0.0, |found| found.expected));
            windows.push(found.map(|found| Window {
                early_days: found.due.early.days(),
                middle_days: found.due.middle.days(),
                late_days: found.due.late.days(),
                lateness: found.lateness,
            }));
        }
        Self {
            foresight,
            chances,
            windows,
            expected,
        }
    }

    /// The fit.
    pub const fn fit(&self) -> &Fit {
        self.foresight.fit()
    }
}

impl Fitting {
    /// For the page.
    pub fn report(&self) -> Forecast {
        match self {
            Self::Waiting => Forecast::Working(0.0),
            Self::Working(work) => Forecast::Working(work.share),
            Self::Done(fitted) => Forecast::Done(words(fitted.fit())),
            Self::Refused(why) => Forecast::Refused(why.clone()),
        }
    }

    /// For valuations: the fitted model, or why there is none.
    pub fn foresight(&self) -> Result<&Foresight, WhyNot> {
        match self {
            Self::Done(fitted) => Ok(&fitted.foresight),
            Self::Refused(why) => Err(WhyNot(why.clone())),
            Self::Waiting | Self::Working(_) => Err(WhyNot(
                "The model is still being fitted to the orders; its value follows.".into(),
            )),
        }
    }

    /// Each account's chance of being alive and due window; none before the fit is there.
    pub fn of_accounts(&self) -> (&[Chance], &[Option<Window>]) {
        match self {
            Self::Done(fitted) => (&fitted.chances, &fitted.windows),
            _ => (&[], &[]),
        }
    }

    /// What an account spends per order; `None` before the fit is there.
    pub fn order_values(&self, account: usize) -> Option<GammaGamma> {
        match self {
            Self::Done(fitted) => fitted.foresight.values().map(|all| all.model_of(account)),
            _ => None,
        }
    }

    /// The chance that an account was alive on some days, seen with the orders up to each and the
    /// model as it is now; `None` before the fit is there.
    pub fn alive_on(&self, account: usize, dates: &[Date]) -> Option<Vec<(Date, f64)>> {
        let Self::Done(fitted) = self else {
            return None;
        };
        let at = |date: &Date| {
            let then = fitted.fit().histories().known_on(account, *date)?;
            Some((*date, fitted.fit().pool().p_alive(&then)))
        };
        Some(dates.iter().filter_map(at).collect())
    }

    /// The fit, once it is there; else why there is none, in a sentence.
    pub fn fitted(&self) -> Result<&Fitted, &str> {
        match self {
            Self::Done(fitted) => Ok(fitted),
            Self::Refused(why) => Err(why),
            _ => Err("The forecast is being fitted."),
        }
    }
}

/// What was chosen, in sentences.
pub(super) fn words(fit: &Fit) -> Vec<String> {
    let report = fit.report();
    let pool = fit.pool();
    let trust = match report.rung {
        Rung::Searched | Rung::Given => "The orders decide",
        Rung::Guessed => "The orders decide in part: there are fewer than 50 intervals",
        Rung::MostlyAssumed => "Mostly assumption: there are fewer than 15 repeat orders",
    };
    let mut words = vec![
        format!(
            "MBG/CNBD-{} with a weight of {:.0} % beside MBG/NBD, fitted to {} with {}. {trust}.",
            pool.regular.k(),
            100.0 * pool.weight,
            counted(&report.accounts, "account"),
            counted(&report.repeats, "repeat order")
        ),
        format!(
            "Intervals vary by about {:.0} % around an account's own; {:.0} % of accounts leave after an \
             order.",
            100.0 * pool.regular.interval_variation(),
            100.0 * pool.regular.leaving_share()
        ),
    ];
    if let Some(skipped) = report.skipped {
        words.push(format!(
            "About {:.0} % of cycles are left out now and then: the back-test forecasts better when it \
             knows of them.",
            100.0 * skipped
        ));
    }
    if report.alike {
        words.push("Customers are statistically alike: there is no sign that they differ in how often they order.".into());
    }
    words
}
