//! Step 9, returns: what they take back (C14).

use super::levels::{cents, pays};
use super::{Claim, Run, base, class};
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
        for claim in &mut claims {
            if recomputed {
                self.recompute(row, sold, claim);
            } else {
                self.claw_back(row, sold, claim);
            }
        }
        self.claims.insert(sold, claims);
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

    /// The period of the sale, computed again without what was returned.
    fn recompute(&mut self, row: usize, sold: u32, claim: &mut Claim) {
        let of = i128::from(base::of(self.plan, self.sales, sold as usize));
        let back = i128::from(base::of(self.plan, self.sales, row));
        if of == 0 {
            return;
        }
        let exact = i128::from(claim.base) * back;
        let share = if of < 0 {
            rounded(-exact, -of)
        } else {
            rounded(exact, of)
        };
        let share = i64::try_from(share).unwrap_or(0);
        let amount = match claim.rule {
            Rule::Override => pays(share, self.plan.override_rate),
            _ => self.run_again(claim, share),
        };
        let line = Line {
            row: u32::try_from(row).unwrap_or(NONE),
            base: share,
            class: self.class(row),
            ..self.plain(claim.person, Rule::Clawback, amount)
        };
        self.put(&line);
    }

    /// What a credit changes in the sum that it belongs to.
    fn run_again(&mut self, claim: &Claim, base: i64) -> i64 {
        let who = claim.person;
        let Some(levels) = self.bound.levels(who) else {
            return 0;
        };
        let open = self.people.get_mut(who as usize);
        let running = match open.filter(|person| person.key == claim.key) {
            Some(person) => &mut person.running,
            None => match self.archive.get_mut(&(who, claim.key)) {
                Some(running) => running,
                None => return 0,
            },
        };
        let mut parts = std::mem::take(&mut self.parts);
        parts.clear();
        running.credit(levels, base, claim.own, &mut parts);
        let amount = parts.iter().map(|part| part.amount).sum();
        self.parts = parts;
        amount
    }
}
