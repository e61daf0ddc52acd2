//! From the bytes of exports to a book, with every question answered by its first option.
#![allow(dead_code)] // Not every test uses all of it.

use perennial::accounts;
use perennial::ingest::layout::Layout;
use perennial::ingest::problem::Fix;
use perennial::ingest::read::Reader;
use perennial::ingest::row::Row;
use perennial::ingest::{Samples, stage};
use perennial::orders::plan::{FilePlan, Import, Rate};
use perennial::orders::{Builder, Built, Measure};

/// Stages, reads and builds files, each with its name; with rates they become EUR. No row is lost.
pub fn import(files: &[(&str, &[u8])], rates: &[(&str, &str)]) -> Built {
    let plans = (0_u32..).zip(files);
    let plans = plans.map(|(at, (name, bytes))| plan(at, name, bytes));
    build(&plans.collect::<Vec<_>>(), files, rates)
}

/// One file, by its text.
pub fn import_text(text: &str) -> Built {
    import(&[("orders.csv", text.as_bytes())], &[])
}

/// What the orders of one file come to.
pub fn revenue(text: &str) -> String {
    let built = import_text(text);
    accounts::build(&built.book, None).total.revenue.to_string()
}

/// How one file is read, before any question is answered.
pub fn layout(text: &str) -> Layout {
    stage(&Samples::whole(text.as_bytes()), "orders.csv").unwrap()
}

/// A measure of all lines.
pub fn sum(built: &Built, measure: Measure) -> String {
    let lines = 0..built.book.len();
    let amounts = lines.filter_map(|line| built.book.amount(measure, line));
    let amounts = amounts.map(|amount| amount.to_money().amount());
    let sum: rust_decimal::Decimal = amounts.sum();
    sum.normalize().to_string()
}

/// One file, with repairs.
pub fn import_with(name: &str, bytes: &[u8], fixes: &[Fix]) -> Built {
    let mut plan = plan(0, name, bytes);
    plan.fixes = fixes.to_vec();
    build(&[plan], &[(name, bytes)], &[])
}

/// How many rows were left out for a reason.
pub fn left_out(built: &Built, why: &str) -> u64 {
    let mut reasons = built.report.left_out.iter();
    reasons
        .find(|(reason, _)| reason == why)
        .map_or(0, |(_, rows)| *rows)
}

fn build(plans: &[FilePlan], files: &[(&str, &[u8])], rates: &[(&str, &str)]) -> Built {
    let mut builder = Builder::new(&Import {
        files: plans.to_vec(),
        base_currency: rates.first().map(|_| "EUR".to_owned()),
        rates: rates
            .iter()
            .map(|(currency, rate)| Rate {
                currency: (*currency).to_owned(),
                rate: (*rate).to_owned(),
                date: None,
            })
            .collect(),
    });
    for (plan, (_, bytes)) in plans.iter().zip(files) {
        builder.file(plan.file, plan);
        let mut reader = Reader::with_fixes(&plan.layout, &plan.fixes);
        let mut out = |row: Row<'_>| builder.row(&row);
        reader.feed(bytes, &mut out).unwrap();
        reader.finish(&mut out).unwrap();
    }
    let built = builder.finish();
    let report = &built.report;
    assert_eq!(
        report.read,
        report.in_book + report.rejected + report.structure + report.repeats + report.no_order,
        "{report:?}"
    );
    built
}

fn plan(file: u32, name: &str, bytes: &[u8]) -> FilePlan {
    let mut layout = stage(&Samples::whole(bytes), name).unwrap();
    while let Some(question) = layout.questions.first().cloned() {
        layout.answer(question.column, question.options[0].choice);
    }
    FilePlan {
        file,
        id: String::new(),
        name: name.to_owned(),
        size: bytes.len() as u64,
        sheet: None,
        layout,
        fixes: Vec::new(),
    }
}
