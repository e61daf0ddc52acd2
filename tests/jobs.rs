//! The worker's jobs in-process: staging, building, evaluating, exporting, stopping.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::pedantic
)]

use std::cell::Cell;
use std::collections::BTreeMap;

use perennial::assumptions::{Assumptions, Origin, Setting};
use perennial::base::packed::{pack, unpack};
use perennial::document::{Desk, Edit};
use perennial::jobs::protocol::{
    Built, ExportFormat, ExportOf, FilePlan, Import, Job, Orders, Progress, Query, Reply, Results,
    Staged, Want,
};
use perennial::jobs::{Files, Interrupt, Memory, Never, Rest, Session, run};
use perennial::metrics::{Cell as Shown, Exactness, Number};

const ORDERS: &str = "\
Order,Date,Customer,Segment,Item,Quantity,Net revenue,Cost\n\
1001,2024-01-15,Acme GmbH,Aerospace,P-1,10,1000.00,600.00\n\
1001,2024-01-15,Acme GmbH,Aerospace,P-2,5,250.50,150.00\n\
1002,2024-03-02,Bolt & Sons,Automotive,P-1,100,9000.00,7000.00\n\
1003,2025-02-10,Acme GmbH,Aerospace,P-1,20,2000.00,1200.00\n\
1004,2025-06-30,Acme GmbH,Aerospace,P-3,1,400.00,\n\
1005,not a date,Crane Ltd,Energy,P-9,1,70.00,30.00\n\
1006,2025-11-30,Bolt & Sons,Automotive,P-1,-2,-180.00,-140.00\n\
1007,2025-12-01,Drill SA,Energy,P-4,3,333.33,200.00\n";

struct Worker {
    session: Session,
    files: Memory,
}

impl Worker {
    fn new(slice: u32, texts: &[&str]) -> Self {
        let files = texts.iter().enumerate();
        let files: BTreeMap<u32, Vec<u8>> = files
            .map(|(at, text)| (at as u32 + 1, text.as_bytes().to_vec()))
            .collect();
        Self {
            session: Session::new(slice),
            files: Memory(files),
        }
    }

    fn run(&mut self, job: Job) -> (Reply, Option<Vec<u8>>) {
        run(&mut self.session, job, &self.files, &Never, &mut |_| {})
    }

    fn stage(&mut self, file: u32) -> Staged {
        let job = Job::Stage {
            file,
            name: format!("{file}.csv"),
            sheet: None,
            layout: None,
        };
        match self.run(job).0 {
            Reply::Staged(staged) => *staged,
            other => panic!("{other:?}"),
        }
    }

    fn plan(&mut self, files: &[u32]) -> Orders {
        let files = files.iter().map(|&file| {
            let mut layout = self.stage(file).layout;
            layout.questions.clear();
            FilePlan {
                file,
                id: String::new(),
                name: format!("{file}.csv"),
                size: 0,
                sheet: None,
                layout,
                fixes: Vec::new(),
            }
        });
        Orders::Files(Import {
            files: files.collect(),
            ..Import::default()
        })
    }

    fn build(&mut self, orders: Orders) -> Built {
        match self
            .run(Job::Build {
                orders,
                as_of: None,
            })
            .0
        {
            Reply::Built(built) => *built,
            other => panic!("{other:?}"),
        }
    }

    fn take(&mut self, files: &[u32]) -> Built {
        let plan = self.plan(files);
        let built = self.build(plan);
        assert_eq!(self.run(Job::Commit).0, Reply::Done);
        built
    }

    fn evaluate(&mut self, assumptions: &Assumptions, want: Want) -> Results {
        let job = Job::Evaluate {
            assumptions: assumptions.clone(),
            as_of: None,
            want,
        };
        match self.run(job).0 {
            Reply::Results(results) => *results,
            other => panic!("{other:?}"),
        }
    }

    fn table(&mut self, query: Query) -> Vec<String> {
        let query = Query {
            count: 100,
            ..query
        };
        let want = Want {
            table: Some(query),
            ..Want::default()
        };
        let table = self.evaluate(&Assumptions::default(), want).table.unwrap();
        let first = |cells: &Vec<Shown>| match &cells[0] {
            Shown::Text(text) => text.clone(),
            other => panic!("{other:?}"),
        };
        table.rows.iter().map(|(_, cells)| first(cells)).collect()
    }

