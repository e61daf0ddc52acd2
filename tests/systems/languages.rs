//! Exports of no known system, in four languages and of two grains.

use super::*;

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
