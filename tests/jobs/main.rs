//! The worker's jobs in-process: staging, building, evaluating, exporting, stopping.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::pedantic
)]

mod changes;
mod commission;
mod deal;
mod figures;
mod tables;

use std::cell::Cell;
use std::collections::BTreeMap;

use perennial::assumptions::{Assumptions, Origin, Setting};
use perennial::base::Refused;
use perennial::base::packed::{pack, unpack};
use perennial::document::{Desk, Edit};
use perennial::jobs::protocol::{
    Built, ExportFormat, ExportOf, FilePlan, Import, Job, Orders, Progress, Query, Reply, Results,
    Staged, Want, Watched,
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
