//! The ready schemes, the values with their texts, edits, and what is said in words.

use std::collections::BTreeSet;

use perennial::assumptions::{Kind, Section, parse};
use perennial::base::Refused;
use perennial::commission::{Change, People, Plan, Scheme, Schemes, inputs, ready, words};

#[test]
fn every_value_has_a_key_of_its_own_and_its_examples_hold() {
    let mut keys = BTreeSet::new();
    for spec in inputs::specs().chain(inputs::Aims::SPECS) {
        assert!(keys.insert(spec.key), "{} twice", spec.key);
        let known = inputs::SECTIONS.contains(&spec.section);
        assert!(known || spec.section == Section::SchemeAims, "{}", spec.key);
        assert!(!spec.help.is_empty() && !spec.enters.is_empty());
        for good in spec.good {
            let value = parse(spec, good).unwrap_or_else(|why| panic!("{}: {why}", spec.key));
            assert!(
                perennial::assumptions::accepts(spec, value.as_str()),
                "{}",
                spec.key
            );
            assert_eq!(parse(spec, value.as_str()).unwrap(), value, "{}", spec.key);
        }
        for bad in spec.bad {
            let why = parse(spec, bad).expect_err(&format!("{}: {bad}", spec.key));
            assert!(why.to_string().len() > 20);
        }
        let default = parse(spec, spec.default).unwrap();
        assert_eq!(default.as_str(), spec.default, "{}", spec.key);
        if let Kind::Steps(range) = spec.kind {
            assert!(parse(spec, range.example).is_ok(), "{}", spec.key);
        }
    }
}

#[test]
fn every_ready_scheme_can_be_paid_and_says_so() {
    let mut keys = BTreeSet::new();
    for one in ready::ALL {
        assert!(keys.insert(one.key));
        let scheme = one.scheme();
        assert_eq!(
            scheme.values().len(),
            one.values.len(),
            "{}: a value is refused or default",
            one.key
        );
        Plan::of(&scheme, &People::default())
            .unwrap_or_else(|wrong| panic!("{}: {wrong:?}", one.key));
        let said = words::said(&scheme);

        assert!(said.len() >= 4);
        for sentence in &said {
            assert!(
                sentence.ends_with('.') && !sentence.contains("  ") && !sentence.contains('\u{1}'),
                "{sentence}"
            );
            assert!(
                sentence
                    .chars()
                    .next()
                    .is_some_and(|c| c.is_uppercase() || c.is_numeric()),
                "{sentence}"
            );
        }
    }
}

#[test]
fn words_say_what_the_engine_pays_and_how_ties_fall() {
    let said = |values: &[(&str, &str)]| words::said(&Scheme::new("Ours", values)).join(" ");
    let marginal = said(&[("tiers", "0: 3; 300000: 5; 600000: 7")]);
    assert!(marginal.contains("3 % below 300,000, 5 % from 300,000, 7 % from 600,000; each rate only on what lies in its tier"), "{marginal}");
    assert!(marginal.contains("Who has exactly 300,000 is in the higher tier"));
    assert!(
        marginal.contains("On an order of 40,000 you earn 1,200."),
        "{marginal}"
    );
    assert!(
        marginal.contains("on 600,000 you earn 24,000; on 750,000 you earn 34,500"),
        "{marginal}"
    );
    let cliff = said(&[
        ("tiers", "0: 3; 300000: 5; 600000: 7"),
        ("tiers_pay", "cliff"),
    ]);
    assert!(
        cliff.contains("on 600,000 you earn 42,000: the last unit of money is worth 12,000.05"),
        "{cliff}"
    );
    let margin = said(&[("basis", "margin"), ("rate", "12")]);
    assert!(
        margin.contains(
            "On an order of 40,000 that costs 26,000 to make and 800 to send you earn 1,680."
        ),
        "{margin}"
    );
    // A scheme that contradicts itself says why instead.
    assert!(said(&[("gate", "80")]).contains("The quota is 0"));
}

#[test]
fn edits_are_valid_or_refused() {
    let mut schemes = Schemes::default();
    let mut made = |change: Change| -> Result<String, Refused> {
        let changed = schemes.changed(change)?;
        schemes = changed.schemes;
        Ok(changed.subject)
    };
    assert_eq!(
        made(Change::Add("Ours".into(), Some("first".into()))).unwrap(),
        "scheme Ours"
    );
    assert_eq!(made(Change::Copy(1)).unwrap(), "scheme Ours 2");
    assert!(
        made(Change::Add("x".into(), Some("none".into())))
            .unwrap_err()
            .to_string()
            .contains("no ready scheme")
    );
    assert!(
        made(Change::Rename(2, "Ours".into()))
            .unwrap_err()
            .to_string()
            .contains("another scheme")
    );
    assert!(
        made(Change::Rename(2, "  ".into()))
            .unwrap_err()
            .to_string()
            .contains("needs a name")
    );
    assert!(
        made(Change::Set(2, "rate".into(), Some("101".into())))
            .unwrap_err()
            .to_string()
            .contains("100")
    );
    assert!(
        made(Change::Set(2, "x".into(), None))
            .unwrap_err()
            .to_string()
            .contains("no value")
    );
    assert_eq!(
        made(Change::Set(2, "rate".into(), Some("4".into()))).unwrap(),
        "Ours 2: rate"
    );
    // The default again leaves nothing behind.
    made(Change::Set(2, "rate".into(), Some("5,0 %".into()))).unwrap();
    made(Change::Current(2)).unwrap();
    made(Change::Move(2, 0)).unwrap();
    made(Change::Manager("Ana".into(), Some("Mia".into()))).unwrap();
    assert!(
        made(Change::Manager("Mia".into(), Some("Ana".into())))
            .unwrap_err()
            .to_string()
            .contains("cannot manage")
    );
    assert!(made(Change::Manager("Mia".into(), Some("Mia".into()))).is_err());
    made(Change::House("Web shop".into(), true)).unwrap();
    assert!(
        made(Change::Delete(9))
            .unwrap_err()
            .to_string()
            .contains("not there")
    );
    assert_eq!(schemes.list()[0].values().len(), 1);
    assert_eq!(schemes.current().unwrap().id(), 2);
    let stored = serde_json::to_value(&schemes).unwrap();
    let (again, unread) = Schemes::restore(&stored);
    assert_eq!((again, unread), (schemes.clone(), vec![]));
    assert!(
        schemes
            .changed(Change::Delete(2))
            .unwrap()
            .schemes
            .current()
            .is_some()
    );
}

#[test]
fn what_cannot_be_read_is_named() {
    let value = serde_json::json!({
        "list": [{"name": "A", "values": {"rate": 200, "tiers": "5: 3", "old": "1", "repeat": []}}, 7],
        "current": 12,
        "people": {"managers": {"Ana": "Ana"}, "house": [""]},
    });
    let (schemes, unread) = Schemes::restore(&value);
    assert_eq!(schemes.list().len(), 2);
    let places: Vec<&str> = unread.iter().map(|one| one.0.as_str()).collect();
    assert_eq!(
        places,
        [
            "list[0].old",
            "list[0].rate",
            "list[0].repeat",
            "list[0].tiers",
            "current",
            "people.managers.Ana",
            "people.house[0]"
        ]
    );
    for broken in [
        serde_json::json!(null),
        serde_json::json!([1]),
        serde_json::json!({"list": 3}),
    ] {
        assert!(Schemes::restore(&broken).0.is_empty());
    }
}
