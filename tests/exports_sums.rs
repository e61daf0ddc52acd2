//! Exports whose numbers say what their headers do not: which amount is net, paid, the line's.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

mod pipeline;

use perennial::orders::Measure;
use pipeline::{import_text, revenue, sum};

/// A table of rows divided by bars.
fn table(rows: &[&str]) -> String {
    rows.join("\n").replace('|', ",") + "\n"
}

#[test]
fn an_amount_is_net_or_with_tax_as_the_rows_prove() {
    for rows in [
        [
            "Order|Date|Customer|Qty|Unit Price|VAT|Amount",
            "1|2023-02-12|Acme|2|100.00|40.00|240.00",
            "2|2023-03-12|Beta|1|100.00|20.00|120.00",
        ],
        [
            "Invoice No|Date|Customer|Net|VAT|Invoice Amount",
            "1|2023-02-12|Acme|200.00|40.00|240.00",
            "2|2023-03-13|Beta|100.00|20.00|120.00",
        ],
        [
            "Invoice No|Date|Customer|Line Subtotal|Tax 1 Amount|Line Total",
            "1|2023-02-12|Acme|200.00|40.00|240.00",
            "2|2023-03-13|Beta|100.00|20.00|120.00",
        ],
        [
            "Invoice No|Date|Customer|Untaxed Amount|VAT|Amount",
            "1|2023-02-12|Acme|200.00|40.00|240.00",
            "2|2023-03-13|Beta|100.00|20.00|120.00",
        ],
        [
            "Factura|Fecha|Cliente|Base imponible|IVA|Importe",
            "1|2023-02-12|Acme|200.00|40.00|240.00",
            "2|2023-03-13|Beta|100.00|20.00|120.00",
        ],
        [
            "Invoice No|Invoice Date|Party Name|Taxable Value|IGST|Invoice Value",
            "1|2023-02-12|Acme|200.00|36.00|236.00",
            "2|2023-03-13|Beta|100.00|18.00|118.00",
        ],
        [
            "Invoice No|Date|Customer|Amount w/o VAT|VAT|Amount with VAT",
            "1|2023-02-12|Acme|200.00|40.00|240.00",
            "2|2023-03-13|Beta|100.00|20.00|120.00",
        ],
        [
            "Invoice No|Date|Customer|Netto|x|Invoice Amount",
            "1|2023-02-12|Acme|200.00|a|240.00",
            "2|2023-03-13|Beta|100.00|b|120.00",
        ],
    ] {
        assert_eq!(revenue(&table(&rows)), "300.00", "{rows:?}");
    }
    for header in [
        "Ex VAT",
        "Ex. VAT",
        "Pre-tax amount",
        "Amount without tax",
        "Totale senza IVA",
        "Valor s/IVA",
        "Bedrag ex btw",
        "I alt ekskl. moms",
        "Wartość bez VAT",
    ] {
        let text = format!(
            "Order No,Date,Customer,{header},Total\n1,2023-02-12,Acme,200.00,240.00\n2,2023-03-13,Beta,100.00,120.00\n"
        );
        assert_eq!(revenue(&text), "300.00", "{header}");
    }
}

#[test]
fn what_was_paid_is_the_amount_less_its_discount() {
    for (rows, wanted) in [
        (
            [
                "Order|Date|Customer|Amount|Discount|Net",
                "1|2023-02-12|Acme|200.00|20.00|180.00",
                "2|2023-03-12|Beta|100.00|5.00|95.00",
            ],
            "275.00",
        ),
        (
            [
                "Order|Date|Customer|Betrag|Rabatt|Endbetrag",
                "1|2023-02-12|Acme|200.00|20.00|180.00",
                "2|2023-03-12|Beta|100.00|5.00|95.00",
            ],
            "275.00",
        ),
        (
            [
                "Order|Date|Customer|Line Amount|Discount %|Net Line Amount",
                "1|2023-02-12|Acme|200.00|10|180.00",
                "2|2023-03-12|Beta|100.00|5|95.00",
            ],
            "275.00",
        ),
        (
            [
                "Order|Date|Customer|Total|Discount|Total after discount",
                "1|2023-02-12|Acme|200.00|20.00|180.00",
                "2|2023-03-12|Beta|100.00|5.00|95.00",
            ],
            "275.00",
        ),
        (
            [
                "Order|Date|Customer|Qty|UnitPrice|DiscountPercent|Discount|ExtPrice",
                "1|2023-02-12|Acme|2|100.00|10|20.00|200.00",
                "2|2023-03-12|Beta|1|100.00|5|5.00|100.00",
            ],
            "275.00",
        ),
        (
            [
                "Commande|Date|Client|Quantité|Prix HT|Sous-total HT|Remise",
                "1|12/02/2023|Acme|2|100.00|200.00|20.00",
                "2|13/03/2023|Beta|1|100.00|100.00|5.00",
            ],
            "275.00",
        ),
        // A price that is net, as the discount says how it came to be.
        (
            [
                "Order|Date|Customer|Qty|Unit Price|Discount|Amount",
                "1|2023-02-12|Acme|2|100.00|20.00|200.00",
                "2|2023-03-12|Beta|1|100.00|5.00|100.00",
            ],
            "300.00",
        ),
    ] {
        assert_eq!(revenue(&table(&rows)), wanted, "{rows:?}");
    }
    let once = "Order No,Order Date,Customer,Order Discount,Item,Qty,Unit Price,Line Amount\n\
        1001,2023-02-12,Acme,30.00,A1,2,100.00,200.00\n1001,2023-02-12,Acme,,B2,1,100.00,100.00\n\
        1002,2023-03-12,Beta,15.00,A1,1,100.00,100.00\n1002,2023-03-12,Beta,,B2,1,50.00,50.00\n";
    assert_eq!(revenue(once), "405.00");
}

