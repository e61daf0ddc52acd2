//! The deal, without any orders.

use crate::document::add;
use crate::engines::goal;
use crate::job::{asked, scenario_want};
use perennial::assumptions::spec::Kind;
use perennial::assumptions::{Assumptions, Estimates};
use perennial::jobs::protocol::{Orders, ScenarioResults};
use perennial::registry;
use perennial::scenario::{Change, GridAsk, Range, Simulation, TornadoAsk};

fn of_deal(changes: Vec<Change>) -> ScenarioResults {
    asked(scenario_want(changes, &[]), Orders::None)
}

fn seek_deal(metric: &str, target: f64, key: &str) -> Change {
    Change::Seek(usize::MAX, Some(goal(metric, target, key)))
}

#[test]
fn g1_goals_find_the_golden_deals_limits() {
    let found = of_deal(vec![
        seek_deal("deal_npv", 0.0, "deal_retention"),
        seek_deal("deal_npv", 0.0, "deal_discount"),
        seek_deal("deal_npv", 39_212.79, "deal_volume"),
        seek_deal("deal_npv", 1e9, "deal_retention"),
    ]);
    let first = |at: usize| found.goals[at].clone().unwrap().solutions[0].clone();
    assert_eq!(format!("{:.2}", first(0).at), "53.31");
    assert_eq!(format!("{:.2}", first(1).at), "19.28");
    assert_eq!(first(2).input, "10000");
    let never = found.goals[3].clone().unwrap();
    assert!(never.solutions.is_empty());
    assert_eq!(format!("{:.2}", never.nearest.unwrap().value), "68854.12");
    assert!(first(0).value.abs() < 1e-6);
}

#[test]
fn g1_scenarios_of_the_golden_deal() {
    let found = of_deal(vec![
        add("13 % discount", &[("deal_discount", "13")]),
        add(
            "Both",
            &[("deal_discount", "13"), ("deal_retention", "100")],
        ),
        Change::Tornado(Some(TornadoAsk {
            metric: "deal_npv".into(),
            percent: Some(10.0),
            of: None,
        })),
        Change::Grid(Some(GridAsk {
            metric: "deal_npv".into(),
            across: "deal_discount".into(),
            down: "deal_volume".into(),
            of: Some(1),
        })),
    ]);
    let comparison = found.comparison.unwrap();
    let cell = |row: usize, column: usize| comparison.rows[row].cells[column].clone();
    let value = |row: usize, column: usize| {
        perennial::view::number::to_f64(cell(row, column).figure.unwrap().value.unwrap())
    };
    assert_eq!(comparison.rows[0].metric, "deal_npv");
    assert_eq!(format!("{:.2}", value(0, 0)), "39212.79");
    assert_eq!(format!("{:.2}", value(0, 1)), "21824.94");
    let shares = comparison.columns[2].shares.clone().unwrap().unwrap();
    let sum: f64 = shares.parts.iter().map(|part| part.value).sum();
    assert!((sum - (shares.to - shares.from)).abs() < 1e-9);
    let signs: Vec<bool> = shares.parts.iter().map(|part| part.value > 0.0).collect();
    assert_eq!(signs, [false, true]);
    // The longest bars by brute force.
    let bars = found.tornado.unwrap().unwrap().bars;
    let mut swings: Vec<(f64, &str)> = Vec::new();
    for spec in registry::assumptions() {
        if !matches!(spec.kind, Kind::Number { .. }) {
            continue;
        }
        let npv = |factor: f64| {
            let mut resolved = registry::resolve(&Assumptions::default(), &Estimates::new());
            let now: f64 = spec.default.parse().unwrap();
            let text = perennial::assumptions::resolve::canonical(spec, now * factor).unwrap();
            resolved.put(spec.key, text);
            perennial::deals::Terms::read(&resolved).npv()
        };
        swings.push(((npv(1.1) - npv(0.9)).abs(), spec.key));
    }
    swings.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (bar, (_, key)) in bars.iter().zip(&swings).take(6) {
        assert_eq!(bar.key, *key);
    }
    let heat = found.grid.unwrap().unwrap();
    let (column, row) = (heat.now.0.unwrap() as usize, heat.now.1.unwrap() as usize);
    assert_eq!(
        (heat.across[column].as_str(), heat.down[row].as_str()),
        ("13", "10000")
    );
    assert_eq!(
        format!("{:.2}", heat.rows[row][column].unwrap()),
        "21824.94"
    );
}

#[test]
fn d9_the_golden_deal_is_simulated_at_once() {
    let range = |key: &str, text: &str| {
        Change::Uncertain(key.into(), Some(Range::read(key, text, None).unwrap()))
    };
    let ranges = vec![
        range("deal_volume", "6000 to 14000"),
        range("deal_retention", "60 to 95"),
        range("deal_cost", "6.8; 7.1; 7.9"),
    ];
    let found = of_deal(ranges.clone());
    let simulated = found.simulation.unwrap().unwrap();
    assert_eq!(
        (simulated.drawn, simulated.without, found.more),
        (10_000, 0, false)
    );
    assert_eq!(format!("{:.2}", simulated.likely.unwrap()), "39212.79");
    assert!(simulated.below_zero > 0.0 && simulated.below_zero < 0.5);
    assert!(simulated.paid_back.unwrap() > 0.1);
    assert_eq!(simulated.drivers.len(), 3);
    // The quick way and the long way draw the same.
    let mut slow = ranges;
    slow.push(Change::Simulate(Simulation {
        metric: "deal_margin_today".into(),
        draws: 500,
        ..Simulation::default()
    }));
    let slow = of_deal(slow).simulation.unwrap().unwrap();
    assert_eq!(
        (slow.drawn, slow.metric.as_str()),
        (500, "deal_margin_today")
    );
    assert!((slow.likely.unwrap() - 57_000.0 - 39_212.79).abs() < 0.01);
    assert!((slow.p50 - 57_000.0 - simulated.p50).abs() < 5_000.0);
}

#[test]
fn every_figure_has_a_direction_that_somebody_has_thought_of() {
    use perennial::scenario::{Better, better};
    let less = |key: &str| better(key) == Better::Less;
    for key in [
        "deal_payback",
        "deal_floor_price",
        "deal_fail_cost",
        "payback_months",
        "deal_outlay",
        "deal_late",
    ] {
        assert!(less(key), "{key}");
    }
    for key in [
        "deal_npv",
        "deal_irr",
        "deal_ltv_cac",
        "deal_max_discount",
        "lifetime_value",
        "deal_contribution",
    ] {
        assert_eq!(better(key), Better::More, "{key}");
    }
}
