//! The whole pipeline from a terminal.
//!
//! `batch PROJECT.json ORDERS...` reads a project file (or `-` for the defaults) and order files
//! (text or workbooks, gzip or not; none: what the project names), runs the library's whole
//! pipeline, and prints one JSON document: the import report, every metric by its key, every
//! account with its figures, the answers to what the project's scenarios and upsells ask, and what
//! its commission schemes would have paid, with their statements and findings.
//! `docs/project-file.md` describes the fields of both.
//!
//! `batch --exact PROJECT.json ORDERS...` does the same with a forecast that is fitted by maximum
//! likelihood alone, for comparison with published fits.
//!
//! `batch --table FILE` prints what the importer read of a file before any mapping, as one JSON
//! object.
//!
//! It ends with 1 where something cannot be read or computed, and with 2 where it is called wrongly
//! or a file cannot be opened; standard error says what and why.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use perennial::base::{Date, Money};
use perennial::codec::{Opened, project};
use perennial::commission::Scheme;
use perennial::commission::finder::Writes;
use perennial::commission::words::said;
use perennial::document::Document;
use perennial::ingest::{gzip, table_json, xlsx};
use perennial::jobs::protocol::{
    CommissionResults, CommissionWant, ExportFormat, ExportOf, FileHandle, FilePlan, GrowthWant,
    Import, Job, Orders, PageWant, Reply, ScenarioWant, Want, Watched,
};
use perennial::jobs::{Memory, Never, SLICE, Session, run};
use perennial::metrics::{Cell, Number, Sheet};
use perennial::models::Prior;
use perennial::view::wizard::recall;
use serde_json::{Map, Value, json};

const USAGE: &str = "\
usage: batch [--exact] PROJECT.json ORDERS...   (- in place of the project for the defaults)
       batch --table FILE

--exact fits the forecast by maximum likelihood alone, without the weak assumptions.";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.split_first() {
        Some((option, [file])) if option == "--table" => print_table(file),
        Some((option, [project, orders @ ..])) if option == "--exact" => {
            print_report(project, orders, Prior::None)
        }
        Some((project, orders)) if !project.starts_with("--") => {
            print_report(project, orders, Prior::Weak)
        }
        _ => {
            eprintln!("{USAGE}");
            ExitCode::from(2)
        }
    }
}

fn print_report(project: &str, orders: &[String], prior: Prior) -> ExitCode {
    match report(project, orders, prior) {
        Ok(text) => {
            print!("{text}");
            ExitCode::SUCCESS
        }
        Err(stop) => {
            eprintln!("batch: {}", stop.message);
            ExitCode::from(stop.code)
        }
    }
}

fn print_table(file: &str) -> ExitCode {
    let bytes = match std::fs::read(file) {
        Ok(bytes) => bytes,
        Err(error) => {
            eprintln!("{file} cannot be opened: {error}");
            return ExitCode::from(2);
        }
    };
    match table_json(&bytes, file) {
        Ok(table) => {
            println!("{table}");
            ExitCode::SUCCESS
        }
        Err(refusal) => {
            println!("{refusal}");
            ExitCode::FAILURE
        }
    }
}

/// Why there is no report.
#[derive(Debug)]
pub struct Stop {
    /// The exit code.
    pub code: u8,
    /// What was found and what to do.
    pub message: String,
}

fn stop(message: impl Into<String>) -> Stop {
    Stop {
        code: 1,
        message: message.into(),
    }
}

fn read(file: &str) -> Result<Vec<u8>, Stop> {
    std::fs::read(file).map_err(|error| Stop {
        code: 2,
        message: format!("{file} cannot be opened: {error}"),
    })
}

/// The report of a project and order files.
///
/// # Errors
/// What was found and what to do.
pub fn report(project: &str, orders: &[String], prior: Prior) -> Result<String, Stop> {
    let opened = match project {
        "-" => None,
        file => Some(project::read(&read(file)?).map_err(|e| stop(format!("{file}: {e}")))?),
    };
    if let Some(schema) = opened.as_ref().and_then(|opened| opened.newer) {
        return Err(stop(format!(
            "{project} was made by a newer version of Perennial (schema {schema}). Use that version."
        )));
    }
    for repair in opened.iter().flat_map(|opened| &opened.repairs) {
        eprintln!("batch: {project}: {}: {}", repair.at, repair.message);
    }
    let document = opened
        .as_ref()
        .map_or_else(Document::default, |o| o.document.clone());
    let mut worker = Worker::default();
    let plan = match orders {
        [] => worker.of_project(opened.as_ref())?,
        files => worker.of_files(files, &document)?,
    };
    worker.build(plan)?;
    if let Some(session) = &worker.session {
        session.assume(prior);
    }
    let job = Job::Export {
        assumptions: document.assumptions.as_ref().clone(),
        as_of: document.as_of,
        what: ExportOf::Report(Watched {
            marks: Arc::clone(&document.marks),
            review: Arc::clone(&document.review),
            today: None,
        }),
        format: ExportFormat::Csv,
    };
    let report = match worker.run(job)? {
        (_, Some(bytes)) => String::from_utf8(bytes).map_err(|error| stop(error.to_string()))?,
        (other, None) => return Err(stop(format!("no report came, but {other:?}"))),
    };
    let mut more = worker.questions(&document)?;
    if let Some(commission) = worker.commission(&document)? {
        more.insert("commission".into(), commission);
    }
    with_questions(report, &more)
}

