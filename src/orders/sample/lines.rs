//! The order lines of the sample, in the order of their dates.

use super::account::{
    Buyer, Part, Random, SPAN, around_one, between, buyer, cents, first_day, pick,
};
use super::names::STEMS;
use crate::base::Date;
use crate::base::order::sort_by;

/// Changing it changes every figure of the sample.
const SEED: u128 = 20_261_030;

/// One line; amounts in cents, negative for a return.
pub struct Line {
    pub date: Date,
    order: u32,
    number: u32,
    /// Account, parent, site, segment, salesperson, partner, stream, item, process, machine,
    /// material; some are empty.
    pub texts: [String; 11],
    pub quantity: i64,
    pub list: i64,
    pub price: i64,
    pub rebate: i64,
    pub freight: i64,
    pub cost: Option<i64>,
    pub tooling: i64,
    pub status: &'static str,
}

impl Line {
    /// The number of its order.
    pub fn order_name(&self) -> String {
        format!("SO-{:05}", self.order)
    }

    /// Its cells, in the order of the sample's columns.
    pub fn cells(&self) -> Vec<String> {
        let cents = |amount: i64| Cents(amount).to_string();
        let mut cells = vec![
            self.date.to_string(),
            self.order_name(),
            (self.number * 10).to_string(),
        ];
        cells.extend_from_slice(&self.texts);
        cells.extend([
            self.quantity.to_string(),
            cents(self.list),
            cents(self.price),
            cents(self.price * self.quantity),
            cents(self.rebate),
            cents(self.freight),
            self.cost.map_or_else(String::new, cents),
            cents(self.tooling),
            super::CURRENCY.to_string(),
            self.status.to_string(),
        ]);
        cells
    }
}

struct Cents(i64);

impl std::fmt::Display for Cents {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let amount = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", amount / 100, amount % 100)
    }
}

/// All lines of all accounts.
pub fn all() -> Vec<Line> {
    let mut lines = Vec::new();
    for at in 0..STEMS.len() {
        // A stream of its own for each account: a change to one leaves the others as they are.
        let mut random = Random::new(SEED + at as u128 * 7_919);
        if let Some(mut account) = buyer(at, &mut random) {
            orders(&mut account, at, &mut random, &mut lines);
        }
    }
    let key = |line: &Line| (line.date, line.order, line.number);
    sort_by(&mut lines, |a, b| key(a).cmp(&key(b)));
    lines
}

fn orders(account: &mut Buyer, at: usize, random: &mut Random, lines: &mut Vec<Line>) {
    let mut day = account.from;
    let mut order = u32::try_from(at * 500).unwrap_or(0);
    while day < account.until {
        order += 1;
        one_order(account, day, order, random, lines);
        day += interval(account, random);
    }
}

/// Erlang: the sum of equal exponential stages.
#[allow(clippy::cast_possible_truncation)]
fn interval(account: &Buyer, random: &mut Random) -> i32 {
    let mean = account.days / f64::from(account.stages);
    let total: f64 = (0..account.stages)
        .map(|_| -mean * libm::log(random.share().max(1e-12)))
        .sum();
    total.clamp(2.0, 400.0) as i32
}

fn one_order(
    account: &mut Buyer,
    day: i32,
    order: u32,
    random: &mut Random,
    lines: &mut Vec<Line>,
) {
    let date = weekday(first_day().plus_days(day));
    let years = f64::from(day) / 365.25;
    let growth = libm::exp(account.growth * years);
    let count = 1 + random.below(3);
    let site = pick(random, &account.sites);
    for line in 1..=u32::try_from(count).unwrap_or(1) {
        let at = random.below(account.parts.len().max(1) as u64);
        let amount = account.amount * growth * around_one(random, 0.35)
            / libm::sqrt(f64::from(u32::try_from(count).unwrap_or(1)) * 2.0);
        let made = part_line(account, at, (date, order, line), site, amount, random);
        let Some(made) = made else { continue };
        let returned = (random.share() < 0.018 && day + 24 < SPAN).then(|| give_back(&made));
        lines.push(made);
        lines.extend(returned);
    }
}

fn part_line(
    account: &mut Buyer,
    at: u64,
    (date, order, line): (Date, u32, u32),
    site: &str,
    amount: f64,
    random: &mut Random,
) -> Option<Line> {
    let stream = stream(random);
    let texts = |part: &Part| {
        let of = |text: &str| text.to_string();
        [
            account.name.clone(),
            of(account.parent),
            of(site),
            of(account.segment.name),
            of(account.salesperson),
            of(account.partner),
            of(stream),
            part.item.clone(),
            of(account.segment.process),
            of(part.machine),
            of(part.material),
        ]
    };
    let part = account.parts.get(usize::try_from(at).ok()?)?;
    let mut texts = texts(part);
    let (discount, rebate, freight, costed) = (
        account.discount,
        account.rebate,
        account.freight,
        account.costed,
    );
    let part = account.parts.get_mut(usize::try_from(at).ok()?)?;
    let service = stream == "Service";
    if service {
        texts[7] = "SERVICE".to_string();
    }
    let list = if service { 9_500 } else { part.list_cents };
    let price = cents(dollars(list) * (1.0 - discount));
    let wanted = if service {
        between(random, 3.0, 16.0)
    } else {
        amount / dollars(price.max(1))
    };
    let quantity = pieces(wanted);
    let revenue = dollars(price * quantity);
    let has_cost = random.share() < if service { 0.2 } else { costed };
    let tooling = if part.ordered || service {
        0
    } else {
        part.tooling_cents
    };
    part.ordered |= !service;
    Some(Line {
        date,
        order,
        number: line,
        quantity,
        list,
        price,
        rebate: cents(revenue * rebate),
        freight: cents(revenue * freight),
        cost: has_cost
            .then(|| cents(dollars(list * quantity) * part.cost * between(random, 0.95, 1.05))),
        tooling,
        status: "Invoiced",
        texts,
    })
}

/// Round numbers, as people order.
#[allow(clippy::cast_possible_truncation)]
fn pieces(wanted: f64) -> i64 {
    let step = if wanted > 400.0 {
        50.0
    } else if wanted > 60.0 {
        10.0
    } else {
        1.0
    };
    (libm::round(wanted / step) * step).max(1.0) as i64
}

/// The stream of business of a line.
fn stream(random: &mut Random) -> &'static str {
    match random.below(100) {
        0..78 => "Production parts",
        78..88 => "Spares",
        88..95 => "Engineering change",
        _ => "Service",
    }
}

/// A return of part of the line some weeks later, under the same order number.
fn give_back(line: &Line) -> Line {
    let back = (line.quantity / 4).max(1);
    let share = |amount: i64| -(amount * back / line.quantity.max(1));
    Line {
        date: weekday(line.date.plus_days(20)),
        number: line.number + 50,
        quantity: -back,
        rebate: share(line.rebate),
        freight: 0,
        cost: line.cost.map(share),
        tooling: 0,
        status: "Credit memo",
        texts: line.texts.clone(),
        ..*line
    }
}

/// The Friday before, for a day at the weekend.
fn weekday(date: Date) -> Date {
    // 1970-01-01 was a Thursday: with Monday as 0, day 3.
    match (date.days() + 3).rem_euclid(7) {
        5 => date.plus_days(-1),
        6 => date.plus_days(-2),
        _ => date,
    }
}

#[allow(clippy::cast_precision_loss)]
fn dollars(cents: i64) -> f64 {
    cents as f64 / 100.0
}
