//! Rows that stand in quotes as a whole: what a spreadsheet wrote for a row that it took for one cell.

use super::row::Dialect;
use super::{Line, Scanner};
use crate::ingest::layout::Layout;

/// Takes the quotes off rows that then have as many cells as the others.
#[derive(Debug)]
pub struct Wrapped {
    dialect: Dialect,
    width: usize,
}

impl Wrapped {
    /// For rows of so many cells under a layout; cells are without the spaces around them.
    pub fn new(layout: &Layout, width: usize) -> Self {
        let mut dialect = Dialect::of(layout);
        dialect.trim = true;
        Self { dialect, width }
    }

    /// The cells of a row that holds all of them in one cell; nothing for any other row.
    ///
    /// ```
    /// use perennial::ingest::layout::Layout;
    /// use perennial::ingest::scan::{Line, Wrapped};
    /// let raw = r#""1001,""Acme, Inc"",5.00";"#;
    /// let line = Line { line: 2, raw, cells: &[raw], width: 1, flaw: None };
    /// let wrapped = Wrapped::new(&Layout::default(), 3);
    /// assert_eq!(wrapped.cells(&line).unwrap(), ["1001", "Acme, Inc", "5.00"]);
    /// ```
    #[inline]
    pub fn cells(&self, line: &Line<'_>) -> Option<Vec<String>> {
        let one = line.width == 1 || line.flaw.is_some();
        let quoted = line.raw.trim_start().as_bytes().first() == Some(&self.dialect.quote);
        if one && quoted && self.width > 2 {
            self.unwrapped(line.raw)
        } else {
            None
        }
    }

    #[inline(never)]
    fn unwrapped(&self, raw: &str) -> Option<Vec<String>> {
        let quote = char::from(self.dialect.quote);
        // Delimiters of the spreadsheet may follow.
        let inner = raw.trim().trim_end_matches([';', ',', '\t', ' ']);
        let inner = inner.strip_prefix(quote)?.strip_suffix(quote)?;
        let inner = inner.replace(&format!("{quote}{quote}"), &quote.to_string());
        let mut scanner = Scanner::of(self.dialect);
        let (mut rows, mut sound, mut cells) = (0, true, Vec::new());
        let mut take = |line: Line<'_>| {
            rows += 1;
            sound &= line.flaw.is_none();
            cells = line.cells.iter().map(|cell| (*cell).to_owned()).collect();
        };
        scanner.feed(&inner, &mut take);
        scanner.finish(&mut take);
        let filled = cells.iter().filter(|cell| !cell.is_empty()).count();
        (rows == 1 && sound && cells.len() == self.width && filled > 2).then_some(cells)
    }
}
