//! Imports, undo, stopping, and what is done without the rest.

use super::*;

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

    fn read(&self, _: u32, _: u64, _: u32) -> Result<Vec<u8>, Refused> {
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
