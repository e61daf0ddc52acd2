//! Exports of no known system whose headers share words with others, or whose status says in more
//! words what a row is.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

mod pipeline;

use perennial::accounts;
use perennial::ingest::role::Role;
use pipeline::{import_text, layout, revenue};

/// Revenue, cost, discount, orders and accounts.
fn sums(text: &str) -> [String; 5] {
    let built = import_text(text);
    let found = accounts::build(&built.book, None).total;
    [
        found.revenue.to_string(),
        found.cost.to_string(),
        found.discount.to_string(),
        found.orders.to_string(),
        built.report.accounts.to_string(),
    ]
}

fn role(text: &str, header: &str) -> Option<Role> {
    let layout = layout(text);
    let column = layout.columns.iter().find(|c| c.header == header);
    column.unwrap().role
}

/// Two orders by quantity and price, 1100.00, with one more column.
fn priced(header: &str, values: [&str; 2]) -> String {
    format!(
        "Order No,Order Date,Customer,Item,Qty,Unit Price,{header}\n\
         1001,2026-01-13,Acme,A1,10,100.00,{}\n1002,2026-02-05,Beta,B2,5,20.00,{}\n",
        values[0], values[1]
    )
}

#[test]
fn a_column_that_shares_one_word_with_money_is_not_taken_for_it() {
    for header in [
        "VAT %",
        "MwSt %",
        "TVA %",
        "% IVA",
        "GST %",
        "Sales Tax %",
        "GM %",
        "Margin %",
        "DB %",
        "Commission %",
        "Cash Discount %",
        "Skonto %",
        "Commission Rate",
        "FX Rate",
        "Tax Rate",
        "Job No",
        "Job",
        "Per",
        "Year",
        "Fiscal Year",
        "Customer PO",
        "Price Group",
        "Parent Item",
        "Item Group",
    ] {
        let text = priced(header, ["19", "7"]);
        assert_eq!(
            sums(&text),
            ["1100.00", "0.00", "0.00", "2", "2"],
            "{header}"
        );
        assert_eq!(role(&text, header), None, "{header}");
    }
    for header in [
        "Amount (LCY)",
        "Total Before Discount",
        "Price Before Discount",
    ] {
        let text = priced(header, ["1200.00", "150.00"]);
        let [_, cost, discount, ..] = sums(&text);
        assert_eq!(
            (cost.as_str(), discount.as_str()),
            ("0.00", "0.00"),
            "{header}"
        );
    }
    let cost = priced("Ext Cost", ["600.00", "60.00"]);
    assert_eq!(sums(&cost), ["1100.00", "660.00", "0.00", "2", "2"]);
}

#[test]
fn of_two_prices_of_a_piece_the_net_one_was_paid() {
    for header in ["Net Price", "Net Unit Price", "Unit Price Net"] {
        let text = priced(header, ["90.00", "20.00"]);
        assert_eq!(
            sums(&text),
            ["1000.00", "0.00", "100.00", "2", "2"],
            "{header}"
        );
    }
}

#[test]
fn an_amount_with_tax_is_none_without() {
    let gross = "Order No,Order Date,Customer,Item,Qty,Gross\n1001,2026-01-13,Acme,A1,10,1190.00\n1002,2026-02-05,Beta,B2,5,119.00\n";
    assert_eq!(revenue(gross), "1309.00");
    assert_eq!(role(gross, "Gross"), Some(Role::Total));
    let german = "Auftragsnr.;Datum;Kunde;Artikel;Menge;Einzelpreis netto;Gesamtpreis brutto\n1001;13.01.2026;Acme;A1;10;100,00;1.190,00\n1002;05.02.2026;Beta;B2;5;20,00;119,00\n";
    assert_eq!(revenue(german), "1100.00");
    let price = "Order No,Order Date,Customer,Item,Qty,Price (incl. tax)\n1001,2026-01-13,Acme,A1,10,119.00\n1002,2026-02-05,Beta,B2,5,23.80\n";
    assert_eq!(role(price, "Price (incl. tax)"), None);
    let layout = layout(price);
    assert_eq!(layout.questions.len(), 1);
    let odoo = "Number,Invoice Partner Display Name,Invoice/Bill Date,Due Date,Tax Excluded,Total,Status\nINV/2026/00001,Acme,2026-01-12,2026-02-12,1000.0,1210.0,Posted\nINV/2026/00002,Beta,2026-02-28,2026-03-28,500.0,605.0,Posted\nRINV/2026/00001,Acme,2026-03-02,2026-03-02,-100.0,-121.0,Posted\nINV/2026/00003,Beta,2026-03-28,2026-03-28,900.0,1089.0,Cancelled\n";
    let [revenue, .., accounts] = sums(odoo);
    assert_eq!((revenue.as_str(), accounts.as_str()), ("1400.00", "2"));
}

