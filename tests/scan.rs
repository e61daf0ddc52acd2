//! The scanner against an independent reader, and against itself however the text is cut.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use perennial::ingest::layout::Layout;
use perennial::ingest::problem::Code;
use perennial::ingest::scan::Scanner;
use proptest::prelude::*;

type Rows = Vec<(u64, Vec<String>, Option<Code>)>;

fn scan(layout: &Layout, pieces: &[&str]) -> Rows {
    let mut scanner = Scanner::new(layout);
    let mut rows = Rows::new();
    let mut take = |line: perennial::ingest::scan::Line<'_>| {
        assert_eq!(line.width, line.cells.len());
        let cells = line.cells.iter().map(|c| (*c).to_owned()).collect();
        rows.push((line.line, cells, line.flaw));
    };
    for piece in pieces {
        scanner.feed(piece, &mut take);
    }
    scanner.finish(&mut take);
    rows
}

fn cells(text: &str) -> Vec<Vec<String>> {
    let rows = scan(&Layout::default(), &[text]);
    rows.into_iter().map(|(_, cells, _)| cells).collect()
}

#[test]
fn rows_and_cells_are_found() {
    for (text, rows) in [
        ("a,b\n1,2\n", vec![vec!["a", "b"], vec!["1", "2"]]),
        ("a,b\r\n1,2", vec![vec!["a", "b"], vec!["1", "2"]]),
        (
            "a,b\r1,2\n3,4\r\n",
            vec![vec!["a", "b"], vec!["1", "2"], vec!["3", "4"]],
        ),
        ("\"a,b\",c", vec![vec!["a,b", "c"]]),
        ("\"a\"\"b\",c", vec![vec!["a\"b", "c"]]),
        ("\"a\nb\",c\nd,e", vec![vec!["a\nb", "c"], vec!["d", "e"]]),
        (
            "\"a\r\nb\",c\nd,e",
            vec![vec!["a\r\nb", "c"], vec!["d", "e"]],
        ),
        ("\"\",x\n", vec![vec!["", "x"]]),
        (",,\n", vec![vec!["", "", ""]]),
        ("a,b \"c\" d,e", vec![vec!["a", "b \"c\" d", "e"]]),
        ("\"a\" ,b", vec![vec!["a", "b"]]),
        (" a , b", vec![vec![" a ", " b"]]),
        ("\"3/4\" bolt\",5", vec![vec!["3/4\" bolt", "5"]]),
        ("a\n\nb", vec![vec!["a"], vec![""], vec!["b"]]),
        ("\"\"\"\"\n", vec![vec!["\""]]),
    ] {
        assert_eq!(cells(text), rows, "{text:?}");
    }
}

#[test]
fn an_unclosed_quote_costs_one_row() {
    let rows = scan(&Layout::default(), &["a,b\n1,\"two\n3,4\n5,6\n"]);
    assert_eq!(rows.len(), 4);
    assert_eq!(rows[1].2, Some(Code::UnclosedQuote));
    assert_eq!(rows[3].1, ["5", "6"]);
    let rows = scan(&Layout::default(), &["a,b\n1,\"two\n3,\"four\"\n5,6\n"]);
    assert_eq!(rows.len(), 4);
    assert_eq!(rows[2].1, ["3", "four"]);
    assert_eq!(rows[2].2, None);
    let rows = scan(&Layout::default(), &["a,b\n1,\"two"]);
    assert_eq!(rows[1].1, ["1", "two"]);
    assert_eq!(rows[1].2, Some(Code::UnclosedQuote));
}

#[test]
fn lines_are_counted_as_an_editor_counts_them() {
    let rows = scan(&Layout::default(), &["a,b\n\"x\ny\",1\n\nc,d\r\ne,f"]);
    let lines: Vec<u64> = rows.iter().map(|r| r.0).collect();
    assert_eq!(lines, [1, 2, 4, 5, 6]);
}

