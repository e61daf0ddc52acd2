//! The engines, on a model of known figures.

use crate::document::{add, desk_after};
use perennial::assumptions::{Assumptions, Estimates, Resolved};
use perennial::document::{Desk, Edit};
use perennial::metrics::{Exactness, Figure, Figures, Number};
use perennial::registry;
use perennial::scenario::compare::number;
use perennial::scenario::seek::{Ground, seek};
use perennial::scenario::share::shapley;
use perennial::scenario::{Bench, Change, Goal, GridAsk, Model, Range, Simulation, TornadoAsk};
use proptest::prelude::*;

/// V34: free cash flow 100 x (1 + g)^t at a margin of 18 %, five years, at 10 %; with the assumptions
/// cac for sales, gross_margin, growth and discount.
struct Published;

fn figure(value: f64) -> Figure {
    Figure {
        value: Ok(Number::Float(value)),
        exactness: Exactness::Estimated,
        coverage: None,
        note: None,
    }
}

fn typed(inputs: &Resolved, key: &str) -> f64 {
    inputs.get(key).unwrap().value.parse().unwrap()
}

impl Model for Published {
    fn figures(&self, inputs: &Resolved) -> Figures {
        let get = |key: &str| typed(inputs, key);
        let (g, r) = (1.0 + get("growth") / 100.0, 1.0 + get("discount") / 100.0);
        let sales = (1..=5).map(|t| (g / r).powi(t)).sum::<f64>() * get("cac");
        let value = sales * get("gross_margin") / 100.0;
        // Turns at a retention of 60, and has no value above a lapse of 50 months.
        let turning = -(get("retention") - 60.0).powi(2);
        let mut figures = Figures::from([
            ("lifetime_value".to_owned(), figure(value)),
            ("future_value".to_owned(), figure(turning)),
            ("payback_months".to_owned(), figure(get("cac") / 10.0)),
        ]);
        figures.insert("orders".into(), figure(get("horizon")));
        if get("lapse") < 50.0 {
            figures.insert("revenue".into(), figure(get("lapse")));
        }
        figures
    }

    fn payback(&self) -> Option<(&'static str, f64)> {
        Some(("payback_months", 1.0 / 12.0))
    }
}

const V34: &[(&str, &str)] = &[
    ("cac", "100"),
    ("gross_margin", "18"),
    ("growth", "6"),
    ("discount", "10"),
    ("lapse", "18"),
];

fn chosen(values: &[(&str, &str)]) -> Assumptions {
    let mut desk = Desk::default();
    for (key, value) in values {
        let edit = Edit::Set {
            key: (*key).into(),
            value: (*value).into(),
            shown: None,
        };
        desk.apply(edit).unwrap();
    }
    desk.document().assumptions.as_ref().clone()
}

/// Asks a bench of the published model with these scenarios.
fn on_bench<T>(changes: Vec<Change>, ask: impl FnOnce(&Bench) -> T) -> T {
    let (chosen, estimates) = (chosen(V34), Estimates::new());
    let desk = desk_after(changes);
    ask(&Bench {
        model: &Published,
        chosen: &chosen,
        estimates: &estimates,
        scenarios: &desk.document().scenarios,
    })
}

#[test]
fn v34_tornado() {
    let ask = TornadoAsk {
        metric: "lifetime_value".into(),
        percent: Some(10.0),
        of: None,
    };
    let tornado = on_bench(vec![], |bench| bench.tornado(&ask)).unwrap();
    let printed = |value: f64| format!("{value:.2}");
    assert_eq!(format!("{:.3}", tornado.now), "80.645");
    let bars: Vec<(&str, String, String)> = tornado
        .bars
        .iter()
        .map(|bar| {
            (
                bar.key.as_str(),
                printed(bar.at_low.unwrap()),
                printed(bar.at_high.unwrap()),
            )
        })
        .collect();
    let bar = |key: &'static str, low: &str, high: &str| (key, low.to_owned(), high.to_owned());
    assert_eq!(
        bars,
        [
            bar("cac", "72.58", "88.71"),
            bar("gross_margin", "72.58", "88.71"),
            bar("discount", "82.84", "78.54"),
            bar("growth", "79.32", "81.99"),
        ]
    );
    assert!(tornado.bars.iter().all(|bar| bar.monotone));
    assert!(tornado.still > 10);
}

