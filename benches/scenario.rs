//! What questions about a deal cost: `cargo bench --no-default-features --bench scenario`.
//!
//! Ten thousand draws of a five-year monthly deal, the tornado over all inputs, a difference of ten
//! inputs shared out over all orders, a goal, a grid, and four scenarios side by side.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use perennial::assumptions::Estimates;
use perennial::document::{Desk, Edit};
use perennial::scenario::models::DealModel;
use perennial::scenario::{Bench, Change, Goal, GridAsk, Range, TornadoAsk};

const RANGES: &[(&str, &str)] = &[
    ("deal_volume", "6000 to 14000"),
    ("deal_retention", "60 to 95"),
    ("deal_cost", "6.8; 7.1; 7.9"),
    ("deal_list", "11 to 13"),
    ("deal_freight", "0.2 to 0.6"),
    ("deal_tooling", "30000 to 60000"),
    ("discount", "8 to 12"),
    ("deal_growth", "0 to 5"),
];

fn desk() -> Desk {
    let mut desk = Desk::default();
    for (key, value) in [("timing", "monthly"), ("horizon", "5")] {
        let edit = Edit::Set {
            key: key.into(),
            value: value.into(),
            shown: None,
        };
        desk.apply(edit).unwrap();
    }
    let mut change = |change| {
        let edit = desk.document().with_scenarios(change).unwrap();
        desk.apply(edit).unwrap();
    };
    for (key, range) in RANGES {
        let range = Range::read(key, range, None).unwrap();
        change(Change::Uncertain((*key).into(), Some(range)));
    }
    let ten = [
        ("deal_volume", "12000"),
        ("deal_retention", "90"),
        ("deal_cost", "7"),
        ("deal_list", "11.5"),
        ("deal_freight", "0.3"),
        ("deal_tooling", "50000"),
        ("deal_growth", "2"),
        ("deal_discount", "10"),
        ("deal_cac", "12000"),
        ("discount", "9"),
    ];
    for count in [10, 1, 2, 3] {
        let changes = ten
            .iter()
            .take(count)
            .map(|(k, v)| ((*k).into(), (*v).into()));
        change(Change::Add {
            name: None,
            changes: changes.collect(),
        });
    }
    desk
}

fn questions(criterion: &mut Criterion) {
    let desk = desk();
    let document = desk.document();
    let estimates = Estimates::new();
    let bench = Bench {
        model: &DealModel,
        chosen: &document.assumptions,
        estimates: &estimates,
        scenarios: &document.scenarios,
    };
    let mut group = criterion.benchmark_group("scenario");
    group.sample_size(20);
    group.bench_function("10,000 draws of a five-year monthly deal", |b| {
        b.iter(|| {
            let ask = bench.scenarios.simulation();
            let (mut running, inputs) = bench.simulation(black_box(ask)).unwrap();
            bench.draw(&mut running, &inputs, "deal_npv", u32::MAX);
            bench.drawn(&running, &inputs, "deal_npv").unwrap()
        });
    });
    let ask = TornadoAsk {
        metric: "deal_npv".into(),
        percent: None,
        of: None,
    };
    group.bench_function("tornado over all inputs", |b| {
        b.iter(|| bench.tornado(black_box(&ask)).unwrap());
    });
    group.bench_function("ten inputs shared out over all orders", |b| {
        b.iter(|| bench.shares(None, black_box(Some(1)), "deal_npv").unwrap());
    });
    let goal = Goal {
        metric: "deal_npv".into(),
        target: 0.0,
        key: "deal_retention".into(),
        of: None,
    };
    group.bench_function("goal", |b| b.iter(|| bench.seek(black_box(&goal)).unwrap()));
    let ask = GridAsk {
        metric: "deal_npv".into(),
        across: "deal_discount".into(),
        down: "deal_volume".into(),
        of: None,
    };
    group.bench_function("grid", |b| b.iter(|| bench.grid(black_box(&ask)).unwrap()));
    let metrics = ["deal_npv", "deal_irr", "deal_payback"].map(String::from);
    group.bench_function("three scenarios beside the base", |b| {
        b.iter(|| bench.compare(black_box(&[2, 3, 4]), &metrics));
    });
    group.finish();
}

criterion_group!(benches, questions);
criterion_main!(benches);
