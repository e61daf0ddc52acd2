//! The figures of a deal by metric key: price and first year, worth, limits.

use crate::base::counted;
use crate::metrics::Figures;
use crate::value::cash::{Payback, ltv_to_cac, payback_months, xirr, xnpv};

use super::deal::Deal;
use super::inputs::ToolingBy;
use super::limits::{self, multiple, volume_for_cut};
use super::promised::Promised;
use super::writer::{Words, Writer};

/// The numbers that several figures start from.
pub(super) struct Core {
    pub(super) unit: f64,
    pub(super) multiple: f64,
    pub(super) margin_today: f64,
    pub(super) npv: f64,
}

impl Deal {
    /// Every figure of the deal.
    pub fn figures(&self) -> Figures {
        let mut out = Writer::default();
        let terms = &self.terms;
        let flows = terms.flows();
        let margin_today = flows.later_today(terms.discount_per_year);
        let core = Core {
            unit: terms.unit_at(terms.price()),
            multiple: multiple(terms),
            margin_today,
            npv: flows.start + margin_today,
        };
        self.write_promised(&mut out);
        self.write_worth(&mut out, &core);
        self.write_limits(&mut out, &core);
        self.write_cut(&mut out, &core);
        self.write_boards(&mut out, &core);
        self.write_dated(&mut out);
        out.0
    }

    fn write_promised(&self, out: &mut Writer) {
        let found = Promised::of(self);
        let of = |pick: fn(&Promised) -> rust_decimal::Decimal| found.as_ref().map(pick);
        out.exact("deal_order_pieces", of(|p| p.order_pieces));
        out.exact("deal_list_price", of(|p| p.list_price));
        out.exact("deal_price", of(|p| p.price));
        out.exact("deal_pocket", of(|p| p.pocket));
        out.exact("deal_unit", of(|p| p.unit));
        out.exact("deal_revenue", of(|p| p.revenue));
        out.exact("deal_to_serve", of(|p| p.to_serve));
        out.exact("deal_contribution", of(|p| p.contribution));
        out.exact("deal_adder", of(|p| p.adder));
        out.exact("deal_outlay", of(|p| p.outlay));
        out.exact("deal_cut_price", of(|p| p.cut));
        let terms = &self.terms;
        let price = terms.price();
        let pocket = price * terms.arriving() - terms.freight;
        let unit = terms.unit_at(price);
        let free = "The piece is free: there is no price to take a share of.";
        let nothing = "Freight, rebates and terms leave no pocket price to take a share of.";
        let share = |part: f64, whole: f64| (whole > 0.0).then(|| 100.0 * part / whole);
        out.float("deal_arriving", 100.0 * terms.arriving());
        out.maybe(
            "deal_pocket_margin",
            share(unit, pocket),
            if price > 0.0 { nothing } else { free },
        );
        let gross = price * (1.0 - terms.rebate) - terms.unit_cost;
        out.maybe("deal_gross_margin", share(gross, price), free);
        out.maybe("deal_margin", self.margin().map(|m| 100.0 * m), free);
        if terms.contribution_at(price) <= 0.0 {
            out.note(
                "deal_contribution",
                if terms.is_carried_by_tooling() {
                    "Only what is added for tooling makes a year worth its cost."
                } else {
                    "Every year costs money."
                },
            );
        }
        out.float("deal_tool_years", terms.tool_pieces / terms.pieces_a_year);
        if terms.tooling_by != ToolingBy::Amortised {
            out.note(
                "deal_tool_years",
                "Nothing is added to the price for tooling now.",
            );
        }
        let smallest = terms.breaks.tiers().first();
        if smallest.is_some_and(|tier| f64::from(tier.from) > terms.order_pieces()) {
            out.note(
                "deal_list_price",
                "The order is below the smallest price break, whose price is taken.",
            );
        }
    }

    /// Contribution of a year over its revenue, as a fraction: what approval is decided by. None
    /// without a price.
    pub fn margin(&self) -> Option<f64> {
        let price = self.terms.price();
        let revenue = self.terms.pieces_a_year * price;
        (revenue > 0.0).then(|| self.terms.contribution_at(price) / revenue)
    }

