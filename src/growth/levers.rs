//! The levers of an account's lifetime value (S13): what one step of each does alone, and all together.
//!
//! `value = part_year x min(parts, bom) x plants x (1 - spikes x (1 - fill)) x L7(r)` with
//! `r = repeat x revision_win ^ revisions`. Levers multiply, so together they do more, or less, than
//! one by one; what is shared out (Shapley) adds up to what they do together.

use serde::{Deserialize, Serialize};

use crate::assumptions::spec::Kind;
use crate::assumptions::{Resolved, Used, resolve};
use crate::scenario::Bar;
use crate::scenario::share::shapley;
use crate::scenario::tornado::{Swing, moved, sorted};
use crate::value::methods::{Outlook, l7_horizon};

use super::inputs::{Levers, spec};

/// The levers that are pulled; the other values are given.
pub const PULLED: &[&str] = &["repeat", "parts", "revision_win", "plants", "fill"];

/// One lever.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LeverRow {
    /// Its key.
    pub key: String,
    /// Its value, canonical.
    pub from: String,
    /// One step further; the same where it is at its end.
    pub to: String,
    /// What that step does to lifetime value alone.
    pub alone: f64,
    /// Its share of what all steps together do.
    pub together: f64,
}

/// All levers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LeverBoard {
    /// The values with their origins.
    pub used: Vec<Used>,
    /// Yearly contribution now.
    pub year: f64,
    /// Retention now, revisions counted, as a fraction per year.
    pub retention: f64,
    /// Lifetime value now.
    pub value: f64,
    /// The levers, the strongest alone first.
    pub rows: Vec<LeverRow>,
    /// What one step of every lever does together.
    pub together: f64,
    /// That, less what they do one by one.
    pub interaction: f64,
    /// Each from its usual low to its usual high end, the longest first.
    pub bars: Vec<Bar>,
}

/// Contribution of a year, retention per year, and lifetime value.
pub fn value(levers: &Levers, outlook: &Outlook) -> (f64, f64, f64) {
    let served = 1.0 - levers.spikes.fraction() * (1.0 - levers.fill.fraction());
    let parts = levers.parts.float().min(levers.bom.float());
    let year = levers.part_year.float() * parts * levers.plants.float() * served;
    let won = libm::pow(levers.revision_win.fraction(), levers.revisions.float());
    let retention = levers.repeat.fraction() * won;
    let multiple = l7_horizon::multiple(&Outlook {
        retention_per_year: retention,
        ..*outlook
    });
    (year, retention, year * multiple)
}

impl LeverBoard {
    /// Of these levers.
    pub fn of(resolved: &Resolved, outlook: &Outlook) -> Self {
        let worth = |inputs: &Resolved| value(&Levers::read(inputs), outlook).2;
        let (year, retention, now) = value(&Levers::read(resolved), outlook);
        let steps: Vec<(&str, String, String)> = PULLED
            .iter()
            .filter_map(|key| {
                let from = resolved.get(key)?.value.clone();
                let to = further(key, &from).unwrap_or_else(|| from.clone());
                Some((*key, from, to))
            })
            .collect();
        let mut inputs = resolved.clone();
        let mut pulled = |which: &[bool]| {
            for ((key, from, to), pulled) in steps.iter().zip(which) {
                inputs.put(key, if *pulled { to } else { from }.clone());
            }
            Some(worth(&inputs))
        };
        let together = pulled(&vec![true; steps.len()]).unwrap_or(now) - now;
        let mut rows = Vec::new();
        for (at, (key, from, to)) in steps.iter().enumerate() {
            let only: Vec<bool> = (0..steps.len()).map(|other| other == at).collect();
            rows.push(LeverRow {
                key: (*key).to_owned(),
                from: from.clone(),
                to: to.clone(),
                alone: pulled(&only).unwrap_or(now) - now,
                together: 0.0,
            });
        }
        let shares = shapley(steps.len(), usize::MAX, &mut pulled);
        for (row, share) in rows.iter_mut().zip(shares.unwrap_or_default().0) {
            row.together = share;
        }
        let alone: f64 = rows.iter().map(|row| row.alone).sum();
        crate::base::order::sort_by(&mut rows, |a, b| b.alone.abs().total_cmp(&a.alone.abs()));
        Self {
            used: resolved.all().to_vec(),
            year,
            retention,
            value: now,
            rows,
            together,
            interaction: together - alone,
            bars: bars(resolved, now, &worth),
        }
    }
}

/// One step further, as the slider goes; `None` at the end.
fn further(key: &str, value: &str) -> Option<String> {
    let spec = spec(Levers::SPECS, key)?;
    let Kind::Number { step, .. } = spec.kind else {
        return None;
    };
    let next = value.parse::<f64>().ok()? + step.parse::<f64>().ok()?;
    resolve::canonical(spec, next)
}

fn bars(resolved: &Resolved, now: f64, worth: &dyn Fn(&Resolved) -> f64) -> Vec<Bar> {
    let mut inputs = resolved.clone();
    let mut bars = Vec::new();
    for spec in Levers::SPECS {
        let Kind::Number {
            usual: (low, high), ..
        } = spec.kind
        else {
            continue;
        };
        let number = |text: &str| text.parse::<f64>().unwrap_or_default();
        let used = resolved
            .get(spec.key)
            .map_or("", |used| used.value.as_str());
        let swing = Swing {
            low: number(low).min(number(used)),
            now: number(used),
            high: number(high).max(number(used)),
        };
        let mut figure = |x: f64| {
            inputs.put(spec.key, resolve::canonical(spec, x)?);
            Some(worth(&inputs))
        };
        let (at_low, at_high, span, monotone) = moved(swing, now, true, &mut figure);
        inputs.put(spec.key, used.to_owned());
        bars.push(Bar {
            key: spec.key.to_owned(),
            low: resolve::canonical(spec, swing.low).unwrap_or_default(),
            high: resolve::canonical(spec, swing.high).unwrap_or_default(),
            at_low,
            at_high,
            span,
            monotone,
        });
    }
    sorted(bars).0
}
