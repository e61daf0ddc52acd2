//! The order of dates and the decimal mark of each column, by the rules of INPUTS 5.3.
//!
//! Dates: a first part over 12 says day first, a second over 12 month first; else the order of the
//! file; else the way amounts are written; else a question. Numbers: a mark before one, two or four
//! and more digits is the decimal mark; where every number that could tell has exactly three digits
//! after its mark, other columns decide, else a question.

use super::super::cells;
use super::super::layout::{
    Answer, Certainty, Choice, Column, DateOrder, DecimalMark, Layout, Question,
};
use super::super::role::{Kind, Role};
use super::columns::Table;
use super::evidence::{Evidence, dates_in};
use super::order::is_monotone;

/// What was found out about a reading.
enum Found<T> {
    /// The values leave no other.
    Certain(T, String),
    /// It is likely.
    Likely(T, String),
    /// Two fit.
    Open,
    /// The values are nothing of the kind.
    None,
}

/// States the readings of every column that has values of the kind, and asks where two fit.
#[inline(never)]
pub(super) fn decide(layout: &mut Layout, table: &Table, given: Option<&Layout>) {
    let marks: Vec<Found<DecimalMark>> = table.evidence.iter().map(mark).collect();
    let habit = habit(&marks);
    let known = |column: &Column| given.is_some() && column.certainty == Certainty::Confirmed;
    for (index, (found, evidence)) in marks.iter().zip(&table.evidence).enumerate() {
        let Some(column) = layout.columns.get_mut(index) else {
            continue;
        };
        if !(known(column) && column.decimal.is_some()) {
            let question = set_mark(index, column, found, habit, evidence);
            layout.questions.extend(question);
        }
    }
    for (index, evidence) in table.evidence.iter().enumerate() {
        let Some(column) = layout.columns.get_mut(index) else {
            continue;
        };
        if !(known(column) && column.date_order.is_some()) {
            let question = set_order(index, column, evidence, habit);
            let question = question.or_else(|| ask_year(index, column, evidence));
            layout.questions.extend(question);
        }
    }
    follow(layout);
}

/// A day of delivery or payment that could be read in two ways is written as the order's is.
fn follow(layout: &mut Layout) {
    let known = layout
        .columns
        .iter()
        .find(|column| column.role == Some(Role::Date) && column.certainty != Certainty::Ambiguous);
    let known = known.and_then(|column| column.date_order);
    let Some(order) = known.filter(|order| matches!(order, DateOrder::Dmy | DateOrder::Mdy)) else {
        return;
    };
    for (index, column) in layout.columns.iter_mut().enumerate() {
        let open = column.certainty == Certainty::Ambiguous;
        if open && column.role.is_some_and(Role::is_fact) {
            column.date_order = Some(order);
            column.certainty = Certainty::Guess;
            add_reason(column, "written as the order date is");
            layout.questions.retain(|question| question.column != index);
        }
    }
}

/// The decimal mark of a column by its own values.
fn mark(e: &Evidence) -> Found<DecimalMark> {
    let n = &e.numbers;
    if n.any * 2 < e.filled() || e.filled() == 0 {
        return Found::None;
    }
    let words = |mark: &str, count: usize| format!("{count} values fit a decimal {mark} only");
    match (n.dot, n.comma) {
        (0, 0) if n.both > 0 => Found::Open,
        (0, 0) => Found::None,
        (dot, 0) => Found::Certain(DecimalMark::Dot, words("point", dot)),
        (0, comma) => Found::Certain(DecimalMark::Comma, words("comma", comma)),
        (dot, comma) if dot >= comma => Found::Likely(DecimalMark::Dot, words("point", dot)),
        (_, comma) => Found::Likely(DecimalMark::Comma, words("comma", comma)),
    }
}

/// The mark that all columns that tell have in common.
fn habit(marks: &[Found<DecimalMark>]) -> Option<DecimalMark> {
    let mut told = marks.iter().filter_map(|found| match found {
        Found::Certain(mark, _) => Some(*mark),
        _ => None,
    });
    let first = told.next()?;
    told.all(|mark| mark == first).then_some(first)
}

