//! The CDNOW sample (Fader and Hardie), against which every published package prints its fits.
//!
//! The data is not kept here. `script/test` fetches it and names its folder in
//! `PERENNIAL_REFERENCE`; a bare `cargo test` without that variable says so and skips.

use std::fs;
use std::path::PathBuf;

use perennial::base::Date;
use perennial::models::{
    Ask, Cnbd, GammaGamma, Histories, History, Leaving, Pareto, Prior, Scratch, Settings, Spend,
    SpendOn, Stages, Weeks, fit,
};

use super::close;

/// A file of the reference data; `None` where there is none to be had.
fn file(name: &str) -> Option<String> {
    let Some(folder) = std::env::var_os("PERENNIAL_REFERENCE") else {
        println!(
            "skipped: PERENNIAL_REFERENCE does not name the folder of the reference data. \
             `script/test native` fetches it; `node script/reference.mjs FOLDER` does only that."
        );
        return None;
    };
    let path = PathBuf::from(folder).join(name);
    match fs::read_to_string(&path) {
        Ok(text) => Some(text),
        Err(error) => panic!(
            "{}: {error}. Fetch the reference data: node script/reference.mjs FOLDER",
            path.display()
        ),
    }
}

fn cut() -> Date {
    Date::parse("1997-09-30").unwrap()
}

/// The statistics with two decimals, as the csv has them.
fn summary() -> Option<Vec<History>> {
    let text = file("cdnow_customers_summary.csv")?;
    let rows = text
        .lines()
        .skip(1)
        .filter(|line| !line.trim().is_empty())
        .map(|line| {
            let fields: Vec<&str> = line.trim().split(',').collect();
            let weeks = |i: usize| Weeks::new(fields[i].parse().unwrap());
            let repeats: f64 = fields[1].parse().unwrap();
            History::new(repeats as u32, weeks(2), weeks(3), 0.0)
        });
    Some(rows.collect())
}

/// Order days and the value of each day, by customer.
type Customers = Vec<(Vec<Date>, Vec<f64>)>;

fn orders() -> Option<Customers> {
    let text = file("CDNOW_sample.txt")?;
    let mut customers: Customers = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let customer: usize = fields[1].parse().unwrap();
        let written: u32 = fields[2].parse().unwrap();
        let day = Date::new(
            (written / 10_000) as i32,
            written / 100 % 100,
            written % 100,
        )
        .unwrap();
        let value: f64 = fields[4].parse().unwrap();
        customers.resize(customers.len().max(customer), Default::default());
        let (days, values) = &mut customers[customer - 1];
        if days.last() == Some(&day) {
            *values.last_mut().unwrap() += value;
        } else {
            assert!(
                days.last().is_none_or(|last| *last < day),
                "customer {customer} is not in order"
            );
            days.push(day);
            values.push(value);
        }
    }
    Some(customers)
}

fn exact(leaving: Leaving) -> Settings {
    Settings {
        prior: Prior::None,
        stages: Stages::Fixed(1),
        leaving,
        backtest: None,
        ..Settings::default()
    }
}

fn fitted(histories: &[History], leaving: Leaving) -> (Cnbd, f64) {
    let histories = Histories::of_statistics(Some(cut()), histories);
    let fitted = fit(histories, exact(leaving), &|| false).unwrap();
    (fitted.pool().regular, fitted.report().ln_likelihood)
}

#[track_caller]
fn digits(found: [f64; 4], wanted: [f64; 4], within: f64) {
    for (found, wanted) in found.iter().zip(wanted) {
        assert!(
            (found - wanted).abs() <= within * wanted,
            "{found} is not {wanted}"
        );
    }
}

#[test]
fn the_orders_give_the_published_statistics() {
    let (Some(summary), Some(orders)) = (summary(), orders()) else {
        return;
    };
    assert_eq!((summary.len(), orders.len()), (2357, 2357));
    let histories = Histories::of_days(cut(), orders.iter().map(|(days, _)| days.as_slice()));
    assert_eq!((histories.accounts(), histories.repeats()), (2357, 2457));
    for (account, wanted) in summary.iter().enumerate() {
        let found = histories.of(account).unwrap();
        assert_eq!(found.repeats, wanted.repeats, "customer {}", account + 1);
        // The csv rounds to two decimals.
        assert!((found.last.get() - wanted.last.get()).abs() <= 0.00501);
        assert!((found.age.get() - wanted.age.get()).abs() <= 0.00501);
    }
}

