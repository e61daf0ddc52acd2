//! How much hangs on few: the largest share, and the sum of squared shares (Herfindahl-Hirschman index).
//!
//! In: an [`Evaluation`]. Out: a [`Sheet`] with a row for what revenue of the last year, a year's value and
//! future value are shared out among: accounts, heads of groups, segments, partners, salespeople. Shares are of
//! what is positive; a group that brings a loss has none.
//!
//! ```text
//! HHI = 10,000 sum share^2        as many of equal size = 10,000 / HHI
//! ```
//!
//! (Rhoades 1993, "The Herfindahl-Hirschman Index", Federal Reserve Bulletin 79: 188-189.)

use crate::accounts::Accounts;
use crate::base::Unit;
use crate::base::order::sort_by;
use crate::metrics::{Cell, Exactness, Sheet};
use crate::value::evaluation::Evaluation;

use super::cells::{column, count, empty, float, text};

/// Shares of a whole.
struct Shared {
    /// How many have one.
    members: u32,
    /// The largest: its position, and its share.
    largest: (usize, f64),
    /// Of the five largest together.
    five: f64,
    /// The sum of squares, 0 to 1.
    squares: f64,
}

impl Shared {
    /// Of amounts by position; `None` where none is positive.
    fn of(amounts: &[f64]) -> Option<Self> {
        let mut positive: Vec<(usize, f64)> = amounts
            .iter()
            .copied()
            .enumerate()
            .filter(|(_, amount)| *amount > 0.0)
            .collect();
        let whole: f64 = positive.iter().map(|(_, amount)| amount).sum();
        sort_by(&mut positive, |a, b| b.1.total_cmp(&a.1));
        let (at, most) = *positive.first()?;
        let square = |(_, amount): &(usize, f64)| (amount / whole) * (amount / whole);
        Some(Self {
            members: u32::try_from(positive.len()).unwrap_or(u32::MAX),
            largest: (at, most / whole),
            five: positive
                .iter()
                .take(5)
                .map(|(_, amount)| amount / whole)
                .sum(),
            squares: positive.iter().map(square).sum(),
        })
    }
}

/// What is shared out: its name, how exact it is, and an account's part of it.
type Measure<'a> = (&'a str, Exactness, &'a dyn Fn(usize) -> Option<f64>);

/// What accounts belong to: a heading, the names, and an account's position among them.
type By<'a> = (
    &'static str,
    Vec<&'a str>,
    fn(&Accounts, usize) -> Option<u32>,
);

/// The analysis.
pub(super) fn sheet(evaluation: &Evaluation) -> Sheet {
    const KEY: &str = "concentration";
    const TITLE: &str = "How much hangs on few";
    let accounts = evaluation.accounts;
    let names = |list: &'static str| match list {
        "parent" => accounts.parents.iter(),
        "segment" => accounts.segments.iter(),
        "partner" => accounts.partners.iter(),
        _ => accounts.salespeople.iter(),
    };
    let group = |heading, list, of: fn(&Accounts, usize) -> Option<u32>| -> By {
        (heading, names(list).map(String::as_str).collect(), of)
    };
    let groups = [
        group("Parent accounts", "parent", Accounts::head),
        group("Segments", "segment", |all, at| all.list.get(at)?.segment),
        group("Partners", "partner", |all, at| all.list.get(at)?.partner),
        group("Salespeople", "salesperson", |all, at| {
            all.list.get(at)?.salesperson
        }),
    ];
    let revenue = |at: usize| evaluation.prepared.rows.get(at).map(|r| r.recent.revenue);
    let year = |at: usize| evaluation.values.yearly.get(at).copied();
    let future = |at: usize| evaluation.values.future.get(at).copied();
    let measures: [Measure; 3] = [
        ("Revenue, last 365 days", Exactness::Exact, &revenue),
        ("A year's value", Exactness::Estimated, &year),
        ("Future value", Exactness::Estimated, &future),
    ];
    let mut rows = Vec::new();
    for (what, exactness, measure) in measures {
        let of = (what, exactness);
        let of_account = |at| {
            let present = evaluation.is_present(at);
            measure(at)
                .filter(|x| present && x.is_finite())
                .unwrap_or(0.0)
        };
        let amounts: Vec<f64> = (0..accounts.list.len()).map(of_account).collect();
        let account = |at: usize| evaluation.name(at).to_owned();
        rows.extend(row(of, "Accounts", &amounts, &account));
        for (heading, names, group) in &groups {
            let mut sums = vec![0.0; names.len()];
            for (at, amount) in amounts.iter().enumerate() {
                let slot = group(accounts, at).and_then(|at| sums.get_mut(at as usize));
                if let Some(sum) = slot {
                    *sum += amount;
                }
            }
            let name = |at: usize| names.get(at).map_or("", |name| *name).to_owned();
            rows.extend(row(of, heading, &sums, &name));
        }
    }
    if rows.is_empty() {
        return empty(
            KEY,
            TITLE,
            "No account has revenue in the last 365 days. Import newer orders, or set an earlier as-of date.",
        );
    }
    Sheet {
        key: KEY.into(),
        title: TITLE.into(),
        caption: "The share of the largest, and the Herfindahl-Hirschman index: the sum of squared shares times 10,000. It is 10,000 where all hangs on one, and 10,000 over their number where all are of equal size. What brings nothing or a loss has no share; accounts that belong to no group are left out of its row. A parent account is the head of its whole group.".into(),
        columns: vec![
            column("what", "Of", Unit::Text, "What is shared out."),
            column("among", "Among", Unit::Text, ""),
            column("members", "How many", Unit::Count, "With a share above 0."),
            column("largest", "The largest", Unit::Text, ""),
            column("top_1", "Its share", Unit::Percent, "Of the whole."),
            column("top_5", "The five largest", Unit::Percent, "Their share together."),
            column("hhi", "HHI", Unit::Count, "10,000 x the sum of squared shares."),
            column(
                "equal",
                "Like so many equal ones",
                Unit::Count,
                "10,000 over the index, rounded.",
            ),
        ],
        rows,
    }
}

fn row(
    (what, exactness): (&str, Exactness),
    among: &str,
    amounts: &[f64],
    name: &dyn Fn(usize) -> String,
) -> Option<Vec<Cell>> {
    let found = Shared::of(amounts)?;
    let shown = |value| float(value, exactness, "");
    Some(vec![
        text(what),
        text(among),
        count(found.members),
        text(name(found.largest.0)),
        shown(100.0 * found.largest.1),
        shown(100.0 * found.five),
        shown(10_000.0 * found.squares),
        shown(1.0 / found.squares),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_shares_have_the_index_of_their_number() {
        let near = |a: f64, b: f64| (a - b).abs() < 1e-12;
        let four = Shared::of(&[5.0, 0.0, 5.0, -3.0, 5.0, 5.0]).unwrap();
        assert!(near(four.squares, 0.25) && near(four.largest.1, 0.25) && near(four.five, 1.0));
        assert_eq!((four.members, four.largest.0), (4, 0));
        let one = Shared::of(&[0.0, 7.0]).unwrap();
        assert!(near(one.squares, 1.0) && one.largest.0 == 1);
        // 50, 30, 20 %: 2500 + 900 + 400.
        let three = Shared::of(&[30.0, 50.0, 20.0]).unwrap();
        assert!(near(10_000.0 * three.squares, 3_800.0) && near(three.largest.1, 0.5));
        assert!(Shared::of(&[0.0, -1.0]).is_none() && Shared::of(&[]).is_none());
    }
}