/// The figures that scenarios are compared in.
const COMPARED: &[&str] = &[
    "deal_npv",
    "deal_irr",
    "deal_payback",
    "deal_price",
    "deal_margin",
    "deal_contribution",
    "deal_floor_price",
    "lifetime_value",
    "future_value",
    "ltv_cac",
    "payback_months",
];

/// The report with more fields at its end.
fn with_questions(report: String, more: &Map<String, Value>) -> Result<String, Stop> {
    if more.is_empty() {
        return Ok(report);
    }
    let Some(head) = report.trim_end().strip_suffix('}') else {
        return Err(stop("the report is cut short"));
    };
    let more = serde_json::to_string_pretty(more).map_err(|error| stop(error.to_string()))?;
    let more = more.strip_prefix('{').unwrap_or(&more);
    Ok(format!("{},{more}\n", head.trim_end()))
}

/// Results as people read them: a number for a figure, and `why_not` where there is none.
fn plain(value: Value) -> Value {
    match value {
        Value::Object(mut object) => {
            if object.len() == 1 {
                for key in ["Ok", "float"] {
                    if let Some(inner) = object.remove(key) {
                        return plain(inner);
                    }
                }
                if let Some(why) = object.remove("Err") {
                    return json!({ "why_not": why });
                }
                if let Some(exact) = object.remove("exact") {
                    let number = exact.as_str().and_then(|text| text.parse::<f64>().ok());
                    return number.map_or(exact, |number| json!(number));
                }
            }
            let entries = object.into_iter().map(|(key, value)| (key, plain(value)));
            Value::Object(entries.collect())
        }
        Value::Array(list) => list.into_iter().map(plain).collect(),
        other => other,
    }
}

/// Tables of commission over all schemes, and over one.
const OVER_ALL: &[&str] = &[
    "schemes",
    "payouts",
    "pays",
    "owners",
    "handovers",
    "targets",
    "target_curve",
    "response_curve",
    "milestones",
    "deal_pay",
];
const OVER_ONE: &[&str] = &["statements", "findings"];

/// The rows of a table as objects by the keys of its columns.
fn rows(sheet: &Sheet) -> Value {
    let cell = |cell: &Cell| match cell {
        Cell::Text(text) => json!(text),
        Cell::Number(Number::Float(number), _) => json!(number),
        Cell::Number(Number::Exact(number), _) => json!(Money::new(*number).to_f64()),
        Cell::Date(date) => json!(date.to_string()),
        Cell::Empty(why) if why.is_empty() => Value::Null,
        Cell::Empty(why) => json!({ "why_not": why }),
    };
    let row = |row: &Vec<Cell>| {
        let named = sheet.columns.iter().zip(row);
        let named = named.map(|(column, value)| (column.key.clone(), cell(value)));
        Value::Object(named.collect())
    };
    sheet.rows.iter().map(row).collect()
}

/// Numbers in sentences as the document's other numbers are written.
struct Plain;

impl Writes for Plain {
    fn money(&self, amount: Money) -> String {
        amount.rounded(2).to_string()
    }

    fn share(&self, share: f64) -> String {
        format!("{:.1} %", share * 100.0)
    }

    fn day(&self, day: Date) -> String {
        day.to_string()
    }
}

/// A session with its files.
#[derive(Default)]
struct Worker {
    session: Option<Session>,
    files: Memory,
}

impl Worker {
    fn run(&mut self, job: Job) -> Result<(Reply, Option<Vec<u8>>), Stop> {
        let session = self.session.get_or_insert_with(|| Session::new(SLICE));
        match run(session, job, &self.files, &Never, &mut |_| {}) {
            (Reply::Failed(failure), _) => {
                Err(stop(format!("{} ({})", failure.message, failure.code)))
            }
            done => Ok(done),
        }
    }

    fn add(&mut self, bytes: Vec<u8>) -> FileHandle {
        let handle = FileHandle::try_from(self.files.0.len() + 1).unwrap_or(FileHandle::MAX);
        self.files.0.insert(handle, bytes);
        handle
    }

