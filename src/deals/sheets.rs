//! The tables of a deal: its cash year by year, its price breaks, its order sizes.

use rust_decimal::Decimal;

use crate::base::Unit;
use crate::metrics::{Cell, Exactness, Number, Sheet};
use crate::value::sheets::cells::{column, count, empty, float, text};

use super::breaks::{inversions, total};
use super::deal::Deal;
use super::inputs::BreakRule;
use super::promised::Promised;
use super::terms::Terms;

/// Orders a year that are shown for comparison.
const ORDERS: [f64; 7] = [1.0, 2.0, 4.0, 6.0, 12.0, 24.0, 52.0];

impl Deal {
    /// All tables.
    pub fn sheets(&self) -> Vec<Sheet> {
        vec![
            self.flows_sheet(),
            self.breaks_sheet(),
            self.totals_sheet(),
            self.orders_sheet(),
            self.offer_sheet(),
            self.spend_sheet(),
        ]
    }

    /// The expected cash of each year.
    pub fn flows_sheet(&self) -> Sheet {
        let (terms, flows) = (&self.terms, self.terms.flows());
        let rate = terms.discount_per_year;
        let today: Vec<f64> = flows
            .times()
            .zip(&flows.later)
            .map(|(years, flow)| flow * libm::pow(1.0 + rate, -years))
            .collect();
        let size = if flows.step_years < 1.0 { 12 } else { 1 };
        let mut sums = (flows.start, flows.start);
        let row = |name: String, alive: f64, flow: f64, sums: (f64, f64)| {
            let shown = |value| float(value, Exactness::Estimated, "");
            let alive = float(100.0 * alive, Exactness::Estimated, "");
            vec![text(name), alive, shown(flow), shown(sums.0), shown(sums.1)]
        };
        let mut rows = vec![row("Start".into(), 1.0, flows.start, sums)];
        let mut alive = 1.0;
        let years = flows.later.chunks(size).zip(today.chunks(size));
        for (year, (paid, today)) in (1_u32..).zip(years) {
            let flow: f64 = paid.iter().sum();
            sums = (sums.0 + flow, sums.1 + today.iter().sum::<f64>());
            rows.push(row(format!("Year {year}"), alive, flow, sums));
            alive *= terms.retention_per_year;
        }
        let columns = vec![
            column("year", "Year", Unit::Text, ""),
            column(
                "alive",
                "Still runs",
                Unit::Percent,
                "The chance that the deal runs at the start of the year.",
            ),
            column(
                "flow",
                "In the year",
                Unit::Money,
                "What is expected to come in, less what goes out.",
            ),
            column("sum", "Sum", Unit::Money, "Of all years so far."),
            column(
                "sum_discounted",
                "Sum, discounted",
                Unit::Money,
                "Each flow as worth today.",
            ),
        ];
        Sheet {
            key: "deal_flows".into(),
            title: "Cash of the deal".into(),
            caption: "What is laid out at the start, then what each year is expected to leave, counted with the chance that the deal still runs. Where a sum turns positive, the deal has paid back.".into(),
            columns,
            rows,
        }
    }

    /// Each price break with what its smallest and largest order cost and leave.
    fn breaks_sheet(&self) -> Sheet {
        const KEY: &str = "deal_breaks";
        const TITLE: &str = "Price breaks";
        let inputs = &self.inputs;
        let tiers = inputs.deal_breaks.tiers();
        let Some(promised) = Promised::of(self).filter(|_| !tiers.is_empty()) else {
            return empty(
                KEY,
                TITLE,
                "One list price holds for every quantity. Enter price breaks to compare them, as in 1-99: 13; 100-499: 12.4; 500+: 12.",
            );
        };
        let zones = inversions(&inputs.deal_breaks);
        let exact = |amount: Option<Decimal>| match amount {
            Some(amount) => Cell::Number(Number::Exact(amount), Exactness::Exact),
            None => Cell::Empty("Out of range.".into()),
        };
        let rows = tiers.iter().enumerate().map(|(at, tier)| {
            let next = tiers.get(at + 1).map(|next| next.from);
            let name = match next {
                Some(next) if next - 1 == tier.from => tier.from.to_string(),
                Some(next) => format!("{} to {}", tier.from, next - 1),
                None => format!("{} and more", tier.from),
            };
            let order = |rule| total(&inputs.deal_breaks, rule, tier.from.into());
            let unit = promised.unit_at(self, tier.price);
            let zone = zones.iter().find(|zone| Some(zone.cheaper_at) == next);
            let zone = zone.filter(|_| inputs.deal_break_rule == BreakRule::AllUnits);
            let warning = zone.map_or_else(String::new, |zone| {
                format!(
                    "{} pieces cost less in total than {} to {}.",
                    zone.cheaper_at, zone.from, zone.to
                )
            });
            vec![
                text(name),
                exact(Some(tier.price)),
                exact(unit),
                exact(order(BreakRule::AllUnits)),
                exact(order(BreakRule::Incremental)),
                text(warning),
            ]
        });
        Sheet {
            key: KEY.into(),
            title: TITLE.into(),
            caption: "What the smallest order of each step costs at list if the price holds for all units, and step by step. Where all units have the price reached, a few pieces more can cost less in total.".into(),
            columns: vec![
                column("pieces", "Pieces", Unit::Text, "Of one order."),
                column("price", "List price", Unit::MoneyPerPiece, "Of a piece."),
                column("unit", "A piece leaves", Unit::MoneyPerPiece, "Contribution of a piece at this list price."),
                column("all_units", "Order, all units", Unit::Money, "The smallest order of the step, every piece at its price."),
                column("incremental", "Order, step by step", Unit::Money, "The same order, each piece at the price of its own step."),
                column("warning", "Beware", Unit::Text, "Where buying more costs less in total."),
            ],
            rows: rows.collect(),
        }
    }

