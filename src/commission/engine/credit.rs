//! Step 3 and what follows from it: who is credited with how much of a base (C16 to C18), paid
//! through the levels.
//!
//! The shares of a split add up to the base exactly: the last one has what is left. Every credit
//! counts for the tiers of the one who has it, except an override.

use super::bind::Bound;
use super::class::Rated;
use super::levels::{Part, pays};
use super::{Claim, Run, Waiting};
use crate::base::Date;
use crate::commission::exact::portion;
use crate::commission::inputs::kinds::Returns;
use crate::commission::plan::Plan;
use crate::commission::sales::Sales;
use crate::commission::statement::{Class, Line, NONE, Rule, SHARE};

/// What is the same for all credits of a row.
#[derive(Clone, Copy)]
struct Of {
    row: u32,
    rated: Rated,
    class: Class,
}

/// By row: the former owner of its account, while that one has a tail (C17); empty without tails.
/// Whose an account is goes by the day of its orders, whichever day they are earned on.
pub(super) fn formers(plan: &Plan, sales: &Sales, bound: &Bound) -> Vec<u32> {
    if plan.limits.tail == 0 {
        return Vec::new();
    }
    let months = i32::try_from(plan.typed.after.tail_months.get()).unwrap_or(0);
    // By account: the owner, the one before, and until when that one has a tail.
    let mut known = vec![(NONE, NONE, Date::default()); sales.accounts.len()];
    let rows = sales.account.iter().zip(&sales.day).zip(&sales.is_return);
    let former = |(row, ((account, day), is_return)): (usize, ((&u32, &Date), &bool))| {
        let known = known.get_mut(*account as usize)?;
        let owner = bound.owner(row, sales)?;
        if !is_return && known.0 != owner {
            *known = (owner, known.0, day.plus_months(months));
        }
        (*day < known.2).then_some(known.1)
    };
    let formers = rows.enumerate().map(former);
    formers.map(|former| former.unwrap_or(NONE)).collect()
}

