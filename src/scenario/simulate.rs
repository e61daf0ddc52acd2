//! Seeded simulation (D9): every range is drawn, and what comes out is counted.
//!
//! It runs in parts, so that a long one can be shown on its way and dropped. The same inputs and seed
//! give the same bits, however it is cut.

use serde::{Deserialize, Serialize};

use crate::base::num::quantile_of_sorted;
use crate::base::order::{float_key, sort_by};

use super::draw::Drawn;

/// The form of a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// Round, with most draws near the likely value.
    #[default]
    Pert,
    /// Straight sides: more draws far from it.
    Triangular,
}

/// How it is simulated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Simulation {
    /// The metric's key; empty is the first that is compared.
    pub metric: String,
    /// The form of all ranges.
    pub shape: Shape,
    /// How many draws, 100 to 100,000.
    pub draws: u32,
    /// Another seed, other draws.
    pub seed: u64,
    /// Payback is to come within so many months, 1 to 600.
    pub within_months: u32,
    /// In which scenario; `None` is the base.
    pub of: Option<u32>,
}

impl Default for Simulation {
    fn default() -> Self {
        Self {
            metric: String::new(),
            shape: Shape::Pert,
            draws: 10_000,
            seed: 1,
            within_months: 24,
            of: None,
        }
    }
}

impl Simulation {
    /// The same with what lies outside its limits moved to them.
    #[must_use]
    pub fn within_limits(mut self) -> Self {
        self.draws = self.draws.clamp(100, 100_000);
        self.within_months = self.within_months.clamp(1, 600);
        self
    }
}

/// What one draw gave.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Outcome {
    /// The metric; `None` where it has no value.
    pub value: Option<f64>,
    /// When the outlay is back, in years; infinite where it never is, `None` where nobody asked.
    pub payback_years: Option<f64>,
}

/// A bar of the histogram.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Bin {
    /// Its left edge, in the metric's unit.
    pub from: f64,
    /// Its right edge; it belongs to the next bar, but for the last.
    pub to: f64,
    /// Draws in it.
    pub count: u32,
}

/// How far one input drives the spread.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Driver {
    /// The assumption's key.
    pub key: String,
    /// Spearman's rank correlation of input and figure, -1 to 1.
    pub correlation: f64,
    /// Its square over the sum of all squares: roughly its share of the spread.
    pub share: f64,
}

/// What came out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Simulated {
    /// The metric's key.
    pub metric: String,
    /// How it was simulated.
    pub ask: Simulation,
    /// The draws so far; as many as asked for when it is over.
    pub drawn: u32,
    /// Draws in which the figure has no value; they count nowhere.
    pub without: u32,
    /// The mean.
    pub mean: f64,
    /// One in ten is below.
    pub p10: f64,
    /// As many below as above.
    pub p50: f64,
    /// One in ten is above.
    pub p90: f64,
    /// The share of draws below zero.
    pub below_zero: f64,
    /// The share of draws with payback within the months asked for; `None` where none is known.
    pub paid_back: Option<f64>,
    /// The figure with every input at its likely value.
    pub likely: Option<f64>,
    /// The histogram; one draw in two hundred at either end is in the outermost bars.
    pub bins: Vec<Bin>,
    /// What drives the spread, the strongest first.
    pub drivers: Vec<Driver>,
}

/// A simulation on its way.
#[derive(Debug, Clone)]
pub struct Running {
    ask: Simulation,
    keys: Vec<String>,
    inputs: Vec<Drawn>,
    values: Vec<f64>,
    within: u32,
    asked: u32,
}

impl Running {
    /// One that draws these inputs: key, and low, likely and high in the assumption's unit.
    pub fn new(ask: &Simulation, ranges: &[(String, (f64, f64, f64))]) -> Self {
        let ask = ask.clone().within_limits();
        let drawn =
            |(key, range): &(String, (f64, f64, f64))| Drawn::new(ask.seed, key, *range, ask.shape);
        Self {
            keys: ranges.iter().map(|(key, _)| key.clone()).collect(),
            inputs: ranges.iter().map(drawn).collect(),
            values: Vec::with_capacity(ask.draws as usize),
            within: 0,
            asked: 0,
            ask,
        }
    }

