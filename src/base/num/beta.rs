//! The regularised incomplete beta function and its inverse.
//!
//! Lentz's continued fraction (Numerical Recipes 6.4) behind a prefactor in the deviance form of
//! Loader (2000, "Fast and accurate computation of binomial probabilities"), which keeps its digits
//! where `x^a (1-x)^b` and the beta function are both extreme. The relative error is below 1e-12;
//! beyond the mean, where `1 - x` is rounded, below 1e-16 over the mean.

use super::gamma::{ln_beta, stirling};

/// Rounds of the continued fraction; it needs about the square root of the larger parameter.
const ROUNDS: u32 = 20_000;
const TINY: f64 = 1e-300;

/// `I_x(a, b)`: the chance that a Beta(a, b) variable is at most `x`, and the chance that it is more.
/// `x` in 0..1, `a` and `b` positive.
///
/// ```
/// use perennial::base::num::inc_beta;
/// assert!((inc_beta(0.5, 2.0, 3.0).0 - 0.6875).abs() < 1e-15);
/// ```
pub fn inc_beta(x: f64, a: f64, b: f64) -> (f64, f64) {
    if x.is_nan() || x <= 0.0 {
        return (0.0, 1.0);
    }
    if x >= 1.0 {
        return (1.0, 0.0);
    }
    if x * (a + b + 2.0) < a + 1.0 {
        let lower = (power(x, a, b) * fraction(x, a, b) / a).clamp(0.0, 1.0);
        (lower, 1.0 - lower)
    } else {
        let upper = (power(x, a, b) * fraction(1.0 - x, b, a) / b).clamp(0.0, 1.0);
        (1.0 - upper, upper)
    }
}

/// `x^a (1-x)^b / B(a, b)`.
fn power(x: f64, a: f64, b: f64) -> f64 {
    let total = a + b;
    if a.min(b) < 10.0 {
        return libm::exp(a * libm::log(x) + b * libm::log1p(-x) - ln_beta(a, b));
    }
    // Both logarithms are taken at the mean, where their first-order terms cancel exactly.
    let away = x - a / total;
    let deviance = a * excess(away * total / a) + b * excess(-away * total / b);
    let rest = stirling(total) - stirling(a) - stirling(b);
    let height = libm::sqrt(a * b / (total * std::f64::consts::TAU));
    height * libm::exp(rest - deviance)
}

/// `t - ln(1 + t)`, by its series where the two are close.
fn excess(t: f64) -> f64 {
    if t.abs() > 0.2 {
        return if t <= -1.0 {
            f64::INFINITY
        } else {
            t - libm::log1p(t)
        };
    }
    // With u = t / (2 + t), ln(1 + t) = 2 (u + u^3/3 + u^5/5 + ...) and t - 2 u = t u.
    let ratio = t / (2.0 + t);
    let square = ratio * ratio;
    let (mut sum, mut power, mut order) = (0.0, ratio * square, 3.0);
    while order < 40.0 {
        let term = 2.0 * power / order;
        sum += term;
        if term.abs() < 1e-18 * sum.abs() {
            break;
        }
        power *= square;
        order += 2.0;
    }
    t * ratio - sum
}

/// The continued fraction, for `x` below the mean.
fn fraction(x: f64, a: f64, b: f64) -> f64 {
    let keep = |v: f64| if v.abs() < TINY { TINY } else { v };
    let mut upper = 1.0;
    let mut lower = 1.0 / keep(1.0 - (a + b) * x / (a + 1.0));
    let mut value = lower;
    for round in 1..ROUNDS {
        let m = f64::from(round);
        let twice = a + 2.0 * m;
        let even = m * (b - m) * x / ((twice - 1.0) * twice);
        lower = 1.0 / keep(1.0 + even * lower);
        upper = keep(1.0 + even / upper);
        value *= lower * upper;
        let odd = -(a + m) * (a + b + m) * x / (twice * (twice + 1.0));
        lower = 1.0 / keep(1.0 + odd * lower);
        upper = keep(1.0 + odd / upper);
        let step = lower * upper;
        value *= step;
        if (step - 1.0).abs() < 4e-16 {
            break;
        }
    }
    value
}

/// The `x` at which `I_x(a, b)` is `share`: Newton's steps inside a shrinking bracket. Parameters of
/// at least 0.5; a share at or beyond 0 or 1 gives 0 or 1.
///
/// ```
/// use perennial::base::num::{inc_beta, inc_beta_inverse};
/// let x = inc_beta_inverse(0.9, 12.0, 25.5);
/// assert!((inc_beta(x, 12.0, 25.5).0 - 0.9).abs() < 1e-14);
/// ```
pub fn inc_beta_inverse(share: f64, a: f64, b: f64) -> f64 {
    if share.is_nan() || share <= 0.0 {
        return 0.0;
    }
    if share >= 1.0 {
        return 1.0;
    }
    let (mut low, mut high) = (0.0_f64, 1.0_f64);
    let mut x = a / (a + b);
    for _ in 0..300 {
        let (below, above) = inc_beta(x, a, b);
        // The smaller of the two tails has the digits.
        let error = if share < 0.5 {
            below - share
        } else {
            (1.0 - share) - above
        };
        if error > 0.0 {
            high = x;
        } else {
            low = x;
        }
        let density = power(x, a, b) / (x * (1.0 - x));
        let step = error / density;
        if step.abs() <= 2e-16 * x {
            return x;
        }
        let newton = x - step;
        let inside = newton > low && newton < high;
        let next = if inside { newton } else { between(low, high) };
        if next <= low || next >= high {
            return x;
        }
        x = next;
    }
    x
}

/// A point between two bounds, by ratio where they are far apart.
fn between(low: f64, high: f64) -> f64 {
    if low > 0.0 && high > 4.0 * low {
        libm::sqrt(low) * libm::sqrt(high)
    } else if low == 0.0 && high < 1e-3 {
        high * 1e-3
    } else {
        f64::midpoint(low, high)
    }
}

/// The value beyond which Student's t with so many degrees of freedom lies with a share below a half.
///
/// ```
/// use perennial::base::num::student_beyond;
/// for (degrees, t) in [(1.0, 12.7062), (2.5, 3.57465), (10.0, 2.2281), (1e6, 1.95997)] {
///     assert!((student_beyond(0.025, degrees) - t).abs() < 1e-3, "{degrees}");
/// }
/// ```
pub fn student_beyond(share: f64, degrees: f64) -> f64 {
    let x = inc_beta_inverse(2.0 * share, degrees / 2.0, 0.5);
    libm::sqrt(degrees * (1.0 - x) / x)
}
