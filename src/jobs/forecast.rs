//! Forecasts of the current book: fitted in parts, so that figures for sliders come in between.
//!
//! In: the order days of a view. Out: each account's chance of being alive, the scoreboard of the
//! back-test, and words for what was chosen. The fit depends on the orders and the as-of date alone
//! and is kept with them.

use crate::accounts::cycles::Chance;
use crate::accounts::history::Histories;
use crate::base::{Date, Unit};
use crate::metrics::{Exactness, Sheet};
use crate::models::{
    self, Ask, Board, Contestant, Fit, FitTask, Rung, Scratch, Settings, Stage, Standing,
};
use crate::value::sheets::cells::{column, count, empty, float, text};

use super::failure;
use super::loaded::Loaded;
use super::protocol::{Forecast, Reply, SCOREBOARD};

/// Distinct histories that one part of the work goes through.
const ROWS_A_PART: usize = 4_000;

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
    task: Box<FitTask>,
    /// Accounts of the book.
    accounts: usize,
    /// Distinct histories.
    rows: usize,
    /// How much is done, 0 to 1.
    share: f64,
}

/// A fit with what is read from it for every account.
#[derive(Debug)]
pub(super) struct Fitted {
    fit: Fit,
    /// By position in the book.
    pub chances: Vec<Chance>,
}

/// Does the next part of the fit.
pub(super) fn fit(book: &Loaded, as_of: Option<Date>) -> Reply {
    let view = match book.view(as_of) {
        Ok(view) => view,
        Err(why) => return failure("out_of_range", why),
    };
    let mut fitting = view.fitting.borrow_mut();
    let next = match std::mem::take(&mut *fitting) {
        Fitting::Waiting => begin(view.histories(&book.book)),
        Fitting::Working(work) => go_on(work),
        over => over,
    };
    // What was found by the rule of thumb does not hold any more.
    if matches!(next, Fitting::Done(_)) {
        *view.rhythms.borrow_mut() = None;
    }
    *fitting = next;
    Reply::Forecast(fitting.report())
}

fn begin(histories: &Histories) -> Fitting {
    let days: Vec<Vec<Date>> = histories
        .iter()
        .map(|h| h.days.iter().map(|day| day.date).collect())
        .collect();
    let days = models::Histories::of_days(histories.as_of, days.iter().map(Vec::as_slice));
    let rows = days.rows().len();
    match FitTask::new(days, Settings::default()) {
        Ok(task) => Fitting::Working(Work {
            task: Box::new(task),
            accounts: histories.len(),
            rows,
            share: 0.0,
        }),
        Err(why) => Fitting::Refused(why.to_string()),
    }
}

fn go_on(mut work: Work) -> Fitting {
    for _ in 0..(ROWS_A_PART / work.rows.max(1)).max(1) {
        match work.task.step() {
            Ok(Standing {
                stage: Stage::Done, ..
            }) => {
                return match work.task.finish() {
                    Ok(fit) => Fitting::Done(Box::new(Fitted::new(fit, work.accounts))),
                    Err(why) => Fitting::Refused(why.to_string()),
                };
            }
            Ok(standing) => work.share = standing.share,
            Err(why) => return Fitting::Refused(why.to_string()),
        }
    }
    Fitting::Working(work)
}

impl Fitted {
    fn new(fit: Fit, accounts: usize) -> Self {
        let mut scratch = Scratch::default();
        let chance = |account: usize| match fit.forecast(account, &Ask::default(), &mut scratch) {
            Some(forecast) => Chance::Fitted(forecast.p_alive),
            None => Chance::Fallback,
        };
        Self {
            chances: (0..accounts).map(chance).collect(),
            fit,
        }
    }
}

impl Fitting {
    /// For the page.
    pub fn report(&self) -> Forecast {
        match self {
            Self::Waiting => Forecast::Working(0.0),
            Self::Working(work) => Forecast::Working(work.share),
            Self::Done(fitted) => Forecast::Done(words(&fitted.fit)),
            Self::Refused(why) => Forecast::Refused(why.clone()),
        }
    }

    /// Each account's chance of being alive; none before the fit is there.
    pub fn chances(&self) -> &[Chance] {
        match self {
            Self::Done(fitted) => &fitted.chances,
            _ => &[],
        }
    }

