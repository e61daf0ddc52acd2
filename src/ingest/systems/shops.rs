//! Shops, payments and deals: Shopify, WooCommerce, Stripe, Salesforce, HubSpot, PartnerStack.

use super::{Is, On, PLAIN, Quirks, Rule, System, Test, Verdict, Whole};
use crate::ingest::role::Role;

/// The table.
pub(super) const SYSTEMS: &[System] = &[
    SHOPIFY,
    WOOCOMMERCE,
    STRIPE,
    SALESFORCE,
    HUBSPOT,
    PARTNERSTACK,
    PARTNERSTACK_PARTNERS,
    AMAZON,
];

const AMAZON: System = System {
    quirks: Quirks {
        key: "amazon",
        label: "Amazon",
        rules: &[rule!(
            Verdict::NoOrder("cancelled or voided orders"),
            On::Header("order status|item status") => Is::Word("cancelled|canceled")
        )],
        note: "Amazon's item price is that of all pieces of the line; it is the revenue here.",
        ..PLAIN
    },
    signatures: &["\
        amazon order id|purchase date|order status|sku|quantity|currency|item price|item tax"],
    roles: &[
        ("amazon order id", Role::Order),
        ("purchase date", Role::Date),
        ("order status", Role::Status),
        ("buyer company name", Role::Account),
        ("buyer name", Role::Account),
        ("buyer email", Role::Email),
        ("sku", Role::Item),
        ("product name", Role::Item),
        ("quantity", Role::Quantity),
        ("currency", Role::Currency),
        ("item price", Role::Revenue),
        ("item promotion discount", Role::Discount),
        ("sales channel", Role::Partner),
    ],
    ignore: "merchant order id|item tax|shipping price|shipping tax|asin",
};

const SHOPIFY: System = System {
    quirks: Quirks {
        key: "shopify",
        label: "Shopify",
        rules: &[
            rule!(
                Verdict::NoOrder("cancelled or voided orders"),
                On::Header("cancelled at") => Is::Filled
            ),
            rule!(
                Verdict::NoOrder("cancelled or voided orders"),
                On::Header("financial status") => Is::Word("voided|expired")
            ),
        ],
        fill_down: &[
            Role::Account,
            Role::Email,
            Role::Currency,
            Role::Date,
            Role::Status,
        ],
        once_per_order: &[Role::Freight, Role::Tax, Role::Refunded],
        whole: Whole::Net {
            net: "subtotal",
            shipping: "shipping",
            tax: "taxes",
            total: "total",
        },
        note: "Shopify states an order's totals on its first line only: revenue is quantity times \
               price of each line less its discount. A discount on the whole order shows in its \
               subtotal and is spread over its lines by their amounts. Where subtotal and shipping \
               are the total, prices contain tax, which was taken off.",
        ..PLAIN
    },
    signatures: &["\
        name|email|financial status|fulfillment status|currency|subtotal|shipping|taxes|total|\
        created at|lineitem quantity|lineitem name|lineitem price|lineitem sku|billing name"],
    roles: &[
        ("name", Role::Order),
        ("billing company", Role::Account),
        ("billing name", Role::Account),
        ("email", Role::Email),
        ("created at", Role::Date),
        ("currency", Role::Currency),
        ("lineitem quantity", Role::Quantity),
        ("lineitem price", Role::Price),
        ("lineitem discount", Role::Discount),
        ("lineitem compare at price", Role::ListPrice),
        ("lineitem sku", Role::Item),
        ("lineitem name", Role::Item),
        ("refunded amount", Role::Refunded),
        ("financial status", Role::Status),
        ("paid at", Role::Paid),
        ("fulfilled at", Role::Delivered),
        ("employee", Role::Salesperson),
    ],
    ignore: "subtotal|total|discount amount|shipping|taxes|id|source|location",
};

