//! The order file of the benches: seeded, any number of lines.

use oorandom::Rand64;

/// The header of the file.
pub const HEADER: &str = "Order Date,Order Number,Line,Customer,Segment,Item,Quantity,Unit Price,Net Revenue,Cost of Goods,Salesperson,Partner,Stream\n";

const FIRST: [&str; 20] = [
    "Northern",
    "Atlas",
    "Keystone",
    "Summit",
    "Müller",
    "Prairie",
    "Vulcan",
    "Cascade",
    "Sterling",
    "Pioneer",
    "Lakeshore",
    "Björk",
    "Ironwood",
    "Meridian",
    "Granite",
    "Élan",
    "Harbor",
    "Delta",
    "Redwood",
    "Apex",
];
const SECOND: [&str; 12] = [
    "Precision",
    "Hydraulics",
    "Castings",
    "Aerospace",
    "Toolworks",
    "Valve",
    "Motion",
    "Forge",
    "Dynamics",
    "Fluid Power",
    "Machining",
    "Components",
];
const LAST: [&str; 6] = ["Inc", "GmbH", "Co", "LLC", "Ltd", "Group"];
const SEGMENTS: [&str; 7] = [
    "Aerospace",
    "Automotive",
    "Medical",
    "Agriculture",
    "Energy",
    "Job shop",
    "Defense",
];
const PEOPLE: [&str; 8] = [
    "A. Novak",
    "B. Ortiz",
    "C. Lindqvist",
    "D. Okafor",
    "E. Brandt",
    "F. Moreau",
    "G. Tanaka",
    "H. Kelly",
];
const PARTNERS: [&str; 5] = ["", "", "Midwest Supply", "Rhein Technik", "Coastal Reps"];
const STREAMS: [&str; 4] = ["Production", "Production", "Spares", "Service"];

/// The days of the file: 2021-01-01 to the end of 2025.
const DAYS: u64 = 1826;

/// Writes the header and so many lines.
///
/// # Errors
/// What `out` gives.
pub fn write<E>(lines: u64, out: &mut impl FnMut(&[u8]) -> Result<(), E>) -> Result<(), E> {
    use std::fmt::Write as _;
    let mut random = Rand64::new(20_260_101);
    let accounts = (lines / 100).clamp(1, 10_000);
    out(HEADER.as_bytes())?;
    let mut text = String::new();
    let mut line = 0;
    let mut order = 0_u64;
    while line < lines {
        order += 1;
        let day = line * DAYS / lines.max(1);
        let account = random
            .rand_range(0..accounts)
            .min(random.rand_range(0..accounts));
        let of_order = 1 + random.rand_range(0..4);
        for number in 1..=of_order.min(lines - line) {
            text.clear();
            date(day, &mut text);
            let _ = write!(text, ",SO-{:07},{number},", 1_000_000 + order);
            name(account, &mut text);
            let part = (account * 7 + random.rand_range(0..40) * random.rand_range(0..3)) % 20_000;
            let pieces = 1 + random.rand_range(0..500);
            let cents = 150 + part * 37 % 9_000;
            let revenue = pieces * cents;
            let cost = revenue * (55 + account % 30) / 100;
            let _ = writeln!(
                text,
                ",{},PN-{:05}-{},{pieces},{},{},{},{},{},{}",
                pick(&SEGMENTS, account),
                part,
                ["A", "B", "C"].get((part % 3) as usize).unwrap_or(&"A"),
                money(cents),
                money(revenue),
                if random.rand_range(0..10) == 0 {
                    String::new()
                } else {
                    money(cost)
                },
                pick(&PEOPLE, account / 3),
                pick(&PARTNERS, account / 5),
                pick(&STREAMS, part),
            );
            out(text.as_bytes())?;
        }
        line += of_order.min(lines - line);
    }
    Ok(())
}

/// The whole file in memory.
pub fn text(lines: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    let written: Result<(), std::convert::Infallible> = write(lines, &mut |text| {
        bytes.extend_from_slice(text);
        Ok(())
    });
    match written {
        Ok(()) => bytes,
    }
}

fn pick<'a>(list: &[&'a str], at: u64) -> &'a str {
    let len = list.len() as u64;
    list.get(usize::try_from(at % len).unwrap_or(0))
        .unwrap_or(&"")
}

fn name(account: u64, text: &mut String) {
    use std::fmt::Write as _;
    let (first, second, last) = (
        pick(&FIRST, account),
        pick(&SECOND, account / 20),
        pick(&LAST, account / 7),
    );
    let _ = if account.is_multiple_of(9) {
        write!(text, "\"{first} {second} {account}, {last}\"")
    } else {
        write!(text, "{first} {second} {account} {last}")
    };
}

fn money(cents: u64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

fn date(day: u64, text: &mut String) {
    use perennial::base::Date;
    use std::fmt::Write as _;
    let start = Date::new(2021, 1, 1).unwrap_or_default();
    let _ = write!(text, "{}", start.plus_days(i32::try_from(day).unwrap_or(0)));
}
