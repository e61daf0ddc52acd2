//! L9, contribution detail: the yearly margin built from a piece,
//! `m = Q (P (1 - discount) - C - F) - S - K`, then valued over the horizon as in L7.

use rust_decimal::Decimal;

use crate::base::Money;

/// One account's or deal's year in pieces. Amounts are in the base currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Detail {
    /// Pieces per year.
    pub pieces_per_year: Decimal,
    /// List price of a piece.
    pub list_price: Money,
    /// On-invoice discount as a fraction of the list price.
    pub discount_share: Decimal,
    /// Cost of goods of a piece.
    pub cost_per_piece: Money,
    /// Freight we bear for a piece.
    pub freight_per_piece: Money,
    /// Cost to serve per year.
    pub service_per_year: Money,
    /// Tool maintenance per year.
    pub maintenance_per_year: Money,
}

impl Detail {
    /// Invoice price of a piece; `None` where an amount leaves the decimal range.
    pub fn invoice_price(&self) -> Option<Money> {
        let kept = Decimal::ONE.checked_sub(self.discount_share)?;
        self.list_price.times(kept).ok()
    }

    /// What a piece contributes: invoice price less cost and freight.
    pub fn unit_contribution(&self) -> Option<Money> {
        let after_cost = self.invoice_price()?.sub(self.cost_per_piece).ok()?;
        after_cost.sub(self.freight_per_piece).ok()
    }

    /// Revenue per year.
    pub fn revenue_per_year(&self) -> Option<Money> {
        self.invoice_price()?.times(self.pieces_per_year).ok()
    }

    /// Contribution per year.
    pub fn margin_per_year(&self) -> Option<Money> {
        let pieces = self.unit_contribution()?.times(self.pieces_per_year).ok()?;
        let served = pieces.sub(self.service_per_year).ok()?;
        served.sub(self.maintenance_per_year).ok()
    }
}

/// Tooling as a charge on each piece over the tool's life: tooling / pieces the tool makes.
/// `None` for a life of no pieces.
///
/// ```
/// use perennial::base::Money;
/// use perennial::value::methods::l9_detail::piece_adder;
/// let adder = piece_adder(Money::parse("105000").unwrap(), 250_000.into()).unwrap();
/// assert_eq!(adder.to_string(), "0.42");
/// ```
pub fn piece_adder(tooling: Money, life_pieces: Decimal) -> Option<Money> {
    tooling.over(life_pieces)
}
