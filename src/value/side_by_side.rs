//! The lifetime-value methods of one subject side by side.

use crate::base::counted;
use crate::metrics::{Exactness, Figure, Number, WhyNot};

use super::evaluation::{Evaluation, Subject};
use super::inputs::{Headline, ValueBasis};
use super::methods::l7_horizon;
use super::prepared::Flat;
use super::shown::Method;
use super::subject::Gathered;
use super::writer::{Trust, why};

/// One method's result before it is shown.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Side {
    /// `L1` to `L11`.
    pub id: &'static str,
    /// The choice it stands for as the headline.
    pub headline: Option<Headline>,
    pub value: Result<f64, WhyNot>,
}

impl Side {
    /// All methods, in the order of their numbers.
    pub(super) fn all(evaluation: &Evaluation, sums: &Gathered) -> Vec<Self> {
        let times = |id, headline| Self {
            id,
            headline: Some(headline),
            value: if sums.active == 0 {
                Err(WhyNot(
                    "No account is active, so nothing is expected.".into(),
                ))
            } else {
                sums.over_classes(|at, class| {
                    let margin = match headline {
                        Headline::L2 => class.average,
                        _ => class.margin,
                    };
                    let multiple = evaluation.multiple(headline, &evaluation.outlook(at))?;
                    Ok(margin * multiple)
                })
            },
        };
        let past = sums.total.level(evaluation.inputs.basis).to_f64();
        let detail = Piece::of(evaluation, sums).and_then(|piece| {
            let multiple = |class| l7_horizon::multiple(&evaluation.outlook(class));
            if sums.is_mixed() {
                sums.over_classes(|at, class| Ok(class.detail * multiple(at)))
            } else {
                Ok(piece.margin() * sums.multiple_over(evaluation))
            }
        });
        vec![
            Self {
                id: "L1",
                headline: Some(Headline::L1),
                value: Ok(past),
            },
            times("L2", Headline::L2),
            times("L3", Headline::L3),
            times("L4", Headline::L4),
            times("L5", Headline::L5),
            times("L6", Headline::L6),
            times("L7", Headline::L7),
            times("L8", Headline::L8),
            Self {
                id: "L9",
                headline: None,
                value: detail,
            },
            times("L10", Headline::L10),
        ]
    }
}

/// The last year of one account as [`Piece::margin`] counts it.
pub(super) fn detail(evaluation: &Evaluation, year: &Flat) -> f64 {
    let inputs = &evaluation.inputs;
    let assumed = 1.0 - inputs.gross_margin.fraction();
    let service =
        inputs.service_order.float() * year.orders + inputs.service_year.float() * year.years;
    year.revenue
        - inputs.count_cost.weight() * (year.cost + assumed * year.left)
        - inputs.count_freight.weight() * year.freight
        - inputs.count_service.weight() * service
        - inputs.count_tooling.weight() * year.tooling
}

/// The last year of the active accounts in pieces. Amounts in the base currency.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Piece {
    pub pieces: f64,
    pub list: f64,
    pub discount_share: f64,
    pub cost: f64,
    pub freight: f64,
    pub service: f64,
    pub tooling: f64,
}

impl Piece {
    /// From the last 365 days.
    pub(super) fn of(evaluation: &Evaluation, sums: &Gathered) -> Result<Self, WhyNot> {
        let inputs = &evaluation.inputs;
        let (year, gone) = (&sums.whole.recent, &sums.gone);
        let pieces = year.sums.pieces.to_f64() - gone.sums.pieces.to_f64();
        if pieces <= 0.0 {
            let why = if evaluation.accounts.coverage.quantity > 0.0 {
                "No pieces were sold to active accounts in the last 12 months."
            } else {
                "No pieces in the last 12 months: the orders need a quantity column."
            };
            return Err(WhyNot(why.into()));
        }
        let list = year.sums.list.to_f64() - gone.sums.list.to_f64();
        let discount = year.sums.discount.to_f64() - gone.sums.discount.to_f64();
        let assumed = 1.0 - inputs.gross_margin.fraction();
        let cost = year.cost.to_f64() - gone.cost.to_f64()
            + assumed * (year.left.to_f64() - gone.left.to_f64());
        let freight = year.sums.freight.to_f64() - gone.sums.freight.to_f64();
        let orders = f64::from(year.sums.orders) - f64::from(gone.sums.orders);
        let years = f64::from(year.account_years) - f64::from(gone.account_years);
        let service = inputs.service_order.float() * orders + inputs.service_year.float() * years;
        let tooling = year.sums.tooling.to_f64() - gone.sums.tooling.to_f64();
        Ok(Self {
            pieces,
            list: list / pieces,
            discount_share: if list == 0.0 { 0.0 } else { discount / list },
            cost: inputs.count_cost.weight() * cost / pieces,
            freight: inputs.count_freight.weight() * freight / pieces,
            service: inputs.count_service.weight() * service,
            tooling: inputs.count_tooling.weight() * tooling,
        })
    }

    /// `Q (P (1 - discount) - C - F) - S - K`.
    pub(super) fn margin(&self) -> f64 {
        let unit = self.list * (1.0 - self.discount_share) - self.cost - self.freight;
        self.pieces * unit - self.service - self.tooling
    }
}

