//! Edits of the catalogue, the record, what is attached, and the levers: each gives a valid state with
//! a name for undo, or is refused.

use crate::assumptions::parse::parse_canonical;
use crate::assumptions::{Spec, print};
use crate::base::Refused;
use crate::registry::entry::shortened;

use super::inputs::{Business, Levers, Terms, spec};
use super::state::{
    Growth, MOST_ATTACHED, MOST_MONTHS, MOST_OFFERS, Month, Offer, To, Values, number,
};

/// Longest name, in characters.
const LONGEST_NAME: usize = 60;
/// Longest description.
const LONGEST_ABOUT: usize = 400;

/// One edit.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// One more offer, by this name.
    Add(String),
    /// Another name.
    Rename(u32, String),
    /// What it holds.
    About(u32, String),
    /// Another value of an offer; `None` is the default again.
    Set(u32, String, Option<String>),
    /// To this place, from 0.
    Move(u32, usize),
    /// Away with it, its record and where it was attached.
    Delete(u32),
    /// The examples again.
    Examples,
    /// Another value that all offers rest on; `None` leaves it to the data or the default.
    Business(String, Option<String>),
    /// Another value of a lever.
    Lever(String, Option<String>),
    /// What was offered and taken in a month; nothing of both forgets the month.
    Record(Month),
    /// Attach an offer, or take it off.
    Attach(To, u32, bool),
}

/// What a change gave.
#[derive(Debug, Clone, PartialEq)]
pub struct Changed {
    /// The state after it.
    pub growth: Growth,
    /// What was changed, for undo.
    pub subject: String,
    /// From what, if it is a value.
    pub from: String,
    /// To what, if it is a value.
    pub to: String,
    /// Changes of the same key in a row are one step.
    pub key: Option<String>,
}

impl Growth {
    /// Makes a change.
    ///
    /// ```
    /// use perennial::growth::{Change, Growth};
    /// let set = Change::Set(1, "fee".into(), Some("15.000,50".into()));
    /// let changed = Growth::default().changed(set).unwrap();
    /// assert_eq!(changed.subject, "New Program Readiness: fee a year");
    /// assert_eq!(changed.growth.offers()[0].values()["fee"], "15000.5");
    /// ```
    ///
    /// # Errors
    /// What was found, what is allowed and what to do.
    pub fn changed(&self, change: Change) -> Result<Changed, Refused> {
        let mut next = self.clone();
        match change {
            Change::Set(id, key, value) => {
                let offer = next.offer(id)?;
                let name = offer.name.clone();
                let step = format!("offer {id} {key}");
                let done = put(&mut offer.values, Terms::SPECS, &key, value)?;
                Ok(next.done(format!("{name}: {}", done.0), done, Some(step)))
            }
            Change::Business(key, value) => {
                let done = put(&mut next.business, Business::SPECS, &key, value)?;
                Ok(next.done(
                    format!("upsells: {}", done.0),
                    done,
                    Some(format!("upsells {key}")),
                ))
            }
            Change::Lever(key, value) => {
                let done = put(&mut next.levers, Levers::SPECS, &key, value)?;
                Ok(next.done(
                    format!("levers: {}", done.0),
                    done,
                    Some(format!("levers {key}")),
                ))
            }
            other => {
                let subject = next.make(other)?;
                Ok(next.done(subject, (String::new(), String::new(), String::new()), None))
            }
        }
    }

    fn done(self, subject: String, (_, from, to): Words, key: Option<String>) -> Changed {
        Changed {
            growth: self,
            subject,
            from,
            to,
            key,
        }
    }

    fn make(&mut self, change: Change) -> Result<String, Refused> {
        match change {
            Change::Add(name) => self.add(&name, "", Values::new()).map(|(name, _)| name),
            Change::Rename(id, name) => self.rename(id, &name),
            Change::About(id, about) => {
                let offer = self.offer(id)?;
                offer.about = tidy(&about, LONGEST_ABOUT);
                Ok(format!("what {} holds", offer.name))
            }
            Change::Move(id, to) => {
                let offers = self.own();
                let at = offers
                    .iter()
                    .position(|one| one.id == id)
                    .ok_or_else(gone)?;
                let one = offers.remove(at);
                let subject = format!("place of {}", one.name);
                offers.insert(to.min(offers.len()), one);
                Ok(subject)
            }
            Change::Delete(id) => {
                let offers = self.own();
                let at = offers
                    .iter()
                    .position(|one| one.id == id)
                    .ok_or_else(gone)?;
                let one = offers.remove(at);
                self.record.retain(|month| month.offer != id);
                self.attached.retain(|(_, offer)| *offer != id);
                Ok(format!("deleting {}", one.name))
            }
            Change::Examples => {
                self.offers = None;
                let known: Vec<u32> = self.offers().iter().map(Offer::id).collect();
                self.record.retain(|month| known.contains(&month.offer));
                self.attached.retain(|(_, offer)| known.contains(offer));
                Ok("the example offers again".into())
            }
            Change::Record(month) => self.keep(month),
            Change::Attach(to, id, on) => self.attach(to, id, on),
            Change::Set(..) | Change::Business(..) | Change::Lever(..) => Ok(String::new()),
        }
    }

