//! The gamma function's family for positive arguments: logarithms, ratios, the digamma function.
//!
//! Ours rather than a library's, because those that are kept (statrs, puruspe) call the standard
//! library's logarithm and exponential, whose last bits differ between native and WebAssembly
//! builds; libm's do not. Differences of large logarithms are formed from the Stirling remainder, so
//! that ratios keep their digits where the logarithms are huge. Tests hold all of it against values
//! of 50 digits.

/// ln sqrt(2 pi).
const LN_SQRT_TWO_PI: f64 = 0.918_938_533_204_672_8;

/// From here on the Stirling remainder's series is exact to the last bit.
const STIRLING: f64 = 10.0;

/// ln of the gamma function.
///
/// ```
/// use perennial::base::num::ln_gamma;
/// assert!((ln_gamma(5.0) - 24.0_f64.ln()).abs() < 1e-15);
/// ```
pub fn ln_gamma(x: f64) -> f64 {
    libm::lgamma(x)
}

/// The remainder of Stirling's formula: `ln gamma(x) - ((x - 1/2) ln x - x + ln sqrt(2 pi))`, for
/// x of at least 10 (Abramowitz and Stegun 6.1.41).
pub(super) fn stirling(x: f64) -> f64 {
    let inverse = 1.0 / x;
    let square = inverse * inverse;
    let series = [
        1.0 / 156.0,
        -691.0 / 360_360.0,
        1.0 / 1_188.0,
        -1.0 / 1_680.0,
        1.0 / 1_260.0,
        -1.0 / 360.0,
        1.0 / 12.0,
    ];
    inverse * series.iter().fold(0.0, |sum, term| sum * square + term)
}

/// ln of `gamma(x + m) / gamma(x)` for positive `x` and `m` of at least 0.
///
/// ```
/// use perennial::base::num::ln_rising;
/// // 1e9 (1e9 + 1)
/// assert!((ln_rising(1e9, 2.0) - 2.0 * 1e9_f64.ln() - 1e-9).abs() < 1e-14);
/// ```
pub fn ln_rising(x: f64, m: f64) -> f64 {
    if m == 0.0 {
        return 0.0;
    }
    if x < STIRLING {
        return ln_gamma(x + m) - ln_gamma(x);
    }
    let end = x + m;
    (x - 0.5) * libm::log1p(m / x) + m * (libm::log(end) - 1.0) + stirling(end) - stirling(x)
}

/// ln of the beta function (the three cases of Didonato and Morris 1992, ACM TOMS 18: 360-373).
pub fn ln_beta(a: f64, b: f64) -> f64 {
    let (small, large) = if a <= b { (a, b) } else { (b, a) };
    let share = small / (small + large);
    if small >= STIRLING {
        let rest = stirling(small) + stirling(large) - stirling(small + large);
        -0.5 * libm::log(large)
            + LN_SQRT_TWO_PI
            + rest
            + (small - 0.5) * libm::log(share)
            + large * libm::log1p(-share)
    } else if large >= STIRLING {
        let rest = stirling(large) - stirling(small + large);
        ln_gamma(small) + rest + small - small * libm::log(small + large)
            + (large - 0.5) * libm::log1p(-share)
    } else {
        ln_gamma(small) + (ln_gamma(large) - ln_gamma(small + large))
    }
}

/// The digamma function, the derivative of [`ln_gamma`], for positive arguments: recurrence up to 10,
/// then the asymptotic series (Abramowitz and Stegun 6.3.5 and 6.3.18).
///
/// ```
/// use perennial::base::num::digamma;
/// assert!((digamma(1.0) + 0.577_215_664_901_532_9).abs() < 1e-15);
/// ```
pub fn digamma(x: f64) -> f64 {
    let (mut at, mut below) = (x, 0.0);
    while at < STIRLING {
        below += 1.0 / at;
        at += 1.0;
    }
    let inverse = 1.0 / at;
    let square = inverse * inverse;
    let series = [
        1.0 / 12.0,
        -691.0 / 32_760.0,
        1.0 / 132.0,
        -1.0 / 240.0,
        1.0 / 252.0,
        -1.0 / 120.0,
        1.0 / 12.0,
    ];
    let rest = square * series.iter().fold(0.0, |sum, term| sum * square + term);
    libm::log(at) - 0.5 * inverse - rest - below
}

/// `digamma(x + m) - digamma(x)`.
pub fn digamma_rise(x: f64, m: f64) -> f64 {
    if m == 0.0 {
        0.0
    } else {
        digamma(x + m) - digamma(x)
    }
}
