//! Reads all files of an import into a book, a slice at a time.

use crate::ingest::Refusal;
use crate::ingest::layout::Layout;
use crate::ingest::read::Reader;
use crate::orders::Builder;

use super::content::ContentId;
use super::failure;
use super::loaded::Loaded;
use super::protocol::{FileHandle, FilePlan, Import, Orders, Progress};
use super::rest::{Next, Steps};
use super::session::Step;

/// One import being read.
#[derive(Debug)]
pub struct BuildTask {
    plan: Import,
    slice: u32,
    sizes: Vec<Option<u64>>,
    total: u64,
    before: u64,
    builder: Option<Builder>,
    at: usize,
    open: Option<Open>,
    finishing: bool,
}

/// The file being read.
#[derive(Debug)]
struct Open {
    reader: Reader,
    id: ContentId,
}

impl Steps for BuildTask {
    fn step(&mut self, bytes: Option<&[u8]>, progress: &mut dyn FnMut(Progress)) -> Next {
        if let Some(bytes) = bytes
            && let Err(step) = self.take(bytes, progress)
        {
            return Next::Step(step);
        }
        let Some(plan) = self.plan.files.get(self.at) else {
            return self.finish(progress);
        };
        let Some(size) = self.sizes.get(self.at).copied().flatten() else {
            let message = format!("\"{}\" is not open any more. Choose it again.", plan.name);
            return Next::Step(Step::done(failure("file_missing", message)));
        };
        let open = match &mut self.open {
            Some(open) => open,
            closed => {
                if let Err(reply) = answered(plan) {
                    return Next::Step(Step::done(reply));
                }
                let layout = plan.layout.with_fixes(&plan.fixes);
                let read = FilePlan {
                    layout: layout.clone(),
                    size,
                    ..plan.clone()
                };
                if let Some(builder) = &mut self.builder {
                    builder.file(u32::try_from(self.at).unwrap_or(u32::MAX), &read);
                }
                closed.insert(Open::new(&layout, plan))
            }
        };
        if open.id.size() < size {
            return Next::Step(Step::Read {
                file: plan.file,
                from: open.id.size(),
                length: self.slice,
            });
        }
        match self.close() {
            Ok(()) => Next::Step(Step::More),
            Err(step) => Next::Step(step),
        }
    }

    fn name(&self, file: FileHandle) -> &str {
        let plan = self.plan.files.iter().find(|plan| plan.file == file);
        plan.map_or("", |plan| plan.name.as_str())
    }
}

impl BuildTask {
    pub fn new(plan: Import, size: &dyn Fn(FileHandle) -> Option<u64>, slice: u32) -> Self {
        let sizes: Vec<_> = plan.files.iter().map(|file| size(file.file)).collect();
        Self {
            total: sizes.iter().flatten().sum(),
            builder: Some(Builder::new(&plan)),
            plan,
            slice,
            sizes,
            before: 0,
            at: 0,
            open: None,
            finishing: false,
        }
    }

    /// Takes the next bytes of the open file.
    fn take(&mut self, bytes: &[u8], progress: &mut dyn FnMut(Progress)) -> Result<(), Step> {
        let (Some(open), Some(builder)) = (&mut self.open, &mut self.builder) else {
            return Ok(());
        };
        let name = self
            .plan
            .files
            .get(self.at)
            .map_or("", |plan| plan.name.as_str());
        let size = self.sizes.get(self.at).copied().flatten().unwrap_or(0);
        if bytes.is_empty() && open.id.size() < size {
            let message = format!("\"{name}\" became shorter while it was read. Choose it again.");
            return Err(Step::done(failure("file_changed", message)));
        }
        open.id.feed(bytes);
        open.reader
            .feed(bytes, &mut |row| builder.row(&row))
            .map_err(|why| refused(name, &why))?;
        let read = self.before + open.id.size();
        progress(Progress {
            stage: format!("Reading {name}"),
            done: share(read, self.total),
            rows: open.reader.rows(),
        });
        Ok(())
    }

    /// Ends the open file and names it by its content.
    fn close(&mut self) -> Result<(), Step> {
        let (Some(mut open), Some(builder)) = (self.open.take(), &mut self.builder) else {
            return Ok(());
        };
        let Some(plan) = self.plan.files.get_mut(self.at) else {
            return Ok(());
        };
        let ended = open.reader.finish(&mut |row| builder.row(&row));
        ended.map_err(|why| refused(&plan.name, &why))?;
        self.before += open.id.size();
        plan.size = open.id.size();
        let id = open.id.finish();
        if !plan.id.is_empty() && plan.id != id {
            let message = format!(
                "\"{}\" is not the file that was imported: its content differs. Import it anew.",
                plan.name
            );
            return Err(Step::done(failure("file_changed", message)));
        }
        plan.id = id;
        self.at += 1;
        Ok(())
    }

    #[inline(never)]
    fn finish(&mut self, progress: &mut dyn FnMut(Progress)) -> Next {
        if !std::mem::replace(&mut self.finishing, true) {
            progress(Progress {
                stage: "Building the book".into(),
                done: 1.0,
                rows: 0,
            });
            return Next::Step(Step::More);
        }
        let builder = self.builder.take().unwrap_or_default();
        let plan = Orders::Files(std::mem::take(&mut self.plan));
        Next::Built(Box::new(Loaded::new(plan, builder.finish())))
    }
}

impl Open {
    fn new(layout: &Layout, plan: &FilePlan) -> Self {
        Self {
            reader: Reader::with_fixes(layout, &plan.fixes),
            id: ContentId::default(),
        }
    }
}

/// A layout with open questions must not be read: two readings fit.
fn answered(plan: &FilePlan) -> Result<(), super::protocol::Reply> {
    match plan.layout.questions.first() {
        None => Ok(()),
        Some(question) => Err(failure(
            "question",
            format!("\"{}\" has an open question: {}", plan.name, question.text),
        )),
    }
}

fn refused(name: &str, why: &Refusal) -> Step {
    Step::done(failure(why.code, format!("\"{name}\": {}", why.message)))
}

/// For a progress bar only.
#[allow(clippy::cast_precision_loss)]
fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 {
        return 1.0;
    }
    (part as f64 / whole as f64).min(1.0)
}
