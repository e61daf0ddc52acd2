//! The floating-point core of a deal: plain numbers in, cash flows and present value out.
//!
//! Shares and rates are fractions (15 % is 0.15); money is in the base currency. Everything here is
//! a few dozen operations a year, so that a simulation can call it many thousands of times.
//! Formulas: L7 to L9 (finite horizon, first year certain, margin growth, contribution from one
//! piece), S27.

use crate::assumptions::{PriceBreaks, Resolved};
use crate::value;
use crate::value::Timing;

use super::breaks::list_price;
use super::flows::Flows;
use super::inputs::{BreakRule, Inputs, ToolingBy};

/// What the cash of a deal depends on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Terms {
    /// List price of a piece without price breaks.
    pub list: f64,
    /// Discount off list.
    pub discount_off_list: f64,
    /// Discount off invoice.
    pub rebate: f64,
    /// Price breaks.
    pub breaks: PriceBreaks,
    /// How they count.
    pub break_rule: BreakRule,
    /// Pieces a year.
    pub pieces_a_year: f64,
    /// Orders a year.
    pub orders_a_year: f64,
    /// Cost of an order.
    pub order_cost: f64,
    /// Cost to serve a year beside orders.
    pub service_a_year: f64,
    /// Unit cost.
    pub unit_cost: f64,
    /// Freight of a piece.
    pub freight: f64,
    /// Days from invoice to payment.
    pub terms_days: f64,
    /// Cost of capital for terms, per year.
    pub capital_per_year: f64,
    /// Tooling.
    pub tooling: f64,
    /// Who pays for it.
    pub tooling_by: ToolingBy,
    /// The pieces that pay for it.
    pub tool_pieces: f64,
    /// Tool maintenance a year.
    pub maintenance_a_year: f64,
    /// Cost of winning the deal.
    pub cac: f64,
    /// The chance to keep the deal for another year.
    pub retention_per_year: f64,
    /// Growth of the contribution.
    pub growth_per_year: f64,
    /// Discount rate.
    pub discount_per_year: f64,
    /// Years that count.
    pub horizon_years: u32,
    /// When within a year its money counts.
    pub timing: Timing,
}

impl Terms {
    /// The terms that assumptions say.
    pub fn read(resolved: &Resolved) -> Self {
        Self::of(&Inputs::read(resolved), &value::Inputs::read(resolved))
    }

    /// The terms of typed assumptions: the deal's own, and those shared with the value page.
    pub fn of(deal: &Inputs, shared: &value::Inputs) -> Self {
        Self {
            list: deal.deal_list.float(),
            discount_off_list: deal.deal_discount.fraction(),
            rebate: deal.deal_rebate.fraction(),
            breaks: deal.deal_breaks,
            break_rule: deal.deal_break_rule,
            pieces_a_year: deal.deal_volume.float(),
            orders_a_year: deal.deal_releases.float(),
            order_cost: deal.deal_release_cost.float(),
            service_a_year: deal.deal_service.float(),
            unit_cost: deal.deal_cost.float(),
            freight: deal.deal_freight.float(),
            terms_days: f64::from(deal.deal_terms.get()),
            capital_per_year: shared.capital.fraction(),
            tooling: deal.deal_tooling.float(),
            tooling_by: deal.deal_tooling_by,
            tool_pieces: deal.deal_tool_pieces.float(),
            maintenance_a_year: deal.deal_maintenance.float(),
            cac: deal.deal_cac.float(),
            retention_per_year: deal.deal_retention.fraction(),
            growth_per_year: deal.deal_growth.fraction(),
            discount_per_year: shared.discount.fraction(),
            horizon_years: shared.horizon.get(),
            timing: shared.timing,
        }
    }

    /// Sets one term by the key of its assumption, in the unit in which that is typed (15 is 15 %).
    /// Says whether there is such a number here: choices and price breaks are none.
    pub fn set(&mut self, key: &str, typed: f64) -> bool {
        let (term, scale) = match key {
            "deal_list" => (&mut self.list, 1.0),
            "deal_discount" => (&mut self.discount_off_list, 100.0),
            "deal_rebate" => (&mut self.rebate, 100.0),
            "deal_volume" => (&mut self.pieces_a_year, 1.0),
            "deal_releases" => (&mut self.orders_a_year, 1.0),
            "deal_release_cost" => (&mut self.order_cost, 1.0),
            "deal_service" => (&mut self.service_a_year, 1.0),
            "deal_cost" => (&mut self.unit_cost, 1.0),
            "deal_freight" => (&mut self.freight, 1.0),
            "deal_terms" => (&mut self.terms_days, 1.0),
            "capital" => (&mut self.capital_per_year, 100.0),
            "deal_tooling" => (&mut self.tooling, 1.0),
            "deal_tool_pieces" => (&mut self.tool_pieces, 1.0),
            "deal_maintenance" => (&mut self.maintenance_a_year, 1.0),
            "deal_cac" => (&mut self.cac, 1.0),
            "deal_retention" => (&mut self.retention_per_year, 100.0),
            "deal_growth" => (&mut self.growth_per_year, 100.0),
            "discount" => (&mut self.discount_per_year, 100.0),
            "horizon" => {
                self.horizon_years = whole(typed);
                return true;
            }
            _ => return false,
        };
        *term = typed / scale;
        true
    }