#[test]
fn what_came_back_and_fees_are_taken_off_once_or_not() {
    let sales = table(&[
        "Invoice|Invoice Date|Customer|Gross Sales|Discounts|Returns|Net Sales",
        "1|2023-02-12|Acme|100.00|10.00|20.00|70.00",
        "2|2023-03-12|Beta|50.00|5.00|0.00|45.00",
    ]);
    assert_eq!(revenue(&sales), "115.00");
    assert_eq!(
        revenue(&sales.replace("|10.00|20.00|", "|-10.00|-20.00|")),
        "115.00"
    );
    let fees = table(&[
        "Order No|Order Date|Customer|Gross|Fee|Net",
        "1|2023-02-12|Acme|100.00|-3.20|96.80",
        "2|2023-03-12|Beta|50.00|-1.75|48.25",
    ]);
    assert_eq!(revenue(&fees), "150.00");
    let platform = table(&[
        "Order No|Order Date|Customer|Subtotal|Platform Fee|Net Amount",
        "1|2023-02-12|Acme|100.00|3.20|96.80",
        "2|2023-03-12|Beta|50.00|1.75|48.25",
    ]);
    assert_eq!(revenue(&platform), "150.00");
}

#[test]
fn a_total_beside_pieces_and_price_is_the_amount_where_it_is_the_lines() {
    let head = "Order No|Order Date|Customer|Part|Qty|Unit Price|Total";
    for (rows, wanted) in [
        // A price for a hundred, and a rounded one.
        (
            vec![
                "1|2023-02-12|Acme|Washer|500|20.00|100.00",
                "2|2023-03-12|Beta|Washer|1000|20.00|200.00",
            ],
            "300.00",
        ),
        (
            vec![
                "1|2023-02-12|Acme|W|1000|0.03|28.00",
                "2|2023-03-12|Beta|V|1000|0.05|46.00",
            ],
            "74.00",
        ),
        // With tax, and of orders with several lines, it is not.
        (
            vec![
                "1|2023-02-12|Acme|W|10|1.00|12.00",
                "2|2023-03-12|Beta|V|10|2.00|24.00",
            ],
            "30.00",
        ),
        (
            vec![
                "1|2023-02-12|Acme|W|10|1.00|30.00",
                "1|2023-02-12|Acme|V|10|2.00|30.00",
                "2|2023-03-12|Beta|V|10|2.00|20.00",
            ],
            "50.00",
        ),
    ] {
        let rows: Vec<&str> = std::iter::once(head).chain(rows).collect();
        assert_eq!(revenue(&table(&rows)), wanted, "{rows:?}");
    }
    let gross = "Best.-Nr.;Bestelldatum;Kunde;Artikel;Menge;Bruttopreis;MwSt-Satz;Brutto\n\
        1;12.02.2023;Acme;A1;2;119,00;19 %;238,00\n2;12.03.2023;Beta;A1;1;107,00;7 %;107,00\n";
    assert_eq!(revenue(gross), "300.00");
}

