//! What has figures: the deal, the book, and both beside each other.

use crate::accounts::Accounts;
use crate::assumptions::Resolved;
use crate::deals::{Deal, Terms};
use crate::metrics::Figures;
use crate::value::{Evaluation, Prepared, Subject};

use super::compare;
use super::model::{Model, Sampler};
use super::simulate::Outcome;

/// What begins the keys of a deal's metrics.
const DEAL: &str = "deal_";
const NPV: &str = "deal_npv";
const PAYBACK: &str = "deal_payback";
/// What a deal shares with the value page.
const SHARED: &[&str] = &["discount", "horizon", "timing", "capital", "retention"];

/// The deal that the assumptions describe.
#[derive(Debug, Clone, Copy, Default)]
pub struct DealModel;

impl Model for DealModel {
    fn figures(&self, inputs: &Resolved) -> Figures {
        Deal::read(inputs).figures()
    }

    fn number(&self, inputs: &Resolved, metric: &str) -> Option<f64> {
        match metric {
            NPV => Some(Terms::read(inputs).npv()).filter(|npv| npv.is_finite()),
            PAYBACK => Terms::read(inputs).outcome().1,
            _ => compare::number(&self.figures(inputs), metric),
        }
    }

    fn sampler<'a>(&'a self, inputs: &Resolved, metric: &str) -> Option<Sampler<'a>> {
        if metric != NPV && metric != PAYBACK {
            return None;
        }
        let pays = metric == PAYBACK;
        let terms = Terms::read(inputs);
        Some(Box::new(move |numbers| {
            let mut drawn = terms;
            for (key, number) in numbers {
                // What is no term of the cash moves neither of the two.
                drawn.set(key, *number);
            }
            let (npv, payback) = drawn.outcome();
            Outcome {
                value: if pays { payback } else { Some(npv) },
                payback_years: Some(payback.unwrap_or(f64::INFINITY)),
            }
        }))
    }

    fn payback(&self) -> Option<(&'static str, f64)> {
        Some((PAYBACK, 1.0))
    }

    fn depends_on(&self, key: &str) -> bool {
        key.starts_with(DEAL) || SHARED.contains(&key)
    }
}

/// A book of accounts.
#[derive(Debug, Clone, Copy)]
pub struct BookModel<'a> {
    /// The accounts.
    pub accounts: &'a Accounts,
    /// What was prepared of them.
    pub prepared: &'a Prepared,
}

impl Model for BookModel<'_> {
    fn figures(&self, inputs: &Resolved) -> Figures {
        Evaluation::new(self.accounts, self.prepared, inputs).figures(Subject::Book)
    }

    fn payback(&self) -> Option<(&'static str, f64)> {
        Some(("payback_months", 1.0 / 12.0))
    }

    fn depends_on(&self, key: &str) -> bool {
        !key.starts_with(DEAL)
    }

    fn budget(&self) -> usize {
        // About a microsecond an account.
        (200_000 / self.accounts.list.len().max(1)).clamp(32, 1_024)
    }
}

/// The deal and, where there are orders, the book; each metric by whom it belongs to.
#[derive(Debug, Clone, Copy)]
pub struct Both<'a> {
    /// The deal's metrics are asked for.
    pub deal: bool,
    /// The book, where its metrics are asked for.
    pub book: Option<BookModel<'a>>,
}

impl<'a> Both<'a> {
    /// The models that these metrics need.
    pub fn of<'k>(metrics: impl Iterator<Item = &'k str> + Clone, book: BookModel<'a>) -> Self {
        Self {
            deal: metrics.clone().any(|key| key.starts_with(DEAL)),
            book: metrics
                .into_iter()
                .any(|key| !key.starts_with(DEAL))
                .then_some(book),
        }
    }

    fn one(&self, metric: &str) -> &dyn Model {
        match &self.book {
            Some(book) if !metric.starts_with(DEAL) => book,
            _ => &DealModel,
        }
    }
}

impl Model for Both<'_> {
    fn figures(&self, inputs: &Resolved) -> Figures {
        let mut all = Figures::new();
        if self.deal {
            all.extend(DealModel.figures(inputs));
        }
        if let Some(book) = &self.book {
            all.extend(book.figures(inputs));
        }
        all
    }

    fn number(&self, inputs: &Resolved, metric: &str) -> Option<f64> {
        self.one(metric).number(inputs, metric)
    }

    fn sampler<'a>(&'a self, inputs: &Resolved, metric: &str) -> Option<Sampler<'a>> {
        self.one(metric).sampler(inputs, metric)
    }

    fn payback(&self) -> Option<(&'static str, f64)> {
        match self.book {
            Some(book) if !self.deal => book.payback(),
            _ => DealModel.payback(),
        }
    }

    fn depends_on(&self, key: &str) -> bool {
        let of_book = self.book.is_some_and(|book| book.depends_on(key));
        of_book || (self.deal && DealModel.depends_on(key))
    }

    fn budget(&self) -> usize {
        self.book.map_or(2_000, |book| book.budget())
    }
}
