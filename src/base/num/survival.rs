//! Survival curves from durations, some of which are still running.

use crate::base::order::sort_by;

/// How long one thing has lasted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Span {
    /// The duration, in any unit of time.
    pub length: f64,
    /// It has ended; otherwise it is still running and may last longer.
    pub ended: bool,
}

/// How many things have lasted equally long.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Count {
    /// The duration.
    pub length: f64,
    /// How many have ended.
    pub ended: usize,
    /// How many are still running.
    pub running: usize,
}

/// The Kaplan-Meier estimate of the share that lasts longer than a time.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Survival {
    /// Times of an end, ascending, with the share that lasts longer.
    steps: Vec<(f64, f64)>,
    longest: f64,
    count: usize,
    ended: usize,
}

impl Survival {
    /// The product-limit estimate (Kaplan and Meier 1958, JASA 53: 457-481): at each time of an
    /// end, the share so far times one less ends over those still at risk. A span still running at
    /// that time is at risk.
    pub fn of(spans: &[Span]) -> Self {
        let mut sorted = spans.to_vec();
        sort_by(&mut sorted, |a, b| a.length.total_cmp(&b.length));
        let same = sorted.chunk_by(|a, b| a.length.total_cmp(&b.length).is_eq());
        let counts: Vec<Count> = same
            .map(|same| {
                let ended = same.iter().filter(|s| s.ended).count();
                Count {
                    length: same.first().map_or(0.0, |s| s.length),
                    ended,
                    running: same.len() - ended,
                }
            })
            .collect();
        Self::of_counts(&counts)
    }

    /// The same estimate from spans counted by length, ascending.
    #[expect(clippy::cast_precision_loss, reason = "counts far below 2^53")]
    pub fn of_counts(counts: &[Count]) -> Self {
        let ended = counts.iter().map(|c| c.ended).sum();
        let running: usize = counts.iter().map(|c| c.running).sum();
        let mut curve = Self {
            steps: Vec::new(),
            longest: counts.last().map_or(0.0, |c| c.length),
            count: ended + running,
            ended,
        };
        let (mut share, mut at_risk) = (1.0, curve.count);
        for count in counts {
            if count.ended > 0 {
                share *= (at_risk - count.ended) as f64 / at_risk as f64;
                curve.steps.push((count.length, share));
            }
            at_risk -= count.ended + count.running;
        }
        curve
    }

    /// The share that lasts longer than `time`.
    ///
    /// ```
    /// use perennial::base::num::{Span, Survival};
    /// let span = |length, ended| Span { length, ended };
    /// let curve = Survival::of(&[span(1.0, true), span(2.0, false)]);
    /// assert_eq!(curve.after(0.5), 1.0);
    /// assert_eq!(curve.after(1.0), 0.5);
    /// ```
    pub fn after(&self, time: f64) -> f64 {
        let passed = self.steps.partition_point(|(at, _)| *at <= time);
        let step = passed.checked_sub(1).and_then(|i| self.steps.get(i));
        step.map_or(1.0, |(_, share)| *share)
    }

    /// The longest duration seen: nothing is known beyond it.
    pub const fn longest(&self) -> f64 {
        self.longest
    }

    /// How many spans it rests on.
    pub const fn count(&self) -> usize {
        self.count
    }

    /// How many of them have ended.
    pub const fn ended(&self) -> usize {
        self.ended
    }
}
