//! What holds for the value of every book: sums, fall-backs, reasons instead of zeros.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod hand_made;
mod pipeline;

use hand_made::{book, money, printed, ready};
use perennial::metrics::{Cell, Figures, Number};
use perennial::value::{Evaluation, Subject};

fn number(figures: &Figures, key: &str) -> f64 {
    match figures.get(key).unwrap_or_else(|| panic!("{key}")).value {
        Ok(Number::Float(value)) => value,
        Ok(Number::Exact(value)) => perennial::base::Money::new(value).to_f64(),
        Err(ref why) => panic!("{key}: {}", why.0),
    }
}

#[test]
fn the_book_is_the_sum_of_its_accounts() {
    let accounts = book(60);
    for settings in [
        &[][..],
        &[
            ("service_order", "35"),
            ("service_year", "120"),
            ("capital", "9"),
        ],
        &[
            ("basis", "gross_profit"),
            ("measure", "average"),
            ("method", "l2"),
        ],
        &[
            ("gross_margin", "12.5"),
            ("lapse", "3"),
            ("timing", "monthly"),
        ],
        &[
            ("count_cost", "off"),
            ("method", "l10"),
            ("basis", "revenue"),
        ],
    ] {
        let (prepared, resolved) = ready(&accounts, settings);
        let evaluation = Evaluation::new(&accounts, &prepared, &resolved);
        let whole = evaluation.figures(Subject::Book);
        let parts: Vec<Figures> = (0..60)
            .map(|i| evaluation.figures(Subject::Account(i)))
            .collect();
        let segments: Vec<Figures> = (0..5)
            .map(|i| evaluation.figures(Subject::Segment(i)))
            .collect();
        for key in [
            "accounts",
            "orders",
            "revenue",
            "terms",
            "pocket",
            "cost",
            "gross_profit",
            "service",
            "contribution",
            "past_value",
            "yearly_margin",
            "expected_margin",
            "future_value",
            "lifetime_value",
            "contribution_year",
            "first_order_value",
        ] {
            let total = number(&whole, key);
            let sum: f64 = parts.iter().map(|f| number(f, key)).sum();
            let by_segment: f64 = segments.iter().map(|f| number(f, key)).sum();
            let close = 1e-9 * total.abs().max(1.0);
            assert!(
                (total - sum).abs() < close,
                "{key}: {total} {sum} {settings:?}"
            );
            assert!((total - by_segment).abs() < close, "{key} by segment");
        }
        for (i, figures) in parts.iter().enumerate() {
            for (column, key) in [
                ("gross_profit", "gross_profit"),
                ("contribution", "contribution"),
                ("past", "past_value"),
                ("yearly", "yearly_margin"),
                ("future", "future_value"),
                ("lifetime", "lifetime_value"),
                ("ltv_cac", "ltv_cac"),
            ] {
                let (shown, figure) = (evaluation.number(column, i), number(figures, key));
                assert!(
                    (shown - figure).abs() < 1e-9 * figure.abs().max(1.0),
                    "{i} {column}"
                );
            }
        }
    }
}

#[test]
fn a_lapsed_account_keeps_its_past_only() {
    let accounts = book(60);
    let (prepared, resolved) = ready(&accounts, &[]);
    let evaluation = Evaluation::new(&accounts, &prepared, &resolved);
    let lapsed = evaluation.values.lapsed.iter().position(|l| *l).unwrap();
    let figures = evaluation.figures(Subject::Account(lapsed));
    assert_eq!(printed(number(&figures, "future_value"), 2), "0.00");
    assert!(
        figures["future_value"]
            .note
            .as_ref()
            .unwrap()
            .starts_with("Lapsed")
    );
    assert!(figures["payback_months"].value.is_err());
    let (past, lifetime) = (
        number(&figures, "past_value"),
        number(&figures, "lifetime_value"),
    );
    assert_eq!(printed(past - 5_000.0, 4), printed(lifetime, 4));
}