#[test]
fn sizes_are_bounded() {
    let big = "x".repeat(2 << 20);
    let rows = scan(&Layout::default(), &[&format!("a,b\n1,{big}\n2,3\n")]);
    assert_eq!((rows[1].2, rows[2].1.len()), (Some(Code::TooLarge), 2));
    let huge = "y,".repeat(6 << 20);
    for pieces in [
        vec![huge.as_str(), "\n2,3\n"],
        vec!["1,", &huge, "\n", "2,3\n"],
    ] {
        let mut scanner = Scanner::new(&Layout::default());
        let mut found = Vec::new();
        let mut take = |l: perennial::ingest::scan::Line<'_>| {
            found.push((l.line, l.flaw, l.cells.len(), l.raw.len()));
        };
        for piece in &pieces {
            scanner.feed(piece, &mut take);
        }
        scanner.finish(&mut take);
        assert_eq!(found, [(1, Some(Code::TooLarge), 0, 4096), (2, None, 2, 3)]);
    }
    let wide = ",".repeat(10_000);
    let mut scanner = Scanner::new(&Layout::default());
    scanner.feed(&format!("{wide}\n"), &mut |l| {
        assert_eq!((l.width, l.cells.len()), (10_001, 500));
    });
}

/// Files with a million quotes that nothing closes are read in a moment.
#[test]
fn unclosed_quotes_are_not_read_again_and_again() {
    for unit in ["\"\"a\n", "\"a\n\"b", "x,\"a\n", "\",\"\"\n"] {
        let text = unit.repeat((1 << 20) / unit.len());
        let start = std::time::Instant::now();
        scan_only(&text);
        assert!(
            start.elapsed().as_secs() < 60,
            "{unit:?}: {:?}",
            start.elapsed()
        );
    }
}

fn scan_only(text: &str) {
    let mut scanner = Scanner::new(&Layout::default());
    let mut rows = 0;
    for piece in text.as_bytes().chunks(1 << 16) {
        scanner.feed(std::str::from_utf8(piece).unwrap(), &mut |_| rows += 1);
    }
    scanner.finish(&mut |_| rows += 1);
    assert!(rows > 0);
}

/// Cells as a correct writer quotes them.
fn write(rows: &[Vec<String>]) -> String {
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

proptest! {
    #[test]
    fn what_a_correct_writer_writes_is_read_back(
        rows in prop::collection::vec(prop::collection::vec("[a-c\", \n\r;é🏭]{0,6}", 1..6), 1..12),
    ) {
        let text = write(&rows);
        prop_assert_eq!(&cells(&text), &rows, "{:?}", text);
        prop_assert!(scan(&Layout::default(), &[&text]).iter().all(|r| r.2.is_none()));
    }

    #[test]
    fn unquoted_text_reads_as_by_an_independent_reader(text in "[ab,; é\n\r]{0,60}") {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).quoting(false)
            .from_reader(text.as_bytes());
        let theirs: Vec<Vec<String>> =
            reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect();
        let ours: Vec<Vec<String>> = cells(&text).into_iter().filter(|r| *r != [""]).collect();
        prop_assert_eq!(ours, theirs);
    }

    #[test]
    fn cutting_does_not_matter(
        text in "[ab,\"\n\r é🏭]{0,80}",
        cuts in prop::collection::vec(0usize..200, 0..8),
        spaced: bool,
    ) {
        let layout = Layout { spaced, ..Layout::default() };
        let whole = scan(&layout, &[&text]);
        let mut at: Vec<usize> = cuts.into_iter().map(|c| text.floor_char_boundary(c)).collect();
        at.extend([0, text.len()]);
        at.sort_unstable();
        let pieces: Vec<&str> = at.windows(2).map(|w| &text[w[0]..w[1]]).collect();
        prop_assert_eq!(scan(&layout, &pieces), whole.clone());
        let letters: Vec<String> = text.chars().map(String::from).collect();
        let letters: Vec<&str> = letters.iter().map(String::as_str).collect();
        prop_assert_eq!(scan(&layout, &letters), whole);
    }
}