#[test]
fn s15_an_input_that_turns_is_marked_and_ranges_of_the_document_count() {
    let ask = TornadoAsk {
        metric: "future_value".into(),
        percent: None,
        of: None,
    };
    let tornado = on_bench(vec![], |bench| bench.tornado(&ask)).unwrap();
    assert_eq!((tornado.bars.len(), tornado.bars[0].monotone), (1, false));
    let narrow = Change::Uncertain(
        "retention".into(),
        Range::new("retention", "80", None, "90").ok(),
    );
    let tornado = on_bench(vec![narrow], |bench| bench.tornado(&ask)).unwrap();
    let bar = &tornado.bars[0];
    assert_eq!(
        (bar.low.as_str(), bar.high.as_str(), bar.monotone),
        ("80", "90", true)
    );
    assert_eq!((bar.at_low, bar.at_high), (Some(-400.0), Some(-900.0)));
}

#[test]
fn scenarios_side_by_side() {
    let changes = vec![
        add("More", &[("gross_margin", "20"), ("growth", "8")]),
        add("Dearer", &[("cac", "150")]),
        add("Same", &[]),
    ];
    let metrics = ["lifetime_value", "payback_months", "revenue", "nothing"].map(String::from);
    let found = on_bench(changes, |bench| bench.compare(&[1, 2, 3], &metrics));
    assert!(found.notes.is_empty());
    // S28: another horizon is shown over the longest, and nothing comes from it.
    let longer = vec![
        add("Longer", &[("horizon", "9"), ("cac", "150")]),
        add("Shorter", &[("horizon", "2")]),
    ];
    let orders = ["orders".to_owned()];
    let other = on_bench(longer, |bench| {
        let alone = bench.shares(None, Some(2), "orders").unwrap();
        assert_eq!((alone.from, alone.to), (5.0, 5.0));
        bench.compare(&[1, 2], &orders)
    });
    assert!(other.notes[0].contains("horizon differs"));
    assert!(other.notes[0].contains("9 years"), "{}", other.notes[0]);
    assert_eq!(other.columns[1].changes.len(), 2);
    for (cell, column) in other.rows[0].cells.iter().zip(&other.columns) {
        assert_eq!(cell.figure, Some(figure(9.0)));
        assert!(!cell.best && cell.difference == Some(0.0));
        let parts = column.shares.iter().flatten().flat_map(|s| &s.parts);
        assert!(parts.into_iter().all(|part| part.key != "horizon"));
    }
    assert_eq!(found.columns.len(), 4);
    let best = |row: usize| -> Vec<bool> { found.rows[row].cells.iter().map(|c| c.best).collect() };
    assert_eq!(best(0), [false, false, true, false]);
    assert_eq!(best(1), [true, true, false, true]);
    assert_eq!(best(2), [false; 4]);
    assert_eq!(found.rows[3].cells[0].figure, None);
    assert_eq!(found.rows[0].cells[3].difference, Some(0.0));
    let expected = vec![
        ("gross_margin".to_owned(), "18".to_owned(), "20".to_owned()),
        ("growth".to_owned(), "6".to_owned(), "8".to_owned()),
    ];
    let mut changes = found.columns[1].changes.clone();
    changes.sort();
    assert_eq!(changes, expected);
    let shares = found.columns[1].shares.clone().unwrap().unwrap();
    let whole = shares.to - shares.from;
    assert_eq!(
        shares.parts.iter().map(|part| part.value).sum::<f64>(),
        whole
    );
    assert!(shares.exact && whole > 10.0);
    assert!(
        found.columns[3]
            .shares
            .clone()
            .unwrap()
            .unwrap()
            .parts
            .is_empty()
    );
}

