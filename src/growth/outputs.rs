//! The metrics of upsells and levers, each with its formula.
//!
//! A formula names values of an offer (`offer_fee`), of what all offers rest on (`business_accounts`)
//! and of the levers (`lever_parts`), and what all pages share (`discount`, `retention`, ...). It is
//! what "show the working" prints; a test evaluates it independently and compares it with what the
//! code computed. The list stands apart from that of the document's metrics: each offer has figures of
//! its own.

use crate::assumptions::spec::on_page;
use crate::assumptions::{self, Used, spec::natively};
use crate::base::Unit;
use crate::metrics::{Basis, Exactness, Figure, Figures, Formula, Number, Spec, WhyNot};

use super::board::OfferRow;
use super::inputs::{Business, Levers, Terms, spec};
use super::levers::LeverBoard;

/// What begins the keys of an offer's values and figures.
pub const OFFER: &str = "offer_";
/// The same of what all offers rest on.
pub const BUSINESS: &str = "business_";
/// The same of the levers.
pub const LEVER: &str = "lever_";

type Examples = &'static [(&'static [(&'static str, f64)], &'static str)];

const fn metric(
    key: &'static str,
    label: &'static str,
    unit: Unit,
    expression: &'static str,
    reading: &'static str,
    examples: Examples,
) -> Spec {
    Spec {
        key,
        label,
        unit,
        basis: Basis::None,
        formula: Formula::Expression(on_page(expression)),
        reading: on_page(reading),
        exactness: Exactness::Estimated,
        examples: natively(examples),
    }
}

