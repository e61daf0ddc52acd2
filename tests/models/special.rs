//! The special functions against 60-digit values, over the range that fits use.

use perennial::base::num::{
    Legendre, digamma, inc_beta, inc_beta_inverse, ln_beta, ln_gamma, ln_rising,
};

use super::rows;

const TABLE: &str = include_str!("special.txt");

fn of(function: &str) -> Vec<Vec<f64>> {
    let lines = rows(TABLE).filter(|fields| fields[0] == function);
    lines
        .map(|fields| fields[1..].iter().map(|f| f.parse().unwrap()).collect())
        .collect()
}

/// The error of a logarithm or a difference of them: relative, but absolute near zero.
#[track_caller]
fn near(found: f64, wanted: f64, share: f64, at: &[f64]) {
    let error = (found - wanted).abs() / wanted.abs().max(1.0);
    assert!(
        error <= share,
        "{found:e} is not {wanted:e} at {at:?}: {error:e} off"
    );
}

#[test]
fn gamma_functions_are_exact_to_the_last_digits() {
    assert!(of("ln_gamma").len() > 20);
    for row in of("ln_gamma") {
        near(ln_gamma(row[0]), row[1], 1e-15, &row);
    }
    for row in of("digamma") {
        near(digamma(row[0]), row[1], 1e-15, &row);
    }
}

#[test]
fn ratios_of_gamma_functions_keep_their_digits_where_the_functions_are_huge() {
    for row in of("ln_rising") {
        near(ln_rising(row[0], row[1]), row[2], 4e-15, &row);
    }
    for row in of("ln_beta") {
        near(ln_beta(row[0], row[1]), row[2], 4e-15, &row);
        near(ln_beta(row[1], row[0]), row[2], 4e-15, &row);
    }
}

#[test]
fn the_incomplete_beta_function_keeps_its_digits_in_both_tails() {
    assert!(of("inc_beta").len() > 70);
    for row in of("inc_beta") {
        let (below, above) = inc_beta(row[0], row[1], row[2]);
        for (found, wanted) in [(below, row[3]), (above, row[4])] {
            let error = (found - wanted).abs();
            // Beyond a small mean 1 - x is rounded by many times the last bit of x.
            let share = 1e-12 + 1e-16 * (row[1] + row[2]) / row[1];
            assert!(
                error < share * wanted || error < 1e-14,
                "{found:e} {wanted:e} {row:?}"
            );
        }
    }
}

#[test]
fn its_inverse_gives_the_share_back() {
    for row in of("inc_beta").iter().filter(|row| row[1] >= 0.5) {
        for share in [1e-9, 0.01, 0.1, 0.5, 0.9, 0.999] {
            let x = inc_beta_inverse(share, row[1], row[2]);
            assert!((0.0..=1.0).contains(&x), "{row:?}");
            let (below, _) = inc_beta(x, row[1], row[2]);
            // Near 1, x has no room for the share: its neighbours are on both sides.
            let (left, right) = (
                inc_beta(x.next_down(), row[1], row[2]).0,
                inc_beta(x.next_up(), row[1], row[2]).0,
            );
            let error = (below - share).abs();
            assert!(
                error <= 1e-11 * share || (left - 1e-11 <= share && share <= right + 1e-11),
                "{share} {below} {row:?}"
            );
        }
    }
}

#[test]
fn what_is_no_number_gives_a_number() {
    assert_eq!(inc_beta(f64::NAN, 1.0, 1.0), (0.0, 1.0));
    assert_eq!(inc_beta(2.0, 1.0, 1.0), (1.0, 0.0));
    assert_eq!(inc_beta_inverse(f64::NAN, 1.0, 1.0), 0.0);
    assert_eq!(inc_beta_inverse(1.0, 3.0, 1.0), 1.0);
}

#[test]
fn quadrature_is_exact_for_polynomials_and_smooth_functions() {
    for nodes in [1, 2, 5, 8, 16, 24, 40] {
        let rule = Legendre::new(nodes);
        let degree = 2 * nodes - 1;
        let area = rule.integrate(0.0, 1.0, |x| libm::pow(x, f64::from(degree)));
        super::close(area, 1.0 / f64::from(degree + 1), 1e-13);
    }
    super::close(
        Legendre::new(24).integrate(0.0, 3.0, libm::exp),
        libm::expm1(3.0),
        1e-14,
    );
}
