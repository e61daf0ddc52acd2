//! In words: tiers, quota, accelerator, gate, bonuses and caps, with how ties fall.

use super::{list, money, rate, share, steps};
use crate::commission::inputs::kinds::{
    Gate, Growth, Lifetime, Metric, Reach, Spiff, TierPeriod, TierUnit,
};
use crate::commission::plan::{Plan, parts_of};
use crate::commission::statement::{RATE, SHARE};

pub(super) fn said(plan: &Plan) -> Vec<String> {
    let mut said = tiers(plan);
    said.extend(quota(plan));
    said.extend(bonuses(plan));
    said.extend(kept(plan));
    said.extend(caps(plan));
    said
}

/// Over what sales add up.
const fn over(period: TierPeriod) -> &'static str {
    match period {
        TierPeriod::Year => "over the calendar year",
        TierPeriod::Quarter => "over the calendar quarter",
        TierPeriod::Month => "over the calendar month",
        TierPeriod::Order => "for each order by itself",
        TierPeriod::Ever => "from the first sale on",
    }
}

fn tiers(plan: &Plan) -> Vec<String> {
    let levels = &plan.typed.levels;
    let Some(boundary) = plan.tiers.get(1).map(|tier| tier.0) else {
        return Vec::new();
    };
    let in_quota = levels.tiers_in == TierUnit::Quota;
    let at = |at: i64| {
        if in_quota {
            format!("{} of the quota", share(at))
        } else {
            money(at)
        }
    };
    let how = match levels.tiers_pay {
        Reach::Marginal => "each rate only on what lies in its tier",
        Reach::Cliff => {
            "the rate of the tier reached on all, with a true-up for what was sold before"
        }
    };
    vec![
        format!(
            "Tiers, {}: {}; {how}.",
            over(levels.adds_up),
            steps(&plan.tiers, at, rate)
        ),
        format!(
            "Who has exactly {} is in the higher tier: a tier begins on its boundary.",
            at(boundary)
        ),
    ]
}

fn quota(plan: &Plan) -> Vec<String> {
    let levels = &plan.typed.levels;
    let mut said = Vec::new();
    if levels.quota.float() > 0.0 {
        let general = crate::commission::plan::amount(levels.quota.exact());
        let own = plan.quotas.iter();
        let own = list(own.map(|(name, quota)| format!("{name} {}", money(*quota))));
        let own = if own.is_empty() {
            own
        } else {
            format!(" ({own})")
        };
        said.push(format!(
            "The quota is {}{own}, {}.",
            money(general),
            over(levels.adds_up)
        ));
    }
    if !plan.accelerator.is_empty() {
        let of = |at: i64| format!("{} of the quota", share(at));
        let how = match levels.accelerator_pays {
            Reach::Marginal => "only on what lies there",
            Reach::Cliff => "on all once it is reached",
        };
        said.push(format!(
            "Commission is multiplied: {}; {how}. Who is exactly on a boundary has reached it.",
            steps(&plan.accelerator, of, share)
        ));
    }
    let gate = parts_of(levels.gate.exact_fraction(), SHARE);
    if gate > 0 {
        let then = match levels.gate_pays {
            Gate::First => "from there on all of it, back to the first sale",
            Gate::Above => "from there on only what is above",
        };
        said.push(format!(
            "Below {} of the quota commission is nothing, {then}; exactly {} has passed the gate.",
            share(gate),
            share(gate)
        ));
    }
    said
}

fn bonuses(plan: &Plan) -> Vec<String> {
    let bonus = &plan.typed.bonus;
    let mut said = Vec::new();
    if !plan.spiff.is_empty() {
        let event = match bonus.spiff_for {
            Spiff::Account => "the first order of an account",
            Spiff::Site => "the first order of a plant",
            Spiff::Item => "the first order of a part by an account",
            Spiff::Every => "every order",
        };
        let days = plan.spiff.iter();
        let days = list(days.map(|(day, amount)| format!("{} from {day}", money(*amount))));
        let budget = plan.spiff_budget().map_or_else(String::new, |budget| {
            format!(
                ", first come, first served, {} in all; who comes later is listed with what is left, \
                 or nothing",
                money(budget)
            )
        });
        said.push(format!("A SPIFF for {event}: {days}{budget}."));
    }
    if !plan.milestones.is_empty() {
        let at = |at: i64| match bonus.milestones_of {
            Metric::Quota => format!("{} of the quota", share(at)),
            Metric::Money => format!("{} credited", money(at)),
            Metric::NewAccounts => format!("{at} new accounts"),
            Metric::RepeatOrders => format!("{at} repeat orders"),
        };
        let each = plan.milestones.iter();
        let each =
            list(each.map(|(level, amount)| format!("{} at {}", money(*amount), at(*level))));
        said.push(format!(
            "Milestones, {}, one beside the other and each once: {each}. Exactly on one has reached \
             it, and later returns do not take it back.",
            over(plan.typed.levels.adds_up)
        ));
    }
    if !plan.lifetime.is_empty() {
        let of = match bonus.lifetime_of {
            Lifetime::Contribution => "contribution",
            Lifetime::Margin => "gross margin",
            Lifetime::Revenue => "revenue",
        };
        let each = plan.lifetime.iter();
        let each = list(each.map(|(at, amount)| format!("{} at {}", money(*amount), money(*at))));
        said.push(format!(
            "When an account has brought so much {of} since its first order, returns taken off, the \
             seller of that order gets, once an account: {each}."
        ));
    }
    said
}

fn kept(plan: &Plan) -> Vec<String> {
    let bonus = &plan.typed.bonus;
    let mut said = Vec::new();
    let kept = parts_of(bonus.kept.exact_fraction(), RATE);
    if kept > 0 {
        let factors = if plan.kept_factors.is_empty() {
            String::new()
        } else {
            let of = |at: i64| format!("{} kept", share(at));
            format!(", times {}", steps(&plan.kept_factors, of, share))
        };
        said.push(format!(
            "At the end of a year: {} of what accounts of the year before bought again, at most as \
             much as then{factors}.",
            rate(kept)
        ));
    }
    let growth = parts_of(bonus.growth.exact_fraction(), RATE);
    if growth > 0 {
        let of = match bonus.growth_of {
            Growth::Kept => "what each account of the year before bought more than then",
            Growth::Whole => "what all sales are above those of the year before",
        };
        said.push(format!("At the end of a year: {} of {of}.", rate(growth)));
    }
    said
}

fn caps(plan: &Plan) -> Vec<String> {
    let limits = &plan.limits;
    let mut said = Vec::new();
    if limits.cap_order > 0 {
        said.push(format!(
            "One order pays one person at most {}.",
            money(limits.cap_order)
        ));
    }
    if limits.cap_period > 0 {
        let above = match limits.cap_keeps {
            0 => "nothing above it".to_owned(),
            keeps => format!("{} of what is above it", share(keeps)),
        };
        said.push(format!(
            "Commission and bonuses of a statement have a cap of {}: {above} is paid.",
            money(limits.cap_period)
        ));
    }
    said
}