    /// How the forecasts would have done in the past.
    pub fn scoreboard(&self) -> Sheet {
        let none = |why: &str| empty(SCOREBOARD, TITLE, why);
        match self {
            Self::Done(fitted) => match fitted.fit.report().boards.as_slice() {
                [] => none(
                    "The history is too short to fit the past and see what came: at least half a year \
                     of orders before the half year that is forecast.",
                ),
                boards => scoreboard(boards),
            },
            Self::Refused(why) => none(why),
            _ => none("The forecast is being fitted."),
        }
    }
}

const TITLE: &str = "Had you forecast in the past";

/// What was chosen, in sentences.
fn words(fit: &Fit) -> Vec<String> {
    let report = fit.report();
    let pool = fit.pool();
    let trust = match report.rung {
        Rung::Searched | Rung::Given => "The orders decide",
        Rung::Guessed => "The orders decide in part: there are fewer than 50 intervals",
        Rung::MostlyAssumed => "Mostly assumption: there are fewer than 15 repeat orders",
    };
    let mut words = vec![
        format!(
            "MBG/CNBD-{} with a weight of {:.0} % beside MBG/NBD, fitted to {} accounts with {} repeat \
             orders. {trust}.",
            pool.regular.k(),
            100.0 * pool.weight,
            report.accounts,
            report.repeats
        ),
        format!(
            "Intervals vary by about {:.0} % around an account's own; {:.0} % of accounts leave after an \
             order.",
            100.0 * pool.regular.interval_variation(),
            100.0 * pool.regular.leaving_share()
        ),
    ];
    if report.alike {
        words.push("Customers are statistically alike: there is no sign that they differ in how often they order.".into());
    }
    words
}

fn scoreboard(boards: &[Board]) -> Sheet {
    let rows = boards.iter().rev().flat_map(|board| {
        board.scores.iter().map(|score| {
            let missing = "This rule gives no chances.";
            let share = |x: Option<f64>| {
                float(x.map_or(f64::NAN, |x| 100.0 * x), Exactness::Exact, missing)
            };
            vec![
                text(format!("{}, as of {}", name(score.who), board.cut)),
                count(board.actual),
                float(score.expected, Exactness::Estimated, ""),
                float(score.count_error, Exactness::Exact, ""),
                share(score.short_ranking),
                share(score.short_loss.map(of_a_coin)),
                share(score.long_loss.map(of_a_coin)),
                share(score.covered),
            ]
        })
    });
    let weeks =
        |pick: fn(&Board) -> models::Weeks| boards.first().map_or(0.0, |board| pick(board).get());
    let (whole, short, long) = (
        weeks(|board| board.stretch.whole),
        weeks(|board| board.stretch.short),
        weeks(|board| board.stretch.long),
    );
    Sheet {
        key: SCOREBOARD.into(),
        title: TITLE.into(),
        caption: format!(
            "The forecast was made anew from the orders up to each earlier date and compared with the \
             {whole:.0} weeks that followed. Chances are of an order within {short:.0} and {long:.0} weeks."
        ),
        columns: vec![
            column("who", "Forecast by", Unit::Text, ""),
            column("actual", "Orders that came", Unit::Count, ""),
            column("expected", "Orders forecast", Unit::Count, ""),
            column(
                "count_error",
                "Error per account",
                Unit::Ratio,
                "The mean absolute error of an account's number of orders; less is better.",
            ),
            column(
                "ranking",
                "Ranked rightly",
                Unit::Percent,
                "Of all pairs of one account that ordered soon and one that did not, the share in which the first was given the higher chance; a coin gives 50 %.",
            ),
            column(
                "short_loss",
                "Surprise, soon",
                Unit::Percent,
                "Log-loss of who ordered soon, as a share of a coin's; less is better.",
            ),
            column(
                "long_loss",
                "Surprise, later",
                Unit::Percent,
                "The same over the longer stretch.",
            ),
            column(
                "covered",
                "Within the range",
                Unit::Percent,
                "The share of accounts whose number of orders lay within the 90 % range.",
            ),
        ],
        rows: rows.collect(),
    }
}

/// A log-loss as a share of that of a forecast that always says one half.
fn of_a_coin(loss: f64) -> f64 {
    loss / std::f64::consts::LN_2
}

const fn name(who: Contestant) -> &'static str {
    match who {
        Contestant::Pool => "Perennial",
        Contestant::MbgNbd => "MBG/NBD",
        Contestant::Naive => "Own past rate",
        Contestant::Latency => "Silent for twice its mean gap",
    }
}