/// To pay back never is worse than ever, the rounding of the last digit is no difference, and cost is
/// better where it is less.
#[test]
fn the_best_is_marked_where_something_is_better() {
    let never = Figure {
        value: Err(perennial::metrics::WhyNot("Never within 5 years.".into())),
        ..figure(0.0)
    };
    let best = |metric: &str, figures: Vec<Figure>| -> Vec<bool> {
        let columns: Vec<Figures> = figures
            .into_iter()
            .map(|one| Figures::from([(metric.to_owned(), one)]))
            .collect();
        let rows = perennial::scenario::compare::rows(&[metric.to_owned()], &columns);
        rows[0].cells.iter().map(|cell| cell.best).collect()
    };
    assert_eq!(
        best("deal_payback", vec![never.clone(), figure(4.0)]),
        [false, true]
    );
    assert_eq!(best("deal_payback", vec![never.clone(), never]), [false; 2]);
    let near = vec![figure(0.1 + 0.2), figure(0.3)];
    assert_eq!(best("lifetime_value", near), [false; 2]);
    for (metric, less) in [
        ("cac_all", true),
        ("deal_cac_months", true),
        ("deal_break_volume", true),
        ("deal_tool_years", true),
        ("discount_share", true),
        ("gp_after_tooling", false),
        ("ltv_cac", false),
        ("deal_ltv_cac", false),
    ] {
        let found = best(metric, vec![figure(1.0), figure(2.0)]);
        assert_eq!(found, [less, !less], "{metric}");
    }
    for metric in ["cost_coverage", "hours_ahead", "initial_share", "accounts"] {
        assert_eq!(
            best(metric, vec![figure(1.0), figure(2.0)]),
            [false; 2],
            "{metric}"
        );
    }
}

#[test]
fn s15_a_grid_has_the_values_in_use_among_its_own() {
    let ask = GridAsk {
        metric: "lifetime_value".into(),
        across: "discount".into(),
        down: "growth".into(),
        of: None,
    };
    let heat = on_bench(vec![], |bench| bench.grid(&ask)).unwrap();
    let (column, row) = (heat.now.0.unwrap() as usize, heat.now.1.unwrap() as usize);
    assert_eq!(
        (heat.across[column].as_str(), heat.down[row].as_str()),
        ("10", "6")
    );
    assert!((heat.rows[row][column].unwrap() - 80.645).abs() < 1e-3);
    assert_eq!(heat.rows.len(), heat.down.len());
    let falling = |row: &Vec<Option<f64>>| row.windows(2).all(|p| p[0] > p[1]);
    assert!(heat.rows.iter().all(falling));
}

pub(crate) fn goal(metric: &str, target: f64, key: &str) -> Goal {
    Goal {
        metric: metric.into(),
        target,
        key: key.into(),
        of: None,
    }
}

#[test]
fn a_goal_that_cannot_be_reached_has_a_nearest() {
    let found = on_bench(vec![], |bench| {
        bench.seek(&goal("future_value", 25.0, "retention"))
    })
    .unwrap();
    assert!(found.solutions.is_empty());
    let nearest = found.nearest.unwrap();
    assert!((nearest.at - 60.0).abs() < 1e-3 && nearest.value.abs() < 1e-6);
    assert_eq!(nearest.input, "60");
    let two = on_bench(vec![], |bench| {
        bench.seek(&goal("future_value", -25.0, "retention"))
    })
    .unwrap();
    let at: Vec<f64> = two.solutions.iter().map(|one| one.at).collect();
    // 85 is in use: the nearer one comes first.
    assert!(
        (at[0] - 65.0).abs() < 1e-9 && (at[1] - 55.0).abs() < 1e-9,
        "{at:?}"
    );
    assert!(two.curve.windows(2).all(|pair| pair[0].0 <= pair[1].0));
}

#[test]
fn a_goal_of_a_figure_with_gaps_or_of_whole_numbers() {
    let found = on_bench(vec![], |bench| bench.seek(&goal("revenue", 49.0, "lapse"))).unwrap();
    assert_eq!(
        (found.solutions[0].at, found.solutions[0].value),
        (49.0, 49.0)
    );
    let beyond = on_bench(vec![], |bench| bench.seek(&goal("revenue", 60.0, "lapse"))).unwrap();
    assert!(beyond.solutions.is_empty());
    let why = on_bench(vec![], |bench| bench.seek(&goal("revenue", 60.0, "basis"))).unwrap_err();
    assert!(why.to_string().contains("no number"));
}

