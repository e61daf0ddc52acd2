//! The figures of one subject by metric key.
//!
//! Every figure here has its definition in [`super::outputs`], and what is computed here is
//! compared with the displayed formula by a test.

use rust_decimal::Decimal;

use crate::base::Money;
use crate::base::money::OutOfRange;
use crate::metrics::{Exactness, Figure, Figures, Number, WhyNot};

use super::cash::{
    Irr, Payback, irr, ltv_to_cac, npv, payback, payback_discounted, payback_months,
};
use super::estimates::{Kept, margin_seen};
use super::evaluation::{Evaluation, Subject};
use super::inputs::{Measure, ValueBasis};
use super::methods::l7_horizon;
use super::side_by_side::{Piece, Side};
use super::subject::Gathered;

/// How far the levels of a waterfall can be trusted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Trust {
    pub terms: Exactness,
    pub pocket: Exactness,
    pub cost: Exactness,
    pub gross_profit: Exactness,
    pub service: Exactness,
    pub depreciation: Exactness,
    pub contribution: Exactness,
    pub coverage: f64,
}

impl Trust {
    pub(super) fn of(evaluation: &Evaluation, sums: &Gathered) -> Self {
        let inputs = &evaluation.inputs;
        let assumed = |yes: bool| {
            if yes {
                Exactness::Assumed
            } else {
                Exactness::Exact
            }
        };
        let terms = !sums.total.terms.is_zero();
        let service = !sums.total.service.is_zero();
        let depreciation = !sums.total.depreciation.is_zero();
        let cost = sums.whole.total.cost_assumed();
        let pocket = terms && inputs.count_terms.on();
        let gross_profit = pocket || (cost && inputs.count_cost.on());
        let contribution = gross_profit
            || (service && inputs.count_service.on())
            || (depreciation && inputs.count_depreciation.on());
        Self {
            terms: assumed(terms),
            pocket: assumed(pocket),
            cost: assumed(cost),
            gross_profit: assumed(gross_profit),
            service: assumed(service),
            depreciation: assumed(depreciation),
            contribution: assumed(contribution),
            coverage: sums.whole.total.coverage(),
        }
    }

    pub(super) const fn level(&self, basis: ValueBasis) -> Exactness {
        match basis {
            ValueBasis::Revenue => Exactness::Exact,
            ValueBasis::GrossProfit => self.gross_profit,
            ValueBasis::Contribution => self.contribution,
        }
    }

    /// Of something expected that starts from a level: never better than estimated.
    pub(super) const fn expected(&self, basis: ValueBasis) -> Exactness {
        match self.level(basis) {
            Exactness::Assumed => Exactness::Assumed,
            _ => Exactness::Estimated,
        }
    }
}

struct Writer {
    figures: Figures,
    coverage: f64,
}

impl Writer {
    fn put(&mut self, key: &str, value: Result<Number, WhyNot>, exactness: Exactness, cost: bool) {
        let coverage = cost.then_some(self.coverage);
        let figure = Figure {
            value,
            exactness,
            coverage,
            note: None,
        };
        self.figures.insert(key.to_owned(), figure);
    }

    fn money(&mut self, key: &str, amount: Money, exactness: Exactness) {
        let costly = matches!(
            key,
            "cost" | "gross_profit" | "contribution" | "gross_profit_year" | "contribution_year"
        );
        self.put(key, Ok(Number::Exact(amount.amount())), exactness, costly);
    }

    fn count(&mut self, key: &str, count: u32) {
        self.put(
            key,
            Ok(Number::Exact(Decimal::from(count))),
            Exactness::Exact,
            false,
        );
    }

    fn float(&mut self, key: &str, value: f64, exactness: Exactness) {
        self.put(key, Ok(Number::Float(value)), exactness, false);
    }

    fn costly(&mut self, key: &str, value: Result<f64, WhyNot>, exactness: Exactness) {
        self.put(key, value.map(Number::Float), exactness, true);
    }

    fn maybe(&mut self, key: &str, value: Result<f64, WhyNot>, exactness: Exactness) {
        self.put(key, value.map(Number::Float), exactness, false);
    }

