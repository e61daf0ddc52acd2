//! MBG/CNBD-k against integrals of its definition in 40 digits, and its slope against differences.

use perennial::base::num::inc_beta;
use perennial::models::{Cnbd, History, Leaving, Weeks};

use super::{close, rows};

/// The model and the history of a row, the time ahead, and the three values.
pub fn cases() -> Vec<(Cnbd, History, Weeks, [f64; 3])> {
    rows(include_str!("cnbd.txt"))
        .map(|fields| {
            let v: Vec<f64> = fields.iter().map(|f| f.parse().unwrap()).collect();
            let leaving = if v[1] == 1.0 {
                Leaving::AfterEveryOrder
            } else {
                Leaving::AfterRepeats
            };
            let model = Cnbd::new(
                fields[0].parse().unwrap(),
                leaving,
                v[2],
                Weeks::new(v[3]),
                v[4],
                v[5],
            );
            let repeats = fields[6].parse().unwrap();
            let history = History::new(repeats, Weeks::new(v[7]), Weeks::new(v[8]), v[10]);
            (model, history, Weeks::new(v[9]), [v[11], v[12], v[13]])
        })
        .collect()
}

#[test]
fn the_likelihood_is_the_integral_of_the_definition() {
    let cases = cases();
    assert_eq!(cases.len(), 14);
    for (model, history, _, [ln_likelihood, ..]) in cases {
        let found = model.ln_likelihood(&history);
        let error = (found - ln_likelihood).abs() / ln_likelihood.abs().max(1.0);
        assert!(
            error < 3e-13,
            "{found} {ln_likelihood} {model:?} {history:?}"
        );
    }
}

#[test]
fn the_chances_to_be_alive_and_to_order_are_the_integrals_of_the_definition() {
    for (model, history, ahead, [_, p_alive, p_order]) in cases() {
        close(model.p_alive(&history), p_alive, 1e-12);
        let found = model.ahead(&history).p_order(ahead);
        assert!(
            (found - p_order).abs() < 1e-13 + 1e-11 * p_order,
            "{found} {p_order} {model:?}"
        );
    }
}

#[test]
fn lateness_is_an_incomplete_beta_function() {
    for (model, history, ..) in cases() {
        let k = f64::from(model.k());
        let n = model.r() + k * f64::from(history.repeats);
        let z = history.silence().get() / (model.alpha().get() + history.age.get());
        let wanted = inc_beta(z, k, n).0;
        assert!(
            (model.lateness(&history) - wanted).abs() < 1e-12,
            "{model:?}"
        );
    }
}
