//! Edits of the scenarios, the catalogue and the schemes, made from their own rules.
//!
//! They are made where they are needed and only put in place by [`Document::apply`], so that the page's
//! first part knows nothing of either.

use std::sync::Arc;

use crate::base::Refused;
use crate::commission;
use crate::growth;
use crate::scenario::{Change, Changed, gone};

use super::edit::{Edit, Part, StepName};
use super::state::Document;

impl Document {
    /// The edit that makes a change to the scenarios.
    ///
    /// ```
    /// use perennial::document::{Desk, Document};
    /// use perennial::scenario::Change;
    /// let mut desk = Desk::default();
    /// let add = Change::Add { name: Some("Long term".into()), changes: vec![("horizon".into(), "10".into())] };
    /// desk.apply(desk.document().with_scenarios(add).unwrap()).unwrap();
    /// assert_eq!(desk.document().scenarios.list().len(), 1);
    /// assert_eq!(desk.history().undo_name().as_deref(), Some("scenario “Long term”"));
    /// ```
    ///
    /// # Errors
    /// [`Refused`] says what was found, what is allowed and what to do.
    pub fn with_scenarios(&self, change: Change) -> Result<Edit, Refused> {
        let changed = self.scenarios.changed(change)?;
        let Changed {
            scenarios,
            subject,
            from,
            to,
            key,
        } = changed;
        Ok(Edit::Put {
            part: Part::Scenarios(Arc::new(scenarios)),
            name: StepName { subject, from, to },
            key,
        })
    }

    /// The edit that makes a scenario the base: its changes are made to the assumptions, and it leaves
    /// the list. The others stay the changes they are, now on the new base.
    ///
    /// # Errors
    /// [`Refused`] where there is no such scenario.
    pub fn adopting(&self, id: u32) -> Result<Edit, Refused> {
        let scenario = self.scenarios.get(id).ok_or_else(gone)?;
        let assumptions = Arc::new(scenario.over(&self.assumptions));
        let left = self.scenarios.changed(Change::Delete(id))?.scenarios;
        Ok(Edit::Put {
            part: Part::Adopted(assumptions, Arc::new(left)),
            name: StepName {
                subject: format!("scenario “{}” as the base", scenario.name()),
                ..StepName::default()
            },
            key: None,
        })
    }

    /// The edit that makes a change to the upsells or the levers.
    ///
    /// # Errors
    /// [`Refused`] says what was found, what is allowed and what to do.
    pub fn with_growth(&self, change: growth::Change) -> Result<Edit, Refused> {
        let changed = self.growth.changed(change)?;
        let growth::Changed {
            growth,
            subject,
            from,
            to,
            key,
        } = changed;
        Ok(Edit::Put {
            part: Part::Growth(Arc::new(growth)),
            name: StepName { subject, from, to },
            key,
        })
    }

    /// The edit that makes a change to the commission schemes.
    ///
    /// # Errors
    /// [`Refused`] says what was found, what is allowed and what to do.
    pub fn with_schemes(&self, change: commission::Change) -> Result<Edit, Refused> {
        let changed = self.schemes.changed(change)?;
        let commission::Changed {
            schemes,
            subject,
            from,
            to,
            key,
            id: _,
        } = changed;
        Ok(Edit::Put {
            part: Part::Schemes(Arc::new(schemes)),
            name: StepName { subject, from, to },
            key,
        })
    }
}
