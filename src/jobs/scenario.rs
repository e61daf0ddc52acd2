//! Scenarios and what is asked of them, of the deal or of the book.
//!
//! A simulation of the book takes longer than a page may wait: each job makes some of the draws and
//! says whether there are more to come. What is drawn is kept with the view until something else is
//! asked.

use crate::assumptions::{Assumptions, Resolved};
use crate::deals::Terms;
use crate::registry;
use crate::scenario::models::{BookModel, Both};
use crate::scenario::{Bench, Running, Scenarios, Simulation};
use crate::value::price_volume::{Effects, Sold};

use super::loaded::View;
use super::protocol::{ScenarioResults, ScenarioWant};

/// Scenarios side by side, at most.
const MOST_COLUMNS: usize = 4;
/// What one job may spend on draws, in evaluations of one account; quick models make all at once.
const WORK: usize = 400_000;
/// Draws of a deal in one job, where there is no quick way.
const SLOW_DRAWS: u32 = 1_000;

/// The figures compared where none are named, the first that is known first.
pub const USUAL: &[&str] = &[
    "deal_npv",
    "deal_irr",
    "deal_payback",
    "deal_payback_discounted",
    "deal_ltv_cac",
    "deal_price",
    "deal_unit",
    "deal_margin",
    "deal_contribution",
    "deal_floor_price",
    "deal_max_discount",
];

/// A simulation on its way, with what it is of.
#[derive(Debug)]
pub(super) struct Kept {
    asked: Asked,
    running: Running,
    inputs: Resolved,
}

/// What a simulation depends on beside the book.
#[derive(Debug, Clone, PartialEq)]
struct Asked {
    assumptions: Assumptions,
    scenarios: Scenarios,
}

/// Answers everything asked.
#[inline(never)]
pub(super) fn answer(view: &View, chosen: &Assumptions, want: &ScenarioWant) -> ScenarioResults {
    let scenarios = want.scenarios.as_ref();
    let metrics = metrics(want);
    let simulated = match scenarios.simulation().metric.as_str() {
        "" => metrics.first().cloned().unwrap_or_default(),
        metric => metric.to_owned(),
    };
    let asked = metrics.iter().map(String::as_str).filter(|_| want.compare);
    let asked = asked.chain(
        scenarios
            .tornado()
            .filter(|_| want.tornado)
            .map(|ask| ask.metric.as_str()),
    );
    let asked = asked.chain(
        scenarios
            .grid()
            .filter(|_| want.grid)
            .map(|ask| ask.metric.as_str()),
    );
    let goals = || scenarios.goals().iter().filter(|_| want.goals);
    let asked = asked.chain(goals().map(|goal| goal.metric.as_str()));
    let asked: Vec<&str> = asked
        .chain(want.simulate.then_some(simulated.as_str()))
        .collect();
    let book = BookModel {
        accounts: &view.accounts,
        prepared: &view.prepared,
    };
    let both = Both::of(asked.iter().copied(), book);
    let bench = Bench {
        model: &both,
        chosen,
        estimates: &view.estimates,
        scenarios,
    };
    let between = want.between.filter(|_| want.compare).zip(metrics.first());
    let mut results = ScenarioResults {
        comparison: want
            .compare
            .then(|| bench.compare(&columns(want), &metrics)),
        between: between.map(|((from, to), metric)| {
            let of_deal = metric.starts_with("deal_");
            let revenue = || price_volume(&bench.resolved(from), &bench.resolved(to));
            (
                bench.shares(from, to, metric).map_err(String::from),
                of_deal.then(revenue),
            )
        }),
        tornado: scenarios
            .tornado()
            .filter(|_| want.tornado)
            .map(|ask| bench.tornado(ask).map_err(String::from)),
        grid: scenarios
            .grid()
            .filter(|_| want.grid)
            .map(|ask| bench.grid(ask).map_err(String::from)),
        goals: goals()
            .map(|goal| bench.seek(goal).map_err(String::from))
            .collect(),
        simulation: None,
        more: false,
    };
    if want.simulate {
        simulate(view, &bench, &simulated, &mut results);
    }
    results
}

/// D6 for a deal: a year's pieces at their price. One item has no mix.
fn price_volume(from: &Resolved, to: &Resolved) -> Effects {
    let sold = |resolved: &Resolved| {
        let terms = Terms::read(resolved);
        Sold {
            pieces: terms.pieces_a_year,
            revenue: terms.pieces_a_year * terms.price(),
        }
    };
    Effects::of([(sold(from), sold(to))].into_iter())
}

/// The figures to compare: those named that there are, else the usual ones.
fn metrics(want: &ScenarioWant) -> Vec<String> {
    let known = |key: &&str| registry::metric(key).is_some();
    let named: Vec<String> = want
        .metrics
        .iter()
        .map(String::as_str)
        .filter(known)
        .map(str::to_owned)
        .collect();
    if named.is_empty() {
        return USUAL
            .iter()
            .copied()
            .filter(known)
            .map(str::to_owned)
            .collect();
    }
    named
}

/// The scenarios to compare: those named, else the first.
fn columns(want: &ScenarioWant) -> Vec<u32> {
    let all = want
        .scenarios
        .list()
        .iter()
        .map(crate::scenario::Scenario::id);
    if want.ids.is_empty() {
        all.take(MOST_COLUMNS).collect()
    } else {
        want.ids.iter().copied().take(MOST_COLUMNS).collect()
    }
}

/// Makes the next draws.
fn simulate(view: &View, bench: &Bench, metric: &str, results: &mut ScenarioResults) {
    let asked = Asked {
        assumptions: bench.chosen.clone(),
        scenarios: bench.scenarios.clone(),
    };
    let ask: &Simulation = bench.scenarios.simulation();
    let kept = view.simulation.borrow_mut().take();
    let kept = kept.filter(|kept| kept.asked == asked).map_or_else(
        || {
            let begun = bench.simulation(ask);
            begun.map(|(running, inputs)| Kept {
                asked,
                running,
                inputs,
            })
        },
        Ok,
    );
    let mut kept = match kept {
        Ok(kept) => kept,
        Err(why) => {
            results.simulation = Some(Err(why.into()));
            return;
        }
    };
    let quick = bench.model.sampler(&kept.inputs, metric).is_some();
    let draws = if quick {
        u32::MAX
    } else if metric.starts_with("deal_") {
        SLOW_DRAWS
    } else {
        let draws = WORK / view.accounts.list.len().max(1);
        u32::try_from(draws)
            .unwrap_or(u32::MAX)
            .clamp(1, SLOW_DRAWS)
    };
    bench.draw(&mut kept.running, &kept.inputs, metric, draws);
    results.simulation = Some(
        bench
            .drawn(&kept.running, &kept.inputs, metric)
            .map_err(String::from),
    );
    results.more = !kept.running.is_over();
    *view.simulation.borrow_mut() = Some(kept);
}
