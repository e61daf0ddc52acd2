//! Edits of the scenarios: each gives valid ones with a name for undo, or is refused.

use std::collections::BTreeMap;

use crate::base::Refused;
use crate::registry::{self, entry};

use super::grid::GridAsk;
use super::range::{Range, numeric};
use super::seek::Goal;
use super::simulate::Simulation;
use super::state::{MOST_GOALS, MOST_RANGES, MOST_SCENARIOS, Scenario, Scenarios};
use super::tornado::TornadoAsk;

/// Longest name, in characters.
pub(super) const LONGEST_NAME: usize = 60;

/// One edit.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// A new scenario on the right, with these changes; without a name it gets the next letter.
    Add {
        /// Its name.
        name: Option<String>,
        /// Values by the assumption's key.
        changes: Vec<(String, String)>,
    },
    /// The same again, beside it.
    Duplicate(u32),
    /// Another name.
    Rename(u32, String),
    /// To this place, from 0.
    Move(u32, usize),
    /// Away with it.
    Delete(u32),
    /// Another value of an assumption in this scenario.
    Set {
        /// The scenario.
        id: u32,
        /// The assumption's key.
        key: String,
        /// The entry.
        value: String,
        /// The value in use before, as shown, for the step's name.
        shown: Option<String>,
    },
    /// The base's value again.
    Reset {
        /// The scenario.
        id: u32,
        /// The assumption's key.
        key: String,
    },
    /// An assumption is uncertain; `None` takes that back.
    Uncertain(String, Option<Range>),
    /// All ranges away.
    Certain,
    /// The goal at this place, or one more; `None` takes it away.
    Seek(usize, Option<Goal>),
    /// The tornado asked for.
    Tornado(Option<TornadoAsk>),
    /// The grid asked for.
    Grid(Option<GridAsk>),
    /// How it is simulated.
    Simulate(Simulation),
}

/// What a change gave.
#[derive(Debug, Clone, PartialEq)]
pub struct Changed {
    /// The scenarios after it.
    pub scenarios: Scenarios,
    /// What was changed, for undo.
    pub subject: String,
    /// From what, if it is a value.
    pub from: String,
    /// To what, if it is a value.
    pub to: String,
    /// Changes of the same key in a row are one step.
    pub key: Option<String>,
}

impl Scenarios {
    /// Makes a change.
    ///
    /// ```
    /// use perennial::scenario::{Change, Scenarios};
    /// let add = Change::Add { name: None, changes: vec![("retention".into(), "90 %".into())] };
    /// let changed = Scenarios::default().changed(add).unwrap();
    /// assert_eq!(changed.subject, "scenario “Scenario A”");
    /// assert_eq!(changed.scenarios.list()[0].changes()["retention"], "90");
    /// ```
    ///
    /// # Errors
    /// What was found, what is allowed and what to do.
    pub fn changed(&self, change: Change) -> Result<Changed, Refused> {
        let mut next = self.clone();
        let subject = match change {
            Change::Add { name, changes } => next.add(name.as_deref(), changes)?,
            Change::Duplicate(id) => next.duplicate(id)?,
            Change::Rename(id, name) => next.rename(id, &name)?,
            Change::Move(id, to) => next.reorder(id, to)?,
            Change::Delete(id) => {
                let at = next.position(id)?;
                next.forget(id);
                format!("deleting {}", quoted(&next.list.remove(at).name))
            }
            Change::Set {
                id,
                key,
                value,
                shown,
            } => return next.set(id, key, &value, shown),
            Change::Reset { id, key } => {
                let one = next.one(id)?;
                one.changes.remove(&key);
                format!("{}: reset of {}", one.name, entry::subject(&key))
            }
            Change::Uncertain(key, range) => next.uncertain(key, range)?,
            Change::Certain => {
                next.ranges.clear();
                "all ranges away".into()
            }
            Change::Seek(at, goal) => next.goal(at, goal)?,
            Change::Tornado(ask) => {
                known(ask.iter().map(|ask| ask.metric.as_str()))?;
                let percent = ask.as_ref().and_then(|ask| ask.percent);
                if percent.is_some_and(|percent| !(percent > 0.0 && percent <= 100.0)) {
                    return Err("Type a share above 0 and up to 100 %.".into());
                }
                next.tornado = ask;
                "what the tornado shows".into()
            }
            Change::Grid(ask) => {
                known(ask.iter().map(|ask| ask.metric.as_str()))?;
                for key in ask.iter().flat_map(|ask| [&ask.across, &ask.down]) {
                    numeric(key)?;
                }
                next.grid = ask;
                "what the grid shows".into()
            }
            Change::Simulate(ask) => {
                known([ask.metric.as_str()].into_iter().filter(|m| !m.is_empty()))?;
                next.simulation = ask.within_limits();
                "how it is simulated".into()
            }
        };
        Ok(Changed {
            scenarios: next,
            subject,
            from: String::new(),
            to: String::new(),
            key: None,
        })
    }

