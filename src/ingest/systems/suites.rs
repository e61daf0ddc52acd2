//! Accounting and ERP: QuickBooks, Xero, NetSuite, SAP, Dynamics 365 Business Central.

use super::{Is, On, PLAIN, Quirks, Rule, System, Test, Verdict, Whole};
use crate::ingest::role::Role;

/// The table.
pub(super) const SYSTEMS: &[System] = &[QUICKBOOKS, XERO, NETSUITE, SAP, DYNAMICS];

const QUICKBOOKS: System = System {
    quirks: Quirks {
        key: "quickbooks",
        label: "QuickBooks Online",
        rules: &[
            rule!(
                Verdict::Return,
                On::Header("transaction type") => Is::Word("\
                    credit memo|refund|refund receipt")
            ),
            rule!(
                Verdict::NoOrder("quotes and estimates"),
                On::Header("transaction type") => Is::Word("estimate")
            ),
            rule!(
                Verdict::NoOrder("payments and journal entries"),
                On::Header("transaction type")
                    => Is::Word("payment|journal entry|deposit|transfer")
            ),
        ],
        grouped: true,
        note: "QuickBooks names the customer above its rows, and a customer of a customer as A:B; A \
               became the parent of A:B. The running balance is not read. On cash basis the \
               amounts are what was paid.",
        ..PLAIN
    },
    signatures: &[
        "\
            date|transaction type|num|product service|memo description|qty|sales price|amount|\
            balance",
        "\
            transaction date|transaction type|num|product service full name|description|\
            quantity|sales price|amount|balance",
    ],
    roles: &[
        ("date", Role::Date),
        ("transaction date", Role::Date),
        ("transaction type", Role::Status),
        ("num", Role::Order),
        ("product service", Role::Item),
        ("product service full name", Role::Item),
        ("qty", Role::Quantity),
        ("quantity", Role::Quantity),
        ("sales price", Role::Price),
        ("amount", Role::Revenue),
        ("customer", Role::Account),
        ("customer full name", Role::Account),
    ],
    ignore: "balance|memo description|description",
};

const XERO: System = System {
    quirks: Quirks {
        key: "xero",
        label: "Xero",
        rules: &[
            rule!(
                Verdict::NoOrder("drafts and voided invoices"),
                On::Header("status") => Is::Word("\
                    draft|voided|deleted|submitted|awaiting approval")
            ),
            rule!(
                Verdict::NoOrder("purchase bills"),
                On::Header("type") => Is::Word("\
                    bill|accpay|accpaycredit|purchase|bill credit note")
            ),
            rule!(
                Verdict::Return,
                On::Header("type") => Is::Contains("credit")
            ),
        ],
        once_per_order: &[Role::Total],
        whole: Whole::WithTax {
            total: "total",
            tax: "taxamount",
        },
        note: "Xero repeats the invoice total on every line; LineAmount was read. Where the lines \
               of an invoice add up to its total, they contain their tax, which was taken off.",
        ..PLAIN
    },
    signatures: &["\
        contactname|invoicenumber|invoicedate|duedate|description|quantity|unitamount|\
        accountcode|taxtype"],
    roles: &[
        ("contactname", Role::Account),
        ("emailaddress", Role::Email),
        ("invoicenumber", Role::Order),
        ("invoicedate", Role::Date),
        ("inventoryitemcode", Role::Item),
        ("description", Role::Item),
        ("quantity", Role::Quantity),
        ("unitamount", Role::Price),
        ("discount", Role::DiscountPercent),
        ("lineamount", Role::Revenue),
        ("currency", Role::Currency),
        ("status", Role::Status),
    ],
    ignore: "\
        total|taxtotal|taxamount|invoiceamountpaid|invoiceamountdue|duedate|planneddate|type|\
        reference",
};

