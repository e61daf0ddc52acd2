//! What several schemes share: the index of each order, what was returned, when an account ordered
//! again; and facts of single sales, as far as they are known.

use std::cell::OnceCell;

use crate::base::Date;
use crate::commission::inputs::kinds::{Event, Key, Release, Returns};
use crate::commission::plan::Plan;
use crate::commission::sales::{Facts, FirstKey, Sales};
use crate::commission::statement::NONE;

/// The orders of a key.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Keyed {
    /// The index of the row's order, from 1, by row.
    index: OnceCell<Vec<u32>>,
    firsts: OnceCell<Firsts>,
}

/// The day of the first order of each key.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Firsts {
    /// The key's number, by row.
    keys: Vec<u32>,
    /// By key.
    days: Vec<Date>,
}

impl Firsts {
    fn of(sales: &Sales, key: FirstKey) -> Self {
        let (keys, count) = sales.keys(key);
        let mut first: Vec<Option<Date>> = vec![None; count];
        let rows = keys.iter().zip(&sales.day).zip(&sales.is_return);
        for ((key, day), is_return) in rows {
            if let Some(slot) = first.get_mut(*key as usize)
                && slot.is_none()
                && !is_return
            {
                *slot = Some(*day);
            }
        }
        let days = first.into_iter().map(Option::unwrap_or_default).collect();
        Self { keys, days }
    }
}

/// See the module. Each part is made when the first scheme that needs it is paid, and serves all
/// that are paid on the same sales after it; other sales need another one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Prepared {
    account: Keyed,
    site: Keyed,
    item: Keyed,
    /// Whether a later return takes the row back; empty where none does.
    taken_back: OnceCell<Vec<bool>>,
    /// The day on which the row's account orders next.
    next_order: OnceCell<Vec<Option<Date>>>,
    /// In place of what the sales know of themselves.
    facts: Option<Facts>,
}

impl Prepared {
    /// With other facts of single sales than the sales have.
    pub fn with(facts: Facts) -> Self {
        Self {
            facts: Some(facts),
            ..Self::default()
        }
    }

    /// Makes what a plan needs, as far as it is not there.
    pub(super) fn need(&self, plan: &Plan, sales: &Sales) {
        let pays = &plan.typed.pays;
        let of_account = self.indexes(FirstKey::Account, sales);
        self.indexes(key_of(pays.key), sales);
        if plan.tells_parts() {
            self.indexes(FirstKey::Item, sales);
        }
        if plan.needs_first_day() {
            let of = key_of(pays.key);
            self.keyed(of).firsts.get_or_init(|| Firsts::of(sales, of));
        }
        let after = &plan.typed.after;
        if matches!(after.returns, Returns::Paid | Returns::Recomputed) {
            self.taken_back.get_or_init(|| taken_back(sales));
        }
        if after.released == Release::NextOrder {
            self.next_order
                .get_or_init(|| next_orders(sales, of_account));
        }
    }

    /// The index of each row's order by a key, from 1 ([`Sales::indexes`]), made once.
    pub fn indexes(&self, key: FirstKey, sales: &Sales) -> &[u32] {
        self.keyed(key).index.get_or_init(|| sales.indexes(key))
    }

    const fn keyed(&self, key: FirstKey) -> &Keyed {
        match key {
            FirstKey::Account => &self.account,
            FirstKey::Site => &self.site,
            FirstKey::Item => &self.item,
        }
    }

    /// The index of each row's order by a key that the plan needs; of another, nothing.
    pub(super) fn known(&self, key: Key) -> &[u32] {
        let found = self.keyed(key_of(key)).index.get();
        found.map_or(&[], Vec::as_slice)
    }

    /// The day of the first order of the row's key.
    pub(super) fn first_day(&self, key: Key, row: usize) -> Option<Date> {
        let firsts = self.keyed(key_of(key)).firsts.get()?;
        let key = firsts.keys.get(row)?;
        firsts.days.get(*key as usize).copied()
    }