fn set_mark(
    index: usize,
    column: &mut Column,
    found: &Found<DecimalMark>,
    habit: Option<DecimalMark>,
    evidence: &Evidence,
) -> Option<Question> {
    let counts = column.role.is_some_and(|role| role.kind() == Kind::Number);
    match (found, habit) {
        (Found::Certain(mark, why), _) => {
            column.decimal = Some(*mark);
            column.proven = counts;
            if counts {
                add_reason(column, why);
            }
        }
        (Found::Likely(mark, why), _) => {
            column.decimal = Some(*mark);
            if counts {
                weaken(column, why);
            }
        }
        (Found::Open, Some(mark)) => {
            column.decimal = Some(mark);
            if counts {
                weaken(column, "the decimal mark is that of the other columns");
            }
        }
        (Found::Open, None) => {
            column.decimal = Some(DecimalMark::Dot);
            if counts {
                column.certainty = Certainty::Ambiguous;
                return evidence
                    .numbers
                    .example
                    .as_deref()
                    .map(|v| ask_mark(index, &column.header, v));
            }
        }
        (Found::None, mark) if evidence.numbers.any > 0 => {
            column.decimal = Some(mark.unwrap_or(DecimalMark::Dot));
        }
        (Found::None, _) => {}
    }
    None
}

fn weaken(column: &mut Column, why: &str) {
    if column.certainty == Certainty::Certain {
        column.certainty = Certainty::Guess;
    }
    add_reason(column, why);
}

fn add_reason(column: &mut Column, why: &str) {
    column.evidence.push_str("; ");
    column.evidence.push_str(why);
}

fn ask_mark(index: usize, header: &str, value: &str) -> Question {
    let option = |mark: DecimalMark| {
        let number = cells::percent(value, mark)
            .ok()
            .flatten()
            .map_or_else(String::new, plain);
        let name = match mark {
            DecimalMark::Dot => "the point is the decimal mark",
            DecimalMark::Comma => "the comma is the decimal mark",
        };
        Answer {
            text: format!("{value} is {number}: {name}"),
            choice: Choice::Decimal(mark),
        }
    };
    Question {
        column: index,
        text: format!(
            "How are the numbers of \"{header}\" written? {value} can be read in two ways."
        ),
        options: vec![option(DecimalMark::Dot), option(DecimalMark::Comma)],
    }
}

/// A number in words where it is in the thousands, so that nobody reads its mark in the same way.
fn plain(number: cells::Number) -> String {
    let value = number.decimal().normalize();
    let whole = value.trunc();
    if value == whole {
        let thousands = (whole / rust_decimal::Decimal::ONE_THOUSAND)
            .trunc()
            .normalize();
        let rest = (whole % rust_decimal::Decimal::ONE_THOUSAND).abs();
        return format!("{thousands} thousand and {rest} ({whole})");
    }
    let part = (value - whole).abs().normalize().to_string();
    let decimals = part.strip_prefix("0.").unwrap_or(&part).to_owned();
    format!("{whole} and a fraction ({whole} point {decimals})")
}

fn set_order(
    index: usize,
    column: &mut Column,
    evidence: &Evidence,
    habit: Option<DecimalMark>,
) -> Option<Question> {
    let dated = column.role.is_some_and(|role| role.kind() == Kind::Date);
    match order(evidence, habit, dated) {
        Found::Certain(order, why) => {
            column.date_order = Some(order);
            column.proven |= dated;
            if dated {
                add_reason(column, &why);
            }
        }
        Found::Likely(order, why) => {
            column.date_order = Some(order);
            if dated {
                weaken(column, &why);
            }
        }
        Found::Open => {
            column.date_order = Some(DateOrder::Dmy);
            if dated {
                column.certainty = Certainty::Ambiguous;
                return evidence
                    .dates
                    .example
                    .as_deref()
                    .map(|v| ask_order(index, column, v));
            }
        }
        Found::None => {
            if dated {
                column.date_order = Some(DateOrder::Ymd);
            }
        }
    }
    None
}

/// The order of the parts of a column's dates.
fn order(e: &Evidence, habit: Option<DecimalMark>, dated: bool) -> Found<DateOrder> {
    let (d, all) = (&e.dates, e.filled());
    if d.ymd * 10 >= all * 9 && d.ymd > 0 && d.ymd >= d.dmy.max(d.mdy) {
        return Found::Certain(DateOrder::Ymd, "the year stands first".to_owned());
    }
    if all > 0 && d.dmy.max(d.mdy) * 2 >= all {
        return parts(e, habit);
    }
    if !dated || all == 0 {
        return Found::None;
    }
    let counted = |count: usize| count * 10 >= all * 9;
    if counted(d.millis) {
        return Found::Likely(
            DateOrder::EpochMillis,
            "counts milliseconds since 1970".to_owned(),
        );
    }
    if counted(d.seconds) {
        return Found::Likely(
            DateOrder::EpochSeconds,
            "counts seconds since 1970".to_owned(),
        );
    }
    if counted(d.serial) {
        return Found::Likely(DateOrder::Excel1900, "counts days as Excel does".to_owned());
    }
    Found::None
}

