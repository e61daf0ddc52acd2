//! Worked examples of order cycles (S17, S20).

use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;
use crate::accounts::history::{Histories, histories};
use crate::accounts::testing::{book, day, priced};
use crate::accounts::{Accounts, build};
use crate::base::Date;
use crate::orders::OrderBook;
use crate::orders::testing::one;

fn all(book: &OrderBook, as_of: Date) -> Vec<Result<Cycle, Unknown>> {
    with(book, as_of, &[], &[])
}

fn with(
    book: &OrderBook,
    as_of: Date,
    chances: &[Chance],
    known: &[Option<Known>],
) -> Vec<Result<Cycle, Unknown>> {
    let (histories, accounts) = read(book, as_of);
    cycles(
        &histories,
        &accounts,
        &Settings::default(),
        (chances, &[]),
        known,
    )
}

fn read(book: &OrderBook, as_of: Date) -> (Histories, Accounts) {
    (histories(book, Some(as_of)), build(book, Some(as_of)))
}

fn first(book: &OrderBook, as_of: Date) -> Cycle {
    all(book, as_of)[0].unwrap()
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9
}

#[test]
fn s17_the_cycle_is_the_median_of_the_last_five_gaps() {
    // Gaps 10, 300, 28, 30, 30, 32, 33: the last five have median 30 and MAD 2.
    let days = [0, 10, 310, 338, 368, 398, 430, 463];
    let found = first(&book(&[("A", &days)]), day(463 + 20));
    assert_eq!((found.basis, found.order_days), (Basis::Own, 8));
    assert!(near(found.cycle_days, 30.0));
    assert_eq!(found.spread_days, Some(2.0));
    assert_eq!(found.due, day(463 + 30));
    // 30 less and more 1.2816 x 1.4826 x 2 = 3.80 days.
    assert_eq!(found.window, (day(463 + 26), day(463 + 34)));
    assert_eq!(found.state, State::NotDue);
    assert_eq!(found.silent_days, 20);
    assert!(near(found.ratio, 20.0 / 30.0));
    assert!(near(found.alive, 1.0));
}

#[test]
fn s17_the_golden_account_is_overdue() {
    // G2, account C2: gaps 61, 60, 59, 60 and 58 days.
    let date = |text| Date::parse(text).unwrap();
    let days: Vec<i32> = [
        "2025-02-10",
        "2025-04-12",
        "2025-06-11",
        "2025-08-09",
        "2025-10-08",
        "2025-12-05",
    ]
    .map(|text| date(text).days_since(day(0)))
    .into();
    let found = first(&book(&[("C2", &days)]), date("2026-02-20"));
    assert!(near(found.cycle_days, 60.0));
    assert_eq!(found.due, date("2026-02-03"));
    assert_eq!((found.silent_days, found.overdue_days()), (77, 17));
    assert!((found.ratio - 1.283).abs() < 5e-4, "{}", found.ratio);
    assert_eq!(found.state, State::Overdue);
    assert_eq!(
        found.lapse_day(&Settings::default()),
        date("2025-12-05").plus_days(180)
    );
}

#[test]
fn s17_states_follow_the_ratio_the_window_and_the_chance() {
    let days = [0, 30, 60, 90, 120];
    let book = book(&[("A", &days)]);
    let state = |silent: i32| first(&book, day(120 + silent)).state;
    assert_eq!(state(29), State::NotDue);
    assert_eq!(state(30), State::DueNow);
    assert_eq!(state(37), State::DueNow);
    // 38 / 30 = 1.27.
    assert_eq!(state(38), State::Overdue);
    assert_eq!(state(66), State::Overdue);
    // exp(-(67 - 30) / 30) = 0.291.
    assert_eq!(state(67), State::ProbablyLost);
}

#[test]
fn s17_within_its_own_window_nobody_is_overdue() {
    // Gaps 20, 60, 25, 80, 30: median 30, MAD 10, window up to 49 days.
    let days = [0, 20, 80, 105, 185, 215];
    let book = book(&[("A", &days)]);
    let at = |silent: i32| first(&book, day(215 + silent));
    let found = at(40);
    assert!(found.ratio > 1.25 && found.lateness < 0.9, "{found:?}");
    assert_eq!(found.state, State::DueNow);
    assert_eq!(at(50).state, State::Overdue);
    assert_eq!(
        words::reason(&at(40)),
        "Usually every 4 weeks (2 to 7), last order 6 weeks ago"
    );
}