#[test]
fn d9_a_simulation_has_its_quantiles_chances_and_drivers() {
    let range =
        |key: &str, text: &str| Change::Uncertain(key.into(), Range::read(key, text, None).ok());
    let changes = vec![range("cac", "50; 100; 300"), range("growth", "5 to 7")];
    let ask = Simulation {
        within_months: 10,
        ..Simulation::default()
    };
    let simulate = |changes: Vec<Change>| {
        on_bench(changes, |bench| {
            let (mut running, inputs) = bench.simulation(&ask).unwrap();
            while !running.is_over() {
                bench.draw(&mut running, &inputs, "lifetime_value", 3_000);
            }
            bench.drawn(&running, &inputs, "lifetime_value").unwrap()
        })
    };
    let found = simulate(changes.clone());
    assert_eq!(found, simulate(changes));
    assert!((found.likely.unwrap() - 80.645).abs() < 1e-3);
    assert!(found.p10 < found.p50 && found.p50 < found.p90 && found.below_zero == 0.0);
    assert_eq!(found.drivers[0].key, "cac");
    assert!(found.drivers[0].share > 0.95);
    // A PERT of 50, 100, 300 is at most 100 in 40.96 % of cases: I_0.2(1.8, 4.2).
    let chance = perennial::base::num::inc_beta(0.2, 1.8, 4.2).0;
    assert!(
        (found.paid_back.unwrap() - chance).abs() < 0.015,
        "{:?} {chance}",
        found.paid_back
    );
    let nothing = on_bench(vec![], |bench| bench.simulation(&ask).map(|_| ()));
    assert!(nothing.unwrap_err().to_string().contains("uncertain"));
}

proptest! {
    #[test]
    fn parts_add_up_to_the_whole(
        weights in prop::collection::vec(-1e6..1e6_f64, 0..16),
        budget in prop::sample::select(vec![10_usize, 200, 2_000]),
    ) {
        let value = |changed: &[bool]| {
            let on = |at: usize| if changed[at] { weights[at] } else { 1.0 };
            let sum: f64 = (0..changed.len()).map(on).sum();
            Some(sum + sum * sum / 1e3)
        };
        let n = weights.len();
        let (parts, _) = shapley(n, budget, &mut { value }).unwrap();
        let whole = value(&vec![true; n]).unwrap() - value(&vec![false; n]).unwrap();
        let sum: f64 = parts.iter().sum();
        let largest = parts.iter().fold(whole.abs(), |most: f64, part| most.max(part.abs()));
        prop_assert!((sum - whole).abs() <= 1e-14 * largest, "{} {}", sum, whole);
    }

    #[test]
    fn what_is_sought_gives_the_target(
        a in -5.0..5.0_f64, b in -5.0..5.0_f64, c in -5.0..5.0_f64, target in -50.0..50.0_f64,
    ) {
        let f = |x: f64| a * x * x * x + b * x * x + c * x;
        let ground = Ground { allowed: (-3.0, 200.0), usual: (0.0, 4.0), whole: false, fine: true };
        let found = seek(ground, target, &mut |x| Some(f(x)));
        for (x, y) in &found.solutions {
            prop_assert!((-3.0..=200.0).contains(x));
            prop_assert!((f(*x) - target).abs() < 1e-6 && f(*x) == *y);
        }
        let crossed = (0..2_000).any(|i| {
            let at = |i: i32| -3.0 + 7.0 * f64::from(i) / 2_000.0;
            (f(at(i)) - target) * (f(at(i + 1)) - target) < 0.0
        });
        // Two roots between neighbouring points of the scan cannot be told from none.
        if crossed && found.solutions.is_empty() {
            let nearest = found.nearest.unwrap();
            prop_assert!((nearest.1 - target).abs() < 0.5, "{:?}", nearest);
        }
    }

    #[test]
    fn a_goal_fed_back_gives_the_target(target in 1.0..400.0_f64, key in prop::sample::select(vec!["cac", "gross_margin", "growth", "discount"])) {
        let found = on_bench(vec![], |bench| bench.seek(&goal("lifetime_value", target, key))).unwrap();
        for one in &found.solutions {
            prop_assert!((one.value - target).abs() < 1e-6 * target.max(1.0), "{:?}", one);
        }
        if found.solutions.is_empty() {
            let nearest = found.nearest.unwrap();
            prop_assert!(nearest.at == found.allowed.0 || nearest.at == found.allowed.1, "{:?}", nearest);
        }
    }
}

#[test]
fn figures_of_the_model_are_numbers() {
    let inputs = registry::resolve(&chosen(V34), &Estimates::new());
    assert!(number(&Published.figures(&inputs), "lifetime_value").is_some());
}
