//! Step 9, returns: what they take back (C14).

use super::close::share;
use super::levels::{cents, pays};
use super::{Again, Claim, Returned, Run, base, class};
use crate::commission::exact::rounded;
use crate::commission::inputs::kinds::{Clawback, Returns};
use crate::commission::statement::{CENT, Line, NONE, RATE, Rule, SHARE};

impl Run<'_> {
    /// A return whose sale is known.
    pub(super) fn take_back(&mut self, row: usize, sold: u32) {
        let after = &self.plan.typed.after;
        let day = |row: usize| self.sales.day.get(row).copied().unwrap_or_default();
        let within = i64::from(after.clawback_days.get());
        let passed = i64::from(day(row).days_since(day(sold as usize)));
        if within > 0 && passed > within {
            return;
        }
        let Some(mut claims) = self.claims.remove(&sold) else {
            return;
        };
        let recomputed = after.returns == Returns::Recomputed;
        let number = u32::try_from(row).unwrap_or(NONE);
        for (at, claim) in claims.iter_mut().enumerate() {
            let again = if recomputed {
                self.again(row, sold, claim)
            } else {
                Again::default()
            };
            // The cap of the sale's period comes before its returns.
            let person = self.people.get_mut(claim.person as usize);
            let open = self.plan.limits.cap_period > 0 && claim.period == self.period;
            if let (Some(person), true) = (person, open) {
                person.active = true;
                person.returned.push(Returned {
                    row: number,
                    sold,
                    claim: at,
                    again,
                });
            } else {
                self.less(number, sold, claim, again);
            }
        }
        self.claims.insert(sold, claims);
    }

    /// Returns of sales of the period that closes, once its cap is known.
    pub(super) fn take_back_capped(&mut self, rep: u32) {
        let Some(person) = self.people.get_mut(rep as usize) else {
            return;
        };
        for one in std::mem::take(&mut person.returned) {
            let Some(mut claims) = self.claims.remove(&one.sold) else {
                continue;
            };
            if let Some(claim) = claims.get_mut(one.claim) {
                self.less(one.row, one.sold, claim, one.again);
            }
            self.claims.insert(one.sold, claims);
        }
    }

    fn less(&mut self, row: u32, sold: u32, claim: &mut Claim, again: Again) {
        if self.plan.typed.after.returns == Returns::Recomputed {
            self.recompute(row, claim, again);
        } else {
            self.claw_back(row as usize, sold, claim);
        }
    }

    /// How much of what was paid is taken back, as a fraction.
    fn fraction(&self, row: usize, sold: u32) -> (i128, i128) {
        let revenue = |row: usize| self.sales.revenue.get(row).map_or(0, |r| r.unsigned_abs());
        match self.plan.typed.after.clawback {
            Clawback::Full => (1, 1),
            Clawback::ProRata => {
                let (back, of) = (revenue(row), revenue(sold as usize));
                if of == 0 {
                    return (1, 1);
                }
                (i128::from(back.min(of)), i128::from(of))
            }
            Clawback::Term => {
                let term = i64::from(self.term(sold as usize)).max(1);
                let day = |row: usize| self.sales.day.get(row).copied().unwrap_or_default();
                let served = class::months(day(sold as usize), day(row)).clamp(0, term);
                (i128::from(term - served), i128::from(term))
            }
        }
    }

    /// At the rate paid: never more than was paid.
    fn claw_back(&mut self, row: usize, sold: u32, claim: &mut Claim) {
        let (part, of) = self.fraction(row, sold);
        let share = self.plan.limits.clawback;
        let part = part * i128::from(share);
        let of = of * i128::from(SHARE);
        let whole = claim.whole;
        let back = cents(i128::from(whole) * part, of * i128::from(CENT));
        let back = if claim.paid < 0 {
            back.clamp(claim.paid, 0)
        } else {
            back.clamp(0, claim.paid)
        };
        claim.paid -= back;
        let rate = rounded(part * i128::from(RATE), of.max(1));
        let line = Line {
            row: u32::try_from(row).unwrap_or(NONE),
            base: whole,
            rate: i64::try_from(rate).unwrap_or(0),
            class: self.class(row),
            ..self.plain(claim.person, Rule::Clawback, -back)
        };
        if back != 0 {
            self.put(&line);
        }
    }

    /// What changes when the sale is computed again without what was returned: never more than was
    /// credited, and under the cap of its order.
    fn again(&mut self, row: usize, sold: u32, claim: &mut Claim) -> Again {
        let of = i128::from(base::of(self.plan, self.sales, sold as usize));
        let back = i128::from(base::of(self.plan, self.sales, row));
        if of == 0 {
            return Again::default();
        }
        let exact = i128::from(claim.base) * back;
        let share = if of < 0 {
            rounded(-exact, -of)
        } else {
            rounded(exact, of)
        };
        let left = claim
            .left
            .saturating_add(i64::try_from(share).unwrap_or(0))
            .clamp(claim.base.min(0), claim.base.max(0));
        let mut again = Again {
            base: left - claim.left,
            ..Again::default()
        };
        let differ = |rate: i64| pays(left, rate) - pays(claim.left, rate);
        if claim.rule == Rule::Override {
            again.own = differ(self.plan.override_rate);
        } else {
            self.run_again(claim, &mut again);
            let levels = self.bound.levels(claim.person);
            if let Some(rate) = levels.and_then(|levels| levels.only_rate(claim.own)) {
                again.own = differ(rate);
            }
        }
        again.own = self.order_again(claim, sold, again.own);
        claim.left = left;
        again
    }

    /// What a change of an order's commission leaves under the cap of the order.
    fn order_again(&mut self, claim: &Claim, sold: u32, change: i64) -> i64 {
        let cap = self.plan.limits.cap_order;
        let order = self.sales.order.get(sold as usize);
        let order = order.copied().unwrap_or(NONE);
        let Some(sum) = self.ordered.get_mut(&(claim.person, order, claim.day)) else {
            return change;
        };
        let before = std::mem::replace(sum, sum.saturating_add(change));
        (*sum).min(cap) - before.min(cap)
    }

    /// The period of the sale, computed again without what was returned.
    fn recompute(&mut self, row: u32, claim: &mut Claim, again: Again) {
        let own = if claim.kept == SHARE {
            again.own
        } else {
            share(again.own, claim.kept, SHARE)
        };
        let whole = own.saturating_add(again.true_up);
        let at = (claim.person, claim.period);
        let mut amount = whole;
        if let Some(before) = self.earned.get(&at).copied() {
            let after = before.saturating_add(whole);
            amount = self.capped(after) - self.capped(before);
            self.earned.insert(at, after);
        }
        let of_sale = if amount == whole || whole == 0 {
            own
        } else {
            share(amount, own, whole)
        };
        claim.paid = claim.paid.saturating_add(of_sale);
        let line = Line {
            row,
            base: again.base,
            class: self.class(row as usize),
            ..self.plain(claim.person, Rule::Clawback, amount)
        };
        self.put(&line);
    }

    /// What a credit changes in the sum that it belongs to.
    fn run_again(&mut self, claim: &Claim, again: &mut Again) {
        let who = claim.person;
        let Some(levels) = self.bound.levels(who) else {
            return;
        };
        let open = self.people.get_mut(who as usize);
        let (running, log) = match open.filter(|person| person.key == claim.key) {
            Some(person) => (&mut person.running, &mut person.log),
            None => match self.archive.get_mut(&(who, claim.key)) {
                Some((running, log)) => (running, log),
                None => return,
            },
        };
        (again.own, again.true_up) = log.change(levels, running, (claim.at, again.base, claim.own));
    }
}
