//! The bench: a model, the assumptions in use, and the scenarios on them; every question goes here.
//!
//! A [`Model`] gives figures for resolved assumptions: a deal, a book, a scheme. The bench moves one
//! assumption at a time in place, so that a question costs evaluations and little else.

use std::cell::RefCell;

use crate::assumptions::spec::Kind;
use crate::assumptions::{Assumptions, Estimates, Resolved, Spec, resolve};
use crate::base::Refused;
use crate::base::money::parse_plain;
use crate::metrics::Figures;
use crate::registry;

use super::compare::{self, Column, Comparison, differing};
use super::grid::{self, GridAsk, Heat};
use super::range::numeric;
use super::seek::{self, Goal, Ground, Reached, Sought};
use super::share::{Part, Shares, shapley};
use super::simulate::{Outcome, Running, Simulated, Simulation};
use super::state::Scenarios;
use super::tornado::{self, Bar, Swing, Tornado, TornadoAsk};

/// From the numbers of some assumptions, in their units, to what they give.
pub type Sampler<'a> = Box<dyn FnMut(&[(&str, f64)]) -> Outcome + 'a>;

/// What has figures.
pub trait Model {
    /// All of them under these assumptions.
    fn figures(&self, inputs: &Resolved) -> Figures;

    /// One of them; cheaper, where there is a cheaper way.
    fn number(&self, inputs: &Resolved, metric: &str) -> Option<f64> {
        compare::number(&self.figures(inputs), metric)
    }

    /// A quick way from numbers to one figure, where there is one.
    fn sampler<'a>(&'a self, _: &Resolved, _: &str) -> Option<Sampler<'a>> {
        None
    }

    /// The metric that says when the outlay is back, with what turns it into years.
    fn payback(&self) -> Option<(&'static str, f64)> {
        None
    }

    /// Whether an assumption can move any of its figures.
    fn depends_on(&self, _: &str) -> bool {
        true
    }

    /// Evaluations that may be spent on one question.
    fn budget(&self) -> usize {
        2_000
    }
}

/// Gives all the longest horizon among them, in years, since more years that count are no better
/// business.
fn align(inputs: &mut [Resolved]) -> u32 {
    let years = |one: &Resolved| one.get("horizon")?.value.parse().ok();
    let longest: u32 = inputs.iter().filter_map(years).max().unwrap_or_default();
    for one in inputs.iter_mut().filter(|one| years(one) != Some(longest)) {
        one.put("horizon", longest.to_string());
    }
    longest
}

/// See the module.
pub struct Bench<'a> {
    /// What has figures.
    pub model: &'a dyn Model,
    /// The assumptions of the document.
    pub chosen: &'a Assumptions,
    /// What the data says.
    pub estimates: &'a Estimates,
    /// The scenarios.
    pub scenarios: &'a Scenarios,
}

