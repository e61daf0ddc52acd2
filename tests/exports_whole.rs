//! Exports that state amounts of whole orders, or of the whole file, beside those of their lines.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

mod pipeline;

use perennial::orders::{Built, Measure};
use pipeline::{import_text, layout, left_out, revenue, sum};

/// Whether an order's amount that stands on each of its lines was told to count once.
fn joined(built: &Built) -> bool {
    let once = |note: &String| note.contains("counts once") || note.contains("count once");
    built.report.notes.iter().any(once)
}

#[test]
fn freight_of_an_order_on_each_of_its_lines_counts_once() {
    let text = "Order,Date,Customer,Item,Qty,Price,Line Total,Shipping\n\
        1001,2024-01-13,Acme,A,1,40,40,5\n1001,2024-01-13,Acme,B,2,30,60,5\n\
        1002,2024-02-13,Beta,A,5,40,200,6\n\
        1004,2024-04-13,Gamma,A,1,50,50,8\n1004,2024-04-13,Gamma,B,1,60,60,8\n";
    let built = import_text(text);
    assert_eq!(sum(&built, Measure::Freight), "19");
    assert!(joined(&built));
    // By its header it is the order's: one order of several lines tells.
    let named = "Order,Date,Customer,Item,Qty,Price,Order Shipping\n\
        1,2026-01-13,Acme,A,10,10.00,9.00\n1,2026-01-13,Acme,B,5,10.00,9.00\n\
        2,2026-02-13,Beta,B,5,10.00,5.00\n";
    assert_eq!(sum(&import_text(named), Measure::Freight), "14");
}

#[test]
fn freight_of_each_line_stays_its_own() {
    for text in [
        // Unlike on the lines of an order; the same on each line of the file.
        "Order,Date,Customer,Item,Qty,Price,Freight\n\
         1,2026-01-13,Acme,A,10,10.00,9.00\n1,2026-01-13,Acme,B,5,10.00,4.00\n\
         2,2026-02-13,Beta,A,10,10.00,3.00\n2,2026-02-13,Beta,B,5,10.00,8.00\n",
        "Order,Date,Customer,Item,Qty,Price,Freight\n\
         1,2026-01-13,Acme,A,10,10.00,6.00\n1,2026-01-13,Acme,B,5,10.00,6.00\n\
         2,2026-02-13,Beta,A,10,10.00,6.00\n2,2026-02-13,Beta,B,5,10.00,6.00\n",
    ] {
        let built = import_text(text);
        assert_eq!(sum(&built, Measure::Freight), "24");
        assert!(!joined(&built));
    }
}

#[test]
fn a_discount_of_an_order_on_each_of_its_lines_is_taken_off_once() {
    let rows = |price: bool| {
        let lines = [
            ("1001", "Acme", 1, 40, 10),
            ("1001", "Acme", 2, 30, 10),
            ("1002", "Beta", 5, 40, 20),
            ("1004", "Gamma", 1, 50, 4),
            ("1004", "Gamma", 1, 70, 4),
        ];
        let row = |(order, customer, pieces, each, off): (&str, &str, i32, i32, i32)| {
            let total = if price {
                format!(",{}", pieces * each)
            } else {
                String::new()
            };
            format!("{order},2024-01-13,{customer},{pieces},{each}{total},{off}\n")
        };
        lines.map(row).concat()
    };
    // Computed from pieces and price; stated before the discount.
    let computed = format!(
        "Order,Date,Customer,Qty,Price,Order Discount\n{}",
        rows(false)
    );
    let stated = format!(
        "Order,Date,Customer,Qty,Price,Line Total,Order Discount\n{}",
        rows(true)
    );
    for text in [computed, stated] {
        let built = import_text(&text);
        assert_eq!(sum(&built, Measure::Discount), "34");
        assert_eq!(sum(&built, Measure::Revenue), "386");
        assert!(joined(&built));
    }
}

