//! The order cycle of one account: interval, due date, lateness, state (S17).

use crate::accounts::account::Accounts;
use crate::accounts::history::{Histories, History};
use crate::base::Date;
use crate::base::num::{mad, median, quantile_of_sorted};

use super::chance::Chance;
use super::known::Known;
use super::norms::{Norms, place};
use super::pattern::recognised;
use super::season::{SHIFT_DAYS, resumes};
use super::settings::Settings;
use super::spread::Spread;
use super::whole_days;
use super::window::Window;

/// Gaps that the cycle is the median of.
const LATEST_GAPS: usize = 5;
/// Order days from which an account's own gaps speak for it.
const FEWEST_DAYS: u32 = 4;
/// Orders that the segment counts for, where an account has few of its own.
const PRIOR_WEIGHT: f64 = 2.0;

/// What a cycle rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// The account's own gaps.
    Own,
    /// The sums of an account summary: the mean gap, without its spread.
    Summed,
    /// Two or three order days, drawn towards what is usual (in its segment: `true`).
    Few(bool),
    /// One order day: what is usual after a first order (in its segment: `true`).
    One(bool),
}

/// Where an account stands.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
pub enum State {
    /// The expected date is ahead.
    NotDue,
    /// The expected date has come, and the window is not over.
    DueNow,
    /// It should have ordered.
    Overdue,
    /// It has probably stopped.
    ProbablyLost,
}

impl State {
    /// Its stable name in reports.
    pub const fn key(self) -> &'static str {
        match self {
            Self::NotDue => "not_due",
            Self::DueNow => "due_now",
            Self::Overdue => "overdue",
            Self::ProbablyLost => "probably_lost",
        }
    }

    /// The words for it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::NotDue => "Not due",
            Self::DueNow => "Due now",
            Self::Overdue => "Overdue",
            Self::ProbablyLost => "Probably lost",
        }
    }
}

/// What kind of rhythm it is, recognised or said by the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pattern {
    /// Silent in the same months every year.
    Seasonal,
    /// Releases of blanket orders.
    Blanket,
    /// By contract or schedule: intervals hardly vary, or the user gave the date.
    Contract,
    /// By project, as the user says: without a rhythm.
    Projects,
}

/// Why an account has no cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unknown {
    /// It has no order up to the as-of date.
    NoOrder,
    /// No account of the book has ordered on two days, so nothing is known of intervals.
    NoRepeats,
}

impl Unknown {
    /// The reason in words.
    pub const fn label(self) -> &'static str {
        match self {
            Self::NoOrder => "No order up to the as-of date.",
            Self::NoRepeats => {
                "No account has ordered on two days yet, so nothing is known of intervals."
            }
        }
    }
}

/// The cycle of an account, or of an account's item.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cycle {
    /// What it rests on.
    pub basis: Basis,
    /// Order days.
    pub order_days: u32,
    /// Day of the last order.
    pub last: Date,
    /// The usual interval in days.
    pub cycle_days: f64,
    /// Median absolute deviation of the gaps in days; `None` where it rests on others' gaps.
    pub spread_days: Option<f64>,
    /// The day on which the next order is expected.
    pub due: Date,
    /// The days between which the next order falls with a chance of 80 %: the 10 and 90 % points.
    pub window: (Date, Date),
    /// The window and the expected day are those of the model fitted to the book.
    pub fitted_window: bool,
    /// Days since the last order.
    pub silent_days: i32,
    /// Days since the last order over the cycle (S17); where a date is expected (season, contract), one
    /// more than the cycles past it.
    pub ratio: f64,
    /// The share of comparable intervals that have ended by now, 0 to 1.
    pub lateness: f64,
    /// The chance that the account is alive, 0 to 1.
    pub alive: f64,
    /// Where that chance comes from.
    pub chance: Chance,
    /// Where the account stands.
    pub state: State,
    /// The kind of rhythm, where one is known.
    pub pattern: Option<Pattern>,
    /// The user said so.
    pub said: bool,
}

impl Cycle {
    /// Whether the account counts as lapsed: silent for more than so many cycles (S22).
    pub fn has_lapsed(&self, settings: &Settings) -> bool {
        self.ratio > settings.lapsed_ratio && self.pattern != Some(Pattern::Projects)
    }

    /// The day on which it lapsed, or will.
    pub fn lapse_day(&self, settings: &Settings) -> Date {
        let ahead = (settings.lapsed_ratio - self.ratio) * self.cycle_days;
        let silent = f64::from(self.silent_days);
        self.last.plus_days(whole_days(silent + ahead))
    }

