//! Exact products and quotients of amounts.
//!
//! WebAssembly has no arithmetic of 128 bits and no checked multiplication: both are worked out in
//! software there, several times slower than 64 bits. Nearly all amounts fit in 64, and take the
//! short way; the answers are the same.

/// `a × b`, where its size shows that it fits.
pub(super) const fn times(a: i64, b: i64) -> Option<i64> {
    let free = a.unsigned_abs().leading_zeros() + b.unsigned_abs().leading_zeros();
    // Of 128 bits, 66 free ones leave 62.
    if free >= 66 { Some(a * b) } else { None }
}

/// `a × b`, where it fits.
pub(super) fn product(a: i64, b: i64) -> Option<i64> {
    times(a, b).or_else(|| a.checked_mul(b))
}

/// Whether `a × b` is at least `c × d`.
pub(super) fn at_least(a: i64, b: i64, c: i64, d: i64) -> bool {
    match (times(a, b), times(c, d)) {
        (Some(one), Some(other)) => one >= other,
        _ => i128::from(a) * i128::from(b) >= i128::from(c) * i128::from(d),
    }
}

/// So many of `of` equal parts of an amount, rounded half away from zero; `of` is above zero.
pub(super) fn portion(amount: i64, parts: i64, of: i64) -> Option<i64> {
    match times(amount, parts) {
        Some(exact) => Some(quotient(exact, of)),
        None => i64::try_from(rounded(i128::from(amount) * i128::from(parts), of.into())).ok(),
    }
}

/// A quotient rounded half away from zero; `by` is above zero.
pub(super) fn rounded(value: i128, by: i128) -> i128 {
    if let (Ok(value), Ok(by)) = (i64::try_from(value), i64::try_from(by)) {
        return quotient(value, by).into();
    }
    let half = by / 2;
    if value < 0 {
        // An odd divisor has no half: its remainder decides as it should.
        (value - half) / by
    } else {
        (value + half) / by
    }
}

/// The same of 64 bits.
pub(super) const fn quotient(value: i64, by: i64) -> i64 {
    let whole = value / by;
    let rest = value - whole * by;
    // The half of an odd divisor is not whole: what is left must be above it.
    if rest.unsigned_abs() >= by.unsigned_abs().div_ceil(2) {
        whole + rest.signum()
    } else {
        whole
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{quotient, rounded, times};

    fn slowly(value: i128, by: i128) -> i128 {
        let half = by / 2;
        (if value < 0 {
            value - half
        } else {
            value + half
        }) / by
    }

    #[test]
    fn halves_go_away_from_zero() {
        for (value, by, expected) in [
            (5, 10, 1),
            (-5, 10, -1),
            (4, 10, 0),
            (-4, 10, 0),
            (1, 3, 0),
            (2, 3, 1),
            (-2, 3, -1),
        ] {
            assert_eq!(quotient(value, by), expected, "{value} / {by}");
        }
        assert_eq!(rounded(i128::from(i64::MAX), 1), i128::from(i64::MAX));
        assert_eq!(rounded(i128::from(i64::MIN), 2), i128::from(i64::MIN / 2));
    }

    proptest! {
        /// The short way and the long one agree.
        #[test]
        fn the_short_way_is_exact(a in any::<i64>(), b in any::<i64>(), shift in 0..63_u32, by in 1..=i64::MAX) {
            let (a, b, by) = (a >> shift, b >> (63 - shift), (by >> (shift / 2)).max(1));
            let exact = i128::from(a) * i128::from(b);
            if let Some(product) = times(a, b) {
                prop_assert_eq!(i128::from(product), exact);
            }
            prop_assert_eq!(rounded(exact, i128::from(by)), slowly(exact, i128::from(by)));
            prop_assert_eq!(i128::from(quotient(a, by)), slowly(i128::from(a), i128::from(by)));
        }
    }
}
