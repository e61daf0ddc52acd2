//! What winning an account costs and when it pays back, by segment, salesperson and partner (S11).

use crate::accounts::Account;
use crate::base::Unit;
use crate::base::order::sort_by;
use crate::metrics::{Cell, Sheet};
use crate::value::evaluation::{Evaluation, Subject};

use super::cells::{column, figure, of_metric, text};

/// Figures of a group that become columns.
const SHOWN: &[&str] = &[
    "accounts",
    "accounts_new",
    "cac_new",
    "new_cac",
    "ltv_per_account",
    "ltv_cac",
    "payback_months",
    "new_payback",
    "new_payback_discounted",
];

/// Groups shown of each kind.
const MOST: usize = 20;

type Group = (
    &'static str,
    fn(&Account) -> Option<u32>,
    fn(usize) -> Subject,
);

/// The analysis.
pub(super) fn sheet(evaluation: &Evaluation) -> Sheet {
    let accounts = evaluation.accounts;
    let row = |name: &str, kind: &str, subject| {
        let figures = evaluation.figures(subject);
        let mut cells = vec![text(name), text(kind)];
        cells.extend(SHOWN.iter().map(|key| match (*key, figure(&figures, key)) {
            // Spent on nobody.
            ("cac_new", _) if super::cells::plain(&figures, "accounts_new") == 0.0 => {
                Cell::Empty("No account was won in the last 12 months.".into())
            }
            (_, cell) => cell,
        }));
        cells
    };
    let mut rows = vec![row("All accounts", "Book", Subject::Book)];
    let groups: [(&[String], Group); 3] = [
        (
            &accounts.partners,
            ("Partner", |a| a.partner, Subject::Partner),
        ),
        (
            &accounts.salespeople,
            ("Salesperson", |a| a.salesperson, Subject::Salesperson),
        ),
        (
            &accounts.segments,
            ("Segment", |a| a.segment, Subject::Segment),
        ),
    ];
    for (names, (kind, of, subject)) in groups {
        let mut found: Vec<(f64, usize, &str)> = (0..)
            .zip(names)
            .map(|(at, name)| (0.0, at, name.as_str()))
            .collect();
        let mut seen = vec![false; names.len()];
        for (account, row) in accounts.list.iter().zip(&evaluation.prepared.rows) {
            let at = of(account).map_or(usize::MAX, |at| at as usize);
            if let (Some(group), Some(seen)) = (found.get_mut(at), seen.get_mut(at)) {
                group.0 += row.total.revenue;
                *seen |= row.present;
            }
        }
        found.retain(|group| seen.get(group.1) == Some(&true));
        sort_by(&mut found, |a, b| b.0.total_cmp(&a.0));
        for (_, at, name) in found.into_iter().take(MOST) {
            rows.push(row(name, kind, subject(at)));
        }
    }
    let mut columns = vec![
        column("group", "Group", Unit::Text, ""),
        column("kind", "Kind", Unit::Text, "What the group is."),
    ];
    columns.extend(SHOWN.iter().map(|key| of_metric(key)));
    Sheet {
        key: "acquisition".into(),
        title: "Acquisition by group".into(),
        caption: format!(
            "What winning an account is taken to cost, and when it pays back: at most {MOST} \
             groups of each kind, largest revenue first. Give a group a cost of its own in the \
             assumptions, under What a new account costs.{}{}",
            unknown("acquisition cost", &evaluation.cac.unknown),
            unknown("retention", &evaluation.retention.unknown),
        ),
        columns,
        rows,
    }
}

/// Names with a rate that no group has.
fn unknown(what: &str, names: &[String]) -> String {
    if names.is_empty() {
        return String::new();
    }
    format!(
        " No segment, salesperson or partner of the orders is called {}: the {what} given for it has \
         no effect.",
        names.join(", ")
    )
}
