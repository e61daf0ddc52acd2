//! Exports in other forms: more languages, blocks, units, thousands, documents of two kinds, second
//! tables, pivots.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

mod pipeline;

use perennial::ingest::layout::Choice;
use perennial::ingest::problem::{Code, Fix};
use perennial::ingest::role::Role;
use perennial::ingest::{Samples, stage};
use perennial::orders::Measure;
use pipeline::{import_text, layout, left_out, revenue};

fn noted(notes: &[String], words: &str) -> bool {
    notes.iter().any(|note| note.contains(words))
}

#[test]
fn what_an_order_needs_is_known_in_seven_more_languages() {
    let roles = [
        Role::Order,
        Role::Date,
        Role::Account,
        Role::Item,
        Role::Quantity,
        Role::Price,
        Role::DiscountPercent,
        Role::Revenue,
        Role::Total,
        Role::Currency,
        Role::Cost,
        Role::Salesperson,
    ];
    for headers in [
        "N. ordine|Data ordine|Ragione sociale|Articolo|Q.tà|Prezzo unitario|Sconto %|Importo netto|Totale documento|Valuta|Costo|Agente",
        "Numero fattura|Data|Cliente|Codice articolo|Quantità|Prezzo|% sconto|Imponibile|Importo lordo|Divisa|Costo totale|Venditore",
        "Bestelnummer|Besteldatum|Klant|Artikelnummer|Aantal|Stukprijs|Korting %|Bedrag excl. btw|Bedrag incl. btw|Valuta|Kosten|Verkoper",
        "Factuurnummer|Factuurdatum|Klantnaam|Omschrijving|Hoeveelheid|Prijs|Korting %|Omzet|Totaal incl. btw|Valuta|Kosten|Vertegenwoordiger",
        "Nr zamówienia|Data zamówienia|Klient|Kod towaru|Ilość|Cena jednostkowa|Rabat %|Wartość netto|Wartość brutto|Waluta|Koszt własny|Handlowiec",
        "Numer faktury|Data wystawienia|Kontrahent|Produkt|Ilość|Cena netto|Rabat %|Kwota netto|Kwota brutto|Waluta|Koszt|Sprzedawca",
        "N.º encomenda|Data da encomenda|Nome do cliente|Artigo|Quantidade|Preço unitário|Desconto %|Valor líquido|Valor total|Moeda|Custo|Vendedor",
        "Pedido|Data do pedido|Cliente|Produto|Qtde|Valor unitário|% desconto|Faturamento|Valor bruto|Moeda|Custo total|Representante",
        "Ordernr|Orderdatum|Kund|Artikelnr|Antal|À-pris|Rabatt %|Belopp exkl. moms|Belopp inkl. moms|Valuta|Kostnad|Säljare",
        "Fakturanummer|Fakturadatum|Kundnamn|Benämning|Antal|Styckpris|Rabatt %|Nettobelopp|Totalbelopp|Valuta|Varukostnad|Kundansvarig",
        "Ordrenr.|Ordredato|Kundenavn|Varenr.|Antal|Enhedspris|Rabat %|Beløb ekskl. moms|Beløb inkl. moms|Valuta|Vareforbrug|Sælger",
        "Fakturanr|Fakturadato|Kunde|Beskrivelse|Antall|Stykkpris|Rabatt %|Nettobeløp|Beløp inkl. mva|Valuta|Varekost|Selger",
    ] {
        let text = format!(
            "{}\n1001;13.01.2026;Acme;A-1;10;100,00;5 %;950,00;1.130,50;EUR;600,00;Ann\n\
             1002;05.02.2026;Beta;B-2;5;20,00;0 %;100,00;119,00;EUR;70,00;Bob\n",
            headers.replace('|', ";")
        );
        let found = layout(&text);
        let names: Vec<Option<Role>> = found.columns.iter().map(|c| c.role).collect();
        assert_eq!(names, roles.map(Some), "{headers}");
        assert_eq!(revenue(&text), "1050.00", "{headers}");
    }
    let delivery = "Ordine;Data ordine;Data consegna;Cliente;Importo\n1;13.01.2026;20.01.2026;Acme;10,00\n2;14.02.2026;20.02.2026;Beta;20,00\n";
    let days = layout(delivery);
    assert_eq!(days.columns[1].role, Some(Role::Date));
    assert_eq!(days.columns[2].role, None);
}

