//! Sales from rows by hand: a deal's flows, what the finder tries, tests.

use super::{HOUSE, MOST, Sales, TooLarge};
use crate::base::Date;
use crate::orders::names::{NONE, Names};

/// A row by hand. Amounts are in 1/10,000 of the currency unit; an empty name is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sale<'a> {
    /// The day of the order.
    pub day: Date,
    /// The order's number; rows of one order have the same.
    pub order: u32,
    /// The line, which orders the rows of an order.
    pub line: u32,
    /// Who sold it; empty is [`HOUSE`].
    pub rep: &'a str,
    /// Who bought it.
    pub account: &'a str,
    /// Plant or ship-to.
    pub site: &'a str,
    /// The part.
    pub item: &'a str,
    /// Stream of business.
    pub stream: &'a str,
    /// The partner it came through.
    pub partner: &'a str,
    /// Net revenue; below zero for a return.
    pub revenue: i64,
    /// Cost of goods; below zero for a return.
    pub cost: i64,
    /// Freight we bear.
    pub freight: i64,
    /// Rebates and tooling we fund.
    pub other: i64,
    /// List value less revenue.
    pub discount: i64,
    /// The row is a return or a credit.
    pub is_return: bool,
    /// The number of the order that a return takes back.
    pub returns: Option<u32>,
}

/// The lists of names while rows are added.
#[derive(Default)]
struct Lists {
    reps: Names,
    accounts: Names,
    sites: Names,
    items: Names,
    streams: Names,
    partners: Names,
}

impl Sales {
    /// From rows in any order.
    ///
    /// # Errors
    /// [`TooLarge`] when the amounts of a column sum to more than it holds.
    pub fn build<'a>(rows: impl IntoIterator<Item = Sale<'a>>) -> Result<Self, TooLarge> {
        let mut rows: Vec<Sale<'a>> = rows.into_iter().collect();
        crate::base::order::sort_by(&mut rows, |a, b| place(a).cmp(&place(b)));
        let (mut sales, mut lists) = (Self::default(), Lists::default());
        let mut of_order = Vec::with_capacity(rows.len());
        for row in &rows {
            sales.push(row, &mut lists);
            of_order.push(row.returns.filter(|_| row.is_return).unwrap_or(NONE));
        }
        lists.into(&mut sales);
        sales.finish(&of_order)
    }

    fn push(&mut self, row: &Sale<'_>, lists: &mut Lists) {
        let name = |names: &mut Names, text: &str| match text {
            "" => NONE,
            text => names.intern(text),
        };
        let rep = if row.rep.is_empty() { HOUSE } else { row.rep };
        self.day.push(row.day);
        self.order.push(row.order);
        self.line.push(row.line);
        self.rep.push(lists.reps.intern(rep));
        self.account.push(lists.accounts.intern(row.account));
        self.site.push(name(&mut lists.sites, row.site));
        self.item.push(name(&mut lists.items, row.item));
        self.stream.push(name(&mut lists.streams, row.stream));
        self.partner.push(name(&mut lists.partners, row.partner));
        self.revenue.push(row.revenue);
        self.cost.push(row.cost);
        self.freight.push(row.freight);
        self.other.push(row.other);
        self.discount.push(row.discount);
        self.is_return.push(row.is_return);
        self.no_cost.push(false);
    }

    /// Links the returns, sorts the salespeople and checks the sums.
    pub(super) fn finish(mut self, of_order: &[u32]) -> Result<Self, TooLarge> {
        let columns = [
            &self.revenue,
            &self.cost,
            &self.freight,
            &self.other,
            &self.discount,
        ];
        for column in columns {
            let mut sum = 0_u64;
            for (amount, line) in column.iter().zip(&self.line) {
                sum = sum.saturating_add(amount.unsigned_abs());
                if sum >= MOST.unsigned_abs() {
                    return Err(TooLarge { line: *line });
                }
            }
        }
        self.sort_reps();
        self.link(of_order);
        Ok(self)
    }

    fn sort_reps(&mut self) {
        let key = |at: usize| self.reps.get(at).map(|name| (name == HOUSE, name));
        let order = crate::base::order::positions(self.reps.len(), &mut |a, b| key(a).cmp(&key(b)));
        let mut moved = vec![NONE; order.len()];
        for (to, from) in (0_u32..).zip(&order) {
            if let Some(slot) = moved.get_mut(*from) {
                *slot = to;
            }
        }
        for rep in &mut self.rep {
            *rep = moved.get(*rep as usize).copied().unwrap_or(NONE);
        }
        self.reps = order
            .iter()
            .map(|from| self.reps.get(*from).cloned().unwrap_or_default())
            .collect();
    }
}

/// The order of the rows.
const fn place(row: &Sale<'_>) -> (i32, bool, u32, u32) {
    (row.day.days(), row.is_return, row.order, row.line)
}

impl Lists {
    fn into(self, sales: &mut Sales) {
        let list = |names: &Names| names.iter().map(str::to_owned).collect();
        sales.reps = list(&self.reps);
        sales.accounts = list(&self.accounts);
        sales.sites = list(&self.sites);
        sales.items = list(&self.items);
        sales.streams = list(&self.streams);
        sales.partners = list(&self.partners);
        sales.parts = super::book::parts(&sales.items);
    }
}
