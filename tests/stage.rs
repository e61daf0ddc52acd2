//! What the importer makes of whole small files: roles, readings, questions, refusals.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use std::fmt::Write as _;

use perennial::base::packed::{pack, unpack};
use perennial::ingest::layout::{
    Certainty, Choice, DateOrder, DecimalMark, Encoding, Grain, Layout,
};
use perennial::ingest::role::Role;
use perennial::ingest::{Samples, preview, restage, stage};

fn staged(text: &str) -> Layout {
    stage(&Samples::whole(text.as_bytes()), "orders.csv").unwrap()
}

#[test]
fn a_layout_is_the_same_on_both_sides_of_the_line_to_the_worker() {
    // What is packed goes by position: no field may be left out, whatever its value.
    let mut layout = staged("Customer,Date,Amount\nAcme,2025-03-15,100.50\nBorg,2025-04-20,7\n");
    for proven in [true, false] {
        for column in &mut layout.columns {
            column.proven = proven;
        }
        assert_eq!(unpack::<Layout>(&pack(&layout)).unwrap(), layout);
    }
}

fn role_of(layout: &Layout, header: &str) -> Option<Role> {
    layout
        .columns
        .iter()
        .find(|c| c.header == header)
        .and_then(|c| c.role)
}

fn roles(layout: &Layout) -> Vec<(&str, Option<Role>)> {
    layout
        .columns
        .iter()
        .map(|c| (c.header.as_str(), c.role))
        .collect()
}

#[test]
fn a_plain_file_needs_no_question() {
    let layout = staged(
        "Order No,Order Date,Customer,Part Number,Qty,Unit Price,Net Amount,Currency\n\
         7001,2026-01-31,Acme,P-1,10,2.50,25.00,EUR\n\
         7002,2026-02-01,Borealis,P-2,5,3.10,15.50,EUR\n\
         7003,2026-02-02,Acme,P-1,20,2.45,49.00,EUR\n",
    );
    assert_eq!(layout.questions, []);
    assert_eq!(
        roles(&layout),
        [
            ("Order No", Some(Role::Order)),
            ("Order Date", Some(Role::Date)),
            ("Customer", Some(Role::Account)),
            ("Part Number", Some(Role::Item)),
            ("Qty", Some(Role::Quantity)),
            ("Unit Price", Some(Role::Price)),
            ("Net Amount", Some(Role::Revenue)),
            ("Currency", Some(Role::Currency)),
        ]
    );
    assert_eq!(layout.columns[1].date_order, Some(DateOrder::Ymd));
    assert_eq!(layout.columns[6].decimal, Some(DecimalMark::Dot));
}

#[test]
fn a_date_that_two_readings_fit_is_asked_about() {
    let mut layout = staged(
        "Date,Customer,Amount\n03/02/2026,Acme,10.50\n05/01/2026,Beta,11.50\n01/04/2026,Acme,9.25\n",
    );
    let [question] = layout.questions.as_slice() else {
        panic!("{:?}", layout.questions)
    };
    let texts: Vec<&str> = question.options.iter().map(|o| o.text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "03/02/2026 is 3 February 2026",
            "03/02/2026 is 2 March 2026"
        ]
    );
    layout.answer(0, Choice::DateOrder(DateOrder::Mdy));
    assert_eq!(layout.questions, []);
    assert_eq!(layout.columns[0].date_order, Some(DateOrder::Mdy));
    assert_eq!(layout.columns[0].certainty, Certainty::Confirmed);
}

#[test]
fn a_first_part_over_twelve_settles_dates() {
    let layout = staged("Date,Customer,Amount\n03/02/2026,Acme,10.50\n25/01/2026,Beta,11.50\n");
    assert_eq!(
        (layout.questions.len(), layout.columns[0].date_order),
        (0, Some(DateOrder::Dmy))
    );
    let layout = staged("Date,Customer,Amount\n03/02/2026,Acme,10.50\n01/25/2026,Beta,11.50\n");
    assert_eq!(
        (layout.questions.len(), layout.columns[0].date_order),
        (0, Some(DateOrder::Mdy))
    );
}

#[test]
fn three_digits_after_every_mark_are_asked_about() {
    let layout = staged("Date,Customer,Amount\n2026-02-03,Acme,1.234\n2026-02-04,Beta,2.500\n");
    let [question] = layout.questions.as_slice() else {
        panic!("{:?}", layout.questions)
    };
    assert_eq!(question.column, 2);
    let texts: Vec<&str> = question.options.iter().map(|o| o.text.as_str()).collect();
    assert!(
        texts[0].starts_with("1.234 is 1 and a fraction (1 point 234)"),
        "{texts:?}"
    );
    assert!(
        texts[1].starts_with("1.234 is 1 thousand and 234 (1234)"),
        "{texts:?}"
    );
}