#[test]
fn a_customer_on_the_first_row_of_a_block_is_that_of_the_rows_below() {
    let block = "Customer,Order,Date,Net\nAcme,1001,2026-01-12,1200.00\n,1003,2026-03-03,240.00\n,1004,2026-03-05,60.00\nBeta,1002,2026-02-28,100.00\n,1005,2026-04-28,100.00\n";
    let built = import_text(block);
    let report = &built.report;
    assert_eq!((report.in_book, report.accounts, report.orders), (5, 2, 5));
    assert!(noted(
        &report.notes,
        "3 rows' account is that of the row above"
    ));
    assert!(noted(&layout(block).notes, "first row of each block"));
    // The day of a block, too.
    let days = "Customer,Date,Order,Net\nAcme,2026-01-12,1001,10.00\n,,1002,20.00\n,2026-03-03,1003,30.00\nBeta,2026-02-01,1004,40.00\n,,1005,50.00\n";
    let built = import_text(days);
    assert_eq!((built.report.in_book, built.report.rejected), (5, 0));
    let days: Vec<String> = built.book.dates().iter().map(ToString::to_string).collect();
    assert_eq!(days[1], "2026-01-12");
    assert_eq!(days[4], "2026-02-01");
}

#[test]
fn orders_without_a_customer_are_not_the_customers_above() {
    for text in [
        // In the order of their days: a list of orders some of which have no customer.
        "Customer,Order,Date,Net\nAcme,1001,2026-01-12,1.00\n,1002,2026-01-13,2.00\nBeta,1003,2026-02-28,3.00\n,1004,2026-03-05,4.00\n",
        // A customer in two places.
        "Customer,Order,Date,Net\nAcme,1001,2026-03-12,1.00\n,1002,2026-01-13,2.00\nAcme,1003,2026-02-28,3.00\n,1004,2026-03-05,4.00\n",
        // Days up and down within a block.
        "Customer,Order,Date,Net\nAcme,1001,2026-03-12,1.00\n,1002,2026-01-13,2.00\nBeta,1003,2026-02-28,3.00\n,1004,2026-03-05,4.00\n",
        // Few blanks.
        "Customer,Order,Date,Net\nAcme,1001,2026-03-12,1.00\nBeta,1002,2026-01-13,2.00\nCarl,1003,2026-02-28,3.00\n,1004,2026-03-05,4.00\n",
    ] {
        assert!(!layout(text).filled_down);
        assert!(import_text(text).report.rejected > 0, "{text}");
    }
}

#[test]
fn a_unit_beside_pieces_is_left_out_and_said() {
    let pieces = "Order,Date,Customer,Qty,Unit Price\n1,2026-01-12,Acme,12 pcs,10.00\n2,2026-02-28,Beta,5 pcs.,10.00\n3,2026-03-01,Acme,3,10.00\n";
    assert_eq!(revenue(pieces), "200.00");
    assert!(noted(
        &import_text(pieces).report.notes,
        "2 lines' quantities have a unit"
    ));
    assert!(noted(&layout(pieces).notes, "a unit beside them (pcs)"));
    let mixed = "Auftrag;Datum;Kunde;Menge;Einzelpreis\n1;12.01.2026;Acme;12 Stk;10,00\n2;28.02.2026;Beta;3,5 kg;2,00\n3;01.03.2026;Acme;1.200 m²;1,00\n";
    assert_eq!(revenue(mixed), "1327.00");
    assert!(noted(&layout(mixed).notes, "several units (Stk, kg, m²)"));
    let no_number = "Order,Date,Customer,Qty,Unit Price\n1,2026-01-12,Acme,12,10.00\n2,2026-02-28,Beta,5 of 7,10.00\n";
    assert_eq!(import_text(no_number).report.rejected, 1);
}

