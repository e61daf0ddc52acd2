//! The edits, and how each changes the document.
//!
//! An edit either gives a valid document or is refused with a message; nothing in between.

use std::fmt;
use std::sync::Arc;

use crate::accounts::cycles::Known;
use crate::actions::Mark;
use crate::actions::review::{Programme, Verdict};
use crate::assumptions::{Assumptions, Origin, Setting};
use crate::base::{Date, Refused};
use crate::commission::Schemes;
use crate::growth::Growth;
use crate::ingest::layout::Layout;
use crate::orders::plan::{Orders, forget_values};
use crate::scenario::Scenarios;

use super::check;
use super::state::{Display, Document, TableChoice};

/// How many layouts are remembered.
const MOST_LAYOUTS: usize = 100;

/// One change by the user.
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    /// Choose a value for an assumption. Edits of the same assumption are one step of undo until
    /// [`super::Desk::seal`].
    Set {
        /// The assumption's key.
        key: String,
        /// The entry; made canonical by the registry.
        value: String,
        /// The value in use before, as shown, for the step's name; `None` names the default.
        shown: Option<String>,
    },
    /// Go back to the default or the estimate from the data.
    Reset {
        /// The assumption's key.
        key: String,
    },
    /// Take what orders say of several assumptions.
    Fill {
        /// Of which accounts, in words.
        from: String,
        /// Entries by the assumption's key; made canonical by the registry.
        values: Vec<(String, String)>,
    },
    /// Go back to the defaults everywhere.
    ResetAll,
    /// Take these orders: a committed import, the sample, or none.
    SetOrders(Orders),
    /// Count orders up to this date; `None` is the last order's.
    SetAsOf(Option<Date>),
    /// Take over an opened link or file.
    Adopt {
        /// The opened document.
        document: Box<Document>,
        /// What was opened, in words: `plan.json`, `a link`.
        what: String,
        /// Take its orders too; a link has none.
        with_orders: bool,
    },
    /// Read files with the same headers like this from now on.
    Remember(Layout),
    /// Forget how files with the headers of this key are read ([`Layout::header_key`]).
    ForgetLayout(String),
    /// Write figures like this.
    SetDisplay(Display),
    /// Show these columns, sorted and filtered like this.
    SetTable(TableChoice),
    /// Keep the orders on this device, or only in memory.
    KeepOrders(bool),
    /// Put a part of the document in place that was changed by its own rules, which also name the
    /// step; see [`Document::with_scenarios`], [`Document::adopting`] and
    /// [`Document::with_growth`].
    Put {
        /// The new part.
        part: Part,
        /// The step's name.
        name: StepName,
        /// Edits with the same key in a row are one step.
        key: Option<String>,
    },
    /// Mark an account.
    Mark {
        /// Its name in the order book.
        account: String,
        /// What is marked.
        change: MarkChange,
    },
    /// Judge a cause of defection.
    Judge {
        /// Its words, as the analysis has them.
        cause: String,
        /// What is said of it; a verdict that says nothing takes it back.
        verdict: Verdict,
    },
    /// Measure this programme; `None` for none.
    SetProgramme(Option<Box<Programme>>),
}

/// A part of the document with rules of its own: it cannot be made invalid, so it is taken as it is.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// The scenarios.
    Scenarios(Arc<Scenarios>),
    /// The assumptions, from a scenario, and what is left of the scenarios.
    Adopted(Arc<Assumptions>, Arc<Scenarios>),
    /// Upsells and levers.
    Growth(Arc<Growth>),
    /// Commission schemes.
    Schemes(Arc<Schemes>),
}

/// What is marked of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MarkChange {
    /// Leave it out of today's list until a day; `None` brings it back.
    Snooze(Option<Date>),
    /// It has stopped buying, said on this day; `None` takes that back.
    Ceased(Option<Date>),
    /// A note, shown beside it; empty for none.
    Note(String),
    /// What is known of its rhythm; `None` lets its orders speak.
    Known(Option<Known>),
    /// The same of one of its items: a snooze, or that it has ceased.
    Item(String, Box<MarkChange>),
}

