//! The names of a plan as numbers of the sales.

use std::collections::BTreeMap;

use super::levels::Levels;
use crate::commission::inputs::kinds::{House, Payee};
use crate::commission::plan::{Plan, Share};
use crate::commission::sales::{Sales, from_money};
use crate::commission::statement::NONE;

/// See the module.
pub(super) struct Bound {
    partners: bool,
    /// Who sells has all of it: no splits, overlays, tails or overrides.
    pub alone: bool,
    house: Vec<bool>,
    /// By payee.
    manager: Vec<u32>,
    /// All who manage someone, where house orders are shared by them.
    pub sharing: Vec<u32>,
    levels: Vec<Levels>,
    level_of: Vec<u32>,
    quota: Vec<i64>,
    /// Who share the orders of each other.
    split: Vec<(u32, i64)>,
    in_split: Vec<bool>,
    split_of: BTreeMap<u32, Vec<(u32, i64)>>,
    overlays: Vec<(u32, u32, i64)>,
    item_rate: Vec<Option<i64>>,
    stream_rate: Vec<Option<i64>>,
}

impl Bound {
    pub(super) fn of(plan: &Plan, sales: &Sales) -> Self {
        let names = plan.payees(sales);
        let numbers: BTreeMap<&str, u32> = names.iter().map(String::as_str).zip(0..).collect();
        let number = |name: &str| numbers.get(name).copied().unwrap_or(NONE);
        let managers = (plan.override_rate > 0).then_some(&plan.people.managers);
        let manager = |name: &String| {
            let above = managers.and_then(|all| all.get(name));
            above.map_or(NONE, |above| number(above))
        };
        let manager: Vec<u32> = names.iter().map(manager).collect();
        let mut sharing: Vec<u32> = manager.iter().copied().filter(|id| *id != NONE).collect();
        sharing.sort_unstable();
        sharing.dedup();
        if plan.typed.after.house == House::Excluded {
            sharing.clear();
        }
        let mut found = Self {
            partners: plan.typed.pays.payee == Payee::Partner,
            alone: false,
            house: names.iter().map(|name| plan.is_house(name)).collect(),
            manager,
            sharing,
            levels: Vec::new(),
            level_of: vec![0; names.len()],
            quota: Vec::new(),
            split: Vec::new(),
            in_split: vec![false; names.len()],
            split_of: BTreeMap::new(),
            overlays: Vec::new(),
            item_rate: Vec::new(),
            stream_rate: Vec::new(),
        };
        found.quotas(plan, &number);
        found.shares(plan, sales, &number);
        found.alone = plan.splits.is_empty()
            && plan.overlays.is_empty()
            && plan.limits.tail == 0
            && plan.override_rate == 0;
        if !plan.products.is_empty() {
            let rate = |name: &String| {
                let own = plan.products.iter().find(|one| one.0 == *name);
                own.map(|one| one.1)
            };
            found.item_rate = sales.items.iter().map(rate).collect();
            found.stream_rate = sales.streams.iter().map(rate).collect();
        }
        found
    }

    fn quotas(&mut self, plan: &Plan, number: &dyn Fn(&str) -> u32) {
        let general = crate::base::Money::new(plan.typed.levels.quota.exact());
        let general = from_money(general).unwrap_or(i64::MAX);
        self.quota = vec![general; self.level_of.len()];
        self.levels.push(Levels::of(plan, general));
        for (name, quota) in &plan.quotas {
            let at = number(name) as usize;
            if let (Some(slot), Some(level)) = (self.quota.get_mut(at), self.level_of.get_mut(at)) {
                *slot = *quota;
                *level = u32::try_from(self.levels.len()).unwrap_or(0);
                self.levels.push(Levels::of(plan, *quota));
            }
        }
    }

    fn shares(&mut self, plan: &Plan, sales: &Sales, number: &dyn Fn(&str) -> u32) {
        let account = |name: &String| {
            let at = sales.accounts.iter().position(|one| one == name);
            at.and_then(|at| u32::try_from(at).ok())
        };
        let person = |share: &Share| (number(&share.name), share.part);
        for share in &plan.splits {
            match &share.account {
                None => {
                    self.split.push(person(share));
                    if let Some(slot) = self.in_split.get_mut(number(&share.name) as usize) {
                        *slot = true;
                    }
                }
                Some(name) => {
                    if let Some(account) = account(name) {
                        self.split_of
                            .entry(account)
                            .or_default()
                            .push(person(share));
                    }
                }
            }
        }
        for share in &plan.overlays {
            let (to, part) = person(share);
            match share.account.as_ref().map(account) {
                None => self.overlays.push((NONE, to, part)),
                Some(Some(account)) => self.overlays.push((account, to, part)),
                Some(None) => {}
            }
        }
    }

    pub(super) const fn count(&self) -> usize {
        self.level_of.len()
    }

    /// Whose a row is; `None` is the house's, or nobody's.
    pub(super) fn owner(&self, row: usize, sales: &Sales) -> Option<u32> {
        let column = if self.partners {
            &sales.partner
        } else {
            &sales.rep
        };
        let owner = column.get(row).copied()?;
        (self.house.get(owner as usize) == Some(&false)).then_some(owner)
    }

    pub(super) fn manager(&self, person: u32) -> Option<u32> {
        let manager = self.manager.get(person as usize).copied();
        manager.filter(|id| *id != NONE)
    }

    pub(super) fn levels(&self, person: u32) -> Option<&Levels> {
        let at = self.level_of.get(person as usize)?;
        self.levels.get(*at as usize)
    }

    pub(super) fn quota(&self, person: u32) -> i64 {
        self.quota.get(person as usize).copied().unwrap_or(0)
    }

    /// Who share a row, if it is shared.
    pub(super) fn split(&self, account: u32, owner: Option<u32>) -> Option<&[(u32, i64)]> {
        if let Some(own) = self.split_of.get(&account) {
            return Some(own);
        }
        let shared = owner.and_then(|owner| self.in_split.get(owner as usize));
        (shared == Some(&true)).then_some(&self.split)
    }

    /// Who is credited beside the seller.
    pub(super) fn overlays(&self, account: u32) -> impl Iterator<Item = (u32, i64)> {
        let all = self.overlays.iter();
        let fits = all.filter(move |one| one.0 == NONE || one.0 == account);
        fits.map(|one| (one.1, one.2))
    }

    /// The rate of the row's part, else of its stream, if it has one.
    pub(super) fn product(&self, row: usize, sales: &Sales) -> Option<i64> {
        let of = |rates: &[Option<i64>], ids: &[u32]| {
            let id = ids.get(row)?;
            rates.get(*id as usize).copied().flatten()
        };
        of(&self.item_rate, &sales.item).or_else(|| of(&self.stream_rate, &sales.stream))
    }
}
