//! Steps 5 and 6: tiers, accelerator and gate on the sum of what is credited.
//!
//! All three are steps over the same sum, so they are laid over each other as segments. Marginal
//! ones act within a segment (C6, C9, C10 "only above"); those that reach back to the first unit of
//! money act on everything once it is reached (C7, C9, C10 "from the first"), with a true-up line
//! for what was sold before. A segment is [from, to): a sum on a boundary is in the higher one.
//!
//! Invariant: the true-up is what the level makes of everything before less what has been paid on
//! it, so that statements add up whatever was rounded.

use crate::commission::exact::{portion, quotient, rounded, times};
use crate::commission::inputs::kinds::{Gate, Reach, TierUnit};
use crate::commission::plan::{Plan, Table, parts_of};
use crate::commission::statement::{CENT, RATE, SHARE};

/// A part of the sum between two boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Segment {
    /// Where it begins, in 1/10,000; the first also holds below.
    from: i64,
    /// The rate of tiers, in 1/1,000,000.
    rate: i64,
    /// What multiplies within the segment, in 1/10,000.
    factor: i64,
    /// What multiplies everything once the sum is here, in 1/10,000.
    on_all: i64,
}

/// Steps over the sum of what is credited to one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Levels {
    segments: Vec<Segment>,
    /// The tier's rate is paid on all.
    cliff: bool,
    /// Something reaches back to the first.
    reaches_back: bool,
    /// Every credit is simply base times its rate.
    pub plain: bool,
}

/// What is paid on a part of a credit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
    pub tier: u32,
    pub base: i64,
    pub rate: i64,
    pub factor: i64,
    pub amount: i64,
    pub true_up: bool,
}

/// How far one person has come in the period over which sales add up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Running {
    /// What has been credited, in 1/10,000.
    pub sum: i64,
    /// The segment that the sum is in.
    segment: usize,
    /// Paid at rates that stay, before what multiplies all: in 1/10^14.
    fixed: i128,
    /// What the rate of the level reached applies to, times factors: in 1/10^8.
    on_level: i128,
    /// What has been paid, in 1/10,000.
    paid: i64,
}

/// Base times rate, rounded to cents.
pub(super) fn pays(base: i64, rate: i64) -> i64 {
    /// Of a product in 1/10^10, one cent.
    const PER_CENT: i64 = RATE * CENT;
    let cents = portion(base, rate, PER_CENT).unwrap_or(i64::MAX / CENT);
    cents.saturating_mul(CENT)
}

/// An exact product rounded to cents, of which `per_cent` are one.
pub(super) fn cents(exact: i128, per_cent: i128) -> i64 {
    let cents = i64::try_from(rounded(exact, per_cent)).unwrap_or(i64::MAX / CENT);
    cents.saturating_mul(CENT)
}

/// 1/10^18 in a cent.
const PER_CENT: i128 = 10_000_000_000_000_000;

/// Base times rate times both factors, rounded to cents.
fn multiplied(base: i64, rate: i64, factor: i64, on_all: i64) -> i64 {
    let one = match (factor, on_all) {
        (SHARE, SHARE) => return pays(base, rate),
        (one, SHARE) | (SHARE, one) => Some(one),
        _ => None,
    };
    let short = one.and_then(|one| times(times(base, rate)?, one));
    short.map_or_else(
        || {
            let exact = i128::from(base) * i128::from(rate);
            cents(exact * i128::from(factor) * i128::from(on_all), PER_CENT)
        },
        |exact| quotient(exact, RATE * SHARE * CENT) * CENT,
    )
}

