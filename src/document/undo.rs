//! Undo: snapshots of the cheap document, one a step; a drag is one step.

use std::collections::VecDeque;

use super::edit::{Applied, StepName};
use super::state::Document;

/// How many steps can be undone.
pub const KEPT: usize = 200;

/// How many steps are stored with the document, so that undo survives a crash.
pub const PERSISTED: usize = 20;

/// One step: its name, and the document on the other side of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// What the step did.
    pub name: StepName,
    /// The document before it (for undo) or after it (for redo).
    pub document: Document,
}

/// The steps before and after the present document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct History {
    past: VecDeque<Step>,
    future: Vec<Step>,
    /// The key of the last step, while further edits may join it.
    open: Option<String>,
}

impl History {
    /// A history of these steps, oldest first.
    pub fn of(past: impl IntoIterator<Item = Step>) -> Self {
        Self {
            past: past.into_iter().collect(),
            ..Self::default()
        }
    }

    /// Notes that `before` was changed into `after`.
    pub fn record(&mut self, before: Document, after: &Document, applied: Applied) {
        if applied.view_only {
            return;
        }
        let joins = applied.key.is_some() && applied.key == self.open;
        if !joins && before.same_work(after) {
            self.open = None;
            return;
        }
        self.future.clear();
        match self.past.back_mut() {
            Some(last) if joins => {
                let from = std::mem::take(&mut last.name.from);
                last.name = StepName {
                    from,
                    ..applied.name
                };
                if last.document.same_work(after) {
                    self.past.pop_back();
                    self.open = None;
                }
            }
            _ => {
                self.open = applied.key;
                self.past.push_back(Step {
                    name: applied.name,
                    document: before,
                });
                if self.past.len() > KEPT {
                    self.past.pop_front();
                }
            }
        }
    }

    /// Ends a drag or an entry: the next edit begins a step of its own.
    pub fn seal(&mut self) {
        self.open = None;
    }

    /// Whether further edits may join the last step: a drag goes on, or what is typed.
    pub const fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// The document before the last step, under the present view.
    pub fn undo(&mut self, present: &Document) -> Option<Document> {
        let step = self.past.pop_back()?;
        self.open = None;
        let restored = step.document.with_view_of(present);
        self.future.push(Step {
            name: step.name,
            document: present.clone(),
        });
        Some(restored)
    }

    /// The document after the step undone last, under the present view.
    pub fn redo(&mut self, present: &Document) -> Option<Document> {
        let step = self.future.pop()?;
        self.open = None;
        let restored = step.document.with_view_of(present);
        self.past.push_back(Step {
            name: step.name,
            document: present.clone(),
        });
        Some(restored)
    }

    /// What undo would take back.
    pub fn undo_name(&self) -> Option<String> {
        self.past.back().map(|step| step.name.to_string())
    }

    /// What redo would do again.
    pub fn redo_name(&self) -> Option<String> {
        self.future.last().map(|step| step.name.to_string())
    }

    /// The steps that are stored, oldest first.
    pub fn persisted(&self) -> impl Iterator<Item = &Step> {
        self.past
            .iter()
            .skip(self.past.len().saturating_sub(PERSISTED))
    }

    /// Every document that undo or redo can bring back.
    pub fn documents(&self) -> impl Iterator<Item = &Document> {
        self.past
            .iter()
            .chain(&self.future)
            .map(|step| &step.document)
    }
}
