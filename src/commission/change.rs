//! Edits of the schemes: each gives a valid state with a name for undo, or is refused.

use rust_decimal::Decimal;

use crate::assumptions::parse::parse_canonical;
use crate::assumptions::steps::steps;
use crate::assumptions::{Kind, Spec, print};
use crate::base::Refused;
use crate::registry::entry::{inside, shortened};

use super::inputs::{self, aims};
use super::ready;
use super::state::{MOST_PEOPLE, MOST_SCHEMES, Scheme, Schemes, Values};

/// Longest name, in characters.
const LONGEST_NAME: usize = 60;
/// Longest entry, in bytes, of a number and of a list.
const LONGEST: (usize, usize) = (64, 4_000);

/// One edit.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// One more scheme by this name; with the key of a ready one, as that is.
    Add(String, Option<String>),
    /// A copy of a scheme, after it.
    Copy(u32),
    /// Another name.
    Rename(u32, String),
    /// Another value of a scheme; `None` is the default again.
    Set(u32, String, Option<String>),
    /// To this place, from 0.
    Move(u32, usize),
    /// Away with it.
    Delete(u32),
    /// The one in use.
    Current(u32),
    /// Who manages a salesperson; `None` is nobody.
    Manager(String, Option<String>),
    /// Whether a name in the order data is the house.
    House(String, bool),
    /// Another value of what is aimed at; `None` is the default again.
    Aim(String, Option<String>),
    /// A point of a curve that is aimed at, by its place from 0 (`None`: one more): where it stands
    /// and what it says, or `None`: away with it.
    Point(String, Option<usize>, Option<(String, String)>),
}

/// What a change gave.
#[derive(Debug, Clone, PartialEq)]
pub struct Changed {
    /// The state after it.
    pub schemes: Schemes,
    /// What was changed, for undo.
    pub subject: String,
    /// From what, if it is a value.
    pub from: String,
    /// To what, if it is a value.
    pub to: String,
    /// Changes of the same key in a row are one step.
    pub key: Option<String>,
    /// The scheme that was added or changed.
    pub id: Option<u32>,
}

impl Schemes {
    /// Makes a change.
    ///
    /// ```
    /// use perennial::commission::{Change, Schemes};
    /// let added = Schemes::default().changed(Change::Add("Ours".into(), None)).unwrap();
    /// let id = added.id.unwrap();
    /// let set = Change::Set(id, "rate".into(), Some("7,5 %".into()));
    /// let changed = added.schemes.changed(set).unwrap();
    /// assert_eq!((&*changed.subject, &*changed.from, &*changed.to), ("Ours: rate", "5", "7.5 %"));
    /// assert_eq!(changed.schemes.list()[0].values()["rate"], "7.5");
    /// ```
    ///
    /// # Errors
    /// What was found, what is allowed and what to do.
    pub fn changed(&self, change: Change) -> Result<Changed, Refused> {
        let mut next = self.clone();
        let done = match change {
            Change::Set(id, key, value) => next.set(id, &key, value)?,
            Change::Add(name, as_ready) => {
                let values = match as_ready {
                    None => Values::new(),
                    Some(key) => ready::values(&key).ok_or_else(|| {
                        format!("There is no ready scheme “{}”.", shortened(&key))
                    })?,
                };
                let at = next.list.len();
                next.add(&name, values, at)?
            }
            Change::Copy(id) => {
                let at = next.place(id)?;
                let of = next.list.get(at).ok_or_else(gone)?.clone();
                next.add(&of.name, of.values, at + 1)?
            }
            Change::Rename(id, name) => next.rename(id, &name)?,
            Change::Move(id, to) => {
                let one = next.list.remove(next.place(id)?);
                let done = plain(format!("place of {}", one.name), Some(id));
                next.list.insert(to.min(next.list.len()), one);
                done
            }
            Change::Delete(id) => {
                let one = next.list.remove(next.place(id)?);
                next.current = next.current.filter(|current| *current != id);
                plain(format!("deleting {}", one.name), None)
            }
            Change::Current(id) => {
                let name = next.get(id).ok_or_else(gone)?.name.clone();
                next.current = Some(id);
                plain(format!("{name} as the scheme in use"), Some(id))
            }
            Change::Manager(rep, manager) => next.manager(&rep, manager)?,
            Change::House(name, on) => next.house(&name, on)?,
            Change::Aim(key, value) => next.aimed(&key, value)?,
            Change::Point(key, at, point) => next.point(&key, at, point)?,
        };
        Ok(Changed {
            schemes: next,
            ..done
        })
    }