#[test]
fn amounts_in_thousands_are_multiplied_and_it_is_said() {
    for (header, wanted) in [
        ("Revenue (k€)", "4700.00"),
        ("Revenue in TEUR", "4700.00"),
        ("Net Sales ($000s)", "4700.00"),
        ("Net amount, in thousands", "4700.00"),
        ("Umsatz in Tsd. EUR", "4700.00"),
        ("Umsatz in 1.000 EUR", "4700.00"),
        ("Revenue (€ million)", "4700000.00"),
        ("Revenue (EUR)", "4.70"),
        ("Net Amount", "4.70"),
    ] {
        let text = format!(
            "Order;Date;Customer;{header}\n1001;2026-01-13;Acme;1.20\n1002;2026-02-05;Beta;3.00\n1003;2026-03-20;Acme;0.50\n"
        );
        assert_eq!(revenue(&text), wanted, "{header}");
        let told = noted(&import_text(&text).report.notes, "in thousands or millions");
        assert_eq!(told, !wanted.starts_with("4.7"), "{header}");
        assert_eq!(
            told,
            noted(&layout(&text).notes, "in thousands or millions")
        );
    }
    assert_eq!(
        layout(
            "Order;Date;Customer;Umsatz (TEUR)\n1;2026-01-13;Acme;1.20\n2;2026-02-05;Beta;3.00\n"
        )
        .currency
        .as_deref(),
        Some("EUR")
    );
    for header in ["Price/t", "Price per thousand", "Price (m)", "Unit Price"] {
        let text = format!(
            "Order;Date;Customer;Qty;{header}\n1;2026-01-13;Acme;2;1.25\n2;2026-02-05;Beta;1;2.50\n"
        );
        assert!(!noted(&layout(&text).notes, "in thousands"), "{header}");
    }
}

#[test]
fn a_footer_is_no_line_of_the_last_order() {
    let foot = "Order,Date,Customer,Item,Amount\n1,2026-01-13,Acme,A,10.00\n2,2026-01-20,Beta,A,7.00\n,,,Forecast 2027,500.00\n";
    let built = import_text(foot);
    assert_eq!(
        (revenue(foot).as_str(), built.report.rejected),
        ("17.00", 1)
    );
    // Where other orders go on so, the last may.
    let goes_on = "Order,Date,Customer,Item,Amount\n1,2026-01-13,Acme,A,10.00\n,,,B,5.00\n2,2026-01-20,Beta,A,7.00\n,,,B,500.00\n";
    assert_eq!(revenue(goes_on), "522.00");
    let pieces = "Order,Date,Customer,Item,Qty,Price\n1,2026-01-13,Acme,A,1,10.00\n2,2026-01-20,Beta,A,1,7.00\n,,,B,1,5.00\n";
    assert_eq!(revenue(pieces), "22.00");
}

#[test]
fn an_order_and_its_invoice_count_once() {
    let same = "Type,Doc No,Date,Customer,Qty,Net Amount\nOrder,1001,2026-01-12,Acme,10,1000.00\nInvoice,1001,2026-01-20,Acme,10,1000.00\nOrder,1002,2026-02-12,Beta,5,500.00\nInvoice,1002,2026-02-20,Beta,4,400.00\nOrder,1003,2026-03-12,Beta,1,100.00\n";
    let built = import_text(same);
    assert_eq!(revenue(same), "1500.00");
    assert_eq!(
        left_out(&built, "orders whose invoices are in the same file"),
        2
    );
    assert_eq!(built.report.problems, []);
    let referred = "Belegart;Belegnr;Auftragsnr;Datum;Kunde;Nettobetrag\nAuftrag;AU1;AU1;12.01.2026;Acme;1000,00\nRechnung;RE1;AU1;20.01.2026;Acme;1000,00\nAuftrag;AU2;AU2;12.02.2026;Beta;500,00\n";
    assert_eq!(revenue(referred), "1500.00");
    // What is on no invoice is still to come.
    let open = "Order No,Status,Date,Customer,Item,Amount\n1,Invoice,2026-01-01,Acme,A,100.00\n1,Order,2026-01-01,Acme,B,80.00\n2,Order,2026-02-13,Beta,A,50.00\n";
    assert_eq!(revenue(open), "230.00");
    let german = "Belegnr;Belegart;Datum;Kunde;Netto\n4711;RE;13.01.2026;Acme;100,00\n4712;RE;20.01.2026;Beta;50,00\n";
    assert_eq!(revenue(german), "150.00");
    let one_kind = "Type,Doc No,Date,Customer,Net Amount\nOrder,1001,2026-01-12,Acme,10.00\nOrder,1002,2026-01-20,Acme,20.00\n";
    assert_eq!(revenue(one_kind), "30.00");
}

