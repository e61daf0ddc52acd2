//! The cycles of all accounts and their items: what depends on orders and thresholds, not on values.
//!
//! Made once for a book, an as-of date, thresholds, chances and what the user knows; a change of
//! margins or discounts needs none of it again. [`Rhythms::serves`] says whether it still holds.

use std::cell::OnceCell;

use crate::accounts::Accounts;
use crate::accounts::cycles::{
    Chance, Cycle, ItemCycle, Known, Norms, Settings, Unknown, Window, cycles, items,
};
use crate::accounts::history::Histories;
use crate::orders::OrderBook;

use super::marks::Marks;

/// Cycles by account.
#[derive(Debug, Clone, Default)]
pub struct Rhythms {
    /// By account: its cycle, or why there is none.
    pub cycles: Vec<Result<Cycle, Unknown>>,
    /// The thresholds.
    pub settings: Settings,
    known: Vec<Option<Known>>,
    items: OnceCell<Vec<ItemCycle>>,
    norms: OnceCell<Norms>,
}

impl Rhythms {
    /// Finds every account's cycle by its own gaps. `chances` are by account; empty where no model
    /// was fitted.
    pub fn new(
        accounts: &Accounts,
        histories: &Histories,
        settings: Settings,
        chances: &[Chance],
        marks: &Marks,
    ) -> Self {
        Self::fitted(accounts, histories, settings, (chances, &[]), marks)
    }

    /// Finds every account's cycle. Chances and due windows are by account; empty where no model was
    /// fitted.
    pub fn fitted(
        accounts: &Accounts,
        histories: &Histories,
        settings: Settings,
        fitted: (&[Chance], &[Option<Window>]),
        marks: &Marks,
    ) -> Self {
        let known = known(accounts, marks);
        Self {
            cycles: cycles(histories, accounts, &settings, fitted, &known),
            settings,
            known,
            items: OnceCell::new(),
            norms: OnceCell::new(),
        }
    }

    /// Whether it is what these thresholds and marks would give, for the same book, as-of date and
    /// chances.
    pub fn serves(&self, accounts: &Accounts, settings: &Settings, marks: &Marks) -> bool {
        self.settings == *settings && self.known == known(accounts, marks)
    }

    /// What is usual in the book and its segments; counted when first asked for.
    pub fn norms(&self, accounts: &Accounts, histories: &Histories) -> &Norms {
        self.norms.get_or_init(|| Norms::of(histories, accounts))
    }

    /// The cycles of all accounts' items, account after account; found when first asked for.
    pub fn items(&self, book: &OrderBook, histories: &Histories) -> &[ItemCycle] {
        self.items.get_or_init(|| {
            let accounts = 0..histories.len();
            items(book, histories.as_of, accounts, &self.settings)
        })
    }
}

/// What the user knows, by account; empty where that is nothing.
fn known(accounts: &Accounts, marks: &Marks) -> Vec<Option<Known>> {
    if marks.accounts.values().all(|mark| mark.known.is_none()) {
        return Vec::new();
    }
    let list = accounts.list.iter();
    list.map(|account| marks.of(&account.name)?.known).collect()
}
