//! Each known system's export: the roles found and what each row is, traps included.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

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
                Verdict::Line => "line".to_owned(),
                Verdict::Return => "return".to_owned(),
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

#[test]
fn shopify_states_totals_on_the_first_line_only() {
    let read = read("shopify.csv");
    read.check(
        Some("shopify"),
        &[
            (Order, "Name"),
            (Account, "Billing Company"),
            (Email, "Email"),
            (Date, "Created at"),
            (Currency, "Currency"),
            (Quantity, "Lineitem quantity"),
            (Price, "Lineitem price"),
            (ListPrice, "Lineitem compare at price"),
            (Discount, "Lineitem discount"),
            (Item, "Lineitem sku"),
            (Refunded, "Refunded Amount"),
            (Status, "Financial Status"),
        ],
        &[("line", 3), ("cancelled or voided orders", 2)],
    );
    assert!(quirks(&read.layout).fill_down.contains(&Account));
    assert!(quirks(&read.layout).once_per_order.contains(&Refunded));
}

#[test]
fn woocommerce_packs_items() {
    let read = read("woocommerce.csv");
    read.check(
        Some("woocommerce"),
        &[
            (Order, "order_number_formatted"),
            (Date, "date"),
            (Account, "billing_company"),
            (Email, "billing_email"),
            (Status, "status"),
            (Item, "order_item: product"),
            (Quantity, "order_item: quantity"),
            (Revenue, "order_item: amount"),
        ],
        &[("line", 3), ("cancelled or voided orders", 1)],
    );
    assert_eq!(
        read.lines(),
        [
            ("Orbit Tooling", "30"),
            ("Orbit Tooling", "30"),
            ("Orbit Tooling", "45.5")
        ]
    );
}

#[test]
fn stripe_lists_failed_payments() {
    let read = read("stripe.csv");
    read.check(
        Some("stripe"),
        &[
            (Order, "id"),
            (Date, "Created (UTC)"),
            (Total, "Amount"),
            (Tax, "Tax"),
            (Refunded, "Amount Refunded"),
            (Currency, "Currency"),
            (Status, "Status"),
            (Account, "Customer Description"),
            (Email, "Customer Email"),
            (Item, "Description"),
        ],
        &[("line", 3), ("failed or uncaptured payments", 2)],
    );
    assert!(quirks(&read.layout).one_row_per_order);
    assert_eq!(read.lines()[0], ("Kestrel Robotics", "1200"));
}

#[test]
fn quickbooks_names_the_customer_above_its_rows() {
    let read = read("quickbooks.csv");
    read.check(
        Some("quickbooks"),
        &[
            (Date, "Date"),
            (Status, "Transaction Type"),
            (Order, "Num"),
            (Item, "Product/Service"),
            (Quantity, "Qty"),
            (Price, "Sales Price"),
            (Revenue, "Amount"),
        ],
        &[
            ("line", 3),
            ("return", 1),
            ("quotes and estimates", 1),
            ("group", 2),
            ("total", 3),
            ("blank", 1),
            ("note", 1),
        ],
    );
    assert_eq!(
        read.lines(),
        [
            ("Alder Stamping", "2400"),
            ("Alder Stamping", "625"),
            ("Alder Stamping", "-50"),
            ("Birch Aerospace", "620"),
        ]
    );
    assert_eq!(read.layout.columns[1].date_order, Some(DateOrder::Mdy));
}

#[test]
fn quickbooks_groups_within_groups() {
    let bytes = std::fs::read("tests/fixtures/orders/quickbooks_new.csv").unwrap();
    let mut layout = stage(&Samples::whole(&bytes), "quickbooks_new.csv").unwrap();
    assert_eq!(layout.system.as_deref(), Some("quickbooks"));
    assert_eq!(layout.questions, []);
    layout.questions.clear();
    let read = read("quickbooks_new.csv");
    assert_eq!(
        read.lines(),
        [
            ("Cedar Hydraulics:Plant 2", "480"),
            ("Cedar Hydraulics", "90")
        ]
    );
}

#[test]
fn xero_repeats_invoice_totals() {
    let read = read("xero.csv");
    read.check(
        Some("xero"),
        &[
            (Account, "ContactName*"),
            (Email, "EmailAddress"),
            (Order, "InvoiceNumber*"),
            (Date, "InvoiceDate*"),
            (Item, "InventoryItemCode"),
            (Quantity, "Quantity*"),
            (Price, "UnitAmount*"),
            (DiscountPercent, "Discount"),
            (Revenue, "LineAmount"),
            (Currency, "Currency"),
            (Status, "Status"),
        ],
        &[
            ("line", 2),
            ("return", 1),
            ("drafts and voided invoices", 2),
        ],
    );
}

