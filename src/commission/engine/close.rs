//! Steps 8 to 10: caps, what is held back and released, what is carried, and the draw; then the
//! period is closed.

use super::levels::cents;
use super::{Person, Run, Waiting};
use crate::base::Date;
use crate::commission::inputs::kinds::{BelowZero, Draw, Release, Returns};
use crate::commission::sales::Facts;
use crate::commission::statement::{CENT, Closing, Line, Rule, SHARE};

/// A share of an amount, rounded to cents.
pub(super) fn share(amount: i64, part: i64, of: i64) -> i64 {
    let per_cent = i128::from(of.max(1)) * i128::from(CENT);
    cents(i128::from(amount) * i128::from(part), per_cent)
}

impl Run<'_> {
    /// Closes a period for everybody. `whole` is whether its last month has been.
    pub(super) fn close(&mut self, period: u32, whole: bool) {
        self.period = period;
        for line in self.later.remove(&period).unwrap_or_default() {
            if let Some(person) = self.people.get_mut(line.rep as usize) {
                person.open = person.open.saturating_sub(line.amount);
            }
            self.put(&line);
        }
        let months = self.plan.months().unsigned_abs();
        if whole && self.plan.pays_years() && (period + 1).wrapping_mul(months).is_multiple_of(12) {
            self.year_ends();
        }
        for who in 0..self.bound.count() {
            let Ok(rep) = u32::try_from(who) else { break };
            let draw = self.draw(who, period);
            let active = self.people.get(who).is_some_and(|person| person.active);
            if active || draw.is_some() {
                self.cap_period(rep);
                self.take_back_capped(rep);
                self.hold(rep);
                self.settle(rep, draw);
                self.end(rep);
            }
        }
    }

    /// The draw of someone in a period: from the first sale to the last period of the data, or to
    /// its end.
    fn draw(&self, who: usize, period: u32) -> Option<i64> {
        let levels = &self.plan.typed.levels;
        let draw = self.plan.limits.draw;
        let day = self.people.get(who)?.first?;
        let first = self.plan.period_of(day);
        let end = match i32::try_from(levels.draw_months.get()).unwrap_or(0) {
            0 => self.last,
            // A period that has begun is paid in full.
            months => self
                .last
                .min(self.plan.period_of(day.plus_months(months - 1))),
        };
        (draw > 0 && (first..=end).contains(&period)).then_some(draw)
    }

    fn closing(&self, rep: u32) -> Closing {
        let person = self.people.get(rep as usize);
        person.map(|person| person.closing).unwrap_or_default()
    }

    /// Step 8 (C11): what is above the cap is cut, or partly paid.
    fn cap_period(&mut self, rep: u32) {
        let cap = self.plan.limits.cap_period;
        let closing = self.closing(rep);
        let earned = closing.commission.saturating_add(closing.bonuses);
        if cap > 0 && self.plan.typed.after.returns == Returns::Recomputed {
            self.earned.insert((rep, self.period), earned);
        }
        let paid = self.capped(earned);
        if paid == earned {
            return;
        }
        let line = Line {
            base: earned - cap,
            ..self.plain(rep, Rule::PeriodCap, paid - earned)
        };
        self.put(&line);
        // What waits and what a return takes back is less by as much.
        if let Some(person) = self.people.get_mut(rep as usize) {
            for waiting in &mut person.waiting {
                waiting.amount = share(waiting.amount, paid, earned);
            }
            for row in &person.claims {
                let own = self.claims.get_mut(row).into_iter().flatten();
                for claim in own.filter(|claim| claim.person == rep) {
                    claim.paid = share(claim.paid, paid, earned);
                    claim.whole = share(claim.whole, paid, earned);
                }
            }
        }
    }

    /// What the cap of a period leaves of what was earned in it.
    pub(super) fn capped(&self, earned: i64) -> i64 {
        let cap = self.plan.limits.cap_period;
        if cap <= 0 || earned <= cap {
            return earned;
        }
        cap + share(earned - cap, self.plan.limits.cap_keeps, SHARE)
    }

    /// Step 9 (C15, C24): what of each order's commission is paid in a later period.
    fn hold(&mut self, rep: u32) {
        let Some(person) = self.people.get_mut(rep as usize) else {
            return;
        };
        person.claims.clear();
        let mut waiting = std::mem::take(&mut person.waiting);
        let (held, cash) = (self.plan.limits.held, self.plan.limits.cash);
        for one in &mut waiting {
            let release = self.release(one.row as usize);
            one.amount = self.left(rep, one, held, release.is_none());
            let back = share(one.amount, held, SHARE);
            let waits = share(one.amount.saturating_sub(back), cash, SHARE);
            self.defer(rep, one, (Rule::Held, Rule::Released), back, release);
            if waits != 0 {
                let paid = self.cash_day(one.row as usize);
                self.defer(rep, one, (Rule::Waits, Rule::Cash), waits, Some(paid));
            }
        }
        waiting.clear();
        if let Some(person) = self.people.get_mut(rep as usize) {
            person.waiting = waiting;
        }
    }

    /// What returns of the same period have left of a commission. What of it is held back for good is
    /// never paid, so that no later return takes it back.
    fn left(&mut self, rep: u32, of: &Waiting, held: i64, for_good: bool) -> i64 {
        let claims = self.claims.get_mut(&of.row).into_iter().flatten();
        let own = |claim: &&mut super::Claim| {
            claim.person == rep && claim.rule == of.rule && claim.whole == of.amount
        };
        let mut claims = claims.filter(own);
        let Some(claim) = claims.next() else {
            return of.amount;
        };
        let left = claim.paid;
        if for_good {
            let never = share(left, held, SHARE);
            claim.paid = left.saturating_sub(never);
            claim.whole = claim.whole.saturating_sub(never);
            claim.kept = SHARE - held;
        }
        left
    }

    /// Takes an amount out of this statement and puts it into that of a later day; without a day it
    /// is never paid.
    fn defer(
        &mut self,
        rep: u32,
        of: &Waiting,
        rules: (Rule, Rule),
        amount: i64,
        day: Option<Date>,
    ) {
        if amount == 0 {
            return;
        }
        let to = day.map(|day| self.plan.period_of(day));
        if to.is_some_and(|to| to <= self.period) {
            return;
        }
        let line = Line {
            row: of.row,
            base: of.amount,
            class: of.class,
            ..self.plain(rep, rules.0, -amount)
        };
        self.put(&line);
        if let Some(person) = self.people.get_mut(rep as usize) {
            person.open = person.open.saturating_add(amount);
        }
        if let Some(to) = to {
            let line = Line {
                period: to,
                rule: rules.1,
                amount,
                ..line
            };
            self.later.entry(to).or_default().push(line);
        }
    }

    fn release(&self, row: usize) -> Option<Date> {
        if let Some(day) = Facts::of(&self.prepared.facts(self.sales).activated, row) {
            return Some(day);
        }
        let after = &self.plan.typed.after;
        match after.released {
            Release::Days => {
                let days = i32::try_from(after.held_days.get()).unwrap_or(0);
                let day = self.prepared.event_day(self.plan, self.sales, row);
                Some(day.plus_days(days))
            }
            Release::NextOrder => self.prepared.next_order(row),
        }
    }

    fn cash_day(&self, row: usize) -> Date {
        let days = i32::try_from(self.plan.typed.after.cash_days.get()).unwrap_or(0);
        let known = Facts::of(&self.prepared.facts(self.sales).paid, row);
        let day = self.sales.day.get(row).copied().unwrap_or_default();
        known.unwrap_or_else(|| day.plus_days(days))
    }

    /// What is below zero, and step 10, the draw (C12, C13).
    fn settle(&mut self, rep: u32, draw: Option<i64>) {
        let levels = &self.plan.typed.levels;
        let earned = self.closing(rep).payout;
        let recoverable = levels.draw_is == Draw::Recoverable;
        // A guarantee that has not begun, or has ended, gives nothing.
        let advances = self.plan.limits.draw > 0 && (recoverable || draw.is_some());
        let Some(person) = self.people.get_mut(rep as usize) else {
            return;
        };
        if !advances {
            self.below_zero(rep, earned);
            return;
        }
        let balance = if recoverable { person.draw_balance } else { 0 };
        // C12: max(earned, draw). C13: max(draw, earned - balance), after the end max(0, ...).
        let pays = (earned - balance).max(draw.unwrap_or(0));
        let change = pays - earned;
        if recoverable {
            person.draw_balance = balance + change;
        }
        if change != 0 {
            let rule = if change > 0 {
                Rule::Draw
            } else {
                Rule::DrawRepaid
            };
            let line = Line {
                base: earned,
                ..self.plain(rep, rule, change)
            };
            self.put(&line);
        }
    }

    fn below_zero(&mut self, rep: u32, earned: i64) {
        let after = &self.plan.typed.after;
        let most = self.plan.limits.most_owed;
        let Some(person) = self.people.get_mut(rep as usize) else {
            return;
        };
        match (after.below_zero, earned < 0) {
            (BelowZero::Owed, _) | (BelowZero::Waived, false) => {}
            (BelowZero::Waived, true) => {
                let line = self.plain(rep, Rule::Waived, -earned);
                self.put(&line);
            }
            (BelowZero::Carried, true) => {
                let room = if most > 0 {
                    (most - person.owed).max(0)
                } else {
                    i64::MAX
                };
                let carried = (-earned).min(room);
                person.owed += carried;
                for (rule, amount) in [(Rule::Carried, carried), (Rule::Waived, -earned - carried)]
                {
                    let line = self.plain(rep, rule, amount);
                    if amount != 0 {
                        self.put(&line);
                    }
                }
            }
            (BelowZero::Carried, false) => {
                let repaid = person.owed.min(earned);
                person.owed -= repaid;
                let line = self.plain(rep, Rule::Repaid, -repaid);
                if repaid != 0 {
                    self.put(&line);
                }
            }
        }
    }

    fn end(&mut self, rep: u32) {
        let Some(person) = self.people.get_mut(rep as usize) else {
            return;
        };
        let Person {
            draw_balance,
            owed,
            open,
            ..
        } = *person;
        let closing = Closing {
            draw_balance,
            owed,
            open,
            ..person.closing
        };
        (person.closing, person.active) = (Closing::default(), false);
        self.sink.period(rep, self.period, &closing);
    }
}
