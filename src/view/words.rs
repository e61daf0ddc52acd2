//! The sentences of an import: sizes, readings, certainties, equations of rows, fixes.
//!
//! Input: the facts of the importer. Output: what the user reads; the same in reports and on screen.

use crate::assumptions::Section;
use crate::ingest::layout::{
    BY_CELL, Certainty, Choice, DateOrder, DecimalMark, Encoding, Grain, Layout,
};
use crate::ingest::problem::{Code, Fix, Group};
use crate::ingest::role::Role;
use crate::jobs::protocol::{ImportReport, Orders};
use crate::metrics::SheetColumn;
use crate::view::wizard::Stated;

/// A number of bytes as read by people: `12 kB`, `3.4 MB`.
///
/// ```
/// assert_eq!(perennial::view::words::bytes(3_400_000), "3.4 MB");
/// ```
pub fn bytes(count: u64) -> String {
    match count {
        0..1_000 => format!("{count} bytes"),
        1_000..1_000_000 => format!("{} kB", count / 1_000),
        _ => format!("{}.{} MB", count / 1_000_000, count / 100_000 % 10),
    }
}

/// A count with its noun: `1 row`, `12,345 rows`.
///
/// ```
/// assert_eq!(perennial::view::words::count(12_345, "row", "rows"), "12,345 rows");
/// ```
pub fn count(count: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(count), if count == 1 { one } else { many })
}

/// A count with a comma at each thousand.
pub fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut out = String::with_capacity(digits.len() + 4);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// The heading of a section of assumptions.
pub const fn section(section: Section) -> &'static str {
    match section {
        Section::Basics => "Basics",
        Section::Definition => "What counts as value",
        Section::Costs => "Costs the data does not hold",
        Section::Future => "How the future is valued",
        Section::Acquisition => "What a new account costs",
        Section::Reading => "How the data is read",
        Section::DealPrice => "Price",
        Section::DealVolume => "Volume and order size",
        Section::DealCosts => "Costs and tooling",
        Section::DealFuture => "Winning and keeping it",
        Section::DealApproval => "Approval and a further cut",
        Section::DealPromise => "What is promised",
        Section::DealSpikes => "Months of high demand",
        Section::DealEffort => "A new account or those there are",
        Section::DealLearning => "What repeats make cheaper",
        Section::DealDated => "Cash flows by date",
        Section::SchemeBasis => "What it pays on",
        Section::SchemeOrders => "First orders and repeats",
        Section::SchemeRates => "Rates by part, margin and term",
        Section::SchemeTiers => "Tiers",
        Section::SchemeQuota => "Quota, accelerator and gate",
        Section::SchemeCaps => "Caps",
        Section::SchemeDraw => "Draw or guarantee",
        Section::SchemeReturns => "Returns",
        Section::SchemeLater => "Paid later",
        Section::SchemePeople => "Splits, handovers and managers",
        Section::SchemeBonus => "Bonuses",
        Section::SchemeKept => "Keeping and growing accounts",
        Section::SchemeAims => "Targets",
    }
}

/// How a column of dates is read.
pub const fn date_order(order: DateOrder) -> &'static str {
    match order {
        DateOrder::Ymd => "2026-02-03, year first",
        DateOrder::Dmy => "03/02/2026 is 3 February",
        DateOrder::Mdy => "03/02/2026 is 2 March",
        DateOrder::Excel1900 => "Excel day numbers",
        DateOrder::Excel1904 => "Excel day numbers from 1904",
        DateOrder::EpochSeconds => "seconds since 1970",
        DateOrder::EpochMillis => "milliseconds since 1970",
    }
}

/// How sure a guess is: the word, and the name of its style.
pub const fn certainty(certainty: Certainty) -> (&'static str, &'static str) {
    match certainty {
        Certainty::Confirmed => ("your choice", "good"),
        Certainty::Certain => ("certain", "good"),
        Certainty::Guess => ("a guess", "warn"),
        Certainty::Ambiguous => ("two readings", "warn"),
    }
}

/// How a file is written, in one line.
pub fn layout(layout: &Layout) -> String {
    let grain = match layout.grain {
        Grain::OrderLine => "one row per order line",
        Grain::AccountSummary => "one row per account",
    };
    let encoding = match layout.encoding {
        Encoding::Utf8 => "UTF-8",
        Encoding::Utf16Le | Encoding::Utf16Be => "UTF-16",
        Encoding::Windows1252 => "Windows-1252",
    };
    let delimiter = match layout.delimiter {
        '\t' => "tabs between cells",
        ';' => "semicolons between cells",
        '|' => "bars between cells",
        _ => "commas between cells",
    };
    format!("{grain}; {delimiter}, {encoding}.")
}

