//! A sheet, or any table of text, as CSV by RFC 4180: UTF-8, comma, lines end in CR LF, cells
//! quoted where they must be.
//!
//! Text that a spreadsheet would run as a formula is guarded (see [`crate::base::formula`]); our
//! own numbers and dates are not, so that they stay numbers and dates.

use crate::base::formula::{GUARD, guard};
use crate::metrics::{Cell, Number, Sheet, SheetColumn};

/// What Excel needs at the start of a file to see that it is UTF-8.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// A CSV file in the making.
#[derive(Debug, Default)]
pub struct Csv {
    out: Vec<u8>,
    /// Something is on the line already.
    begun: bool,
}

impl Csv {
    /// An empty file; `mark` puts a byte order mark before it, which Excel needs and others may
    /// show.
    pub fn new(mark: bool) -> Self {
        let mut csv = Self::default();
        if mark {
            csv.out.extend_from_slice(MARK);
        }
        csv
    }

    /// Adds a cell of text, guarded.
    pub fn text(&mut self, text: &str) {
        self.separate();
        let quoted = text
            .bytes()
            .any(|b| matches!(b, b',' | b'"' | b'\r' | b'\n'));
        if quoted {
            self.out.push(b'"');
        }
        if guard(text) {
            self.out.push(GUARD as u8);
        }
        for byte in text.bytes() {
            if byte == b'"' {
                self.out.push(b'"');
            }
            self.out.push(byte);
        }
        if quoted {
            self.out.push(b'"');
        }
    }

    /// Adds a number or a date of ours as it is: digits, a dot, a minus.
    pub fn plain(&mut self, value: impl std::fmt::Display) {
        self.separate();
        // Writing into a vector does not fail.
        let _ = std::io::Write::write_fmt(&mut self.out, format_args!("{value}"));
    }

    /// Ends the row.
    pub fn end_row(&mut self) {
        self.out.extend_from_slice(b"\r\n");
        self.begun = false;
    }

    /// The file.
    pub fn finish(self) -> Vec<u8> {
        self.out
    }

    fn separate(&mut self) {
        if self.begun {
            self.out.push(b',');
        }
        self.begun = true;
    }
}

/// The heading of a column in an export: its label, with the unit of its numbers where they could be
/// taken for others.
pub(super) fn heading(column: &SheetColumn) -> String {
    let suffix = column.unit.suffix();
    if matches!(suffix, "" | ": 1") || column.label.contains(suffix) {
        column.label.clone()
    } else {
        format!("{} ({suffix})", column.label)
    }
}

/// A sheet as CSV, headings first. Numbers have all their digits; a cell without a value is empty.
pub fn csv(sheet: &Sheet, mark: bool) -> Vec<u8> {
    let mut csv = Csv::new(mark);
    for column in &sheet.columns {
        csv.text(&heading(column));
    }
    csv.end_row();
    for row in &sheet.rows {
        for cell in row {
            match cell {
                Cell::Text(text) => csv.text(text),
                Cell::Number(Number::Exact(amount), _) => csv.plain(amount),
                Cell::Number(Number::Float(number), _) if number.is_finite() => {
                    // A negative zero is a zero.
                    csv.plain(if *number == 0.0 { 0.0 } else { *number });
                }
                Cell::Date(date) => csv.plain(date),
                Cell::Number(..) | Cell::Empty(_) => csv.text(""),
            }
        }
        csv.end_row();
    }
    csv.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Date, Unit};
    use crate::metrics::Exactness;

    fn sheet(rows: Vec<Vec<Cell>>) -> Sheet {
        let column = |label: &str, unit| SheetColumn {
            key: label.to_lowercase(),
            label: label.into(),
            unit,
            help: String::new(),
        };
        Sheet {
            key: "accounts".into(),
            title: "Accounts".into(),
            caption: String::new(),
            columns: vec![
                column("Account", Unit::Text),
                column("Margin", Unit::Percent),
                column("Last order", Unit::Date),
            ],
            rows,
        }
    }

    #[test]
    fn a_sheet_is_written_by_the_rules() {
        let number = |n| Cell::Number(n, Exactness::Exact);
        let written = csv(
            &sheet(vec![
                vec![
                    Cell::Text("Müller, \"Söhne\"\nGmbH".into()),
                    number(Number::Exact("-12.50".parse().unwrap())),
                    Cell::Date(Date::parse("2026-02-03").unwrap()),
                ],
                vec![
                    Cell::Text("=HYPERLINK(\"x\")".into()),
                    number(Number::Float(1e21)),
                    Cell::Empty("no order".into()),
                ],
                vec![
                    Cell::Text("-5".into()),
                    number(Number::Float(f64::NAN)),
                    Cell::Empty(String::new()),
                ],
            ]),
            false,
        );
        assert_eq!(
            String::from_utf8(written).unwrap(),
            "Account,Margin (%),Last order\r\n\
             \"Müller, \"\"Söhne\"\"\nGmbH\",-12.50,2026-02-03\r\n\
             \"'=HYPERLINK(\"\"x\"\")\",1000000000000000000000,\r\n\
             '-5,,\r\n"
        );
    }

    #[test]
    fn the_mark_is_put_first_when_asked_for() {
        assert!(csv(&sheet(Vec::new()), true).starts_with(b"\xEF\xBB\xBFAccount"));
    }
}
