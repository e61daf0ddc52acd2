//! Accounts about to cross a milestone of cumulative worth (S46).
//!
//! In: sales, a worth a row (revenue, margin or contribution), levels, and a day. Out: per account
//! what it brought since its first order, the levels it crossed and when, the next one, and the day
//! it crosses at the pace of the last year. Returns push an account back: a level that was crossed
//! and is above the account again is named.

use serde::{Deserialize, Serialize};

use super::sales::{Sales, to_money, to_units};
use crate::base::{Date, Money};

/// Days that the pace is taken from.
const PACE_DAYS: i32 = 365;

/// Order days from which there is a pace.
pub const FEWEST_DAYS: u32 = 2;

/// A projection beyond this is no projection.
const FARTHEST_DAYS: f64 = 3_650.0;

/// An account on its way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OnTheWay {
    /// The account.
    pub account: String,
    /// Who sold its newest order.
    pub rep: String,
    /// What it brought since its first order.
    pub worth: Money,
    /// Levels crossed and kept.
    pub crossed: u32,
    /// The day it crossed the highest of these.
    pub crossed_on: Option<Date>,
    /// A level that it had crossed and fell back under.
    pub fell_under: Option<Money>,
    /// The next level.
    pub next: Option<Money>,
    /// What is missing.
    pub missing: Money,
    /// Days with an order.
    pub order_days: u32,
    /// What it brought in the last 365 days, or since its first order if that is later, a day.
    pub pace: f64,
    /// The day it crosses at that pace; `None` where it never does within ten years, and where one
    /// order day shows no pace.
    pub expected: Option<Date>,
}

/// Where the accounts that count stand, the next to cross first; then those without a day by what is
/// missing. `counts` says it of an account by its position: those that have left cross nothing.
///
/// `worth` is a row's worth in 1/10,000; `levels` rise, above zero. A level is crossed when it is
/// reached.
pub fn milestones(
    sales: &Sales,
    worth: &dyn Fn(usize) -> i64,
    levels: &[i64],
    (counts, as_of): (&dyn Fn(u32) -> bool, Date),
) -> Vec<OnTheWay> {
    let rows = sales.by_account();
    let account = |row: &u32| sales.account.get(*row as usize).copied();
    let own = rows.chunk_by(|a, b| account(a) == account(b));
    let mut found: Vec<OnTheWay> = own
        .filter(|rows| rows.first().and_then(account).is_some_and(counts))
        .filter_map(|rows| one(sales, rows, worth, levels, as_of))
        .collect();
    let far = Date::from_days(i32::MAX);
    crate::base::order::sort_by(&mut found, |a, b| {
        let key = |way: &OnTheWay| (way.next.is_none(), way.expected.unwrap_or(far), way.missing);
        key(a).cmp(&key(b)).then_with(|| a.account.cmp(&b.account))
    });
    found
}

fn one(
    sales: &Sales,
    rows: &[u32],
    worth: &dyn Fn(usize) -> i64,
    levels: &[i64],
    as_of: Date,
) -> Option<OnTheWay> {
    let (mut sum, mut recent, mut highest) = (0_i64, 0_i64, 0_usize);
    let (mut order_days, mut ordered) = (0, None);
    let (mut first, mut crossed_on, mut rep) = (None, vec![None; levels.len()], None);
    for row in rows {
        let at = *row as usize;
        let day = *sales.day.get(at)?;
        if day > as_of {
            break;
        }
        let first = *first.get_or_insert(day);
        rep = sales.rep.get(at).copied();
        if sales.is_return.get(at) == Some(&false) && ordered.replace(day) != Some(day) {
            order_days += 1;
        }
        let amount = worth(at);
        sum += amount;
        if day > as_of.plus_days(-PACE_DAYS) || first > as_of.plus_days(-PACE_DAYS) {
            recent += amount;
        }
        let reached = levels.partition_point(|level| *level <= sum);
        for (place, on) in crossed_on.iter_mut().enumerate() {
            match (place < reached, &on) {
                (true, None) => *on = Some(day),
                (false, Some(_)) => *on = None,
                _ => {}
            }
        }
        highest = highest.max(reached);
    }
    let first = first?;
    let crossed = levels.partition_point(|level| *level <= sum);
    let days = as_of.days_since(first).clamp(1, PACE_DAYS);
    let pace = to_units(recent) / f64::from(days);
    let next = levels.get(crossed).copied();
    let missing = next.map_or(0, |level| level - sum);
    Some(OnTheWay {
        account: account_name(sales, rows),
        rep: rep.map_or("", |rep| sales.rep_name(rep)).to_owned(),
        worth: to_money(sum),
        crossed: u32::try_from(crossed).unwrap_or(u32::MAX),
        crossed_on: crossed.checked_sub(1).and_then(|at| *crossed_on.get(at)?),
        fell_under: (highest > crossed)
            .then(|| levels.get(highest - 1))
            .flatten()
            .map(|level| to_money(*level)),
        next: next.map(to_money),
        missing: to_money(missing),
        order_days,
        pace,
        expected: next
            .filter(|_| order_days >= FEWEST_DAYS)
            .and_then(|_| expected(as_of, to_units(missing), pace)),
    })
}

