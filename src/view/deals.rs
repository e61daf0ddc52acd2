//! The Deals page without a browser: its boards, where each assumption stands, the verdict in words,
//! its charts.
//!
//! Input: the deal as it comes from the worker, and a way to write amounts. Output: sentences and
//! [`Chart`]s.

use crate::assumptions::{Origin, Section, Spec, Used};
use crate::base::{Unit, counted};
use crate::deals::Approval;
use crate::metrics::{Cell, Figures, Sheet};
use crate::registry;

use super::chart::{Chart, Periods, Series, Shape};
use super::number::to_f64;
use super::route::{Page, Route};

/// The boards: key and heading.
pub const TABS: &[(&str, &str)] = &[
    ("", "The deal"),
    ("sizes", "Price breaks and order size"),
    ("promise", "Promise and high demand"),
    ("effort", "Effort and learning"),
    ("dated", "Dated cash flows"),
    ("customer", "For the customer"),
    ("sheet", "On one page"),
];

/// The assumptions that are always in sight on the first board.
pub const BASICS: &[&str] = &[
    "deal_list",
    "deal_discount",
    "deal_volume",
    "deal_cost",
    "deal_tooling",
    "deal_cac",
    "deal_retention",
];

/// The sections of a board's assumptions: on the first they are folded, on the others open.
pub fn sections(tab: &str) -> &'static [Section] {
    match tab {
        "sizes" => &[Section::DealPrice, Section::DealVolume],
        "promise" => &[Section::DealPromise, Section::DealSpikes],
        "effort" => &[Section::DealEffort, Section::DealLearning],
        "dated" => &[Section::DealDated],
        "customer" | "sheet" => &[],
        _ => &[
            Section::DealPrice,
            Section::DealVolume,
            Section::DealCosts,
            Section::DealFuture,
            Section::DealApproval,
        ],
    }
}

/// The board that holds an assumption's field.
pub fn place(key: &str) -> Route {
    let section = registry::assumption(key).map(|spec| spec.section);
    let mut boards = TABS.iter().map(|(tab, _)| *tab);
    let holds = |tab: &&str| section.is_some_and(|section| sections(tab).contains(&section));
    Route::to(Page::Deals).with("tab", boards.find(holds).unwrap_or(""))
}

/// Figures that belong together: a heading, and their keys in order.
pub type Group = (&'static str, &'static [&'static str]);

/// The figures of a board.
pub fn groups(tab: &str) -> &'static [Group] {
    match tab {
        "sizes" => &[(
            "Many orders, or few large ones",
            &[
                "deal_order_pieces",
                "deal_list_price",
                "deal_order_cost",
                "deal_many_value",
                "deal_large_unit",
                "deal_large_value",
                "deal_break_return",
            ],
        )],
        "promise" => &[
            (
                "What is promised against what can be made",
                &[
                    "deal_week_load",
                    "deal_late",
                    "deal_fail",
                    "deal_fail_cost",
                    "deal_npv",
                    "deal_net_value",
                ],
            ),
            (
                "Months of high demand",
                &["deal_spike_demand", "deal_unit", "deal_buffer_value"],
            ),
        ],
        "effort" => &[
            (
                "A new account, or those there are",
                &[
                    "deal_acquire",
                    "deal_keep",
                    "deal_break_win",
                    "deal_break_kept",
                ],
            ),
            (
                "What repeats make cheaper",
                &["deal_learning_saved", "deal_staying"],
            ),
        ],
        "customer" | "sheet" => &[],
        "dated" => &[("Payments on certain days", &["deal_xnpv", "deal_xirr"])],
        _ => &[
            (
                "What it is worth",
                &[
                    "deal_npv",
                    "deal_irr",
                    "deal_payback",
                    "deal_payback_discounted",
                    "deal_margin_today",
                    "deal_outlay",
                    "deal_ltv_cac",
                    "deal_cac_months",
                ],
            ),
            (
                "How far it may go",
                &[
                    "deal_floor_price",
                    "deal_max_discount",
                    "deal_break_volume",
                    "deal_break_retention",
                    "deal_cut_npv",
                    "deal_cut_more",
                    "deal_cut_volume",
                ],
            ),
            (
                "A piece and a year",
                &[
                    "deal_price",
                    "deal_pocket",
                    "deal_unit",
                    "deal_pocket_margin",
                    "deal_gross_margin",
                    "deal_adder",
                    "deal_revenue",
                    "deal_to_serve",
                    "deal_contribution",
                    "deal_margin",
                ],
            ),
        ],
    }
}

/// What a deal shares with the other pages.
const SHARED: &[&str] = &["discount", "horizon", "timing", "capital"];

/// The assumptions that one page lists, in the order of the registry: the basic ones, those that other
/// pages share, and whatever else was not left at its default and moves something.
pub fn listed(used: &[Used]) -> Vec<(&'static Spec, &Used)> {
    let find = |spec: &'static Spec| {
        let one = used.iter().find(|used| used.key == spec.key)?;
        let always = BASICS.contains(&spec.key) || SHARED.contains(&spec.key);
        let told = spec.section.is_deal() && one.origin != Origin::Default;
        ((always || told) && one.disabled.is_none()).then_some((spec, one))
    };
    registry::assumptions().filter_map(find).collect()
}