#[test]
fn s17_thresholds_can_be_edited() {
    let book = book(&[("A", &[0, 30, 60, 90, 120])]);
    let (histories, accounts) = read(&book, day(160));
    let state = |settings: Settings| {
        let found = cycles(&histories, &accounts, &settings, (&[], &[]), &[]);
        found[0].unwrap().state
    };
    let usual = Settings::default();
    assert_eq!(state(usual), State::Overdue);
    assert_eq!(
        state(Settings {
            overdue_ratio: 1.5,
            ..usual
        }),
        State::DueNow
    );
    assert_eq!(
        state(Settings {
            lost_below: 0.8,
            ..usual
        }),
        State::ProbablyLost
    );
}

#[test]
fn s17_one_order_has_the_interval_of_others_first_orders() {
    let accounts: Vec<(String, Vec<i32>)> = (0..6)
        .map(|at| (format!("A{at}"), vec![0, 40 + 10 * at, 200]))
        .collect();
    let mut rows: Vec<(&str, &[i32])> = accounts
        .iter()
        .map(|(name, days)| (name.as_str(), days.as_slice()))
        .collect();
    rows.push(("New", &[180]));
    let found = all(&book(&rows), day(210))[6].unwrap();
    // First gaps 40 to 90: median 65, 10 and 90 % points 45 and 85.
    assert_eq!((found.basis, found.order_days), (Basis::One(false), 1));
    assert!(near(found.cycle_days, 65.0));
    assert_eq!(found.window, (day(180 + 45), day(180 + 85)));
    assert_eq!(found.spread_days, None);
    assert_eq!(found.state, State::NotDue);
    assert_eq!(
        words::reason(&found),
        "One order so far; by what is usual in the whole book a second follows after 9 weeks (6 \
         to 12), last order 4 weeks ago"
    );
}

#[test]
fn s17_two_or_three_orders_are_drawn_to_what_is_usual() {
    // The book: A has 4 gaps of 30, B one of 80: tau = (120 + 80) / 5 = 40.
    let book = book(&[("A", &[0, 30, 60, 90, 120]), ("B", &[0, 80])]);
    let found = all(&book, day(130))[1].unwrap();
    assert_eq!(found.basis, Basis::Few(false));
    // (2 x 40 + 80) / (2 + 1).
    assert!(near(found.cycle_days, 160.0 / 3.0));
    let book = self::book(&[("A", &[0, 30, 60, 90, 120]), ("B", &[0, 80, 150])]);
    let found = all(&book, day(160))[1].unwrap();
    // tau = (120 + 150) / 6 = 45; (2 x 45 + 150) / (2 + 2).
    assert!(near(found.cycle_days, 60.0) && found.order_days == 3);
    assert!(words::reason(&found).contains("by its 3 order days"));
}

#[test]
fn s17_without_any_repeat_nothing_is_known() {
    let found = all(&book(&[("A", &[0]), ("B", &[10])]), day(400));
    assert_eq!(found[0], Err(Unknown::NoRepeats));
    let book = book(&[("A", &[0, 30]), ("B", &[100])]);
    assert_eq!(all(&book, day(50))[1], Err(Unknown::NoOrder));
}

#[test]
fn s17_a_segment_with_repeats_enough_speaks_for_itself() {
    let mut text = String::from("date|account|order|revenue|segment\n");
    let mut order = 0;
    let mut add = |name: &str, segment: &str, days: &[i32]| {
        for at in days {
            order += 1;
            let _ = writeln!(text, "{}|{name}|{order}|10|{segment}", day(*at));
        }
    };
    let monthly: Vec<i32> = (0..17).map(|n| n * 30).collect();
    let weekly: Vec<i32> = (0..60).map(|n| n * 7).collect();
    add("A", "Aero", &monthly);
    add("B", "Auto", &weekly);
    add("C", "Aero", &[400, 430]);
    let found = all(&one(&text).book, day(480))[2].unwrap();
    assert_eq!(found.basis, Basis::Few(true));
    // Aero: (480 + 30) / 17 = 30.
    assert!(near(found.cycle_days, 30.0));
}

