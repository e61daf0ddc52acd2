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
        (Role::Date, "date|transaction date"),
        (Role::Status, "transaction type"),
        (Role::Order, "num"),
        (Role::Item, "product service|product service full name"),
        (Role::Quantity, "qty|quantity"),
        (Role::Price, "sales price"),
        (Role::Revenue, "amount"),
        (Role::Account, "customer|customer full name"),
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
        (Role::Account, "contactname"),
        (Role::Email, "emailaddress"),
        (Role::Order, "invoicenumber"),
        (Role::Date, "invoicedate"),
        (Role::Item, "inventoryitemcode|description"),
        (Role::Quantity, "quantity"),
        (Role::Price, "unitamount"),
        (Role::DiscountPercent, "discount"),
        (Role::Revenue, "lineamount"),
        (Role::Currency, "currency"),
        (Role::Status, "status"),
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
        (Role::Order, "document number|tranid|internal id"),
        (Role::Line, "line id"),
        (Role::Date, "date|trandate"),
        (Role::Account, "name|entity|customer"),
        (Role::Item, "item"),
        (Role::Quantity, "quantity"),
        (Role::Price, "rate"),
        (Role::Revenue, "amount net|amountnet|amount"),
        (Role::GrossProfit, "est gross profit|estgrossprofit"),
        (Role::Cost, "est extended cost|costestimate"),
        (Role::Salesperson, "sales rep"),
        (Role::Partner, "partner"),
        (Role::Segment, "class"),
        (Role::Site, "location"),
        (Role::Currency, "currency"),
        (Role::Status, "status"),
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
        (Role::Order, "vbeln|sales document|verkaufsbeleg"),
        (Role::Line, "posnr|item|sales document item|position"),
        (Role::Date, "audat|document date|belegdatum|fkdat|erdat"),
        (
            Role::Account,
            "name1|name 1|sold to party name|name auftraggeber|kunnr|kunag|sold to party|\
             auftraggeber",
        ),
        (Role::Site, "kunwe|ship to party|warenempfanger|werk|werks"),
        (Role::Item, "matnr|material|arktx"),
        (Role::Quantity, "kwmeng|fkimg|order quantity|auftragsmenge"),
        (Role::Price, "netpr|net price|nettopreis"),
        (Role::Revenue, "netwr|net value|nettowert"),
        (Role::Cost, "wavwr|cost|verrechnungswert"),
        (
            Role::Currency,
            "waerk|document currency|belegwahrung|wahrung",
        ),
        (
            Role::Status,
            "auart|fkart|sales document type|verkaufsbelegart|belegart",
        ),
        (Role::Salesperson, "vkgrp|sales group|verkaufergruppe"),
        (Role::Segment, "kdgrp|customer group|kundengruppe"),
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
        (Role::Account, "sell to customer name|sell to customer no"),
        (Role::Parent, "bill to customer no"),
        (Role::Order, "document no"),
        (Role::Line, "line no"),
        (Role::Item, "no"),
        (Role::Quantity, "quantity"),
        (Role::Price, "unit price"),
        (Role::UnitCost, "unit cost lcy|unit cost"),
        (Role::DiscountPercent, "line discount %"),
        (Role::Discount, "line discount amount"),
        (Role::Revenue, "amount"),
        (Role::Date, "order date|posting date|shipment date"),
        (Role::Salesperson, "salesperson code"),
        (Role::Currency, "currency code"),
        (Role::Status, "document type"),
        (Role::Site, "location code"),
    ],
    ignore: "amount including vat|description|type|return reason code",
};
