//! Whose figures a place of the page shows, and what it asks for.

use std::sync::Arc;

use crate::jobs::protocol::ScenarioWant;
use crate::scenario::{Change, Goal, GridAsk, Scenarios, Simulation, TornadoAsk};
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
    fn every_figure_offered_is_known() {
        for subject in Subject::ALL {
            for key in subject.metrics() {
                assert!(registry::metric(key).is_some(), "{key}");
            }
        }
    }
}
