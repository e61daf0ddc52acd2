//! What is known of a sale beside its amounts: when it was delivered and paid, how many days the
//! customer has to pay, and for how many months the contract is.
//!
//! In: the cells of four columns that few files have. Out: columns of the book, which cost nothing
//! where no file has them. A blank cell on a further line of an order is the line's above. Invariant:
//! a cell that cannot be read is listed, and costs no line: what it would say is unknown.

use super::book::OrderBook;
use super::column::Ids;
use super::names::NONE;
use super::problems::Problems;
use super::reading::{Reader, Reject};
use crate::base::Date;
use crate::ingest::problem::Code;
use crate::ingest::role::Role;
use crate::ingest::row::Row;

/// Days from the order's beyond which a day of delivery or payment is hardly right.
const TEN_YEARS: i32 = 3653;
/// The most days to pay, and months of a contract.
const MOST: u32 = 3_650;

/// A fact of a sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fact {
    /// The day on which it was delivered or invoiced.
    Delivered,
    /// The day on which the customer paid.
    Paid,
    /// Days that the customer has to pay.
    PayDays,
    /// Months of the contract.
    TermMonths,
}

impl Fact {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Delivered, Self::Paid, Self::PayDays, Self::TermMonths];

    /// The column that has it.
    pub const fn role(self) -> Role {
        match self {
            Self::Delivered => Role::Delivered,
            Self::Paid => Role::Paid,
            Self::PayDays => Role::PayDays,
            Self::TermMonths => Role::TermMonths,
        }
    }

    const fn is_day(self) -> bool {
        matches!(self, Self::Delivered | Self::Paid)
    }
}

/// The columns, by [`Fact::ALL`].
#[derive(Debug, Clone, Default)]
pub(super) struct Facts([Ids; 4]);

/// What was read last.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// By fact: the cell read last, and what it says.
    cells: [(String, u32); 4],
    /// By fact: what the line above said, one higher; 0 is nothing.
    above: [u32; 4],
}

impl Facts {
    /// A line's facts, as its file has them.
    pub fn push(
        &mut self,
        reader: &Reader,
        row: &Row<'_>,
        (at, date, same): (usize, Date, bool),
        seen: &mut Seen,
        problems: &mut Problems,
    ) {
        for fact in &reader.facts {
            let slot = *fact as usize;
            let slots = (
                self.0.get_mut(slot),
                seen.cells.get_mut(slot),
                seen.above.get_mut(slot),
            );
            let (Some(column), Some(cache), Some(above)) = slots else {
                continue;
            };
            let cell = reader.cell(row, fact.role());
            let found = if cell.is_empty() {
                if same { *above } else { 0 }
            } else {
                match read(reader, *fact, cell, date, cache) {
                    Ok(value) => value,
                    Err((reject, expected)) => {
                        let mut found = reader.found(row.line, &reject);
                        found.rejected = false;
                        found.expected.push_str(expected);
                        problems.add(found);
                        0
                    }
                }
            };
            *above = found;
            column.push(at, found.checked_sub(1).unwrap_or(NONE));
        }
    }

    pub fn keep(&mut self, keep: &[bool]) {
        for column in &mut self.0 {
            column.keep(keep);
        }
    }

    pub fn shrink(&mut self) {
        for column in &mut self.0 {
            column.shrink();
        }
    }

    fn get(&self, fact: Fact, line: usize) -> Option<u32> {
        let column = self.0.get(fact as usize)?;
        Some(column.get(line)).filter(|value| *value != NONE)
    }
}

/// What a cell says, one higher; 0 where it says nothing.
fn read(
    reader: &Reader,
    fact: Fact,
    cell: &str,
    date: Date,
    cache: &mut (String, u32),
) -> Result<u32, (Reject, &'static str)> {
    if cache.0 != cell {
        let value = if fact.is_day() {
            let day = reader.date(fact.role(), cell);
            let day = day.map_err(|reject| (reject, "; the day is unknown, the line counts"))?;
            day.map_or(0, |day| stored(day) + 1)
        } else {
            number(cell, fact == Fact::TermMonths).map_or(0, |number| number + 1)
        };
        cell.clone_into(&mut cache.0);
        cache.1 = value;
    }
    let far = |value: u32| day(value).days_since(date).abs() > TEN_YEARS;
    if fact.is_day() && cache.1.checked_sub(1).is_some_and(far) {
        let reject = Reject {
            code: Code::BadDate,
            column: reader.column(fact.role()),
            role: Some(fact.role()),
            found: cell.to_owned(),
        };
        return Err((
            reject,
            ", within ten years of the order's; it is unknown, the line counts",
        ));
    }
    Ok(cache.1)
}

/// A day as it is stored: in the order of days, and never [`NONE`].
const fn stored(day: Date) -> u32 {
    day.days().cast_unsigned() ^ (1 << 31)
}

const fn day(stored: u32) -> Date {
    Date::from_days((stored ^ (1 << 31)).cast_signed())
}

/// The number in `30`, `Net 30`, `2 % 10, net 30` (the largest that is no percentage), `36 months`,
/// `3 years`; in months where `months`, else in days.
fn number(cell: &str, months: bool) -> Option<u32> {
    let mut largest: Option<u32> = None;
    let mut rest = cell;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        rest = rest.get(at..)?;
        let end = |c: char| !c.is_ascii_digit();
        let (whole, after) = rest.split_at(rest.find(end).unwrap_or(rest.len()));
        let point = after.strip_prefix(['.', ',']);
        let digits = point.map_or(0, |text| text.find(end).unwrap_or(text.len()));
        let part = point.and_then(|text| text.get(..digits)).unwrap_or("");
        rest = after.get(part.len() + usize::from(digits > 0)..)?;
        let unit = rest.trim_start();
        if !unit.starts_with('%')
            && let (Ok(whole), Ok(tenths)) = (
                whole.parse::<u32>(),
                part.get(..1).unwrap_or("0").parse::<u32>(),
            )
        {
            let tenths = whole.checked_mul(10)?.checked_add(tenths)?;
            largest = largest.max(counted(tenths, unit, months));
        }
    }
    largest.filter(|number| *number <= MOST)
}

