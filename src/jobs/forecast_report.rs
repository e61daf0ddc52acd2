//! The forecasts as JSON, for the batch example: the fit with its parameters and what was chosen and
//! why, each account's forecast, and the back-tests.
//!
//! Times are in weeks, chances and shares from 0 to 1, money in the base currency; ranges are of
//! 90 %. `docs/project-file.md` describes the fields.

use serde_json::{Value, json};

use crate::base::num::quantile;
use crate::models::{
    Ask, Board, Cnbd, Contestant, Fit, OrderValues, Pool, Rung, Score, Scratch, Weeks,
};
use crate::value::Foresight;

use super::forecast::{Fitting, words};

/// The stretch that order counts are forecast for.
const AHEAD: f64 = 26.0;

/// What was fitted, or why nothing was.
pub(super) fn book(fitting: &Fitting) -> Value {
    match fitting.foresight() {
        Ok(foresight) => fitted(foresight),
        Err(why) => json!({ "why_not": why.0 }),
    }
}

fn fitted(foresight: &Foresight) -> Value {
    let fit = foresight.fit();
    let (report, pool) = (fit.report(), fit.pool());
    let [shape, rate, leaving, spread] = report.assumed;
    let total = fit.total(Weeks::new(AHEAD), &mut Scratch::default());
    json!({
        "words": words(fit),
        "cut": report.cut,
        "accounts": report.accounts,
        "repeat_orders": report.repeats,
        "mean_interval": report.interval.get(),
        "decided_by": rung(report.rung),
        "weight": pool.weight,
        "cycles_skipped": report.skipped,
        "regular": model(&pool.regular, fit, |pool| pool.regular),
        "random": model(&pool.random, fit, |pool| pool.random),
        "ln_likelihood": { "regular": report.ln_likelihood, "random": report.ln_likelihood_random },
        "stages_tried": report.tried,
        "assumed": { "shape": shape, "rate": rate, "leaving": leaving, "leaving_spread": spread },
        "alike": report.alike,
        "at_edge": report.at_edge,
        "order_value": foresight.values().map(order_value),
        "total": total.map(|total| json!({
            "weeks": AHEAD,
            "orders": total.expected,
            "model": [total.model.0, total.model.1],
            "with_luck": [total.model_and_luck.0, total.model_and_luck.1],
        })),
        "backtest": report.boards.iter().map(board).collect::<Vec<_>>(),
    })
}

const fn rung(rung: Rung) -> &'static str {
    match rung {
        Rung::Searched => "orders",
        Rung::Guessed => "orders_in_part",
        Rung::MostlyAssumed => "assumptions",
        Rung::Given => "caller",
    }
}

/// A model's parameters, each with its range over the draws and its unit.
fn model(model: &Cnbd, fit: &Fit, pick: fn(&Pool) -> Cnbd) -> Value {
    let parameter = |unit: &str, of: fn(&Cnbd) -> f64| {
        let drawn: Vec<f64> = fit.draws().iter().map(|pool| of(&pick(pool))).collect();
        let range = quantile(&drawn, 0.05).zip(quantile(&drawn, 0.95));
        json!({ "value": of(model), "range": range, "unit": unit })
    };
    let name = match model.k() {
        1 => "MBG/NBD".to_owned(),
        k => format!("MBG/CNBD-{k}"),
    };
    json!({
        "name": name,
        "stages": model.k(),
        "r": parameter("", Cnbd::r),
        "alpha": parameter("weeks", |model| model.alpha().get()),
        "a": parameter("", Cnbd::a),
        "b": parameter("", Cnbd::b),
        "orders_per_week": parameter("orders per week", Cnbd::orders_per_week),
        "leaving_share": parameter("share of accounts per order", Cnbd::leaving_share),
        "interval_variation": model.interval_variation(),
    })
}

fn order_value(values: &OrderValues) -> Value {
    let fit = values.fit();
    json!({
        "name": "Gamma-Gamma on orders over their segment's level",
        "p": fit.model.p(),
        "q": fit.model.q(),
        "gamma": fit.model.gamma(),
        "accounts": fit.accounts,
        "ln_likelihood": fit.ln_likelihood,
        "correlation_with_orders": values.telling_correlation(),
    })
}

fn board(board: &Board) -> Value {
    json!({
        "cut": board.cut,
        "weeks": board.stretch.whole.get(),
        "soon_weeks": board.stretch.short.get(),
        "later_weeks": board.stretch.long.get(),
        "accounts": board.accounts,
        "orders": board.actual,
        "stages": board.stages,
        "weight": board.weight,
        "weight_is_earlier": board.weight_is_earlier,
        "scores": board.scores.iter().map(score).collect::<Vec<_>>(),
    })
}

fn score(score: &Score) -> Value {
    let who = match score.who {
        Contestant::Pool => "perennial",
        Contestant::MbgNbd => "mbg_nbd",
        Contestant::Naive => "own_rate",
        Contestant::Latency => "latency",
    };
    json!({
        "by": who,
        "orders": score.expected,
        "error_per_account": score.count_error,
        "log_loss_soon": score.short_loss,
        "log_loss_later": score.long_loss,
        "ranked_rightly_soon": score.short_ranking,
        "ranked_rightly_later": score.long_ranking,
        "covered": score.covered,
    })
}

/// An account's forecast; null where there is none.
pub(super) fn account(fitting: &Fitting, account: usize, scratch: &mut Scratch) -> Option<Value> {
    let foresight = fitting.foresight().ok()?;
    let fit = foresight.fit();
    let ahead = Weeks::new(AHEAD);
    let ask = Ask {
        horizon: ahead,
        ..Ask::default()
    };
    let forecast = fit.forecast(account, &ask, scratch)?;
    let range = fit.range(account, ahead, scratch)?;
    let last = fit
        .report()
        .cut
        .map(|cut| cut.plus_days(-days(forecast.silence)));
    let day = |after: Weeks| last.map(|last| last.plus_days(days(after)));
    Some(json!({
        "p_alive": forecast.p_alive,
        "weeks": AHEAD,
        "orders": forecast.expected,
        "orders_model": [range.model.0, range.model.1],
        "orders_with_luck": [range.model_and_luck.0, range.model_and_luck.1],
        "p_order_in_4_weeks": forecast.p_order,
        "lateness": forecast.lateness,
        "next_order": {
            "early": day(forecast.due.early),
            "middle": day(forecast.due.middle),
            "late": day(forecast.due.late),
        },
        "order_value": foresight.values().map(|values| values.expected(account)),
    }))
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "bounded: dates a thousand years off say enough"
)]
fn days(weeks: Weeks) -> i32 {
    weeks.days().round().min(365_250.0) as i32
}