#[test]
fn missing_costs_fall_back_and_are_marked() {
    let accounts = book(60);
    let (prepared, resolved) = ready(&accounts, &[("gross_margin", "20")]);
    let evaluation = Evaluation::new(&accounts, &prepared, &resolved);
    let segments = &accounts.segments;
    let never = segments.iter().position(|s| s == "Never costed").unwrap();
    let figures = evaluation.figures(Subject::Segment(never));
    // Nothing is recorded in the segment: the assumption decides.
    let (revenue, cost) = (number(&figures, "revenue"), number(&figures, "cost"));
    assert!((cost - 0.8 * revenue).abs() < 1e-6);
    assert_eq!(figures["cost"].coverage, Some(0.0));
    assert_eq!(
        figures["cost"].exactness,
        perennial::metrics::Exactness::Assumed
    );
    // Elsewhere an account without costs has its segment's ratio, not the assumption's.
    let bare = accounts
        .list
        .iter()
        .position(|a| a.segment.is_some_and(|s| s < 3) && a.total.revenue_costed.is_zero())
        .unwrap();
    let own = evaluation.figures(Subject::Account(bare));
    let share = number(&own, "cost") / number(&own, "revenue");
    assert!(
        (0.5..0.9).contains(&share) && (share - 0.8).abs() > 1e-6,
        "{share}"
    );
}

#[test]
fn an_acquisition_cost_of_nothing_has_no_ratio() {
    let accounts = book(20);
    let (prepared, resolved) = ready(&accounts, &[("cac", "0")]);
    let figures = Evaluation::new(&accounts, &prepared, &resolved).figures(Subject::Book);
    assert!(figures["ltv_cac"].value.is_err());
    assert_eq!(printed(number(&figures, "payback_months"), 2), "0.00");
}

#[test]
fn an_empty_book_gives_reasons_not_zeros() {
    let accounts = perennial::accounts::Accounts::default();
    let (prepared, resolved) = ready(&accounts, &[]);
    let evaluation = Evaluation::new(&accounts, &prepared, &resolved);
    let figures = evaluation.figures(Subject::Book);
    for key in [
        "gp_percent",
        "ltv_cac",
        "payback_months",
        "retention_seen",
        "l7",
        "new_irr",
    ] {
        assert!(figures[key].value.is_err(), "{key}");
    }
}

#[test]
fn every_analysis_has_rows_as_wide_as_its_columns() {
    let accounts = book(60);
    let empty = perennial::accounts::Accounts::default();
    for settings in [
        &[][..],
        &[("method", "l10"), ("basis", "revenue"), ("cac", "0")],
    ] {
        for (accounts, filled) in [(&accounts, true), (&empty, false)] {
            let (prepared, resolved) = ready(accounts, settings);
            let evaluation = Evaluation::new(accounts, &prepared, &resolved);
            for key in perennial::value::sheets::keys() {
                let sheet = evaluation.sheet(key).unwrap();
                assert_eq!(sheet.key, key);
                assert!(!sheet.caption.is_empty(), "{key}");
                // Without a fit there is no chance of payback, but a reason (tests/forecasts.rs).
                let filled = filled && key != "payback";
                if filled && perennial::view::drawn::is_drawn(key) {
                    assert!(perennial::view::drawn::of(&sheet).is_some(), "{key}");
                }
                // Nothing hangs loose in a tidy book.
                let may_be_empty = !filled || key == "orphans";
                assert!(may_be_empty || !sheet.rows.is_empty(), "{key}");
                for row in &sheet.rows {
                    assert_eq!(row.len(), sheet.columns.len(), "{key}: {row:?}");
                }
            }
        }
    }
}

#[test]
fn the_streams_add_up_to_the_book() {
    let mut accounts = book(60);
    // Orders with lines of several streams count in each of them.
    for group in &mut accounts.by_stream {
        group.total.orders += 40;
        group.recent.orders += 4;
    }
    for settings in [
        &[][..],
        &[("measure", "average"), ("gross_margin", "15")],
        &[("service_order", "35")],
        &[("service_order", "35"), ("basis", "gross_profit")],
    ] {
        let (prepared, resolved) = ready(&accounts, settings);
        let evaluation = Evaluation::new(&accounts, &prepared, &resolved);
        let book = evaluation.figures(Subject::Book);
        let sheet = evaluation.sheet("streams").unwrap();
        let column = |key: &str| {
            let at = sheet.columns.iter().position(|c| c.key == key).unwrap();
            let value = |row: &Vec<perennial::metrics::Cell>| match &row[at] {
                perennial::metrics::Cell::Number(Number::Float(v), _) => *v,
                perennial::metrics::Cell::Number(Number::Exact(v), _) => {
                    perennial::base::Money::new(*v).to_f64()
                }
                other => panic!("{other:?}"),
            };
            sheet.rows.iter().map(value).sum::<f64>()
        };
        for (shown, key) in [("past", "past_value"), ("future", "future_value")] {
            let (sum, total) = (column(shown), number(&book, key));
            assert!(
                (sum - total).abs() < 1e-6 * total.abs(),
                "{key}: {sum} {total}"
            );
        }
        assert!((column("share") - 100.0).abs() < 1e-6);
    }
}