    /// Days since the next order was expected; 0 until then.
    pub fn overdue_days(&self) -> i32 {
        let as_of = self.last.plus_days(self.silent_days);
        as_of.days_since(self.due).max(0)
    }

    /// Money at risk in the base currency: expected order contribution x (1 - P(alive)) x the share
    /// of lifetime value that is still to come, 0 to 1 (S17).
    pub fn at_risk(&self, order_contribution: f64, remaining_share: f64) -> f64 {
        order_contribution.max(0.0) * (1.0 - self.alive) * remaining_share.clamp(0.0, 1.0)
    }

    /// Money at stake, in the unit of `value`: what comes back only if somebody acts. Lateness x
    /// P(alive) x value, so that neither the punctual nor the dead come first (MODELS 2.4).
    pub fn at_stake(&self, value: f64) -> f64 {
        self.lateness * self.alive * value.max(0.0)
    }
}

/// What is expected of the next interval.
#[derive(Clone, Copy)]
struct Rhythm<'a> {
    basis: Basis,
    cycle_days: f64,
    spread_days: Option<f64>,
    /// Days from the last order to the next, where that is not the cycle.
    expected_days: f64,
    spread: Spread<'a>,
    /// The model's window, where it comes before the spread.
    fitted: Option<Window>,
    pattern: Option<Pattern>,
    said: bool,
}

/// The cycle of one account as of a date. `segment` is its place in [`Norms::segments`].
///
/// # Errors
/// [`Unknown`] says why there is none.
pub fn cycle(
    history: &History,
    as_of: Date,
    norms: (&Norms, usize),
    settings: &Settings,
    (chance, window): (Chance, Option<Window>),
    known: Option<Known>,
) -> Result<Cycle, Unknown> {
    let last = history.last().ok_or(Unknown::NoOrder)?;
    let gaps = history.gaps();
    let mut rhythm = rhythm(history, &gaps, norms)?;
    rhythm.said = known.is_some();
    match known {
        Some(Known::Projects) => rhythm.pattern = Some(Pattern::Projects),
        Some(Known::Contract(due)) => rhythm.agree(last, due, Pattern::Contract),
        Some(Known::Blanket(due)) => rhythm.agree(last, due, Pattern::Blanket),
        Some(Known::Seasonal(due)) => {
            rhythm.agree(last, due, Pattern::Seasonal);
            rhythm.spread = Spread::around(f64::from(SHIFT_DAYS));
        }
        None => rhythm.wait_for_season(history, last, as_of),
    }
    if rhythm.pattern.is_none() && history.summed.is_none() {
        rhythm.fitted = window.filter(Window::holds);
    }
    Ok(rhythm.stands(history.order_days(), last, as_of, settings, chance))
}

/// The cycles of all accounts. `chances`, `windows` and `known` are by position; where they are short,
/// the fallback is used and nothing is known.
pub fn cycles(
    histories: &Histories,
    accounts: &Accounts,
    settings: &Settings,
    (chances, windows): (&[Chance], &[Option<Window>]),
    known: &[Option<Known>],
) -> Vec<Result<Cycle, Unknown>> {
    let norms = Norms::of(histories, accounts);
    let each = histories.iter().enumerate();
    each.map(|(at, history)| {
        let segment = accounts.list.get(at).and_then(|account| account.segment);
        cycle(
            &history,
            histories.as_of,
            (&norms, place(segment)),
            settings,
            (
                chances.get(at).copied().unwrap_or_default(),
                windows.get(at).copied().flatten(),
            ),
            known.get(at).copied().flatten(),
        )
    })
    .collect()
}

/// The usual interval and how it varies.
fn rhythm<'a>(
    history: &History,
    gaps: &[f64],
    (norms, segment): (&'a Norms, usize),
) -> Result<Rhythm<'a>, Unknown> {
    let days = history.order_days();
    if days >= FEWEST_DAYS && history.summed.is_none() {
        return Ok(Rhythm::own(gaps, recognised(history, gaps)));
    }
    if days <= 1 {
        let (first_gaps, of_segment) = norms.first_gaps(segment);
        let middle = quantile_of_sorted(first_gaps, 0.5).ok_or(Unknown::NoRepeats)?;
        let spread = Spread::Sample(first_gaps, 1.0);
        return Ok(Rhythm::of(Basis::One(of_segment), middle, spread));
    }
    let (first, last) = history
        .first()
        .zip(history.last())
        .ok_or(Unknown::NoOrder)?;
    let spanned = f64::from(last.days_since(first));
    let repeats = f64::from(days - 1);
    if history.summed.is_some() && days >= FEWEST_DAYS {
        let mean = (spanned / repeats).max(1.0);
        let spread = Spread::like(&norms.factors, mean);
        return Ok(Rhythm::of(Basis::Summed, mean, spread));
    }
    let (usual, of_segment) = norms.interval_days(segment).ok_or(Unknown::NoRepeats)?;
    let shrunk = ((PRIOR_WEIGHT * usual + spanned) / (PRIOR_WEIGHT + repeats)).max(1.0);
    let spread = Spread::like(&norms.factors, shrunk);
    Ok(Rhythm::of(Basis::Few(of_segment), shrunk, spread))
}

