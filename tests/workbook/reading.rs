//! What ordinary workbooks turn into.

use perennial::ingest::cells::{number, percent};
use perennial::ingest::layout::DecimalMark;
use perennial::ingest::xlsx::{SheetInfo, sheet_csv, sheets, table_json};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};

use crate::archive::Archive;

fn csv(bytes: &[u8], name: &str) -> (String, Vec<String>) {
    let sheet = sheet_csv(bytes, name).unwrap();
    (String::from_utf8(sheet.csv).unwrap(), sheet.warnings)
}

/// The one sheet of a workbook made by hand.
fn by_hand(data: &str) -> (String, Vec<String>) {
    csv(&Archive::sheet(data).bytes(), "Orders")
}

/// Several sheets, a merged title, a hidden row, and every kind of cell.
pub fn typical() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Aufträge 2026").unwrap();
    sheet
        .merge_range(0, 0, 0, 4, "Open orders, all plants", &Format::new())
        .unwrap();
    for (column, heading) in ["Customer", "Datum", "Amount", "Paid", "Note"]
        .iter()
        .enumerate()
    {
        sheet
            .write(2, u16::try_from(column).unwrap(), *heading)
            .unwrap();
    }
    let date = Format::new().set_num_format("dd.mm.yyyy");
    let money = Format::new().set_num_format("#,##0.00 [$€-407]");
    sheet.write(3, 0, "Müller, Söhne \"GmbH\"").unwrap();
    sheet
        .write_with_format(3, 1, ExcelDateTime::from_ymd(2026, 2, 3).unwrap(), &date)
        .unwrap();
    sheet.write_with_format(3, 2, 1234.5, &money).unwrap();
    sheet.write(3, 3, true).unwrap();
    sheet.write(3, 4, "two\nlines").unwrap();
    sheet.set_row_hidden(4).unwrap();
    sheet.write(4, 0, "株式会社 🛠").unwrap();
    sheet
        .write_with_format(
            4,
            1,
            ExcelDateTime::from_ymd(2026, 2, 28)
                .unwrap()
                .and_hms(14, 30, 0)
                .unwrap(),
            &date,
        )
        .unwrap();
    sheet.write(4, 2, "1,234.50").unwrap();
    sheet.write(4, 3, false).unwrap();
    sheet
        .write_formula(5, 2, Formula::new("=C4*2").set_result("2469"))
        .unwrap();
    let hidden = book.add_worksheet().set_name("Lists").unwrap();
    hidden.set_hidden(true);
    hidden.write(0, 0, 0.1 + 0.2).unwrap();
    book.add_worksheet().set_name("Empty").unwrap();
    book.save_to_buffer().unwrap()
}

#[test]
fn sheets_are_listed_and_hidden_ones_marked() {
    let info = |name: &str, hidden| SheetInfo {
        name: name.into(),
        hidden,
        start: name == "Aufträge 2026",
    };
    assert_eq!(
        sheets(&typical()).unwrap(),
        [
            info("Aufträge 2026", false),
            info("Lists", true),
            info("Empty", false)
        ]
    );
}

#[test]
fn the_sheet_to_begin_with_is_the_shown_one_with_the_most_rows() {
    let start = |rows: &[(&str, u32, bool)]| {
        let mut book = Workbook::new();
        for (name, rows, hidden) in rows {
            let sheet = book.add_worksheet().set_name(*name).unwrap();
            sheet.set_hidden(*hidden);
            for row in 0..*rows {
                sheet.write(row, 0, "x").unwrap();
            }
            // Rows that are coloured only hold nothing.
            let colour = Format::new().set_bold();
            sheet.write_blank(500, 0, &colour).unwrap();
        }
        let found = sheets(&book.save_to_buffer().unwrap()).unwrap();
        assert_eq!(found.iter().filter(|s| s.start).count(), 1);
        found.into_iter().find(|s| s.start).unwrap().name
    };
    let about = ("About", 3, false);
    assert_eq!(start(&[about, ("Orders", 40, false)]), "Orders");
    assert_eq!(
        start(&[about, ("Lists", 90, true), ("Orders", 40, false)]),
        "Orders"
    );
    assert_eq!(start(&[about, ("Same", 3, false)]), "About");
    assert_eq!(start(&[about, ("Lists", 90, true)]), "About");
}