#[test]
fn netsuite_repeats_the_total_as_a_line() {
    let read = read("netsuite.csv");
    read.check(
        Some("netsuite"),
        &[
            (Order, "Document Number"),
            (Date, "Date"),
            (Account, "Name"),
            (Item, "Item"),
            (Quantity, "Quantity"),
            (Price, "Rate"),
            (Revenue, "Amount"),
            (GrossProfit, "Est. Gross Profit"),
            (Salesperson, "Sales Rep"),
            (Partner, "Partner"),
            (Segment, "Class"),
            (Site, "Location"),
            (Currency, "Currency"),
            (Status, "Status"),
        ],
        &[("line", 4), ("return", 1), ("quotes and estimates", 1)],
    );
    assert!(quirks(&read.layout).main_lines);
}

#[test]
fn sap_pads_and_rejects() {
    let read = read("sap.csv");
    read.check(
        Some("sap"),
        &[
            (Order, "VBELN"),
            (Line, "POSNR"),
            (Date, "AUDAT"),
            (Account, "KUNNR"),
            (Item, "MATNR"),
            (Quantity, "KWMENG"),
            (Revenue, "NETWR"),
            (Currency, "WAERK"),
            (Status, "AUART"),
            (Salesperson, "VKGRP"),
        ],
        &[
            ("line", 2),
            ("return", 1),
            ("rejected items", 1),
            ("quotes and inquiries", 1),
        ],
    );
    assert!(quirks(&read.layout).strip_zeros);
    assert_eq!(read.lines()[2].1, "-30");
}

#[test]
fn sap_in_german_from_the_gui() {
    let read = read("sap_german_utf16.txt");
    read.check(
        Some("sap"),
        &[
            (Order, "Verkaufsbeleg"),
            (Line, "Position"),
            (Date, "Belegdatum"),
            (Status, "Verkaufsbelegart"),
            (Account, "Name Auftraggeber"),
            (Item, "Material"),
            (Quantity, "Auftragsmenge"),
            (Revenue, "Nettowert"),
            (Currency, "Währung"),
            (Salesperson, "Verkäufergruppe"),
        ],
        &[("line", 2), ("return", 1), ("rejected items", 1)],
    );
    assert_eq!(read.layout.encoding, Encoding::Utf16Le);
    assert_eq!(read.lines()[0], ("Müller Antriebe GmbH", "1200"));
}

#[test]
fn dynamics_has_comment_and_ledger_lines() {
    let read = read("dynamics.csv");
    read.check(
        Some("dynamics"),
        &[
            (Account, "Sell-to Customer Name"),
            (Order, "Document No."),
            (Line, "Line No."),
            (Item, "No."),
            (Quantity, "Quantity"),
            (Price, "Unit Price"),
            (UnitCost, "Unit Cost (LCY)"),
            (DiscountPercent, "Line Discount %"),
            (Revenue, "Amount"),
            (Date, "Order Date"),
            (Salesperson, "Salesperson Code"),
            (Status, "Document Type"),
        ],
        &[
            ("line", 2),
            ("return", 1),
            ("comment lines", 1),
            ("freight and charges booked to a ledger account", 1),
        ],
    );
}

#[test]
fn salesforce_counts_won_deals_only() {
    let read = read("salesforce.csv");
    read.check(
        Some("salesforce"),
        &[
            (Order, "Opportunity ID"),
            (Account, "Account Name"),
            (Date, "Close Date"),
            (Revenue, "Amount"),
            (Currency, "Amount Currency"),
            (Status, "Stage"),
            (Salesperson, "Opportunity Owner"),
            (Stream, "Type"),
        ],
        &[
            ("line", 2),
            ("deals that are not won", 2),
            ("total", 1),
            ("blank", 1),
            ("note", 4),
        ],
    );
}

#[test]
fn hubspot_counts_a_won_deal_once() {
    let read = read("hubspot.csv");
    read.check(
        Some("hubspot"),
        &[
            (Order, "Record ID"),
            (Account, "Associated Company"),
            (Date, "Close Date"),
            (Revenue, "Amount"),
            (Status, "Deal Stage"),
            (Salesperson, "Deal owner"),
        ],
        &[("line", 3), ("deals that are not won", 3)],
    );
    assert!(quirks(&read.layout).one_row_per_order);
    assert_eq!(read.lines()[0], ("Ledge Turbines", "250000"));
}

