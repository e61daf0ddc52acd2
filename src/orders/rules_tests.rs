//! One worked case for each rule of the import.

use super::book::{Attr, LineKind, Measure, OrderBook};
use super::testing::{File, import, one};
use crate::base::Date;
use crate::ingest::problem::{Code, Fix};

pub(super) fn revenues(book: &OrderBook) -> Vec<String> {
    column(book, Measure::Revenue)
}

fn column(book: &OrderBook, measure: Measure) -> Vec<String> {
    (0..book.len())
        .map(|line| {
            book.amount(measure, line)
                .map_or_else(|| "-".into(), |v| v.shortest().to_money().to_string())
        })
        .collect()
}

fn noted(notes: &[String], words: &str) -> bool {
    notes.iter().any(|note| note.contains(words))
}

#[test]
fn rows_become_lines_with_their_names_and_amounts() {
    let built = one("date|account|order|item|quantity|price|revenue|cost|segment
         2026-01-05|Acme|S1|P1|2|5.25|10.50|6|Aero
         2026-01-05|Acme|S1|P2|1|3|3||Aero
         2026-01-07|Bolt|S2|P1|1|5.25|5.25|3|");
    let book = &built.book;
    assert_eq!(revenues(book), ["10.5", "3", "5.25"]);
    assert_eq!(column(book, Measure::Cost), ["6", "-", "3"]);
    assert_eq!(book.account_names(), ["Acme", "Bolt"]);
    assert_eq!(book.accounts(), [0, 0, 1]);
    assert_eq!(book.orders(), [0, 0, 1]);
    assert_eq!(book.order_name(1), "S2");
    assert_eq!(book.name(Attr::Segment, 2), "");
    assert_eq!((built.report.accounts, built.report.orders), (2, 2));
    assert_eq!(
        built.report.span,
        Some((
            Date::parse("2026-01-05").unwrap(),
            Date::parse("2026-01-07").unwrap()
        ))
    );
}

#[test]
fn a_discount_percentage_is_a_share_of_the_list_value() {
    let percent = one("date|account|order|quantity|price|discount_percent
         2026-01-05|A|1|10|10|12
         2026-01-05|A|2|10|10|0.5");
    assert_eq!(revenues(&percent.book), ["88", "99.5"]);
    assert_eq!(column(&percent.book, Measure::Discount), ["12", "0.5"]);
    let share = one("date|account|order|quantity|price|discount_percent
         2026-01-05|A|1|10|10|0.12
         2026-01-05|A|2|10|10|0");
    assert_eq!(revenues(&share.book), ["88", "100"]);
    let net = one("date|account|order|revenue|discount_percent\n2026-01-05|A|1|90|10");
    assert_eq!(column(&net.book, Measure::Discount), ["10"]);
    let invoice =
        one("date|account|order|quantity|price|revenue|discount_percent\n2026-01-05|A|1|2|50|95|5");
    assert_eq!(column(&invoice.book, Measure::Discount), ["5"]);
}

#[test]
fn a_return_is_negative_and_belongs_to_the_order_of_its_number() {
    let built = one("date|account|order|item|quantity|revenue|status
         2026-01-05|A|S1|P1|10|100|invoice
         2026-02-05|A|S1|P1|-2|-20|invoice
         2026-02-06|A|S1|P1|1|10|Credit Memo");
    let book = &built.book;
    assert_eq!(revenues(book), ["100", "-20", "-10"]);
    assert_eq!(
        book.kinds(),
        [LineKind::Sale, LineKind::Return, LineKind::Return]
    );
    assert_eq!(
        (book.link(0), book.link(1), book.link(2)),
        (None, Some(0), Some(0))
    );
    assert_eq!(built.report.orders, 1);
    assert!(noted(&built.report.notes, "2 returns belong to the order"));
}

#[test]
fn a_return_without_its_orders_number_goes_to_the_newest_earlier_order_of_account_and_item() {
    let built = one("date|account|order|item|revenue
         2026-01-05|A|S1|P1|100
         2026-02-05|A|S2|P1|100
         2026-02-06|A|S3|P2|100
         2026-02-07|B|S4|P1|100
         2026-02-08|A|R1|P1|-20
         2026-02-08|A|R2|P9|-20
         2026-03-08|A|S5|P1|100");
    assert_eq!(built.book.link(4), Some(1));
    assert_eq!(built.book.link(5), None);
    assert!(noted(&built.report.notes, "stands alone"));
}

#[test]
fn a_c_before_an_orders_number_is_its_credit() {
    let built = one("date|account|order|item|quantity|revenue
         2026-01-05|A|536379|D|1|27.50
         2026-01-06|A|C536379|D|1|27.50
         2026-01-06|A|C99|D|-1|-5");
    assert_eq!(revenues(&built.book), ["27.5", "-27.5", "-5"]);
    assert_eq!(built.book.link(1), Some(0));
    assert_eq!(built.book.link(2), Some(0));
}

#[test]
fn a_refund_becomes_a_return_of_at_most_the_orders_revenue() {
    let built = one("date|account|order|revenue|refunded
         2026-01-05|A|1|100|30
         2026-01-05|A|2|50|59.50
         2026-01-05|A|2|10|");
    assert_eq!(revenues(&built.book), ["100", "50", "10", "-30", "-59.5"]);
    assert_eq!(built.report.in_book, 3);
    let capped = one("date|account|order|revenue|refunded\n2026-01-05|A|1|100|119");
    assert_eq!(revenues(&capped.book), ["100", "-100"]);
    assert!(noted(&capped.report.notes, "cut to it"));
}

#[test]
fn importing_a_file_again_changes_nothing() {
    let text = "date|account|order|item|revenue
         2026-01-05|A|1|P1|100
         2026-01-05|A|1|P1|100
         2026-01-05|A|1|P2|50
         2026-01-06|B|2|P1|70";
    let file = || File::new("a.csv", text);
    let once = import(&[file()], None, &[]);
    assert_eq!(once.book.len(), 4);
    let twice = import(&[file(), file()], None, &[]);
    assert_eq!(revenues(&twice.book), revenues(&once.book));
    assert_eq!((twice.report.repeats, twice.report.rejected), (4, 0));
}

#[test]
fn the_same_line_with_another_amount_is_a_conflict_listed_with_both() {
    let built = import(
        &[
            File::new(
                "old.csv",
                "date|account|order|line|revenue\n2026-01-05|A|1|10|100\n2026-01-05|A|1|20|50",
            ),
            File::new(
                "new.csv",
                "date|account|order|line|revenue\n2026-01-05|A|1|10|120\n2026-01-05|A|1|30|5",
            ),
        ],
        None,
        &[],
    );
    assert_eq!(revenues(&built.book), ["100", "50", "5"]);
    assert_eq!(built.report.rejected, 1);
    let group = &built.report.problems[0];
    assert_eq!(
        (group.code, group.file, group.count),
        (Code::Conflict, 1, 1)
    );
    let found = &group.examples[0].found;
    assert!(
        found.contains("old.csv") && found.contains("100"),
        "{found}"
    );
    assert!(
        built.rejected.csv().contains("120"),
        "{}",
        built.rejected.csv()
    );
}

#[test]
fn a_line_number_that_occurs_twice_in_a_file_is_a_repeat() {
    let built = one("date|account|order|line|item|revenue
         2026-01-05|A|1|1|P1|100
         2026-01-05|A|1|1|P1|100
         2026-01-05|A|1|2|P1|100");
    assert_eq!((built.book.len(), built.report.repeats), (2, 1));
}

#[test]
fn the_same_number_of_two_accounts_or_two_systems_is_two_orders() {
    let accounts = one("date|account|order|revenue\n2026-01-05|A|1|5\n2026-01-05|B|1|5");
    assert_eq!(accounts.report.orders, 2);
    assert_eq!(accounts.book.order_name(1), "1");
    let text = "date|account|order|revenue\n2026-01-05|A|1|5";
    let systems = [
        File::new("erp.csv", text).system("sap"),
        File::new("crm.csv", text).system("xero"),
    ];
    let built = import(&systems, None, &[]);
    assert_eq!((built.report.orders, built.report.repeats), (2, 0));
    assert_eq!(built.book.order_name(1), "1");
    let groups = &built.report.problems;
    assert_eq!(groups.len(), 2);
    assert!(
        groups
            .iter()
            .all(|g| g.code == Code::Elsewhere && !g.rejected)
    );
}

#[test]
fn of_an_order_in_two_systems_the_file_that_is_right_can_be_chosen() {
    let crm = || {
        File::new(
            "crm.csv",
            "date|account|order|revenue
             2026-01-05|Acme|1|100
             2026-01-06|Bolt|2|50
             2026-01-07|Core|9|70",
        )
        .system("salesforce")
    };
    let erp = || {
        File::new(
            "erp.csv",
            "date|account|order|revenue
             2026-01-08|ACME|1|60
             2026-01-08|ACME|1|80
             2026-01-06|Bolt|2|50
             2026-01-06|Other|9|10",
        )
        .system("sap")
    };
    let both = import(&[crm(), erp()], None, &[]);
    assert_eq!(both.report.in_book, 7);
    let shared: Vec<(&str, bool)> = both
        .book
        .merged()
        .shared
        .iter()
        .map(|each| (each.order.as_str(), each.differs()))
        .collect();
    // Number 9 is of different customers: a coincidence.
    assert_eq!(shared, [("1", true), ("2", false)]);
    let group = &both.report.problems[0];
    assert_eq!(
        (group.code, group.file, group.count),
        (Code::Elsewhere, 0, 2)
    );
    assert_eq!(
        group.examples[0].found,
        "order 1: 100.00 in crm.csv, 140.00 in erp.csv"
    );
    let fix = || group.fixes[0].clone();
    let right = import(&[crm().fix(fix()), erp()], None, &[]);
    assert_eq!(revenues(&right.book), ["70", "60", "80", "50", "10"]);
    assert_eq!(
        right.report.left_out,
        [("rows left out on purpose".to_owned(), 2)]
    );
    assert!(right.report.problems.is_empty() && right.book.merged().shared.is_empty());
    // Nobody's word leaves an order out of both.
    let neither = import(&[crm().fix(fix()), erp().fix(fix())], None, &[]);
    assert_eq!(neither.report.in_book, 7);
}

#[test]
fn lines_without_an_order_number_are_one_order_a_day() {
    let built = one("date|account|item|revenue
         2026-01-05|A|P1|5
         2026-01-05|A|P2|5
         2026-01-06|A|P1|5");
    assert_eq!(built.report.orders, 2);
    assert_eq!(built.book.order_name(0), "");
}

#[test]
fn several_currencies_need_rates_and_are_converted_with_them() {
    let text = "date|account|order|revenue|cost|currency
         2026-01-05|A|1|100|50|USD
         2026-01-05|A|2|100|50|EUR
         2026-01-05|A|3|100|50|USD";
    let without = one(text);
    assert_eq!(without.report.rates_needed, ["EUR"]);
    assert_eq!((without.book.len(), without.report.rejected), (2, 1));
    assert_eq!(without.book.currency(), Some("USD"));
    assert_eq!(
        without.report.problems[0].fixes[0],
        Fix::Rate {
            currency: "EUR".into()
        }
    );
    let with = import(
        &[File::new("a.csv", text)],
        Some("USD"),
        &[("EUR", "1.0825")],
    );
    assert_eq!(revenues(&with.book), ["100", "108.25", "100"]);
    assert_eq!(column(&with.book, Measure::Cost), ["50", "54.125", "50"]);
    assert!(with.report.rates_needed.is_empty());
}

#[test]
fn a_missing_currency_stays_unknown() {
    let none = one("date|account|order|revenue\n2026-01-05|A|1|100");
    assert_eq!(none.book.currency(), None);
    let mixed =
        one("date|account|order|revenue|currency\n2026-01-05|A|1|100|EUR\n2026-01-05|B|2|100|");
    assert_eq!((mixed.book.len(), mixed.report.rejected), (1, 1));
    assert_eq!(mixed.report.problems[0].code, Code::UnknownCurrency);
    let fix = Fix::Replace {
        column: 4,
        found: String::new(),
        with: "EUR".into(),
    };
    assert_eq!(mixed.report.problems[0].fixes[0], fix);
    let fixed = File::new(
        "a.csv",
        "date|account|order|revenue|currency\n2026-01-05|A|1|100|EUR\n2026-01-05|B|2|100|",
    )
    .fix(fix);
    assert_eq!(import(&[fixed], None, &[]).book.len(), 2);
}

#[test]
fn further_lines_of_an_order_take_what_they_lack_from_the_first() {
    let built = one("order|account|date|currency|item|price|quantity|status
         #1|Acme|2026-01-05|USD|P1|10|1|paid
         #1|||| P2|5|2|
         #2|Bolt|2026-01-06|USD|P1|10|1|voided
         #2||||P2|5|2|");
    assert_eq!(revenues(&built.book), ["10", "10"]);
    assert_eq!(built.book.accounts(), [0, 0]);
    assert_eq!(built.report.no_order, 2);
    assert_eq!(
        built.report.left_out,
        [("cancelled or voided orders".to_owned(), 2)]
    );
}

#[test]
fn totals_groups_and_notes_are_counted_and_a_group_names_the_account() {
    let built = one("date|order|revenue
         group: Acme
         2026-01-05|1|10
         total: Total for Acme
         group: Bolt
         2026-01-06|2|20
         note: Printed on Monday");
    assert_eq!(built.book.account_names(), ["Acme", "Bolt"]);
    assert_eq!(
        (
            built.report.read,
            built.report.in_book,
            built.report.structure
        ),
        (6, 2, 4)
    );
}

#[test]
fn accounts_spelled_twice_are_reported() {
    let built = one(
        "date|account|order|revenue\n2026-01-05|Acme Ltd|1|5\n2026-01-06|ACME  ltd|2|5\n2026-01-07|Acme Ltd|3|1",
    );
    assert_eq!(built.report.accounts, 1);
    assert!(noted(
        &built.report.notes,
        "\"Acme Ltd\" is one account with \"ACME  ltd\""
    ));
}

#[test]
fn an_account_summary_keeps_orders_first_last_and_sums() {
    let file = File::new(
        "s.csv",
        "account|order_count|first_date|last_date|revenue|cost
         Acme|12|2024-01-10|2026-01-09|1200|700
         Bolt|1|2025-05-05|2025-05-05|50|",
    );
    let built = import(&[file.summary()], None, &[]);
    assert_eq!((built.report.in_book, built.report.orders), (2, 13));
    assert_eq!(built.book.summaries()[0].orders, 12);
    assert_eq!(built.book.kinds()[0], LineKind::Summary);
}

#[test]
fn coverage_is_weighted_by_revenue() {
    let built = one("date|account|order|revenue|cost|segment
         2026-01-05|A|1|75|50|
         2026-01-05|A|2|25||Aero");
    let share = |label: &str| {
        built
            .report
            .coverage
            .iter()
            .find(|(l, _)| l == label)
            .map(|(_, s)| *s)
    };
    assert_eq!(share("Cost of goods"), Some(0.75));
    assert_eq!(share("Segment"), Some(0.25));
    assert_eq!(share("Freight"), Some(0.0));
}

#[test]
fn costs_in_the_companys_own_currency_are_not_converted() {
    let text = "date|account|order|quantity|revenue|unit_cost|currency
         2026-01-05|A|1|2|100|20|USD";
    let mut file = File::new("a.csv", text);
    file.plan.layout.columns[5].header = "Unit Cost (LCY)".into();
    let built = import(&[file], Some("EUR"), &[("USD", "0.5")]);
    assert_eq!(revenues(&built.book), ["50"]);
    assert_eq!(column(&built.book, Measure::Cost), ["40"]);
}

#[test]
fn a_percent_sign_says_that_small_discounts_are_hundredths() {
    let shares = |first: &str, second: &str| {
        let built = one(&format!(
            "date|account|order|quantity|price|discount_percent
             2026-01-05|A|1|1|1000|{first}
             2026-01-05|A|2|1|1000|{second}"
        ));
        revenues(&built.book)
    };
    assert_eq!(shares("0.5%", "1 %"), ["995", "990"]);
    assert_eq!(shares("0.5", "1"), ["500", "0"]);
    assert_eq!(shares("0.5", "5"), ["995", "950"]);
}

#[test]
fn an_order_number_under_two_accounts_is_noted() {
    let built = one("date|account|order|revenue
         2026-01-05|Acme Corp|1|100
         2026-01-05|Acme Inc|1|100
         2026-01-05|Acme Inc|1|50");
    let notes = built.report.notes.join("; ");
    assert!(
        notes.contains("1 order number stands under two accounts"),
        "{notes}"
    );
}

/// INPUTS 5.3: a return is linked to its order by the number, whichever file it stands in.
#[test]
fn a_return_in_a_later_file_is_no_conflict_with_its_sale() {
    const HEAD: &str = "date|account|order|item|quantity|revenue|cost";
    let sale = || File::new("june.csv", &format!("{HEAD}\n2025-06-01|A|1|P|10|1000|600"));
    let back = || {
        File::new(
            "july.csv",
            &format!("{HEAD}\n2025-07-01|A|1|P|-4|-400|-240"),
        )
    };
    for files in [[sale(), back()], [back(), sale()]] {
        let built = import(&files, None, &[]);
        assert_eq!(built.report.rejected, 0);
        let mut found = revenues(&built.book);
        found.sort();
        assert_eq!(found, ["-400", "1000"]);
        assert_eq!(built.report.orders, 1);
    }
}
