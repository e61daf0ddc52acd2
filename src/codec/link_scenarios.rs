//! Scenarios in a link, as readable as the rest of it.
//!
//! `s1=Cheaper&s1.retention=90`: a scenario's name and its changes. `r.retention=70~85~95`: a range,
//! `70~95` without a likely value. `goal1=metric~0~retention~2`: a goal, the scenario last, if any.
//! `tornado=metric~10~2`, `grid=metric~across~down~2`, `sim=metric~pert~10000~1~24~2`: what is asked;
//! what is empty is left to the defaults. Scenarios are numbered by their ids.

use serde_json::{Map, Value, json};

use crate::assumptions::print;
use crate::registry;
use crate::scenario::restore::Unread;
use crate::scenario::{Scenarios, Shape, Simulation};

use super::link::Held;
use super::link_numbered::Numbered;

/// Splits the values of one entry; in none of them is it.
const BETWEEN: char = '~';

/// The entries of a link, and what they hold.
pub(super) fn written(scenarios: &Scenarios) -> (Vec<(String, String)>, Vec<Held>) {
    let (mut pairs, mut holds) = (Vec::new(), Vec::new());
    let held = |label: String, value: String| Held {
        label,
        value,
        pinned: false,
    };
    for one in scenarios.list() {
        let id = one.id();
        pairs.push((format!("s{id}"), one.name().to_owned()));
        let mut changes = Vec::new();
        for (key, value) in one.changes() {
            if let Some(spec) = registry::assumption(key) {
                changes.push(format!("{} {}", spec.label, print(spec, value)));
            }
            pairs.push((format!("s{id}.{key}"), value.clone()));
        }
        let changes = match changes.as_slice() {
            [] => "no change".to_owned(),
            some => some.join("; "),
        };
        holds.push(held(format!("Scenario {}", one.name()), changes));
    }
    for (key, range) in scenarios.ranges() {
        let parts: Vec<&str> = [Some(range.low()), range.likely(), Some(range.high())]
            .into_iter()
            .flatten()
            .collect();
        if let Some(spec) = registry::assumption(key) {
            let words = format!("{} to {}", range.low(), print(spec, range.high()));
            holds.push(held(format!("{}, range", spec.label), words));
        }
        pairs.push((format!("r.{key}"), joined(&parts)));
    }
    questions(scenarios, &mut pairs);
    (pairs, holds)
}

/// What is asked of them.
fn questions(scenarios: &Scenarios, pairs: &mut Vec<(String, String)>) {
    for (at, goal) in (1..).zip(scenarios.goals()) {
        let target = goal.target.to_string();
        let parts = [goal.metric.as_str(), &target, &goal.key, &number(goal.of)];
        pairs.push((format!("goal{at}"), joined(&parts)));
    }
    if let Some(ask) = scenarios.tornado() {
        let percent = ask.percent.map(|p| p.to_string()).unwrap_or_default();
        pairs.push((
            "tornado".into(),
            joined(&[&ask.metric, &percent, &number(ask.of)]),
        ));
    }
    if let Some(ask) = scenarios.grid() {
        let parts = [ask.metric.as_str(), &ask.across, &ask.down, &number(ask.of)];
        pairs.push(("grid".into(), joined(&parts)));
    }
    let ask = scenarios.simulation();
    if *ask != Simulation::default() {
        let shape = match ask.shape {
            Shape::Pert => "pert",
            Shape::Triangular => "triangular",
        };
        let numbers = [
            ask.draws.to_string(),
            ask.seed.to_string(),
            ask.within_months.to_string(),
        ];
        let [draws, seed, months] = &numbers;
        let parts = [
            ask.metric.as_str(),
            shape,
            draws,
            seed,
            months,
            &number(ask.of),
        ];
        pairs.push(("sim".into(), joined(&parts)));
    }
}

fn number(of: Option<u32>) -> String {
    of.map(|id| id.to_string()).unwrap_or_default()
}

/// The values with the mark between them; empty ones at the end are left out.
fn joined(parts: &[&str]) -> String {
    let text = parts.join(&BETWEEN.to_string());
    text.trim_end_matches(BETWEEN).to_owned()
}

/// Collects the entries of a link that are about scenarios.
#[derive(Debug, Default)]
pub(super) struct Reader {
    list: Numbered,
    whole: Map<String, Value>,
    ranges: Map<String, Value>,
    goals: Vec<Value>,
}

impl Reader {
    /// Takes an entry, if it is one of these.
    pub fn takes(&mut self, key: &str, value: &str) -> bool {
        let mut parts = value.split(BETWEEN);
        let mut next = || parts.next().unwrap_or_default();
        let id = |text: &str| text.parse::<u32>().ok();
        match key {
            "tornado" => {
                let (metric, percent) = (next(), next().parse::<f64>().ok());
                let ask = json!({"metric": metric, "percent": percent, "of": id(next())});
                self.whole.insert(key.into(), ask);
            }
            "grid" => {
                let (metric, across, down) = (next(), next(), next());
                let ask =
                    json!({"metric": metric, "across": across, "down": down, "of": id(next())});
                self.whole.insert(key.into(), ask);
            }
            "sim" => {
                let usual = Simulation::default();
                let (metric, shape, draws, seed, months) = (next(), next(), next(), next(), next());
                let ask = json!({
                    "metric": metric,
                    "shape": if shape == "triangular" { shape } else { "pert" },
                    "draws": id(draws).unwrap_or(usual.draws),
                    "seed": seed.parse::<u64>().unwrap_or(usual.seed),
                    "within_months": id(months).unwrap_or(usual.within_months),
                    "of": id(next()),
                });
                self.whole.insert("simulation".into(), ask);
            }
            _ => {
                if let Some(name) = key.strip_prefix("r.") {
                    let parts: Vec<&str> = value.split(BETWEEN).collect();
                    let range = match parts.as_slice() {
                        [low, high] => json!({"low": low, "high": high}),
                        [low, likely, high] => json!({"low": low, "likely": likely, "high": high}),
                        _ => Value::Null,
                    };
                    self.ranges.insert(name.into(), range);
                } else if key.strip_prefix("goal").and_then(id).is_some() {
                    let (metric, target) = (next(), next().parse::<f64>().ok());
                    let goal = json!({"metric": metric, "target": target, "key": next(), "of": id(next())});
                    self.goals.push(goal);
                } else {
                    return self.list.takes('s', "changes", key, value);
                }
            }
        }
        true
    }

    /// What was taken, and what could not be read of it.
    pub fn restored(mut self) -> (Scenarios, Unread) {
        self.whole.insert("list".into(), self.list.into_list());
        self.whole.insert("ranges".into(), self.ranges.into());
        self.whole.insert("goals".into(), self.goals.into());
        Scenarios::restore(&self.whole.into())
    }
}