    /// Pieces of an order.
    pub fn order_pieces(&self) -> f64 {
        self.pieces_a_year / self.orders_a_year
    }

    /// The list price of a piece in an order of the usual size.
    pub fn list_price(&self) -> f64 {
        let pieces = self.order_pieces();
        list_price(&self.breaks, self.break_rule, self.list, pieces)
    }

    /// Invoice price of a piece.
    pub fn price(&self) -> f64 {
        self.list_price() * (1.0 - self.discount_off_list)
    }

    /// The share of the invoice price that arrives: without rebates and the cost of waiting.
    pub fn arriving(&self) -> f64 {
        1.0 - self.rebate - self.terms_days / 365.0 * self.capital_per_year
    }

    /// What a piece leaves at an invoice price.
    pub fn unit_at(&self, price: f64) -> f64 {
        price * self.arriving() - self.freight - self.unit_cost
    }

    /// Cost to serve a year: orders, and what does not depend on them.
    pub fn cost_to_serve(&self) -> f64 {
        self.orders_a_year * self.order_cost + self.service_a_year
    }

    /// Contribution of a year at an invoice price, without what is added for tooling.
    pub fn contribution_at(&self, price: f64) -> f64 {
        self.pieces_a_year * self.unit_at(price) - self.cost_to_serve() - self.maintenance_a_year
    }

    /// What is added to the price of a piece for tooling.
    pub fn adder(&self) -> f64 {
        match self.tooling_by {
            ToolingBy::Amortised => {
                self.tooling / self.tool_pieces + self.maintenance_a_year / self.pieces_a_year
            }
            ToolingBy::Us | ToolingBy::Customer => 0.0,
        }
    }

    /// Whether a year is worth its cost only by what is added for tooling, which ends once that is
    /// paid.
    pub fn is_carried_by_tooling(&self) -> bool {
        let year = self.contribution_at(self.price());
        year <= 0.0 && year + self.adder() * self.pieces_a_year.min(self.tool_pieces) > 0.0
    }

    /// The tooling that we lay out.
    pub const fn funded(&self) -> f64 {
        match self.tooling_by {
            ToolingBy::Us | ToolingBy::Amortised => self.tooling,
            ToolingBy::Customer => 0.0,
        }
    }

    /// What is laid out at the start.
    pub fn outlay(&self) -> f64 {
        self.cac + self.funded()
    }

    /// How many flows there are, the time of the first and between two, in years.
    fn calendar(&self) -> (u32, f64, f64) {
        let years = self.horizon_years;
        match self.timing {
            Timing::End => (years, 1.0, 1.0),
            Timing::Mid => (years, 0.5, 1.0),
            Timing::Start => (years, 0.0, 1.0),
            Timing::Monthly => (years.saturating_mul(12), 1.0 / 12.0, 1.0 / 12.0),
        }
    }

    /// The later flows in order, without keeping them.
    fn later(&self) -> impl Iterator<Item = f64> + use<> {
        let (count, _, step) = self.calendar();
        let steady = self.contribution_at(self.price()) * step;
        let added = self.adder() * self.pieces_a_year * step;
        // After so many flows the tooling is paid.
        let paid = self.tool_pieces / (self.pieces_a_year * step);
        let (kept, grown) = (self.retention_per_year, 1.0 + self.growth_per_year);
        let (kept, grown) = if step < 1.0 {
            (libm::pow(kept, step), libm::pow(grown, step))
        } else {
            (kept, grown)
        };
        let (mut alive, mut growth) = (1.0, 1.0);
        (0..count).map(move |at| {
            let share = (paid - f64::from(at)).clamp(0.0, 1.0);
            let flow = alive * (steady * growth + added * share);
            alive *= kept;
            growth *= grown;
            flow
        })
    }

    /// The expected cash flows.
    pub fn flows(&self) -> Flows {
        let (_, first_years, step_years) = self.calendar();
        Flows {
            start: -self.outlay(),
            later: self.later().collect(),
            first_years,
            step_years,
        }
    }

    /// Net present value, without keeping the flows.
    pub fn npv(&self) -> f64 {
        let (_, first, step) = self.calendar();
        let waiting = |years: f64| libm::pow(1.0 + self.discount_per_year, -years);
        let (mut factor, each) = (waiting(first), waiting(step));
        let mut sum = -self.outlay();
        for flow in self.later() {
            sum += flow * factor;
            factor *= each;
        }
        sum
    }

    /// Net present value and plain payback in years, without keeping the flows; no payback within
    /// the horizon is `None`.
    pub fn outcome(&self) -> (f64, Option<f64>) {
        let (_, first, step) = self.calendar();
        let waiting = |years: f64| libm::pow(1.0 + self.discount_per_year, -years);
        let (mut factor, each) = (waiting(first), waiting(step));
        let mut today = -self.outlay();
        let mut sum = today;
        let mut paid = (sum >= 0.0).then_some(0.0);
        let mut passed = 0.0;
        for flow in self.later() {
            today += flow * factor;
            factor *= each;
            let before = sum;
            sum += flow;
            if sum < 0.0 {
                paid = None;
            } else if before < 0.0 {
                paid = Some((passed - before / flow) * step);
            }
            passed += 1.0;
        }
        (today, paid)
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to the horizons there are"
)]
fn whole(years: f64) -> u32 {
    libm::round(years).clamp(1.0, 50.0) as u32
}
