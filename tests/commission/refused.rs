//! What contradicts itself is refused with the reason.

use perennial::commission::{People, Plan, Refusal, Sale, Sales, Scheme, inputs, ready};
use perennial::view::commission::applies;

use crate::kit::{cents, sale};
use crate::laws::pays;

fn why(values: &[(&str, &str)]) -> Vec<(Vec<&'static str>, String)> {
    let scheme = Scheme::new("Ours", values);
    assert_eq!(
        scheme.values().len(),
        values.len(),
        "a value is refused: {values:?}"
    );
    let refused = Plan::of(&scheme, &People::default()).expect_err(&format!("{values:?}"));
    refused.into_iter().map(|one| (one.keys, one.why)).collect()
}

/// Values by key, and a part of the reason.
const CASES: &[(&[(&str, &str)], &str)] = &[
    (&[("tiers", "0: 3"), ("bands", "0: 5")], "each set the rate"),
    (&[("tiers", "0: 3"), ("rate", "4")], "take its place"),
    (&[("repeat", "4")], "unless a repeat pays a rate of its own"),
    (&[("repeats", "index")], "there are none"),
    (&[("renewal", "4")], "unless a renewal"),
    (&[("expansion", "4")], "unless an expansion"),
    (
        &[("expansions", "own"), ("key", "item")],
        "there is no expansion",
    ),
    (
        &[
            ("expansions", "own"),
            ("renewals", "own"),
            ("repeats", "nothing"),
        ],
        "never used",
    ),
    (&[("window", "90")], "as a first order does"),
    (&[("event_days", "10")], "where the order's day counts"),
    (&[("term", "24")], "without rates by term"),
    (
        &[
            ("repeats", "new_business"),
            ("repeat_steps", "2: 1"),
            ("key", "item"),
        ],
        "New business is a new account",
    ),
    (&[("tiers_pay", "cliff")], "without tiers"),
    (&[("tiers_in", "quota")], "without tiers"),
    (&[("adds_up", "month")], "without tiers"),
    (
        &[
            ("adds_up", "order"),
            ("milestones", "5: 1"),
            ("milestones_of", "money"),
        ],
        "over a period",
    ),
    (
        &[("tiers", "0: 3"), ("tiers_in", "quota")],
        "The quota is 0",
    ),
    (&[("accelerator", "0: 50")], "The quota is 0"),
    (&[("gate", "80")], "The quota is 0"),
    (&[("milestones", "100: 5")], "The quota is 0"),
    (
        &[("quota", "5"), ("gate", "80"), ("quotas", "Ana = 0")],
        "quota of Ana is 0",
    ),
    (&[("quota", "5000")], "without an accelerator"),
    (
        &[("quota", "5"), ("gate", "80"), ("adds_up", "order")],
        "no quota",
    ),
    (&[("accelerator_pays", "cliff")], "without an accelerator"),
    (&[("gate_pays", "above")], "without a gate"),
    (&[("cap_keeps", "50")], "without a cap"),
    (
        &[("cap_period", "50"), ("cap_keeps", "100")],
        "there is none",
    ),
    (&[("draw_is", "recoverable")], "without a draw"),
    (
        &[("draw", "2000"), ("cap_period", "1000")],
        "At least 2000 is paid and at most 1000",
    ),
    (
        &[("draw", "2000"), ("below_zero", "carried")],
        "no statement is below zero",
    ),
    (
        &[("returns", "net"), ("clawback", "full")],
        "at the rate paid",
    ),
    (
        &[("returns", "ignored"), ("clawback_days", "90")],
        "takes nothing back",
    ),
    (&[("most_owed", "90")], "carried"),
    (
        &[
            ("returns", "recomputed"),
            ("repeats", "new_business"),
            ("repeat_steps", "2: 1"),
        ],
        "computed again later",
    ),
    (
        &[
            ("returns", "recomputed"),
            ("tiers", "0: 3; 9: 5"),
            ("cap_order", "5"),
        ],
        "each order has a cap",
    ),
    (
        &[
            ("returns", "recomputed"),
            ("tiers", "0: 3; 9: 5"),
            ("cap_period", "5"),
        ],
        "each statement has a cap",
    ),
    (
        &[
            ("returns", "recomputed"),
            ("cap_period", "5"),
            ("held", "30"),
            ("released", "next_order"),
        ],
        "until an account orders again",
    ),
    (&[("released", "next_order")], "nothing is held back"),
    (
        &[
            ("held", "30"),
            ("released", "next_order"),
            ("held_days", "30"),
        ],
        "for some days",
    ),
    (&[("cash_days", "30")], "nothing waits"),
    (
        &[("with_cash", "30"), ("event", "payment")],
        "earned with the customer's payment",
    ),
    (&[("with_cash", "30"), ("held", "100")], "All is held back"),
    (
        &[("splits", "Ana = 50; Ben = 40")],
        "adds up to 90 %, not to 100 %",
    ),
    (
        &[("splits", "Acme > Ana = 25; Acme > Ben = 70")],
        "The split of Acme adds up to 95 %",
    ),
    (&[("overlays", "Acme > = 20")], "there is a name"),
    (&[("tail_months", "3")], "without a tail"),
    (&[("house", "shared")], "without an override"),
    (
        &[("payee", "partner"), ("tail", "20")],
        "where partners are paid",
    ),
    (&[("spiff_budget", "20")], "without a SPIFF"),
    (&[("lifetime_of", "revenue")], "without lifetime"),
    (&[("kept_factors", "0: 50")], "kept revenue"),
    (&[("growth_of", "whole")], "rate on growth"),
];