    /// What was asked of a scenario that is gone is asked of the base.
    fn forget(&mut self, id: u32) {
        let asked = self.goals.iter_mut().map(|goal| &mut goal.of);
        let asked = asked.chain(self.tornado.iter_mut().map(|ask| &mut ask.of));
        let asked = asked.chain(self.grid.iter_mut().map(|ask| &mut ask.of));
        for of in asked.chain([&mut self.simulation.of]) {
            if *of == Some(id) {
                *of = None;
            }
        }
    }

    fn position(&self, id: u32) -> Result<usize, Refused> {
        let found = self.list.iter().position(|one| one.id == id);
        found.ok_or_else(gone)
    }

    fn one(&mut self, id: u32) -> Result<&mut Scenario, Refused> {
        let found = self.list.iter_mut().find(|one| one.id == id);
        found.ok_or_else(gone)
    }

    fn room(&self) -> Result<(), Refused> {
        if self.list.len() < MOST_SCENARIOS {
            return Ok(());
        }
        Err(format!(
            "There are {MOST_SCENARIOS} scenarios, as many as a document holds. Delete one first."
        )
        .into())
    }

    pub(super) fn add(
        &mut self,
        name: Option<&str>,
        changes: Vec<(String, String)>,
    ) -> Result<String, Refused> {
        self.room()?;
        let name = match name.map(tidy) {
            Some(name) if !name.is_empty() => self.free_name(&name),
            _ => self.next_letter(),
        };
        let mut canonical = BTreeMap::new();
        for (key, value) in changes {
            let value = entry::canonical(&key, &value)?;
            canonical.insert(key, value);
        }
        let subject = quoted(&name);
        self.list.push(Scenario {
            id: self.next_id(),
            name,
            changes: canonical,
        });
        Ok(subject)
    }

    fn next_letter(&self) -> String {
        let names = ('A'..='Z').map(|letter| format!("Scenario {letter}"));
        let mut free = names.filter(|name| !self.list.iter().any(|one| one.name == *name));
        free.next().unwrap_or_else(|| self.free_name("Scenario"))
    }

    fn duplicate(&mut self, id: u32) -> Result<String, Refused> {
        self.room()?;
        let at = self.position(id)?;
        let Some(one) = self.list.get(at).cloned() else {
            return Ok(String::new());
        };
        let name = self.free_name(&tidy(&format!("{} copy", one.name)));
        let subject = format!("copy of {}", quoted(&one.name));
        let copy = Scenario {
            id: self.next_id(),
            name,
            ..one
        };
        self.list.insert(at + 1, copy);
        Ok(subject)
    }

    fn rename(&mut self, id: u32, name: &str) -> Result<String, Refused> {
        let wished = tidy(name);
        if wished.is_empty() {
            return Err("A scenario needs a name: type at least one letter.".into());
        }
        if self
            .list
            .iter()
            .any(|one| one.id != id && one.name == wished)
        {
            return Err(format!(
                "There is another scenario called {wished}. Type a name of its own."
            )
            .into());
        }
        let one = self.one(id)?;
        let subject = format!("{} is now called {}", quoted(&one.name), wished);
        one.name = wished;
        Ok(subject)
    }

