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
    ExportFormat, ExportOf, Forecast, Job, Orders, Reply, Results, SCOREBOARD, TodayList, Want,
    Watched,
};
use perennial::jobs::{Memory, Never, Session, run};

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
