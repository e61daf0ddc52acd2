//! What the figures of one subject are computed from: its sums and those of its accounts' columns.

use crate::base::money::OutOfRange;

use super::definition::{Filled, Filling, Waterfall, waterfall};
use super::evaluation::{Evaluation, Subject};
use super::prepared::Whole;

/// The sums of a subject.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Gathered {
    /// Exact sums of its orders.
    pub whole: Whole,
    /// Whole history under the value definition.
    pub total: Waterfall,
    /// The last 365 days under the value definition.
    pub recent: Waterfall,
    /// First orders under the value definition.
    pub first_order: Waterfall,
    /// Accounts that have not lapsed.
    pub active: u32,
    /// Accounts with orders on two days or more.
    pub repeaters: u32,
    /// Yearly margin of its lapsed accounts.
    pub lapsed_margin: f64,
    /// Yearly margin of its active accounts.
    pub expected_margin: f64,
    /// Margin of an average year, all accounts.
    pub average: f64,
    /// Margin of an average year, active accounts.
    pub active_average: f64,
    /// Orders in an average year, all accounts.
    pub orders_per_year: f64,
    /// The last 365 days of lapsed accounts, whose pieces are not expected again.
    pub gone: Filled,
}

impl Gathered {
    /// Gathers a subject.
    ///
    /// # Errors
    /// [`OutOfRange`] when an amount leaves the decimal range.
    pub fn of(evaluation: &Evaluation, subject: Subject) -> Result<Self, OutOfRange> {
        let prepared = evaluation.prepared;
        let whole = match subject {
            Subject::Book => Some(prepared.book),
            Subject::Segment(segment) => prepared.segments.get(segment).copied(),
            Subject::Account(position) => prepared.account(evaluation.accounts, position),
        };
        let whole = whole.unwrap_or_default();
        let mut sums = Self {
            whole,
            total: waterfall(&whole.total, &evaluation.inputs)?,
            recent: waterfall(&whole.recent, &evaluation.inputs)?,
            first_order: waterfall(&whole.first_order, &evaluation.inputs)?,
            ..Self::default()
        };
        let mut gone = Filling::default();
        match subject {
            Subject::Account(position) => sums.add(evaluation, position, &mut gone)?,
            Subject::Book => {
                for position in 0..prepared.rows.len() {
                    sums.add(evaluation, position, &mut gone)?;
                }
            }
            Subject::Segment(_) => {
                for position in evaluation.members(subject) {
                    sums.add(evaluation, position, &mut gone)?;
                }
            }
        }
        sums.gone = gone.filled()?;
        Ok(sums)
    }

    fn add(
        &mut self,
        evaluation: &Evaluation,
        position: usize,
        gone: &mut Filling,
    ) -> Result<(), OutOfRange> {
        let row = evaluation.prepared.rows.get(position);
        let Some(row) = row.filter(|r| r.present) else {
            return Ok(());
        };
        let values = &evaluation.values;
        let at = |column: &[f64]| column.get(position).copied().unwrap_or(0.0);
        let (yearly, average) = (at(&values.yearly), at(&values.average));
        self.average += average;
        self.orders_per_year += row.total.orders / row.age_years;
        self.repeaters += u32::from(row.repeats);
        if values.lapsed.get(position).copied().unwrap_or(true) {
            self.lapsed_margin += yearly;
            if row.recent.revenue != 0.0 {
                let whole = evaluation.prepared.account(evaluation.accounts, position);
                gone.add(&whole.unwrap_or_default().recent)?;
            }
        } else {
            self.active += 1;
            self.expected_margin += yearly;
            self.active_average += average;
        }
        Ok(())
    }
}