#[test]
fn the_biggest_fall_names_its_step() {
    let mut accounts = book(12);
    for account in &mut accounts.list {
        account.total.tooling = perennial::base::Money::ZERO;
    }
    // The largest account by far, ruined by freight.
    let big = &mut accounts.list[3];
    big.total.revenue = money("9000000");
    big.total.list = money("9000000");
    big.total.revenue_costed = money("9000000");
    big.total.cost = money("5000000");
    big.total.freight = money("6000000");
    let name = big.name.clone();
    let (prepared, resolved) = ready(&accounts, &[]);
    let evaluation = Evaluation::new(&accounts, &prepared, &resolved);
    assert_eq!(evaluation.ranks().by_revenue[3], 1);
    assert_eq!(
        evaluation.ranks().by_value[3],
        12,
        "negative value sorts last"
    );
    let sheet = evaluation.sheet("reshuffle").unwrap();
    let row = sheet.rows.last().unwrap();
    assert_eq!(row[0], perennial::metrics::Cell::Text(name));
    let perennial::metrics::Cell::Text(cause) = &row[6] else {
        panic!("{row:?}")
    };
    assert!(cause.starts_with("Freight: 66.7 %"), "{cause}");
    assert!(sheet.caption.contains("Kendall"));
}

#[test]
fn an_account_without_orders_before_the_as_of_date_counts_nowhere() {
    let accounts = book(30);
    let mut with = accounts.clone();
    with.list.push(perennial::accounts::Account {
        name: "Later".into(),
        parent: Some(0),
        ..Default::default()
    });
    let (prepared, resolved) = ready(&accounts, &[]);
    let before = Evaluation::new(&accounts, &prepared, &resolved);
    let (prepared, resolved) = ready(&with, &[]);
    let after = Evaluation::new(&with, &prepared, &resolved);
    assert_eq!(before.figures(Subject::Book), after.figures(Subject::Book));
    for key in perennial::value::sheets::keys().filter(|key| *key != "orphans") {
        assert_eq!(before.sheet(key), after.sheet(key), "{key}");
    }
    let loose = |evaluation: &Evaluation| evaluation.sheet("orphans").unwrap().rows.len();
    assert_eq!((loose(&before), loose(&after)), (0, 1));
    assert_eq!(after.text("status", 30), Some("No orders"));
    assert!(matches!(
        after.cell("lifetime", 30),
        perennial::metrics::Cell::Empty(_)
    ));
}

#[test]
fn every_lifetime_value_names_its_basis_and_timing() {
    let accounts = book(30);
    let (prepared, resolved) = ready(
        &accounts,
        &[
            ("timing", "mid"),
            ("basis", "gross_profit"),
            ("horizon", "7"),
        ],
    );
    let evaluation = Evaluation::new(&accounts, &prepared, &resolved);
    let words = ["gross profit", "mid-year", "7 years"];
    let column = perennial::value::columns::Column::get("lifetime").unwrap();
    let figures = evaluation.figures(Subject::Book);
    let methods = evaluation.methods(Subject::Book);
    let chosen = methods.iter().find(|m| m.chosen).unwrap();
    for text in [
        evaluation.column(column).help,
        evaluation.exported_column(column).label,
        figures["lifetime_value"].note.clone().unwrap(),
        chosen.label.clone(),
    ] {
        assert!(words.iter().all(|word| text.contains(word)), "{text}");
    }
    assert_eq!(methods.len(), 12);
    let contracts = &methods[10];
    assert_eq!(contracts.id, "L11");
    assert!(
        matches!(&contracts.figure.value, Err(why) if why.0.contains("contracts") && why.0.ends_with('.'))
    );
    assert!(
        methods
            .iter()
            .all(|m| m.label.starts_with(&m.id) && !m.formula.is_empty())
    );
}

