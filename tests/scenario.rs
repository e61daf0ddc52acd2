//! Scenarios: their edits and their ways through storage, links and files, and the engines on them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::pedantic
)]

use perennial::assumptions::spec::Kind;
use perennial::assumptions::{Assumptions, Estimates, Resolved};
use perennial::codec::{link, project, wire};
use perennial::document::{Desk, Document, Edit, Part, StepName};
use perennial::jobs::protocol::{
    Job, Orders, PageWant, Reply, ScenarioResults, ScenarioWant, Want,
};
use perennial::jobs::{Memory, Never, SLICE, Session, run};
use perennial::metrics::{Exactness, Figure, Figures, Number};
use perennial::registry;
use perennial::scenario::compare::number;
use perennial::scenario::seek::{Ground, seek};
use perennial::scenario::share::shapley;
use perennial::scenario::{
    Bench, Change, Goal, GridAsk, MOST_SCENARIOS, Model, Range, Scenarios, Shape, Simulation,
    TornadoAsk,
};
use proptest::prelude::*;
use serde_json::{Value, json};

// The document.

/// A value that the registry accepts for an assumption.
fn value_of(key: &str, share: f64) -> String {
    let spec = registry::assumption(key).unwrap();
    match spec.kind {
        Kind::Number { usual, .. } => {
            let (low, high): (f64, f64) = (usual.0.parse().unwrap(), usual.1.parse().unwrap());
            format!("{}", (low + share * (high - low)).round())
        }
        _ => spec.good[0].to_owned(),
    }
}

fn any_key() -> impl Strategy<Value = &'static str> {
    prop::sample::select(registry::assumptions().map(|s| s.key).collect::<Vec<_>>())
}

fn any_number() -> impl Strategy<Value = &'static str> {
    let numbers = registry::assumptions().filter(|s| matches!(s.kind, Kind::Number { .. }));
    prop::sample::select(numbers.map(|s| s.key).collect::<Vec<_>>())
}

fn any_metric() -> impl Strategy<Value = String> {
    prop::sample::select(
        registry::metrics()
            .map(|s| s.key.to_owned())
            .collect::<Vec<_>>(),
    )
}

fn any_change() -> impl Strategy<Value = Change> {
    let id = || 0..6_u32;
    let of = || prop::option::of(0..4_u32);
    let changes = prop::collection::vec((any_key(), 0.0..=1.0_f64), 0..4);
    let named = prop::option::of("[A-Za-z ~&=äß%.]{0,12}");
    prop_oneof![
        4 => (named, changes).prop_map(|(name, changes)| Change::Add {
            name,
            changes: changes.iter().map(|(key, share)| ((*key).to_owned(), value_of(key, *share))).collect(),
        }),
        1 => id().prop_map(Change::Duplicate),
        1 => (id(), ".{0,70}").prop_map(|(id, name)| Change::Rename(id, name)),
        1 => (id(), 0..9_usize).prop_map(|(id, to)| Change::Move(id, to)),
        1 => id().prop_map(Change::Delete),
        4 => (id(), any_key(), 0.0..=1.0_f64).prop_map(|(id, key, share)| Change::Set {
            id, key: key.into(), value: value_of(key, share), shown: None,
        }),
        1 => (id(), any_key()).prop_map(|(id, key)| Change::Reset { id, key: key.into() }),
        2 => (any_number(), any::<bool>()).prop_map(|(key, likely)| {
            let value = |share| value_of(key, share);
            let middle = likely.then(|| value(0.5));
            let range = Range::new(key, &value(0.0), middle.as_deref(), &value(1.0)).ok();
            Change::Uncertain(key.into(), range)
        }),
        1 => (0..3_usize, any_metric(), any_number(), -1e6..1e6_f64, of()).prop_map(
            |(at, metric, key, target, of)| Change::Seek(at, Some(Goal { metric, target, key: key.into(), of }))
        ),
        1 => (any_metric(), prop::option::of(1.0..50.0_f64), of())
            .prop_map(|(metric, percent, of)| Change::Tornado(Some(TornadoAsk { metric, percent, of }))),
        1 => (any_metric(), any_number(), any_number(), of()).prop_map(|(metric, a, b, of)| {
            Change::Grid(Some(GridAsk { metric, across: a.into(), down: b.into(), of }))
        }),
        1 => (any_metric(), any::<u64>(), 1..200_000_u32, of()).prop_map(|(metric, seed, draws, of)| {
            let shape = if draws % 2 == 0 { Shape::Pert } else { Shape::Triangular };
            Change::Simulate(Simulation { metric, seed, draws, shape, of, ..Simulation::default() })
        }),
    ]
}

/// A desk after these changes.
fn desk_after(changes: Vec<Change>) -> Desk {
    let mut desk = Desk::default();
    for change in changes {
        let edit = desk.document().with_scenarios(change).unwrap();
        desk.apply(edit).unwrap();
        desk.seal();
    }
    desk
}

