//! Who looks after whom (S44): salespeople by account, handovers, and whether accounts with one
//! owner came back more often.
//!
//! In: sales and a day. An account's owner is who sold its newest order; lines of the house change
//! no owner. Retention is counted as everywhere: of the accounts with an order in the year before the
//! last, those with one in the last year; how many owners an account had is counted in the earlier
//! year only, so that what is compared was known before.

use serde::{Deserialize, Serialize};

use super::sales::{HOUSE, Sales, to_money};
use crate::base::{Date, Money};
use crate::growth::wilson;
use crate::orders::names::NONE;

/// What must stand beside the comparison.
pub const LABEL: &str = "Correlation, not proof: good accounts may have been given to one owner \
    because they were good.";

/// Days of a year of retention.
const YEAR: i32 = 365;

/// How many of some accounts came back.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Kept {
    /// Accounts with an order in the year before the last.
    pub accounts: u32,
    /// Of those, with an order in the last year.
    pub again: u32,
    /// Wilson's 95 % interval of the share.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
}

impl Kept {
    /// The share that came back, 0 to 1; `None` of nobody.
    pub fn share(&self) -> Option<f64> {
        (self.accounts > 0).then(|| f64::from(self.again) / f64::from(self.accounts))
    }

    fn settle(&mut self) {
        (self.low, self.high) = wilson(self.again, self.accounts);
    }
}

/// An account goes from one salesperson to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handover {
    /// The account.
    pub account: String,
    /// Who had it.
    pub from: String,
    /// Who has it from then on.
    pub to: String,
    /// The day of the first order with the new one.
    pub day: Date,
    /// Revenue of the 365 days before.
    pub before: Money,
    /// Revenue of the 365 days from that day on, as far as there are any.
    pub after: Money,
    /// Whether those 365 days have passed.
    pub complete: bool,
}

/// Salespeople and accounts.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Owners {
    /// Accounts by how many salespeople ever sold to them: none (all of the house), one, two, three
    /// or more.
    pub by_reps: [u32; 4],
    /// Salespeople an account, over those that had one.
    pub reps_per_account: f64,
    /// Retention of accounts that had one owner in the year before the last.
    pub one: Kept,
    /// Of those that had more.
    pub several: Kept,
    /// Of those that had none.
    pub nobody: Kept,
    /// Handovers, newest first.
    pub handovers: Vec<Handover>,
}

/// Who looked after whom up to a day.
pub fn owners(sales: &Sales, as_of: Date) -> Owners {
    let mut found = Owners::default();
    let rows = sales.by_account();
    let account = |row: &u32| sales.account.get(*row as usize).copied();
    let (mut sold, mut owned) = (0_u32, 0_u32);
    for own in rows.chunk_by(|a, b| account(a) == account(b)) {
        let walk = walk(sales, own, as_of, &mut found.handovers);
        let reps = walk.reps.len();
        if let Some(count) = found.by_reps.get_mut(reps.min(3)) {
            *count += 1;
        }
        if reps > 0 {
            owned += 1;
            sold += u32::try_from(reps).unwrap_or(0);
        }
        if walk.before {
            let group = match walk.earlier.len() {
                0 => &mut found.nobody,
                1 => &mut found.one,
                _ => &mut found.several,
            };
            group.accounts += 1;
            group.again += u32::from(walk.recent);
        }
    }
    if owned > 0 {
        found.reps_per_account = f64::from(sold) / f64::from(owned);
    }
    for group in [&mut found.one, &mut found.several, &mut found.nobody] {
        group.settle();
    }
    crate::base::order::sort_by(&mut found.handovers, |a, b| {
        (b.day, &a.account).cmp(&(a.day, &b.account))
    });
    found
}

/// What an account's rows say.
#[derive(Default)]
struct Walk {
    reps: Vec<u32>,
    /// Who sold in the year before the last.
    earlier: Vec<u32>,
    before: bool,
    recent: bool,
}