impl Bench<'_> {
    /// The assumptions of a scenario, one value each; of the base, where there is no such scenario.
    pub fn resolved(&self, of: Option<u32>) -> Resolved {
        match of.and_then(|id| self.scenarios.get(id)) {
            Some(scenario) => registry::resolve(&scenario.over(self.chosen), self.estimates),
            None => registry::resolve(self.chosen, self.estimates),
        }
    }

    /// The base and some scenarios side by side, in these metrics, all over the longest of their
    /// horizons (S28); what the first metric's difference comes from.
    pub fn compare(&self, ids: &[u32], metrics: &[String]) -> Comparison {
        let base = self.resolved(None);
        let mut columns = vec![Column {
            id: None,
            name: "Base".into(),
            changes: Vec::new(),
            shares: None,
        }];
        let mut inputs = vec![base];
        for scenario in ids.iter().filter_map(|id| self.scenarios.get(*id)) {
            let resolved = self.resolved(Some(scenario.id()));
            columns.push(Column {
                id: Some(scenario.id()),
                name: scenario.name().to_owned(),
                changes: inputs
                    .first()
                    .map_or_else(Vec::new, |base| changed(base, &resolved)),
                shares: None,
            });
            inputs.push(resolved);
        }
        let longest = align(&mut inputs);
        if let (Some(metric), Some((base, others))) = (metrics.first(), inputs.split_first()) {
            for (column, other) in columns.iter_mut().skip(1).zip(others) {
                column.shares = Some(self.shares_of(base, other, metric).map_err(String::from));
            }
        }
        let figures: Vec<Figures> = inputs.iter().map(|one| self.model.figures(one)).collect();
        Comparison {
            rows: compare::rows(metrics, &figures),
            notes: compare::notes(&columns, longest),
            columns,
        }
    }

    /// Where a difference between two scenarios (`None` is the base) comes from, over the longer of
    /// their horizons.
    ///
    /// # Errors
    /// Why that cannot be said.
    pub fn shares(
        &self,
        from: Option<u32>,
        to: Option<u32>,
        metric: &str,
    ) -> Result<Shares, Refused> {
        let mut ends = [self.resolved(from), self.resolved(to)];
        align(&mut ends);
        let [from, to] = &ends;
        self.shares_of(from, to, metric)
    }

    fn shares_of(&self, from: &Resolved, to: &Resolved, metric: &str) -> Result<Shares, Refused> {
        let changes = changed(from, to);
        let moved = RefCell::new(from.clone());
        let figure = |which: &[bool]| {
            let mut inputs = moved.borrow_mut();
            for ((key, from, to), changed) in changes.iter().zip(which) {
                inputs.put(key, if *changed { to } else { from }.clone());
            }
            self.model.number(&inputs, metric)
        };
        let ends = |all: bool| figure(&vec![all; changes.len()]).filter(|v| v.is_finite());
        let missing =
            || "One of the two has no such figure, so there is no difference to share out.";
        let (first, last) = (
            ends(false).ok_or_else(missing)?,
            ends(true).ok_or_else(missing)?,
        );
        let found = shapley(changes.len(), self.model.budget(), &mut { figure });
        let (values, exact) = found.ok_or(
            "Changed one by one, these inputs leave a state in which the figure has no value, so the \
             difference cannot be shared out.",
        )?;
        let part = |((key, from, to), value): ((String, String, String), f64)| Part {
            key,
            from,
            to,
            value,
        };
        Ok(Shares {
            metric: metric.to_owned(),
            from: first,
            to: last,
            parts: changes.into_iter().zip(values).map(part).collect(),
            exact,
        })
    }

    /// The tornado over all inputs that are numbers.
    ///
    /// # Errors
    /// Why there is none.
    pub fn tornado(&self, ask: &TornadoAsk) -> Result<Tornado, Refused> {
        let inputs = self.resolved(ask.of);
        let now = self.model.number(&inputs, &ask.metric).ok_or(NO_FIGURE)?;
        let mut bars = Vec::new();
        let inputs_there_are = registry::assumptions().filter(|s| self.model.depends_on(s.key));
        let fine = self.model.budget() >= FINE;
        let mut quick = self.model.sampler(&inputs, &ask.metric);
        for spec in inputs_there_are {
            let Some(swing) = self.swing(spec, &inputs, ask.percent) else {
                continue;
            };
            let Some((low, high)) = text(spec, swing.low).zip(text(spec, swing.high)) else {
                continue;
            };
            let mut figure = self.curve(&inputs, spec, &ask.metric, quick.as_mut());
            let (at_low, at_high, span, monotone) = tornado::moved(swing, now, fine, &mut figure);
            bars.push(Bar {
                key: spec.key.to_owned(),
                low,
                high,
                at_low,
                at_high,
                span,
                monotone,
            });
        }
        let (bars, still) = tornado::sorted(bars);
        Ok(Tornado {
            ask: ask.clone(),
            now,
            bars,
            still,
        })
    }

    /// How far an input moves: by a percentage, in its range of the document, or in the usual one.
    fn swing(&self, spec: &Spec, inputs: &Resolved, percent: Option<f64>) -> Option<Swing> {
        let (allowed, usual) = bounds(spec)?;
        let now = inputs.get(spec.key)?.value.parse::<f64>().ok()?;
        let range = self.scenarios.ranges().get(spec.key);
        let (low, high) = match (percent, range) {
            (Some(percent), _) => {
                let away = now.abs() * percent / 100.0;
                (now - away, now + away)
            }
            (None, Some(range)) => {
                let (low, _, high) = range.numbers(now);
                (low, high)
            }
            (None, None) => (usual.0.min(now), usual.1.max(now)),
        };
        Some(Swing {
            low: low.max(allowed.0),
            now,
            high: high.min(allowed.1),
        })
    }

    /// One figure as one input moves; the others stay as they are.
    fn curve<'m>(
        &'m self,
        inputs: &Resolved,
        spec: &'static Spec,
        metric: &'m str,
        quick: Option<&'m mut Sampler<'_>>,
    ) -> Box<dyn FnMut(f64) -> Option<f64> + 'm> {
        if let Some(quick) = quick {
            return Box::new(move |x| quick(&[(spec.key, entered(spec, x))]).value);
        }
        let mut moved = inputs.clone();
        Box::new(move |x| {
            moved.put(spec.key, exact_text(spec, x)?)?;
            self.model.number(&moved, metric)
        })
    }

    /// A metric over two inputs.
    ///
    /// # Errors
    /// Why there is none.
    pub fn grid(&self, ask: &GridAsk) -> Result<Heat, Refused> {
        let (across, down) = (numeric(&ask.across)?, numeric(&ask.down)?);
        let mut inputs = self.resolved(ask.of);
        let (columns, column) = self.steps(across, &inputs);
        let (lines, line) = self.steps(down, &inputs);
        let mut rows = Vec::new();
        for value in &lines {
            let before = inputs.put(down.key, value.clone());
            let mut row = Vec::new();
            for value in &columns {
                let before = inputs.put(across.key, value.clone());
                row.push(self.model.number(&inputs, &ask.metric));
                inputs.put(across.key, before.unwrap_or_default());
            }
            inputs.put(down.key, before.unwrap_or_default());
            rows.push(row);
        }
        Ok(Heat {
            ask: ask.clone(),
            across: columns,
            down: lines,
            rows,
            now: (column, line),
        })
    }

    fn steps(&self, spec: &Spec, inputs: &Resolved) -> (Vec<String>, Option<u32>) {
        let now = inputs.get(spec.key).map_or("", |used| used.value.as_str());
        let Some(swing) = self.swing(spec, inputs, None) else {
            return (Vec::new(), None);
        };
        let values = grid::values(swing.low, swing.high, now, &|x| text(spec, x));
        let place = values.iter().position(|value| value == now);
        (values, place.and_then(|at| u32::try_from(at).ok()))
    }

    /// The value of an assumption at which a metric reaches a target.
    ///
    /// # Errors
    /// Why it cannot be sought.
    pub fn seek(&self, goal: &Goal) -> Result<Sought, Refused> {
        let spec = numeric(&goal.key)?;
        let (allowed, usual) = bounds(spec).ok_or(NO_FIGURE)?;
        let inputs = self.resolved(goal.of);
        let in_use = inputs
            .get(spec.key)
            .and_then(|used| used.value.parse().ok());
        let in_use = in_use.unwrap_or_default();
        let now = (in_use, self.model.number(&inputs, &goal.metric));
        let ground = Ground {
            allowed,
            usual: (usual.0.min(in_use), usual.1.max(in_use)),
            whole: spec.decimals == 0,
            fine: self.model.budget() >= FINE,
        };
        let mut quick = self.model.sampler(&inputs, &goal.metric);
        let mut figure = self.curve(&inputs, spec, &goal.metric, quick.as_mut());
        let found = seek::seek(ground, goal.target, &mut figure);
        if found.seen.is_empty() {
            return Err(NO_FIGURE.into());
        }
        let mut reached = |(at, value): (f64, f64)| {
            let input = text(spec, at)?;
            let rounded = input.parse().ok()?;
            Some(Reached {
                at,
                value,
                value_at_input: figure(rounded)?,
                input,
            })
        };
        let mut solutions: Vec<Reached> = found
            .solutions
            .into_iter()
            .filter_map(&mut reached)
            .collect();
        let away = |point: &Reached| (point.at - in_use).abs();
        crate::base::order::sort_by(&mut solutions, |a, b| away(a).total_cmp(&away(b)));
        let nearest = if solutions.is_empty() {
            found.nearest.and_then(&mut reached)
        } else {
            None
        };
        let curve = drawn(
            ground.usual,
            in_use,
            found.seen,
            &solutions,
            nearest.as_ref(),
        );
        Ok(Sought {
            goal: goal.clone(),
            solutions,
            nearest,
            curve,
            allowed,
            now,
        })
    }

    /// A simulation to be run in parts.
    ///
    /// # Errors
    /// Why there is none.
    pub fn simulation(&self, ask: &Simulation) -> Result<(Running, Resolved), Refused> {
        let inputs = self.resolved(ask.of);
        let mut ranges = Vec::new();
        for (key, range) in self.scenarios.ranges() {
            let used = inputs
                .get(key)
                .and_then(|used| used.value.parse::<f64>().ok());
            if let Some(used) = used {
                ranges.push((key.clone(), range.numbers(used)));
            }
        }
        if ranges.is_empty() {
            return Err(
                "Nothing is uncertain yet. Give at least one assumption a range: low, likely, high."
                    .into(),
            );
        }
        Ok((Running::new(ask, &ranges), inputs))
    }

    /// The next draws of a simulation.
    pub fn draw(&self, running: &mut Running, inputs: &Resolved, metric: &str, draws: u32) {
        let keys = running.keys().to_vec();
        let specs: Vec<Option<&Spec>> = keys.iter().map(|key| registry::assumption(key)).collect();
        if let Some(mut quick) = self.model.sampler(inputs, metric) {
            let mut point: Vec<(&str, f64)> = Vec::new();
            running.go_on(draws, &mut |numbers| {
                point.clear();
                let numbers = specs.iter().zip(numbers);
                point.extend(numbers.filter_map(|(spec, x)| spec.map(|s| (s.key, entered(s, *x)))));
                quick(&point)
            });
            return;
        }
        let mut moved = inputs.clone();
        running.go_on(draws, &mut |numbers| {
            for (spec, x) in specs.iter().zip(numbers) {
                if let Some(spec) = spec
                    && let Some(text) = exact_text(spec, *x)
                {
                    moved.put(spec.key, text);
                }
            }
            let Some((payback, in_years)) = self.model.payback() else {
                return Outcome {
                    value: self.model.number(&moved, metric),
                    payback_years: None,
                };
            };
            let figures = self.model.figures(&moved);
            let years = compare::number(&figures, payback).map(|p| p * in_years);
            Outcome {
                value: compare::number(&figures, metric),
                payback_years: Some(years.unwrap_or(f64::INFINITY)),
            }
        });
    }

    /// What a simulation has found so far.
    ///
    /// # Errors
    /// Why there is nothing.
    pub fn drawn(
        &self,
        running: &Running,
        inputs: &Resolved,
        metric: &str,
    ) -> Result<Simulated, Refused> {
        let mut likely = inputs.clone();
        for (key, x) in running.likely() {
            let text = registry::assumption(key).and_then(|spec| exact_text(spec, x));
            likely.put(key, text.unwrap_or_default());
        }
        let likely = self.model.number(&likely, metric);
        running
            .found(metric, likely)
            .ok_or_else(|| NO_FIGURE.into())
    }
}