#[test]
fn s17_a_seasonal_buyer_is_compared_with_the_same_months_last_year() {
    // Orders every 30 days from March to September, for three years.
    let season = |year: i32| (0..7).map(move |n| 365 * year + 60 + 30 * n);
    let days: Vec<i32> = (0..3).flat_map(season).collect();
    let last = *days.last().unwrap();
    let book = book(&[("Spring", &days)]);
    // January: silent since September, as last year.
    let found = first(&book, day(last + 120));
    assert_eq!(
        (found.state, found.pattern),
        (State::NotDue, Some(Pattern::Seasonal))
    );
    // The season begins 185 days after the last order; leap years shift it by a day.
    assert!((found.due.days_since(day(last)) - 185).abs() <= 1);
    assert!(near(found.alive, 1.0));
    assert!(words::reason(&found).starts_with("Seasonal: usually every 4 weeks"));
    // A month into the season it is due, later overdue.
    assert_eq!(first(&book, day(last + 200)).state, State::DueNow);
    assert_eq!(first(&book, day(last + 222)).state, State::Overdue);
    // Before its season ends nothing is seasonal.
    assert_eq!(first(&book, day(last + 20)).pattern, None);
}

#[test]
fn s17_a_single_long_silence_of_other_months_is_no_season() {
    let mut days: Vec<i32> = (0..30).map(|n| n * 30).collect();
    days.retain(|at| !(200..400).contains(at));
    let last = *days.last().unwrap();
    let found = first(&book(&[("A", &days)]), day(last + 90));
    assert_eq!((found.pattern, found.state), (None, State::ProbablyLost));
}

#[test]
fn s17_what_the_user_knows_comes_first() {
    let book = book(&[("A", &[0, 30, 60, 90, 120])]);
    let as_of = day(220);
    let with = |known| with(&book, as_of, &[], &[Some(known)])[0].unwrap();
    assert_eq!(first(&book, as_of).state, State::ProbablyLost);
    let found = with(Known::Projects);
    assert_eq!((found.state, found.alive), (State::NotDue, 1.0));
    let found = with(Known::Contract(day(300)));
    assert_eq!((found.due, found.state), (day(300), State::NotDue));
    assert!(words::reason(&found).starts_with("By contract due on"));
    assert_eq!(with(Known::Blanket(day(210))).state, State::Overdue);
    // A season comes a month earlier or later without meaning anything.
    let found = with(Known::Seasonal(day(210)));
    assert_eq!((found.due, found.state), (day(210), State::DueNow));
    assert!(words::reason(&found).starts_with("Buys in season, as you said"));
    // A contract that has been renewed says nothing of the next one.
    assert_eq!(with(Known::Contract(day(100))).due, day(150));
}

#[test]
fn s17_schedules_and_blanket_orders_are_recognised() {
    let days: Vec<i32> = (0..8).map(|n| n * 91).collect();
    let found = first(&book(&[("A", &days)]), day(7 * 91));
    assert_eq!(found.pattern, Some(Pattern::Contract));
    let mut text = String::from("date|account|order|revenue\n");
    for at in [0, 25, 61, 89, 125] {
        let _ = writeln!(text, "{}|A|S1|10", day(at));
    }
    let found = first(&one(&text).book, day(130));
    assert_eq!(found.pattern, Some(Pattern::Blanket));
    assert!(words::reason(&found).starts_with("Releases of a blanket order"));
}

#[test]
fn s20_a_fitted_chance_takes_the_place_of_the_fallback() {
    let book = book(&[("A", &[0, 30, 60, 90, 120])]);
    let fitted = |chance| with(&book, day(160), &[Chance::Fitted(chance)], &[])[0].unwrap();
    assert_eq!(
        (fitted(0.8).alive, fitted(0.8).state),
        (0.8, State::Overdue)
    );
    assert_eq!(fitted(0.2).state, State::ProbablyLost);
    let fallback = first(&book, day(160));
    assert!(near(fallback.alive, libm::exp(-10.0 / 30.0)));
    assert!(fallback.chance.label().contains("rule of thumb"));
}

