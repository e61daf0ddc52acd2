//! What is typed and printed: keys, defaults, texts that are taken and refused.

use crate::float;
use perennial::assumptions::{Kind, accepts, parse, print};
use perennial::registry;
use std::collections::BTreeSet;

#[test]
fn keys_are_unique_and_plain() {
    let assumptions = registry::assumptions().map(|s| s.key);
    let metrics = registry::metrics().map(|s| s.key);
    let mut seen = BTreeSet::new();
    for key in assumptions.chain(metrics) {
        assert!(seen.insert(key), "{key} twice");
        assert!(
            key.bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_'),
            "{key}"
        );
    }
}

#[test]
fn defaults_are_usual_and_the_usual_is_allowed() {
    for spec in registry::assumptions() {
        let default = parse(spec, spec.default).unwrap();
        assert_eq!(default.as_str(), spec.default, "{}", spec.key);
        let Kind::Number {
            allowed,
            usual,
            step,
        } = spec.kind
        else {
            continue;
        };
        let (low, high) = (float(allowed.0), float(allowed.1));
        let (from, to) = (float(usual.0), float(usual.1));
        assert!(low <= from && from < to && to <= high, "{}", spec.key);
        assert!((from..=to).contains(&float(spec.default)), "{}", spec.key);
        assert!(
            float(step) > 0.0 && float(step) <= to - from,
            "{}",
            spec.key
        );
    }
}

#[test]
fn texts_are_taken_or_refused_with_a_reason() {
    for spec in registry::assumptions() {
        assert!(
            !spec.good.is_empty() && !spec.bad.is_empty(),
            "{}",
            spec.key
        );
        for text in spec.good {
            let canonical = parse(spec, text).unwrap_or_else(|r| panic!("{}: {r}", spec.key));
            assert!(accepts(spec, canonical.as_str()), "{} {text}", spec.key);
            let again = parse(spec, canonical.as_str()).unwrap();
            assert_eq!(again, canonical, "{} {text}", spec.key);
            let printed = print(spec, canonical.as_str());
            assert_eq!(
                parse(spec, &printed).unwrap(),
                canonical,
                "{} {printed}",
                spec.key
            );
        }
        for text in spec.bad {
            let refusal = parse(spec, text).expect_err(text);
            let lists = matches!(
                spec.kind,
                Kind::ByName(..) | Kind::ByQuantity(..) | Kind::ByDate(..) | Kind::Steps(_)
            );
            assert!(lists || !accepts(spec, text), "{} {text}", spec.key);
            let message = refusal.to_string();
            assert!(message.contains(spec.label), "{message}");
            assert!(message.contains("Allowed: "), "{message}");
            assert!(text.is_empty() || message.contains(text), "{message}");
            assert!(!refusal.to_do.is_empty(), "{message}");
        }
        assert!(
            !spec.help.is_empty() && !spec.enters.is_empty(),
            "{}",
            spec.key
        );
        if let Some(metric) = spec.from_data {
            assert!(registry::metric(metric).is_some(), "{metric}");
        }
    }
}

#[test]
fn one_text_two_readings_is_refused_with_both() {
    let cac = registry::assumption("cac").unwrap();
    let message = parse(cac, "1,234").unwrap_err().to_string();
    assert!(
        message.contains("1234") && message.contains("1.234"),
        "{message}"
    );
    let message = parse(cac, "12,500").unwrap_err().to_string();
    assert!(
        message.contains("12500") && message.contains("12.5"),
        "{message}"
    );
    for (text, value) in [
        ("1.234,50", "1234.5"),
        ("1,234.50", "1234.5"),
        ("1 234 567", "1234567"),
        ("1'234.5", "1234.5"),
        ("€ 1.234.567", "1234567"),
        ("12,5", "12.5"),
        ("0,500", "0.5"),
        (".5", "0.5"),
        ("1.", "1"),
    ] {
        assert_eq!(parse(cac, text).unwrap().as_str(), value, "{text}");
    }
    for text in [
        "-", "1e5", "1_000", "1 23", "NaN", "١٢", "5 apples", "1.2.3",
    ] {
        assert!(parse(cac, text).is_err(), "{text}");
    }
}