/// The points to draw: those of the slider's range, and on to the answer.
fn drawn(
    usual: (f64, f64),
    in_use: f64,
    seen: Vec<(f64, f64)>,
    solutions: &[Reached],
    nearest: Option<&Reached>,
) -> Vec<(f64, f64)> {
    let answer = solutions
        .first()
        .or(nearest)
        .map_or(in_use, |point| point.at);
    let (low, high) = (usual.0.min(answer), usual.1.max(answer));
    let mut curve = seen;
    curve.extend(solutions.iter().map(|point| (point.at, point.value)));
    curve.retain(|(x, _)| (low..=high).contains(x));
    crate::base::order::sort_by(&mut curve, |a, b| a.0.total_cmp(&b.0));
    curve.dedup();
    curve
}

/// With fewer evaluations than these to spend, fewer points are looked at.
const FINE: usize = 256;

const NO_FIGURE: &str = "This figure has no value here, so there is nothing to compare it with.";

/// What differs between two: key, the one's value, the other's.
fn changed(from: &Resolved, to: &Resolved) -> Vec<(String, String, String)> {
    let values = |all| {
        Resolved::all(all)
            .iter()
            .map(|u| (u.key.as_str(), u.value.as_str()))
            .collect()
    };
    differing(
        from.all().iter().map(|u| u.key.as_str()),
        &values(from),
        &values(to),
    )
}

