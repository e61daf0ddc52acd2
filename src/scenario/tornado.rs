//! The tornado: each input moved alone from its low to its high end, sorted by what that does (D8).

use serde::{Deserialize, Serialize};

use crate::base::order::sort_by;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TornadoAsk {
    /// The metric's key.
    pub metric: String,
    /// Move every input by so many percent of its value; `None` takes its range in the document, else
    /// the usual one of the registry.
    #[serde(default)]
    pub percent: Option<f64>,
    /// In which scenario; `None` is the base.
    #[serde(default)]
    pub of: Option<u32>,
}

/// An input's ends and its value now.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Swing {
    /// The low end.
    pub low: f64,
    /// The value in use.
    pub now: f64,
    /// The high end.
    pub high: f64,
}

/// One bar.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Bar {
    /// The assumption's key.
    pub key: String,
    /// The low end, canonical: what a click on this side sets.
    pub low: String,
    /// The high end, canonical.
    pub high: String,
    /// The figure at the low end; `None` where it has no value there.
    pub at_low: Option<f64>,
    /// The figure at the high end.
    pub at_high: Option<f64>,
    /// The smallest and the largest figure seen between the ends.
    pub span: (f64, f64),
    /// It rises throughout or falls throughout; else the ends do not tell all.
    pub monotone: bool,
}

impl Bar {
    /// How far the figure moves.
    pub const fn swing(&self) -> f64 {
        self.span.1 - self.span.0
    }
}

/// The tornado of a metric.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tornado {
    /// What was asked for.
    pub ask: TornadoAsk,
    /// The figure now.
    pub now: f64,
    /// The bars, the longest first; what moves nothing is left out.
    pub bars: Vec<Bar>,
    /// How many inputs move nothing.
    pub still: u32,
}

/// What moving one input does: the figure at both ends, its span, and whether it is monotone. `fine`
/// looks at a point between each end and the value in use, too.
///
/// ```
/// use perennial::scenario::tornado::{Swing, moved};
/// let swing = Swing { low: -1.0, now: 1.0, high: 2.0 };
/// let found = moved(swing, 1.0, true, &mut |x| Some(x * x));
/// assert_eq!((found.0, found.1, found.2, found.3), (Some(1.0), Some(4.0), (0.0, 4.0), false));
/// ```
pub fn moved(
    swing: Swing,
    now: f64,
    fine: bool,
    figure: &mut dyn FnMut(f64) -> Option<f64>,
) -> (Option<f64>, Option<f64>, (f64, f64), bool) {
    let Swing { low, now: at, high } = swing;
    let mut look = |x: f64| figure(x).filter(|y| y.is_finite());
    let ends = (look(low), look(high));
    let mut seen = vec![ends.0];
    if fine && low < at {
        seen.push(look(f64::midpoint(low, at)));
    }
    if low < at && at < high {
        seen.push(Some(now));
    }
    if fine && at < high {
        seen.push(look(f64::midpoint(at, high)));
    }
    seen.push(ends.1);
    let seen: Vec<f64> = seen.into_iter().flatten().collect();
    let rounding = 1e-12 * seen.iter().fold(0.0, |most: f64, y| most.max(y.abs()));
    let steps = || seen.iter().zip(seen.iter().skip(1)).map(|(a, b)| b - a);
    let monotone = steps().all(|step| step >= -rounding) || steps().all(|step| step <= rounding);
    let span = seen
        .iter()
        .fold((now, now), |(least, most), y| (least.min(*y), most.max(*y)));
    (ends.0, ends.1, span, monotone)
}

/// Sorts bars, the longest first, and leaves out those that move nothing; how many those are.
pub fn sorted(mut bars: Vec<Bar>) -> (Vec<Bar>, u32) {
    let all = bars.len();
    bars.retain(|bar| bar.swing() > 1e-12 * bar.span.0.abs().max(bar.span.1.abs()));
    let still = u32::try_from(all - bars.len()).unwrap_or(u32::MAX);
    sort_by(&mut bars, |a, b| {
        b.swing()
            .total_cmp(&a.swing())
            .then_with(|| a.key.cmp(&b.key))
    });
    (bars, still)
}
