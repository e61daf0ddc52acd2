//! Fisher's exact test, one-sided (R. A. Fisher, Statistical Methods for Research Workers, 1934,
//! section 21.02): the upper tail of the hypergeometric distribution.

/// The chance that among `drawn` of `all` things, of which `marked` are marked, `hits` or more are
/// marked. 1 where that is certain, 0 where it cannot be.
///
/// ```
/// use perennial::accounts::defection::fisher;
/// // Lost 40 of 200; of the 30 of one salesperson 12.
/// assert_eq!(format!("{:.5}", fisher(200, 40, 30, 12)), "0.00502");
/// // The lady tasting tea: all four cups of eight.
/// assert!((fisher(8, 4, 4, 4) - 1.0 / 70.0).abs() < 1e-12);
/// assert_eq!(fisher(8, 4, 4, 0), 1.0);
/// assert_eq!(fisher(8, 4, 4, 5), 0.0);
/// ```
pub fn fisher(all: u32, marked: u32, drawn: u32, hits: u32) -> f64 {
    let (marked, drawn) = (marked.min(all), drawn.min(all));
    let least = (marked + drawn).saturating_sub(all);
    let most = marked.min(drawn);
    if hits <= least {
        return 1.0;
    }
    if hits > most {
        return 0.0;
    }
    let chance = |hits: u32| {
        ln_choose(marked, hits) + ln_choose(all - marked, drawn - hits) - ln_choose(all, drawn)
    };
    let mut term = libm::exp(chance(hits));
    let mut sum = 0.0;
    for hits in hits..=most {
        sum += term;
        let up = f64::from(marked - hits) * f64::from(drawn - hits);
        let unmarked_left = f64::from(all - marked) - f64::from(drawn - hits) + 1.0;
        let down = f64::from(hits + 1) * unmarked_left;
        term *= up / down;
    }
    sum.clamp(0.0, 1.0)
}

/// The logarithm of n over k.
fn ln_choose(n: u32, k: u32) -> f64 {
    let ln = |n: u32| libm::lgamma(f64::from(n) + 1.0);
    ln(n) - ln(k) - ln(n - k)
}

#[cfg(test)]
mod tests {
    use super::fisher;

    /// By definition, with whole numbers.
    #[expect(clippy::cast_precision_loss, reason = "a test's tolerance")]
    fn slow(all: u32, marked: u32, drawn: u32, hits: u32) -> f64 {
        let choose = |n: u32, k: u32| -> u128 {
            if k > n {
                return 0;
            }
            (0..u128::from(k)).fold(1, |c, i| c * (u128::from(n) - i) / (i + 1))
        };
        let ways: u128 = (hits..=drawn)
            .map(|x| choose(marked, x) * choose(all - marked, drawn - x))
            .sum();
        ways as f64 / choose(all, drawn) as f64
    }

    #[test]
    fn it_agrees_with_the_definition() {
        for (all, marked) in [(1, 0), (1, 1), (7, 3), (20, 19), (40, 12), (60, 30)] {
            for drawn in 0..=all {
                for hits in 0..=drawn {
                    let (fast, slow) = (
                        fisher(all, marked, drawn, hits),
                        slow(all, marked, drawn, hits),
                    );
                    assert!(
                        (fast - slow).abs() < 1e-11,
                        "{all} {marked} {drawn} {hits}: {fast} {slow}"
                    );
                }
            }
        }
    }
}
