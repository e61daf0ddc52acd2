//! Shop systems and payment services.

use super::*;

#[test]
fn shopify_states_totals_on_the_first_line_only() {
    let read = read("shopify.csv");
    read.check(
        Some("shopify"),
        &[
            (Order, "Name"),
            (Account, "Billing Company"),
            (Email, "Email"),
            (Date, "Created at"),
            (Currency, "Currency"),
            (Quantity, "Lineitem quantity"),
            (Price, "Lineitem price"),
            (ListPrice, "Lineitem compare at price"),
            (Discount, "Lineitem discount"),
            (Item, "Lineitem sku"),
            (Refunded, "Refunded Amount"),
            (Status, "Financial Status"),
            (Paid, "Paid at"),
            (Delivered, "Fulfilled at"),
        ],
        &[("line", 3), ("cancelled or voided orders", 2)],
    );
    assert!(quirks(&read.layout).fill_down.contains(&Account));
    assert!(quirks(&read.layout).once_per_order.contains(&Refunded));
}

#[test]
fn woocommerce_packs_items() {
    let read = read("woocommerce.csv");
    read.check(
        Some("woocommerce"),
        &[
            (Order, "order_number_formatted"),
            (Date, "date"),
            (Account, "billing_company"),
            (Email, "billing_email"),
            (Status, "status"),
            (Item, "order_item: product"),
            (Quantity, "order_item: quantity"),
            (Revenue, "order_item: amount"),
        ],
        &[("line", 3), ("cancelled or voided orders", 1)],
    );
    assert_eq!(
        read.lines(),
        [
            ("Orbit Tooling", "30"),
            ("Orbit Tooling", "30"),
            ("Orbit Tooling", "45.5")
        ]
    );
}

#[test]
fn stripe_lists_failed_payments() {
    let read = read("stripe.csv");
    read.check(
        Some("stripe"),
        &[
            (Order, "id"),
            (Date, "Created (UTC)"),
            (Total, "Amount"),
            (Tax, "Tax"),
            (Refunded, "Amount Refunded"),
            (Currency, "Currency"),
            (Status, "Status"),
            (Account, "Customer Description"),
            (Email, "Customer Email"),
            (Item, "Description"),
        ],
        &[("line", 3), ("failed or uncaptured payments", 2)],
    );
    assert_eq!(quirks(&read.layout).row_ids, "id");
    assert_eq!(read.lines()[0], ("Kestrel Robotics", "1200"));
}
