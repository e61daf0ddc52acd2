//! What is lost: lapsed best customers, and what they have in common.

use crate::accounts::defection::{Cause, Causes, Fate, causes};
use crate::accounts::lapsed::last_year;
use crate::actions::review::Review;
use crate::actions::watch::Watch;
use crate::base::{Unit, counted};
use crate::metrics::{Cell, Sheet, SheetColumn};
use crate::orders::Attr;
use crate::value::sheets::cells::{column, count, empty, text};

use super::{MOST_ROWS, estimated, percent};

/// Lapsed accounts with win-back budgets.
pub(super) fn lapsed(watch: &Watch) -> Sheet {
    let found = watch.lapsed();
    if found.is_empty() {
        return empty(
            "lapsed",
            "To be won back",
            "No account is silent for that long.",
        );
    }
    let rows = found.iter().take(MOST_ROWS).map(|one| {
        vec![
            text(watch.name(one.account)),
            text(format!("{} of {}", one.rank, one.of)),
            Cell::Date(one.last),
            Cell::Date(one.lapsed_on),
            estimated(Some(one.lost_per_year), ""),
            estimated(Some(one.remaining), ""),
            estimated(Some(one.budget), ""),
            text(one.effort.label()),
        ]
    });
    Sheet {
        key: "lapsed".into(),
        title: "To be won back".into(),
        caption: format!(
            "Accounts silent for longer than {1}: {0}. What winning one back may cost is the chance of it \
             ({2:.0} %) x what it would be worth.",
            found.len(),
            match watch.lapse_months() {
                Some(months) => counted(&months, "month"),
                None => format!(
                    "{:.0} % of their usual interval",
                    100.0 * watch.settings.lapsed_ratio
                ),
            },
            100.0 * watch.inputs.winback.fraction()
        ),
        columns: lapsed_columns(),
        rows: rows.collect(),
    }
}

fn lapsed_columns() -> Vec<SheetColumn> {
    vec![
        column("account", "Account", Unit::Text, ""),
        column(
            "rank",
            "Was",
            Unit::Text,
            "Its place by what it left in the 365 days up to its last order.",
        ),
        column("last", "Last order", Unit::Date, ""),
        column("lapsed_on", "Lapsed on", Unit::Date, ""),
        column(
            "lost",
            "Lost",
            Unit::MoneyPerYear,
            "What it left in the year up to its last order.",
        ),
        column(
            "remaining",
            "Worth",
            Unit::Money,
            "If it came back, by the headline method.",
        ),
        column(
            "budget",
            "Budget",
            Unit::Money,
            "What winning it back may cost at most.",
        ),
        column("effort", "Effort", Unit::Text, "By what it left a year."),
    ]
}

/// Common causes of defection.
pub(super) fn defection(watch: &Watch) -> Sheet {
    let (key, title) = ("defection", "What lost accounts have in common");
    let fates: Vec<Fate> = watch
        .cycles()
        .iter()
        .enumerate()
        .map(|(at, cycle)| {
            let lost = cycle
                .as_ref()
                .is_ok_and(|cycle| watch.lapse_day(cycle).is_some());
            let history = watch.histories.of(at);
            Fate {
                counts: cycle.is_ok(),
                lost,
                lost_per_year: if lost {
                    last_year(&history, watch.rate(at))
                } else {
                    0.0
                },
            }
        })
        .collect();
    let found = causes(watch.book, watch.evaluation.accounts, &fates);
    if found.list.is_empty() {
        let why = if found.lost == 0 {
            "No account is silent for that long, so there is nothing to compare."
        } else {
            "The orders name no salesperson, segment, item, machine or the like to compare by."
        };
        return empty(key, title, why);
    }
    Sheet {
        key: key.into(),
        title: title.into(),
        caption: caption(&found, watch.review),
        columns: defection_columns(),
        rows: found
            .list
            .iter()
            .take(MOST_ROWS)
            .map(|cause| row(cause, watch.review))
            .collect(),
    }
}

fn defection_columns() -> Vec<SheetColumn> {
    vec![
        column("value", "Accounts with", Unit::Text, ""),
        column(
            "origin",
            "Look first at",
            Unit::Text,
            "As you judged, else where such a cause usually lies.",
        ),
        column("lost", "Lost", Unit::Count, ""),
        column("accounts", "Of", Unit::Count, ""),
        column(
            "lift",
            "Lift",
            Unit::Ratio,
            "Their share lost over that of all accounts.",
        ),
        column(
            "p",
            "By chance",
            Unit::Percent,
            "Fisher's exact test, one-sided.",
        ),
        column(
            "share",
            "Of all lost",
            Unit::Percent,
            "Their share of the contribution lost.",
        ),
        column("judged", "Judged", Unit::Text, "By you."),
    ]
}

/// What a cause is called: its key among what the user has judged.
fn called(cause: &Cause) -> String {
    format!("{} {}", label(cause.attr), cause.value)
}

fn row(cause: &Cause, review: &Review) -> Vec<Cell> {
    let called = called(cause);
    let verdict = review.causes.get(&called).copied().unwrap_or_default();
    let judged = match (verdict.origin, verdict.cannot_be_fixed) {
        (_, true) => text("Cannot be fixed"),
        (Some(_), false) => text("To be fixed"),
        (None, false) => Cell::Empty("Not judged yet.".into()),
    };
    vec![
        text(called),
        text(verdict.origin.unwrap_or(cause.origin).label()),
        count(cause.lost),
        count(cause.accounts),
        estimated(Some(cause.lift), ""),
        percent(cause.p, "Fewer than five accounts say nothing of chance."),
        percent(Some(cause.share), ""),
        judged,
    ]
}

fn caption(found: &Causes, review: &Review) -> String {
    let settled = found.list.iter().map(called).filter(|called| {
        let verdict = review.causes.get(called);
        verdict.is_some_and(|verdict| verdict.cannot_be_fixed)
    });
    let settled: Vec<String> = settled.collect();
    let settled = if settled.is_empty() {
        String::new()
    } else {
        format!(
            " Cannot be fixed: {}. Stop selling that kind, or price the loss in.",
            settled.join(", ")
        )
    };
    if found.comparisons == 0 {
        return format!(
            "{} of {} accounts are lost. No group is large enough to be compared with the others.",
            found.lost, found.accounts
        );
    }
    format!(
        "Lost: {} of {}. Groups compared: {}, of which about {:.0} look guilty at 5 % by \
         chance alone; below {:.2} % it is hardly chance. Together is not because: ask before \
         you act.{settled}",
        found.lost,
        counted(&found.accounts, "account"),
        found.comparisons,
        0.05 * f64::from(found.comparisons),
        100.0 * found.threshold()
    )
}

const fn label(attr: Attr) -> &'static str {
    match attr {
        Attr::Salesperson => "salesperson",
        Attr::Partner => "partner",
        Attr::Segment => "segment",
        Attr::Stream => "stream",
        Attr::Item => "item",
        Attr::Process => "process",
        Attr::Machine => "machine",
        Attr::Material => "material",
        Attr::Site => "site",
        Attr::Parent => "parent",
        Attr::Status => "status",
        Attr::Currency => "currency",
    }
}
