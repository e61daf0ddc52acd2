//! What is kept: retention by year, cohorts, survival, service by value.

use crate::accounts::cohorts::{self, By};
use crate::accounts::retention;
use crate::accounts::service::{self, Served};
use crate::actions::watch::Watch;
use crate::base::order::sort_by;
use crate::base::{Unit, counted};
use crate::metrics::{Cell, Sheet, SheetColumn};
use crate::value::sheets::cells::{column, count, empty, text};

use super::{MOST_ROWS, estimated, exact, percent};

/// Retention by year, of accounts and of revenue.
pub(super) fn periods(watch: &Watch) -> Sheet {
    let (key, title) = ("retention", "What is kept from year to year");
    let years = retention::periods(watch.histories, crate::accounts::RECENT_DAYS);
    if years.is_empty() {
        return empty(
            key,
            title,
            "It takes two years of orders to see what the second kept.",
        );
    }
    let none = "No account had ordered.";
    let mut before = None;
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for year in &years {
        let trend = before.and_then(|before| retention::trend(before, year));
        before = Some(year);
        rows.push(vec![
            Cell::Date(year.to),
            count(year.before),
            percent(year.retention(), none),
            percent(year.gross(), none),
            percent(year.net(), none),
            estimated(year.order_size(), none),
            estimated(year.frequency(), none),
            trend.map_or_else(
                || Cell::Empty("There is no year before.".into()),
                |trend| text(words(&trend)),
            ),
        ]);
    }
    Sheet {
        key: key.into(),
        title: title.into(),
        caption: "Years of 365 days back from the as-of date. Gross counts no account for more \
                  than it had brought; net counts its growth."
            .into(),
        columns: periods_columns(),
        rows,
    }
}

fn periods_columns() -> Vec<SheetColumn> {
    vec![
        column("to", "Year up to", Unit::Date, ""),
        column(
            "before",
            "Active before",
            Unit::Count,
            "Accounts with an order in the year before.",
        ),
        column(
            "retention",
            "Kept",
            Unit::Percent,
            "Of those, with an order in this year.",
        ),
        column(
            "gross_retention",
            "Gross revenue",
            Unit::Percent,
            "Revenue kept, growth apart.",
        ),
        column(
            "net_retention",
            "Net revenue",
            Unit::Percent,
            "Revenue kept, growth included.",
        ),
        column(
            "order_size",
            "Order day",
            Unit::Money,
            "Revenue of an order day, new accounts included.",
        ),
        column(
            "frequency",
            "Orders a year",
            Unit::OrdersPerYear,
            "Order days of an active account.",
        ),
        column("trend", "Trend", Unit::Text, "Against the year before."),
    ]
}

/// A trend in words.
fn words(trend: &retention::Trend) -> &'static str {
    if trend.smaller_and_more_frequent() {
        "Smaller, more frequent orders"
    } else if trend.size >= 1.0 && trend.frequency >= 1.0 {
        "Larger and more frequent orders"
    } else if trend.size < 1.0 {
        "Smaller and rarer orders"
    } else {
        "Larger, rarer orders"
    }
}

/// Cohorts by year of the first order.
pub(super) fn cohorts(watch: &Watch) -> Sheet {
    let found = cohorts::cohorts(watch.histories, By::Year);
    let most = found
        .iter()
        .map(|cohort| cohort.cells.len())
        .max()
        .unwrap_or(0);
    if most == 0 {
        return empty(
            "cohorts",
            "Cohorts",
            "No account has been known for a whole year.",
        );
    }
    let mut columns = vec![
        column("cohort", "First order in", Unit::Text, ""),
        column("accounts", "Accounts", Unit::Count, ""),
    ];
    for year in 1..=most {
        let help = "Share with an order in this year of their life, of those old enough.";
        columns.push(column(
            &format!("y{year}"),
            &format!("Year {year}"),
            Unit::Percent,
            help,
        ));
    }
    let rows = found.iter().map(|cohort| {
        let mut row = vec![text(&cohort.label), count(cohort.accounts)];
        for year in 0..most {
            let share = cohort.cells.get(year).and_then(cohorts::Cell::share);
            row.push(percent(share, "Too early to say."));
        }
        row
    });
    Sheet {
        key: "cohorts".into(),
        title: "Cohorts".into(),
        caption:
            "Of the accounts that came in a year, how many ordered in each year of their life. \
                  Accounts that are not old enough are left out."
                .into(),
        columns,
        rows: rows.collect(),
    }
}