    fn reorder(&mut self, id: u32, to: usize) -> Result<String, Refused> {
        let at = self.position(id)?;
        let one = self.list.remove(at);
        let subject = format!("place of {}", quoted(&one.name));
        self.list.insert(to.min(self.list.len()), one);
        Ok(subject)
    }

    fn set(
        mut self,
        id: u32,
        key: String,
        value: &str,
        shown: Option<String>,
    ) -> Result<Changed, Refused> {
        let value = entry::canonical(&key, value)?;
        let one = self.one(id)?;
        let before = shown.or_else(|| one.changes.get(&key).cloned());
        let default = || registry::assumption(&key).map(|spec| spec.default.to_owned());
        let from = before.or_else(default).unwrap_or_default();
        let subject = format!("{}: {}", one.name, entry::subject(&key));
        let (from, to) = (entry::bare(&key, &from), entry::spoken(&key, &value));
        let step = format!("scenario {id} {key}");
        one.changes.insert(key, value);
        Ok(Changed {
            scenarios: self,
            subject,
            from,
            to,
            key: Some(step),
        })
    }

    fn uncertain(&mut self, key: String, range: Option<Range>) -> Result<String, Refused> {
        numeric(&key)?;
        let subject = entry::subject(&key);
        let Some(range) = range else {
            self.ranges.remove(&key);
            return Ok(format!("{subject}: one value again"));
        };
        // It may have been made for another assumption.
        let range = Range::new(&key, range.low(), range.likely(), range.high())?;
        if self.ranges.len() >= MOST_RANGES && !self.ranges.contains_key(&key) {
            return Err(format!(
                "There are {MOST_RANGES} ranges, as many as a document holds. Take one away first."
            )
            .into());
        }
        let words = format!(
            "{subject}: {} to {}",
            range.low(),
            entry::spoken(&key, range.high())
        );
        self.ranges.insert(key, range);
        Ok(words)
    }

    fn goal(&mut self, at: usize, goal: Option<Goal>) -> Result<String, Refused> {
        let Some(goal) = goal else {
            if at < self.goals.len() {
                self.goals.remove(at);
            }
            return Ok("a goal away".into());
        };
        known([goal.metric.as_str()])?;
        let spec = numeric(&goal.key)?;
        if !goal.target.is_finite() {
            return Err("A goal needs a number as its target.".into());
        }
        let full = self.goals.len() >= MOST_GOALS;
        match self.goals.get_mut(at) {
            Some(place) => *place = goal,
            None if !full => self.goals.push(goal),
            None => {
                return Err(format!(
                    "There are {MOST_GOALS} goals, as many as a document holds. Take one away first."
                ).into());
            }
        }
        Ok(format!("goal for {}", spec.label.to_lowercase()))
    }
}

/// Why nothing is done with a scenario that there is not.
pub(crate) fn gone() -> Refused {
    "This scenario is not there any more; choose another.".into()
}

/// Whether these metrics are registered.
pub(super) fn known<'a>(metrics: impl IntoIterator<Item = &'a str>) -> Result<(), Refused> {
    let unknown = |key: &&str| registry::metric(key).is_none();
    match metrics.into_iter().find(unknown) {
        None => Ok(()),
        Some(key) => Err(format!(
            "There is no figure \"{}\" in this version of Perennial.",
            entry::shortened(key)
        )
        .into()),
    }
}

/// A name on one line, without blanks around, of at most so many characters.
pub(super) fn tidy(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let short: String = plain.trim().chars().take(LONGEST_NAME).collect();
    short.trim_end().to_owned()
}

fn quoted(name: &str) -> String {
    format!("scenario “{}”", entry::shortened(name))
}
