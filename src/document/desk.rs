//! The document in use, with its history and its edit number.

use crate::base::Refused;

use super::edit::Edit;
use super::state::Document;
use super::undo::History;

/// What the page works on: every change goes through it and is counted.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Desk {
    document: Document,
    history: History,
    edits: u64,
}

impl Desk {
    /// A desk with a restored document.
    pub fn new(document: Document, history: History) -> Self {
        Self {
            document,
            history,
            edits: 0,
        }
    }

    /// A desk with a document that was restored from a copy and is not durable yet: that counts as
    /// the first edit.
    pub fn unsaved(document: Document, history: History) -> Self {
        Self {
            edits: 1,
            ..Self::new(document, history)
        }
    }

    /// The document.
    pub const fn document(&self) -> &Document {
        &self.document
    }

    /// The steps that can be undone and redone.
    pub const fn history(&self) -> &History {
        &self.history
    }

    /// How many changes were made in this session, undo and redo included.
    pub const fn edits(&self) -> u64 {
        self.edits
    }

    /// Makes an edit.
    ///
    /// # Errors
    /// [`Refused`] leaves everything as it was.
    pub fn apply(&mut self, edit: Edit) -> Result<(), Refused> {
        let before = self.document.clone();
        let applied = self.document.apply(edit)?;
        if self.document != before {
            self.edits += 1;
        }
        self.history.record(before, &self.document, applied);
        Ok(())
    }

    /// Takes the last step back; `false` when there is none.
    pub fn undo(&mut self) -> bool {
        let back = self.history.undo(&self.document);
        self.take(back)
    }

    /// Does the step undone last again; `false` when there is none.
    pub fn redo(&mut self) -> bool {
        let forth = self.history.redo(&self.document);
        self.take(forth)
    }

    /// Takes over what another tab saved; no edit of this one.
    pub fn take_over(&mut self, document: Document, history: History) {
        self.document = document;
        self.history = history;
    }

    /// Ends a drag or an entry: the next edit is a step of its own.
    pub fn seal(&mut self) {
        self.history.seal();
    }

    fn take(&mut self, document: Option<Document>) -> bool {
        let Some(document) = document else {
            return false;
        };
        self.document = document;
        self.edits += 1;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actions::review::Programme;

    fn set(key: &str, value: &str) -> Edit {
        Edit::Set {
            key: key.into(),
            value: value.into(),
            shown: None,
        }
    }

    #[test]
    fn an_edit_that_changes_nothing_keeps_redo() {
        let mut desk = Desk::default();
        for edit in [set("discount", "12"), set("horizon", "7")] {
            desk.apply(edit).unwrap();
            desk.seal();
        }
        assert!(desk.undo());
        desk.apply(set("discount", "12")).unwrap();
        assert!(desk.redo());
        assert_eq!(desk.document().assumptions.chosen["horizon"].value, "7");
    }

    #[test]
    fn each_field_of_a_programme_is_a_step_and_so_is_forgetting_it() {
        let mut desk = Desk::default();
        for wanted in [1, 2] {
            let programme = Programme {
                name: "Mailing".into(),
                wanted,
                ..Programme::default()
            };
            let edit = Edit::SetProgramme(Some(Box::new(programme)));
            desk.apply(edit).unwrap();
        }
        desk.apply(Edit::SetProgramme(None)).unwrap();
        let wanted = |desk: &Desk| Some(desk.document().review.programme.as_ref()?.wanted);
        assert_eq!(wanted(&desk), None);
        assert!(desk.undo());
        assert_eq!(wanted(&desk), Some(2));
        assert!(desk.undo());
        assert_eq!(wanted(&desk), Some(1));
    }
}
