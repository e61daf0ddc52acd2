//! Worked cases of the accounts, and what must always hold of them.

use proptest::prelude::*;

use super::account::{Account, Accounts, Sums};
use super::build;
use crate::base::{Date, Money};
use crate::orders::testing::{File, import, one};

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn money(text: &str) -> Money {
    Money::parse(text).unwrap()
}

fn of(text: &str) -> Accounts {
    build(&one(text).book, None)
}

fn account<'a>(accounts: &'a Accounts, name: &str) -> &'a Account {
    accounts.list.iter().find(|a| a.name == name).unwrap()
}

const BOOK: &str = "date|account|order|item|quantity|list_price|revenue|cost|segment|stream|site
    2024-01-10|Acme|S1|P1-A|10|11|100|60|Aero|Parts|East
    2024-01-10|Acme|S1|P2|1|50|50||Aero|Parts|East
    2025-06-01|Acme|S2|P1-B|10|11|110|66|Aero|Parts|West
    2025-07-01|Acme|S2|P1-B|-1|11|-11|-6.6|Aero|Parts|West
    2026-01-08|Acme|S3|P3|2|40|80|20|Aero|Spares|West
    2026-01-09|Bolt|S4|P1-A|5|12|60|30|Auto|Parts|
    2022-03-03|Core|S0|P9|1|10|10|5||Service|";

#[test]
fn an_account_has_its_sums_orders_and_days() {
    let accounts = of(BOOK);
    let acme = account(&accounts, "Acme");
    assert_eq!(accounts.as_of, day("2026-01-09"));
    assert_eq!(
        (acme.first, acme.last),
        (day("2024-01-10"), day("2026-01-08"))
    );
    assert_eq!(acme.total.revenue, money("329"));
    assert_eq!(acme.total.list, money("339"));
    assert_eq!(acme.total.discount, money("10"));
    assert_eq!(acme.total.cost, money("139.4"));
    assert_eq!(acme.total.revenue_costed, money("279"));
    assert_eq!(acme.total.returned, money("-11"));
    assert_eq!(acme.total.pieces, money("22"));
    assert_eq!(
        (acme.total.orders, acme.total.lines, acme.order_days),
        (3, 5, 3)
    );
    assert_eq!(
        (acme.first_order.revenue, acme.first_order.orders),
        (money("150"), 1)
    );
}

#[test]
fn the_last_365_days_are_recent() {
    let accounts = of(BOOK);
    let acme = account(&accounts, "Acme");
    assert_eq!(acme.recent.revenue, money("179"));
    assert_eq!((acme.recent.orders, acme.recent.lines), (2, 3));
    // Bit 0: S2 and S3; bit 1: none (2024-01-10 is 730 days back); bit 2: S1.
    assert_eq!(acme.active_years, 0b101);
    assert!(account(&accounts, "Core").recent.revenue.is_zero());
}

#[test]
fn repeats_of_a_part_count_whatever_its_revision() {
    let accounts = of(BOOK);
    let acme = account(&accounts, "Acme");
    // P1-B repeats P1-A; its return takes some of that back.
    assert_eq!((acme.repeat_revenue, acme.specs), (money("99"), 3));
    assert_eq!((acme.sites, acme.sites_active), (2, 1));
}