    /// The offers as the user's own.
    fn own(&mut self) -> &mut Vec<Offer> {
        if self.offers.is_none() {
            self.offers = Some(Self::examples());
        }
        self.offers.get_or_insert_with(Vec::new)
    }

    fn offer(&mut self, id: u32) -> Result<&mut Offer, Refused> {
        let found = self.own().iter_mut().find(|one| one.id == id);
        found.ok_or_else(gone)
    }

    /// Adds an offer to the user's own; its name and id.
    pub(super) fn add(
        &mut self,
        name: &str,
        about: &str,
        values: Values,
    ) -> Result<(String, u32), Refused> {
        let offers = self.own();
        if offers.len() >= MOST_OFFERS {
            return Err(format!(
                "There are {MOST_OFFERS} offers, as many as a catalogue holds. Delete one first."
            )
            .into());
        }
        let name = tidy(name, LONGEST_NAME);
        let wished = if name.is_empty() {
            "Offer".to_owned()
        } else {
            name
        };
        let taken = |name: &str| offers.iter().any(|one| one.name == name);
        let mut names = (2..).map(|n| format!("{wished} {n}"));
        let name = if taken(&wished) {
            names.find(|name| !taken(name)).unwrap_or_default()
        } else {
            wished
        };
        let largest = offers.iter().map(|one| one.id).max();
        let id = largest.unwrap_or_default().saturating_add(1);
        offers.push(Offer {
            id,
            name: name.clone(),
            about: tidy(about, LONGEST_ABOUT),
            values,
        });
        Ok((format!("offer {name}"), id))
    }

    fn rename(&mut self, id: u32, name: &str) -> Result<String, Refused> {
        let wished = tidy(name, LONGEST_NAME);
        if wished.is_empty() {
            return Err("An offer needs a name: type at least one letter.".into());
        }
        let taken = self
            .own()
            .iter()
            .any(|one| one.id != id && one.name == wished);
        if taken {
            return Err(
                format!("There is another offer called {wished}. Type a name of its own.").into(),
            );
        }
        let offer = self.offer(id)?;
        let subject = format!("{} is now called {wished}", offer.name);
        offer.name = wished;
        Ok(subject)
    }

    fn keep(&mut self, month: Month) -> Result<String, Refused> {
        let name = self.known(month.offer)?;
        if number(&month.month).is_none() {
            return Err(format!(
                "Found the month “{}”. A month is written with its year, as in 2026-03.",
                shortened(&month.month)
            )
            .into());
        }
        if month.taken > month.offered {
            return Err(format!(
                "{name}: found {} taken of {} offered. No more can be taken than were offered.",
                month.taken, month.offered
            )
            .into());
        }
        let subject = format!("{name} in {}", month.month);
        self.record
            .retain(|other| other.offer != month.offer || other.month != month.month);
        if month.offered > 0 {
            if self.record.len() >= MOST_MONTHS {
                return Err(format!(
                    "{MOST_MONTHS} months are on record, as many as a document holds."
                )
                .into());
            }
            self.record.push(month);
        }
        Ok(subject)
    }

    fn attach(&mut self, to: To, id: u32, on: bool) -> Result<String, Refused> {
        let name = self.known(id)?;
        let whom = match &to {
            To::Deal => "the deal".to_owned(),
            To::Account(account) => shortened(account),
        };
        self.attached
            .retain(|(at, offer)| *at != to || *offer != id);
        if !on {
            return Ok(format!("{name} taken off {whom}"));
        }
        if self.attached.len() >= MOST_ATTACHED {
            return Err(format!(
                "{MOST_ATTACHED} offers are attached, as many as a document holds."
            )
            .into());
        }
        self.attached.push((to, id));
        Ok(format!("{name} for {whom}"))
    }

    fn known(&self, id: u32) -> Result<String, Refused> {
        let offers = self.offers();
        let found = offers.iter().find(|one| one.id == id);
        found.map(|one| one.name.clone()).ok_or_else(gone)
    }
}

fn gone() -> Refused {
    "This offer is not there any more; choose another.".into()
}

/// The value's name in a sentence, what it was, and what it is.
type Words = (String, String, String);

fn put(
    values: &mut Values,
    specs: &'static [Spec],
    key: &str,
    value: Option<String>,
) -> Result<Words, Refused> {
    let Some(spec) = spec(specs, key) else {
        return Err(format!("There is no value “{}” here.", shortened(key)).into());
    };
    let label = spec.label.to_lowercase();
    let before = values.get(key).cloned();
    let Some(text) = value else {
        values.remove(key);
        return Ok((format!("reset of {label}"), String::new(), String::new()));
    };
    let value = canonical(spec, &text)?;
    let from = before.unwrap_or_else(|| spec.default.to_owned());
    let to = print(spec, &value);
    values.insert(key.to_owned(), value);
    Ok((label, from, to))
}

/// A text as the definition prints it.
pub(super) fn canonical(spec: &Spec, text: &str) -> Result<String, Refused> {
    if text.len() > 64 {
        return Err(format!("{}: at most 64 characters are read.", spec.label).into());
    }
    Ok(parse_canonical(spec, text)?.into_string())
}

/// On one line, without blanks around, of at most so many characters.
fn tidy(text: &str, most: usize) -> String {
    let plain = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let plain: String = plain.collect();
    let short: String = plain.trim().chars().take(most).collect();
    short.trim_end().to_owned()
}