    /// Order totals over quantities, for the chart: both rules, and where a larger order costs less,
    /// what that costs.
    fn totals_sheet(&self) -> Sheet {
        let breaks = &self.inputs.deal_breaks;
        let zones = inversions(breaks);
        let last = breaks.tiers().last().map_or(0, |tier| tier.from);
        let mut at: Vec<u32> = Vec::new();
        let end = last.saturating_add((last / 4).max(1));
        if last > 0 {
            let step = (end / 24).max(1);
            at.extend(
                (0..=24)
                    .filter_map(|i: u32| step.checked_mul(i))
                    .filter(|q| (1..=end).contains(q)),
            );
        }
        at.extend(zones.iter().flat_map(|zone| [zone.from, zone.to]));
        at.extend(breaks.tiers().iter().map(|tier| tier.from));
        at.sort_unstable();
        at.dedup();
        let amount = |rule, pieces: u32| match total(breaks, rule, pieces.into()) {
            Some(amount) => Cell::Number(Number::Exact(amount), Exactness::Exact),
            None => Cell::Empty("Out of range.".into()),
        };
        let rows = at.into_iter().map(|pieces| {
            let zone = zones
                .iter()
                .find(|zone| (zone.from..=zone.to).contains(&pieces));
            vec![
                count(pieces),
                amount(BreakRule::AllUnits, pieces),
                amount(BreakRule::Incremental, pieces),
                zone.map_or_else(
                    || Cell::Empty("No larger order costs less.".into()),
                    |zone| amount(BreakRule::AllUnits, zone.cheaper_at),
                ),
            ]
        });
        Sheet {
            key: "deal_totals".into(),
            title: "What an order costs".into(),
            caption: "At list, by pieces. Shaded: a larger order costs less in total.".into(),
            columns: vec![
                column("pieces", "Pieces", Unit::Pieces, ""),
                column("all_units", "All units", Unit::Money, ""),
                column("incremental", "Step by step", Unit::Money, ""),
                column("cheaper", "The next break costs", Unit::Money, ""),
            ],
            rows: rows.collect(),
        }
    }

    /// The same yearly volume in fewer and more orders.
    fn orders_sheet(&self) -> Sheet {
        let terms = &self.terms;
        let mut orders = ORDERS.to_vec();
        orders.push(terms.orders_a_year);
        orders.retain(|orders| *orders <= terms.pieces_a_year);
        orders.sort_unstable_by(f64::total_cmp);
        orders.dedup();
        let shown = |value| float(value, Exactness::Estimated, "");
        let rows = orders.into_iter().map(|orders_a_year| {
            let other = Terms {
                orders_a_year,
                ..*terms
            };
            let price = other.price();
            let contribution = other.contribution_at(price);
            let revenue = price * other.pieces_a_year;
            vec![
                text(
                    if orders_a_year.to_bits() == terms.orders_a_year.to_bits() {
                        format!("{orders_a_year} (the deal)")
                    } else {
                        orders_a_year.to_string()
                    },
                ),
                shown(other.order_pieces()),
                shown(other.list_price()),
                shown(other.unit_cost + other.order_cost / other.order_pieces()),
                shown(contribution),
                float(
                    100.0 * contribution / revenue,
                    Exactness::Estimated,
                    "The piece is free.",
                ),
                shown(other.npv()),
            ]
        });
        Sheet {
            key: "deal_orders".into(),
            title: "Order size".into(),
            caption: "The same yearly volume in fewer and in more orders: what handling them costs, what price breaks give away, and what the deal is worth then.".into(),
            columns: vec![
                column("orders", "Orders a year", Unit::Text, ""),
                column("pieces", "Pieces of an order", Unit::Pieces, ""),
                column("price", "List price", Unit::MoneyPerPiece, "Under the price breaks."),
                column("cost", "Cost with the order", Unit::MoneyPerPiece, "Unit cost, and the piece's share of handling the order."),
                column("contribution", "Contribution", Unit::MoneyPerYear, "Of a year."),
                column("margin", "Margin", Unit::Percent, "Contribution over revenue."),
                column("npv", "Worth of the deal", Unit::Money, "Net present value."),
            ],
            rows: rows.collect(),
        }
    }
}
