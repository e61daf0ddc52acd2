//! Files that nobody should make: nothing aborts, nothing hangs, every row is accounted for.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use perennial::ingest::layout::{DateOrder, DecimalMark, Layout};
use perennial::ingest::problem::Code;
use perennial::ingest::read::Reader;
use perennial::ingest::row::{Row, RowKind};
use perennial::ingest::{Refusal, Samples, cells, preview, read_table, restage, stage};
use proptest::prelude::*;

type Rows = Vec<(u64, RowKind, Option<Code>, Option<String>, Vec<String>)>;

fn read(layout: &Layout, pieces: &[&[u8]]) -> Result<Rows, Refusal> {
    let mut rows = Rows::new();
    let mut take = |row: Row<'_>| {
        let cells = row.cells.iter().map(|c| (*c).to_owned()).collect();
        rows.push((
            row.line,
            row.kind,
            row.flaw,
            row.group.map(str::to_owned),
            cells,
        ));
    };
    let mut reader = Reader::new(layout);
    for piece in pieces {
        reader.feed(piece, &mut take)?;
    }
    reader.finish(&mut take)?;
    assert_eq!(reader.rows(), rows.len() as u64);
    Ok(rows)
}

const HEADER: &str = "Order,Date,Customer,Amount\n";

fn plain() -> Layout {
    let text = format!("{HEADER}1,2026-01-31,Acme,12.50\n2,2026-02-01,Beta,3.25\n");
    stage(&Samples::whole(text.as_bytes()), "orders.csv").unwrap()
}

#[test]
fn a_million_empty_lines_are_a_million_blank_rows() {
    let text = format!("{HEADER}{}1,2026-01-31,Acme,5\n", "\n".repeat(1_000_000));
    let rows = read(&plain(), &[text.as_bytes()]).unwrap();
    assert_eq!(rows.len(), 1_000_001);
    assert_eq!(
        rows.iter().filter(|r| r.1 == RowKind::Blank).count(),
        1_000_000
    );
    assert_eq!(rows[1_000_000].0, 1_000_002);
}

#[test]
fn wide_rows_are_flagged_not_dropped() {
    for columns in [600, 10_000, 1_000_000] {
        let text = format!("{HEADER}{}\n1,2026-01-31,Acme,5\n", ",".repeat(columns - 1));
        let rows = read(&plain(), &[text.as_bytes()]).unwrap();
        assert_eq!(rows.len(), 2, "{columns}");
        assert_eq!(rows[1].4, ["1", "2026-01-31", "Acme", "5"]);
    }
    let header: Vec<String> = (0..10_000).map(|n| format!("c{n}")).collect();
    let values: Vec<String> = (0..10_000).map(|n| n.to_string()).collect();
    let text = format!("{}\n{}\n", header.join(","), values.join(","));
    let layout = stage(&Samples::whole(text.as_bytes()), "wide.csv").unwrap();
    assert_eq!(layout.columns.len(), 500);
    let table = read_table(text.as_bytes(), "wide.csv").unwrap();
    assert!(
        table.warnings.iter().any(|w| w.contains("500 columns")),
        "{:?}",
        table.warnings
    );
}

#[test]
fn a_cell_of_twenty_megabytes_is_one_problem() {
    let cell = "x".repeat(20 << 20);
    for (open, close) in [("", ""), ("\"", "\"")] {
        let text = format!("{HEADER}1,2026-01-31,{open}{cell}{close},5\n2,2026-02-01,Beta,3\n");
        let rows = read(
            &plain(),
            &text.as_bytes().chunks(1 << 20).collect::<Vec<_>>(),
        )
        .unwrap();
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[0].2, Some(Code::TooLarge));
        assert_eq!(rows[1].4[2], "Beta");
    }
}

#[test]
fn ragged_rows_say_so() {
    let text = format!(
        "{HEADER}1,2026-01-31,Acme\n2,2026-01-31,Acme,5,6\n3,2026-01-31,Acme,5,,\n4,2026-01-31,Acme,5\n"
    );
    let flaws: Vec<Option<Code>> = read(&plain(), &[text.as_bytes()])
        .unwrap()
        .iter()
        .map(|r| r.2)
        .collect();
    let ragged = Some(Code::RaggedRow);
    assert_eq!(flaws, [ragged, ragged, None, None]);
    let table = read_table(text.as_bytes(), "a.csv").unwrap();
    assert!(
        table.warnings.iter().any(|w| w.contains("ragged")),
        "{:?}",
        table.warnings
    );
}

#[test]
fn bad_text_is_flagged_where_it_is() {
    let mut bytes = HEADER.as_bytes().to_vec();
    bytes.extend(b"1,2026-01-31,Acme,5\n2,2026-01-31,M\xfcller,5\n3,2026-01-31,Acme,5\n");
    let flaws: Vec<Option<Code>> = read(&plain(), &[&bytes])
        .unwrap()
        .iter()
        .map(|r| r.2)
        .collect();
    assert_eq!(flaws, [None, Some(Code::BadText), None]);
}