#[test]
fn a_sheet_turns_into_csv() {
    let (text, warnings) = csv(&typical(), "Aufträge 2026");
    assert_eq!(
        text,
        "\"Open orders, all plants\",,,,\n\
         \n\
         Customer,Datum,Amount,Paid,Note\n\
         \"Müller, Söhne \"\"GmbH\"\"\",2026-02-03,\u{1f}1234.5 EUR,TRUE,\"two\nlines\"\n\
         株式会社 🛠,2026-02-28 14:30:00,\"1,234.50\",FALSE,\n\
         ,,\u{1f}2469,,\n"
    );
    assert_eq!(warnings, Vec::<String>::new());
    assert_eq!(csv(&typical(), "Lists").0, "\u{1f}0.30000000000000004\n");
    assert_eq!(csv(&typical(), "Empty").0, "\n");
}

#[test]
fn the_sheet_of_orders_comes_before_a_longer_list() {
    let mut book = Workbook::new();
    let orders = book.add_worksheet().set_name("Sheet1").unwrap();
    orders.write(0, 0, "All orders").unwrap();
    orders
        .write_row(2, 0, ["Order", "Order Date", "Customer", "Net Amount"])
        .unwrap();
    let list = book.add_worksheet().set_name("Customers").unwrap();
    list.write_row(0, 0, ["Customer", "City", "Since", "Credit limit"])
        .unwrap();
    for row in 1..60 {
        list.write_row(row, 0, ["Acme", "Berlin", "2020-01-01", "5000"])
            .unwrap();
    }
    let bytes = book.save_to_buffer().unwrap();
    let starts: Vec<bool> = sheets(&bytes).unwrap().iter().map(|s| s.start).collect();
    assert_eq!(starts, [true, false]);
}

#[test]
fn the_format_of_a_number_says_that_it_is_a_share_or_in_which_currency() {
    let format = |code: &str| Format::new().set_num_format(code);
    let (share, euro) = (format("0%"), format("#,##0.00 \"€\""));
    let franc = format("[$CHF-807] #,##0.00");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("S").unwrap();
    sheet
        .write_row(
            0,
            0,
            ["Order", "Date", "Customer", "Qty", "Price", "Discount"],
        )
        .unwrap();
    for (row, price, off) in [
        (1, (100.0, Some(&euro)), 0.07),
        (2, (20.5, Some(&franc)), 0.125),
        (3, (30.0, None), 0.0),
        (4, (40.0, Some(&euro)), 1.0),
    ] {
        sheet
            .write_row(row, 0, ["1", "2026-01-12", "Acme", "2"])
            .unwrap();
        match price {
            (price, Some(format)) => sheet.write_with_format(row, 4, price, format).unwrap(),
            (price, None) => sheet.write(row, 4, price).unwrap(),
        };
        sheet.write_with_format(row, 5, off, &share).unwrap();
    }
    let (text, _) = csv(&book.save_to_buffer().unwrap(), "S");
    let cells: Vec<Vec<&str>> = text
        .lines()
        .map(|l| l.split(',').skip(4).collect())
        .collect();
    assert_eq!(cells[1], ["\u{1f}100 EUR", "\u{1f}7%"]);
    assert_eq!(cells[2], ["\u{1f}20.5 CHF", "\u{1f}12.5%"]);
    assert_eq!(cells[3], ["\u{1f}30", "\u{1f}0%"]);
    assert_eq!(cells[4], ["\u{1f}40 EUR", "\u{1f}100%"]);
    // They are numbers all the same, and a share is one where no percentage is wanted.
    let read = |text| number(text, DecimalMark::Comma).unwrap().unwrap();
    assert_eq!(read("\u{1f}20.5 CHF").decimal().to_string(), "20.5");
    assert_eq!(read("\u{1f}12.5%").decimal().to_string(), "0.125");
    let share = percent("\u{1f}12.5%", DecimalMark::Comma).unwrap().unwrap();
    assert_eq!(share.decimal().to_string(), "12.5");
}

#[test]
fn a_workbook_turns_into_json() {
    let json: serde_json::Value = serde_json::from_str(&table_json(&typical()).unwrap()).unwrap();
    assert_eq!(json["ok"], true);
    assert_eq!(json["sheets"][0]["name"], "Aufträge 2026");
    assert_eq!(
        json["sheets"][0]["rows"][0],
        serde_json::json!(["Open orders, all plants", "", "", "", ""])
    );
    assert_eq!(
        json["sheets"][0]["rows"][2],
        serde_json::json!([
            "Müller, Söhne \"GmbH\"",
            "2026-02-03",
            "1234.5",
            "TRUE",
            "two\nlines"
        ])
    );
    assert_eq!(
        json["sheets"][1]["rows"],
        serde_json::json!([["0.30000000000000004"]])
    );
    assert_eq!(json["sheets"][2]["rows"], serde_json::json!([]));
    assert_eq!(json["warnings"], serde_json::json!([]));
}

