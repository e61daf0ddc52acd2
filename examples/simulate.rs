//! How the forecasts do on simulated books whose truth is known, as a table.
//!
//! `simulate [BOOKS]` makes seeded B2B books (200, or as many as asked for) of several sizes and
//! regularities. Orders are split into two deliveries, doubled on a day and credited in part; accounts
//! skip cycles and leave. Each book is written as CSV up to a cut-off day and takes the ordinary way:
//! importer, order days, fit with back-test and pool. The 26 weeks after the cut-off are compared with
//! what was forecast, beside MBG/NBD and the latency rule. The last lines say whether the bars hold.
#![allow(
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss
)]

use std::fmt::Write;
use std::process::ExitCode;

use perennial::accounts::history::histories;
use perennial::base::Date;
use perennial::base::num::Normals;
use perennial::ingest::read::Reader;
use perennial::ingest::{Samples, stage};
use perennial::models::score::{Called, ranking};
use perennial::models::{Cnbd, Fit, Histories, History, Pool, Scratch, Settings, Weeks, fit};
use perennial::orders::plan::{FilePlan, Import};
use perennial::orders::{Builder, OrderBook};

/// What a book is like.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Kind {
    /// Accounts that were won.
    pub accounts: u32,
    /// Erlang stages of a cycle: 1 is random, 24 varies by a fifth.
    pub stages: u32,
    /// The mean share of cycles that bring no order.
    pub skipped: f64,
}

/// Sizes and regularities; each size with each regularity.
const SIZES: [u32; 4] = [15, 40, 100, 250];
const RHYTHMS: [(u32, f64); 5] = [(1, 0.0), (4, 0.05), (6, 0.1), (12, 0.1), (24, 0.15)];

/// Every kind of book, the `n`-th again and again.
pub fn kind(n: u32) -> Kind {
    let (size, rhythm) = (n as usize % SIZES.len(), n as usize / SIZES.len());
    let (stages, skipped) = RHYTHMS[rhythm % RHYTHMS.len()];
    Kind {
        accounts: SIZES[size],
        stages,
        skipped,
    }
}

/// Days of orders before and after the cut-off, and the orders before it as CSV.
pub struct Book {
    days: Vec<Vec<i32>>,
    csv: String,
}

const START: &str = "2022-01-03";
/// Days from the start to the cut-off.
const KNOWN: i32 = 3 * 365;

const SOON_DAYS: i32 = 28;
const WHOLE_DAYS: i32 = 182;

fn whole() -> Weeks {
    Weeks::of_days(WHOLE_DAYS)
}

fn exponential(random: &mut Normals) -> f64 {
    -libm::log(1.0 - random.share())
}

/// The order days of one account: Erlang cycles of a rate of its own, some skipped, and after every
/// order a chance to leave.
fn account(kind: Kind, random: &mut Normals) -> Vec<i32> {
    let cycle = 56.0 * libm::exp(0.5 * random.draw() - 0.125);
    let skipped = (2.0 * kind.skipped * random.share()).min(0.6);
    let leave = 0.16 * random.share();
    let mut at = 700.0 * random.share();
    let mut days = Vec::new();
    let until = f64::from(KNOWN + WHOLE_DAYS);
    while at < until {
        let day = at as i32;
        if days.last() != Some(&day) {
            days.push(day);
        }
        if random.share() < leave {
            break;
        }
        loop {
            let stages = (0..kind.stages).map(|_| exponential(random)).sum::<f64>();
            at += cycle * stages / f64::from(kind.stages);
            if random.share() >= skipped {
                break;
            }
        }
    }
    days
}

