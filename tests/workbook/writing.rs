//! What is exported: nothing runs, nothing is lost, and our own reader reads it back.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use perennial::base::formula::unguard;
use perennial::base::{Date, Unit};
use perennial::codec::csv_out::csv;
use perennial::codec::xlsx_out::{About, Export, xlsx};
use perennial::ingest::cells::shown;
use perennial::ingest::xlsx::{sheet_csv, sheets};
use perennial::metrics::{Cell, Exactness, Number, Sheet, SheetColumn};

fn sheet(title: &str, columns: &[(&str, Unit)], rows: Vec<Vec<Cell>>) -> Sheet {
    Sheet {
        key: title.to_lowercase(),
        title: title.into(),
        caption: String::new(),
        columns: columns
            .iter()
            .map(|(label, unit)| SheetColumn {
                key: label.to_lowercase(),
                label: (*label).into(),
                unit: *unit,
                help: String::new(),
            })
            .collect(),
        rows,
    }
}

fn export(sheets: Vec<Sheet>) -> Export {
    Export {
        about: About {
            what: "Accounts and what they are worth".into(),
            as_of: Date::parse("2026-06-30").unwrap(),
            definition: "Contribution, L3, end of year".into(),
            notes: vec![("Currency".into(), "EUR".into())],
        },
        sheets,
    }
}

fn float(number: f64) -> Cell {
    Cell::Number(Number::Float(number), Exactness::Estimated)
}

/// Strings that have broken exports and spreadsheets.
fn naughty() -> Vec<String> {
    let mut all: Vec<String> = [
        "=1+1",
        "+1",
        "-5",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1",
        "\u{a0}=1",
        "\u{feff}=1",
        "＝1+1",
        "％1",
        "|cmd",
        "%00",
        "'=1",
        "''=1",
        "=cmd|' /C calc'!A0",
        "=HYPERLINK(\"http://x\";\"y\")",
        "DDE(\"cmd\";\"/C calc\")",
        "undefined",
        "null",
        "NaN",
        "TRUE",
        "1e5",
        "0x1F",
        "1,000.00",
        "1.000,00",
        "00042",
        "2026-02-03",
        "1/2",
        "a,b",
        "a;b",
        "a\tb",
        "a|b",
        "\"",
        "\"\"",
        "a\"b",
        "line\nbreak",
        "line\r\nbreak",
        "line\rbreak",
        " spaces ",
        "<script>alert(1)</script>",
        "&amp;",
        "<![CDATA[",
        "]]>",
        "_x0041_",
        "_x000D_",
        "\u{1}\u{2}\u{8}",
        "\u{0}",
        "\u{fffe}",
        "\u{202e}rtl",
        "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A",
        "株式会社",
        "👩‍👩‍👧‍👦",
        "¯\\_(ツ)_/¯",
        "sep=;",
        "#N/A",
        "#REF!",
        "'",
        "''",
    ]
    .map(String::from)
    .to_vec();
    all.push("x".repeat(32_767));
    all
}

#[test]
fn every_naughty_string_is_text_in_excel_and_comes_back() {
    let rows = naughty()
        .into_iter()
        .map(|text| vec![Cell::Text(text), float(1.0)])
        .collect();
    let bytes = xlsx(&export(vec![sheet(
        "Names",
        &[("Account", Unit::Text), ("Value", Unit::Money)],
        rows,
    )]))
    .unwrap();
    let mut book = Xlsx::new(Cursor::new(bytes.as_slice())).unwrap();
    let range = book.worksheet_range("Names").unwrap();
    assert!(book.worksheet_formula("Names").unwrap().is_empty());
    for (row, text) in (1..).zip(naughty()) {
        assert_eq!(range.get_value((row, 0)), Some(&Data::String(text)));
    }
    let text = String::from_utf8(sheet_csv(&bytes, "Names").unwrap().csv).unwrap();
    let mut reader = ::csv::Reader::from_reader(text.as_bytes());
    for (record, text) in reader.records().zip(naughty()) {
        assert_eq!(shown(&record.unwrap()[0]), text);
    }
}

#[test]
fn every_naughty_string_comes_back_from_csv() {
    let rows = naughty()
        .into_iter()
        .map(|text| vec![Cell::Text(text), float(1.0)])
        .collect();
    let bytes = csv(
        &sheet(
            "Names",
            &[("Account", Unit::Text), ("Value", Unit::Money)],
            rows,
        ),
        false,
    );
    let mut reader = ::csv::Reader::from_reader(bytes.as_slice());
    let mut count = 0;
    for (record, text) in reader.records().zip(naughty()) {
        let record = record.unwrap();
        let cell = &record[0];
        let first = cell
            .trim_start_matches([' ', '\u{a0}', '\u{feff}'])
            .chars()
            .next();
        assert!(
            !first.is_some_and(|c| "=+-@|%\t\r\n＝＋－＠".contains(c)),
            "{cell:?} would run"
        );
        assert_eq!(unguard(cell), text);
        assert_eq!(&record[1], "1");
        count += 1;
    }
    assert_eq!(count, naughty().len());
}

#[test]
fn sheets_are_written_with_numbers_and_dates_as_such() {
    let rows = vec![vec![
        Cell::Text("Acme".into()),
        Cell::Number(
            Number::Exact("1234567.89".parse().unwrap()),
            Exactness::Exact,
        ),
        Cell::Number(Number::Float(12.5), Exactness::Assumed),
        Cell::Date(Date::parse("2026-02-03").unwrap()),
        Cell::Empty("no orders".into()),
    ]];
    let columns = [
        ("Account", Unit::Text),
        ("Value", Unit::Money),
        ("Margin", Unit::Percent),
        ("Last order", Unit::Date),
        ("Payback", Unit::Months),
    ];
    let one = sheet("Accounts", &columns, rows);
    let bytes = xlsx(&export(vec![one, sheet("About", &[], Vec::new())])).unwrap();
    let found = sheets(&bytes).unwrap();
    let names: Vec<&str> = found.iter().map(|s| s.name.as_str()).collect();
    assert_eq!(names, ["About", "Accounts", "About 2"]);
    let read = |name| String::from_utf8(sheet_csv(&bytes, name).unwrap().csv).unwrap();
    assert_eq!(
        read("Accounts"),
        "Account,Value,\"Margin (%)\",Last order,Payback (months)\nAcme,\u{1f}1234567.89,\u{1f}12.5,2026-02-03,\n"
    );
    let about = read("About");
    for said in [
        "2026-06-30",
        "Contribution, L3, end of year",
        "EUR",
        env!("CARGO_PKG_VERSION"),
    ] {
        assert!(about.contains(said), "{about}");
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let make = || {
        xlsx(&export(vec![sheet(
            "A",
            &[("Account", Unit::Text)],
            vec![vec![Cell::Text("x".into())]],
        )]))
        .unwrap()
    };
    assert_eq!(make(), make());
}
