//! Whose figures a place of the page shows, and what it asks for.

use std::sync::Arc;

use crate::jobs::protocol::ScenarioWant;
use crate::scenario::{Change, Goal, GridAsk, Scenario, Scenarios, Simulation, TornadoAsk};
use crate::view::route::Route;

/// Whose figures are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Subject {
    /// The deal of the deal desk.
    #[default]
    Deal,
    /// The order book.
    Book,
}

impl Subject {
    /// Both, as they are offered.
    pub const ALL: [Self; 2] = [Self::Deal, Self::Book];

    /// Its name in the address; empty for the first.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Deal => "",
            Self::Book => "book",
        }
    }

    /// Its name on screen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Deal => "The deal",
            Self::Book => "The book",
        }
    }

    /// Whether its figures come from orders.
    pub const fn needs_orders(self) -> bool {
        matches!(self, Self::Book)
    }

    /// Its figures that are compared, the one that matters most first.
    pub const fn metrics(self) -> &'static [&'static str] {
        match self {
            Self::Deal => &[
                "deal_npv",
                "deal_irr",
                "deal_payback",
                "deal_payback_discounted",
                "deal_ltv_cac",
                "deal_margin",
                "deal_contribution",
                "deal_floor_price",
            ],
            Self::Book => &[
                "lifetime_value",
                "future_value",
                "ltv_per_account",
                "ltv_cac",
                "payback_months",
            ],
        }
    }

    /// One of its figures: the wanted one where it has that, else its first.
    fn metric(self, wanted: Option<&str>) -> String {
        let known = self.metrics();
        let wanted = wanted.filter(|key| known.contains(key));
        wanted
            .or(known.first().copied())
            .unwrap_or_default()
            .to_owned()
    }

    /// The tornado to show: the kept one, else one of its first figure.
    pub fn tornado(self, kept: &Scenarios) -> TornadoAsk {
        let kept = kept.tornado();
        TornadoAsk {
            metric: self.metric(kept.map(|ask| ask.metric.as_str())),
            percent: kept.map_or(Some(10.0), |ask| ask.percent),
            of: kept.and_then(|ask| ask.of),
        }
    }

    /// The grid to show.
    pub fn grid(self, kept: &Scenarios) -> GridAsk {
        let kept = kept.grid();
        let (across, down) = match self {
            Self::Deal => ("deal_discount", "deal_volume"),
            Self::Book => ("retention", "discount"),
        };
        GridAsk {
            metric: self.metric(kept.map(|ask| ask.metric.as_str())),
            across: kept.map_or(across, |ask| &ask.across).to_owned(),
            down: kept.map_or(down, |ask| &ask.down).to_owned(),
            of: kept.and_then(|ask| ask.of),
        }
    }

    /// The goal to seek.
    pub fn goal(self, kept: &Scenarios) -> Goal {
        let kept = kept.goals().first();
        let key = match self {
            Self::Deal => "deal_discount",
            Self::Book => "retention",
        };
        Goal {
            metric: self.metric(kept.map(|goal| goal.metric.as_str())),
            target: kept.map_or(0.0, |goal| goal.target),
            key: kept.map_or(key, |goal| &goal.key).to_owned(),
            of: kept.and_then(|goal| goal.of),
        }
    }

    /// How it is simulated.
    pub fn simulation(self, kept: &Scenarios) -> Simulation {
        let kept = kept.simulation();
        Simulation {
            metric: self.metric(Some(&kept.metric)),
            ..kept.clone()
        }
    }
}

/// What a place on the page asks for.
pub fn asked(route: &Route, kept: &Arc<Scenarios>) -> ScenarioWant {
    let subject = subject(route);
    let tab = route.get("tab").unwrap_or_default();
    let mut want = ScenarioWant {
        compare: tab.is_empty(),
        tornado: tab == "sensitivity",
        grid: tab == "sensitivity",
        goals: tab == "goal",
        simulate: tab == "uncertainty",
        between: between(route, kept),
        metrics: subject
            .metrics()
            .iter()
            .map(|key| (*key).to_owned())
            .collect(),
        ..ScenarioWant::default()
    };
    let change = |scenarios: Scenarios, change| match scenarios.changed(change) {
        Ok(changed) => changed.scenarios,
        Err(_) => scenarios,
    };
    let mut all = Scenarios::clone(kept);
    if want.tornado {
        all = change(all, Change::Tornado(Some(subject.tornado(kept))));
        all = change(all, Change::Grid(Some(subject.grid(kept))));
    }
    if want.goals {
        all = change(all, Change::Seek(0, Some(subject.goal(kept))));
    }
    if want.simulate {
        all = change(all, Change::Simulate(subject.simulation(kept)));
    }
    want.scenarios = Arc::new(all);
    want
}