/// Every metric, those of an offer first.
pub const SPECS: &[Spec] = &[
    metric(
        "offer_customers",
        "Customers",
        Unit::Count,
        "business_accounts * offer_eligible * offer_attach",
        "How many are expected to take it.",
        &[(
            &[
                ("business_accounts", 1_200.0),
                ("offer_eligible", 1.0),
                ("offer_attach", 0.18),
            ],
            "216",
        )],
    ),
    metric(
        "offer_margin",
        "What a customer of it leaves",
        Unit::MoneyPerYear,
        "offer_fee - offer_hours * business_hour_cost - offer_cost",
        "The fee of a year less what delivering it costs.",
        &[(
            &[
                ("offer_fee", 8_400.0),
                ("offer_hours", 36.0),
                ("business_hour_cost", 60.0),
                ("offer_cost", 0.0),
            ],
            "6240",
        )],
    ),
    metric(
        "offer_annuity",
        "Worth today of 1 a year over the term",
        Unit::Count,
        "if(timing < 4, sum(t, 1, offer_term, 1 / (1 + discount) ^ (t - pick(timing, 0, 0.5, 1))), sum(k, 1, 12 * offer_term, 1 / (1 + discount) ^ (k / 12) / 12))",
        "How many of a year's margins the term is worth.",
        &[(
            &[("timing", 1.0), ("offer_term", 2.0), ("discount", 0.1)],
            "1.7355",
        )],
    ),
    metric(
        "offer_multiple",
        "Worth today of 1 a year of an account",
        Unit::Count,
        "if(timing < 4, sum(t, 1, horizon, (retention * (1 + growth)) ^ (t - 1) / (1 + discount) ^ (t - pick(timing, 0, 0.5, 1))), sum(k, 1, 12 * horizon, (retention * (1 + growth)) ^ ((k - 1) / 12) / (1 + discount) ^ (k / 12) / 12))",
        "At today's retention.",
        &[(
            &[
                ("timing", 1.0),
                ("horizon", 5.0),
                ("retention", 0.8),
                ("growth", 0.0),
                ("discount", 0.1),
            ],
            "2.6551",
        )],
    ),
    metric(
        "offer_multiple_better",
        "The same with better retention",
        Unit::Count,
        "if(timing < 4, sum(t, 1, horizon, (min(1, retention + offer_kept) * (1 + growth)) ^ (t - 1) / (1 + discount) ^ (t - pick(timing, 0, 0.5, 1))), sum(k, 1, 12 * horizon, (min(1, retention + offer_kept) * (1 + growth)) ^ ((k - 1) / 12) / (1 + discount) ^ (k / 12) / 12))",
        "Of an account that takes the offer.",
        &[(
            &[
                ("timing", 1.0),
                ("horizon", 5.0),
                ("retention", 0.75),
                ("offer_kept", 0.05),
                ("growth", 0.0),
                ("discount", 0.1),
            ],
            "2.6551",
        )],
    ),
    metric(
        "offer_fees",
        "Fees less delivery",
        Unit::Money,
        "offer_customers * offer_margin * offer_annuity",
        "Of all customers over the term, worth today.",
        &[(
            &[
                ("offer_customers", 216.0),
                ("offer_margin", 3.75),
                ("offer_annuity", 1.0),
            ],
            "810",
        )],
    ),
    metric(
        "offer_retained",
        "Better retention",
        Unit::Money,
        "offer_customers * business_account_year * (offer_multiple_better - offer_multiple)",
        "What its customers leave because fewer of them go.",
        &[(
            &[
                ("offer_customers", 10.0),
                ("business_account_year", 20_000.0),
                ("offer_multiple_better", 2.75),
                ("offer_multiple", 2.65),
            ],
            "20000",
        )],
    ),
    metric(
        "offer_ordered",
        "More orders",
        Unit::Money,
        "offer_customers * business_account_year * offer_orders * offer_multiple_better",
        "What its customers leave because they order more, at the better retention.",
        &[(
            &[
                ("offer_customers", 10.0),
                ("business_account_year", 20_000.0),
                ("offer_orders", 0.05),
                ("offer_multiple_better", 2.75),
            ],
            "27500",
        )],
    ),
    metric(
        "offer_value",
        "Value of the offer",
        Unit::Money,
        "offer_fees + offer_retained + offer_ordered - offer_campaign",
        "What offering it is expected to bring, worth today. Better retention may be most of it: see it apart.",
        &[(
            &[
                ("offer_fees", 810.0),
                ("offer_retained", 200.0),
                ("offer_ordered", 0.0),
                ("offer_campaign", 300.0),
            ],
            "710",
        )],
    ),
    metric(
        "offer_hours_year",
        "Hours a year",
        Unit::Count,
        "offer_customers * offer_hours",
        "What delivering it takes, of the hours there are.",
        &[(&[("offer_customers", 12.0), ("offer_hours", 36.0)], "432")],
    ),
    metric(
        "offer_hour_value",
        "Value an hour",
        Unit::Money,
        "offer_value / offer_hours_year",
        "Where hours are short, the offers of most value an hour come first.",
        &[(
            &[("offer_value", 43_200.0), ("offer_hours_year", 432.0)],
            "100",
        )],
    ),
    metric(
        "offer_saved",
        "What it saves the customer",
        Unit::MoneyPerYear,
        "12 * offer_down_hours * offer_down_cost + offer_rework + offer_expedites * offer_expedite_cost",
        "Standstill, rework and expedites avoided in a year.",
        &[(
            &[
                ("offer_down_hours", 2.0),
                ("offer_down_cost", 500.0),
                ("offer_rework", 0.0),
                ("offer_expedites", 0.0),
                ("offer_expedite_cost", 400.0),
            ],
            "12000",
        )],
    ),
    metric(
        "offer_gain",
        "What the customer gains",
        Unit::MoneyPerYear,
        "offer_saved - offer_fee",
        "What it saves them less what they pay.",
        &[(&[("offer_saved", 12_000.0), ("offer_fee", 8_400.0)], "3600")],
    ),
    metric(
        "offer_break_even",
        "Hours a month from which it pays the customer",
        Unit::Count,
        "max(0, (offer_fee - offer_rework - offer_expedites * offer_expedite_cost) / (12 * offer_down_cost))",
        "Hours of standstill it must save in a month, everything else as entered.",
        &[(
            &[
                ("offer_fee", 8_400.0),
                ("offer_rework", 0.0),
                ("offer_expedites", 0.0),
                ("offer_expedite_cost", 400.0),
                ("offer_down_cost", 500.0),
            ],
            "1.4",
        )],
    ),
    metric(
        "lever_year",
        "A year leaves",
        Unit::MoneyPerYear,
        "lever_part_year * min(lever_parts, lever_bom) * lever_plants * (1 - lever_spikes * (1 - lever_fill))",
        "Of one account: what a part leaves, times parts and plants, less what spikes go elsewhere.",
        &[(
            &[
                ("lever_part_year", 25_000.0),
                ("lever_parts", 2.0),
                ("lever_bom", 10.0),
                ("lever_plants", 1.0),
                ("lever_spikes", 0.15),
                ("lever_fill", 0.6),
            ],
            "47000",
        )],
    ),
    metric(
        "lever_retention",
        "Retention, revisions counted",
        Unit::PercentPerYear,
        "lever_repeat * lever_revision_win ^ lever_revisions",
        "With every revision a part can go to another supplier.",
        &[(
            &[
                ("lever_repeat", 0.85),
                ("lever_revision_win", 0.9),
                ("lever_revisions", 1.0),
            ],
            "76.5",
        )],
    ),
    metric(
        "lever_value",
        "Lifetime value now",
        Unit::Money,
        "lever_year * if(timing < 4, sum(t, 1, horizon, (lever_retention * (1 + growth)) ^ (t - 1) / (1 + discount) ^ (t - pick(timing, 0, 0.5, 1))), sum(k, 1, 12 * horizon, (lever_retention * (1 + growth)) ^ ((k - 1) / 12) / (1 + discount) ^ (k / 12) / 12))",
        "Of one account over the horizon, as the levers stand.",
        &[(
            &[
                ("lever_year", 1_000.0),
                ("lever_retention", 0.8),
                ("timing", 1.0),
                ("horizon", 5.0),
                ("growth", 0.0),
                ("discount", 0.1),
            ],
            "2655.12",
        )],
    ),
];