/// What 1000 and a document of 200 with this status come to.
fn with_status(header: &str, status: &str) -> String {
    revenue(&format!(
        "Doc No,Date,Customer,{header},Net Amount\n1,2026-01-13,Acme,Invoice,1000.00\n\
         2,2026-02-05,Beta,Invoice,300.00\n3,2026-02-06,Beta,{status},200.00\n"
    ))
}

#[test]
fn a_return_is_one_in_more_words_and_other_languages() {
    for status in [
        "A/R Credit Memo",
        "Posted Sales Credit Memo",
        "Customer Return",
        "CM",
        "Warengutschrift",
        "Kundengutschrift",
        "Korrekturrechnung",
        "Facture d'avoir",
        "Facture d’avoir",
        "Facture de retour",
        "Factura rectificativa",
        "Nota de abono",
        "Reversal",
    ] {
        assert_eq!(with_status("Document Type", status), "1100.00", "{status}");
    }
}

#[test]
fn what_is_no_sale_says_so_at_the_end_too() {
    for status in [
        "Sales Quote",
        "Offerte",
        "Oferta",
        "Cancellation",
        "Closed - Cancelled",
        "Abgebrochen",
        "Auftrag storniert",
        "Vollstorno",
        "Commande annulée",
        "Facture proforma",
        "Pedido cancelado",
        "Remboursée",
        "Échouée",
        "Reembolsado",
        "Erreur de paiement",
        "Pago rechazado",
        "Receipt",
    ] {
        assert_eq!(with_status("Status", status), "1300.00", "{status}");
    }
}

#[test]
fn what_is_not_cancelled_or_returned_is_a_sale() {
    for status in [
        "Not cancelled",
        "nicht storniert",
        "Converted from quote",
        "Partially refunded",
        "No return",
        "Without credit memo",
        "Awaiting return",
    ] {
        assert_eq!(with_status("Status", status), "1500.00", "{status}");
    }
}

#[test]
fn other_columns_say_what_a_row_is() {
    for header in ["Line Status", "Bestellstatus", "Bearbeitungsstatus"] {
        assert_eq!(with_status(header, "Storniert"), "1300.00", "{header}");
    }
    for header in [
        "Txn Type",
        "Trans Type",
        "Rechnungsart",
        "Dokumenttyp",
        "Vorgangsart",
        "Tipo de factura",
    ] {
        assert_eq!(with_status(header, "Credit Memo"), "1100.00", "{header}");
    }
    for header in ["Voided", "Void", "Deleted", "Storno", "Annulé", "Anulado"] {
        let text = format!(
            "Invoice No,Date,Customer,Net Amount,{header}\n1,2026-01-13,Acme,1000.00,No\n\
             2,2026-02-05,Beta,500.00,Yes\n3,2026-02-06,Beta,100.00,0\n"
        );
        assert_eq!(revenue(&text), "1100.00", "{header}");
    }
    let sage = "No,Type,A/C,Name,Date,Ref,Details,Net Amount,Tax Amount,T/C,Gross Amount\n1,SI,ACME,Acme Ltd,12/01/2026,1001,Flange,1000.00,200.00,T1,1200.00\n2,SI,BETA,Beta Ltd,28/02/2026,1002,Flange,240.00,48.00,T1,288.00\n3,SC,ACME,Acme Ltd,03/03/2026,C001,Flange,100.00,20.00,T1,120.00\n4,SR,ACME,Acme Ltd,05/03/2026,,Receipt,1200.00,0.00,T9,1200.00\n";
    assert_eq!(revenue(sage), "1140.00");
}

