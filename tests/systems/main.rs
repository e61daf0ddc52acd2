//! Each known system's export: the roles found and what each row is, traps included.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod languages;
mod ledgers;
mod shops;

use std::collections::BTreeMap;

use perennial::ingest::layout::{DateOrder, DecimalMark, Encoding, Grain, Layout};
use perennial::ingest::read::Reader;
use perennial::ingest::role::Role::{self, *};
use perennial::ingest::row::RowKind;
use perennial::ingest::systems::{Judge, Verdict, quirks};
use perennial::ingest::{Samples, cells, stage};
use perennial::orders::plan::{FilePlan, Import, Rate};
use perennial::orders::{Builder, Measure};

/// A fixture as staged and read.
struct Read {
    layout: Layout,
    /// Rows by what they are.
    counts: BTreeMap<String, usize>,
    /// The rows that count as lines or returns: group or account, and revenue as read.
    lines: Vec<(String, String)>,
}

fn read(name: &str) -> Read {
    let bytes = std::fs::read(format!("tests/fixtures/orders/{name}")).unwrap();
    let layout = stage(&Samples::whole(&bytes), name).unwrap();
    let mut judge = Judge::new(&layout);
    let (mut counts, mut lines) = (BTreeMap::new(), Vec::new());
    let mut reader = Reader::new(&layout);
    let account = layout.column(Account);
    let amount = [Revenue, Total, Price]
        .into_iter()
        .find_map(|r| layout.column(r))
        .unwrap();
    let mark = layout.columns[amount].decimal.unwrap_or(DecimalMark::Dot);
    let mut take = |row: perennial::ingest::row::Row<'_>| {
        assert_eq!(row.flaw, None, "{name} line {}: {}", row.line, row.raw);
        let what = match row.kind {
            RowKind::Data => match judge.judge(&row) {
                Verdict::Line | Verdict::Order | Verdict::Invoice => "line".to_owned(),
                Verdict::Return | Verdict::Returned => "return".to_owned(),
                Verdict::NoOrder(why) => why.to_owned(),
            },
            other => format!("{other:?}").to_lowercase(),
        };
        if what == "line" || what == "return" {
            let who = row
                .group
                .unwrap_or_else(|| row.cell(account.unwrap_or(999)));
            let money = cells::number(row.cell(amount), mark).unwrap();
            let money = money.map_or_else(String::new, |n| n.decimal().normalize().to_string());
            lines.push((who.to_owned(), money));
        }
        *counts.entry(what).or_default() += 1;
    };
    for piece in bytes.chunks(37) {
        reader.feed(piece, &mut take).unwrap();
    }
    reader.finish(&mut take).unwrap();
    Read {
        layout,
        counts,
        lines,
    }
}

impl Read {
    fn roles(&self) -> BTreeMap<Role, &str> {
        let columns = self.layout.columns.iter();
        columns
            .filter_map(|c| c.role.map(|r| (r, c.header.as_str())))
            .collect()
    }

    fn check(&self, system: Option<&str>, roles: &[(Role, &str)], counts: &[(&str, usize)]) {
        assert_eq!(self.layout.system.as_deref(), system);
        assert_eq!(self.layout.questions, []);
        assert_eq!(self.roles(), roles.iter().copied().collect());
        let counts: BTreeMap<String, usize> =
            counts.iter().map(|(k, n)| ((*k).to_owned(), *n)).collect();
        assert_eq!(self.counts, counts);
    }

    fn lines(&self) -> Vec<(&str, &str)> {
        self.lines
            .iter()
            .map(|(a, b)| (a.as_str(), b.as_str()))
            .collect()
    }
}

