//! The figures of the boards: promise, order size, spikes, effort, learning (S30, S29, S32, S12,
//! S14).

use crate::value::Timing;
use crate::value::methods::{Outlook, l7_horizon};

use super::breaks::list_price;
use super::deal::Deal;
use super::figures::Core;
use super::guard::{chance_of_late, learning_saved};
use super::limits::{outlook, points, return_for};
use super::writer::{Words, Writer};

/// Weeks of a year.
const WEEKS: f64 = 52.0;

impl Deal {
    pub(super) fn write_boards(&self, out: &mut Writer, core: &Core) {
        self.write_promise(out, core);
        self.write_order_size(out, core);
        self.write_spikes(out, core);
        self.write_effort(out, core);
        self.write_learning(out);
    }

    /// S30: what a promise that fails would cost.
    fn write_promise(&self, out: &mut Writer, core: &Core) {
        let inputs = &self.inputs;
        let load = self.terms.pieces_a_year / WEEKS;
        out.float("deal_week_load", load);
        let capacity = inputs.deal_capacity.float();
        let known = capacity > 0.0;
        let late = chance_of_late(
            load,
            capacity,
            inputs.deal_spread.fraction(),
            inputs.deal_lead_weeks.float(),
        );
        let fail = 1.0 - (1.0 - late) * (1.0 - inputs.deal_miss.fraction());
        let churn = inputs
            .deal_churn
            .fraction()
            .min(self.terms.retention_per_year);
        let failed = inputs.deal_rework.float()
            + inputs.deal_expedite.float()
            + core.margin_today.max(0.0) * churn;
        let unknown = "Enter the capacity of a week. Until then only the floor price is checked.";
        let only = |value: f64| known.then_some(value);
        out.maybe("deal_late", only(100.0 * late), unknown);
        out.maybe("deal_fail", only(100.0 * fail), unknown);
        out.maybe("deal_fail_cost", only(fail * failed), unknown);
        out.maybe("deal_net_value", only(core.npv - fail * failed), unknown);
    }

    /// S29: many orders that come again against few large ones that do not.
    fn write_order_size(&self, out: &mut Writer, core: &Core) {
        let (inputs, terms) = (&self.inputs, &self.terms);
        let each = terms.order_cost / terms.order_pieces();
        out.float("deal_order_cost", terms.unit_cost + each);
        let yearly = terms.pieces_a_year * core.unit - terms.orders_a_year * terms.order_cost;
        out.float("deal_many_value", yearly * core.multiple);
        let pieces = inputs.deal_large_pieces.float();
        let list = list_price(&terms.breaks, terms.break_rule, terms.list, pieces);
        let unit = terms.unit_at(list * (1.0 - terms.discount_off_list));
        out.float("deal_large_unit", unit);
        let waiting = match terms.timing {
            Timing::End => 1.0,
            Timing::Start => 0.0,
            Timing::Mid | Timing::Monthly => 0.5,
        };
        let orders = inputs.deal_large_orders.float();
        let large = orders * (pieces * unit - terms.order_cost)
            / libm::pow(1.0 + terms.discount_per_year, waiting);
        out.float("deal_large_value", large);
        out.breaks(
            "deal_break_return",
            return_for(terms, yearly, large),
            100.0,
            &Words {
                least: 0.0,
                always: "Even if they came for one year only, the many orders would be worth more.",
                never: "Not even orders that come again for sure are worth as much.",
            },
        );
    }

    /// S32: what stock or capacity held ready is worth.
    fn write_spikes(&self, out: &mut Writer, core: &Core) {
        let inputs = &self.inputs;
        let demand = inputs.deal_spike_months.float() * inputs.deal_spike_pieces.float();
        out.float("deal_spike_demand", demand);
        let filled = inputs.deal_fill_buffer.fraction() - inputs.deal_fill.fraction();
        let kept = inputs.deal_spike_loss.fraction() * core.margin_today.max(0.0);
        let value = filled * (demand * core.unit + kept) - inputs.deal_buffer_cost.float();
        out.maybe(
            "deal_buffer_value",
            (demand > 0.0).then_some(value),
            "There are no months of high demand.",
        );
    }

    /// S12: a budget for quotes, or for the accounts there are.
    fn write_effort(&self, out: &mut Writer, core: &Core) {
        let inputs = &self.inputs;
        let budget = inputs.deal_budget.float();
        let quote = inputs.deal_quote_cost.float();
        let won = inputs.deal_win.fraction() * core.npv;
        let free = "A quote costs nothing, so the budget buys any number of them.";
        let acquire = (quote > 0.0).then(|| budget / quote * won - budget);
        out.maybe("deal_acquire", acquire, free);
        let rate = (core.npv > 0.0).then(|| 100.0 * quote / core.npv);
        let lost = "The deal is worth nothing, so no win rate pays.";
        out.maybe("deal_break_win", rate, lost);
        if rate.is_some_and(|rate| rate > 100.0) {
            out.note("deal_break_win", "Not even winning every quote pays.");
        }
        let gain = |more: f64| self.kept_better(more) - budget;
        out.float("deal_keep", gain(inputs.deal_kept.fraction()));
        let room = 1.0 - self.shared.retention.fraction();
        if inputs.deal_kept.fraction() > room {
            out.note(
                "deal_keep",
                "More than all cannot stay: counted up to 100 %.",
            );
        }
        out.breaks(
            "deal_break_kept",
            points(room, gain),
            100.0,
            &Words {
                least: 0.0,
                always: "The budget is 0: any better retention pays.",
                never: "Not even keeping every account brings the budget back.",
            },
        );
    }

    /// What more points of retention of the accounts there are bring.
    fn kept_better(&self, more: f64) -> f64 {
        let now = self.shared.retention.fraction();
        let at = |retention_per_year: f64| {
            l7_horizon::multiple(&Outlook {
                retention_per_year,
                growth_per_year: 0.0,
                ..outlook(&self.terms)
            })
        };
        self.inputs.deal_base.float() * (at((now + more).min(1.0)) - at(now))
    }

    /// S14: what repeats make cheaper.
    fn write_learning(&self, out: &mut Writer) {
        let (inputs, terms) = (&self.inputs, &self.terms);
        let learned = learning_saved(terms, inputs.deal_learning.fraction());
        out.float("deal_learning_saved", learned);
        let shift = match terms.timing {
            Timing::End => 0.0,
            Timing::Start => 1.0,
            Timing::Mid | Timing::Monthly => 0.5,
        };
        let year = |t: f64| {
            libm::pow(terms.retention_per_year, t - 1.0)
                / libm::pow(1.0 + terms.discount_per_year, t - shift)
        };
        let later: f64 = (2..=terms.horizon_years).map(|t| year(f64::from(t))).sum();
        let days = f64::from(inputs.deal_days_saved.get());
        let spared = inputs.deal_requalify.float()
            + terms.orders_a_year * days * inputs.deal_day_cost.float();
        out.float("deal_staying", learned + spared * later);
    }
}
