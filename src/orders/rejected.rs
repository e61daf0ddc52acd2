//! The rejected rows, kept as they were written, with the reason: a CSV that can be repaired and
//! imported again.

/// The most text kept, in bytes. A file of nothing but bad rows must not fill the memory twice.
const MOST: usize = 32 << 20;

/// Rows left out of the book, as CSV text.
#[derive(Debug, Clone, Default)]
pub struct Rejected {
    csv: String,
    file: Option<u32>,
    rows: u64,
    missed: u64,
}

impl Rejected {
    /// Adds a row. `header` gives the file's headers when its first row comes.
    pub(super) fn add<'a>(
        &mut self,
        file: u32,
        header: impl Iterator<Item = &'a str>,
        line: u64,
        cells: impl Iterator<Item = &'a str>,
        reason: &str,
    ) {
        self.rows += 1;
        if self.csv.len() > MOST {
            self.missed += 1;
            return;
        }
        if self.file != Some(file) {
            if self.file.is_some() {
                self.csv.push_str("\r\n");
            }
            self.file = Some(file);
            for name in header {
                self.cell(name);
                self.csv.push(',');
            }
            self.csv.push_str("Line,Reason\r\n");
        }
        for cell in cells {
            self.cell(cell);
            self.csv.push(',');
        }
        self.csv.push_str(&line.to_string());
        self.csv.push(',');
        self.cell(reason);
        self.csv.push_str("\r\n");
    }

    /// The rows as CSV (UTF-8, comma), with the line of the file and the reason behind each. Cells
    /// cannot run as formulas. Rows of a further file stand under its own header.
    pub fn csv(&self) -> &str {
        &self.csv
    }

    /// How many rows were rejected.
    pub const fn rows(&self) -> u64 {
        self.rows
    }

    /// How many of them are not in [`Rejected::csv`], because it reached its limit of 32 MB.
    pub const fn missed(&self) -> u64 {
        self.missed
    }

    fn cell(&mut self, text: &str) {
        let text = text.strip_prefix('\u{1f}').unwrap_or(text);
        let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r'])
            && !text
                .bytes()
                .skip(1)
                .all(|b| b.is_ascii_digit() || b == b'.' || b == b',');
        let quoted = formula || text.contains([',', '"', '\n', '\r']);
        if !quoted {
            self.csv.push_str(text);
            return;
        }
        self.csv.push('"');
        if formula {
            self.csv.push('\'');
        }
        for part in text.split_inclusive('"') {
            self.csv.push_str(part);
            if part.ends_with('"') {
                self.csv.push('"');
            }
        }
        self.csv.push('"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rejected_row_keeps_its_cells_and_gets_a_reason() {
        let mut rejected = Rejected::default();
        let header = ["Date", "Amount"];
        rejected.add(
            0,
            header.into_iter(),
            7,
            ["31/31/2026", "-5,00"].into_iter(),
            "not a date",
        );
        rejected.add(
            0,
            header.into_iter(),
            9,
            ["=1+1", "say \"no\""].into_iter(),
            "no, really",
        );
        assert_eq!(
            rejected.csv(),
            "Date,Amount,Line,Reason\r\n31/31/2026,\"-5,00\",7,not a date\r\n\
             \"'=1+1\",\"say \"\"no\"\"\",9,\"no, really\"\r\n"
        );
        assert_eq!((rejected.rows(), rejected.missed()), (2, 0));
    }
}