#[test]
fn orders_beside_invoices_of_other_numbers_are_listed() {
    let text = "Belegart;Belegnr;Datum;Kunde;Nettobetrag\nAuftrag;AU1;12.01.2026;Acme;1000,00\nRechnung;RE1;20.01.2026;Acme;1000,00\nAuftrag;AU2;12.02.2026;Beta;500,00\n";
    let built = import_text(text);
    assert_eq!(built.report.in_book, 3);
    let [group] = built.report.problems.as_slice() else {
        unreachable!("{:?}", built.report.problems)
    };
    assert_eq!(
        (group.code, group.count, group.rejected),
        (Code::Invoiced, 1, false)
    );
    let built = pipeline::import_with("orders.csv", text.as_bytes(), &group.fixes);
    assert_eq!((built.report.in_book, built.report.problems.len()), (2, 0));
    assert_eq!(left_out(&built, "rows left out on purpose"), 1);
    assert!(matches!(group.fixes[0], Fix::Drop { .. }));
}

#[test]
fn rates_of_tax_with_their_sign_cost_no_row() {
    let rates = "Order No;Order Date;Customer;Bruttobetrag;MwSt\n1001;2026-01-13;Acme;119,00;19%\n1002;2026-02-05;Beta;238,00;19%\n1003;2026-03-20;Acme;107,00;7 %\n";
    let built = import_text(rates);
    assert_eq!((built.report.in_book, built.report.rejected), (3, 0));
    assert_eq!(revenue(rates), "400.00");
    assert!(noted(&built.report.notes, "less its tax"));
    let margin = "Order,Date,Customer,Net,Margin\n1,2026-01-13,Acme,100.00,35%\n2,2026-02-13,Acme,50.00,20%\n";
    assert_eq!(revenue(margin), "150.00");
}

#[test]
fn taxes_and_deposits_are_no_lines_of_an_order() {
    let text = "Order No,Order Date,Customer,Item,Qty,Net Amount\n1001,2026-01-13,Acme,A1,10,1000.00\n1001,2026-01-13,Acme,Sales tax,1,80.00\n1002,2026-02-05,Beta,B2,5,100.00\n1003,2026-02-06,Beta,Anzahlung,1,30.00\n1004,2026-02-07,Beta,Tax,1,500.00\n";
    let built = import_text(text);
    assert_eq!(revenue(text), "1600.00");
    assert_eq!(
        left_out(&built, "taxes, deposits and sums as lines of an order"),
        2
    );
}

#[test]
fn deposits_count_where_they_are_parts_or_are_taken_off_again() {
    for (text, wanted) in [
        // A plan of payments; billed and taken off; stated beside the goods.
        (
            "1,2024-01-13,Acme,Deposit 50%,,500.00\n1,2024-02-13,Acme,Final 50%,,500.00\n",
            "1000.00",
        ),
        (
            "1,2024-01-13,Acme,Deposit invoice,,300.00\n2,2024-02-13,Acme,Press,1,1000.00\n2,2024-02-13,Acme,Less deposit,,-300.00\n",
            "1000.00",
        ),
        (
            "2,2024-02-13,Acme,Press,1,1000.00\n2,2024-02-13,Acme,Less deposit,,-300.00\n",
            "1000.00",
        ),
        (
            "2,2024-02-13,Acme,Press,1,1000.00\n2,2024-02-13,Acme,Deposit paid,,300.00\n",
            "1000.00",
        ),
        (
            "1,2024-01-13,Acme,Acompte 30%,,300.00\n2,2024-02-13,Acme,Solde,,700.00\n",
            "1000.00",
        ),
        (
            "1,2024-01-13,Acme,Deposit 30%,1,300.00\n1,2024-03-13,Acme,Balance 70%,1,700.00\n",
            "1000.00",
        ),
    ] {
        let text = format!("Order No,Date,Customer,Item,Qty,Net Amount\n{text}");
        assert_eq!(revenue(&text), wanted, "{text}");
    }
}