/// Tenths of a unit in days or months: a unit is known by its first letters in four languages.
fn counted(tenths: u32, unit: &str, months: bool) -> Option<u32> {
    let begins = |words: &[&str]| {
        let word: String = unit.chars().take(3).flat_map(char::to_lowercase).collect();
        words.iter().any(|begin| word.starts_with(begin))
    };
    let times = |by: u32| Some(tenths.checked_mul(by)? / 10);
    if begins(&["y", "ja", "an", "añ"]) {
        times(if months { 12 } else { 365 })
    } else if begins(&["mo", "me"]) {
        times(if months { 1 } else { 30 })
    } else if months && begins(&["d", "ta", "jo"]) {
        Some(tenths / 10 / 30)
    } else {
        times(1)
    }
}

impl OrderBook {
    /// Whether some line says so.
    pub fn tells(&self, fact: Fact) -> bool {
        let column = self.facts.0.get(fact as usize);
        column.is_some_and(|column| !column.is_empty())
    }

    /// A line's day of delivery or payment, where the orders have it.
    pub fn fact_day(&self, fact: Fact, line: usize) -> Option<Date> {
        self.facts.get(fact, line).map(day)
    }

    /// A line's days to pay or months of contract, where the orders have them.
    pub fn fact_number(&self, fact: Fact, line: usize) -> Option<u32> {
        self.facts.get(fact, line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::orders::testing::{File, import, one};

    #[test]
    fn numbers_are_found_in_what_people_write() {
        for (cell, days) in [
            ("30", Some(30)),
            ("Net 30", Some(30)),
            ("NET45", Some(45)),
            ("2 % 10, net 30", Some(30)),
            ("2/10 n/60", Some(60)),
            ("14 Tage netto", Some(14)),
            ("30 jours fin de mois", Some(30)),
            ("2 months", Some(60)),
            ("0", Some(0)),
            ("Prepaid", None),
            ("99999999999", None),
            ("", None),
        ] {
            assert_eq!(number(cell, false), days, "{cell}");
        }
        for (cell, months) in [
            ("36", Some(36)),
            ("36 Monate", Some(36)),
            ("3 years", Some(36)),
            ("1,5 Jahre", Some(18)),
            ("2 años", Some(24)),
            ("2 ans", Some(24)),
            ("365 days", Some(12)),
            ("none", None),
        ] {
            assert_eq!(number(cell, true), months, "{cell}");
        }
    }

    #[test]
    fn facts_are_read_and_a_blank_cell_of_an_order_is_the_line_above() {
        let text = "
            order|account|date|revenue|delivered|paid|pay_days|term_months
            1|A|2025-01-10|100|2025-01-20|2025-02-20|Net 30|12
            1|A|2025-01-10|50||||
            2|A|2025-03-01|70||||
            3|B|2025-03-02|80|soon|1900-01-01|cash|3 years";
        let built = one(text);
        let book = &built.book;
        let day = |fact, line| book.fact_day(fact, line).map(|day| day.to_string());
        assert_eq!(day(Fact::Delivered, 0).as_deref(), Some("2025-01-20"));
        assert_eq!(day(Fact::Delivered, 1).as_deref(), Some("2025-01-20"));
        assert_eq!(day(Fact::Paid, 1).as_deref(), Some("2025-02-20"));
        assert_eq!(book.fact_number(Fact::PayDays, 1), Some(30));
        assert_eq!(book.fact_number(Fact::TermMonths, 0), Some(12));
        // Another order begins anew.
        assert_eq!((day(Fact::Delivered, 2), day(Fact::Paid, 2)), (None, None));
        // What cannot be read costs no line and is said.
        assert_eq!(built.report.in_book, 4);
        assert_eq!((day(Fact::Delivered, 3), day(Fact::Paid, 3)), (None, None));
        assert_eq!(book.fact_number(Fact::PayDays, 3), None);
        assert_eq!(book.fact_number(Fact::TermMonths, 3), Some(36));
        assert_eq!(built.report.rejected, 0);
        assert_eq!(
            built.report.problems.len(),
            2,
            "{:?}",
            built.report.problems
        );
    }

    #[test]
    fn a_file_without_them_has_none_and_one_after_it_fills_up() {
        let plain = File::new("a.csv", "order|account|date|revenue\n1|A|2025-01-10|100");
        let more = "order|account|date|revenue|paid\n2|A|2025-02-10|100|2025-03-01";
        let alone = import(
            &[File::new(
                "a.csv",
                "order|account|date|revenue\n1|A|2025-01-10|1",
            )],
            None,
            &[],
        );
        assert!(Fact::ALL.iter().all(|fact| !alone.book.tells(*fact)));
        let both = import(&[plain, File::new("b.csv", more)], None, &[]).book;
        assert!(both.tells(Fact::Paid) && !both.tells(Fact::Delivered));
        assert_eq!(both.fact_day(Fact::Paid, 0), None);
        assert!(both.fact_day(Fact::Paid, 1).is_some());
    }
}