/// The columns that no one reads, listed.
pub fn ignored_columns(layout: &Layout) -> String {
    let names: Vec<&str> = layout
        .columns
        .iter()
        .filter(|column| column.role.is_none())
        .map(|column| column.header.as_str())
        .collect();
    if names.is_empty() {
        "Every column is used.".into()
    } else {
        format!("Ignored: {}.", names.join(", "))
    }
}

/// What became of every row, as the sum it is.
pub fn equation(report: &ImportReport) -> String {
    let mut parts = vec![format!("{} in the book", grouped(report.in_book))];
    for (count, words) in [
        (report.rejected, "rejected"),
        (report.structure, "titles, totals, groups and blank"),
        (report.repeats, "repeats"),
        (report.no_order, "no orders"),
    ] {
        if count > 0 {
            parts.push(format!("{} {words}", grouped(count)));
        }
    }
    format!(
        "{} = {}",
        count(report.read, "row read", "rows read"),
        parts.join(" + ")
    )
}

/// What is wrong, as the heading of a group of problems.
pub const fn problem(code: Code) -> &'static str {
    match code {
        Code::BadDate => "No date",
        Code::OddDate => "Unlikely date",
        Code::BadNumber => "No number",
        Code::NumberTooLarge => "Number too large",
        Code::MissingAccount => "No account",
        Code::MissingDate => "Date missing",
        Code::MissingAmount => "Amount missing",
        Code::RaggedRow => "More or fewer cells than the header",
        Code::UnclosedQuote => "A quote that is never closed",
        Code::UnknownCurrency => "Unknown currency",
        Code::Conflict => "Same order line, different content",
        Code::Elsewhere => "Order that another system has, too",
        Code::Invoiced => "Orders and invoices in one file",
        Code::BadText => "Unreadable characters",
        Code::TooLarge => "Row too large",
    }
}

/// The stable name of a kind of problem.
pub const fn code(code: Code) -> &'static str {
    match code {
        Code::BadDate => "bad_date",
        Code::OddDate => "odd_date",
        Code::BadNumber => "bad_number",
        Code::NumberTooLarge => "number_too_large",
        Code::MissingAccount => "missing_account",
        Code::MissingDate => "missing_date",
        Code::MissingAmount => "missing_amount",
        Code::RaggedRow => "ragged_row",
        Code::UnclosedQuote => "unclosed_quote",
        Code::UnknownCurrency => "unknown_currency",
        Code::Conflict => "conflict",
        Code::Elsewhere => "elsewhere",
        Code::Invoiced => "invoiced",
        Code::BadText => "bad_text",
        Code::TooLarge => "too_large",
    }
}

/// What a fix does, as the label of its button; the count is of the rows it repairs.
pub fn fix(fix: &Fix, group: &Group) -> String {
    let rows = count(group.count, "row", "rows");
    match fix {
        Fix::Also { choice, .. } => format!("Read {} in {rows} only", reading(*choice)),
        Fix::Reread { choice, .. } => format!("Read {} in the whole column", reading(*choice)),
        Fix::Replace { found, .. } => format!("Read \"{found}\" as …"),
        Fix::Blank { .. } => format!("Treat the cell as empty in {rows}"),
        Fix::Drop {
            code: Code::Elsewhere,
            ..
        } => "The other file is right: leave these orders out of this one".into(),
        Fix::Drop { .. } | Fix::LeaveOut => format!("Leave out {rows} on purpose"),
        Fix::Rate { currency } => format!("Enter a rate for {currency}"),
    }
}

/// An agreed fix, as listed.
pub fn agreed(fix: &Fix) -> String {
    match fix {
        Fix::Also { choice, .. } => {
            format!(
                "read {} where the column's reading does not fit",
                reading(*choice)
            )
        }
        Fix::Reread { choice, .. } => format!("read {}", reading(*choice)),
        Fix::Replace { found, with, .. } => format!("read \"{found}\" as \"{with}\""),
        Fix::Blank { .. } => "treat unreadable cells of a column as empty".into(),
        Fix::Drop { code, .. } => format!("leave out rows: {}", problem(*code)),
        Fix::LeaveOut => "leave the rows out on purpose".into(),
        Fix::Rate { currency } => format!("convert {currency} at the rate entered"),
    }
}

