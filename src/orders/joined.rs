//! Freight, discounts and costs of a whole order that stand on each of its lines, as where a table of
//! orders is joined with one of their lines.
//!
//! In: the lines of a file. Out: such an amount counts once and is shared by its order's lines, by
//! their amounts. It is the order's where lines of unlike amounts have the same one, in nine of ten
//! orders of several lines, and the header says that it is theirs, or their totals stand so, too.
//! Freight and discounts are also where the orders' differ, unless net amounts show that a discount
//! is the lines' own. What costs the same for unlike lines may be theirs: goods in two sizes.

use std::ops::Range;

use super::book::{LineKind, Measure, OrderBook};
use super::build::Builder;
use super::counts::Rule;
use super::number::Num;
use super::percent::replace;
use super::reading::{DIRECT, Reader};
use super::whole::{parts, revenues};
use crate::ingest::role::Role;
use crate::ingest::words::{normalise, of_line, of_order};

/// Orders against it after which a measure is known to be the lines' own.
const ENOUGH: usize = 20;

/// New amounts of lines, by line in rising order.
type Changes = Vec<(usize, Num)>;

/// What is needed to take amounts for those of orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Least {
    /// One order whose lines tell.
    One,
    /// Two, with unlike amounts.
    TwoUnlike,
}

impl Least {
    /// By a column's header and meaning; `None` where nothing would do. `joined`: the orders' own
    /// amounts stand on each of their lines.
    fn of(reader: &Reader, role: Role, joined: bool) -> Option<Self> {
        let header = reader.headers.get(reader.column(role)? as usize)?;
        let header = normalise(header);
        let charged = matches!(role, Role::Freight | Role::Discount);
        if of_line(&header) || (role == Role::Freight && reader.own_freight) {
            return None;
        }
        // A total may be that of a line's pieces.
        if (of_order(&header) && !header.contains("total")) || (joined && charged) {
            return Some(Self::One);
        }
        (charged || joined).then_some(Self::TwoUnlike)
    }
}

/// What a table of orders may hold beside their amounts.
fn of_orders() -> impl Iterator<Item = (Role, Measure)> {
    let of_lines = |role| matches!(role, Role::Quantity | Role::Price | Role::Revenue);
    DIRECT.into_iter().filter(move |(role, _)| !of_lines(*role))
}

impl Builder {
    /// Counts amounts of orders once that stand on each of their lines. `joined`: those of the orders
    /// themselves do.
    #[inline(never)]
    pub(super) fn share_joined(&mut self, joined: bool) {
        let Some(reader) = self.readers.last() else {
            return;
        };
        if reader.system.is_some() || !reader.has(Role::Order) {
            return;
        }
        let (book, lines) = (&self.book, self.book.len());
        let joined = joined || reader.joined;
        let taken = !reader.has(Role::Revenue) || reader.undiscounted;
        let mut shared: Vec<(Measure, Changes)> = Vec::new();
        let mut orders = 0;
        for (role, measure) in of_orders() {
            let Some(least) = Least::of(reader, role, joined) else {
                continue;
            };
            if !book.is_joined(self.first_line, measure, least, taken) {
                continue;
            }
            for run in book.runs(self.first_line) {
                let common = book.common(&run, measure);
                let Some(amount) = common.filter(|amount| !amount.is_zero()) else {
                    continue;
                };
                let lines: Vec<usize> = run.collect();
                let off = (measure == Measure::Discount)
                    .then(|| book.before(&lines, taken))
                    .flatten();
                // Without prices it cannot be seen whether an amount is before its discount.
                let unseen = measure == Measure::Discount && off.is_none();
                if unseen && least == Least::TwoUnlike {
                    continue;
                }
                if let Some((parts, net)) = book.shared(&lines, amount, off) {
                    orders += u64::from(lines.len() > 1);
                    shared.push((measure, parts));
                    shared.push((Measure::Revenue, net));
                }
            }
        }
        for measure in of_orders()
            .map(|(_, measure)| measure)
            .chain([Measure::Revenue])
        {
            self.put(measure, &shared, lines);
        }
        self.counts.rules_add(Rule::Joined, orders);
    }