/// A term of an offer: what it is called, and where it comes from.
pub enum Term {
    /// An assumption, by its key.
    Assumption(&'static str),
    /// A figure, by its key.
    Figure(&'static str),
    /// As it stands.
    Words(&'static str),
}

/// The terms that a customer may see. None of them rests on a cost, a margin or a commission.
pub fn offer(tooling_by: &str, breaks: &str) -> Vec<(&'static str, Term)> {
    let mut terms = vec![
        ("Pieces a year", Term::Assumption("deal_volume")),
        ("Orders a year", Term::Assumption("deal_releases")),
        ("Pieces of an order", Term::Figure("deal_order_pieces")),
    ];
    if !breaks.is_empty() {
        terms.push(("List price at that size", Term::Figure("deal_list_price")));
    }
    terms.extend([
        ("Discount off list", Term::Assumption("deal_discount")),
        ("Price of a piece", Term::Figure("deal_price")),
        ("Discount off invoice", Term::Assumption("deal_rebate")),
        ("A year", Term::Figure("deal_revenue")),
    ]);
    match tooling_by {
        "customer" => terms.push((
            "Tooling, paid at the start",
            Term::Assumption("deal_tooling"),
        )),
        "amortised" => terms.extend([
            ("Added to a piece for tooling", Term::Figure("deal_adder")),
            (
                "Until so many pieces are delivered",
                Term::Assumption("deal_tool_pieces"),
            ),
        ]),
        _ => terms.push(("Tooling", Term::Words("in the price"))),
    }
    terms.extend([
        ("Lead time in weeks", Term::Assumption("deal_lead_weeks")),
        ("Payment within", Term::Assumption("deal_terms")),
    ]);
    terms
}

/// What the customer pays over the years.
pub fn spend(sheet: &Sheet) -> Option<Chart> {
    let number = |row: &[Cell], at: usize| match row.get(at) {
        Some(Cell::Number(number, _)) => Some(to_f64(*number)),
        _ => None,
    };
    let series = |at: usize, shape| Series {
        name: sheet
            .columns
            .get(at)
            .map_or_else(String::new, |column| column.label.clone()),
        shape,
        values: sheet.rows.iter().map(|row| number(row, at)).collect(),
    };
    let labels = sheet.rows.iter().map(|row| match row.first() {
        Some(Cell::Text(name)) => name.clone(),
        _ => String::new(),
    });
    (!sheet.rows.is_empty()).then(|| {
        Chart::Periods(Periods {
            title: sheet.title.clone(),
            description: sheet.caption.clone(),
            unit: Unit::Money,
            heading: "Year".into(),
            labels: labels.collect(),
            expected_from: None,
            band: Vec::new(),
            series: vec![series(1, Shape::Bar), series(2, Shape::Line)],
        })
    })
}

/// How numbers are written in the verdict.
pub struct Words<'a> {
    /// A whole amount of money.
    pub amount: &'a dyn Fn(f64) -> String,
    /// The price of a piece.
    pub price: &'a dyn Fn(f64) -> String,
    /// Years with their unit.
    pub years: &'a dyn Fn(f64) -> String,
}

/// The deal in one sentence, or nothing while it is not known.
pub fn verdict(figures: &Figures, horizon_years: &str, words: &Words<'_>) -> Option<String> {
    let value = |key: &str| {
        let figure = figures.get(key)?;
        figure.value.as_ref().ok().map(|number| to_f64(*number))
    };
    let npv = value("deal_npv")?;
    let years = counted(&horizon_years, "year");
    let worth = (words.amount)(npv.abs());
    let pays = match value("deal_payback") {
        Some(0.0) => "it needs nothing laid out".to_owned(),
        Some(at) => format!("it pays back in {}", (words.years)(at)),
        None => "it does not pay back within them".to_owned(),
    };
    let floor = value("deal_floor_price").map(|floor| (words.price)(floor));
    Some(if npv >= 0.0 {
        let room = floor.map(|floor| format!("; you may go down to {floor} a piece"));
        format!(
            "Worth {worth} over {years}; {pays}{}.",
            room.unwrap_or_default()
        )
    } else {
        let room = floor
            .map(|floor| format!("; it takes {floor} a piece to be worth nothing less than 0"));
        format!(
            "Loses {worth} over {years}; {pays}{}.",
            room.unwrap_or_default()
        )
    })
}

/// Who must agree, in words, and the name of its style.
pub const fn approval(approval: Approval) -> (&'static str, &'static str) {
    match approval {
        Approval::Free => ("You may agree", "good"),
        Approval::Manager => ("A manager must agree", "warn"),
        Approval::Finance => ("Finance must agree", "bad"),
    }
}

/// What an order costs over quantities (`write` writes them), with the zone where buying more costs less.
pub fn totals(sheet: &Sheet, write: &dyn Fn(f64) -> String) -> Option<Chart> {
    let number = |row: &[Cell], at: usize| match row.get(at) {
        Some(Cell::Number(number, _)) => Some(to_f64(*number)),
        _ => None,
    };
    if sheet.rows.is_empty() {
        return None;
    }
    let series = |at: usize| Series {
        name: sheet
            .columns
            .get(at)
            .map_or_else(String::new, |column| column.label.clone()),
        shape: Shape::Line,
        values: sheet.rows.iter().map(|row| number(row, at)).collect(),
    };
    // Outside a zone the band has no height, so that it does not reach from one to the next.
    let band = sheet.rows.iter().map(|row| {
        let total = number(row, 1)?;
        Some((number(row, 3).unwrap_or(total), total))
    });
    let zones = sheet.rows.iter().any(|row| number(row, 3).is_some());
    let band = band.filter(|_| zones);
    let labels = sheet
        .rows
        .iter()
        .map(|row| number(row, 0).map_or_else(String::new, write));
    Some(Chart::Periods(Periods {
        title: sheet.title.clone(),
        description: sheet.caption.clone(),
        unit: Unit::Money,
        heading: "Pieces".into(),
        labels: labels.collect(),
        expected_from: None,
        band: band.collect(),
        series: vec![series(1), series(2)],
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assumptions::{Assumptions, Estimates, Origin, Setting};
    use crate::deals::Deal;

    fn deal(settings: &[(&str, &str)]) -> Deal {
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
        Deal::read(&registry::resolve(&chosen, &Estimates::new()))
    }

    fn said(settings: &[(&str, &str)]) -> String {
        let words = Words {
            amount: &|x| format!("{x:.0}"),
            price: &|x| format!("{x:.2}"),
            years: &|x| format!("{x:.1} years"),
        };
        verdict(&deal(settings).figures(), "5", &words).unwrap()
    }

    #[test]
    fn the_verdict_says_worth_payback_and_room() {
        assert_eq!(
            said(&[]),
            "Worth 39213 over 5 years; it pays back in 1.8 years; you may go down to 9.69 a piece."
        );
        let loss = said(&[("deal_discount", "25")]);
        assert!(
            loss.starts_with("Loses ") && loss.contains("it takes 9.69"),
            "{loss}"
        );
        assert!(said(&[("deal_cost", "20")]).contains("does not pay back within them"));
    }

    #[test]
    fn one_page_lists_what_the_deal_rests_on() {
        let settings = [("deal_freight", "0.5"), ("retention", "70")];
        let chosen = settings.map(|(key, value)| {
            let setting = Setting {
                value: value.to_owned(),
                origin: Origin::User,
            };
            (key.to_owned(), setting)
        });
        let chosen = Assumptions {
            chosen: chosen.into_iter().collect(),
        };
        let mut resolved = registry::resolve(&chosen, &Estimates::new());
        resolved.disable("capital", "for the test");
        let keys: Vec<&str> = listed(resolved.all())
            .iter()
            .map(|(spec, _)| spec.key)
            .collect();
        for key in BASICS
            .iter()
            .chain(&["discount", "horizon", "deal_freight"])
        {
            assert!(keys.contains(key), "{key}");
        }
        for key in ["retention", "capital", "deal_spike_months"] {
            assert!(!keys.contains(&key), "{key}");
        }
    }

    #[test]
    fn every_assumption_and_figure_of_a_deal_has_its_place() {
        for spec in registry::assumptions().filter(|spec| spec.section.is_deal()) {
            let tab = place(spec.key);
            assert!(sections(tab.get("tab").unwrap_or("")).contains(&spec.section));
        }
        for (tab, _) in TABS {
            for key in groups(tab).iter().flat_map(|(_, keys)| *keys) {
                assert!(registry::metric(key).is_some(), "{key}");
            }
        }
        for key in BASICS {
            assert!(registry::assumption(key).is_some(), "{key}");
        }
    }

    #[test]
    fn the_zone_where_more_costs_less_is_drawn() {
        let deal = deal(&[("deal_breaks", "1-99: 100; 100+: 85")]);
        let sheets = deal.sheets();
        let sheet = sheets.iter().find(|s| s.key == "deal_totals").unwrap();
        let Some(Chart::Periods(chart)) = totals(sheet, &|x| x.to_string()) else {
            panic!("a chart over quantities");
        };
        let at = |pieces: &str| chart.labels.iter().position(|l| l == pieces).unwrap();
        assert_eq!(chart.band[at("86")], Some((8_500.0, 8_600.0)));
        assert_eq!(chart.band[at("99")], Some((8_500.0, 9_900.0)));
        assert_eq!(chart.band[at("100")], Some((8_500.0, 8_500.0)));
    }
}
