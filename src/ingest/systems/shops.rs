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
        (Role::Order, "amazon order id"),
        (Role::Date, "purchase date"),
        (Role::Status, "order status"),
        (Role::Account, "buyer company name|buyer name"),
        (Role::Email, "buyer email"),
        (Role::Item, "sku|product name"),
        (Role::Quantity, "quantity"),
        (Role::Currency, "currency"),
        (Role::Revenue, "item price"),
        (Role::Discount, "item promotion discount"),
        (Role::Partner, "sales channel"),
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
        (Role::Order, "name"),
        (Role::Account, "billing company|billing name"),
        (Role::Email, "email"),
        (Role::Date, "created at"),
        (Role::Currency, "currency"),
        (Role::Quantity, "lineitem quantity"),
        (Role::Price, "lineitem price"),
        (Role::Discount, "lineitem discount"),
        (Role::ListPrice, "lineitem compare at price"),
        (Role::Item, "lineitem sku|lineitem name"),
        (Role::Refunded, "refunded amount"),
        (Role::Status, "financial status"),
        (Role::Paid, "paid at"),
        (Role::Delivered, "fulfilled at"),
        (Role::Salesperson, "employee"),
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
        whole: Whole::Rest {
            discount: "cart discount",
            shipping: "order shipping",
            tax: "order tax",
            total: "order total",
        },
        note: "WooCommerce packs the items of an order into cells; each was read as a line. A discount \
               on the cart is spread over them where they come to more than the order's total.",
        ..PLAIN
    },
    signatures: &[
        "\
            order id|order number|date|status|order shipping|order tax|order total|\
            payment method|customer user|billing company|billing email",
        "id|status|order date|billing email|billing first name|order total|completed date",
    ],
    roles: &[
        (
            Role::Order,
            "order number formatted|order number|order id|id",
        ),
        (Role::Date, "date|order date"),
        (Role::Account, "billing company"),
        (Role::Email, "billing email"),
        (Role::Status, "status"),
        (Role::Currency, "order currency"),
        (Role::Total, "order total"),
        (Role::Tax, "order tax"),
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
        (Role::Order, "id"),
        (Role::Date, "created utc"),
        (Role::Total, "amount"),
        (Role::Tax, "tax"),
        (Role::Refunded, "amount refunded"),
        (Role::Currency, "currency"),
        (Role::Status, "status"),
        (Role::Account, "customer description|customer id"),
        (Role::Email, "customer email"),
        (Role::Item, "description"),
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
        (Role::Order, "opportunity id|opportunity name"),
        (Role::Account, "account name"),
        (Role::Parent, "parent account"),
        (Role::Date, "close date"),
        (Role::Revenue, "amount|total amount"),
        (Role::Currency, "amount currency|total amount currency"),
        (Role::Status, "stage"),
        (Role::Salesperson, "opportunity owner"),
        (Role::Segment, "industry"),
        (Role::Partner, "partner account"),
        (Role::Stream, "type"),
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
        (
            Role::Order,
            "record id|deal id|hs object id|deal name|dealname",
        ),
        (
            Role::Account,
            "associated company|associated company primary|company name",
        ),
        (Role::Date, "close date|closedate"),
        (Role::Revenue, "amount"),
        (Role::Currency, "currency|deal currency code"),
        (Role::Status, "deal stage|dealstage"),
        (Role::Salesperson, "deal owner"),
        (Role::Stream, "deal type"),
        (Role::Segment, "industry"),
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
        (Role::Order, "key|transaction key"),
        (Role::Account, "customer name|customer key"),
        (Role::Email, "customer email"),
        (Role::Revenue, "amount|transaction amount"),
        (Role::Currency, "currency"),
        (Role::Date, "created at|created"),
        (Role::Item, "product key"),
        (Role::Stream, "category key"),
        (
            Role::Partner,
            "partner|partner name|partner key|partnership key",
        ),
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
    roles: &[(Role::Partner, "partner")],
    ignore: "owner|group|signups|paid customers|revenue|last active|signed up",
};