const WOOCOMMERCE: System = System {
    quirks: Quirks {
        key: "woocommerce",
        label: "WooCommerce",
        rules: &[
            rule!(
                Verdict::NoOrder("cancelled or voided orders"),
                On::Header("status|order status") => Is::Word("\
                    cancelled|wc cancelled|trash")
            ),
            rule!(
                Verdict::NoOrder("failed or unpaid orders"),
                On::Header("status|order status")
                    => Is::Word("failed|wc failed|pending|wc pending|checkout draft")
            ),
            rule!(
                Verdict::NoOrder("fully refunded orders"),
                On::Header("status|order status") => Is::Word("refunded|wc refunded")
            ),
        ],
        once_per_order: &[
            Role::Freight,
            Role::Tax,
            Role::Total,
            Role::Discount,
            Role::Refunded,
        ],
        packed_items: true,
        note: "WooCommerce packs the items of an order into cells; each was read as a line.",
        ..PLAIN
    },
    signatures: &[
        "\
            order id|order number|date|status|order shipping|order tax|order total|\
            payment method|customer user|billing company|billing email",
        "id|status|order date|billing email|billing first name|order total|completed date",
    ],
    roles: &[
        ("order number formatted", Role::Order),
        ("order number", Role::Order),
        ("order id", Role::Order),
        ("id", Role::Order),
        ("date", Role::Date),
        ("order date", Role::Date),
        ("billing company", Role::Account),
        ("billing email", Role::Email),
        ("status", Role::Status),
        ("order currency", Role::Currency),
        ("order total", Role::Total),
        ("order tax", Role::Tax),
    ],
    ignore: "\
        customer user|payment method|completed date|order shipping|cart discount|order discount",
};

const STRIPE: System = System {
    quirks: Quirks {
        key: "stripe",
        label: "Stripe",
        rules: &[
            rule!(
                Verdict::NoOrder("failed or uncaptured payments"),
                On::Header("status") => Is::Word("\
                    failed|canceled|cancelled|incomplete|blocked|uncaptured|\
                    requires payment method|requires confirmation|requires action|\
                    requires capture|pending|processing")
            ),
            rule!(
                Verdict::NoOrder("failed or uncaptured payments"),
                On::Header("captured") => Is::Exactly("false|no")
            ),
        ],
        row_ids: "id",
        note: "Stripe's amounts are gross payments, tax included; refunds are taken off.",
        ..PLAIN
    },
    signatures: &["\
        id|description|created utc|amount|amount refunded|currency|converted amount|fee|status|\
        customer id|customer email|captured|card id"],
    roles: &[
        ("id", Role::Order),
        ("created utc", Role::Date),
        ("amount", Role::Total),
        ("tax", Role::Tax),
        ("amount refunded", Role::Refunded),
        ("currency", Role::Currency),
        ("status", Role::Status),
        ("customer description", Role::Account),
        ("customer id", Role::Account),
        ("customer email", Role::Email),
        ("description", Role::Item),
    ],
    ignore: "fee|converted amount|converted amount refunded|converted currency|invoice id|mode",
};

const WON: &str = "\
    closed won|closedwon|won|gewonnen|abgeschlossen und gewonnen|geschlossen gewonnen|\
    ferme gagne|fermee gagnee|gagne|cerrada ganada|cierre ganado|ganado";

const SALESFORCE: System = System {
    quirks: Quirks {
        key: "salesforce",
        label: "Salesforce",
        rules: &[rule!(
            Verdict::NoOrder("deals that are not won"),
            On::Header("stage") => Is::NotWord(WON)
        )],
        row_ids: "opportunity id",
        note: "Only won opportunities count as orders.",
        ..PLAIN
    },
    signatures: &[
        "opportunity owner|account name|opportunity name|stage|amount|close date",
        "opportunity owner|account name|opportunity name|stage|total amount|close date",
        "account name|opportunity name|stage|fiscal period|opportunity id|close date",
    ],
    roles: &[
        ("opportunity id", Role::Order),
        ("opportunity name", Role::Order),
        ("account name", Role::Account),
        ("parent account", Role::Parent),
        ("close date", Role::Date),
        ("amount", Role::Revenue),
        ("total amount", Role::Revenue),
        ("amount currency", Role::Currency),
        ("total amount currency", Role::Currency),
        ("stage", Role::Status),
        ("opportunity owner", Role::Salesperson),
        ("industry", Role::Segment),
        ("partner account", Role::Partner),
        ("type", Role::Stream),
    ],
    ignore: "created date|fiscal period|probability %|age",
};

