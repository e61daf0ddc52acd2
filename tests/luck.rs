//! L12's ranges with luck: what they may hang on, and what they may not.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod hand_made;
mod pipeline;

use hand_made::ready;
use perennial::accounts::history::histories;
use perennial::base::Date;
use perennial::models::{Histories, OrderValues, Prior, Settings, Spend, fit};
use perennial::value::shown::Range;
use perennial::value::{Evaluation, Foresight, Subject};

/// The ranges of L12 in revenue for the book, and for the account of a name.
fn ranges(rows: &[String], name: &str) -> [Range; 2] {
    let text = format!("Date,Order,Customer,Net revenue\n{}\n", rows.join("\n"));
    let book = pipeline::import(&[("orders.csv", text.as_bytes())], &[]).book;
    let as_of = Date::parse("2025-10-15");
    let accounts = perennial::accounts::build(&book, as_of);
    let histories = histories(&book, as_of);
    let days: Vec<Vec<Date>> = histories
        .iter()
        .map(|history| history.days.iter().map(|day| day.date).collect())
        .collect();
    let spends: Vec<(usize, Spend)> = histories
        .iter()
        .map(|history| {
            (
                0,
                Spend::of(history.days.iter().map(|day| day.revenue.to_f64())),
            )
        })
        .collect();
    let days = Histories::of_days(histories.as_of, days.iter().map(Vec::as_slice));
    let found = fit(days, Settings::default(), &|| false).unwrap();
    let values = OrderValues::new(&spends, Prior::Weak, (40, 1));
    let mut foresight = Foresight::new(found, values);
    while foresight.fill(100) {}
    let (prepared, resolved) = ready(&accounts, &[("basis", "revenue")]);
    let evaluation = Evaluation::new(&accounts, &prepared, &resolved).with(Ok(&foresight));
    let at = accounts
        .list
        .iter()
        .position(|account| account.name == name);
    [Subject::Book, Subject::Account(at.unwrap())].map(|subject| {
        let methods = evaluation.methods(subject);
        methods.last().unwrap().range.unwrap()
    })
}

/// `accounts` that order every few weeks for two years; one order in nine is fifty times as large.
fn rows(accounts: i32) -> Vec<String> {
    let start = Date::parse("2024-01-08").unwrap();
    let mut rows = Vec::new();
    for account in 0..accounts {
        for order in 0..(24 - account % 5) {
            let gap = 30 + account % 7;
            let day = start.plus_days(order * gap + (order * 5 + account) % 9);
            let value = if (order + account) % 9 == 0 {
                5_000
            } else {
                100
            };
            rows.push(format!("{day},{account}-{order},Account {account},{value}"));
        }
    }
    rows
}

#[test]
fn the_futures_of_an_account_do_not_hang_on_its_place_in_the_list() {
    let there = rows(12);
    let mut back = there.clone();
    back.reverse();
    for name in ["Account 0", "Account 7"] {
        let [[_, a], [_, b]] = [&there, &back].map(|rows| ranges(rows, name));
        for (a, b) in [
            (a.with_luck.0, b.with_luck.0),
            (a.with_luck.1, b.with_luck.1),
        ] {
            assert!((a - b).abs() < 1e-3 * b.abs().max(1.0), "{name}: {a} {b}");
        }
    }
}

#[test]
fn luck_leaves_the_revenue_of_a_small_book_above_nothing() {
    let few: Vec<String> = rows(3).into_iter().step_by(9).collect();
    let [book, _] = ranges(&few, "Account 0");
    assert!(
        book.with_luck.0 >= 0.0 && book.with_luck.0 <= book.model.0,
        "{book:?}"
    );
    assert!(book.with_luck.1 > book.model.1, "{book:?}");
}