#[test]
fn a_first_order_that_came_back_takes_nothing_off_repeats() {
    let accounts = of("date|account|order|item|quantity|price|revenue
        2025-01-10|Acme|S1|P1|10|10|100
        2025-03-01|Acme|S2|P1|10|10|100
        2025-04-01|Acme|S1|P1|-10|10|-100
        2025-05-01|Acme|S2|P1|-2|10|-20");
    let acme = account(&accounts, "Acme");
    assert_eq!(acme.total.revenue, money("80"));
    assert_eq!(acme.repeat_revenue, money("80"));
    let first = &acme.first_order;
    assert_eq!((first.revenue, first.returned), (money("0"), money("-100")));
}

#[test]
fn all_orders_of_the_first_day_are_first_whatever_their_rows() {
    let rows = [
        "2025-01-10|Acme|S2|300",
        "2025-01-10|Acme|S1|100",
        "2025-01-11|Acme|S1|50",
        "2025-02-10|Acme|S3|500",
    ];
    for turn in 0..rows.len() {
        let mut rows = rows;
        rows.rotate_left(turn);
        let accounts = of(&format!("date|account|order|revenue\n{}", rows.join("\n")));
        let first = account(&accounts, "Acme").first_order;
        assert_eq!((first.revenue, first.orders), (money("450"), 2));
    }
}

#[test]
fn lines_are_grouped_by_segment_and_process_and_by_stream() {
    let accounts = of(BOOK);
    let names = |groups: &[super::Group]| -> Vec<(String, u32, u32)> {
        groups
            .iter()
            .map(|g| (g.name.clone(), g.accounts, g.total.orders))
            .collect()
    };
    assert!(accounts.by_segment_process.is_empty());
    let processes = ["Mill", "Mill", "Turn", "Mill", "Turn", "Mill", ""];
    let lines = BOOK.lines().skip(1).zip(processes);
    let lines: Vec<String> = lines.map(|(l, p)| format!("{l}|{p}")).collect();
    let header = BOOK.lines().next().unwrap_or_default();
    let split = of(&format!("{header}|process\n{}", lines.join("\n")));
    assert_eq!(
        names(&split.by_segment_process),
        [
            ("Aero / Turn".into(), 1, 2),
            ("Aero / Mill".into(), 1, 1),
            ("Auto / Mill".into(), 1, 1),
            ("Without a segment / without a process".into(), 1, 1)
        ]
    );
    let segment = |g: &super::Group| split.segments.get(g.segment? as usize).cloned();
    let segments: Vec<_> = split.by_segment_process.iter().map(segment).collect();
    let [aero, auto] = ["Aero", "Auto"].map(|name| Some(name.to_owned()));
    assert_eq!(segments, [aero.clone(), aero, auto, None]);
    assert_eq!(split.by_stream, accounts.by_stream);
    assert_eq!(
        names(&accounts.by_stream),
        [
            ("Parts".into(), 2, 3),
            ("Spares".into(), 1, 1),
            ("Service".into(), 1, 1)
        ]
    );
}

#[test]
fn nothing_after_the_as_of_date_counts() {
    let book = one(BOOK).book;
    let accounts = build(&book, Some(day("2025-06-01")));
    let acme = account(&accounts, "Acme");
    assert_eq!((acme.total.revenue, acme.total.orders), (money("260"), 2));
    assert_eq!(acme.last, day("2025-06-01"));
    assert!(account(&accounts, "Bolt").is_idle());
    assert_eq!(accounts.last, day("2026-01-09"));
    assert_eq!(accounts.total.revenue, money("270"));
}

#[test]
fn an_account_belongs_to_the_salesperson_of_its_recent_revenue() {
    let accounts = of("date|account|order|revenue|salesperson|segment
        2023-01-05|A|1|900|Ann|
        2026-01-05|A|2|100|Bob|Aero
        2026-01-06|A|3|90|Ann|Aero");
    let a = account(&accounts, "A");
    let name = a
        .salesperson
        .and_then(|id| accounts.salespeople.get(id as usize));
    assert_eq!(name.map(String::as_str), Some("Bob"));
    assert_eq!(a.segment, Some(0));
}

#[test]
fn an_account_summary_gives_orders_first_last_and_sums() {
    let file = File::new(
        "s.csv",
        "account|order_count|first_date|last_date|revenue|cost|segment|stream
         Acme|11|2024-01-10|2026-01-09|7310|700|Aero|Parts
         Bolt|1|2025-05-05|2025-05-05|50||Auto|Spares",
    );
    let accounts = build(&import(&[file.summary()], None, &[]).book, None);
    let acme = account(&accounts, "Acme");
    assert_eq!(
        (acme.first, acme.last),
        (day("2024-01-10"), day("2026-01-09"))
    );
    assert_eq!((acme.total.orders, acme.total.revenue), (11, money("7310")));
    // 365 of the 731 days, from the first to the last.
    assert_eq!(acme.recent.revenue, money("3650"));
    assert_eq!(acme.active_years, 0b111);
    assert_eq!(
        (accounts.total.orders, accounts.total.revenue),
        (12, money("7360"))
    );
    assert_eq!(accounts.by_stream[0].total.orders, 11);
    assert_eq!(acme.first_order.revenue, money("664.55"));
}

/// As `docs/account-summary.sql` writes it: a row for what was sold, one for what was sold without a
/// recorded cost, one for what came back.
#[test]
fn rows_of_a_summary_add_up_and_zero_orders_are_none() {
    let file = File::new(
        "s.csv",
        "account|order_count|first_date|last_date|revenue|cost|discount
         Acme|3|2025-01-10|2026-01-09|900|600|30
         Acme|0|2025-01-10|2026-01-09|100||
         Acme|0|2024-12-24|2026-02-02|-50|-20|-40
         Back|0|2024-06-01|2024-07-01|-10|-4|",
    );
    let built = import(&[file.summary()], None, &[]);
    assert!(built.report.notes[0].starts_with("2 accounts came as summaries"));
    let accounts = build(&built.book, None);
    let acme = account(&accounts, "Acme");
    assert_eq!(accounts.as_of, day("2026-02-02"));
    assert_eq!(
        (acme.first, acme.last),
        (day("2025-01-10"), day("2026-01-09"))
    );
    assert_eq!((acme.total.orders, acme.order_days), (3, 3));
    assert_eq!(acme.total.revenue, money("950"));
    assert_eq!(acme.total.revenue_costed, money("850"));
    assert_eq!(acme.total.returned, money("-50"));
    assert_eq!(acme.total.discount, money("-10"));
    assert_eq!(acme.first_order.revenue, money("333.33"));
    let back = account(&accounts, "Back");
    assert_eq!(
        (back.first, back.last),
        (day("2024-06-01"), day("2024-07-01"))
    );
    assert_eq!(
        (back.total.orders, back.order_days, back.active_years),
        (0, 0, 0)
    );
    assert_eq!(back.total.returned, money("-10"));
    assert_eq!(back.first_order, Sums::default());
}

#[test]
fn an_empty_book_has_no_accounts() {
    let accounts = of("date|account|revenue");
    assert!(accounts.list.is_empty());
    assert_eq!(accounts.total, Sums::default());
}

/// Rows as they come: some without account, date or amount, some returns, some strange.
fn rows() -> impl Strategy<Value = Vec<String>> {
    let date = prop_oneof![
        9 => (2020..2026_i32, 1..=12_u32, 1..=28_u32).prop_map(|(y, m, d)| format!("{y}-{m:02}-{d:02}")),
        1 => Just("soon".to_owned()),
        1 => Just(String::new()),
    ];
    let name = prop_oneof![8 => "[A-C]", 1 => "[a-c] ", 1 => Just(String::new())];
    let amount = prop_oneof![
        8 => (-9_999..99_999_i64, 0..4_u32).prop_map(|(m, s)| {
            crate::base::Money::from_parts(i128::from(m), s).unwrap().to_string()
        }),
        1 => Just("n/a".to_owned()),
        1 => Just("ten".to_owned()),
        1 => Just("99999999999999.5".to_owned()),
    ];
    let row = (date, name, 0..6_u32, 0..3_u32, amount.clone(), amount).prop_map(
        |(date, account, order, item, revenue, cost)| {
            let stream = if order % 2 == 0 { "Parts" } else { "" };
            format!("{date}|{account}|{order}|I{item}|{revenue}|{cost}|M{item}|{stream}")
        },
    );
    let kind = prop_oneof![12 => Just(""), 1 => Just("total:"), 1 => Just("note:")];
    prop::collection::vec(
        (kind, row).prop_map(|(kind, row)| format!("{kind}{row}")),
        0..40,
    )
}

fn file(rows: &[String]) -> File {
    File::new(
        "a.csv",
        &format!(
            "date|account|order|item|revenue|cost|process|stream\n{}",
            rows.join("\n")
        ),
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn accounts_and_groups_add_up_to_the_book(rows in rows()) {
        // The read equation is asserted in `import`.
        let built = import(&[file(&rows)], None, &[]);
        prop_assert_eq!(built.report.in_book as usize, built.book.len());
        let accounts = build(&built.book, None);
        let mut sum = Sums::default();
        for account in &accounts.list {
            sum.add(&account.total);
        }
        prop_assert_eq!(sum, accounts.total);
        let groups = &accounts.by_stream;
        if !groups.is_empty() {
            let mut sum = Sums::default();
            for group in groups {
                sum.add(&group.total);
            }
            sum.orders = accounts.total.orders;
            prop_assert_eq!(sum, accounts.total);
        }
        prop_assert_eq!(u64::from(accounts.total.orders), built.report.orders);
    }

    #[test]
    fn the_order_of_rows_does_not_matter_to_sums(rows in rows(), seed in any::<u64>()) {
        let mut order: Vec<usize> = (0..rows.len()).collect();
        let mut random = oorandom::Rand64::new(u128::from(seed));
        for i in (1..order.len()).rev() {
            order.swap(i, random.rand_range(0..i as u64 + 1) as usize);
        }
        // Blank cells are filled from the row above, so rows that stand alone are compared.
        let alone: Vec<String> = rows
            .iter()
            .filter(|row| row.contains('|') && !row.starts_with('|') && !row.contains("||") && !row.contains('x'))
            .filter(|row| row.split('|').nth(1).is_some_and(|name| !name.trim().is_empty()))
            .cloned()
            .collect();
        let order: Vec<usize> = order.into_iter().filter(|at| *at < alone.len()).collect();
        let straight = build(&import(&[file(&alone)], None, &[]).book, None);
        let shuffled = build(&import(&[file(&alone).shuffled(&order)], None, &[]).book, None);
        prop_assert_eq!(&straight.total, &shuffled.total);
        for account in &straight.list {
            let key = account.name.to_lowercase();
            let other = shuffled.list.iter().find(|a| a.name.to_lowercase() == key).unwrap();
            prop_assert_eq!(&account.total, &other.total);
            prop_assert_eq!(&account.recent, &other.recent);
            prop_assert_eq!((account.first, account.last), (other.first, other.last));
            prop_assert_eq!(account.repeat_revenue, other.repeat_revenue);
        }
    }

    #[test]
    fn importing_again_changes_nothing(rows in rows()) {
        let once = import(&[file(&rows)], None, &[]);
        let twice = import(&[file(&rows), file(&rows)], None, &[]);
        prop_assert_eq!(twice.book.len(), once.book.len());
        prop_assert_eq!(twice.report.repeats, once.report.in_book);
        let (a, b) = (build(&once.book, None), build(&twice.book, None));
        prop_assert_eq!(a.total, b.total);
        prop_assert_eq!(a.list, b.list);
    }
}
