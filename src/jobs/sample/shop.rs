//! A machine shop's orders, made up: the only randomness is a seeded sequence.

use oorandom::Rand64;

use super::first_day;
use crate::base::Date;

/// Part of the sample: another seed is another shop.
const SEED: u128 = 20_260_630;
/// Days from the first to the last possible order.
const DAYS: i32 = 1_460;
const ACCOUNTS: u64 = 96;

const FIRST: [&str; 24] = [
    "Northern",
    "Atlas",
    "Keystone",
    "Summit",
    "Prairie",
    "Vulcan",
    "Cascade",
    "Sterling",
    "Pioneer",
    "Lakeshore",
    "Ironwood",
    "Meridian",
    "Granite",
    "Harbor",
    "Delta",
    "Redwood",
    "Apex",
    "Blue Ridge",
    "Cobalt",
    "Falcon",
    "Heartland",
    "Juniper",
    "Orion",
    "Tidewater",
];
/// What a company makes, and its segment.
const TRADES: [(&str, &str); 12] = [
    ("Aerospace", "Aerospace"),
    ("Flight Controls", "Aerospace"),
    ("Hydraulics", "Fluid power"),
    ("Valve", "Fluid power"),
    ("Orthopedics", "Medical"),
    ("Surgical", "Medical"),
    ("Drivetrain", "Automotive"),
    ("Harvest Equipment", "Agriculture"),
    ("Turbines", "Energy"),
    ("Packaging Systems", "Machinery"),
    ("Automation", "Machinery"),
    ("Motion", "Machinery"),
];
const PEOPLE: [&str; 6] = [
    "A. Novak",
    "B. Ortiz",
    "C. Lind",
    "D. Okafor",
    "E. Brandt",
    "F. Moreau",
];
const PARTNERS: [&str; 4] = [
    "Midwest Supply",
    "Coastal Reps",
    "Tri-State Tooling",
    "Lakes Industrial",
];
const GROUPS: [&str; 3] = ["Amerind Holdings", "Castell Group", "Unity Industries"];
const PLANTS: [&str; 4] = ["Plant 1", "Plant 2", "North plant", "South plant"];
/// Process and its machines.
const PROCESSES: [(&str, [&str; 2]); 4] = [
    ("Milling", ["VMC-2", "5AX-1"]),
    ("Turning", ["LTH-1", "LTH-4"]),
    ("Grinding", ["GRD-1", "GRD-2"]),
    ("Wire EDM", ["EDM-1", "EDM-2"]),
];
const MATERIALS: [&str; 6] = ["6061-T6", "4140", "17-4 PH", "Ti-6Al-4V", "316L", "PEEK"];

struct Part {
    number: String,
    process: usize,
    machine: usize,
    material: usize,
    /// List price of a piece in cents.
    list: u64,
    /// Cost of goods in percent of the net price.
    cost: u64,
    lot: u64,
}

struct Account {
    name: String,
    segment: &'static str,
    parent: &'static str,
    plants: usize,
    salesperson: &'static str,
    partner: &'static str,
    /// Percent off the list price.
    discount: u64,
    /// Percent of revenue given back.
    rebate: u64,
    ships_free: bool,
    tooling: u64,
    first: i32,
    last: i32,
    /// Mean days between orders.
    every: u64,
    /// Growth of lots in percent a year.
    growth: i64,
    parts: Vec<Part>,
}

/// An order not yet numbered.
struct Order {
    day: i32,
    account: usize,
    number: u32,
}

struct Dice(Rand64);

impl Dice {
    fn between(&mut self, low: u64, high: u64) -> u64 {
        self.0.rand_range(low..high + 1)
    }

    fn in_100(&mut self, chance: u64) -> bool {
        self.0.rand_range(0..100) < chance
    }

    fn pick<T: Copy>(&mut self, list: &[T]) -> Option<T> {
        let at = self.0.rand_range(0..list.len().max(1) as u64);
        list.get(usize::try_from(at).unwrap_or(0)).copied()
    }
}