#[test]
fn sums_taxes_and_totals_as_lines_of_an_order_are_left_out() {
    let text = "Order,Date,Customer,Item,Amount\n\
        1,2026-01-13,Acme,A,100.00\n1,2026-01-13,Acme,B,50.00\n1,2026-01-13,Acme,Subtotal,150.00\n\
        1,2026-01-13,Acme,VAT 19%,28.50\n1,2026-01-13,Acme,Total,178.50\n\
        2,2026-01-15,Beta,A,10.00\n2,2026-01-15,Beta,Subtotal,10.00\n2,2026-01-15,Beta,VAT 19%,1.90\n\
        2,2026-01-15,Beta,Total,11.90\n";
    let built = import_text(text);
    assert_eq!(revenue(text), "160.00");
    assert_eq!(
        left_out(&built, "taxes, deposits and sums as lines of an order"),
        6
    );
    for (label, pieces) in [("Invoice total", "20"), ("Total Order 1001", "")] {
        let text = format!(
            "Order No,Date,Customer,Item,Qty,Unit Price,Amount\n\
             1001,2024-01-13,Acme,Bolt,10,2.00,20.00\n1001,2024-01-13,Acme,Nut,10,3.00,30.00\n\
             1001,2024-01-13,Acme,{label},{pieces},,50.00\n1002,2024-02-14,Beta,Bolt,5,2.00,10.00\n"
        );
        assert_eq!(revenue(&text), "60.00", "{label}");
    }
    // What is called a sum and comes to less is sold.
    let sold = "Order,Date,Customer,Item,Qty,Amount\n\
        1,2026-01-13,Acme,Bolt,2,100.00\n1,2026-01-13,Acme,Subtotal,1,28.50\n";
    assert_eq!(revenue(sold), "128.50");
}

#[test]
fn a_sum_of_the_whole_file_is_left_out_whatever_it_is_called() {
    for foot in [
        ";;;Netto;17,00\n",
        ";;;Anzahl;17,00\n",
        ";;;Netto;17,00\n;;;zzgl. MwSt;3,23\n",
    ] {
        let text = format!(
            "Auftrag;Datum;Kunde;Artikel;Netto\n1;01.01.2026;Acme;A;10,00\n2;13.01.2026;Beta;A;7,00\n{foot}"
        );
        assert_eq!(revenue(&text), "17.00", "{foot}");
        assert_eq!(left_out(&import_text(&text), "totals of the file"), 1);
    }
}

#[test]
fn a_total_with_tax_below_its_items_is_left_out_where_all_are_so() {
    let text = "Order No,Date,Customer,Item,Qty,Unit Price,Amount\n\
        1001,2024-01-13,Acme,Bolt,10,2.00,20.00\n1001,2024-01-13,Acme,Nut,10,3.00,30.00\n\
        1001,2024-01-13,Acme,,,,59.50\n\
        1002,2024-02-14,Beta,Bolt,5,2.00,10.00\n1002,2024-02-14,Beta,Nut,1,3.00,3.00\n\
        1002,2024-02-14,Beta,,,,15.47\n";
    assert_eq!(revenue(text), "63.00");
    // Charges below the items are sold: they follow no rate.
    let charged = text.replace("59.50", "55.00").replace("15.47", "18.00");
    assert_eq!(revenue(&charged), "136.00");
}

#[test]
fn an_orders_own_row_may_contain_the_freight_and_the_discount_that_it_states() {
    let text = |column: &str, first: &str, second: &str| {
        format!(
            "Order No,Date,Customer,Item,Qty,Unit Price,Amount,{column}\n1001,2024-01-13,Acme,,,,{first}\n\
             1001,2024-01-13,Acme,Bolt,10,2,20,\n1001,2024-01-13,Acme,Nut,10,3,30,\n\
             1002,2024-02-13,Beta,,,,{second}\n1002,2024-02-13,Beta,Bolt,5,2,10,\n\
             1002,2024-02-13,Beta,Nut,2,5,10,\n"
        )
    };
    let freight = import_text(&text("Freight", "55,5", "26,6"));
    assert_eq!(sum(&freight, Measure::Revenue), "70");
    assert_eq!(sum(&freight, Measure::Freight), "11");
    let discount = import_text(&text("Discount Amount", "45,5", "18,2"));
    assert_eq!(sum(&discount, Measure::Revenue), "63");
    assert_eq!(sum(&discount, Measure::Discount), "7");
}

#[test]
fn an_amount_with_tax_beside_its_rate_is_net_of_it() {
    for (header, rates) in [
        ("VAT rate", ["19%", "7%"]),
        ("MwSt %", ["19", "7"]),
        ("Taux de TVA", ["0.19", "0.07"]),
    ] {
        let [first, second] = rates;
        let text = format!(
            "Order,Date,Customer,Amount incl. VAT,{header}\n1,2026-01-13,Acme,119.00,{first}\n\
             2,2026-02-13,Beta,107.00,{second}\n"
        );
        assert_eq!(revenue(&text), "200.00", "{header}");
    }
}

