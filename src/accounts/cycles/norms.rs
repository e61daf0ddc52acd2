//! What is usual in the book and in each segment: for accounts with few orders of their own.

use crate::accounts::account::Accounts;
use crate::accounts::history::{Histories, History};
use crate::base::num::median;
use crate::base::order::float_key;

/// Repeat orders from which a segment speaks for itself.
const FEWEST_REPEATS: u32 = 15;
/// Accounts with a second order from which a segment's first intervals speak for it.
const FEWEST_FIRSTS: usize = 5;
/// Order days from which an account shows how intervals vary.
const FEWEST_DAYS: u32 = 4;

/// What is usual among some accounts.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Norm {
    /// Days from the first order to the last, added up over accounts.
    pub days: f64,
    /// Order days after the first, added up over accounts.
    pub repeats: u32,
    /// Days from the first order to the second, by account, ascending.
    pub first_gaps: Vec<f64>,
}

/// What is usual in the book and its segments.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Norms {
    /// The whole book.
    pub book: Norm,
    /// By segment, as in [`Accounts::segments`]; accounts without one are measured by the book.
    pub segments: Vec<Norm>,
    /// Gaps over their own account's median gap, ascending: how much intervals vary.
    pub factors: Vec<f64>,
}

impl Norm {
    /// The pooled interval in days (`tau`): days over repeat orders; `None` without a repeat.
    pub fn interval_days(&self) -> Option<f64> {
        (self.repeats > 0 && self.days > 0.0).then(|| self.days / f64::from(self.repeats))
    }

    fn add(&mut self, history: &History) {
        let Some((first, last)) = history.first().zip(history.last()) else {
            return;
        };
        let repeats = history.order_days().saturating_sub(1);
        if repeats == 0 {
            return;
        }
        let days = f64::from(last.days_since(first));
        self.days += days;
        self.repeats = self.repeats.saturating_add(repeats);
        let second = match history.days {
            [one, two, ..] => f64::from(two.date.days_since(one.date)),
            _ => days / f64::from(repeats),
        };
        self.first_gaps.push(second);
    }
}

impl Norms {
    /// Counts them.
    pub fn of(histories: &Histories, accounts: &Accounts) -> Self {
        let mut norms = Self {
            segments: vec![Norm::default(); accounts.segments.len()],
            ..Self::default()
        };
        for (at, history) in histories.iter().enumerate() {
            norms.book.add(&history);
            let segment = accounts.list.get(at).and_then(|account| account.segment);
            if let Some(norm) = norms.segments.get_mut(place(segment)) {
                norm.add(&history);
            }
            if history.order_days() >= FEWEST_DAYS {
                norms.add_factors(&history.gaps());
            }
        }
        let segments = norms.segments.iter_mut();
        for norm in segments.chain(std::iter::once(&mut norms.book)) {
            sort(&mut norm.first_gaps);
        }
        sort(&mut norms.factors);
        norms
    }

    fn add_factors(&mut self, gaps: &[f64]) {
        if let Some(middle) = median(gaps).filter(|middle| *middle > 0.0) {
            self.factors.extend(gaps.iter().map(|gap| gap / middle));
        }
    }

    /// The pooled interval of a segment where it has repeat orders enough, else the book's, in
    /// days; and whether it is the segment's.
    pub fn interval_days(&self, segment: usize) -> Option<(f64, bool)> {
        let own = self.segments.get(segment);
        let own = own.filter(|norm| norm.repeats >= FEWEST_REPEATS);
        match own.and_then(Norm::interval_days) {
            Some(days) => Some((days, true)),
            None => Some((self.book.interval_days()?, false)),
        }
    }

    /// The first intervals of a segment where enough accounts have one, else the book's; and
    /// whether they are the segment's.
    pub fn first_gaps(&self, segment: usize) -> (&[f64], bool) {
        let own = self.segments.get(segment).map(|norm| &norm.first_gaps);
        match own.filter(|gaps| gaps.len() >= FEWEST_FIRSTS) {
            Some(gaps) => (gaps, true),
            None => (&self.book.first_gaps, false),
        }
    }
}

/// Sorts numbers that may be as many as the orders of a book.
fn sort(values: &mut Vec<f64>) {
    let keys = (0_u32..).zip(values.iter());
    let mut keys: Vec<(u64, u32)> = keys.map(|(at, value)| (float_key(*value), at)).collect();
    keys.sort_unstable();
    let sorted = keys.iter().filter_map(|(_, at)| values.get(*at as usize));
    *values = sorted.copied().collect();
}

/// A segment's place in [`Norms::segments`]; beyond it for an account without one.
pub fn place(segment: Option<u32>) -> usize {
    segment.map_or(usize::MAX, |segment| segment as usize)
}