#[test]
fn of_two_costs_the_larger_is_the_lines_and_a_gross_amount_is_no_profit() {
    let cost = |text: &str| sum(&import_text(text), Measure::Cost);
    let both = table(&[
        "Invoice|Date|Customer|Part|Qty|Cost|Price|Ext Cost|Ext Price",
        "1|2023-02-12|Acme|A1|10|6.00|10.00|60.00|100.00",
        "2|2023-03-12|Beta|A1|20|6.00|10.00|120.00|200.00",
    ]);
    assert_eq!(cost(&both), "180");
    let ifs = table(&[
        "Order No|Customer Name|Sales Part No|Sales Qty|Price/Curr|Net Amount/Curr|Gross Amount/Curr|Net Amount/Base|Gross Amount/Base|Created",
        "1|Acme|A1|2|100.00|200.00|238.00|200.00|238.00|2023-02-12",
        "2|Beta|A1|1|100.00|100.00|119.00|100.00|119.00|2023-03-13",
    ]);
    assert_eq!(
        (revenue(&ifs).as_str(), cost(&ifs).as_str()),
        ("300.00", "0")
    );
    let goods = table(&[
        "Invoice No|Date|Customer|Goods|Carriage|VAT|Total",
        "1|2023-02-12|Acme|200.00|10.00|42.00|252.00",
        "2|2023-03-13|Beta|100.00|5.00|21.00|126.00",
    ]);
    assert_eq!(
        (revenue(&goods).as_str(), cost(&goods).as_str()),
        ("300.00", "0")
    );
}

#[test]
fn kinds_of_documents_are_told_by_flags_signs_and_words() {
    for (rows, wanted) in [
        (
            vec![
                "Belegnr|Belegdatum|Kunde|Betrag|Soll/Haben",
                "1|12.02.2023|Acme|200.00|S",
                "2|13.02.2023|Beta|70.00|S",
                "3|13.03.2023|Acme|50.00|H",
            ],
            "220.00",
        ),
        // Of an account of revenue, credits are what was sold.
        (
            vec![
                "Belegnr|Belegdatum|Kunde|Betrag|S/H",
                "1|12.02.2023|Acme|200.00|H",
                "2|13.03.2023|Acme|50.00|H",
            ],
            "250.00",
        ),
        (
            vec![
                "Fakturanr|Kundnamn|Fakturadatum|Netto|Moms|Totalt|Kreditfaktura",
                "1|Acme|2023-02-12|100|25|125|Nej",
                "2|Acme|2023-02-13|20|5|25|Ja",
            ],
            "80.00",
        ),
        (
            vec![
                "Credit Note No|Credit Date|Customer|Original Invoice|Item|Qty|Net Amount",
                "CN1|2023-03-12|Acme|1001|A1|1|50.00",
                "CN2|2023-04-12|Beta|1002|A1|1|20.00",
            ],
            "-70.00",
        ),
        (
            vec![
                "OrderNum|OrderDate|CustID|VoidOrder|PartNum|SellingQuantity|UnitPrice|ExtPrice",
                "1001|2023-02-12|ACME|False|A1|2|100.00|200.00",
                "1002|2023-03-12|ACME|True|A1|5|100.00|500.00",
            ],
            "200.00",
        ),
        (
            vec![
                "SOP Type|Invoice Number|Document Date|Customer Name|Subtotal",
                "Invoice|1001|2023-02-12|Acme|200.00",
                "Return|1002|2023-03-12|Acme|50.00",
                "Quote|1003|2023-03-15|Acme|70.00",
            ],
            "150.00",
        ),
        (
            vec![
                "Fakturanr|Fakturadatum|Kunde|Netto|Status",
                "1|12.02.2023|Acme|100.00|Bogført",
                "2|13.02.2023|Acme|50.00|Annulleret",
                "3|14.02.2023|Acme|70.00|Tilbud",
                "4|15.02.2023|Acme|30.00|Kladde",
            ],
            "100.00",
        ),
        (
            vec![
                "No|Type|Customer|Date|Invoice No|Net|Tax",
                "1|SI|ACME01|2023-02-12|1001|200.00|40.00",
                "2|SI|ACME01|2023-02-14|1002|100.00|20.00",
                "3|SC|ACME01|2023-02-25|501|50.00|10.00",
            ],
            "250.00",
        ),
    ] {
        assert_eq!(revenue(&table(&rows)), wanted, "{rows:?}");
    }
}