#[test]
fn numbers_are_plain_and_as_short_as_they_can_be() {
    for (stored, expected) in [
        ("1E+06", "1000000"),
        ("5.0999999999999996", "5.1"),
        ("-0", "0"),
        ("1.5E-7", "0.00000015"),
        ("1E21", "1000000000000000000000"),
        ("9007199254740993", "9007199254740992"),
        ("-1234567.89", "-1234567.89"),
        ("00042", "42"),
        ("1.3877787807814457E-17", "0.0000000000000000138777878078"),
        ("-4.9E-324", "0"),
    ] {
        let (text, _) = by_hand(&format!(
            r#"<row r="1"><c r="A1"><v>{stored}</v></c></row>"#
        ));
        assert_eq!(text, format!("\u{1f}{expected}\n"), "{stored}");
    }
}

/// Serial, what the 1900 system shows, what the 1904 system shows.
const SERIALS: &[(&str, &str, &str)] = &[
    ("0", "00:00:00", "00:00:00"),
    ("0.75", "18:00:00", "18:00:00"),
    ("1", "1900-01-01", "1904-01-02"),
    ("59", "1900-02-28", "1904-02-29"),
    ("60", "1900-02-29", "1904-03-01"),
    ("61", "1900-03-01", "1904-03-02"),
    ("46056", "2026-02-03", "2030-02-04"),
    (
        "46056.604166666664",
        "2026-02-03 14:30:00",
        "2030-02-04 14:30:00",
    ),
    ("46056.999999999", "2026-02-04", "2030-02-05"),
    ("2958465", "9999-12-31", "\u{1f}2958465"),
    ("2958466", "\u{1f}2958466", "\u{1f}2958466"),
    ("-1", "\u{1f}-1", "\u{1f}-1"),
    ("1E300", "\u{1f}1", "\u{1f}1"),
];

#[test]
fn dates_of_both_systems_are_iso_text() {
    for (serial, in_1900, in_1904) in SERIALS {
        let book = Archive::sheet(&format!(
            r#"<row r="1"><c r="A1" s="1"><v>{serial}</v></c></row>"#
        ));
        let (text, _) = csv(&book.bytes(), "Orders");
        assert!(text.starts_with(in_1900), "{serial}: {text}");
        let book = book.edit(
            "xl/workbook.xml",
            "<workbookPr/>",
            r#"<workbookPr date1904="1"/>"#,
        );
        let (text, _) = csv(&book.bytes(), "Orders");
        assert!(text.starts_with(in_1904), "{serial} of 1904: {text}");
    }
}

#[test]
fn durations_and_iso_dates_are_text() {
    let (text, _) = by_hand(
        r#"<row r="1"><c r="A1" s="2"><v>1.5</v></c><c r="B1" t="d"><v>2026-02-03T00:00:00.000Z</v></c><c r="C1" t="d"><v>2026-02-03T10:00:00</v></c></row>"#,
    );
    assert_eq!(text, "36:00:00,2026-02-03,2026-02-03T10:00:00\n");
}

#[test]
fn errors_and_uncalculated_formulas_are_empty_and_said() {
    let (text, warnings) = by_hand(
        r#"<row r="1"><c r="A1" t="e"><v>#N/A</v></c><c r="B1" t="e"><v>#SPILL!</v></c><c r="C1"><f>A1+1</f><v></v></c><c r="D1" t="b"><v>maybe</v></c><c r="E1"><v>NaN</v></c><c r="F1"><v>7</v></c><c r="G1"><extLst/><v>8</v></c></row>"#,
    );
    assert_eq!(text, ",,,,,\u{1f}7\n");
    assert_eq!(
        warnings,
        [
            "5 cells hold an Excel error and are read as empty (#N/A in A1, #SPILL!, maybe, ...).",
            "1 formula was never calculated and is read as empty; open the workbook in Excel and save it (C1).",
        ]
    );
}

#[test]
fn text_stays_text() {
    let (text, _) = by_hand(
        r#"<row r="2"><c r="A2" t="inlineStr"><is><t>00042</t></is></c><c r="B2" t="str"><v>=1+1</v></c><c r="C2" t="inlineStr"><is><r><t>rich </t></r><r><t xml:space="preserve"> text</t></r></is></c><c r="D2" t="inlineStr"><is><t>_x001F_5 &amp; &#x41;</t></is></c></row>"#,
    );
    assert_eq!(text, "\n00042,\"=1+1\",rich text,5 & A\n");
}

