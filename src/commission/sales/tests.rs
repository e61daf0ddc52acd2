//! Sales by account, plant and part: worked examples, and what holds for any of them.

use proptest::prelude::*;

use super::*;
use crate::orders::testing::one;

const BOOK: &str = "date|order|account|salesperson|item|site|revenue|cost|freight|rebates|tooling
    2025-03-05|3|C3|Ana|P-2|West|80000|66000|2400||100
    2025-01-15|1|C1|Ana|P-1|East|50000|38000|1500|12.34567|
    2025-02-10|2|C2||P-1|East|12000|7800|300||
    2025-04-02|C3|C3|Ana|P-2|West|-20000|-16500|0||
    2025-04-12|5|C2|Ben|P-1 rev. B|East|12000||300||
    2025-06-11|6|C2|Ben|P-9|East|14000|9100|350||
    2025-06-12|6|C2|Ben|P-1-C|West|10|9|0||
    2026-01-01|7|C2|Ben|P-1|East|1|1|0||";

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn book() -> Sales {
    Sales::of(&one(BOOK).book, day("2025-12-31")).unwrap()
}

#[test]
fn a_book_becomes_columns_by_day() {
    let sales = book();
    let names = |list: &[String], ids: &[u32]| -> Vec<String> {
        let name = |id: &u32| list.get(*id as usize).cloned().unwrap_or_default();
        ids.iter().map(name).collect()
    };
    assert_eq!(
        names(&sales.reps, &sales.rep),
        ["Ana", "House", "Ana", "Ana", "Ben", "Ben", "Ben"]
    );
    assert_eq!(sales.reps, ["Ana", "Ben", "House"]);
    assert_eq!(
        names(&sales.accounts, &sales.account),
        ["C1", "C2", "C3", "C3", "C2", "C2", "C2"]
    );
    assert_eq!(
        sales.revenue,
        [50_000, 12_000, 80_000, -20_000, 12_000, 14_000, 10].map(|units| units * UNIT)
    );
    assert_eq!(sales.other[..3], [123_457, 0, 100 * UNIT]);
    assert_eq!(
        sales.contribution(2),
        (80_000 - 66_000 - 2_400 - 100) * UNIT
    );
    assert_eq!(sales.line, [1, 2, 0, 3, 4, 5, 6]);
    assert_eq!(sales.left_out, 1);
    assert_eq!(sales.returned, [NONE, NONE, NONE, 2, NONE, NONE, NONE]);
    assert_eq!(sales.span(), Some((day("2025-01-15"), day("2025-06-12"))));
}

#[test]
fn orders_are_counted_by_account_plant_and_part() {
    let sales = book();
    assert_eq!(sales.indexes(FirstKey::Account), [1, 1, 1, 1, 2, 3, 3]);
    assert_eq!(sales.indexes(FirstKey::Site), [1, 1, 1, 1, 2, 3, 1]);
    // A revision is the same part: the third order's second line repeats P-1.
    assert_eq!(sales.indexes(FirstKey::Item), [1, 1, 1, 1, 2, 1, 3]);
}

#[test]
fn a_cost_that_is_not_recorded_can_be_assumed() {
    let mut sales = book();
    assert_eq!(sales.cost[4], 0);
    sales.assume_cost(COST_PARTS / 100 * 65, &[]);
    assert_eq!(sales.cost[4], 7_800 * UNIT);
    assert_eq!(sales.cost[1], 7_800 * UNIT);
    // The account's own share goes before the usual one.
    let account = sales.account[4] as usize;
    let mut own = vec![None; account + 1];
    own[account] = Some(COST_PARTS / 2);
    sales.assume_cost(COST_PARTS / 100 * 65, &own);
    assert_eq!(sales.cost[4], 6_000 * UNIT);
}

