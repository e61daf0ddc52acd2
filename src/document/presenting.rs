//! What of a document a customer may see.

use std::sync::Arc;

use crate::assumptions::Assumptions;
use crate::registry;

use super::state::Document;

impl Document {
    /// The document with nothing in it but what is offered: no costs, margins or wishes of ours, no
    /// orders, accounts or scenarios. The link for a customer is made of this.
    ///
    /// ```
    /// use perennial::document::{Desk, Edit};
    /// let mut desk = Desk::default();
    /// for (key, value) in [("deal_list", "13.50"), ("deal_cost", "6.90"), ("retention", "91")] {
    ///     let edit = Edit::Set { key: key.into(), value: value.into(), shown: None };
    ///     desk.apply(edit).unwrap();
    /// }
    /// let shown = desk.document().for_customers();
    /// let keys: Vec<&str> = shown.assumptions.chosen.keys().map(String::as_str).collect();
    /// assert_eq!(keys, ["deal_list"]);
    /// ```
    #[must_use]
    pub fn for_customers(&self) -> Self {
        let shown = |key: &str| {
            registry::assumption(key).is_some_and(|spec| spec.section.is_for_customers())
        };
        let chosen = self.assumptions.chosen.iter().filter(|(key, _)| shown(key));
        let chosen = chosen.map(|(key, setting)| (key.clone(), setting.clone()));
        Self {
            assumptions: Arc::new(Assumptions {
                chosen: chosen.collect(),
            }),
            display: Arc::clone(&self.display),
            ..Self::default()
        }
    }
}