    /// The orders that the project names: the sample, or files inside it.
    fn of_project(&mut self, opened: Option<&Opened>) -> Result<Orders, Stop> {
        let Some(opened) = opened else {
            return Ok(Orders::default());
        };
        let mut orders = opened.document.orders.as_ref().clone();
        if let Orders::Files(import) = &mut orders {
            let inside: BTreeMap<&str, &[u8]> = opened
                .files
                .iter()
                .map(|file| (file.id.as_str(), file.bytes.as_slice()))
                .collect();
            for plan in &mut import.files {
                let Some(bytes) = inside.get(plan.id.as_str()) else {
                    return Err(stop(format!(
                        "the project was saved without its orders ({}); name the order files \
                         after it",
                        plan.name
                    )));
                };
                plan.file = self.add(bytes.to_vec());
            }
        }
        Ok(orders)
    }

    /// The named files, read as the project says where it knows their headers.
    fn of_files(&mut self, files: &[String], document: &Document) -> Result<Orders, Stop> {
        let known = match document.orders.as_ref() {
            Orders::Files(import) => import.clone(),
            Orders::None | Orders::Sample => Import::default(),
        };
        let mut plans = Vec::new();
        for file in files {
            plans.push(self.plan(file, document, &known)?);
        }
        Ok(Orders::Files(Import {
            files: plans,
            ..known
        }))
    }

    fn plan(&mut self, file: &str, document: &Document, known: &Import) -> Result<FilePlan, Stop> {
        let name = Path::new(file)
            .file_name()
            .map_or(file.into(), |name| name.to_string_lossy());
        let same = known.files.iter().find(|plan| plan.name == name);
        let (bytes, sheet) = text_of(file, read(file)?, same.and_then(|p| p.sheet.as_deref()))?;
        let size = bytes.len() as u64;
        let handle = self.add(bytes);
        let job = Job::Stage {
            file: handle,
            name: name.clone().into_owned(),
            sheet: sheet.clone(),
            layout: None,
        };
        let found = match self.run(job)?.0 {
            Reply::Staged(staged) => staged.layout,
            other => return Err(stop(format!("no layout came, but {other:?}"))),
        };
        let key = found.header_key();
        let plan = known
            .files
            .iter()
            .find(|plan| plan.layout.header_key() == key);
        let layout = match plan.map(|plan| &plan.layout).or(document.layouts.get(&key)) {
            Some(agreed) => recall(&found, agreed),
            None => found,
        };
        if let Some(question) = layout.questions.first() {
            let answers: Vec<&str> = question.options.iter().map(|o| o.text.as_str()).collect();
            return Err(stop(format!(
                "{file}: {} ({}). Answer it once on the page and save a project file, or change \
                 the file.",
                question.text,
                answers.join("; or ")
            )));
        }
        Ok(FilePlan {
            file: handle,
            id: String::new(),
            name: name.into_owned(),
            size,
            sheet,
            layout,
            fixes: plan.map(|plan| plan.fixes.clone()).unwrap_or_default(),
        })
    }

    /// The answers to what the document's scenarios ask, and its upsells, where it has any.
    fn questions(&mut self, document: &Document) -> Result<Map<String, Value>, Stop> {
        let mut answers = Map::new();
        let scenarios = Arc::clone(&document.scenarios);
        let uncertain = !scenarios.ranges().is_empty();
        let want = PageWant {
            scenarios: (!scenarios.is_empty()).then(|| ScenarioWant {
                scenarios,
                compare: true,
                metrics: COMPARED.iter().map(|key| (*key).to_owned()).collect(),
                tornado: true,
                grid: true,
                goals: true,
                simulate: uncertain,
                ..ScenarioWant::default()
            }),
            growth: (!document.growth.is_empty()).then(|| GrowthWant {
                growth: Arc::clone(&document.growth),
                account: None,
            }),
            ..PageWant::default()
        };
        if want.scenarios.is_none() && want.growth.is_none() {
            return Ok(answers);
        }
        loop {
            let job = Job::Evaluate {
                assumptions: document.assumptions.as_ref().clone(),
                as_of: document.as_of,
                want: Want::of_page(&want),
            };
            let Reply::Results(results) = self.run(job)?.0 else {
                return Err(stop("no answers came"));
            };
            if results.more {
                continue;
            }
            let page = results.of_page();
            if let Some(found) = page.scenarios {
                answers.insert("scenarios".into(), plain(json!(found)));
            }
            if let Some(found) = page.growth {
                answers.insert("growth".into(), plain(json!(found)));
            }
            return Ok(answers);
        }
    }

