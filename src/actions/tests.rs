//! Today's list on small books and on the sample.

use std::fmt::Write as _;

use super::*;
use crate::accounts::cycles::{Chance, Known, Route, State};
use crate::accounts::history::histories;
use crate::accounts::testing::{day, priced};
use crate::assumptions::{Assumptions, Origin, Setting};
use crate::base::Date;
use crate::metrics::{Cell, Number};
use crate::orders::OrderBook;
use crate::orders::testing::one;
use crate::registry;
use crate::value::{Evaluation, Prepared, estimates};

/// Watches a book as of a date under some settings.
fn watched<T>(
    book: &OrderBook,
    as_of: Date,
    settings: &[(&str, &str)],
    marks: &Marks,
    chances: &[Chance],
    with: impl FnOnce(&Watch) -> T,
) -> T {
    let accounts = crate::accounts::build(book, Some(as_of));
    let prepared = Prepared::new(&accounts).unwrap();
    let mut chosen = Assumptions::default();
    for (key, value) in settings {
        let setting = Setting {
            value: (*value).into(),
            origin: Origin::User,
        };
        chosen.chosen.insert((*key).into(), setting);
    }
    let resolved = registry::resolve(&chosen, &estimates(&prepared));
    let evaluation = Evaluation::new(&accounts, &prepared, &resolved);
    let histories = histories(book, Some(as_of));
    let settings = Watch::settings_of(&evaluation);
    let rhythms = Rhythms::new(&accounts, &histories, settings, chances, marks);
    assert!(rhythms.serves(&accounts, &settings, marks));
    with(&Watch::new(&evaluation, book, &histories, &rhythms, marks))
}

/// Looks a week ahead.
const WEEK: &[(&str, &str)] = &[("ahead", "7")];

fn plain(book: &OrderBook, as_of: Date) -> Today {
    watched(book, as_of, WEEK, &Marks::default(), &[], |watch| {
        watch.today(None)
    })
}

fn digits(number: Number) -> String {
    match number {
        Number::Exact(amount) => amount.to_string(),
        Number::Float(number) => number.to_string(),
    }
}

fn names(today: &Today) -> Vec<&str> {
    today
        .entries
        .iter()
        .map(|entry| entry.name.as_str())
        .collect()
}

/// Monthly orders of an amount, the last on a day.
fn monthly(last: i32, amount: i32) -> Vec<(i32, i32)> {
    (0..12).map(|n| (last - 30 * (11 - n), amount)).collect()
}

/// As of day 400: late, large; late, small; on time; long gone; due tomorrow.
fn five() -> OrderBook {
    priced(&[
        ("Large", monthly(355, 10_000)),
        ("Small", monthly(355, 100)),
        ("Here", monthly(380, 5_000)),
        ("Gone", monthly(100 + 230, 9_000)),
        ("Soon", monthly(371, 50)),
    ])
}

#[test]
fn s17_those_who_should_have_ordered_by_money_at_stake() {
    let today = plain(&five(), day(400));
    assert_eq!(names(&today), ["Large", "Small", "Soon"]);
    let large = &today.entries[0];
    assert_eq!((large.state, large.route), (State::Overdue, Route::Call));
    assert_eq!(today.entries[1].route, Route::Mail);
    assert_eq!(large.due, day(385));
    assert_eq!(
        large.reason,
        "By schedule every 4 weeks (4 to 5), last order 6 weeks ago"
    );
    // Half of each order is cost: 5,000 a usual order.
    assert!((large.order_value - 5_000.0).abs() < 1e-6);
    assert!((large.alive - libm::exp(-0.5)).abs() < 1e-9);
    assert!(large.alive_from.contains("rule of thumb"));
    assert!(large.at_stake > today.entries[1].at_stake);
    assert!(large.at_risk > 0.0 && large.at_risk < 5_000.0);
    assert_eq!(today.entries[2].state, State::NotDue);
    assert_eq!(today.stale, None);
    assert!(today.at_stake() > large.at_stake);
}