/// How long accounts last.
pub(super) fn survival(watch: &Watch) -> Sheet {
    let curve = cohorts::survival(watch.histories, watch.cycles());
    if curve.count() == 0 {
        return empty(
            "survival",
            "How long accounts last",
            "No account has a rhythm yet.",
        );
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "years, clamped"
    )]
    let quarters = (curve.longest().clamp(0.0, 50.0) * 4.0).floor() as u32;
    let rows = (0..=quarters).map(|quarter| {
        let years = f64::from(quarter) / 4.0;
        vec![exact(years), percent(Some(curve.after(years)), "")]
    });
    Sheet {
        key: "survival".into(),
        title: "How long accounts last".into(),
        caption: format!(
            "The share of accounts that last longer (Kaplan and Meier), from {}, probably lost: {}; \
             the others are still running.",
            counted(&curve.count(), "account"),
            curve.ended()
        ),
        columns: vec![
            column("years", "After", Unit::Years, ""),
            column("share", "Still here", Unit::Percent, ""),
        ],
        rows: rows.collect(),
    }
}

/// Service levels by value.
pub(super) fn service(watch: &Watch) -> Sheet {
    let evaluation = watch.evaluation;
    let present: Vec<usize> = (0..watch.histories.len())
        .filter(|at| evaluation.is_present(*at))
        .collect();
    let served: Vec<Served> = present.iter().map(|at| served(watch, *at)).collect();
    let tiers = watch.inputs.tiers();
    let levels = service::levels(&served, &tiers);
    let [a, b, c] = tiers.map(|tier| 100.0 * tier.cap_share);
    let mut rows: Vec<_> = present.iter().zip(&served).zip(&levels).collect();
    sort_by(&mut rows, |a, b| b.0.1.value.total_cmp(&a.0.1.value));
    let unknown = "Enter what an order or an account costs to serve, under Costs.";
    let rows = rows
        .into_iter()
        .take(MOST_ROWS)
        .map(|((at, served), level)| {
            vec![
                text(watch.name(*at)),
                text(["A", "B", "C"].get(level.tier).copied().unwrap_or("C")),
                estimated(Some(served.value), "The headline method gives no value."),
                estimated(Some(served.contribution), ""),
                estimated(Some(level.cap), ""),
                estimated(served.service, unknown),
                estimated(level.over, unknown),
            ]
        });
    Sheet {
        key: "service_levels".into(),
        title: "Service by value".into(),
        caption: format!(
            "A is the fifth of the accounts with the highest lifetime value, B the next three tenths, C \
             the rest. Serving may cost {a:.0}, {b:.0} and {c:.0} % of what they leave a year; what is \
             beyond that is over."
        ),
        columns: service_columns(),
        rows: rows.collect(),
    }
}

/// An account's value and what serving it costs, in the last 365 days.
fn served(watch: &Watch, account: usize) -> Served {
    let evaluation = watch.evaluation;
    let inputs = &evaluation.inputs;
    let (per_order, per_year) = (inputs.service_order.float(), inputs.service_year.float());
    let row = evaluation.prepared.rows.get(account);
    let orders = row.map_or(0.0, |row| row.recent.orders);
    let service = per_order * orders + if orders > 0.0 { per_year } else { 0.0 };
    let of = |column: &[f64]| column.get(account).copied().unwrap_or_default();
    Served {
        value: of(&evaluation.values.lifetime),
        contribution: of(&evaluation.values.yearly),
        service: (per_order > 0.0 || per_year > 0.0).then_some(service),
    }
}

fn service_columns() -> Vec<SheetColumn> {
    vec![
        column("account", "Account", Unit::Text, ""),
        column("tier", "Level", Unit::Text, ""),
        column("lifetime", "Lifetime value", Unit::Money, ""),
        column("yearly", "A year", Unit::MoneyPerYear, "The yearly margin."),
        column(
            "cap",
            "May cost",
            Unit::MoneyPerYear,
            "The level's share of that.",
        ),
        column(
            "service",
            "Costs",
            Unit::MoneyPerYear,
            "At the costs to serve under Assumptions.",
        ),
        column(
            "over",
            "Over",
            Unit::MoneyPerYear,
            "Below zero there is room for more.",
        ),
    ]
}
