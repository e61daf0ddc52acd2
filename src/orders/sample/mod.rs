//! The built-in sample: the order book of a machine shop that does not exist.
//!
//! In: nothing but a fixed seed. Out: the same few thousand order lines on every machine, as CSV text
//! and as the book that an import of it gives, so that the sample shows what an import does.
//! Four years up to October 2026; accounts of six segments, some through partners, some lapsed, some
//! that look better by revenue than by what they leave.

mod account;
mod book;
mod lines;
mod names;

use super::build::Built;
use crate::ingest::layout::{Certainty, Column, DateOrder, DecimalMark, Layout};
use crate::ingest::role::{Kind, Role};

/// The currency of the sample.
const CURRENCY: &str = "USD";

/// The columns from the left.
const COLUMNS: &[Role] = &[
    Role::Date,
    Role::Order,
    Role::Line,
    Role::Account,
    Role::Parent,
    Role::Site,
    Role::Segment,
    Role::Salesperson,
    Role::Partner,
    Role::Stream,
    Role::Item,
    Role::Process,
    Role::Machine,
    Role::Material,
    Role::Quantity,
    Role::ListPrice,
    Role::Price,
    Role::Revenue,
    Role::Rebates,
    Role::Freight,
    Role::Cost,
    Role::Tooling,
    Role::Currency,
    Role::Status,
];

/// The sample as a CSV file: a header and some four thousand lines.
///
/// ```
/// let text = perennial::orders::sample::csv();
/// assert!(text.starts_with("Order date,Order number,"));
/// assert_eq!(text, perennial::orders::sample::csv());
/// ```
pub fn csv() -> String {
    let labels: Vec<&str> = COLUMNS.iter().map(|role| role.label()).collect();
    let mut text = labels.join(",");
    for line in lines::all() {
        let mut mark = '\n';
        for cell in line.cells() {
            text.push(std::mem::replace(&mut mark, ','));
            // As exports have it: quoted where a comma or a quote stands in it.
            if cell.contains([',', '"']) {
                text.extend(["\"", &cell.replace('"', "\"\""), "\""]);
            } else {
                text.push_str(&cell);
            }
        }
    }
    text.push('\n');
    text
}

/// How the sample is read: nothing in it is a guess.
pub fn layout() -> Layout {
    let column = |role: &Role| Column {
        header: role.label().to_string(),
        role: Some(*role),
        certainty: Certainty::Certain,
        evidence: "written by the sample".to_string(),
        date_order: (role.kind() == Kind::Date).then_some(DateOrder::Ymd),
        decimal: (role.kind() == Kind::Number).then_some(DecimalMark::Dot),
        proven: false,
        samples: Vec::new(),
    };
    Layout {
        columns: COLUMNS.iter().map(column).collect(),
        ..Layout::default()
    }
}

/// The sample's book, as an import of its file gives it.
pub fn build() -> Built {
    book::of(&lines::all())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::read::Reader;
    use crate::ingest::row::Row;
    use crate::orders::build::Builder;
    use crate::orders::plan::{FilePlan, Import};

    #[test]
    fn the_sample_is_the_book_of_its_file() {
        let text = csv();
        let plan = FilePlan {
            file: 0,
            id: "sample".to_string(),
            name: "sample.csv".to_string(),
            size: text.len() as u64,
            sheet: None,
            layout: layout(),
            fixes: Vec::new(),
        };
        let mut builder = Builder::new(&Import::default());
        builder.file(0, &plan);
        let mut reader = Reader::new(&plan.layout);
        let mut row = |row: Row<'_>| builder.row(&row);
        reader.feed(text.as_bytes(), &mut row).unwrap();
        reader.finish(&mut row).unwrap();
        assert_eq!(format!("{:?}", builder.finish()), format!("{:?}", build()));
    }

    #[test]
    fn every_line_of_the_sample_is_in_the_book() {
        let built = build();
        let report = &built.report;
        assert_eq!(report.read, report.in_book, "{report:?}");
        assert!(
            (3_000..=6_000).contains(&report.read),
            "{} lines",
            report.read
        );
        assert!(
            (110..=130).contains(&report.accounts),
            "{} accounts",
            report.accounts
        );
        assert!(report.problems.is_empty(), "{:?}", report.problems);
    }

    #[test]
    fn quoted_and_foreign_names_arrive_as_they_are() {
        let text = csv();
        assert!(
            text.contains(",\"Brock, Hale & Co. ") && text.contains(",\"\"\"Falcon\"\" Precision ")
        );
        let built = build();
        let names = built.book.account_names();
        for stem in [
            "Brock, Hale & Co. ",
            "\"Falcon\" Precision ",
            "Quarry Lane, Inc. ",
            "Müller & Söhne ",
            "Société Delacroix ",
            "Nuñez ",
            "Łomża ",
            "Åkerström ",
        ] {
            assert_eq!(
                names.iter().filter(|n| n.starts_with(stem)).count(),
                1,
                "{stem}"
            );
        }
    }

    #[test]
    fn the_sample_ends_in_october_2026_and_lasts_four_years() {
        let (first, last) = build().report.span.unwrap();
        assert_eq!((first.year(), last.year()), (2022, 2026));
        assert!(last.to_string().starts_with("2026-10"), "{last}");
    }

    #[test]
    fn the_sample_lacks_some_costs_as_real_exports_do() {
        let accounts = crate::accounts::build(&build().book, None);
        assert!(
            (0.80..0.95).contains(&accounts.coverage.cost),
            "{}",
            accounts.coverage.cost
        );
        assert!(accounts.total.returned.is_negative());
        assert!(!accounts.total.tooling.is_zero());
    }
}
