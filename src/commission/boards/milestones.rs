//! Accounts on their way to a milestone (S46), as a table.

use crate::base::Unit;
use crate::commission::milestones::{FEWEST_DAYS, OnTheWay};
use crate::metrics::{Cell, Exactness, Sheet};
use crate::value::sheets::cells::{column, count, empty, money, text};

/// The accounts, the next to cross first; `of` says what is added up.
pub fn milestones_sheet(found: &[OnTheWay], of: &str) -> Sheet {
    const KEY: &str = "milestones";
    const TITLE: &str = "Accounts about to cross a milestone";
    if found.is_empty() {
        return empty(KEY, TITLE, "No active account has orders.");
    }
    let row = |one: &OnTheWay| {
        let next = one.next.map_or_else(
            || Cell::Empty("It crossed the highest.".into()),
            |next| money(next, Exactness::Exact),
        );
        let missing = match one.next {
            Some(_) => money(one.missing, Exactness::Exact),
            None => Cell::Empty("It crossed the highest.".into()),
        };
        let day = |day: Option<crate::base::Date>, why: &str| {
            day.map_or_else(|| Cell::Empty(why.into()), Cell::Date)
        };
        let back = one
            .fell_under
            .map_or_else(String::new, |level| format!("fell back under {level}"));
        vec![
            text(&one.account),
            text(&one.rep),
            money(one.worth, Exactness::Exact),
            count(one.crossed),
            day(one.crossed_on, "It crossed none yet."),
            next,
            missing,
            day(
                one.expected,
                if one.order_days < FEWEST_DAYS {
                    "One order so far, which shows no pace."
                } else {
                    "Not within ten years at this pace."
                },
            ),
            text(back),
        ]
    };
    Sheet {
        key: KEY.into(),
        title: TITLE.into(),
        caption: format!(
            "What each account brought since its first order ({of}), and the day it crosses the next \
             milestone at the pace of its last 365 days. Returns can push an account back; lapsed \
             accounts are left out."
        ),
        columns: vec![
            column("account", "Account", Unit::Text, ""),
            column(
                "rep",
                "Salesperson",
                Unit::Text,
                "Who sold its newest order.",
            ),
            column(
                "worth",
                "So far",
                Unit::Money,
                "Since its first order, less returns.",
            ),
            column(
                "crossed",
                "Crossed",
                Unit::Count,
                "Milestones crossed and kept.",
            ),
            column(
                "crossed_on",
                "On",
                Unit::Date,
                "The day it crossed the highest of these.",
            ),
            column("next", "Next", Unit::Money, "The next milestone."),
            column(
                "missing",
                "Missing",
                Unit::Money,
                "Next milestone less what it brought.",
            ),
            column(
                "expected",
                "Expected",
                Unit::Date,
                "At the pace of its last 365 days.",
            ),
            column("back", "Note", Unit::Text, ""),
        ],
        rows: found.iter().map(row).collect(),
    }
}