const NETSUITE: System = System {
    quirks: Quirks {
        key: "netsuite",
        label: "NetSuite",
        rules: &[
            rule!(
                Verdict::Return,
                On::Header("type|transaction type|record type") => Is::Word("\
                    credit memo|return authorization|cash refund|customer refund|creditmemo")
            ),
            rule!(
                Verdict::NoOrder("quotes and estimates"),
                On::Header("type|transaction type|record type")
                    => Is::Word("quote|estimate|opportunity")
            ),
            rule!(
                Verdict::NoOrder("item fulfilments and payments"),
                On::Header("type|transaction type|record type")
                    => Is::Word("item fulfillment|payment|customer deposit|journal")
            ),
        ],
        main_lines: true,
        note: "Where NetSuite exports an order's total beside its items, the total line is left out.",
        ..PLAIN
    },
    signatures: &[
        "internal id|document number|date|name|item|quantity|rate|amount",
        "internal id|tranid|trandate|entity|item|quantity|rate|amount",
        "\
            document number|date|name|item|quantity|rate|amount|est gross profit|\
            est gross profit percent",
        "tranid|entity|item|estgrossprofit|estgrossprofitpercent|costestimate|amountnet",
    ],
    roles: &[
        ("document number", Role::Order),
        ("tranid", Role::Order),
        ("internal id", Role::Order),
        ("line id", Role::Line),
        ("date", Role::Date),
        ("trandate", Role::Date),
        ("name", Role::Account),
        ("entity", Role::Account),
        ("customer", Role::Account),
        ("item", Role::Item),
        ("quantity", Role::Quantity),
        ("rate", Role::Price),
        ("amount net", Role::Revenue),
        ("amountnet", Role::Revenue),
        ("amount", Role::Revenue),
        ("est gross profit", Role::GrossProfit),
        ("estgrossprofit", Role::GrossProfit),
        ("est extended cost", Role::Cost),
        ("costestimate", Role::Cost),
        ("sales rep", Role::Salesperson),
        ("partner", Role::Partner),
        ("class", Role::Segment),
        ("location", Role::Site),
        ("currency", Role::Currency),
        ("status", Role::Status),
    ],
    ignore: "est gross profit percent|estgrossprofitpercent|memo|subsidiary",
};

const SAP: System = System {
    quirks: Quirks {
        key: "sap",
        label: "SAP",
        rules: &[
            rule!(
                Verdict::NoOrder("rejected items"),
                On::Header("abgru|absagegrund|rejection reason|reason for rejection") => Is::Filled
            ),
            rule!(
                Verdict::NoOrder("cancelled or voided orders"),
                On::Header("fksto|cancelled|storniert") => Is::Filled
            ),
            // A cancellation beside the mark of what it cancels; without the mark it reduces.
            rule!(
                Verdict::NoOrder("cancelled or voided orders"),
                On::Header(SAP_TYPE) => Is::Exactly("s1|s2"),
                On::Header("fksto|cancelled|storniert") => Is::Contains("")
            ),
            rule!(
                Verdict::NoOrder("quotes and inquiries"),
                On::Header(SAP_TYPE) => Is::Exactly("\
                    qt|ag|in|af|angebot|anfrage|quotation|inquiry")
            ),
            rule!(
                Verdict::Return,
                On::Header(SAP_TYPE) => Is::Word("\
                    re|cr|g2|s1|zre|zcr|rk|cbre|retoure|gutschrift|gutschriftsanforderung|\
                    return|returns|credit memo|credit memo request")
            ),
        ],
        strip_zeros: true,
        note: "SAP pads numbers with zeros; they were taken off order, customer and material numbers.",
        ..PLAIN
    },
    signatures: &[
        "vbeln|posnr|audat|auart|kunnr|matnr|kwmeng|netwr|waerk",
        "vbeln|posnr|fkdat|fkart|kunag|matnr|fkimg|netwr|waerk",
        "vbeln|posnr|erdat|auart|kunag|matnr|kwmeng|netwr|waerk",
        "\
            sales document|sales document item|document date|sold to party|material|\
            order quantity|net value",
        "\
            sales document|item|document date|sold to party|material|order quantity|net value|\
            document currency",
        "\
            verkaufsbeleg|position|belegdatum|auftraggeber|material|auftragsmenge|nettowert|\
            belegwahrung",
        "\
            verkaufsbeleg|position|belegdatum|verkaufsbelegart|auftraggeber|material|\
            bezeichnung|auftragsmenge|nettowert|wahrung",
    ],
    roles: &[
        ("vbeln", Role::Order),
        ("sales document", Role::Order),
        ("verkaufsbeleg", Role::Order),
        ("posnr", Role::Line),
        ("item", Role::Line),
        ("sales document item", Role::Line),
        ("position", Role::Line),
        ("audat", Role::Date),
        ("document date", Role::Date),
        ("belegdatum", Role::Date),
        ("fkdat", Role::Date),
        ("erdat", Role::Date),
        ("name1", Role::Account),
        ("name 1", Role::Account),
        ("sold to party name", Role::Account),
        ("name auftraggeber", Role::Account),
        ("kunnr", Role::Account),
        ("kunag", Role::Account),
        ("sold to party", Role::Account),
        ("auftraggeber", Role::Account),
        ("kunwe", Role::Site),
        ("ship to party", Role::Site),
        ("warenempfanger", Role::Site),
        ("werk", Role::Site),
        ("werks", Role::Site),
        ("matnr", Role::Item),
        ("material", Role::Item),
        ("arktx", Role::Item),
        ("kwmeng", Role::Quantity),
        ("fkimg", Role::Quantity),
        ("order quantity", Role::Quantity),
        ("auftragsmenge", Role::Quantity),
        ("netpr", Role::Price),
        ("net price", Role::Price),
        ("nettopreis", Role::Price),
        ("netwr", Role::Revenue),
        ("net value", Role::Revenue),
        ("nettowert", Role::Revenue),
        ("wavwr", Role::Cost),
        ("cost", Role::Cost),
        ("verrechnungswert", Role::Cost),
        ("waerk", Role::Currency),
        ("document currency", Role::Currency),
        ("belegwahrung", Role::Currency),
        ("wahrung", Role::Currency),
        ("auart", Role::Status),
        ("fkart", Role::Status),
        ("sales document type", Role::Status),
        ("verkaufsbelegart", Role::Status),
        ("belegart", Role::Status),
        ("vkgrp", Role::Salesperson),
        ("sales group", Role::Salesperson),
        ("verkaufergruppe", Role::Salesperson),
        ("kdgrp", Role::Segment),
        ("customer group", Role::Segment),
        ("kundengruppe", Role::Segment),
    ],
    ignore: "vkorg|vtweg|spart|vkbur|bstkd|abgru|absagegrund|bezeichnung|mwsbp",
};

