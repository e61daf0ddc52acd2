//! In words: returns, what is paid later, people, draws.

use super::{list, money, rate, share};
use crate::base::counted;
use crate::commission::inputs::kinds::{BelowZero, Clawback, Draw, House, Release, Returns};
use crate::commission::plan::{Plan, Share};

pub(super) fn said(plan: &Plan) -> Vec<String> {
    let mut said = people(plan);
    said.extend(returns(plan));
    said.extend(later(plan));
    said.extend(draw(plan));
    said
}

/// `Ana 50 %, Ben 50 %; of Acme: Ana 25 %, Ben 75 %`.
fn shares(all: &[Share]) -> String {
    let mut accounts: Vec<Option<&String>> = all.iter().map(|one| one.account.as_ref()).collect();
    accounts.sort();
    accounts.dedup();
    let one = |account: Option<&String>| {
        let own = all.iter().filter(|one| one.account.as_ref() == account);
        let parts = list(own.map(|one| format!("{} {}", one.name, share(one.part))));
        match account {
            Some(name) => format!("of {name}: {parts}"),
            None => parts,
        }
    };
    accounts.into_iter().map(one).collect::<Vec<_>>().join("; ")
}

fn people(plan: &Plan) -> Vec<String> {
    let after = &plan.typed.after;
    let mut said = Vec::new();
    if !plan.splits.is_empty() {
        said.push(format!(
            "Their orders are shared: {}. What does not divide is the last one's.",
            shares(&plan.splits)
        ));
    }
    if !plan.overlays.is_empty() {
        said.push(format!(
            "Credited beside the seller: {}.",
            shares(&plan.overlays)
        ));
    }
    if plan.limits.tail > 0 {
        said.push(format!(
            "When an account goes to another seller, the former one is credited {} of its orders for \
             {}, beside the new one.",
            share(plan.limits.tail),
            counted(&after.tail_months.get(), "month")
        ));
    }
    if plan.override_rate > 0 {
        let house = match after.house {
            House::Excluded => "orders of the house are in no team",
            House::Shared => "orders of the house are shared by all managers",
        };
        said.push(format!(
            "A manager is paid {} of what the team is credited with; {house}.",
            rate(plan.override_rate)
        ));
    }
    said
}

fn returns(plan: &Plan) -> Vec<String> {
    let after = &plan.typed.after;
    let days = match after.clawback_days.get() {
        0 => String::new(),
        days => format!(" within {} of the sale", counted(&days, "day")),
    };
    let part = match plan.limits.clawback {
        10_000 => String::new(),
        part => format!("{} of ", share(part)),
    };
    let levels = plan.tiers.len() > 1 || plan.typed.levels.quota.float() > 0.0;
    let stay = if levels {
        "; the levels that were reached stay"
    } else {
        ""
    };
    let first = match (after.returns, after.clawback) {
        (Returns::Ignored, _) => "A return takes nothing back.".to_owned(),
        (Returns::Net, _) => {
            "A return is a negative sale in the period in which it happens.".to_owned()
        }
        (Returns::Recomputed, _) => format!(
            "After a return{days} the period of the sale is computed again, and the difference is \
             taken in the period of the return."
        ),
        (Returns::Paid, Clawback::ProRata) => format!(
            "A return{days} takes back {part}what was paid, as much of it as was returned of the \
             revenue{stay}."
        ),
        (Returns::Paid, Clawback::Full) => format!(
            "A return{days}, of however little, takes back {part}all that was paid on the line{stay}."
        ),
        (Returns::Paid, Clawback::Term) => format!(
            "A return{days} takes back {part}what was paid, for the months of the term that were not \
             served (where no term is known it is {}).",
            counted(&plan.typed.pays.term.get(), "month")
        ),
    };
    let mut said = vec![first];
    match after.below_zero {
        BelowZero::Owed => {}
        BelowZero::Waived => said.push("What a statement is below zero is waived.".into()),
        BelowZero::Carried => {
            let most = match plan.limits.most_owed {
                0 => String::new(),
                most => format!(", at most {} in all; the rest is waived", money(most)),
            };
            said.push(format!(
                "What a statement is below zero is taken from later ones{most}."
            ));
        }
    }
    said
}

fn later(plan: &Plan) -> Vec<String> {
    let after = &plan.typed.after;
    let mut said = Vec::new();
    if plan.limits.held > 0 {
        let until = match after.released {
            Release::Days => format!("for {}", counted(&after.held_days.get(), "day")),
            Release::NextOrder => {
                "until the account orders again, and for good if it never does".into()
            }
        };
        said.push(format!(
            "{} of an order's commission is held back {until}.",
            share(plan.limits.held)
        ));
    }
    if plan.limits.cash > 0 {
        said.push(format!(
            "{} of what is then paid waits for the customer's payment, {} after the order where its \
             day is not known.",
            share(plan.limits.cash),
            counted(&after.cash_days.get(), "day")
        ));
    }
    said
}

fn draw(plan: &Plan) -> Vec<String> {
    let levels = &plan.typed.levels;
    if plan.limits.draw == 0 {
        return Vec::new();
    }
    let ends = match levels.draw_months.get() {
        0 => "to the last period of the data".to_owned(),
        months => format!("for {}", counted(&months, "month")),
    };
    let kind = match levels.draw_is {
        Draw::Guarantee => "nothing of it is paid back",
        Draw::Recoverable => {
            "what it adds is paid back from later commission that is above it, and after its end \
             from all commission"
        }
    };
    vec![format!(
        "A statement pays at least {}, from a person's first sale {ends}; {kind}.",
        money(plan.limits.draw)
    )]
}