#[test]
fn s62_marks_take_an_account_out_and_are_counted() {
    let book = five();
    let mut marks = Marks::default();
    marks.change("Large", |mark| mark.snoozed_until = Some(day(420)));
    marks.change("Small", |mark| mark.ceased = Some(day(390)));
    marks.change("Soon", |mark| mark.note = "Ask for Ms Lee".into());
    let list = |as_of: Date| watched(&book, as_of, WEEK, &marks, &[], |watch| watch.today(None));
    let today = list(day(400));
    assert_eq!(names(&today), ["Soon"]);
    assert_eq!(today.snoozed, [(0, day(420))]);
    assert_eq!(today.ceased, [1]);
    assert_eq!(today.entries[0].note, "Ask for Ms Lee");
    let mut known = Marks::default();
    known.change("Large", |mark| mark.known = Some(Known::Projects));
    let today = watched(&book, day(400), WEEK, &known, &[], |watch| {
        watch.today(None)
    });
    assert_eq!(names(&today), ["Small", "Soon"]);
}

#[test]
fn s17_thresholds_and_the_look_ahead_are_assumptions() {
    let book = five();
    let list = |settings: &[(&str, &str)]| {
        let today = watched(&book, day(400), settings, &Marks::default(), &[], |watch| {
            watch.today(None)
        });
        let shown = |entry: &Entry| (entry.name.clone(), entry.state, entry.route);
        today.entries.iter().map(shown).collect::<Vec<_>>()
    };
    let late = list(&[("overdue_from", "160"), ("ahead", "0")]);
    let states: Vec<_> = late
        .iter()
        .map(|(name, state, _)| (name.as_str(), *state))
        .collect();
    assert_eq!(states, [("Large", State::DueNow), ("Small", State::DueNow)]);
    assert!(list(&[("lost_below", "70"), ("ahead", "0")]).is_empty());
    let cheap = list(&[("call_from", "100")]);
    assert!(cheap.iter().all(|(_, _, route)| *route == Route::Call));
}

#[test]
fn s20_a_fitted_chance_changes_the_list_without_a_change_here() {
    let chances = [Chance::Fitted(0.1), Chance::Fitted(0.9)];
    let today = watched(
        &five(),
        day(400),
        WEEK,
        &Marks::default(),
        &chances,
        |watch| watch.today(None),
    );
    assert_eq!(names(&today), ["Small", "Soon"]);
    assert!((today.entries[0].alive - 0.9).abs() < 1e-12);
    assert_eq!(today.entries[0].alive_from, "from the fitted model");
}

#[test]
fn s62_an_account_stands_once_with_its_late_items() {
    let mut text = String::from("date|account|order|item|revenue|cost\n");
    let mut order = 0;
    let mut add = |account: &str, item: &str, days: &[i32]| {
        for at in days {
            order += 1;
            let _ = writeln!(text, "{}|{account}|{order}|{item}|100|40", day(*at));
        }
    };
    let each = |until: i32| (0..until).map(|n| n * 30).collect::<Vec<_>>();
    // Acme still orders P1, but P2 stopped; Bolt is late altogether.
    add("Acme", "P1", &each(13));
    add("Acme", "P2", &each(11));
    add("Bolt", "P3", &each(11));
    let book = one(&text).book;
    let today = plain(&book, day(362));
    assert_eq!(names(&today).len(), 2);
    let acme = today
        .entries
        .iter()
        .find(|entry| entry.name == "Acme")
        .unwrap();
    assert_eq!(acme.state, State::NotDue);
    assert!(
        acme.reason.starts_with("P2: By schedule every 4 weeks"),
        "{}",
        acme.reason
    );
    assert_eq!(acme.items.len(), 1);
    assert!(acme.at_stake > 0.0);
    let bolt = today
        .entries
        .iter()
        .find(|entry| entry.name == "Bolt")
        .unwrap();
    assert_eq!((bolt.state, bolt.items.len()), (State::Overdue, 1));
    let mut marks = Marks::default();
    marks.change("Acme", |mark| {
        let item = Mark {
            ceased: Some(day(350)),
            ..Mark::default()
        };
        mark.items.insert("P2".into(), item);
    });
    let today = watched(&book, day(362), &[], &marks, &[], |watch| watch.today(None));
    assert_eq!(names(&today), ["Bolt"]);
}

