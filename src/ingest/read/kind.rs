//! What a row is. A row whose date reads as one is data at once; only the others are looked at.

use crate::ingest::cells;
use crate::ingest::layout::{DateOrder, Grain, Layout};
use crate::ingest::role::{Kind, Role};
use crate::ingest::row::RowKind;
use crate::ingest::scan::Line;
use crate::ingest::words::{listed, names, normalise};

/// What tells the rows of a file apart.
#[derive(Debug)]
pub(super) struct Kinds {
    date: Option<(usize, DateOrder)>,
    /// Columns of text that name an order, an account or an item.
    names: Vec<usize>,
    /// Columns of amounts.
    amounts: Vec<usize>,
    headers: Vec<String>,
    /// The order's column: a row with a date and without an order may be a sum.
    order: Option<usize>,
    /// The account's column.
    account: Option<usize>,
    /// The columns of the item and its pieces: a line without both may be the order's sum.
    item: Option<(usize, usize)>,
    summary: bool,
    grouped: bool,
}

impl Kinds {
    pub fn new(layout: &Layout) -> Self {
        let having = |test: fn(Role) -> bool| {
            let columns = layout.columns.iter().enumerate();
            columns
                .filter(|(_, c)| c.role.is_some_and(test))
                .map(|(i, _)| i)
                .collect()
        };
        let date = layout.column(Role::Date).and_then(|index| {
            let order = layout
                .columns
                .get(index)?
                .date_order
                .unwrap_or(DateOrder::Ymd);
            Some((index, order))
        });
        Self {
            date,
            names: having(|role| {
                matches!(
                    role,
                    Role::Order | Role::Account | Role::Item | Role::Email | Role::Line
                )
            }),
            amounts: having(|role| role.kind() == Kind::Number),
            headers: layout.columns.iter().map(|c| c.header.clone()).collect(),
            order: layout.column(Role::Order),
            account: layout.column(Role::Account),
            item: layout.column(Role::Item).zip(layout.column(Role::Quantity)),
            summary: layout.grain == Grain::AccountSummary,
            grouped: layout.grouped,
        }
    }

    /// What a row is; a row with one name only is [`RowKind::Group`] here.
    #[inline]
    pub fn of(&self, line: &Line<'_>) -> RowKind {
        if let Some((column, _)) = self.date
            && let Some(first) = line.cells.get(column).and_then(|c| c.as_bytes().first())
            && first.is_ascii_digit()
        {
            let filled =
                |column: usize| line.cells.get(column).is_some_and(|cell| !cell.is_empty());
            if self.order.is_some_and(filled) || self.account.is_none() {
                return match self.item {
                    Some((item, pieces)) if !filled(pieces) => self.of_order(line, item),
                    _ => RowKind::Data,
                };
            }
            return self.dated(line);
        }
        self.look(line)
    }

    /// A row with a date and without pieces: a sum of its order, if it has no item or its item is such
    /// a word, and a cell that has no role, or the item, is.
    #[inline(never)]
    fn of_order(&self, line: &Line<'_>, item: usize) -> RowKind {
        let label = line.cells.get(item).filter(|cell| !cell.is_empty());
        let total = |cell: &&str| may_be_total(cell) && listed(TOTALS, &normalise(cell));
        let found = if let Some(label) = label {
            total(label)
        } else {
            let mut cells = line.cells.iter().enumerate();
            cells.any(|(column, cell)| !self.names.contains(&column) && total(cell))
        };
        if found { RowKind::Total } else { RowKind::Data }
    }

    /// A row with a date and without an order: a sum if its account says so.
    #[inline(never)]
    fn dated(&self, line: &Line<'_>) -> RowKind {
        let account = self.account.and_then(|column| line.cells.get(column));
        match account.filter(|account| may_be_total(account)) {
            Some(label) if is_total(label, false) => RowKind::Total,
            _ => RowKind::Data,
        }
    }

    /// The long way, for rows without a date of digits.
    #[inline(never)]
    fn look(&self, line: &Line<'_>) -> RowKind {
        let cell = |column: usize| line.cells.get(column).copied().unwrap_or("");
        let mut filled = line.cells.iter().enumerate().filter(|(_, c)| !c.is_empty());
        let Some((first, label)) = filled.next() else {
            return if line.flaw.is_some() {
                RowKind::Data
            } else {
                RowKind::Blank
            };
        };
        let more = filled.next().is_some();
        if more && self.is_header(line.cells) {
            return RowKind::RepeatedHeader;
        }
        let dated = self.date.is_some_and(|(column, order)| {
            cells::date(cell(column), order).is_ok_and(|date| date.is_some())
        });
        if dated {
            return RowKind::Data;
        }
        let loose = self.date.is_some() && !self.summary;
        if is_total(
            label,
            loose
                && self
                    .date
                    .is_some_and(|(column, _)| cell(column).is_empty() || column == first),
        ) {
            return RowKind::Total;
        }
        if !more {
            return self.alone(label);
        }
        let unnamed = self.names.iter().all(|column| cell(*column).is_empty());
        let sums = self.amounts.iter().any(|column| !cell(*column).is_empty());
        let rest = line
            .cells
            .iter()
            .enumerate()
            .all(|(i, c)| c.is_empty() || self.amounts.contains(&i));
        if loose && !self.names.is_empty() && unnamed && sums && rest {
            return RowKind::Total;
        }
        // `Acme Total`, as pivots have it below the rows of Acme.
        let last = label
            .rsplit(' ')
            .next()
            .filter(|last| last.len() < label.len());
        let amounts =
            |(i, c): (usize, &&str)| i == first || c.is_empty() || self.amounts.contains(&i);
        if loose && sums && last.is_some_and(|last| is_total(last, false)) {
            let mut cells = line.cells.iter().enumerate();
            if cells.all(amounts) {
                return RowKind::Total;
            }
        }
        RowKind::Data
    }