impl Evaluation<'_> {
    /// Every method's value of a subject's future (L1: of its past), before acquisition cost. L11 is
    /// listed with the reason why orders cannot run it.
    pub fn methods(&self, subject: Subject) -> Vec<Method> {
        let Ok(sums) = Gathered::of(self, subject) else {
            return Vec::new();
        };
        let trust = Trust::of(self, &sums);
        let sides = Side::all(self, &sums).into_iter();
        let mut methods: Vec<Method> = sides.map(|side| self.shown(side, &trust)).collect();
        let contracts = Side {
            id: "L11",
            headline: None,
            value: why(
                "It needs contracts with the days on which each is renewed or ends, which orders do not \
                 hold. L12 is its like for orders at will.",
            ),
        };
        methods.push(self.shown(contracts, &trust));
        methods.push(self.fitted_method(subject, &trust));
        methods
    }

    fn shown(&self, side: Side, trust: &Trust) -> Method {
        let basis = if side.id == "L9" {
            ValueBasis::Contribution
        } else {
            self.inputs.basis
        };
        let exactness = match side.id {
            "L1" => trust.level(basis),
            _ => trust.expected(basis),
        };
        Method {
            id: side.id.into(),
            label: self.method_label(side.id),
            formula: formula(side.id).into(),
            chosen: side.headline == Some(self.inputs.method),
            figure: Figure {
                value: side.value.map(Number::Float),
                exactness,
                coverage: Some(trust.coverage).filter(|_| exactness != Exactness::Exact),
                note: if side.id == "L10" {
                    self.curve_note()
                } else {
                    None
                },
            },
            range: None,
        }
    }

    /// L12, which rests on the fitted model; the metrics do without it, as most books have no fit
    /// when their figures are first shown.
    fn fitted_method(&self, subject: Subject, trust: &Trust) -> Method {
        let exactness = trust.expected(self.inputs.basis);
        let (value, range, note) = match self.fitted_value(subject) {
            Ok(found) => (Ok(Number::Float(found.value)), found.range, found.note),
            Err(why) => (Err(why), None, None),
        };
        Method {
            id: "L12".into(),
            label: self.method_label("L12"),
            formula: formula("L12").into(),
            chosen: false,
            figure: Figure {
                value,
                exactness,
                coverage: Some(trust.coverage),
                note,
            },
            range,
        }
    }

    /// The name of a method with its basis and its timing convention.
    pub fn method_label(&self, id: &str) -> String {
        let inputs = &self.inputs;
        let basis = inputs.basis.label().to_lowercase();
        let years = counted(&inputs.horizon.get(), "year");
        let timing = inputs.timing.label().to_lowercase();
        match id {
            "L1" => format!("L1 Historic: {basis} so far"),
            "L2" => format!("L2 Simple: {basis}, {years}, not discounted"),
            "L3" => {
                let stays = |rate: &f64| *rate >= 1.0;
                let rates = &self.retention.values;
                let end = if rates.iter().all(stays) {
                    format!("no churn: {years}")
                } else if rates.iter().any(stays) {
                    format!("no horizon, {years} where nobody leaves")
                } else {
                    "no horizon".to_owned()
                };
                format!("L3 Margin over churn: {basis}, {end}, not discounted")
            }
            "L4" => format!("L4 Discounted: {basis}, first margin after one renewal, no horizon"),
            "L5" => format!("L5 Discounted: {basis}, first margin now, no horizon"),
            "L6" => {
                format!("L6 Discounted: {basis}, first margin at the end of year 1, no horizon")
            }
            "L7" => format!("L7 Finite horizon: {basis}, {timing}, {years}"),
            "L8" => format!(
                "L8 With margin growth: {basis}, first margin after one renewal, no horizon"
            ),
            "L9" => format!("L9 Contribution detail: contribution from pieces, {timing}, {years}"),
            "L10" => format!("L10 Observed survival: {basis}, {timing}, {years}"),
            "L11" => format!("L11 Contracts (shifted beta-geometric): {basis}, {years}"),
            "L12" => {
                format!("L12 Fitted model: {basis}, each order discounted from its day, {years}")
            }
            other => other.to_owned(),
        }
    }

    /// The headline lifetime value's method, basis and timing, for the label of every figure.
    pub fn headline_label(&self) -> String {
        let label = self.inputs.method.label();
        let id = label.split(' ').next().unwrap_or(label);
        self.method_label(id)
    }
}

const fn formula(id: &str) -> &'static str {
    match id.as_bytes() {
        b"L1" => "sum of past orders",
        b"L2" => "average order × orders per year × margin share × years",
        b"L3" => "m / (1 − r)",
        b"L4" => "m · r / (1 + d − r)",
        b"L5" => "m · (1 + d) / (1 + d − r)",
        b"L6" => "m / (1 + d − r)",
        b"L7" => "Σ m · (r (1 + g))^(t−1) / (1 + d)^t",
        b"L8" => "m · r / (1 + d − r (1 + g))",
        b"L9" => "Σ (Q (P (1 − disc) − C − F) − S − K) · (r (1 + g))^(t−1) / (1 + d)^t",
        b"L10" => "Σ m · S(t) (1 + g)^(t−1) / (1 + d)^t",
        b"L11" => "Σ m · S(t) / (1 + d)^t, S(t) = S(t−1) · (β + t − 1) / (α + β + t − 1)",
        b"L12" => {
            "Σ accounts: expected orders, each / (1 + d)^t · expected order value · margin share of revenue"
        }
        _ => "",
    }
}
