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

/// Headers of columns that say what a row is, beside the one that has the role: many systems state
/// the kind of a document and its status apart.
pub(super) const ALSO_STATUS: &str = "\
    status|order status|invoice status|state|type|document type|doc type|transaction type|\
    order type|invoice type|record type|belegart|belegtyp|auftragsart|auftragsstatus|typ|statut|\
    etat|type de document|estado|tipo|tipo de documento|line status|item status|bestellstatus|\
    belegstatus|bearbeitungsstatus|txn type|trans type|trx type|rechnungsart|dokumenttyp|\
    dokumentart|vorgangsart|vorgang|buchungsart|tipo de factura|tipo factura|tipo documento|\
    type de piece|type piece|type document|type de facture|sale return|lifecycle|stato|\
    kind|doc kind|document kind|document category|transaction|entry|stato ordine|stato fattura|\
    typ dokumentu|situacao|status pedido|orderstatus|documenttype|soort|sop type|sales document type|verkaufsbelegart|ordrestatus|bilagstype|dokumenttype|ordretype|stage|stagename|stage name|\
    deal stage|dealstage|opportunity stage";

/// Headers of a column that says debit or credit, and how it says credit and debit.
pub(crate) const SIGNS: &str = "\
    soll haben|soll haben kennzeichen|s h|d c|dr cr|drcr|debit credit|vorzeichen|sens|debe haber";
pub(crate) const CREDITS: &str = "h|haben|c|cr|credit|kredit|k|haber";
pub(crate) const DEBITS: &str = "s|soll|d|dr|debit|debet|debe";

/// How a flag says yes.
const YES: &str = "y|yes|j|ja|true|x|1|oui|si|sim|tak|wahr|vrai";

