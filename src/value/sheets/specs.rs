//! Repeat parts against new ones: what it costs when customers keep ordering new specifications.

use rust_decimal::Decimal;

use crate::base::{Money, Unit};
use crate::metrics::{Cell, Exactness, Sheet};
use crate::value::definition::{Filled, waterfall};
use crate::value::evaluation::Evaluation;

use super::MOST_ROWS;
use super::cells::{column, count, empty, float, money, text};

/// The analysis.
pub(super) fn sheet(evaluation: &Evaluation) -> Sheet {
    let title = "Repeat parts and new parts";
    let accounts = evaluation.accounts;
    if accounts.list.iter().all(|a| a.specs == 0) {
        return empty(
            "specs",
            title,
            "The orders name no items. Map the part number's column to Item on the Orders page to see how much is repeat business.",
        );
    }
    let repeat = accounts
        .list
        .iter()
        .try_fold(Money::ZERO, |sum, a| sum.add(a.repeat_revenue));
    let specs: u64 = accounts.list.iter().map(|a| u64::from(a.specs)).sum();
    let book = &evaluation.prepared.book.total;
    let mut rows = vec![row(
        evaluation,
        "All accounts",
        repeat.unwrap_or(Money::ZERO),
        specs,
        book,
    )];
    for position in evaluation.largest(MOST_ROWS) {
        let whole = evaluation.prepared.account(accounts, position);
        if let (Some(account), Some(whole)) = (accounts.list.get(position), whole) {
            let (repeat, specs) = (account.repeat_revenue, u64::from(account.specs));
            rows.push(row(evaluation, &account.name, repeat, specs, &whole.total));
        }
    }
    Sheet {
        key: "specs".into(),
        title: title.into(),
        caption: "How much revenue is on parts that the account had ordered before, and what tooling costs per order and per part. A revision suffix is the same part. Charge tooling separately, set a minimum order, or steer to repeats where the gap between the two margins is wide.".into(),
        columns: vec![
            column("account", "Account", Unit::Text, "The accounts with the largest revenue."),
            column("revenue", "Revenue", Unit::Money, "Net invoiced, whole history."),
            column("repeat_share", "Repeat share", Unit::Percent, "Revenue on parts ordered before, over revenue."),
            column("parts", "Parts", Unit::Count, "Distinct parts ordered, added up over accounts."),
            column("tooling", "Tooling", Unit::Money, "Paid by you."),
            column("tooling_per_order", "Tooling per order", Unit::MoneyPerOrder, "Tooling over orders."),
            column("tooling_per_part", "Tooling per part", Unit::Money, "Tooling over distinct parts."),
            column("gp_percent", "GP %", Unit::Percent, "Before tooling."),
            column("gp_after_tooling", "GP % after tooling", Unit::Percent, "After tooling, whether it counts or not."),
        ],
        rows,
    }
}

fn row(
    evaluation: &Evaluation,
    name: &str,
    repeat: Money,
    specs: u64,
    filled: &Filled,
) -> Vec<Cell> {
    let inputs = &evaluation.inputs;
    let all = waterfall(filled, inputs).unwrap_or_default();
    let net = all.net_revenue(inputs).map_or(0.0, Money::to_f64);
    let (gross, tooling) = (all.gross_profit.to_f64(), all.tooling.to_f64());
    let assumed = filled.cost_assumed() || !all.terms.is_zero();
    let trust = if assumed {
        Exactness::Assumed
    } else {
        Exactness::Exact
    };
    let none = "There is no revenue to take a share of.";
    let each = |divisor: Decimal, missing: &str| match all.tooling.over(divisor) {
        Some(amount) => money(amount, Exactness::Exact),
        None => Cell::Empty(missing.into()),
    };
    let revenue = all.revenue.to_f64();
    vec![
        text(name),
        money(all.revenue, Exactness::Exact),
        float(100.0 * repeat.to_f64() / revenue, Exactness::Exact, none),
        count(specs),
        money(all.tooling, Exactness::Exact),
        each(Decimal::from(filled.sums.orders), "There are no orders."),
        each(Decimal::from(specs), "No part is named."),
        float(100.0 * gross / net, trust, none),
        float(100.0 * (gross - tooling) / net, trust, none),
    ]
}
