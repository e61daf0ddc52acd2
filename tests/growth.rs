//! Upsells and levers: the worked examples by their ids, and what holds for every catalogue.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::pedantic
)]

use perennial::assumptions::{Effect, Estimates, Kind, parse};
use perennial::codec::{link, project, wire};
use perennial::deals;
use perennial::document::Desk;
use perennial::growth::attach::{AccountStream, Streams};
use perennial::growth::inputs::GROUPS;
use perennial::growth::{
    Beside, Case, Change, Ground, Growth, Item, LeverBoard, Month, To, Tracked, Worth, best, wilson,
};
use perennial::registry;
use perennial::value::Timing;
use perennial::value::methods::{Outlook, l7_horizon};
use proptest::prelude::*;
use serde_json::{Value, json};

const OUTLOOK: Outlook = Outlook {
    retention_per_year: 0.8,
    discount_per_year: 0.1,
    growth_per_year: 0.0,
    horizon_years: 5,
    timing: Timing::End,
};

fn set(id: u32, values: &[(&str, &str)]) -> Vec<Change> {
    let one =
        |(key, value): &(&str, &str)| Change::Set(id, (*key).to_owned(), Some((*value).to_owned()));
    values.iter().map(one).collect()
}

fn business(values: &[(&str, &str)]) -> Vec<Change> {
    let one = |(key, value): &(&str, &str)| {
        Change::Business((*key).to_owned(), Some((*value).to_owned()))
    };
    values.iter().map(one).collect()
}

fn after(changes: impl IntoIterator<Item = Change>) -> Growth {
    changes
        .into_iter()
        .fold(Growth::default(), |growth, change| {
            growth.changed(change).unwrap().growth
        })
}

fn worth(growth: &Growth, at: usize, outlook: &Outlook) -> Worth {
    let terms = growth.offers()[at].terms();
    Worth::of(&terms, &growth.business(&Estimates::new()), outlook)
}

#[test]
fn v33_upsell_value() {
    let mut changes = business(&[("accounts", "1200"), ("hour_cost", "0")]);
    changes.extend(set(
        1,
        &[
            ("eligible", "100"),
            ("attach", "18"),
            ("fee", "3.75"),
            ("term", "1"),
            ("kept", "0"),
            ("orders", "0"),
        ],
    ));
    let undiscounted = Outlook {
        discount_per_year: 0.0,
        ..OUTLOOK
    };
    let found = worth(&after(changes), 0, &undiscounted);
    assert_eq!(format!("{:.0}", found.customers), "216");
    assert_eq!(format!("{:.2}", found.value), "810.00");
    assert_eq!(found.value, found.fees);
}

#[test]
fn s33_the_parts_of_an_offer_add_up_and_better_retention_stands_apart() {
    let changes = set(2, &[("campaign", "2500"), ("orders", "10"), ("fee", "1")]);
    let found = worth(&after(changes), 1, &OUTLOOK);
    // 100 accounts, 70 % of them eligible, a quarter takes it.
    assert!((found.customers - 17.5).abs() < 1e-12);
    // A fee below the cost of 24 hours at 60.
    assert!((found.margin - (1.0 - 1440.0)).abs() < 1e-9 && found.fees < 0.0);
    let better = Outlook {
        retention_per_year: 0.84,
        ..OUTLOOK
    };
    let (today, better) = (
        l7_horizon::multiple(&OUTLOOK),
        l7_horizon::multiple(&better),
    );
    assert!((found.retention - 17.5 * 20_000.0 * (better - today)).abs() < 1e-6);
    assert!((found.orders - 17.5 * 20_000.0 * 0.1 * better).abs() < 1e-6);
    let sum = found.fees + found.retention + found.orders - 2500.0;
    assert!((found.value - sum).abs() < 1e-9);
    assert!((found.hours - 420.0).abs() < 1e-9);
    assert_eq!(found.value_per_hour, Some(found.value / found.hours));
}