#[test]
fn likelihoods_at_the_published_parameters() {
    let Some(summary) = summary() else { return };
    let week = Weeks::new;
    let bg = Cnbd::new(1, Leaving::AfterRepeats, 0.243, week(4.414), 0.793, 2.426);
    close(
        summary.iter().map(|h| bg.ln_likelihood(h)).sum(),
        -9582.426831,
        1e-9,
    );
    let pareto = Pareto::new(0.553, week(10.578), 0.606, week(11.669));
    let histories = Histories::of_statistics(Some(cut()), &summary);
    close(pareto.ln_likelihood(&histories), -9594.974010, 1e-9);
}

#[test]
fn bg_nbd_by_maximum_likelihood() {
    let Some(summary) = summary() else { return };
    let (model, ln_likelihood) = fitted(&summary, Leaving::AfterRepeats);
    let found = [model.r(), model.alpha().get(), model.a(), model.b()];
    digits(found, [0.242593, 4.413532, 0.792886, 2.425752], 3e-6);
    assert!((ln_likelihood + 9582.4256).abs() < 1e-4, "{ln_likelihood}");
}

#[test]
fn mbg_nbd_by_maximum_likelihood() {
    let Some(summary) = summary() else { return };
    let (model, ln_likelihood) = fitted(&summary, Leaving::AfterEveryOrder);
    let found = [model.r(), model.alpha().get(), model.a(), model.b()];
    digits(found, [0.524838, 6.182989, 0.891356, 1.614000], 1e-5);
    assert!((ln_likelihood + 9582.1327).abs() < 1e-4, "{ln_likelihood}");
}

#[test]
fn exact_days_give_what_the_packages_of_r_give() {
    let Some(orders) = orders() else { return };
    let days = || orders.iter().map(|(days, _)| days.as_slice());
    for (leaving, wanted, likelihood) in [
        (
            Leaving::AfterRepeats,
            [0.242595, 4.41360, 0.79292, 2.42589],
            -9582.429,
        ),
        (
            Leaving::AfterEveryOrder,
            [0.524844, 6.183093, 0.891388, 1.614048],
            -9582.136,
        ),
    ] {
        let fitted = fit(Histories::of_days(cut(), days()), exact(leaving), &|| false).unwrap();
        let model = fitted.pool().regular;
        digits(
            [model.r(), model.alpha().get(), model.a(), model.b()],
            wanted,
            1e-4,
        );
        let found = fitted.report().ln_likelihood;
        assert!((found - likelihood).abs() < 1e-3, "{found}");
        assert_eq!(fitted.report().cut, Some(cut()));
    }
}

#[test]
fn pareto_nbd_by_maximum_likelihood() {
    let Some(summary) = summary() else { return };
    let fit = Pareto::fit(&Histories::of_statistics(Some(cut()), &summary)).unwrap();
    let model = fit.model;
    let found = [
        model.r(),
        model.alpha().get(),
        model.s(),
        model.beta().get(),
    ];
    // Flat in beta: the packages differ in its fourth digit.
    digits(found, [0.553279, 10.57768, 0.60619, 11.6674], 2e-4);
    assert!((fit.ln_likelihood + 9594.9739).abs() < 1e-3, "{fit:?}");
    assert!(!fit.at_edge);
}

#[test]
fn gamma_gamma_by_maximum_likelihood() {
    let Some(orders) = orders() else { return };
    let repeats: Vec<Spend> = orders
        .iter()
        .map(|(days, values)| {
            let known = days
                .iter()
                .zip(values)
                .skip(1)
                .filter(|(day, _)| **day <= cut());
            Spend::of(known.map(|(_, value)| *value))
        })
        .collect();
    let fit = GammaGamma::fit(SpendOn::Means, Prior::None, &repeats).unwrap();
    assert_eq!(fit.accounts, 946);
    let model = fit.model;
    for (found, wanted) in [(model.p(), 6.25), (model.q(), 3.74), (model.gamma(), 15.44)] {
        assert!((found - wanted).abs() < 0.0101, "{found} is not {wanted}");
    }
    // BTYD's, with exact means.
    assert!((fit.ln_likelihood + 4055.918).abs() < 1e-3, "{fit:?}");
    // Individual orders are another fit of the same model.
    let fit = GammaGamma::fit(SpendOn::Orders, Prior::None, &repeats).unwrap();
    for (found, wanted) in [
        (fit.model.p(), 3.61),
        (fit.model.q(), 4.49),
        (fit.model.gamma(), 34.1),
    ] {
        assert!(
            (found - wanted).abs() < 0.005 * wanted,
            "{found} is not {wanted}"
        );
    }
    // The weak assumptions change little where there is this much data.
    let weak = GammaGamma::fit(SpendOn::Means, Prior::Weak, &repeats).unwrap();
    close(weak.model.mean(), model.mean(), 0.02);
}

