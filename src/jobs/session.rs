//! What the worker knows between two jobs, and the steps of a job.

use std::rc::Rc;

use super::build::{BuildTask, Next};
use super::loaded::Loaded;
use super::protocol::{FileHandle, Job, Progress, Reply};
use super::stage::StageTask;
use super::{evaluate, export, failure};

/// Bytes read at a time in a worker: large enough for speed, small beside the book.
pub const SLICE: u32 = 4 << 20;

/// Books of more lines are not kept beside the current one for undo; they are read again.
const KEPT_LINES: usize = 200_000;

/// What a job needs next.
#[derive(Debug)]
pub enum Step {
    /// These bytes, handed to the next step; fewer only at the end of the file.
    Read {
        /// The file.
        file: FileHandle,
        /// The offset.
        from: u64,
        /// How many.
        length: u32,
    },
    /// Another step, when other work has been let in.
    More,
    /// Nothing: the reply, and the bytes of an export.
    Done(Box<Reply>, Option<Vec<u8>>),
}

impl Step {
    /// The end of a job.
    pub(super) fn done(reply: Reply) -> Self {
        Self::Done(Box::new(reply), None)
    }
}

/// A job being done.
#[derive(Debug)]
pub struct Task(Kind);

#[derive(Debug)]
enum Kind {
    Now(Box<Job>),
    Stage(Box<StageTask>),
    Build(Box<BuildTask>),
    Over,
}

/// See the module.
#[derive(Debug, Default)]
pub struct Session {
    slice: u32,
    /// The book the figures are of.
    current: Option<Rc<Loaded>>,
    /// The book built last and not committed.
    candidate: Option<Rc<Loaded>>,
    /// The book before the current one, so that undo of an import is instant.
    previous: Option<Rc<Loaded>>,
}

impl Session {
    /// A session without a book that reads files in slices of so many bytes.
    pub fn new(slice: u32) -> Self {
        Self {
            slice: slice.max(64),
            ..Self::default()
        }
    }

    /// Begins a job. `size` gives the sizes of the files that are open.
    pub fn begin(&mut self, job: Job, size: &dyn Fn(FileHandle) -> Option<u64>) -> Task {
        Task(match job {
            Job::Stage {
                file,
                name,
                sheet,
                layout,
            } => {
                let task = StageTask::new(file, name, sheet, layout, size(file));
                Kind::Stage(Box::new(task))
            }
            Job::Build { orders, .. } => {
                let known = [&self.candidate, &self.current, &self.previous];
                let wanted = orders.clone().agreed();
                let same = known
                    .into_iter()
                    .flatten()
                    .find(|book| book.orders == wanted);
                if let Some(book) = same.cloned() {
                    self.candidate = Some(book);
                    Kind::Build(Box::new(BuildTask::known()))
                } else {
                    self.candidate = None;
                    Kind::Build(Box::new(BuildTask::new(orders, size, self.slice)))
                }
            }
            job => Kind::Now(Box::new(job)),
        })
    }

    /// Does the next part of a job, with the bytes it asked for.
    pub fn step(
        &mut self,
        task: &mut Task,
        bytes: Option<&[u8]>,
        progress: &mut dyn FnMut(Progress),
    ) -> Step {
        match &mut task.0 {
            Kind::Stage(stage) => stage.step(bytes),
            Kind::Build(build) => match build.step(bytes, progress) {
                Next::Step(step) => step,
                Next::Built(book) => {
                    self.candidate = Some(Rc::new(*book));
                    self.built()
                }
                Next::Known => self.built(),
            },
            now => match std::mem::replace(now, Kind::Over) {
                Kind::Now(job) => self.now(*job),
                _ => Step::done(failure("protocol", "This job is over.")),
            },
        }
    }

    fn built(&self) -> Step {
        Step::done(match &self.candidate {
            Some(book) => Reply::Built(Box::new(book.built())),
            None => failure("protocol", "There is no book."),
        })
    }

    /// The reply to a job that was stopped.
    pub fn cancelled(&mut self, task: Task) -> Reply {
        // What was built so far goes with it.
        drop(task);
        failure("cancelled", "Stopped. Nothing was changed.")
    }

    /// The reply to a job whose file cannot be read.
    pub fn unreadable(&mut self, task: &Task, file: FileHandle, why: &str) -> Reply {
        let name = match &task.0 {
            Kind::Stage(stage) => stage.name().to_string(),
            Kind::Build(build) => build.name(file).to_string(),
            Kind::Now(_) | Kind::Over => String::new(),
        };
        failure(
            "file_unreadable",
            format!(
                "\"{name}\" cannot be read any more ({why}). It was moved, deleted or changed \
                 since it was chosen. Choose it again; nothing was changed."
            ),
        )
    }

    fn now(&mut self, job: Job) -> Step {
        match job {
            Job::Commit => {
                if let Some(book) = self.candidate.take() {
                    let before = self.current.replace(book);
                    let same =
                        |a: &Rc<Loaded>| self.current.as_ref().is_some_and(|b| Rc::ptr_eq(a, b));
                    let before = before.filter(|a| !same(a) && a.book.len() <= KEPT_LINES);
                    if before.is_some() || self.previous.as_ref().is_some_and(same) {
                        self.previous = before;
                    }
                }
                Step::done(Reply::Done)
            }
            Job::Discard => {
                self.candidate = None;
                Step::done(Reply::Done)
            }
            Job::Clear => {
                (self.current, self.candidate, self.previous) = (None, None, None);
                Step::done(Reply::Done)
            }
            Job::Evaluate {
                assumptions,
                as_of,
                want,
            } => Step::done(match &self.current {
                Some(book) => evaluate::evaluate(book, &assumptions, as_of, &want),
                None => no_orders(),
            }),
            Job::Export {
                assumptions,
                as_of,
                what,
                format,
            } => {
                let book = match what {
                    super::protocol::ExportOf::Rejected => {
                        self.candidate.as_ref().or(self.current.as_ref())
                    }
                    _ => self.current.as_ref(),
                };
                match book.map(|book| export::export(book, &assumptions, as_of, what, format)) {
                    Some(Ok((reply, bytes))) => Step::Done(Box::new(reply), Some(bytes)),
                    Some(Err(reply)) => Step::done(reply),
                    None => Step::done(no_orders()),
                }
            }
            Job::Stage { .. } | Job::Build { .. } => {
                Step::done(failure("protocol", "This job has steps."))
            }
        }
    }
}

fn no_orders() -> Reply {
    failure(
        "no_orders",
        "There are no orders yet. Import a file, or take the sample orders.",
    )
}