#[test]
fn partnerstack_counts_milliseconds() {
    let read = read("partnerstack.csv");
    read.check(
        Some("partnerstack"),
        &[
            (Order, "key"),
            (Account, "customer_name"),
            (Partner, "partner_name"),
            (Revenue, "amount"),
            (Currency, "currency"),
            (Date, "created_at"),
            (Item, "product_key"),
            (Stream, "category_key"),
        ],
        &[("line", 2), ("transactions not approved", 1)],
    );
    let date = read.layout.column(Date).unwrap();
    assert_eq!(
        read.layout.columns[date].date_order,
        Some(DateOrder::EpochMillis)
    );
}

#[test]
fn german_in_windows_1252() {
    let read = read("german_cp1252.csv");
    read.check(
        None,
        &[
            (Order, "Auftragsnr"),
            (Date, "Auftragsdatum"),
            (Account, "Kunde"),
            (Item, "Artikel"),
            (Quantity, "Menge"),
            (Price, "Einzelpreis"),
            (Revenue, "Nettobetrag"),
            (Currency, "Währung"),
            (Salesperson, "Vertreter"),
            (Segment, "Branche"),
            (Status, "Status"),
        ],
        &[
            ("line", 1),
            ("return", 1),
            ("cancelled or voided orders", 1),
            ("total", 1),
        ],
    );
    assert_eq!(
        read.lines(),
        [("Größe & Söhne", "12345"), ("Größe & Söhne", "-1234.5")]
    );
}

#[test]
fn french() {
    let read = read("french.csv");
    read.check(
        None,
        &[
            (Order, "N° commande"),
            (Date, "Date de commande"),
            (Account, "Client"),
            (Item, "Référence"),
            (Quantity, "Quantité"),
            (Price, "Prix unitaire"),
            (Revenue, "Montant HT"),
            (Tax, "TVA"),
            (Currency, "Devise"),
            (Salesperson, "Commercial"),
            (Status, "Statut"),
        ],
        &[
            ("line", 1),
            ("return", 1),
            ("cancelled or voided orders", 1),
            ("total", 1),
        ],
    );
}

#[test]
fn spanish() {
    let read = read("spanish.csv");
    read.check(
        None,
        &[
            (Order, "Pedido"),
            (Date, "Fecha de pedido"),
            (Account, "Cliente"),
            (Item, "Artículo"),
            (Quantity, "Cantidad"),
            (Price, "Precio unitario"),
            (Revenue, "Importe neto"),
            (Tax, "IVA"),
            (Currency, "Moneda"),
            (Salesperson, "Comercial"),
            (Status, "Estado"),
        ],
        &[
            ("line", 1),
            ("return", 1),
            ("cancelled or voided orders", 1),
            ("total", 1),
        ],
    );
}

#[test]
fn english_with_every_column() {
    let read = read("english.csv");
    read.check(
        None,
        &[
            (Order, "Order Number"),
            (Date, "Order Date"),
            (Account, "Customer"),
            (Parent, "Parent Account"),
            (Site, "Site"),
            (Item, "Item"),
            (Line, "Line"),
            (Quantity, "Qty"),
            (ListPrice, "List Price"),
            (Price, "Unit Price"),
            (Revenue, "Net Revenue"),
            (Rebates, "Rebates"),
            (Freight, "Freight"),
            (UnitCost, "Unit Cost"),
            (Tooling, "Tooling"),
            (Currency, "Currency"),
            (Segment, "Segment"),
            (Salesperson, "Salesperson"),
            (Partner, "Partner"),
            (Stream, "Product Line"),
            (Status, "Order Status"),
            (Process, "Process"),
            (Machine, "Machine"),
            (Material, "Alloy"),
        ],
        &[
            ("line", 3),
            ("cancelled or voided orders", 1),
            ("blank", 1),
            ("repeatedheader", 1),
            ("total", 1),
        ],
    );
}

#[test]
fn a_summary_of_accounts() {
    let read = read("accounts.csv");
    assert_eq!(read.layout.grain, Grain::AccountSummary);
    assert_eq!(
        read.lines(),
        [
            ("Summit Gears", "184000"),
            ("Total Precision Machining", "21000.5")
        ]
    );
    assert_eq!(read.counts.get("total"), Some(&1));
}

#[test]
fn two_readings_are_two_questions() {
    let bytes = std::fs::read("tests/fixtures/orders/ambiguous.csv").unwrap();
    let layout = stage(&Samples::whole(&bytes), "ambiguous.csv").unwrap();
    let asked: Vec<usize> = layout.questions.iter().map(|q| q.column).collect();
    assert_eq!(asked.len(), 2, "{:?}", layout.questions);
    assert!(asked.contains(&0) && asked.contains(&4));
}
