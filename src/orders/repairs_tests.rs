//! Problems with their fixes, and what the fixes do.

use super::rules_tests::revenues;
use super::testing::{File, import, one};
use crate::base::Date;
use crate::ingest::layout::{Choice, DateOrder, DecimalMark};
use crate::ingest::problem::{Code, Fix};

#[test]
fn a_bad_cell_rejects_its_row_with_what_was_found_and_a_fix() {
    let text = "date|account|order|revenue
         31/12/2026|A|1|100
         30/12/2026|A|2|100
         2026-01-05|A|3|ten
         2026-01-05||4|100
         2026-01-05|A|5|
         2026-01-05|A|6|100";
    let built = one(text);
    assert_eq!((built.report.rejected, built.book.len()), (5, 1));
    let codes: Vec<(Code, u64)> = built
        .report
        .problems
        .iter()
        .map(|g| (g.code, g.count))
        .collect();
    assert_eq!(codes[0], (Code::BadDate, 2));
    assert_eq!(codes.len(), 4);
    let reread = Fix::Reread {
        column: 0,
        choice: Choice::DateOrder(DateOrder::Dmy),
    };
    assert_eq!(built.report.problems[0].fixes[1], reread);
    assert_eq!(built.report.problems[0].examples[0].row, 2);
    assert_eq!(built.rejected.rows(), 5);
    let also = Fix::Also {
        column: 0,
        choice: Choice::DateOrder(DateOrder::Dmy),
    };
    assert_eq!(built.report.problems[0].fixes[0], also);
    let fixed = File::new("a.csv", text).fix(also).fix(Fix::Replace {
        column: 3,
        found: "ten".into(),
        with: "10".into(),
    });
    let fixed = import(&[fixed], None, &[]);
    assert_eq!(revenues(&fixed.book), ["100", "100", "10", "100"]);
}

