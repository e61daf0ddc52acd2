//! Ten schemes on an order book: `cargo bench --no-default-features --bench schemes [LINES ...]`.
//!
//! For 100,000 and 1,000,000 lines of 20,000 accounts and 200 salespeople: what it takes to make the
//! sales, to pay all schemes, to hold them against each other, to draw the customers again, and to
//! pay one changed scheme. Milliseconds, the least of three.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::pedantic)] // A bench without its data should stop.

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::Instant;

use oorandom::Rand64;
use perennial::base::Date;
use perennial::commission::{Draws, FirstKey, People, Plan, Replay, Sales, Sold, compare, ready};
use perennial::ingest::layout::{Certainty, Column, DateOrder, DecimalMark, Layout};
use perennial::ingest::read::Reader;
use perennial::ingest::role::{Kind, Role};
use perennial::orders::plan::{FilePlan, Import};
use perennial::orders::{Builder, OrderBook};

const ROLES: [Role; 8] = [
    Role::Order,
    Role::Date,
    Role::Account,
    Role::Salesperson,
    Role::Item,
    Role::Revenue,
    Role::Cost,
    Role::Freight,
];

fn text(lines: u32) -> String {
    let mut random = Rand64::new(5);
    let start = Date::parse("2022-01-01").unwrap();
    let mut out = String::from("Order,Date,Customer,Salesperson,Item,Revenue,Cost,Freight\n");
    for line in 0..lines {
        let day = start.plus_days((u64::from(line) * 1_095 / u64::from(lines)) as i32);
        let account = random.rand_range(0..20_000);
        let (item, revenue) = (random.rand_range(0..500), random.rand_range(100..5_100));
        let (order, rep) = (line / 3, account % 200);
        let (cost, freight) = (revenue * 65 / 100, revenue / 50);
        let _ = writeln!(
            out,
            "{order},{day},Account {account},Rep {rep},P-{item},{revenue}.00,{cost}.00,{freight}.00"
        );
    }
    out
}

fn book(lines: u32) -> OrderBook {
    let column = |role: Role| Column {
        header: role.label().to_owned(),
        role: Some(role),
        certainty: Certainty::Certain,
        evidence: String::new(),
        date_order: (role.kind() == Kind::Date).then_some(DateOrder::Ymd),
        decimal: (role.kind() == Kind::Number).then_some(DecimalMark::Dot),
        proven: false,
        samples: Vec::new(),
    };
    let bytes = text(lines).into_bytes();
    let file = FilePlan {
        file: 0,
        id: String::new(),
        name: "orders.csv".to_owned(),
        size: bytes.len() as u64,
        sheet: None,
        layout: Layout {
            columns: ROLES.map(column).into(),
            ..Layout::default()
        },
        fixes: Vec::new(),
    };
    let import = Import {
        files: vec![file],
        base_currency: None,
        rates: Vec::new(),
    };
    let mut builder = Builder::new(&import);
    builder.file(0, &import.files[0]);
    let mut reader = Reader::new(&import.files[0].layout);
    reader.feed(&bytes, &mut |row| builder.row(&row)).unwrap();
    reader.finish(&mut |row| builder.row(&row)).unwrap();
    builder.finish().book
}

/// Runs it three times and prints the least time.
fn time<T>(name: &str, run: impl Fn() -> T) -> T {
    let once = || {
        let start = Instant::now();
        let made = black_box(run());
        (start.elapsed().as_secs_f64() * 1e3, made)
    };
    let mut runs: Vec<(f64, T)> = (0..3).map(|_| once()).collect();
    runs.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (least, made) = runs.swap_remove(0);
    println!("{name:<44} {least:>8.1} ms");
    made
}

fn run(lines: u32) {
    println!("{lines} lines");
    let book = book(lines);
    let last = book.last().unwrap();
    let sales = time("sales from the book", || Sales::of(&book, last).unwrap());
    let schemes: Vec<_> = ready::ALL.iter().take(10).map(|one| one.scheme()).collect();
    let plans: Vec<Plan> = schemes
        .iter()
        .map(|scheme| Plan::of(scheme, &People::default()).unwrap())
        .collect();
    let replay = Replay::new(&sales, &plans, FirstKey::Account);
    for (at, plan) in plans.iter().enumerate() {
        time(&format!("pays “{}”", plan.name()), || {
            replay.one(at).total()
        });
    }
    let paid = time("pays all ten", || replay.all());
    let ltv: Vec<f64> = (0..sales.accounts.len()).map(|at| at as f64).collect();
    let asked: Vec<_> = plans
        .iter()
        .zip(&paid)
        .map(|of| (of.0.name(), Ok(of)))
        .collect();
    let sold = time("sums of what was sold", || Sold::of(&sales));
    time("side by side", || {
        compare(&sales, &sold, &asked, Some(0), Some(&ltv))
    });
    time("a band's first eight draws", || {
        let mut draws = Draws::new(&sales, &sold, &plans, &paid, 1, 200);
        (0..8).for_each(|_| draws.draw());
        draws.made()
    });
    time("one scheme, with all it needs of the sales", || {
        Replay::new(&sales, &plans, FirstKey::Account).one(0)
    });
}

fn main() {
    let named: Vec<u32> = std::env::args()
        .filter_map(|one| one.parse().ok())
        .collect();
    let sizes = if named.is_empty() {
        vec![100_000, 1_000_000]
    } else {
        named
    };
    sizes.into_iter().for_each(run);
}