#[test]
fn an_amount_that_contains_its_tax_is_told_by_the_total() {
    let text = "Order,Date,Customer,Subtotal,Discount,Tax,Total\n1,2026-01-13,Acme,120.00,12.00,18.00,108.00\n2,2026-02-13,Beta,120.00,0.00,20.00,120.00\n";
    assert_eq!(revenue(text), "190.00");
    let percent = "Order,Date,Customer,Subtotal,Discount %,Total\n1,2026-01-13,Acme,100.00,10,90.00\n2,2026-02-13,Beta,200.00,25,150.00\n3,2026-02-13,Beta,50.00,0,50.00\n";
    assert_eq!(revenue(percent), "290.00");
    // An amount that is called net is.
    let net = "Order,Date,Customer,Net Amount,Tax,Total\n1,2026-01-13,Acme,100.00,19.00,100.00\n2,2026-02-13,Beta,200.00,38.00,200.00\n";
    assert_eq!(revenue(net), "300.00");
    // The tax beside the total is no revenue, and one odd row does not change the rule.
    let tax = "Order,Date,Customer,Total,Total Tax\n1,2026-01-13,Acme,110.00,10.00\n2,2026-02-13,Beta,220.00,20.00\n";
    assert_eq!(revenue(tax), "300.00");
    let rows = (1..=20).map(|n| {
        format!(
            "{n},2026-01-{n:02},Acme,100.00,10.00,9.00,{}\n",
            if n == 7 { "97.00" } else { "99.00" }
        )
    });
    let odd = format!(
        "Order,Date,Customer,Subtotal,Discount,Tax,Total\n{}",
        rows.collect::<String>()
    );
    assert_eq!(revenue(&odd), "1800.00");
}

#[test]
fn an_orders_amount_on_one_of_its_rows_is_shared_by_all() {
    let text = "Order,Date,Customer,Item,Qty,Price,Subtotal\n1001,2024-01-13,Acme,A,1,40.00,100.00\n1001,2024-01-13,Acme,B,2,30.00,\n1002,2024-02-13,Beta,A,5,40.00,200.00\n";
    let built = import_text(text);
    assert_eq!(revenue(text), "300.00");
    assert!(noted(
        &built.report.notes,
        "amount stands on one of its rows"
    ));
}

#[test]
fn numbers_that_name_customers_bear_no_mark() {
    let built = pipeline::import(
        &[(
            "a.json",
            br#"[{"order":1,"date":"2026-01-13","customer":4711,"net":5}]"#,
        )],
        &[],
    );
    assert_eq!(built.book.account_names(), ["4711"]);
}

#[test]
fn what_has_no_number_of_its_own_is_called_by_its_description() {
    let text = "Invoice,Date,Customer,Part No,Description,Qty,Amount\n1001,2024-01-13,Acme,,Labor 3h,3,180.00\n1001,2024-01-13,Acme,B1,Bolt,10,200.00\n1002,2024-02-13,Beta,,Labor 5h,5,300.00\n1002,2024-02-13,Beta,N1,Nut,10,300.00\n1002,2024-02-13,Beta,,VAT,,57.00\n";
    assert_eq!(revenue(text), "980.00");
}

#[test]
fn a_discount_that_may_be_a_percentage_is_asked_about() {
    let text = "Auftragsnr.;Datum;Kunde;Menge;Einzelpreis;Rabatt\n1001;13.01.2026;Acme;10;100,00;10\n1002;05.02.2026;Beta;5;20,00;0\n1003;06.02.2026;Beta;5;20,00;5\n";
    let found = layout(text);
    let [question] = found.questions.as_slice() else {
        unreachable!("{:?}", found.questions)
    };
    let choices: Vec<Choice> = question.options.iter().map(|o| o.choice).collect();
    let role = |role| Choice::Role(Some(role));
    assert_eq!(choices, [role(Role::Discount), role(Role::DiscountPercent)]);
    assert_eq!(question.options[1].text, "10 is 10 %");
    // The net amount tells, and so do cents.
    let told = "Order,Date,Customer,Qty,Unit Price,Discount,Net\n1,2026-01-13,Acme,10,100.00,10,900.00\n2,2026-02-05,Beta,5,20.00,0,100.00\n";
    let found = layout(told);
    assert_eq!(found.columns[5].role, Some(Role::DiscountPercent));
    assert_eq!(found.questions, []);
    let amounts = text.replace(";10\n", ";10,00\n").replace(";5\n", ";5,00\n");
    assert_eq!(layout(&amounts).questions, []);
}

