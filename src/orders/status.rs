//! What a document's status or type says about its row: an order, a return, or no order at all.
//!
//! Known systems have rules of their own, which come first; these are the words that mean the same
//! in every system, in English, German, French and Spanish.

/// What a row is by its status or type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Meaning {
    /// An order.
    #[default]
    Order,
    /// A return or credit.
    Return,
    /// No order, for this reason.
    NoOrder(&'static str),
}

const RETURNS: &[&str] = &[
    "return",
    "return order",
    "sales return",
    "credit",
    "credit memo",
    "credit note",
    "creditnote",
    "credit-note",
    "refund",
    "sales credit memo",
    "posted credit memo",
    "gutschrift",
    "retoure",
    "rücksendung",
    "rückgabe",
    "avoir",
    "retour",
    "note de crédit",
    "abono",
    "nota de crédito",
    "nota de credito",
    "devolución",
    "devolucion",
    "accreccredit",
];

const CANCELLED: &[&str] = &[
    "cancelled",
    "canceled",
    "void",
    "voided",
    "deleted",
    "storniert",
    "storno",
    "annulé",
    "annulée",
    "annule",
    "cancelado",
    "cancelada",
    "anulado",
    "anulada",
];

const NOT_YET: &[&str] = &[
    "draft",
    "quote",
    "quotation",
    "estimate",
    "proposal",
    "open deal",
    "entwurf",
    "angebot",
    "devis",
    "brouillon",
    "presupuesto",
    "borrador",
    "cotización",
    "oferta",
];

const FAILED: &[&str] = &[
    "failed",
    "declined",
    "rejected",
    "payment failed",
    "abgelehnt",
    "lost",
    "closed lost",
];

/// The meaning of a status that no system's rule has taken.
pub fn meaning(status: &str) -> Meaning {
    let lower = status.trim().to_lowercase();
    let is = |words: &[&str]| words.contains(&lower.as_str());
    if lower.is_empty() {
        Meaning::Order
    } else if is(RETURNS) {
        Meaning::Return
    } else if is(CANCELLED) {
        Meaning::NoOrder("cancelled or void")
    } else if is(NOT_YET) {
        Meaning::NoOrder("quotes and drafts")
    } else if is(FAILED) {
        Meaning::NoOrder("failed, declined or lost")
    } else {
        Meaning::Order
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_in_any_of_four_languages_says_what_the_row_is() {
        assert_eq!(meaning("Shipped"), Meaning::Order);
        assert_eq!(meaning(""), Meaning::Order);
        assert_eq!(meaning("Credit Memo"), Meaning::Return);
        assert_eq!(meaning("Gutschrift"), Meaning::Return);
        assert!(matches!(meaning("Annulé"), Meaning::NoOrder(_)));
        assert!(matches!(meaning("BORRADOR"), Meaning::NoOrder(_)));
    }
}