    fn place(&self, id: u32) -> Result<usize, Refused> {
        self.list
            .iter()
            .position(|one| one.id == id)
            .ok_or_else(gone)
    }

    fn set(&mut self, id: u32, key: &str, value: Option<String>) -> Result<Changed, Refused> {
        let Some(spec) = inputs::spec(key) else {
            return Err(format!("A scheme has no value “{}”.", shortened(key)).into());
        };
        let at = self.place(id)?;
        let scheme = self.list.get_mut(at).ok_or_else(gone)?;
        let label = inside(spec.label);
        let Some(text) = value else {
            scheme.values.remove(key);
            return Ok(plain(
                format!("{}: reset of {label}", scheme.name),
                Some(id),
            ));
        };
        let value = canonical(spec, &text)?;
        let to = print(spec, &value);
        let before = if value == spec.default {
            scheme.values.remove(key)
        } else {
            scheme.values.insert(key.to_owned(), value)
        };
        Ok(Changed {
            from: before.unwrap_or_else(|| spec.default.to_owned()),
            to,
            key: Some(format!("scheme {id} {key}")),
            ..plain(format!("{}: {label}", scheme.name), Some(id))
        })
    }

    /// Adds a scheme; its name is made one of its own.
    pub(super) fn add(
        &mut self,
        name: &str,
        values: Values,
        at: usize,
    ) -> Result<Changed, Refused> {
        if self.list.len() >= MOST_SCHEMES {
            return Err(format!(
                "There are {MOST_SCHEMES} schemes, as many as a document holds. Delete one first."
            )
            .into());
        }
        let name = tidy(name);
        let wished = if name.is_empty() {
            "Scheme".to_owned()
        } else {
            name
        };
        let taken = |name: &str| self.list.iter().any(|one| one.name == name);
        let mut names = (2..).map(|n| format!("{wished} {n}"));
        let name = if taken(&wished) {
            names.find(|name| !taken(name)).unwrap_or_default()
        } else {
            wished
        };
        let largest = self.list.iter().map(|one| one.id).max();
        let id = largest.unwrap_or_default().saturating_add(1);
        let done = plain(format!("scheme {name}"), Some(id));
        let scheme = Scheme { id, name, values };
        self.list.insert(at.min(self.list.len()), scheme);
        Ok(done)
    }

    fn rename(&mut self, id: u32, name: &str) -> Result<Changed, Refused> {
        let wished = tidy(name);
        if wished.is_empty() {
            return Err("A scheme needs a name: type at least one letter.".into());
        }
        if self
            .list
            .iter()
            .any(|one| one.id != id && one.name == wished)
        {
            return Err(format!(
                "There is another scheme called {wished}. Type a name of its own."
            )
            .into());
        }
        let at = self.place(id)?;
        let scheme = self.list.get_mut(at).ok_or_else(gone)?;
        let subject = format!("{} is now called {wished}", scheme.name);
        scheme.name = wished;
        Ok(plain(subject, Some(id)))
    }

    fn manager(&mut self, rep: &str, manager: Option<String>) -> Result<Changed, Refused> {
        let (rep, manager) = (tidy(rep), manager.map(|name| tidy(&name)));
        let manager = manager.filter(|name| !name.is_empty());
        if rep.is_empty() {
            return Err("Whose manager? Type the name of a salesperson.".into());
        }
        let Some(manager) = manager else {
            self.people.managers.remove(&rep);
            return Ok(plain(format!("nobody manages {rep}"), None));
        };
        let mut above = Some(&manager);
        let mut steps = 0;
        while let Some(name) = above {
            if *name == rep || steps > MOST_PEOPLE {
                return Err(format!(
                    "{manager} cannot manage {rep}, who manages {manager} or a manager of \
                     {manager}. Choose another, or take that one off first."
                )
                .into());
            }
            above = self.people.managers.get(name);
            steps += 1;
        }
        if self.people.managers.len() >= MOST_PEOPLE {
            return Err(format!(
                "{MOST_PEOPLE} people have a manager, as many as a document holds."
            )
            .into());
        }
        let subject = format!("{manager} manages {rep}");
        self.people.managers.insert(rep, manager);
        Ok(plain(subject, None))
    }