/// Day first or month first.
fn parts(e: &Evidence, habit: Option<DecimalMark>) -> Found<DateOrder> {
    let d = &e.dates;
    let counted = |n: usize, which: &str| format!("{n} values can only be {which} first");
    match (d.only_dmy, d.only_mdy) {
        (0, 0) if d.both == 0 && d.dmy > 0 => {
            return Found::Likely(DateOrder::Dmy, "no value tells day from month".to_owned());
        }
        (0, 0) => {}
        (day, 0) => return Found::Certain(DateOrder::Dmy, counted(day, "day")),
        (0, month) => return Found::Certain(DateOrder::Mdy, counted(month, "month")),
        (day, month) if day >= month => return Found::Likely(DateOrder::Dmy, counted(day, "day")),
        (_, month) => return Found::Likely(DateOrder::Mdy, counted(month, "month")),
    }
    let rising = |order| is_monotone(&dates_in(e, order));
    match (rising(DateOrder::Dmy), rising(DateOrder::Mdy)) {
        (true, false) => {
            return Found::Likely(
                DateOrder::Dmy,
                "day first, the file is in order of date".to_owned(),
            );
        }
        (false, true) => {
            return Found::Likely(
                DateOrder::Mdy,
                "month first, the file is in order of date".to_owned(),
            );
        }
        _ => {}
    }
    if habit == Some(DecimalMark::Comma) || d.dotted * 2 > d.dmy {
        let why = "dates or amounts are written as where the day stands first";
        return Found::Likely(DateOrder::Dmy, why.to_owned());
    }
    Found::Open
}

/// Asks of dates such as 25-12-31 and 26-01-13, read with the day first, whether they are meant so:
/// the first parts are much alike, as years are, and the last ones are not.
fn ask_year(index: usize, column: &mut Column, e: &Evidence) -> Option<Question> {
    let dmy = column.date_order == Some(DateOrder::Dmy);
    if !dmy || column.role != Some(Role::Date) || e.dates.dotted > 0 {
        return None;
    }
    let part = |value: &str, at: usize| value.get(at..at.checked_add(2)?)?.parse::<u8>().ok();
    let short = |value: &&str| value.len() == 8;
    let differ = |at: usize| {
        let mut seen = [false; 100];
        for found in e.values().filter(short).filter_map(|value| part(value, at)) {
            if let Some(seen) = seen.get_mut(usize::from(found)) {
                *seen = true;
            }
        }
        seen.iter().filter(|seen| **seen).count()
    };
    let (first, last) = (differ(0), differ(6));
    let value = e.values().find(short)?;
    if first > 4 || last <= first || !e.values().all(|value| short(&value)) {
        return None;
    }
    column.certainty = Certainty::Ambiguous;
    let year = cells::date(value, DateOrder::Dmy).ok().flatten()?.ymd().0;
    let header = &column.header;
    Some(Question {
        column: index,
        text: format!(
            "The dates of \"{header}\" look as if the year stood first, in two digits, which is not \
             read. Is {value} a day of {year}?"
        ),
        options: vec![
            Answer {
                text: format!("Yes: {value} is a day of {year}"),
                choice: Choice::DateOrder(DateOrder::Dmy),
            },
            Answer {
                text: "No: leave the column out; I write years with four digits in the file"
                    .to_owned(),
                choice: Choice::Role(None),
            },
        ],
    })
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn ask_order(index: usize, column: &Column, value: &str) -> Question {
    let option = |order: DateOrder| {
        let date = cells::date(value, order).ok().flatten().unwrap_or_default();
        let (year, month, day) = date.ymd();
        let name = usize::try_from(month)
            .ok()
            .and_then(|m| MONTHS.get(m.wrapping_sub(1)))
            .unwrap_or(&"");
        Answer {
            text: format!("{value} is {day} {name} {year}"),
            choice: Choice::DateOrder(order),
        }
    };
    let what = match column.role {
        Some(Role::Date) => "the dates",
        _ => "the days",
    };
    Question {
        column: index,
        text: format!(
            "Does the day or the month stand first in {what} of \"{}\"? {value} can be read in two ways.",
            column.header
        ),
        options: vec![option(DateOrder::Dmy), option(DateOrder::Mdy)],
    }
}
