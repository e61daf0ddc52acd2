//! The reason of a cycle in words: "usually every 13 weeks (11 to 15), last order 17 weeks ago".
//!
//! In: a [`Cycle`] and the as-of date. Out: one sentence for the list, the panel and exports. Days
//! below three weeks, weeks below half a year, else months; one unit in a sentence.

use crate::base::{Date, counted};

use super::cycle::{Basis, Cycle, Pattern};
use super::whole_days;

/// A unit of time that a sentence speaks in.
#[derive(Clone, Copy)]
struct Speech {
    days: f64,
    one: &'static str,
}

const DAYS: Speech = Speech {
    days: 1.0,
    one: "day",
};
const WEEKS: Speech = Speech {
    days: 7.0,
    one: "week",
};
const MONTHS: Speech = Speech {
    days: 30.436_875,
    one: "month",
};

impl Speech {
    fn of(cycle_days: f64) -> Self {
        if cycle_days < 21.0 {
            DAYS
        } else if cycle_days < 182.0 {
            WEEKS
        } else {
            MONTHS
        }
    }

    fn whole(self, days: f64) -> i32 {
        whole_days(days / self.days)
    }

    /// "13 weeks", "1 week"; less than half of one in days.
    fn length(self, days: f64) -> String {
        match self.whole(days) {
            0 => counted(&whole_days(days), DAYS.one),
            whole => counted(&whole, self.one),
        }
    }

    /// "every 13 weeks", "every week".
    fn every(self, days: f64) -> String {
        match self.whole(days).max(1) {
            1 => format!("every {}", self.one),
            whole => format!("every {}", counted(&whole, self.one)),
        }
    }
}

/// Why an account stands where it does.
///
/// ```
/// use perennial::accounts::cycles::{Chance, Norms, Settings, cycle, words};
/// use perennial::accounts::history::{History, OrderDay};
/// use perennial::base::{Date, Money};
/// let first = Date::parse("2025-01-06").unwrap();
/// let days: Vec<OrderDay> = [0, 84, 175, 266, 364]
///     .map(|after| OrderDay { date: first.plus_days(after), revenue: Money::ZERO, orders: 1 })
///     .into();
/// let history = History { days: &days, summed: None };
/// let as_of = first.plus_days(364 + 119);
/// let found = cycle(
///     &history, as_of, (&Norms::default(), 0), &Settings::default(), (Chance::Fallback, None), None,
/// );
/// assert_eq!(
///     words::reason(&found.unwrap()),
///     "Usually every 13 weeks (12 to 14), last order 17 weeks ago"
/// );
/// ```
pub fn reason(cycle: &Cycle) -> String {
    let speech = Speech::of(cycle.cycle_days);
    let ago = speech.length(f64::from(cycle.silent_days));
    let last = match cycle.silent_days {
        0 => "last order today".to_owned(),
        _ => format!("last order {ago} ago"),
    };
    let window = (
        f64::from(cycle.window.0.days_since(cycle.last)),
        f64::from(cycle.window.1.days_since(cycle.last)),
    );
    let (low, high) = (speech.whole(window.0), speech.whole(window.1));
    let window = match (cycle.fitted_window, low, high) {
        (false, low, high) if low == high => String::new(),
        (false, 0, high) => format!(" (up to {high})"),
        (false, low, high) => format!(" ({low} to {high})"),
        // The model goes by all orders, so that its window need not lie around the usual interval.
        (true, 0, high) => format!(" (next within {high} by the forecast)"),
        (true, low, high) if low == high => format!(" (next after {high} by the forecast)"),
        (true, low, high) => format!(" (next after {low} to {high} by the forecast)"),
    };
    let every = speech.every(cycle.cycle_days);
    let due = cycle.due;
    match (cycle.pattern, cycle.basis) {
        (Some(Pattern::Projects), _) => format!("Orders by project, as you said; {last}"),
        (Some(Pattern::Seasonal), _) if cycle.said => {
            format!("Buys in season, as you said: next about {due}; {last}")
        }
        (Some(Pattern::Seasonal), _) if due <= cycle.last.plus_days(cycle.silent_days) => format!(
            "Seasonal: usually {every}; a year ago it was silent until about {} only; {last}",
            due.plus_months(-12)
        ),
        (Some(Pattern::Seasonal), _) => format!(
            "Seasonal: usually {every}, but silent at this time of last year too until about {}; \
             {last}",
            due.plus_months(-12)
        ),
        (Some(Pattern::Contract), _) if expected_apart(cycle) => {
            format!("By contract due on {due}; {last}")
        }
        (Some(Pattern::Blanket), _) if expected_apart(cycle) => {
            format!("Its blanket order ends on {due}; {last}")
        }
        (Some(Pattern::Contract), _) => format!("By schedule {every}{window}, {last}"),
        (Some(Pattern::Blanket), _) => {
            format!("Releases of a blanket order, usually {every}{window}, {last}")
        }
        (None, Basis::Own) => format!("Usually {every}{window}, {last}"),
        (None, Basis::Summed) => {
            format!("On average {every}{window} (known from its sums only), {last}")
        }
        (None, Basis::Few(segment)) => format!(
            "About {every}{window} by its {} and {}, {last}",
            counted(&cycle.order_days, "order day"),
            usual(segment)
        ),
        (None, Basis::One(segment)) => format!(
            "One order so far; by {} a second follows after {}{window}, {last}",
            usual(segment),
            speech.length(cycle.cycle_days)
        ),
    }
}

