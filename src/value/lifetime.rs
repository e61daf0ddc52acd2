//! The figures of one subject by metric key: methods, lifetime value, a new account, history.

use crate::base::counted;
use crate::metrics::{Exactness, WhyNot};

use super::cash::{
    Irr, Payback, irr, ltv_to_cac, npv, payback, payback_discounted, payback_months,
};
use super::estimates::{Kept, margin_seen};
use super::evaluation::{Evaluation, Subject};
use super::inputs::{Headline, ValueBasis};
use super::side_by_side::Side;
use super::subject::Gathered;
use super::writer::{Trust, Writer, ratio, why};

impl Evaluation<'_> {
    /// Writes every method's value and returns the headline's future value.
    pub(super) fn write_methods(
        &self,
        out: &mut Writer,
        sums: &Gathered,
        trust: &Trust,
    ) -> Result<f64, WhyNot> {
        let basis = self.inputs.basis;
        let expected = trust.expected(basis);
        let sides = Side::all(self, sums);
        let estimated = Exactness::Estimated;
        let retention = 100.0 * sums.retention(self);
        out.float("retention_used", retention, Exactness::Estimated);
        out.float("multiple", sums.multiple_over(self), estimated);
        let survival = self.multiple(Headline::L10, &self.outlook(0));
        out.maybe("multiple_l10", survival, estimated);
        for side in &sides {
            let exactness = match side.id {
                "L1" => trust.level(basis),
                "L9" => trust.expected(ValueBasis::Contribution),
                _ => expected,
            };
            out.costly(&side.id.to_lowercase(), side.value.clone(), exactness);
        }
        let ahead = sides.iter().filter(|s| s.id != "L1");
        let known: Vec<f64> = ahead
            .filter_map(|s| s.value.as_ref().ok().copied())
            .collect();
        let high = known.iter().copied().reduce(f64::max);
        let low = known.iter().copied().reduce(f64::min);
        let spread = high.zip(low).map(|(high, low)| high - low);
        out.maybe(
            "spread",
            spread.ok_or_else(|| WhyNot("No method can run.".into())),
            expected,
        );
        let chosen = sides
            .into_iter()
            .find(|s| s.headline == Some(self.inputs.method));
        match chosen {
            Some(side) if side.id != "L1" && sums.active > 0 => side.value,
            _ => Ok(0.0),
        }
    }

    /// Writes what the future value, or the lack of one, makes of a lifetime.
    pub(super) fn write_lifetime(
        &self,
        out: &mut Writer,
        sums: &Gathered,
        trust: &Trust,
        future: Result<f64, WhyNot>,
    ) {
        let basis = self.inputs.basis;
        let expected = trust.expected(basis);
        let accounts = f64::from(sums.whole.accounts);
        let cac = sums.cac;
        for (key, cost) in [
            ("cac_all", cac),
            ("cac_active", sums.cac_active),
            ("cac_new", sums.cac_new),
        ] {
            out.float(key, cost, Exactness::Estimated);
        }
        let none = "No account is active, so there is no average to expect.";
        let each = ratio(sums.cac_active, f64::from(sums.active), none);
        out.maybe("new_cac", each, Exactness::Estimated);
        let past = sums.total.level(basis).to_f64();
        let worth = future.clone().map(|f| past + f);
        let lifetime = worth.clone().map(|w| w - cac);
        out.costly("future_value", future, expected);
        out.costly("lifetime_value", lifetime.clone(), expected);
        let each = lifetime.clone();
        let each = each.and_then(|v| ratio(v, accounts, "There are no accounts."));
        out.costly("ltv_per_account", each, expected);
        let ahead = sums.hours_ahead(self);
        for (key, hours) in [
            ("hours", sums.hours),
            ("hours_year", sums.hours_year),
            ("hours_ahead", ahead),
        ] {
            out.float(key, hours, Exactness::Estimated);
        }
        let none = "Enter constraint hours per order in the assumptions, under Costs the data does not hold.";
        let an_hour = lifetime
            .clone()
            .and_then(|v| ratio(v, sums.hours + ahead, none));
        out.costly("ltv_per_hour", an_hour, expected);
        let zero = "Acquisition cost is 0: there is nothing to compare with.";
        let over = |w| ltv_to_cac(w, 0.0, cac).ok_or_else(|| WhyNot(zero.into()));
        out.costly("ltv_cac", worth.clone().and_then(over), expected);
        let first = sums.first_order.level(basis).to_f64();
        let initial = worth.and_then(|w| {
            if w > 0.0 {
                Ok(100.0 * first / w)
            } else {
                why("There is no lifetime value to take a share of.")
            }
        });
        out.costly("initial_share", initial, expected);
        out.costly("payback_months", months_to_earn(sums), expected);
    }

    /// Says beside the figures what a reader must know of them.
    pub(super) fn write_notes(&self, out: &mut Writer, subject: Subject, sums: &Gathered) {
        for key in ["future_value", "lifetime_value"] {
            out.note(key, self.headline_label());
        }
        if let Some(note) = self.curve_note() {
            out.note("l10", note);
        }
        if sums.is_mixed() {
            for key in [
                "retention_used",
                "multiple",
                "new_npv",
                "l3",
                "l4",
                "l5",
                "l6",
                "l8",
                "l9",
                "hours_ahead",
            ] {
                out.note(
                    key,
                    "Groups have a retention of their own: the formula is worked out in each and \
                     added up.",
                );
            }
        }
        if sums.expected_margin < 0.0 {
            for key in ["ltv_cac", "future_value"] {
                out.note(
                    key,
                    "The yearly margin is negative: every further year costs money.",
                );
            }
        }
        let Subject::Account(position) = subject else {
            return;
        };
        if let Some(note) = self.lapsed_note(position) {
            out.note("future_value", note.clone());
            out.note("lifetime_value", note);
        } else if sums.whole.total.sums.orders == 1 {
            out.note(
                "future_value",
                "One order only: whether it comes back is a guess.",
            );
        }
    }

    pub(super) fn write_new_account(&self, out: &mut Writer, sums: &Gathered, trust: &Trust) {
        let exactness = trust.expected(self.inputs.basis);
        let none = "No account is active, so there is no average to expect.";
        if sums.active == 0 {
            for key in [
                "new_npv",
                "new_irr",
                "new_payback",
                "new_payback_discounted",
            ] {
                out.maybe(key, why(none), exactness);
            }
            return;
        }
        let flows = sums.flows(self);
        let rate = self.inputs.discount.fraction();
        out.costly("new_npv", Ok(npv(rate, &flows)), exactness);
        let found = match irr(&flows) {
            Irr::One(rate) => Ok(100.0 * rate),
            Irr::None => why("No rate of return: the flows do not turn from cost to gain."),
            Irr::Several(rates) => Err(WhyNot(format!(
                "{} rates of return fit, so none of them says anything.",
                rates.len()
            ))),
        };
        out.costly("new_irr", found, exactness);
        for (key, payback) in [
            ("new_payback", payback(&flows)),
            ("new_payback_discounted", payback_discounted(rate, &flows)),
        ] {
            let horizon = counted(&self.inputs.horizon.get(), "year");
            let never = format!("Never within the horizon of {horizon}.");
            match payback {
                Payback::Never => out.costly(key, Err(WhyNot(never)), exactness),
                Payback::After { years, twice } => {
                    out.costly(key, Ok(years), exactness);
                    if twice {
                        out.note(key, "The sum had been positive before and fell back.");
                    }
                }
            }
        }
    }

    pub(super) fn write_history(&self, out: &mut Writer, subject: Subject, sums: &Gathered) {
        let exact = Exactness::Exact;
        out.maybe("margin_seen", margin_seen(self.prepared), exact);
        let accounts = f64::from(sums.whole.accounts);
        let repeaters = 100.0 * f64::from(sums.repeaters);
        let repeat = ratio(repeaters, accounts, "There are no accounts.");
        out.maybe("repeat_rate", repeat, exact);
        if let Subject::Account(position) = subject {
            let account = self.accounts.list.get(position);
            if let Some(account) = account.filter(|a| a.total.orders > 0) {
                let days = self.accounts.as_of.days_since(account.last).max(0);
                out.float("silent_months", f64::from(days) / 365.25 * 12.0, exact);
            }
            return;
        }
        let members = self.members(subject);
        let rows = members.iter().filter_map(|i| self.prepared.rows.get(*i));
        out.maybe(
            "retention_seen",
            Kept::count(rows).percent_per_year(),
            exact,
        );
        let median = self.tenures(members.iter().copied()).median_years();
        out.maybe(
            "tenure_median",
            median.ok_or_else(|| WhyNot("No accounts.".into())),
            exact,
        );
    }
}

fn months_to_earn(sums: &Gathered) -> Result<f64, WhyNot> {
    if sums.active == 0 {
        return why("No account is active: nothing more is earned.");
    }
    payback_months(sums.cac_active, sums.expected_margin)
        .ok_or_else(|| WhyNot("Never: the yearly margin is not above 0.".into()))
}
