//! Laws of the document: edits, undo, storage, links and project files.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::pedantic
)]

use perennial::assumptions::spec::Kind;
use perennial::base::Date;
use perennial::codec::{envelope, link, project, wire};
use perennial::document::{
    Desk, Display, Document, Edit, History, MarkChange, PERSISTED, TableChoice, Theme, restore,
    restore_history,
};
use perennial::ingest::layout::Layout;
use perennial::orders::plan::{FilePlan, Import, Orders, Rate};
use perennial::registry;
use proptest::prelude::*;
use serde_json::{Value, json};

fn set(key: &str, value: &str) -> Edit {
    Edit::Set {
        key: key.into(),
        value: value.into(),
        shown: None,
    }
}

fn layout(headers: &[&str]) -> Layout {
    let columns: Vec<Value> = headers
        .iter()
        .map(|header| {
            json!({"header": header, "role": "account", "certainty": "confirmed",
                   "evidence": "41 of 50 values", "date_order": null, "decimal": null,
                   "samples": ["Secret Customer Ltd"]})
        })
        .collect();
    let mut value = serde_json::to_value(Layout::default()).unwrap();
    value["columns"] = columns.into();
    serde_json::from_value(value).unwrap()
}

fn files(names: &[String]) -> Orders {
    let plan = |name: &String| FilePlan {
        file: 7,
        id: format!("id-of-{name}"),
        name: name.clone(),
        size: 10,
        sheet: None,
        layout: layout(&["Customer", "Net"]),
        fixes: Vec::new(),
    };
    Orders::Files(Import {
        files: names.iter().map(plan).collect(),
        base_currency: Some("EUR".into()),
        rates: vec![Rate {
            currency: "USD".into(),
            rate: "0.92".into(),
            date: Date::new(2026, 1, 31),
        }],
    })
}

/// Any value that the registry accepts for any assumption.
fn any_set() -> impl Strategy<Value = Edit> {
    let specs: Vec<_> = registry::assumptions().collect();
    (prop::sample::select(specs), 0.0..=1.0_f64).prop_map(|(spec, share)| {
        let value = match spec.kind {
            Kind::Toggle => if share < 0.5 { "on" } else { "off" }.to_string(),
            Kind::Choice(options) => {
                let at = (share * (options.len() - 1) as f64).round() as usize;
                options[at].0.to_string()
            }
            Kind::ByDate(..) => {
                format!("2026-01-01: -{}; 2026-05-01: 1,5", (share * 100.0).round())
            }
            Kind::Steps(_) => format!("0: {}; 10: 5", (share * 50.0).round()),
            Kind::ByQuantity(..) => format!("1-9: {}; 10+: 1,5", (share * 100.0).round()),
            Kind::ByName(..) => format!("Größe & Söhne = {}; B=1", (share * 100.0).round()),
            Kind::Number {
                usual: (low, high), ..
            } => {
                let (low, high): (f64, f64) = (low.parse().unwrap(), high.parse().unwrap());
                format!("{}", (low + share * (high - low)).round())
            }
        };
        set(spec.key, &value)
    })
}

fn any_edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        8 => any_set(),
        2 => prop::sample::select(registry::assumptions().map(|s| s.key).collect::<Vec<_>>())
            .prop_map(|key| Edit::Reset { key: key.into() }),
        1 => Just(Edit::ResetAll),
        1 => Just(Edit::SetOrders(Orders::None)),
        1 => Just(Edit::SetOrders(Orders::Sample)),
        1 => prop::collection::vec("[a-z]{1,8}\\.csv", 1..3)
            .prop_map(|names| Edit::SetOrders(files(&names))),
        1 => (0..20_000_i32).prop_map(|day| Edit::SetAsOf(Some(Date::from_days(day)))),
        1 => Just(Edit::SetAsOf(None)),
        1 => prop::collection::vec("[A-Za-z ]{1,9}", 1..4).prop_map(|headers| {
            Edit::Remember(layout(&headers.iter().map(String::as_str).collect::<Vec<_>>()))
        }),
        1 => ".{0,20}".prop_map(|search| Edit::SetTable(TableChoice {
            search, descending: true, filters: vec![("segment".into(), "Aero, \"x\"".into())],
            ..TableChoice::default()
        })),
        1 => Just(Edit::SetDisplay(Display {
            locale: Some("de-DE".into()), currency: Some("EUR".into()), theme: Theme::Dark, no_single_keys: true,
            company: "Muster & Söhne".into()
        })),
        1 => any::<bool>().prop_map(Edit::KeepOrders),
    ]
}