#[test]
fn a_deposit_on_an_invoice_of_its_own_counts_where_the_rest_is_billed_too() {
    let text = "Invoice No,Date,Customer,Description,Amount\n\
        100,2024-01-13,Acme,Down payment 30%,300.00\n101,2024-02-13,Acme,Balance on delivery,700.00\n\
        102,2024-02-13,Beta,Down payment 30%,301.00\n103,2024-03-13,Beta,Balance on delivery,701.00\n";
    assert_eq!(revenue(text), "2002.00");
}

#[test]
fn a_price_without_pieces_is_the_orders_amount() {
    let rows = "1,2024-01-13,Acme,100,10\n2,2024-02-13,Beta,200,20\n";
    let text = format!("Order Number,Order Date,Customer,Price,Tax\n{rows}");
    assert_eq!(revenue(&text), "300.00");
    // Where there are pieces that cannot be read, it is not.
    let pieces = "Order,Date,Customer,Qty,Price\n1,2024-01-13,Acme,2 Tsd.,0.10\n2,2024-02-13,Beta,5 Tsd.,0.10\n";
    assert_eq!(import_text(pieces).report.rejected, 2);
}

#[test]
fn a_customer_without_a_name_is_known_by_its_number() {
    let text = "Order,Date,Customer No,Customer Name,Amount\n1,2024-01-13,C1,Acme,20.00\n\
        2,2024-02-13,C2,,30.00\n3,2024-03-13,C1,,10.00\n4,2024-04-13,C2,,10.00\n5,2024-05-13,C3,Gamma,1.00\n";
    let built = import_text(text);
    let names: Vec<&str> = built
        .book
        .account_names()
        .iter()
        .map(String::as_str)
        .collect();
    assert_eq!(names, ["Acme", "C2", "Gamma"]);
    assert_eq!(revenue(text), "71.00");
    // The number is no segment, although its header has a word of one.
    let segment = built
        .report
        .coverage
        .iter()
        .find(|(name, _)| name == "Segment");
    assert!(segment.is_none_or(|(_, share)| *share == 0.0));
}

#[test]
fn one_order_tells_where_its_total_stands_on_each_of_its_lines() {
    let text = "Order,Date,Customer,Item,Qty,Price,Line Total,Subtotal,Discount,Tax,Total\n\
        1001,2024-01-13,Acme,A,1,40,40,100,10,9,99\n1001,2024-01-13,Acme,B,2,30,60,100,10,9,99\n\
        1002,2024-02-13,Beta,A,5,40,200,200,20,18,198\n1003,2024-03-13,Gamma,A,1,50,50,50,0,5,55\n\
        1004,2024-04-13,Gamma,A,1,50,50,100,0,10,110\n1004,2024-04-13,Gamma,B,1,50,50,100,0,10,110\n";
    let built = import_text(text);
    assert_eq!(sum(&built, Measure::Discount), "30");
    assert_eq!(sum(&built, Measure::Revenue), "420");
}

#[test]
fn orders_of_json_with_their_lines_in_a_list_are_rows_of_lines() {
    let text = r#"[{"order":"1","date":"2024-01-13","customer":{"name":"Acme"},"items":[
        {"sku":"A","name":"Bolt","qty":2,"price":5},{"sku":"B","name":"Nut","qty":1,"price":20}]},
        {"order":"2","date":"2024-02-13","customer":{"name":"Beta"},"items":[{"sku":"A","name":"Bolt","qty":3,"price":5}]}]"#;
    let built = pipeline::import(&[("orders.json", text.as_bytes())], &[]);
    assert_eq!((built.book.len(), built.book.order_count()), (3, 2));
    assert_eq!(sum(&built, Measure::Revenue), "45");
    // Orders that state their amount stay one row each.
    let stated = text.replace("\"items\"", "\"total\":30,\"items\"");
    let built = pipeline::import(&[("orders.json", stated.as_bytes())], &[]);
    assert_eq!((built.book.len(), built.report.rejected), (2, 0));
}