impl Run<'_> {
    pub(super) fn credit(
        &mut self,
        row: usize,
        base: i64,
        rated: Rated,
        class: Class,
        owner: Option<u32>,
    ) {
        let account = self.sales.account.get(row).copied().unwrap_or(NONE);
        let of = Of {
            row: u32::try_from(row).unwrap_or(NONE),
            rated,
            class,
        };
        if let (Some(owner), true) = (owner, self.bound.alone) {
            self.give(of, owner, base, Rule::Commission);
            return;
        }
        let mut credits = std::mem::take(&mut self.credits);
        credits.clear();
        match (self.bound.split(account, owner), owner) {
            (Some(shares), _) => {
                credits.extend(
                    shares
                        .iter()
                        .map(|(who, share)| (*who, *share, Rule::Split)),
                );
            }
            (None, Some(owner)) => credits.push((owner, SHARE, Rule::Commission)),
            (None, None) => self.house_team(of, base),
        }
        let shared = credits.len();
        // What is the house's pays nobody beside it, either.
        if shared > 0 {
            let overlays = self.bound.overlays(account);
            credits.extend(overlays.map(|(who, share)| (who, share, Rule::Overlay)));
        }
        if let Some(former) = self.formers.get(row).filter(|former| **former != NONE) {
            credits.push((*former, self.plan.limits.tail, Rule::Tail));
        }
        let mut left = base;
        for (at, (who, share, rule)) in credits.iter().enumerate() {
            let part = if at + 1 == shared {
                left
            } else if *share == SHARE {
                base
            } else {
                portion(base, *share, SHARE).unwrap_or(base)
            };
            if at < shared {
                left = left.saturating_sub(part);
                if let Some(manager) = self.bound.manager(*who) {
                    self.over(of, manager, part);
                }
            }
            self.give(of, *who, part, *rule);
        }
        self.credits = credits;
    }

    /// A manager's override (C18).
    fn over(&mut self, of: Of, manager: u32, base: i64) {
        let rate = self.plan.override_rate;
        let line = Line {
            row: of.row,
            base,
            rate,
            class: of.class,
            ..self.plain(manager, Rule::Override, pays(base, rate))
        };
        self.put(&line);
        self.paid(of, manager, Rule::Override, base, line.amount);
    }

    /// The house's order in all teams (C18).
    fn house_team(&mut self, of: Of, base: i64) {
        let count = i64::try_from(self.bound.sharing.len()).unwrap_or(i64::MAX);
        for at in 0..self.bound.sharing.len() {
            if let Some(manager) = self.bound.sharing.get(at).copied() {
                // The first have what does not divide.
                let more = i64::try_from(at).unwrap_or(0) < base.abs() % count;
                let part = base / count + if more { base.signum() } else { 0 };
                self.over(of, manager, part);
            }
        }
    }

    /// Pays a credit through the levels.
    fn give(&mut self, of: Of, who: u32, base: i64, rule: Rule) {
        let key = self.key;
        self.begin(who, key);
        let (Some(person), Some(levels)) =
            (self.people.get_mut(who as usize), self.bound.levels(who))
        else {
            return;
        };
        let own = match of.rated {
            Rated::Own(rate) => Some(rate),
            Rated::Tiers | Rated::Nothing => None,
        };
        let mut paid = 0_i64;
        if let (Some(rate), true) = (own, levels.plain) {
            person.running.sum = person.running.sum.saturating_add(base);
            let part = Part {
                tier: 0,
                base,
                rate,
                factor: SHARE,
                amount: pays(base, rate),
                true_up: false,
            };
            paid = part.amount;
            self.part(of, who, rule, &part);
        } else {
            if self.plan.typed.after.returns == Returns::Recomputed {
                person.log.add(base, own);
            }
            let mut parts = std::mem::take(&mut self.parts);
            parts.clear();
            person.running.credit(levels, base, own, &mut parts);
            for part in &parts {
                self.part(of, who, rule, part);
                if !part.true_up {
                    paid = paid.saturating_add(part.amount);
                }
            }
            self.parts = parts;
        }
        self.paid(of, who, rule, base, paid);
        if !self.plan.milestones.is_empty() {
            self.milestones(who, of.row);
        }
    }

    /// What is done with every commission of an order: its cap, what of it waits, what a return takes.
    fn paid(&mut self, of: Of, who: u32, rule: Rule, base: i64, paid: i64) {
        let paid = paid.saturating_sub(self.order_cap(of, who, paid));
        self.wait(of, who, rule, paid);
        self.claim(of, who, rule, base, paid);
    }

    /// Gives the line of a part; at a rate of 0 a sale counts for levels, and a statement need not
    /// list it.
    fn part(&mut self, of: Of, who: u32, rule: Rule, part: &Part) {
        if part.rate != 0 || part.amount != 0 {
            self.put(&Line {
                rep: who,
                period: self.period,
                row: of.row,
                rule: if part.true_up { Rule::TrueUp } else { rule },
                tier: part.tier,
                base: part.base,
                rate: part.rate,
                factor: part.factor,
                amount: part.amount,
                class: of.class,
            });
        }
    }

    /// Begins another period over which sales add up, where it is another.
    pub(super) fn begin(&mut self, who: u32, key: u32) {
        let Some(person) = self.people.get_mut(who as usize) else {
            return;
        };
        person.first.get_or_insert(self.day);
        if person.key == key {
            return;
        }
        if person.claimed || self.plan.by_order() {
            let sum = (person.running, std::mem::take(&mut person.log));
            self.archive.insert((who, person.key), sum);
        }
        // Only an order comes again after others.
        let sum = self.archive.get_mut(&(who, key));
        let sum = sum.map(std::mem::take).unwrap_or_default();
        ((person.running, person.log), person.claimed) = (sum, false);
        person.key = key;
        (person.reached, person.new_accounts, person.repeat_orders) = (0, 0, 0);
    }

    /// Cuts what is above the cap of an order (C11); how much that is.
    fn order_cap(&mut self, of: Of, who: u32, paid: i64) -> i64 {
        let cap = self.plan.limits.cap_order;
        if cap == 0 {
            return 0;
        }
        let order = self.sales.order.get(of.row as usize);
        let order = order.copied().unwrap_or(NONE);
        let sum = self.ordered.entry((who, order, self.day)).or_default();
        let before = *sum;
        let after = before.saturating_add(paid);
        *sum = after;
        let above = |sum: i64| sum.saturating_sub(cap).max(0);
        let cut = above(after) - above(before);
        if cut != 0 {
            let line = Line {
                row: of.row,
                base: paid,
                class: of.class,
                ..self.plain(who, Rule::OrderCap, -cut)
            };
            self.put(&line);
        }
        cut
    }

    /// Remembers what may be paid later (C15, C24).
    fn wait(&mut self, of: Of, who: u32, rule: Rule, amount: i64) {
        let later = self.plan.limits.held > 0 || self.plan.limits.cash > 0;
        if later && let Some(person) = self.people.get_mut(who as usize) {
            person.waiting.push(Waiting {
                row: of.row,
                rule,
                amount,
                class: of.class,
            });
        }
    }

    /// Remembers what a later return takes back (C14).
    fn claim(&mut self, of: Of, who: u32, rule: Rule, base: i64, paid: i64) {
        if !self.prepared.is_taken_back(of.row as usize) {
            return;
        }
        let Some(person) = self.people.get_mut(who as usize) else {
            return;
        };
        person.claims.push(of.row);
        person.claimed |= self.plan.typed.after.returns == Returns::Recomputed;
        let claim = Claim {
            person: who,
            key: self.key,
            period: self.period,
            day: self.day,
            rule,
            base,
            left: base,
            kept: SHARE,
            own: match of.rated {
                Rated::Own(rate) => Some(rate),
                Rated::Tiers | Rated::Nothing => None,
            },
            at: person.log.last(),
            whole: paid,
            paid,
        };
        self.claims.entry(of.row).or_default().push(claim);
    }
}
