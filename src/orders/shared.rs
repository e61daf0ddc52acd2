//! Orders that two systems have (S01): the same number of the same account in files of two sources.
//!
//! In: the lines with their orders. Out: each such order with what every file says of it. Both count
//! until the user says which file is right: then the order's lines in the other are left out.

use super::book::{Measure, SOURCE_MARK};
use super::build::{Builder, ON_PURPOSE};
use super::names::NONE;
use super::number::Num;
use super::problems::Found;
use super::reading::{Reader, Reject};
use crate::base::order::sort_by;
use crate::ingest::problem::{Code, Problem};

/// Orders kept at most with what the files say of them.
const MOST: usize = 200;

/// An order that two systems have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    /// The account's name.
    pub account: String,
    /// The order's number.
    pub order: String,
    /// The name of each file that has it, and the order's net revenue there.
    pub sides: Vec<(String, Num)>,
}

impl Shared {
    /// The files say different amounts.
    pub fn differs(&self) -> bool {
        self.sides.windows(2).any(|pair| match pair {
            [(_, one), (_, other)] => one != other,
            _ => false,
        })
    }
}

/// What one file says of an order.
#[derive(Debug, Clone, Copy)]
struct Side {
    order: u32,
    first: usize,
    revenue: Num,
}

impl Builder {
    /// Finds the orders that two systems have, leaves out those of files that the user said are not
    /// right, and lists the others.
    #[inline(never)]
    pub(super) fn share(&mut self, keep: &mut [bool]) -> Vec<Shared> {
        let mut found = self.shared(keep);
        let mut out: Vec<u32> = Vec::new();
        for sides in &mut found {
            let dropped = |side: &Side| self.is_dropped(side);
            if !sides.iter().all(dropped) {
                out.extend(
                    sides
                        .iter()
                        .filter(|side| dropped(side))
                        .map(|side| side.order),
                );
                sides.retain(|side| !self.is_dropped(side));
            }
        }
        out.sort_unstable();
        for (kept, order) in keep.iter_mut().zip(&self.book.order) {
            if *kept && out.binary_search(order).is_ok() {
                *kept = false;
                self.counts.no_order(ON_PURPOSE);
            }
        }
        found.retain(|sides| sides.len() > 1);
        let listed = found.iter().map(|sides| self.described(sides));
        let mut listed: Vec<(Shared, &Vec<Side>)> = listed.zip(&found).collect();
        // Those that differ come first: they are the examples of their group.
        sort_by(&mut listed, |a, b| b.0.differs().cmp(&a.0.differs()));
        for (shared, sides) in &listed {
            for side in *sides {
                self.warn(shared, side);
            }
        }
        let shared = listed.into_iter().map(|(shared, _)| shared);
        shared.take(MOST).collect()
    }

    /// Each order that two systems have, with its sides in the order of the book.
    fn shared(&self, keep: &[bool]) -> Vec<Vec<Side>> {
        let book = &self.book;
        let marked = |name: &str| name.starts_with(|c| c >= SOURCE_MARK);
        if self.readers.len() < 2 || !book.order_names.iter().any(marked) {
            return Vec::new();
        }
        let mut sides: Vec<Option<Side>> = vec![None; book.order_count()];
        for (line, (order, kept)) in book.order.iter().zip(keep).enumerate() {
            if let (true, Some(slot)) = (*kept, sides.get_mut(*order as usize)) {
                let side = slot.get_or_insert(Side {
                    order: *order,
                    first: line,
                    revenue: Num::ZERO,
                });
                let revenue = book.amount(Measure::Revenue, line).unwrap_or(Num::ZERO);
                side.revenue = side.revenue.plus(revenue).unwrap_or(side.revenue);
            }
        }
        let number = |side: &Side| (book.order_name(side.order), self.account_of(side));
        let numbered = |side: &Side| !book.order_name(side.order).is_empty();
        let mut sides: Vec<Side> = sides.into_iter().flatten().filter(numbered).collect();
        sort_by(&mut sides, |a, b| {
            number(a).cmp(&number(b)).then(a.first.cmp(&b.first))
        });
        let same = sides.chunk_by(|a, b| number(a) == number(b));
        same.filter(|sides| sides.len() > 1)
            .map(<[Side]>::to_vec)
            .collect()
    }

    fn account_of(&self, side: &Side) -> u32 {
        self.book.account.get(side.first).copied().unwrap_or(NONE)
    }

    fn is_dropped(&self, side: &Side) -> bool {
        let (file, _) = self.book.place(side.first);
        let reader = Reader::of(&self.readers, file);
        reader.is_some_and(|reader| reader.drops(&elsewhere(String::new())))
    }

    fn described(&self, sides: &[Side]) -> Shared {
        let first = sides.first();
        let account = first.map_or(NONE, |side| self.account_of(side));
        let file = |side: &Side| {
            let (file, _) = self.book.place(side.first);
            let reader = Reader::of(&self.readers, file);
            let name = reader.map_or("", |reader| reader.name.as_str());
            (name.to_owned(), side.revenue)
        };
        Shared {
            account: self.matcher.spelling(account).to_owned(),
            order: self
                .book
                .order_name(first.map_or(NONE, |s| s.order))
                .to_owned(),
            sides: sides.iter().map(file).collect(),
        }
    }

    /// Lists an order as a problem of one of its files.
    fn warn(&mut self, shared: &Shared, side: &Side) {
        let (file, row) = self.book.place(side.first);
        let amount = |(name, revenue): &(String, Num)| format!("{} in {name}", revenue.to_money());
        let amounts: Vec<String> = shared.sides.iter().map(amount).collect();
        let reject = elsewhere(format!("order {}: {}", shared.order, amounts.join(", ")));
        self.problems.add(Found {
            fixes: vec![reject.drop()],
            problem: Problem {
                code: reject.code,
                file,
                row: u64::from(row),
                column: None,
                role: None,
                found: reject.found,
            },
            expected: "an order in one system only; as it is, it counts once for each".to_owned(),
            rejected: false,
            same: String::new(),
        });
    }
}

/// The problem of an order that another system has, too.
const fn elsewhere(found: String) -> Reject {
    Reject {
        code: Code::Elsewhere,
        column: None,
        role: None,
        found,
    }
}
