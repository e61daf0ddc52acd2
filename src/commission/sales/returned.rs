//! Which row a return takes back: the newest line of its order, account and part before it, else the
//! first line of that order and account.

use super::{Sales, id};
use crate::orders::names::NONE;

impl Sales {
    /// Sets [`Sales::returned`] from the order that each return belongs to, or [`NONE`].
    pub(super) fn link(&mut self, of_order: &[u32]) {
        self.returned = vec![NONE; self.len()];
        if of_order.iter().all(|order| *order == NONE) {
            return;
        }
        let orders = self.order.iter().max().map_or(0, |most| *most as usize + 1);
        let (mut newest, mut before) = (vec![NONE; orders], vec![NONE; self.len()]);
        for row in 0..self.len() {
            let own = id(&self.order, row) as usize;
            if self.is_return.get(row) != Some(&true) {
                if let (Some(newest), Some(before)) = (newest.get_mut(own), before.get_mut(row)) {
                    (*before, *newest) = (*newest, u32::try_from(row).unwrap_or(NONE));
                }
                continue;
            }
            let order = id(of_order, row) as usize;
            let found = self.taken_back(row, id(&newest, order), &before);
            if let Some(returned) = self.returned.get_mut(row) {
                *returned = found;
            }
        }
    }

    fn taken_back(&self, row: usize, newest: u32, before: &[u32]) -> u32 {
        let (mut at, mut any) = (newest, NONE);
        while at != NONE {
            let sold = at as usize;
            if id(&self.account, sold) == id(&self.account, row) {
                if id(&self.item, sold) == id(&self.item, row) {
                    return at;
                }
                any = at;
            }
            at = id(before, sold);
        }
        any
    }
}
