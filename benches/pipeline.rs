//! The whole pipeline natively: a file's bytes to rows, to the book, to the accounts.
//!
//! `cargo bench --no-default-features --bench pipeline` prints the time of each stage for 10k, 100k
//! and 1M order lines (13 columns, about 120 bytes a line). For one million lines only:
//! `cargo bench --no-default-features --bench pipeline -- 1000000`.
#![allow(clippy::expect_used)] // A bench without its data should stop.
#![allow(missing_docs)]

use std::hint::black_box;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use perennial::accounts;
use perennial::ingest::layout::{Certainty, Column, DateOrder, DecimalMark, Layout};
use perennial::ingest::read::Reader;
use perennial::ingest::role::{Kind, Role};
use perennial::orders::plan::{FilePlan, Import};
use perennial::orders::{Builder, Built};

mod orders_file;

const SLICE: usize = 4 << 20;

fn layout() -> Layout {
    let roles = [
        Role::Date,
        Role::Order,
        Role::Line,
        Role::Account,
        Role::Segment,
        Role::Item,
        Role::Quantity,
        Role::Price,
        Role::Revenue,
        Role::Cost,
        Role::Salesperson,
        Role::Partner,
        Role::Stream,
    ];
    let headers = orders_file::HEADER.trim().split(',');
    let columns = headers.zip(roles).map(|(header, role)| Column {
        header: header.to_owned(),
        role: Some(role),
        certainty: Certainty::Certain,
        evidence: String::new(),
        date_order: (role.kind() == Kind::Date).then_some(DateOrder::Ymd),
        decimal: (role.kind() == Kind::Number).then_some(DecimalMark::Dot),
        proven: false,
        samples: Vec::new(),
    });
    Layout {
        columns: columns.collect(),
        ..Layout::default()
    }
}

fn import(bytes: &[u8]) -> Import {
    Import {
        files: vec![FilePlan {
            file: 0,
            id: String::new(),
            name: "orders.csv".to_owned(),
            size: bytes.len() as u64,
            sheet: None,
            layout: layout(),
            fixes: Vec::new(),
        }],
        base_currency: None,
        rates: Vec::new(),
    }
}

fn rows(bytes: &[u8]) -> usize {
    let mut reader = Reader::new(&layout());
    let mut cells = 0;
    for slice in bytes.chunks(SLICE) {
        reader
            .feed(slice, &mut |row| cells += row.cells.len())
            .expect("a sound file");
    }
    reader
        .finish(&mut |row| cells += row.cells.len())
        .expect("a sound file");
    cells
}

fn book(bytes: &[u8]) -> Built {
    let import = import(bytes);
    let mut builder = Builder::new(&import);
    for plan in &import.files {
        builder.file(0, plan);
        let mut reader = Reader::new(&plan.layout);
        for slice in bytes.chunks(SLICE) {
            reader
                .feed(slice, &mut |row| builder.row(&row))
                .expect("a sound file");
        }
        reader
            .finish(&mut |row| builder.row(&row))
            .expect("a sound file");
    }
    builder.finish()
}

fn bench(criterion: &mut Criterion) {
    for lines in [10_000, 100_000, 1_000_000_u64] {
        let bytes = orders_file::text(lines);
        let built = book(&bytes);
        assert_eq!(built.report.in_book, lines, "{:?}", built.report);
        let mut group = criterion.benchmark_group(lines.to_string());
        group
            .sample_size(10)
            .throughput(Throughput::Elements(lines));
        group.bench_function("bytes to rows", |b| b.iter(|| rows(black_box(&bytes))));
        group.bench_function("bytes to book", |b| {
            b.iter_batched(|| (), |()| book(black_box(&bytes)), BatchSize::PerIteration);
        });
        group.bench_function("book to accounts", |b| {
            b.iter(|| accounts::build(black_box(&built.book), None));
        });
        group.finish();
    }
}

criterion_group!(benches, bench);
criterion_main!(benches);
