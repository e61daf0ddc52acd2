//! Goal seek: the value of one assumption at which a metric reaches a target, inside the allowed
//! range; or the nearest that can be had. The metric may rise, fall, or turn.
//!
//! The range is scanned first (evenly where the slider is, at growing distances beyond), every change
//! of side between two neighbours is closed in on by false position with Illinois weights (Dowell and
//! Jarratt 1971, BIT 11: 168-174) and halving, and the nearest point by golden section.

use serde::{Deserialize, Serialize};

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Goal {
    /// The metric's key.
    pub metric: String,
    /// The value it is to have, in its unit.
    pub target: f64,
    /// The assumption that may change.
    pub key: String,
    /// In which scenario; `None` is the base.
    #[serde(default)]
    pub of: Option<u32>,
}

/// A point of the curve that is an answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reached {
    /// The assumption's value, in its unit, with all its digits.
    pub at: f64,
    /// The metric there.
    pub value: f64,
    /// The nearest value that can be entered, canonical.
    pub input: String,
    /// The metric at that.
    pub value_at_input: f64,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sought {
    /// What was asked for.
    pub goal: Goal,
    /// Where the target is reached, nearest to the value in use first; empty where it is not.
    pub solutions: Vec<Reached>,
    /// Where the target is not reached: the nearest there is.
    pub nearest: Option<Reached>,
    /// The curve to draw: the assumption and the metric, ascending.
    pub curve: Vec<(f64, f64)>,
    /// The allowed range.
    pub allowed: (f64, f64),
    /// The value in use and the metric there.
    pub now: (f64, Option<f64>),
}

/// How far from the target the best whole number may be and still be said to reach it, as a share of
/// the target.
const NEAR: f64 = 0.005;

/// Points of the even part, and how much farther each point beyond it is.
const FINE: (u32, f64) = (40, 1.7);
/// The same where a look is dear.
const COARSE: (u32, f64) = (12, 3.0);
/// Points beyond the even part on either side, at most.
const BEYOND: u32 = 40;

/// Where to look.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ground {
    /// The allowed range.
    pub allowed: (f64, f64),
    /// Where the slider goes.
    pub usual: (f64, f64),
    /// Only whole numbers count.
    pub whole: bool,
    /// A look costs little: many points.
    pub fine: bool,
}

impl Ground {
    /// The points to look at first, ascending.
    pub fn points(&self) -> Vec<f64> {
        let ((least, most), (low, high)) = (self.allowed, self.usual);
        let (low, high) = (low.max(least), high.min(most));
        let width = (high - low).max(f64::MIN_POSITIVE);
        let (even, farther) = if self.fine { FINE } else { COARSE };
        let mut points: Vec<f64> = Vec::new();
        let mut away = width / f64::from(even);
        for _ in 0..BEYOND {
            if low - away <= least {
                break;
            }
            points.push(low - away);
            away *= farther;
        }
        if least < low {
            points.push(least);
        }
        points.reverse();
        points.extend((0..=even).map(|at| low + width * f64::from(at) / f64::from(even)));
        let mut away = width / f64::from(even);
        for _ in 0..BEYOND {
            if high + away >= most {
                break;
            }
            points.push(high + away);
            away *= farther;
        }
        if most > high {
            points.push(most);
        }
        if self.whole {
            points = points.into_iter().map(f64::round).collect();
        }
        points.dedup();
        points
    }
}

/// Where `figure` reaches `target`: the solutions and the nearest point as (input, figure), and what
/// was seen.
pub struct Found {
    /// Where it is reached, ascending.
    pub solutions: Vec<(f64, f64)>,
    /// The nearest point there is.
    pub nearest: Option<(f64, f64)>,
    /// All points of the scan that have a value, ascending.
    pub seen: Vec<(f64, f64)>,
}

/// Looks for a target.
///
/// ```
/// use perennial::scenario::seek::{Ground, seek};
/// let ground = Ground { allowed: (0.0, 1e6), usual: (0.0, 10.0), whole: false, fine: true };
/// let found = seek(ground, 144.0, &mut |x| Some(x * x));
/// assert!((found.solutions[0].0 - 12.0).abs() < 1e-9);
/// let none = seek(ground, -5.0, &mut |x| Some((x - 3.0) * (x - 3.0)));
/// assert!(none.solutions.is_empty());
/// assert!((none.nearest.unwrap().0 - 3.0).abs() < 1e-4);
/// ```
#[allow(clippy::float_cmp)] // Exactly the target is the target.
pub fn seek(ground: Ground, target: f64, figure: &mut dyn FnMut(f64) -> Option<f64>) -> Found {
    let mut look = |x: f64| {
        let x = if ground.whole { x.round() } else { x };
        figure(x).filter(|y| y.is_finite()).map(|y| (x, y))
    };
    let scan = scanned(ground, &mut look);
    let scale = scan
        .iter()
        .flatten()
        .fold(target.abs(), |most, (_, y)| most.max(y.abs()));
    let close = |y: f64| (y - target).abs() <= 1e-9 * scale.min(target.abs().max(1e-3) * 1e6);
    let mut solutions: Vec<(f64, f64)> = Vec::new();
    let mut add = |point: (f64, f64)| {
        let same = |last: &(f64, f64)| (last.0 - point.0).abs() <= 1e-9 * point.0.abs().max(1e-9);
        if !solutions.last().is_some_and(same) {
            solutions.push(point);
        }
    };
    let mut best: Option<(usize, (f64, f64))> = None;
    for (at, point) in scan.iter().enumerate() {
        let Some(point) = point else { continue };
        let nearer =
            |(_, old): &(usize, (f64, f64))| (point.1 - target).abs() < (old.1 - target).abs();
        if best.as_ref().is_none_or(nearer) {
            best = Some((at, *point));
        }
        if point.1 == target {
            add(*point);
        }
        if let Some(Some(next)) = scan.get(at + 1)
            && (point.1 - target) * (next.1 - target) < 0.0
        {
            let root = close_in(*point, *next, target, ground.whole, &mut look);
            // Between two whole numbers it may jump far past the target.
            let near = ground.whole && (root.1 - target).abs() <= NEAR * target.abs();
            if close(root.1) || near {
                add(root);
            } else if best.is_none_or(|(_, old)| (root.1 - target).abs() < (old.1 - target).abs()) {
                // It jumps over the target.
                best = Some((at, root));
            }
        }
    }
    let mut nearest = best.map(|(_, point)| point);
    if solutions.is_empty()
        && let Some((at, point)) = best
    {
        let beside = |at: Option<usize>| at.and_then(|at| scan.get(at).copied().flatten());
        let low = beside(at.checked_sub(1)).unwrap_or(point);
        let high = beside(Some(at + 1)).unwrap_or(point);
        let point = golden(low, point, high, target, &mut look);
        // Only touched, or not at all: nothing but rounding may be missing.
        let touches = |y: f64| (y - target).abs() <= (1e-9 * target.abs()).max(1e-15 * scale);
        solutions.extend(Some(point).filter(|point| touches(point.1)));
        nearest = Some(point);
    }
    Found {
        solutions,
        nearest,
        seen: scan.into_iter().flatten().collect(),
    }
}

