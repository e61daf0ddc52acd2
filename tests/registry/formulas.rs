//! Formulas and effects: what is shown, evaluated independently on live figures, gives what the code
//! computed.

use crate::float;
use crate::hand_made::{book, chosen, ready};
use crate::support::{Tree, evaluate, names};
use perennial::accounts::history::histories;
use perennial::actions::{Marks, Rhythms, Watch};
use perennial::assumptions::{Effect, Estimates, Kind, Resolved};
use perennial::base::{Money, Unit};
use perennial::deals::Deal;
use perennial::metrics::{Figures, Formula, Number};
use perennial::registry;
use perennial::value::{Evaluation, Subject};
use perennial::view::why::keys;
use std::collections::{BTreeMap, BTreeSet};

/// Settings under which everything matters.
const BASE: &[(&str, &str)] = &[
    ("capital", "8"),
    ("terms_days", "45"),
    ("service_order", "20"),
    ("service_year", "100"),
    ("depreciation_year", "50"),
    ("gross_margin", "30"),
    ("retention", "80"),
];

fn number(figures: &Figures, key: &str) -> Result<f64, String> {
    match figures.get(key).map(|f| &f.value) {
        Some(Ok(Number::Float(value))) => Ok(*value),
        Some(Ok(Number::Exact(value))) => Ok(Money::new(*value).to_f64()),
        Some(Err(why)) => Err(format!("{key}: {}", why.0)),
        None => Err(format!("{key} is not computed")),
    }
}

/// The example deal with some settings changed.
fn deal(settings: &[(&str, &str)]) -> Deal {
    Deal::read(&registry::resolve(&chosen(settings), &Estimates::new()))
}

#[test]
fn every_assumption_moves_lifetime_value_as_it_says() {
    let accounts = book(60);
    let lifetime = |key: &str, value: &str| {
        let mut settings = BASE.to_vec();
        settings.retain(|(k, _)| *k != key);
        settings.push((key, value));
        let (prepared, resolved) = ready(&accounts, &settings);
        let evaluation = Evaluation::new(&accounts, &prepared, &resolved);
        number(&evaluation.figures(Subject::Book), "lifetime_value").unwrap()
    };
    for spec in registry::assumptions() {
        let grid: Vec<String> = match spec.kind {
            Kind::Number {
                usual: (from, to), ..
            } => (0..=4)
                .map(|i| float(from) + (float(to) - float(from)) * f64::from(i) / 4.0)
                .map(|v| if spec.decimals == 0 { v.round() } else { v }.to_string())
                .collect(),
            Kind::Toggle => vec!["off".into(), "on".into()],
            Kind::Choice(_)
            | Kind::ByName(..)
            | Kind::ByQuantity(..)
            | Kind::ByDate(..)
            | Kind::Steps(_) => {
                continue;
            }
        };
        let worth = |value: &String| {
            if spec.section.is_deal() {
                deal(&[(spec.key, value)]).terms.npv()
            } else {
                lifetime(spec.key, value)
            }
        };
        let values: Vec<f64> = grid.iter().map(worth).collect();
        let rising = values.windows(2).all(|w| w[0] <= w[1]);
        let falling = values.windows(2).all(|w| w[0] >= w[1]);
        let moved = values.first() != values.last();
        match spec.effect {
            Effect::Up => assert!(rising && moved, "{}: {values:?}", spec.key),
            Effect::Down => assert!(falling && moved, "{}: {values:?}", spec.key),
            Effect::None => {}
        }
    }
}

/// The value of a key as formulas see it.
fn live(key: &str, figures: &Figures, resolved: &Resolved) -> Result<f64, String> {
    if let Some(spec) = registry::assumption(key) {
        let text = &resolved.get(key).unwrap().value;
        return Ok(match spec.kind {
            Kind::Toggle => f64::from(u8::from(text == "on")),
            Kind::Choice(options) => {
                let place = options.iter().position(|(k, _)| k == text).unwrap();
                f64::from(u32::try_from(place).unwrap()) + 1.0
            }
            Kind::Number { .. } => float(text) / scale(spec.unit),
            Kind::ByName(..) | Kind::ByQuantity(..) | Kind::ByDate(..) | Kind::Steps(_) => {
                return Err(format!("{key} has no single value"));
            }
        });
    }
    let spec = registry::metric(key).unwrap_or_else(|| panic!("{key} is not registered"));
    Ok(number(figures, key)? / scale(spec.unit))
}

fn scale(unit: Unit) -> f64 {
    if matches!(unit, Unit::Percent | Unit::PercentPerYear) {
        100.0
    } else {
        1.0
    }
}

