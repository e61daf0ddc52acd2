//! Figures of a book and of an account.

use super::*;

#[test]
fn every_row_read_is_accounted_for() {
    let mut worker = Worker::new(1 << 20, &[ORDERS]);
    let report = worker.take(&[1]).report;
    let sum =
        report.in_book + report.rejected + report.structure + report.repeats + report.no_order;
    assert_eq!((report.read, sum), (8, 8), "{report:?}");
    assert_eq!(report.rejected, 1);
    assert_eq!(report.accounts, 3);
}

#[test]
fn slices_of_any_size_give_the_same_book() {
    let whole = Worker::new(1 << 20, &[ORDERS]).take(&[1]);
    for slice in [64, 65, 100, 333] {
        let mut worker = Worker::new(slice, &[ORDERS]);
        let built = worker.take(&[1]);
        assert_eq!(built.report, whole.report, "{slice}");
        assert_eq!(built.orders, whole.orders, "{slice}");
    }
}

#[test]
fn figures_add_up() {
    let mut worker = Worker::new(1 << 20, &[ORDERS]);
    worker.take(&[1]);
    let results = worker.evaluate(&Assumptions::default(), everything());
    let revenue = &results.book["revenue"].value;
    let Ok(Number::Exact(revenue)) = revenue else {
        panic!("{revenue:?}")
    };
    assert_eq!(revenue.to_string(), "12803.83");
    let detail = results.account.unwrap();
    assert_eq!(detail.name, "Acme GmbH");
    let history: f64 = detail.history.iter().map(|period| period.revenue).sum();
    assert!((history - 3650.5).abs() < 1e-9, "{:?}", detail.history);
    let ahead = detail.history.iter().filter(|period| period.expected);
    let expected: f64 = ahead.clone().map(|period| period.value).sum();
    let Ok(Number::Float(future)) = detail.figures["future_value"].value else {
        panic!("{:?}", detail.figures["future_value"])
    };
    assert!(
        (expected - future).abs() < 1e-9 * future && future > 0.0,
        "{:?}",
        detail.history
    );
    let labels: Vec<&str> = ahead.map(|period| period.label.as_str()).collect();
    assert_eq!(
        (labels.len(), labels[0], labels[19]),
        (20, "2026 Q1", "2030 Q4")
    );
    let lines = detail.sheets.iter().find(|sheet| sheet.key == "lines");
    assert_eq!(lines.unwrap().rows.len(), 4);
    let contribution: f64 = detail
        .history
        .iter()
        .filter(|period| !period.expected)
        .map(|period| period.value)
        .sum();
    let Ok(Number::Exact(whole)) = detail.figures["contribution"].value else {
        panic!()
    };
    assert!((contribution - whole.to_string().parse::<f64>().unwrap()).abs() < 0.01);
    assert!(!results.methods.is_empty() && !results.waterfall.is_empty());
}

#[test]
fn the_periods_of_an_account_add_up_whatever_counts() {
    // Orders just before and after the turn of a year counted back from the last day.
    let text = "Order,Date,Customer,Type,Net revenue,Cost\n\
        1,2023-12-28,Acme,Spares,100.00,60\n\
        2,2024-12-30,Acme,,200.00,\n\
        3,2025-01-02,Acme,Spares,300.00,190\n\
        4,2025-12-31,Acme,Repairs,400.00,250\n";
    let mut worker = Worker::new(1 << 20, &[text]);
    worker.take(&[1]);
    for basis in ["contribution", "gross_profit", "revenue"] {
        let chosen = [
            ("basis", basis),
            ("service_year", "11"),
            ("service_order", "3"),
            ("depreciation_year", "7"),
        ];
        let chosen = chosen.map(|(key, value)| {
            let origin = Origin::User;
            let value = value.into();
            (key.to_string(), Setting { value, origin })
        });
        let assumptions = Assumptions {
            chosen: chosen.into(),
        };
        let detail = worker.evaluate(&assumptions, everything()).account.unwrap();
        let sum = |expected: bool| -> f64 {
            let periods = detail.history.iter().filter(|p| p.expected == expected);
            periods.map(|period| period.value).sum()
        };
        let figure = |key: &str| match &detail.figures[key].value {
            Ok(Number::Exact(value)) => value.to_string().parse::<f64>().unwrap(),
            Ok(Number::Float(value)) => *value,
            Err(why) => panic!("{why:?}"),
        };
        assert!(
            (sum(false) - figure("past_value")).abs() < 1e-6,
            "{basis}: {:?}",
            detail.history
        );
        assert!((sum(true) - figure("future_value")).abs() < 1e-6, "{basis}");
    }
}

#[test]
fn an_assumption_moves_the_figures() {
    let mut worker = Worker::new(1 << 20, &[ORDERS]);
    worker.take(&[1]);
    let mut assumptions = Assumptions::default();
    let before = worker.evaluate(&assumptions, everything());
    let setting = Setting {
        value: "50".into(),
        origin: Origin::User,
    };
    assumptions.chosen.insert("retention".into(), setting);
    let after = worker.evaluate(&assumptions, everything());
    assert_ne!(before.methods, after.methods);
    assert_eq!(before.book["revenue"], after.book["revenue"]);
}
