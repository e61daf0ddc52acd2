//! What the fitted model says of value, through the worker's jobs: L12 with its ranges, and the
//! chance of payback by month.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::pedantic
)]

use std::sync::Arc;

use perennial::assumptions::{Assumptions, Origin, Setting};
use perennial::base::Money;
use perennial::base::packed::{pack, unpack};
use perennial::growth::{Change, Growth, To};
use perennial::jobs::protocol::{
    Forecast, GrowthWant, Job, Method, Orders, PageWant, Reply, Results, Want,
};
use perennial::jobs::{Memory, Never, Session, run};
use perennial::metrics::{Cell, Number, Sheet};

struct Sample(Session);

impl Sample {
    fn new() -> Self {
        let mut sample = Self(Session::new(1 << 20));
        let build = Job::Build {
            orders: Orders::Sample,
            as_of: None,
        };
        assert!(matches!(sample.run(build), Reply::Built(_)));
        assert_eq!(sample.run(Job::Commit), Reply::Done);
        sample
    }

    fn fitted() -> Self {
        let mut sample = Self::new();
        loop {
            match sample.run(Job::Forecast { as_of: None }) {
                Reply::Forecast(Forecast::Working(_)) => {}
                Reply::Forecast(Forecast::Done(_)) => return sample,
                other => panic!("{other:?}"),
            }
        }
    }

    fn run(&mut self, job: Job) -> Reply {
        run(&mut self.0, job, &Memory::default(), &Never, &mut |_| {}).0
    }

    fn results(&mut self, set: &[(&str, &str)], want: Want) -> Results {
        let mut assumptions = Assumptions::default();
        for (key, value) in set {
            let setting = Setting {
                value: (*value).into(),
                origin: Origin::User,
            };
            assumptions.chosen.insert((*key).into(), setting);
        }
        let job = Job::Evaluate {
            assumptions,
            as_of: None,
            want,
        };
        match self.run(job) {
            // Through the message, as the page gets it.
            Reply::Results(results) => unpack(&pack(&*results)).unwrap(),
            other => panic!("{other:?}"),
        }
    }

    fn l12(&mut self, set: &[(&str, &str)]) -> Method {
        let want = Want {
            methods: true,
            ..Want::default()
        };
        last(self.results(set, want).methods)
    }

    fn payback(&mut self, set: &[(&str, &str)]) -> Sheet {
        let want = Want {
            sheets: vec!["payback".into()],
            ..Want::default()
        };
        self.results(set, want).sheets.remove(0)
    }
}

fn last(methods: Vec<Method>) -> Method {
    methods
        .into_iter()
        .find(|method| method.id == "L12")
        .unwrap()
}

fn value(method: &Method) -> f64 {
    match method.figure.value {
        Ok(Number::Float(value)) => value,
        ref other => panic!("{other:?}"),
    }
}

#[test]
fn l12_waits_for_the_fit_and_then_has_ranges() {
    let mut sample = Sample::new();
    let before = sample.l12(&[]);
    assert!(before.figure.value.unwrap_err().0.contains("being fitted"));
    assert_eq!(before.range, None);
    let mut sample = Sample::fitted();
    let after = sample.l12(&[]);
    let (found, range) = (value(&after), after.range.unwrap());
    assert!(found > 0.0);
    assert!(
        range.model.0 < found && found < range.model.1,
        "{found} {range:?}"
    );
    let (wide, narrow) = (range.with_luck, range.model);
    assert!(wide.0 < narrow.0 && narrow.1 < wide.1, "{range:?}");
    for word in [
        "each order discounted from its day",
        "5 years",
        "contribution",
    ] {
        assert!(after.label.contains(word), "{}", after.label);
    }
    assert!(!after.chosen);
}

#[test]
fn the_book_is_the_sum_of_its_accounts() {
    let mut sample = Sample::fitted();
    let book = value(&sample.l12(&[]));
    let mut sum = 0.0;
    for account in 0.. {
        let want = Want {
            account: Some(account),
            ..Want::default()
        };
        let Some(detail) = sample.results(&[], want).account else {
            break;
        };
        let own = last(detail.methods);
        let Ok(Number::Float(found)) = own.figure.value else {
            continue;
        };
        sum += found;
        if let Some(range) = own.range {
            let (low, high) = (range.with_luck.0, range.with_luck.1);
            assert!(low <= high && range.model.0 <= range.model.1, "{range:?}");
            assert!(
                low <= found + 1e-9 || found < 0.0,
                "{account} {found} {range:?}"
            );
        }
    }
    assert!((sum / book - 1.0).abs() < 1e-9, "{sum} {book}");
}

#[test]
fn the_methods_by_segment_have_it_too_and_segments_add_up_to_the_book() {
    let mut sample = Sample::fitted();
    let book = value(&sample.l12(&[]));
    let want = Want {
        sheets: vec!["methods_by_segment".into()],
        ..Want::default()
    };
    let sheet = sample.results(&[], want).sheets.remove(0);
    let row = sheet
        .rows
        .iter()
        .find(|row| matches!(&row[0], Cell::Text(text) if text.starts_with("L12")));
    // The first is of all accounts.
    let cells = row.unwrap().iter().skip(2);
    let sum: f64 = cells
        .map(|cell| match cell {
            Cell::Number(Number::Float(value), _) => *value,
            other => panic!("{other:?}"),
        })
        .sum();
    assert!((sum / book - 1.0).abs() < 1e-9, "{sum} {book}");
}