const RULES: &[Rule] = &[
    rule!(
        Verdict::NoOrder("cancelled or voided orders"),
        STATUS => Is::About("\
            cancelled|canceled|cancel|cancellation|abgebrochen|annulation|supprime|supprimee|eliminado|\
            eliminada|order cancelled|order canceled|wc cancelled|wc failed|\
            stornierung|void|voided|deleted|storniert|storno|annulliert|geloscht|annule|annulee|\
            cancelado|cancelada|anulado|anulada|trash|annullato|annullata|annullamento|\
            geannuleerd|anulowane|anulowana|anulowano|anulowany|makulerad|avbruten|annullerad|\
            annulleret|kansellert|avbrutt|avbrudt|slettet|avslagen|avbestalld|vervallen|\
            stornato|estornado|peruttu|widerrufen|superseded|afvist")
    ),
    rule!(
        Verdict::NoOrder("drafts"),
        STATUS => Is::About("\
            draft|pro forma|proforma|entwurf|brouillon|borrador|checkout draft|bozza|concept|szkic|\
            rascunho|utkast|kladde|luonnos")
    ),
    rule!(
        Verdict::NoOrder("quotes and estimates"),
        STATUS => Is::About("\
            offerte|offre|oferta|quote|quotation|estimate|proposal|angebot|kostenvoranschlag|devis|presupuesto|\
            cotizacion|inquiry|anfrage|rfq|qt|preventivo|offerta|orcamento|offert|tarjous")
    ),
    rule!(
        Verdict::NoOrder("quotes and estimates"),
        On::Header("status|ordrestatus|fakturastatus|bilagstype|dokumenttype") => Is::Exactly("tilbud")
    ),
    rule!(
        Verdict::NoOrder("failed or rejected orders"),
        STATUS => Is::Word("\
            failed|declined|rejected|expired|blocked|fehlgeschlagen|abgelehnt|abgesagt|echoue|\
            echouee|erreur de paiement|paiement refuse|pago fallido|pago rechazado|verworpen|verlopen|odrzucone|rifiutato|recusado|payment failed|refuse|refusee|rechazado|rechazada|fallido|uncaptured|requires payment method")
    ),
    rule!(
        Verdict::NoOrder("lost deals"),
        STATUS => Is::Word("closed lost|closedlost|lost|verloren|perdu|perdue|perdido")
    ),
    rule!(
        Verdict::NoOrder("open deals"),
        STATUS => Is::Exactly("\
            prospecting|qualification|qualified|qualified to buy|qualifiedtobuy|needs analysis|\
            value proposition|id decision makers|perception analysis|proposal price quote|negotiation|\
            negotiation review|appointment scheduled|appointmentscheduled|presentation scheduled|\
            presentationscheduled|decision maker bought in|decisionmakerboughtin|contract sent|\
            contractsent|discovery|demo scheduled|verhandlung|qualifizierung|negociation|negociacion")
    ),
    rule!(
        Verdict::NoOrder("refunded orders"),
        STATUS => Is::About("\
            refunded|chargeback|wc refunded|erstattet|rembourse|remboursee|reembolsado|reembolsada")
    ),
    rule!(
        Verdict::NoOrder("payments and entries that are no sales"),
        STATUS => Is::Exactly("\
            payment|payments|customer payment|receipt|customer deposit|bill|bill payment|transfer|journal|journal entry|\
            general journal|opening balance|zahlung|zahlungseingang|paiement|reglement|pago|\
            cobro")
    ),
    // A ledger of customers and vendors.
    rule!(
        Verdict::NoOrder("payments and entries that are no sales"),
        On::Header("vendor|vendor name") => Is::Contains(""),
        On::Header("account group|account type") => Is::Exactly("\
            asset|assets|liability|liabilities|equity|expense|expenses|accounts receivable|\
            accounts payable|bank|cash and bank|cost of goods sold|sales taxes")
    ),
    rule!(
        Verdict::NoOrder("cancelled or voided orders"),
        On::Header("\
            cancelled|canceled|is cancelled|is canceled|cancelled at|canceled at|cancelled on|\
            cancelled date|cancellation date|date cancelled|storniert|storniert am|stornodatum|\
            void|voided|is void|is voided|deleted|is deleted|storno|stornokennzeichen|cancel date|\
            annule|annulee|date annulation|anulado|anulada|fecha anulacion|annullato|geannuleerd|\
            anulowano|cancelado|makulerad|annulleret|kansellert|\
            voidorder|void order|void status|void flag|cancelled flag|canceled flag|order cancelled|\
            storno kz|vervallen|anulowane|reason for rejection|rejection reason|ablehnungsgrund|\
            absagegrund") => Is::Filled
    ),
    rule!(
        Verdict::NoOrder("refunded orders"),
        On::Header("fully refunded|is refunded") => Is::Exactly(YES)
    ),
    rule!(
        Verdict::Return,
        On::Header("is return|is refund|is credit|is credit note|is credit memo|return flag") => Is::Filled
    ),
    rule!(
        Verdict::Return,
        On::Header("\
            credit memo|credit note|credit invoice|gutschrift|avoir|kreditnota|kreditfaktura|\
            returned|retoure|ruckgabe")
            => Is::Exactly(YES)
    ),
    // A register of credit notes, which has no numbers of invoices beside their own.
    Rule {
        tests: &[Test {
            on: On::Header(
                "\
                credit note no|credit note number|credit note|credit memo no|credit memo number|\
                gutschriftsnummer|gutschrift nr|gutschriftnr|gutschriftnummer|n avoir|numero avoir",
            ),
            is: Is::Filled,
        }],
        unless: "\
            invoice no|invoice number|invoice|invoice id|order no|order number|order|order id|\
            rechnungsnummer|rechnung|rechnungsnr|rechnung nr|auftrag|auftragsnummer|facture|\
            n facture|numero de facture|commande",
        then: Verdict::Return,
    },
    // Credits of customers' accounts; the column has the role where most rows are debits.
    rule!(
        Verdict::Return,
        On::Header(SIGNS) => Is::Exactly(CREDITS),
        STATUS => Is::Exactly(CREDITS)
    ),
    rule!(
        Verdict::Return,
        STATUS => Is::About("\
            korrekturrechnung|rectificativa|davoir|reversal|ruckgabe|nota credito|return|refund|credit memo|credit note|creditmemo|rma|gutschrift|retoure|\
            rucksendung|avoir|retour|remboursement|note de credit|nota de credito|devolucion|\
            abono|reembolso|sales credit|customer credit|credit invoice|credit adjustment|crn|\
            rechnungskorrektur|stornorechnung|storno rechnung|sales credit note|\
            sales credit memo|sales return|cash refund|nota di credito|reso|\
            creditnota|creditfactuur|korekta|faktura korygujaca|zwrot|devolucao|kreditfaktura|\
            kreditnota|kreditering|kreditnote|hyvityslasku|rucklieferung|retur|credit advice")
    ),
    rule!(
        Verdict::Returned,
        STATUS => Is::About("\
            returned|retourniert|zuruckgesendet|zuruckgegeben|zuruckgeschickt|retourne|retournee|\
            devuelto|devuelta|devolvido|geretourneerd|retournerad|returneret|returnert|zwrocone")
    ),
    rule!(
        Verdict::Returned,
        STATUS => Is::Contains("returned to seller|returning to seller|rejected by buyer|lost in transit")
    ),
    rule!(Verdict::Return, STATUS => Is::Exactly("credit|cr|cm|cn|rc|gs|gu|retouren")),
    // Sage 50 names its accounts A/C, credits SC, receipts SR and payments on account SA.
    rule!(
        Verdict::NoOrder("payments and entries that are no sales"),
        On::Header("a c") => Is::Filled,
        STATUS => Is::Exactly("sr|sa|sp")
    ),
    rule!(Verdict::Return, On::Header("a c") => Is::Filled, STATUS => Is::Exactly("sc")),
    rule!(
        Verdict::Return,
        On::Header("type|transaction type|tran type") => Is::Exactly("sc"),
        On::Header("net|net amount") => Is::Filled,
        On::Header("tax|vat|tax amount|t c|tax code") => Is::Contains("")
    ),
    rule!(
        Verdict::Order,
        STATUS => Is::Exactly("\
            order|sales order|customer order|so|order confirmation|auftrag|kundenauftrag|\
            verkaufsauftrag|bestellung|auftragsbestatigung|commande|commande client|\
            bon de commande|pedido|pedido de venta|ordine|verkooporder|zamowienie|encomenda|\
            ordre|salgsordre|ordrebekraeftelse|confirmed order|confirmation|booking|booked|delivery note|shipment|packing slip|\
            lieferschein|bon de livraison|albaran|pakbon|ddt|wz|foljesedel|ab|au|ls|\
            guia de remessa")
    ),
    rule!(
        Verdict::Invoice,
        STATUS => Is::Exactly("\
            invoice|sales invoice|tax invoice|posted sales invoice|customer invoice|inv|final invoice|\
            posted invoice|invoice posted|si|re|\
            billing|billed|rechnung|schlussrechnung|\
            verkaufsrechnung|ausgangsrechnung|facture|facture client|factura|factura de venta|\
            fattura|factuur|faktura|fatura")
    ),
];
