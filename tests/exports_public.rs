//! Exports in forms that are found in public: rows in quotes, states that are places, words for nobody.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

mod pipeline;

use perennial::ingest::role::Role;
use perennial::orders::Measure;
use pipeline::{import_text, layout, left_out, revenue, sum};

const HEAD: &str = "Order No,Order Date,Customer,Item,Qty,Net Amount";

fn names(text: &str) -> Vec<String> {
    let built = import_text(text);
    let mut names = built.book.account_names().to_vec();
    names.sort();
    names
}

#[test]
fn a_row_that_stands_in_quotes_is_a_row() {
    let text = format!(
        "{HEAD}\n1,2026-01-13,Acme,A1,1,10.00\n\"2,2026-01-14,\"\"Beta, Ltd\"\",A1,2,20.00\"\n\
         \"3,2026-01-15,Acme,A2,3,30.00\";\n"
    );
    assert_eq!(revenue(&text), "60.00");
    assert_eq!(names(&text), ["Acme", "Beta, Ltd"]);
    // One cell that has not all of a row in it is a group or a note, as before.
    let group = format!("{HEAD}\n1,2026-01-13,Acme,A1,1,10.00\n\"Smith, John\"\n");
    assert_eq!(left_out(&import_text(&group), "notes and titles"), 1);
}

#[test]
fn numbers_of_customers_may_be_written_with_a_point() {
    let text = "InvoiceNo,Quantity,InvoiceDate,UnitPrice,CustomerID\n\
        536365,6,2010-12-01 08:26:00,2.55,17850.0\n536366,1,2010-12-02 08:26:00,4.70,13047.0\n";
    assert_eq!(layout(text).questions, []);
    assert_eq!(revenue(text), "20.00");
}

#[test]
fn an_order_that_came_back_is_left_out_unless_its_sale_is_another_line() {
    let one = |status: &str| {
        format!(
            "order_id,order_date,customer_name,order_status,total_amount\n\
             1,2024-01-05,Acme,Delivered,100\n2,2024-01-06,Beta,{status},200\n3,2024-01-07,Beta,Delivered,50\n"
        )
    };
    for status in ["Returned", "Shipped - Returned to Seller", "Retourniert"] {
        assert_eq!(revenue(&one(status)), "150.00", "{status}");
        let built = import_text(&one(status));
        assert_eq!(left_out(&built, "orders that came back"), 1, "{status}");
    }
    // A document of its own takes something back from another.
    assert_eq!(revenue(&one("Return")), "-50.00");
    let both = "order_id,order_date,customer_name,product,order_status,amount\n\
        1,2024-01-05,Acme,A,Delivered,100\n1,2024-01-09,Acme,A,Returned,40\n2,2024-01-06,Beta,B,Delivered,50\n";
    assert_eq!(revenue(both), "110.00");
    let line = both.replace("Acme,A,Returned", "Acme,C,Returned");
    assert_eq!(revenue(&line), "150.00");
}

#[test]
fn a_state_may_be_a_place() {
    for header in ["State", "Estado", "Bill To State"] {
        let text = format!(
            "{HEAD},{header}\n1,2026-01-13,Acme,A1,1,10.00,GU\n2,2026-01-14,Beta,A1,2,20.00,CM\n\
             3,2026-01-15,Acme,A2,3,30.00,MX\n4,2026-01-15,Gamma,A2,3,30.00,RC\n"
        );
        assert_eq!(revenue(&text), "90.00", "{header}");
    }
    let paid = format!(
        "{HEAD},Payment Type\n1,2026-01-13,Acme,A1,1,10.00,Credit\n2,2026-01-14,Beta,A1,2,20.00,Cash\n"
    );
    assert_eq!(revenue(&paid), "30.00");
}

#[test]
fn where_something_is_shipped_to_is_no_freight() {
    for header in [
        "Shipping Postcode",
        "Shipping Days",
        "Versand PLZ",
        "Shipping ID",
    ] {
        let text = format!(
            "{HEAD},{header}\n1,2026-01-13,Acme,A1,1,10.00,10001\n2,2026-01-14,Beta,A1,2,20.00,10002\n"
        );
        assert_eq!(sum(&import_text(&text), Measure::Freight), "0", "{header}");
    }
}

