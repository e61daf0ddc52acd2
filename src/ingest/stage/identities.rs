//! The numbers of a sample's rows, and what can be asked of them: what adds up to what.
//!
//! A test holds where it does in nine of ten rows in which it can be told, and in two at least.

use super::super::layout::Layout;
use super::super::role::Role;
use super::super::words::{listed, normalise};
use super::columns::Table;
use super::sense::{near, value_at};

/// Words of a tax in a header.
const TAXES: &str = "tax|vat|gst|hst|mwst|ust|tva|iva|btw|moms|mva|steuer|podatek|imposto";

/// Words of a fee that others keep.
pub(super) const FEES: &str = "fee|fees|gebuhr|gebuhren|frais|commission|commissions|comision|commissione|provision|\
    withholding|retention|einbehalt|retenue|ritenuta|retencion|tds|wht";

/// Words of amounts that are none of a sale.
const OTHERS: &str =
    "balance|paid|open|due|saldo|offen|bezahlt|solde|cost|kosten|cout|deposit|budget";

/// Rows that are looked at, and columns that may be amounts.
const ROWS: usize = 500;
const COLUMNS: usize = 30;

/// The first rows as numbers.
pub(super) struct Sample {
    /// By column, then by row.
    numbers: Vec<Vec<Option<f64>>>,
    /// Columns of numbers that are not called anything else than an amount of a sale.
    candidates: Vec<usize>,
}

impl Sample {
    pub fn of(layout: &Layout, table: &Table) -> Self {
        let rows = || table.rows.iter().take(ROWS);
        let column = |index| rows().map(|row| value_at(layout, row, index)).collect();
        let numbers = (0..layout.columns.len()).map(column).collect();
        let columns = layout.columns.iter().zip(&table.evidence).enumerate();
        let mut candidates: Vec<usize> = Vec::new();
        for (index, (column, evidence)) in columns {
            let filled = evidence.filled();
            let number = filled > 0 && evidence.numbers.any * 10 >= filled * 9;
            if number && column.decimal.is_some() && !says(OTHERS, &column.header) {
                candidates.push(index);
            }
        }
        Self {
            numbers,
            candidates,
        }
    }

    /// With the roles that columns have by now: amounts have none, or that of an amount.
    pub fn with<'a>(&'a self, layout: &'a Layout) -> Rows<'a> {
        let roles = [Role::Revenue, Role::Total, Role::Tax, Role::DiscountPercent];
        let amount = |index: &usize| layout.role(*index).is_none_or(|role| roles.contains(&role));
        let amounts = self.candidates.iter().copied().filter(amount);
        Rows {
            layout,
            numbers: &self.numbers,
            amounts: amounts.take(COLUMNS).collect(),
        }
    }
}

/// Whether a word of a header is in a list.
fn says(list: &str, header: &str) -> bool {
    let header = normalise(header);
    header.split(' ').any(|word| listed(list, word))
}

/// A sample with its present roles.
pub(super) struct Rows<'a> {
    layout: &'a Layout,
    numbers: &'a [Vec<Option<f64>>],
    /// Columns that may be an amount.
    pub amounts: Vec<usize>,
}

impl Rows<'_> {
    pub fn number(&self, row: usize, index: usize) -> Option<f64> {
        *self.numbers.get(index)?.get(row)?
    }

    pub fn rows(&self) -> std::ops::Range<usize> {
        0..self.numbers.first().map_or(0, Vec::len)
    }

    /// Whether a test holds in nine of ten rows, and in two at least.
    pub fn hold(&self, test: impl Fn(usize) -> Option<bool>) -> bool {
        let (mut held, mut failed) = (0, 0);
        for holds in self.rows().filter_map(test) {
            if holds {
                held += 1;
            } else {
                failed += 1;
                if failed * 9 > self.rows().len() {
                    return false;
                }
            }
        }
        held > 1 && held >= failed * 9
    }

    /// Whether `x + sign * part` is `y` where there is such a part.
    pub fn is_sum(&self, x: usize, part: usize, sign: f64, y: usize) -> bool {
        x != y
            && x != part
            && y != part
            && self.hold(|row| {
                let part = self.number(row, part).unwrap_or(0.0).abs();
                let (x, y) = (self.number(row, x)?, self.number(row, y)?);
                // What comes back has all its parts with the other sign.
                let sum = x.abs() + sign * part;
                (part > 0.021).then_some(near(sum, y.abs()))
            })
    }

    /// Pieces times price, less the discount.
    pub fn priced(&self, row: usize) -> Option<f64> {
        let of = |role| self.number(row, self.layout.column(role)?);
        Some(of(Role::Quantity)? * of(Role::Price)? - of(Role::Discount).unwrap_or(0.0).abs())
    }

    pub fn is_priced(&self, index: usize) -> bool {
        self.hold(|row| Some(near(self.priced(row)?, self.number(row, index)?)))
    }

    pub fn header(&self, index: usize) -> String {
        normalise(self.layout.header(index))
    }

    pub fn says(&self, list: &str, index: usize) -> bool {
        says(list, self.layout.header(index))
    }

    /// The columns of a tax that is an amount: less than a third of the total.
    fn taxes(&self) -> impl Iterator<Item = usize> {
        let all = 0..self.layout.columns.len();
        all.filter(|index| {
            let role = self.layout.role(*index);
            let named = role == Some(Role::Tax) || (role.is_none() && self.says(TAXES, *index));
            named && !self.says(FEES, *index)
        })
    }

    /// The net amount, its tax and the total.
    pub fn taxed(&self) -> Option<[usize; 3]> {
        let fits = |net: usize, tax: usize, total: usize| {
            self.is_sum(net, tax, 1.0, total)
                && self.hold(|row| {
                    let (net, tax) = (self.number(row, net)?, self.number(row, tax)?);
                    (tax.abs() > 0.021).then_some(tax.abs() <= 0.35 * net.abs())
                })
        };
        self.taxes().find_map(|tax| {
            let mut pairs = self.amounts.iter().flat_map(|total| {
                let nets = self.amounts.iter().filter(move |net| *net != total);
                nets.map(move |net| (*net, *total))
            });
            let found = pairs.find(|(net, total)| fits(*net, tax, *total));
            found.map(|(net, total)| [net, tax, total])
        })
    }
}
