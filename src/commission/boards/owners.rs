//! Who looks after whom (S44), as tables.

use crate::base::Unit;
use crate::commission::owners::{Handover, Kept, LABEL, Owners};
use crate::metrics::{Cell, Exactness, Sheet};
use crate::value::sheets::cells::{column, count, empty, float, money, text};

const KEY: &str = "owners";
const TITLE: &str = "One owner or several";

/// Whether accounts with one owner came back more often.
pub fn owners_sheet(owners: &Owners) -> Sheet {
    let [house, one, two, more] = owners.by_reps;
    if one + two + more == 0 {
        return empty(
            KEY,
            TITLE,
            "The orders name no salesperson. Import a file with a column for it to see who looks after whom.",
        );
    }
    let row = |name: &str, kept: &Kept| {
        let share = |share: Option<f64>| {
            let share = share.map_or(f64::NAN, |share| 100.0 * share);
            float(share, Exactness::Estimated, "No account was in this group.")
        };
        let known = |end: f64| Some(end).filter(|_| kept.accounts > 0);
        vec![
            text(name),
            count(kept.accounts),
            count(kept.again),
            share(kept.share()),
            share(known(kept.low)),
            share(known(kept.high)),
        ]
    };
    Sheet {
        key: KEY.into(),
        title: TITLE.into(),
        caption: format!(
            "Accounts that ordered in the year before the last, and how many came back in the last. \
             Of all accounts {one} had one salesperson, {two} had two, {more} had more and {house} \
             had none: {:.2} each. {LABEL}",
            owners.reps_per_account
        ),
        columns: vec![
            column("group", "In the earlier year", Unit::Text, ""),
            column(
                "accounts",
                "Accounts",
                Unit::Count,
                "With an order in the year before the last.",
            ),
            column(
                "again",
                "Came back",
                Unit::Count,
                "Of those, with an order in the last year.",
            ),
            column("retention", "Share", Unit::Percent, "Came back / accounts."),
            column(
                "low",
                "At least",
                Unit::Percent,
                "The low end of the 95 % interval of the share (Wilson).",
            ),
            column("high", "At most", Unit::Percent, "Its high end."),
        ],
        rows: vec![
            row("One owner", &owners.one),
            row("Several owners", &owners.several),
            row("No owner (the house)", &owners.nobody),
        ],
    }
}

/// The accounts that went from one salesperson to another, newest first.
pub fn handovers_sheet(owners: &Owners) -> Sheet {
    const KEY: &str = "handovers";
    const TITLE: &str = "Handovers";
    if owners.handovers.is_empty() {
        return empty(
            KEY,
            TITLE,
            "No account went from one salesperson to another.",
        );
    }
    let after = |one: &Handover| {
        if one.complete {
            money(one.after, Exactness::Exact)
        } else {
            Cell::Empty(format!("The year from {} is not over.", one.day))
        }
    };
    let row = |one: &Handover| {
        vec![
            text(&one.account),
            text(&one.from),
            text(&one.to),
            Cell::Date(one.day),
            money(one.before, Exactness::Exact),
            after(one),
        ]
    };
    Sheet {
        key: KEY.into(),
        title: TITLE.into(),
        caption:
            "Accounts whose orders were sold by another salesperson than before, with the revenue \
                  of a year on either side."
                .into(),
        columns: vec![
            column("account", "Account", Unit::Text, ""),
            column("from", "From", Unit::Text, ""),
            column("to", "To", Unit::Text, ""),
            column("day", "First order with the new one", Unit::Date, ""),
            column(
                "before",
                "Year before",
                Unit::Money,
                "Revenue of the 365 days before that day.",
            ),
            column(
                "after",
                "Year after",
                Unit::Money,
                "Revenue of the 365 days from that day on.",
            ),
        ],
        rows: owners.handovers.iter().map(row).collect(),
    }
}