/// A metric by its key.
pub fn get(key: &str) -> Option<&'static Spec> {
    SPECS.iter().find(|spec| spec.key == key)
}

/// The definition of a value that a formula names.
///
/// ```
/// use perennial::growth::outputs::input;
/// assert_eq!(input("offer_hours").unwrap().label, "Delivery hours a year");
/// assert_eq!(input("business_hours").unwrap().label, "Hours there are");
/// assert!(input("retention").is_none());
/// ```
pub fn input(key: &str) -> Option<&'static assumptions::Spec> {
    let of = |prefix, group| spec(group, key.strip_prefix(prefix)?);
    of(OFFER, Terms::SPECS)
        .or_else(|| of(BUSINESS, Business::SPECS))
        .or_else(|| of(LEVER, Levers::SPECS))
}

/// Values by the names that formulas have for them.
pub fn named<'a>(prefix: &'a str, values: &'a [Used]) -> impl Iterator<Item = Used> + 'a {
    values.iter().map(move |used| Used {
        key: format!("{prefix}{}", used.key),
        ..used.clone()
    })
}

fn put(figures: &mut Figures, key: &str, value: Result<f64, &str>) {
    let figure = Figure {
        value: value
            .map(Number::Float)
            .map_err(|why| WhyNot(why.to_owned())),
        exactness: Exactness::Estimated,
        coverage: None,
        note: None,
    };
    figures.insert(key.to_owned(), figure);
}

impl OfferRow {
    /// The offer's figures by the keys of [`SPECS`].
    pub fn figures(&self) -> Figures {
        let (worth, case) = (&self.worth, &self.case);
        let mut all = Figures::new();
        for (key, value) in [
            ("offer_customers", worth.customers),
            ("offer_margin", worth.margin),
            ("offer_annuity", worth.annuity),
            ("offer_multiple", worth.multiples.0),
            ("offer_multiple_better", worth.multiples.1),
            ("offer_fees", worth.fees),
            ("offer_retained", worth.retention),
            ("offer_ordered", worth.orders),
            ("offer_value", worth.value),
            ("offer_hours_year", worth.hours),
            ("offer_saved", case.downtime + case.rework + case.expedites),
            ("offer_gain", case.net),
        ] {
            put(&mut all, key, Ok(value));
        }
        let hour = worth.value_per_hour.ok_or("It needs no hours.");
        put(&mut all, "offer_hour_value", hour);
        let known = case.break_even_hours;
        let known = known.ok_or("What an hour of standstill costs the customer is not known.");
        put(&mut all, "offer_break_even", known);
        all
    }
}

impl LeverBoard {
    /// The levers' figures by the keys of [`SPECS`].
    pub fn figures(&self) -> Figures {
        let mut all = Figures::new();
        put(&mut all, "lever_year", Ok(self.year));
        put(&mut all, "lever_retention", Ok(100.0 * self.retention));
        put(&mut all, "lever_value", Ok(self.value));
        all
    }
}