#[test]
fn people_of_one_mail_service_are_not_one_account() {
    let head = "Order No,Order Date,Email,Net Amount\n";
    for domain in [
        "yahoo.ca",
        "hotmail.it",
        "marketplace.amazon.de",
        "seznam.cz",
    ] {
        let text =
            format!("{head}1,2026-01-13,anna@{domain},10.00\n2,2026-01-14,ben@{domain},20.00\n");
        assert_eq!(names(&text).len(), 2, "{domain}");
    }
    let company = format!(
        "{head}1,2026-01-13,anna@live-tools.com,10.00\n2,2026-01-14,ben@live-tools.com,20.00\n"
    );
    assert_eq!(names(&company), ["live-tools.com"]);
}

#[test]
fn a_word_for_nobody_is_no_customer_where_there_is_an_address() {
    for nobody in ["n/a", "-", "none", "Guest", "0", "x"] {
        let text = format!(
            "Order No,Order Date,Company,Email,Net Amount\n1,2026-01-13,{nobody},anna@acme.com,10.00\n\
             2,2026-01-14,{nobody},ben@beta.com,20.00\n3,2026-01-15,Gamma,c@gamma.com,30.00\n"
        );
        assert_eq!(names(&text), ["Gamma", "acme.com", "beta.com"], "{nobody}");
    }
    let alone = "Order No,Order Date,Customer,Net Amount\n1,2026-01-13,Guest,10.00\n2,2026-01-14,Acme,20.00\n";
    assert_eq!(names(alone), ["Acme", "Guest"]);
}

#[test]
fn an_amount_on_each_line_of_its_order_counts_once_where_items_tell() {
    let order = |(order, amount): (i32, &str)| {
        let line = |item| format!("{order},2024-01-05,Acme,{item},{amount}");
        [line("A"), line("B")]
    };
    let head = "Order ID,Date,Customer,Product,Total Amount".to_owned();
    let orders = [(1, "100.00"), (2, "55.50"), (3, "80.00"), (4, "12.25")];
    let orders = orders.into_iter().flat_map(order);
    let lines: Vec<String> = std::iter::once(head).chain(orders).collect();
    let text = lines.join("\n");
    assert_eq!(revenue(&text), "247.75");
    // Three such orders may be so by chance.
    let few = lines[..7].join("\n");
    assert_eq!(revenue(&few), "471.00");
}

#[test]
fn an_amount_on_the_first_row_of_each_order_only_rejects_no_row() {
    let order = |order: i32| {
        let first = format!("{order},2024-01-05,Acme,{order}00,A,1");
        [first, format!("{order},2024-01-05,Acme,,B,2")]
    };
    let head = "transaction_no,date,customer,total,product,quantity".to_owned();
    let orders = (1..=4).flat_map(order);
    let lines: Vec<String> = std::iter::once(head).chain(orders).collect();
    let text = lines.join("\n");
    let built = import_text(&text);
    assert_eq!((built.report.rejected, built.report.in_book), (0, 8));
    assert_eq!(revenue(&text), "1000.00");
    assert!(layout(&text).first_row_only);
    // Two orders are too few to tell: their rows are asked about.
    let few = lines[..5].join("\n");
    assert_eq!(import_text(&few).report.rejected, 2);
}

