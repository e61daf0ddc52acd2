//! Where the published packages overflow, divide zero by zero or answer NaN.

use perennial::base::Date;
use perennial::base::num::Legendre;
use perennial::models::{
    Cnbd, Discount, GammaGamma, Histories, History, Leaving, Pareto, Prior, Renewal, Scratch,
    Settings, Spend, SpendOn, Stages, Weeks, discounted_for_ever, fit,
};

use super::close;

fn week(weeks: f64) -> Weeks {
    Weeks::new(weeks)
}

fn expected(model: &Cnbd, history: &History, t: f64) -> f64 {
    model
        .ahead(history)
        .expected(week(t), &mut Scratch::default())
}

#[test]
fn a_one_time_buyer_under_bg_with_a_plus_b_below_one() {
    // A published package answers NaN.
    let model = Cnbd::new(1, Leaving::AfterRepeats, 0.11, week(2.24), 0.31, 0.5);
    let history = History::new(0, Weeks::ZERO, week(1.0), 0.0);
    close(expected(&model, &history, 30.0), 0.564589, 1e-6);
}

#[test]
fn heavy_buyers_overflow_nothing() {
    let model = Cnbd::new(1, Leaving::AfterRepeats, 0.3, week(2.0), 500.0, 4000.0);
    let history = History::new(221, week(20.0), week(210.0), 0.0);
    let alive = model.p_alive(&history);
    assert!((0.0..1e-100).contains(&alive), "{alive}");
    let pareto = Pareto::new(0.55, week(10.6), 0.6, week(11.7));
    let alive = pareto.p_alive(&history);
    assert!((0.0..1e-20).contains(&alive), "{alive}");
    let going = History::new(221, week(209.9), week(210.0), 0.0);
    assert!(pareto.p_alive(&going) > 0.99 && model.p_alive(&going) > 0.85);
    assert!(pareto.expected(&going, week(52.0)) > 40.0);
    assert!(model.ln_likelihood(&history).is_finite());
}

#[test]
fn poles_of_the_published_forms_are_none() {
    let history = History::new(3, week(20.0), week(30.0), 0.0);
    let at = |s: f64| Pareto::new(0.55, week(10.6), s, week(11.7)).expected(&history, week(26.0));
    close(at(1.0), f64::midpoint(at(1.0 - 1e-6), at(1.0 + 1e-6)), 1e-9);
    for leaving in [Leaving::AfterEveryOrder, Leaving::AfterRepeats] {
        let at = |a: f64| {
            expected(
                &Cnbd::new(1, leaving, 0.5, week(6.0), a, 1.6),
                &history,
                26.0,
            )
        };
        close(at(1.0), f64::midpoint(at(1.0 - 1e-6), at(1.0 + 1e-6)), 1e-9);
    }
}

#[test]
fn pareto_with_huge_parameters_has_a_discounted_value() {
    let model = Pareto::new(0.6, week(9.0), 64.0, week(7721.0));
    let history = History::new(2, week(30.0), week(38.0), 0.0);
    let value = model
        .discounted_for_ever(&history, Discount::per_year(0.15))
        .unwrap();
    assert!(value.is_finite() && value > 1.0, "{value}");
    // The same by its definition: expected orders up to an exponential time.
    let by_definition = discounted_for_ever(
        &Legendre::new(24),
        Discount::per_year(0.15),
        week(7721.0),
        |t| model.expected(&history, t),
    );
    close(value, by_definition.unwrap(), 1e-7);
}

#[test]
fn the_discounted_value_of_pareto_is_that_of_its_definition() {
    let model = Pareto::new(0.553, week(10.578), 0.606, week(11.669));
    let rate = Discount::per_year(0.15);
    for (repeats, last, age) in [(2, 30.43, 38.86), (0, 0.0, 38.86), (26, 30.86, 31.0)] {
        let history = History::new(repeats, week(last), week(age), 0.0);
        let wanted = discounted_for_ever(&Legendre::new(24), rate, week(50.0), |t| {
            model.expected(&history, t)
        });
        close(
            model.discounted_for_ever(&history, rate).unwrap(),
            wanted.unwrap(),
            1e-11,
        );
    }
}

#[test]
fn a_hundred_and_eighty_stages_do_not_overflow() {
    // factorial(179) is no f64.
    let model = Cnbd::new(180, Leaving::AfterEveryOrder, 3.0, week(0.07), 0.5, 3.0);
    let history = History::new(4, week(17.0), week(19.0), 5.8);
    assert!(model.ln_likelihood(&history).is_finite());
    assert!(model.p_alive(&history) > 0.5);
    let orders = expected(&model, &history, 26.0);
    assert!((1.0..10.0).contains(&orders), "{orders}");
}