fn sale(on: &str, order: u32, account: &'static str, revenue: i64) -> Sale<'static> {
    Sale {
        day: day(on),
        order,
        account,
        revenue,
        is_return: revenue < 0,
        ..Sale::default()
    }
}

#[test]
fn an_order_over_several_days_is_one_order() {
    let rows = [
        sale("2025-01-01", 1, "A", 5),
        sale("2025-01-02", 2, "A", 5),
        sale("2025-01-03", 1, "A", 5),
        sale("2025-01-04", 3, "A", 5),
        sale("2025-01-05", 2, "A", 5),
        sale("2025-01-05", 9, "A", -5),
        sale("2025-01-05", 9, "B", -5),
    ];
    let sales = Sales::build(rows).unwrap();
    assert_eq!(sales.indexes(FirstKey::Account), [1, 2, 1, 3, 2, 3, 0]);
}

#[test]
fn a_return_finds_its_line() {
    let of = |item, row: Sale<'static>| Sale { item, ..row };
    let back = |item, order, row: Sale<'static>| Sale {
        returns: Some(order),
        ..of(item, row)
    };
    let rows = [
        of("x", sale("2025-01-01", 1, "A", 5)),
        of("y", sale("2025-01-01", 1, "A", 5)),
        back("x", 1, sale("2025-01-01", 0, "A", -5)),
        back("z", 1, sale("2025-01-04", 9, "A", -5)),
        back("x", 4, sale("2025-01-04", 9, "A", -5)),
        of("x", sale("2025-01-05", 4, "A", 5)),
    ];
    let sales = Sales::build(rows).unwrap();
    // The last return stands before the order it names, so nothing was paid yet.
    assert_eq!(sales.returned, [NONE, NONE, 0, 0, NONE, NONE]);
}

#[test]
fn amounts_that_no_sum_could_hold_are_refused() {
    let rows = (0..3).map(|order| sale("2025-01-01", order, "A", i64::MAX / 3));
    assert_eq!(Sales::build(rows), Err(TooLarge { line: 0 }));
    let least = Sales::build([sale("2025-01-01", 1, "A", i64::MIN)]);
    assert!(least.unwrap_err().to_string().contains("order line 1"));
}

proptest! {
    #[test]
    fn the_order_of_the_input_does_not_matter(
        rows in proptest::collection::vec((0..40_i32, 0..9_u32, 0..3_usize, 0..3_usize, any::<bool>()), 0..40),
        seed in any::<u64>(),
    ) {
        let names = ["a", "b", "c"];
        let made: Vec<Sale<'static>> = (0_u32..).zip(&rows).map(|(line, row)| Sale {
            day: Date::from_days(row.0),
            order: row.1,
            line,
            account: names[row.2],
            item: names[row.3],
            is_return: row.4,
            returns: row.4.then_some(row.1),
            revenue: if row.4 { -7 } else { 7 },
            ..Sale::default()
        }).collect();
        let mut other = made.clone();
        other.sort_by_key(|row| u64::from(row.line).wrapping_mul(seed | 1));
        let sales = Sales::build(made).unwrap();
        prop_assert_eq!(&sales, &Sales::build(other).unwrap());
        // By the definition: distinct orders of the key so far.
        let indexes = sales.indexes(FirstKey::Account);
        for (row, index) in indexes.iter().enumerate() {
            if sales.is_return[row] { continue; }
            let mut seen: Vec<u32> = Vec::new();
            for earlier in 0..=row {
                let counts = !sales.is_return[earlier] && sales.account[earlier] == sales.account[row];
                if counts && !seen.contains(&sales.order[earlier]) {
                    seen.push(sales.order[earlier]);
                }
            }
            let place = seen.iter().position(|order| *order == sales.order[row]).unwrap() + 1;
            prop_assert_eq!(*index as usize, place);
        }
    }
}

#[test]
fn orders_of_one_day_come_by_number_however_the_file_is_sorted() {
    const HEAD: &str = "date|order|account|salesperson|revenue";
    let rows = [
        "\n2025-01-15|9|C1|Ana|100",
        "\n2025-01-15|10|C1|Ben|200",
        "\n2025-01-15||C3|Ana|300",
        "\n2025-01-15||C2|Ben|400",
    ];
    let revenue = |order: [usize; 4]| {
        let text = HEAD.to_owned() + &order.map(|at| rows[at]).concat();
        let sales = Sales::of(&one(&text).book, day("2025-12-31")).unwrap();
        let units: Vec<i64> = sales.revenue.iter().map(|amount| amount / UNIT).collect();
        (units, sales.indexes(FirstKey::Account))
    };
    let found = revenue([0, 1, 2, 3]);
    assert_eq!(found, (vec![400, 300, 100, 200], vec![1, 1, 1, 2]));
    assert_eq!(found, revenue([3, 2, 1, 0]));
    assert_eq!(found, revenue([2, 0, 3, 1]));
}