#[test]
fn every_contradiction_has_its_reason() {
    for (values, part) in CASES {
        let found = why(values);
        assert!(
            found.iter().any(|one| one.1.contains(part)),
            "{values:?}: {found:?}"
        );
        for (keys, _) in found {
            assert!(!keys.is_empty());
            for key in keys {
                assert!(inputs::spec(key).is_some(), "{key}");
            }
        }
    }
}

#[test]
fn no_value_is_passed_over_in_silence() {
    // Each value by itself, changed from its default, either changes what is paid or is refused; of
    // those that need a setting of people or a loss, the words say what they do.
    for spec in inputs::specs() {
        for good in spec.good {
            let scheme = Scheme::new("Ours", &[(spec.key, good)]);
            if scheme.values().is_empty() {
                continue;
            }
            let usual = Plan::of(&Scheme::new("Ours", &[]), &People::default()).unwrap();
            match Plan::of(&scheme, &People::default()) {
                Err(wrong) => assert!(
                    wrong.iter().any(|one| one.keys.contains(&spec.key)),
                    "{}",
                    spec.key
                ),
                Ok(plan) => assert_ne!(plan, usual, "{}", spec.key),
            }
        }
    }
}

/// Why a scheme is refused; nothing where it pays.
fn refused(scheme: &Scheme) -> Vec<Refusal> {
    Plan::of(scheme, &People::default())
        .err()
        .unwrap_or_default()
}

/// Sales with a loss, freight, a repeat and a return, over more than a year.
fn book() -> Sales {
    let of = |on, order, revenue, cost, freight| Sale {
        cost: cents(cost),
        freight: cents(freight),
        item: "P",
        ..sale(on, order, revenue)
    };
    let back = Sale {
        is_return: true,
        returns: Some(1),
        ..of("2025-09-01", 4, -100_000, -60_000, 0)
    };
    let rows = [
        of("2025-01-15", 1, 500_000, 300_000, 20_000),
        of("2025-03-15", 2, 200_000, 250_000, 10_000),
        of("2025-03-20", 3, 1_000, 500, 5_000),
        back,
        of("2026-02-01", 5, 700_000, 300_000, 20_000),
    ];
    Sales::build(rows).unwrap()
}

#[test]
fn what_is_asked_for_is_what_has_an_effect() {
    let mut all: Vec<Vec<(&str, &str)>> =
        ready::ALL.iter().map(|one| one.values.to_vec()).collect();
    all.push(Vec::new());
    for spec in inputs::specs() {
        all.extend(spec.good.iter().map(|good| vec![(spec.key, *good)]));
    }
    all.extend([
        vec![("held", "30"), ("released", "next_order")],
        vec![("returns", "recomputed"), ("below_zero", "carried")],
        vec![("repeats", "months"), ("repeat_steps", "0: 2")],
        vec![("basis", "margin"), ("freight", "off")],
        vec![("clawback", "term")],
    ]);
    let book = book();
    for values in all {
        let scheme = Scheme::new("Ours", &values);
        let before = refused(&scheme);
        for spec in inputs::specs() {
            // A quota is the first question of its group: the refusal says what is to follow.
            if scheme.values().contains_key(spec.key) || ["quota", "quotas"].contains(&spec.key) {
                continue;
            }
            let others = spec.good.iter().map(|good| scheme.with(spec.key, good));
            let others: Vec<Scheme> = others
                .filter(|other| other.values().contains_key(spec.key))
                .collect();
            let idle = |other: &Scheme| {
                let wrong = refused(other);
                let mut fresh = wrong.iter().filter(|one| !before.contains(one));
                fresh
                    .any(|one| one.keys.first() == Some(&spec.key) && one.why.contains("no effect"))
            };
            if applies(spec.key, &scheme) {
                assert!(
                    !others.iter().all(idle),
                    "{} is asked for in vain: {values:?}",
                    spec.key
                );
                continue;
            }
            for other in &others {
                let plans = [&scheme, other].map(|one| Plan::of(one, &People::default()));
                if let [Ok(one), Ok(other)] = plans {
                    let (one, other) = (pays(&one, &book), pays(&other, &book));
                    assert_eq!(one, other, "{} is hidden: {values:?}", spec.key);
                } else {
                    let wrong = refused(other);
                    let named = |one: &Refusal| one.keys.contains(&spec.key);
                    assert!(
                        !before.is_empty() || wrong.iter().any(named),
                        "{} is hidden: {values:?}",
                        spec.key
                    );
                }
            }
        }
    }
}
