//! Roots of a function of one number, found between bounds: no derivative, no first guess.

/// The root between two points where `f` has different signs, halved until the bounds are
/// neighbours. `None` where the signs agree or a value is not a number.
///
/// ```
/// use perennial::base::num::bisect;
/// let root = bisect(|x| x * x - 2.0, 0.0, 2.0).unwrap();
/// assert!((root - 2.0_f64.sqrt()).abs() < 1e-15);
/// ```
pub fn bisect(f: impl Fn(f64) -> f64, low: f64, high: f64) -> Option<f64> {
    let (at_low, at_high) = (f(low), f(high));
    between(&f, (low, at_low), (high, at_high))
}

/// The same where `f` at the bounds is known.
fn between(f: &impl Fn(f64) -> f64, low: (f64, f64), high: (f64, f64)) -> Option<f64> {
    let ((mut low, at_low), (mut high, at_high)) = (low, high);
    if at_low == 0.0 {
        return Some(low);
    }
    if at_high == 0.0 {
        return Some(high);
    }
    if at_low.is_nan() || at_high.is_nan() || (at_low > 0.0) == (at_high > 0.0) {
        return None;
    }
    for _ in 0..200 {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            break;
        }
        let value = f(middle);
        if value == 0.0 {
            return Some(middle);
        }
        if (value > 0.0) == (at_low > 0.0) {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(if f(low).abs() <= f(high).abs() {
        low
    } else {
        high
    })
}

/// All roots that show as a change of sign between neighbouring points of a grid, ascending.
///
/// ```
/// use perennial::base::num::roots;
/// let found = roots(|x| (x - 1.0) * (x - 3.0), &[0.0, 2.0, 4.0]);
/// assert_eq!(found, [1.0, 3.0]);
/// ```
pub fn roots(f: impl Fn(f64) -> f64, grid: &[f64]) -> Vec<f64> {
    let mut found: Vec<f64> = Vec::new();
    let mut before: Option<(f64, f64)> = None;
    for point in grid {
        let now = (*point, f(*point));
        if let Some(before) = before.replace(now)
            && let Some(root) = between(&f, before, now)
            && found.last().is_none_or(|last| *last < root)
        {
            found.push(root);
        }
    }
    found
}