/// Two columns; `None` is the base.
type Two = (Option<u32>, Option<u32>);

/// Which two scenarios are held against each other, the earlier first. Nothing where there are fewer
/// than two scenarios, for each of them is held against the base anyway, or where both are the same.
pub fn between(route: &Route, kept: &Scenarios) -> Option<Two> {
    ends(route, kept).filter(|(from, to)| from != to)
}

/// The two that are chosen, be they the same.
pub fn ends(route: &Route, kept: &Scenarios) -> Option<Two> {
    let id = |at: usize| kept.list().get(at).map(Scenario::id);
    let (first, second) = (id(0)?, id(1)?);
    let chosen = |key: &str, usual: u32| match route.get(key) {
        Some("base") => None,
        Some(text) => {
            let id = text.parse().ok();
            Some(id.filter(|id| kept.get(*id).is_some()).unwrap_or(usual))
        }
        None => Some(usual),
    };
    Some((chosen("from", first), chosen("to", second)))
}

/// The name of a scenario inside a sentence.
pub fn named(of: Option<u32>, kept: &Scenarios) -> String {
    let scenario = of.and_then(|id| kept.get(id));
    scenario.map_or_else(|| super::BASE.to_owned(), |one| one.name().to_owned())
}

/// Whose figures a place shows.
pub fn subject(route: &Route) -> Subject {
    let wanted = route.get("of").unwrap_or_default();
    let known = Subject::ALL.into_iter().find(|one| one.key() == wanted);
    known.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry;

    #[test]
    fn a_place_asks_for_what_it_shows() {
        let kept = Arc::new(Scenarios::default());
        let want = |place: &str| asked(&Route::parse(place), &kept);
        let compare = want("#/scenarios");
        assert!(compare.compare && !compare.tornado && !compare.simulate);
        let matter = want("#/scenarios?tab=sensitivity&of=book");
        let tornado = matter.scenarios.tornado().map(|ask| ask.metric.as_str());
        assert_eq!(tornado, Some("lifetime_value"));
        assert_eq!(
            matter.scenarios.grid().map(|ask| ask.down.as_str()),
            Some("discount")
        );
        assert_eq!(want("#/scenarios?tab=goal").scenarios.goals().len(), 1);
        // What is only shown is not kept.
        assert!(kept.is_empty());
    }

    #[test]
    fn two_scenarios_are_held_against_each_other() {
        let mut kept = Scenarios::default();
        let at = |place: &str, kept: &Scenarios| between(&Route::parse(place), kept);
        let add = |kept: &Scenarios| {
            let change = Change::Add {
                name: None,
                changes: Vec::new(),
            };
            kept.changed(change).unwrap().scenarios
        };
        kept = add(&kept);
        assert_eq!(at("#/scenarios", &kept), None);
        kept = add(&kept);
        let ids: Vec<u32> = kept.list().iter().map(Scenario::id).collect();
        let (a, b) = (Some(ids[0]), Some(ids[1]));
        assert_eq!(at("#/scenarios", &kept), Some((a, b)));
        assert_eq!(at("#/scenarios?from=base", &kept), Some((None, b)));
        let turned = format!("#/scenarios?from={}&to={}", ids[1], ids[0]);
        assert_eq!(at(&turned, &kept), Some((b, a)));
        assert_eq!(at(&format!("#/scenarios?to={}", ids[0]), &kept), None);
        assert_eq!(at("#/scenarios?to=999", &kept), Some((a, b)));
        assert_eq!(named(None, &kept), "the base");
        assert_eq!(named(b, &kept), kept.list()[1].name());
    }

    #[test]
    fn every_figure_offered_is_known() {
        for subject in Subject::ALL {
            for key in subject.metrics() {
                assert!(registry::metric(key).is_some(), "{key}");
            }
        }
    }
}
