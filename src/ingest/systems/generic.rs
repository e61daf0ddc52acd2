//! Words of status that mean the same everywhere, in English, German, French and Spanish.

use super::{Is, On, PLAIN, Quirks, Rule, Test, Verdict};
use crate::ingest::role::Role;

/// A file of no known system.
pub static GENERIC: Quirks = Quirks {
    label: "a table of orders",
    rules: RULES,
    ..PLAIN
};

const STATUS: On = On::Role(Role::Status);

const RULES: &[Rule] = &[
    rule!(
        Verdict::NoOrder("cancelled or voided orders"),
        STATUS => Is::Word(&[
            "cancelled", "canceled", "void", "voided", "deleted", "storniert", "storno",
            "annulliert", "geloscht", "annule", "annulee", "cancelado", "cancelada", "anulado",
            "anulada", "trash",
        ])
    ),
    rule!(
        Verdict::NoOrder("drafts"),
        STATUS => Is::Word(&["draft", "entwurf", "brouillon", "borrador", "checkout draft"])
    ),
    rule!(
        Verdict::NoOrder("quotes and estimates"),
        STATUS => Is::Word(&[
            "quote", "quotation", "estimate", "proposal", "angebot", "kostenvoranschlag", "devis",
            "presupuesto", "cotizacion", "inquiry", "anfrage", "rfq",
        ])
    ),
    rule!(
        Verdict::NoOrder("failed or rejected orders"),
        STATUS => Is::Word(&[
            "failed", "declined", "rejected", "expired", "blocked", "fehlgeschlagen", "abgelehnt",
            "abgesagt", "echoue", "refuse", "refusee", "rechazado", "rechazada", "fallido",
            "uncaptured", "requires payment method",
        ])
    ),
    rule!(
        Verdict::NoOrder("lost deals"),
        STATUS => Is::Word(&["closed lost", "lost", "verloren", "perdu", "perdue", "perdido"])
    ),
    rule!(
        Verdict::Return,
        STATUS => Is::Word(&[
            "return", "returned", "refund", "credit memo", "credit note", "creditmemo", "rma",
            "gutschrift", "retoure", "rucksendung", "avoir", "retour", "remboursement",
            "note de credit", "nota de credito", "devolucion", "abono", "reembolso",
            "sales credit note", "sales credit memo", "sales return", "cash refund",
        ])
    ),
    rule!(Verdict::Return, STATUS => Is::Exactly(&["credit", "re", "cr"])),
];