#[test]
fn s62_calendar_entries_keep_their_uid_and_skip_the_past() {
    let mut marks = Marks::default();
    marks.change("Large", |mark| mark.snoozed_until = Some(day(420)));
    let book = five();
    let events = |as_of: Date| {
        watched(&book, as_of, WEEK, &marks, &[], |watch| {
            calendar::events(&watch.today(None), as_of, |at| watch.name(at).to_owned())
        })
    };
    let (now, later) = (events(day(400)), events(day(401)));
    let dates: Vec<_> = now.iter().map(|e| (e.summary.as_str(), e.date)).collect();
    assert_eq!(
        dates,
        [
            ("Mail Small", day(400)),
            ("Mail Soon", day(401)),
            ("Look at Large again", day(420))
        ]
    );
    assert!(
        now[0]
            .description
            .contains("every 4 weeks (4 to 5), last order 6 weeks ago. Expected")
    );
    let uids = |events: &[Event]| events.iter().map(|e| e.uid.clone()).collect::<Vec<_>>();
    assert_eq!(uids(&now), uids(&later));
}

#[test]
fn s62_the_list_is_a_table_to_export() {
    let sheet = watched(&five(), day(400), &[], &Marks::default(), &[], |watch| {
        watch.sheet("today").unwrap()
    });
    assert!(
        sheet
            .rows
            .iter()
            .all(|row| row.len() == sheet.columns.len())
    );
    let headings: Vec<&str> = sheet.columns.iter().map(|c| c.label.as_str()).collect();
    assert_eq!(
        headings[..5],
        ["Account", "State", "Why", "How", "At stake"]
    );
    let text = |cell: &Cell| match cell {
        Cell::Text(text) => text.clone(),
        other => format!("{other:?}"),
    };
    let first: Vec<String> = sheet.rows[0].iter().take(4).map(text).collect();
    assert_eq!(
        first,
        [
            "Large",
            "Overdue",
            "By schedule every 4 weeks (4 to 5), last order 6 weeks ago",
            "Call"
        ]
    );
}

#[test]
fn s25_a_budget_goes_where_it_brings_most() {
    let mut text = String::from("date|account|order|revenue|cost|segment\n");
    let mut order = 0;
    for (segment, accounts, amount) in [("Aero", 3, 900), ("Auto", 5, 1_000), ("New", 1, 50)] {
        for account in 0..accounts {
            for at in [10, 100, 200, 300] {
                order += 1;
                let cost = if segment == "Auto" {
                    amount * 9 / 10
                } else {
                    amount / 2
                };
                let _ = writeln!(
                    text,
                    "{}|{segment}{account}|{order}|{amount}|{cost}|{segment}",
                    day(at)
                );
            }
        }
    }
    let book = one(&text).book;
    let settings = [
        ("cac", "1000"),
        ("cac_by_name", "Aero = 500"),
        ("prospect_budget", "1700"),
        ("prospects_by_name", "aero = 2"),
    ];
    let sheet = watched(
        &book,
        day(310),
        &settings,
        &Marks::default(),
        &[],
        |watch| watch.sheet("prospects").unwrap(),
    );
    let shown = |row: &Vec<Cell>| match (&row[0], &row[2], &row[5], &row[6]) {
        (Cell::Text(segment), Cell::Number(won, _), Cell::Number(naive, _), Cell::Text(on)) => {
            format!("{segment} {} {} {on}", digits(*won), digits(*naive))
        }
        other => format!("{other:?}"),
    };
    let rows: Vec<String> = sheet.rows.iter().map(shown).collect();
    // By revenue, Auto comes first: 1 of 1,000, then Aero: 1 of 500.
    assert_eq!(
        rows,
        [
            "Aero 2 1 Its own accounts",
            "New 0 0 Mean of the others",
            "Auto 0 1 Its own accounts"
        ]
    );
}

#[test]
fn every_sheet_of_the_sample_is_whole() {
    let book = crate::orders::sample::build().book;
    let as_of = book.last().unwrap();
    watched(&book, as_of, &[], &Marks::default(), &[], |watch| {
        for key in sheets::keys() {
            let sheet = watch.sheet(key).unwrap();
            assert_eq!(sheet.key, key);
            // Nobody has named a programme.
            let some = !sheet.rows.is_empty() || key.starts_with("programme");
            assert!(!sheet.caption.is_empty() && some, "{key}");
            for row in &sheet.rows {
                assert_eq!(row.len(), sheet.columns.len(), "{key}");
                for cell in row {
                    if let Cell::Number(Number::Float(number), _) = cell {
                        assert!(number.is_finite(), "{key}");
                    }
                }
            }
        }
        assert!(watch.sheet("nothing").is_none());
        let today = watch.today(None);
        assert!(
            (3..80).contains(&today.entries.len()),
            "{}",
            today.entries.len()
        );
        let mut accounts: Vec<usize> = today.entries.iter().map(|e| e.account).collect();
        accounts.sort_unstable();
        accounts.dedup();
        assert_eq!(accounts.len(), today.entries.len());
    });
}

