//! A small importer for tests: a table as text, columns by role.

use super::build::{Builder, Built};
use super::plan::{FilePlan, Import, Rate};
use crate::ingest::layout::{Certainty, Column, DateOrder, DecimalMark, Grain, Layout};
use crate::ingest::problem::Fix;
use crate::ingest::read::Reader;
use crate::ingest::role::{Kind, Role};
use crate::ingest::row::{Row, RowKind};

/// A file whose header names roles by their keys, cells divided by `|`.
pub(crate) struct File {
    pub plan: FilePlan,
    rows: Vec<String>,
}

impl File {
    pub fn new(name: &str, text: &str) -> Self {
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let columns = lines
            .next()
            .unwrap_or("")
            .split('|')
            .map(|key| column(key.trim()))
            .collect();
        let rows: Vec<String> = lines.map(str::to_owned).collect();
        let size = text.len() as u64;
        let plan = FilePlan {
            file: 0,
            id: String::new(),
            name: name.to_owned(),
            size,
            sheet: None,
            layout: Layout {
                columns,
                ..Layout::default()
            },
            fixes: Vec::new(),
        };
        Self { plan, rows }
    }

    pub fn system(mut self, system: &str) -> Self {
        self.plan.layout.system = Some(system.to_owned());
        self
    }

    pub fn summary(mut self) -> Self {
        self.plan.layout.grain = Grain::AccountSummary;
        self
    }

    pub fn fix(mut self, fix: Fix) -> Self {
        self.plan.fixes.push(fix);
        self
    }

    /// Its rows as they are read from a text, with its fixes.
    fn read(&self, builder: &mut Builder) {
        let layout = Layout {
            delimiter: '|',
            ..self.plan.layout.clone()
        };
        let mut reader = Reader::with_fixes(&layout, &self.plan.fixes);
        let text = format!("header\n{}\n", self.rows.join("\n"));
        let mut take = |row: Row<'_>| builder.row(&row);
        let read = reader.feed(text.as_bytes(), &mut take);
        assert!(read.is_ok() && reader.finish(&mut take).is_ok());
    }

    pub fn shuffled(mut self, order: &[usize]) -> Self {
        self.rows = order
            .iter()
            .filter_map(|at| self.rows.get(*at).cloned())
            .collect();
        self
    }
}

fn column(key: &str) -> Column {
    let role = Role::ALL.iter().copied().find(|role| role.key() == key);
    Column {
        header: key.to_owned(),
        role,
        certainty: Certainty::Certain,
        evidence: String::new(),
        date_order: role
            .filter(|r| r.kind() == Kind::Date)
            .map(|_| DateOrder::Ymd),
        decimal: role
            .filter(|r| r.kind() == Kind::Number)
            .map(|_| DecimalMark::Dot),
        proven: false,
        samples: Vec::new(),
    }
}

/// Imports files with a base currency and rates.
pub(crate) fn import(files: &[File], base: Option<&str>, rates: &[(&str, &str)]) -> Built {
    let import = Import {
        files: files.iter().map(|file| file.plan.clone()).collect(),
        base_currency: base.map(str::to_owned),
        rates: rates
            .iter()
            .map(|(currency, rate)| Rate {
                currency: (*currency).to_owned(),
                rate: (*rate).to_owned(),
                date: None,
            })
            .collect(),
    };
    let mut builder = Builder::new(&import);
    for (index, file) in (0_u32..).zip(files) {
        builder.file(index, &file.plan);
        if !file.plan.fixes.is_empty() {
            file.read(&mut builder);
            continue;
        }
        let mut group = None;
        for (line, text) in (2_u64..).zip(&file.rows) {
            let (kind, text) = match text.split_once(':') {
                Some(("total", rest)) => (RowKind::Total, rest),
                Some(("note", rest)) => (RowKind::Note, rest),
                Some(("group", rest)) => {
                    group = Some(rest.trim());
                    (RowKind::Group, rest)
                }
                _ => (RowKind::Data, text.as_str()),
            };
            let cells: Vec<&str> = text.split('|').map(str::trim).collect();
            builder.row(&Row {
                line,
                kind,
                group,
                cells: &cells,
                flaw: None,
                raw: text,
            });
        }
    }
    let built = builder.finish();
    let report = &built.report;
    assert_eq!(
        report.read,
        report.in_book + report.rejected + report.structure + report.repeats + report.no_order,
        "rows are lost: {report:?}"
    );
    built
}

/// Imports one file.
pub(crate) fn one(text: &str) -> Built {
    import(&[File::new("orders.csv", text)], None, &[])
}