impl Book {
    /// A book of a kind, by its seed.
    pub fn new(kind: Kind, seed: u64) -> Self {
        let mut random = Normals::new(seed);
        let start = Date::parse(START).unwrap_or_default();
        let mut csv = String::from("Order;Date;Customer;Net revenue\n");
        let mut number = 0;
        let mut days = Vec::new();
        for customer in 0..kind.accounts {
            let own = account(kind, &mut random);
            let level = 400.0 * libm::exp(0.8 * random.draw());
            let mut line = |number: u32, day: i32, amount: f64| {
                if day <= KNOWN {
                    let date = start.plus_days(day);
                    let _ = writeln!(csv, "S{number};{date};Customer {customer:03};{amount:.2}");
                }
            };
            for &day in own.iter().filter(|day| **day <= KNOWN) {
                let amount = level * libm::exp(0.4 * random.draw());
                number += 1;
                let fate = random.share();
                let later = day + 3 + (18.0 * random.share()) as i32;
                if fate < 0.15 {
                    // Delivered in two parts.
                    line(number, day, 0.6 * amount);
                    line(number, later, 0.4 * amount);
                } else if fate < 0.25 {
                    // Two orders on one day.
                    line(number, day, 0.7 * amount);
                    number += 1;
                    line(number, day, 0.3 * amount);
                } else {
                    line(number, day, amount);
                }
                if random.share() < 0.06 {
                    line(number, later + 4, -0.3 * amount);
                }
            }
            days.push(own);
        }
        Self { days, csv }
    }

    /// The orders up to the cut-off as the importer reads them.
    fn imported(&self) -> OrderBook {
        let bytes = self.csv.as_bytes();
        let layout = match stage(&Samples::whole(bytes), "orders.csv") {
            Ok(layout) => layout,
            Err(refusal) => panic!("{refusal}"),
        };
        let plan = FilePlan {
            file: 0,
            id: String::new(),
            name: "orders.csv".into(),
            size: bytes.len() as u64,
            sheet: None,
            layout,
            fixes: Vec::new(),
        };
        let mut builder = Builder::new(&Import::default());
        builder.file(0, &plan);
        let mut reader = Reader::new(&plan.layout);
        let fed = reader.feed(bytes, &mut |row| builder.row(&row));
        let ended = reader.finish(&mut |row| builder.row(&row));
        assert!(fed.is_ok() && ended.is_ok(), "the file is read");
        builder.finish().book
    }

    fn cut() -> Date {
        Date::parse(START).unwrap_or_default().plus_days(KNOWN)
    }

    /// What the models see, and the true days of each account in the book's order.
    fn known(&self) -> (Histories, Vec<&[i32]>) {
        let book = self.imported();
        let found = histories(&book, Some(Self::cut()));
        let lists: Vec<Vec<Date>> = found
            .iter()
            .map(|history| history.days.iter().map(|day| day.date).collect())
            .collect();
        let truth = book.account_names().iter().map(|name| {
            let at: Option<usize> = name.rsplit(' ').next().and_then(|n| n.parse().ok());
            at.and_then(|at| self.days.get(at)).map_or(&[][..], |d| d)
        });
        let known = Histories::of_days(Self::cut(), lists.iter().map(Vec::as_slice));
        (known, truth.collect())
    }

    /// Fits the book and compares; `None` where there is nothing to fit.
    pub fn outcome(&self, settings: Settings) -> Option<Outcome> {
        let (known, truth) = self.known();
        let fitted = fit(known, settings, &|| false).ok()?;
        let mut scratch = Scratch::default();
        let total = fitted.total(whole(), &mut scratch)?;
        let after = |days: &[i32], within: i32| {
            let ahead = days.iter().filter(|d| **d > KNOWN && **d <= KNOWN + within);
            ahead.count() as f64
        };
        let actual: f64 = truth.iter().map(|days| after(days, WHOLE_DAYS)).sum();
        let (low, high) = total.model_and_luck;
        let mut outcome = Outcome {
            inside: low <= actual && actual <= high,
            inside_model: total.model.0 <= actual && actual <= total.model.1,
            width: (high - low) / total.expected.max(1e-9),
            stages: fitted.pool().regular.k(),
            weight: fitted.pool().weight,
            ..Outcome::default()
        };
        let mut calls: [Vec<Called>; 3] = Default::default();
        let mut count = 0.0;
        for (at, days) in truth.iter().enumerate() {
            let Some(history) = fitted.histories().of(at) else {
                continue;
            };
            let forecasts = forecasts(&fitted, history, &mut scratch);
            let (orders, soon) = (after(days, WHOLE_DAYS), after(days, SOON_DAYS) > 0.0);
            count += 1.0;
            for (who, (expected, chance)) in forecasts.into_iter().enumerate() {
                outcome.error[who] += (expected - orders).abs();
                outcome.square[who] += (expected - orders) * (expected - orders);
                outcome.total[who] += expected - orders;
                calls[who].push(Called {
                    chance,
                    happened: soon,
                });
            }
        }
        outcome.error = outcome.error.map(|sum| sum / count);
        outcome.square = outcome.square.map(|sum| sum / count);
        outcome.total = outcome.total.map(|sum| sum.abs() / actual.max(1.0));
        outcome.ranked = calls.map(|calls| ranking(&calls));
        Some(outcome)
    }
}

