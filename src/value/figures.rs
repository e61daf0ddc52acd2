//! The figures of one subject by metric key: counts, the waterfall, shares, the yearly margin.
//!
//! Every figure has its definition in [`super::outputs`], and what is computed here and in
//! [`super::lifetime`] is compared with the displayed formula by a test.

use crate::base::Money;
use crate::base::money::OutOfRange;
use crate::metrics::{Exactness, Figure, Figures, Number, WhyNot};

use super::evaluation::{Evaluation, Subject};
use super::inputs::{Measure, ValueBasis};
use super::side_by_side::Piece;
use super::subject::Gathered;
use super::writer::{Trust, Writer, ratio};

impl Evaluation<'_> {
    /// The figures of a subject. An amount outside the decimal range leaves no figure but a reason.
    pub fn figures(&self, subject: Subject) -> Figures {
        if let Ok(sums) = Gathered::of(self, subject) {
            return self.write(subject, &sums);
        }
        let figure = Figure {
            value: Err(WhyNot(OutOfRange.to_string())),
            exactness: Exactness::Exact,
            coverage: None,
            note: None,
        };
        let keys = super::outputs::SPECS.iter().copied().flatten();
        let mut figures = Figures::new();
        for spec in keys {
            figures.insert(spec.key.to_owned(), figure.clone());
        }
        figures
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
        let future = self.write_methods(&mut out, sums, &trust);
        self.write_lifetime(&mut out, sums, &trust, future);
        self.write_notes(&mut out, subject, sums);
        self.write_new_account(&mut out, sums, &trust);
        self.write_history(&mut out, subject, sums);
        out.figures
    }

    fn write_counts(&self, out: &mut Writer, sums: &Gathered) {
        let accounts = sums.whole.accounts;
        out.count("accounts", accounts);
        out.count("accounts_active", sums.active);
        out.count("accounts_lapsed", accounts - sums.active.min(accounts));
        out.count("accounts_new", sums.new);
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
}