/// All agreed fixes of a file in one line; empty when there are none.
pub fn agreed_all(fixes: &[Fix]) -> String {
    let list: Vec<String> = fixes.iter().map(agreed).collect();
    if list.is_empty() {
        String::new()
    } else {
        format!("Agreed: {}.", list.join("; "))
    }
}

/// The way out of a problem that no repair of rows is: a file that names no currency.
pub const fn way_out(group: &Group) -> Option<&'static str> {
    match (group.code, group.column) {
        (Code::UnknownCurrency, None) => Some(
            "If all amounts of this file are in one currency, say which: \"Currency of this file\", \
             under \"Columns and what they mean\".",
        ),
        _ => None,
    }
}

/// Which currency the amounts of a file are in, and who says so; nothing where a column does, or
/// nobody.
pub fn currency(layout: &Layout, stated: Stated) -> Option<String> {
    let code = layout.currency.as_ref()?;
    let by = match stated {
        _ if layout.column(Role::Currency).is_some() => return None,
        Stated::ByFile => "as the sign beside them says",
        Stated::Now => "as you say",
        Stated::Before => "as you said before for the same columns",
    };
    if code == BY_CELL {
        return Some("Amounts are in several currencies, as the signs beside them say.".into());
    }
    Some(format!("All amounts are read as {code}, {by}."))
}

/// The rates at which orders were converted, as sentences.
pub fn rates(orders: &Orders) -> Vec<String> {
    let Orders::Files(import) = orders else {
        return Vec::new();
    };
    let base = import.base_currency.as_deref();
    let base = base.unwrap_or("of the book's currency");
    let said = import.rates.iter().map(|rate| {
        let of = rate.date.map(|date| format!(", the rate of {date}"));
        let of = of.unwrap_or_default();
        format!("1 {} = {} {base}{of}.", rate.currency, rate.rate)
    });
    said.collect()
}

fn reading(choice: Choice) -> String {
    match choice {
        Choice::DateOrder(order) => format!("dates as {}", date_order(order)),
        Choice::Decimal(DecimalMark::Dot) => "numbers as 1,234.56".into(),
        Choice::Decimal(DecimalMark::Comma) => "numbers as 1.234,56".into(),
        Choice::Role(Some(role)) => format!("the column as {}", role.label()),
        Choice::Role(None) => "the file without that column".into(),
    }
}

/// What a heading means: a metric's column comes without, for the registry says it.
pub fn help(column: &SheetColumn) -> &str {
    match column.help.as_str() {
        "" => crate::registry::metric(&column.key).map_or("", |metric| metric.reading),
        help => help,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_equation_names_only_what_there_is() {
        let mut report = ImportReport {
            read: 1_200,
            in_book: 1_200,
            ..Default::default()
        };
        assert_eq!(equation(&report), "1,200 rows read = 1,200 in the book");
        report.in_book = 1_197;
        report.rejected = 3;
        assert_eq!(
            equation(&report),
            "1,200 rows read = 1,197 in the book + 3 rejected"
        );
    }

    #[test]
    fn a_metrics_heading_is_explained_by_the_registry() {
        let mut column = SheetColumn {
            key: "ltv_cac".into(),
            label: "LTV:CAC".into(),
            unit: crate::base::Unit::Ratio,
            help: String::new(),
        };
        assert!(help(&column).starts_with("Lifetime value before acquisition cost"));
        column.help = "Own words.".into();
        assert_eq!(help(&column), "Own words.");
    }

    #[test]
    fn a_rate_says_its_day_where_it_has_one() {
        use crate::jobs::protocol::{Import, Rate};
        let rate = |currency: &str, date| Rate {
            currency: currency.into(),
            rate: "0.92".into(),
            date,
        };
        let import = Import {
            base_currency: Some("EUR".into()),
            rates: vec![
                rate("USD", crate::base::Date::parse("2026-02-03")),
                rate("CHF", None),
            ],
            ..Import::default()
        };
        assert_eq!(
            rates(&Orders::Files(import)),
            [
                "1 USD = 0.92 EUR, the rate of 2026-02-03.",
                "1 CHF = 0.92 EUR."
            ]
        );
        assert!(rates(&Orders::Sample).is_empty());
    }

    #[test]
    fn sizes_are_short() {
        assert_eq!(bytes(999), "999 bytes");
        assert_eq!(bytes(12_345), "12 kB");
        assert_eq!(bytes(120_000_000), "120.0 MB");
    }
}