    fn write_worth(&self, out: &mut Writer, core: &Core) {
        let terms = &self.terms;
        let flows = terms.flows();
        let rate = terms.discount_per_year;
        out.float("deal_multiple", core.multiple);
        let year = terms.contribution_at(terms.price());
        let added = match terms.tooling_by {
            ToolingBy::Amortised => core.margin_today - year * core.multiple,
            ToolingBy::Us | ToolingBy::Customer => 0.0,
        };
        out.float("deal_adder_today", added);
        let paid_after = terms.tool_pieces / terms.pieces_a_year;
        if added > 0.0 && paid_after > f64::from(terms.horizon_years) {
            out.note(
                "deal_adder_today",
                "The horizon ends before the tooling is paid: what is added later does not count.",
            );
        }
        out.float("deal_margin_today", core.margin_today);
        out.float("deal_npv", core.npv);
        out.rate("deal_irr", &flows.irr());
        let never = format!("Never within {}.", counted(&terms.horizon_years, "year"));
        for (key, payback) in [
            ("deal_payback", flows.payback()),
            ("deal_payback_discounted", flows.payback_discounted(rate)),
        ] {
            match payback {
                Payback::Never => out.maybe(key, None, &never),
                Payback::After { years, twice } => {
                    out.float(key, years);
                    if twice {
                        out.note(key, "The sum had been positive before and fell back.");
                    }
                }
            }
        }
        let ratio = ltv_to_cac(core.margin_today, terms.funded(), terms.cac);
        out.maybe(
            "deal_ltv_cac",
            ratio,
            "Winning the deal costs nothing: there is nothing to compare with.",
        );
        let carried = terms.is_carried_by_tooling();
        if year <= 0.0 {
            for key in ["deal_ltv_cac", "deal_npv"] {
                out.note(
                    key,
                    if carried {
                        "Once the tooling is paid, every further year costs money."
                    } else {
                        "The contribution of a year is not above 0: every further year costs money."
                    },
                );
            }
        }
        let months = payback_months(terms.cac, year);
        out.maybe(
            "deal_cac_months",
            months,
            if carried {
                "Never: without what is added for tooling, the contribution of a year is not above 0."
            } else {
                "Never: the contribution of a year is not above 0."
            },
        );
    }

    /// D1 for payments on certain days.
    fn write_dated(&self, out: &mut Writer) {
        let flows = self.inputs.deal_dated.flows();
        let none = "No dated flows are entered.";
        let worth = (!flows.is_empty()).then(|| xnpv(self.terms.discount_per_year, flows));
        out.maybe("deal_xnpv", worth, none);
        if flows.is_empty() {
            out.maybe("deal_xirr", None, none);
        } else {
            out.rate("deal_xirr", &xirr(flows));
        }
    }

    fn write_limits(&self, out: &mut Writer, core: &Core) {
        let terms = &self.terms;
        let floor = limits::floor_price(terms);
        let nothing = "Nothing of the invoice price arrives, so no price makes up for the costs.";
        out.maybe("deal_floor_price", floor, nothing);
        let list = terms.list_price();
        let largest = floor.map(|floor| 100.0 * (1.0 - floor / list));
        let largest = largest.filter(|share| *share >= 0.0);
        let why = match floor {
            Some(_) if list > 0.0 => {
                "None: even at the list price the deal is worth less than 0. The floor price says what it takes."
            }
            Some(_) => "The list price is 0: there is nothing to take a discount off.",
            None => nothing,
        };
        out.maybe("deal_max_discount", largest, why);
        if core.npv < 0.0 {
            out.note("deal_floor_price", "It is above the price of the deal.");
        }
        out.breaks(
            "deal_break_volume",
            limits::volume(terms),
            1.0,
            &Words {
                least: 0.0,
                always: "Any volume is enough.",
                never: if core.npv < 0.0 {
                    "No volume is enough: a piece leaves nothing, or costs that do not depend on volume are too high."
                } else {
                    "No volume is enough for good: at the price of the largest orders a piece leaves nothing."
                },
            },
        );
        out.breaks(
            "deal_break_retention",
            limits::retention(terms),
            100.0,
            &Words {
                least: 0.0,
                always: "Paid back within the first year: no later year is needed.",
                never: "Not even a deal that stays for sure is worth anything.",
            },
        );
    }

    /// D2: what a further price cut costs, and the volume that would make up for it.
    fn write_cut(&self, out: &mut Writer, core: &Core) {
        let terms = &self.terms;
        let cut = terms.list_price() * self.inputs.deal_cut.fraction() * terms.arriving();
        let price = terms.price();
        let more = (price > 0.0).then(|| volume_for_cut(-cut / price, core.unit / price));
        let more = more.flatten();
        let impossible = if price > 0.0 {
            "No volume makes up for it: nothing would be left of a piece."
        } else {
            "The piece is free: there is no price to cut."
        };
        out.maybe("deal_cut_more", more.map(|share| 100.0 * share), impossible);
        let pieces = more.map(|share| terms.pieces_a_year * (1.0 + share));
        out.maybe("deal_cut_volume", pieces, impossible);
        let lost = cut * terms.pieces_a_year * core.multiple;
        out.float("deal_cut_npv", core.npv - lost);
    }
}