#[test]
fn an_invoice_bills_what_was_shipped() {
    for [order, ordered, shipped] in [
        ["Invoice #", "Qty Ordered", "Qty Shipped"],
        ["Rechnungsnummer", "Auftragsmenge", "Fakturierte Menge"],
        ["Facture", "Qté commandée", "Qté facturée"],
    ] {
        let text = format!(
            "{order},Invoice Date,Customer,Item,{ordered},{shipped},Unit Price\n\
            1001,2023-02-12,Acme,A1,10,6,10.00\n1002,2023-03-12,Beta,A1,5,5,10.00\n"
        );
        assert_eq!(revenue(&text), "110.00", "{order}");
    }
}

#[test]
fn a_customers_name_is_preferred_to_the_number() {
    for [number, name] in [
        ["Kunde", "Kundenname"],
        ["Cliente", "Ragione sociale"],
        ["Client", "Nom client"],
        ["Kund", "Kundnamn"],
        ["Cust", "Cust Name"],
    ] {
        let text = format!(
            "Auftrag,Datum,{number},{name},Netto\n1001,12.02.2023,10010,Acme,200.00\n\
            1002,12.03.2023,10017,Beta,50.00\n1003,13.04.2023,10017,Beta,50.00\n"
        );
        let built = import_text(&text);
        assert_eq!(built.report.accounts, 2, "{name}");
        assert!(format!("{:?}", built.book).contains("Acme"), "{name}");
    }
}

#[test]
fn two_spellings_with_one_number_are_one_account() {
    let head = "Order No,Date,Customer No,Customer Name,Net Amount";
    let rows = |names: [&str; 3]| {
        let [a, b, c] = names;
        format!(
            "{head}\n1,2023-02-12,10010,{a},100\n2,2023-03-12,10010,{b},100\n3,2023-04-12,10020,{c},100\n"
        )
    };
    let accounts = |names| import_text(&rows(names)).report.accounts;
    assert_eq!(accounts(["Acme Ltd", "Acme Limited", "Beta Inc"]), 2);
    // A number for all who have none.
    assert_eq!(accounts(["John Miller", "John Smith", "Beta Inc"]), 3);
}

/// Columns beside order, day and customer, four rows of them, and what they come to.
type Alike = (&'static str, [&'static str; 4], &'static str);

/// Tables whose columns only look like those of another meaning.
const ALIKE: [Alike; 14] = [
    (
        "City|State|Status|Amount",
        [
            "Raleigh|NC|Shipped|100",
            "Austin|TX|Shipped|210",
            "Columbia|SC|Shipped|250",
            "Fresno|CA|Shipped|90",
        ],
        "650.00",
    ),
    (
        "Status|Amount",
        ["SC|100", "SC|210", "PC|250", "SC|90"],
        "650.00",
    ),
    (
        "SKU|List Price|Qty|Net|Amount",
        [
            "A|12.00|2|10.00|20.00",
            "B|18.00|3|15.00|45.00",
            "A|12.00|5|10.00|50.00",
            "C|120.00|2|100.00|200.00",
        ],
        "315.00",
    ),
    (
        "Revenue|Cost|Net",
        [
            "100.00|60.00|40.00",
            "210.00|130.00|80.00",
            "250.00|150.00|100.00",
            "90.00|50.00|40.00",
        ],
        "650.00",
    ),
    (
        "Amount|Taxable Amount|Sales Tax",
        [
            "100.00|100.00|8.00",
            "210.00|0.00|0.00",
            "250.00|250.00|20.00",
            "90.00|0.00|0.00",
        ],
        "650.00",
    ),
    (
        "SKU|Qty|Unit Price|Discount|Subtotal|Tax|Total",
        [
            "A|2|10.00|4.00|20.00|4.00|24.00",
            "B|3|15.00|9.00|45.00|9.00|54.00",
            "A|5|10.00|10.00|50.00|10.00|60.00",
            "C|2|100.00|40.00|200.00|40.00|240.00",
        ],
        "315.00",
    ),
    (
        "Reason for rejection|Amount",
        ["None|100", "Not assigned|210", "n/a|250", "|90"],
        "650.00",
    ),
    (
        "SKU|Quantity|Purchase Price|Shipping",
        [
            "A|2|10.00|4.90",
            "B|3|15.00|4.90",
            "A|5|10.00|4.90",
            "C|4|100.00|4.90",
        ],
        "515.00",
    ),
    (
        "SKU|Qty|Bonus|Total|Price",
        [
            "A|20|2|22|10.00",
            "B|30|3|33|15.00",
            "A|50|5|55|10.00",
            "C|10|1|11|100.00",
        ],
        "2150.00",
    ),
    (
        "Credit|Amount",
        ["Yes|100", "No|210", "Yes|250", "Yes|90"],
        "650.00",
    ),
    (
        "Withholding Tax|Amount|Net Received",
        [
            "10.00|100.00|90.00",
            "21.00|210.00|189.00",
            "25.00|250.00|225.00",
            "9.00|90.00|81.00",
        ],
        "650.00",
    ),
    (
        "SKU|Qty|Unit Price|Amount|Net",
        [
            "A|2|10.00|20.00|65.00",
            "B|3|15.00|45.00|65.00",
            "A|5|10.00|50.00|250.00",
            "C|2|100.00|200.00|250.00",
        ],
        "315.00",
    ),
    (
        "Amount|Net",
        ["100|30", "210|60", "250|30", "90|30"],
        "650.00",
    ),
    (
        "Carriage Code|Amount",
        ["10|100", "20|210", "10|250", "10|90"],
        "650.00",
    ),
];

