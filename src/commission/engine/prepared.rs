//! What several schemes share: the index of each order, what was returned, when an account ordered
//! again; and facts of single sales that order files do not have.

use crate::base::Date;
use crate::commission::inputs::kinds::{Event, Key, Release, Returns};
use crate::commission::plan::Plan;
use crate::commission::sales::{FirstKey, Sales};
use crate::commission::statement::NONE;

/// What is known of single sales beyond the order data, by row; an empty column is unknown for all,
/// and an empty entry for that row. The scheme then says what is assumed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    /// Delivered and invoiced on.
    pub delivered: Vec<Option<Date>>,
    /// Paid by the customer on.
    pub paid: Vec<Option<Date>>,
    /// Activated on, which releases what was held back.
    pub activated: Vec<Option<Date>>,
    /// Months of the contract.
    pub term: Vec<Option<u32>>,
}

impl Facts {
    pub(super) fn of<T: Copy>(column: &[Option<T>], row: usize) -> Option<T> {
        column.get(row).copied().flatten()
    }
}

/// The index of each row's order by a key.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Keyed {
    /// From 1, by row.
    index: Vec<u32>,
    /// The key's number, by row.
    keys: Vec<u32>,
    /// The day of the first order, by key.
    first: Vec<Date>,
}

impl Keyed {
    fn of(sales: &Sales, key: FirstKey, days: bool) -> Self {
        let index = sales.indexes(key);
        if !days {
            return Self {
                index,
                ..Self::default()
            };
        }
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
        let first = first.into_iter().map(Option::unwrap_or_default).collect();
        Self { index, keys, first }
    }

    pub(super) fn index(&self, row: usize) -> u32 {
        self.index.get(row).copied().unwrap_or(0)
    }

    /// The day of the first order of the row's key.
    pub(super) fn first_day(&self, row: usize) -> Option<Date> {
        let key = self.keys.get(row)?;
        self.first.get(*key as usize).copied()
    }
}

/// See the module. Made once for all schemes that are paid on the same sales.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Prepared {
    account: Keyed,
    site: Keyed,
    item: Keyed,
    /// Whether a later return takes the row back.
    taken_back: Vec<bool>,
    /// The day on which the row's account orders next.
    next_order: Vec<Option<Date>>,
    pub(super) facts: Facts,
}

impl Prepared {
    /// What these plans need of the sales.
    pub fn of(sales: &Sales, plans: &[Plan]) -> Self {
        Self::with(sales, plans, Facts::default())
    }

    /// The same, with what is known of single sales.
    pub fn with(sales: &Sales, plans: &[Plan], facts: Facts) -> Self {
        let keyed = |of: FirstKey, key: Key| {
            let used = |plan: &Plan| {
                plan.typed.pays.key == key || (key == Key::Item && plan.tells_parts())
            };
            let days = |plan: &Plan| plan.typed.pays.key == key && plan.needs_first_day();
            if key == Key::Account || plans.iter().any(used) {
                Keyed::of(sales, of, plans.iter().any(days))
            } else {
                Keyed::default()
            }
        };
        let mut found = Self {
            account: keyed(FirstKey::Account, Key::Account),
            site: keyed(FirstKey::Site, Key::Site),
            item: keyed(FirstKey::Item, Key::Item),
            facts,
            ..Self::default()
        };
        let takes_back = |plan: &Plan| {
            matches!(
                plan.typed.after.returns,
                Returns::Paid | Returns::Recomputed
            )
        };
        if plans.iter().any(takes_back) {
            found.taken_back = taken_back(sales);
        }
        let waits = |plan: &Plan| plan.typed.after.released == Release::NextOrder;
        if plans.iter().any(waits) {
            found.next_order = found.next_orders(sales);
        }
        found
    }

    pub(super) const fn keyed(&self, key: Key) -> &Keyed {
        match key {
            Key::Account => &self.account,
            Key::Site => &self.site,
            Key::Item => &self.item,
        }
    }

    pub(super) fn is_taken_back(&self, row: usize) -> bool {
        self.taken_back.get(row) == Some(&true)
    }

    /// The day on which the account of a row orders again.
    pub(super) fn next_order(&self, row: usize) -> Option<Date> {
        self.next_order.get(row).copied().flatten()
    }

    fn next_orders(&self, sales: &Sales) -> Vec<Option<Date>> {
        // From the last row back: by account, the index of the order seen, its first day, and the
        // day of the one after it.
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
            let index = self.account.index(row);
            if index < seen.0 {
                let later = (seen.0 != u32::MAX).then_some(seen.1);
                (seen.0, seen.2) = (index, later);
            }
            seen.1 = sales.day.get(row).copied().unwrap_or_default();
            *slot = seen.2;
        }
        next
    }

    /// The day that counts for a row under a plan: of the order, the delivery or the payment.
    pub(super) fn event_day(&self, plan: &Plan, sales: &Sales, row: usize) -> Date {
        let day = sales.day.get(row).copied().unwrap_or_default();
        let known = match plan.typed.pays.event {
            Event::Order => return day,
            Event::Delivery => Facts::of(&self.facts.delivered, row),
            Event::Payment => Facts::of(&self.facts.paid, row),
        };
        known.unwrap_or_else(|| day.plus_days(plan.lag()))
    }

    /// The rows in the order of the day that counts; `None` where that is the order of the sales.
    pub(super) fn order(&self, plan: &Plan, sales: &Sales) -> Option<Vec<(Date, u32)>> {
        let known = match plan.typed.pays.event {
            Event::Order => return None,
            Event::Delivery => &self.facts.delivered,
            Event::Payment => &self.facts.paid,
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