#[test]
fn a_subtotal_before_the_discount_is_not_the_revenue() {
    let text = "Order No,Order Date,Customer,Subtotal,Discount,Tax,Total\n1001,2026-01-13,Acme,1000.00,100.00,171.00,1071.00\n1002,2026-02-05,Beta,500.00,0.00,95.00,595.00\n1003,2026-03-20,Acme,100.00,5.00,18.05,113.05\n";
    assert_eq!(revenue(text), "1495.00");
    let after = "Order No,Order Date,Customer,Subtotal,Discount,Tax,Total\n1001,2026-01-13,Acme,900.00,100.00,171.00,1071.00\n1002,2026-02-05,Beta,500.00,0.00,95.00,595.00\n";
    assert_eq!(revenue(after), "1400.00");
    // Shipping that is charged beside is no revenue of the goods.
    let shipped = "Order No,Order Date,Customer,Subtotal,Discount,Shipping,Tax,Total\n1001,2026-01-13,Acme,1000.00,100.00,25.00,175.75,1100.75\n1002,2026-02-05,Beta,500.00,0.00,10.00,96.90,606.90\n";
    assert_eq!(revenue(shipped), "1400.00");
    let discounts: Vec<_> = (0..2)
        .map(|line| import_text(shipped).book.amount(Measure::Discount, line))
        .collect();
    assert_eq!(discounts[0].unwrap().to_money().to_string(), "100.00");
    // The order's on each of its lines, and the lines' own.
    let order = "Order,Date,Customer,Item,Qty,Price,Subtotal,Discount,Tax,Total\n1,2026-01-13,Acme,A,10,10.00,150.00,15.00,25.65,160.65\n1,2026-01-13,Acme,B,5,10.00,150.00,15.00,25.65,160.65\n2,2026-02-13,Beta,B,5,10.00,50.00,0.00,9.50,59.50\n";
    assert_eq!(revenue(order), "185.00");
    let lines = "Order,Date,Customer,Item,Qty,Price,Subtotal,Discount,Tax,Total\n1,2026-01-13,Acme,A,10,10.00,100.00,10.00,17.10,107.10\n1,2026-01-13,Acme,B,10,10.00,100.00,10.00,17.10,107.10\n2,2026-02-13,Beta,B,5,10.00,50.00,0.00,9.50,59.50\n";
    assert_eq!(revenue(lines), "230.00");
}

#[test]
fn a_row_of_the_whole_order_above_or_below_its_items_is_not_counted_again() {
    let rows = |heads: [&str; 3], order: [&str; 3]| {
        let [first, second, third] = order;
        let [sum, other, last] = heads;
        format!(
            "Order,Date,Customer,Item,Qty,Price,Amount\n\
             1001,2025-01-13,Acme,,,,{sum}\n{first},,,A-1,10,20.00,200.00\n{first},,,B-1,5,20.00,100.00\n\
             1002,2025-02-13,Beta,,,,{other}\n{second},,,A-1,1,20.00,20.00\n{second},,,B-1,3,10.00,30.00\n\
             1003,2025-03-13,Acme,,,,{last}\n{third},,,A-1,2,20.00,40.00\n"
        )
    };
    let numbers = ["1001", "1002", "1003"];
    // The sum; with tax or shipping, in every order; nothing.
    for (heads, why) in [
        (
            ["300.00", "50.00", "40.00"],
            "order totals beside their items",
        ),
        (
            ["321.00", "53.50", "42.80"],
            "order totals beside their items",
        ),
        ([""; 3], "first rows of orders, without an amount"),
    ] {
        for order in [numbers, [""; 3]] {
            let text = rows(heads, order);
            let built = import_text(&text);
            assert_eq!(revenue(&text), "390.00", "{text}");
            assert_eq!(
                (built.report.in_book, left_out(&built, why)),
                (5, 3),
                "{text}"
            );
            assert_eq!(built.report.orders, 3);
        }
    }
    let below = "Order,Date,Customer,Item,Qty,Price,Amount\n1001,2025-01-13,Acme,A-1,10,20.00,200.00\n1001,2025-01-13,Acme,B-1,5,20.00,100.00\n1001,2025-01-13,Acme,Order total,,,300.00\n";
    assert_eq!(revenue(below), "300.00");
    assert_eq!(revenue(&below.replace("Order total", "")), "300.00");
}

#[test]
fn what_the_row_of_an_order_alone_states_is_spread_over_its_items() {
    let text = "Order,Date,Customer,Item,Qty,Price,Amount,Shipping\n1001,2025-01-13,Acme,,,,,25.00\n1001,,,A-1,10,20.00,200.00,\n1001,,,B-1,5,20.00,100.00,\n1002,2025-02-13,Beta,A-1,1,20.00,20.00,\n1003,2025-02-13,Gamma,,,,,\n";
    let built = import_text(text);
    let freight = |line| {
        built
            .book
            .amount(Measure::Freight, line)
            .map(|n| n.to_money().to_string())
    };
    assert_eq!(
        [freight(0), freight(1)],
        [Some("16.67".into()), Some("8.33".into())]
    );
    // A row without an amount and without items below it is rejected.
    assert_eq!((built.report.in_book, built.report.rejected), (3, 1));
    assert_eq!(built.report.problems[0].code, Code::MissingAmount);
}