#[test]
fn four_languages() {
    for (text, wanted) in [
        (
            "Auftragsnummer;Belegdatum;Kunde;Artikel;Menge;Einzelpreis;Nettobetrag;Währung\n\
             1;31.01.2026;Müller GmbH;A-1;10;2,50;25,00;EUR\n2;01.02.2026;Weber AG;A-2;5;3,10;15,50;EUR\n",
            "31.01.2026",
        ),
        (
            "N° commande;Date de commande;Client;Référence;Quantité;Prix unitaire;Montant HT;Devise\n\
             1;31/01/2026;Mécanique Sud;A-1;10;2,50;25,00;EUR\n2;01/02/2026;Usinage Nord;A-2;5;3,10;15,50;EUR\n",
            "31/01/2026",
        ),
        (
            "Pedido;Fecha;Cliente;Artículo;Cantidad;Precio unitario;Importe neto;Moneda\n\
             1;31/01/2026;Talleres Río;A-1;10;2,50;25,00;EUR\n2;01/02/2026;Mecanizados;A-2;5;3,10;15,50;EUR\n",
            "31/01/2026",
        ),
    ] {
        let layout = staged(text);
        assert_eq!(layout.questions, [], "{wanted}");
        let found: Vec<Option<Role>> = layout.columns.iter().map(|c| c.role).collect();
        let expected = [
            Role::Order,
            Role::Date,
            Role::Account,
            Role::Item,
            Role::Quantity,
            Role::Price,
            Role::Revenue,
            Role::Currency,
        ];
        assert_eq!(found, expected.map(Some), "{:?}", layout.columns);
        assert_eq!(layout.columns[1].date_order, Some(DateOrder::Dmy));
        assert_eq!(layout.columns[6].decimal, Some(DecimalMark::Comma));
    }
}

#[test]
fn facts_of_a_sale_are_known_by_their_names_alone() {
    for (header, row) in [
        (
            "Order No,Order Date,Customer,Net Amount,Delivery Date,Payment Date,Payment Terms,Contract Term",
            "2026-01-31",
        ),
        (
            "Auftragsnummer,Auftragsdatum,Kunde,Nettobetrag,Lieferdatum,Zahlungseingang,Zahlungsziel,Laufzeit (Monate)",
            "31.01.2026",
        ),
        (
            "N° Commande,Date commande,Client,Montant HT,Date de livraison,Date de règlement,Conditions de paiement,Durée (mois)",
            "31/01/2026",
        ),
        (
            "Pedido,Fecha pedido,Cliente,Importe neto,Fecha de entrega,Fecha de cobro,Condiciones de pago,Duración del contrato",
            "31/01/2026",
        ),
    ] {
        let layout = staged(&format!(
            "{header}\nA-1,{row},Acme,120.50,{row},{row},Net 30,36\nA-2,{row},Beta,99.75,,,30,\n"
        ));
        let found: Vec<Option<Role>> = layout.columns.iter().map(|c| c.role).collect();
        let expected = [
            Role::Order,
            Role::Date,
            Role::Account,
            Role::Revenue,
            Role::Delivered,
            Role::Paid,
            Role::PayDays,
            Role::TermMonths,
        ];
        assert_eq!(found, expected.map(Some), "{:?}", layout.columns);
        assert_eq!(layout.questions, []);
    }
    // Other days do not become these, and the only day there is may be the order's.
    let layout = staged(
        "Order No,Order Date,Customer,Net Amount,Due Date,Entry Date\n\
         1,2026-01-31,Acme,1.50,2026-02-28,2026-01-30\n2,2026-02-01,Beta,1.75,2026-03-01,2026-01-30\n",
    );
    assert_eq!(role_of(&layout, "Due Date"), None);
    assert_ne!(role_of(&layout, "Entry Date"), Some(Role::Delivered));
    let layout = staged(
        "Order No,Customer,Net Amount,Delivery Date\n1,Acme,1.50,2026-02-28\n2,Beta,1.75,2026-03-01\n",
    );
    assert_ne!(role_of(&layout, "Delivery Date"), Some(Role::Delivered));
    assert_eq!(layout.questions.len(), 1);
    // A day that could be read in two ways is written as the order's is.
    let layout = staged(
        "Order No,Order Date,Customer,Net Amount,Delivery Date\n\
         1,31/01/2026,Acme,1.50,02/03/2026\n2,28/02/2026,Beta,1.75,03/04/2026\n",
    );
    assert_eq!(layout.columns[4].date_order, Some(DateOrder::Dmy));
    assert_eq!(layout.questions, []);
}

