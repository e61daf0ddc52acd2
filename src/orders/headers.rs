//! Normalised names and words of headers that say more than the role of their column.

/// Names of an amount that is the order's rather than the line's.
pub(super) const ORDER_AMOUNTS: &str = "\
    order total|order amount|order value|total order amount|total order value|invoice total|\
    invoice amount|total invoice amount|document total|rechnungsbetrag|rechnungssumme|\
    auftragswert|auftragssumme|total facture|total commande|total pedido";

/// Words of an amount that may be the order's.
pub(super) const WHOLE_WORDS: &str =
    "total|gesamt|summe|invoice|order|rechnung|auftrag|facture|commande|pedido|factura";
/// Words of an amount that is the line's.
pub(super) const LINE_WORDS: &str = "line|item|pos|ligne|linea";

/// Names of a tax: without a role, its column is one of rates.
pub(super) const TAXES: &str = "vat|tax|gst|mwst|ust|tva|iva|btw|moms";

/// Names of a column that says in words what an item is.
pub(super) const DESCRIPTIONS: &str = "\
    description|item description|product description|line description|product name|item name|\
    part description|artikelbezeichnung|bezeichnung|beschreibung|produktbezeichnung|designation|\
    libelle|descripcion|descrizione|omschrijving|artikelomschrijving|opis|descricao|beskrivning|\
    benamning";
