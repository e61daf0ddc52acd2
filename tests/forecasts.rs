//! What the fitted model says of value, through the worker's jobs: L12 with its ranges, and the
//! chance of payback by month.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::pedantic
)]

use perennial::assumptions::{Assumptions, Origin, Setting};
use perennial::base::packed::{pack, unpack};
use perennial::jobs::protocol::{Forecast, Job, Method, Orders, Reply, Results, Want};
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

#[test]
fn payback_by_month_is_a_chance_that_grows() {
    let chances = |sheet: &Sheet| -> Vec<f64> {
        let number = |cell: &Cell| match cell {
            Cell::Number(Number::Float(value), _) => *value,
            other => panic!("{other:?}"),
        };
        sheet.rows.iter().map(|row| number(&row[1])).collect()
    };
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