#[test]
fn costs_and_discounts_are_what_they_come_to() {
    let price = "Invoice,Date,Client,Product,Quantity,Item Cost,Line Total\n\
        1,2024-01-05,Acme,A,2,10.00,20.00\n2,2024-01-06,Beta,B,3,5.00,15.00\n3,2024-01-07,Beta,C,1,7.00,7.00\n";
    assert_eq!(sum(&import_text(price), Measure::Cost), "0");
    assert_eq!(sum(&import_text(price), Measure::Price), "22");
    let unit = "Order No,Date,Customer,Qty,Unit Price,Total Revenue,Total Unit Cost\n\
        1,2024-01-05,Acme,5,20.00,100.00,10.00\n2,2024-01-06,Beta,2,30.00,60.00,15.00\n";
    assert_eq!(sum(&import_text(unit), Measure::Cost), "80");
    let share = "Order No,Date,Customer,Sales,Discount\n1,2024-01-05,Acme,500.00,0.2\n\
        2,2024-01-06,Beta,600.00,0\n3,2024-01-07,Acme,700.00,0.2\n4,2024-01-08,Beta,800.00,0\n5,2024-01-08,Beta,300.00,0.2\n";
    let found = layout(share);
    assert_eq!(found.column(Role::DiscountPercent), Some(4));
    assert!(found.notes.iter().any(|note| note.contains("0.2 is 20 %")));
}

#[test]
fn a_currency_in_the_header_holds_for_cells_that_do_not_repeat_it() {
    let text = "OrderID,CustomerID,OrderDate,LineTotal_USD\n1,C1,2024-01-05,100.00\n2,C2,2024-01-06,$50.00\n\
        3,C1,2024-01-07,USD 20.00\n";
    let built = import_text(text);
    assert_eq!(built.report.rejected, 0);
    assert_eq!(built.book.currency(), Some("USD"));
    let rupiah = "No,Date,Customer,Total\n1,05/13/2024,Acme,Rp.  31.500.000\n2,05/14/2024,Beta,Rp.  1.250.000\n";
    assert_eq!(import_text(rupiah).book.currency(), Some("IDR"));
}

#[test]
fn in_a_ledger_of_customers_and_vendors_income_is_what_they_bought() {
    let text = "Transaction Date,Account Name,Customer,Vendor,Invoice Number,Net Amount,Account Type\n\
        2021-01-28,Sales,Mark,,2,294.00,Income\n2021-01-28,Accounts Receivable,Mark,,2,294.00,Asset\n\
        2021-01-29,Sales,Anna,,3,20.00,Income\n2021-01-29,Rent,,Landlord,,500.00,Expense\n";
    assert_eq!(revenue(text), "314.00");
    assert_eq!(names(text), ["Anna", "Mark"]);
}

#[test]
fn a_column_of_numbers_that_name_something_is_not_proposed_as_an_amount() {
    let text = "id_venda,carro_id,cliente,data\n1,153,Acme,2025-03-22\n2,585,Beta,2025-02-02\n";
    assert!(
        layout(text)
            .questions
            .iter()
            .all(|q| !q.text.contains("carro_id"))
    );
}

#[test]
fn costs_of_all_pieces_clerks_and_other_days_are_what_they_are() {
    for header in [
        "Einstandspreis gesamt",
        "Wareneinsatz gesamt",
        "Selbstkosten gesamt",
    ] {
        let text = format!(
            "Auftragsnr.;Auftragsdatum;Kunde;Menge;Einzelpreis;Nettobetrag;{header}\n\
             1;05.09.2023;Acme;55;51,71;2.844,05;2.398,20\n2;06.09.2023;Beta;10;20,00;200,00;120,50\n"
        );
        assert_eq!(layout(&text).questions, [], "{header}");
        assert_eq!(
            sum(&import_text(&text), Measure::Cost),
            "2518.7",
            "{header}"
        );
    }
    let text = "Sales Order,Order Date,Customer Name,Extended Price,Promise Date,Ship Date,Invoice Date,Created By,Entered By\n\
        1,2024-02-09,Acme,100.00,2024-02-19,2024-02-20,2024-02-21,JLIN,JLIN\n\
        2,2024-02-10,Beta,200.00,2024-02-20,2024-02-21,2024-02-22,JLIN,MBO\n";
    let found = layout(text);
    assert_eq!(found.questions, []);
    for role in [Role::FirstDate, Role::LastDate, Role::Partner] {
        assert_eq!(found.column(role), None, "{role:?}");
    }
}
