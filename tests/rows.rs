//! Whatever stands in a file: every row it has is accounted for, and importing it again changes
//! nothing.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use perennial::assumptions::Assumptions;
use perennial::jobs::protocol::{
    Built, ExportFormat, ExportOf, FilePlan, Import, Job, Orders, Query, Reply,
};
use perennial::jobs::{Memory, Never, Session, run};
use proptest::prelude::*;

const HEADER: &str = "Order,Line,Date,Customer,Item,Quantity,Net revenue,Cost";

/// One row as exports have them: mostly orders, also what is no order and what is wrong.
fn row() -> impl Strategy<Value = String> {
    let order = (
        0_u32..40,
        0_u32..4,
        prop::sample::select(vec![
            "2026-01-05",
            "2025-12-31",
            "2024-02-29",
            "",
            "31/31/2026",
            "soon",
        ]),
        prop::sample::select(vec![
            "Acme",
            "acme ",
            "\"Bolt, \"\"B\"\" & Co.\"",
            "Größe",
            "",
            "\"Two\nlines\"",
        ]),
        prop::sample::select(vec!["P-1", "P-2 rev A", ""]),
        prop::sample::select(vec!["1", "-2", "0", "", "many"]),
        prop::sample::select(vec![
            "100.00",
            "-20",
            "1,234.5",
            "\"1,234.50\"",
            "",
            "0",
            "n/a",
            "1e400",
        ]),
        prop::sample::select(vec!["60", "", "x"]),
    );
    prop_oneof![
        12 => order.prop_map(|(order, line, date, customer, item, quantity, revenue, cost)| {
            format!("{order},{line},{date},{customer},{item},{quantity},{revenue},{cost}")
        }),
        1 => Just("Total,,,,,,500.00,".to_owned()),
        1 => Just(HEADER.to_owned()),
        1 => Just(",,,,,,,".to_owned()),
        1 => Just("Printed by the system".to_owned()),
        1 => "\\PC{0,30}",
    ]
}

fn import(texts: &[&str]) -> Option<(Session, Memory, Built)> {
    let files = (1..).zip(texts.iter().map(|text| text.as_bytes().to_vec()));
    let files = Memory(files.collect());
    let mut session = Session::new(1 << 12);
    let mut plans = Vec::new();
    for file in 1..=u32::try_from(texts.len()).unwrap() {
        let name = format!("{file}.csv");
        let stage = Job::Stage {
            file,
            name: name.clone(),
            sheet: None,
            layout: None,
        };
        let Reply::Staged(staged) = run(&mut session, stage, &files, &Never, &mut |_| {}).0 else {
            return None;
        };
        let mut layout = staged.layout;
        layout.questions.clear();
        plans.push(FilePlan {
            file,
            id: String::new(),
            name,
            size: 0,
            sheet: None,
            layout,
            fixes: Vec::new(),
        });
    }
    let orders = Orders::Files(Import {
        files: plans,
        ..Import::default()
    });
    let job = Job::Build {
        orders,
        as_of: None,
    };
    match run(&mut session, job, &files, &Never, &mut |_| {}).0 {
        Reply::Built(built) => Some((session, files, *built)),
        _ => None,
    }
}

fn accounts(session: &mut Session, files: &Memory) -> String {
    assert_eq!(
        run(session, Job::Commit, files, &Never, &mut |_| {}).0,
        Reply::Done
    );
    let export = Job::Export {
        assumptions: Assumptions::default(),
        as_of: None,
        what: ExportOf::Accounts(Query::default()),
        format: ExportFormat::Csv,
    };
    let (_, bytes) = run(session, export, files, &Never, &mut |_| {});
    String::from_utf8(bytes.unwrap()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_row_read_is_accounted_for(rows in prop::collection::vec(row(), 1..60)) {
        let text = format!("{HEADER}\n{}\n", rows.join("\n"));
        let Some((mut session, files, built)) = import(&[&text]) else {
            return Err(TestCaseError::reject("not staged"));
        };
        let report = &built.report;
        let parts = [report.in_book, report.rejected, report.structure, report.repeats, report.no_order];
        prop_assert_eq!(report.read, parts.iter().sum::<u64>(), "{:?}", report);
        let left_out: u64 = report.left_out.iter().map(|(_, count)| count).sum();
        prop_assert_eq!(left_out, report.structure + report.no_order, "{:?}", report);
        let job = Job::Export {
            assumptions: Assumptions::default(),
            as_of: None,
            what: ExportOf::Rejected,
            format: ExportFormat::Csv,
        };
        let (reply, bytes) = run(&mut session, job, &files, &Never, &mut |_| {});
        if report.rejected > 0 {
            let bytes = bytes.unwrap();
            let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes.as_slice());
            prop_assert_eq!(reader.records().count() as u64, report.rejected);
        } else {
            prop_assert!(matches!(reply, Reply::Failed(_)) || bytes.is_some());
        }
    }

    #[test]
    fn the_same_file_again_changes_nothing(rows in prop::collection::vec(row(), 1..40)) {
        let text = format!("{HEADER}\n{}\n", rows.join("\n"));
        let (Some((mut one, files, once)), Some((mut two, files_two, twice))) =
            (import(&[&text]), import(&[&text, &text]))
        else {
            return Err(TestCaseError::reject("not staged"));
        };
        prop_assert_eq!(twice.report.in_book, once.report.in_book);
        prop_assert_eq!(twice.report.read, 2 * once.report.read);
        prop_assert_eq!(accounts(&mut two, &files_two), accounts(&mut one, &files));
    }
}
