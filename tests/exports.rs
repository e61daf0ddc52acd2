//! Exports of no known system, as companies write them: what they come to, or what is asked.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

mod pipeline;

use perennial::accounts;
use perennial::ingest::{Samples, stage};
use perennial::orders::{Built, Measure};
use pipeline::{import_text, revenue};

fn import_all(files: &[&str]) -> Built {
    let files: Vec<(&str, &[u8])> = files
        .iter()
        .map(|text| ("orders.csv", text.as_bytes()))
        .collect();
    pipeline::import(&files, &[])
}

/// Revenue, cost, orders and accounts.
fn sums(text: &str) -> (String, String, u32, u64) {
    let built = import_text(text);
    let found = accounts::build(&built.book, None).total;
    (
        found.revenue.to_string(),
        found.cost.to_string(),
        found.orders,
        built.report.accounts,
    )
}

#[test]
fn another_amount_is_not_taken_for_revenue() {
    for (text, wanted) in [
        (
            "Order No,Order Date,Customer,Qty,Unit Price,Freight Amount\n1,2026-01-05,Acme,10,100.00,12.00\n2,2026-02-05,Beta,5,100.00,6.00\n",
            "1500.00",
        ),
        (
            "Order No,Order Date,Customer,Order Total,Commission Amount\n1,2026-01-05,Acme,1000.00,50.00\n2,2026-02-05,Beta,500.00,25.00\n3,2026-03-05,Acme,700.00,35.00\n",
            "2200.00",
        ),
        (
            "Invoice No,Invoice Date,Customer,Invoice Total,Tax Amount,Freight Amount\n1,2026-01-05,Acme,1190.00,190.00,0.00\n2,2026-02-05,Beta,595.00,95.00,0.00\n",
            "1500.00",
        ),
        (
            "Invoice No,Invoice Date,Customer,Total Amount,Paid Amount\n1,2026-01-05,Acme,1000.00,1000.00\n2,2026-02-05,Beta,500.00,100.00\n3,2026-03-05,Acme,700.00,0.00\n",
            "2200.00",
        ),
        (
            "Rechnungsnr.;Rechnungsdatum;Kunde;Gesamtpreis;Bezahlter Betrag\n1;05.01.2026;Acme;1.190,00;0,00\n2;17.02.2026;Beta;595,00;595,00\n",
            "1785.00",
        ),
        (
            "Order No,Order Date,Customer,Qty,Exchange Rate,Total\n1,2026-01-05,Acme,10,1.10,1190.00\n2,2026-02-05,Beta,5,1.10,119.00\n",
            "1309.00",
        ),
        (
            "Invoice Date,Invoice Number,Customer Name,SubTotal,Item Name,Quantity,Item Price,Item Total\n2026-01-05,INV-1,Acme,150.00,A,1,100.00,100.00\n2026-01-05,INV-1,Acme,150.00,B,1,50.00,50.00\n2026-02-05,INV-2,Beta,70.00,B,1,70.00,70.00\n",
            "220.00",
        ),
    ] {
        assert_eq!(revenue(text), wanted, "{text}");
    }
}

#[test]
fn another_column_is_not_taken_for_the_order_its_line_or_its_customer() {
    let region = "Customer,Order Date,Amount,Sales Region\nACME,2026-01-05,125.00,North\nACME,2026-02-15,400.00,North\nBETA,2026-02-17,1100.00,South\nACME,2026-03-17,1100.00,North\n";
    assert_eq!(sums(region).2, 4);
    let store = "Order Number,Order Date,Customer,SKU,Net Amount,Store ID\n1001,2026-01-05,Acme,A,100.00,7\n1001,2026-01-05,Acme,B,50.00,7\n1002,2026-02-05,Beta,A,30.00,8\n1002,2026-02-05,Beta,B,30.00,8\n";
    assert_eq!(revenue(store), "210.00");
    let user = "id,user_name,created_at,total\n1,acme,2026-01-05 10:00:00,10.50\n2,acme,2026-02-05 10:00:00,20.50\n3,beta,2026-02-15 10:00:00,30.50\n";
    let (_, _, orders, accounts) = sums(user);
    assert_eq!((orders, accounts), (3, 2));
}

#[test]
fn a_cost_center_is_no_cost() {
    let text = "Order No,Order Date,Customer,Net Amount,Cost Center\n1,2026-01-05,Acme,1000.00,4711\n2,2026-02-05,Beta,500.00,4712\n";
    assert_eq!(sums(text).1, "0.00");
}

