//! The metrics of upsells and levers: every formula that is shown, evaluated independently on live
//! figures, gives what the code computed.
use std::collections::{BTreeMap, BTreeSet};

use crate::support::{Tree, evaluate, names};
use perennial::assumptions::{Assumptions, Estimates, Kind, Origin, Resolved, Setting, Used};
use perennial::base::Unit;
use perennial::deals;
use perennial::growth::outputs::{self, BUSINESS, LEVER, OFFER};
use perennial::growth::{Change, Ground, Growth};
use perennial::metrics::{Figures, Formula, Number};
use perennial::registry;
use perennial::value::Inputs;
use perennial::value::methods::Outlook;
use perennial::view::why::keys;

fn formulas() -> impl Iterator<Item = (&'static perennial::metrics::Spec, Tree)> {
    outputs::SPECS.iter().map(|spec| match spec.formula {
        Formula::Expression(text) => (spec, crate::support::parse(text)),
        Formula::Data(_) => panic!("{} has no formula", spec.key),
    })
}

fn scale(unit: Unit) -> f64 {
    if matches!(unit, Unit::Percent | Unit::PercentPerYear) {
        100.0
    } else {
        1.0
    }
}

fn number(figures: &Figures, key: &str) -> Option<f64> {
    match figures.get(key)?.value.as_ref().ok()? {
        Number::Float(value) => Some(*value),
        Number::Exact(_) => None,
    }
}

/// What formulas see: values of offers and levers, what all pages share, and other figures.
fn live(key: &str, figures: &Figures, own: &[Used], shared: &Resolved) -> Result<f64, String> {
    if let Some(spec) = registry::assumption(key) {
        let text = &shared.get(key).unwrap().value;
        return Ok(match spec.kind {
            Kind::Choice(options) => {
                let place = options.iter().position(|(k, _)| k == text).unwrap();
                f64::from(u32::try_from(place).unwrap()) + 1.0
            }
            _ => text.parse::<f64>().unwrap() / scale(spec.unit),
        });
    }
    if let Some(spec) = outputs::input(key) {
        let used = own.iter().find(|used| used.key == key).unwrap();
        return Ok(used.value.parse::<f64>().unwrap() / scale(spec.unit));
    }
    let spec = outputs::get(key).unwrap_or_else(|| panic!("{key} is not registered"));
    let found = number(figures, key).ok_or_else(|| key.to_owned())?;
    Ok(found / scale(spec.unit))
}

fn resolved(settings: &[(&str, &str)]) -> Resolved {
    let chosen = settings.iter().map(|(key, value)| {
        let setting = Setting {
            value: (*value).to_owned(),
            origin: Origin::User,
        };
        ((*key).to_owned(), setting)
    });
    let chosen = Assumptions {
        chosen: chosen.collect(),
    };
    registry::resolve(&chosen, &Estimates::new())
}

#[test]
fn every_formula_of_an_offer_and_of_the_levers_gives_what_the_code_computed() {
    let set = |id, key: &str, value: &str| Change::Set(id, key.into(), Some(value.into()));
    let lever = |key: &str, value: &str| Change::Lever(key.into(), Some(value.into()));
    let changes = [
        set(1, "campaign", "2500"),
        set(2, "cost", "321.5"),
        set(2, "down_hours", "1.5"),
        set(3, "kept", "90"),
        set(4, "hours", "0"),
        set(4, "down_cost", "0"),
        Change::Business("hour_cost".into(), Some("72.5".into())),
        lever("parts", "12"),
        lever("revisions", "1.5"),
    ];
    let growth = changes
        .into_iter()
        .fold(Growth::default(), |growth, change| {
            growth.changed(change).unwrap().growth
        });
    let mut compared = 0;
    for settings in [
        &[][..],
        &[("timing", "monthly"), ("growth", "4"), ("horizon", "7")],
        &[("timing", "mid"), ("retention", "100"), ("discount", "0")],
        &[("timing", "start"), ("retention", "0"), ("horizon", "1")],
    ] {
        let shared = resolved(settings);
        let board = growth.board(&Ground {
            outlook: Outlook::of(&Inputs::read(&shared)),
            estimates: Estimates::new(),
            deal: deals::Terms::read(&shared),
            account: None,
        });
        let common = || {
            let business = outputs::named(BUSINESS, &board.business);
            business.chain(outputs::named(LEVER, &board.levers.used))
        };
        let mut subjects = vec![(board.levers.figures(), common().collect::<Vec<_>>())];
        for row in &board.offers {
            let own = common().chain(outputs::named(OFFER, &row.used));
            subjects.push((row.figures(), own.collect()));
        }
        for (figures, own) in subjects {
            assert!(figures.keys().all(|key| outputs::get(key).is_some()));
            for (spec, tree) in formulas() {
                let Some(computed) = number(&figures, spec.key) else {
                    continue;
                };
                let lookup = |key: &str| live(key, &figures, &own, &shared);
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
    }
    // Four offers of fourteen figures, less two that the fourth has not, and three of the levers.
    assert_eq!(compared, 4 * (4 * 14 - 2 + 3));
}

#[test]
fn they_name_only_what_is_defined_and_their_examples_are_right() {
    let mut seen = BTreeSet::new();
    for (spec, tree) in formulas() {
        assert!(seen.insert(spec.key) && registry::metric(spec.key).is_none());
        assert!(outputs::input(spec.key).is_none(), "{}", spec.key);
        assert!(
            !spec.reading.is_empty() && !spec.examples.is_empty(),
            "{}",
            spec.key
        );
        let mut found = Vec::new();
        names(&tree, &mut found);
        for name in found.iter().filter(|n| !["t", "k"].contains(&n.as_str())) {
            let known = registry::assumption(name).is_some()
                || outputs::input(name).is_some()
                || outputs::get(name).is_some();
            assert!(known && name != spec.key, "{} names {name}", spec.key);
        }
        let shown: BTreeSet<&str> = keys(spec).into_iter().collect();
        let named: BTreeSet<&str> = found.iter().map(String::as_str).collect();
        assert_eq!(shown, named, "{}", spec.key);
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
}