fn through_storage(desk: &Desk) -> (Document, History) {
    let text = envelope::seal(3, &wire::stored(desk.document(), desk.history()));
    let found = envelope::open(&text).unwrap();
    let (document, history, repairs) = wire::unstored(found.body);
    assert_eq!(repairs, []);
    (document, history)
}

proptest! {
    #[test]
    fn undo_restores_and_redo_brings_back(edits in prop::collection::vec((any_edit(), any::<bool>()), 1..40)) {
        let mut desk = Desk::default();
        let mut states = vec![desk.document().clone()];
        for (edit, seal) in edits {
            desk.apply(edit).unwrap();
            if seal { desk.seal(); }
            states.push(desk.document().clone());
        }
        let last = desk.document().clone();
        let mut back = Vec::new();
        while let Some(name) = desk.history().undo_name() {
            prop_assert!(!name.is_empty());
            back.push(desk.document().clone());
            prop_assert!(desk.undo());
            prop_assert!(states.iter().any(|state| state.same_work(desk.document())));
        }
        prop_assert!(desk.document().same_work(&states[0]));
        for expected in back.iter().rev() {
            prop_assert!(desk.redo());
            prop_assert_eq!(desk.document(), expected);
        }
        prop_assert_eq!(desk.document(), &last);
    }

    #[test]
    fn storage_gives_back_what_it_was_given(edits in prop::collection::vec(any_edit(), 1..40)) {
        let mut desk = Desk::default();
        for edit in edits {
            desk.apply(edit).unwrap();
            desk.seal();
        }
        let (document, mut history) = through_storage(&desk);
        prop_assert_eq!(&document, desk.document());
        let mut stored = desk.history().clone();
        let (mut at, mut was) = (document.clone(), document);
        for _ in 0..PERSISTED {
            prop_assert_eq!(history.undo_name(), stored.undo_name());
            match (history.undo(&at), stored.undo(&was)) {
                (Some(a), Some(b)) => { prop_assert_eq!(&a, &b); (at, was) = (a, b); }
                (None, None) => break,
                _ => prop_assert!(false, "one history is shorter"),
            }
        }
    }

    #[test]
    fn a_project_file_gives_back_the_work_without_sample_values(edits in prop::collection::vec(any_edit(), 1..30)) {
        let mut desk = Desk::default();
        for edit in edits { desk.apply(edit).unwrap(); }
        let text = project::write(desk.document(), &[]);
        prop_assert!(!text.contains("Secret"));
        let opened = project::read(text.as_bytes()).unwrap();
        prop_assert_eq!(opened.repairs, []);
        let kept = Document { keep_orders: true, ..desk.document().clone() };
        prop_assert_eq!(opened.document, kept);
    }

    #[test]
    fn a_link_gives_back_the_assumptions_and_nothing_else(edits in prop::collection::vec(any_edit(), 1..30)) {
        let mut desk = Desk::default();
        for edit in edits { desk.apply(edit).unwrap(); }
        let link = link::encode(desk.document(), &[]);
        prop_assert!(link::is_link(&link.query));
        let opened = link::decode(&link.query).unwrap();
        prop_assert_eq!(opened.repairs, []);
        prop_assert_eq!(&opened.document.as_of, &desk.document().as_of);
        let values = |document: &Document| -> Vec<(String, String)> {
            document.assumptions.chosen.iter().map(|(k, s)| (k.clone(), s.value.clone())).collect()
        };
        prop_assert_eq!(values(&opened.document), values(desk.document()));
        prop_assert!(link.query.len() < 2_000, "{}", link.query.len());
        for secret in ["csv", "Secret", "Customer", "Aero", "EUR"] {
            prop_assert!(!link.query.contains(secret));
        }
        for end in 0..link.query.len() {
            if let Some(cut) = link.query.get(..end) {
                prop_assert!(link::decode(cut).is_err(), "{cut}");
            }
        }
    }

    #[test]
    fn any_bytes_can_be_decoded(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let text = String::from_utf8_lossy(&bytes);
        let _ = link::decode(&text);
        let _ = envelope::open(&text);
        let _ = project::read(&bytes);
    }

    #[test]
    fn any_json_restores_to_a_valid_document(value in any_json()) {
        let (document, _) = restore(&value);
        let again = wire::stored(&document, &History::default());
        let (same, _, repairs) = wire::unstored(again);
        prop_assert_eq!(repairs, []);
        prop_assert_eq!(&same.assumptions, &document.assumptions);
        prop_assert_eq!(&same.orders, &document.orders);
        let _ = restore_history(&value, &document);
        let _ = wire::unstored(value);
    }

    #[test]
    fn any_query_can_be_decoded(query in "(v=[0-9]{1,3}&)?([a-z_%=&0-9A-F.]{0,60})(&z=[A-Za-z0-9_-]{0,40})?(&c=[0-9a-f]{8})?") {
        let _ = link::decode(&query);
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let names = vec![
        "assumptions",
        "orders",
        "as_of",
        "layouts",
        "display",
        "table",
        "keep_orders",
        "files",
        "value",
        "origin",
        "columns",
        "filters",
        "locale",
        "theme",
        "undo",
        "document",
        "retention",
        "gross_margin",
        "x",
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        Just(json!("1e999")),
        Just(json!("NaN")),
        Just(json!("2026-13-40")),
    ];
    leaf.prop_recursive(5, 60, 6, move |inner| {
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

#[test]
fn every_accepted_text_is_canonical_once() {
    for spec in registry::assumptions() {
        for text in spec.good.iter().chain([&spec.default]) {
            let once = perennial::document::canonical(spec.key, text).unwrap();
            let twice = perennial::document::canonical(spec.key, &once).unwrap();
            assert_eq!(once, twice, "{}", spec.key);
        }
    }
}

#[test]
fn a_drag_is_one_step_with_its_first_and_last_value() {
    let mut desk = Desk::default();
    desk.apply(set("gross_margin", "60")).unwrap();
    desk.seal();
    for value in ["59", "58", "57", "56", "55"] {
        desk.apply(set("gross_margin", value)).unwrap();
    }
    desk.seal();
    let name = desk.history().undo_name().unwrap();
    assert!(name.ends_with("60 -> 55 %"), "{name}");
    assert!(name.to_lowercase().contains("gross margin"), "{name}");
    assert!(desk.undo());
    assert_eq!(
        desk.document().assumptions.chosen["gross_margin"].value,
        "60"
    );
    assert_eq!(desk.history().redo_name().as_deref(), Some(name.as_str()));
}

#[test]
fn the_name_takes_the_value_in_use_before() {
    let mut desk = Desk::default();
    desk.apply(Edit::Set {
        key: "gross_margin".into(),
        value: "55".into(),
        shown: Some("61.3".into()),
    })
    .unwrap();
    let name = desk.history().undo_name().unwrap();
    assert!(name.ends_with("61.3 -> 55 %"), "{name}");
}

#[test]
fn a_drag_that_comes_back_leaves_no_step() {
    let mut desk = Desk::default();
    desk.apply(set("gross_margin", "60")).unwrap();
    desk.seal();
    desk.apply(set("gross_margin", "50")).unwrap();
    desk.apply(set("gross_margin", "60")).unwrap();
    assert!(desk.undo());
    assert!(!desk.undo());
}

#[test]
fn a_change_of_view_keeps_redo_and_is_no_step() {
    let mut desk = Desk::default();
    desk.apply(set("gross_margin", "60")).unwrap();
    desk.undo();
    let dark = Display {
        theme: Theme::Dark,
        ..Display::default()
    };
    desk.apply(Edit::SetDisplay(dark.clone())).unwrap();
    assert!(desk.history().undo_name().is_none());
    assert!(desk.redo());
    assert_eq!(*desk.document().display, dark);
}

#[test]
fn what_the_registry_refuses_changes_nothing() {
    let mut desk = Desk::default();
    for (key, value) in [
        ("gross_margin", "1e308"),
        ("gross_margin", "NaN"),
        ("gross_margin", "-"),
        ("no_such_key", "1"),
    ] {
        let refused = desk.apply(set(key, value)).unwrap_err();
        assert!(!refused.to_string().is_empty());
    }
    assert_eq!((desk.document(), desk.edits()), (&Document::default(), 0));
}

#[test]
fn two_hundred_steps_are_kept() {
    let mut desk = Desk::default();
    for day in 0..300 {
        desk.apply(Edit::SetAsOf(Some(Date::from_days(day))))
            .unwrap();
        desk.seal();
    }
    let mut steps = 0;
    while desk.undo() {
        steps += 1;
    }
    assert_eq!(steps, 200);
}

#[test]
fn unknown_fields_survive() {
    let text = r#"{"app":"perennial","schema":1,"assumptions":{"gross_margin":55},
                   "weather":[{"rain":3}],"orders":"none"}"#;
    let opened = project::read(text.as_bytes()).unwrap();
    let again: Value = serde_json::from_str(&project::write(&opened.document, &[])).unwrap();
    assert_eq!(again["weather"], json!([{"rain": 3}]));
    assert_eq!(again["assumptions"]["gross_margin"]["value"], "55");
}

#[test]
fn orders_travel_in_a_project_file_only_when_asked() {
    let mut desk = Desk::default();
    desk.apply(Edit::SetOrders(files(&["a.csv".into()])))
        .unwrap();
    let inside = [
        project::Embedded {
            id: "id-of-a.csv".into(),
            name: "a.csv".into(),
            bytes: b"x,y\n1,2\n".to_vec(),
        },
        project::Embedded {
            id: "b".into(),
            name: "b.csv".into(),
            bytes: vec![0xff, 0xfe, 0x41, 0x00],
        },
    ];
    let opened = project::read(project::write(desk.document(), &inside).as_bytes()).unwrap();
    assert_eq!(opened.files, inside);
    assert!(!project::write(desk.document(), &[]).contains("x,y"));
}

#[test]
fn a_newer_link_or_file_is_read_and_marked() {
    let opened = link::decode("v=99&gross_margin=55&something=1").unwrap();
    assert_eq!(opened.newer, Some(99));
    assert_eq!(
        opened.document.assumptions.chosen["gross_margin"].value,
        "55"
    );
    let file = br#"{"app":"perennial","schema":99,"assumptions":{"gross_margin":"55"},"x":1}"#;
    assert_eq!(project::read(file).unwrap().newer, Some(99));
}

#[test]
fn a_bomb_in_a_link_is_refused() {
    use base64::Engine;
    let bomb = miniz_oxide::deflate::compress_to_vec(&vec![b'a'; 10 << 20], 9);
    let packed = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bomb);
    let query = format!("v=1&z={packed}");
    let check = crc32fast::hash(query.as_bytes());
    let error = link::decode(&format!("{query}&c={check:08x}")).unwrap_err();
    assert_eq!(error.code, "cut_short");
    assert_eq!(
        link::decode(&"v=1&".repeat(40_000)).unwrap_err().code,
        "too_big"
    );
}

#[test]
fn what_is_no_project_file_is_explained() {
    for (bytes, code) in [
        (&b""[..], "cut_short"),
        (b"{\"app\":", "cut_short"),
        (b"[1,2]", "not_ours"),
        (b"order,date", "not_text"),
        (b"{\"app\":\"excel\"}", "not_ours"),
    ] {
        let error = project::read(bytes).unwrap_err();
        assert_eq!(error.code, code, "{error}");
    }
}

#[test]
fn the_first_project_file_still_opens() {
    let opened = project::read(include_bytes!("golden/project-1.json")).unwrap();
    assert_eq!(opened.repairs, []);
    assert_eq!(opened.newer, None);
    let document = &opened.document;
    assert_eq!(document.as_of, Date::new(2026, 3, 31));
    assert_eq!(document.assumptions.chosen["gross_margin"].value, "55");
    assert_eq!(document.assumptions.chosen["retention"].value, "82.5");
    assert_eq!(document.display.currency.as_deref(), Some("EUR"));
    let [plan] = document.orders.files() else {
        panic!("one file");
    };
    assert_eq!(
        (plan.name.as_str(), plan.layout.delimiter),
        ("orders.csv", ';')
    );
    assert_eq!(document.layouts.len(), 1);
}

/// The copy in local storage had the orders of an import whose files were not saved yet when the
/// browser was killed.
#[test]
fn orders_whose_files_were_lost_give_way_to_those_before_them() {
    let with = |name: &str| Document {
        orders: std::sync::Arc::new(files(&[name.to_owned()])),
        ..Document::default()
    };
    let (before, copy) = (with("old.csv"), with("new.csv"));
    let kept = |name: &str| [format!("id-of-{name}")].into_iter().collect();
    let mut document = copy.clone();
    assert!(document.drop_lost_orders(&kept("old.csv"), &before));
    assert_eq!(document.orders, before.orders);
    let mut document = copy.clone();
    assert!(!document.drop_lost_orders(&kept("new.csv"), &before));
    assert_eq!(document.orders, copy.orders);
    // Who keeps none is asked for the files anyway.
    let mut document = Document {
        keep_orders: false,
        ..copy.clone()
    };
    assert!(!document.drop_lost_orders(&kept("old.csv"), &before));
}

#[test]
fn s62_marks_are_the_work_and_never_in_links() {
    let mut desk = Desk::default();
    let mark = |change| Edit::Mark {
        account: "Acme".into(),
        change,
    };
    let until = Date::parse("2026-05-01");
    desk.apply(mark(MarkChange::Snooze(until))).unwrap();
    desk.apply(mark(MarkChange::Note("Ask for rails".into())))
        .unwrap();
    let item = MarkChange::Item("P1".into(), Box::new(MarkChange::Ceased(until)));
    desk.apply(mark(item)).unwrap();
    let (document, _) = through_storage(&desk);
    let found = document.marks.of("Acme").unwrap();
    assert_eq!(
        (found.snoozed_until, found.note.as_str()),
        (until, "Ask for rails")
    );
    assert_eq!(found.items["P1"].ceased, until);
    let name = desk.history().undo_name().unwrap();
    assert_eq!(name, "P1 of Acme marked as ceased");
    assert!(desk.undo() && desk.undo() && desk.undo());
    assert!(desk.document().marks.accounts.is_empty());
    let linked = wire::fields(&document);
    let linked = linked.iter().filter(|(_, _, goes)| goes.link);
    assert!(
        linked
            .into_iter()
            .all(|(_, value, _)| !value.to_string().contains("Acme"))
    );
    // What was opened adds its marks to those there are.
    desk.apply(mark(MarkChange::Note("Mine".into()))).unwrap();
    let opened = Document::default();
    desk.apply(Edit::Adopt {
        document: Box::new(opened),
        what: "a link".into(),
        with_orders: false,
    })
    .unwrap();
    assert_eq!(desk.document().marks.of("Acme").unwrap().note, "Mine");
}

#[test]
fn s23_what_is_judged_is_the_work_and_never_in_links() {
    use perennial::accounts::defection::Origin;
    use perennial::actions::review::{By, Members, Programme, Verdict};
    let mut desk = Desk::default();
    let verdict = Verdict {
        origin: Some(Origin::Sales),
        cannot_be_fixed: false,
    };
    desk.apply(Edit::Judge {
        cause: "salesperson Ann".into(),
        verdict,
    })
    .unwrap();
    let programme = Programme {
        name: "Mailing".into(),
        test: Members {
            by: By::Names,
            text: "Acme".into(),
        },
        ..Programme::default()
    };
    desk.apply(Edit::SetProgramme(Some(Box::new(programme.clone()))))
        .unwrap();
    let (document, _) = through_storage(&desk);
    assert_eq!(document.review.causes["salesperson Ann"], verdict);
    assert_eq!(document.review.programme.as_ref(), Some(&programme));
    let linked = wire::fields(&document);
    for (_, value, _) in linked.iter().filter(|(_, _, goes)| goes.link) {
        assert!(!value.to_string().contains("Ann") && !value.to_string().contains("Acme"));
    }
    assert_eq!(desk.history().undo_name().unwrap(), "the programme");
    assert!(desk.undo() && desk.undo());
    assert_eq!(*desk.document().review, Default::default());
}
