//! The worker's job.

use crate::document::{add, desk_after};
use crate::engines::goal;
use perennial::assumptions::Assumptions;
use perennial::jobs::protocol::{
    Job, Orders, PageWant, Reply, ScenarioResults, ScenarioWant, Want,
};
use perennial::jobs::{Memory, Never, SLICE, Session, run};
use perennial::scenario::{Change, GridAsk, Range, Simulation, TornadoAsk};

fn of_scenarios(want: ScenarioWant) -> Want {
    Want::of_page(&PageWant {
        scenarios: Some(want),
        ..PageWant::default()
    })
}

pub(crate) fn asked(want: ScenarioWant, orders: Orders) -> ScenarioResults {
    let mut session = Session::new(SLICE);
    let mut answer = |job: Job| {
        let (reply, _) = run(&mut session, job, &Memory::default(), &Never, &mut |_| {});
        reply
    };
    answer(Job::Build {
        orders,
        as_of: None,
    });
    answer(Job::Commit);
    let job = Job::Evaluate {
        assumptions: Assumptions::default(),
        as_of: None,
        want: of_scenarios(want),
    };
    match answer(job) {
        Reply::Results(results) => results.of_page().scenarios.unwrap(),
        other => panic!("{other:?}"),
    }
}

pub(crate) fn scenario_want(changes: Vec<Change>, metrics: &[&str]) -> ScenarioWant {
    ScenarioWant {
        scenarios: std::sync::Arc::clone(&desk_after(changes).document().scenarios),
        compare: true,
        tornado: true,
        grid: true,
        goals: true,
        simulate: true,
        metrics: metrics.iter().map(|key| (*key).to_owned()).collect(),
        ..ScenarioWant::default()
    }
}

#[test]
fn the_job_answers_for_the_book() {
    let changes = vec![
        add("Keep more", &[("retention", "99")]),
        Change::Uncertain(
            "retention".into(),
            Range::read("retention", "70 to 95", None).ok(),
        ),
        Change::Tornado(Some(TornadoAsk {
            metric: "future_value".into(),
            percent: None,
            of: None,
        })),
        Change::Grid(Some(GridAsk {
            metric: "future_value".into(),
            across: "retention".into(),
            down: "discount".into(),
            of: None,
        })),
        Change::Seek(0, Some(goal("future_value", 2_000_000.0, "retention"))),
        Change::Simulate(Simulation {
            draws: 300,
            metric: "future_value".into(),
            ..Simulation::default()
        }),
    ];
    let want = scenario_want(changes, &["future_value", "payback_months"]);
    let found = asked(want, Orders::Sample);
    let comparison = found.comparison.unwrap();
    assert_eq!(comparison.columns.len(), 2);
    assert!(
        comparison.rows[0].cells[1].difference.unwrap() > 0.0 && comparison.rows[0].cells[1].best
    );
    let shares = comparison.columns[1].shares.clone().unwrap().unwrap();
    assert_eq!(shares.parts.len(), 1);
    assert!(found.tornado.unwrap().unwrap().bars.len() > 3);
    assert!(found.grid.unwrap().unwrap().rows.len() > 5);
    assert!(!found.goals[0].clone().unwrap().curve.is_empty());
    let simulated = found.simulation.unwrap().unwrap();
    assert_eq!((simulated.drawn, found.more), (300, false));
    assert!(simulated.p10 < simulated.p90);
    assert_eq!(simulated.drivers[0].key, "retention");
}

#[test]
fn a_long_simulation_goes_on_where_it_was() {
    let ask = Simulation {
        draws: 2_500,
        metric: "future_value".into(),
        ..Simulation::default()
    };
    let changes = vec![
        Change::Uncertain(
            "retention".into(),
            Range::read("retention", "70 to 95", None).ok(),
        ),
        Change::Simulate(ask),
    ];
    let want = of_scenarios(ScenarioWant {
        compare: false,
        ..scenario_want(changes, &[])
    });
    let mut session = Session::new(SLICE);
    let mut answer = |job: Job| run(&mut session, job, &Memory::default(), &Never, &mut |_| {}).0;
    answer(Job::Build {
        orders: Orders::Sample,
        as_of: None,
    });
    answer(Job::Commit);
    let mut parts = Vec::new();
    loop {
        let job = Job::Evaluate {
            assumptions: Assumptions::default(),
            as_of: None,
            want: want.clone(),
        };
        let Reply::Results(results) = answer(job) else {
            panic!()
        };
        let found = results.of_page().scenarios.unwrap();
        parts.push(found.simulation.unwrap().unwrap().drawn);
        if !found.more {
            break;
        }
    }
    assert_eq!(parts, [1_000, 2_000, 2_500]);
}