#[test]
fn an_empty_book_gives_empty_sheets_and_no_panic() {
    let book = one("date|account|revenue").book;
    watched(&book, day(0), &[], &Marks::default(), &[], |watch| {
        for key in sheets::keys() {
            assert!(!watch.sheet(key).unwrap().caption.is_empty(), "{key}");
        }
        assert!(watch.today(None).entries.is_empty());
        assert!(!watch.book_figures().is_empty());
    });
}

#[test]
fn s17_a_stale_as_of_date_is_said() {
    let book = five();
    let today = plain(&book, day(500));
    assert!(today.stale.unwrap().contains("days before the as-of date"));
    let later = watched(&book, day(400), &[], &Marks::default(), &[], |watch| {
        watch.today(Some(day(600)))
    });
    assert!(later.stale.unwrap().contains("200 days ago"));
}

/// The programme's sheet under a review.
fn measured(book: &OrderBook, as_of: Date, review: &Review) -> [crate::metrics::Sheet; 2] {
    watched(book, as_of, &[], &Marks::default(), &[], |watch| {
        let watch = Watch::new(
            watch.evaluation,
            watch.book,
            watch.histories,
            watch.rhythms,
            watch.marks,
        )
        .reviewed(review);
        ["programme", "programme_groups"].map(|key| watch.sheet(key).unwrap())
    })
}

