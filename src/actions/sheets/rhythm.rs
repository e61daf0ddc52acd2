//! Rhythm: every account's cycle, latency by step, month ends, the recency and frequency grid.

use crate::accounts::cycles::{State, words};
use crate::accounts::grid::{self, Cuts};
use crate::accounts::hurdle::{self, Bars};
use crate::accounts::latency;
use crate::actions::watch::Watch;
use crate::base::order::sort_by;
use crate::base::{Unit, counted};
use crate::metrics::{Cell, Sheet, SheetColumn};
use crate::value::sheets::cells::{column, count, empty, text};

use super::{MOST_ROWS, OVERDUE, RATIO, estimated, exact, percent};

/// Every account's cycle, the latest first.
pub(super) fn cycles(watch: &Watch) -> Sheet {
    let all = watch.cycles().iter().enumerate();
    let mut known: Vec<_> = all
        .filter_map(|(at, c)| Some((at, c.as_ref().ok()?)))
        .collect();
    let shown = known.len();
    sort_by(&mut known, |a, b| {
        (b.1.state.cmp(&a.1.state)).then_with(|| b.1.ratio.total_cmp(&a.1.ratio))
    });
    known.truncate(MOST_ROWS);
    let rows = known.into_iter().map(|(at, cycle)| {
        vec![
            text(watch.name(at)),
            text(cycle.state.label()),
            text(words::reason(cycle)),
            count(cycle.order_days),
            estimated(Some(cycle.cycle_days), ""),
            estimated(cycle.spread_days, "It rests on the gaps of others."),
            exact(f64::from(cycle.silent_days)),
            percent(Some(cycle.ratio), ""),
            exact(f64::from(cycle.overdue_days())),
            percent(Some(cycle.lateness), ""),
            percent(Some(cycle.alive), ""),
            Cell::Date(cycle.due),
        ]
    });
    Sheet {
        key: "cycles".into(),
        title: "Order cycles".into(),
        caption: format!(
            "How often accounts order, as of {}: {} of {}, the latest first.",
            watch.as_of(),
            shown.min(MOST_ROWS),
            counted(&shown, "account")
        ),
        columns: cycles_columns(),
        rows: rows.collect(),
    }
}

fn cycles_columns() -> Vec<SheetColumn> {
    vec![
        column("account", "Account", Unit::Text, ""),
        column(
            "state",
            "State",
            Unit::Text,
            "By the thresholds under Assumptions.",
        ),
        column(
            "reason",
            "Why",
            Unit::Text,
            "The usual interval with its window of 10 to 90 %.",
        ),
        column(
            "order_days",
            "Order days",
            Unit::Count,
            "Days with an order.",
        ),
        column(
            "cycle_days",
            "Usual interval",
            Unit::Days,
            "Median of the last five gaps.",
        ),
        column(
            "spread_days",
            "Spread",
            Unit::Days,
            "Median absolute deviation of these gaps.",
        ),
        column(
            "silent_days",
            "Since the last order",
            Unit::Days,
            "Up to the as-of date.",
        ),
        column("ratio", "Of the interval", Unit::Percent, RATIO),
        column("overdue_days", "Overdue", Unit::Days, OVERDUE),
        column(
            "lateness",
            "Lateness",
            Unit::Percent,
            "Share of comparable intervals that have ended by now.",
        ),
        column(
            "alive_chance",
            "P(alive)",
            Unit::Percent,
            "The chance that it still buys.",
        ),
        column("due", "Expected", Unit::Date, "The next order."),
    ]
}

/// Latency by step.
pub(super) fn latency(watch: &Watch) -> Sheet {
    let (key, title) = ("latency", "From each order to the next");
    let steps = latency::steps(watch.histories, watch.cycles());
    if steps.is_empty() {
        return empty(
            key,
            title,
            "There are no days of orders: the data has sums of accounts, or returns only.",
        );
    }
    let none = "No account has taken this step.";
    let rows = steps.iter().map(|step| {
        vec![
            text(format!("{} to {}", step.from, step.from + 1)),
            count(step.accounts),
            estimated(step.mean_days, none),
            estimated(step.median_days, none),
            estimated(step.late_days, none),
            count(step.stopped),
            count(step.waiting),
            percent(step.went_on(), "It is known of no account yet."),
        ]
    });
    let weakest = latency::weakest(&steps, 10).map_or_else(String::new, |step| {
        format!(" Most stop after order {}.", step.from)
    });
    Sheet {
        key: key.into(),
        title: title.into(),
        caption: format!(
            "How long accounts take, and where they stop. Few accounts at a step say little.{weakest}"
        ),
        columns: latency_columns(),
        rows: rows.collect(),
    }
}

fn latency_columns() -> Vec<SheetColumn> {
    vec![
        column("step", "Order", Unit::Text, "Order days are counted."),
        column("accounts", "Accounts", Unit::Count, "That took the step."),
        column(
            "mean_days",
            "Mean",
            Unit::Days,
            "Longer than this trips the wire.",
        ),
        column("median_days", "Median", Unit::Days, ""),
        column("late_days", "Three of four by", Unit::Days, ""),
        column(
            "stopped",
            "Stopped",
            Unit::Count,
            "Overdue or lost at this order.",
        ),
        column(
            "waiting",
            "Too early to say",
            Unit::Count,
            "At this order, and not overdue.",
        ),
        column(
            "went_on",
            "Went on",
            Unit::Percent,
            "Of the accounts of which it is known.",
        ),
    ]
}

