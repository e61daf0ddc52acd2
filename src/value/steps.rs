//! The price waterfall as shown: every step with its toggle, and why it cannot count, if so.

use crate::base::Money;
use crate::metrics::{Exactness, Figure, Number};

use super::evaluation::{Evaluation, Subject};
use super::figures::Trust;
use super::shown::WaterfallStep;
use super::subject::Gathered;

struct Step {
    key: &'static str,
    label: &'static str,
    amount: Money,
    exactness: Exactness,
    /// `None` for a level.
    deduction: Option<Deduction>,
}

struct Deduction {
    toggle: Option<&'static str>,
    counted: bool,
    absent: Option<&'static str>,
}

impl Evaluation<'_> {
    /// The waterfall of a subject's whole history. Levels are positive, deductions negative (a
    /// deduction that adds, such as freight charged above its cost, comes out positive).
    pub fn waterfall(&self, subject: Subject) -> Vec<WaterfallStep> {
        let Ok(sums) = Gathered::of(self, subject) else {
            return Vec::new();
        };
        let trust = Trust::of(self, &sums);
        let book = subject == Subject::Book;
        self.steps(&sums, &trust)
            .into_iter()
            .map(|step| shown(step, &trust, book))
            .collect()
    }

    fn steps(&self, sums: &Gathered, trust: &Trust) -> Vec<Step> {
        let exact = Exactness::Exact;
        let (all, inputs, coverage) = (&sums.total, &self.inputs, &self.accounts.coverage);
        let level = |key, label, amount, exactness| Step {
            key,
            label,
            amount,
            exactness,
            deduction: None,
        };
        let step = |key, label, amount: Money, exactness, toggle, counted, absent| Step {
            key,
            label,
            amount: -amount,
            exactness,
            deduction: Some(Deduction {
                toggle: Some(toggle),
                counted,
                absent,
            }),
        };
        let no_list = all.discount.is_zero() && coverage.discount <= 0.0;
        let without = |share: f64, reason| (share <= 0.0).then_some(reason);
        vec![
            level("list", "List price", all.list, exact),
            Step {
                key: "discount",
                label: "On-invoice discount",
                amount: -all.discount,
                exactness: exact,
                deduction: Some(Deduction {
                    toggle: None,
                    counted: !no_list,
                    absent: no_list.then_some("The orders have no list prices or discounts."),
                }),
            },
            level("invoice", "Invoiced", all.revenue, exact),
            step(
                "rebates",
                "Rebates",
                all.rebates,
                exact,
                "count_rebates",
                inputs.count_rebates.on(),
                without(coverage.rebates, "The orders have no rebates."),
            ),
            step(
                "freight",
                "Freight",
                all.freight,
                exact,
                "count_freight",
                inputs.count_freight.on(),
                without(coverage.freight, "The orders have no freight."),
            ),
            step(
                "terms",
                "Payment terms",
                all.terms,
                trust.terms,
                "count_terms",
                inputs.count_terms.on(),
                None,
            ),
            level("pocket", "Pocket price", all.pocket, trust.pocket),
            step(
                "cost",
                "Cost of goods",
                all.cost,
                trust.cost,
                "count_cost",
                inputs.count_cost.on(),
                None,
            ),
            level(
                "gross_profit",
                "Gross profit",
                all.gross_profit,
                trust.gross_profit,
            ),
            step(
                "tooling",
                "Tooling",
                all.tooling,
                exact,
                "count_tooling",
                inputs.count_tooling.on(),
                without(coverage.tooling, "The orders have no tooling."),
            ),
            step(
                "service",
                "Cost to serve",
                all.service,
                trust.service,
                "count_service",
                inputs.count_service.on(),
                None,
            ),
            step(
                "depreciation",
                "Depreciation",
                all.depreciation,
                trust.depreciation,
                "count_depreciation",
                inputs.count_depreciation.on(),
                None,
            ),
            level(
                "contribution",
                "Contribution",
                all.contribution,
                trust.contribution,
            ),
        ]
    }
}

fn shown(step: Step, trust: &Trust, book: bool) -> WaterfallStep {
    let costly = matches!(step.key, "cost" | "gross_profit" | "contribution");
    let deduction = step.deduction;
    let absent = deduction.as_ref().and_then(|d| d.absent);
    WaterfallStep {
        key: step.key.into(),
        label: step.label.into(),
        figure: Figure {
            value: Ok(Number::Exact(step.amount.amount())),
            exactness: step.exactness,
            coverage: costly.then_some(trust.coverage),
            note: None,
        },
        level: deduction.is_none(),
        counted: deduction
            .as_ref()
            .is_none_or(|d| d.counted && absent.is_none()),
        disabled: absent.map(str::to_owned),
        toggle: deduction
            .and_then(|d| d.toggle)
            .filter(|_| book)
            .map(str::to_owned),
    }
}