/// Expected orders within 26 weeks and the chance of one within 28 days, by Perennial, MBG/NBD and
/// the latency rule.
fn forecasts(fitted: &Fit, history: &History, scratch: &mut Scratch) -> [(f64, f64); 3] {
    let soon = Weeks::of_days(SOON_DAYS);
    let by = |pool: &Pool, scratch: &mut Scratch| {
        (
            pool.expected(history, whole(), scratch),
            pool.p_order(history, soon),
        )
    };
    let random: Cnbd = fitted.pool().random;
    let alone = Pool {
        regular: random,
        random,
        weight: 1.0,
    };
    let mean = history.last.get() / f64::from(history.repeats.max(1));
    let going = history.repeats > 0 && history.silence().get() <= 2.0 * mean;
    let rate = if going { 1.0 / mean } else { 0.0 };
    [
        by(fitted.pool(), scratch),
        by(&alone, scratch),
        (rate * whole().get(), -libm::expm1(-rate * soon.get())),
    ]
}

/// How one book came out; by Perennial, MBG/NBD, the latency rule.
#[derive(Debug, Clone, Copy, Default)]
pub struct Outcome {
    /// The orders of all accounts lay within the 90 % range of model and luck.
    pub inside: bool,
    /// Within that of the model alone.
    pub inside_model: bool,
    /// The range's width over what was expected.
    pub width: f64,
    /// The mean absolute error of an account's number of orders.
    pub error: [f64; 3],
    /// The mean squared error of the same.
    pub square: [f64; 3],
    /// The error of the book's number of orders, as a share of it.
    pub total: [f64; 3],
    /// Pairs ranked rightly by who orders within 28 days.
    pub ranked: [Option<f64>; 3],
    /// Stages found.
    pub stages: u32,
    /// The weight of the regular model.
    pub weight: f64,
}

/// Means over books.
#[derive(Debug, Clone, Copy, Default)]
pub struct Summary {
    /// Books.
    pub books: u32,
    /// The share of books whose orders lay within the range.
    pub covered: f64,
    /// See [`Outcome`].
    pub width: f64,
    /// See [`Outcome`].
    pub error: [f64; 3],
    /// The root of the mean squared error.
    pub square: [f64; 3],
    /// See [`Outcome`].
    pub total: [f64; 3],
    /// See [`Outcome`].
    pub ranked: [f64; 3],
}

/// The means over some books.
pub fn summary(outcomes: &[Outcome]) -> Summary {
    let count = outcomes.len().max(1) as f64;
    let mean = |of: &dyn Fn(&Outcome) -> f64| outcomes.iter().map(of).sum::<f64>() / count;
    let each = |of: &dyn Fn(&Outcome, usize) -> f64| [0, 1, 2].map(|who| mean(&|o| of(o, who)));
    Summary {
        books: outcomes.len() as u32,
        covered: mean(&|o| f64::from(u8::from(o.inside))),
        width: mean(&|o| o.width),
        error: each(&|o, who| o.error[who]),
        square: each(&|o, who| o.square[who]).map(libm::sqrt),
        total: each(&|o, who| o.total[who]),
        ranked: [0, 1, 2].map(|who| {
            let known: Vec<f64> = outcomes.iter().filter_map(|o| o.ranked[who]).collect();
            known.iter().sum::<f64>() / known.len().max(1) as f64
        }),
    }
}