/// Whether the due date is an agreed one, not the last order plus the cycle.
fn expected_apart(cycle: &Cycle) -> bool {
    cycle.due != cycle.last.plus_days(whole_days(cycle.cycle_days))
}

const fn usual(segment: bool) -> &'static str {
    if segment {
        "what is usual in its segment"
    } else {
        "what is usual in the whole book"
    }
}

/// Days by which an as-of date may differ from the last order of the data, or be still to come, before
/// that must be said.
const STALE_DAYS: i32 = 31;

/// Whether a day is still so far to come that it must be said.
pub fn is_ahead(day: Date, today: Option<Date>) -> bool {
    today.is_some_and(|today| day.days_since(today) > STALE_DAYS)
}

/// What must be said of an as-of date, seen beside the last order of the data and, where the caller
/// knows it, the day on which it is looked at (a shared file may be opened much later).
///
/// ```
/// use perennial::accounts::cycles::words::stale;
/// use perennial::base::Date;
/// let day = |text| Date::parse(text).unwrap();
/// assert_eq!(stale(day("2026-03-31"), day("2026-03-30"), None), None);
/// assert!(stale(day("2026-06-30"), day("2026-03-30"), None).unwrap().contains("92 days"));
/// assert!(stale(day("2026-03-31"), day("2026-03-30"), Some(day("2026-09-01"))).is_some());
/// assert!(stale(day("2029-01-05"), day("2029-01-05"), Some(day("2026-09-01"))).is_some());
/// ```
pub fn stale(as_of: Date, data_until: Date, today: Option<Date>) -> Option<String> {
    if is_ahead(as_of, today) {
        return Some(format!(
            "Everything here is as of {as_of}, which is still to come: accounts look later than they \
             are. Set the as-of date back, or mend the orders that are dated ahead."
        ));
    }
    let beyond = as_of.days_since(data_until);
    if beyond > STALE_DAYS {
        return Some(format!(
            "The orders end on {data_until}, {beyond} days before the as-of date {as_of}: accounts \
             look later than they are. Add newer orders, or set the as-of date back."
        ));
    }
    let passed = today.map_or(0, |today| today.days_since(as_of));
    (passed > STALE_DAYS).then(|| {
        format!(
            "Everything here is as of {as_of}, {passed} days ago: some of these accounts will have \
             ordered since. Add newer orders."
        )
    })
}
