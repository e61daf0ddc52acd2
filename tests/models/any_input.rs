//! What must hold for any input.

use perennial::base::Date;
use perennial::models::{
    Ask, Cnbd, Contracts, Discount, FitTask, GammaGamma, Histories, History, Leaving, Pareto,
    Prior, Renewal, Scratch, Settings, Spend, SpendOn, Stage, Stages, Stretch, Weeks, fit,
};
use proptest::prelude::*;

use super::published::bg;

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        any::<f64>(),
        -1e3..1e3_f64,
        (-12.0..12.0_f64).prop_map(libm::exp),
        Just(f64::NAN),
        Just(f64::INFINITY),
        Just(0.0),
    ]
}

fn weeks() -> impl Strategy<Value = Weeks> {
    prop_oneof![
        number().prop_map(Weeks::new),
        (0.0..600.0_f64).prop_map(Weeks::new)
    ]
}

fn history() -> impl Strategy<Value = History> {
    let repeats = prop_oneof![0..6_u32, 0..400_u32];
    (repeats, weeks(), weeks(), number())
        .prop_map(|(x, last, age, logs)| History::new(x, last, age, logs))
}

fn model() -> impl Strategy<Value = Cnbd> {
    let leaving = prop_oneof![Just(Leaving::AfterEveryOrder), Just(Leaving::AfterRepeats)];
    let k = prop_oneof![Just(1_u32), 1..8_u32, 1..=60_u32, any::<u32>()];
    (k, leaving, number(), weeks(), number(), number())
        .prop_map(|(k, leaving, r, alpha, a, b)| Cnbd::new(k.min(70), leaving, r, alpha, a, b))
}

