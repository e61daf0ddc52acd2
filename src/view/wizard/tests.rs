//! The stages of an import: what stops a check, what is dropped, kept and recalled.

use super::*;
use crate::ingest::layout::{Answer, DateOrder};

fn column(header: &str, role: Option<Role>, certainty: Certainty) -> Column {
    Column {
        header: header.into(),
        role,
        certainty,
        evidence: String::new(),
        date_order: None,
        decimal: None,
        proven: false,
        samples: vec!["03/02/2026".into()],
    }
}

fn staged(questions: Vec<Question>) -> Reading {
    Reading::Read(Box::new(Staged {
        file: 1,
        layout: Layout {
            columns: vec![
                column("Customer", Some(Role::Account), Certainty::Certain),
                column("Date", Some(Role::Date), Certainty::Ambiguous),
                column("Net", Some(Role::Revenue), Certainty::Certain),
            ],
            questions,
            ..Layout::default()
        },
        preview: vec![],
        sheets: vec![],
    }))
}

fn ask() -> Question {
    let option = |order| Answer {
        text: String::new(),
        choice: Choice::DateOrder(order),
    };
    Question {
        column: 1,
        text: "03/02/2026".into(),
        options: vec![option(DateOrder::Dmy), option(DateOrder::Mdy)],
    }
}

fn wizard(questions: Vec<Question>) -> Wizard {
    let mut wizard = Wizard::default();
    wizard.add(FileStage::new(1, "orders.csv".into(), 10));
    wizard.take(1, staged(questions));
    wizard
}

#[test]
fn an_open_question_stops_the_check_until_it_is_answered() {
    let mut wizard = wizard(vec![ask()]);
    assert!(!wizard.can_check());
    let layout = wizard
        .edit_layout(1, |layout| {
            layout.answer(1, Choice::DateOrder(DateOrder::Dmy));
        })
        .unwrap();
    assert_eq!(layout.columns[1].date_order, Some(DateOrder::Dmy));
    assert_eq!(layout.columns[1].certainty, Certainty::Confirmed);
    assert!(wizard.can_check());
}

#[test]
fn any_change_drops_the_outcome_of_the_check() {
    let mut wizard = wizard(vec![]);
    wizard.check = Check::Ready(Box::new(ImportReport {
        in_book: 1,
        ..Default::default()
    }));
    assert!(wizard.can_commit());
    wizard.edit_layout(1, |layout| layout.answer(2, Choice::Role(None)));
    assert_eq!(wizard.check, Check::Open);
    assert!(!wizard.can_commit());
}

#[test]
fn a_book_without_rows_or_rates_is_not_taken() {
    let mut wizard = wizard(vec![]);
    wizard.check = Check::Ready(Box::default());
    assert!(!wizard.can_commit());
    let report = ImportReport {
        in_book: 5,
        rates_needed: vec!["USD".into()],
        ..Default::default()
    };
    wizard.check = Check::Ready(Box::new(report));
    assert!(!wizard.can_commit());
}

#[test]
fn adding_keeps_the_files_that_are_there() {
    let mut first = wizard(vec![]);
    let typed = |currency: &str, rate: &str| TypedRate {
        currency: currency.into(),
        rate: rate.into(),
        date: Date::parse("2026-02-03"),
    };
    first.rates = vec![typed("USD", "0,92"), typed("GBP", "-")];
    first.base_currency = Some("EUR".into());
    let current = first.orders(&Orders::Sample);
    let mut second = wizard(vec![]);
    second.mode = Mode::Add;
    let Orders::Files(import) = second.orders(&current) else {
        panic!("files")
    };
    assert_eq!(import.files.len(), 2);
    assert_eq!(import.base_currency.as_deref(), Some("EUR"));
    assert_eq!(import.rates.len(), 1);
    assert_eq!(import.rates[0].date, Date::parse("2026-02-03"));
    assert_eq!(second.file_of_problem(&current, 0), None);
    assert_eq!(second.file_of_problem(&current, 1), Some(1));
    assert!(second.name_of_problem(&current, 0).is_some());
    assert_eq!(second.name_of_problem(&current, 2), None);
    assert_eq!(second.name_of_problem(&Orders::None, 0), None);
}