const SAP_TYPE: &str = "\
    auart|sales document type|verkaufsbelegart|belegart|fkart|billing type|fakturaart";

const DYNAMICS: System = System {
    quirks: Quirks {
        key: "dynamics",
        label: "Dynamics 365 Business Central",
        rules: &[
            rule!(
                Verdict::NoOrder("freight and charges booked to a ledger account"),
                On::Header("type") => Is::Word("g l account|sachkonto|charge item|charge"),
                On::Header("description") => Is::Contains("\
                    freight|shipping|fracht|porto|versand|transport")
            ),
            rule!(
                Verdict::NoOrder("comment lines"),
                On::Header("type") => Is::Exactly("|comment|kommentar"),
                On::Header("amount|quantity") => Is::Exactly("|0|000|0 00")
            ),
            rule!(
                Verdict::NoOrder("quotes and estimates"),
                On::Header("document type") => Is::Word("quote|angebot")
            ),
            rule!(
                Verdict::Return,
                On::Header("document type")
                    => Is::Word("credit memo|return order|gutschrift|reklamation")
            ),
        ],
        note: "Comment lines and freight booked to a ledger account are no order lines.",
        ..PLAIN
    },
    signatures: &[
        "\
            sell to customer no|document no|line no|type|no|description|quantity|unit price|\
            amount|posting date",
        "\
            sell to customer no|sell to customer name|document no|type|no|quantity|unit price|\
            amount|order date",
    ],
    roles: &[
        ("sell to customer name", Role::Account),
        ("sell to customer no", Role::Account),
        ("bill to customer no", Role::Parent),
        ("document no", Role::Order),
        ("line no", Role::Line),
        ("no", Role::Item),
        ("quantity", Role::Quantity),
        ("unit price", Role::Price),
        ("unit cost lcy", Role::UnitCost),
        ("unit cost", Role::UnitCost),
        ("line discount %", Role::DiscountPercent),
        ("line discount amount", Role::Discount),
        ("amount", Role::Revenue),
        ("order date", Role::Date),
        ("posting date", Role::Date),
        ("shipment date", Role::Date),
        ("salesperson code", Role::Salesperson),
        ("currency code", Role::Currency),
        ("document type", Role::Status),
        ("location code", Role::Site),
    ],
    ignore: "amount including vat|description|type|return reason code",
};