#[test]
fn price_volume_and_mix_of_the_sample_add_up_to_the_change_of_revenue() {
    let book = perennial::orders::sample::build().book;
    let accounts = perennial::accounts::build(&book, None);
    let sheet = perennial::value::sheets::price_volume::sheet(&book, accounts.as_of);
    let number = |cell: &Cell| match cell {
        Cell::Number(Number::Float(value), _) => *value,
        other => panic!("{other:?}"),
    };
    assert!(sheet.rows.len() > 3, "{}", sheet.caption);
    for row in &sheet.rows {
        let [before, after, change] = [1, 2, 3].map(|at| number(&row[at]));
        let parts: f64 = row[4..].iter().map(number).sum();
        assert!((change - (after - before)).abs() < 1e-6);
        assert!(
            (parts - change).abs() < 1e-6 * (1.0 + before.abs()),
            "{row:?}"
        );
    }
    let recent = accounts
        .list
        .iter()
        .map(|a| a.recent.revenue.to_f64())
        .sum::<f64>();
    assert!((number(&sheet.rows[0][2]) - recent).abs() < 1e-6 * recent);
    // Before there are two years, it says what is missing.
    let first = perennial::value::sheets::price_volume::sheet(&book, accounts.first);
    assert!(first.rows.is_empty() && first.caption.contains("two years"));
}

#[test]
fn concentration_names_the_largest_and_its_share() {
    let book = perennial::orders::sample::build().book;
    let accounts = perennial::accounts::build(&book, None);
    let (prepared, resolved) = ready(&accounts, &[]);
    let sheet = Evaluation::new(&accounts, &prepared, &resolved)
        .sheet("concentration")
        .unwrap();
    let first = &sheet.rows[0];
    let largest = accounts
        .list
        .iter()
        .max_by_key(|a| a.recent.revenue.amount())
        .unwrap();
    assert_eq!(first[3], Cell::Text(largest.name.clone()));
    for row in &sheet.rows {
        let number = |at: usize| match &row[at] {
            Cell::Number(Number::Float(value), _) => *value,
            other => panic!("{other:?}"),
        };
        let (one, five, index) = (number(4), number(5), number(6));
        assert!(one <= five + 1e-9 && five <= 100.0 + 1e-9);
        // Between the largest share alone and all of its size.
        assert!(
            index >= one * one - 1e-6 && index <= 100.0 * one + 1e-6,
            "{row:?}"
        );
        assert!((number(7) * index - 10_000.0).abs() < 1e-6);
    }
}

/// What counts of an order in a method's figure of one subject.
#[test]
fn concentration_and_the_tree_count_the_head_of_a_group() {
    let text = "Date,Order,Customer,Parent,Net revenue\n\
                2026-01-05,1,Plant 1,Division,300\n\
                2026-01-06,2,Division,Group,100\n\
                2026-01-07,3,Plant 2,Group,200\n\
                2026-01-08,4,Alone,Other,400\n";
    let book = pipeline::import(&[("orders.csv", text.as_bytes())], &[]).book;
    let accounts = perennial::accounts::build(&book, None);
    let (prepared, resolved) = ready(&accounts, &[]);
    let evaluation = Evaluation::new(&accounts, &prepared, &resolved);
    let sheet = evaluation.sheet("concentration").unwrap();
    let row = sheet
        .rows
        .iter()
        .find(|row| row[1] == Cell::Text("Parent accounts".into()));
    let row = row.unwrap();
    assert_eq!(row[3], Cell::Text("Group".into()));
    assert!(matches!(row[2], Cell::Number(Number::Exact(count), _) if count == 2.into()));
    // 60 and 40 %.
    assert!(matches!(row[4], Cell::Number(Number::Float(share), _) if (share - 60.0).abs() < 1e-9));
    assert!(matches!(row[6], Cell::Number(Number::Float(hhi), _) if (hhi - 5_200.0).abs() < 1e-6));
}

