//! Targets for returning customers (S45), as a table.

use crate::base::Unit;
use crate::commission::targets::{Aim, Target, Targets};
use crate::metrics::{Exactness, Sheet, SheetColumn};
use crate::value::sheets::cells::{column, count, empty, float, money, text};

/// Each salesperson's returning customers: a year ago, now, and the target.
pub fn targets_sheet(targets: &Targets, aim: &Aim) -> Sheet {
    const KEY: &str = "targets";
    const TITLE: &str = "Targets for returning customers";
    if targets.reps.is_empty() {
        return empty(
            KEY,
            TITLE,
            "The orders name no salesperson, so there is nobody to set a target for.",
        );
    }
    let share = |share: Option<f64>, missing: &str| {
        float(
            share.map_or(f64::NAN, |share| 100.0 * share),
            Exactness::Estimated,
            missing,
        )
    };
    let counted = aim.customers != 0;
    let paid = !aim.curve.is_empty();
    let row = |one: &Target| {
        let mut row = vec![
            text(&one.rep),
            count(one.before.returning),
            count(one.now.returning),
            float(one.band.0, Exactness::Estimated, ""),
            float(one.band.1, Exactness::Estimated, ""),
            money(one.before.revenue, Exactness::Exact),
            money(one.now.revenue, Exactness::Exact),
            float(one.revenue, Exactness::Estimated, ""),
            share(
                one.revenue_reached,
                "Nothing was repeated a year ago, so there is no target.",
            ),
        ];
        if paid {
            row.push(float(one.bonus, Exactness::Estimated, ""));
        }
        if counted {
            row.push(count(one.customers));
            row.push(share(one.customers_reached, "No customers are aimed at."));
        }
        row
    };
    let whole = if targets.complete {
        ""
    } else {
        " The orders do not cover the whole earlier year, so the baseline is too low."
    };
    let percent = (10_000.0 * aim.revenue).round() / 100.0;
    Sheet {
        key: KEY.into(),
        title: TITLE.into(),
        caption: format!(
            "The target is the repeat revenue of the year before the last and {percent} % more. Counts of \
             a small book move by chance: the 95 % band of this year's count says by how much.{whole}"
        ),
        columns: columns(paid, counted),
        rows: targets.reps.iter().map(row).collect(),
    }
}

fn columns(paid: bool, counted: bool) -> Vec<SheetColumn> {
    let mut columns = vec![
        column("rep", "Salesperson", Unit::Text, ""),
        column(
            "before",
            "Returning, year before",
            Unit::Count,
            "Accounts with an order that was not their first.",
        ),
        column("now", "Returning, last year", Unit::Count, ""),
        column(
            "low",
            "At least",
            Unit::Count,
            "The low end of the 95 % band of the last year's count (Wilson).",
        ),
        column("high", "At most", Unit::Count, "Its high end."),
        column(
            "revenue_before",
            "Repeat revenue, year before",
            Unit::Money,
            "Of orders that were not the first, less their returns.",
        ),
        column("revenue_now", "Repeat revenue, last year", Unit::Money, ""),
        column("target", "Target", Unit::Money, "Repeat revenue aimed at."),
        column(
            "reached",
            "Reached",
            Unit::Percent,
            "Repeat revenue of the last year / target.",
        ),
    ];
    if paid {
        columns.push(column(
            "bonus",
            "Bonus",
            Unit::Money,
            "What the curve pays for the share reached.",
        ));
    }
    if counted {
        columns.push(column(
            "customers",
            "Returning, target",
            Unit::Count,
            "Of the year before, and those to gain.",
        ));
        columns.push(column(
            "customers_reached",
            "Of them reached",
            Unit::Percent,
            "Returning customers of the last year / target.",
        ));
    }
    columns
}