    /// The assumptions that are drawn.
    pub fn keys(&self) -> &[String] {
        &self.keys
    }

    /// Each with its likely value.
    pub fn likely(&self) -> impl Iterator<Item = (&str, f64)> {
        let keys = self.keys.iter().map(String::as_str);
        keys.zip(self.inputs.iter().map(Drawn::likely))
    }

    /// Whether all draws are made.
    pub fn is_over(&self) -> bool {
        self.values.len() >= self.ask.draws as usize
    }

    /// Makes up to so many draws; `figure` gets the inputs in the order of the ranges.
    pub fn go_on(&mut self, draws: u32, figure: &mut dyn FnMut(&[f64]) -> Outcome) {
        let left = (self.ask.draws as usize).saturating_sub(self.values.len());
        let mut inputs = vec![0.0; self.inputs.len()];
        let soon = f64::from(self.ask.within_months) / 12.0 + 1e-9;
        for _ in 0..left.min(draws as usize) {
            for (input, drawn) in inputs.iter_mut().zip(&mut self.inputs) {
                *input = drawn.draw();
            }
            let outcome = figure(&inputs);
            let value = outcome.value.filter(|value| value.is_finite());
            self.values.push(value.unwrap_or(f64::NAN));
            if let Some(years) = outcome.payback_years {
                self.asked += 1;
                self.within += u32::from(years <= soon);
            }
        }
    }

    /// What has come out so far; `likely` is the figure with every input at its likely value. `None`
    /// before the first draw that has a value.
    pub fn found(&self, metric: &str, likely: Option<f64>) -> Option<Simulated> {
        let drawn = count(self.values.len());
        let mut order: Vec<(u64, u32)> = (0_u32..)
            .zip(&self.values)
            .filter(|(_, value)| !value.is_nan())
            .map(|(at, value)| (float_key(*value), at))
            .collect();
        order.sort_unstable();
        let value = |at: u32| self.values.get(at as usize).copied().unwrap_or_default();
        let sorted: Vec<f64> = order.iter().map(|(_, at)| value(*at)).collect();
        let all = count(sorted.len());
        let at = |share: f64| quantile_of_sorted(&sorted, share);
        let negative = count(sorted.partition_point(|value| *value < 0.0));
        Some(Simulated {
            metric: metric.to_owned(),
            ask: self.ask.clone(),
            drawn,
            without: drawn - all,
            mean: sorted.iter().sum::<f64>() / f64::from(all),
            p10: at(0.1)?,
            p50: at(0.5)?,
            p90: at(0.9)?,
            below_zero: f64::from(negative) / f64::from(all),
            paid_back: (self.asked > 0).then(|| f64::from(self.within) / f64::from(self.asked)),
            likely,
            bins: bins(&sorted),
            drivers: self.drivers(&order),
        })
    }

    /// Spearman's correlation of every input with the figure. An input's rank is that of the even
    /// number it was drawn from.
    fn drivers(&self, order: &[(u64, u32)]) -> Vec<Driver> {
        let all = f64::from(count(order.len()));
        let mut ranks = vec![f64::NAN; self.values.len()];
        let mut from = 0;
        // Equal figures share their mean rank.
        for group in order.chunk_by(|a, b| a.0 == b.0) {
            let rank = f64::from(from) + f64::from(count(group.len())) / 2.0;
            for (_, at) in group {
                if let Some(slot) = ranks.get_mut(*at as usize) {
                    *slot = rank / all - 0.5;
                }
            }
            from += count(group.len());
        }
        let mut drivers: Vec<Driver> = Vec::new();
        for key in &self.keys {
            let (mut both, mut own, mut rest, mut sum) = (0.0, 0.0, 0.0, 0.0);
            for (rank, share) in ranks.iter().zip(Drawn::shares(self.ask.seed, key)) {
                if !rank.is_nan() {
                    let share = share - 0.5;
                    both += rank * share;
                    own += share * share;
                    rest += rank * rank;
                    sum += share;
                }
            }
            // The ranks have mean 0; the even numbers only nearly.
            let own = own - sum * sum / all;
            let spread = libm::sqrt(own * rest);
            drivers.push(Driver {
                key: key.clone(),
                correlation: if spread > 0.0 {
                    (both / spread).clamp(-1.0, 1.0)
                } else {
                    0.0
                },
                share: 0.0,
            });
        }
        let total: f64 = drivers.iter().map(|d| d.correlation * d.correlation).sum();
        for driver in drivers.iter_mut().filter(|_| total > 0.0) {
            driver.share = driver.correlation * driver.correlation / total;
        }
        sort_by(&mut drivers, |a, b| b.share.total_cmp(&a.share));
        drivers
    }
}