#[test]
fn s17_a_fitted_window_comes_before_the_own_gaps() {
    let window = Window {
        early_days: 20.0,
        middle_days: 45.0,
        late_days: 80.0,
        lateness: 0.6,
    };
    let with = |as_of, windows: &[Option<Window>], known: &[Option<Known>]| {
        let book = book(&[("A", &[0, 25, 60, 88, 120])]);
        let (histories, accounts) = read(&book, as_of);
        let settings = Settings::default();
        let found = cycles(&histories, &accounts, &settings, (&[], windows), known);
        found[0].unwrap()
    };
    let found = with(day(170), &[Some(window)], &[]);
    assert_eq!((found.due, found.window), (day(165), (day(140), day(200))));
    assert!(near(found.lateness, 0.6) && found.fitted_window);
    assert_eq!(found.state, State::DueNow);
    // The interval is its own all the same, and it lapses at three of them.
    let cycle_days = found.cycle_days;
    assert!(near(found.ratio, 50.0 / cycle_days) && found.overdue_days() == 5);
    let lapses = found.lapse_day(&Settings::default());
    assert_eq!(lapses, day(120).plus_days((3.0 * cycle_days) as i32));
    // The end of the window decides, however short the interval.
    let late = Window {
        early_days: 10.0,
        middle_days: 20.0,
        late_days: 30.0,
        lateness: 0.95,
    };
    let early = with(day(152), &[Some(late)], &[]);
    assert!(
        early.ratio < 1.25 && early.state == State::Overdue,
        "{early:?}"
    );
    // By its own gaps it is overdue.
    let own = with(day(170), &[], &[]);
    assert_eq!((own.state, own.fitted_window), (State::Overdue, false));
    assert!(words::reason(&found).contains("by the forecast), last order"));
    assert!(!words::reason(&own).contains("forecast"));
    // What the user knows, or no window, leaves it aside.
    let agreed = with(
        day(170),
        &[Some(window)],
        &[Some(Known::Contract(day(150)))],
    );
    assert_eq!((agreed.due, agreed.fitted_window), (day(150), false));
    let wrong = Window {
        late_days: f64::NAN,
        ..window
    };
    assert_eq!(with(day(170), &[Some(wrong)], &[]), own);
}

#[test]
fn s20_the_past_is_seen_with_the_orders_of_then() {
    let book = book(&[("A", &[0, 30, 60, 90, 200, 230])]);
    let (histories, accounts) = read(&book, day(240));
    let norms = Norms::of(&histories, &accounts);
    let dates = [day(-1), day(90), day(130), day(190), day(200), day(240)];
    let found = past(&histories.of(0), &dates, (&norms, 0), &Settings::default());
    let states: Vec<State> = found.iter().map(|then| then.state).collect();
    assert_eq!(
        states,
        [
            State::NotDue,
            State::Overdue,
            State::ProbablyLost,
            State::NotDue,
            State::NotDue
        ]
    );
    assert!(near(found[1].alive, libm::exp(-10.0 / 30.0)));
    assert_eq!(found[0].date, day(90));
}

#[test]
fn s17_money_at_risk_and_at_stake() {
    let found = first(&book(&[("A", &[0, 30, 60, 90, 120])]), day(150));
    assert!(near(found.alive, 1.0) && near(found.lateness, 0.5));
    assert!(near(found.at_stake(1_000.0), 500.0) && near(found.at_risk(100.0, 0.6), 0.0));
    let later = first(&book(&[("A", &[0, 30, 60, 90, 120])]), day(180));
    let alive = libm::exp(-1.0);
    assert!(near(later.at_risk(100.0, 0.6), 100.0 * (1.0 - alive) * 0.6));
    assert!((later.at_stake(1_000.0) - 1_000.0 * alive).abs() < 1e-6);
    assert!(near(later.at_stake(-5.0), 0.0));
}

#[test]
fn s22_an_account_lapses_at_three_cycles() {
    let settings = Settings::default();
    let book = book(&[("A", &[0, 30, 60, 90, 120])]);
    assert!(!first(&book, day(210)).has_lapsed(&settings));
    assert!(first(&book, day(211)).has_lapsed(&settings));
    assert_eq!(first(&book, day(211)).lapse_day(&settings), day(210));
}