#[test]
fn s33_the_four_examples_are_there_and_can_be_edited() {
    let growth = Growth::default();
    assert!(growth.is_example() && growth.is_empty());
    let names: Vec<String> = growth
        .offers()
        .iter()
        .map(|o| o.name().to_owned())
        .collect();
    assert_eq!(
        names,
        [
            "New Program Readiness",
            "Revision Control & Change Support",
            "Priority Quality Response",
            "Forecast & Capacity Assurance"
        ]
    );
    for offer in growth.offers().iter() {
        assert!(worth(&growth, 0, &OUTLOOK).value > 0.0);
        for (key, value) in offer.values() {
            let spec = GROUPS[1].1.iter().find(|spec| spec.key == key).unwrap();
            assert_eq!(parse(spec, value).unwrap().as_str(), value, "{key}");
        }
    }
    let more = after([Change::Add("Audit".into()), Change::Add("Audit".into())]);
    assert_eq!(more.offers().len(), 6);
    assert_eq!(more.offers()[5].name(), "Audit 2");
    let fewer = after([Change::Delete(1), Change::Rename(2, "Revisions".into())]);
    assert_eq!(
        (fewer.offers().len(), fewer.offers()[0].name()),
        (3, "Revisions")
    );
    assert_eq!(fewer.changed(Change::Examples).unwrap().growth, growth);
}

#[test]
fn s34_the_customers_own_case() {
    let growth = Growth::default();
    let case = Case::of(&growth.offers()[2].terms());
    // 8,400 a year, 500 an hour: it pays if it saves 1.4 hours a month.
    assert_eq!(case.break_even_hours, Some(1.4));
    assert!(case.unknown && case.payback_months.is_none());
    let known = after(set(
        3,
        &[("down_hours", "2"), ("expedites", "3"), ("rework", "600")],
    ));
    let case = Case::of(&known.offers()[2].terms());
    assert_eq!(
        (case.downtime, case.expedites, case.rework),
        (12_000.0, 1_200.0, 600.0)
    );
    assert_eq!((case.net, case.unknown), (5_400.0, false));
    assert!((case.roi.unwrap() - 5_400.0 / 8_400.0).abs() < 1e-12);
    assert!((case.payback_months.unwrap() - 12.0 * 8_400.0 / 13_800.0).abs() < 1e-12);
    assert_eq!(case.break_even_hours, Some(1.1));
    let unknown = after(set(3, &[("down_cost", "0")]));
    assert_eq!(
        Case::of(&unknown.offers()[2].terms()).break_even_hours,
        None
    );
}

#[test]
fn s35_conversion_has_an_interval_and_an_honest_end_at_zero() {
    let (low, high) = wilson(12, 40);
    assert_eq!(format!("{low:.4} {high:.4}"), "0.1807 0.4543");
    assert_eq!(wilson(0, 12), (0.0, 0.25));
    assert_eq!(wilson(12, 12), (0.75, 1.0));
    assert_eq!(wilson(0, 0), (0.0, 1.0));
    let month = |month: &str, offered, taken| Month {
        offer: 2,
        month: month.into(),
        offered,
        taken,
    };
    let growth = after([
        Change::Record(month("2026-03", 10, 4)),
        Change::Record(month("2025-02", 20, 5)),
        Change::Record(month("2025-03", 10, 2)),
        Change::Record(month("2025-04", 10, 1)),
        Change::Record(month("2026-03", 10, 3)),
    ]);
    let months: Vec<&Month> = growth.record().iter().collect();
    let tracked = Tracked::of(
        &months,
        Some(months.iter().map(|m| m.number()).max().unwrap()),
        100.0,
    );
    assert_eq!((tracked.offered, tracked.taken), (50, 11));
    // The last twelve months on record begin with April 2025.
    assert_eq!((tracked.taken_last_year, tracked.run_rate), (4, 400.0));
    assert_eq!(tracked.months[0].0, "2025-02");
    for (wrong, word) in [
        (month("March", 1, 1), "2026-03"),
        (month("2026-13", 1, 1), "2026-03"),
        (month("2026-03", 1, 2), "No more can be taken"),
        (
            Month {
                offer: 9,
                ..month("2026-03", 1, 1)
            },
            "not there any more",
        ),
    ] {
        let why = growth.changed(Change::Record(wrong)).unwrap_err();
        assert!(why.to_string().contains(word), "{why}");
    }
    let forgotten = growth
        .changed(Change::Record(month("2026-03", 0, 0)))
        .unwrap()
        .growth;
    assert_eq!(forgotten.record().len(), 3);
}

