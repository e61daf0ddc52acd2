//! What one source has and another lacks, while both cover the same time (S01): an account that the
//! CRM knows and the ERP does not, an order that was won and never invoiced.
//!
//! In: the book, its lines by account, and the source of each file. Files of one system, or with the
//! same headers, are one source: they continue each other. Out: [`Unmatched`], accounts first.
//! Orders are compared only where the sources share their numbers; elsewhere every number would
//! differ.

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use super::book::OrderBook;
use crate::base::Date;

/// Sources that are compared at most.
const MOST_SOURCES: usize = 8;
/// Accounts listed at most, and orders.
const MOST: usize = 200;

/// Something that stands in one source only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmatched {
    /// The account's name.
    pub account: String,
    /// The order's number; `None` where the whole account is missing.
    pub order: Option<String>,
    /// How many lines it has in the time that both sources cover.
    pub lines: u32,
    /// The last of them.
    pub last: Date,
    /// The files that have it.
    pub found_in: String,
    /// The files that cover the same time and do not.
    pub missing_in: String,
}

/// Files that continue each other: their names, and the first and the last day of their lines.
#[derive(Debug, Clone, Default)]
struct Source {
    name: String,
    span: Option<(Date, Date)>,
}

/// One order: its source, the day of its last line, its account, how many lines.
#[derive(Debug, Clone, Copy)]
struct Order {
    source: usize,
    last: Date,
    account: u32,
    lines: u32,
}

/// Compares the sources; `files` has the source and the name of each file.
#[inline(never)]
pub(super) fn compare(book: &OrderBook, files: &[(usize, String)]) -> Vec<Unmatched> {
    let count = files.iter().map(|(source, _)| source + 1).max();
    let count = count.unwrap_or(0);
    if !(2..=MOST_SOURCES).contains(&count) {
        return Vec::new();
    }
    let mut sources = vec![Source::default(); count];
    for (source, file) in files {
        if let Some(source) = sources.get_mut(*source) {
            let divider = if source.name.is_empty() { "" } else { ", " };
            source.name.push_str(divider);
            source.name.push_str(file);
        }
    }
    let source = |line: usize| {
        let file = book.place(line).0 as usize;
        files.get(file).map_or(0, |(source, _)| *source)
    };
    let mut widen = |line: usize, date: Date| {
        if let Some(source) = sources.get_mut(source(line)) {
            let (first, last) = source.span.unwrap_or((date, date));
            source.span = Some((first.min(date), last.max(date)));
        }
    };
    for (line, date) in book.dates().iter().enumerate() {
        widen(line, *date);
    }
    for summary in book.summaries() {
        widen(summary.line as usize, summary.first);
    }
    let comparison = Comparison {
        book,
        sources: &sources,
        pairs: pairs(&sources),
    };
    let mut found = comparison.accounts(source);
    let orders = comparison.orders(source, &found);
    found.extend(orders);
    found
}

/// A source, one that covers a part of its time, and that part.
struct Pair {
    has: usize,
    lacks: usize,
    from: Date,
    to: Date,
}

impl Pair {
    fn covers(&self, date: Date) -> bool {
        (self.from..=self.to).contains(&date)
    }
}

fn pairs(sources: &[Source]) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (has, one) in sources.iter().enumerate() {
        for (lacks, other) in sources.iter().enumerate() {
            if let (true, Some(one), Some(other)) = (has != lacks, one.span, other.span) {
                let (from, to) = (one.0.max(other.0), one.1.min(other.1));
                if from <= to {
                    pairs.push(Pair {
                        has,
                        lacks,
                        from,
                        to,
                    });
                }
            }
        }
    }
    pairs
}

struct Comparison<'a> {
    book: &'a OrderBook,
    sources: &'a [Source],
    pairs: Vec<Pair>,
}

