//! The built-in sample book: four years of a machine shop's orders, the same on every device.
//!
//! It goes through the same builder as an imported file, so what it shows is what an import shows:
//! segments, groups of plants, salespeople, partners, streams, returns, tooling, lines without a
//! recorded cost, and accounts that have stopped ordering.

mod shop;

use crate::base::Date;
use crate::ingest::layout::{Certainty, Column, DateOrder, DecimalMark, Layout};
use crate::ingest::role::{Kind, Role};
use crate::ingest::row::{Row, RowKind};
use crate::orders::plan::{FilePlan, Import};
use crate::orders::{Builder, Built};

/// The columns from the left.
const COLUMNS: [(&str, Role); 23] = [
    ("Order", Role::Order),
    ("Line", Role::Line),
    ("Order date", Role::Date),
    ("Customer", Role::Account),
    ("Group", Role::Parent),
    ("Plant", Role::Site),
    ("Segment", Role::Segment),
    ("Salesperson", Role::Salesperson),
    ("Partner", Role::Partner),
    ("Stream", Role::Stream),
    ("Part", Role::Item),
    ("Process", Role::Process),
    ("Machine", Role::Machine),
    ("Material", Role::Material),
    ("Quantity", Role::Quantity),
    ("List price", Role::ListPrice),
    ("Unit price", Role::Price),
    ("Net revenue", Role::Revenue),
    ("Rebate", Role::Rebates),
    ("Freight", Role::Freight),
    ("Cost of goods", Role::Cost),
    ("Tooling", Role::Tooling),
    ("Currency", Role::Currency),
];

/// The sample book.
pub fn build() -> Built {
    let import = Import::default();
    let mut builder = Builder::new(&import);
    builder.file(0, &plan());
    let mut line = 1;
    shop::orders(|cells| {
        line += 1;
        let cells = cells.each_ref().map(String::as_str);
        builder.row(&Row {
            line,
            kind: RowKind::Data,
            group: None,
            cells: &cells,
            raw: "",
            flaw: None,
        });
    });
    builder.finish()
}

fn plan() -> FilePlan {
    let column = |(header, role): (&str, Role)| Column {
        header: header.into(),
        role: Some(role),
        certainty: Certainty::Confirmed,
        evidence: String::new(),
        date_order: (role.kind() == Kind::Date).then_some(DateOrder::Ymd),
        decimal: (role.kind() == Kind::Number).then_some(DecimalMark::Dot),
        samples: Vec::new(),
    };
    FilePlan {
        file: 0,
        id: String::new(),
        name: "Sample orders".into(),
        size: 0,
        sheet: None,
        layout: Layout {
            columns: COLUMNS.into_iter().map(column).collect(),
            ..Layout::default()
        },
        fixes: Vec::new(),
    }
}

/// The first day of the sample's four years.
fn first_day() -> Date {
    Date::new(2022, 7, 1).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_is_believable() {
        let built = build();
        let report = &built.report;
        assert_eq!(report.read, report.in_book, "{report:?}");
        assert!(
            (2_500..6_000).contains(&report.in_book),
            "{}",
            report.in_book
        );
        assert!((70..130).contains(&report.accounts), "{}", report.accounts);
        let accounts = crate::accounts::build(&built.book, None);
        let lapsed = accounts
            .list
            .iter()
            .filter(|a| accounts.as_of.days_since(a.last) > 365);
        assert!((8..40).contains(&lapsed.count()));
        assert!(accounts.segments.len() >= 5 && accounts.partners.len() >= 3);
        let coverage = accounts.coverage;
        assert!(coverage.cost > 0.85 && coverage.cost < 1.0, "{coverage:?}");
        assert!(accounts.total.returned.is_negative());
        let margin = 1.0 - accounts.total.cost.to_f64() / accounts.total.revenue_costed.to_f64();
        assert!((0.2..0.5).contains(&margin), "{margin}");
    }

    #[test]
    fn the_sample_never_changes_by_itself() {
        assert_eq!(build().report, build().report);
    }
}
