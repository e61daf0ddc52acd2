//! Builds the text of a sheet, CSV or JSON, from cells that come in order.
//!
//! Every row that has a cell is as wide as the widest; a row without any is an empty line, so that
//! line numbers are row numbers (JSON leaves it out). Text is built once and widened in place:
//! a sheet of a million rows is never held as a table of strings.

use super::error;
use crate::base::formula::{GUARD, guard};
use crate::ingest::Refusal;

/// Most bytes of one sheet as text.
const MAX_TEXT: usize = 256 << 20;

/// How the rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Comma-separated; quoted where a reader could mistake the cell; numbers marked.
    Csv,
    /// An array of arrays of strings.
    Json,
}

impl Form {
    /// What widens a row by an empty cell.
    const fn padding(self) -> &'static [u8] {
        match self {
            Self::Csv => b",",
            Self::Json => b",\"\"",
        }
    }
}

/// The text so far.
pub(super) struct Rows {
    form: Form,
    limit: usize,
    out: Vec<u8>,
    /// Where a row that is not empty ends in the text, and how many cells it has.
    ends: Vec<(usize, u32)>,
    width: u32,
    row: u32,
    cells: u32,
}

impl Rows {
    pub(super) fn new(form: Form) -> Self {
        Self {
            form,
            limit: MAX_TEXT,
            out: Vec::new(),
            ends: Vec::new(),
            width: 0,
            row: 0,
            cells: 0,
        }
    }

    /// Whether it is made for the importer, and not to be shown as it is.
    pub(super) fn is_csv(&self) -> bool {
        self.form == Form::Csv
    }

    /// Adds a cell. `number` says that the text is a plain decimal.
    pub(super) fn cell(
        &mut self,
        row: u32,
        column: u32,
        text: &str,
        number: bool,
    ) -> Result<(), Refusal> {
        if row < self.row || (row == self.row && column < self.cells) {
            return Err(error::damaged("its cells are not in order"));
        }
        if row > self.row {
            self.end_row();
            if self.form == Form::Csv {
                let blank = (row - self.row - 1) as usize;
                self.out.resize(self.out.len() + blank, b'\n');
            }
            self.row = row;
        }
        if self.cells == 0 {
            self.open_row();
        }
        while self.cells < column {
            self.separate();
            if self.form == Form::Json {
                self.out.extend_from_slice(b"\"\"");
            }
            self.cells += 1;
        }
        self.separate();
        self.cells += 1;
        match self.form {
            Form::Csv => push_csv(&mut self.out, text, number),
            Form::Json => push_json(&mut self.out, text),
        }
        if self.out.len() > self.limit {
            return Err(error::too_big(
                "The sheet holds more than 256 MB of text, which is the most that is read.",
            ));
        }
        Ok(())
    }

    /// The text, with rows widened; `false` where that would have been too much.
    pub(super) fn finish(mut self) -> (Vec<u8>, bool) {
        self.end_row();
        let extra: usize = self
            .ends
            .iter()
            .map(|(_, cells)| (self.width - cells) as usize * self.form.padding().len())
            .sum();
        let widened = self.out.len() + extra <= self.limit;
        if widened && extra > 0 {
            self.widen(extra);
        }
        if self.form == Form::Json {
            if self.out.last() == Some(&b',') {
                self.out.pop();
            }
            self.out.insert(0, b'[');
            self.out.push(b']');
        }
        (self.out, widened)
    }

    fn open_row(&mut self) {
        if self.form == Form::Json {
            self.out.push(b'[');
        }
    }

    fn separate(&mut self) {
        if self.cells > 0 {
            self.out.push(b',');
        }
    }

    fn end_row(&mut self) {
        if self.cells > 0 {
            self.width = self.width.max(self.cells);
            self.ends.push((self.out.len(), self.cells));
            self.cells = 0;
            if self.form == Form::Json {
                self.out.extend_from_slice(b"],");
            }
        }
        if self.form == Form::Csv {
            self.out.push(b'\n');
        }
    }