#[test]
fn a_row_without_an_item_that_is_no_sum_counts() {
    for (text, wanted) in [
        // Shipping, once as much as the only item.
        (
            "Order,Date,Customer,Item,Qty,Amount\n1001,2025-01-13,Acme,A-1,10,200.00\n1001,2025-01-13,Acme,,,25.00\n1002,2025-02-13,Beta,A-1,1,20.00\n1002,2025-02-13,Beta,,,20.00\n",
            "265.00",
        ),
        // An item named, and orders without items.
        (
            "Order,Date,Customer,Item,Qty,Amount\n1001,2025-01-13,Acme,Setup,,100.00\n1001,2025-01-13,Acme,A-1,10,100.00\n1002,2025-02-13,Beta,,1,20.00\n1003,2025-02-13,Beta,,1,20.00\n",
            "240.00",
        ),
    ] {
        assert_eq!(revenue(text), wanted, "{text}");
    }
}

#[test]
fn objects_within_the_rows_of_json_are_columns() {
    let text = r#"[{"order":"1001","date":"2026-01-13","customer":{"name":"Acme","contact":{"email":"a@acme.com"}},"net":100.5},
        {"order":"1002","date":"2026-02-13","customer":{"name":"Beta"},"net":10,"tags":["a","b"]}]"#;
    let built = pipeline::import(&[("orders.json", text.as_bytes())], &[]);
    assert_eq!(built.book.account_names(), ["Acme", "Beta"]);
    assert_eq!(built.report.rejected, 0);
}

#[test]
fn a_second_table_with_its_columns_in_another_order_is_read_by_its_header() {
    let text = "Order,Date,Customer,Net,Gross\n1001,2025-01-12,Acme,1200.00,1428.00\n1002,2025-02-28,Beta,100.00,119.00\n\nOrder,Date,Customer,Gross,Net\n1003,2026-03-03,Acme,285.60,240.00\n1004,2026-03-04,Beta,71.40,60.00\nOrder,Date,Customer,Net,Gross\n1005,2026-03-05,Beta,10.00,11.90\n";
    let built = import_text(text);
    assert_eq!(revenue(text), "1610.00");
    assert_eq!(left_out(&built, "repeated headers"), 2);
}

#[test]
fn a_group_after_a_subtotal_is_the_customer_of_its_rows() {
    for sum in ["Subtotal", "Total", "Zwischensumme"] {
        let text = format!(
            "Order,Date,Item,Qty,Net\nCustomer: Acme GmbH,,,,\n1001,2026-01-12,A1,10,1200.00\n1003,2026-03-03,A1,2,240.00\n{sum},,,12,1440.00\nCustomer: Beta AG,,,,\n1002,2026-02-28,B2,5,100.00\n{sum},,,5,100.00\nGrand total,,,17,1540.00\n"
        );
        let built = import_text(&text);
        assert_eq!(
            (built.report.in_book, built.report.rejected),
            (3, 0),
            "{sum}"
        );
        assert_eq!(built.book.account_names(), ["Acme GmbH", "Beta AG"]);
    }
}

#[test]
fn a_pivot_table_is_refused_with_what_to_export() {
    for headers in [
        "Customer,Jan 2026,Feb 2026,Mar 2026,Total",
        "Kunde,2026-01,2026-02,2026-03,Summe",
        "Client,janv.,févr.,mars,Total",
        "Customer,Q1 2026,Q2 2026,Q3 2026,Total",
        "Customer,2024,2025,2026,Total",
        "Customer,01.01.2026,01.02.2026,01.03.2026,Total",
    ] {
        let text =
            format!("{headers}\nAcme,1200.00,0.00,240.00,1440.00\nBeta,100.00,100.00,,200.00\n");
        let refusal = stage(&Samples::whole(text.as_bytes()), "p.csv").unwrap_err();
        assert!(
            refusal.message.contains("is a pivot table"),
            "{headers}: {refusal}"
        );
    }
}