impl MarkChange {
    /// What undo calls it.
    fn name(&self, account: &str) -> String {
        let account = check::shortened(account);
        match self {
            Self::Snooze(Some(until)) => format!("snoozing {account} until {until}"),
            Self::Snooze(None) => format!("{account} back in today's list"),
            Self::Ceased(Some(_)) => format!("{account} marked as ceased"),
            Self::Ceased(None) => format!("{account} no longer marked as ceased"),
            Self::Note(_) => format!("note on {account}"),
            Self::Known(_) => format!("what is known of {account}"),
            Self::Item(item, change) => change.name(&format!("{item} of {account}")),
        }
    }

    fn make(self, mark: &mut Mark) {
        match self {
            Self::Snooze(until) => mark.snoozed_until = until,
            Self::Ceased(on) => mark.ceased = on,
            Self::Note(note) => mark.note = note,
            Self::Known(known) => mark.known = known,
            Self::Item(item, change) => change.make(mark.items.entry(item).or_default()),
        }
    }
}

/// What a step of undo is called: `gross margin 60 -> 55 %`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StepName {
    /// What was changed.
    pub subject: String,
    /// From what, if it is a value.
    pub from: String,
    /// To what, if it is a value.
    pub to: String,
}

impl fmt::Display for StepName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.subject)?;
        if !self.to.is_empty() {
            write!(f, " {} -> {}", self.from, self.to)?;
        }
        Ok(())
    }
}

/// What an edit did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// Its name in undo.
    pub name: StepName,
    /// Edits with the same key in a row are one step.
    pub key: Option<String>,
    /// Changes only the view: no step of undo, and redo stays.
    pub view_only: bool,
}

fn step(subject: impl Into<String>) -> Applied {
    Applied {
        name: StepName {
            subject: subject.into(),
            ..StepName::default()
        },
        key: None,
        view_only: false,
    }
}

fn view(subject: &str) -> Applied {
    Applied {
        view_only: true,
        ..step(subject)
    }
}

impl Document {
    /// Makes the edit.
    ///
    /// # Errors
    /// [`Refused`] leaves the document as it was.
    pub fn apply(&mut self, edit: Edit) -> Result<Applied, Refused> {
        match edit {
            Edit::Set { key, value, shown } => self.set(&key, &value, shown),
            Edit::Reset { key } => Ok(self.reset(&key)),
            Edit::Fill { from, values } => self.fill(from, values),
            Edit::ResetAll => {
                self.assumptions = Arc::default();
                self.filled_from = Arc::default();
                Ok(step("reset of all assumptions"))
            }
            Edit::SetOrders(orders) => Ok(self.set_orders(orders)),
            Edit::SetAsOf(date) => Ok(self.set_as_of(date)),
            Edit::Adopt {
                document,
                what,
                with_orders,
            } => Ok(self.adopt(&document, &what, with_orders)),
            Edit::Remember(layout) => Ok(self.remember(layout)),
            Edit::ForgetLayout(key) => {
                Arc::make_mut(&mut self.layouts).remove(&key);
                Ok(view("forgetting how columns are read"))
            }
            Edit::SetDisplay(display) => {
                self.display = Arc::new(display);
                Ok(view("display"))
            }
            Edit::SetTable(table) => {
                self.table = Arc::new(table);
                Ok(view("table"))
            }
            Edit::KeepOrders(keep) => {
                self.keep_orders = keep;
                Ok(view("where orders are kept"))
            }
            Edit::Put { part, name, key } => {
                match part {
                    Part::Scenarios(scenarios) => self.scenarios = scenarios,
                    Part::Growth(growth) => self.growth = growth,
                    Part::Schemes(schemes) => self.schemes = schemes,
                    Part::Adopted(assumptions, scenarios) => {
                        (self.assumptions, self.scenarios) = (assumptions, scenarios);
                    }
                }
                Ok(Applied {
                    name,
                    key,
                    view_only: false,
                })
            }
            Edit::Mark { account, change } => {
                let done = step(change.name(&account));
                Arc::make_mut(&mut self.marks).change(&account, |mark| change.make(mark));
                Ok(done)
            }
            Edit::Judge { cause, verdict } => {
                Arc::make_mut(&mut self.review).judge(&cause, verdict);
                Ok(step(format!(
                    "what is judged of {}",
                    check::shortened(&cause)
                )))
            }
            Edit::SetProgramme(programme) => {
                let programme = programme.map(|programme| programme.tidy());
                Arc::make_mut(&mut self.review).programme = programme;
                Ok(step("the programme"))
            }
        }
    }