    /// What the document's commission schemes would have paid, if it has any: side by side, and for
    /// each its statements and where it pays for the wrong thing.
    fn commission(&mut self, document: &Document) -> Result<Option<Value>, Stop> {
        if document.schemes.is_empty() {
            return Ok(None);
        }
        let all = self.asked(document, OVER_ALL, None)?;
        let mut answers = Map::new();
        for sheet in &all.sheets {
            answers.insert(sheet.key.clone(), rows(sheet));
        }
        let current = document.schemes.current().map(Scheme::id);
        let mut each = Vec::new();
        for scheme in document.schemes.list() {
            let one = self.asked(document, OVER_ONE, Some(scheme.id()))?;
            let refused = all.said.iter().find(|one| one.id == scheme.id());
            let findings = one.findings.iter().flatten().map(|finding| {
                let mut value = plain(json!(finding));
                if let Value::Object(fields) = &mut value {
                    fields.insert("words".into(), json!(finding.words(&Plain)));
                }
                value
            });
            let statements = one.sheets.iter().find(|sheet| sheet.key == "statements");
            each.push(json!({
                "name": scheme.name(),
                "in_use": current == Some(scheme.id()),
                "values": scheme.values(),
                "words": said(scheme),
                "refused": refused.map(|one| one.refused.clone()),
                "assumed": refused.map(|one| one.assumed.clone()),
                "findings": findings.collect::<Vec<Value>>(),
                "statements": statements.map(rows),
            }));
        }
        answers.insert("aims".into(), json!(document.schemes.aims()));
        answers.insert("by_scheme".into(), Value::Array(each));
        answers.insert("notes".into(), json!(all.notes));
        Ok(Some(Value::Object(answers)))
    }

    /// Tables of commission; asked again until the bands are over.
    fn asked(
        &mut self,
        document: &Document,
        sheets: &[&str],
        scheme: Option<u32>,
    ) -> Result<CommissionResults, Stop> {
        let want = PageWant {
            commission: Some(CommissionWant {
                schemes: Arc::clone(&document.schemes),
                scenarios: Arc::clone(&document.scenarios),
                sheets: sheets.iter().map(|key| (*key).to_owned()).collect(),
                scheme,
                ..CommissionWant::default()
            }),
            ..PageWant::default()
        };
        loop {
            let job = Job::Evaluate {
                assumptions: document.assumptions.as_ref().clone(),
                as_of: document.as_of,
                want: Want::of_page(&want),
            };
            let Reply::Results(results) = self.run(job)?.0 else {
                return Err(stop("no answers on commission came"));
            };
            match results.of_page().commission {
                Some(found) if found.working.is_none() => return Ok(found),
                Some(_) => {}
                None if results.more => {}
                None => return Err(stop("no answers on commission came")),
            }
        }
    }

    fn build(&mut self, orders: Orders) -> Result<(), Stop> {
        let built = match self
            .run(Job::Build {
                orders,
                as_of: None,
            })?
            .0
        {
            Reply::Built(built) => built,
            other => return Err(stop(format!("no book came, but {other:?}"))),
        };
        if !built.report.rates_needed.is_empty() {
            return Err(stop(format!(
                "the orders are in several currencies; the project file must give the base \
                 currency and rates for {}",
                built.report.rates_needed.join(", ")
            )));
        }
        self.run(Job::Commit).map(|_| ())
    }
}

/// A file as text: a workbook's sheet (the named one, else the one to begin with) as CSV.
fn text_of(
    file: &str,
    bytes: Vec<u8>,
    sheet: Option<&str>,
) -> Result<(Vec<u8>, Option<String>), Stop> {
    let refused = |refusal: perennial::ingest::Refusal| stop(format!("{file}: {refusal}"));
    let plain = gzip::undo(&bytes).map_err(refused)?;
    let unpacked = plain.as_deref().unwrap_or(&bytes);
    if !xlsx::looks_like(unpacked) {
        return Ok((bytes, None));
    }
    let sheets = xlsx::sheets(unpacked).map_err(refused)?;
    let named = sheets.iter().find(|s| Some(s.name.as_str()) == sheet);
    let chosen = named.or(sheets.iter().find(|s| s.start));
    let Some(chosen) = chosen else {
        return Err(stop(format!("{file}: the workbook has no sheets")));
    };
    let others = sheets.iter().map(|s| s.name.as_str());
    let others: Vec<&str> = others.filter(|name| *name != chosen.name).collect();
    if !others.is_empty() {
        let (name, others) = (&chosen.name, others.join(", "));
        eprintln!("batch: {file}: the sheet {name} is read; not read: {others}");
    }
    let text = xlsx::sheet_csv(unpacked, &chosen.name).map_err(refused)?;
    for warning in &text.warnings {
        eprintln!("batch: {file}: {warning}");
    }
    Ok((text.csv, Some(chosen.name.clone())))
}
