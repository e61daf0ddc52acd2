//! Accounts made by hand, with every trait that valuing meets: lapsed accounts, missing costs,
//! rebates, freight, tooling, pieces, several segments and years.
#![allow(dead_code, reason = "each test uses its part of it")]

use perennial::accounts::{Account, Accounts, Coverage, Group, Sums};
use perennial::assumptions::{Assumptions, Origin, Resolved, Setting};
use perennial::base::{Date, Money};
use perennial::registry;
use perennial::value::{Prepared, estimates};

pub fn money(text: &str) -> Money {
    Money::parse(text).unwrap()
}

pub fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn cents(amount: i64) -> Money {
    Money::from_parts(i128::from(amount), 2).unwrap()
}

fn add(into: &mut Sums, from: &Sums) {
    for (a, b) in [
        (&mut into.list, from.list),
        (&mut into.discount, from.discount),
        (&mut into.revenue, from.revenue),
        (&mut into.rebates, from.rebates),
        (&mut into.freight, from.freight),
        (&mut into.cost, from.cost),
        (&mut into.revenue_costed, from.revenue_costed),
        (&mut into.tooling, from.tooling),
        (&mut into.returned, from.returned),
        (&mut into.pieces, from.pieces),
    ] {
        *a = a.add(b).unwrap();
    }
    into.orders += from.orders;
    into.lines += from.lines;
}

/// One year of one account; `scale` sets its size, `costed` the percentage with a recorded cost.
fn year(scale: i64, costed: i64, seed: i64) -> Sums {
    let revenue = scale * (900 + seed % 300);
    let discount = revenue * (seed % 9) / 100;
    let known = revenue * costed / 100;
    Sums {
        list: cents(revenue + discount),
        discount: cents(discount),
        revenue: cents(revenue),
        rebates: cents(revenue * (seed % 3) / 100),
        freight: cents(revenue * (seed % 5) / 200),
        cost: cents(known * (55 + seed % 30) / 100),
        revenue_costed: cents(known),
        tooling: cents(if seed % 4 == 0 { scale * 90 } else { 0 }),
        returned: cents(-(seed % 7) * scale),
        pieces: cents((scale * 40) / 100 * 100),
        orders: u32::try_from(2 + seed % 11).unwrap(),
        lines: u32::try_from(5 + seed % 23).unwrap(),
    }
}

/// `count` accounts over up to five years as of 2026-06-30.
pub fn book(count: u32) -> Accounts {
    let as_of = date("2026-06-30");
    let segments = ["Aerospace", "Pumps", "Food machinery", "Never costed"];
    let mut accounts = Accounts {
        as_of,
        first: date("2021-07-15"),
        last: date("2026-06-28"),
        currency: Some("EUR".into()),
        segments: segments.map(str::to_owned).to_vec(),
        salespeople: vec!["Ada".into(), "Ben".into()],
        parents: vec!["Group One".into(), "Group Two".into()],
        coverage: Coverage {
            discount: 1.0,
            rebates: 1.0,
            freight: 1.0,
            cost: 0.8,
            tooling: 0.2,
            quantity: 1.0,
            item: 1.0,
            segment: 1.0,
            ..Coverage::default()
        },
        ..Accounts::default()
    };
    for n in 0..i64::from(count) {
        let seed = (n * 7919 + 13) % 1009;
        let segment = seed % 5;
        let costed = match (segment, seed % 6) {
            (3, _) | (_, 0) => 0,
            (_, 1) => 60,
            _ => 100,
        };
        let first_year = 1 + seed % 5;
        let last_year = if seed % 4 == 0 {
            (seed / 7) % first_year
        } else {
            0
        };
        let mut account = Account {
            name: format!("Account {n}"),
            parent: u32::try_from(seed % 4).ok().filter(|p| *p < 2),
            segment: u32::try_from(segment).ok().filter(|s| *s < 4),
            salesperson: Some(u32::try_from(seed % 2).unwrap()),
            first: as_of.plus_days(-i32::try_from(first_year * 365 - 40 - seed % 200).unwrap()),
            last: as_of.plus_days(-i32::try_from(last_year * 365 + 3 + seed % 160).unwrap()),
            ..Account::default()
        };
        for back in last_year..first_year {
            let sums = year(20 + seed % 400, costed, seed + back * 3);
            add(&mut account.total, &sums);
            account.active_years |= 1 << back;
            if back == 0 {
                account.recent = sums;
            }
            if back == first_year - 1 {
                account.first_order = Sums { orders: 1, ..sums };
            }
        }
        account.order_days = account.total.orders;
        account.specs = 3;
        account.repeat_revenue = account.total.revenue.times("0.6".parse().unwrap()).unwrap();
        if account.first > account.last {
            account.first = account.last;
        }
        add(&mut accounts.total, &account.total);
        accounts.list.push(account);
    }
    accounts.by_stream = split(&accounts.list, &["Repeat parts", "Spares", ""]);
    accounts.by_segment_process = split(&accounts.list, &["Pumps / Milling", "Pumps / Turning"]);
    accounts
}

/// Groups that share the accounts among them in turn.
fn split(list: &[Account], names: &[&str]) -> Vec<Group> {
    let mut groups: Vec<Group> = names
        .iter()
        .map(|n| Group {
            name: (*n).into(),
            ..Group::default()
        })
        .collect();
    for (account, at) in list.iter().zip((0..names.len()).cycle()) {
        add(&mut groups[at].total, &account.total);
        add(&mut groups[at].recent, &account.recent);
        groups[at].accounts += 1;
    }
    groups
}

/// Assumptions set by the user.
pub fn chosen(settings: &[(&str, &str)]) -> Assumptions {
    let setting = |value: &str| Setting {
        value: value.into(),
        origin: Origin::User,
    };
    Assumptions {
        chosen: settings
            .iter()
            .map(|(k, v)| ((*k).to_owned(), setting(v)))
            .collect(),
    }
}

/// A prepared book and its assumptions.
pub fn ready(accounts: &Accounts, settings: &[(&str, &str)]) -> (Prepared, Resolved) {
    let prepared = Prepared::new(accounts).unwrap();
    let resolved = registry::resolve(&chosen(settings), &estimates(&prepared));
    (prepared, resolved)
}

/// Rounded half away from zero, as printed.
pub fn printed(value: f64, decimals: usize) -> String {
    let scale = 10_f64.powi(i32::try_from(decimals).unwrap());
    let rounded = (value.abs() * scale + 1e-9).round() / scale;
    format!("{:.decimals$}", rounded.copysign(value))
}