#[test]
fn an_account_summary_is_recognised() {
    let layout = staged(
        "Account,Orders,First order,Last order,Revenue,Cost\n\
         Acme,12,2023-01-05,2026-01-31,120000.50,80000\nBeta,3,2024-02-01,2025-06-30,9000,7000\n",
    );
    assert_eq!(layout.grain, Grain::AccountSummary);
    assert_eq!(layout.questions, []);
    assert_eq!(role_of(&layout, "Orders"), Some(Role::OrderCount));
    assert_eq!(role_of(&layout, "First order"), Some(Role::FirstDate));
}

#[test]
fn titles_stated_delimiters_and_stacked_headers() {
    let layout = staged(
        "Sales report,,,\nJanuary 2026,,,\n,,,\nOrder,Date,Customer,Amount\n1,2026-01-31,Acme,12.50\n\
         2,2026-02-01,Beta,1.75\n",
    );
    assert_eq!((layout.skip_rows, layout.header_rows), (3, 1));
    let layout = staged("sep=;\nOrder;Date;Customer;Amount\n1;2026-01-31;Acme, Inc;12,50\n");
    assert_eq!((layout.skip_rows, layout.delimiter), (1, ';'));
    assert_eq!(role_of(&layout, "Customer"), Some(Role::Account));
    let layout = staged(
        "Order,,Customer,,\nNumber,Date,Name,City,Amount\n1,2026-01-31,Acme,Rome,12.50\n\
         2,2026-02-01,Beta,Oslo,1.75\n",
    );
    assert_eq!((layout.skip_rows, layout.header_rows), (0, 2));
    let headers: Vec<&str> = layout.columns.iter().map(|c| c.header.as_str()).collect();
    assert_eq!(headers[0], "Order Number");
    assert_eq!(headers[2], "Customer Name");
}

#[test]
fn other_quotes_and_spaces() {
    let layout = staged(
        "Order, Date, Customer, Amount\n1, 2026-01-31, \"Acme, Inc\", 12.50\n2, 2026-02-01, Beta, 1\n",
    );
    assert!(layout.spaced);
    let rows = preview(
        &Samples::whole(b"Order, Date, Customer, Amount\n1, 2026-01-31, \"Acme, Inc\", 12.50\n"),
        &layout,
    );
    assert_eq!(rows.unwrap()[0][2], "Acme, Inc");
    let layout =
        staged("'Order','Date','Customer','Amount'\n'1','2026-01-31','Acme, Inc','12.50'\n");
    assert_eq!(layout.quote, '\'');
}

#[test]
fn encodings_are_found() {
    let text = "Auftrag;Datum;Kunde;Betrag\n1;31.01.2026;Müller;12,50\n";
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let layout = stage(&Samples::whole(&utf16), "a.csv").unwrap();
    assert_eq!(layout.encoding, Encoding::Utf16Le);
    assert_eq!(layout.column(Role::Account), Some(2));
    let latin: Vec<u8> = text
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap())
        .collect();
    let layout = stage(&Samples::whole(&latin), "a.csv").unwrap();
    assert_eq!(layout.encoding, Encoding::Windows1252);
    assert!(layout.notes.iter().any(|n| n.contains("Windows-1252")));
}

#[test]
fn what_is_no_table_says_what_it_is() {
    for (bytes, code, word) in [
        (&b""[..], "empty", "empty"),
        (b"  \n\n ", "empty", "empty"),
        (b"\0\0\0\0\0\0\0\0\0", "binary", "zero"),
        (b"PK\x03\x04\x14\0\0\0", "not_a_table", "workbook"),
        (b"%PDF-1.7 ...", "not_a_table", "PDF"),
        (b"<!DOCTYPE html><html>", "not_a_table", "web page"),
        (b"{\"a\": {\"b\": 1}, \"c\"", "not_a_table", "JSON"),
        (b"just one line of words", "not_a_table", "column"),
    ] {
        let refusal = stage(&Samples::whole(bytes), "orders.csv").unwrap_err();
        assert_eq!(refusal.code, code, "{refusal}");
        assert!(refusal.message.contains(word), "{refusal}");
    }
}

