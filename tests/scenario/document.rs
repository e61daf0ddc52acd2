//! The part of the document: edits, storage, links and files.

use perennial::assumptions::spec::Kind;
use perennial::codec::{link, project, wire};
use perennial::document::{Desk, Document, Edit, Part, StepName};
use perennial::registry;
use perennial::scenario::{
    Change, Goal, GridAsk, MOST_SCENARIOS, Range, Scenarios, Shape, Simulation, TornadoAsk,
};
use proptest::prelude::*;
use serde_json::{Value, json};

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
pub(crate) fn desk_after(changes: Vec<Change>) -> Desk {
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
            Err(refused) => assert!(!refused.to_string().is_empty()),
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

pub(crate) fn add(name: &str, changes: &[(&str, &str)]) -> Change {
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
        assert!(refused.to_string().contains(word), "{refused}");
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
            .to_string()
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
