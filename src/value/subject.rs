//! What the figures of one subject are computed from: its sums and those of its accounts' columns.

use crate::accounts::RECENT_DAYS;
use crate::base::money::OutOfRange;
use crate::metrics::WhyNot;

use super::definition::{Filled, Filling, Waterfall, waterfall};
use super::evaluation::{Evaluation, Subject};
use super::methods::{Outlook, l7_horizon};
use super::prepared::{Flat, Whole};
use super::side_by_side::detail;

/// The active accounts with one retention.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Class {
    /// How many.
    pub active: u32,
    /// Their yearly margin.
    pub margin: f64,
    /// Their margin of an average year.
    pub average: f64,
    /// Their last year's contribution as L9 counts it.
    pub detail: f64,
    /// Constraint hours in their last 365 days.
    pub hours: f64,
}

/// The sums of a subject.
#[derive(Debug, Clone, PartialEq, Default)]
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
    /// Active accounts by class of retention.
    pub classes: Vec<Class>,
    /// Accounts whose first order was in the last 365 days.
    pub new: u32,
    /// Acquisition cost of all accounts.
    pub cac: f64,
    /// Of the active ones.
    pub cac_active: f64,
    /// Of the new ones.
    pub cac_new: f64,
    /// Constraint hours so far.
    pub hours: f64,
    /// Constraint hours of the active accounts in the last 365 days.
    pub hours_year: f64,
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
            Subject::Salesperson(_) | Subject::Partner(_) => {
                let members = evaluation.members(subject);
                Some(prepared.several(evaluation.accounts, &members)?)
            }
        };
        let whole = whole.unwrap_or_default();
        let mut sums = Self {
            classes: vec![Class::default(); evaluation.retention.values.len()],
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
            _ => {
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
        let cac = evaluation.cac.at(position);
        let hours = evaluation.hours.at(position);
        self.hours += hours * row.total.orders;
        self.cac += cac;
        if row.total.orders > 0.0 && evaluation.as_of().days() - row.first < RECENT_DAYS {
            self.new += 1;
            self.cac_new += cac;
        }
        if values.lapsed.get(position).copied().unwrap_or(true) {
            self.lapsed_margin += yearly;
            if row.recent != Flat::default() {
                let whole = evaluation.prepared.account(evaluation.accounts, position);
                gone.add(&whole.unwrap_or_default().recent)?;
            }
        } else {
            self.active += 1;
            self.cac_active += cac;
            self.hours_year += hours * row.recent.orders;
            self.expected_margin += yearly;
            self.active_average += average;
            let class = evaluation.retention.class(position);
            if let Some(class) = self.classes.get_mut(class) {
                class.active += 1;
                class.margin += yearly;
                class.average += average;
                class.detail += detail(evaluation, &row.recent);
                class.hours += hours * row.recent.orders;
            }
        }
        Ok(())
    }

    /// Whether its active accounts have more than one retention.
    pub fn is_mixed(&self) -> bool {
        self.classes.iter().filter(|class| class.active > 0).count() > 1
    }

    /// L7's multiple: with several retentions, weighted by the margin that each applies to.
    pub fn multiple_over(&self, evaluation: &Evaluation) -> f64 {
        let multiple = |class| l7_horizon::multiple(&evaluation.outlook(class));
        let margin = self.expected_margin;
        if !self.is_mixed() || margin == 0.0 {
            return multiple(self.main_class());
        }
        let classes = self.classes.iter().enumerate();
        classes
            .map(|(at, class)| class.margin * multiple(at))
            .sum::<f64>()
            / margin
    }

    /// Constraint hours expected over the horizon, each class with its own retention: orders do not
    /// grow with the margin.
    pub fn hours_ahead(&self, evaluation: &Evaluation) -> f64 {
        let ahead = |(at, class): (usize, &Class)| {
            let outlook = Outlook {
                growth_per_year: 0.0,
                ..evaluation.outlook(at)
            };
            l7_horizon::flows(&outlook, class.hours).iter().sum::<f64>()
        };
        self.classes.iter().enumerate().map(ahead).sum()
    }

    /// Retention: with several, weighted by the active accounts that have each.
    pub fn retention(&self, evaluation: &Evaluation) -> f64 {
        let rate = |class: usize| evaluation.outlook(class).retention_per_year;
        if !self.is_mixed() {
            return rate(self.main_class());
        }
        let classes = self.classes.iter().enumerate();
        let sum: f64 = classes
            .map(|(at, class)| f64::from(class.active) * rate(at))
            .sum();
        sum / f64::from(self.active)
    }

    /// The first class with active accounts; the common one where none is active.
    fn main_class(&self) -> usize {
        let active = |class: &Class| class.active > 0;
        self.classes.iter().position(active).unwrap_or(0)
    }

    /// What winning one account like the active ones costs now, and what it leaves in each year of
    /// the horizon, not discounted.
    pub fn flows(&self, evaluation: &Evaluation) -> Vec<f64> {
        let active = f64::from(self.active);
        let mut flows = vec![0.0; evaluation.inputs.horizon.get() as usize + 1];
        for (at, class) in self.classes.iter().enumerate().filter(|c| c.1.active > 0) {
            let margin = class.margin / active;
            let years = l7_horizon::flows(&evaluation.outlook(at), margin);
            for (flow, year) in flows.iter_mut().skip(1).zip(years) {
                *flow += year;
            }
        }
        if let Some(now) = flows.first_mut() {
            *now = -self.cac_active / active;
        }
        flows
    }

    /// A sum over the classes that have active accounts, by what one of them has.
    pub(super) fn over_classes(
        &self,
        one: impl Fn(usize, &Class) -> Result<f64, WhyNot>,
    ) -> Result<f64, WhyNot> {
        let mut sum = 0.0;
        for (at, class) in self.classes.iter().enumerate().filter(|c| c.1.active > 0) {
            sum += one(at, class)?;
        }
        Ok(sum)
    }
}
