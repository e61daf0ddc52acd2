//! Each account's lines by day: first and last order, days and years with an order, parts and
//! plants.

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use super::account::Account;
use super::build::Days;
use super::groups::{Combos, Grouped};
use super::part::part;
use super::tally::OUT;
use crate::base::{Date, Money};
use crate::orders::names::NONE;
use crate::orders::number::money;
use crate::orders::{Attr, LineKind, Measure, OrderBook};

/// The accounts with everything that depends on the order of their lines; sums come later.
pub(super) fn accounts(
    book: &OrderBook,
    days: Days,
    grouped: &mut Grouped,
    combos: &Combos,
) -> Vec<Account> {
    grouped.forget();
    let mut walker = Walker::new(book, days);
    book.account_names()
        .iter()
        .enumerate()
        .map(|(at, name)| {
            let mut account = Account {
                name: name.clone(),
                ..Account::default()
            };
            let id = u32::try_from(at).unwrap_or(OUT);
            let mut last_combo = OUT;
            for line in book.lines_of(at) {
                let combo = combos.of_line(*line as usize);
                let date = book
                    .dates()
                    .get(*line as usize)
                    .copied()
                    .unwrap_or_default();
                if combo != last_combo && days.counts(date) {
                    last_combo = combo;
                    grouped.account(id, combo);
                }
            }
            walker.walk(id, book.lines_of(at), &mut account);
            account
        })
        .collect()
}

/// The state of a walk: what was seen of which account last.
struct Walker<'a> {
    book: &'a OrderBook,
    days: Days,
    /// The part of each item.
    parts: Vec<u32>,
    /// By part: the account that ordered it last, and its first day there.
    part_seen: Vec<(u32, Date)>,
    /// By site: the account that ordered there last, and whether recently.
    site_seen: Vec<(u32, bool)>,
}

impl<'a> Walker<'a> {
    fn new(book: &'a OrderBook, days: Days) -> Self {
        let (parts, count) = part_ids(book);
        let sites = book.text(Attr::Site).names.len();
        Self {
            book,
            days,
            parts,
            part_seen: vec![(OUT, Date::default()); count],
            site_seen: vec![(OUT, false); sites],
        }
    }

    fn walk(&mut self, id: u32, lines: &[u32], account: &mut Account) {
        let book = self.book;
        let revenue = book.amounts(Measure::Revenue);
        let mut span: Option<(Date, Date)> = None;
        let mut any: Option<(Date, Date)> = None;
        let mut repeated = 0_i128;
        for line in lines {
            let line = *line as usize;
            let date = book.dates().get(line).copied().unwrap_or_default();
            if !self.days.counts(date) {
                break;
            }
            any = Some((any.map_or(date, |(first, _)| first), date));
            match book.kinds().get(line) {
                Some(LineKind::Return) => {
                    if self.part_before(id, line, date, false) {
                        repeated += revenue
                            .get(line)
                            .and_then(|v| v.at(revenue.scale()))
                            .unwrap_or(0);
                    }
                    continue;
                }
                Some(LineKind::Summary) => {
                    self.summary(line, date, account, &mut span);
                    continue;
                }
                _ => {}
            }
            if span.is_none_or(|(_, last)| last != date) {
                account.order_days += 1;
                account.active_years |= 1_u32.checked_shl(self.days.year_back(date)).unwrap_or(0);
            }
            span = Some((span.map_or(date, |(first, _)| first.min(date)), date));
            if self.part_before(id, line, date, true) {
                repeated += revenue
                    .get(line)
                    .and_then(|v| v.at(revenue.scale()))
                    .unwrap_or(0);
            }
            self.site(id, line, date, account);
        }
        let (first, last) = span.or(any).unwrap_or_default();
        (account.first, account.last) = (first, last);
        account.repeat_revenue = if self.parts.is_empty() {
            Money::ZERO
        } else {
            money(repeated, revenue.scale())
        };
        account.specs = self.specs(id, lines);
    }

    /// An account summary: its orders are taken to be spread evenly over its time.
    fn summary(
        &self,
        line: usize,
        date: Date,
        account: &mut Account,
        span: &mut Option<(Date, Date)>,
    ) {
        let at = u32::try_from(line).unwrap_or(NONE);
        let found = self.book.summaries().binary_search_by_key(&at, |s| s.line);
        let Some(summary) = found.ok().and_then(|at| self.book.summaries().get(at)) else {
            return;
        };
        let length = u32::try_from(date.days_since(summary.first)).unwrap_or(0);
        account.order_days = account
            .order_days
            .saturating_add(summary.orders.min(length.saturating_add(1)));
        let steps = summary.orders.saturating_sub(1).min(length).clamp(1, 4096);
        for step in 0..=steps {
            let days = u64::from(length) * u64::from(step) / u64::from(steps);
            let day = summary.first.plus_days(i32::try_from(days).unwrap_or(0));
            account.active_years |= 1_u32.checked_shl(self.days.year_back(day)).unwrap_or(0);
        }
        let (first, last) = span.unwrap_or((summary.first, date));
        *span = Some((first.min(summary.first), last.max(date)));
    }

    /// Whether the account had ordered the line's part on an earlier day; remembers it if `learn`.
    fn part_before(&mut self, id: u32, line: usize, date: Date, learn: bool) -> bool {
        let item = self.book.text(Attr::Item).ids.get(line);
        let part = self.parts.get(item as usize).copied().unwrap_or(NONE);
        let Some(seen) = self.part_seen.get_mut(part as usize) else {
            return false;
        };
        if seen.0 == id {
            return seen.1 < date;
        }
        if learn {
            *seen = (id, date);
        }
        false
    }

    fn site(&mut self, id: u32, line: usize, date: Date, account: &mut Account) {
        let site = self.book.text(Attr::Site).ids.get(line);
        let Some((seen, active)) = self.site_seen.get_mut(site as usize) else {
            return;
        };
        if *seen != id {
            (*seen, *active) = (id, false);
            account.sites += 1;
        }
        if self.days.recent(date) && !*active {
            *active = true;
            account.sites_active += 1;
        }
    }

    /// Distinct parts of an account that was just walked.
    fn specs(&mut self, id: u32, lines: &[u32]) -> u32 {
        if self.part_seen.is_empty() {
            return 0;
        }
        let items = &self.book.text(Attr::Item).ids;
        let mut count = 0;
        for line in lines {
            let item = items.get(*line as usize);
            let part = self.parts.get(item as usize).copied().unwrap_or(NONE);
            if let Some(seen) = self.part_seen.get_mut(part as usize)
                && seen.0 == id
            {
                // Taken out, so that each is counted once.
                seen.0 = OUT;
                count += 1;
            }
        }
        count
    }
}

/// The part of each item: items that differ in a revision only are one part.
fn part_ids(book: &OrderBook) -> (Vec<u32>, usize) {
    let items = &book.text(Attr::Item).names;
    let mut found: HashMap<&str, u32, FxBuildHasher> = HashMap::default();
    let parts = items
        .iter()
        .map(|item| {
            let next = u32::try_from(found.len()).unwrap_or(NONE);
            *found.entry(part(item)).or_insert(next)
        })
        .collect();
    let count = found.len();
    (parts, count)
}
