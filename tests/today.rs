//! The accounts under watch through the worker's jobs: today's list, marks, forecasts, exports (S17,
//! S20, S62).
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::pedantic
)]

use std::sync::Arc;

use perennial::assumptions::Assumptions;
use perennial::base::Date;
use perennial::base::packed::{pack, unpack};
use perennial::jobs::protocol::{
    CALIBRATION, ExportFormat, ExportOf, Forecast, Job, MAP, Orders, Reply, Results, SCOREBOARD,
    TRACKING, TodayList, Want, Watched,
};
use perennial::jobs::{Memory, Never, Session, run};
use perennial::metrics::Cell;

struct Sample(Session);

impl Sample {
    fn new() -> Self {
        let mut sample = Self(Session::new(1 << 20));
        let orders = Orders::Sample;
        assert!(matches!(
            sample
                .run(Job::Build {
                    orders,
                    as_of: None
                })
                .0,
            Reply::Built(_)
        ));
        assert_eq!(sample.run(Job::Commit).0, Reply::Done);
        sample
    }

    fn run(&mut self, job: Job) -> (Reply, Option<Vec<u8>>) {
        run(&mut self.0, job, &Memory::default(), &Never, &mut |_| {})
    }

    fn results(&mut self, want: Want) -> Results {
        let assumptions = Assumptions::default();
        match self
            .run(Job::Evaluate {
                assumptions,
                as_of: None,
                want,
            })
            .0
        {
            // Through the message, as the page gets it.
            Reply::Results(results) => unpack(&pack(&*results)).unwrap(),
            other => panic!("{other:?}"),
        }
    }

    fn today(&mut self, watched: &Watched) -> TodayList {
        let watched = watched.clone();
        let want = Want {
            today: true,
            watched,
            ..Want::default()
        };
        self.results(want).today.unwrap()
    }

    /// How many accounts have ordered.
    fn accounts(&mut self) -> u32 {
        let table = Some(perennial::jobs::protocol::Query::default());
        let want = Want {
            table,
            ..Want::default()
        };
        self.results(want).table.unwrap().total
    }

    /// Fits to the end; how many parts that took, and what is said of it.
    fn fit(&mut self) -> (u32, Vec<String>) {
        for part in 1..10_000 {
            match self.run(Job::Forecast { as_of: None }).0 {
                Reply::Forecast(Forecast::Working(share)) => assert!((0.0..=1.0).contains(&share)),
                Reply::Forecast(Forecast::Done(words)) => return (part, words),
                other => panic!("{other:?}"),
            }
        }
        panic!("the fit does not end");
    }
}

fn marked(account: &str, with: impl FnOnce(&mut perennial::actions::Mark)) -> Watched {
    let mut watched = Watched::default();
    Arc::make_mut(&mut watched.marks).change(account, with);
    watched
}

#[test]
fn s17_the_sample_has_accounts_that_should_have_ordered() {
    let mut sample = Sample::new();
    let list = sample.today(&Watched::default());
    assert!(list.entries.len() > 3);
    assert_eq!(list.entries.len(), list.count as usize);
    assert!(
        list.entries
            .windows(2)
            .all(|pair| pair[0].at_stake >= pair[1].at_stake)
    );
    assert!(list.entries.iter().all(|entry| !entry.reason.is_empty()));
    let sum: f64 = list.entries.iter().map(|entry| entry.at_stake).sum();
    assert!((sum - list.at_stake).abs() < 1e-6 * sum);
    assert_eq!(list.stale, None);
}

#[test]
fn s62_a_marked_account_leaves_the_list_and_is_named() {
    let mut sample = Sample::new();
    let first = sample.today(&Watched::default()).entries[0].name.clone();
    let far = Date::parse("2099-01-01");
    let snoozed = sample.today(&marked(&first, |mark| mark.snoozed_until = far));
    assert!(snoozed.entries.iter().all(|entry| entry.name != first));
    assert_eq!(snoozed.snoozed, [(first.clone(), far.unwrap())]);
    let ceased = sample.today(&marked(&first, |mark| mark.ceased = far));
    assert_eq!(ceased.ceased, std::slice::from_ref(&first));
    let noted = sample.today(&marked(&first, |mark| mark.note = "Call on Monday".into()));
    assert_eq!(noted.entries[0].note, "Call on Monday");
}

