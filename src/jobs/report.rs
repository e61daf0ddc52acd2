//! Everything computed of a book as one JSON document: what the batch example prints.
//!
//! The fields are described in `docs/project-file.md`. Numbers are written with all their digits;
//! where a decimal has more than a JSON reader keeps, it is written as text.

use std::io::{Result, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, PrettyFormatter, Serializer};
use serde_json::{Map, Value, json};

use crate::accounts::cycles::{Cycle, Unknown, words};
use crate::accounts::history::histories;
use crate::actions::{Entry, Rhythms, Watch};
use crate::assumptions::Assumptions;
use crate::base::Date;
use crate::deals::Deal;
use crate::metrics::{Figure, Number};
use crate::models::Scratch;
use crate::registry;
use crate::value::{Evaluation, Range, Subject};

use super::export::with;
use super::forecast::{self, Fitting};
use super::forecast_report;
use super::loaded::{Loaded, View};
use super::protocol::{Method, Reply, Watched};

/// Writes the report of a book.
///
/// # Errors
/// The reply that says why the book cannot be evaluated.
pub fn report(
    book: &Loaded,
    assumptions: &Assumptions,
    as_of: Option<Date>,
    watched: &Watched,
) -> std::result::Result<String, Reply> {
    forecast::fit_all(book, as_of);
    let value = with(book, assumptions, as_of, |found, view| {
        document(book, found, view, watched)
    })?;
    let mut text = Vec::new();
    let form = Form(PrettyFormatter::new());
    // Writing to memory does not fail, and the text is UTF-8.
    let _ = value.serialize(&mut Serializer::with_formatter(&mut text, form));
    text.push(b'\n');
    Ok(String::from_utf8(text).unwrap_or_default())
}