/// The means of two decimals that lifetimes has.
#[test]
fn gamma_gamma_on_published_means() {
    let Some(text) = file("cdnow_customers_summary_with_transactions.csv") else {
        return;
    };
    let mean = |line: &str| {
        let fields: Vec<&str> = line.trim().split(',').collect();
        Spend::of_mean(fields[1].parse().unwrap(), fields[4].parse().unwrap())
    };
    let means: Vec<Spend> = text
        .lines()
        .skip(1)
        .filter(|line| !line.trim().is_empty())
        .map(mean)
        .collect();
    let published = GammaGamma::new(6.25, 3.74, 15.44);
    let found = published.ln_likelihood(SpendOn::Means, &means);
    assert!((found + 4055.924713).abs() <= 5.1e-7, "{found}");
    let fit = GammaGamma::fit(SpendOn::Means, Prior::None, &means).unwrap();
    assert_eq!(fit.accounts, 946);
    let model = fit.model;
    for (found, wanted) in [
        (model.p(), 6.248803),
        (model.q(), 3.744588),
        (model.gamma(), 15.447748),
    ] {
        close(found, wanted, 1e-4);
    }
    assert!((fit.ln_likelihood + 4055.9232).abs() < 1e-3, "{fit:?}");
}

/// One more day of watching changes what is fitted: the cut-off belongs to every result.
#[test]
fn a_cut_off_one_day_later_is_another_result() {
    let Some(orders) = orders() else { return };
    let at = |cut: Date| {
        let days = orders.iter().map(|(days, _)| days.as_slice());
        let fitted = fit(
            Histories::of_days(cut, days),
            exact(Leaving::AfterEveryOrder),
            &|| false,
        );
        let fitted = fitted.unwrap();
        (fitted.report().cut, fitted.report().ln_likelihood)
    };
    let (named, likelihood) = at(cut());
    let (named_later, likelihood_later) = at(cut().plus_days(1));
    assert_eq!(
        (named, named_later),
        (Some(cut()), Some(cut().plus_days(1)))
    );
    assert!((likelihood - likelihood_later).abs() > 5.0);
    // Of Pareto/NBD the two are published.
    let pareto = |cut: Date| {
        let days = orders.iter().map(|(days, _)| days.as_slice());
        let fit = Pareto::fit(&Histories::of_days(cut, days)).unwrap();
        fit.ln_likelihood
    };
    let (first, later) = (pareto(cut()), pareto(cut().plus_days(1)));
    assert!((first + 9595.0).abs() <= 0.05, "{first}");
    assert!((later + 9615.2).abs() <= 0.05, "{later}");
}

/// The hold-out of 39 weeks, forecast by what is fitted by default.
#[test]
fn the_hold_out_is_forecast_no_worse_than_the_published_models_do() {
    let Some(orders) = orders() else { return };
    let days = orders.iter().map(|(days, _)| days.as_slice());
    let fitted = fit(
        Histories::of_days(cut(), days),
        Settings::default(),
        &|| false,
    )
    .unwrap();
    assert_eq!(fitted.pool().regular.k(), 1, "{:?}", fitted.report().tried);
    let ask = Ask {
        horizon: Weeks::new(39.0),
        ..Ask::default()
    };
    let mut scratch = Scratch::default();
    let (mut error, mut expected, mut actual) = (0.0, 0.0, 0);
    for account in 0..orders.len() {
        let forecast = fitted.forecast(account, &ask, &mut scratch).unwrap();
        let came = fitted
            .histories()
            .orders_between(account, cut(), cut().plus_days(39 * 7));
        error += (forecast.expected - f64::from(came)).abs();
        expected += forecast.expected;
        actual += came;
    }
    assert_eq!(actual, 1882);
    assert!((1550.0..1620.0).contains(&expected), "{expected}");
    assert!(error / 2357.0 < 0.775, "{}", error / 2357.0);
    let boards = &fitted.report().boards;
    assert_eq!(boards.len(), 1, "{boards:?}");
}