#[test]
fn a_stale_as_of_date_is_said() {
    let mut sample = Sample::new();
    let watched = Watched {
        today: Date::parse("2099-01-01"),
        ..Watched::default()
    };
    assert!(sample.today(&watched).stale.unwrap().contains("days ago"));
}

#[test]
fn s20_the_fit_comes_in_parts_and_replaces_the_rule_of_thumb() {
    let mut sample = Sample::new();
    let before = sample.today(&Watched::default());
    assert!(before.entries[0].alive.1.contains("rule of thumb"));
    let (parts, words) = sample.fit();
    assert!(parts > 1, "in {parts} parts");
    assert!(words[0].starts_with("MBG/CNBD-"), "{words:?}");
    let after = sample.today(&Watched::default());
    assert!(
        after
            .entries
            .iter()
            .all(|entry| entry.alive.1.contains("fitted"))
    );
    assert!(
        after
            .entries
            .iter()
            .all(|entry| (0.0..=1.0).contains(&entry.alive.0))
    );
    // Once there it stays: asking again costs nothing and says the same.
    assert_eq!(sample.fit(), (1, words));
}

#[test]
fn s16_the_scoreboard_says_how_the_past_would_have_been_forecast() {
    let mut sample = Sample::new();
    let want = Want {
        watch: vec![SCOREBOARD.into()],
        ..Want::default()
    };
    let waiting = sample.results(want.clone()).sheets.remove(0);
    assert!(waiting.rows.is_empty() && !waiting.caption.is_empty());
    sample.fit();
    let board = sample.results(want).sheets.remove(0);
    assert_eq!(board.rows.len() % 4, 0);
    assert!(
        board
            .rows
            .iter()
            .all(|row| row.len() == board.columns.len())
    );
}

#[test]
fn s62_the_list_is_written_as_a_table_and_as_calendar_entries() {
    let mut sample = Sample::new();
    let count = sample.today(&Watched::default()).entries.len();
    let mut export = |what| {
        let assumptions = Assumptions::default();
        let format = ExportFormat::Csv;
        match sample.run(Job::Export {
            assumptions,
            as_of: None,
            what,
            format,
        }) {
            (Reply::Exported { name, .. }, Some(bytes)) => {
                (name, String::from_utf8(bytes).unwrap())
            }
            (other, _) => panic!("{other:?}"),
        }
    };
    let (name, table) = export(ExportOf::Watch("today".into(), Watched::default()));
    assert_eq!(name, "today.csv");
    assert!(table.lines().count() > count);
    let (name, calendar) = export(ExportOf::Calendar(Watched::default()));
    assert_eq!(name, "today.ics");
    assert_eq!(calendar.matches("BEGIN:VEVENT").count(), count);
}