/// The usual form, with the standard library's digits: the shortest that give the same number.
struct Form(PrettyFormatter<'static>);

impl Formatter for Form {
    fn write_f64<W: Write + ?Sized>(&mut self, out: &mut W, value: f64) -> Result<()> {
        write!(out, "{value:?}")
    }
    fn begin_array<W: Write + ?Sized>(&mut self, out: &mut W) -> Result<()> {
        self.0.begin_array(out)
    }
    fn end_array<W: Write + ?Sized>(&mut self, out: &mut W) -> Result<()> {
        self.0.end_array(out)
    }
    fn begin_array_value<W: Write + ?Sized>(&mut self, out: &mut W, first: bool) -> Result<()> {
        self.0.begin_array_value(out, first)
    }
    fn end_array_value<W: Write + ?Sized>(&mut self, out: &mut W) -> Result<()> {
        self.0.end_array_value(out)
    }
    fn begin_object<W: Write + ?Sized>(&mut self, out: &mut W) -> Result<()> {
        self.0.begin_object(out)
    }
    fn end_object<W: Write + ?Sized>(&mut self, out: &mut W) -> Result<()> {
        self.0.end_object(out)
    }
    fn begin_object_key<W: Write + ?Sized>(&mut self, out: &mut W, first: bool) -> Result<()> {
        self.0.begin_object_key(out, first)
    }
    fn begin_object_value<W: Write + ?Sized>(&mut self, out: &mut W) -> Result<()> {
        self.0.begin_object_value(out)
    }
    fn end_object_value<W: Write + ?Sized>(&mut self, out: &mut W) -> Result<()> {
        self.0.end_object_value(out)
    }
}

fn document(book: &Loaded, found: &Evaluation, view: &View, watched: &Watched) -> Value {
    let accounts = &view.accounts;
    let histories = histories(&book.book, Some(accounts.as_of));
    let marks = &watched.marks;
    let settings = Watch::settings_of(found);
    let fitting = view.fitting.borrow();
    let rhythms = Rhythms::fitted(accounts, &histories, settings, fitting.of_accounts(), marks);
    let watch =
        Watch::new(found, &book.book, &histories, &rhythms, marks).reviewed(&watched.review);
    let mut figures = found.figures(Subject::Book);
    figures.extend(watch.book_figures());
    let mut metrics = Map::new();
    for spec in registry::metrics() {
        let Some(figure) = figures.get(spec.key) else {
            continue;
        };
        let mut entry = shown(figure);
        entry.insert("label".into(), spec.label.into());
        entry.insert("unit".into(), json!(spec.unit));
        let basis = spec.basis.under(found.inputs.basis.key());
        entry.insert("basis".into(), json!(basis));
        metrics.insert(spec.key.into(), entry.into());
    }
    let list = 0..accounts.list.len();
    json!({
        "app": "perennial",
        "kind": "report",
        "schema": crate::codec::SCHEMA,
        "as_of": accounts.as_of,
        "currency": accounts.currency,
        "import": book.report,
        "assumptions": found.used(),
        "metrics": metrics,
        "methods": found.methods(Subject::Book).iter().map(method).collect::<Vec<_>>(),
        "forecast": forecast_report::book(&fitting),
        "accounts": list.map(|at| account(found, &watch, &fitting, at)).collect::<Vec<_>>(),
        "deal": deal(&Deal::read(found.resolved)),
        "today": watch.today(None).entries.iter().map(entry).collect::<Vec<_>>(),
    })
}

/// The deal that the assumptions describe: who must agree, its figures, its cash year by year.
fn deal(deal: &Deal) -> Value {
    let mut figures = Map::new();
    for (key, figure) in &deal.figures() {
        figures.insert(key.clone(), shown(figure).into());
    }
    let flows = deal.terms.flows();
    json!({
        "approval": deal.approval(),
        "figures": figures,
        "flows": { "start": flows.start, "later": flows.later },
    })
}

fn account(found: &Evaluation, watch: &Watch, fitting: &Fitting, at: usize) -> Value {
    let text = |column| found.text(column, at).filter(|text| !text.is_empty());
    let list = &found.accounts.list;
    let mut figures = found.figures(Subject::Account(at));
    figures.extend(watch.account_figures(at));
    let mut shown_figures = Map::new();
    for (key, figure) in &figures {
        shown_figures.insert(key.clone(), shown(figure).into());
    }
    let methods = found.methods(Subject::Account(at));
    let ordered = list.get(at).filter(|account| account.total.orders > 0);
    json!({
        "name": text("name"),
        "segment": text("segment"),
        "salesperson": text("salesperson"),
        "partner": text("partner"),
        "parent": text("parent"),
        "status": text("status"),
        "first": ordered.map(|account| account.first),
        "last": ordered.map(|account| account.last),
        "cycle": watch.cycles().get(at).map(cycle),
        "forecast": forecast_report::account(fitting, at, &mut Scratch::default()),
        "figures": shown_figures,
        "methods": methods.iter().map(method).collect::<Vec<_>>(),
    })
}

/// An account's order cycle, or why there is none.
fn cycle(cycle: &std::result::Result<Cycle, Unknown>) -> Value {
    match cycle {
        Ok(cycle) => json!({
            "state": cycle.state.key(),
            "reason": words::reason(cycle),
            "order_days": cycle.order_days,
            "due": cycle.due,
            "window": [cycle.window.0, cycle.window.1],
            "alive_from": cycle.chance.label(),
        }),
        Err(why) => json!({ "why_not": why.label() }),
    }
}

/// One account of today's list.
fn entry(entry: &Entry) -> Value {
    let items = entry.items.iter().map(|item| item.item.as_str());
    json!({
        "account": entry.name,
        "state": entry.state.key(),
        "reason": entry.reason,
        "route": entry.route.label(),
        "at_stake": entry.at_stake,
        "at_risk": entry.at_risk,
        "order_value": entry.order_value,
        "value_per_year": entry.value_per_year,
        "due": entry.due,
        "window": [entry.window.0, entry.window.1],
        "alive": entry.alive,
        "items": items.collect::<Vec<_>>(),
    })
}

fn method(method: &Method) -> Value {
    let mut entry = shown(&method.figure);
    entry.insert("id".into(), method.id.as_str().into());
    entry.insert("label".into(), method.label.as_str().into());
    entry.insert("chosen".into(), method.chosen.into());
    if let Some(Range { model, with_luck }) = method.range {
        entry.insert("model".into(), json!([model.0, model.1]));
        entry.insert("with_luck".into(), json!([with_luck.0, with_luck.1]));
    }
    entry.into()
}

/// A figure: its value, or null and why there is none.
fn shown(figure: &Figure) -> Map<String, Value> {
    let mut entry = Map::new();
    match &figure.value {
        Ok(value) => entry.insert("value".into(), number(*value)),
        Err(why) => {
            entry.insert("why_not".into(), why.0.as_str().into());
            entry.insert("value".into(), Value::Null)
        }
    };
    entry.insert("exactness".into(), json!(figure.exactness));
    if let Some(coverage) = figure.coverage {
        entry.insert("coverage".into(), json!(coverage));
    }
    if let Some(note) = &figure.note {
        entry.insert("note".into(), note.as_str().into());
    }
    entry
}

/// Every JSON reader keeps fifteen digits.
const READERS_DIGITS: u64 = 1_000_000_000_000_000;

#[allow(clippy::cast_precision_loss)]
fn number(number: Number) -> Value {
    match number {
        Number::Float(value) => json!(value),
        Number::Exact(value) => {
            let value = value.normalize();
            // Below 2^53 both are exact, so the quotient is the number that a reader gets.
            match (
                i64::try_from(value.mantissa()),
                10_u64.checked_pow(value.scale()),
            ) {
                (Ok(mantissa), Some(power)) if mantissa.unsigned_abs() < READERS_DIGITS => {
                    json!(mantissa as f64 / power as f64)
                }
                _ => Value::String(value.to_string()),
            }
        }
    }
}