#[test]
fn amounts_in_cents_of_an_interface_are_refused() {
    let text = r#"[{"id":"ch_1","object":"charge","amount":10000,"created":1704964000,"currency":"usd","livemode":true}]"#;
    let samples = perennial::ingest::Samples::whole(text.as_bytes());
    let refusal = perennial::ingest::stage(&samples, "charges.json").unwrap_err();
    assert!(
        refusal.message.contains("smallest unit"),
        "{}",
        refusal.message
    );
}

#[test]
fn an_order_and_its_delivery_note_count_once_before_there_is_an_invoice() {
    let text = "Auftrag;Belegart;Datum;Kunde;Artikel;Netto\n1;AB;01.02.2026;Acme;A;100,00\n\
        1;LS;02.02.2026;Acme;A;100,00\n1;RE;03.02.2026;Acme;A;100,00\n2;AB;13.02.2026;Beta;B;60,00\n\
        2;LS;14.02.2026;Beta;B;60,00\n";
    assert_eq!(revenue(text), "160.00");
    let alone = text.replace("1;RE;03.02.2026;Acme;A;100,00\n", "");
    assert_eq!(revenue(&alone), "160.00");
}

#[test]
fn what_is_the_lines_own_is_not_shared() {
    let costs = "Order,Date,Customer,Item,Amount,Cost\n1,2024-01-10,A,Shirt M,100.00,60.00\n\
        1,2024-01-10,A,Shirt XXL,120.00,60.00\n2,2024-02-10,B,Cap S,200.00,90.00\n2,2024-02-10,B,Cap L,240.00,90.00\n";
    assert_eq!(sum(&import_text(costs), Measure::Cost), "300");
    let discounts = "Order,Date,Customer,Item,Qty,Price,Discount amount,Net amount\n\
        1,2024-01-10,A,X,10,12.00,2.00,118.00\n1,2024-01-10,A,Y,2,40.00,2.00,78.00\n\
        2,2024-02-10,B,X,5,12.00,3.00,57.00\n2,2024-02-10,B,Y,1,40.00,3.00,37.00\n";
    assert_eq!(revenue(discounts), "290.00");
    assert_eq!(sum(&import_text(discounts), Measure::Discount), "10");
    let freight = "Order,Date,Customer,Item,Amount,Line freight\n1,2024-01-10,A,X,120.00,5.00\n\
        1,2024-01-10,A,Y,80.00,5.00\n2,2024-02-10,B,X,60.00,9.00\n2,2024-02-10,B,Y,40.00,9.00\n";
    assert_eq!(sum(&import_text(freight), Measure::Freight), "28");
    let totals = "Order,Date,Customer,Item,Amount,Freight,Total\n1,2024-01-10,A,X,120.00,5.00,125.00\n\
        1,2024-01-10,A,Y,80.00,5.00,85.00\n2,2024-02-10,B,X,60.00,9.00,69.00\n2,2024-02-10,B,Y,40.00,9.00,49.00\n";
    assert_eq!(sum(&import_text(totals), Measure::Freight), "28");
    // The order's own sums hold on each of its lines, too.
    let orders = "Order,Date,Customer,Item,Qty,Price,Subtotal,Discount,Shipping,Tax,Total\n\
        1001,2024-01-13,Acme,A,1,40,100,10,5,9,104\n1001,2024-01-13,Acme,B,2,30,100,10,5,9,104\n\
        1002,2024-02-13,Beta,A,5,40,200,20,5,18,203\n\
        1004,2024-04-13,Gamma,A,1,50,110,0,5,11,126\n1004,2024-04-13,Gamma,B,2,30,110,0,5,11,126\n";
    assert_eq!(sum(&import_text(orders), Measure::Freight), "15");
}

#[test]
fn a_price_beside_what_may_count_pieces_or_a_discount_is_not_the_orders() {
    let hours = "Order,Date,Customer,Hours,Unit price\n1,2024-01-10,A,10,12.00\n2,2024-02-10,B,2,40.00\n3,2024-03-10,C,5,12.00\n";
    let samples = perennial::ingest::Samples::whole(hours.as_bytes());
    let layout = perennial::ingest::stage(&samples, "orders.csv").unwrap();
    assert!(
        layout
            .column(perennial::ingest::role::Role::Revenue)
            .is_none()
    );
}

