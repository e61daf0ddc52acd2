//! How evenly pay is spread over the salespeople.

/// The Gini coefficient of pay, 0 (all the same) to almost 1 (one has all):
/// `G = sum over i, j of |x_i - x_j| / (2 n^2 mean)`, over those who are paid at all or could have
/// been (Gini 1912; Sen 1973). `None` where it has no meaning: nobody, nothing paid, or somebody owes.
///
/// ```
/// use perennial::commission::spread::gini;
/// assert_eq!(gini(&[3.0, 3.0, 3.0]), Some(0.0));
/// assert_eq!(gini(&[0.0, 1.0]), Some(0.5));
/// assert_eq!(gini(&[0.0, 0.0]), None);
/// ```
pub fn gini(pay: &[f64]) -> Option<f64> {
    let count = f64::from(u32::try_from(pay.len()).ok()?);
    let sum: f64 = pay.iter().sum();
    if sum <= 0.0 || pay.iter().any(|x| *x < 0.0) {
        return None;
    }
    let mut sorted = pay.to_vec();
    crate::base::order::sort_by(&mut sorted, f64::total_cmp);
    let ranked: f64 = (1_u32..)
        .zip(&sorted)
        .map(|(rank, x)| f64::from(rank) * x)
        .sum();
    // The same by ranks, without the pairs; a rounding below zero is zero.
    Some((2.0 * ranked / (count * sum) - (count + 1.0) / count).max(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn ranks_give_what_the_pairs_give(pay in proptest::collection::vec(0.0..1e6_f64, 1..30)) {
            prop_assume!(pay.iter().sum::<f64>() > 0.0);
            let n = f64::from(u32::try_from(pay.len()).unwrap());
            let mean = pay.iter().sum::<f64>() / n;
            let pairs: f64 = pay.iter().flat_map(|a| pay.iter().map(move |b| (a - b).abs())).sum();
            let by_pairs = pairs / (2.0 * n * n * mean);
            prop_assert!((gini(&pay).unwrap() - by_pairs).abs() < 1e-9);
        }
    }

    #[test]
    fn who_owes_has_no_place_in_it() {
        assert_eq!(gini(&[-1.0, 5.0]), None);
        assert_eq!(gini(&[]), None);
    }
}