/// Parameters and histories of the size that fits have.
fn plain() -> impl Strategy<Value = (Cnbd, History)> {
    let size = || (-2.0..3.0_f64).prop_map(libm::exp);
    (
        1..=40_u32,
        size(),
        size(),
        size(),
        size(),
        0..40_u32,
        0.1..200.0_f64,
        0.0..100.0_f64,
    )
        .prop_map(|(k, r, scale, a, b, x, last, silence)| {
            let leaving = Leaving::AfterEveryOrder;
            let model = Cnbd::new(k, leaving, r, Weeks::new(scale * f64::from(k)), a, b);
            let age = if x == 0 { silence } else { last + silence };
            (
                model,
                History::new(x, Weeks::new(last), Weeks::new(age), 1.0),
            )
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn every_answer_is_a_number(model in model(), history in history(), t in weeks(), rate in number()) {
        let mut scratch = Scratch::default();
        let chance = |p: f64| (0.0..=1.0).contains(&p);
        prop_assert!(model.ln_likelihood(&history).is_finite());
        prop_assert!(chance(model.p_alive(&history)) && chance(model.lateness(&history)));
        let ahead = model.ahead(&history);
        prop_assert!(chance(ahead.p_order(t)));
        let expected = ahead.expected(t, &mut scratch);
        prop_assert!(expected.is_finite() && expected >= 0.0, "{expected}");
        let due = model.due(&history);
        prop_assert!(due.early <= due.middle && due.middle <= due.late);
        prop_assert!(Discount::per_year(rate).factor(t).is_finite());
        let pareto = Pareto::new(model.r(), model.alpha(), model.a(), Weeks::new(model.b()));
        prop_assert!(chance(pareto.p_alive(&history)));
        let expected = pareto.expected(&history, t);
        prop_assert!(expected.is_finite() && expected >= 0.0, "{expected}");
        let value = pareto.discounted_for_ever(&history, Discount::per_year(rate));
        prop_assert!(value.is_none_or(f64::is_finite));
    }

    #[test]
    fn more_time_brings_no_fewer_orders((model, history) in plain(), t in 0.01..300.0_f64, more in 0.01..50.0_f64) {
        let mut scratch = Scratch::default();
        let ahead = model.ahead(&history);
        let short = ahead.expected(Weeks::new(t), &mut scratch);
        let long = ahead.expected(Weeks::new(t + more), &mut scratch);
        prop_assert!(long >= short - 1e-11, "{short} {long}");
        // Two logarithms of some tens cancel in it, which leaves their rounding.
        let (sooner, later) = (ahead.p_order(Weeks::new(t)), ahead.p_order(Weeks::new(t + more)));
        prop_assert!(later >= sooner - 1e-13, "{sooner} {later}");
        // Nobody has more chance of an order than orders, nor than to be alive.
        let any = ahead.p_order(Weeks::new(t));
        prop_assert!(any <= short + 1e-11 && any <= ahead.p_alive() + 1e-12);
    }

    #[test]
    fn silence_makes_an_account_less_likely_alive((model, history) in plain(), more in 0.1..50.0_f64) {
        let later = Weeks::new(history.age.get() + more);
        let silent = History::new(history.repeats, history.last, later, 1.0);
        prop_assert!(model.p_alive(&silent) <= model.p_alive(&history) + 1e-14);
        prop_assert!(model.lateness(&silent) >= model.lateness(&history) - 1e-14);
    }

    /// BG/NBD's closed forms (Fader, Hardie and Lee 2005, equation 10 and note 004).
    #[test]
    fn one_stage_is_the_closed_form(x in 0..60_u32, last in 0.2..60.0_f64, silence in 0.0..80.0_f64, t in 0.1..100.0_f64, a in 0.2..0.9_f64) {
        let reference = bg();
        let model = Cnbd::new(1, Leaving::AfterRepeats, reference.r(), reference.alpha(), a, reference.b());
        let history = History::new(x, Weeks::new(last), Weeks::new(if x == 0 { silence } else { last + silence }), 0.0);
        let (r, alpha, b, n) = (model.r(), model.alpha().get(), model.b(), f64::from(x));
        let (age, last) = (history.age.get(), history.last.get());
        let odds = if x == 0 { 0.0 } else {
            a / (b + n - 1.0) * libm::exp((r + n) * libm::log((alpha + age) / (alpha + last)))
        };
        super::close(model.p_alive(&history), 1.0 / (1.0 + odds), 1e-11);
        let z = t / (alpha + age + t);
        let (mut term, mut sum, mut i) = (1.0, 1.0, 0.0);
        while term > 1e-17 * sum {
            term *= (r + n + i) * (b + n + i) / ((a + b + n - 1.0 + i) * (i + 1.0)) * z;
            sum += term;
            i += 1.0;
        }
        let ratio = libm::exp((r + n) * libm::log((alpha + age) / (alpha + age + t)));
        let head = (a + b + n - 1.0) / (a - 1.0);
        let wanted = head * (1.0 - ratio * sum) / (1.0 + odds);
        let found = model.ahead(&history).expected(Weeks::new(t), &mut Scratch::default());
        prop_assert!((found - wanted).abs() < 1e-9 * wanted.abs() + 1e-10, "{found} {wanted}");
    }

    #[test]
    fn order_values_are_numbers(p in number(), q in number(), gamma in number(), values in proptest::collection::vec(number(), 0..8), share in number()) {
        let model = GammaGamma::new(p, q, gamma);
        let spend = Spend::of(values.iter().copied().filter(|v| *v < 1e100));
        prop_assert!(model.mean().is_finite() && model.expected(&spend).is_finite());
        if !share.is_nan() {
            prop_assert!(model.next_order(&spend, share).is_finite());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_book_is_fitted_or_refused_with_a_reason(
        lists in proptest::collection::vec(proptest::collection::vec(0..1500_i32, 0..30), 0..40),
        cut in 0..1600_i32,
        exact in any::<bool>(),
    ) {
        let lists: Vec<Vec<Date>> =
            lists.iter().map(|days| days.iter().map(|day| Date::from_days(19_000 + day)).collect()).collect();
        let book = || Histories::of_days(Date::from_days(19_000 + cut), lists.iter().map(Vec::as_slice));
        let prior = if exact { Prior::None } else { Prior::Weak };
        let settings = Settings { prior, draws: 8, ..Settings::default() };
        match fit(book(), settings, &|| false) {
            Err(error) => prop_assert!(error.to_string().len() > 20),
            Ok(fitted) => {
                let mut scratch = Scratch::default();
                let ask = Ask { discount: Discount::per_year(0.1), ..Ask::default() };
                for account in 0..lists.len() {
                    let Some(f) = fitted.forecast(account, &ask, &mut scratch) else { continue };
                    let numbers = [f.p_alive, f.expected, f.discounted, f.p_order, f.lateness];
                    prop_assert!(numbers.iter().all(|v| v.is_finite() && *v >= 0.0), "{f:?}");
                    prop_assert!(f.discounted <= f.expected + 1e-9);
                    let range = fitted.range(account, ask.horizon, &mut scratch).unwrap();
                    prop_assert!(range.model.0 <= range.model.1 && range.model_and_luck.0 <= range.model_and_luck.1);
                }
                let total = fitted.total(ask.horizon, &mut scratch).unwrap();
                prop_assert!(total.expected.is_finite() && total.model_and_luck.1.is_finite());
                // The same again, bit for bit.
                let again = fit(book(), settings, &|| false).unwrap();
                prop_assert_eq!(again.pool(), fitted.pool());
                prop_assert_eq!(again.draws(), fitted.draws());
            }
        }
    }

    #[test]
    fn any_values_and_contracts_are_fitted_or_refused(
        values in proptest::collection::vec(proptest::collection::vec(0.01..1e6_f64, 0..6), 0..20),
        rows in proptest::collection::vec((0..9_u32, 0..50_u32, 0..50_u32), 0..8),
    ) {
        let spends: Vec<Spend> = values.iter().map(|v| Spend::of(v.iter().copied())).collect();
        for on in [SpendOn::Orders, SpendOn::Means] {
            for prior in [Prior::Weak, Prior::None] {
                if let Some(fit) = GammaGamma::fit(on, prior, &spends) {
                    prop_assert!(fit.ln_likelihood.is_finite());
                    prop_assert!(spends.iter().all(|s| fit.model.expected(s).is_finite()));
                }
            }
        }
        let rows: Vec<Contracts> =
            rows.iter().map(|(periods, ended, renewed)| Contracts { periods: *periods, ended: *ended, renewed: *renewed }).collect();
        for prior in [Prior::Weak, Prior::None] {
            if let Some(fit) = Renewal::fit(prior, &rows) {
                prop_assert!(fit.ln_likelihood.is_finite());
                prop_assert!((0.0..=1.0).contains(&fit.model.retention(3)));
            }
        }
    }
}

#[test]
fn work_stops_between_two_steps_and_says_how_far_it_is() {
    let start = Date::from_days(19_000);
    let lists: Vec<Vec<Date>> = (0..30)
        .map(|a: i32| {
            (0..8 + a % 5)
                .map(|i| start.plus_days(a + i * (20 + a % 7) + (i * a) % 5))
                .collect()
        })
        .collect();
    let book = || Histories::of_days(start.plus_days(300), lists.iter().map(Vec::as_slice));
    assert!(fit(book(), Settings::default(), &|| true).is_err());
    let settings = Settings {
        stages: Stages::Search,
        backtest: Some(Stretch {
            whole: Weeks::new(10.0),
            short: Weeks::new(2.0),
            long: Weeks::new(6.0),
        }),
        ..Settings::default()
    };
    let mut task = FitTask::new(book(), settings).unwrap();
    let (mut steps, mut stages) = (0, Vec::new());
    loop {
        let standing = task.step().unwrap();
        steps += 1;
        if stages.last() != Some(&standing.stage) {
            stages.push(standing.stage);
        }
        assert!((0.0..=1.0).contains(&standing.share));
        if standing.stage == Stage::Done {
            break;
        }
    }
    assert_eq!(
        stages,
        [Stage::Fitting, Stage::Drawing, Stage::Testing, Stage::Done]
    );
    assert!(steps > 20, "{steps}");
    let fitted = task.finish().unwrap();
    let boards = &fitted.report().boards;
    assert_eq!(boards.len(), 2);
    assert!(boards[0].cut < boards[1].cut);
    assert!(!boards[0].weight_is_earlier && boards[1].weight_is_earlier);
    assert!(FitTask::new(book(), settings).unwrap().finish().is_err());
}