fn walk(sales: &Sales, rows: &[u32], as_of: Date, handovers: &mut Vec<Handover>) -> Walk {
    let (last_year, year_before) = (as_of.plus_days(-YEAR), as_of.plus_days(-2 * YEAR));
    let house = sales.reps.iter().position(|name| name == HOUSE);
    let mut walk = Walk::default();
    let (mut owner, mut changed) = (NONE, None);
    for row in rows {
        let at = *row as usize;
        let (Some(day), Some(rep)) = (sales.day.get(at), sales.rep.get(at)) else {
            continue;
        };
        if *day > as_of || sales.is_return.get(at) == Some(&true) {
            continue;
        }
        walk.recent |= *day > last_year;
        let before = *day <= last_year && *day > year_before;
        walk.before |= before;
        if house == Some(*rep as usize) {
            continue;
        }
        note(&mut walk.reps, *rep);
        if before {
            note(&mut walk.earlier, *rep);
        }
        // Two salespeople within one order share it; the first line's has it.
        let order = sales.order.get(at).copied();
        if *rep != owner && changed != order {
            if owner != NONE {
                handovers.push(handover(sales, rows, (owner, *rep), *day, as_of));
            }
            owner = *rep;
        }
        changed = order;
    }
    walk
}

fn note(list: &mut Vec<u32>, rep: u32) {
    if !list.contains(&rep) {
        list.push(rep);
    }
}

fn handover(
    sales: &Sales,
    rows: &[u32],
    (from, to): (u32, u32),
    day: Date,
    as_of: Date,
) -> Handover {
    let (mut before, mut after) = (0_i64, 0_i64);
    for row in rows {
        let at = *row as usize;
        let (Some(on), Some(revenue)) = (sales.day.get(at), sales.revenue.get(at)) else {
            continue;
        };
        let days = on.days_since(day);
        if (-YEAR..0).contains(&days) {
            before += revenue;
        } else if (0..YEAR).contains(&days) && *on <= as_of {
            after += revenue;
        }
    }
    let account = rows
        .first()
        .and_then(|row| sales.account.get(*row as usize));
    let name = account.and_then(|account| sales.accounts.get(*account as usize));
    Handover {
        account: name.cloned().unwrap_or_default(),
        from: sales.rep_name(from).to_owned(),
        to: sales.rep_name(to).to_owned(),
        day,
        before: to_money(before),
        after: to_money(after),
        complete: day.plus_days(YEAR - 1) <= as_of,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commission::Sale;

    fn sale(day: &str, order: u32, account: &'static str, rep: &'static str) -> Sale<'static> {
        Sale {
            day: Date::parse(day).unwrap(),
            order,
            account,
            rep,
            revenue: 1_000_000,
            ..Sale::default()
        }
    }

    #[test]
    fn owners_are_compared_on_what_was_known_before() {
        let rows = [
            sale("2024-03-01", 1, "kept by one", "Ana"),
            // Two owners only after the year that counts.
            sale("2025-03-01", 2, "kept by one", "Ben"),
            sale("2025-04-01", 3, "kept by one", "Ben"),
            sale("2024-03-01", 4, "lost by two", "Ana"),
            sale("2024-05-01", 5, "lost by two", "Ben"),
            sale("2024-05-01", 6, "nobody's", ""),
            sale("2025-05-01", 7, "nobody's", ""),
            sale("2025-05-01", 8, "new", "Cid"),
            // One order of two salespeople is no handover.
            sale("2025-05-02", 9, "new", "Cid"),
            Sale {
                line: 1,
                ..sale("2025-05-02", 9, "new", "Ana")
            },
        ];
        let sales = Sales::build(rows).unwrap();
        let found = owners(&sales, Date::parse("2025-12-31").unwrap());
        assert_eq!(found.by_reps, [1, 0, 3, 0]);
        assert_eq!(found.one.share(), Some(1.0));
        assert_eq!((found.several.accounts, found.several.again), (1, 0));
        assert_eq!(found.nobody.share(), Some(1.0));
        assert!((found.reps_per_account - 2.0).abs() < 1e-12);
        let handed: Vec<(&str, &str, &str)> = found
            .handovers
            .iter()
            .map(|h| (h.account.as_str(), h.from.as_str(), h.to.as_str()))
            .collect();
        assert_eq!(
            handed,
            [("kept by one", "Ana", "Ben"), ("lost by two", "Ana", "Ben")]
        );
        assert_eq!(found.handovers[0].before.to_string(), "100.0000");
        assert_eq!(found.handovers[0].after.to_string(), "200.0000");
        assert!(!found.handovers[0].complete && found.handovers[1].complete);
    }
}