#[test]
fn the_kind_of_a_document_and_its_status_both_count() {
    let english = "Invoice No,Invoice Date,Customer,Document Type,Net Amount,Status\n1001,2026-01-05,Acme,Invoice,1000.00,Paid\n1002,2026-02-05,Beta,Invoice,500.00,Open\nCN-1,2026-02-20,Acme,Credit Note,200.00,Paid\nQ-7,2026-02-25,Acme,Quotation,9000.00,Open\n1003,2026-03-25,Acme,Invoice,700.00,Paid\n";
    assert_eq!(revenue(english), "2000.00");
    let german = "Belegnr.;Belegart;Belegdatum;Kunde;Nettobetrag;Status\n1;Rechnung;05.01.2026;Acme;1000,00;bezahlt\n2;Gutschrift;15.01.2026;Acme;200,00;bezahlt\n3;Angebot;25.01.2026;Acme;5000,00;offen\n";
    assert_eq!(revenue(german), "800.00");
}

#[test]
fn payments_and_cancelled_orders_are_no_sales() {
    let ledger = "Date,Transaction Type,Num,Customer,Amount\n01/05/2026,Invoice,1001,Acme,1000.00\n01/25/2026,Payment,,Acme,-1000.00\n02/15/2026,Invoice,1002,Beta,500.00\n";
    assert_eq!(revenue(ledger), "1500.00");
    let text = "Order,Date,Customer,Amount,Status,Cancelled\n1,2026-01-05,Acme,100.00,Complete,No\n2,2026-01-15,Acme,200.00,Refunded,No\n3,2026-01-16,Acme,400.00,Complete,Yes\n4,2026-01-17,Acme,800.00,Order Cancelled,No\n5,2026-01-18,Acme,30.00,Credit Invoice,No\n";
    assert_eq!(revenue(text), "70.00");
}

#[test]
fn a_sum_with_a_date_is_no_customer() {
    let text = "Customer,Order,Date,Net\nAcme,1,2026-01-05,100.00\nBeta,2,2026-02-05,200.00\nTotal,,2026-03-31,300.00\n";
    let (revenue, _, _, accounts) = sums(text);
    assert_eq!((revenue.as_str(), accounts), ("300.00", 2));
    let text = "Customer,Date,Net\nAcme,2026-01-15,150.00\nSubtotal Acme,2026-01-15,150.00\nTotal Precision Machining,2026-01-16,200.00\n";
    let (revenue, _, _, accounts) = sums(text);
    assert_eq!((revenue.as_str(), accounts), ("350.00", 2));
}

#[test]
fn amounts_in_several_currencies_are_not_added_up() {
    let cells = "Order,Date,Customer,Amount\n1,2026-01-05,Acme,\"USD 1,100.00\"\n2,2026-02-05,Beta,\"EUR 200.00\"\n3,2026-02-15,Beta,\"EUR 50.00\"\n";
    let built = import_text(cells);
    assert_eq!(built.report.rates_needed, ["USD"]);
    assert_eq!(built.report.rejected, 1);
    let named = "Order,Date,Customer,Amount,Currency\n1,2026-01-05,Acme,100.00,US Dollar\n2,2026-02-05,Beta,100.00,British Pound\n3,2026-02-15,Beta,10000.00,Yen\n";
    assert_eq!(import_text(named).report.rates_needed.len(), 2);
    let header = "Order,Date,Customer,Amount (EUR)\n1,2026-01-05,Acme,100.00\n";
    let layout = stage(&Samples::whole(header.as_bytes()), "orders.csv").unwrap();
    assert_eq!(layout.currency.as_deref(), Some("EUR"));
}

#[test]
fn a_discount_with_percent_signs_is_a_percentage() {
    let text = "Order No,Order Date,Customer,Qty,Unit Price,Discount\n1,2026-01-05,Acme,10,100.00,10%\n2,2026-02-05,Beta,5,100.00,0%\n";
    assert_eq!(revenue(text), "1400.00");
}

#[test]
fn a_row_with_more_cells_than_headers_is_not_guessed_at() {
    let text = "Order,Date,Customer,Amount\n1,2026-01-05,Acme,1,100.50\n2,2026-01-06,Beta,20.00\n";
    let built = import_text(text);
    assert_eq!((built.report.in_book, built.report.rejected), (1, 1));
}

#[test]
fn a_spreadsheets_dash_is_zero() {
    let text = "Order,Date,Customer,Amount\n1,2026-01-05,Acme,$ -\n2,2026-01-06,Beta,$ 20.00\n";
    let built = import_text(text);
    assert_eq!((built.report.in_book, built.report.rejected), (2, 0));
}