#[test]
fn answers_are_recalled_for_the_same_headers() {
    let Reading::Read(found) = staged(vec![ask()]) else {
        panic!("read")
    };
    let mut known = found.layout.clone();
    known.answer(1, Choice::DateOrder(DateOrder::Mdy));
    known.columns[1].samples.clear();
    let layout = recall(&found.layout, &known);
    assert!(layout.questions.is_empty());
    assert_eq!(layout.columns[1].date_order, Some(DateOrder::Mdy));
    assert_eq!(layout.columns[1].samples.len(), 1);
    // Values that leave no doubt outweigh what was said of others.
    let mut proven = found.layout.clone();
    proven.columns[1].proven = true;
    proven.columns[1].date_order = Some(DateOrder::Dmy);
    let layout = recall(&proven, &known);
    assert_eq!(layout.columns[1].date_order, Some(DateOrder::Dmy));
    assert!(layout.columns[1].evidence.contains("no doubt"));
    // What was never answered is still asked.
    assert_eq!(recall(&found.layout, &found.layout).questions.len(), 1);
}

#[test]
fn a_currency_is_remembered_with_the_columns() {
    let mut wizard = wizard(vec![]);
    assert_eq!(wizard.files[0].to_remember(), None);
    wizard.state_currency(1, Some("EUR".into()));
    let known = wizard.files[0].to_remember().unwrap().clone();
    let Reading::Read(found) = staged(vec![]) else {
        panic!("read")
    };
    let again = recall(&found.layout, &known);
    assert_eq!(again.currency.as_deref(), Some("EUR"));
    // What the file itself says holds.
    let mut signed = found.layout.clone();
    signed.currency = Some("GBP".into());
    assert_eq!(recall(&signed, &known).currency.as_deref(), Some("GBP"));
    let mut with_column = found.layout;
    with_column.columns[1].role = Some(Role::Currency);
    assert_eq!(recall(&with_column, &known).currency, None);
}

#[test]
fn a_refused_file_is_named_as_what_to_leave_out() {
    let mut wizard = wizard(vec![]);
    assert_eq!((wizard.standing(), wizard.to_do()), (None, String::new()));
    wizard.add(FileStage::new(2, "photo.png".into(), 10));
    assert_eq!(wizard.standing(), Some("working"));
    let failure = Failure {
        code: "not_a_table".into(),
        message: "It is a picture.".into(),
    };
    wizard.take(2, Reading::Refused(failure));
    assert_eq!(wizard.standing(), Some("error"));
    assert!(!wizard.can_check());
    assert_eq!(wizard.to_do(), "Leave out \"photo.png\" to go on.");
    wizard.remove(1);
    assert!(wizard.to_do().starts_with("There is nothing to check"));
}

#[test]
fn agreed_repairs_are_listed_with_their_file_where_there_are_several() {
    let mut wizard = wizard(vec![]);
    wizard.files[0].fixes = vec![Fix::LeaveOut, Fix::Blank { column: 1 }];
    let listed = wizard.agreed();
    assert_eq!(listed.len(), 2);
    assert_eq!(listed[0], (1, 0, words::agreed(&Fix::LeaveOut)));
    wizard.add(FileStage::new(2, "more.csv".into(), 10));
    assert!(wizard.agreed()[1].2.starts_with("orders.csv: "));
}

#[test]
fn a_rate_is_a_number_above_nothing() {
    assert_eq!(exchange_rate(" 0,92 ").as_deref(), Ok("0.92"));
    assert_eq!(exchange_rate("0,923").as_deref(), Ok("0.923"));
    assert_eq!(exchange_rate("1.234").as_deref(), Ok("1.234"));
    assert!(exchange_rate("1,234").is_err_and(|why| why.contains("two ways")));
    for wrong in ["", "0", "-3", "1e3", "x", "0.0"] {
        assert!(exchange_rate(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn what_is_missing_is_said() {
    let Reading::Read(staged) = staged(vec![]) else {
        panic!("read")
    };
    let mut layout = staged.layout;
    assert!(missing(&layout).is_empty());
    layout.answer(0, Choice::Role(None));
    assert_eq!(missing(&layout).len(), 1);
}
