//! Where to prospect with a budget (S25).
//!
//! What a touch costs over the share of touches that win is what winning one account costs: the
//! acquisition cost, which each segment can have of its own. So a row counts accounts won.

use crate::accounts::prospects::{Plan, Spent, Target, compare};
use crate::actions::watch::Watch;
use crate::assumptions::parse::entries;
use crate::base::Unit;
use crate::metrics::{Sheet, SheetColumn};
use crate::value::Subject;
use crate::value::sheets::cells::{about, column, count, empty, plain, text};

use super::estimated;

/// Active accounts from which a segment's own lifetime value speaks for it.
const FEWEST: f64 = 3.0;

/// The segments in the order in which the budget is spent on them.
pub(super) fn sheet(watch: &Watch) -> Sheet {
    let (key, title) = ("prospects", "Where to prospect");
    if watch.evaluation.accounts.segments.is_empty() {
        return empty(
            key,
            title,
            "The orders name no segment. Map a column such as industry, customer group, SIC or NAICS to Segment on the Orders page.",
        );
    }
    let targets = targets(watch);
    if targets.is_empty() {
        let why =
            "No segment has an acquisition cost above 0: enter what winning an account costs.";
        return empty(key, title, why);
    }
    let budget = watch.inputs.prospect_budget.float();
    let found = compare(&targets, budget);
    let naive = |segment: &str, plan: &Plan| {
        let of = plan.segments.iter().find(|spent| spent.segment == segment);
        of.map_or(0, |spent| spent.touches)
    };
    let row = |spent: &Spent| {
        vec![
            text(&spent.segment),
            estimated(Some(spent.per_money), ""),
            count(spent.touches),
            estimated(Some(spent.cost), ""),
            estimated(Some(spent.expected), ""),
            count(naive(&spent.segment, &found.by_revenue)),
            text(if spent.assumed {
                "Mean of the others"
            } else {
                "Its own accounts"
            }),
        ]
    };
    Sheet {
        key: key.into(),
        title: title.into(),
        caption: format!(
            "A budget of ¤{budget:.0} spent down the list is expected to bring {} in lifetime \
             value; spent on the segments with the largest revenue first, {}. Segments that bring \
             less than an account costs are left out.",
            about(found.ranked.expected),
            about(found.by_revenue.expected)
        ),
        columns: columns(),
        rows: found.ranked.segments.iter().map(row).collect(),
    }
}

fn columns() -> Vec<SheetColumn> {
    vec![
        column("segment", "Segment", Unit::Text, ""),
        column(
            "per_money",
            "Brings",
            Unit::Ratio,
            "Lifetime value of a new account over what winning it costs.",
        ),
        column(
            "won",
            "To win",
            Unit::Count,
            "Accounts, until the budget is spent.",
        ),
        column(
            "spent",
            "Costs",
            Unit::Money,
            "At the segment's acquisition cost.",
        ),
        column(
            "expected",
            "Expected",
            Unit::Money,
            "Their lifetime value before acquisition cost.",
        ),
        column(
            "naive",
            "By revenue",
            Unit::Count,
            "Accounts won where the largest revenue is called first.",
        ),
        column(
            "rests_on",
            "Rests on",
            Unit::Text,
            "Segments with fewer than three active accounts have no history of their own.",
        ),
    ]
}

fn targets(watch: &Watch) -> Vec<Target> {
    let evaluation = watch.evaluation;
    let entered = evaluation.resolved.get("prospects_by_name");
    let entered: Vec<(String, f64)> = entries(entered.map_or("", |used| used.value.as_str()))
        .filter_map(|(name, count)| Some((name.to_lowercase(), count.parse().ok()?)))
        .collect();
    let segments = evaluation.accounts.segments.iter().enumerate();
    let target = |(at, name): (usize, &String)| {
        let figures = evaluation.figures(Subject::Segment(at));
        let number = |key: &str| plain(&figures, key);
        let cost = number("new_cac");
        let lifetime = number("new_npv") + cost;
        let known = number("accounts_active") >= FEWEST && lifetime.is_finite();
        let name_as_typed = name.to_lowercase();
        let prospects = entered.iter().find(|(typed, _)| *typed == name_as_typed);
        let prospects = prospects.map_or(number("accounts"), |(_, count)| *count);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clamped to a u32"
        )]
        let prospects = prospects.clamp(0.0, f64::from(u32::MAX)) as u32;
        Some(Target {
            segment: name.clone(),
            won: Some(1.0),
            lifetime: known.then_some(lifetime),
            touch_cost: Some(cost).filter(|cost| cost.is_finite() && *cost > 0.0)?,
            prospects,
            revenue: number("revenue"),
        })
    };
    segments.filter_map(target).collect()
}