impl Levels {
    /// The steps for someone with this quota, in 1/10,000.
    pub(super) fn of(plan: &Plan, quota: i64) -> Self {
        let levels = &plan.typed.levels;
        let share = |at: i64| portion(quota, at, SHARE).unwrap_or(i64::MAX);
        let in_quota = levels.tiers_in == TierUnit::Quota;
        let money = |at: i64| if in_quota { share(at) } else { at };
        let tiers: Table = plan.tiers.iter().map(|s| (money(s.0), s.1)).collect();
        let faster: Table = plan.accelerator.iter().map(|s| (share(s.0), s.1)).collect();
        let gate = parts_of(levels.gate.exact_fraction(), SHARE);
        let gate = (gate > 0).then(|| share(gate));
        let mut starts = vec![0];
        starts.extend(tiers.iter().chain(&faster).map(|step| step.0));
        starts.extend(gate);
        starts.sort_unstable();
        starts.dedup();
        let cliff = !tiers.is_empty() && levels.tiers_pay == Reach::Cliff;
        let one = |from: i64| {
            let faster = Plan::step(&faster, from).unwrap_or(SHARE);
            let passed = gate.is_none_or(|gate| from >= gate);
            let gate = if passed { SHARE } else { 0 };
            let mut segment = Segment {
                from,
                rate: Plan::step(&tiers, from).unwrap_or(plan.rate),
                factor: SHARE,
                on_all: SHARE,
            };
            let on_all = [
                (faster, levels.accelerator_pays == Reach::Cliff),
                (gate, levels.gate_pays == Gate::First),
            ];
            for (by, all) in on_all {
                let to = if all {
                    &mut segment.on_all
                } else {
                    &mut segment.factor
                };
                // One of the two is nothing or all of it, so this is exact.
                *to = *to * by / SHARE;
            }
            segment
        };
        let segments: Vec<Segment> = starts.into_iter().map(one).collect();
        let first = segments.first().copied().unwrap_or_default();
        let reaches_back = segments
            .iter()
            .any(|one| one.on_all != first.on_all || (cliff && one.rate != first.rate));
        let simply = |one: &Segment| one.factor == SHARE && one.on_all == SHARE;
        Self {
            plain: segments.len() == 1 && segments.iter().all(simply),
            segments,
            cliff,
            reaches_back,
        }
    }

    fn get(&self, at: usize) -> Segment {
        self.segments.get(at).copied().unwrap_or_default()
    }

    /// The segment of a sum, looked for from where it was.
    fn find(&self, sum: i64, near: usize) -> usize {
        let mut at = near;
        while self
            .segments
            .get(at + 1)
            .is_some_and(|next| next.from <= sum)
        {
            at += 1;
        }
        while at > 0 && self.get(at).from > sum {
            at -= 1;
        }
        at
    }

    /// The rate in a segment when the sum is at a level.
    const fn rate(&self, segment: &Segment, level: &Segment, own: Option<i64>) -> i64 {
        match own {
            Some(rate) => rate,
            None if self.cliff => level.rate,
            None => segment.rate,
        }
    }

    /// The rate of a credit, where it does not depend on any other.
    pub(super) fn only_rate(&self, own: Option<i64>) -> Option<i64> {
        self.plain.then(|| own.unwrap_or(self.get(0).rate))
    }

    /// What all that was credited is worth at a level, in 1/10,000.
    fn worth(&self, running: &Running, at: usize) -> i64 {
        let level = self.get(at);
        let on_level = running.on_level * i128::from(level.rate);
        cents(
            (running.fixed + on_level) * i128::from(level.on_all),
            PER_CENT,
        )
    }
}

impl Running {
    /// Credits a base, at a rate of its own or at that of the tiers.
    pub(super) fn credit(
        &mut self,
        levels: &Levels,
        base: i64,
        own: Option<i64>,
        out: &mut Vec<Part>,
    ) {
        let (before, after) = (self.sum, self.sum.saturating_add(base));
        let now = levels.find(after, self.segment);
        if levels.reaches_back && now != self.segment {
            self.true_up(levels, now, out);
        }
        let mut at = self.segment;
        (self.sum, self.segment) = (after, now);
        let level = levels.get(now);
        // Downwards, a boundary belongs to the segment below.
        while base < 0 && at > now && levels.get(at).from >= before {
            at -= 1;
        }
        let mut sum = before;
        while sum != after {
            let (tier, segment) = (at, levels.get(at));
            let rate = levels.rate(&segment, &level, own);
            let next = |at: usize| {
                if base > 0 {
                    at + 1
                } else {
                    at.saturating_sub(1)
                }
            };
            while at != now {
                let other = levels.get(next(at));
                let alike = levels.rate(&other, &level, own) == rate;
                if !alike || other.factor != segment.factor {
                    break;
                }
                at = next(at);
            }
            let end = match (base > 0, at == now) {
                (_, true) => after,
                (true, false) => levels.get(at + 1).from,
                (false, false) => levels.get(at).from,
            };
            let mut part = Part {
                tier: u32::try_from(tier).unwrap_or(0),
                base: end.saturating_sub(sum),
                rate,
                factor: segment.factor,
                amount: 0,
                true_up: false,
            };
            self.pay(levels, &mut part, own.is_some(), level.on_all);
            out.push(part);
            (sum, at) = (end, next(at));
        }
    }