    fn export(&mut self, what: ExportOf, format: ExportFormat) -> Vec<u8> {
        let job = Job::Export {
            assumptions: Assumptions::default(),
            as_of: None,
            what,
            format,
        };
        match self.run(job) {
            (Reply::Exported { .. }, Some(bytes)) => bytes,
            other => panic!("{other:?}"),
        }
    }
}

fn failed(reply: &Reply) -> &str {
    match reply {
        Reply::Failed(failure) => {
            assert!(!failure.message.is_empty());
            &failure.code
        }
        other => panic!("{other:?}"),
    }
}

fn everything() -> Want {
    Want {
        book: true,
        methods: true,
        waterfall: true,
        table: Some(Query {
            count: 10,
            ..Query::default()
        }),
        account: Some(0),
        ..Want::default()
    }
}

#[test]
fn every_row_read_is_accounted_for() {
    let mut worker = Worker::new(1 << 20, &[ORDERS]);
    let report = worker.take(&[1]).report;
    let sum =
        report.in_book + report.rejected + report.structure + report.repeats + report.no_order;
    assert_eq!((report.read, sum), (8, 8), "{report:?}");
    assert_eq!(report.rejected, 1);
    assert_eq!(report.accounts, 3);
}

#[test]
fn slices_of_any_size_give_the_same_book() {
    let whole = Worker::new(1 << 20, &[ORDERS]).take(&[1]);
    for slice in [64, 65, 100, 333] {
        let mut worker = Worker::new(slice, &[ORDERS]);
        let built = worker.take(&[1]);
        assert_eq!(built.report, whole.report, "{slice}");
        assert_eq!(built.orders, whole.orders, "{slice}");
    }
}

#[test]
fn figures_add_up() {
    let mut worker = Worker::new(1 << 20, &[ORDERS]);
    worker.take(&[1]);
    let results = worker.evaluate(&Assumptions::default(), everything());
    let revenue = &results.book["revenue"].value;
    let Ok(Number::Exact(revenue)) = revenue else {
        panic!("{revenue:?}")
    };
    assert_eq!(revenue.to_string(), "12803.83");
    let detail = results.account.unwrap();
    assert_eq!(detail.name, "Acme GmbH");
    let history: f64 = detail.history.iter().map(|period| period.revenue).sum();
    assert!((history - 3650.5).abs() < 1e-9, "{:?}", detail.history);
    let ahead = detail.history.iter().filter(|period| period.expected);
    let expected: f64 = ahead.clone().map(|period| period.value).sum();
    let Ok(Number::Float(future)) = detail.figures["future_value"].value else {
        panic!("{:?}", detail.figures["future_value"])
    };
    assert!(
        (expected - future).abs() < 1e-9 * future && future > 0.0,
        "{:?}",
        detail.history
    );
    let labels: Vec<&str> = ahead.map(|period| period.label.as_str()).collect();
    assert_eq!(
        (labels.len(), labels[0], labels[19]),
        (20, "2026 Q1", "2030 Q4")
    );
    assert_eq!(detail.sheets[0].rows.len(), 4);
    let contribution: f64 = detail
        .history
        .iter()
        .filter(|period| !period.expected)
        .map(|period| period.value)
        .sum();
    let Ok(Number::Exact(whole)) = detail.figures["contribution"].value else {
        panic!()
    };
    assert!((contribution - whole.to_string().parse::<f64>().unwrap()).abs() < 0.01);
    assert!(!results.methods.is_empty() && !results.waterfall.is_empty());
}

