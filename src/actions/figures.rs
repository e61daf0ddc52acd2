//! The figures of order cycles by metric key: of the book, or of one account.

use rust_decimal::Decimal;

use crate::accounts::cycles::State;
use crate::accounts::hurdle::{Bars, month_ends};
use crate::accounts::retention::{periods, repeats};
use crate::metrics::{Exactness, Figure, Figures, Number, WhyNot};

use super::watch::Watch;

/// Collects figures with the exactness that their definitions have.
#[derive(Default)]
struct Writer(Figures);

impl Writer {
    fn put(&mut self, key: &str, value: Result<Number, WhyNot>) {
        let specs = super::outputs::SPECS.iter().copied().flatten();
        let exactness = specs
            .filter(|spec| spec.key == key)
            .map(|spec| spec.exactness)
            .next();
        let figure = Figure {
            value,
            exactness: exactness.unwrap_or(Exactness::Estimated),
            coverage: None,
            note: None,
        };
        self.0.insert(key.to_owned(), figure);
    }

    fn float(&mut self, key: &str, value: Option<f64>, missing: &str) {
        let value = value.filter(|value| value.is_finite()).map(Number::Float);
        self.put(key, value.ok_or_else(|| WhyNot(missing.to_owned())));
    }

    fn count(&mut self, key: &str, count: usize) {
        self.put(key, Ok(Number::Exact(Decimal::from(count))));
    }

    fn note(&mut self, key: &str, note: &str) {
        if let Some(figure) = self.0.get_mut(key) {
            figure.note = Some(note.to_owned());
        }
    }
}

impl Watch<'_> {
    /// The figures of one account.
    pub fn account_figures(&self, account: usize) -> Figures {
        let mut out = Writer::default();
        let cycle = self.cycles().get(account);
        let (cycle, missing) = match cycle {
            Some(Ok(cycle)) => (Some(cycle), ""),
            Some(Err(why)) => (None, why.label()),
            None => (None, "The book has no such account."),
        };
        let of = |pick: fn(&crate::accounts::cycles::Cycle) -> f64| cycle.map(pick);
        out.float("cycle_days", of(|c| c.cycle_days), missing);
        out.float("silent_days", of(|c| f64::from(c.silent_days)), missing);
        out.float("lateness", of(|c| 100.0 * c.lateness), missing);
        out.float("alive_chance", of(|c| 100.0 * c.alive), missing);
        if let Some(cycle) = cycle {
            out.note("alive_chance", cycle.chance.label());
            out.note("cycle_days", &crate::accounts::cycles::words::reason(cycle));
        }
        let order_value = self.order_value(account);
        let share = self.remaining_share(account);
        out.float("order_value", cycle.map(|_| order_value), missing);
        out.float("remaining_share", cycle.map(|_| 100.0 * share), missing);
        let at_risk = cycle.map(|cycle| cycle.at_risk(order_value, share));
        out.float("money_at_risk", at_risk, missing);
        let future = self.evaluation.values.future.get(account).copied();
        let known = future.is_some_and(f64::is_finite);
        let at_stake = cycle.filter(|_| known);
        let at_stake = at_stake.map(|cycle| cycle.at_stake(self.remaining(account)));
        let no_future = "The headline method gives no future value.";
        out.float(
            "money_at_stake",
            at_stake,
            if known { missing } else { no_future },
        );
        out.0
    }

    /// The figures of the book.
    pub fn book_figures(&self) -> Figures {
        let mut out = Writer::default();
        let states = || self.cycles().iter().flatten().map(|cycle| cycle.state);
        for (key, state) in [
            ("accounts_due", State::DueNow),
            ("accounts_overdue", State::Overdue),
            ("accounts_lost", State::ProbablyLost),
        ] {
            out.count(key, states().filter(|found| *found == state).count());
        }
        out.float("stake_total", Some(self.today(None).at_stake()), "");
        let repeats = repeats(self.cycles());
        out.count("repeaters", repeats.repeated as usize);
        out.count("one_timers", repeats.once as usize);
        let rate = repeats.rate().map(|rate| 100.0 * rate);
        out.float(
            "repeat_rate_known",
            rate,
            "Every account is too young to tell.",
        );
        let year = periods(self.histories, crate::accounts::RECENT_DAYS).pop();
        let missing = "It takes two years of orders.";
        let gross = year.and_then(|year| year.gross());
        out.float("gross_retention", gross.map(|share| 100.0 * share), missing);
        let net = year.and_then(|year| year.net());
        out.float("net_retention", net.map(|share| 100.0 * share), missing);
        let month = month_ends(self.histories, Bars::default()).pop();
        let recent = month.and_then(|month| month.repeater_share());
        out.float(
            "recent_repeaters",
            recent.map(|share| 100.0 * share),
            "There are no orders.",
        );
        out.0
    }
}