fn line(name: &str, of: &Summary) -> String {
    let three = |of: [f64; 3], scale: f64, digits: usize| {
        of.map(|x| format!("{:>7.digits$}", scale * x)).join("")
    };
    format!(
        "{name:<22}{:>6}{:>9.1}{:>8.0} |{} |{} |{} |{}",
        of.books,
        100.0 * of.covered,
        100.0 * of.width,
        three(of.error, 1.0, 3),
        three(of.square, 1.0, 3),
        three(of.total, 100.0, 1),
        three(of.ranked, 1.0, 3),
    )
}

const HEAD: &str = "\
                              90 % range      | error of an account's | the same, root of     | error of the book's   | ranked rightly: who
                              covers   width  | orders in 26 weeks    | the mean square       | orders, %             | orders in 28 days
books                  count       %       %  |  ours    MBG latency  |  ours    MBG latency  |  ours    MBG latency  |  ours    MBG latency";

/// The whole table.
pub fn table(outcomes: &[(Kind, Outcome)]) -> String {
    let mut text = String::from(HEAD);
    let mut add = |name: &str, of: &dyn Fn(&Kind) -> bool| {
        let chosen = outcomes.iter().filter(|(kind, _)| of(kind));
        let chosen: Vec<Outcome> = chosen.map(|(_, outcome)| *outcome).collect();
        let _ = write!(text, "\n{}", line(name, &summary(&chosen)));
    };
    for size in SIZES {
        add(&format!("{size} accounts"), &|kind| kind.accounts == size);
    }
    for (stages, skipped) in RHYTHMS {
        let name = format!("{stages} stages, {:.0} % skip", 100.0 * skipped);
        add(&name, &|kind| kind.stages == stages);
    }
    add("all", &|_| true);
    text
}

/// The bars: what is asked of the mean over all books, and whether it holds.
pub fn bars(all: &Summary) -> Vec<(String, bool)> {
    let beats = |what: &str, of: [f64; 3], less: bool| {
        let [ours, mbg, latency] = of;
        let holds = if less {
            ours < mbg && ours < latency
        } else {
            ours > mbg && ours > latency
        };
        (
            format!("{what}: {ours:.3}, MBG/NBD {mbg:.3}, latency rule {latency:.3}"),
            holds,
        )
    };
    vec![
        (
            format!(
                "90 % ranges cover {:.1} % of books (85 to 97)",
                100.0 * all.covered
            ),
            (0.85..=0.97).contains(&all.covered),
        ),
        beats("error of an account's orders in 26 weeks", all.error, true),
        beats("who orders in 28 days, ranked rightly", all.ranked, false),
    ]
}

/// All books, `count` of them.
pub fn outcomes(count: u32, settings: Settings) -> Vec<(Kind, Outcome)> {
    let one = |n: u32| {
        let kind = kind(n);
        let outcome = Book::new(kind, 1_000 + u64::from(n)).outcome(settings)?;
        Some((kind, outcome))
    };
    (0..count).filter_map(one).collect()
}

fn main() -> ExitCode {
    let asked = std::env::args().nth(1);
    let count = asked.and_then(|n| n.parse().ok()).unwrap_or(200);
    let found = outcomes(count, Settings::default());
    println!("{}\n", table(&found));
    let all: Vec<Outcome> = found.iter().map(|(_, outcome)| *outcome).collect();
    let all = summary(&all);
    let mut held = true;
    for (bar, holds) in bars(&all) {
        println!("{} {bar}", if holds { "holds " } else { "MISSED" });
        held &= holds;
    }
    if held {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