#[test]
fn the_periods_of_an_account_add_up_whatever_counts() {
    // Orders just before and after the turn of a year counted back from the last day.
    let text = "Order,Date,Customer,Type,Net revenue,Cost\n\
        1,2023-12-28,Acme,Spares,100.00,60\n\
        2,2024-12-30,Acme,,200.00,\n\
        3,2025-01-02,Acme,Spares,300.00,190\n\
        4,2025-12-31,Acme,Repairs,400.00,250\n";
    let mut worker = Worker::new(1 << 20, &[text]);
    worker.take(&[1]);
    for basis in ["contribution", "gross_profit", "revenue"] {
        let chosen = [
            ("basis", basis),
            ("service_year", "11"),
            ("service_order", "3"),
            ("depreciation_year", "7"),
        ];
        let chosen = chosen.map(|(key, value)| {
            let origin = Origin::User;
            let value = value.into();
            (key.to_string(), Setting { value, origin })
        });
        let assumptions = Assumptions {
            chosen: chosen.into(),
        };
        let detail = worker.evaluate(&assumptions, everything()).account.unwrap();
        let sum = |expected: bool| -> f64 {
            let periods = detail.history.iter().filter(|p| p.expected == expected);
            periods.map(|period| period.value).sum()
        };
        let figure = |key: &str| match &detail.figures[key].value {
            Ok(Number::Exact(value)) => value.to_string().parse::<f64>().unwrap(),
            Ok(Number::Float(value)) => *value,
            Err(why) => panic!("{why:?}"),
        };
        assert!(
            (sum(false) - figure("past_value")).abs() < 1e-6,
            "{basis}: {:?}",
            detail.history
        );
        assert!((sum(true) - figure("future_value")).abs() < 1e-6, "{basis}");
    }
}

#[test]
fn an_assumption_moves_the_figures() {
    let mut worker = Worker::new(1 << 20, &[ORDERS]);
    worker.take(&[1]);
    let mut assumptions = Assumptions::default();
    let before = worker.evaluate(&assumptions, everything());
    let setting = Setting {
        value: "50".into(),
        origin: Origin::User,
    };
    assumptions.chosen.insert("retention".into(), setting);
    let after = worker.evaluate(&assumptions, everything());
    assert_ne!(before.methods, after.methods);
    assert_eq!(before.book["revenue"], after.book["revenue"]);
}

#[test]
fn the_table_is_searched_sorted_filtered_and_cut() {
    let mut worker = Worker::new(1 << 20, &[ORDERS]);
    worker.take(&[1]);
    let by = |sort: &str, descending| Query {
        sort: sort.into(),
        descending,
        ..Query::default()
    };
    assert_eq!(
        worker.table(by("revenue", true)),
        ["Bolt & Sons", "Acme GmbH", "Drill SA"]
    );
    assert_eq!(
        worker.table(by("revenue", false)),
        ["Drill SA", "Acme GmbH", "Bolt & Sons"]
    );
    assert_eq!(
        worker.table(by("name", false)),
        ["Acme GmbH", "Bolt & Sons", "Drill SA"]
    );
    assert_eq!(
        worker.table(by("name", true)),
        ["Drill SA", "Bolt & Sons", "Acme GmbH"]
    );
    let search = |search: &str| Query {
        search: search.into(),
        ..by("name", false)
    };
    assert_eq!(worker.table(search("ACME")), ["Acme GmbH"]);
    assert_eq!(worker.table(search("auto sons")), ["Bolt & Sons"]);
    assert_eq!(worker.table(search("nobody")), [""; 0]);
    let filters = vec![("segment".to_string(), "Energy".to_string())];
    assert_eq!(
        worker.table(Query {
            filters,
            ..by("name", false)
        }),
        ["Drill SA"]
    );
    let window = Query {
        from: 1,
        ..by("name", false)
    };
    assert_eq!(worker.table(window), ["Bolt & Sons", "Drill SA"]);
}

#[test]
fn the_sums_below_the_table_are_decimal_and_say_what_is_assumed_in_any_row() {
    // Sixty accounts; the cost of the last alone is missing. In floats, 60 x 0.1 is not 6.
    let mut text = String::from("Order,Date,Customer,Net revenue,Cost\n");
    for at in 0..60 {
        let cost = if at < 59 { "0.04" } else { "" };
        text.push_str(&format!("{at},2025-12-01,Account {at:02},0.10,{cost}\n"));
    }
    let mut worker = Worker::new(1 << 20, &[&text]);
    worker.take(&[1]);
    let columns = ["name", "revenue", "contribution", "lifetime"];
    let mut footer = |search: &str| {
        let table = Some(Query {
            search: search.into(),
            sort: "name".into(),
            columns: columns.map(String::from).to_vec(),
            ..Query::default()
        });
        let want = Want {
            table,
            ..Want::default()
        };
        worker
            .evaluate(&Assumptions::default(), want)
            .table
            .unwrap()
            .footer
    };
    let exact = |text: &str, exactness| {
        let amount = text.parse().unwrap();
        Shown::Number(Number::Exact(amount), exactness)
    };
    let all = footer("");
    assert_eq!(all[0], Shown::Empty(String::new()));
    assert_eq!(all[1], exact("6.00", Exactness::Exact));
    assert!(matches!(
        all[2],
        Shown::Number(Number::Exact(_), Exactness::Assumed)
    ));
    assert!(matches!(
        all[3],
        Shown::Number(Number::Float(_), Exactness::Assumed)
    ));
    // Those whose name has a 3 in it; none of them lacks a cost.
    let some = footer("3");
    assert_eq!(some[1], exact("1.50", Exactness::Exact));
    assert_eq!(some[2], exact("0.90", Exactness::Exact));
}