/// The points of the scan, and where the figure begins or ends to have a value, the last that has one.
fn scanned(ground: Ground, look: Look) -> Vec<Option<(f64, f64)>> {
    let mut scan: Vec<Option<(f64, f64)>> = Vec::new();
    let mut before = None;
    for x in ground.points() {
        let point = look(x);
        if let Some(last) = before
            && scan.last().is_some_and(|p: &Option<_>| p.is_some()) != point.is_some()
        {
            scan.extend(edge(last, x, point.is_none(), ground.whole, look).map(Some));
        }
        scan.push(point);
        before = Some(x);
    }
    scan
}

#[allow(clippy::float_cmp)] // A bound is reached exactly.
/// The last point with a value, between one that has a value and one that has none.
fn edge(low: f64, high: f64, low_has: bool, whole: bool, look: Look) -> Option<(f64, f64)> {
    let (mut with, mut without) = if low_has { (low, high) } else { (high, low) };
    let mut found = None;
    for _ in 0..40 {
        let middle = f64::midpoint(with, without);
        let middle = if whole { middle.round() } else { middle };
        if middle == with || middle == without {
            break;
        }
        match look(middle) {
            Some(point) => (with, found) = (middle, Some(point)),
            None => without = middle,
        }
    }
    found
}

type Look<'a> = &'a mut dyn FnMut(f64) -> Option<(f64, f64)>;

/// The point between two others on different sides of the target where the figure meets it. Where it
/// has no value on the way, or jumps, the nearer of the last two.
#[allow(clippy::float_cmp)] // Exactly the target is the target.
fn close_in(
    mut left: (f64, f64),
    mut right: (f64, f64),
    target: f64,
    whole: bool,
    look: Look,
) -> (f64, f64) {
    // How far either end is off; the one that stays is halved, so that the line moves past it.
    let (mut off_left, mut off_right) = (left.1 - target, right.1 - target);
    let rising = off_right > 0.0;
    let mut stayed = 0;
    for round in 0..150 {
        let room = if whole {
            1.0
        } else {
            4.0 * f64::EPSILON * right.0.abs()
        };
        if right.0 - left.0 <= room {
            break;
        }
        let middle = f64::midpoint(left.0, right.0);
        let line = left.0 - off_left * (right.0 - left.0) / (off_right - off_left);
        let inside = line > left.0 && line < right.0 && !whole && round % 3 != 2;
        let Some(point) = look(if inside { line } else { middle }) else {
            break;
        };
        if point.1 == target {
            return point;
        }
        if (point.1 > target) == rising {
            (right, off_right) = (point, point.1 - target);
            off_left /= if stayed < 0 { 2.0 } else { 1.0 };
            stayed = -1;
        } else {
            (left, off_left) = (point, point.1 - target);
            off_right /= if stayed > 0 { 2.0 } else { 1.0 };
            stayed = 1;
        }
    }
    if (left.1 - target).abs() <= (right.1 - target).abs() {
        left
    } else {
        right
    }
}

/// The point between two others that is nearest to the target, by golden section.
fn golden(
    low: (f64, f64),
    start: (f64, f64),
    high: (f64, f64),
    target: f64,
    look: Look,
) -> (f64, f64) {
    const RATIO: f64 = 0.618_033_988_749_894_9;
    let mut best = start;
    let (mut a, mut b) = (low.0, high.0);
    let (mut x, mut y) = (b - RATIO * (b - a), a + RATIO * (b - a));
    let mut away = |x: f64, best: &mut (f64, f64)| match look(x) {
        Some(point) => {
            let away = (point.1 - target).abs();
            if away < (best.1 - target).abs() {
                *best = point;
            }
            away
        }
        None => f64::INFINITY,
    };
    let (mut at_x, mut at_y) = (away(x, &mut best), away(y, &mut best));
    for _ in 0..80 {
        if (b - a).abs() <= 1e-9 * b.abs().max(a.abs()) {
            break;
        }
        if at_x <= at_y {
            (b, y, at_y) = (y, x, at_x);
            x = b - RATIO * (b - a);
            at_x = away(x, &mut best);
        } else {
            (a, x, at_x) = (x, y, at_y);
            y = a + RATIO * (b - a);
            at_y = away(y, &mut best);
        }
    }
    best
}