#[test]
fn what_stands_on_an_orders_first_row_only_is_true_of_all_of_it() {
    let text = "Order Reference,Order Date,Customer,Product,Quantity,Subtotal\nS1,2026-01-05,Acme,A,1,100.00\n,,,B,1,50.00\nS2,2026-02-05,Beta,A,1,30.00\n";
    let (revenue, _, orders, accounts) = sums(text);
    assert_eq!((revenue.as_str(), orders, accounts), ("180.00", 2, 2));
}

#[test]
fn an_orders_total_on_each_of_its_lines_counts_once() {
    let text = "Invoice No,Invoice Date,Customer,Item,Qty,Invoice Amount\n1,2026-01-05,Acme,A,1,80.00\n1,2026-01-05,Acme,B,3,80.00\n2,2026-02-15,Beta,C,5,50.00\n";
    let built = import_text(text);
    let lines: Vec<String> = (0..built.book.len())
        .filter_map(|line| built.book.amount(Measure::Revenue, line))
        .map(|amount| amount.to_money().to_string())
        .collect();
    assert_eq!(lines, ["20.00", "60.00", "50.00"]);
    assert!(
        built
            .report
            .notes
            .iter()
            .any(|note| note.contains("counted once"))
    );
    // Lines of different amounts are lines' amounts, whatever they are called.
    let text = "Invoice No,Invoice Date,Customer,Item,Qty,Invoice Amount\n1,2026-01-05,Acme,A,1,80.00\n1,2026-01-05,Acme,B,3,90.00\n2,2026-02-15,Beta,C,5,50.00\n2,2026-02-15,Beta,D,5,50.00\n";
    assert_eq!(revenue(text), "270.00");
}

#[test]
fn saps_cancelled_bills_and_credits_are_no_sales() {
    let rows = "90001\t10\tF2\t20260105\t4711\tA\t10\t1000.00\tEUR\t\n90002\t10\tF2\t20260205\t4712\tA\t5\t500.00\tEUR\t\n90003\t10\tG2\t20260210\t4711\tA\t2\t200.00\tEUR\t\n90004\t10\tF2\t20260215\t4711\tA\t7\t700.00\tEUR\tX\n90005\t10\tS1\t20260216\t4711\tA\t7\t700.00\tEUR\t\n";
    for date in ["ERDAT", "FKDAT"] {
        let text = format!(
            "VBELN\tPOSNR\tFKART\t{date}\tKUNAG\tMATNR\tFKIMG\tNETWR\tWAERK\tFKSTO\n{rows}"
        );
        assert_eq!(revenue(&text), "1300.00", "{date}");
    }
}

#[test]
fn a_ledgers_own_accounts_are_no_customers() {
    let text = "Date,Transaction Type,Num,Name,Memo,Account,Amount\n01/05/2026,Invoice,1001,Acme Corp,Widgets,4000 Sales,1000.00\n01/25/2026,Invoice,1002,Beta Inc,Widgets,4000 Sales,500.00\n";
    assert_eq!(
        import_text(text).book.account_names(),
        ["Acme Corp", "Beta Inc"]
    );
}

#[test]
fn amazons_item_price_is_that_of_the_line() {
    let text = "amazon-order-id\tpurchase-date\torder-status\tsku\tquantity\tcurrency\titem-price\titem-tax\tbuyer-company-name\n1\t2026-01-05T10:00:00+00:00\tShipped\tA\t3\tEUR\t30.00\t5.70\tAcme\n2\t2026-01-06T10:00:00+00:00\tShipped\tB\t2\tEUR\t20.00\t3.80\tBeta\n3\t2026-01-07T10:00:00+00:00\tCancelled\tB\t1\tEUR\t10.00\t1.90\tBeta\n";
    assert_eq!(revenue(text), "50.00");
}

#[test]
fn an_order_that_a_later_export_cancels_is_left_out() {
    let (header, first, second) = (
        "Order No,Order Date,Customer,Amount,Status\n",
        "1001,2026-01-05,Acme,10.00,Open\n1002,2026-01-28,Acme,20.00,Open\n",
        "1002,2026-01-28,Acme,20.00,Cancelled\n1003,2026-02-28,Acme,40.00,Shipped\n",
    );
    let files = [first, second].map(|rows| format!("{header}{rows}"));
    for files in [[&files[0], &files[1]], [&files[1], &files[0]]] {
        let built = import_all(&files.map(String::as_str));
        let found = accounts::build(&built.book, None).total;
        assert_eq!(found.revenue.to_string(), "50.00");
        assert_eq!(built.report.no_order, 2);
    }
}