#[test]
fn assumptions_enter_without_another_fit() {
    let mut sample = Sample::fitted();
    let mut of = |set: &[(&str, &str)]| value(&sample.l12(set));
    let revenue = [("basis", "revenue"), ("discount", "0")];
    let [a, b] = revenue;
    let five = of(&revenue);
    assert!(of(&[("basis", "revenue"), ("discount", "20")]) < 0.9 * five);
    // Of a horizon beyond the years computed with the fit, the first years are the same.
    let near = of(&[a, b, ("horizon", "4")]);
    let far = of(&[a, b, ("horizon", "9")]);
    let further = of(&[a, b, ("horizon", "40")]);
    assert!(
        near < five && five < far && far < further,
        "{near} {five} {far} {further}"
    );
    let discounted = of(&[a, ("discount", "10"), ("horizon", "9")]);
    assert!(discounted < far && discounted > far / 1.1_f64.powi(9));
    // Neither retention nor the lapse threshold is asked.
    assert_eq!(
        of(&[("retention", "50"), ("lapse", "6")]),
        of(&[("lapse", "6")])
    );
    assert_eq!(of(&[]), value(&Sample::fitted().l12(&[])));
}

fn chances(sheet: &Sheet) -> Vec<f64> {
    let number = |cell: &Cell| match cell {
        Cell::Number(Number::Float(value), _) => *value,
        other => panic!("{other:?}"),
    };
    sheet.rows.iter().map(|row| number(&row[1])).collect()
}

#[test]
fn an_account_has_paid_back_on_a_day_or_may_by_some_month() {
    let of = |sample: &mut Sample, cac: &str| {
        let want = Want {
            account: Some(0),
            ..Want::default()
        };
        let detail = sample.results(&[("cac", cac)], want).account.unwrap();
        let mut sheets = detail.sheets.into_iter();
        (detail.rhythm, sheets.find(|s| s.key == "account_payback"))
    };
    let mut sample = Sample::fitted();
    let (rhythm, done) = of(&mut sample, "1");
    let done = done.unwrap();
    let first = rhythm.unwrap().days[0].0;
    let said = format!("paid back what winning it cost on {first}, 0 days after");
    assert!(
        done.rows.is_empty() && done.caption.contains(&said),
        "{}",
        done.caption
    );
    assert_eq!(of(&mut sample, "0").1, None);
    let past = |sample: &mut Sample| {
        let want = Want {
            account: Some(0),
            ..Want::default()
        };
        let figures = sample.results(&[], want).account.unwrap().figures;
        match figures["past_value"].value {
            Ok(Number::Exact(value)) => Money::new(value).to_f64(),
            ref other => panic!("{other:?}"),
        }
    };
    let past = past(&mut sample);
    let more =
        |sample: &mut Sample, times: f64| of(sample, &format!("{:.2}", times * past)).1.unwrap();
    let near = more(&mut sample, 1.05);
    assert!(
        near.caption.contains("So far it has brought 95 %"),
        "{}",
        near.caption
    );
    let (near, far) = (chances(&near), chances(&more(&mut sample, 1.5)));
    assert_eq!((near.len(), near[0]), (37, 0.0));
    assert!(near.is_sorted_by(|a, b| *a <= b + 1e-9), "{near:?}");
    assert!(near.iter().zip(&far).all(|(a, b)| a >= b) && near[36] > far[36] && near[36] > 50.0);
    // As long as nothing is fitted it says so.
    let waiting = of(&mut Sample::new(), &format!("{:.2}", 1.05 * past))
        .1
        .unwrap();
    assert!(
        waiting.rows.is_empty() && waiting.caption.contains("being fitted"),
        "{}",
        waiting.caption
    );
}

#[test]
fn upsells_of_an_account_count_on_what_its_orders_say() {
    let mut sample = Sample::new();
    let mut ask = |growth: &Growth, account: u32| {
        let want = GrowthWant {
            growth: Arc::new(growth.clone()),
            account: Some(account),
        };
        let want = Want::of_page(&PageWant {
            growth: Some(want),
            ..PageWant::default()
        });
        let results = sample.results(&[], want);
        results.of_page().growth.unwrap().account
    };
    let none = ask(&Growth::default(), 0).unwrap();
    let alone = none.beside.unwrap();
    assert_eq!(alone.with, alone.without);
    let change = Change::Attach(To::Account(none.name.clone()), 3, true);
    let growth = Growth::default().changed(change).unwrap().growth;
    let found = ask(&growth, 0).unwrap().beside.unwrap();
    assert_eq!(found.without, alone.without);
    assert!(found.with.value > found.without.value && found.each.len() == 1);
    // One that has lapsed has no value to compare, and says why.
    let lapsed = (0..).map_while(|account| ask(&growth, account));
    let why = lapsed.filter_map(|of| of.beside.err()).next().unwrap();
    assert!(why.starts_with("Lapsed: the last order was on "), "{why}");
}

#[test]
fn payback_by_month_is_a_chance_that_grows() {
    assert!(Sample::new().payback(&[]).rows.is_empty());
    let mut sample = Sample::fitted();
    let usual = chances(&sample.payback(&[]));
    assert_eq!(usual.len(), 37);
    assert!(usual.windows(2).all(|pair| pair[0] <= pair[1]), "{usual:?}");
    assert!(usual[36] > usual[0] && usual[36] <= 100.0, "{usual:?}");
    let dearer = chances(&sample.payback(&[("cac", "50000")]));
    assert!(dearer.iter().zip(&usual).all(|(a, b)| a <= b) && dearer[36] < usual[36]);
    assert!(
        chances(&sample.payback(&[("cac", "0")]))
            .iter()
            .all(|chance| *chance == 100.0)
    );
}