#[test]
fn s17_an_account_summary_has_a_mean_cycle() {
    let file = crate::orders::testing::File::new(
        "s.csv",
        "account|order_count|first_date|last_date|revenue
         Acme|11|2024-01-01|2024-10-27|1100",
    );
    let book = crate::orders::testing::import(&[file.summary()], None, &[]).book;
    let found = first(&book, day(310));
    assert_eq!((found.basis, found.order_days), (Basis::Summed, 11));
    assert!(near(found.cycle_days, 30.0));
    assert_eq!(found.state, State::NotDue);
}

#[test]
fn s17_items_have_cycles_of_their_own() {
    let mut text = String::from("date|account|order|item|revenue\n");
    let mut order = 0;
    for (item, days) in [
        ("P1-A", &[0, 30, 60][..]),
        ("P1-B", &[90][..]),
        ("P2", &[0, 30, 60, 90, 120, 150, 180][..]),
        ("P3", &[5, 7][..]),
    ] {
        for at in days {
            order += 1;
            let _ = writeln!(text, "{}|Acme|{order}|{item}|50", day(*at));
        }
    }
    let book = one(&text).book;
    let found = items(&book, day(185), 0..1, &Settings::default());
    let shown: Vec<_> = found
        .iter()
        .map(|one| (one.item.as_str(), one.cycle.state, one.cycle.order_days))
        .collect();
    assert_eq!(
        shown,
        [("P1", State::ProbablyLost, 4), ("P2", State::NotDue, 7)]
    );
    assert!(near(found[0].usual_order, 50.0) && near(found[0].year_revenue, 200.0));
}

#[test]
fn s17_returns_make_no_order_and_amounts_have_a_median() {
    let book = priced(&[("A", vec![(0, 100), (30, 300), (31, -40), (60, 80)])]);
    let found = histories(&book, Some(day(90)));
    assert_eq!(found.of(0).order_days(), 3);
    assert_eq!(found.of(0).usual_order(), Some(100.0));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn s17_whatever_the_days_figures_are_finite_and_in_range(
        days in prop::collection::vec(prop::collection::btree_set(0..1_500_i32, 0..12), 1..6),
        after in 0..3_000_i32,
        fitted in prop::option::of(0.0..=1.0_f64),
    ) {
        let days: Vec<(String, Vec<(i32, i32)>)> = days
            .iter()
            .enumerate()
            .map(|(at, days)| (format!("A{at}"), days.iter().map(|day| (*day, 10)).collect()))
            .collect();
        let rows: Vec<(&str, &[(i32, i32)])> = days
            .iter()
            .map(|(name, days)| (name.as_str(), days.as_slice()))
            .collect();
        let book = priced(&rows);
        let chance = fitted.map_or(Chance::Fallback, Chance::Fitted);
        for found in with(&book, day(after), &[chance; 6], &[]).into_iter().flatten() {
            prop_assert!(found.cycle_days >= 1.0 && found.cycle_days.is_finite());
            prop_assert!(found.ratio.is_finite());
            prop_assert!((0.0..=1.0).contains(&found.lateness));
            prop_assert!((0.0..=1.0).contains(&found.alive));
            prop_assert!(found.window.0 <= found.due && found.due <= found.window.1);
            prop_assert!(found.last < found.due && found.silent_days >= 0);
            let words = words::reason(&found);
            prop_assert!(!words.is_empty());
            for wrong in [" 1 days", " 1 weeks", " 1 months", " 0 weeks", " 0 months"] {
                prop_assert!(!words.contains(wrong), "{words}");
            }
            let overdue = found.state == State::Overdue;
            prop_assert!(!overdue || day(after) >= found.window.1);
        }
    }

    #[test]
    fn s17_time_alone_never_makes_an_account_less_late(
        days in prop::collection::btree_set(0..400_i32, 1..8),
        after in 400..700_i32,
    ) {
        let days: Vec<(i32, i32)> = days.iter().map(|day| (*day, 10)).collect();
        let book = priced(&[("A", days.as_slice()), ("B", &[(0, 1), (35, 1), (60, 1)])]);
        let (now, then) = (all(&book, day(after)), all(&book, day(after + 30)));
        if let (Ok(now), Ok(then)) = (now[0], then[0]) {
            // A rest that comes to be known as the season's moves the due day to the next season.
            if now.pattern == then.pattern {
                prop_assert!(then.lateness >= now.lateness && then.alive <= now.alive);
                prop_assert!(then.state >= now.state);
            }
        }
    }
}