#[test]
fn offers_attached_to_a_deal_or_an_account_show_with_and_without() {
    let resolved = registry::resolve(&Default::default(), &Estimates::new());
    let deal = deals::Terms::read(&resolved);
    let growth = after([
        Change::Attach(To::Deal, 3, true),
        Change::Attach(To::Account("Acme".into()), 2, true),
        Change::Attach(To::Account("Acme".into()), 2, true),
        Change::Attach(To::Deal, 1, true),
        Change::Attach(To::Deal, 1, false),
    ]);
    assert_eq!(growth.attached(&To::Deal), [3]);
    assert_eq!(growth.attached(&To::Account("Acme".into())), [2]);
    let stream = AccountStream {
        cac: 5_000.0,
        year: 20_000.0,
        outlook: OUTLOOK,
    };
    let board = growth.board(&Ground {
        outlook: OUTLOOK,
        estimates: vec![("accounts_active", 321.0)],
        deal,
        account: Some(("Acme".into(), Ok(stream))),
    });
    assert_eq!(board.business[0].value, "321");
    let value = deal.npv();
    assert!((board.deal.without.value - value).abs() < 1e-9 * value.abs());
    assert!(board.deal.with.value > value && board.deal.each.len() == 1);
    assert!((board.deal.each[0].1 - (board.deal.with.value - value)).abs() < 1e-9);
    assert!(board.deal.with.payback_years < board.deal.without.payback_years);
    let account = board.account.unwrap();
    assert_eq!(account.name, "Acme");
    assert_eq!(
        growth.accounts().into_iter().collect::<Vec<_>>(),
        [("Acme", 1)]
    );
    let account = account.beside.unwrap();
    let without = 20_000.0 * l7_horizon::multiple(&OUTLOOK) - 5_000.0;
    assert!((account.without.value - without).abs() < 1e-9);
    assert_eq!(account.without.years.len(), 5);
    // Two years of 4,800 less 24 hours at 60; then only better retention.
    let (with, alone) = (&account.with.years, &account.without.years);
    assert!((with[0] - alone[0] - 3_360.0).abs() < 1e-9);
    assert!((with[2] - 20_000.0 * 0.84 * 0.84).abs() < 1e-9);
    assert!((with[4] - 20_000.0 * 0.84_f64.powi(4)).abs() < 1e-9);
}

#[test]
fn every_timing_gives_the_account_its_l7_value() {
    for timing in [Timing::End, Timing::Mid, Timing::Start, Timing::Monthly] {
        let outlook = Outlook {
            timing,
            growth_per_year: 0.03,
            ..OUTLOOK
        };
        let stream = AccountStream {
            cac: 0.0,
            year: 1.0,
            outlook,
        };
        let found = stream.flows(0.0, 0.0).npv(0.1);
        assert!(
            (found - l7_horizon::multiple(&outlook)).abs() < 1e-12,
            "{timing:?}"
        );
        let none = Beside::of(&stream, &[], &Growth::default().business(&Estimates::new()));
        assert_eq!(none.with, none.without);
    }
}

