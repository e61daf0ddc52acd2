//! What a scheme must change to pay for itself (S47), as a table.

use crate::base::Unit;
use crate::commission::pays_for_itself::{BreakEven, Reply};
use crate::metrics::{Exactness, Sheet};
use crate::value::sheets::cells::{column, empty, float, text};

/// One scheme beside the one in use.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Its name.
    pub name: String,
    /// What it must change.
    pub even: BreakEven,
    /// What the user's response would bring at its rate on repeat orders; `None` without a response.
    pub reply: Option<Reply>,
}

/// What each scheme costs more than the one in use (`current`), and what would bring that back.
pub fn pays_sheet(current: &str, others: &[Asked]) -> Sheet {
    const KEY: &str = "pays";
    const TITLE: &str = "Does a scheme pay for itself?";
    if others.is_empty() {
        return empty(
            KEY,
            TITLE,
            "Add a second scheme, and repeat orders, to see what it must change to pay for itself.",
        );
    }
    let never = "A customer that is kept brings nothing after the commission on it.";
    let row = |one: &Asked| {
        let shown =
            |x: Option<f64>, why: &str| float(x.unwrap_or(f64::NAN), Exactness::Estimated, why);
        let unknown = "Set what you expect of a rate on repeat orders.";
        vec![
            text(&one.name),
            shown(Some(one.even.extra), ""),
            shown(one.even.points, never),
            shown(one.even.orders, never),
            shown(Some(one.even.per_point), ""),
            shown(one.reply.map(|reply| reply.gain), unknown),
            shown(one.reply.map(|reply| reply.gain - one.even.extra), unknown),
        ]
    };
    Sheet {
        key: KEY.into(),
        title: TITLE.into(),
        caption: format!(
            "Beside “{current}”, a year: what the scheme costs more, and the points of retention, or the \
             extra repeat orders, that bring that back after the commission on them. How salespeople \
             would respond is not known from a past under one scheme: that is yours to set."
        ),
        columns: vec![
            column("scheme", "Scheme", Unit::Text, ""),
            column(
                "extra",
                "Costs more",
                Unit::Money,
                "Its cost less that of the one in use, a year.",
            ),
            column(
                "points",
                "Points of retention",
                Unit::Percent,
                "That bring it back: extra cost / what a point brings.",
            ),
            column(
                "orders",
                "Extra repeat orders",
                Unit::Count,
                "That bring it back: extra cost / what an order brings.",
            ),
            column(
                "per_point",
                "A point brings",
                Unit::Money,
                "Contribution of one account in a hundred that is kept, less the commission on it.",
            ),
            column(
                "gain",
                "Response brings",
                Unit::Money,
                "At the response set above.",
            ),
            column(
                "net",
                "In the end",
                Unit::Money,
                "What the response brings less what the scheme costs more.",
            ),
        ],
        rows: others.iter().map(row).collect(),
    }
}