/// Revenue by account as it comes out of the book.
fn totals(name: &str, rates: &[(&str, &str)]) -> Vec<(String, String)> {
    let bytes = std::fs::read(format!("tests/fixtures/orders/{name}")).unwrap();
    let layout = stage(&Samples::whole(&bytes), name).unwrap();
    let plan = FilePlan {
        file: 0,
        id: String::new(),
        name: name.to_owned(),
        size: bytes.len() as u64,
        sheet: None,
        layout,
        fixes: Vec::new(),
    };
    let rate = |(currency, rate): &(&str, &str)| Rate {
        currency: (*currency).to_owned(),
        rate: (*rate).to_owned(),
        date: None,
    };
    let import = Import {
        base_currency: rates.first().map(|_| "USD".to_owned()),
        rates: rates.iter().map(rate).collect(),
        ..Import::default()
    };
    let mut builder = Builder::new(&import);
    builder.file(0, &plan);
    let mut reader = Reader::new(&plan.layout);
    reader.feed(&bytes, &mut |row| builder.row(&row)).unwrap();
    reader.finish(&mut |row| builder.row(&row)).unwrap();
    let built = builder.finish();
    let report = &built.report;
    let parts = report.in_book + report.rejected + report.structure;
    assert_eq!(
        report.read,
        parts + report.repeats + report.no_order,
        "{name}"
    );
    assert_eq!((report.rejected, report.read), (0, reader.rows()), "{name}");
    let mut sums: BTreeMap<String, rust_decimal::Decimal> = BTreeMap::new();
    for line in 0..built.book.len() {
        let account = built.book.accounts()[line] as usize;
        let amount = built
            .book
            .amount(Measure::Revenue, line)
            .unwrap()
            .to_money()
            .amount();
        *sums
            .entry(built.book.account_names()[account].clone())
            .or_default() += amount;
    }
    sums.into_iter()
        .map(|(k, v)| (k, v.normalize().to_string()))
        .collect()
}
/// Worked out by hand from the fixtures.
#[test]
fn every_system_adds_up() {
    for (name, wanted) in [
        (
            "shopify.csv",
            &[("Hexa Machining", "250"), ("Nova Press", "40")][..],
        ),
        ("woocommerce.csv", &[("Orbit Tooling", "105.5")]),
        (
            "stripe.csv",
            &[("Kestrel Robotics", "1200"), ("Lumen Casting", "300.5")],
        ),
        (
            "quickbooks.csv",
            &[("Alder Stamping", "2975"), ("Birch Aerospace", "620")],
        ),
        (
            "quickbooks_new.csv",
            &[
                ("Cedar Hydraulics", "90"),
                ("Cedar Hydraulics:Plant 2", "480"),
            ],
        ),
        ("xero.csv", &[("Dunmore Castings", "250")]),
        (
            "netsuite.csv",
            &[("Fairview Motion", "1500"), ("Grant Pumps", "180")],
        ),
        ("sap.csv", &[("100042", "1470")]),
        ("sap_german_utf16.txt", &[("Müller Antriebe GmbH", "1470")]),
        (
            "dynamics.csv",
            &[("Harbor Valves", "729"), ("Inlet Systems", "500")],
        ),
        (
            "salesforce.csv",
            &[("Juno Motors", "125000"), ("Kite Avionics", "42000.5")],
        ),
        (
            "hubspot.csv",
            &[("Ledge Turbines", "250000"), ("Mesa Bearings", "12500.5")],
        ),
        ("german_cp1252.csv", &[("Größe & Söhne", "11110.5")]),
        ("french.csv", &[("Mécanique du Sud", "11110.5")]),
        ("spanish.csv", &[("Talleres Río", "11110.5")]),
        (
            "english.csv",
            &[("Quartz Drives", "1850"), ("Ridge Medical", "12000")],
        ),
    ] {
        let found = totals(name, &[]);
        let found: Vec<(&str, &str)> = found
            .iter()
            .map(|(a, b)| (a.as_str(), b.as_str()))
            .collect();
        assert_eq!(found, wanted, "{name}");
    }
    assert_eq!(
        totals("partnerstack.csv", &[("EUR", "1.08")]),
        [
            ("Nadir Optics".to_owned(), "120000".to_owned()),
            ("Opal Wire".to_owned(), "48600".to_owned()),
        ]
    );
}
