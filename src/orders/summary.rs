//! Account summaries: one row per account with its sums.
//!
//! Several rows of an account add up. A row that says zero orders holds sums alone: it adds no order
//! and no day of one, and a negative revenue there is what came back. A row without a number of
//! orders stands for one.

use super::amounts;
use super::book::{LineKind, Summary};
use super::build::Builder;
use super::given::{no_amount, take_given};
use super::names::NONE;
use super::push::{NewLine, index};
use super::reading::Reject;
use crate::ingest::problem::Code;
use crate::ingest::role::Role;
use crate::ingest::row::Row;

impl Builder {
    /// One row per account: a line with the sums, dated at the last order.
    pub(super) fn take_summary(&mut self, row: &Row<'_>) -> Result<(), Reject> {
        let Some(reader) = self.readers.last() else {
            return Ok(());
        };
        let day = |role| match reader.cell(row, role) {
            "" => Ok(None),
            cell => reader.date(role, cell),
        };
        let (first, last, date) = (
            day(Role::FirstDate)?,
            day(Role::LastDate)?,
            day(Role::Date)?,
        );
        let Some(last) = last.or(date).or(first) else {
            return Err(Reject::missing(Code::MissingDate, Role::LastDate));
        };
        let first = first.unwrap_or(last).min(last);
        let (given, _) = take_given(reader, row, false)?;
        let line = amounts::line(&given).map_err(|why| no_amount(why, reader))?;
        let count = reader.number(row, Role::OrderCount)?;
        let orders = count
            .and_then(|n| n.shortest().at(0))
            .and_then(|n| u32::try_from(n).ok())
            .unwrap_or(1);
        let [rebates, freight, tooling] =
            [Role::Rebates, Role::Freight, Role::Tooling].map(|role| reader.number(row, role));
        let mut new = NewLine {
            date: last,
            account: NONE,
            kind: LineKind::Summary,
            line,
            quantity: given.quantity,
            price: None,
            rebates: rebates?,
            freight: freight?,
            tooling: tooling?,
            refunded: None,
        };
        new.account = self.account(row)?;
        self.counts.line(&new.line);
        let line = index(self.book.len());
        self.book.summaries.push(Summary {
            line,
            orders,
            first,
        });
        self.previous.order.clear();
        self.push(row, false, &new, None, false);
        Ok(())
    }
}
