//! The exact forecasts: against the sum over stages they are derived from, and what must hold.

use perennial::base::num::{Legendre, inc_beta};
use perennial::models::{
    Cnbd, Discount, History, Leaving, Scratch, Weeks, discounted, discounted_for_ever,
};

use super::close;
use super::definition::cases;

/// Expected orders by the formula before the stages are summed: two sums of incomplete beta
/// functions.
fn by_stages(model: &Cnbd, history: &History, t: f64) -> f64 {
    let k = model.k();
    let n = model.r() + f64::from(k * history.repeats);
    let base = model.alpha().get() + history.age.get();
    let z = history.silence().get() / base;
    let u = t / (base + t);
    let mut weights = vec![1.0_f64];
    for i in 0..k - 1 {
        let i = f64::from(i);
        weights.push(weights.last().unwrap() * (n + i) / (i + 1.0) * z);
    }
    let whole: f64 = weights.iter().sum();
    let d = if model.leaving() == Leaving::AfterEveryOrder {
        1.0
    } else {
        0.0
    };
    let b = model.b() + f64::from(history.repeats) + d;
    let (mut sum, mut staying) = (0.0, 1.0);
    for j in 1..4_000 {
        let reach =
            |(i, w): (u32, &f64)| w / whole * inc_beta(u, f64::from(j * k - i), n + f64::from(i)).0;
        let term: f64 = staying * (0..).zip(&weights).map(reach).sum::<f64>();
        sum += term;
        if term < 1e-17 * sum {
            break;
        }
        let kept = b + f64::from(j) - 1.0;
        staying *= kept / (model.a() + kept);
    }
    sum * model.p_alive(history)
}

#[test]
fn expected_orders_are_the_double_sum_over_stages() {
    let mut scratch = Scratch::default();
    for (model, history, ..) in cases() {
        for t in [0.1, 4.0, 26.0, 52.0, 300.0] {
            let found = model.ahead(&history).expected(Weeks::new(t), &mut scratch);
            let wanted = by_stages(&model, &history, t);
            let error = (found - wanted).abs();
            assert!(
                error < 1e-10 * wanted + 1e-13,
                "{found:e} {wanted:e} {t} {model:?} {history:?}"
            );
        }
    }
}

#[test]
fn counts_are_chances_with_that_mean() {
    let mut scratch = Scratch::default();
    for (model, history, ..) in cases() {
        for t in [0.0, 1.0, 26.0, 520.0] {
            let ahead = model.ahead(&history);
            let counts = ahead.counts(Weeks::new(t), &mut scratch);
            let total: f64 = counts.iter().sum();
            assert!((total - 1.0).abs() < 1e-11, "{total} {t} {model:?}");
            let mean: f64 = (0_u32..).zip(&counts).map(|(n, c)| f64::from(n) * c).sum();
            let wanted = ahead.expected(Weeks::new(t), &mut scratch);
            assert!(
                (mean - wanted).abs() < 1e-9 * wanted + 1e-11,
                "{mean} {wanted} {t} {model:?}"
            );
            let any = ahead.p_order(Weeks::new(t));
            assert!((1.0 - counts[0] - any).abs() < 1e-11, "{counts:?} {any}");
        }
    }
}

/// MBG/CNBD-k by its story, seeded: the share of simulated accounts of exactly this history would
/// be none, so the account is new and the whole population is compared.
#[test]
fn a_new_account_orders_as_often_as_in_a_simulation() {
    use perennial::base::num::Normals;
    let model = Cnbd::new(3, Leaving::AfterEveryOrder, 2.0, Weeks::new(14.0), 0.8, 2.5);
    let mut random = Normals::new(11);
    let exponential = |random: &mut Normals| -libm::log(1.0 - random.share());
    let horizon = 40.0;
    let count = 60_000;
    let mut orders = 0_u32;
    for _ in 0..count {
        // Gamma(2) and Beta(0.8, 2.5) by rejection.
        let rate = (exponential(&mut random) + exponential(&mut random)) / 14.0;
        let leave = loop {
            let (u, v) = (random.share(), random.share());
            let (x, y) = (libm::pow(u, 1.0 / 0.8), libm::pow(v, 1.0 / 2.5));
            if x + y <= 1.0 && x + y > 0.0 {
                break x / (x + y);
            }
        };
        let mut at = 0.0;
        while random.share() >= leave {
            for _ in 0..3 {
                at += exponential(&mut random) / rate;
            }
            if at > horizon {
                break;
            }
            orders += 1;
        }
    }
    let mean = f64::from(orders) / f64::from(count);
    let wanted = model
        .ahead_of_new()
        .expected(Weeks::new(horizon), &mut Scratch::default());
    close(mean, wanted, 0.01);
}

#[test]
fn discounting_by_parts_is_the_sum_over_short_periods() {
    let model = Cnbd::new(2, Leaving::AfterEveryOrder, 1.5, Weeks::new(11.0), 0.6, 2.2);
    let history = History::new(5, Weeks::new(40.0), Weeks::new(45.0), 9.0);
    let ahead = model.ahead(&history);
    let mut scratch = Scratch::default();
    let rate = Discount::per_year(0.15);
    let found = discounted(&Legendre::new(24), rate, Weeks::new(104.0), |t| {
        ahead.expected(t, &mut scratch)
    });
    let (mut sum, mut before) = (0.0, 0.0);
    for i in 1..=20_800 {
        let t = f64::from(i) * 0.005;
        let until = ahead.expected(Weeks::new(t), &mut scratch);
        sum += (until - before) * rate.factor(Weeks::new(t - 0.0025));
        before = until;
    }
    close(found, sum, 1e-7);
    let more = discounted_for_ever(&Legendre::new(24), rate, Weeks::new(50.0), |t| {
        ahead.expected(t, &mut scratch)
    });
    assert!(more.unwrap() > found);
    assert_eq!(
        discounted_for_ever(&Legendre::new(8), Discount::NONE, Weeks::YEAR, |_| 1.0),
        None
    );
}

#[test]
fn due_dates_are_quantiles_of_the_next_interval() {
    let model = Cnbd::new(6, Leaving::AfterEveryOrder, 2.0, Weeks::new(16.0), 0.3, 2.0);
    let history = History::new(9, Weeks::new(117.0), Weeks::new(120.0), 23.0);
    let due = model.due(&history);
    assert!(due.early < due.middle && due.middle < due.late);
    // At each of them the account is exactly so late.
    for (share, at) in [(0.1, due.early), (0.5, due.middle), (0.9, due.late)] {
        let age = Weeks::new(history.last.get() + at.get());
        let then = History::new(9, history.last, age, 23.0);
        close(model.lateness(&then), share, 1e-10);
        assert_eq!(model.due_quantile(&history, share), at);
    }
    let mean = due.mean.unwrap().get();
    close(mean, 6.0 * 133.0 / (2.0 + 54.0 - 1.0), 1e-12);
    // An account without repeats has the window of the book.
    let new = model.due(&History::default());
    assert!(new.late.get() / new.early.get() > due.late.get() / due.early.get());
}