impl Comparison<'_> {
    fn name(&self, source: usize) -> String {
        self.sources
            .get(source)
            .map_or_else(String::new, |source| source.name.clone())
    }

    fn account_name(&self, account: usize) -> String {
        let name = self.book.account_names().get(account);
        name.cloned().unwrap_or_default()
    }

    fn accounts(&self, source: impl Fn(usize) -> usize) -> Vec<Unmatched> {
        let mut found = Vec::new();
        for account in 0..self.book.account_names().len() {
            let lines = self.book.lines_of(account);
            let mut seen = [false; MOST_SOURCES];
            for line in lines {
                if let Some(seen) = seen.get_mut(source(*line as usize)) {
                    *seen = true;
                }
            }
            let has = |source: usize| seen.get(source) == Some(&true);
            for pair in &self.pairs {
                if !has(pair.has) || has(pair.lacks) {
                    continue;
                }
                let date = |line: &u32| self.book.dates().get(*line as usize).copied();
                let own = lines
                    .iter()
                    .filter(|line| source(**line as usize) == pair.has);
                let both = own.filter_map(date).filter(|date| pair.covers(*date));
                let (count, last) = both.fold((0_u32, None), |(count, last), date| {
                    (count.saturating_add(1), last.max(Some(date)))
                });
                if let Some(last) = last.filter(|_| found.len() < MOST) {
                    found.push(Unmatched {
                        account: self.account_name(account),
                        order: None,
                        lines: count,
                        last,
                        found_in: self.name(pair.has),
                        missing_in: self.name(pair.lacks),
                    });
                }
            }
        }
        found
    }

    /// Orders whose number the other source does not have; not those of accounts that it lacks.
    fn orders(&self, source: impl Fn(usize) -> usize, accounts: &[Unmatched]) -> Vec<Unmatched> {
        let numbers = self.numbers(source);
        let mut found = Vec::new();
        for pair in &self.pairs {
            let (Some(has), Some(lacks)) = (numbers.get(pair.has), numbers.get(pair.lacks)) else {
                continue;
            };
            let shared = has.keys().filter(|number| lacks.contains_key(*number));
            let fewer = has.len().min(lacks.len());
            if fewer == 0 || shared.count() * 2 < fewer {
                continue;
            }
            let (found_in, missing_in) = (self.name(pair.has), self.name(pair.lacks));
            let mut only: Vec<(&&str, &Order)> = has
                .iter()
                .filter(|(number, order)| !lacks.contains_key(*number) && pair.covers(order.last))
                .collect();
            only.sort_unstable_by_key(|(number, order)| (order.last, **number));
            for (number, order) in only {
                let account = self.account_name(order.account as usize);
                let missing = accounts.iter().any(|each| {
                    each.account == account
                        && each.found_in == found_in
                        && each.missing_in == missing_in
                });
                if !missing && found.len() < MOST {
                    found.push(Unmatched {
                        account,
                        order: Some((*number).to_owned()),
                        lines: order.lines,
                        last: order.last,
                        found_in: found_in.clone(),
                        missing_in: missing_in.clone(),
                    });
                }
            }
        }
        found
    }

    /// The orders with a number, by source and number.
    fn numbers(&self, source: impl Fn(usize) -> usize) -> Vec<HashMap<&str, Order, FxBuildHasher>> {
        let book = self.book;
        let mut orders: Vec<Option<Order>> = vec![None; book.order_count()];
        let columns = book.orders().iter().zip(book.dates()).zip(book.accounts());
        for (line, ((order, date), account)) in columns.enumerate() {
            if let Some(slot) = orders.get_mut(*order as usize) {
                let order = slot.get_or_insert(Order {
                    source: source(line),
                    last: *date,
                    account: *account,
                    lines: 0,
                });
                order.last = order.last.max(*date);
                order.lines = order.lines.saturating_add(1);
            }
        }
        let mut numbers = vec![HashMap::default(); self.sources.len()];
        for (id, order) in (0_u32..).zip(orders) {
            let number = book.order_name(id);
            if let (Some(order), false) = (order, number.is_empty())
                && let Some(of_source) = numbers.get_mut(order.source)
            {
                of_source.entry(number).or_insert(order);
            }
        }
        numbers
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{File, import};

    /// Account, order, and where it is missing.
    fn found(files: &[File]) -> Vec<(String, Option<String>, String)> {
        let list = import(files, None, &[]).book.merged().clone();
        list.unmatched
            .iter()
            .cloned()
            .map(|each| (each.account, each.order, each.missing_in))
            .collect()
    }

    fn crm() -> File {
        File::new(
            "crm.csv",
            "order|date|account|revenue
             1|2026-01-05|Acme|10
             2|2026-01-06|Bolt|20
             3|2026-02-01|Acme|30
             4|2026-02-03|Core|40
             9|2026-09-09|Late|40",
        )
        .system("salesforce")
    }

    #[test]
    fn an_account_and_an_order_of_one_source_only_are_found() {
        let erp = File::new(
            "erp.csv",
            "date|order|account|revenue|cost
             2026-01-05|1|Acme|10|5
             2026-01-06|2|Bolt|20|5
             2026-03-01|7|Dyna|30|5",
        );
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(
            found(&[crm(), erp]),
            [
                // Late has orders after the other file's end only.
                ("Core".to_owned(), None, "erp.csv".to_owned()),
                ("Dyna".to_owned(), None, "crm.csv".to_owned()),
                ("Acme".to_owned(), some("3"), "erp.csv".to_owned()),
            ]
        );
    }

    #[test]
    fn orders_are_compared_only_where_the_numbers_are_the_same() {
        let erp = File::new(
            "erp.csv",
            "date|order|account|revenue|cost
             2026-01-05|R100|Acme|10|5
             2026-01-06|R101|Bolt|20|5
             2026-02-20|R102|Core|20|5",
        );
        assert_eq!(found(&[crm(), erp]), []);
    }

    #[test]
    fn files_of_one_source_continue_each_other() {
        let more = File::new(
            "crm-2.csv",
            "order|date|account|revenue\n5|2026-01-07|New|10",
        )
        .system("salesforce");
        assert_eq!(found(&[crm(), more]), []);
        assert_eq!(found(&[crm()]), []);
    }

    #[test]
    fn times_that_do_not_meet_are_not_compared() {
        let before = File::new("old.csv", "date|account|revenue|cost\n2020-01-05|Old|10|5");
        assert_eq!(found(&[crm(), before]), []);
    }
}
