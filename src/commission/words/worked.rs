//! In words: what the scheme pays on examples, paid by the engine itself.

use super::{money, pays, units};
use crate::base::Date;
use crate::commission::engine::{Prepared, pay};
use crate::commission::inputs::kinds::{Basis, Freight, Repeats, TierUnit};
use crate::commission::plan::{Plan, amount, parts_of};
use crate::commission::sales::{Sale, Sales};
use crate::commission::statement::{Kept, Rule, SHARE};

/// The seller, account and partner of the examples: names that no scheme has.
const SELLER: &str = "\u{1}you";
const BUYER: &str = "\u{1}account";

/// A sale of so much, in 1/10,000, with a margin of 35 % of which freight is 2.
fn sale(day: i32, order: u32, revenue: i64) -> Sale<'static> {
    Sale {
        // 2025-01-15 and so many days.
        day: Date::from_days(20_103).plus_days(day),
        order,
        line: order,
        rep: SELLER,
        partner: SELLER,
        account: BUYER,
        revenue,
        cost: revenue / 100 * 65,
        freight: revenue / 100 * 2,
        ..Sale::default()
    }
}

/// Commission on these sales, before what is paid later, returns and draws; that of the last one,
/// and of all.
fn earned(plan: &Plan, sales: &[Sale<'static>]) -> Option<(i64, i64)> {
    let sales = Sales::build(sales.iter().copied()).ok()?;
    let prepared = Prepared::default();
    let mut kept = Kept::default();
    pay(plan, &sales, &prepared, &mut kept);
    let last = u32::try_from(sales.len()).ok()?.checked_sub(1)?;
    let earns = |rule: Rule| {
        matches!(
            rule,
            Rule::Commission | Rule::TrueUp | Rule::OrderCap | Rule::PeriodCap
        )
    };
    let own = plan.payees(&sales);
    let own = own.iter().position(|name| name == SELLER)?;
    let own = kept
        .lines
        .iter()
        .filter(|line| line.rep as usize == own && earns(line.rule));
    let own: Vec<_> = own.collect();
    let all = own.iter().map(|line| line.amount).sum();
    let newest = own.iter().filter(|line| line.row == last);
    Some((newest.map(|line| line.amount).sum(), all))
}

/// What is added to an example where cost matters.
fn costs(plan: &Plan, revenue: i64) -> String {
    let pays = &plan.typed.pays;
    if pays.basis == Basis::Revenue && pays.freight != Freight::Off && plan.bands.is_empty() {
        return String::new();
    }
    format!(
        " that costs {} to make and {} to send",
        money(revenue / 100 * 65),
        money(revenue / 100 * 2)
    )
}

pub(super) fn said(plan: &Plan) -> Vec<String> {
    let example = units(40_000);
    let with = costs(plan, example);
    let mut said = Vec::new();
    if let Some((first, _)) = earned(plan, &[sale(0, 1, example)]) {
        let order = if plan.typed.pays.repeats == Repeats::Same {
            "an order"
        } else {
            "a first order"
        };
        said.push(format!(
            "On {order} of 40,000{with} you earn {}.",
            money(first)
        ));
    }
    // A year and a day later, past any window, and in another year of tiers.
    let days = i32::try_from(plan.typed.pays.window.get())
        .unwrap_or(0)
        .max(365);
    let both = [sale(0, 1, example), sale(days + 1, 2, example)];
    if plan.typed.pays.repeats != Repeats::Same
        && let Some((repeat, _)) = earned(plan, &both)
    {
        said.push(format!(
            "On the account's second order of 40,000{with}, {} days later, you earn {}.",
            days + 1,
            money(repeat)
        ));
    }
    said.extend(boundary(plan));
    said
}

/// What happens at the boundary of the levels where most happens, else the highest: just below it,
/// on it, and above it.
fn boundary(plan: &Plan) -> Option<String> {
    if plan.typed.pays.basis != Basis::Revenue || plan.by_order() {
        return None;
    }
    let levels = &plan.typed.levels;
    let quota = amount(levels.quota.exact());
    let of_quota = |at: i64| quota / SHARE * at;
    let mut tops: Vec<i64> = match levels.tiers_in {
        TierUnit::Money => plan.tiers.iter().map(|tier| tier.0).collect(),
        TierUnit::Quota => plan.tiers.iter().map(|tier| of_quota(tier.0)).collect(),
    };
    tops.extend(plan.accelerator.iter().map(|step| of_quota(step.0)));
    tops.push(of_quota(parts_of(levels.gate.exact_fraction(), SHARE)));
    tops.retain(|top| *top > units(1));
    tops.sort_unstable();
    let at = |sum: i64| earned(plan, &[sale(0, 1, sum)]).map_or(0, |(_, all)| all);
    let jump = |top: i64| at(top).saturating_sub(at(top - units(1)));
    // Of two alike the higher one; what one unit of money pays at a rate is no jump.
    let top = tops.into_iter().max_by_key(|top| {
        let jump = jump(*top).abs();
        (if jump > units(1) { jump } else { 0 }, *top)
    })?;
    let (last, on, above) = (jump(top), at(top), top + top / 4);
    let note = if last > units(1) {
        format!(": the last unit of money is worth {}", money(last))
    } else if last < 0 {
        format!(": {} less for selling more", money(-last))
    } else {
        String::new()
    };
    Some(format!(
        "On {} of {} in one go you earn {}, on {} you earn {}{note}; on {} you earn {}.",
        money(top - units(1)),
        pays::basis(plan),
        money(on - last),
        money(top),
        money(on),
        money(above),
        money(at(above))
    ))
}