#[test]
fn json_is_a_table_too() {
    for text in [
        "\u{feff}[{\"order\":\"A1\",\"date\":\"2026-01-31\",\"customer\":\"Acme\",\"amount\":1.234},\
         {\"order\":\"A2\",\"date\":\"2026-02-01\",\"customer\":\"Beta\",\"amount\":10}]",
        "{\"order\":\"A1\",\"date\":\"2026-01-31\",\"customer\":\"Acme\",\"amount\":1.234}\n\
         {\"order\":\"A2\",\"date\":\"2026-02-01\",\"customer\":\"Beta\",\"amount\":10}\n",
    ] {
        let layout = staged(text);
        assert_eq!(layout.questions, []);
        assert_eq!(layout.column(Role::Revenue), Some(3));
        let rows = preview(&Samples::whole(text.as_bytes()), &layout).unwrap();
        assert_eq!(
            rows,
            [
                ["A1", "2026-01-31", "Acme", "1.234"],
                ["A2", "2026-02-01", "Beta", "10"]
            ]
        );
    }
}

#[test]
fn what_the_user_said_stays() {
    let text = "Date,Customer,Amount,Thing\n03/02/2026,Acme,10.50,x\n05/01/2026,Beta,11.50,y\n";
    let mut layout = staged(text);
    layout.answer(0, Choice::DateOrder(DateOrder::Mdy));
    layout.answer(3, Choice::Role(Some(Role::Segment)));
    let again = restage(&Samples::whole(text.as_bytes()), "orders.csv", &layout).unwrap();
    assert_eq!(again.questions, []);
    assert_eq!(again.columns[0].date_order, Some(DateOrder::Mdy));
    assert_eq!(again.columns[3].role, Some(Role::Segment));
    assert_eq!(again.header_key(), layout.header_key());
}

#[test]
fn what_is_missing_is_asked_for() {
    let layout =
        staged("Foo,Bar,Baz\n2026-01-31,Acme,12.50\n2026-02-01,Beta,3.75\n2026-02-02,Acme,7.10\n");
    let asked: Vec<usize> = layout.questions.iter().map(|q| q.column).collect();
    assert_eq!(asked, [0, 1, 2]);
}

#[test]
fn pasted_rows_without_a_header_are_data() {
    let text = "7001\t2026-01-31\tAcme\t10\t25.50\n7002\t2026-02-01\tBeta\t5\t12.75\n7003\t2026-02-02\tAcme\t1\t2.50";
    let layout = staged(text);
    assert_eq!((layout.header_rows, layout.delimiter), (0, '\t'));
    assert_eq!(layout.columns[1].header, "Column 2");
    let asked: Vec<usize> = layout.questions.iter().map(|q| q.column).collect();
    assert_eq!(asked, [1, 2, 4]);
    assert_eq!(
        preview(&Samples::whole(text.as_bytes()), &layout)
            .unwrap()
            .len(),
        3
    );
}

#[test]
fn numbers_of_a_workbook_are_never_ambiguous() {
    let layout = staged(
        "Date,Customer,Amount\n2026-02-03,Acme,\u{1f}1.234\n2026-02-04,Beta,\u{1f}2.5\n2026-02-05,Beta,\u{1f}-1200\n",
    );
    assert_eq!(layout.questions, []);
    assert_eq!(layout.columns[2].role, Some(Role::Revenue));
    assert_eq!(layout.columns[2].samples, ["1.234", "2.5", "-1200"]);
}

#[test]
fn two_columns_of_one_name_are_asked_about() {
    let mut layout = staged(
        "Date,Customer,Amount,Amount\n2026-02-03,Acme,10.50,12.60\n2026-02-04,Beta,20.00,24.00\n",
    );
    let [question] = layout.questions.as_slice() else {
        panic!("{:?}", layout.questions)
    };
    assert_eq!(question.column, 3);
    let choice = question.options[1].choice;
    layout.answer(3, choice);
    assert_eq!(
        (layout.column(Role::Revenue), layout.questions.len()),
        (Some(3), 0)
    );
}

#[test]
fn the_currency_beside_amounts_is_known_only_where_it_says_so() {
    let layout =
        staged("Date;Customer;Amount\n2026-02-03;Acme;10,50 €\n2026-02-04;Beta;1.200,00 €\n");
    assert_eq!(layout.currency.as_deref(), Some("EUR"));
    let layout =
        staged("Date,Customer,Amount\n2026-02-03,Acme,$10.50\n2026-02-04,Beta,\"$1,200.00\"\n");
    assert_eq!(layout.currency, None);
}

