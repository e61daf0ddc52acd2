//! Gross profit by segment, by segment and process, and by account: the share that stands in
//! wherever a cost is missing.

use crate::accounts::Group;
use crate::base::{Money, Unit};
use crate::metrics::{Cell, Exactness, Sheet, SheetColumn};
use crate::value::definition::{Filled, waterfall};
use crate::value::evaluation::Evaluation;

use super::MOST_ROWS;
use super::cells::{column, count, float, money, text};

/// The analysis.
pub(super) fn sheet(evaluation: &Evaluation) -> Sheet {
    let (accounts, prepared) = (evaluation.accounts, evaluation.prepared);
    let book = &prepared.book;
    let mut rows = vec![row(
        evaluation,
        "All accounts",
        "Book",
        book.accounts,
        &book.total,
    )];
    for (segment, whole) in prepared.segments.iter().enumerate() {
        let name = accounts
            .segments
            .get(segment)
            .map_or("Without a segment", String::as_str);
        if whole.accounts > 0 && !accounts.segments.is_empty() {
            rows.push(row(
                evaluation,
                name,
                "Segment",
                whole.accounts,
                &whole.total,
            ));
        }
    }
    let counted = |group: &&Group| group.accounts > 0;
    for group in accounts.by_segment_process.iter().filter(counted) {
        let segment = prepared.segment(group.segment);
        let filled = evaluation.complete(&group.total, segment.map_or(&book.total, |s| &s.total));
        rows.push(row(
            evaluation,
            &group.name,
            "Segment and process",
            group.accounts,
            &filled,
        ));
    }
    for position in evaluation.largest(MOST_ROWS) {
        if let Some(whole) = prepared.account(accounts, position) {
            rows.push(row(
                evaluation,
                evaluation.name(position),
                "Account",
                1,
                &whole.total,
            ));
        }
    }
    Sheet {
        key: "gross_profit".into(),
        title: "Gross profit".into(),
        caption: caption(evaluation),
        columns: columns(),
        rows,
    }
}

fn columns() -> Vec<SheetColumn> {
    vec![
        column("name", "Name", Unit::Text, ""),
        column("level", "Level", Unit::Text, "What the row adds up."),
        column(
            "accounts",
            "Accounts",
            Unit::Count,
            "How many accounts it rests on.",
        ),
        column("revenue", "Revenue", Unit::Money, "Net invoiced."),
        column(
            "gross_profit",
            "Gross profit",
            Unit::Money,
            "Pocket price less cost of goods.",
        ),
        column(
            "gp_percent",
            "GP %",
            Unit::Percent,
            "Gross profit over revenue net of rebates and terms.",
        ),
        column(
            "gp_after_tooling",
            "GP % after tooling",
            Unit::Percent,
            "The same with tooling taken off.",
        ),
        column(
            "coverage",
            "Cost coverage",
            Unit::Percent,
            "The share of revenue with a recorded cost.",
        ),
        column("remark", "Remark", Unit::Text, "What to look at."),
    ]
}

fn caption(evaluation: &Evaluation) -> String {
    let accounts = evaluation.prepared.book.accounts as usize;
    if accounts == 0 {
        return "There are no accounts. Import orders, or bring the sample back.".into();
    }
    let shown = if accounts > MOST_ROWS {
        format!(" The {MOST_ROWS} accounts with the largest revenue of {accounts}.")
    } else {
        String::new()
    };
    let coverage = 100.0 * evaluation.prepared.book.total.coverage();
    format!("{coverage:.0} % of revenue has a recorded cost; the rest is assumed.{shown}")
}

fn row(
    evaluation: &Evaluation,
    name: &str,
    level: &str,
    members: u32,
    filled: &Filled,
) -> Vec<Cell> {
    let inputs = &evaluation.inputs;
    let Ok(all) = waterfall(filled, inputs) else {
        return vec![text(name), text(level)];
    };
    let assumed = filled.cost_assumed() && inputs.count_cost.on()
        || !all.terms.is_zero() && inputs.count_terms.on();
    let trust = if assumed {
        Exactness::Assumed
    } else {
        Exactness::Exact
    };
    let net = all.net_revenue(inputs).map_or(0.0, Money::to_f64);
    let gross = all.gross_profit.to_f64();
    let tooling = inputs.count_tooling.weight() * all.tooling.to_f64();
    let share = |amount: f64| 100.0 * amount / net;
    let none = "There is no revenue to take a share of.";
    let remark = if net == 0.0 {
        Some("No revenue")
    } else if !(0.0..=100.0).contains(&share(gross)) {
        Some("Below 0 or above 100 %: look at costs and returns")
    } else if level != "Account" && members == 1 {
        Some("One account only")
    } else {
        None
    };
    vec![
        text(name),
        text(level),
        count(members),
        money(all.revenue, Exactness::Exact),
        money(all.gross_profit, trust),
        float(share(gross), trust, none),
        float(share(gross - tooling), trust, none),
        float(100.0 * filled.coverage(), Exactness::Exact, none),
        remark.map_or_else(|| Cell::Empty(String::new()), text),
    ]
}