#[test]
fn a_cell_in_the_far_corner_costs_nothing() {
    let (text, warnings) = by_hand(
        r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="B1048576"><v>2</v></c><c r="XFD1048576"><v>3</v></c></row>"#,
    );
    assert_eq!(
        text.len(),
        "\u{1f}1,\n".len() + 1_048_574 + ",\u{1f}2\n".len()
    );
    assert_eq!(
        warnings,
        ["1 cell to the right of column 500 was left out (XFD1048576)."]
    );
}

#[test]
fn cells_without_a_place_follow_each_other() {
    let (text, _) =
        by_hand("<row><c><v>1</v></c><c/><c><v>3</v></c></row><row><c><v>4</v></c></row>");
    assert_eq!(text, "\u{1f}1,,\u{1f}3\n\u{1f}4,,\n");
}

#[test]
fn an_apostrophe_of_the_workbook_survives_the_importer() {
    use perennial::ingest::cells::shown;
    for text in ["'=1", "''=1", "=1", "'quoted'", "'5"] {
        let data = format!(r#"<row><c t="inlineStr"><is><t>{text}</t></is></c></row>"#);
        let written = by_hand(&data).0;
        assert_eq!(shown(written.trim_end().trim_matches('"')), text);
    }
}

#[test]
fn a_sheet_without_cells_does_not_hide_the_others() {
    let book = Archive::sheet("<row><c><v>5</v></c></row>")
        .edit(
            "xl/workbook.xml",
            "</sheets>",
            r#"<sheet name="Bare" sheetId="2" r:id="rId2"/></sheets>"#,
        )
        .edit(
            "xl/_rels/workbook.xml.rels",
            "</Relationships>",
            r#"<Relationship Id="rId2" Type="x/worksheet" Target="worksheets/bare.xml"/></Relationships>"#,
        )
        .with("xl/worksheets/bare.xml", "<worksheet><sheetViews/></worksheet>");
    let json: serde_json::Value =
        serde_json::from_str(&table_json(&book.bytes()).unwrap()).unwrap();
    assert_eq!(json["sheets"][0]["rows"], serde_json::json!([["5"]]));
    assert_eq!(json["sheets"][1]["rows"], serde_json::json!([]));
    assert_eq!(json["warnings"].as_array().unwrap().len(), 1);
    assert_eq!(
        sheet_csv(&book.bytes(), "Bare").unwrap_err().code,
        "no_sheet"
    );
}

#[test]
fn cells_merged_with_those_below_are_said_in_each_row() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Orders").unwrap();
    let plain = Format::new();
    for (column, heading) in ["Customer", "Order No", "Date", "Item", "Amount"]
        .into_iter()
        .enumerate()
    {
        sheet.write(0, column as u16, heading).unwrap();
    }
    let items = [("A", 100.0), ("B", 50.0), ("A", 10.0), ("C", 5.0)];
    for (row, (item, amount)) in (1_u32..).zip(items) {
        sheet.write(row, 3, item).unwrap();
        sheet.write(row, 4, amount).unwrap();
    }
    sheet.merge_range(1, 0, 3, 0, "Acme", &plain).unwrap();
    for (first, last, order, day) in [(1, 2, 1001.0, "2026-01-13"), (3, 4, 1002.0, "2026-01-15")] {
        sheet.merge_range(first, 1, last, 1, "", &plain).unwrap();
        sheet.write(first, 1, order).unwrap();
        sheet.merge_range(first, 2, last, 2, day, &plain).unwrap();
    }
    sheet.write(4, 0, "Beta").unwrap();
    // An amount that is merged is that of its rows together.
    sheet.merge_range(5, 4, 6, 4, "", &plain).unwrap();
    sheet.write(5, 4, 7.0).unwrap();
    sheet.write(5, 3, "D").unwrap();
    sheet.write(6, 3, "E").unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let (text, warnings) = csv(&bytes, "Orders");
    assert!(warnings[0].ends_with("here: 6."), "{warnings:?}");
    let text = text.replace('\u{1f}', "");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines,
        [
            "Customer,Order No,Date,Item,Amount",
            "Acme,1001,2026-01-13,A,100",
            "Acme,1001,2026-01-13,B,50",
            "Acme,1002,2026-01-15,A,10",
            "Beta,1002,2026-01-15,C,5",
            ",,,D,7",
            ",,,E,",
        ]
    );
    // Shown as it is, each stands in its own cell only.
    assert!(
        table_json(&bytes)
            .unwrap()
            .contains("[\"\",\"\",\"\",\"B\",\"50\"]")
    );
}