    /// Moves the rows apart from the last to the first, and fills what opens up.
    fn widen(&mut self, extra: usize) {
        let unit = self.form.padding();
        let mut from_end = self.out.len();
        let mut to_end = from_end + extra;
        self.out.resize(to_end, 0);
        for &(end, cells) in self.ends.iter().rev() {
            let length = from_end - end;
            self.out.copy_within(end..from_end, to_end - length);
            to_end -= length;
            from_end = end;
            let gap = (self.width - cells) as usize * unit.len();
            if let Some(opened) = self.out.get_mut(to_end - gap..to_end) {
                for (byte, pad) in opened.iter_mut().zip(unit.iter().cycle()) {
                    *byte = *pad;
                }
            }
            to_end -= gap;
        }
    }
}

/// A cell of CSV. Text is quoted wherever a guess at the delimiter could be led astray.
fn push_csv(out: &mut Vec<u8>, text: &str, number: bool) {
    if number {
        out.push(super::CANONICAL as u8);
        out.extend_from_slice(text.as_bytes());
        return;
    }
    // The importer takes one such apostrophe off; this one is the workbook's own.
    let guarded = text.starts_with(GUARD) && guard(text);
    let text = if guarded {
        &format!("{GUARD}{text}")
    } else {
        text
    };
    // A delimiter of some kind, or what a JSON, HTML or PDF file begins with.
    let odd = |b: u8| b",\"\n\r;\t|=#[{<%".contains(&b);
    if !text.bytes().any(odd) {
        out.extend_from_slice(text.as_bytes());
        return;
    }
    out.push(b'"');
    for byte in text.bytes() {
        if byte == b'"' {
            out.push(b'"');
        }
        out.push(byte);
    }
    out.push(b'"');
}

/// A JSON string.
pub(super) fn push_json(out: &mut Vec<u8>, text: &str) {
    // Writing a string into a vector does not fail.
    let _ = serde_json::to_writer(out, text);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn build(form: Form, cells: &[(u32, u32, &str)]) -> String {
        let mut rows = Rows::new(form);
        for &(row, column, text) in cells {
            rows.cell(row, column, text, text.starts_with(char::is_numeric))
                .unwrap();
        }
        String::from_utf8(rows.finish().0).unwrap()
    }

    const CELLS: &[(u32, u32, &str)] = &[
        (1, 0, "Title; of \"it\""),
        (3, 0, "a"),
        (3, 1, "b"),
        (3, 3, "d"),
        (4, 2, "7"),
        (6, 1, "end"),
    ];

    #[test]
    fn rows_keep_their_numbers_and_get_one_width() {
        assert_eq!(
            build(Form::Csv, CELLS),
            "\n\"Title; of \"\"it\"\"\",,,\n\na,b,,d\n,,\u{1f}7,\n\n,end,,\n"
        );
        assert_eq!(
            build(Form::Json, CELLS),
            r#"[["Title; of \"it\"","","",""],["a","b","","d"],["","","7",""],["","end","",""]]"#
        );
        assert_eq!(build(Form::Csv, &[]), "\n");
        assert_eq!(build(Form::Json, &[]), "[]");
    }

    #[test]
    fn cells_out_of_order_are_refused() {
        let mut rows = Rows::new(Form::Csv);
        rows.cell(2, 2, "a", false).unwrap();
        assert!(rows.cell(2, 2, "b", false).is_err());
        assert!(rows.cell(1, 5, "b", false).is_err());
    }

    #[test]
    fn a_width_that_would_not_fit_is_left_alone() {
        let mut rows = Rows::new(Form::Csv);
        rows.limit = 1_000;
        rows.cell(0, 499, "wide", false).unwrap();
        rows.cell(1, 0, "x", false).unwrap();
        rows.cell(2, 0, "y", false).unwrap();
        let (text, widened) = rows.finish();
        assert!(!widened && text.ends_with(b"wide\nx\ny\n"));
    }

    #[test]
    fn text_beyond_the_limit_is_refused() {
        for form in [Form::Csv, Form::Json] {
            let mut rows = Rows::new(form);
            rows.limit = 990;
            let text = "x".repeat(90);
            let written = (0..100).take_while(|row| rows.cell(*row, 0, &text, false).is_ok());
            assert_eq!(written.count(), 10);
        }
    }
}