#[test]
fn a_net_total_beside_a_rate_of_tax_stays() {
    let text = "Auftrag,Datum,Kunde,Artikel,Menge,Gesamt,MwSt %\n1001,2024-01-10,A,X,10,108.00,19\n\
        1002,2024-02-10,B,Y,2,80.00,7\n1003,2024-03-10,C,Z,1,57.00,19\n";
    assert_eq!(revenue(text), "245.00");
    // Rates with decimals, and none of them, are no amounts.
    let rates = "Auftrag;Datum;Kunde;Brutto;MwSt\n1;2024-01-10;A;119,00;19,00\n2;2024-01-11;B;59,50;19,00\n\
        3;2024-01-12;A;10,70;7,00\n4;2024-01-13;B;100,00;0,00\n";
    assert_eq!(revenue(rates), "260.00");
}

#[test]
fn named_items_at_the_end_and_equal_charges_stay() {
    let units = "Order,Date,Customer,Item,Amount\n1,2024-01-10,Acme,Unit A,500.00\n,,,Unit B,500.00\n\
        2,2024-02-10,Beta,Unit A,1000.00\n,,,Unit C,2000.00\n";
    assert_eq!(revenue(units), "4000.00");
    let month =
        |m: u32| format!("{m},2024-0{m}-10,Acme,Rent,100.00\n{m},2024-0{m}-10,Acme,,120.00\n");
    let rents = format!(
        "Order,Date,Customer,Item,Amount\n{}",
        (1..9).map(month).collect::<String>()
    );
    assert_eq!(revenue(&rents), "1760.00");
    let valve = "Order,Date,Customer,Item,Qty,Price,Amount\n1,2024-01-10,Acme,Valve,2,40,80\n1,2024-01-10,Acme,Total 46,1,100,100\n";
    assert_eq!(revenue(valve), "180.00");
}

#[test]
fn what_an_order_of_json_is_charged_once_counts_once_and_lines_speak_for_themselves() {
    let text = r#"[{"order_number":1,"date":"2024-01-10","customer":"A","discount":10,"shipping":5,"quantity":12,
        "items":[{"sku":"A","quantity":10,"price":12},{"sku":"B","quantity":2,"price":40}]},
        {"order_number":2,"date":"2024-01-11","customer":"B","discount":0,"shipping":5,"quantity":1,
        "items":[{"sku":"A","quantity":1,"price":12}]}]"#;
    let built = pipeline::import(&[("orders.json", text.as_bytes())], &[]);
    assert_eq!(sum(&built, Measure::Revenue), "202");
    assert_eq!(sum(&built, Measure::Freight), "10");
}

#[test]
fn a_total_beside_rates_of_tax_is_asked_about_unless_prices_tell() {
    let head = "Invoice,Date,Customer,VAT %,Total\n";
    // 0.16 is no amount with 19 % in it: 0.13 and its tax are 0.15, 0.14 and its tax 0.17.
    let few = format!("{head}1,2026-01-13,Acme,19,119.00\n2,2026-01-20,Beta,19,0.16\n");
    let question = &layout(&few).questions[0];
    assert_eq!(question.text, "Is the tax of \"VAT %\" in \"Total\"?");
    let options = question.options.iter().map(|option| option.text.as_str());
    let options: Vec<&str> = options.collect();
    assert_eq!(options, ["119.00 is without tax", "119.00 is with its tax"]);
    assert_eq!(revenue(&few), "119.16");
    // Thirty amounts that all have 19 % in them to the cent are hardly so by chance.
    let row = |n: i32| {
        format!(
            "{n},2026-01-13,Acme,19,{}.{:02}\n",
            119 * n / 100,
            119 * n % 100
        )
    };
    let many: String = (1..=30).map(row).collect();
    let many = format!("{head}{many}");
    assert_eq!(
        layout(&many).questions[0].options[0].text,
        "1.19 is with its tax"
    );
    assert_eq!(revenue(&many), "465.00");
    let lines = "Invoice,Date,Customer,Qty,Price,VAT %,Total\n1,2026-01-13,Acme,10,10.00,19%,119.00\n\
        2,2026-01-20,Beta,5,20.00,19%,119.00\n";
    for (text, wanted) in [
        (lines.to_owned(), "200.00"),
        (lines.replace("119", "100"), "200.00"),
    ] {
        assert_eq!(layout(&text).questions, []);
        assert_eq!(revenue(&text), wanted);
    }
}
