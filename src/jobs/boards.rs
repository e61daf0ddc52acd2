//! How the forecasts would have done in the past: the scoreboard, orders tracked over time, and
//! whether as many came as were forecast.
//!
//! In: the fit of a view with its back-tests. Out: one sheet each; without rows and with the reason
//! where there is nothing to show.

use crate::base::{Unit, counted};
use crate::metrics::{Cell, Exactness, Sheet};
use crate::models::{self, Board, Contestant, tracking::track};
use crate::value::sheets::cells::{column, count, empty, float, text};

use super::forecast::{Fitted, Fitting};
use super::map;
use super::protocol::{CALIBRATION, MAP, SCOREBOARD, TRACKING};

/// A sheet of the forecasts by its key; `None` for another key.
pub(super) fn sheet(fitting: &Fitting, key: &str) -> Option<Sheet> {
    let title = match key {
        SCOREBOARD => "Had you forecast in the past",
        TRACKING => "Orders that came beside those expected",
        CALIBRATION => "As many as were forecast",
        MAP => "Recency and frequency: who still buys",
        _ => return None,
    };
    let mut sheet = match fitting.fitted() {
        Err(why) => empty(key, title, why),
        Ok(fitted) if key == MAP => map::sheet(fitted),
        Ok(fitted) => match fitted.fit().report().boards.as_slice() {
            [] => empty(
                key,
                title,
                "There is too little to fit the past and see what came: it takes half a year of orders \
                 before the half year that is forecast, and accounts that ordered again in it.",
            ),
            boards if key == SCOREBOARD => scoreboard(boards),
            [.., last] if key == TRACKING => tracking(fitted, last),
            [.., last] => calibration(last),
        },
    };
    (sheet.key, sheet.title) = (key.into(), title.into());
    Some(sheet)
}

/// Repeat orders added up, beside what the model fitted at the last cut-off expects.
fn tracking(fitted: &Fitted, board: &Board) -> Sheet {
    let histories = fitted.fit().histories();
    let until = histories.cut().unwrap_or(board.cut);
    let tracked = histories
        .earlier(board.cut)
        .map(|known| track(&known, &board.pool, until))
        .unwrap_or_default();
    let rows = tracked.iter().map(|at| {
        let seen = if at.date <= board.cut {
            "Seen"
        } else {
            "Held out"
        };
        vec![
            Cell::Date(at.date),
            count(at.actual),
            float(at.expected, Exactness::Estimated, ""),
            text(seen),
        ]
    });
    let pool = board.scores.iter().find(|s| s.who == Contestant::Pool);
    let (weeks, came) = (board.stretch.whole.get(), board.actual);
    let told = pool.map_or_else(String::new, |score| {
        let forecast = score.expected;
        format!(
            " Knowing each account's orders, {forecast:.0} were forecast for these {weeks:.0} weeks; \
             {came} came."
        )
    });
    Sheet {
        key: String::new(),
        title: String::new(),
        caption: format!(
            "Repeat orders of {} known on {}, added up. The model was fitted to the orders \
             up to that day; what came after was held out.{told}",
            counted(&board.accounts, "account"),
            board.cut
        ),
        columns: vec![
            column("day", "Up to", Unit::Date, ""),
            column(
                "actual",
                "Came",
                Unit::Count,
                "Order days after each account's first.",
            ),
            column(
                "expected",
                "Expected",
                Unit::Count,
                "By the model, from each account's first order on.",
            ),
            column(
                "part",
                "To the model",
                Unit::Text,
                "Orders it was fitted to, or not.",
            ),
        ],
        rows: rows.collect(),
    }
}

/// Forecast and actual orders by tenth of the accounts.
fn calibration(board: &Board) -> Sheet {
    let rows = (1_u32..).zip(&board.tenths).map(|(number, tenth)| {
        let all = |mean: f64| mean * f64::from(tenth.accounts);
        vec![
            text(number.to_string()),
            count(tenth.accounts),
            float(all(tenth.expected), Exactness::Estimated, ""),
            float(all(tenth.actual), Exactness::Exact, ""),
        ]
    });
    Sheet {
        key: String::new(),
        title: String::new(),
        caption: format!(
            "The accounts in tenths by what was forecast of them on {}: orders of each tenth in \
             the {:.0} weeks that followed. Where line and bars agree, forecasts can be planned with.",
            board.cut,
            board.stretch.whole.get()
        ),
        columns: vec![
            column(
                "tenth",
                "Tenth",
                Unit::Text,
                "1 is the tenth with the lowest forecasts.",
            ),
            column("accounts", "Accounts", Unit::Count, ""),
            column("expected", "Forecast", Unit::Count, "Orders of the tenth."),
            column("actual", "Came", Unit::Count, "Orders of the tenth."),
        ],
        rows: rows.collect(),
    }
}

fn scoreboard(boards: &[Board]) -> Sheet {
    let rows = boards.iter().rev().flat_map(|board| {
        board.scores.iter().map(|score| {
            let missing = "This rule gives no chances.";
            let share = |x: Option<f64>| {
                float(x.map_or(f64::NAN, |x| 100.0 * x), Exactness::Exact, missing)
            };
            vec![
                text(name(score.who)),
                Cell::Date(board.cut),
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
        key: String::new(),
        title: String::new(),
        caption: format!(
            "The forecast was made anew from the orders up to each earlier date and compared with the \
             {whole:.0} weeks that followed. Chances are of an order within {short:.0} and {long:.0} weeks."
        ),
        columns: vec![
            column("who", "Forecast by", Unit::Text, ""),
            column(
                "cut",
                "As of",
                Unit::Date,
                "The orders up to this day were known to it.",
            ),
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