    fn set(&mut self, key: &str, value: &str, shown: Option<String>) -> Result<Applied, Refused> {
        let value = check::canonical(key, value)?;
        let before = self.assumptions.chosen.get(key);
        let from = shown
            .or_else(|| before.map(|setting| setting.value.clone()))
            .or_else(|| check::spec(key).map(|spec| spec.default.to_string()))
            .unwrap_or_default();
        let name = StepName {
            subject: check::subject(key),
            from: check::bare(key, &from),
            to: check::spoken(key, &value),
        };
        let setting = Setting {
            value,
            origin: Origin::User,
        };
        Arc::make_mut(&mut self.assumptions)
            .chosen
            .insert(key.to_string(), setting);
        Ok(Applied {
            name,
            key: Some(format!("set {key}")),
            view_only: false,
        })
    }

    fn fill(&mut self, from: String, values: Vec<(String, String)>) -> Result<Applied, Refused> {
        let mut all = self.assumptions.as_ref().clone();
        for (key, value) in values {
            let value = check::canonical(&key, &value)?;
            let origin = Origin::Filled;
            all.chosen.insert(key, Setting { value, origin });
        }
        self.assumptions = Arc::new(all);
        let name = format!("deal filled from {}", check::shortened(&from));
        self.filled_from = Arc::new(from);
        Ok(step(name))
    }

    fn reset(&mut self, key: &str) -> Applied {
        if self.assumptions.chosen.contains_key(key) {
            Arc::make_mut(&mut self.assumptions).chosen.remove(key);
        }
        step(format!("reset of {}", check::subject(key)))
    }

    fn set_orders(&mut self, orders: Orders) -> Applied {
        let name = match orders.files() {
            [] if orders == Orders::Sample => "the sample orders".to_string(),
            [] => "clearing the orders".to_string(),
            [one] => format!("import of {}", check::shortened(&one.name)),
            several => format!("import of {} files", several.len()),
        };
        self.orders = Arc::new(orders.agreed());
        self.as_of = None;
        step(name)
    }

    fn set_as_of(&mut self, date: Option<Date>) -> Applied {
        let spoken = |date: Option<Date>| date.map_or("the last order's".into(), |d| d.to_string());
        let name = StepName {
            subject: "as-of date".into(),
            from: spoken(self.as_of),
            to: spoken(date),
        };
        self.as_of = date;
        Applied {
            name,
            key: Some("as-of".into()),
            view_only: false,
        }
    }

    fn adopt(&mut self, opened: &Self, what: &str, with_orders: bool) -> Applied {
        let mut next = opened.clone();
        if !with_orders {
            next.orders = Arc::clone(&self.orders);
        }
        let mut layouts = self.layouts.as_ref().clone();
        layouts.extend(opened.layouts.iter().map(|(k, v)| (k.clone(), v.clone())));
        next.layouts = Arc::new(layouts);
        // A link holds no names of accounts, and a file only those of its own orders.
        let mut marks = self.marks.as_ref().clone();
        marks.accounts.extend(opened.marks.accounts.clone());
        next.marks = Arc::new(marks);
        if opened.scenarios.is_empty() {
            next.scenarios = Arc::clone(&self.scenarios);
        }
        let mut review = self.review.as_ref().clone();
        review.causes.extend(opened.review.causes.clone());
        review.programme = opened.review.programme.clone().or(review.programme);
        next.review = Arc::new(review);
        if opened.growth.is_empty() {
            next.growth = Arc::clone(&self.growth);
        }
        if opened.schemes.is_empty() {
            next.schemes = Arc::clone(&self.schemes);
        }
        // How this user's screen looks, and where orders stay, is not another's to say.
        next.display = Arc::clone(&self.display);
        let company = &opened.display.company;
        if self.display.company.is_empty() && !company.is_empty() {
            Arc::make_mut(&mut next.display).company.clone_from(company);
        }
        next.keep_orders = self.keep_orders;
        if next.table == Arc::default() {
            next.table = Arc::clone(&self.table);
        }
        *self = next;
        step(format!("opening {}", check::shortened(what)))
    }

    fn remember(&mut self, mut layout: Layout) -> Applied {
        forget_values(&mut layout);
        let layouts = Arc::make_mut(&mut self.layouts);
        let key = layout.header_key();
        if layouts.len() >= MOST_LAYOUTS && !layouts.contains_key(&key) {
            layouts.pop_first();
        }
        layouts.insert(key, layout);
        view("remembering the columns")
    }
}
