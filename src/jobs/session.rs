//! What the worker knows between two jobs, and the steps of a job.

use std::rc::Rc;

use crate::models::Prior;
use crate::orders::{Built, sample};

use super::loaded::Loaded;
use super::protocol::{ExportOf, FileHandle, Job, Orders, Progress, Reply};
use super::rest::{Next, Rest, Steps};
use super::{evaluate, failure, missing};

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
pub struct Task(Kind);

enum Kind {
    Now(Box<Job>),
    Steps(Box<dyn Steps>),
    Over,
}

/// See the module.
#[derive(Debug, Default)]
pub struct Session {
    slice: u32,
    rest: Option<Rest>,
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
        let mut session = Self::first(slice);
        session.complete(Rest::new());
        session
    }

    /// A session that can do no more than evaluate the sample, until it is completed.
    pub fn first(slice: u32) -> Self {
        Self {
            slice: slice.max(64),
            ..Self::default()
        }
    }

    /// Adds the rest.
    pub fn complete(&mut self, rest: Rest) {
        self.rest = Some(rest);
    }

    /// Lets forecasts of the current orders assume something else than usual; for what is fitted later.
    pub fn assume(&self, prior: Prior) {
        if let Some(book) = &self.current {
            book.prior.set(prior);
        }
    }

    /// Whether a job needs the rest, which is not here.
    pub fn lacks(&self, job: &Job) -> bool {
        self.rest.is_none()
            && match job {
                Job::Stage { .. } | Job::Forecast { .. } | Job::Export { .. } => true,
                Job::Build { orders, .. } => matches!(orders, Orders::Files(_)),
                Job::Evaluate { want, .. } => want.is_more_than_book(),
                Job::Commit | Job::Clear => false,
            }
    }

    /// Begins a job. `size` gives the sizes of the files that are open.
    pub fn begin(&mut self, job: Job, size: &dyn Fn(FileHandle) -> Option<u64>) -> Task {
        Task(match (job, self.rest) {
            (
                Job::Stage {
                    file,
                    name,
                    sheet,
                    layout,
                },
                Some(rest),
            ) => Kind::Steps((rest.stage)(file, name, sheet, layout, size(file))),
            (Job::Build { orders, as_of }, rest) => {
                let wanted = orders.clone().agreed();
                let same = [&self.candidate, &self.current, &self.previous]
                    .into_iter()
                    .flatten()
                    .find(|book| book.orders == wanted)
                    .cloned();
                self.candidate = same;
                match (orders, rest) {
                    (Orders::Files(import), Some(rest)) if self.candidate.is_none() => {
                        Kind::Steps((rest.read)(import, size, self.slice))
                    }
                    (orders, _) => Kind::Now(Box::new(Job::Build { orders, as_of })),
                }
            }
            (job, _) => Kind::Now(Box::new(job)),
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
            Kind::Steps(steps) => match steps.step(bytes, progress) {
                Next::Step(step) => step,
                Next::Built(book) => {
                    self.candidate = Some(Rc::new(*book));
                    self.built()
                }
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
            Kind::Steps(steps) => steps.name(file),
            Kind::Now(_) | Kind::Over => "",
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
            Job::Clear => {
                (self.current, self.candidate, self.previous) = (None, None, None);
                Step::done(Reply::Done)
            }
            Job::Evaluate {
                assumptions,
                as_of,
                want,
            } => Step::done(match &self.current {
                Some(book) => evaluate::evaluate(book, &assumptions, as_of, &want, self.rest),
                None => no_orders(),
            }),
            Job::Build { orders, .. } => {
                if self.candidate.is_none() {
                    let built = match &orders {
                        Orders::None => Built::default(),
                        Orders::Sample => sample::build(),
                        Orders::Files(_) => return Step::done(missing()),
                    };
                    self.candidate = Some(Rc::new(Loaded::new(orders, built)));
                }
                self.built()
            }
            Job::Forecast { as_of } => Step::done(match (&self.current, self.rest) {
                (Some(book), Some(rest)) => (rest.forecast)(book, as_of),
                (None, _) => no_orders(),
                (_, None) => missing(),
            }),
            Job::Export {
                assumptions,
                as_of,
                what,
                format,
            } => {
                let Some(rest) = self.rest else {
                    return Step::done(missing());
                };
                let book = match what {
                    ExportOf::Rejected => self.candidate.as_ref().or(self.current.as_ref()),
                    _ => self.current.as_ref(),
                };
                match book.map(|book| (rest.export)(book, &assumptions, as_of, what, format)) {
                    Some(Ok((reply, bytes))) => Step::Done(Box::new(reply), Some(bytes)),
                    Some(Err(reply)) => Step::done(reply),
                    None => Step::done(no_orders()),
                }
            }
            Job::Stage { .. } => Step::done(missing()),
        }
    }
}

fn no_orders() -> Reply {
    failure(
        "no_orders",
        "There are no orders yet. Import a file, or take the sample orders.",
    )
}