#[test]
fn orders_and_customers_have_more_names() {
    for header in [
        "Doc No",
        "DocNum",
        "Inv No",
        "Order Nbr.",
        "Trans #",
        "Txn ID",
        "Sale ID",
        "N° pièce",
        "Auftragsreferenz",
        "Rg.-Nr.",
        "Number",
        "ID",
    ] {
        let text = format!(
            "{header},Date,Customer,Net Amount\n1,2026-01-13,Acme,10.00\n2,2026-01-13,Acme,20.00\n"
        );
        assert_eq!(role(&text, header), Some(Role::Order), "{header}");
        assert_eq!(sums(&text)[3], "2", "{header}");
    }
    let payer = "Order No,Order Date,Bill To,Net Amount\n1001,2026-01-13,Acme,1000.00\n1002,2026-02-05,Beta,100.00\n";
    assert_eq!(role(payer, "Bill To"), Some(Role::Account));
    let french = "N° pièce;Date;Client;Réf. article;Désignation;Quantité;Montant HT\nFA1;12/01/2026;Acme;A1;Flasque;10;1200,00\nFA2;28/02/2026;Acme;A1;Flasque;2;240,00\nFA3;15/03/2026;Acme;A1;Flasque;2;240,00\nFA4;16/03/2026;Beta;A1;Flasque;2;240,00\n";
    assert_eq!(
        (role(french, "Réf. article"), sums(french)[3].as_str()),
        (Some(Role::Item), "4")
    );
    let line = "Order No,Order Date,Customer,Line Description,Qty,Line Amount\n1001,2026-01-13,Acme,Flange,10,1000.00\n1001,2026-01-13,Acme,Flange,5,480.00\n1002,2026-02-05,Beta,Bush,5,100.00\n";
    assert_eq!(role(line, "Line Description"), Some(Role::Item));
}

#[test]
fn an_orders_total_on_each_line_counts_once() {
    for header in [
        "Total HT",
        "Grand Total",
        "Subtotal",
        "Total Amount",
        "Order Net Amount",
        "Invoice Net",
    ] {
        let text = format!(
            "Order No,Order Date,Customer,Item,Qty,{header}\n1001,2026-01-13,Acme,A1,10,1100.00\n1001,2026-01-13,Acme,B2,5,1100.00\n1002,2026-02-05,Beta,B2,5,100.00\n1003,2026-03-05,Beta,B2,2,150.00\n1003,2026-03-05,Beta,A1,1,150.00\n"
        );
        assert_eq!(revenue(&text), "1350.00", "{header}");
    }
    // Seats at one price each, and lines whose pieces say nothing.
    let seats = "Order No,Order Date,Customer,Item,Qty,Total\n1,2026-01-13,Acme,A,1,10.00\n1,2026-01-13,Acme,B,1,10.00\n2,2026-02-13,Beta,A,1,10.00\n2,2026-02-13,Beta,B,1,10.00\n";
    assert_eq!(revenue(seats), "40.00");
    let own = "Order No,Order Date,Customer,Item,Qty,Total HT\n1,2026-01-13,Acme,A,1,10.00\n1,2026-01-13,Acme,B,2,20.00\n2,2026-02-13,Beta,A,4,20.00\n2,2026-02-13,Beta,B,2,20.00\n";
    assert_eq!(revenue(own), "70.00");
}

#[test]
fn a_subtotal_with_a_date_is_no_line() {
    let grouped = "Customer,Date,Net\nAcme,2026-01-12,1200.00\nAcme,2026-03-03,240.00\nzwischensumme Acme,2026-03-31,1440.00\nBeta,2026-02-28,100.00\nOverall total,2026-03-31,1540.00\n";
    assert_eq!(revenue(grouped), "1540.00");
    let lines = "Order No,Order Date,Customer,Item,Description,Qty,Net Amount\n1001,2026-01-13,Acme,A1,Flange,10,1000.00\n1001,2026-01-13,Acme,B2,Bush,5,100.00\n1001,2026-01-13,Acme,,Subtotal,,1100.00\n1002,2026-02-05,Beta,B2,Bush,5,100.00\n1002,2026-02-05,Beta,,Subtotal,,100.00\n1003,2026-02-06,Total,,Service,,70.00\n";
    assert_eq!(revenue(lines), "1270.00");
}

#[test]
fn a_discount_is_taken_off_once() {
    let both = "Order No,Order Date,Customer,Qty,Unit Price,Discount %,Discount Amount\n1001,2026-01-13,Acme,10,100.00,10,100.00\n1002,2026-02-05,Beta,5,100.00,0,0.00\n1003,2026-03-20,Acme,2,50.00,5,5.00\n";
    assert_eq!(revenue(both), "1495.00");
    for percent in ["10%", "10"] {
        let list = format!(
            "Order No,Order Date,Customer,Item,Qty,List Price,Discount %,Net Price\n1001,2026-01-13,Acme,A1,10,100.00,{percent},90.00\n1002,2026-02-05,Beta,B2,5,20.00,0,20.00\n"
        );
        let [revenue, _, discount, ..] = sums(&list);
        assert_eq!((revenue.as_str(), discount.as_str()), ("1000.00", "100.00"));
    }
    let further = "Order No,Order Date,Customer,Item,Qty,List Price,Discount %,Unit Price\n1001,2026-01-13,Acme,A1,10,200.00,10,100.00\n1002,2026-02-05,Beta,B2,5,20.00,0,20.00\n";
    assert_eq!(revenue(further), "1000.00");
}

