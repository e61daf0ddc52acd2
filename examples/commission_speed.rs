//! How long ten schemes take over a book: `commission_speed [LINES]` (a million, or as many as asked
//! for), 200 salespeople, three years.
//!
//! Prints what the preparation takes that all schemes share, what each scheme takes, and, for half
//! and a quarter of the lines, whether it is linear. Build it with `--release`.
#![allow(clippy::print_stdout)]

use std::process::ExitCode;
use std::time::Instant;

use perennial::base::Date;
use perennial::commission::{FirstKey, People, Plan, Replay, Sale, Sales, Scheme, ready};

const REPS: u64 = 200;
const DAYS: u64 = 1_096;

/// The ready schemes that are replayed: ten of all kinds.
const SCHEMES: [&str; 10] = [
    "first", "all", "margin", "bands", "lifetime", "tiers", "cliff", "quota", "draw", "held",
];

/// A book: every account has a salesperson of its own, one line in fifty is returned.
fn sales(lines: u64) -> Option<Sales> {
    let accounts: Vec<String> = (0..(lines / 100).max(1))
        .map(|at| format!("C{at}"))
        .collect();
    let reps: Vec<String> = (0..REPS).map(|at| format!("R{at:03}")).collect();
    let items: Vec<String> = (0..400).map(|at| format!("P{at}")).collect();
    let start = Date::new(2023, 1, 1)?;
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = move |below: u64| {
        // Marsaglia's xorshift.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % below
    };
    let pick = |list: &[String], at: u64| list.get(usize::try_from(at).ok()?).cloned();
    let mut rows = Vec::new();
    for line in 0..lines {
        let account = random(accounts.len() as u64);
        let order = u32::try_from(line / 3).ok()?;
        let day = line / 3 * 3 * DAYS / lines;
        let is_return = random(50) == 0;
        let revenue = i64::try_from(1_000_000 + random(90_000_000)).ok()?;
        let sign = if is_return { -1 } else { 1 };
        let cost = revenue / 100 * i64::try_from(55 + random(30)).ok()?;
        rows.push((
            start.plus_days(i32::try_from(day).ok()?),
            order,
            line,
            account,
            is_return,
            sign * revenue,
            sign * cost,
            random(400),
        ));
    }
    let named: Vec<(String, String, String)> = rows
        .iter()
        .map(|row| {
            Some((
                pick(&accounts, row.3)?,
                pick(&reps, row.3 % REPS)?,
                pick(&items, row.7)?,
            ))
        })
        .collect::<Option<_>>()?;
    let made = rows
        .iter()
        .zip(&named)
        .map(|(row, (account, rep, item))| Sale {
            day: row.0,
            order: row.1,
            line: u32::try_from(row.2).unwrap_or(0),
            rep,
            account,
            item,
            revenue: row.5,
            cost: row.6,
            is_return: row.4,
            returns: row.4.then(|| row.1.saturating_sub(300)),
            ..Sale::default()
        });
    Sales::build(made).ok()
}

fn measure(lines: u64, plans: &[Plan]) -> Option<f64> {
    let sales = sales(lines)?;
    let begun = Instant::now();
    let replay = Replay::new(&sales, plans, FirstKey::Account);
    let prepared = begun.elapsed().as_secs_f64();
    println!("{lines} lines: shared preparation {:.0} ms", prepared * 1e3);
    let mut sum = prepared;
    for (at, plan) in plans.iter().enumerate() {
        let begun = Instant::now();
        let paid = replay.one(at);
        let took = begun.elapsed().as_secs_f64();
        sum += took;
        println!(
            "  {:<42} {:>6.0} ms {:>10} statement lines {:>16} paid",
            plan.name(),
            took * 1e3,
            paid.lines,
            paid.total() / 10_000,
        );
    }
    println!("  all {:.0} ms", sum * 1e3);
    Some(sum)
}

fn main() -> ExitCode {
    let lines = std::env::args()
        .nth(1)
        .and_then(|text| text.parse().ok())
        .unwrap_or(1_000_000_u64);
    let of = |key: &&str| {
        ready::ALL
            .iter()
            .find(|one| *one.key == **key)
            .map(ready::Ready::scheme)
    };
    let schemes: Vec<Scheme> = SCHEMES.iter().filter_map(of).collect();
    let people = People::default();
    let plans: Vec<Plan> = schemes
        .iter()
        .filter_map(|scheme| Plan::of(scheme, &people).ok())
        .collect();
    println!("{} schemes, {REPS} salespeople", plans.len());
    let parts: Option<Vec<f64>> = [lines / 4, lines / 2, lines]
        .into_iter()
        .map(|lines| measure(lines, &plans))
        .collect();
    if let Some([quarter, half, all]) = parts.as_deref() {
        println!(
            "four times the lines take {:.1} times as long, twice {:.1}",
            all / quarter,
            all / half
        );
        ExitCode::SUCCESS
    } else {
        println!("the sales could not be made");
        ExitCode::FAILURE
    }
}
