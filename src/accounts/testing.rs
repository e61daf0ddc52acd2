//! Small books for tests: accounts by the days on which they ordered.

use std::fmt::Write as _;

use crate::base::Date;
use crate::orders::OrderBook;
use crate::orders::testing::one;

/// Day 0 of such books is 2024-01-01.
pub(crate) fn day(after: i32) -> Date {
    Date::parse("2024-01-01").unwrap().plus_days(after)
}

/// A book of accounts by their order days; every order is worth 100.
pub(crate) fn book(accounts: &[(&str, &[i32])]) -> OrderBook {
    priced(
        &accounts
            .iter()
            .map(|(name, days)| (*name, days.iter().map(|at| (*at, 100)).collect::<Vec<_>>()))
            .collect::<Vec<_>>(),
    )
}

/// A book of accounts by order day and amount.
pub(crate) fn priced<D: AsRef<[(i32, i32)]>>(accounts: &[(&str, D)]) -> OrderBook {
    let mut text = String::from("date|account|order|revenue|cost\n");
    let mut order = 0;
    for (name, days) in accounts {
        for (at, amount) in days.as_ref() {
            order += 1;
            let _ = writeln!(text, "{}|{name}|S{order}|{amount}|{}", day(*at), amount / 2);
        }
    }
    one(&text).book
}