#[test]
fn s16_orders_are_tracked_and_forecasts_calibrated_on_what_was_held_out() {
    let mut sample = Sample::new();
    let want = |key: &str| Want {
        watch: vec![key.into()],
        ..Want::default()
    };
    for key in [TRACKING, CALIBRATION, MAP] {
        let waiting = sample.results(want(key)).sheets.remove(0);
        assert!(
            waiting.rows.is_empty() && !waiting.title.is_empty(),
            "{key}"
        );
    }
    sample.fit();
    let total = sample.accounts();
    let mut sheet = |key| sample.results(want(key)).sheets.remove(0);
    let number = |cell: &Cell| match cell {
        Cell::Number(number, _) => perennial::view::number::to_f64(*number),
        other => panic!("{other:?}"),
    };
    let tracked = sheet(TRACKING);
    let held = |row: &&Vec<Cell>| row[3] == Cell::Text("Held out".into());
    assert!((5..60).contains(&tracked.rows.iter().filter(held).count()));
    let last = tracked.rows.last().unwrap();
    let (came, expected) = (number(&last[1]), number(&last[2]));
    assert!(
        (0.75..1.25).contains(&(expected / came)),
        "{expected} for {came}"
    );
    let tenths = sheet(CALIBRATION);
    assert_eq!(tenths.rows.len(), 10);
    let (low, high) = (&tenths.rows[0], &tenths.rows[9]);
    assert!(number(&low[2]) < number(&high[2]) && number(&low[3]) < number(&high[3]));
    let map = sheet(MAP);
    let accounts: f64 = map.rows.iter().map(|row| number(&row[2])).sum();
    assert_eq!(accounts, f64::from(total));
    for row in &map.rows {
        if let Cell::Number(..) = row[3] {
            assert!((0.0..=100.0).contains(&number(&row[3])));
        }
    }
    for sheet in [&tracked, &tenths, &map] {
        assert!(perennial::view::drawn::of(sheet).is_some(), "{}", sheet.key);
        assert!(
            sheet
                .rows
                .iter()
                .all(|row| row.len() == sheet.columns.len())
        );
    }
}

#[test]
fn s20_an_account_has_its_chance_over_time_and_the_worth_of_its_next_order() {
    let mut sample = Sample::new();
    let want = Want {
        account: Some(0),
        ..Want::default()
    };
    let rhythm = |sample: &mut Sample| {
        let detail = sample.results(want.clone()).account.unwrap();
        detail.rhythm.unwrap()
    };
    let before = rhythm(&mut sample);
    assert!(before.past.len() > 50);
    sample.fit();
    let after = rhythm(&mut sample);
    assert_eq!(before.past.first().unwrap().0, after.days[0].0);
    for found in [&before, &after] {
        assert!(found.past.is_sorted_by(|a, b| a.0 < b.0));
        assert!(
            found
                .past
                .iter()
                .all(|(_, alive)| (0.0..=1.0).contains(alive))
        );
        // The line ends where the account stands now.
        let now = found.past.last().unwrap().1;
        assert!(
            (now - found.alive.0).abs() < 1e-9,
            "{now} {}",
            found.alive.0
        );
        let next = found.next.as_ref().unwrap();
        assert!(next.low <= next.median && next.median <= next.high);
    }
    // An order brings the chance back.
    let jumps = |day: &perennial::base::Date| {
        let at = |date| {
            after
                .past
                .iter()
                .find(|past| past.0 == date)
                .map(|past| past.1)
        };
        at(*day).zip(at(day.plus_days(-1)))
    };
    let rises = after.days.iter().skip(1).filter_map(|(day, _)| jumps(day));
    assert!(rises.clone().count() > 2);
    assert!(rises.into_iter().all(|(on, before)| on >= before - 0.05));
}

#[test]
fn s62_an_item_that_has_ceased_is_left_out_and_named() {
    let mut sample = Sample::new();
    let list = sample.today(&Watched::default());
    let late = list.entries.iter().find(|entry| !entry.items.is_empty());
    let late = late.expect("the sample has an item that is late");
    let (name, item) = (late.name.clone(), late.items[0].clone());
    let far = Date::parse("2099-01-01");
    let ceased = marked(&name, |mark| {
        mark.items.entry(item.clone()).or_default().ceased = far;
    });
    let found = sample.today(&ceased);
    assert_eq!(found.items, [(name.clone(), item.clone(), None)]);
    let entry = found.entries.iter().find(|entry| entry.name == name);
    assert!(entry.is_none_or(|entry| !entry.items.contains(&item)));
    let snoozed = marked(&name, |mark| {
        mark.items.entry(item.clone()).or_default().snoozed_until = far;
    });
    assert_eq!(sample.today(&snoozed).items, [(name, item, far)]);
}
