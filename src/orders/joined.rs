//! Freight, discounts and costs of a whole order that stand on each of its lines, as where a table of
//! orders is joined with one of their lines.
//!
//! In: the lines of a file. Out: such an amount counts once and is shared by its order's lines, by
//! their amounts. It is the order's where lines of unlike amounts have the same one, in nine of ten
//! orders of several lines, and either the orders' differ or the header says that it is theirs.

use std::ops::Range;

use super::book::{LineKind, Measure, OrderBook};
use super::build::Builder;
use super::counts::Rule;
use super::number::Num;
use super::percent::replace;
use super::whole::{parts, revenues};
use crate::ingest::role::Role;

/// What a table of orders may hold beside their amounts.
const OF_ORDERS: [(Role, Measure); 5] = [
    (Role::Discount, Measure::Discount),
    (Role::Rebates, Measure::Rebates),
    (Role::Freight, Measure::Freight),
    (Role::Cost, Measure::Cost),
    (Role::Tooling, Measure::Tooling),
];

/// Orders against it after which a measure is known to be the lines' own.
const ENOUGH: usize = 20;

/// New amounts of lines, by line in rising order.
type Amounts = Vec<(usize, Num)>;

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
        let mut shared: Vec<(Measure, Amounts)> = Vec::new();
        let mut orders = 0;
        for (role, measure) in OF_ORDERS {
            let named = joined || reader.joined || reader.names_order(role);
            if !reader.has(role) || !book.is_joined(self.first_line, measure, named) {
                continue;
            }
            for run in book.runs(self.first_line) {
                if book.common(&run, measure).is_none_or(Num::is_zero) {
                    continue;
                }
                let lines: Vec<usize> = run.collect();
                let off = (measure == Measure::Discount)
                    .then(|| book.before(&lines, reader.undiscounted))
                    .flatten();
                if let Some((parts, net)) = book.shared(&lines, measure, off) {
                    orders += u64::from(lines.len() > 1);
                    shared.push((measure, parts));
                    shared.push((Measure::Revenue, net));
                }
            }
        }
        for measure in OF_ORDERS.map(|(_, measure)| measure) {
            self.put(measure, &shared, lines);
        }
        self.put(Measure::Revenue, &shared, lines);
        self.counts.rules_add(Rule::Joined, orders);
    }

    fn put(&mut self, measure: Measure, shared: &[(Measure, Amounts)], lines: usize) {
        let of = shared.iter().filter(|(of, _)| *of == measure);
        let new: Amounts = of.flat_map(|(_, new)| new.iter().copied()).collect();
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

    /// The amount that all lines of a run have, where it is one; none counts as 0.
    fn common(&self, run: &Range<usize>, measure: Measure) -> Option<Num> {
        let value = |line: usize| self.amount(measure, line).unwrap_or(Num::ZERO);
        let own = value(run.start);
        run.clone().all(|line| value(line) == own).then_some(own)
    }

    /// Whether the amounts of a measure are those of orders, as they stand on all their lines.
    fn is_joined(&self, first: usize, measure: Measure, named: bool) -> bool {
        let (mut told, mut against) = (0, 0);
        let (mut before, mut differ) = (None, false);
        for run in self.runs(first).filter(|run| run.len() > 1) {
            let revenue = |line: usize| self.amount(Measure::Revenue, line);
            match self.common(&run, measure) {
                None => against += 1,
                Some(own)
                    if !own.is_zero()
                        && run.clone().any(|line| revenue(line) != revenue(run.start)) =>
                {
                    told += 1;
                    differ |= before.is_some_and(|before| before != own);
                    before = Some(own);
                }
                Some(_) => {}
            }
            if against > ENOUGH && against > told {
                return false;
            }
        }
        let enough = if named { told > 0 } else { told > 1 && differ };
        enough && told >= against * 9
    }

    /// The lines' amounts before their order's discount, where they tell: it was taken off each, or
    /// off none.
    fn before(&self, lines: &[usize], taken: bool) -> Option<Amounts> {
        let each = |taken: bool| {
            let gross = |line: &usize| {
                let (revenue, off) = (
                    self.amount(Measure::Revenue, *line)?,
                    self.amount(Measure::Discount, *line)?,
                );
                let gross = if taken { revenue.plus(off)? } else { revenue };
                Some((*line, gross))
            };
            lines.iter().map(gross).collect::<Option<Amounts>>()
        };
        let priced = |gross: &Amounts| {
            gross
                .iter()
                .all(|(line, gross)| self.priced(*line) == Some(*gross))
        };
        match each(true) {
            Some(gross) if taken || priced(&gross) => Some(gross),
            _ => each(false).filter(priced),
        }
    }

    /// An order's amount shared by its lines; with what they come to before it, their net amounts, too.
    fn shared(
        &self,
        lines: &[usize],
        measure: Measure,
        before: Option<Amounts>,
    ) -> Option<(Amounts, Amounts)> {
        let amount = self.amount(measure, *lines.first()?)?;
        let Some(before) = before else {
            return Some((parts(amount, &revenues(self, lines)?)?, Vec::new()));
        };
        let shares = parts(amount, &before)?;
        let net = before.iter().zip(&shares);
        let net = net.map(|((line, gross), (_, share))| Some((*line, gross.minus(*share)?)));
        let net = net.collect::<Option<Amounts>>()?;
        Some((shares, net))
    }
}
