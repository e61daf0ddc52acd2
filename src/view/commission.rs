//! What the Commission page asks for by its address, and what it draws.

use std::sync::Arc;

use crate::base::Unit;
use crate::commission::boards::{EVEN, IN_USE, NOW};
use crate::commission::{Scheme, Schemes};
use crate::jobs::protocol::CommissionWant;
use crate::metrics::{Cell, Exactness, Sheet};
use crate::scenario::Scenarios;

use super::chart::scale::ticks;
use super::chart::{Across, Bar, Chart, Curve, Role};
use super::number::to_f64;
use super::route::Route;

/// The tabs of the page: key and heading.
pub const TABS: &[(&str, &str)] = &[
    ("", "Schemes"),
    ("compare", "Side by side"),
    ("statements", "Statements"),
    ("incentives", "Incentives"),
    ("accounts", "Accounts and owners"),
];

/// The tables of a tab, from the top.
pub fn sheets_of(tab: &str) -> &'static [&'static str] {
    match tab {
        "compare" => &["schemes", "payouts", "deal_pay"],
        "statements" => &["statement", "closings"],
        "incentives" => &["findings"],
        "accounts" => &[
            "owners",
            "handovers",
            "targets",
            "target_curve",
            "milestones",
            "pays",
            "response_curve",
        ],
        _ => &[],
    }
}

/// The scheme that an address names, else the one in use.
pub fn chosen(route: &Route, schemes: &Schemes) -> Option<u32> {
    let named = route.get("scheme").and_then(|id| id.parse().ok());
    let known = named.filter(|id| schemes.get(*id).is_some());
    known.or_else(|| schemes.current().map(Scheme::id))
}

/// What an address asks of the schemes.
pub fn asked(route: &Route, schemes: &Arc<Schemes>, scenarios: &Arc<Scenarios>) -> CommissionWant {
    let tab = route.get("tab").unwrap_or_default();
    CommissionWant {
        schemes: Arc::clone(schemes),
        scenarios: Arc::clone(scenarios),
        sheets: sheets_of(tab).iter().map(|&key| key.to_owned()).collect(),
        scheme: chosen(route, schemes),
        person: route.get("person").unwrap_or_default().to_owned(),
        period: route.get("period").and_then(|text| text.parse().ok()),
    }
}

/// The chart of a table, where it has one.
/// `percent` writes a number of percent.
pub fn chart(sheet: &Sheet, percent: &dyn Fn(f64) -> String) -> Option<Chart> {
    match sheet.key.as_str() {
        "schemes" => costs(sheet),
        "target_curve" => curve(sheet, percent, Unit::Money),
        "response_curve" => curve(sheet, percent, Unit::Count),
        _ => None,
    }
}

/// The headings of a curve's points: where a point stands, and what it says.
pub fn headings(key: &str) -> (&'static str, &'static str) {
    match key {
        "target_bonus" => ("Target reached, %", "Bonus"),
        _ => ("Rate on repeat orders, %", "Points of retention"),
    }
}

/// The points of a canonical text, as texts.
pub fn points(canonical: &str) -> Vec<(String, String)> {
    let all = canonical.split(';').filter_map(|one| one.split_once(':'));
    all.map(|(at, value)| (at.trim().to_owned(), value.trim().to_owned()))
        .collect()
}

/// The second column of a table of points against the third, over the first; which points are marked
/// stands in the last.
fn curve(sheet: &Sheet, percent: &dyn Fn(f64) -> String, unit: Unit) -> Option<Chart> {
    let number = |cell: Option<&Cell>| match cell {
        Some(Cell::Number(number, _)) => Some(to_f64(*number)),
        _ => None,
    };
    let (mut points, mut others) = (Vec::new(), Vec::new());
    let (mut answers, mut now) = (Vec::new(), None);
    for row in &sheet.rows {
        let at = number(row.first())?;
        let (own, other) = (number(row.get(1))?, number(row.get(2))?);
        let point = ((at, percent(at)), own);
        match row.last() {
            Some(Cell::Text(what)) if what == NOW => now = Some(point),
            Some(Cell::Text(what)) if what == EVEN => answers.push(point),
            _ => {
                points.push(point);
                others.push(other);
            }
        }
    }
    let label = |at: usize| sheet.columns.get(at).map(|column| column.label.clone());
    let (first, last) = (points.first()?.0.0, points.last()?.0.0);
    let at = |x: f64| (x, percent(x));
    Some(Chart::Curve(Curve {
        title: sheet.title.clone(),
        description: sheet.caption.clone(),
        unit,
        heading: label(0)?,
        ticks: ticks(first, last, 5).into_iter().map(at).collect(),
        points,
        target: 0.0,
        against: Some((label(1)?, label(2)?, others)),
        answers,
        answer: "Break-even",
        now,
    }))
}

/// What each scheme costs.
fn costs(sheet: &Sheet) -> Option<Chart> {
    let at = sheet
        .columns
        .iter()
        .position(|column| column.key == "total")?;
    let bar = |row: &Vec<Cell>| {
        let Some(Cell::Text(label)) = row.first() else {
            return None;
        };
        let value = match row.get(at)? {
            Cell::Number(number, _) => Ok(to_f64(*number)),
            Cell::Empty(why) => Err(why.clone()),
            _ => return None,
        };
        Some(Bar {
            strong: label.ends_with(IN_USE),
            label: label.clone(),
            value,
            role: Role::Level,
            exactness: Exactness::Exact,
        })
    };
    Some(Chart::Across(Across {
        title: "What each scheme would have cost".into(),
        description: "All that is paid on these orders; the one in use stands out.".into(),
        unit: Unit::Money,
        heading: "Scheme".into(),
        bars: sheet.rows.iter().filter_map(bar).collect(),
    }))
}