    fn house(&mut self, name: &str, on: bool) -> Result<Changed, Refused> {
        let name = tidy(name);
        if name.is_empty() {
            return Err("Who is the house? Type a name as it stands in the orders.".into());
        }
        if !on {
            self.people.house.remove(&name);
            return Ok(plain(format!("{name} is a salesperson"), None));
        }
        if self.people.house.len() >= MOST_PEOPLE {
            return Err(
                format!("{MOST_PEOPLE} names are the house, as many as a document holds.").into(),
            );
        }
        let subject = format!("{name} is the house");
        self.people.house.insert(name);
        Ok(plain(subject, None))
    }
}

impl Schemes {
    fn aimed(&mut self, key: &str, value: Option<String>) -> Result<Changed, Refused> {
        let spec = aim(key)?;
        let label = inside(spec.label);
        let Some(text) = value else {
            self.aims.remove(key);
            return Ok(plain(format!("reset of {label}"), None));
        };
        let value = canonical(spec, &text)?;
        let to = print(spec, &value);
        let before = if value == spec.default {
            self.aims.remove(key)
        } else {
            self.aims.insert(key.to_owned(), value)
        };
        Ok(Changed {
            from: print(spec, before.as_deref().unwrap_or(spec.default)),
            to,
            key: Some(format!("aim {key}")),
            ..plain(label, None)
        })
    }

    fn point(
        &mut self,
        key: &str,
        at: Option<usize>,
        point: Option<(String, String)>,
    ) -> Result<Changed, Refused> {
        let spec = aim(key)?;
        let mut entries: Vec<(Decimal, Decimal)> = steps(self.aim_text(key)).collect();
        if let Some(at) = at {
            if at >= entries.len() {
                return Err("This point is not there any more.".into());
            }
            entries.remove(at);
        }
        if let Some((from, worth)) = point {
            let text = canonical(spec, &format!("{from}: {worth}"))?;
            let one: Vec<(Decimal, Decimal)> = steps(&text).collect();
            let [one] = one.as_slice() else {
                return Err(format!("{}: type one number in each field.", spec.label).into());
            };
            if entries.iter().any(|other| other.0 == one.0) {
                return Err(format!(
                    "{}: there is a point at {} already. Change that one, or type another number.",
                    spec.label, one.0
                )
                .into());
            }
            let place = entries.partition_point(|other| other.0 < one.0);
            entries.insert(place, *one);
        }
        let texts: Vec<String> = entries
            .iter()
            .map(|(from, worth)| format!("{from}: {worth}"))
            .collect();
        self.aimed(key, Some(texts.join("; ")))
    }
}

fn aim(key: &str) -> Result<&'static Spec, Refused> {
    aims::spec(key).ok_or_else(|| format!("There is no target “{}”.", shortened(key)).into())
}

fn plain(subject: String, id: Option<u32>) -> Changed {
    Changed {
        schemes: Schemes::default(),
        subject,
        from: String::new(),
        to: String::new(),
        key: None,
        id,
    }
}

fn gone() -> Refused {
    "This scheme is not there any more; choose another.".into()
}

/// A text as the definition prints it.
pub(super) fn canonical(spec: &Spec, text: &str) -> Result<String, Refused> {
    let longest = match spec.kind {
        Kind::Number { .. } | Kind::Choice(_) | Kind::Toggle => LONGEST.0,
        _ => LONGEST.1,
    };
    if text.len() > longest {
        return Err(format!("{}: at most {longest} characters are read.", spec.label).into());
    }
    Ok(parse_canonical(spec, text)?.into_string())
}

/// On one line, without blanks around, of at most so many characters.
fn tidy(text: &str) -> String {
    let plain = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let plain: String = plain.collect();
    let short: String = plain.trim().chars().take(LONGEST_NAME).collect();
    short.trim_end().to_owned()
}