#[test]
fn a_value_that_cannot_be_computed_has_no_rank() {
    let accounts = book(30);
    // Without an end where nothing is lost: the segment's future has no value.
    let settings = [
        ("method", "l5"),
        ("discount", "0"),
        ("retention_by_name", "Pumps = 100"),
    ];
    let (prepared, resolved) = ready(&accounts, &settings);
    let evaluation = Evaluation::new(&accounts, &prepared, &resolved);
    let sheet = evaluation.sheet("reshuffle").unwrap();
    let unknown = |row: &[Cell]| matches!(&row[1], Cell::Empty(why) if why.ends_with("no rank."));
    let first = sheet.rows.iter().position(|row| unknown(row)).unwrap();
    assert!(first > 0 && sheet.rows[first..].iter().all(|row| unknown(row)));
    assert!(matches!(&sheet.rows[first][3], Cell::Empty(_)));
    assert!(matches!(&sheet.rows[0][1], Cell::Number(Number::Exact(rank), _) if *rank == 1.into()));
}

#[test]
fn credits_without_a_cost_lower_the_coverage() {
    let mut accounts = book(3);
    accounts.list.truncate(1);
    let account = &mut accounts.list[0];
    account.total.revenue = money("80");
    account.total.revenue_costed = money("100");
    account.total.cost = money("60");
    let (prepared, resolved) = ready(&accounts, &[]);
    let evaluation = Evaluation::new(&accounts, &prepared, &resolved);
    let figures = evaluation.figures(Subject::Account(0));
    assert_eq!(printed(number(&figures, "cost_coverage"), 1), "80.0");
    // What came back without a cost is assumed to spare its share.
    assert_eq!(printed(number(&figures, "cost"), 2), "48.00");
}

#[test]
fn a_sample_that_was_all_but_free_says_nothing_of_other_costs() {
    let mut accounts = book(3);
    accounts.list.truncate(1);
    let account = &mut accounts.list[0];
    account.segment = None;
    account.total.revenue = money("10001");
    account.total.revenue_costed = money("1");
    account.total.cost = money("40");
    let (prepared, resolved) = ready(&accounts, &[("gross_margin", "30")]);
    let evaluation = Evaluation::new(&accounts, &prepared, &resolved);
    let figures = evaluation.figures(Subject::Account(0));
    assert_eq!(printed(number(&figures, "cost"), 2), "7040.00");
}

fn method(evaluation: &Evaluation, subject: Subject, id: &str) -> f64 {
    let methods = evaluation.methods(subject);
    let found = methods.iter().find(|method| method.id == id).unwrap();
    match found.figure.value {
        Ok(Number::Float(value)) => value,
        _ => 0.0,
    }
}

#[test]
fn l9_of_a_book_with_several_retentions_is_the_sum_of_its_accounts() {
    let accounts = book(60);
    let rates = "Aerospace = 0; Pumps = 100; Food machinery = 55";
    let settings = [("retention_by_name", rates), ("service_year", "4000")];
    let (prepared, resolved) = ready(&accounts, &settings);
    let evaluation = Evaluation::new(&accounts, &prepared, &resolved);
    let whole = method(&evaluation, Subject::Book, "L9");
    let parts = (0..60).map(|i| method(&evaluation, Subject::Account(i), "L9"));
    let sum: f64 = parts.sum();
    assert!((whole - sum).abs() < 1e-6 * sum.abs(), "{whole} {sum}");
}

#[test]
fn credits_alone_are_no_customer_with_a_future() {
    let mut accounts = book(3);
    let credited = &mut accounts.list[0];
    for sums in [&mut credited.total, &mut credited.recent] {
        sums.revenue = money("-100");
        sums.orders = 0;
    }
    credited.last = accounts.as_of;
    let (prepared, resolved) = ready(&accounts, &[]);
    let evaluation = Evaluation::new(&accounts, &prepared, &resolved);
    let figures = evaluation.figures(Subject::Account(0));
    assert!((number(&figures, "future_value")).abs() < 1e-9);
    // Nothing says that it has lapsed, as it never came.
    for column in ["payback", "future", "first", "last"] {
        match evaluation.cell(column, 0) {
            Cell::Empty(why) => assert!(!why.contains("lapsed"), "{column}: {why}"),
            other => panic!("{column}: {other:?}"),
        }
    }
    assert!(number(&figures, "accounts_active").abs() < 1e-9);
}