fn account_name(sales: &Sales, rows: &[u32]) -> String {
    let account = rows
        .first()
        .and_then(|row| sales.account.get(*row as usize));
    let name = account.and_then(|account| sales.accounts.get(*account as usize));
    name.cloned().unwrap_or_default()
}

/// The day that what is missing is there at a pace.
fn expected(as_of: Date, missing: f64, pace: f64) -> Option<Date> {
    let days = libm::ceil(missing / pace);
    #[expect(clippy::cast_possible_truncation, reason = "between 0 and ten years")]
    let whole = (pace > 0.0 && days <= FARTHEST_DAYS).then_some(days as i32)?;
    Some(as_of.plus_days(whole))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commission::Sale;

    #[test]
    fn accounts_cross_and_fall_back() {
        let sale = |day: &str, order, account, revenue: i64| Sale {
            day: Date::parse(day).unwrap(),
            order,
            account,
            rep: "Ana",
            revenue: revenue * 10_000,
            is_return: revenue < 0,
            ..Sale::default()
        };
        let rows = [
            sale("2025-01-01", 1, "steady", 100),
            sale("2025-12-31", 2, "steady", 264),
            sale("2023-01-01", 3, "asleep", 700),
            sale("2025-05-01", 7, "back", 100),
            sale("2025-06-01", 4, "back", 1_200),
            sale("2025-07-01", 5, "back", -400),
            sale("2025-08-01", 6, "done", 9_000),
            sale("2025-12-31", 8, "new", 400),
        ];
        let sales = Sales::build(rows).unwrap();
        let levels = [500, 1_000].map(|level| level * 10_000);
        let as_of = Date::parse("2025-12-31").unwrap();
        let of = |counts: &dyn Fn(u32) -> bool| {
            milestones(&sales, &|row| sales.revenue[row], &levels, (counts, as_of))
        };
        let asleep = sales.accounts.iter().position(|name| name == "asleep");
        let awake = of(&|account| Some(account as usize) != asleep);
        assert!(awake.len() == 4 && awake.iter().all(|way| way.account != "asleep"));
        let found = of(&|_| true);
        let names: Vec<&str> = found.iter().map(|way| way.account.as_str()).collect();
        assert_eq!(names, ["back", "steady", "new", "asleep", "done"]);
        let steady = &found[1];
        assert_eq!(steady.missing.to_string(), "136.0000");
        // 364 in 364 days: one a day.
        assert_eq!(steady.expected, Some(as_of.plus_days(136)));
        let back = &found[0];
        assert_eq!(back.fell_under, Money::parse("1000"));
        assert_eq!(
            (back.crossed, back.crossed_on),
            (1, Date::parse("2025-06-01"))
        );
        // One order shows no pace: it would cross tomorrow.
        assert_eq!((found[2].expected, found[2].order_days), (None, 1));
        assert_eq!(found[3].expected, None);
        assert_eq!((found[4].crossed, found[4].next), (2, None));
    }
}