/// Values that have an effect only where others are as said: one of the conditions of each row of a
/// value is met. They are those that a scheme is refused for, and those that change no pay.
const DEPENDENT: &[(&str, &[(&str, Is)])] = &[
    (
        "negative",
        &[("basis", Is::Not("revenue")), ("freight", Is::One("off"))],
    ),
    ("rate", &[("tiers", Is::One(""))]),
    ("rate", &[("bands", Is::One(""))]),
    ("event_days", &[("event", Is::Not("order"))]),
    (
        "window",
        &[
            ("repeats", Is::Not("same")),
            ("renewals", Is::One("own")),
            ("expansions", Is::One("own")),
        ],
    ),
    ("repeat", &[("repeats", Is::One("own"))]),
    (
        "repeat_steps",
        &[
            ("repeats", Is::One("index")),
            ("repeats", Is::One("months")),
            ("repeats", Is::One("new_business")),
        ],
    ),
    ("renewal", &[("renewals", Is::One("own"))]),
    ("expansion", &[("expansions", Is::One("own"))]),
    (
        "term",
        &[("terms", Is::Not("")), ("clawback", Is::One("term"))],
    ),
    ("tiers_pay", &[("tiers", Is::Not(""))]),
    ("tiers_in", &[("tiers", Is::Not(""))]),
    (
        "adds_up",
        &[
            ("tiers", Is::Not("")),
            ("gate", Is::Not("0")),
            ("accelerator", Is::Not("")),
            ("milestones", Is::Not("")),
        ],
    ),
    ("accelerator_pays", &[("accelerator", Is::Not(""))]),
    ("gate_pays", &[("gate", Is::Not("0"))]),
    ("cap_keeps", &[("cap_period", Is::Not("0"))]),
    ("draw_is", &[("draw", Is::Not("0"))]),
    ("draw_months", &[("draw", Is::Not("0"))]),
    ("clawback", &[("returns", Is::One("paid"))]),
    ("clawback_share", &[("returns", Is::One("paid"))]),
    (
        "clawback_days",
        &[
            ("returns", Is::One("paid")),
            ("returns", Is::One("recomputed")),
        ],
    ),
    ("below_zero", &[("draw", Is::One("0"))]),
    ("most_owed", &[("below_zero", Is::One("carried"))]),
    ("released", &[("held", Is::Not("0"))]),
    ("held_days", &[("held", Is::Not("0"))]),
    ("held_days", &[("released", Is::One("days"))]),
    ("cash_days", &[("with_cash", Is::Not("0"))]),
    ("tail", &[("payee", Is::One("rep"))]),
    ("tail_months", &[("tail", Is::Not("0"))]),
    ("override_rate", &[("payee", Is::One("rep"))]),
    ("house", &[("override_rate", Is::Not("0"))]),
    ("spiff_for", &[("spiff", Is::Not(""))]),
    ("spiff_budget", &[("spiff", Is::Not(""))]),
    ("milestones_of", &[("milestones", Is::Not(""))]),
    ("lifetime_of", &[("lifetime", Is::Not(""))]),
    ("kept_factors", &[("kept", Is::Not("0"))]),
    ("growth_of", &[("growth", Is::Not("0"))]),
];

/// What a value must be, or must not.
#[derive(Clone, Copy)]
enum Is {
    One(&'static str),
    Not(&'static str),
}

/// Whether a value of a scheme has an effect as the others are, or was set so that it can be reset.
pub fn applies(key: &str, scheme: &Scheme) -> bool {
    let met = |(other, is): &(&str, Is)| match is {
        Is::One(text) => scheme.text(other) == *text,
        Is::Not(text) => scheme.text(other) != *text,
    };
    let mut own = DEPENDENT.iter().filter(|(one, _)| *one == key);
    scheme.values().contains_key(key) || own.all(|(_, any)| any.iter().any(met))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commission::inputs;

    #[test]
    fn what_has_no_effect_is_not_asked_for() {
        let plain = Scheme::new("Ours", &[]);
        assert!(applies("rate", &plain) && !applies("draw_months", &plain));
        let draw = Scheme::new("Ours", &[("draw", "2000")]);
        assert!(applies("draw_months", &draw));
        // What was set can be reset, even where it has no effect.
        assert!(applies(
            "draw_months",
            &Scheme::new("Ours", &[("draw_months", "6")])
        ));
    }

    #[test]
    fn every_value_named_here_exists() {
        for (key, any) in DEPENDENT {
            assert!(inputs::spec(key).is_some(), "{key}");
            for (other, is) in *any {
                let other = inputs::spec(other).unwrap_or_else(|| panic!("{other}"));
                let (Is::One(text) | Is::Not(text)) = is;
                if let crate::assumptions::Kind::Choice(options) = other.kind {
                    assert!(
                        options.iter().any(|(key, _)| key == text),
                        "{} {text}",
                        other.key
                    );
                }
            }
        }
    }
}
