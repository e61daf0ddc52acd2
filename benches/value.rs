//! What a slider step costs: `cargo bench --no-default-features --bench value`.
//!
//! Values 5,000 and 100,000 accounts, with the book's figures and one screen of the table, as the
//! worker does for every step; and the parts that only some pages ask for.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

#[path = "../tests/hand_made/mod.rs"]
mod hand_made;

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use hand_made::{book, ready};
use perennial::value::{Evaluation, Prepared, Subject};

fn steps(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("value");
    group.sample_size(20);
    for count in [5_000, 100_000] {
        let accounts = book(count);
        let (prepared, resolved) = ready(&accounts, &[("service_order", "25"), ("capital", "8")]);
        group.bench_function(format!("prepare {count}"), |b| {
            b.iter(|| Prepared::new(black_box(&accounts)).unwrap());
        });
        group.bench_function(format!("pass {count}"), |b| {
            b.iter(|| Evaluation::new(&accounts, &prepared, black_box(&resolved)));
        });
        group.bench_function(format!("step with book and table {count}"), |b| {
            b.iter(|| {
                let evaluation = Evaluation::new(&accounts, &prepared, black_box(&resolved));
                let figures = evaluation.figures(Subject::Book);
                let rows: Vec<_> = (0..40)
                    .flat_map(|i| ["name", "revenue", "contribution", "lifetime"].map(|c| (c, i)))
                    .map(|(column, i)| evaluation.cell(column, i))
                    .collect();
                (figures, rows)
            });
        });
        let evaluation = Evaluation::new(&accounts, &prepared, &resolved);
        group.bench_function(format!("ranking sheet {count}"), |b| {
            b.iter(|| Evaluation::new(&accounts, &prepared, &resolved).sheet("reshuffle"));
        });
        group.bench_function(format!("segments sheet {count}"), |b| {
            b.iter(|| evaluation.sheet("segments"));
        });
    }
    group.finish();
}

criterion_group!(benches, steps);
criterion_main!(benches);