    fn note(&mut self, key: &str, note: impl Into<String>) {
        if let Some(figure) = self.figures.get_mut(key) {
            figure.note = Some(note.into());
        }
    }
}

fn why<T>(text: &str) -> Result<T, WhyNot> {
    Err(WhyNot(text.to_owned()))
}

/// `above / below`, or why not.
fn ratio(above: f64, below: f64, reason: &str) -> Result<f64, WhyNot> {
    if below == 0.0 {
        why(reason)
    } else {
        Ok(above / below)
    }
}

impl Evaluation<'_> {
    /// The figures of a subject. An amount outside the decimal range leaves no figure but a reason.
    pub fn figures(&self, subject: Subject) -> Figures {
        match Gathered::of(self, subject) {
            Ok(sums) => self.write(subject, &sums),
            Err(OutOfRange) => {
                let mut figures = Figures::new();
                let figure = Figure {
                    value: Err(WhyNot(OutOfRange.to_string())),
                    exactness: Exactness::Exact,
                    coverage: None,
                    note: None,
                };
                for spec in super::outputs::SPECS {
                    figures.insert(spec.key.to_owned(), figure.clone());
                }
                figures
            }
        }
    }

    fn write(&self, subject: Subject, sums: &Gathered) -> Figures {
        let trust = Trust::of(self, sums);
        let mut out = Writer {
            figures: Figures::new(),
            coverage: trust.coverage,
        };
        self.write_counts(&mut out, sums);
        self.write_waterfall(&mut out, sums, &trust);
        self.write_shares(&mut out, sums, &trust);
        self.write_margins(&mut out, sums, &trust);
        self.write_pieces(&mut out, sums, &trust);
        self.write_methods(&mut out, subject, sums, &trust);
        self.write_new_account(&mut out, sums, &trust);
        self.write_history(&mut out, subject, sums);
        out.figures
    }

    fn write_counts(&self, out: &mut Writer, sums: &Gathered) {
        let accounts = sums.whole.accounts;
        out.count("accounts", accounts);
        out.count("accounts_active", sums.active);
        out.count("accounts_lapsed", accounts - sums.active.min(accounts));
        out.count("orders", sums.whole.total.sums.orders);
        out.count("account_years", sums.whole.total.account_years);
        let span = self.accounts.as_of.years_since(self.accounts.first);
        out.float("years_covered", span.max(0.0), Exactness::Exact);
    }

    fn write_waterfall(&self, out: &mut Writer, sums: &Gathered, trust: &Trust) {
        let exact = Exactness::Exact;
        let all = &sums.total;
        out.money("list", all.list, exact);
        out.money("discount_given", all.discount, exact);
        out.money("revenue", all.revenue, exact);
        out.money("rebates", all.rebates, exact);
        out.money("freight", all.freight, exact);
        out.money("terms", all.terms, trust.terms);
        out.money("pocket", all.pocket, trust.pocket);
        out.money("cost", all.cost, trust.cost);
        out.money("gross_profit", all.gross_profit, trust.gross_profit);
        out.money("tooling", all.tooling, exact);
        out.money("service", all.service, trust.service);
        out.money("depreciation", all.depreciation, trust.depreciation);
        out.money("contribution", all.contribution, trust.contribution);
        let year = &sums.recent;
        out.money("revenue_year", year.revenue, exact);
        out.money("gross_profit_year", year.gross_profit, trust.gross_profit);
        out.money("contribution_year", year.contribution, trust.contribution);
        out.money("returned", sums.whole.total.sums.returned, exact);
        let basis = self.inputs.basis;
        out.money(
            "first_order_value",
            sums.first_order.level(basis),
            trust.level(basis),
        );
        out.float("cost_coverage", 100.0 * trust.coverage, exact);
    }

    fn write_shares(&self, out: &mut Writer, sums: &Gathered, trust: &Trust) {
        let none = "There is no revenue to take a share of.";
        let all = &sums.total;
        let tooling = self.inputs.count_tooling.weight() * all.tooling.to_f64();
        let net = all.net_revenue(&self.inputs).map_or(0.0, Money::to_f64);
        let gross = all.gross_profit.to_f64();
        let share = |above: f64, below: f64| ratio(100.0 * above, below, none);
        out.costly("gp_percent", share(gross, net), trust.gross_profit);
        out.costly(
            "gp_after_tooling",
            share(gross - tooling, net),
            trust.gross_profit,
        );
        let contribution = share(all.contribution.to_f64(), all.revenue.to_f64());
        out.costly("contribution_percent", contribution, trust.contribution);
        if ratio(gross, net, none).is_ok_and(|s| !(0.0..=1.0).contains(&s)) {
            out.note(
                "gp_percent",
                "Below 0 or above 100 %: look at the costs and returns behind it.",
            );
        }
        let orders = f64::from(sums.whole.total.sums.orders);
        let average = ratio(all.revenue.to_f64(), orders, "There are no orders.");
        out.maybe("order_average", average, Exactness::Exact);
        out.float("orders_per_year", sums.orders_per_year, Exactness::Exact);
    }

    fn write_margins(&self, out: &mut Writer, sums: &Gathered, trust: &Trust) {
        let basis = self.inputs.basis;
        let (level, expected) = (trust.level(basis), trust.expected(basis));
        out.put(
            "past_value",
            Ok(Number::Exact(sums.total.level(basis).amount())),
            level,
            true,
        );
        let yearly = match self.inputs.measure {
            Measure::LastYear => sums.recent.level(basis).to_f64(),
            Measure::Average => sums.average,
        };
        out.costly("average_margin", Ok(sums.average), level);
        out.costly("active_average", Ok(sums.active_average), level);
        out.costly("yearly_margin", Ok(yearly), level);
        out.costly("lapsed_margin", Ok(sums.lapsed_margin), level);
        out.costly("expected_margin", Ok(sums.expected_margin), expected);
        let each = ratio(
            sums.expected_margin,
            f64::from(sums.active),
            "No account is active.",
        );
        out.costly("new_margin", each, expected);
    }

    fn write_pieces(&self, out: &mut Writer, sums: &Gathered, trust: &Trust) {
        let piece = Piece::of(self, sums);
        let get = |pick: fn(&Piece) -> f64| piece.as_ref().map(pick).map_err(Clone::clone);
        let exact = Exactness::Exact;
        out.maybe("pieces_year", get(|p| p.pieces), exact);
        out.maybe("piece_list", get(|p| p.list), exact);
        out.maybe("discount_share", get(|p| 100.0 * p.discount_share), exact);
        out.maybe("piece_cost", get(|p| p.cost), trust.cost);
        out.maybe("piece_freight", get(|p| p.freight), exact);
        out.maybe("service_active", get(|p| p.service), trust.service);
        out.maybe("tooling_active", get(|p| p.tooling), exact);
        let detail = trust.expected(ValueBasis::Contribution);
        out.costly("detail_margin", get(Piece::margin), detail);
    }

    fn write_methods(&self, out: &mut Writer, subject: Subject, sums: &Gathered, trust: &Trust) {
        let basis = self.inputs.basis;
        let expected = trust.expected(basis);
        let sides = Side::all(self, sums);
        out.float(
            "multiple",
            l7_horizon::multiple(&self.outlook()),
            Exactness::Estimated,
        );
        let l10 = self.multiple(super::inputs::Headline::L10);
        out.maybe("multiple_l10", l10, Exactness::Estimated);
        for side in &sides {
            let exactness = match side.id {
                "L1" => trust.level(basis),
                "L9" => trust.expected(ValueBasis::Contribution),
                _ => expected,
            };
            out.costly(&side.id.to_lowercase(), side.value.clone(), exactness);
        }
        let ran = |s: &Side| {
            if s.id == "L1" {
                None
            } else {
                s.value.as_ref().ok().copied()
            }
        };
        let known: Vec<f64> = sides.iter().filter_map(ran).collect();
        let high = known.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let low = known.iter().copied().fold(f64::INFINITY, f64::min);
        out.maybe("spread", Ok(high - low), expected);

        let chosen = sides
            .iter()
            .find(|s| s.headline == Some(self.inputs.method));
        let future = match chosen {
            _ if sums.active == 0 => Ok(0.0),
            Some(side) if side.id != "L1" => side.value.clone(),
            _ => Ok(0.0),
        };
        let past = sums.total.level(basis).to_f64();
        let accounts = f64::from(sums.whole.accounts);
        let cac = self.inputs.cac.float();
        let worth = future.clone().map(|f| past + f);
        let lifetime = worth.clone().map(|w| w - accounts * cac);
        out.costly("future_value", future, expected);
        out.costly("lifetime_value", lifetime.clone(), expected);
        let none = "There are no accounts.";
        let each = lifetime.and_then(|v| ratio(v, accounts, none));
        out.costly("ltv_per_account", each, expected);
        let zero = "Acquisition cost is 0: there is nothing to compare with.";
        let multiple = worth
            .clone()
            .and_then(|w| ltv_to_cac(w, 0.0, accounts * cac).ok_or_else(|| WhyNot(zero.into())));
        out.costly("ltv_cac", multiple, expected);
        let first = sums.first_order.level(basis).to_f64();
        let none = "There is no lifetime value to take a share of.";
        let initial = worth.and_then(|w| {
            if w > 0.0 {
                Ok(100.0 * first / w)
            } else {
                why(none)
            }
        });
        out.costly("initial_share", initial, expected);
        out.costly("payback_months", self.months_to_earn(sums), expected);
        if sums.expected_margin < 0.0 {
            out.note(
                "ltv_cac",
                "The yearly margin is negative: every further year costs money.",
            );
            out.note(
                "future_value",
                "The yearly margin is negative: every further year costs money.",
            );
        }
        if let Subject::Account(position) = subject
            && let Some(note) = self.lapsed_note(position)
        {
            out.note("future_value", note.clone());
            out.note("lifetime_value", note);
        }
    }

    fn months_to_earn(&self, sums: &Gathered) -> Result<f64, WhyNot> {
        if sums.active == 0 {
            return why("No account is active: nothing more is earned.");
        }
        let cac = self.inputs.cac.float() * f64::from(sums.active);
        payback_months(cac, sums.expected_margin)
            .ok_or_else(|| WhyNot("Never: the yearly margin is not above 0.".into()))
    }

    fn write_new_account(&self, out: &mut Writer, sums: &Gathered, trust: &Trust) {
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
        let margin = sums.expected_margin / f64::from(sums.active);
        let mut flows = vec![-self.inputs.cac.float()];
        flows.extend(l7_horizon::flows(&self.outlook(), margin));
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
            let never = format!(
                "Never within the horizon of {} years.",
                self.inputs.horizon.get()
            );
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

    fn write_history(&self, out: &mut Writer, subject: Subject, sums: &Gathered) {
        let exact = Exactness::Exact;
        out.maybe("margin_seen", margin_seen(self.prepared), exact);
        let accounts = f64::from(sums.whole.accounts);
        let repeaters = 100.0 * f64::from(sums.repeaters);
        let repeat = ratio(repeaters, accounts, "There are no accounts.");
        out.maybe("repeat_rate", repeat, exact);
        if let Subject::Account(position) = subject {
            if let Some(account) = self.accounts.list.get(position) {
                let days = self.accounts.as_of.days_since(account.last).max(0);
                out.float("silent_months", f64::from(days) / 365.25 * 12.0, exact);
            }
            return;
        }
        let members = self.members(subject);
        let list = members.iter().filter_map(|i| self.accounts.list.get(*i));
        out.maybe(
            "retention_seen",
            Kept::count(list).percent_per_year(),
            exact,
        );
        let lengths: Vec<f64> = self
            .tenures(members.iter().copied())
            .iter()
            .map(|s| s.length)
            .collect();
        let median = crate::base::num::median(&lengths);
        out.maybe(
            "tenure_median",
            median.ok_or_else(|| WhyNot("No accounts.".into())),
            exact,
        );
    }
}