/// Hurdle rate and recent repeaters at month ends.
pub(super) fn month_ends(watch: &Watch) -> Sheet {
    let bars = Bars::default();
    let ends = hurdle::month_ends(watch.histories, bars);
    let rows = ends.iter().map(|end| {
        vec![
            Cell::Date(end.date),
            count(end.accounts),
            percent(end.hurdle_rate(), "No account yet."),
            percent(end.repeater_share(), "No account yet."),
        ]
    });
    Sheet {
        key: "month_ends".into(),
        title: "Month ends".into(),
        caption: format!(
            "Over the hurdle: an order within {} and {} within 365 days. Recent \
             repeaters: two orders or more, the last within {0}. When these shares fall, sales \
             fall next.",
            counted(&bars.recent_days, "day"),
            counted(&bars.order_days, "order day")
        ),
        columns: vec![
            column("date", "End of", Unit::Date, ""),
            column(
                "accounts",
                "Accounts",
                Unit::Count,
                "That had ordered by then.",
            ),
            column("hurdle_rate", "Over the hurdle", Unit::Percent, ""),
            column("recent_repeaters", "Recent repeaters", Unit::Percent, ""),
        ],
        rows: rows.collect(),
    }
}

/// Accounts by recency and frequency.
pub(super) fn grid(watch: &Watch) -> Sheet {
    let facts = grid::facts(watch.histories, &watch.evaluation.values.yearly);
    let (scores, cuts) = grid::scores(&facts);
    let how = match cuts {
        Cuts::Fixed => {
            "at fixed cuts, for there are fewer than 50 accounts: last order within 30, 90, 180, \
             365 days; 12, 4, 2, 1 order days in 365 days"
        }
        Cuts::Quantiles => "in fifths of the accounts",
    };
    let mut columns = vec![column("recency", "Recency", Unit::Text, "5 ordered last.")];
    for score in 1..=5 {
        let label = format!("Frequency {score}");
        columns.push(column(
            &format!("f{score}"),
            &label,
            Unit::Count,
            "5 orders most often.",
        ));
    }
    let cells = grid::cells(&scores);
    let rows = (1..=5_usize)
        .rev()
        .zip(cells.iter().rev())
        .map(|(score, row)| {
            let label = std::iter::once(text(score.to_string()));
            label
                .chain(row.iter().map(|accounts| count(*accounts)))
                .collect()
        });
    let late = watch
        .cycles()
        .iter()
        .flatten()
        .filter(|c| c.state >= State::Overdue)
        .count();
    Sheet {
        key: "recency_frequency".into(),
        title: "Recency and frequency".into(),
        caption: format!(
            "Accounts by how lately and how often they order, {how}. Top right is the core; bottom \
             right were good customers. Overdue or lost by their own rhythm: {}.",
            counted(&late, "account")
        ),
        columns,
        rows: rows.collect(),
    }
}

/// Every account's scores, the best first.
pub(super) fn scores(watch: &Watch) -> Sheet {
    let facts = grid::facts(watch.histories, &watch.evaluation.values.yearly);
    let (scores, _) = grid::scores(&facts);
    let both = facts.iter().zip(&scores).enumerate();
    let mut known: Vec<_> = both
        .filter_map(|(at, (facts, score))| Some((at, (*facts)?, (*score)?)))
        .collect();
    let sum = |score: &grid::Score| score.recency + score.frequency + score.value;
    sort_by(&mut known, |a, b| {
        sum(&b.2)
            .cmp(&sum(&a.2))
            .then_with(|| b.1.value.total_cmp(&a.1.value))
    });
    let rows = known.iter().take(MOST_ROWS).map(|(at, facts, score)| {
        vec![
            text(watch.name(*at)),
            count(score.recency),
            count(score.frequency),
            count(score.value),
            exact(facts.silent_days),
            exact(facts.order_days),
            estimated(Some(facts.value), ""),
        ]
    });
    Sheet {
        key: "scores".into(),
        title: "Scores".into(),
        caption: "Recency, frequency and value of the last 365 days, each from 1 to 5, the best \
                  first."
            .into(),
        columns: scores_columns(),
        rows: rows.collect(),
    }
}

fn scores_columns() -> Vec<SheetColumn> {
    vec![
        column("account", "Account", Unit::Text, ""),
        column("recency", "Recency", Unit::Count, "5 ordered last."),
        column(
            "frequency",
            "Frequency",
            Unit::Count,
            "5 orders most often.",
        ),
        column("value", "Value", Unit::Count, "5 leaves most."),
        column("silent_days", "Since the last order", Unit::Days, ""),
        column(
            "order_days",
            "Order days",
            Unit::Count,
            "In the last 365 days.",
        ),
        column(
            "year_value",
            "Left",
            Unit::MoneyPerYear,
            "In the last 365 days.",
        ),
    ]
}
