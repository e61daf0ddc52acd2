//! Step 7: fixed bonuses (C19 to C22), and what is noted of every row for them.

use super::Run;
use super::levels::cents;
use crate::base::Money;
use crate::commission::exact::portion;
use crate::commission::inputs::kinds::{Growth, Lifetime, Metric, Spiff};
use crate::commission::plan::Plan;
use crate::commission::sales::{UNIT, from_money};
use crate::commission::statement::{Line, NONE, RATE, Rule, SHARE};

/// Of base x rate x factor, one cent.
const PER_CENT: i128 = 1_000_000_000_000;

impl Run<'_> {
    /// What every row tells, a return as well: what the account has brought.
    pub(super) fn note(&mut self, row: usize, owner: Option<u32>, is_return: bool) {
        let account = self.sales.account.get(row).copied().unwrap_or(NONE);
        if let Some(owner) = owner {
            if self.plan.pays_years() {
                let revenue = self.sales.revenue.get(row).copied().unwrap_or(0);
                let year = self.years.entry((owner, account)).or_default();
                year.1 = year.1.saturating_add(revenue);
            }
            if let Some(person) = self.people.get_mut(owner as usize) {
                person.first.get_or_insert(self.day);
                if !is_return && self.of_account.get(row) == Some(&1) {
                    person.last_new = Some(self.day);
                }
            }
        }
        if !self.plan.lifetime.is_empty() {
            self.lifetime(row, account, owner);
        }
    }

    /// Lifetime milestones of an account, each once (C22).
    fn lifetime(&mut self, row: usize, account: u32, owner: Option<u32>) {
        let of = |column: &[i64]| column.get(row).copied().unwrap_or(0);
        let brings = match self.plan.typed.bonus.lifetime_of {
            Lifetime::Contribution => self.sales.contribution(row),
            Lifetime::Margin => of(&self.sales.revenue).saturating_sub(of(&self.sales.cost)),
            Lifetime::Revenue => of(&self.sales.revenue),
        };
        let Some(known) = self.accounts.get_mut(account as usize) else {
            return;
        };
        known.brought = known.brought.saturating_add(brings);
        let (brought, from) = (known.brought, known.reached);
        let next = self.plan.lifetime.iter().skip(from);
        let reached = next.take_while(|level| brought >= level.0).count();
        known.reached += reached;
        let Some(owner) = owner else { return };
        for at in from..from + reached {
            let Some((level, amount)) = self.plan.lifetime.get(at).copied() else {
                continue;
            };
            let line = Line {
                row: u32::try_from(row).unwrap_or(NONE),
                tier: u32::try_from(at).unwrap_or(0),
                base: level,
                ..self.plain(owner, Rule::Lifetime, amount)
            };
            self.put(&line);
        }
    }

    /// What a sale is beside its amount: a SPIFF's event, a count of a milestone.
    pub(super) fn events(&mut self, row: usize, owner: Option<u32>) {
        if !self.plan.spiff.is_empty() {
            self.spiff(row, owner);
        }
        let Some(owner) = owner else { return };
        let metric = self.plan.typed.bonus.milestones_of;
        let counts = matches!(metric, Metric::NewAccounts | Metric::RepeatOrders);
        if self.plan.milestones.is_empty() || !counts {
            return;
        }
        let order = self.sales.order.get(row).copied().unwrap_or(NONE);
        if !self.orders.insert(order) {
            return;
        }
        self.begin(owner, self.key);
        let index = self.of_account.get(row).copied().unwrap_or(0);
        if let Some(person) = self.people.get_mut(owner as usize) {
            if index == 1 {
                person.new_accounts += 1;
            } else {
                person.repeat_orders += 1;
            }
        }
        self.milestones(owner, u32::try_from(row).unwrap_or(NONE));
    }

    /// First come, first served, until the budget is used up; who comes later is listed (C19).
    fn spiff(&mut self, row: usize, owner: Option<u32>) {
        let day = self.day;
        let amount = self.plan.spiff.iter().rfind(|step| step.0 <= day);
        let of = |column: &[u32]| column.get(row).copied().unwrap_or(NONE);
        let account = of(&self.sales.account);
        let event = match self.plan.typed.bonus.spiff_for {
            Spiff::Account => (account, NONE),
            Spiff::Site => (account, of(&self.sales.site)),
            Spiff::Item => {
                let part = self.sales.parts.get(of(&self.sales.item) as usize);
                (account, part.copied().unwrap_or(NONE))
            }
            Spiff::Every if owner.is_none() => return,
            Spiff::Every => (NONE, of(&self.sales.order)),
        };
        // An event that came before there was a SPIFF, or that was the house's, has been, too.
        let fresh = self.events.insert(event);
        let amount = amount.copied().filter(|step| fresh && step.1 > 0);
        let (Some(owner), Some((_, amount))) = (owner, amount) else {
            return;
        };
        let paid = self.budget.map_or(amount, |left| left.min(amount));
        self.budget = self.budget.map(|left| left - paid);
        let line = Line {
            row: u32::try_from(row).unwrap_or(NONE),
            base: amount,
            ..self.plain(owner, Rule::Spiff, paid)
        };
        self.put(&line);
    }

    /// Milestones that are now reached, each once in the period over which sales add up (C20).
    pub(super) fn milestones(&mut self, who: u32, row: u32) {
        let quota = self.bound.quota(who);
        let metric = self.plan.typed.bonus.milestones_of;
        // On a line, a count is in 1/10,000 as money is.
        let counted = |value: i64, at: i64| (value.saturating_mul(UNIT), at.saturating_mul(UNIT));
        while let Some(person) = self.people.get_mut(who as usize)
            && let Some((at, amount)) = self.plan.milestones.get(person.reached).copied()
        {
            let (value, level) = match metric {
                Metric::Quota => {
                    let level = portion(quota, at, SHARE).unwrap_or(i64::MAX);
                    (person.running.sum, level)
                }
                Metric::Money => (person.running.sum, at),
                Metric::NewAccounts => counted(person.new_accounts, at),
                Metric::RepeatOrders => counted(person.repeat_orders, at),
            };
            if value < level {
                return;
            }
            let tier = u32::try_from(person.reached).unwrap_or(0);
            person.reached += 1;
            let line = Line {
                row,
                tier,
                base: level,
                ..self.plain(who, Rule::Milestone, amount)
            };
            self.put(&line);
        }
    }

    /// Kept revenue and growth of the year that ends (C21, C25). Kept of an account is what it
    /// bought again, at most what it bought the year before.
    pub(super) fn year_ends(&mut self) {
        /// Of one person: last year, kept, growth of those accounts, all of this year.
        type Sums = (i64, i64, i64, i64);
        let mut sums: Vec<Sums> = vec![(0, 0, 0, 0); self.people.len()];
        for ((who, _), (last, this)) in &mut self.years {
            if let Some(sum) = sums.get_mut(*who as usize) {
                let base = (*last).max(0);
                sum.0 += base;
                sum.1 += (*this).clamp(0, base);
                sum.2 += if base > 0 { (*this - base).max(0) } else { 0 };
                sum.3 += *this;
            }
            (*last, *this) = (*this, 0);
        }
        self.years.retain(|_, (last, _)| *last != 0);
        let bonus = &self.plan.typed.bonus;
        let rate = crate::commission::plan::parts_of;
        let (kept, growth) = (
            rate(bonus.kept.exact_fraction(), RATE),
            rate(bonus.growth.exact_fraction(), RATE),
        );
        let whole = bonus.growth_of == Growth::Whole;
        for (who, (last, again, more, this)) in (0_u32..).zip(sums) {
            if last <= 0 {
                continue;
            }
            let retention = i128::from(again) * i128::from(SHARE) / i128::from(last);
            let retention = i64::try_from(retention).unwrap_or(0);
            let factor = Plan::step(&self.plan.kept_factors, retention).unwrap_or(SHARE);
            let grown = if whole { (this - last).max(0) } else { more };
            for (rule, base, rate, factor) in [
                (Rule::Kept, again, kept, factor),
                (Rule::Growth, grown, growth, SHARE),
            ] {
                if rate == 0 || base == 0 {
                    continue;
                }
                let exact = i128::from(base) * i128::from(rate) * i128::from(factor);
                let line = Line {
                    base,
                    rate,
                    factor,
                    ..self.plain(who, rule, cents(exact, PER_CENT))
                };
                self.put(&line);
            }
        }
    }
}

impl Plan {
    /// Whether a year is compared with the one before.
    pub(super) fn pays_years(&self) -> bool {
        self.typed.bonus.kept.fraction() > 0.0 || self.typed.bonus.growth.fraction() > 0.0
    }

    /// The most that a SPIFF pays in all, in 1/10,000; `None` without end.
    pub fn spiff_budget(&self) -> Option<i64> {
        let budget = from_money(Money::new(self.typed.bonus.spiff_budget.exact()));
        budget.filter(|budget| *budget > 0)
    }
}