/// Hands out the lines, order by order, as cells in the order of the columns.
pub fn orders(mut out: impl FnMut(&[String; 23])) {
    let mut dice = Dice(Rand64::new(SEED));
    let accounts: Vec<Account> = (0..ACCOUNTS).map(|at| account(&mut dice, at)).collect();
    let mut orders: Vec<Order> = Vec::new();
    for (at, account) in accounts.iter().enumerate() {
        let mut day = account.first;
        let mut number = 0;
        while day <= account.last {
            orders.push(Order {
                day,
                account: at,
                number,
            });
            number += 1;
            let wait = account.every * dice.between(40, 170) / 100;
            day += i32::try_from(wait.max(2)).unwrap_or(30);
        }
    }
    orders.sort_by_key(|order| (order.day, order.account));
    for (at, order) in orders.iter().enumerate() {
        if let Some(account) = accounts.get(order.account) {
            write(&mut dice, at, order, account, &mut out);
        }
    }
}

fn account(dice: &mut Dice, at: u64) -> Account {
    let place = |length: usize, by: u64| usize::try_from(by % length as u64).unwrap_or(0);
    let first_name = FIRST.get(place(FIRST.len(), at * 7)).unwrap_or(&"");
    let trade = TRADES.get(place(TRADES.len(), at * 5 + at / 24));
    let (trade, segment) = trade.copied().unwrap_or_default();
    // A few large accounts make most of the revenue, and buy at thin margins.
    let size = match at % 16 {
        0 => 14,
        1 | 2 => 6,
        3..=6 => 3,
        _ => 1,
    };
    let grouped = at % 8 == 3;
    let days = u64::try_from(DAYS).unwrap_or(0);
    let first = dice.between(0, days * 8 / 10);
    let lapses = dice.in_100(26) && size < 14;
    let life = dice.between(60, 700);
    let last = if lapses {
        (first + life).min(days)
    } else {
        days
    };
    let thin = if size >= 6 { 12 } else { 0 };
    let parts = dice.between(2, 5) + size / 2;
    Account {
        name: format!("{first_name} {trade}"),
        segment,
        parent: if grouped {
            dice.pick(&GROUPS).unwrap_or("")
        } else {
            ""
        },
        plants: if size >= 6 { 4 } else { 1 },
        salesperson: PEOPLE
            .get(place(PEOPLE.len(), at / 3))
            .copied()
            .unwrap_or(""),
        partner: if dice.in_100(32) {
            dice.pick(&PARTNERS).unwrap_or("")
        } else {
            ""
        },
        discount: dice.between(0, 8) + thin / 2,
        rebate: if size >= 6 { dice.between(0, 3) } else { 0 },
        ships_free: dice.in_100(40),
        tooling: if dice.in_100(30) {
            dice.between(12, 90) * 100
        } else {
            0
        },
        first: i32::try_from(first).unwrap_or(0),
        last: i32::try_from(last).unwrap_or(DAYS),
        every: dice.between(18, 110) * 4 / (3 + size.min(9)),
        growth: i64::try_from(dice.between(0, 45)).unwrap_or(0) - 15,
        parts: (0..parts)
            .map(|part| make_part(dice, at, part, size, thin))
            .collect(),
    }
}

fn make_part(dice: &mut Dice, account: u64, part: u64, size: u64, thin: u64) -> Part {
    let index = |dice: &mut Dice, length: usize| {
        usize::try_from(dice.between(0, length as u64 - 1)).unwrap_or(0)
    };
    Part {
        number: format!(
            "{}-{:03}{}",
            1_000 + account,
            part + 1,
            if part % 3 == 1 { 'B' } else { 'A' }
        ),
        process: index(dice, PROCESSES.len()),
        machine: index(dice, 2),
        material: index(dice, MATERIALS.len()),
        list: dice.between(900, 28_000),
        cost: dice.between(48, 74) + thin,
        lot: dice.between(4, 40) * (1 + size / 2),
    }
}

