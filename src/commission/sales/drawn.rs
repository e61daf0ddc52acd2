//! The same sales with other customers: each account as often as it was drawn.

use super::{Facts, Sales};
use crate::orders::names::NONE;

impl Sales {
    /// The accounts that have a row.
    pub fn active_accounts(&self) -> Vec<u32> {
        let mut has = vec![false; self.accounts.len()];
        for account in &self.account {
            if let Some(has) = has.get_mut(*account as usize) {
                *has = true;
            }
        }
        (0_u32..)
            .zip(has)
            .filter_map(|(account, has)| has.then_some(account))
            .collect()
    }

    /// Each account's rows so many times, as accounts and orders of their own; in the order of days.
    #[must_use]
    pub fn drawn(&self, times: &[u32]) -> Self {
        let accounts = u32::try_from(self.accounts.len()).unwrap_or(NONE);
        let orders = self
            .order
            .iter()
            .max()
            .map_or(0, |most| most.saturating_add(1));
        let mut drawn = Self {
            reps: self.reps.clone(),
            sites: self.sites.clone(),
            items: self.items.clone(),
            streams: self.streams.clone(),
            partners: self.partners.clone(),
            parts: self.parts.clone(),
            left_out: self.left_out,
            until: self.until,
            ..Self::default()
        };
        let copies = times.iter().max().copied().unwrap_or(0);
        for _ in 0..copies {
            drawn.accounts.extend(self.accounts.iter().cloned());
        }
        let mut facts = Facts::default();
        let mut places = vec![NONE; self.len()];
        for row in 0..self.len() {
            let account = super::id(&self.account, row);
            if let Some(place) = places.get_mut(row) {
                *place = u32::try_from(drawn.len()).unwrap_or(NONE);
            }
            let back = places.get(super::id(&self.returned, row) as usize);
            for copy in 0..times.get(account as usize).copied().unwrap_or(0) {
                drawn.copy(self, row);
                facts.copy(&self.facts, row);
                drawn.account.push(account + copy * accounts);
                let order = super::id(&self.order, row);
                drawn
                    .order
                    .push(order.saturating_add(copy.saturating_mul(orders)));
                drawn
                    .returned
                    .push(back.map_or(NONE, |back| back.saturating_add(copy)));
            }
        }
        drawn.facts = facts;
        drawn
    }

    /// Adds all of a row but its account, its order and what it takes back.
    fn copy(&mut self, from: &Self, row: usize) {
        fn one<T: Copy + Default>(to: &mut Vec<T>, from: &[T], row: usize) {
            to.push(from.get(row).copied().unwrap_or_default());
        }
        one(&mut self.day, &from.day, row);
        one(&mut self.rep, &from.rep, row);
        one(&mut self.site, &from.site, row);
        one(&mut self.item, &from.item, row);
        one(&mut self.stream, &from.stream, row);
        one(&mut self.partner, &from.partner, row);
        one(&mut self.revenue, &from.revenue, row);
        one(&mut self.cost, &from.cost, row);
        one(&mut self.freight, &from.freight, row);
        one(&mut self.other, &from.other, row);
        one(&mut self.discount, &from.discount, row);
        one(&mut self.is_return, &from.is_return, row);
        one(&mut self.line, &from.line, row);
        one(&mut self.no_cost, &from.no_cost, row);
    }
}
