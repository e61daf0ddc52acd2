//! Each known system's export, from its bytes to the order book: what is in it, what is left out,
//! and why.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

mod pipeline;

use perennial::accounts;
use perennial::orders::{Attr, Built, Measure};

fn import(name: &str) -> Built {
    import_with(name, &[])
}

/// The same with exchange rates into EUR.
fn import_with(name: &str, rates: &[(&str, &str)]) -> Built {
    let bytes = std::fs::read(format!("tests/fixtures/orders/{name}")).unwrap();
    pipeline::import(&[(name, &bytes)], rates)
}

/// Rows in the book, rejected, structure, repeats, no order; accounts, orders; revenue.
type Outcome = (u64, u64, u64, u64, u64, u64, u32, &'static str);

const OUTCOMES: &[(&str, Outcome)] = &[
    ("accounts.csv", (2, 0, 1, 0, 0, 2, 17, "205000.50")),
    ("dynamics.csv", (3, 0, 0, 0, 2, 2, 2, "1229.00")),
    ("dynamics_currency.csv", (2, 1, 0, 0, 0, 1, 2, "199.00")),
    ("english.csv", (3, 0, 3, 0, 1, 2, 2, "13850.00")),
    ("french.csv", (2, 0, 1, 0, 1, 1, 1, "11110.50")),
    ("german_cp1252.csv", (2, 0, 1, 0, 1, 1, 1, "11110.50")),
    ("hubspot.csv", (2, 0, 0, 1, 3, 2, 2, "262500.50")),
    ("hubspot_internal.csv", (2, 0, 0, 0, 1, 1, 2, "2000.00")),
    ("netsuite.csv", (4, 0, 0, 0, 2, 2, 2, "1680.00")),
    ("partnerstack.csv", (1, 1, 0, 0, 1, 1, 1, "120000.00")),
    (
        "partnerstack_transactions.csv",
        (4, 0, 0, 0, 0, 2, 2, "3150.00"),
    ),
    ("quickbooks.csv", (4, 0, 7, 0, 1, 2, 3, "3595.00")),
    ("quickbooks_new.csv", (2, 0, 5, 0, 0, 2, 2, "570.00")),
    ("salesforce.csv", (2, 0, 6, 0, 2, 2, 2, "167000.50")),
    ("salesforce_no_id.csv", (2, 0, 0, 0, 1, 1, 1, "2100.00")),
    ("sap.csv", (3, 0, 0, 0, 2, 1, 1, "1470.00")),
    ("sap_german_utf16.txt", (3, 0, 0, 0, 1, 1, 1, "1470.00")),
    ("shopify.csv", (3, 0, 0, 0, 2, 2, 2, "290.00")),
    ("shopify_discount.csv", (3, 0, 0, 0, 0, 1, 2, "293.33")),
    ("shopify_tax.csv", (4, 0, 0, 0, 0, 1, 3, "350.00")),
    ("spanish.csv", (2, 0, 1, 0, 1, 1, 1, "11110.50")),
    ("stripe.csv", (2, 0, 0, 1, 2, 2, 2, "1500.50")),
    ("woocommerce.csv", (3, 0, 0, 0, 1, 1, 2, "105.50")),
    ("xero.csv", (3, 0, 0, 0, 2, 1, 1, "250.00")),
    ("xero_inclusive.csv", (4, 0, 0, 0, 0, 1, 3, "380.00")),
];

#[test]
fn every_systems_export_ends_in_the_right_book() {
    for (name, expected) in OUTCOMES {
        let built = import(name);
        let report = &built.report;
        let accounts = accounts::build(&built.book, None);
        let revenue = accounts.total.revenue.to_string();
        let found: Outcome = (
            report.in_book,
            report.rejected,
            report.structure,
            report.repeats,
            report.no_order,
            report.accounts,
            accounts.total.orders,
            expected.7,
        );
        assert_eq!(found, *expected, "{name}: {report:?}");
        assert_eq!(revenue, expected.7, "{name}");
    }
}

fn amounts(built: &Built, measure: Measure) -> Vec<String> {
    let shown = |line| match built.book.amount(measure, line) {
        Some(value) => value.to_money().to_string(),
        None => "-".to_owned(),
    };
    (0..built.book.len()).map(shown).collect()
}

#[test]
fn shopify_lines_share_their_orders_customer_and_its_refund_counts_once() {
    let built = import("shopify.csv");
    assert_eq!(
        amounts(&built, Measure::Revenue),
        ["200.00", "50.00", "60.00", "-20.00"]
    );
    assert_eq!(
        amounts(&built, Measure::Discount),
        ["20.00", "10.00", "0.00", "-"]
    );
    assert_eq!(built.book.account_names(), ["Hexa Machining", "Nova Press"]);
    assert_eq!(built.book.accounts(), [0, 0, 1, 1]);
}

#[test]
fn sap_numbers_lose_their_zeros_and_a_return_its_pieces() {
    let built = import("sap.csv");
    assert_eq!(built.book.account_names(), ["100042"]);
    assert_eq!(built.book.order_name(0), "12001");
    assert_eq!(built.book.name(Attr::Item, 0), "4711");
    assert_eq!(
        amounts(&built, Measure::Revenue),
        ["1200.00", "300.00", "-30.00"]
    );
    assert_eq!(
        amounts(&built, Measure::Quantity),
        ["100.00", "50.00", "-5.00"]
    );
    assert_eq!(built.book.link(2), Some(0));
}

#[test]
fn quickbooks_rows_belong_to_the_customer_above_them() {
    let built = import("quickbooks.csv");
    assert_eq!(
        built.book.account_names(),
        ["Alder Stamping", "Birch Aerospace"]
    );
    assert!(
        !built
            .report
            .notes
            .iter()
            .any(|note| note.contains("order number"))
    );
}

#[test]
fn a_quickbooks_customer_of_a_customer_hangs_below_it() {
    let built = import("quickbooks_new.csv");
    let accounts = perennial::accounts::build(&built.book, None);
    let heads = accounts
        .list
        .iter()
        .zip(&accounts.tree.head)
        .map(|(account, head)| {
            let head = head.map(|head| accounts.parents[head as usize].as_str());
            (account.name.as_str(), head)
        });
    assert_eq!(
        heads.collect::<Vec<_>>(),
        [
            ("Cedar Hydraulics:Plant 2", Some("Cedar Hydraulics")),
            ("Cedar Hydraulics", Some("Cedar Hydraulics")),
        ]
    );
}

#[test]
fn netsuite_totals_beside_their_items_are_left_out() {
    let built = import("netsuite.csv");
    let left_out = ("order totals beside their items".to_owned(), 1);
    assert!(
        built.report.left_out.contains(&left_out),
        "{:?}",
        built.report.left_out
    );
    assert_eq!(
        amounts(&built, Measure::Cost),
        ["780.00", "210.00", "120.00", "-12.00"]
    );
}

#[test]
fn a_discount_on_a_whole_shopify_order_is_spread_over_its_lines() {
    let built = import("shopify_discount.csv");
    assert_eq!(
        amounts(&built, Measure::Revenue),
        ["179.48", "53.85", "60.00"]
    );
    assert_eq!(
        amounts(&built, Measure::Discount),
        ["20.52", "16.15", "0.00"]
    );
    let notes = built.report.notes.join("; ");
    assert!(
        notes.contains("1 order has a discount on the whole"),
        "{notes}"
    );
}

#[test]
fn shopify_orders_whose_total_adds_no_tax_contain_it() {
    let built = import("shopify_tax.csv");
    assert_eq!(
        amounts(&built, Measure::Revenue),
        ["100.00", "100.00", "90.00", "60.00"]
    );
    assert_eq!(
        amounts(&built, Measure::Price),
        ["10.00", "100.00", "100.00", "20.00"]
    );
    assert_eq!(
        amounts(&built, Measure::Discount),
        ["0.00", "0.00", "10.00", "0.00"]
    );
}

#[test]
fn xero_lines_that_add_up_to_the_total_lose_their_tax() {
    let built = import("xero_inclusive.csv");
    // The last invoice states no total: it follows the others of its file.
    assert_eq!(
        amounts(&built, Measure::Revenue),
        ["250.00", "50.00", "50.00", "30.00"]
    );
    assert_eq!(
        amounts(&built, Measure::Price),
        ["25.00", "50.00", "50.00", "30.00"]
    );
}

#[test]
fn a_unit_cost_in_the_companys_currency_is_not_converted_with_the_document() {
    let built = import_with("dynamics_currency.csv", &[("USD", "0.9")]);
    assert_eq!(
        amounts(&built, Measure::Revenue),
        ["89.55", "99.50", "99.50"]
    );
    assert_eq!(amounts(&built, Measure::Cost), ["40.00", "40.00", "40.00"]);
}
