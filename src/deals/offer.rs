//! What a customer may see of a deal: prices by quantity, and what is paid when. Nothing in here
//! depends on a cost of ours.

use rust_decimal::Decimal;

use crate::base::Unit;
use crate::metrics::{Cell, Exactness, Number, Sheet};
use crate::value::sheets::cells::{column, float, text};

use super::deal::Deal;
use super::inputs::{BreakRule, ToolingBy};

impl Deal {
    /// The price of a piece by the pieces of an order.
    pub fn offer_sheet(&self) -> Sheet {
        let inputs = &self.inputs;
        let kept = Decimal::ONE.checked_sub(inputs.deal_discount.exact_fraction());
        let row = |name: String, list: Decimal| {
            let price = kept.and_then(|kept| list.checked_mul(kept));
            let price = price.map(|price| price.round_dp(4).normalize());
            let cell = |amount: Option<Decimal>| match amount {
                Some(amount) => Cell::Number(Number::Exact(amount), Exactness::Exact),
                None => Cell::Empty("Out of range.".into()),
            };
            vec![text(name), cell(Some(list)), cell(price)]
        };
        let tiers = inputs.deal_breaks.tiers();
        let rows = if tiers.is_empty() {
            vec![row("Any".into(), inputs.deal_list.exact())]
        } else {
            let named = tiers.iter().enumerate().map(|(at, tier)| {
                let name = match tiers.get(at + 1) {
                    Some(next) => format!("{} to {}", tier.from, next.from - 1),
                    None => format!("{} and more", tier.from),
                };
                row(name, tier.price)
            });
            named.collect()
        };
        let caption = match inputs.deal_break_rule {
            _ if tiers.is_empty() => "One price for every quantity.",
            BreakRule::AllUnits => "The price reached holds for every piece of the order.",
            BreakRule::Incremental => "Each piece of an order has the price of its own step.",
        };
        Sheet {
            key: "deal_offer".into(),
            title: "Prices".into(),
            caption: caption.into(),
            columns: vec![
                column("pieces", "Pieces of an order", Unit::Text, ""),
                column("list", "List price", Unit::MoneyPerPiece, ""),
                column("price", "Your price", Unit::MoneyPerPiece, ""),
            ],
            rows,
        }
    }

    /// What the customer pays each year at the expected usage, and in all.
    pub fn spend_sheet(&self) -> Sheet {
        let (inputs, terms) = (&self.inputs, &self.terms);
        let start = match inputs.deal_tooling_by {
            ToolingBy::Customer => terms.tooling,
            ToolingBy::Us | ToolingBy::Amortised => 0.0,
        };
        let paid = terms.tool_pieces / terms.pieces_a_year;
        let mut sum = start;
        let shown = |value| float(value, Exactness::Estimated, "");
        let mut rows = vec![vec![text("Start"), shown(start), shown(sum)]];
        for year in 1..=terms.horizon_years {
            let share = (paid - f64::from(year - 1)).clamp(0.0, 1.0);
            let price = terms.price() * (1.0 - terms.rebate) + terms.adder() * share;
            let spent = price * terms.pieces_a_year;
            sum += spent;
            rows.push(vec![text(format!("Year {year}")), shown(spent), shown(sum)]);
        }
        Sheet {
            key: "deal_spend".into(),
            title: "What is paid".into(),
            caption: "At the expected pieces a year, tooling included where it is paid for.".into(),
            columns: vec![
                column("year", "Year", Unit::Text, ""),
                column("spent", "In the year", Unit::Money, ""),
                column("sum", "Sum", Unit::Money, ""),
            ],
            rows,
        }
    }
}