fn write(
    dice: &mut Dice,
    at: usize,
    order: &Order,
    account: &Account,
    out: &mut impl FnMut(&[String; 23]),
) {
    let date = first_day().plus_days(order.day);
    let years = i64::from(order.day - account.first) / 365;
    let lines = dice.between(1, 4).min(account.parts.len() as u64);
    let returned = dice.in_100(3) && order.number > 0;
    for line in 1..=lines {
        let choice = dice.between(0, account.parts.len().max(1) as u64 - 1);
        let Some(part) = account.parts.get(usize::try_from(choice).unwrap_or(0)) else {
            continue;
        };
        // The first orders of an account are trials.
        let trial = order.number < 2;
        let spares = !trial && dice.in_100(12);
        let lot = i64::try_from(part.lot).unwrap_or(1) * (100 + account.growth * years) / 100;
        let lot = u64::try_from(lot).unwrap_or(1) * dice.between(70, 130) / 100;
        let pieces = if trial || spares {
            (lot / 8).max(1)
        } else {
            lot.max(1)
        };
        let stream = match (trial, spares) {
            (true, _) => "Prototype",
            (_, true) => "Spares",
            _ => "Production",
        };
        let list = if spares {
            part.list * 130 / 100
        } else {
            part.list
        };
        let price = list * (100 - account.discount) / 100;
        let revenue = price * pieces;
        let setup = if trial {
            dice.between(3_000, 15_000)
        } else {
            0
        };
        let cost = revenue * part.cost * dice.between(94, 107) / 10_000 + setup;
        // The old system kept no costs for the spares counter and for some jobs.
        let costed = !(spares && dice.in_100(55) || dice.in_100(3));
        let tooling = if order.number == 0 && line == 1 {
            account.tooling * 100
        } else {
            0
        };
        let freight = if account.ships_free {
            revenue * 2 / 100 + 1_800
        } else {
            0
        };
        let sign = if returned { "-" } else { "" };
        let row = Line {
            part,
            stream,
            pieces,
            list,
            price,
            revenue,
            freight,
            cost,
            costed,
            tooling,
            sign,
        };
        let plant = dice.between(0, account.plants as u64 - 1);
        let plant = PLANTS
            .get(usize::try_from(plant).unwrap_or(0))
            .unwrap_or(&"");
        out(&row.cells(at, line, date, account, plant));
        if returned {
            break;
        }
    }
    service(dice, at, order, account, date, out);
}

struct Line<'a> {
    part: &'a Part,
    stream: &'a str,
    pieces: u64,
    list: u64,
    price: u64,
    revenue: u64,
    freight: u64,
    cost: u64,
    costed: bool,
    tooling: u64,
    sign: &'a str,
}

impl Line<'_> {
    fn cells(
        &self,
        at: usize,
        line: u64,
        date: Date,
        account: &Account,
        plant: &str,
    ) -> [String; 23] {
        let (process, machines) = PROCESSES
            .get(self.part.process)
            .copied()
            .unwrap_or_default();
        let some = |cents: u64| {
            if cents == 0 {
                String::new()
            } else {
                money(cents)
            }
        };
        let signed = |cents: u64| format!("{}{}", self.sign, money(cents));
        let credit = !self.sign.is_empty();
        [
            order_number(at),
            line.to_string(),
            date.to_string(),
            account.name.clone(),
            account.parent.into(),
            plant.into(),
            account.segment.into(),
            account.salesperson.into(),
            account.partner.into(),
            self.stream.into(),
            self.part.number.clone(),
            process.into(),
            machines
                .get(self.part.machine)
                .copied()
                .unwrap_or("")
                .into(),
            MATERIALS
                .get(self.part.material)
                .copied()
                .unwrap_or("")
                .into(),
            format!("{}{}", self.sign, self.pieces),
            money(self.list),
            money(self.price),
            signed(self.revenue),
            if credit {
                String::new()
            } else {
                some(self.revenue * account.rebate / 100)
            },
            if credit {
                String::new()
            } else {
                some(self.freight)
            },
            if self.costed {
                signed(self.cost)
            } else {
                String::new()
            },
            some(self.tooling),
            "USD".into(),
        ]
    }
}

/// Now and then a repair or an inspection is ordered too.
fn service(
    dice: &mut Dice,
    at: usize,
    order: &Order,
    account: &Account,
    date: Date,
    out: &mut impl FnMut(&[String; 23]),
) {
    if order.number < 3 || !dice.in_100(7) {
        return;
    }
    let cents = dice.between(120, 900) * 100;
    let cost = cents * dice.between(35, 60) / 100;
    let mut cells: [String; 23] = std::array::from_fn(|_| String::new());
    let texts = [
        (0, order_number(at)),
        (1, "9".into()),
        (2, date.to_string()),
        (3, account.name.clone()),
        (4, account.parent.into()),
        (6, account.segment.into()),
        (7, account.salesperson.into()),
        (8, account.partner.into()),
        (9, "Service".into()),
        (10, "SERVICE".into()),
        (14, "1".into()),
        (16, money(cents)),
        (17, money(cents)),
        (20, money(cost)),
        (22, "USD".into()),
    ];
    for (column, text) in texts {
        if let Some(cell) = cells.get_mut(column) {
            *cell = text;
        }
    }
    out(&cells);
}

fn order_number(at: usize) -> String {
    format!("SO-{}", 40_001 + at)
}

fn money(cents: u64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}
