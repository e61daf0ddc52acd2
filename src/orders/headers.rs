//! Normalised names and words of headers that say more than the role of their column.

/// Names of an amount that is the order's rather than the line's.
pub(super) const ORDER_AMOUNTS: &str = "\
    order total|order amount|order value|total order amount|total order value|invoice total|\
    invoice amount|total invoice amount|document total|rechnungsbetrag|rechnungssumme|\
    auftragswert|auftragssumme|total facture|total commande|total pedido";

/// Names of a column of customers' numbers.
pub(super) const CUSTOMER_NUMBERS: &str = "\
    customer no|customer number|customer id|customer code|account no|account number|account id|\
    account code|client id|client no|kundennummer|kundennr|kunden nr|debitorennummer|debitor nr|\
    code client|n client|codigo cliente|codice cliente|klantnummer|kundnr|kundnummer|\
    kundenr|kundenummer|kunde|kund|client|cliente|customer|cust|debiteur|debitor|klant|klient";

/// Names of a column that says in words what an item is.
pub(super) const DESCRIPTIONS: &str = "\
    description|item description|product description|line description|product name|item name|\
    part description|artikelbezeichnung|bezeichnung|beschreibung|produktbezeichnung|designation|\
    libelle|descripcion|descrizione|omschrijving|artikelomschrijving|opis|descricao|beskrivning|\
    benamning";