fn expressions() -> impl Iterator<Item = (&'static perennial::metrics::Spec, Tree)> {
    registry::metrics().filter_map(|spec| match spec.formula {
        Formula::Expression(text) => Some((spec, crate::support::parse(text))),
        Formula::Data(_) => None,
    })
}

#[test]
fn every_formula_shown_gives_what_the_code_computed() {
    let accounts = book(60);
    let mut compared = 0;
    for settings in [
        &[][..],
        BASE,
        &[
            ("timing", "monthly"),
            ("growth", "4"),
            ("method", "l8"),
            ("basis", "revenue"),
        ],
        &[
            ("timing", "mid"),
            ("method", "l3"),
            ("retention", "100"),
            ("measure", "average"),
        ],
        &[
            ("timing", "start"),
            ("method", "l10"),
            ("count_rebates", "off"),
            ("cac", "0"),
        ],
        &[
            ("method", "l2"),
            ("count_cost", "off"),
            ("count_tooling", "off"),
            ("lapse", "2"),
        ],
        &[
            ("method", "l1"),
            ("basis", "gross_profit"),
            ("discount", "0"),
            ("retention", "0"),
        ],
        &[
            ("method", "l5"),
            ("count_terms", "off"),
            ("capital", "9"),
            ("count_freight", "off"),
        ],
    ] {
        let (prepared, resolved) = ready(&accounts, settings);
        let evaluation = Evaluation::new(&accounts, &prepared, &resolved);
        let subjects = [Subject::Book]
            .into_iter()
            .chain((0..5).map(Subject::Segment))
            .chain((0..60).map(Subject::Account));
        for subject in subjects {
            let figures = evaluation.figures(subject);
            for (spec, tree) in expressions() {
                let Ok(computed) = number(&figures, spec.key) else {
                    continue;
                };
                let lookup = |key: &str| live(key, &figures, &resolved);
                let shown = evaluate(&tree, &lookup, &BTreeMap::new())
                    .unwrap_or_else(|e| panic!("{} of {subject:?}: {e}", spec.key))
                    * scale(spec.unit);
                let close = 1e-9 * computed.abs().max(1e-3);
                assert!(
                    (shown - computed).abs() <= close,
                    "{} of {subject:?} {settings:?}: formula {shown}, code {computed}",
                    spec.key
                );
                compared += 1;
            }
        }
    }
    assert!(compared > 10_000, "{compared}");
}

#[test]
fn every_formula_of_a_deal_gives_what_the_code_computed() {
    let mut compared = 0;
    for settings in [
        &[][..],
        &[
            ("deal_rebate", "3"),
            ("deal_terms", "60"),
            ("capital", "8"),
            ("deal_growth", "4"),
            ("timing", "monthly"),
        ],
        &[
            ("deal_tooling_by", "amortised"),
            ("deal_tool_pieces", "25000"),
            ("timing", "mid"),
            ("deal_breaks", "1-99: 14; 100-499: 13; 500+: 11.5"),
        ],
        &[
            ("deal_tooling_by", "amortised"),
            ("deal_breaks", "500-699: 14; 700+: 13"),
            ("deal_break_rule", "incremental"),
            ("timing", "monthly"),
        ],
        &[
            ("deal_tooling_by", "customer"),
            ("deal_retention", "0"),
            ("discount", "0"),
            ("timing", "start"),
        ],
        &[
            ("deal_retention", "100"),
            ("deal_cac", "0"),
            ("retention", "99"),
            ("deal_capacity", "0"),
            ("deal_churn", "90"),
        ],
        &[
            ("deal_cost", "20"),
            ("deal_discount", "30"),
            ("horizon", "1"),
        ],
        &[("deal_list", "0"), ("deal_quote_cost", "0")],
    ] {
        let resolved = registry::resolve(&chosen(settings), &Estimates::new());
        let figures = Deal::read(&resolved).figures();
        for (spec, tree) in expressions() {
            let Ok(computed) = number(&figures, spec.key) else {
                continue;
            };
            let lookup = |key: &str| live(key, &figures, &resolved);
            let shown = evaluate(&tree, &lookup, &BTreeMap::new())
                .unwrap_or_else(|e| panic!("{}: {e}", spec.key))
                * scale(spec.unit);
            let close = 1e-9 * computed.abs().max(1e-3);
            assert!(
                (shown - computed).abs() <= close,
                "{} {settings:?}: formula {shown}, code {computed}",
                spec.key
            );
            compared += 1;
        }
    }
    assert!(compared > 200, "{compared}");
}

