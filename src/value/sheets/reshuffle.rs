//! Who is really best: rank by revenue against rank by value, and the step behind each big move.

use crate::base::order::sort_by;
use crate::base::{Money, Unit};
use crate::metrics::{Cell, Exactness, Sheet, SheetColumn};
use crate::value::definition::{Waterfall, waterfall};
use crate::value::evaluation::Evaluation;

use super::MOST_ROWS;
use super::cells::{column, count, percent, text};

/// What an account loses between revenue and value, in amounts, by step.
struct Steps([(&'static str, f64); 8]);

impl Steps {
    fn of(evaluation: &Evaluation, all: &Waterfall, future: f64, cac: f64) -> Self {
        let inputs = &evaluation.inputs;
        let off = |amount: Money, on: crate::assumptions::Toggle| on.weight() * amount.to_f64();
        let deeper = inputs.basis == crate::value::ValueBasis::Contribution;
        let any = inputs.basis != crate::value::ValueBasis::Revenue;
        let only = |counts: bool, amount: f64| if counts { amount } else { 0.0 };
        Self([
            ("Rebates", only(any, off(all.rebates, inputs.count_rebates))),
            ("Freight", only(any, off(all.freight, inputs.count_freight))),
            (
                "Payment terms",
                only(any, off(all.terms, inputs.count_terms)),
            ),
            ("Cost of goods", only(any, off(all.cost, inputs.count_cost))),
            (
                "Tooling",
                only(deeper, off(all.tooling, inputs.count_tooling)),
            ),
            (
                "Cost to serve",
                only(
                    deeper,
                    off(all.service, inputs.count_service)
                        + off(all.depreciation, inputs.count_depreciation),
                ),
            ),
            ("Future value", -future),
            ("Acquisition cost", cac),
        ])
    }
}

/// The analysis.
pub(super) fn sheet(evaluation: &Evaluation) -> Sheet {
    let ranks = evaluation.ranks();
    let accounts = evaluation.prepared.book.accounts as usize;
    let mut order: Vec<usize> = (0..evaluation.prepared.rows.len())
        .filter(|i| evaluation.is_present(*i))
        .collect();
    // Those whose value cannot be computed have the rank 0, and come last.
    let rank = |i: &usize| {
        ranks
            .by_value
            .get(*i)
            .map_or(u32::MAX, |rank| rank.wrapping_sub(1))
    };
    // Beyond what is listed, the largest moves matter; within it, the order of value.
    if accounts > MOST_ROWS {
        let size = |i: &usize| ranks.shift(*i).map_or(0, i64::abs);
        sort_by(&mut order, |a, b| size(b).cmp(&size(a)));
        order.truncate(MOST_ROWS);
    }
    sort_by(&mut order, |a, b| rank(a).cmp(&rank(b)));
    let book = Book::of(evaluation);
    Sheet {
        key: "reshuffle".into(),
        title: "Who is really best".into(),
        caption: caption(evaluation, order.len()),
        columns: columns(evaluation),
        rows: order
            .into_iter()
            .map(|i| row(evaluation, book.as_ref(), i))
            .collect(),
    }
}

fn columns(evaluation: &Evaluation) -> Vec<SheetColumn> {
    vec![
        column("account", "Account", Unit::Text, ""),
        column(
            "rank_value",
            "Rank by value",
            Unit::Count,
            "1 is the most valuable; ties share a rank.",
        ),
        column(
            "rank_revenue",
            "Rank by revenue",
            Unit::Count,
            "1 is the largest; ties share a rank.",
        ),
        column(
            "shift",
            "Shift",
            Unit::Count,
            "Rank by revenue less rank by value: below 0 the account is worth less than its revenue suggests.",
        ),
        column(
            "revenue",
            "Revenue",
            Unit::Money,
            "Net invoiced, whole history.",
        ),
        column(
            "lifetime",
            "Lifetime value",
            Unit::Money,
            &evaluation.headline_label(),
        ),
        column(
            "cause",
            "What moved it",
            Unit::Text,
            "The step that differs most from the book's average, as a share of revenue.",
        ),
    ]
}

fn row(evaluation: &Evaluation, book: Option<&Book>, position: usize) -> Vec<Cell> {
    let ranks = evaluation.ranks();
    let unknown = || Cell::Empty("Its value cannot be computed, so it has no rank.".into());
    let rank = |ranks: &[u32]| {
        let rank = ranks.get(position).filter(|rank| **rank > 0);
        rank.map_or_else(unknown, |rank| count(*rank))
    };
    let shift = ranks.shift(position);
    let cause = book.and_then(|b| b.cause(evaluation, position, shift.unwrap_or(0)));
    vec![
        text(evaluation.name(position)),
        rank(&ranks.by_value),
        rank(&ranks.by_revenue),
        shift.map_or_else(unknown, |shift| {
            let shift = crate::metrics::Number::Exact(shift.into());
            Cell::Number(shift, Exactness::Estimated)
        }),
        evaluation.cell("revenue", position),
        evaluation.cell("lifetime", position),
        cause.map_or_else(|| Cell::Empty("Its rank hardly moved.".into()), text),
    ]
}

fn caption(evaluation: &Evaluation, listed: usize) -> String {
    let ranks = evaluation.ranks();
    let accounts = evaluation.prepared.book.accounts as usize;
    if accounts == 0 {
        return "There are no accounts. Import orders, or bring the sample back.".into();
    }
    let agreement = match ranks.tau() {
        Some(tau) => format!(
            "Kendall's tau between the rankings is {tau:.2}: 1 is the same order, 0 no relation, -1 \
             the reverse."
        ),
        None => {
            "With fewer than three accounts, or none that differ, there is no correlation.".into()
        }
    };
    let shown = if listed < accounts {
        format!(" The {listed} largest moves of {accounts} accounts.")
    } else {
        String::new()
    };
    format!(
        "Accounts by lifetime value ({}). {agreement}{shown}",
        evaluation.headline_label()
    )
}

/// The book's steps as shares of its revenue.
struct Book {
    steps: Steps,
    revenue: f64,
}

impl Book {
    fn of(evaluation: &Evaluation) -> Option<Self> {
        let whole = &evaluation.prepared.book;
        let all = waterfall(&whole.total, &evaluation.inputs).ok()?;
        let future: f64 = evaluation
            .values
            .future
            .iter()
            .filter(|f| f.is_finite())
            .sum();
        let revenue = all.revenue.to_f64();
        let present = (0..evaluation.prepared.rows.len()).filter(|at| evaluation.is_present(*at));
        let cac = present.map(|at| evaluation.cac.at(at)).sum();
        let steps = Steps::of(evaluation, &all, future, cac);
        (revenue > 0.0).then_some(Self { steps, revenue })
    }

    /// The step that explains a move best, with its share here and in the book.
    fn cause(&self, evaluation: &Evaluation, position: usize, shift: i64) -> Option<String> {
        let whole = evaluation.prepared.account(evaluation.accounts, position)?;
        let all = waterfall(&whole.total, &evaluation.inputs).ok()?;
        let revenue = all.revenue.to_f64();
        if shift == 0 || revenue <= 0.0 {
            return None;
        }
        let future = evaluation
            .values
            .future
            .get(position)
            .copied()
            .filter(|f| f.is_finite());
        let own = Steps::of(
            evaluation,
            &all,
            future.unwrap_or(0.0),
            evaluation.cac.at(position),
        );
        let direction = if shift < 0 { 1.0 } else { -1.0 };
        let excess = |(mine, book): (&(&'static str, f64), &(&'static str, f64))| {
            let (share, usual) = (mine.1 / revenue, book.1 / self.revenue);
            (mine.0, share, usual, direction * (share - usual))
        };
        let steps = own.0.iter().zip(&self.steps.0).map(excess);
        let (name, share, usual, by) = steps.max_by(|a, b| a.3.total_cmp(&b.3))?;
        if by <= 0.0 {
            return None;
        }
        if name == "Future value" && evaluation.values.lapsed.get(position) == Some(&true) {
            return Some("Future value: the account has lapsed".into());
        }
        let sign = if name == "Future value" { -1.0 } else { 1.0 };
        let (share, usual) = (percent(sign * share), percent(sign * usual));
        Some(format!("{name}: {share} of revenue, {usual} in the book"))
    }
}
