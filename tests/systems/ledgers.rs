//! Ledgers, ERP and CRM systems.

use super::*;

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
    assert!(quirks(&read.layout).row_ids.contains("record id"));
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