#[test]
fn s13_levers_interact() {
    let growth = Growth::default();
    let board = LeverBoard::of(&growth.levers(&Estimates::new()), &OUTLOOK);
    // 25,000 x 2 parts x 1 plant x (1 - 15 % x 40 %).
    assert!((board.year - 47_000.0).abs() < 1e-9);
    assert!((board.retention - 0.85 * 0.85_f64.sqrt()).abs() < 1e-12);
    assert_eq!(board.rows[0].key, "plants");
    assert!(
        (board.rows[0].alone - board.value).abs() < 1e-6,
        "a second plant doubles it"
    );
    let alone: f64 = board.rows.iter().map(|row| row.alone).sum();
    let shared: f64 = board.rows.iter().map(|row| row.together).sum();
    assert!((shared - board.together).abs() < 1e-9 * board.together);
    assert!(board.interaction > 0.0 && (board.together - alone - board.interaction).abs() < 1e-6);
    // A part more than we could make adds nothing.
    let lever = |key: &str, value: &str| Change::Lever(key.into(), Some(value.into()));
    let full = after([lever("parts", "10")]);
    let board = LeverBoard::of(&full.levers(&Estimates::new()), &OUTLOOK);
    assert_eq!(
        board
            .rows
            .iter()
            .find(|row| row.key == "parts")
            .unwrap()
            .alone,
        0.0
    );
    let end = after([lever("repeat", "100")]);
    let board = LeverBoard::of(&end.levers(&Estimates::new()), &OUTLOOK);
    let repeat = board.rows.iter().find(|row| row.key == "repeat").unwrap();
    assert_eq!((repeat.to.as_str(), repeat.alone), ("100", 0.0));
    assert!(
        board
            .bars
            .windows(2)
            .all(|pair| pair[0].swing() >= pair[1].swing())
    );
}

#[test]
fn every_value_takes_its_good_and_refuses_its_bad_examples() {
    for (group, specs) in GROUPS {
        for spec in *specs {
            assert!(parse(spec, spec.default).is_ok(), "{group} {}", spec.key);
            for good in spec.good {
                assert!(parse(spec, good).is_ok(), "{group} {}: {good}", spec.key);
            }
            for bad in spec.bad {
                assert!(parse(spec, bad).is_err(), "{group} {}: {bad}", spec.key);
            }
            assert!(!spec.help.is_empty() && !spec.enters.is_empty());
        }
    }
}

#[test]
fn more_of_a_value_does_what_it_is_said_to_do() {
    let ground = Ground {
        outlook: OUTLOOK,
        estimates: Vec::new(),
        deal: deals::Terms::read(&registry::resolve(&Default::default(), &Estimates::new())),
        account: None,
    };
    for (group, specs) in GROUPS {
        for spec in *specs {
            let Kind::Number { usual, .. } = spec.kind else {
                continue;
            };
            let at = |value: &str| {
                let (key, value) = (spec.key.to_owned(), Some(value.to_owned()));
                let change = match *group {
                    "business" => Change::Business(key, value),
                    "offer" => Change::Set(4, key, value),
                    _ => Change::Lever(key, value),
                };
                let board = after([change]).board(&ground);
                match *group {
                    "business" => board.mix.value,
                    "offer" => board.offers[3].worth.value,
                    _ => board.levers.value,
                }
            };
            let (low, high) = (at(usual.0), at(usual.1));
            match spec.effect {
                Effect::Up => assert!(high > low, "{group} {}", spec.key),
                Effect::Down => assert!(high < low, "{group} {}", spec.key),
                Effect::None => {}
            }
        }
    }
}

/// By all sets.
fn brute(items: &[Item], hours: f64) -> f64 {
    let mut most = 0.0_f64;
    for set in 0..1_u32 << items.len() {
        let chosen = || {
            (0..items.len())
                .filter(|at| set >> at & 1 == 1)
                .map(|at| items[at])
        };
        if chosen().map(|item| item.hours).sum::<f64>() <= hours + 1e-9 {
            most = most.max(chosen().map(|item| item.value).sum());
        }
    }
    most
}