#[test]
fn file_order_and_amounts_settle_dates_before_the_user_is_asked() {
    let mut rows = String::new();
    for n in 1..=12 {
        let _ = writeln!(rows, "{:02}/{:02}/2026,Acme,10.50", n, n % 3 + 1);
    }
    assert_eq!(
        staged(&format!("Date,Customer,Amount\n{rows}")).columns[0].date_order,
        Some(DateOrder::Mdy)
    );
    let layout = staged("Date;Customer;Amount\n03/02/2026;Acme;10,50\n01/04/2026;Beta;7,25\n");
    assert_eq!(
        (layout.questions.len(), layout.columns[0].date_order),
        (0, Some(DateOrder::Dmy))
    );
}

#[test]
fn compressed_files_are_staged_and_read_alike() {
    use std::io::Write;
    let text = "Order,Date,Customer,Amount\n1,2026-01-31,Acme,12.50\n".to_owned()
        + &"2,2026-02-01,Beta,3.25\n".repeat(50);
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(text.as_bytes()).unwrap();
    let packed = encoder.finish().unwrap();
    let layout = stage(&Samples::whole(&packed), "orders.csv.gz").unwrap();
    assert_eq!(layout, staged(&text));
    let mut reader = perennial::ingest::read::Reader::new(&layout);
    let mut count = 0;
    for piece in packed.chunks(7) {
        reader.feed(piece, &mut |_| count += 1).unwrap();
    }
    reader.finish(&mut |_| count += 1).unwrap();
    assert_eq!(count, 51);
    let cut = &packed[..packed.len() - 4];
    assert_eq!(
        stage(&Samples::whole(cut), "a.gz").unwrap_err().code,
        "damaged"
    );
}

#[test]
fn a_later_slice_can_settle_what_the_head_leaves_open() {
    let head = "Date,Customer,Amount\n03/02/2026,Acme,10.50\n05/01/2026,Beta,11.50\n01/04/2026,Acme,9.25\n";
    let slice = b"99,Acme,1.00\n25/04/2026,Acme,1.00\n26/04/2026,Be";
    let samples = Samples {
        head: head.as_bytes(),
        more: &[slice],
        whole: false,
    };
    let layout = stage(&samples, "big.csv").unwrap();
    assert_eq!(
        (layout.questions.len(), layout.columns[0].date_order),
        (0, Some(DateOrder::Dmy))
    );
}

#[test]
fn a_reading_that_the_values_prove_outweighs_what_was_agreed_for_other_values() {
    let header = "Order,Customer,Order date,Net amount\n";
    let first = staged(&format!(
        "{header}1,Acme,03/02/2026,12.50\n2,Bolt,04/25/2026,8.00\n"
    ));
    let date = first.column(Role::Date).unwrap();
    assert_eq!(first.columns[date].date_order, Some(DateOrder::Mdy));
    let mut agreed = first;
    perennial::orders::plan::forget_values(&mut agreed);
    // The same headers with the day first beyond doubt: the old reading would move most days.
    let second = staged(&format!(
        "{header}3,Acme,03/02/2026,\"12,50\"\n4,Bolt,25/12/2025,\"8,00\"\n"
    ));
    let recalled = perennial::view::wizard::recall(&second, &agreed);
    assert_eq!(recalled.columns[date].date_order, Some(DateOrder::Dmy));
    let amount = recalled.column(Role::Revenue).unwrap();
    assert_eq!(recalled.columns[amount].decimal, Some(DecimalMark::Comma));
    // Where the values leave both open, what was agreed holds and nothing is asked.
    let open = staged(&format!("{header}5,Acme,03/02/2026,12.50\n"));
    let recalled = perennial::view::wizard::recall(&open, &agreed);
    assert_eq!(recalled.columns[date].date_order, Some(DateOrder::Mdy));
    assert!(recalled.questions.is_empty());
}

#[test]
fn the_currency_that_the_user_states_is_kept_when_a_file_is_looked_at_again() {
    let bytes = b"Customer,Order Date,Net Amount\nAcme,2026-02-13,12.50\nBorg,2026-02-14,3.00\n";
    let samples = Samples::whole(bytes);
    let mut layout = stage(&samples, "orders.csv").unwrap();
    assert_eq!(layout.currency, None);
    layout.currency = Some("EUR".into());
    let again = restage(&samples, "orders.csv", &layout).unwrap();
    assert_eq!(again.currency.as_deref(), Some("EUR"));
}