    fn pay(&mut self, levels: &Levels, part: &mut Part, own: bool, on_all: i64) {
        part.amount = multiplied(part.base, part.rate, part.factor, on_all);
        if levels.reaches_back {
            let length = i128::from(part.base) * i128::from(part.factor);
            if levels.cliff && !own {
                self.on_level += length;
            } else {
                self.fixed += length * i128::from(part.rate);
            }
            self.paid = self.paid.saturating_add(part.amount);
        }
        if on_all != SHARE {
            part.factor = portion(part.factor, on_all, SHARE).unwrap_or(0);
        }
    }

    /// Credits one after the other: what the first pays itself, and what is paid beside it.
    fn credits(&mut self, levels: &Levels, all: &[(i64, Option<i64>)]) -> (i64, i64) {
        let (mut own, mut beside, mut parts) = (0_i64, 0_i64, Vec::new());
        for (at, (base, rate)) in all.iter().enumerate() {
            self.credit(levels, *base, *rate, &mut parts);
            for part in parts.drain(..) {
                let to = if at == 0 && !part.true_up {
                    &mut own
                } else {
                    &mut beside
                };
                *to = to.saturating_add(part.amount);
            }
        }
        (own, beside)
    }

    fn true_up(&mut self, levels: &Levels, now: usize, out: &mut Vec<Part>) {
        let amount = levels.worth(self, now).saturating_sub(self.paid);
        if amount == 0 {
            return;
        }
        self.paid = self.paid.saturating_add(amount);
        let level = levels.get(now);
        out.push(Part {
            tier: u32::try_from(now).unwrap_or(0),
            base: self.sum,
            rate: if levels.cliff { level.rate } else { 0 },
            factor: level.on_all,
            amount,
            true_up: true,
        });
    }
}

/// The credits of a sum, which a return may change: each base, at a rate of its own or at the tiers'.
#[derive(Debug, Clone, Default)]
pub(super) struct Log {
    credits: Vec<(i64, Option<i64>)>,
    /// Their rates are not all alike.
    mixed: bool,
}

impl Log {
    pub(super) fn add(&mut self, base: i64, own: Option<i64>) {
        self.mixed |= self.credits.first().is_some_and(|first| first.1 != own);
        self.credits.push((base, own));
    }

    /// Which credit came last.
    pub(super) const fn last(&self) -> usize {
        self.credits.len().saturating_sub(1)
    }

    /// Changes a credit, and with it the sum: by how much what it pays itself and what is paid beside
    /// it differ. `own` is its rate.
    pub(super) fn change(
        &mut self,
        levels: &Levels,
        running: &mut Running,
        (at, by, own): (usize, i64, Option<i64>),
    ) -> (i64, i64) {
        let at = at.min(self.credits.len());
        let (earlier, later) = self.credits.split_at_mut(at);
        let less = |later: &mut [(i64, _)]| {
            if let Some(credit) = later.first_mut() {
                credit.0 = credit.0.saturating_add(by);
            }
        };
        if !self.mixed {
            // Of one rate, only the sum counts.
            less(later);
            return running.credits(levels, &[(by, own)]);
        }
        let mut start = Running::default();
        start.credits(levels, earlier);
        let mut again = start;
        let before = start.credits(levels, later);
        less(later);
        let after = again.credits(levels, later);
        let (own, beside) = (after.0 - before.0, after.1 - before.1);
        again.paid = running.paid.saturating_add(own + beside);
        *running = again;
        (own, beside)
    }
}