#[test]
fn a_price_for_a_hundred_pieces_is_that() {
    for header in ["Per", "PE", "Price Unit"] {
        let text = format!(
            "Order No,Order Date,Customer,Qty,Price,{header}\n1001,2026-01-13,Acme,5000,12.50,100\n1002,2026-02-05,Beta,2000,80.00,1000\n1003,2026-03-20,Acme,10,5.00,1\n"
        );
        assert_eq!(revenue(&text), "835.00", "{header}");
    }
    let german = "Auftrag;Datum;Kunde;Menge;Preis;Preiseinheit\n1;13.01.2026;Acme;5000;12,50;100\n2;15.02.2026;Beta;2000;80,00;1000\n";
    assert_eq!(revenue(german), "785.00");
    let coded = |header: &str, c: &str, m: &str| {
        format!(
            "Order No,Order Date,Customer,Qty,Unit Price,{header}\n1001,2026-01-13,Acme,5000,12.50,{c}\n1002,2026-02-05,Beta,2000,80.00,{m}\n1003,2026-03-20,Acme,10,5.00,E\n"
        )
    };
    assert_eq!(revenue(&coded("Price Per Code", "C", "M")), "835.00");
    assert_eq!(
        revenue(&coded("Price Unit", "100 pcs", "per 1000")),
        "835.00"
    );
    // A price by the metre.
    assert_eq!(revenue(&coded("Price Unit", "M", "M")), "222550.00");
    let header = "Order No,Order Date,Customer,Qty,Price per 100\n1001,2026-01-13,Acme,5000,12.50\n1002,2026-02-05,Beta,2000,8.00\n1003,2026-03-20,Acme,10,5.00\n";
    assert_eq!(revenue(header), "785.50");
    let proven = "Order No,Order Date,Customer,Item,Qty,Price,Per,Net Amount\n1001,2026-01-13,Acme,A1,5000,12.50,100,625.00\n1002,2026-02-05,Beta,B2,2000,80.00,1000,160.00\n";
    assert_eq!(revenue(proven), "785.00");
}

#[test]
fn costs_count_by_their_size() {
    let below = "Invoice No,Date,Customer,Item,Qty,Net Amount,COGS\n1001,2026-01-13,Acme,A1,10,1000.00,-600.00\n1003,2026-02-13,Acme,A1,-2,-200.00,120.00\n1002,2026-02-05,Beta,B2,5,100.00,-60.00\n";
    assert_eq!(sums(below)[1], "540.00");
    let back = "Invoice No,Date,Customer,Item,Qty,Net Amount,Cost\n1001,2026-01-13,Acme,A1,10,1000.00,600.00\n1003,2026-02-13,Acme,A1,-2,-200.00,120.00\n1002,2026-02-05,Beta,B2,5,100.00,60.00\n";
    assert_eq!(sums(back)[1], "540.00");
    let some = "Invoice No,Date,Customer,Item,Qty,Net Amount,Cost\n1001,2026-01-13,Acme,A1,10,1000.00,600.00\n1002,2026-02-05,Beta,B2,5,100.00,-60.00\n";
    assert_eq!(sums(some)[1], "540.00");
}

#[test]
fn rates_of_tax_are_taken_off_as_rates() {
    let rates = "Order No;Order Date;Customer;Bruttobetrag;MwSt\n1001;2026-01-13;Acme;119,00;19\n1002;2026-02-05;Beta;238,00;19\n1003;2026-03-20;Acme;107,00;7\n";
    assert_eq!(role(rates, "MwSt"), None);
    assert_eq!(revenue(rates), "400.00");
    let amounts = "Order No;Order Date;Customer;Bruttobetrag;MwSt\n1001;2026-01-13;Acme;119,00;19\n1002;2026-02-05;Beta;119,00;19\n1003;2026-03-20;Acme;107,00;7\n";
    assert_eq!(revenue(amounts), "300.00");
}

