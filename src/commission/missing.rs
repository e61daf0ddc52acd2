//! What a scheme needs to know of sales that the orders do not say, and what is assumed in its place.
//!
//! In: a plan, and what the orders say ([`Known`]). Out: sentences; none where the scheme needs
//! nothing of the kind, or all of it is known.

use crate::base::counted;

use super::inputs::kinds::{Clawback, Event, Returns};
use super::plan::Plan;
use super::sales::Known;

impl Plan {
    /// Whether the plan asks for the day of a delivery or a payment, or the term of a contract.
    pub fn needs_facts(&self) -> bool {
        self.needs_delivery() || self.needs_payment() || self.needs_term()
    }

    fn needs_delivery(&self) -> bool {
        self.typed.pays.event == Event::Delivery
    }

    fn needs_payment(&self) -> bool {
        self.typed.pays.event == Event::Payment || self.waits_for_cash()
    }

    fn waits_for_cash(&self) -> bool {
        !self.typed.after.with_cash.exact_fraction().is_zero()
    }

    fn needs_term(&self) -> bool {
        let after = &self.typed.after;
        let returned = after.returns == Returns::Paid && after.clawback == Clawback::Term;
        !self.terms.is_empty() || returned
    }
}

/// What is missing, and what is assumed.
///
/// ```
/// use perennial::commission::{People, Plan, Scheme, missing::missing, sales::Known};
/// let plan = |values| Plan::of(&Scheme::new("S", values), &People::default()).unwrap();
/// let known = Known { lines: 200, delivered: 150, ..Known::default() };
/// assert!(missing(&plan(&[("rate", "5")]), &known).is_empty());
/// let said = missing(&plan(&[("event", "delivery"), ("event_days", "21")]), &known);
/// assert_eq!(
///     said,
///     ["50 of 200 order lines do not say when they were delivered: these are taken to be 21 days \
///       after their order."]
/// );
/// ```
pub fn missing(plan: &Plan, known: &Known) -> Vec<String> {
    let mut said = Vec::new();
    let pays = &plan.typed.pays;
    if plan.needs_delivery() {
        let days = pays.event_days.get();
        said.extend(one(
            (known.lines, known.lines - known.delivered.min(known.lines)),
            "when they were delivered",
            &format!("{} after their order", counted(&days, "day")),
            "Delivery date",
        ));
    }
    if plan.needs_payment() {
        let days = if pays.event == Event::Payment {
            pays.event_days.get()
        } else {
            plan.typed.after.cash_days.get()
        };
        let told = known.paid + known.by_terms;
        said.extend(one(
            (known.lines, known.lines - told.min(known.lines)),
            "when they were paid or on what terms",
            &format!("paid {} after their order", counted(&days, "day")),
            "Payment date or Payment terms",
        ));
        if known.by_terms > 0 {
            said.push(format!(
                "{} of {} order lines do not say when they were paid, but on what terms: they are taken \
                 to be paid on the last day of these, counted from the delivery where it is known, else \
                 from the order.",
                known.by_terms, known.lines
            ));
        }
    }
    if plan.needs_term() {
        let months = pays.term.get();
        said.extend(one(
            (known.lines, known.lines - known.term.min(known.lines)),
            "for how long the contract is",
            &format!("for {}", counted(&months, "month")),
            "Contract term",
        ));
    }
    said
}

/// A sentence of lines that lack something.
fn one((lines, lack): (usize, usize), what: &str, assumed: &str, column: &str) -> Option<String> {
    if lack == 0 {
        return None;
    }
    Some(if lack == lines {
        format!(
            "The orders do not say {what}: all {lines} order lines are taken to be {assumed}. An \
             export with a column for it (“{column}”) would say so; the import knows that name."
        )
    } else {
        format!("{lack} of {lines} order lines do not say {what}: these are taken to be {assumed}.")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commission::{People, Scheme};

    fn said(values: &[(&str, &str)], known: &Known) -> Vec<String> {
        let scheme = Scheme::new("S", values);
        missing(&Plan::of(&scheme, &People::default()).unwrap(), known)
    }

    #[test]
    fn each_fact_is_asked_for_by_who_needs_it() {
        let none = Known {
            lines: 10,
            ..Known::default()
        };
        for (values, word) in [
            (&[("event", "delivery")][..], "delivered"),
            (&[("event", "payment")], "paid 30 days after"),
            (&[("with_cash", "50")], "paid 45 days after"),
            (&[("terms", "1: 3; 3: 5")], "for 12 months"),
            (&[("clawback", "term"), ("term", "1")], "for 1 month."),
        ] {
            let found = said(values, &none);
            assert_eq!(found.len(), 1, "{values:?} {found:?}");
            assert!(found[0].contains(word), "{found:?}");
            assert!(found[0].contains("all 10 order lines"), "{found:?}");
        }
        let all = Known {
            lines: 10,
            delivered: 10,
            paid: 4,
            by_terms: 6,
            term: 10,
        };
        assert!(said(&[("event", "delivery")], &all).is_empty());
        assert!(said(&[("terms", "1: 3; 3: 5")], &all).is_empty());
        let found = said(&[("event", "payment")], &all);
        assert_eq!(found.len(), 1);
        assert!(found[0].starts_with("6 of 10 order lines"), "{found:?}");
    }
}