    fn put(&mut self, measure: Measure, shared: &[(Measure, Changes)], lines: usize) {
        let of = shared.iter().filter(|(of, _)| *of == measure);
        let new: Changes = of.flat_map(|(_, new)| new.iter().copied()).collect();
        replace(self.book.amounts_mut(measure), lines, &new);
    }
}

impl OrderBook {
    /// The orders from a line on, each a run of lines that were sold.
    fn runs(&self, first: usize) -> impl Iterator<Item = Range<usize>> {
        let orders = self.order.get(first..).unwrap_or_default();
        let runs = orders.chunk_by(|a, b| a == b).scan(first, |end, order| {
            let start = *end;
            *end += order.len();
            Some(start..*end)
        });
        let sold = |line: usize| self.kinds.get(line) == Some(&LineKind::Sale);
        runs.filter(move |run| run.clone().all(sold))
    }

    /// The amount that all lines of a run have, where it is one; none counts as 0. Lines of text,
    /// without an amount, have none either.
    fn common(&self, run: &Range<usize>, measure: Measure) -> Option<Num> {
        let value = |line: usize| self.amount(measure, line).unwrap_or(Num::ZERO);
        let free = |line: usize| {
            let revenue = self.amount(Measure::Revenue, line);
            revenue.is_none_or(Num::is_zero) && value(line).is_zero()
        };
        let mut told = run.clone().filter(|line| !free(*line)).map(value);
        let own = told.next().unwrap_or(Num::ZERO);
        told.all(|value| value == own).then_some(own)
    }

    /// Whether the amounts of a measure are those of orders, as they stand on all their lines.
    fn is_joined(&self, first: usize, measure: Measure, least: Least, taken: bool) -> bool {
        let (mut told, mut against) = (0, 0);
        let (mut before, mut differ) = (None, false);
        let own = |run: &Range<usize>| {
            measure == Measure::Discount && !taken && run.clone().all(|line| self.is_net(line))
        };
        let unlike = |run: &Range<usize>| {
            let mut amounts = run.clone().map(|line| self.amount(Measure::Revenue, line));
            let first = amounts.next();
            amounts.any(|amount| Some(amount) != first)
        };
        for run in self.runs(first).filter(|run| run.len() > 1) {
            let Some(amount) = self.common(&run, measure) else {
                against += 1;
                continue;
            };
            if amount.is_zero() {
                continue;
            }
            if own(&run) {
                against += 1;
            } else if unlike(&run) {
                told += 1;
                differ |= before.is_some_and(|before| before != amount);
                before = Some(amount);
            }
            if against > ENOUGH && against > told {
                return false;
            }
        }
        let enough = match least {
            Least::One => told > 0,
            Least::TwoUnlike => told > 1 && differ,
        };
        enough && told >= against * 9
    }

    /// The lines' amounts before their order's discount, where it was `taken` off each, or where their
    /// prices show that it was off none.
    fn before(&self, lines: &[usize], taken: bool) -> Option<Changes> {
        let gross = |line: &usize| {
            let revenue = self.amount(Measure::Revenue, *line)?;
            let gross = if taken {
                let off = self.amount(Measure::Discount, *line);
                revenue.plus(off.unwrap_or(Num::ZERO))?
            } else {
                revenue
            };
            (taken || self.priced(*line) == Some(gross)).then_some((*line, gross))
        };
        lines.iter().map(gross).collect()
    }

    /// An order's amount shared by its lines; with what they come to before it, their net amounts, too.
    fn shared(
        &self,
        lines: &[usize],
        amount: Num,
        before: Option<Changes>,
    ) -> Option<(Changes, Changes)> {
        let Some(before) = before else {
            return Some((parts(amount, &revenues(self, lines)?)?, Vec::new()));
        };
        let shares = parts(amount, &before)?;
        let net = before.iter().zip(&shares);
        let net = net.map(|((line, gross), (_, share))| Some((*line, gross.minus(*share)?)));
        let net = net.collect::<Option<Changes>>()?;
        Some((shares, net))
    }
}