#[test]
fn signs_that_several_currencies_share_are_not_added_up() {
    let cells = "Order;Date;Customer;Net\n1001;2026-01-13;Acme;1200.00 kr\n1002;2026-02-05;Beta;100.00 kr\n1003;2026-03-20;Acme;50.00 €\n";
    assert_eq!(revenue(cells), "50.00");
    let column = "Order;Date;Customer;Net;Currency\n1001;2026-01-13;Acme;1200.00;$\n1002;2026-02-05;Beta;100.00;$\n1003;2026-03-20;Acme;50.00;kr\n";
    assert_eq!(revenue(column), "1300.00");
    let one = "Order;Date;Customer;Net;Currency\n1001;2026-01-13;Acme;1200.00;kr\n1002;2026-02-05;Beta;100.00;kr\n";
    assert_eq!(revenue(one), "1300.00");
}

#[test]
fn dates_with_a_short_year_first_are_asked_about() {
    let asked = |days: [&str; 3]| {
        let [a, b, c] = days;
        let text = format!(
            "Order;Date;Customer;Net\n1;{a};Acme;100.50\n2;{b};Beta;200.50\n3;{c};Acme;300.50\n"
        );
        let layout = layout(&text);
        layout
            .questions
            .iter()
            .any(|q| q.text.contains("year stood first"))
    };
    assert!(asked(["25-12-31", "26-01-13", "26-02-28"]));
    assert!(asked(["26/01/13", "26/01/14", "26/02/05"]));
    assert!(!asked(["13-01-26", "14-01-26", "28-02-26"]));
    assert!(!asked(["13.01.25", "14.01.26", "14.02.26"]));
}

#[test]
fn a_column_of_a_tax_is_no_revenue() {
    let woo = "Order,Date,Customer,total,total_tax,discount_total,discount_tax,shipping_total\n1,2024-01-13,Acme,110.00,10.00,0,0,7.00\n2,2024-02-13,Beta,220.00,20.00,0,0,7.00\n3,2024-03-13,Acme,55.00,5.00,0,0,7.00\n";
    assert_eq!(revenue(woo), "350.00");
    let net = "Order,Date,Customer,Net amount ex VAT,VAT\n1,2024-01-13,Acme,110.00,10.00\n2,2024-02-13,Beta,220.00,20.00\n";
    assert_eq!(revenue(net), "330.00");
}

#[test]
fn a_cost_below_the_price_of_one_piece_is_that_of_one() {
    let rows = [
        (20, "61.30", "42.90"),
        (10, "25.10", "17.50"),
        (25, "15.75", "11.00"),
        (2, "13.00", "9.10"),
    ];
    let file = |header: &str, times: bool| {
        let mut text = format!("Order,Date,Customer,Item,Qty,Price,{header}\n");
        for (n, (pieces, price, cost)) in rows.iter().enumerate() {
            let cost: f64 = cost.parse().unwrap();
            let cost = if times {
                cost * f64::from(*pieces)
            } else {
                cost
            };
            let line = format!("{n},2024-01-1{n},Acme,P{n},{pieces},{price},{cost:.2}\n");
            text.push_str(&line);
        }
        text
    };
    let whole = "1326.20";
    for header in ["Cost", "Item cost", "Landed Cost"] {
        assert_eq!(sums(&file(header, false))[1], whole, "{header}");
        assert_eq!(sums(&file(header, true))[1], whole, "{header}");
    }
    assert_eq!(sums(&file("Total Cost", false))[1], "80.50");
    // High margins on few pieces are no proof; the same cost for any number of pieces is.
    let few = "Order,Date,Customer,Item,Qty,Price,Cost\n1,2024-01-10,Acme,A,3,100.00,60.00\n\
        2,2024-01-11,Acme,B,3,50.00,25.00\n3,2024-01-12,Acme,C,2,80.00,50.00\n4,2024-01-13,Acme,D,2,10.00,6.00\n";
    assert_eq!(sums(few)[1], "141.00");
    let alone = "SO Number,Order Date,Customer,Ext. Price,Std Cost\n1,2024-01-10,Acme,100.00,60.00\n\
        2,2024-01-11,Beta,50.00,30.00\n";
    assert_eq!(sums(alone)[1], "90.00");
    let same = "Order,Date,Customer,Item,Qty,Price,Cost\n1,2024-01-10,Acme,A,3,100.00,60.00\n\
        2,2024-01-11,Acme,A,2,100.00,60.00\n3,2024-01-12,Acme,A,4,100.00,60.00\n4,2024-01-13,Acme,A,2,100.00,60.00\n";
    assert_eq!(sums(same)[1], "660.00");
}
