//! Which character divides cells, and how cells are quoted.

use super::super::layout::Layout;
use super::super::scan::{Line, Scanner};
use super::sample::{Text, pieces};

/// The characters that divide cells, the likeliest first.
const DELIMITERS: [char; 4] = [',', ';', '\t', '|'];
/// Rows that are looked at.
const ROWS: usize = 400;
/// Bytes that are looked at.
const BYTES: usize = 1 << 18;

/// States the delimiter, the quote and whether spaces follow delimiters.
#[inline(never)]
pub(super) fn find(text: &Text, layout: &mut Layout) {
    let head = text.parts.first().map_or("", String::as_str);
    let cut = head.floor_char_boundary(BYTES);
    let whole = text.whole && cut == head.len();
    let head = head.get(..cut).unwrap_or(head);
    if let Some(delimiter) = stated(head) {
        layout.delimiter = delimiter;
        layout.skip_rows = 1;
    } else {
        layout.delimiter = likeliest(head, whole, layout);
    }
    quoting(head, whole, layout);
}

/// A first line `sep=;`, as Excel writes and reads it.
fn stated(head: &str) -> Option<char> {
    let line = head.lines().next()?.trim_matches('"');
    let rest = line
        .get(..4)
        .filter(|s| s.eq_ignore_ascii_case("sep="))
        .and(line.get(4..))?;
    let mut chars = rest.chars();
    let delimiter = chars.next().unwrap_or(',');
    (DELIMITERS.contains(&delimiter) && chars.next().is_none()).then_some(delimiter)
}

#[inline(never)]
fn likeliest(head: &str, whole: bool, layout: &Layout) -> char {
    let mut best = (',', 0.0);
    for delimiter in DELIMITERS {
        let mut trial = layout.clone();
        trial.delimiter = delimiter;
        let score = Shape::of(head, whole, &trial).score();
        if score > best.1 + 1e-9 {
            best = (delimiter, score);
        }
    }
    best.0
}

/// How regular the rows are under a dialect.
#[derive(Debug, Default)]
struct Shape {
    widths: Vec<usize>,
    /// Cells that contain another delimiter; half as bad if it is a comma between words.
    doubtful: usize,
    commas: usize,
    cells: usize,
    /// Cells after the first of their row that begin with a space.
    spaced: usize,
    /// Cells after the first.
    inner: usize,
    /// Cells in single quotes, and in double ones after a space.
    single: usize,
    double_after_space: usize,
    unclosed: usize,
}

impl Shape {
    fn of(head: &str, whole: bool, layout: &Layout) -> Self {
        let mut shape = Self::default();
        let mut scanner = Scanner::new(layout);
        for piece in pieces(head) {
            if shape.widths.len() < ROWS {
                scanner.feed(piece, &mut |line| shape.take(&line, layout.delimiter));
            }
        }
        if whole {
            scanner.finish(&mut |line| shape.take(&line, layout.delimiter));
        }
        shape
    }

    fn take(&mut self, line: &Line<'_>, delimiter: char) {
        if self.widths.len() < ROWS && !(line.width == 1 && line.raw.trim().is_empty()) {
            self.add(line, delimiter);
        }
    }

    fn add(&mut self, line: &Line<'_>, delimiter: char) {
        self.widths.push(line.width);
        self.unclosed += usize::from(line.flaw.is_some());
        for (index, cell) in line.cells.iter().enumerate() {
            self.cells += 1;
            let other = |d: &&char| **d != delimiter && **d != ',';
            let found = DELIMITERS.iter().filter(other).any(|d| cell.contains(*d));
            self.doubtful += usize::from(found);
            self.commas += usize::from(delimiter != ',' && has_word_comma(cell));
            self.inner += usize::from(index > 0);
            self.spaced += usize::from(index > 0 && cell.starts_with(' '));
            let text = cell.trim();
            self.single +=
                usize::from(text.len() >= 2 && text.starts_with('\'') && text.ends_with('\''));
            self.double_after_space += usize::from(cell.starts_with(" \""));
        }
    }

    /// The commonest width, and the share of rows that have it.
    fn mode(&self) -> (usize, f64) {
        let mut widths = self.widths.clone();
        widths.sort_unstable();
        let runs = widths
            .chunk_by(|a, b| a == b)
            .map(|run| (run.len(), run.first().copied()));
        let (count, width) = runs.max().unwrap_or((0, None));
        (width.unwrap_or(0), share(count, self.widths.len()))
    }

    fn score(&self) -> f64 {
        let (width, regular) = self.mode();
        // A title row or two must not outweigh many regular columns.
        let wide: Vec<usize> = self.widths.iter().copied().filter(|w| *w > 1).collect();
        let divided = share(wide.len(), self.widths.len());
        if width < 2 && divided < 0.3 {
            return divided * 0.1;
        }
        let commonest = Self {
            widths: wide,
            ..Self::default()
        };
        let (width, regular) = if width < 2 {
            commonest.mode()
        } else {
            (width, regular)
        };
        let clean =
            (1.0 - share(self.doubtful, self.cells)) * (1.0 - 0.5 * share(self.commas, self.cells));
        regular * regular * (1.0 - share(1, width)) * clean * divided
    }
}

/// A comma that is no decimal mark and no grouping.
fn has_word_comma(cell: &str) -> bool {
    cell.as_bytes()
        .windows(2)
        .any(|pair| matches!(pair, [b',', next] if !next.is_ascii_digit()))
}

/// Numbers of rows and cells are small, so the division is exact enough.
#[allow(clippy::cast_precision_loss)]
pub(super) fn share(part: usize, all: usize) -> f64 {
    if all == 0 {
        0.0
    } else {
        part as f64 / all as f64
    }
}

/// Single quotes around cells, and spaces after delimiters.
#[inline(never)]
fn quoting(head: &str, whole: bool, layout: &mut Layout) {
    let shape = Shape::of(head, whole, layout);
    let rows = shape.widths.len();
    if layout.delimiter != '\t' && rows >= 2 && share(shape.spaced, shape.inner) > 0.95 {
        layout.spaced = true;
    }
    if shape.single >= 2 && !head.contains('"') {
        let mut trial = layout.clone();
        trial.quote = '\'';
        let quoted = Shape::of(head, whole, &trial);
        if quoted.unclosed == 0 && quoted.mode().1 >= shape.mode().1 {
            layout.quote = '\'';
        }
    }
}