impl<'a> Rhythm<'a> {
    fn of(basis: Basis, cycle_days: f64, spread: Spread<'a>) -> Self {
        Self {
            basis,
            cycle_days,
            spread_days: None,
            expected_days: cycle_days,
            spread,
            fitted: None,
            pattern: None,
            said: false,
        }
    }

    /// From an account's own gaps: the latest five.
    fn own(gaps: &[f64], pattern: Option<Pattern>) -> Self {
        let latest = gaps
            .get(gaps.len().saturating_sub(LATEST_GAPS)..)
            .unwrap_or_default();
        let cycle_days = median(latest).unwrap_or(1.0).max(1.0);
        let mad_days = mad(latest).unwrap_or_default();
        Self {
            spread_days: Some(mad_days),
            pattern,
            ..Self::of(Basis::Own, cycle_days, Spread::own(mad_days, cycle_days))
        }
    }

    /// Expects the next order on an agreed day, if that is after the last order.
    fn agree(&mut self, last: Date, due: Date, pattern: Pattern) {
        self.pattern = Some(pattern);
        if due > last {
            self.expected_days = f64::from(due.days_since(last));
            self.spread = Spread::own(0.0, self.cycle_days);
        }
    }

    /// Expects the next order when the season comes, if the account is silent as in other years.
    fn wait_for_season(&mut self, history: &History, last: Date, as_of: Date) {
        let (_, usual) = self.spread.window(self.expected_days);
        if self.basis != Basis::Own || f64::from(as_of.days_since(last)) <= usual {
            return;
        }
        let again = resumes(history, usual).map(|again| f64::from(again.days_since(last)));
        if let Some(expected_days) = again.filter(|days| *days > usual) {
            self.expected_days = expected_days;
            self.spread = Spread::around(f64::from(SHIFT_DAYS));
            self.pattern = Some(Pattern::Seasonal);
        }
    }

    /// Where an account stands on a day.
    fn stands(
        self,
        order_days: u32,
        last: Date,
        as_of: Date,
        settings: &Settings,
        chance: Chance,
    ) -> Cycle {
        let silent_days = as_of.days_since(last).max(0);
        let silent = f64::from(silent_days);
        let expected_days = self
            .fitted
            .map_or(self.expected_days, |fitted| fitted.middle_days);
        let (low, high) = self.fitted.map_or_else(
            || self.spread.window(expected_days),
            |fitted| (fitted.early_days, fitted.late_days),
        );
        let day = |days: f64| last.plus_days(whole_days(days));
        let past_due = silent - expected_days;
        // An agreed day or a season moves the expected day, the model's window does not.
        let ratio = 1.0 + (silent - self.expected_days) / self.cycle_days;
        let lateness = self.fitted.map_or_else(
            || self.spread.share(expected_days, silent),
            |fitted| fitted.lateness,
        );
        let alive = match self.pattern {
            Some(Pattern::Projects) if chance == Chance::Fallback => 1.0,
            // A season may come a month later without meaning anything.
            Some(Pattern::Seasonal) => chance.alive(silent - high, self.cycle_days),
            _ => chance.alive(past_due, self.cycle_days),
        };
        let late = lateness > settings.late_share;
        let fitted = matches!(chance, Chance::Fitted(_));
        let state = if self.pattern == Some(Pattern::Projects) {
            State::NotDue
        } else if alive < settings.lost_below && (late || fitted) {
            State::ProbablyLost
        } else if late && (self.fitted.is_some() || ratio >= settings.overdue_ratio) {
            State::Overdue
        } else if past_due >= 0.0 {
            State::DueNow
        } else {
            State::NotDue
        };
        Cycle {
            basis: self.basis,
            order_days,
            last,
            cycle_days: self.cycle_days,
            spread_days: self.spread_days,
            due: day(expected_days),
            window: (day(low), day(high)),
            fitted_window: self.fitted.is_some(),
            silent_days,
            ratio,
            lateness,
            alive,
            chance,
            state,
            pattern: self.pattern,
            said: self.said,
        }
    }
}