#[test]
fn nothing_changes_before_the_commit() {
    let mut worker = Worker::new(
        1 << 20,
        &[ORDERS, "Customer,Date,Net revenue\nX,2025-01-01,5\n"],
    );
    worker.take(&[1]);
    let before = worker.evaluate(&Assumptions::default(), everything());
    let other = worker.plan(&[2]);
    worker.build(other.clone());
    assert_eq!(
        worker.evaluate(&Assumptions::default(), everything()),
        before
    );
    worker.run(Job::Discard);
    assert_eq!(
        worker.evaluate(&Assumptions::default(), everything()),
        before
    );
    worker.build(other);
    worker.run(Job::Commit);
    assert_ne!(
        worker.evaluate(&Assumptions::default(), everything()),
        before
    );
}

#[test]
fn undo_of_an_import_needs_no_file() {
    let mut worker = Worker::new(
        1 << 20,
        &[ORDERS, "Customer,Date,Net revenue\nX,2025-01-01,5\n"],
    );
    let first = worker.take(&[1]).orders.agreed();
    worker.take(&[2]);
    worker.files.0.clear();
    worker.build(first);
    worker.run(Job::Commit);
    assert_eq!(worker.table(Query::default()).len(), 3);
}

#[test]
fn files_are_named_by_content_and_a_changed_one_is_refused() {
    let mut worker = Worker::new(100, &[ORDERS]);
    let built = worker.take(&[1]);
    let mut desk = Desk::default();
    desk.apply(Edit::SetOrders(built.orders.clone())).unwrap();
    let [plan] = desk.document().orders.files() else {
        panic!()
    };
    assert_eq!((plan.file, plan.size), (0, ORDERS.len() as u64));
    assert!(!plan.id.is_empty());
    assert!(
        plan.layout
            .columns
            .iter()
            .all(|column| column.samples.is_empty())
    );

    let changed = ORDERS.replace("1000.00", "1000.01");
    let mut other = Worker::new(100, &[&changed]);
    let reply = other
        .run(Job::Build {
            orders: built.orders,
            as_of: None,
        })
        .0;
    assert_eq!(failed(&reply), "file_changed");
}

/// Stops after so many questions.
struct After(Cell<u32>);

impl Interrupt for After {
    fn stopped(&self) -> bool {
        self.0.set(self.0.get().saturating_sub(1));
        self.0.get() == 0
    }
}

#[test]
fn a_build_stops_between_two_slices_and_leaves_the_book() {
    let mut worker = Worker::new(64, &[ORDERS, ORDERS]);
    worker.take(&[1]);
    let before = worker.evaluate(&Assumptions::default(), everything());
    let orders = worker.plan(&[2]);
    let mut seen: Vec<Progress> = Vec::new();
    let job = Job::Build {
        orders,
        as_of: None,
    };
    let stop = After(Cell::new(5));
    let (reply, _) = run(&mut worker.session, job, &worker.files, &stop, &mut |at| {
        seen.push(at)
    });
    assert_eq!(failed(&reply), "cancelled");
    assert!(!seen.is_empty() && seen.iter().all(|at| at.done < 1.0));
    assert_eq!(
        worker.evaluate(&Assumptions::default(), everything()),
        before
    );
}

struct Torn;

impl Files for Torn {
    fn size(&self, _: u32) -> Option<u64> {
        Some(1000)
    }

    fn read(&self, _: u32, _: u64, _: u32) -> Result<Vec<u8>, String> {
        Err("NotReadableError".into())
    }
}

