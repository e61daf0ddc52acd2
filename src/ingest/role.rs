//! What a column of an order export can mean.

use serde::{Deserialize, Serialize};

use super::words::times;

/// How the cells of a column are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text, kept as written (trimmed).
    Text,
    /// A calendar date.
    Date,
    /// A decimal number.
    Number,
}

macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident = $key:literal, $label:literal, $kind:ident;)*) => {
        /// The meaning of one column.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Role { $($(#[$doc])* $name,)* }

        impl Role {
            /// Every role, in the order of the mapping screen.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The stable name used in project files.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key,)* }
            }

            /// The name on screen.
            pub const fn label(self) -> &'static str {
                match self { $(Self::$name => $label,)* }
            }

            /// Whether it says something of a sale that nothing but commission asks for: such a
            /// column needs a name of its own, and a cell that cannot be read costs no line.
            pub const fn is_fact(self) -> bool {
                matches!(
                    self,
                    Self::Delivered | Self::Paid | Self::PayDays | Self::TermMonths
                )
            }

            /// An amount of money.
            pub fn is_money(self) -> bool {
                let other = matches!(
                    self,
                    Self::Quantity | Self::DiscountPercent | Self::OrderCount
                );
                self.kind() == Kind::Number && !other
            }

            /// How many times its amounts a column means, by its header.
            pub fn times(self, header: &str) -> Option<i64> {
                let each = matches!(self, Self::Price | Self::ListPrice | Self::UnitCost);
                if self.is_money() {
                    times(header, each)
                } else {
                    None
                }
            }

            /// How its cells are read.
            pub const fn kind(self) -> Kind {
                match self { $(Self::$name => Kind::$kind,)* }
            }
        }
    };
}

roles! {
    /// Who ordered.
    Account = "account", "Account", Text;
    /// An e-mail address: names the account by its domain where no account column exists.
    Email = "email", "E-mail", Text;
    /// The group the account belongs to.
    Parent = "parent", "Parent account", Text;
    /// The plant or ship-to.
    Site = "site", "Site", Text;
    /// The order's number.
    Order = "order", "Order number", Text;
    /// The line's number within its order.
    Line = "line", "Line number", Text;
    /// The day of the order.
    Date = "date", "Order date", Date;
    /// The part ordered.
    Item = "item", "Item", Text;
    /// Pieces.
    Quantity = "quantity", "Quantity", Number;
    /// Net price of a piece.
    Price = "price", "Unit price", Number;
    /// List price of a piece, before discount.
    ListPrice = "list_price", "List price", Number;
    /// Net amount of the line.
    Revenue = "revenue", "Net revenue", Number;
    /// Amount with tax.
    Total = "total", "Amount with tax", Number;
    /// Tax contained in the total.
    Tax = "tax", "Tax", Number;
    /// On-invoice discount of the line, an amount.
    Discount = "discount", "Discount", Number;
    /// On-invoice discount of the line, a percentage.
    DiscountPercent = "discount_percent", "Discount %", Number;
    /// Off-invoice rebates and bonuses.
    Rebates = "rebates", "Rebates", Number;
    /// Freight we bear.
    Freight = "freight", "Freight", Number;
    /// Cost of goods of the line.
    Cost = "cost", "Cost of goods", Number;
    /// Cost of goods of a piece.
    UnitCost = "unit_cost", "Unit cost", Number;
    /// Gross profit of the line: revenue less cost.
    GrossProfit = "gross_profit", "Gross profit", Number;
    /// Tooling and dies we fund.
    Tooling = "tooling", "Tooling", Number;
    /// An amount given back on this order.
    Refunded = "refunded", "Refunded", Number;
    /// ISO 4217 code.
    Currency = "currency", "Currency", Text;
    /// Industry or customer group.
    Segment = "segment", "Segment", Text;
    /// Who sold it.
    Salesperson = "salesperson", "Salesperson", Text;
    /// The partner it came through.
    Partner = "partner", "Partner", Text;
    /// The stream of business: repeat parts, spares, service, tooling, ...
    Stream = "stream", "Stream", Text;
    /// The state or type of the order or document.
    Status = "status", "Status or type", Text;
    /// Production process.
    Process = "process", "Process", Text;
    /// Machine or work centre.
    Machine = "machine", "Machine", Text;
    /// Material or alloy.
    Material = "material", "Material", Text;
    /// The day on which it was delivered or invoiced.
    Delivered = "delivered", "Delivery date", Date;
    /// The day on which the customer paid.
    Paid = "paid", "Payment date", Date;
    /// Days the customer has to pay, such as 30 or "Net 30".
    PayDays = "pay_days", "Payment terms (days)", Text;
    /// Months of the contract, such as 36 or "3 years".
    TermMonths = "term_months", "Contract term (months)", Text;
    /// Account summaries: number of orders.
    OrderCount = "order_count", "Orders (count)", Number;
    /// Account summaries: day of the first order.
    FirstDate = "first_date", "First order", Date;
    /// Account summaries: day of the last order.
    LastDate = "last_date", "Last order", Date;
}