    pub(super) fn is_taken_back(&self, row: usize) -> bool {
        let found = self.taken_back.get();
        found.and_then(|all| all.get(row)) == Some(&true)
    }

    /// The day on which the account of a row orders again.
    pub(super) fn next_order(&self, row: usize) -> Option<Date> {
        self.next_order.get()?.get(row).copied().flatten()
    }

    /// What is known of single sales.
    pub(super) fn facts<'a>(&'a self, sales: &'a Sales) -> &'a Facts {
        self.facts.as_ref().unwrap_or(&sales.facts)
    }

    /// The day that counts for a row under a plan: of the order, the delivery or the payment.
    pub(super) fn event_day(&self, plan: &Plan, sales: &Sales, row: usize) -> Date {
        let day = sales.day.get(row).copied().unwrap_or_default();
        let known = match plan.typed.pays.event {
            Event::Order => return day,
            Event::Delivery => Facts::of(&self.facts(sales).delivered, row),
            Event::Payment => Facts::of(&self.facts(sales).paid, row),
        };
        known.unwrap_or_else(|| day.plus_days(plan.lag()))
    }

    /// The rows in the order of the day that counts; `None` where that is the order of the sales.
    pub(super) fn order(&self, plan: &Plan, sales: &Sales) -> Option<Vec<(Date, u32)>> {
        let known = match plan.typed.pays.event {
            Event::Order => return None,
            Event::Delivery => &self.facts(sales).delivered,
            Event::Payment => &self.facts(sales).paid,
        };
        if known.is_empty() {
            return None;
        }
        let mut rows: Vec<(Date, bool, u32)> = Vec::with_capacity(sales.len());
        for row in 0..sales.len() {
            let mut day = self.event_day(plan, sales, row);
            // A return never comes before its sale.
            let sold = sales.returned.get(row).copied().unwrap_or(NONE) as usize;
            if let Some(earlier) = rows.get(sold) {
                day = day.max(earlier.0);
            }
            let back = sales.is_return.get(row) == Some(&true);
            rows.push((day, back, u32::try_from(row).unwrap_or(NONE)));
        }
        rows.sort_unstable();
        Some(rows.into_iter().map(|(day, _, row)| (day, row)).collect())
    }
}

fn taken_back(sales: &Sales) -> Vec<bool> {
    let mut found = Vec::new();
    for sold in sales.returned.iter().filter(|sold| **sold != NONE) {
        if found.is_empty() {
            found = vec![false; sales.len()];
        }
        if let Some(slot) = found.get_mut(*sold as usize) {
            *slot = true;
        }
    }
    found
}

const fn key_of(key: Key) -> FirstKey {
    match key {
        Key::Account => FirstKey::Account,
        Key::Site => FirstKey::Site,
        Key::Item => FirstKey::Item,
    }
}

fn next_orders(sales: &Sales, indexes: &[u32]) -> Vec<Option<Date>> {
    // From the last row back: by account, the index of the order seen, its first day, and the day of
    // the one after it.
    let mut seen = vec![(u32::MAX, Date::default(), None); sales.accounts.len()];
    let mut next = vec![None; sales.len()];
    for row in (0..sales.len()).rev() {
        let account = sales.account.get(row).map_or(usize::MAX, |id| *id as usize);
        let (Some(seen), Some(slot)) = (seen.get_mut(account), next.get_mut(row)) else {
            continue;
        };
        if sales.is_return.get(row) == Some(&true) {
            continue;
        }
        let index = indexes.get(row).copied().unwrap_or(0);
        if index < seen.0 {
            let later = (seen.0 != u32::MAX).then_some(seen.1);
            (seen.0, seen.2) = (index, later);
        }
        seen.1 = sales.day.get(row).copied().unwrap_or_default();
        *slot = seen.2;
    }
    next
}