/// A desk after those of the changes that are not refused.
fn desk_of(changes: Vec<Change>) -> Desk {
    let mut desk = Desk::default();
    for change in changes {
        match desk.document().with_scenarios(change) {
            Ok(edit) => desk.apply(edit).unwrap(),
            Err(refused) => assert!(!refused.0.is_empty()),
        }
        desk.seal();
    }
    desk
}

/// A number behind the longest name stays within it, so that storage cuts nothing off.
#[test]
fn a_copy_of_the_longest_name_has_a_name_of_its_own_that_is_kept() {
    let name = "Ä".repeat(60);
    let desk = desk_of(vec![
        Change::Add {
            name: Some(name.clone()),
            changes: vec![],
        },
        Change::Duplicate(1),
        Change::Duplicate(1),
        Change::Delete(1),
    ]);
    let scenarios = &desk.document().scenarios;
    let names: Vec<&str> = scenarios.list().iter().map(|one| one.name()).collect();
    assert!(
        names.iter().all(|name| name.chars().count() <= 60),
        "{names:?}"
    );
    assert_ne!(names[0], names[1]);
    let (stored, _, repairs) = wire::unstored(wire::stored(desk.document(), desk.history()));
    assert_eq!(repairs, []);
    assert_eq!(&stored.scenarios, scenarios);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn scenarios_come_back_from_storage_files_and_links(changes in prop::collection::vec(any_change(), 1..40)) {
        let desk = desk_of(changes);
        let scenarios = &desk.document().scenarios;
        let (stored, history, repairs) = wire::unstored(wire::stored(desk.document(), desk.history()));
        prop_assert_eq!(repairs, []);
        prop_assert_eq!(&stored.scenarios, scenarios);
        prop_assert_eq!(history.undo_name(), desk.history().undo_name());
        let opened = project::read(project::write(desk.document(), &[]).as_bytes()).unwrap();
        prop_assert_eq!(opened.repairs, []);
        prop_assert_eq!(&opened.document.scenarios, scenarios);
        let link = link::encode(desk.document(), &[]);
        let opened = link::decode(&link.query).unwrap();
        prop_assert_eq!(opened.repairs, []);
        prop_assert_eq!(&opened.document.scenarios, scenarios);
        prop_assert_eq!(link.holds.is_empty(), scenarios.list().is_empty() && scenarios.ranges().is_empty());
    }

    #[test]
    fn every_change_can_be_undone(changes in prop::collection::vec(any_change(), 1..40)) {
        let mut desk = desk_of(changes);
        let last = desk.document().clone();
        let mut steps = 0;
        while desk.history().undo_name().is_some() {
            prop_assert!(!desk.history().undo_name().unwrap().is_empty());
            desk.undo();
            steps += 1;
        }
        prop_assert!(desk.document().scenarios.is_empty());
        for _ in 0..steps {
            prop_assert!(desk.redo());
        }
        prop_assert_eq!(desk.document(), &last);
    }

    #[test]
    fn a_deal_copied_into_a_scenario_and_adopted_back_is_unchanged(
        chosen in prop::collection::vec((any_key(), 0.0..=1.0_f64), 0..12),
    ) {
        let mut desk = Desk::default();
        for (key, share) in &chosen {
            let value = value_of(key, *share);
            desk.apply(Edit::Set { key: (*key).into(), value, shown: None }).unwrap();
            desk.seal();
        }
        let before = desk.document().clone();
        let prefix = if chosen.len() % 2 == 0 { "" } else { "deal_" };
        let changes = Scenarios::copy_of(&before.assumptions, prefix);
        let add = Change::Add { name: Some("Copy".into()), changes };
        desk.apply(desk.document().with_scenarios(add).unwrap()).unwrap();
        let id = desk.document().scenarios.list()[0].id();
        desk.apply(desk.document().adopting(id).unwrap()).unwrap();
        prop_assert_eq!(desk.document(), &before);
    }

    #[test]
    fn any_json_restores_to_valid_scenarios(value in any_json()) {
        let (found, _) = Scenarios::restore(&value);
        let (again, unread) = Scenarios::restore(&serde_json::to_value(&found).unwrap());
        prop_assert_eq!(unread, vec![]);
        prop_assert_eq!(again, found);
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let names = vec![
        "list",
        "ranges",
        "goals",
        "tornado",
        "grid",
        "simulation",
        "id",
        "name",
        "changes",
        "retention",
        "basis",
        "discount",
        "low",
        "likely",
        "high",
        "metric",
        "lifetime_value",
        "key",
        "target",
        "of",
        "across",
        "down",
        "seed",
        "draws",
        "shape",
        "percent",
        "x",
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (0..120_i64).prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        Just(json!("lifetime_value")),
        Just(json!("retention")),
        Just(json!("70 to 90")),
        ".{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 80, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::hash_map(
                prop::sample::select(names.clone()).prop_map(String::from),
                inner,
                0..6
            )
            .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

fn add(name: &str, changes: &[(&str, &str)]) -> Change {
    let owned = |(key, value): &(&str, &str)| ((*key).to_owned(), (*value).to_owned());
    Change::Add {
        name: (!name.is_empty()).then(|| name.to_owned()),
        changes: changes.iter().map(owned).collect(),
    }
}

#[test]
fn steps_have_names_and_a_drag_is_one() {
    let mut desk = desk_after(vec![add("", &[("retention", "90")])]);
    for value in ["91", "92", "93"] {
        let set = Change::Set {
            id: 1,
            key: "retention".into(),
            value: value.into(),
            shown: None,
        };
        desk.apply(desk.document().with_scenarios(set).unwrap())
            .unwrap();
    }
    let name = desk.history().undo_name().unwrap();
    assert_eq!(name, "Scenario A: retention 90 -> 93 %/year");
    desk.undo();
    assert_eq!(
        desk.document().scenarios.list()[0].changes()["retention"],
        "90"
    );
}

#[test]
fn what_is_refused_says_what_to_do() {
    let desk = desk_after(vec![add("A", &[]), add("B", &[])]);
    for (change, word) in [
        (Change::Rename(1, "B".into()), "another scenario called B"),
        (Change::Rename(1, " ".into()), "at least one letter"),
        (Change::Delete(9), "not there any more"),
        (add("C", &[("retention", "101")]), "100"),
        (add("C", &[("no_such", "1")]), "no assumption"),
        (
            Change::Uncertain("basis".into(), Range::new("cac", "1", None, "2").ok()),
            "no number",
        ),
        (
            Change::Tornado(Some(TornadoAsk {
                metric: "no_such".into(),
                percent: None,
                of: None,
            })),
            "no figure",
        ),
    ] {
        let refused = desk.document().with_scenarios(change).unwrap_err();
        assert!(refused.0.contains(word), "{refused}");
    }
    let mut scenarios = Scenarios::default();
    for _ in 0..MOST_SCENARIOS {
        scenarios = scenarios.changed(add("", &[])).unwrap().scenarios;
    }
    let names: Vec<&str> = scenarios.list().iter().map(|one| one.name()).collect();
    assert_eq!((names[0], names[11]), ("Scenario A", "Scenario L"));
    assert!(
        scenarios
            .changed(add("", &[]))
            .unwrap_err()
            .contains("12 scenarios")
    );
}

#[test]
fn a_link_with_scenarios_can_be_read() {
    let desk = desk_after(vec![
        add("Longer term", &[("horizon", "10"), ("retention", "90")]),
        Change::Uncertain(
            "retention".into(),
            Range::read("retention", "70; 85; 95", None).ok(),
        ),
        Change::Uncertain(
            "discount".into(),
            Range::read("discount", "8 to 12", None).ok(),
        ),
    ]);
    let link = link::encode(desk.document(), &[]);
    assert!(
        link.query.starts_with(
            "v=1&s1=Longer%20term&s1.horizon=10&s1.retention=90&r.discount=8~12&r.retention=70~85~95&c="
        ),
        "{}",
        link.query
    );
    let held: Vec<String> = link
        .holds
        .iter()
        .map(|h| format!("{}: {}", h.label, h.value))
        .collect();
    assert_eq!(
        held,
        [
            "Scenario Longer term: Horizon 10 years; Retention 90 %/year",
            "Discount rate, range: 8 to 12 %/year",
            "Retention, range: 70 to 95 %/year",
        ]
    );
}

#[test]
fn a_link_without_scenarios_leaves_those_that_are_there() {
    let mut desk = desk_after(vec![add("Mine", &[])]);
    let opened = Document::default();
    desk.apply(Edit::Adopt {
        document: Box::new(opened),
        what: "a link".into(),
        with_orders: false,
    })
    .unwrap();
    assert_eq!(desk.document().scenarios.list().len(), 1);
    let put = Edit::Put {
        part: Part::Scenarios(Default::default()),
        name: StepName::default(),
        key: None,
    };
    desk.apply(put).unwrap();
    assert!(desk.document().scenarios.is_empty());
}

// The engines, on a model of known figures.

/// V34: free cash flow 100 x (1 + g)^t at a margin of 18 %, five years, at 10 %; with the assumptions
/// cac for sales, gross_margin, growth and discount.
struct Published;

fn figure(value: f64) -> Figure {
    Figure {
        value: Ok(Number::Float(value)),
        exactness: Exactness::Estimated,
        coverage: None,
        note: None,
    }
}

fn typed(inputs: &Resolved, key: &str) -> f64 {
    inputs.get(key).unwrap().value.parse().unwrap()
}

impl Model for Published {
    fn figures(&self, inputs: &Resolved) -> Figures {
        let get = |key: &str| typed(inputs, key);
        let (g, r) = (1.0 + get("growth") / 100.0, 1.0 + get("discount") / 100.0);
        let sales = (1..=5).map(|t| (g / r).powi(t)).sum::<f64>() * get("cac");
        let value = sales * get("gross_margin") / 100.0;
        // Turns at a retention of 60, and has no value above a lapse of 50 months.
        let turning = -(get("retention") - 60.0).powi(2);
        let mut figures = Figures::from([
            ("lifetime_value".to_owned(), figure(value)),
            ("future_value".to_owned(), figure(turning)),
            ("payback_months".to_owned(), figure(get("cac") / 10.0)),
        ]);
        if get("lapse") < 50.0 {
            figures.insert("revenue".into(), figure(get("lapse")));
        }
        figures
    }

    fn payback(&self) -> Option<(&'static str, f64)> {
        Some(("payback_months", 1.0 / 12.0))
    }
}

const V34: &[(&str, &str)] = &[
    ("cac", "100"),
    ("gross_margin", "18"),
    ("growth", "6"),
    ("discount", "10"),
    ("lapse", "18"),
];

fn chosen(values: &[(&str, &str)]) -> Assumptions {
    let mut desk = Desk::default();
    for (key, value) in values {
        let edit = Edit::Set {
            key: (*key).into(),
            value: (*value).into(),
            shown: None,
        };
        desk.apply(edit).unwrap();
    }
    desk.document().assumptions.as_ref().clone()
}

/// Asks a bench of the published model with these scenarios.
fn on_bench<T>(changes: Vec<Change>, ask: impl FnOnce(&Bench) -> T) -> T {
    let (chosen, estimates) = (chosen(V34), Estimates::new());
    let desk = desk_after(changes);
    ask(&Bench {
        model: &Published,
        chosen: &chosen,
        estimates: &estimates,
        scenarios: &desk.document().scenarios,
    })
}

#[test]
fn v34_tornado() {
    let ask = TornadoAsk {
        metric: "lifetime_value".into(),
        percent: Some(10.0),
        of: None,
    };
    let tornado = on_bench(vec![], |bench| bench.tornado(&ask)).unwrap();
    let printed = |value: f64| format!("{value:.2}");
    assert_eq!(format!("{:.3}", tornado.now), "80.645");
    let bars: Vec<(&str, String, String)> = tornado
        .bars
        .iter()
        .map(|bar| {
            (
                bar.key.as_str(),
                printed(bar.at_low.unwrap()),
                printed(bar.at_high.unwrap()),
            )
        })
        .collect();
    let bar = |key: &'static str, low: &str, high: &str| (key, low.to_owned(), high.to_owned());
    assert_eq!(
        bars,
        [
            bar("cac", "72.58", "88.71"),
            bar("gross_margin", "72.58", "88.71"),
            bar("discount", "82.84", "78.54"),
            bar("growth", "79.32", "81.99"),
        ]
    );
    assert!(tornado.bars.iter().all(|bar| bar.monotone));
    assert!(tornado.still > 10);
}

#[test]
fn s15_an_input_that_turns_is_marked_and_ranges_of_the_document_count() {
    let ask = TornadoAsk {
        metric: "future_value".into(),
        percent: None,
        of: None,
    };
    let tornado = on_bench(vec![], |bench| bench.tornado(&ask)).unwrap();
    assert_eq!((tornado.bars.len(), tornado.bars[0].monotone), (1, false));
    let narrow = Change::Uncertain(
        "retention".into(),
        Range::new("retention", "80", None, "90").ok(),
    );
    let tornado = on_bench(vec![narrow], |bench| bench.tornado(&ask)).unwrap();
    let bar = &tornado.bars[0];
    assert_eq!(
        (bar.low.as_str(), bar.high.as_str(), bar.monotone),
        ("80", "90", true)
    );
    assert_eq!((bar.at_low, bar.at_high), (Some(-400.0), Some(-900.0)));
}

#[test]
fn scenarios_side_by_side() {
    let changes = vec![
        add("More", &[("gross_margin", "20"), ("growth", "8")]),
        add("Dearer", &[("cac", "150")]),
        add("Same", &[]),
    ];
    let metrics = ["lifetime_value", "payback_months", "revenue", "nothing"].map(String::from);
    let found = on_bench(changes, |bench| bench.compare(&[1, 2, 3], &metrics));
    assert!(found.notes.is_empty());
    let longer = vec![add("Longer", &[("horizon", "9")])];
    let other = on_bench(longer, |bench| bench.compare(&[1], &metrics));
    assert!(other.notes[0].contains("horizon differs"));
    assert_eq!(found.columns.len(), 4);
    let best = |row: usize| -> Vec<bool> { found.rows[row].cells.iter().map(|c| c.best).collect() };
    assert_eq!(best(0), [false, false, true, false]);
    assert_eq!(best(1), [true, true, false, true]);
    assert_eq!(best(2), [false; 4]);
    assert_eq!(found.rows[3].cells[0].figure, None);
    assert_eq!(found.rows[0].cells[3].difference, Some(0.0));
    let expected = vec![
        ("gross_margin".to_owned(), "18".to_owned(), "20".to_owned()),
        ("growth".to_owned(), "6".to_owned(), "8".to_owned()),
    ];
    let mut changes = found.columns[1].changes.clone();
    changes.sort();
    assert_eq!(changes, expected);
    let shares = found.columns[1].shares.clone().unwrap().unwrap();
    let whole = shares.to - shares.from;
    assert_eq!(
        shares.parts.iter().map(|part| part.value).sum::<f64>(),
        whole
    );
    assert!(shares.exact && whole > 10.0);
    assert!(
        found.columns[3]
            .shares
            .clone()
            .unwrap()
            .unwrap()
            .parts
            .is_empty()
    );
}

#[test]
fn s15_a_grid_has_the_values_in_use_among_its_own() {
    let ask = GridAsk {
        metric: "lifetime_value".into(),
        across: "discount".into(),
        down: "growth".into(),
        of: None,
    };
    let heat = on_bench(vec![], |bench| bench.grid(&ask)).unwrap();
    let (column, row) = (heat.now.0.unwrap() as usize, heat.now.1.unwrap() as usize);
    assert_eq!(
        (heat.across[column].as_str(), heat.down[row].as_str()),
        ("10", "6")
    );
    assert!((heat.rows[row][column].unwrap() - 80.645).abs() < 1e-3);
    assert_eq!(heat.rows.len(), heat.down.len());
    let falling = |row: &Vec<Option<f64>>| row.windows(2).all(|p| p[0] > p[1]);
    assert!(heat.rows.iter().all(falling));
}

fn goal(metric: &str, target: f64, key: &str) -> Goal {
    Goal {
        metric: metric.into(),
        target,
        key: key.into(),
        of: None,
    }
}

#[test]
fn a_goal_that_cannot_be_reached_has_a_nearest() {
    let found = on_bench(vec![], |bench| {
        bench.seek(&goal("future_value", 25.0, "retention"))
    })
    .unwrap();
    assert!(found.solutions.is_empty());
    let nearest = found.nearest.unwrap();
    assert!((nearest.at - 60.0).abs() < 1e-3 && nearest.value.abs() < 1e-6);
    assert_eq!(nearest.input, "60");
    let two = on_bench(vec![], |bench| {
        bench.seek(&goal("future_value", -25.0, "retention"))
    })
    .unwrap();
    let at: Vec<f64> = two.solutions.iter().map(|one| one.at).collect();
    // 85 is in use: the nearer one comes first.
    assert!(
        (at[0] - 65.0).abs() < 1e-9 && (at[1] - 55.0).abs() < 1e-9,
        "{at:?}"
    );
    assert!(two.curve.windows(2).all(|pair| pair[0].0 <= pair[1].0));
}

#[test]
fn a_goal_of_a_figure_with_gaps_or_of_whole_numbers() {
    let found = on_bench(vec![], |bench| bench.seek(&goal("revenue", 49.0, "lapse"))).unwrap();
    assert_eq!(
        (found.solutions[0].at, found.solutions[0].value),
        (49.0, 49.0)
    );
    let beyond = on_bench(vec![], |bench| bench.seek(&goal("revenue", 60.0, "lapse"))).unwrap();
    assert!(beyond.solutions.is_empty());
    let text = on_bench(vec![], |bench| bench.seek(&goal("revenue", 60.0, "basis"))).unwrap_err();
    assert!(text.contains("no number"));
}

#[test]
fn d9_a_simulation_has_its_quantiles_chances_and_drivers() {
    let range =
        |key: &str, text: &str| Change::Uncertain(key.into(), Range::read(key, text, None).ok());
    let changes = vec![range("cac", "50; 100; 300"), range("growth", "5 to 7")];
    let ask = Simulation {
        within_months: 10,
        ..Simulation::default()
    };
    let simulate = |changes: Vec<Change>| {
        on_bench(changes, |bench| {
            let (mut running, inputs) = bench.simulation(&ask).unwrap();
            while !running.is_over() {
                bench.draw(&mut running, &inputs, "lifetime_value", 3_000);
            }
            bench.drawn(&running, &inputs, "lifetime_value").unwrap()
        })
    };
    let found = simulate(changes.clone());
    assert_eq!(found, simulate(changes));
    assert!((found.likely.unwrap() - 80.645).abs() < 1e-3);
    assert!(found.p10 < found.p50 && found.p50 < found.p90 && found.below_zero == 0.0);
    assert_eq!(found.drivers[0].key, "cac");
    assert!(found.drivers[0].share > 0.95);
    // A PERT of 50, 100, 300 is at most 100 in 40.96 % of cases: I_0.2(1.8, 4.2).
    let chance = perennial::base::num::inc_beta(0.2, 1.8, 4.2).0;
    assert!(
        (found.paid_back.unwrap() - chance).abs() < 0.015,
        "{:?} {chance}",
        found.paid_back
    );
    let nothing = on_bench(vec![], |bench| bench.simulation(&ask).map(|_| ()));
    assert!(nothing.unwrap_err().contains("uncertain"));
}

proptest! {
    #[test]
    fn parts_add_up_to_the_whole(
        weights in prop::collection::vec(-1e6..1e6_f64, 0..16),
        budget in prop::sample::select(vec![10_usize, 200, 2_000]),
    ) {
        let value = |changed: &[bool]| {
            let on = |at: usize| if changed[at] { weights[at] } else { 1.0 };
            let sum: f64 = (0..changed.len()).map(on).sum();
            Some(sum + sum * sum / 1e3)
        };
        let n = weights.len();
        let (parts, _) = shapley(n, budget, &mut { value }).unwrap();
        let whole = value(&vec![true; n]).unwrap() - value(&vec![false; n]).unwrap();
        let sum: f64 = parts.iter().sum();
        let largest = parts.iter().fold(whole.abs(), |most: f64, part| most.max(part.abs()));
        prop_assert!((sum - whole).abs() <= 1e-14 * largest, "{} {}", sum, whole);
    }

    #[test]
    fn what_is_sought_gives_the_target(
        a in -5.0..5.0_f64, b in -5.0..5.0_f64, c in -5.0..5.0_f64, target in -50.0..50.0_f64,
    ) {
        let f = |x: f64| a * x * x * x + b * x * x + c * x;
        let ground = Ground { allowed: (-3.0, 200.0), usual: (0.0, 4.0), whole: false, fine: true };
        let found = seek(ground, target, &mut |x| Some(f(x)));
        for (x, y) in &found.solutions {
            prop_assert!((-3.0..=200.0).contains(x));
            prop_assert!((f(*x) - target).abs() < 1e-6 && f(*x) == *y);
        }
        let crossed = (0..2_000).any(|i| {
            let at = |i: i32| -3.0 + 7.0 * f64::from(i) / 2_000.0;
            (f(at(i)) - target) * (f(at(i + 1)) - target) < 0.0
        });
        // Two roots between neighbouring points of the scan cannot be told from none.
        if crossed && found.solutions.is_empty() {
            let nearest = found.nearest.unwrap();
            prop_assert!((nearest.1 - target).abs() < 0.5, "{:?}", nearest);
        }
    }

    #[test]
    fn a_goal_fed_back_gives_the_target(target in 1.0..400.0_f64, key in prop::sample::select(vec!["cac", "gross_margin", "growth", "discount"])) {
        let found = on_bench(vec![], |bench| bench.seek(&goal("lifetime_value", target, key))).unwrap();
        for one in &found.solutions {
            prop_assert!((one.value - target).abs() < 1e-6 * target.max(1.0), "{:?}", one);
        }
        if found.solutions.is_empty() {
            let nearest = found.nearest.unwrap();
            prop_assert!(nearest.at == found.allowed.0 || nearest.at == found.allowed.1, "{:?}", nearest);
        }
    }
}

#[test]
fn figures_of_the_model_are_numbers() {
    let inputs = registry::resolve(&chosen(V34), &Estimates::new());
    assert!(number(&Published.figures(&inputs), "lifetime_value").is_some());
}

// The job.

fn of_scenarios(want: ScenarioWant) -> Want {
    Want::of_page(&PageWant {
        scenarios: Some(want),
        ..PageWant::default()
    })
}

fn asked(want: ScenarioWant, orders: Orders) -> ScenarioResults {
    let mut session = Session::new(SLICE);
    let mut answer = |job: Job| {
        let (reply, _) = run(&mut session, job, &Memory::default(), &Never, &mut |_| {});
        reply
    };
    answer(Job::Build {
        orders,
        as_of: None,
    });
    answer(Job::Commit);
    let job = Job::Evaluate {
        assumptions: Assumptions::default(),
        as_of: None,
        want: of_scenarios(want),
    };
    match answer(job) {
        Reply::Results(results) => results.of_page().scenarios.unwrap(),
        other => panic!("{other:?}"),
    }
}

fn scenario_want(changes: Vec<Change>, metrics: &[&str]) -> ScenarioWant {
    ScenarioWant {
        scenarios: std::sync::Arc::clone(&desk_after(changes).document().scenarios),
        compare: true,
        tornado: true,
        grid: true,
        goals: true,
        simulate: true,
        metrics: metrics.iter().map(|key| (*key).to_owned()).collect(),
        ..ScenarioWant::default()
    }
}

#[test]
fn the_job_answers_for_the_book() {
    let changes = vec![
        add("Keep more", &[("retention", "99")]),
        Change::Uncertain(
            "retention".into(),
            Range::read("retention", "70 to 95", None).ok(),
        ),
        Change::Tornado(Some(TornadoAsk {
            metric: "future_value".into(),
            percent: None,
            of: None,
        })),
        Change::Grid(Some(GridAsk {
            metric: "future_value".into(),
            across: "retention".into(),
            down: "discount".into(),
            of: None,
        })),
        Change::Seek(0, Some(goal("future_value", 2_000_000.0, "retention"))),
        Change::Simulate(Simulation {
            draws: 300,
            metric: "future_value".into(),
            ..Simulation::default()
        }),
    ];
    let want = scenario_want(changes, &["future_value", "payback_months"]);
    let found = asked(want, Orders::Sample);
    let comparison = found.comparison.unwrap();
    assert_eq!(comparison.columns.len(), 2);
    assert!(
        comparison.rows[0].cells[1].difference.unwrap() > 0.0 && comparison.rows[0].cells[1].best
    );
    let shares = comparison.columns[1].shares.clone().unwrap().unwrap();
    assert_eq!(shares.parts.len(), 1);
    assert!(found.tornado.unwrap().unwrap().bars.len() > 3);
    assert!(found.grid.unwrap().unwrap().rows.len() > 5);
    assert!(!found.goals[0].clone().unwrap().curve.is_empty());
    let simulated = found.simulation.unwrap().unwrap();
    assert_eq!((simulated.drawn, found.more), (300, false));
    assert!(simulated.p10 < simulated.p90);
    assert_eq!(simulated.drivers[0].key, "retention");
}

#[test]
fn a_long_simulation_goes_on_where_it_was() {
    let ask = Simulation {
        draws: 2_500,
        metric: "future_value".into(),
        ..Simulation::default()
    };
    let changes = vec![
        Change::Uncertain(
            "retention".into(),
            Range::read("retention", "70 to 95", None).ok(),
        ),
        Change::Simulate(ask),
    ];
    let want = of_scenarios(ScenarioWant {
        compare: false,
        ..scenario_want(changes, &[])
    });
    let mut session = Session::new(SLICE);
    let mut answer = |job: Job| run(&mut session, job, &Memory::default(), &Never, &mut |_| {}).0;
    answer(Job::Build {
        orders: Orders::Sample,
        as_of: None,
    });
    answer(Job::Commit);
    let mut parts = Vec::new();
    loop {
        let job = Job::Evaluate {
            assumptions: Assumptions::default(),
            as_of: None,
            want: want.clone(),
        };
        let Reply::Results(results) = answer(job) else {
            panic!()
        };
        let found = results.of_page().scenarios.unwrap();
        parts.push(found.simulation.unwrap().unwrap().drawn);
        if !found.more {
            break;
        }
    }
    assert_eq!(parts, [1_000, 2_000, 2_500]);
}

// The deal, without any orders.

fn of_deal(changes: Vec<Change>) -> ScenarioResults {
    asked(scenario_want(changes, &[]), Orders::None)
}

fn seek_deal(metric: &str, target: f64, key: &str) -> Change {
    Change::Seek(usize::MAX, Some(goal(metric, target, key)))
}

#[test]
fn g1_goals_find_the_golden_deals_limits() {
    let found = of_deal(vec![
        seek_deal("deal_npv", 0.0, "deal_retention"),
        seek_deal("deal_npv", 0.0, "deal_discount"),
        seek_deal("deal_npv", 39_212.79, "deal_volume"),
        seek_deal("deal_npv", 1e9, "deal_retention"),
    ]);
    let first = |at: usize| found.goals[at].clone().unwrap().solutions[0].clone();
    assert_eq!(format!("{:.2}", first(0).at), "53.31");
    assert_eq!(format!("{:.2}", first(1).at), "19.28");
    assert_eq!(first(2).input, "10000");
    let never = found.goals[3].clone().unwrap();
    assert!(never.solutions.is_empty());
    assert_eq!(format!("{:.2}", never.nearest.unwrap().value), "68854.12");
    assert!(first(0).value.abs() < 1e-6);
}

#[test]
fn g1_scenarios_of_the_golden_deal() {
    let found = of_deal(vec![
        add("13 % discount", &[("deal_discount", "13")]),
        add(
            "Both",
            &[("deal_discount", "13"), ("deal_retention", "100")],
        ),
        Change::Tornado(Some(TornadoAsk {
            metric: "deal_npv".into(),
            percent: Some(10.0),
            of: None,
        })),
        Change::Grid(Some(GridAsk {
            metric: "deal_npv".into(),
            across: "deal_discount".into(),
            down: "deal_volume".into(),
            of: Some(1),
        })),
    ]);
    let comparison = found.comparison.unwrap();
    let cell = |row: usize, column: usize| comparison.rows[row].cells[column].clone();
    let value = |row: usize, column: usize| {
        perennial::view::number::to_f64(cell(row, column).figure.unwrap().value.unwrap())
    };
    assert_eq!(comparison.rows[0].metric, "deal_npv");
    assert_eq!(format!("{:.2}", value(0, 0)), "39212.79");
    assert_eq!(format!("{:.2}", value(0, 1)), "21824.94");
    let shares = comparison.columns[2].shares.clone().unwrap().unwrap();
    let sum: f64 = shares.parts.iter().map(|part| part.value).sum();
    assert!((sum - (shares.to - shares.from)).abs() < 1e-9);
    let signs: Vec<bool> = shares.parts.iter().map(|part| part.value > 0.0).collect();
    assert_eq!(signs, [false, true]);
    // The longest bars by brute force.
    let bars = found.tornado.unwrap().unwrap().bars;
    let mut swings: Vec<(f64, &str)> = Vec::new();
    for spec in registry::assumptions() {
        if !matches!(spec.kind, Kind::Number { .. }) {
            continue;
        }
        let npv = |factor: f64| {
            let mut resolved = registry::resolve(&Assumptions::default(), &Estimates::new());
            let now: f64 = spec.default.parse().unwrap();
            let text = perennial::assumptions::resolve::canonical(spec, now * factor).unwrap();
            resolved.put(spec.key, text);
            perennial::deals::Terms::read(&resolved).npv()
        };
        swings.push(((npv(1.1) - npv(0.9)).abs(), spec.key));
    }
    swings.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (bar, (_, key)) in bars.iter().zip(&swings).take(6) {
        assert_eq!(bar.key, *key);
    }
    let heat = found.grid.unwrap().unwrap();
    let (column, row) = (heat.now.0.unwrap() as usize, heat.now.1.unwrap() as usize);
    assert_eq!(
        (heat.across[column].as_str(), heat.down[row].as_str()),
        ("13", "10000")
    );
    assert_eq!(
        format!("{:.2}", heat.rows[row][column].unwrap()),
        "21824.94"
    );
}

#[test]
fn d9_the_golden_deal_is_simulated_at_once() {
    let range = |key: &str, text: &str| {
        Change::Uncertain(key.into(), Some(Range::read(key, text, None).unwrap()))
    };
    let ranges = vec![
        range("deal_volume", "6000 to 14000"),
        range("deal_retention", "60 to 95"),
        range("deal_cost", "6.8; 7.1; 7.9"),
    ];
    let found = of_deal(ranges.clone());
    let simulated = found.simulation.unwrap().unwrap();
    assert_eq!(
        (simulated.drawn, simulated.without, found.more),
        (10_000, 0, false)
    );
    assert_eq!(format!("{:.2}", simulated.likely.unwrap()), "39212.79");
    assert!(simulated.below_zero > 0.0 && simulated.below_zero < 0.5);
    assert!(simulated.paid_back.unwrap() > 0.1);
    assert_eq!(simulated.drivers.len(), 3);
    // The quick way and the long way draw the same.
    let mut slow = ranges;
    slow.push(Change::Simulate(Simulation {
        metric: "deal_margin_today".into(),
        draws: 500,
        ..Simulation::default()
    }));
    let slow = of_deal(slow).simulation.unwrap().unwrap();
    assert_eq!(
        (slow.drawn, slow.metric.as_str()),
        (500, "deal_margin_today")
    );
    assert!((slow.likely.unwrap() - 57_000.0 - 39_212.79).abs() < 0.01);
    assert!((slow.p50 - 57_000.0 - simulated.p50).abs() < 5_000.0);
}

#[test]
fn every_figure_has_a_direction_that_somebody_has_thought_of() {
    use perennial::scenario::{Better, better};
    let less = |key: &str| better(key) == Better::Less;
    for key in [
        "deal_payback",
        "deal_floor_price",
        "deal_fail_cost",
        "payback_months",
        "deal_outlay",
        "deal_late",
    ] {
        assert!(less(key), "{key}");
    }
    for key in [
        "deal_npv",
        "deal_irr",
        "deal_ltv_cac",
        "deal_max_discount",
        "lifetime_value",
        "deal_contribution",
    ] {
        assert_eq!(better(key), Better::More, "{key}");
    }
}