/// Headers of the column that says whether a deal is won, whatever its stage is called.
const IS_WON: &str = "is closed won|hs is closed won";

const HUBSPOT: System = System {
    quirks: Quirks {
        key: "hubspot",
        label: "HubSpot",
        rules: &[
            rule!(
                Verdict::NoOrder("deals that are not won"),
                On::Header(IS_WON) => Is::Exactly("false|no|0|")
            ),
            Rule {
                tests: &[Test {
                    on: On::Header("deal stage|dealstage"),
                    is: Is::NotWord(WON),
                }],
                unless: IS_WON,
                then: Verdict::NoOrder("deals that are not won"),
            },
        ],
        row_ids: "record id|deal id|hs object id",
        note: "Only deals closed as won count, each once, whatever the rows of its history.",
        ..PLAIN
    },
    signatures: &[
        "record id|deal name|deal stage|amount|deal owner|close date|create date|pipeline",
        "dealname|dealstage|amount|closedate|pipeline",
    ],
    roles: &[
        ("record id", Role::Order),
        ("deal id", Role::Order),
        ("hs object id", Role::Order),
        ("deal name", Role::Order),
        ("dealname", Role::Order),
        ("associated company", Role::Account),
        ("associated company primary", Role::Account),
        ("company name", Role::Account),
        ("close date", Role::Date),
        ("closedate", Role::Date),
        ("amount", Role::Revenue),
        ("currency", Role::Currency),
        ("deal currency code", Role::Currency),
        ("deal stage", Role::Status),
        ("dealstage", Role::Status),
        ("deal owner", Role::Salesperson),
        ("deal type", Role::Stream),
        ("industry", Role::Segment),
    ],
    ignore: "create date|createdate|last activity date|associated company ids|pipeline",
};

const PARTNERSTACK: System = System {
    quirks: Quirks {
        key: "partnerstack",
        label: "PartnerStack",
        rules: &[rule!(
            Verdict::NoOrder("transactions not approved"),
            On::Header("approved") => Is::Exactly("false|no|declined")
        )],
        row_ids: "key|transaction key",
        note: "PartnerStack's amount_usd is in US dollars at its own rate; the amount as charged was read.",
        ..PLAIN
    },
    signatures: &[
        "customer key|amount|amount usd|approved|category key|product key|currency|created at",
        "customer name|transaction amount|reward amount|created",
    ],
    roles: &[
        ("key", Role::Order),
        ("transaction key", Role::Order),
        ("customer name", Role::Account),
        ("customer key", Role::Account),
        ("customer email", Role::Email),
        ("amount", Role::Revenue),
        ("transaction amount", Role::Revenue),
        ("currency", Role::Currency),
        ("created at", Role::Date),
        ("created", Role::Date),
        ("product key", Role::Item),
        ("category key", Role::Stream),
        ("partner", Role::Partner),
        ("partner name", Role::Partner),
        ("partner key", Role::Partner),
        ("partnership key", Role::Partner),
    ],
    ignore: "amount usd|reward amount|approved|updated at",
};

const PARTNERSTACK_PARTNERS: System = System {
    quirks: Quirks {
        key: "partnerstack_partners",
        label: "PartnerStack's list of partners",
        note: "This is a list of partners, not of orders: export transactions instead.",
        ..PLAIN
    },
    signatures: &["partner|owner|group|signups|paid customers|revenue|last active|signed up"],
    roles: &[("partner", Role::Partner)],
    ignore: "owner|group|signups|paid customers|revenue|last active|signed up",
};
