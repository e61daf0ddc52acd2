//! The deal desk: it needs assumptions, and no orders.

use crate::assumptions::{Resolved, Used};
use crate::deals::{Deal, ToolingBy};

use super::protocol::DealResult;

/// Everything about the deal that the assumptions describe; in `used`, what moves nothing of it now is
/// marked.
#[inline(never)]
pub(super) fn of(used: &mut [Used], resolved: &Resolved) -> DealResult {
    let deal = Deal::read(resolved);
    disable(used, &deal);
    DealResult {
        figures: deal.figures(),
        approval: deal.approval(),
        sheets: deal.sheets(),
    }
}

/// Marks the assumptions that move no figure of the deal now, with the reason.
fn disable(used: &mut [Used], deal: &Deal) {
    let inputs = &deal.inputs;
    let breaks = !inputs.deal_breaks.tiers().is_empty();
    let amortised = inputs.deal_tooling_by == ToolingBy::Amortised;
    let spikes = inputs.deal_spike_months.float() > 0.0;
    let calm = "There are no months of high demand.";
    let known = inputs.deal_capacity.float() > 0.0;
    let unknown = "The capacity of a week is not known.";
    for (key, works, reason) in [
        ("deal_list", !breaks, "Price breaks say what a piece costs."),
        ("deal_break_rule", breaks, "There are no price breaks."),
        (
            "deal_tool_pieces",
            amortised,
            "The tooling is not paid with the pieces.",
        ),
        (
            "deal_terms",
            deal.terms.capital_per_year > 0.0,
            "The cost of capital for terms is 0.",
        ),
        ("deal_lead_weeks", known, unknown),
        ("deal_spread", known, unknown),
        ("deal_spike_pieces", spikes, calm),
        ("deal_fill", spikes, calm),
        ("deal_fill_buffer", spikes, calm),
        ("deal_spike_loss", spikes, calm),
        ("deal_buffer_cost", spikes, calm),
    ] {
        let named = used.iter_mut().filter(|used| !works && used.key == key);
        for one in named {
            one.disabled = Some(reason.to_owned());
        }
    }
}