    /// A row with one filled cell.
    fn alone(&self, label: &str) -> RowKind {
        let amount = label.bytes().all(|b| !b.is_ascii_alphabetic());
        if self.headers.len() < 2 {
            RowKind::Data
        } else if amount && self.grouped {
            RowKind::Total
        } else {
            RowKind::Group
        }
    }

    /// The header once more, or its names in another order, as where a second table follows.
    #[inline(never)]
    pub fn is_header(&self, cells: &[&str]) -> bool {
        let known = |cell: &&str| cell.is_empty() || self.headers.iter().any(|h| h == cell);
        let filled = || cells.iter().filter(|cell| !cell.is_empty()).count();
        self.is_same(cells) || cells.iter().all(known) && filled() > 2
    }

    fn is_same(&self, cells: &[&str]) -> bool {
        let same = |(cell, header): (&&str, &String)| cell.is_empty() || *cell == header;
        cells.len() <= self.headers.len() && cells.iter().zip(&self.headers).all(same)
    }

    /// Where a further header has each column; nothing where it is the same.
    pub fn places(&self, cells: &[&str]) -> Vec<usize> {
        if self.is_same(cells) {
            return Vec::new();
        }
        let mut left = cells.to_vec();
        let mut place = |header: &String| {
            let at = left.iter().position(|cell| cell == header);
            if let Some(taken) = at.and_then(|at| left.get_mut(at)) {
                *taken = "";
            }
            at.unwrap_or(usize::MAX)
        };
        self.headers.iter().map(&mut place).collect()
    }
}

/// Whether a text begins with a letter that a sum's label begins with.
fn may_be_total(text: &str) -> bool {
    let first = text.as_bytes().first().map(u8::to_ascii_lowercase);
    first.is_some_and(|first| b"tsgzieorabn".contains(&first))
}

/// Words that stand alone before a sum.
const TOTALS: &str = "\
    total|totals|grand total|grand totals|sub total|subtotal|subtotals|sum|sums|\
    overall total|report total|summe|gesamt|gesamtsumme|zwischensumme|gesamtergebnis|\
    ergebnis|endsumme|insgesamt|sous total|total general|totaux|somme|suma|totales|\
    suma total|importe total|totale|totale generale|subtotale|totaal|subtotaal|razem|summa|\
    order total|order totals|invoice total|total order|total amount|total incl vat|total incl tax|\
    total including vat|incl vat|amount due|balance due|total due|total ttc|total ht|total net|\
    total gross|gesamtbetrag|rechnungsbetrag|auftragssumme|summe netto|summe brutto|nettobetrag|\
    bruttobetrag";

/// Beginnings of a sum's label.
const BEGINNINGS: &str = "\
    total for |total pour |total fur |total de |total del |summe fur |grand total |\
    grand totals |subtotal |sub total |zwischensumme |sous total ";

/// Whether a label says that the row is a sum. `loose` where the row has no date, which a line of
/// an order would have: then any label that begins with such a word is one.
pub(super) fn is_total(label: &str, loose: bool) -> bool {
    if label.len() > 200 || label.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let label = normalise(label);
    listed(TOTALS, &label)
        || names(BEGINNINGS).any(|start| label.starts_with(start))
        || (loose
            && names(TOTALS).any(|word| {
                label
                    .strip_prefix(word)
                    .is_some_and(|rest| rest.starts_with(' '))
            }))
}

#[cfg(test)]
mod tests {
    use super::is_total;

    #[test]
    fn an_account_that_begins_with_total_is_no_sum() {
        assert!(is_total("Total for Acme", false));
        assert!(is_total("TOTAL", false));
        assert!(is_total("Grand Totals (5 records)", false));
        assert!(is_total("Summe:", false));
        assert!(!is_total("Total Precision Machining", false));
        assert!(!is_total("Totally Fine Parts", true));
        assert!(!is_total("Summers & Co", true));
    }
}