/// Bars of a round width from the first to the last half percent of draws.
fn bins(sorted: &[f64]) -> Vec<Bin> {
    let at = |share: f64| quantile_of_sorted(sorted, share).unwrap_or_default();
    let (low, high) = (at(0.005), at(0.995));
    let (Some(first), Some(last)) = (sorted.first(), sorted.last()) else {
        return Vec::new();
    };
    let all = count(sorted.len());
    let width = round_width((high - low) / 24.0);
    if width <= 0.0 {
        let (from, to, count) = (*first, *last, all);
        return vec![Bin { from, to, count }];
    }
    let start = (low / width).floor();
    let mut found = Vec::new();
    let (mut edge, mut before) = (1.0, 0);
    while before < all && edge < 100.0 {
        let (from, to) = ((start + edge - 1.0) * width, (start + edge) * width);
        let last = to >= high;
        let below = if last {
            all
        } else {
            count(sorted.partition_point(|value| *value < to))
        };
        found.push(Bin {
            from,
            to,
            count: below - before,
        });
        before = below;
        edge += 1.0;
    }
    found
}

/// 1, 2 or 5 times a power of ten, the next above.
fn round_width(width: f64) -> f64 {
    if !(width > 0.0 && width.is_finite()) {
        return 0.0;
    }
    let power = libm::pow(10.0, libm::floor(libm::log10(width)));
    let steps = [1.0, 2.0, 5.0, 10.0].map(|step| step * power);
    let fits = steps.into_iter().find(|step| *step >= width * (1.0 - 1e-9));
    fits.unwrap_or(10.0 * power)
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranges() -> Vec<(String, (f64, f64, f64))> {
        vec![
            ("a".into(), (0.0, 5.0, 10.0)),
            ("b".into(), (0.0, 1.0, 2.0)),
        ]
    }

    fn sum(inputs: &[f64]) -> Outcome {
        Outcome {
            value: Some(inputs.iter().sum::<f64>() - 3.0),
            payback_years: Some(inputs[1] * 2.0),
        }
    }

    #[test]
    fn in_parts_or_at_once_the_same_comes_out() {
        let ask = Simulation::default();
        let mut once = Running::new(&ask, &ranges());
        once.go_on(u32::MAX, &mut sum);
        let mut parts = Running::new(&ask, &ranges());
        while !parts.is_over() {
            parts.go_on(777, &mut sum);
        }
        let found = once.found("m", None).unwrap();
        assert_eq!(Some(&found), parts.found("m", None).as_ref());
        assert_eq!((found.drawn, found.without), (10_000, 0));
        assert!((found.mean - 3.0).abs() < 0.05, "{}", found.mean);
        assert!((found.paid_back.unwrap() - 0.5).abs() < 0.02);
        assert!(found.p10 < found.p50 && found.p50 < found.p90);
        assert_eq!(found.drivers[0].key, "a");
        assert!(found.drivers[0].share > 0.9 && found.drivers[1].correlation > 0.05);
        assert_eq!(found.bins.iter().map(|bin| bin.count).sum::<u32>(), 10_000);
        assert!((10..60).contains(&found.bins.len()), "{}", found.bins.len());
    }

    #[test]
    fn draws_without_a_value_are_said() {
        let ask = Simulation {
            draws: 100,
            ..Simulation::default()
        };
        let mut running = Running::new(&ask, &ranges());
        running.go_on(100, &mut |inputs| Outcome {
            value: (inputs[0] > 5.0).then_some(7.0),
            payback_years: None,
        });
        let found = running.found("m", None).unwrap();
        assert!(found.without > 10 && found.without < 90);
        assert_eq!((found.p10, found.p90, found.bins.len()), (7.0, 7.0, 1));
        assert_eq!(found.paid_back, None);
    }
}