#[test]
fn a_mean_order_value_is_never_negative() {
    // q of at most 1 gives a negative mean in a published package.
    for q in [-3.0, 0.0, 0.5, 1.0, f64::NAN] {
        let model = GammaGamma::new(2.0, q, 10.0);
        assert!(model.mean() > 0.0 && model.expected(&Spend::of_mean(1, 5.0)) > 0.0);
    }
    let same = [Spend::of([100.0, 100.0].into_iter()); 9];
    for prior in [Prior::Weak, Prior::None] {
        let fit = GammaGamma::fit(SpendOn::Orders, prior, &same).unwrap();
        close(fit.model.expected(&same[0]), 100.0, 0.02);
    }
    assert_eq!(GammaGamma::fit(SpendOn::Orders, Prior::Weak, &[]), None);
}

fn book(lists: &[Vec<Date>], cut: Date) -> Histories {
    Histories::of_days(cut, lists.iter().map(Vec::as_slice))
}

#[test]
fn accounts_that_are_alike_are_said_to_be() {
    let start = Date::parse("2024-01-01").unwrap();
    // Sixty accounts that all order every four weeks or so, by one fixed pattern.
    let lists: Vec<Vec<Date>> = (0..60)
        .map(|account| {
            let mut at = start.plus_days(account);
            let mut days = vec![at];
            for order in 0..12 {
                at = at.plus_days(28 + (order * 7 + account * 3) % 9 - 4);
                days.push(at);
            }
            days
        })
        .collect();
    let fitted = fit(
        book(&lists, Date::parse("2025-02-01").unwrap()),
        Settings::default(),
        &|| false,
    )
    .unwrap();
    assert!(fitted.report().alike, "{:?}", fitted.report());
    assert!(fitted.pool().regular.k() > 12);
    for (share, account) in fitted.report().assumed.iter().zip(0..) {
        assert!((0.0..=1.0).contains(share), "{account} {share}");
    }
}

#[test]
fn a_fit_without_assumptions_stays_in_its_box() {
    // No heterogeneity, no drop-out: maximum likelihood runs away in the published packages.
    let start = Date::parse("2024-01-01").unwrap();
    let lists: Vec<Vec<Date>> = (0..40)
        .map(|_| (0..14).map(|i| start.plus_days(28 * i)).collect())
        .collect();
    let settings = Settings {
        prior: Prior::None,
        backtest: None,
        ..Settings::default()
    };
    let fitted = fit(
        book(&lists, start.plus_days(28 * 13 + 3)),
        settings,
        &|| false,
    )
    .unwrap();
    assert!(fitted.report().at_edge);
    let forecast = fitted
        .forecast(
            0,
            &perennial::models::Ask::default(),
            &mut Scratch::default(),
        )
        .unwrap();
    assert!(forecast.p_alive > 0.99);
    assert!((forecast.expected - 13.0).abs() < 1.0, "{forecast:?}");
}

#[test]
fn one_day_and_one_repeat_are_enough_for_an_answer() {
    let day = Date::parse("2026-01-05").unwrap();
    for later in [day, day.plus_days(1), day.plus_days(4_000)] {
        let fitted = fit(
            book(&[vec![day, day.plus_days(1)]], later),
            Settings::default(),
            &|| false,
        );
        match fitted {
            Ok(fitted) => {
                let forecast = fitted
                    .forecast(
                        0,
                        &perennial::models::Ask::default(),
                        &mut Scratch::default(),
                    )
                    .unwrap();
                assert!(forecast.expected.is_finite() && forecast.p_alive.is_finite());
            }
            Err(error) => assert_eq!(later, day, "{error}"),
        }
    }
    let lonely = fit(
        book(&[vec![day], vec![]], day),
        Settings::default(),
        &|| false,
    );
    assert!(lonely.unwrap_err().to_string().contains("repeat order"));
    assert!(fit(Histories::default(), Settings::default(), &|| false).is_err());
    let fixed = Settings {
        stages: Stages::Fixed(0),
        ..Settings::default()
    };
    assert!(
        fit(
            book(&[vec![day, day.plus_days(9)]], day.plus_days(10)),
            fixed,
            &|| false
        )
        .is_ok()
    );
}

#[test]
fn endless_renewals_are_bounded() {
    let model = Renewal::new(1e-9, 1e9);
    assert!(model.discounted_renewals(1, 0.0) <= 100_000.0);
    assert!(Renewal::new(f64::NAN, 0.0).survival(5).is_finite());
}