#[test]
fn a_date_ten_years_after_the_others_is_a_warning_and_does_not_move_the_end_of_the_book() {
    let built = one("date|account|order|revenue
         2026-01-05|A|1|100
         2026-01-06|A|2|100
         2062-01-07|A|3|100");
    assert_eq!(built.book.len(), 3);
    assert_eq!(built.book.last(), Date::parse("2026-01-06"));
    assert_eq!(built.report.problems[0].code, Code::OddDate);
    assert!(!built.report.problems[0].rejected);
}

#[test]
fn rows_left_out_on_purpose_are_no_orders_and_no_problem() {
    let text = "date|account|order|revenue
         2026-01-05|A|1|100
         soon|A|2|100
         |A|3|100
         2026-01-06|A|4|100|spare";
    let plain = one(text);
    assert_eq!((plain.book.len(), plain.report.rejected), (2, 2));
    let mut file = File::new("a.csv", text);
    for group in &plain.report.problems {
        let dropped = group.fixes.iter().find(|f| matches!(f, Fix::Drop { .. }));
        file = file.fix(dropped.unwrap().clone());
    }
    file = file.fix(Fix::Drop {
        code: Code::RaggedRow,
        column: None,
    });
    let built = import(&[file], None, &[]);
    assert_eq!((built.book.len(), built.report.rejected), (1, 0));
    assert!(built.report.problems.is_empty());
    assert_eq!(
        built.report.left_out,
        [("rows left out on purpose".to_owned(), 3)]
    );
}

#[test]
fn an_unlikely_date_is_replaced_however_it_is_written() {
    let text = "date|account|order|revenue
         2026-01-05|A|1|100
         2026-01-05|A|5|100
         2026-01-05|A|6|100
         31.12.2099 08:15|A|2|100
         2099-12-31|A|3|100
         1.1.1900|A|4|100";
    let mut file = File::new("a.csv", text);
    file.plan.layout.columns[0].date_order = Some(DateOrder::Dmy);
    let built = import(&[file], None, &[]);
    let odd = |day: &str, with: &str| Fix::Replace {
        column: 0,
        found: day.into(),
        with: with.into(),
    };
    let fixes: Vec<&Fix> = built.report.problems.iter().map(|g| &g.fixes[0]).collect();
    assert_eq!(fixes, [&odd("2099-12-31", ""), &odd("1900-01-01", "")]);
    let mut file = File::new("a.csv", text).fix(odd("2099-12-31", "31.12.2025"));
    file.plan.layout.columns[0].date_order = Some(DateOrder::Dmy);
    let built = import(&[file], None, &[]);
    let days: Vec<String> = built.book.dates().iter().map(ToString::to_string).collect();
    assert_eq!(days[3..], ["2025-12-31", "2025-12-31", "1900-01-01"]);
}

#[test]
fn another_reading_saves_the_rows_that_the_first_refuses_and_no_other() {
    let text = "date|account|order|revenue
         03/02/2026|A|1|1.500
         12/31/2025|A|2|1,5";
    let mut file = File::new("a.csv", text);
    file.plan.layout.columns[0].date_order = Some(DateOrder::Dmy);
    let file = file
        .fix(Fix::Also {
            column: 0,
            choice: Choice::DateOrder(DateOrder::Mdy),
        })
        .fix(Fix::Also {
            column: 3,
            choice: Choice::Decimal(DecimalMark::Comma),
        });
    let built = import(&[file], None, &[]);
    let days: Vec<String> = built.book.dates().iter().map(ToString::to_string).collect();
    assert_eq!(days, ["2026-02-03", "2025-12-31"]);
    assert_eq!(revenues(&built.book), ["1.5", "1.5"]);
}

#[test]
fn a_conflict_is_listed_with_both_its_sides() {
    let files = [
        File::new(
            "a-rather-long-name-of-a-file-of-orders-2025.csv",
            "date|account|order|line|revenue\n2026-01-05|A|1|1|100",
        ),
        File::new(
            "a-rather-long-name-of-a-file-of-orders-2026.csv",
            "date|account|order|line|revenue\n2026-01-05|A|1|1|120",
        ),
    ];
    let built = import(&files, None, &[]);
    let found = &built.report.problems[0].examples[0].found;
    assert!(found.contains("100") && found.contains("120"), "{found}");
    let csv = built.rejected.csv();
    assert!(csv.contains("2026.csv line 2: 2026-01-05, 120"), "{csv}");
    assert!(csv.contains("2025.csv line 2: 2026-01-05, 100"), "{csv}");
}

#[test]
fn a_row_rejected_at_the_end_is_written_as_it_can_be_imported_again() {
    let text = "date|account|order|line|quantity|unit_cost|total|currency
         2026-01-05|A|7|10|4|5|120|USD
         2026-01-05|A|8|10|4|5|130|EUR
         2026-01-05|A|9|10|4|5|130|EUR
         2026-01-06|A|7|10|4|5|125|USD";
    let built = import(&[File::new("a.csv", text)], None, &[]);
    // The conflict in dollars is listed in dollars though a rate is missing or known.
    let rated = import(&[File::new("a.csv", text)], None, &[("USD", "2")]);
    let row = "2026-01-06,A,7,10,4.00,5,125.00,USD,5,";
    for csv in [built.rejected.csv(), rated.rejected.csv()] {
        assert!(csv.contains(row), "{csv}");
    }
    assert!(
        built
            .rejected
            .csv()
            .contains("2026-01-05,A,7,10,4.00,5,120.00,USD,2,")
    );
    assert_eq!((built.report.rejected, rated.report.rejected), (2, 1));
    assert_eq!(revenues(&rated.book), ["240", "130", "130"]);
}

#[test]
fn a_row_rejected_at_the_end_keeps_its_percentage_and_its_address() {
    let text = "date|email|order|line|quantity|price|discount_percent
         2026-01-05|ann@acme.com|7|1|4|50|12
         2026-01-06|ann@acme.com|7|1|4|60|12";
    let built = import(&[File::new("a.csv", text)], None, &[]);
    assert_eq!(revenues(&built.book), ["176"]);
    let csv = built.rejected.csv();
    assert!(
        csv.contains("2026-01-06,\"'@acme.com\",7,1,4.00,60.00,12%,"),
        "{csv}"
    );
    let again = "date|email|order|line|quantity|price|discount_percent
         2026-01-06|'@acme.com|7|1|4|60|12%";
    let again = import(&[File::new("a.csv", again)], None, &[]);
    assert_eq!(revenues(&again.book), ["211.2"]);
    assert_eq!(again.book.account_names(), built.book.account_names());
}