#[test]
fn rows_within_an_object_are_taken_out_of_it() {
    let row = r#"{"order": 1, "date": "2026-01-12", "customer": "Acme", "net": 12.5}"#;
    let data = format!(r#"{{"count": 1, "next": null, "data": [{row}]}}"#);
    assert_eq!(revenue(&data), "12.50");
    let named = format!(r#"{{"warnings": [{{"a": 1}}], "result": {{"orders": [{row}, {row}]}}}}"#);
    assert_eq!(import_text(&named).report.read, 2);
    let unnamed = format!(r#"{{"a": [{{"b": 1}}], "c": [{row}]}}"#);
    let refused = stage(&Samples::whole(unnamed.as_bytes()), "a.json").unwrap_err();
    assert!(refused.message.contains("under \"a\""), "{refused}");
    assert_eq!(revenue(&format!("[{row}]")), "12.50");
    let lines =
        r#"{"id": 7, "date": "2026-01-12", "customer": "Acme", "net": 5, "lines": [{"a": 1}]}"#;
    assert_eq!(revenue(lines), "5.00");
}

#[test]
fn what_a_status_says_in_seven_more_languages() {
    for (header, status, wanted) in [
        ("Tipo documento", "Nota di credito", "1100.00"),
        ("Stato", "Annullata", "1300.00"),
        ("Stato", "Preventivo", "1300.00"),
        ("Status", "Geannuleerd", "1300.00"),
        ("Status", "Niet geannuleerd", "1500.00"),
        ("Soort", "Creditnota", "1100.00"),
        ("Typ dokumentu", "Faktura korygująca", "1100.00"),
        ("Status", "anulowana", "1300.00"),
        ("Situação", "Cancelado", "1300.00"),
        ("Typ", "Kreditfaktura", "1100.00"),
        ("Makulerad", "Ja", "1300.00"),
        ("Makulerad", "Nej", "1500.00"),
    ] {
        let other = if header == "Makulerad" { "Nej" } else { "ok" };
        let text = format!(
            "Doc No,Date,Customer,{header},Net Amount\n1,2026-01-13,Acme,{other},1000.00\n\
             2,2026-02-05,Beta,{other},300.00\n3,2026-02-06,Beta,{status},200.00\n"
        );
        assert_eq!(revenue(&text), wanted, "{header}: {status}");
    }
}

#[test]
fn sums_below_each_block_and_months_in_other_languages() {
    let pivot = "Customer,Order,Date,Net\nAcme,1001,12 gen 2026,1200.00\n,1003,3 mar 2026,240.00\nAcme Total,,,1440.00\nBeta,1002,28 lut 2026,100.00\n,1005,28 kwi 2026,100.00\nBeta Total,,,200.00\nGrand Total,,,1640.00\n";
    let built = import_text(pivot);
    assert_eq!(revenue(pivot), "1640.00");
    assert_eq!((built.report.accounts, left_out(&built, "totals")), (2, 3));
    let days: Vec<String> = built.book.dates().iter().map(ToString::to_string).collect();
    assert_eq!(
        days,
        ["2026-01-12", "2026-03-03", "2026-02-28", "2026-04-28"]
    );
}

#[test]
fn a_discount_on_a_woocommerce_cart_is_spread_over_its_items() {
    let order = |items: &str, total: &str, off: &str| {
        format!(
            "order_id,order_number,date,status,order_shipping,order_tax,order_total,cart_discount,order_discount,payment_method,customer_user,billing_company,billing_email,order_currency,order_item_1,order_item_2\n\
             1,1,2026-01-12,completed,5.00,8.50,{total},{off},0,x,1,Acme,a@acme.com,EUR,{items}\n\
             2,2,2026-02-12,completed,5.00,0,55.00,0,0,x,2,Beta,b@beta.com,EUR,product_id:1|1|50.00,\n"
        )
    };
    let items = "product_id:1|1|60.00,product_id:2|1|40.00";
    let built = import_text(&order(items, "103.50", "10.00"));
    assert!(noted(
        &built.report.notes,
        "1 order has a discount on the whole of it"
    ));
    assert_eq!(revenue(&order(items, "103.50", "10.00")), "140.00");
    // Items that are without it already, and no discount at all.
    let net = "product_id:1|1|54.00,product_id:2|1|36.00";
    assert_eq!(revenue(&order(net, "103.50", "10.00")), "140.00");
    assert_eq!(revenue(&order(items, "103.50", "0")), "150.00");
}
