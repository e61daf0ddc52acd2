//! What a deal promises, in decimals: prices, the first year, what is laid out at the start. Every
//! operation is checked; `None` is an amount outside the decimal range.

use rust_decimal::Decimal;

use crate::base::Money;
use crate::value::methods::l9_detail::piece_adder;

use super::breaks;
use super::deal::Deal;
use super::inputs::ToolingBy;

/// Amounts in the base currency; shares as fractions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Promised {
    /// Pieces of an order, not rounded.
    pub order_pieces: Decimal,
    /// List price of a piece in such an order.
    pub list_price: Decimal,
    /// Invoice price.
    pub price: Decimal,
    /// The share of it that arrives.
    pub arriving: Decimal,
    /// Pocket price.
    pub pocket: Decimal,
    /// Contribution of a piece.
    pub unit: Decimal,
    /// Revenue of a year.
    pub revenue: Decimal,
    /// Cost to serve of a year.
    pub to_serve: Decimal,
    /// Contribution of a year.
    pub contribution: Decimal,
    /// Added to a piece for tooling.
    pub adder: Decimal,
    /// Laid out at the start.
    pub outlay: Decimal,
    /// What the further cut takes off a piece.
    pub cut: Decimal,
}

impl Promised {
    /// Works them out.
    pub fn of(deal: &Deal) -> Option<Self> {
        let inputs = &deal.inputs;
        let (volume, orders) = (inputs.deal_volume.exact(), inputs.deal_releases.exact());
        let order_pieces = volume.checked_div(orders)?;
        let list_price = list_price(deal, order_pieces)?;
        let price = off(list_price, inputs.deal_discount.exact_fraction())?;
        let days = Decimal::from(inputs.deal_terms.get());
        let waiting = days
            .checked_div(Decimal::from(365))?
            .checked_mul(deal.shared.capital.exact_fraction())?;
        let arriving = Decimal::ONE
            .checked_sub(inputs.deal_rebate.exact_fraction())?
            .checked_sub(waiting)?;
        let pocket = price
            .checked_mul(arriving)?
            .checked_sub(inputs.deal_freight.exact())?;
        let unit = pocket.checked_sub(inputs.deal_cost.exact())?;
        let to_serve = orders
            .checked_mul(inputs.deal_release_cost.exact())?
            .checked_add(inputs.deal_service.exact())?;
        let contribution = volume
            .checked_mul(unit)?
            .checked_sub(to_serve)?
            .checked_sub(inputs.deal_maintenance.exact())?;
        let tooling = match inputs.deal_tooling_by {
            ToolingBy::Customer => Decimal::ZERO,
            ToolingBy::Us | ToolingBy::Amortised => inputs.deal_tooling.exact(),
        };
        Some(Self {
            order_pieces,
            list_price,
            price,
            arriving,
            pocket,
            unit,
            revenue: volume.checked_mul(price)?,
            to_serve,
            contribution,
            adder: adder(deal)?,
            outlay: inputs.deal_cac.exact().checked_add(tooling)?,
            cut: list_price.checked_mul(inputs.deal_cut.exact_fraction())?,
        })
    }

    /// What a piece leaves at another list price.
    pub fn unit_at(&self, deal: &Deal, list: Decimal) -> Option<Decimal> {
        off(list, deal.inputs.deal_discount.exact_fraction())?
            .checked_mul(self.arriving)?
            .checked_sub(deal.inputs.deal_freight.exact())?
            .checked_sub(deal.inputs.deal_cost.exact())
    }
}

/// The list price of a piece in an order of so many pieces.
pub fn list_price(deal: &Deal, pieces: Decimal) -> Option<Decimal> {
    let inputs = &deal.inputs;
    if inputs.deal_breaks.tiers().is_empty() {
        return Some(inputs.deal_list.exact());
    }
    breaks::price(&inputs.deal_breaks, inputs.deal_break_rule, pieces)
}

fn off(price: Decimal, share: Decimal) -> Option<Decimal> {
    price.checked_mul(Decimal::ONE.checked_sub(share)?)
}

fn adder(deal: &Deal) -> Option<Decimal> {
    let inputs = &deal.inputs;
    if inputs.deal_tooling_by != ToolingBy::Amortised {
        return Some(Decimal::ZERO);
    }
    let tooling = Money::new(inputs.deal_tooling.exact());
    let maintenance = Money::new(inputs.deal_maintenance.exact());
    let tooling = piece_adder(tooling, inputs.deal_tool_pieces.exact())?;
    let maintenance = piece_adder(maintenance, inputs.deal_volume.exact())?;
    Some(tooling.add(maintenance).ok()?.amount())
}