#[test]
fn a_file_that_cannot_be_read_is_said_by_name() {
    let job = Job::Stage {
        file: 3,
        name: "a.csv".into(),
        sheet: None,
        layout: None,
    };
    let (reply, _) = run(&mut Session::new(64), job, &Torn, &Never, &mut |_| {});
    assert_eq!(failed(&reply), "file_unreadable");
    let Reply::Failed(failure) = reply else {
        panic!()
    };
    assert!(failure.message.contains("a.csv"));
}

#[test]
fn the_sample_is_evaluated_without_the_rest_and_all_else_waits_for_it() {
    let mut whole = Worker::new(64, &[ORDERS]);
    let plan = whole.plan(&[1]);
    let mut first = Worker::new(64, &[ORDERS]);
    first.session = Session::first(64);
    let figures = || Job::Evaluate {
        assumptions: Assumptions::default(),
        as_of: None,
        want: Want {
            book: true,
            ..Want::default()
        },
    };
    let build = |orders: Orders| Job::Build {
        orders,
        as_of: None,
    };
    for job in [build(Orders::Sample), Job::Commit, figures()] {
        assert!(!first.session.lacks(&job));
        assert_eq!(first.run(job.clone()), whole.run(job));
    }
    let export = Job::Export {
        assumptions: Assumptions::default(),
        as_of: None,
        what: ExportOf::Sheet("segments".into()),
        format: ExportFormat::Csv,
    };
    let stage = Job::Stage {
        file: 1,
        name: "1.csv".into(),
        sheet: None,
        layout: None,
    };
    let more = Job::Evaluate {
        assumptions: Assumptions::default(),
        as_of: None,
        want: Want {
            methods: true,
            ..Want::default()
        },
    };
    let rest = [stage, build(plan), export, more];
    for job in &rest {
        assert!(first.session.lacks(job));
        assert!(!whole.session.lacks(job));
        match first.run(job.clone()).0 {
            Reply::Failed(failure) => assert_eq!(failure.code, "part_missing"),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(first.run(figures()), whole.run(figures()));
    first.session.complete(Rest::new());
    for job in rest {
        assert_eq!(first.run(job.clone()), whole.run(job));
    }
}

#[test]
fn without_orders_it_says_so() {
    let mut worker = Worker::new(64, &[]);
    let job = Job::Evaluate {
        assumptions: Assumptions::default(),
        as_of: None,
        want: everything(),
    };
    assert_eq!(failed(&worker.run(job).0), "no_orders");
    worker.build(Orders::None);
    worker.run(Job::Commit);
    let results = worker.evaluate(&Assumptions::default(), everything());
    assert_eq!((results.span, results.account), (None, None));
}

#[test]
fn tables_are_written_out() {
    let mut worker = Worker::new(64, &[ORDERS]);
    worker.take(&[1]);
    let csv = worker.export(ExportOf::Accounts(Query::default()), ExportFormat::Csv);
    let csv = String::from_utf8(csv).unwrap();
    assert_eq!(csv.lines().count(), 4, "{csv}");
    let sheet = worker.export(ExportOf::Accounts(Query::default()), ExportFormat::Sheet);
    let sheet: perennial::metrics::Sheet = unpack(&sheet).unwrap();
    assert_eq!(sheet.rows.len(), 3);
    let rejected = worker.export(ExportOf::Rejected, ExportFormat::Csv);
    let rejected = String::from_utf8(rejected).unwrap();
    assert!(
        rejected.contains("not a date") && rejected.contains("Crane Ltd"),
        "{rejected}"
    );
    let report = worker.export(ExportOf::Report, ExportFormat::Csv);
    let report: serde_json::Value = serde_json::from_slice(&report).unwrap();
    assert_eq!(report["metrics"]["revenue"]["value"], 12803.83);
    assert_eq!(report["accounts"].as_array().unwrap().len(), 3);
    assert_eq!(report["import"]["read"], 8);
}

#[test]
fn messages_arrive_as_they_were_sent() {
    let mut worker = Worker::new(64, &[ORDERS]);
    worker.take(&[1]);
    let results = worker.evaluate(&Assumptions::default(), everything());
    let reply = Reply::Results(Box::new(results));
    let bytes = pack(&reply);
    let again: Reply = unpack(&bytes).unwrap();
    assert!(again == reply, "not one digit may change");
    assert!(pack(&again) == bytes, "not one digit may change");
}
