//! Traps of units: time that is mixed, discounts per the wrong time, cut-offs a day apart.

use perennial::models::{
    Cnbd, Discount, GammaGamma, History, Leaving, Pareto, Scratch, Spend, Weeks,
    discounted_at_period_ends,
};

use super::close;

fn first() -> History {
    History::new(2, Weeks::new(30.43), Weeks::new(38.86), 0.0)
}

/// A published example of lifetime value takes weeks for days: 140.096 instead of 36.28.
#[test]
fn a_year_of_weeks_is_not_360_weeks() {
    let mut scratch = Scratch::default();
    // The parameters that the package fits.
    let week = Weeks::new;
    let fitted = Cnbd::new(
        1,
        Leaving::AfterRepeats,
        0.242593,
        week(4.413532),
        0.792886,
        2.425752,
    );
    let ahead = fitted.ahead(&first());
    let money = GammaGamma::new(6.248803, 3.744588, 15.447748);
    let value = money.expected(&Spend::of_mean(2, 22.35));
    let mut worth = |month| {
        let month = Weeks::new(month);
        discounted_at_period_ends(0.01, month, 12, |t| ahead.expected(t, &mut scratch)) * value
    };
    let (right, wrong) = (worth(4.345), worth(30.0));
    assert!((right - 36.28).abs() <= 5.1e-3, "{right}");
    assert!((wrong - 140.096).abs() <= 5.1e-4, "{wrong}");
    // The type leaves one way from months and years to time.
    close(Weeks::of_years(1.0).get(), 365.25 / 7.0, 1e-15);
}

/// A discount documented as annual but used per week: 0.295 instead of 6.32.
#[test]
fn a_discount_says_per_what() {
    // As CLVTools fits it with a cut-off after 39 weeks, a day later than elsewhere.
    let week = Weeks::new;
    let model = Pareto::new(0.551088, week(10.554889), 0.624912, week(12.243974));
    let first = || History::new(2, week(30.43), week(39.0), 0.0);
    let right = model
        .discounted_for_ever(&first(), Discount::per(0.15, Weeks::new(52.0)))
        .unwrap();
    let wrong = model
        .discounted_for_ever(&first(), Discount::per(0.15, Weeks::new(1.0)))
        .unwrap();
    assert!((right - 6.32).abs() <= 0.005, "{right}");
    assert!((wrong - 0.295).abs() <= 5e-4, "{wrong}");
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