fn any_change() -> impl Strategy<Value = Change> {
    let keys: Vec<&'static str> = GROUPS[1].1.iter().map(|spec| spec.key).collect();
    let own = |group: usize| {
        let keys: Vec<&'static str> = GROUPS[group].1.iter().map(|spec| spec.key).collect();
        (prop::sample::select(keys), prop::option::of(0..90_u32))
            .prop_map(|(key, value)| (key.to_owned(), value.map(|v| v.to_string())))
    };
    let id = || 1..7_u32;
    let to = prop_oneof![Just(To::Deal), "[A-Za-zäß ]{1,8}".prop_map(To::Account)];
    prop_oneof![
        1 => ".{0,70}".prop_map(Change::Add),
        1 => (id(), ".{0,70}").prop_map(|(id, name)| Change::Rename(id, name)),
        1 => (id(), ".{0,30}").prop_map(|(id, about)| Change::About(id, about)),
        3 => (id(), prop::sample::select(keys), prop::option::of(1..20_u32)).prop_map(
            |(id, key, value)| Change::Set(id, key.into(), value.map(|v| v.to_string()))
        ),
        1 => (id(), 0..6_usize).prop_map(|(id, to)| Change::Move(id, to)),
        1 => id().prop_map(Change::Delete),
        1 => Just(Change::Examples),
        1 => own(0).prop_map(|(key, value)| Change::Business(key, value)),
        1 => own(2).prop_map(|(key, value)| Change::Lever(key, value)),
        2 => (id(), 1..13_u32, 0..9_u32, 0..9_u32).prop_map(|(offer, month, offered, taken)| {
            Change::Record(Month { offer, month: format!("2026-{month:02}"), offered, taken })
        }),
        2 => (to, id(), any::<bool>()).prop_map(|(to, id, on)| Change::Attach(to, id, on)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn the_best_mix_is_the_best(
        items in prop::collection::vec((0..40_u32, -20..200_i32), 0..11),
        hours in 0..120_u32,
    ) {
        let items: Vec<Item> = items
            .iter()
            .map(|(h, v)| Item { hours: f64::from(*h), value: f64::from(*v) })
            .collect();
        let mix = best(&items, f64::from(hours));
        prop_assert!(mix.exact);
        prop_assert_eq!(mix.value, brute(&items, f64::from(hours)));
        prop_assert!(mix.hours <= f64::from(hours));
        let worthy = items.iter().filter(|item| item.value > 0.0).map(|item| item.value).sum::<f64>();
        prop_assert_eq!(mix.binds, mix.value < worthy);
    }

    #[test]
    fn twenty_offers_are_always_done_exactly(
        items in prop::collection::vec((1.0..100.0_f64, 1.0..100.0_f64), 20),
        share in 0.05..0.95_f64,
    ) {
        let items: Vec<Item> = items.iter().map(|(hours, value)| Item { hours: *hours, value: *value }).collect();
        let all: f64 = items.iter().map(|item| item.hours).sum();
        prop_assert!(best(&items, share * all).exact);
    }

    #[test]
    fn upsells_come_back_from_storage_and_files_and_are_never_in_links(
        changes in prop::collection::vec(any_change(), 1..40),
    ) {
        let mut desk = Desk::default();
        for change in changes {
            match desk.document().with_growth(change) {
                Ok(edit) => desk.apply(edit).unwrap(),
                Err(refused) => prop_assert!(!refused.to_string().is_empty()),
            }
            desk.seal();
        }
        let growth = &desk.document().growth;
        let (stored, history, repairs) = wire::unstored(wire::stored(desk.document(), desk.history()));
        prop_assert_eq!(repairs, []);
        prop_assert_eq!(&stored.growth, growth);
        prop_assert_eq!(history.undo_name(), desk.history().undo_name());
        let opened = project::read(project::write(desk.document(), &[]).as_bytes()).unwrap();
        prop_assert_eq!(opened.repairs, []);
        prop_assert_eq!(&opened.document.growth, growth);
        let link = link::decode(&link::encode(desk.document(), &[]).query).unwrap();
        prop_assert!(link.document.growth.is_empty());
        while desk.undo() {}
        prop_assert!(desk.document().growth.is_empty());
    }

    #[test]
    fn any_json_restores_to_a_valid_catalogue(value in any_json()) {
        let (found, _) = Growth::restore(&value);
        let (again, unread) = Growth::restore(&serde_json::to_value(&found).unwrap());
        prop_assert_eq!(unread, vec![]);
        prop_assert_eq!(again, found);
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let names = vec![
        "offers", "business", "levers", "record", "attached", "id", "name", "about", "values",
        "fee", "term", "accounts", "repeat", "offer", "month", "offered", "taken", "deal",
        "account", "x",
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        (0..120_i64).prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        Just(json!("2026-03")),
        Just(json!("deal")),
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
