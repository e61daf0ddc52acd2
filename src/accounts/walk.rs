//! Each account's lines by day: first and last order, days and years with an order, parts and
//! plants.

use std::ops::Range;

use super::account::Account;
use super::build::Days;
use super::groups::{Combos, Grouped};
use super::part::part;
use super::tally::OUT;
use crate::base::parts::in_parts;
use crate::base::{Date, Money};
use crate::orders::column::Amounts;
use crate::orders::names::{NONE, Names};
use crate::orders::number::money;
use crate::orders::{Attr, LineKind, Measure, OrderBook};

/// The accounts with everything that depends on the order of their lines; sums come later.
#[inline(never)]
pub(super) fn accounts(
    book: &OrderBook,
    days: Days,
    grouped: &mut Grouped,
    combos: &Combos,
) -> Vec<Account> {
    grouped.forget();
    let mut walker = Walker::new(book, days, combos);
    let mut start = 0_usize;
    book.account_names()
        .iter()
        .enumerate()
        .map(|(at, name)| {
            let mut account = Account {
                name: name.clone(),
                ..Account::default()
            };
            let id = u32::try_from(at).unwrap_or(OUT);
            let lines = book.lines_of(at);
            let end = start.saturating_add(lines.len());
            walker.walk(id, start..end, lines, &mut account, grouped);
            start = end;
            account
        })
        .collect()
}

/// What a walk needs of a line, side by side: an account's lines lie all over the book, and each
/// column visited is another wait for memory.
#[derive(Clone, Copy)]
struct Step {
    date: Date,
    part: u32,
    combo: u32,
    kind: LineKind,
    /// Revenue in the column's decimals; [`i64::MIN`] where it does not fit.
    revenue: i64,
}

/// The steps in the order of [`OrderBook::lines_of`], account after account. Where the book is in
/// the order of days, they are dealt out rather than fetched: what is written lies together.
#[inline(never)]
fn steps(book: &OrderBook, combos: &Combos, parts: &[u32]) -> Vec<Step> {
    let items = &book.text(Attr::Item).ids;
    let revenue = book.amounts(Measure::Revenue).as_slice();
    let step = |line: usize| Step {
        date: book.dates().get(line).copied().unwrap_or_default(),
        part: parts.get(items.get(line) as usize).copied().unwrap_or(NONE),
        combo: combos.of_line(line),
        kind: book.kinds().get(line).copied().unwrap_or_default(),
        revenue: revenue
            .get(line)
            .copied()
            .filter(|value| *value > Amounts::LEAST)
            .unwrap_or(i64::MIN),
    };
    if !book.dates().is_sorted() {
        let accounts = 0..book.account_names().len();
        let lines = accounts.flat_map(|account| book.lines_of(account));
        return lines.map(|line| step(*line as usize)).collect();
    }
    let mut next = Vec::with_capacity(book.account_names().len());
    let mut start = 0;
    for account in 0..book.account_names().len() {
        next.push(start);
        start += book.lines_of(account).len();
    }
    let nothing = Step {
        date: Date::default(),
        part: NONE,
        combo: OUT,
        kind: LineKind::Sale,
        revenue: 0,
    };
    let mut steps = vec![nothing; start];
    in_parts(book.len(), &mut |part| {
        let accounts = book.accounts().get(part.clone()).unwrap_or_default();
        for (line, account) in part.zip(accounts) {
            if let Some(place) = next.get_mut(*account as usize) {
                if let Some(slot) = steps.get_mut(*place) {
                    *slot = step(line);
                }
                *place += 1;
            }
        }
    });
    steps
}

/// The state of a walk: what was seen of which account last.
struct Walker<'a> {
    book: &'a OrderBook,
    days: Days,
    steps: Vec<Step>,
    has_parts: bool,
    /// By part: the account that ordered it last, and its first day and order there.
    part_seen: Vec<(u32, Date, u32)>,
    /// By site: the account that ordered there last, and whether recently.
    site_seen: Vec<(u32, bool)>,
}

/// First and last day.
type Span = Option<(Date, Date)>;

impl<'a> Walker<'a> {
    fn new(book: &'a OrderBook, days: Days, combos: &Combos) -> Self {
        let (parts, count) = part_ids(book);
        Self {
            book,
            days,
            steps: steps(book, combos, &parts),
            has_parts: !parts.is_empty(),
            part_seen: vec![(OUT, Date::default(), OUT); count],
            site_seen: vec![(OUT, false); book.text(Attr::Site).names.len()],
        }
    }

