//! In words: who is paid, on what, at which rate, in which class.

use super::{list, rate, share, steps};
use crate::base::counted;
use crate::commission::inputs::kinds::{
    Basis, Event, Freight, Key, Negative, Payee, Period, Repeats, Special,
};
use crate::commission::plan::Plan;

/// The base amount.
pub(super) fn basis(plan: &Plan) -> String {
    let pays = &plan.typed.pays;
    let (name, takes_freight) = match pays.basis {
        Basis::Revenue => ("revenue", false),
        Basis::List => ("the list price before discounts", false),
        Basis::Margin => ("gross margin", false),
        Basis::Contribution => ("contribution", true),
    };
    match (pays.freight, takes_freight) {
        (Freight::Off, false) => format!("{name} after freight"),
        (Freight::Kept, true) => format!("{name} before freight"),
        _ => name.to_owned(),
    }
}

/// What a first order is the first of.
const fn key(key: Key) -> &'static str {
    match key {
        Key::Account => "an account",
        Key::Site => "a plant of an account",
        Key::Item => "a part at an account",
    }
}

pub(super) fn said(plan: &Plan) -> Vec<String> {
    let pays = &plan.typed.pays;
    let who = match pays.payee {
        Payee::Rep => "Salespeople are",
        Payee::Partner => "Partners are",
    };
    let every = match pays.period {
        Period::Month => "month",
        Period::Quarter => "quarter",
        Period::Year => "year",
    };
    let days = counted(&plan.lag(), "day");
    let counts = match pays.event {
        Event::Order => String::new(),
        Event::Delivery => format!(
            "; the day of delivery decides the period, {days} after the order where it is not known"
        ),
        Event::Payment => format!(
            "; the day of the customer's payment decides the period, {days} after the order where it \
             is not known"
        ),
    };
    let mut said = vec![format!("{who} paid every {every}{counts}."), rates(plan)];
    said.extend(classes(plan));
    if matches!(pays.basis, Basis::Margin | Basis::Contribution) || pays.freight == Freight::Off {
        said.push(
            match pays.negative {
                Negative::Zero => "An order line at a loss pays nothing and takes nothing away.",
                Negative::Counted => "An order line at a loss lowers pay at the same rate.",
            }
            .into(),
        );
    }
    if !plan.products.is_empty() {
        let own = plan
            .products
            .iter()
            .map(|(name, own)| format!("{name} {}", rate(*own)));
        said.push(format!(
            "In place of that: {}. A part goes before its stream, and what pays 0 % does not count \
             for levels.",
            list(own)
        ));
    }
    said
}

/// The standard rate, or the table in its place, and to which orders it applies.
fn rates(plan: &Plan) -> String {
    let pays = &plan.typed.pays;
    let of = basis(plan);
    let what = if !plan.tiers.is_empty() {
        format!("the rate of its tier, on {of}")
    } else if !plan.bands.is_empty() {
        let bands = steps(&plan.bands, share, rate);
        format!(
            "a rate by its gross margin in percent of the price, on {of}: {bands}, where a margin on a \
             boundary has the higher rate"
        )
    } else if !plan.terms.is_empty() {
        let years = |months: i64| counted(&(months / 12), "year");
        let terms = steps(&plan.terms, years, rate);
        let other = rate(plan.rate);
        let term = counted(&pays.term.get(), "month");
        format!(
            "a rate by its term, on {of}: {terms}, and {other} below; where no term is known it is \
             {term}"
        )
    } else {
        format!("{} of {of}", rate(plan.rate))
    };
    let special = pays.renewals == Special::Own || pays.expansions == Special::Own;
    if pays.repeats == Repeats::Same && !special {
        return format!("Every order pays {what}.");
    }
    let later = match pays.repeats {
        Repeats::Nothing => ", later orders nothing",
        Repeats::Same => ", and so do later orders",
        _ => "",
    };
    format!("The first order of {} pays {what}{later}.", key(pays.key))
}

/// What later orders pay.
fn classes(plan: &Plan) -> Vec<String> {
    let pays = &plan.typed.pays;
    let of = basis(plan);
    let months = |at: i64| counted(&at, "month");
    let begins = plan.repeat_steps.first().map_or(0, |step| step.0);
    let table = |at: &dyn Fn(i64) -> String, least: i64| {
        let before = if begins > least {
            "; before that as the first"
        } else {
            ""
        };
        format!("{}{before}", steps(&plan.repeat_steps, at, rate))
    };
    let mut said = Vec::new();
    if pays.window.get() > 0 {
        said.push(format!(
            "Orders up to and with the day {} after the first count as first, too.",
            counted(&pays.window.get(), "day")
        ));
    }
    match pays.repeats {
        Repeats::Same | Repeats::Nothing => {}
        Repeats::Own => said.push(format!("A later order pays {} of {of}.", rate(plan.repeat))),
        Repeats::Index => {
            let order = |at: i64| format!("order {at}");
            said.push(format!(
                "A later order pays by its number: {}.",
                table(&order, 2)
            ));
        }
        Repeats::Months => said.push(format!(
            "A later order pays by the complete months since the first: {}.",
            table(&months, 0)
        )),
        Repeats::NewBusiness => said.push(format!(
            "A later order pays by the complete months since the seller's last new account (or first \
             order): {}.",
            table(&months, 0)
        )),
    }
    if pays.renewals == Special::Own {
        let own = rate(plan.renewal);
        said.push(format!("A repeat of a part that the account has ordered before is a renewal and pays {own} of {of}."));
    }
    if pays.expansions == Special::Own {
        let own = rate(plan.expansion);
        said.push(format!("The first order of another part by an account that has ordered before is an expansion and pays {own} of {of}."));
    }
    said
}
