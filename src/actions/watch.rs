//! The cycles of all accounts beside their values: what the list, the sheets and the figures share.

use crate::accounts::cycles::{Cycle, ItemCycle, Norms, Settings, Unknown, place};
use crate::accounts::history::Histories;
use crate::accounts::lapsed::{Lapsed, Winback, lapse_day, lapsed, last_year};
use crate::base::Date;
use crate::orders::OrderBook;
use crate::value::Evaluation;

use super::inputs::Inputs;
use super::marks::Marks;
use super::review::Review;
use super::rhythms::Rhythms;

/// Nothing is judged.
static NOTHING: Review = Review::NONE;

/// A valued book under watch.
#[derive(Debug)]
pub struct Watch<'a> {
    /// The values.
    pub evaluation: &'a Evaluation<'a>,
    /// The lines.
    pub book: &'a OrderBook,
    /// The order days, as of the same date.
    pub histories: &'a Histories,
    /// What the user has marked.
    pub marks: &'a Marks,
    /// What the user has judged.
    pub review: &'a Review,
    /// The assumptions.
    pub inputs: Inputs,
    /// The same as thresholds.
    pub settings: Settings,
    /// The cycles.
    pub rhythms: &'a Rhythms,
}

impl<'a> Watch<'a> {
    /// Puts cycles beside values. The order days and cycles are of the evaluation's as-of date, the
    /// cycles under [`Watch::settings_of`] its assumptions.
    pub fn new(
        evaluation: &'a Evaluation<'a>,
        book: &'a OrderBook,
        histories: &'a Histories,
        rhythms: &'a Rhythms,
        marks: &'a Marks,
    ) -> Self {
        Self {
            inputs: Inputs::read(evaluation.resolved),
            settings: rhythms.settings,
            evaluation,
            book,
            histories,
            marks,
            rhythms,
            review: &NOTHING,
        }
    }

    /// The same with what the user has judged.
    #[must_use]
    pub const fn reviewed(self, review: &'a Review) -> Self {
        Self { review, ..self }
    }

    /// The thresholds of an evaluation, for its [`Rhythms`].
    pub fn settings_of(evaluation: &Evaluation) -> Settings {
        Inputs::read(evaluation.resolved).settings()
    }

    /// By account: its cycle, or why there is none.
    pub fn cycles(&self) -> &'a [Result<Cycle, Unknown>] {
        &self.rhythms.cycles
    }

    /// The date up to which orders count.
    pub const fn as_of(&self) -> Date {
        self.histories.as_of
    }

    /// An account's name.
    pub fn name(&self, account: usize) -> &'a str {
        let account = self.evaluation.accounts.list.get(account);
        account.map_or("", |account| account.name.as_str())
    }

    /// An account's cycle; `None` for one without.
    pub fn cycle(&self, account: usize) -> Option<&'a Cycle> {
        self.cycles().get(account)?.as_ref().ok()
    }

    /// The cycles of all accounts' items.
    pub fn items(&self) -> &'a [ItemCycle] {
        self.rhythms.items(self.book, self.histories)
    }

    /// What is usual in the book, and the place of an account's segment in it.
    pub fn norms(&self, account: usize) -> (&'a Norms, usize) {
        let accounts = self.evaluation.accounts;
        let segment = accounts.list.get(account).and_then(|one| one.segment);
        let norms = self.rhythms.norms(accounts, self.histories);
        (norms, place(segment))
    }

    /// Value over revenue of an account's whole history, on the chosen basis; 0 without revenue.
    pub fn rate(&self, account: usize) -> f64 {
        let past = self.evaluation.values.past.get(account).copied();
        let row = self.evaluation.prepared.rows.get(account);
        let revenue = row.map_or(0.0, |row| row.total.revenue);
        let rate = past.unwrap_or_default() / revenue;
        if revenue > 0.0 && rate.is_finite() {
            rate
        } else {
            0.0
        }
    }

    /// The same of every account.
    pub fn rates(&self) -> Vec<f64> {
        (0..self.histories.len())
            .map(|account| self.rate(account))
            .collect()
    }

    /// What an account's usual order leaves, in the base currency.
    pub fn order_value(&self, account: usize) -> f64 {
        let usual = self.histories.of(account).usual_order();
        usual.unwrap_or_default() * self.rate(account)
    }

    /// What an account left in the 365 days up to its last order, per year.
    pub fn value_per_year(&self, account: usize) -> f64 {
        last_year(&self.histories.of(account), self.rate(account))
    }

    /// What is still to come of an account by the headline method, at least one usual order: an
    /// account that counts as lapsed there may only have a long cycle.
    pub fn remaining(&self, account: usize) -> f64 {
        let future = self.evaluation.values.future.get(account).copied();
        let future = future.filter(|value| value.is_finite()).unwrap_or_default();
        future.max(self.order_value(account)).max(0.0)
    }

    /// The share of an account's value, past and to come, that is still to come, 0 to 1.
    pub fn remaining_share(&self, account: usize) -> f64 {
        let past = self.evaluation.values.past.get(account).copied();
        let past = past.filter(|past| *past > 0.0).unwrap_or_default();
        let remaining = self.remaining(account);
        if remaining > 0.0 {
            remaining / (past + remaining)
        } else {
            0.0
        }
    }

    /// Months without an order after which an account counts as lapsed, where the user says so.
    pub fn lapse_months(&self) -> Option<u32> {
        Some(self.inputs.lapsed_months.get()).filter(|months| *months > 0)
    }

    /// The day on which an account lapsed, if it has.
    pub fn lapse_day(&self, cycle: &Cycle) -> Option<Date> {
        lapse_day(cycle, self.as_of(), &self.settings, self.lapse_months())
    }

    /// The lapsed accounts, the largest loss first, with what winning them back may cost (S22). An
    /// account that came back is worth what the headline method makes of its last year.
    pub fn lapsed(&self) -> Vec<Lapsed> {
        let evaluation = self.evaluation;
        let outlook = evaluation.outlook(0);
        let years = evaluation.multiple(evaluation.inputs.method, &outlook);
        let winback = Winback {
            chance: self.inputs.winback.fraction(),
            years: years.ok().filter(|years| years.is_finite()).unwrap_or(1.0),
            months: self.lapse_months(),
        };
        lapsed(
            self.histories,
            self.cycles(),
            &self.rates(),
            &self.settings,
            &winback,
        )
    }
}
