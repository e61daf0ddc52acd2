//! Today's list: who should have ordered, what is at stake, who turns to them (S17, S62).

use crate::accounts::cycles::{Cycle, ItemCycle, Pattern, Route, State, words};
use crate::base::Date;
use crate::base::order::sort_by;

use super::marks::Hidden;
use super::watch::Watch;

/// Items named for one account.
const MOST_ITEMS: usize = 5;

/// One account to turn to.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Position in the book.
    pub account: usize,
    /// Its name.
    pub name: String,
    /// Where the account itself stands; only its items are late where this is `NotDue` and `due` is
    /// further ahead than the list looks.
    pub state: State,
    /// Why it is in the list, in words.
    pub reason: String,
    /// The day on which its order is, or was, expected.
    pub due: Date,
    /// Time since the last order over the usual interval.
    pub ratio: f64,
    /// Days since the expected day.
    pub overdue_days: i32,
    /// The days between which it is expected: the 10 and 90 % points.
    pub window: (Date, Date),
    /// The chance that it is alive, 0 to 1.
    pub alive: f64,
    /// Where that chance comes from.
    pub alive_from: &'static str,
    /// Money at stake, in the base currency: lateness x P(alive) x what is still to come.
    pub at_stake: f64,
    /// Money at risk, in the base currency: expected order x (1 - P(alive)) x share to come (S17).
    pub at_risk: f64,
    /// What a usual order of it leaves, in the base currency.
    pub order_value: f64,
    /// What it left in the 365 days up to its last order, in the base currency.
    pub value_per_year: f64,
    /// Who turns to it.
    pub route: Route,
    /// Items that are overdue, the largest first, five at most.
    pub items: Vec<ItemCycle>,
    /// The user's note.
    pub note: String,
}

/// Today's list.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Today {
    /// As of this date.
    pub as_of: Date,
    /// Most money at stake first; every account at most once.
    pub entries: Vec<Entry>,
    /// Accounts that would be here, but are snoozed, and until when.
    pub snoozed: Vec<(usize, Date)>,
    /// Accounts that would be here, but are marked as ceased.
    pub ceased: Vec<usize>,
    /// Items that would be here, but are put off or have ceased: account, item, why.
    pub items: Vec<(usize, String, Hidden)>,
    /// What must be said of the as-of date.
    pub stale: Option<String>,
}

impl Today {
    /// All that is at stake, in the base currency.
    pub fn at_stake(&self) -> f64 {
        self.entries.iter().map(|entry| entry.at_stake).sum()
    }
}

impl Watch<'_> {
    /// The list as of the as-of date. `today` is the day on which it is looked at, where the caller
    /// knows it: it only decides whether the as-of date is called stale.
    pub fn today(&self, today: Option<Date>) -> Today {
        let mut found = Today {
            as_of: self.as_of(),
            stale: words::stale(self.as_of(), self.histories.data_until, today),
            ..Today::default()
        };
        let mut items = self
            .items()
            .chunk_by(|a, b| a.account == b.account)
            .peekable();
        for account in 0..self.histories.len() {
            let of =
                |items: &&[ItemCycle]| items.first().is_some_and(|item| item.account == account);
            let own = items.next_if(of).unwrap_or_default();
            self.consider(account, own, &mut found);
        }
        sort_by(&mut found.entries, |a, b| {
            b.at_stake
                .total_cmp(&a.at_stake)
                .then_with(|| a.name.cmp(&b.name))
        });
        found
    }

    fn consider(&self, account: usize, items: &[ItemCycle], found: &mut Today) {
        let Some(cycle) = self.cycle(account) else {
            return;
        };
        let ahead = i32::try_from(self.inputs.ahead.get()).unwrap_or(i32::MAX);
        let soon = cycle.state == State::NotDue
            && cycle.pattern != Some(Pattern::Projects)
            && cycle.due <= self.as_of().plus_days(ahead);
        let due = soon || matches!(cycle.state, State::DueNow | State::Overdue);
        let late = match cycle.state {
            State::ProbablyLost => Vec::new(),
            _ => self.late_items(account, items, &mut found.items),
        };
        if !due && late.is_empty() {
            return;
        }
        let mark = self.marks.of(self.name(account));
        match mark.and_then(|mark| mark.hides(self.as_of(), cycle.last)) {
            Some(Hidden::Snoozed(until)) => found.snoozed.push((account, until)),
            Some(Hidden::Ceased) => found.ceased.push(account),
            None => {
                let mut entry = self.entry(account, due, late);
                entry.note = mark.map_or_else(String::new, |mark| mark.note.clone());
                found.entries.push(entry);
            }
        }
    }

    /// The items that are overdue and not hidden, by what they left in their last year.
    fn late_items(
        &self,
        account: usize,
        items: &[ItemCycle],
        left_out: &mut Vec<(usize, String, Hidden)>,
    ) -> Vec<ItemCycle> {
        let mark = self.marks.of(self.name(account));
        let mut late: Vec<ItemCycle> = Vec::new();
        for item in items
            .iter()
            .filter(|item| item.cycle.state == State::Overdue)
        {
            let mark = mark.and_then(|mark| mark.items.get(&item.item));
            match mark.and_then(|mark| mark.hides(self.as_of(), item.cycle.last)) {
                Some(why) => left_out.push((account, item.item.clone(), why)),
                None => late.push(item.clone()),
            }
        }
        sort_by(&mut late, |a, b| b.year_revenue.total_cmp(&a.year_revenue));
        late.truncate(MOST_ITEMS);
        late
    }

    fn entry(&self, account: usize, due: bool, items: Vec<ItemCycle>) -> Entry {
        // Only accounts with a cycle come here.
        let cycle = self.cycle(account).copied();
        let rate = self.rate(account);
        let of_items = items
            .iter()
            .map(|item| item.cycle.at_stake(item.year_revenue * rate));
        let of_items: f64 = of_items.sum();
        let of_account = cycle
            .filter(|_| due)
            .map_or(0.0, |c| c.at_stake(self.remaining(account)));
        let order_value = self.order_value(account);
        let value_per_year = self.value_per_year(account);
        let lead = items.first().map(|item| &item.cycle).filter(|_| !due);
        let shown = lead.or(cycle.as_ref());
        let reason = match (cycle, due) {
            (Some(cycle), true) => words::reason(&cycle),
            _ => items.first().map_or_else(String::new, |item| {
                format!("{}: {}", item.item, words::reason(&item.cycle))
            }),
        };
        Entry {
            account,
            name: self.name(account).to_owned(),
            state: cycle.map_or(State::NotDue, |cycle| cycle.state),
            reason,
            due: shown.map_or(self.as_of(), |cycle| cycle.due),
            ratio: shown.map_or(0.0, |cycle| cycle.ratio),
            overdue_days: shown.map_or(0, Cycle::overdue_days),
            window: shown.map_or((self.as_of(), self.as_of()), |cycle| cycle.window),
            alive: cycle.map_or(0.0, |cycle| cycle.alive),
            alive_from: cycle.map_or("", |cycle| cycle.chance.label()),
            at_stake: of_account.max(of_items),
            at_risk: cycle.map_or(0.0, |cycle| {
                cycle.at_risk(order_value, self.remaining_share(account))
            }),
            order_value,
            value_per_year,
            route: self.settings.route(value_per_year),
            items,
            note: String::new(),
        }
    }
}