fn four(head: &str, rows: [&str; 4]) -> String {
    let days = [
        "1001|2024-01-05|Alpha Ltd",
        "1002|2024-01-09|Beta Inc",
        "1003|2024-02-05|Crown Co",
        "1004|2024-03-05|Alpha Ltd",
    ];
    let rows = days.into_iter().zip(rows);
    let rows: Vec<String> = rows.map(|(day, row)| format!("{day}|{row}\n")).collect();
    format!("Order No|Order Date|Customer|{head}\n{}", rows.concat()).replace('|', ",")
}

#[test]
fn a_column_that_looks_like_another_is_not_taken_for_it() {
    for (head, rows, wanted) in ALIKE {
        assert_eq!(revenue(&four(head, rows)), wanted, "{head}");
    }
}

#[test]
fn what_only_looks_like_it_stays() {
    let repeated = "Order No,Order Date,Customer,SKU,Qty,Unit Price,Line Amount,Order Discount\n\
        1001,2024-01-05,Alpha Ltd,A,1,10.00,10.00,21.00\n1001,2024-01-05,Alpha Ltd,C,2,100.00,200.00,21.00\n\
        1002,2024-02-05,Beta Inc,B,4,15.00,60.00,0.00\n1003,2024-03-05,Crown Co,C,3,100.00,300.00,30.00\n";
    assert_eq!(revenue(repeated), "519.00");
    let factory = "Factory Order No,Order Date,Customer,SKU,Qty Ordered,Qty Shipped,Unit Price\n\
        1001,2024-01-05,Alpha Ltd,A,2,0,10.00\n1002,2024-01-09,Beta Inc,B,3,3,15.00\n";
    assert_eq!(revenue(factory), "65.00");
    let services = "Invoice No,Invoice Date,Customer,SKU,Qty Ordered,Qty Shipped,Unit Price\n\
        1001,2024-01-05,Alpha Ltd,A,2,2,10.00\n1002,2024-01-05,Alpha Ltd,INSTALL,3,,50.00\n";
    assert_eq!(revenue(services), "170.00");
    let persons = "Auftrag;Datum;Kunde;Kundenname;Betrag\n1001;05.01.2024;Alpha GmbH;Hans Meier;100,00\n\
        1002;09.01.2024;Alpha GmbH;Eva Kurz;210,00\n1003;05.02.2024;Beta AG;Uwe Lang;250,00\n";
    assert_eq!(import_text(persons).report.accounts, 2);
    let licences = four(
        "SKU|Qty|Unit Price|Amount|Cost",
        [
            "A|2|10.00|20.00|1.90",
            "B|3|15.00|45.00|4.30",
            "A|5|10.00|50.00|4.90",
            "C|4|100.00|400.00|41.00",
        ],
    );
    assert_eq!(sum(&import_text(&licences), Measure::Cost), "52.1");
}

#[test]
fn invoice_numbers_that_begin_anew_are_other_invoices() {
    let text = "Rechnungsnr;Rechnungsdatum;Kunde;Netto\n1;12.01.2022;Acme;100,00\n2;13.06.2022;Acme;100,00\n\
        3;20.09.2022;Beta;100,00\n1;15.01.2023;Acme;100,00\n2;13.06.2023;Acme;100,00\n3;25.09.2023;Beta;100,00\n\
        3;25.09.2023;Beta;20,00\n";
    let built = import_text(text);
    assert_eq!(
        perennial::accounts::build(&built.book, None).total.orders,
        6
    );
    // An order may be delivered over years, and goods come back late.
    let order = text.replace("Rechnungsnr", "Auftragsnr");
    assert_eq!(
        perennial::accounts::build(&import_text(&order).book, None)
            .total
            .orders,
        3
    );
}
