//! The index of an order among the orders of a key: 1 is the first.
//!
//! A row has the index of its order among the orders of its account, of its plant there or of its
//! part there, by day. A return has the index of the order that it takes back; one whose order is
//! not known, that of the newest order before it; 0 where there is none. Linear in the rows.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Sales, id};
use crate::orders::names::NONE;

/// What the first order is the first of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum FirstKey {
    /// The account's orders.
    #[default]
    Account,
    /// The orders of an account's plant.
    Site,
    /// The account's orders of a part; a revision is the same part.
    Item,
}

impl FirstKey {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Account, Self::Site, Self::Item];
}

/// What is known of a key so far.
#[derive(Clone, Copy)]
struct Seen {
    /// The order that came last.
    order: u32,
    /// Its index.
    index: u32,
    /// How many orders.
    count: u32,
}

impl Sales {
    /// The index of each row's order for a key, from 1; see the module's text for returns.
    pub fn indexes(&self, key: FirstKey) -> Vec<u32> {
        let (keys, count) = self.keys(key);
        let split = self.split_orders();
        let nothing = Seen {
            order: NONE,
            index: 0,
            count: 0,
        };
        let mut seen = vec![nothing; count];
        // Only orders whose lines lie on several days need to be looked up: the lines of any other
        // order stand together.
        let mut earlier: BTreeMap<(u32, u32), u32> = BTreeMap::new();
        let mut indexes: Vec<u32> = Vec::with_capacity(self.len());
        for row in 0..self.len() {
            let at = id(&keys, row);
            let taken_back = id(&self.returned, row);
            let index = match seen.get_mut(at as usize) {
                None => 0,
                Some(_) if taken_back != NONE => id(&indexes, taken_back as usize),
                Some(seen) if self.is_return.get(row) == Some(&true) => seen.count,
                Some(seen) => {
                    let order = id(&self.order, row);
                    if seen.order != order {
                        let is_split = split.get(order as usize) == Some(&true);
                        let old = is_split.then(|| earlier.get(&(at, order))).flatten();
                        seen.index = old.copied().unwrap_or_else(|| {
                            seen.count += 1;
                            seen.count
                        });
                        seen.order = order;
                        if is_split {
                            earlier.insert((at, order), seen.index);
                        }
                    }
                    seen.index
                }
            };
            indexes.push(index);
        }
        indexes
    }

    /// A number for each row's key, from 0, and how many there are. A row without a plant or a part
    /// belongs to the one of its account that has no name.
    pub(crate) fn keys(&self, key: FirstKey) -> (Vec<u32>, usize) {
        let column = match key {
            FirstKey::Account => return (self.account.clone(), self.accounts.len()),
            FirstKey::Site => &self.site,
            FirstKey::Item => &self.item,
        };
        let (names, of) = match key {
            FirstKey::Item => (
                self.parts.iter().max().map_or(0, |most| *most as usize + 1),
                Some(&self.parts),
            ),
            _ => (self.sites.len(), None),
        };
        let mut slots = vec![(NONE, 0_u32); names + 1];
        let mut keys = vec![NONE; self.len()];
        let mut count = 0_u32;
        for row in self.by_account() {
            let row = row as usize;
            let (account, name) = (id(&self.account, row), id(column, row));
            let name = match of {
                Some(parts) => id(parts, name as usize),
                None => name,
            };
            let slot = (name as usize).min(names);
            if let (Some((owner, own)), Some(to)) = (slots.get_mut(slot), keys.get_mut(row)) {
                if *owner != account {
                    (*owner, *own) = (account, count);
                    count += 1;
                }
                *to = *own;
            }
        }
        (keys, count as usize)
    }

    /// The rows, account after account, each account's in their order.
    pub(crate) fn by_account(&self) -> Vec<u32> {
        let mut next = vec![0_u32; self.accounts.len() + 1];
        for account in &self.account {
            if let Some(count) = next.get_mut(*account as usize + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut next {
            sum += *start;
            *start = sum;
        }
        let mut rows = vec![0_u32; self.len()];
        for (row, account) in (0_u32..).zip(&self.account) {
            if let Some(place) = next.get_mut(*account as usize) {
                if let Some(slot) = rows.get_mut(*place as usize) {
                    *slot = row;
                }
                *place += 1;
            }
        }
        rows
    }

    /// By order: whether its sales lie on more than one day.
    fn split_orders(&self) -> Vec<bool> {
        let orders = self.order.iter().max().map_or(0, |most| *most as usize + 1);
        let mut last = vec![i32::MIN; orders];
        let mut split = vec![false; orders];
        let rows = self.order.iter().zip(&self.day).zip(&self.is_return);
        for ((order, day), is_return) in rows {
            let at = *order as usize;
            if let (false, Some(last), Some(split)) =
                (is_return, last.get_mut(at), split.get_mut(at))
            {
                *split |= *last != i32::MIN && *last != day.days();
                *last = day.days();
            }
        }
        split
    }
}
