//! Traps of units: time that is mixed, discounts per the wrong time, cut-offs a day apart.

use perennial::base::num::Legendre;
use perennial::models::{Cnbd, Discount, History, Leaving, Pareto, Scratch, Weeks, discounted};

use super::close;
use super::published::bg;

fn first() -> History {
    History::new(2, Weeks::new(30.43), Weeks::new(38.86), 0.0)
}

/// A published example of lifetime value takes weeks for days: 140.096 instead of 36.28.
#[test]
fn a_year_of_weeks_is_not_360_weeks() {
    let mut scratch = Scratch::default();
    let ahead = bg().ahead(&first());
    let value = 24.6637;
    let year = Weeks::new(12.0 * 4.345);
    let mistaken = Weeks::new(360.0);
    let rule = Legendre::new(24);
    let mut worth = |within, month| {
        let rate = Discount::per(0.01, Weeks::new(month));
        discounted(&rule, rate, within, |t| ahead.expected(t, &mut scratch)) * value
    };
    let right = worth(year, 4.345);
    let wrong = worth(mistaken, 30.0);
    assert!((right - 36.47).abs() < 0.01);
    assert!((135.0..145.0).contains(&wrong), "{wrong}");
    // The type leaves one way from months and years to time.
    close(Weeks::of_years(1.0).get(), 365.25 / 7.0, 1e-15);
}

/// A discount documented as annual but used per week: 0.295 instead of 6.32.
#[test]
fn a_discount_says_per_what() {
    let model = Pareto::new(0.55327, Weeks::new(10.5778), 0.60602, Weeks::new(11.6639));
    let right = model
        .discounted_for_ever(&first(), Discount::per(0.15, Weeks::new(52.0)))
        .unwrap();
    let wrong = model
        .discounted_for_ever(&first(), Discount::per(0.15, Weeks::new(1.0)))
        .unwrap();
    assert!(right / wrong > 20.0, "{right} {wrong}");
    assert!((wrong - 0.295).abs() < 0.01, "{wrong}");
}

/// The same account counted in days and in weeks: forecasts are the same when the parameters are.
#[test]
fn a_fit_in_days_forecasts_as_one_in_weeks() {
    let mut scratch = Scratch::default();
    let weeks = Cnbd::new(3, Leaving::AfterEveryOrder, 1.2, Weeks::new(9.0), 0.5, 2.0);
    let days = Cnbd::new(3, Leaving::AfterEveryOrder, 1.2, Weeks::new(63.0), 0.5, 2.0);
    let in_weeks = History::new(4, Weeks::new(20.0), Weeks::new(26.0), 0.0);
    let in_days = History::new(4, Weeks::new(140.0), Weeks::new(182.0), 0.0);
    close(weeks.p_alive(&in_weeks), days.p_alive(&in_days), 1e-13);
    close(
        weeks
            .ahead(&in_weeks)
            .expected(Weeks::new(26.0), &mut scratch),
        days.ahead(&in_days)
            .expected(Weeks::new(182.0), &mut scratch),
        1e-12,
    );
}

#[test]
fn mixed_units_are_repaired_or_refused_never_computed_with() {
    // An age in weeks with a last order in days: the account cannot have ordered after the cut-off.
    let mixed = History::new(3, Weeks::of_days(7 * 140), Weeks::new(26.0), 0.0);
    assert!(mixed.age >= mixed.last);
    assert_eq!(Weeks::new(f64::INFINITY).get(), Weeks::of_years(1e4).get());
}
