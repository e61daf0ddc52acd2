//! The schemes side by side (S42, S43), a row each.

use crate::base::{Money, Unit};
use crate::commission::compare::{Comparison, Cost};
use crate::metrics::{Cell, Exactness, Sheet};
use crate::value::sheets::cells::{column, count, float, money, percent, text};

use super::IN_USE;

/// What each scheme would have cost, to whom it went, and what it pays for.
pub fn schemes_sheet(found: &Comparison) -> Sheet {
    let rows = found.columns.iter().enumerate().map(|(at, column)| {
        let used = found.current.is_some_and(|current| current as usize == at);
        let name = if used {
            format!("{}{IN_USE}", column.name)
        } else {
            column.name.clone()
        };
        let mut row = vec![text(name)];
        match &column.paid {
            Ok(cost) => row.extend(figures(cost, used)),
            Err(why) => row.extend((1..COLUMNS).map(|_| Cell::Empty(why.join(" ")))),
        }
        row
    });
    Sheet {
        key: "schemes".into(),
        title: "Schemes side by side".into(),
        caption: "Each scheme on the same orders from the first to the last. The band is where eight in ten \
                  books with customers drawn from these would be: one past year alone misleads."
            .into(),
        columns: vec![
            column("scheme", "Scheme", Unit::Text, ""),
            column("total", "Cost", Unit::Money, "Everything paid."),
            column("low", "Cost, low", Unit::Money, "One draw in ten of the customers costs less (bootstrap over customers)."),
            column("high", "Cost, high", Unit::Money, "One draw in ten costs more."),
            column("of_revenue", "Of revenue", Unit::Percent, "Cost / revenue."),
            column("of_contribution", "Of contribution", Unit::Percent, "Cost / contribution."),
            column("first_share", "On first orders", Unit::Percent, "Of what is paid on single sales, the share paid on first orders; the rest is paid on repeats."),
            column("ltv_per_pay", "Lifetime value per unit of pay", Unit::Ratio, "Lifetime value of the accounts sold to / cost."),
            column("winners", "Paid more", Unit::Count, "People who are paid more than under the scheme in use."),
            column("losers", "Paid less", Unit::Count, "People who are paid less."),
            column("gini", "Gini", Unit::Ratio, "How unevenly pay is spread over people: 0 is evenly, 1 is all to one."),
            column("cheaper", "Cheaper", Unit::Percent, "The share of draws of the customers in which it costs less than the scheme in use."),
            column("note", "Note", Unit::Text, ""),
        ],
        rows: rows.collect(),
    }
}

/// How many columns.
const COLUMNS: usize = 13;

fn figures(cost: &Cost, used: bool) -> Vec<Cell> {
    let share = |share: Option<f64>, why: &str| {
        float(
            share.map_or(f64::NAN, |share| 100.0 * share),
            Exactness::Estimated,
            why,
        )
    };
    let plain = |x: Option<f64>, why: &str| float(x.unwrap_or(f64::NAN), Exactness::Estimated, why);
    let band = cost.band.as_ref();
    let people = |number: u32| {
        if used {
            Cell::Empty("This is the scheme in use.".into())
        } else {
            count(number)
        }
    };
    let strangers = match cost.strangers.as_slice() {
        [] => String::new(),
        names => format!("The orders do not have {}.", names.join(", ")),
    };
    vec![
        money(cost.total, Exactness::Exact),
        plain(band.map(|band| band.total.low), "Being computed."),
        plain(band.map(|band| band.total.high), "Being computed."),
        share(cost.of_revenue, "There is no revenue."),
        share(cost.of_contribution, "There is no contribution."),
        share(cost.first_share, "Nothing is paid on single sales."),
        plain(cost.ltv_per_pay, "Nothing is paid."),
        people(cost.winners),
        people(cost.losers),
        plain(cost.gini, "Nobody is paid."),
        share(
            band.and_then(|band| band.cheaper),
            "This is the scheme in use.",
        ),
        text(strangers),
    ]
}

/// What the comparison says in sentences: who brings much and is paid little under the scheme in use,
/// and what rests on an assumed cost.
pub fn schemes_notes(found: &Comparison) -> Vec<String> {
    let mut notes = Vec::new();
    let used = found.current.and_then(|at| found.columns.get(at as usize));
    if let Some((name, Ok(cost))) = used.map(|column| (&column.name, &column.paid)) {
        notes.extend(gap(name, cost, found));
    }
    if found.no_cost > Money::ZERO && found.revenue > Money::ZERO {
        let share = found.no_cost.to_f64() / found.revenue.to_f64();
        notes.push(format!(
            "{} of the revenue has no recorded cost; there it is assumed from the account's own margin, else \
             its segment's, else the gross margin assumption.",
            percent(share)
        ));
    }
    notes
}

/// The person whose share of pay is farthest below the share of contribution.
fn gap(name: &str, cost: &Cost, found: &Comparison) -> Option<String> {
    let (all, pay) = (found.contribution.to_f64(), cost.total.to_f64());
    if all <= 0.0 || pay <= 0.0 {
        return None;
    }
    let shares = cost
        .payees
        .iter()
        .map(|one| (one, one.contribution.to_f64() / all, one.pay.to_f64() / pay));
    let (one, brings, gets) = shares.max_by(|a, b| (a.1 - a.2).total_cmp(&(b.1 - b.2)))?;
    (brings - gets > 0.02).then(|| {
        format!(
            "Under “{name}” {} brings {} of the contribution and gets {} of the pay.",
            one.name,
            percent(brings),
            percent(gets)
        )
    })
}