fn float(cell: &Cell) -> f64 {
    match cell {
        Cell::Number(number, _) => digits(*number).parse().unwrap(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn s26_a_programme_is_measured_against_those_left_out() {
    use crate::actions::review::{By, Members, Programme};
    // Before day 100 all order 100 a month; after it those in the programme order 200.
    let mut text = String::from("date|account|segment|revenue|cost\n");
    for (name, group, during) in [
        ("A", "test", 200),
        ("B", "test", 220),
        ("C", "test", 180),
        ("D", "control", 110),
        ("E", "control", 90),
        ("F", "control", 100),
    ] {
        for n in 0..4 {
            let _ = writeln!(text, "{}|{name}|{group}|100|0", day(10 + 20 * n));
            let _ = writeln!(text, "{}|{name}|{group}|{during}|0", day(100 + 20 * n));
        }
    }
    let book = one(&text).book;
    let by = |by, text: &str| Members {
        by,
        text: text.into(),
    };
    let programme = Programme {
        name: "Mailing".into(),
        from: day(100),
        until: day(179),
        cost: crate::base::Money::parse("300").unwrap(),
        test: by(By::Segment, "Test"),
        control: by(By::Names, "D\nE\nF\nNobody"),
        ..Programme::default()
    };
    let mut review = Review {
        programme: Some(programme.clone()),
        ..Review::default()
    };
    let [result, groups] = measured(&book, day(200), &review);
    // 800 a head against 400: 400 more, three accounts, 300 of cost.
    assert!(
        (float(&result.rows[0][1]) - 400.0).abs() < 1e-9,
        "{result:?}"
    );
    assert!((float(&result.rows[1][1]) - 900.0).abs() < 1e-9);
    assert!(float(&result.rows[0][2]) > 0.0 && float(&result.rows[2][1]) > 0.0);
    assert!(
        result.caption.starts_with("Mailing, "),
        "{}",
        result.caption
    );
    assert!(result.caption.contains("hardly chance"));
    assert!(
        result
            .caption
            .ends_with("1 names are of no account of the book: nobody.")
    );
    let before = |row: usize| float(&groups.rows[row][4]);
    assert!((before(0) - before(1)).abs() < 1e-9);
    // More wanted than there is: 20 customers, a quarter of them leave.
    let sold_out = review.programme.as_mut().unwrap();
    (sold_out.wanted, sold_out.available, sold_out.leave_percent) = (120, 100, 25);
    let [stopped, _] = measured(&book, day(200), &review);
    assert!(stopped.caption.contains("stop it, or deliver more"));
    assert!(float(&stopped.rows[4][1]) < 0.0);
    review.programme.as_mut().unwrap().wanted = 0;
    // Without a control group it is before and after, and weak: three orders of 100 fall into as many
    // days before.
    review.programme.as_mut().unwrap().control = Members::default();
    let [weak, _] = measured(&book, day(200), &review);
    assert!(weak.caption.starts_with("Weak: there is no control group"));
    assert!((float(&weak.rows[0][1]) - 500.0).abs() < 1e-9);
    // What is said of both groups counts in neither.
    review.programme.as_mut().unwrap().control = by(By::Names, "A;D");
    let [both, groups] = measured(&book, day(200), &review);
    assert!(
        both.caption
            .contains("Said to be in both groups, so counted in neither: 1 account.")
    );
    assert_eq!(
        (float(&groups.rows[0][1]), float(&groups.rows[1][1])),
        (2.0, 1.0)
    );
    // Nothing to measure is said.
    for wrong in [
        None,
        Some(Programme {
            test: Members::default(),
            ..programme.clone()
        }),
        Some(Programme {
            from: day(300),
            ..programme.clone()
        }),
        Some(Programme {
            test: by(By::Words, "zzz"),
            ..programme
        }),
    ] {
        review.programme = wrong;
        let [none, _] = measured(&book, day(200), &review);
        assert!(none.rows.is_empty() && !none.caption.is_empty());
    }
}

#[test]
fn s23_what_is_judged_of_a_cause_stands_in_the_analysis() {
    use crate::accounts::defection::Origin;
    use crate::actions::review::Verdict;
    let mut text = String::from("date|account|salesperson|revenue\n");
    for n in 0..12 {
        let (by, last) = if n < 6 {
            ("Xaver", 120)
        } else {
            ("Yvonne", 560)
        };
        for at in [0, 40, 80, 120, last] {
            let _ = writeln!(text, "{}|A{n}|{by}|100", day(at + n % 3));
        }
    }
    let book = one(&text).book;
    let mut review = Review::default();
    let row = |review: &Review| {
        watched(&book, day(600), &[], &Marks::default(), &[], |watch| {
            let watch = Watch::new(
                watch.evaluation,
                watch.book,
                watch.histories,
                watch.rhythms,
                watch.marks,
            )
            .reviewed(review);
            let sheet = watch.sheet("defection").unwrap();
            let row = sheet
                .rows
                .iter()
                .find(|row| row[0] == Cell::Text("salesperson Xaver".into()));
            (row.unwrap().clone(), sheet.caption)
        })
    };
    let (plain, _) = row(&review);
    assert_eq!(plain[1], Cell::Text("Sales".into()));
    assert!(matches!(plain[7], Cell::Empty(_)));
    let verdict = Verdict {
        origin: Some(Origin::Operations),
        cannot_be_fixed: true,
    };
    review.judge("salesperson Xaver", verdict);
    let (judged, caption) = row(&review);
    assert_eq!(judged[1], Cell::Text("Operations".into()));
    assert_eq!(judged[7], Cell::Text("Cannot be fixed".into()));
    assert!(caption.contains("Cannot be fixed: salesperson Xaver."));
}

#[test]
fn s22_lapse_by_months_counts_in_both_analyses() {
    let book = five();
    let lapsed = |settings: &[(&str, &str)]| {
        watched(&book, day(400), settings, &Marks::default(), &[], |watch| {
            let sheet = watch.sheet("lapsed").unwrap();
            (watch.lapsed().len(), sheet.caption)
        })
    };
    assert_eq!(lapsed(&[]).0, 0);
    let (count, caption) = lapsed(&[("lapsed_months", "2")]);
    assert_eq!(count, 1);
    assert!(
        caption.contains("silent for longer than 2 months"),
        "{caption}"
    );
}

#[test]
fn s24_the_caps_of_service_levels_are_the_users() {
    watched(
        &five(),
        day(400),
        &[("service_a", "20")],
        &Marks::default(),
        &[],
        |watch| {
            let sheet = watch.sheet("service_levels").unwrap();
            assert!(
                sheet.caption.contains("20, 10 and 5 %"),
                "{}",
                sheet.caption
            );
            let (yearly, cap) = (float(&sheet.rows[0][3]), float(&sheet.rows[0][4]));
            assert!((cap - 0.2 * yearly).abs() < 1e-6);
        },
    );
}