    #[inline(never)]
    fn walk(
        &mut self,
        id: u32,
        steps: Range<usize>,
        lines: &[u32],
        account: &mut Account,
        grouped: &mut Grouped,
    ) {
        let scale = self.book.amounts(Measure::Revenue).scale();
        let has_sites = !self.site_seen.is_empty();
        let (mut span, mut any): (Span, Span) = (None, None);
        let (mut repeated, mut last_combo) = (0_i128, OUT);
        for (place, line) in steps.zip(lines) {
            let line = *line as usize;
            let Some(step) = self.steps.get(place).copied() else {
                break;
            };
            let date = step.date;
            if !self.days.counts(date) {
                break;
            }
            if step.combo != last_combo {
                last_combo = step.combo;
                grouped.account(id, step.combo);
            }
            any = Some((any.map_or(date, |(first, _)| first), date));
            if step.kind == LineKind::Summary {
                let first = self.summary(line, date, account, &mut span);
                any = any.map(|(day, last)| (day.min(first.unwrap_or(day)), last));
                continue;
            }
            let is_sold = step.kind == LineKind::Sale;
            if self.part_before(id, line, step, account) {
                repeated += self.revenue(line, step);
            }
            if !is_sold {
                continue;
            }
            if span.is_none_or(|(_, last)| last != date) {
                account.order_days += 1;
                let year = self.days.year_back(date);
                account.active_years |= 1_u32.checked_shl(year).unwrap_or(0);
            }
            span = Some((span.map_or(date, |(first, _)| first.min(date)), date));
            if has_sites {
                self.site(id, line, date, account);
            }
        }
        (account.first, account.last) = span.or(any).unwrap_or_default();
        account.repeat_revenue = if self.has_parts {
            money(repeated, scale)
        } else {
            Money::ZERO
        };
    }

    /// A line's revenue in the column's decimals.
    fn revenue(&self, line: usize, step: Step) -> i128 {
        if step.revenue != i64::MIN {
            return i128::from(step.revenue);
        }
        let column = self.book.amounts(Measure::Revenue);
        column
            .get(line)
            .and_then(|v| v.at(column.scale()))
            .unwrap_or(0)
    }

    /// An account summary: its orders are taken to be spread evenly over its time. Where it has
    /// none, its days are no order's. Gives back its first day.
    fn summary(
        &self,
        line: usize,
        date: Date,
        account: &mut Account,
        span: &mut Span,
    ) -> Option<Date> {
        let summary = self.book.summary(line)?;
        if summary.orders == 0 {
            return Some(summary.first);
        }
        let length = u32::try_from(date.days_since(summary.first)).unwrap_or(0);
        let days = summary.orders.min(length.saturating_add(1));
        account.order_days = account.order_days.saturating_add(days);
        let steps = summary.orders.saturating_sub(1).min(length).clamp(1, 4096);
        for step in 0..=steps {
            let days = u64::from(length) * u64::from(step) / u64::from(steps);
            let day = summary.first.plus_days(i32::try_from(days).unwrap_or(0));
            let year = self.days.year_back(day);
            account.active_years |= 1_u32.checked_shl(year).unwrap_or(0);
        }
        let (first, last) = span.unwrap_or((summary.first, date));
        *span = Some((first.min(summary.first), last.max(date)));
        Some(summary.first)
    }

    /// Whether the account had ordered the line's part on an earlier day, or takes back what it had;
    /// counts and remembers a part that is sold for the first time.
    fn part_before(&mut self, id: u32, line: usize, step: Step, account: &mut Account) -> bool {
        let is_sold = step.kind == LineKind::Sale;
        let Some(seen) = self.part_seen.get_mut(step.part as usize) else {
            return false;
        };
        if seen.0 == id {
            return seen.1 < step.date && (is_sold || self.book.link(line) != Some(seen.2));
        }
        if is_sold {
            let order = self.book.orders().get(line).copied().unwrap_or(OUT);
            *seen = (id, step.date, order);
            account.specs += 1;
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
}

/// The part of each item: items that differ in a revision only are one part.
fn part_ids(book: &OrderBook) -> (Vec<u32>, usize) {
    let mut found = Names::default();
    let items = book.text(Attr::Item).names.iter();
    let parts = items.map(|item| found.intern(part(item))).collect();
    (parts, found.len())
}