/// The allowed and the usual range of a number.
fn bounds(spec: &Spec) -> Option<((f64, f64), (f64, f64))> {
    let Kind::Number { allowed, usual, .. } = spec.kind else {
        return None;
    };
    let both = |(low, high): (&str, &str)| Some((low.parse().ok()?, high.parse().ok()?));
    Some((both(allowed)?, both(usual)?))
}

/// A number as the registry writes it: rounded to what can be entered.
fn text(spec: &Spec, x: f64) -> Option<String> {
    resolve::canonical(spec, x)
}

/// A number as it can be entered: whole where only those can be.
fn entered(spec: &Spec, x: f64) -> f64 {
    if spec.decimals == 0 {
        libm::round(x)
    } else {
        x
    }
}

/// A number with all its digits, inside the allowed range; a whole one where only those can be
/// entered.
fn exact_text(spec: &Spec, x: f64) -> Option<String> {
    if spec.decimals == 0 {
        return resolve::canonical(spec, x);
    }
    let (allowed, _) = bounds(spec)?;
    let text = x.clamp(allowed.0, allowed.1).to_string();
    // Tiny and huge numbers are written in full, which a decimal may not hold.
    parse_plain(&text)
        .map(|_| text)
        .or_else(|| resolve::canonical(spec, x))
}
