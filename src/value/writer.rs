//! Collecting figures: how far each can be trusted, and the few forms in which they are written.

use rust_decimal::Decimal;

use crate::base::Money;
use crate::metrics::{Exactness, Figure, Figures, Number, WhyNot};

use super::evaluation::Evaluation;
use super::inputs::ValueBasis;
use super::subject::Gathered;

/// How far the levels of a waterfall can be trusted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Trust {
    pub terms: Exactness,
    pub pocket: Exactness,
    pub cost: Exactness,
    pub gross_profit: Exactness,
    pub service: Exactness,
    pub depreciation: Exactness,
    pub contribution: Exactness,
    pub coverage: f64,
}

impl Trust {
    pub(super) fn of(evaluation: &Evaluation, sums: &Gathered) -> Self {
        let inputs = &evaluation.inputs;
        let assumed = |yes: bool| {
            if yes {
                Exactness::Assumed
            } else {
                Exactness::Exact
            }
        };
        let terms = !sums.total.terms.is_zero();
        let service = !sums.total.service.is_zero();
        let depreciation = !sums.total.depreciation.is_zero();
        let cost = sums.whole.total.cost_assumed();
        let pocket = terms && inputs.count_terms.on();
        let gross_profit = pocket || (cost && inputs.count_cost.on());
        let contribution = gross_profit
            || (service && inputs.count_service.on())
            || (depreciation && inputs.count_depreciation.on());
        Self {
            terms: assumed(terms),
            pocket: assumed(pocket),
            cost: assumed(cost),
            gross_profit: assumed(gross_profit),
            service: assumed(service),
            depreciation: assumed(depreciation),
            contribution: assumed(contribution),
            coverage: sums.whole.total.coverage(),
        }
    }

    pub(super) const fn level(&self, basis: ValueBasis) -> Exactness {
        match basis {
            ValueBasis::Revenue => Exactness::Exact,
            ValueBasis::GrossProfit => self.gross_profit,
            ValueBasis::Contribution => self.contribution,
        }
    }

    /// Of something expected that starts from a level: never better than estimated.
    pub(super) const fn expected(&self, basis: ValueBasis) -> Exactness {
        match self.level(basis) {
            Exactness::Assumed => Exactness::Assumed,
            _ => Exactness::Estimated,
        }
    }
}

/// Collects figures.
pub(super) struct Writer {
    pub figures: Figures,
    pub coverage: f64,
}

impl Writer {
    #[inline(never)]
    pub(super) fn put(
        &mut self,
        key: &str,
        value: Result<Number, WhyNot>,
        exactness: Exactness,
        cost: bool,
    ) {
        let coverage = cost.then_some(self.coverage);
        let figure = Figure {
            value,
            exactness,
            coverage,
            note: None,
        };
        self.figures.insert(key.to_owned(), figure);
    }

    #[inline(never)]
    pub(super) fn money(&mut self, key: &str, amount: Money, exactness: Exactness) {
        let costly = matches!(
            key,
            "cost" | "gross_profit" | "contribution" | "gross_profit_year" | "contribution_year"
        );
        self.put(key, Ok(Number::Exact(amount.amount())), exactness, costly);
    }

    #[inline(never)]
    pub(super) fn count(&mut self, key: &str, count: u32) {
        self.put(
            key,
            Ok(Number::Exact(Decimal::from(count))),
            Exactness::Exact,
            false,
        );
    }

    #[inline(never)]
    pub(super) fn float(&mut self, key: &str, value: f64, exactness: Exactness) {
        self.put(key, Ok(Number::Float(value)), exactness, false);
    }

    #[inline(never)]
    pub(super) fn costly(&mut self, key: &str, value: Result<f64, WhyNot>, exactness: Exactness) {
        self.put(key, value.map(Number::Float), exactness, true);
    }

    #[inline(never)]
    pub(super) fn maybe(&mut self, key: &str, value: Result<f64, WhyNot>, exactness: Exactness) {
        self.put(key, value.map(Number::Float), exactness, false);
    }

    #[inline(never)]
    pub(super) fn note(&mut self, key: &str, note: impl Into<String>) {
        if let Some(figure) = self.figures.get_mut(key) {
            figure.note = Some(note.into());
        }
    }
}

/// No value, for a reason.
pub(super) fn why<T>(text: &str) -> Result<T, WhyNot> {
    Err(WhyNot(text.to_owned()))
}

/// `above / below`, or why not.
#[inline(never)]
pub(super) fn ratio(above: f64, below: f64, reason: &str) -> Result<f64, WhyNot> {
    if below == 0.0 {
        why(reason)
    } else {
        Ok(above / below)
    }
}
