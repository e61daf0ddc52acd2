//! Common causes of defection: what lost accounts have in common (S23).
//!
//! In: which accounts are lost, what that costs, and the book's attributes. Out: one [`Cause`] per
//! value of an attribute (a salesperson, a machine, a material, ...) with its lift, the chance of
//! such a share by accident (Fisher's exact test, one-sided), and its share of what was lost.
//!
//! Many values are compared, and some look guilty by chance alone: the count of comparisons is part
//! of the result, and a value of fewer than five accounts has no p.

mod fisher;
mod members;

pub use fisher::fisher;

use crate::base::order::sort_by;
use crate::orders::{Attr, OrderBook};

use super::account::Accounts;

/// Accounts of a value below which no p is given.
pub const FEWEST: u32 = 5;

/// The attributes that are looked at.
pub const ATTRIBUTES: [Attr; 9] = [
    Attr::Salesperson,
    Attr::Partner,
    Attr::Segment,
    Attr::Stream,
    Attr::Item,
    Attr::Process,
    Attr::Machine,
    Attr::Material,
    Attr::Site,
];

/// Whose turn it is: where a cause is looked for first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// What was promised, and by whom.
    Sales,
    /// To whom it was offered, and what brochures say.
    Marketing,
    /// How it was made and delivered.
    Operations,
}

impl Origin {
    /// The word for it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Sales => "Sales",
            Self::Marketing => "Marketing",
            Self::Operations => "Operations",
        }
    }

    /// Where a cause of an attribute is looked for first.
    pub const fn of(attr: Attr) -> Self {
        match attr {
            Attr::Salesperson | Attr::Partner => Self::Sales,
            Attr::Segment | Attr::Stream => Self::Marketing,
            _ => Self::Operations,
        }
    }
}

/// One account, for the comparison.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Fate {
    /// It counts at all.
    pub counts: bool,
    /// It is lost.
    pub lost: bool,
    /// What it left a year before it was lost, in the base currency.
    pub lost_per_year: f64,
}

/// What the accounts of one value of an attribute have seen.
#[derive(Debug, Clone, PartialEq)]
pub struct Cause {
    /// The attribute.
    pub attr: Attr,
    /// Its value, as the data has it.
    pub value: String,
    /// Accounts with this value.
    pub accounts: u32,
    /// Of those, lost.
    pub lost: u32,
    /// The share lost over the share lost of all accounts: 2 means twice as many.
    pub lift: f64,
    /// The chance of so many or more lost among so many, if the value had nothing to do with it;
    /// `None` for fewer than five accounts.
    pub p: Option<f64>,
    /// Its share of all contribution lost, 0 to 1.
    pub share: f64,
    /// Where to look first.
    pub origin: Origin,
}

/// The comparison.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Causes {
    /// Values with a lost account, the least likely to be chance first.
    pub list: Vec<Cause>,
    /// Accounts that were compared.
    pub accounts: u32,
    /// Of those, lost.
    pub lost: u32,
    /// Values for which a p was computed.
    pub comparisons: u32,
}

impl Causes {
    /// The p below which one of so many comparisons is hardly chance: 0.05 over their count
    /// (Bonferroni).
    pub fn threshold(&self) -> f64 {
        0.05 / f64::from(self.comparisons.max(1))
    }
}

/// Compares the lost accounts with all, value by value. `fates` are by position.
pub fn causes(book: &OrderBook, accounts: &Accounts, fates: &[Fate]) -> Causes {
    let mut found = Causes::default();
    for fate in fates.iter().filter(|fate| fate.counts) {
        found.accounts += 1;
        found.lost += u32::from(fate.lost);
    }
    let lost = fates.iter().filter(|fate| fate.counts && fate.lost);
    let all: f64 = lost.map(|fate| fate.lost_per_year.max(0.0)).sum();
    if found.lost == 0 {
        return found;
    }
    for attr in ATTRIBUTES {
        for (value, positions) in members::by_value(book, accounts, attr) {
            found.add(attr, value, &positions, fates, all);
        }
    }
    sort_by(&mut found.list, |a, b| {
        let p = |cause: &Cause| cause.p.unwrap_or(2.0);
        p(a).total_cmp(&p(b)).then(b.lift.total_cmp(&a.lift))
    });
    found
}

impl Causes {
    fn add(&mut self, attr: Attr, value: String, positions: &[usize], fates: &[Fate], all: f64) {
        let (mut accounts, mut lost, mut money) = (0_u32, 0_u32, 0.0);
        let found = positions.iter().filter_map(|at| fates.get(*at));
        for fate in found.filter(|fate| fate.counts) {
            accounts += 1;
            if fate.lost {
                lost += 1;
                money += fate.lost_per_year.max(0.0);
            }
        }
        let known = accounts >= FEWEST;
        self.comparisons += u32::from(known);
        if lost == 0 {
            return;
        }
        let usual = f64::from(self.lost) / f64::from(self.accounts.max(1));
        self.list.push(Cause {
            attr,
            value,
            accounts,
            lost,
            lift: f64::from(lost) / f64::from(accounts) / usual,
            p: known.then(|| fisher(self.accounts, self.lost, accounts, lost)),
            share: if all > 0.0 { money / all } else { 0.0 },
            origin: Origin::of(attr),
        });
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::orders::testing::one;

    #[test]
    fn s23_the_worked_example_with_lift_p_and_share() {
        let mut text = String::from("date|account|order|revenue|salesperson|machine\n");
        for at in 0..200 {
            let rep = if at < 30 { "X" } else { "Y" };
            let machine = if at < 3 { "M1" } else { "" };
            let _ = writeln!(
                text,
                "2025-01-0{}|A{at}|{at}|10|{rep}|{machine}",
                1 + at % 9
            );
        }
        let book = one(&text).book;
        let accounts = crate::accounts::build(&book, None);
        // 12 of X's 30 are lost, and 28 of Y's 170.
        let fates: Vec<Fate> = (0..200)
            .map(|at| Fate {
                counts: true,
                lost: !(12..172).contains(&at),
                lost_per_year: if at < 12 { 30.0 } else { 10.0 },
            })
            .collect();
        let found = causes(&book, &accounts, &fates);
        assert_eq!(
            (found.accounts, found.lost, found.comparisons),
            (200, 40, 2)
        );
        let x = &found.list[0];
        assert_eq!((x.value.as_str(), x.accounts, x.lost), ("X", 30, 12));
        assert!((x.lift - 2.0).abs() < 1e-12);
        assert_eq!(format!("{:.5}", x.p.unwrap()), "0.00502");
        assert!((x.share - 360.0 / 640.0).abs() < 1e-12);
        assert_eq!(x.origin, Origin::Sales);
        assert!(x.p.unwrap() < found.threshold());
        // Three accounts of a machine say nothing of chance.
        let machine = found.list.iter().find(|cause| cause.value == "M1").unwrap();
        assert_eq!(
            (machine.p, machine.accounts, machine.origin),
            (None, 3, Origin::Operations)
        );
    }

    #[test]
    fn s23_nobody_lost_nothing_to_compare() {
        let book = one("date|account|order|revenue|segment\n2025-01-01|A|1|10|Aero").book;
        let accounts = crate::accounts::build(&book, None);
        let found = causes(
            &book,
            &accounts,
            &[Fate {
                counts: true,
                ..Fate::default()
            }],
        );
        assert_eq!((found.accounts, found.lost), (1, 0));
        assert!(found.list.is_empty());
    }
}
