//! The price waterfall as shown: every step with its toggle, and why it cannot count, if so.

use crate::assumptions::Toggle;
use crate::base::Money;
use crate::metrics::{Exactness, Figure, Number};

use super::evaluation::{Evaluation, Subject};
use super::shown::WaterfallStep;
use super::subject::Gathered;
use super::writer::Trust;

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

    /// What is taken off, from the top of the waterfall down.
    fn deductions(&self, sums: &Gathered) -> [Deduction; 8] {
        let (inputs, data) = (&self.inputs, &self.accounts.coverage);
        let listed = !sums.total.discount.is_zero() || data.discount > 0.0;
        let without = |share: f64, reason| (share <= 0.0).then_some(reason);
        let no_list = (!listed).then_some("The orders have no list prices or discounts.");
        let no_rebates = without(data.rebates, "The orders have no rebates.");
        let no_freight = without(data.freight, "The orders have no freight.");
        let no_tooling = without(data.tooling, "The orders have no tooling.");
        let toggled = |key, on: Toggle, absent| Deduction {
            toggle: Some(key),
            counted: on.on(),
            absent,
        };
        [
            Deduction {
                toggle: None,
                counted: true,
                absent: no_list,
            },
            toggled("count_rebates", inputs.count_rebates, no_rebates),
            toggled("count_freight", inputs.count_freight, no_freight),
            toggled("count_terms", inputs.count_terms, None),
            toggled("count_cost", inputs.count_cost, None),
            toggled("count_tooling", inputs.count_tooling, no_tooling),
            toggled("count_service", inputs.count_service, None),
            toggled("count_depreciation", inputs.count_depreciation, None),
        ]
    }

    fn steps(&self, sums: &Gathered, trust: &Trust) -> Vec<Step> {
        let (exact, all) = (Exactness::Exact, &sums.total);
        let [
            discount,
            rebates,
            freight,
            terms,
            cost,
            tooling,
            service,
            worn,
        ] = self.deductions(sums);
        vec![
            Step::level("list", "List price", all.list, exact),
            Step::off(
                "discount",
                "On-invoice discount",
                all.discount,
                exact,
                discount,
            ),
            Step::level("invoice", "Invoiced", all.revenue, exact),
            Step::off("rebates", "Rebates", all.rebates, exact, rebates),
            Step::off("freight", "Freight", all.freight, exact, freight),
            Step::off("terms", "Payment terms", all.terms, trust.terms, terms),
            Step::level("pocket", "Pocket price", all.pocket, trust.pocket),
            Step::off("cost", "Cost of goods", all.cost, trust.cost, cost),
            Step::level(
                "gross_profit",
                "Gross profit",
                all.gross_profit,
                trust.gross_profit,
            ),
            Step::off("tooling", "Tooling", all.tooling, exact, tooling),
            Step::off(
                "service",
                "Cost to serve",
                all.service,
                trust.service,
                service,
            ),
            Step::off(
                "depreciation",
                "Depreciation",
                all.depreciation,
                trust.depreciation,
                worn,
            ),
            Step::level(
                "contribution",
                "Contribution",
                all.contribution,
                trust.contribution,
            ),
        ]
    }
}

impl Step {
    const fn level(
        key: &'static str,
        label: &'static str,
        amount: Money,
        trust: Exactness,
    ) -> Self {
        Self {
            key,
            label,
            amount,
            exactness: trust,
            deduction: None,
        }
    }

    fn off(
        key: &'static str,
        label: &'static str,
        amount: Money,
        exactness: Exactness,
        deduction: Deduction,
    ) -> Self {
        Self {
            key,
            label,
            amount: -amount,
            exactness,
            deduction: Some(deduction),
        }
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