/// The sample under watch: cycles need orders, not only their sums.
fn watched(settings: &[(&str, &str)], with: impl Fn(&Watch)) {
    let book = perennial::orders::sample::build().book;
    let accounts = perennial::accounts::build(&book, None);
    let (prepared, resolved) = ready(&accounts, settings);
    let evaluation = Evaluation::new(&accounts, &prepared, &resolved);
    let (histories, marks) = (histories(&book, None), Marks::default());
    let settings = Watch::settings_of(&evaluation);
    let rhythms = Rhythms::new(&accounts, &histories, settings, &[], &marks);
    with(&Watch::new(
        &evaluation,
        &book,
        &histories,
        &rhythms,
        &marks,
    ));
}

#[test]
fn every_formula_of_order_cycles_gives_what_the_code_computed() {
    for settings in [&[][..], BASE, &[("method", "l2"), ("basis", "revenue")]] {
        watched(settings, |watch| {
            let accounts = (0..watch.histories.len()).map(|at| {
                let figures = watch.evaluation.figures(Subject::Account(at));
                (figures, watch.account_figures(at))
            });
            let book = watch.evaluation.figures(Subject::Book);
            let mut compared = 0;
            for (mut figures, own) in accounts.chain([(book, watch.book_figures())]) {
                figures.extend(own.clone());
                for (spec, tree) in expressions() {
                    let Ok(computed) = number(&own, spec.key) else {
                        continue;
                    };
                    let lookup = |key: &str| live(key, &figures, watch.evaluation.resolved);
                    let shown = evaluate(&tree, &lookup, &BTreeMap::new())
                        .unwrap_or_else(|e| panic!("{}: {e}", spec.key))
                        * scale(spec.unit);
                    let close = 1e-9 * computed.abs().max(1e-3);
                    assert!(
                        (shown - computed).abs() <= close,
                        "{}: formula {shown}, code {computed}",
                        spec.key
                    );
                    compared += 1;
                }
            }
            assert!(compared > 200, "{compared}");
        });
    }
}

#[test]
fn every_figure_has_a_definition_and_every_metric_of_the_book_a_figure() {
    let accounts = book(60);
    let (prepared, resolved) = ready(&accounts, &[]);
    let evaluation = Evaluation::new(&accounts, &prepared, &resolved);
    let rhythm = std::cell::RefCell::new((Figures::new(), Figures::new()));
    watched(&[], |watch| {
        *rhythm.borrow_mut() = (watch.book_figures(), watch.account_figures(0));
    });
    let (mut whole, mut one) = rhythm.into_inner();
    whole.extend(evaluation.figures(Subject::Book));
    one.extend(evaluation.figures(Subject::Account(0)));
    one.extend(deal(&[]).figures());
    for key in whole.keys().chain(one.keys()) {
        assert!(registry::metric(key).is_some(), "{key} is not registered");
    }
    for spec in registry::metrics() {
        assert!(
            whole.contains_key(spec.key) || one.contains_key(spec.key),
            "{} is never computed",
            spec.key
        );
    }
}

#[test]
fn examples_are_right_to_the_printed_digit() {
    for (spec, tree) in expressions() {
        assert!(!spec.examples.is_empty(), "{} has no example", spec.key);
        for (values, expected) in spec.examples {
            let lookup = |key: &str| {
                let found = values.iter().find(|(k, _)| *k == key);
                found.map(|(_, v)| *v).ok_or_else(|| key.to_owned())
            };
            let result = evaluate(&tree, &lookup, &BTreeMap::new())
                .unwrap_or_else(|e| panic!("{}: the example has no {e}", spec.key))
                * scale(spec.unit);
            let decimals = expected.split_once('.').map_or(0, |(_, d)| d.len());
            assert_eq!(format!("{result:.decimals$}"), *expected, "{}", spec.key);
        }
    }
    for spec in registry::metrics() {
        assert!(!spec.reading.is_empty(), "{}", spec.key);
        if let Formula::Data(words) = spec.formula {
            assert!(!words.is_empty(), "{}", spec.key);
        }
    }
}

#[test]
fn formulas_name_only_what_is_registered_and_never_themselves() {
    for (spec, tree) in expressions() {
        let mut found = Vec::new();
        names(&tree, &mut found);
        for name in found.iter().filter(|n| !["t", "k"].contains(&n.as_str())) {
            let known = registry::assumption(name).is_some() || registry::metric(name).is_some();
            assert!(known, "{} names {name}", spec.key);
            assert_ne!(name, spec.key);
        }
    }
}

#[test]
fn what_why_takes_apart_is_what_the_formula_names() {
    for (spec, tree) in expressions() {
        let mut found = Vec::new();
        names(&tree, &mut found);
        let shown: BTreeSet<&str> = keys(spec).into_iter().collect();
        let named: BTreeSet<&str> = found.iter().map(String::as_str).collect();
        assert_eq!(shown, named, "{}", spec.key);
    }
}