#[test]
fn two_tables_in_one_file_do_not_mix() {
    let text = format!("{HEADER}1,2026-01-31,Acme,5\n\nRep,Quota\nJones,100\nSmith,200\n");
    let layout = stage(&Samples::whole(text.as_bytes()), "two.csv").unwrap();
    let rows = read(&layout, &[text.as_bytes()]).unwrap();
    let clean = rows
        .iter()
        .filter(|r| r.1 == RowKind::Data && r.2.is_none())
        .count();
    assert_eq!((rows.len(), clean), (5, 1), "{rows:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = read_table(&bytes, "any");
        if let Ok(layout) = stage(&Samples::whole(&bytes), "any") {
            let _ = read(&layout, &[&bytes]);
            let _ = preview(&Samples::whole(&bytes), &layout);
        }
        let _ = read(&plain(), &[&bytes]);
    }

    #[test]
    fn no_table_like_text_panics_and_cutting_does_not_matter(
        text in "([A-Za-z]{1,6}[,;|\t]){2,4}[a-z\"]{1,4}\n(([0-9./-]{1,10}|\"[a-z,\n]{0,5}\"|Total|é)[,;]){0,40}\n?[0-9\n,\"]{0,40}",
        size in 1usize..40,
    ) {
        let bytes = text.as_bytes();
        if let Ok(layout) = stage(&Samples::whole(bytes), "any.csv") {
            let whole = read(&layout, &[bytes]).unwrap();
            let cut: Vec<&[u8]> = bytes.chunks(size).collect();
            prop_assert_eq!(read(&layout, &cut).unwrap(), whole);
            let again = restage(&Samples::whole(bytes), "any.csv", &layout).unwrap();
            prop_assert_eq!(again.columns.len(), layout.columns.len());
        }
    }

    #[test]
    fn no_cell_panics(text in "\\PC{0,24}|[-0-9.,'() €$kCRDR%/:TZ\u{1f}]{0,24}") {
        for mark in [DecimalMark::Dot, DecimalMark::Comma] {
            let _ = cells::number(&text, mark);
            let _ = cells::percent(&text, mark);
        }
        for order in [
            DateOrder::Ymd, DateOrder::Dmy, DateOrder::Mdy, DateOrder::Excel1900,
            DateOrder::Excel1904, DateOrder::EpochSeconds, DateOrder::EpochMillis,
        ] {
            let _ = cells::date(&text, order);
        }
        let _ = cells::of_amount(&text);
    }

    /// A number that is written in either way reads back as itself.
    #[test]
    fn numbers_read_as_they_are_written(
        whole in 0u64..10_000_000_000,
        cents in 0u8..100,
        negative: bool,
        style in 0usize..6,
    ) {
        let digits = whole.to_string();
        let mut grouped = String::new();
        for (i, d) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i) % 3 == 0 { grouped.push('G'); }
            grouped.push(d);
        }
        let (separator, mark) = [
            (",", '.'), (".", ','), (" ", ','), ("\u{a0}", '.'), ("'", '.'), ("", ','),
        ][style];
        let grouped = grouped.replace('G', separator);
        let sign = if negative { "-" } else { "" };
        let text = format!("{sign}{grouped}{mark}{cents:02}");
        let reading = if mark == '.' { DecimalMark::Dot } else { DecimalMark::Comma };
        let read = cells::number(&text, reading).unwrap().unwrap().decimal();
        let plain = format!("{sign}{digits}.{cents:02}");
        let wanted: rust_decimal::Decimal = plain.parse().unwrap();
        prop_assert_eq!(read, wanted);
    }

    /// A date that is written in a way reads back as itself, and never as another in that way.
    #[test]
    fn dates_read_as_they_are_written(day in 0i32..30_000) {
        let date = perennial::base::Date::from_days(day);
        let (y, m, d) = date.ymd();
        for (text, order) in [
            (format!("{y:04}-{m:02}-{d:02}"), DateOrder::Mdy),
            (format!("{y:04}{m:02}{d:02}"), DateOrder::Ymd),
            (format!("{d}.{m}.{y}"), DateOrder::Dmy),
            (format!("{d:02}/{m:02}/{y} 10:15"), DateOrder::Dmy),
            (format!("{m}/{d}/{y}"), DateOrder::Mdy),
            (format!("{}", day + 25_569), DateOrder::Excel1900),
            (format!("{}", i64::from(day) * 86_400 + 5), DateOrder::EpochSeconds),
        ] {
            prop_assert_eq!(cells::date(&text, order), Ok(Some(date)), "{}", text);
        }
    }
}
