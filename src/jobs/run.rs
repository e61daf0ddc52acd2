//! A job from begin to end, for callers that can read files at once: tests and the batch example.

use std::collections::BTreeMap;

use crate::base::Refused;

use super::protocol::{FileHandle, Job, Progress, Reply};
use super::session::{Session, Step};

/// Asked between two steps whether to go on.
pub trait Interrupt {
    /// Whether the job is no longer wanted.
    fn stopped(&self) -> bool;
}

/// Never stops.
#[derive(Debug, Clone, Copy, Default)]
pub struct Never;

impl Interrupt for Never {
    fn stopped(&self) -> bool {
        false
    }
}

/// Where the bytes of files come from.
pub trait Files {
    /// The size in bytes; `None` when there is no such file.
    fn size(&self, file: FileHandle) -> Option<u64>;

    /// Up to `length` bytes from an offset; fewer only at the end.
    ///
    /// # Errors
    /// A message for the user.
    fn read(&self, file: FileHandle, from: u64, length: u32) -> Result<Vec<u8>, Refused>;
}

/// Files held in memory.
#[derive(Debug, Clone, Default)]
pub struct Memory(pub BTreeMap<FileHandle, Vec<u8>>);

impl Files for Memory {
    fn size(&self, file: FileHandle) -> Option<u64> {
        self.0.get(&file).map(|bytes| bytes.len() as u64)
    }

    fn read(&self, file: FileHandle, from: u64, length: u32) -> Result<Vec<u8>, Refused> {
        let bytes = self
            .0
            .get(&file)
            .ok_or_else(|| format!("There is no file {file}."))?;
        let start = usize::try_from(from).unwrap_or(usize::MAX).min(bytes.len());
        let end = start.saturating_add(length as usize).min(bytes.len());
        Ok(bytes.get(start..end).unwrap_or_default().to_vec())
    }
}

/// Does a job: the reply, and the bytes of an export.
pub fn run(
    session: &mut Session,
    job: Job,
    files: &dyn Files,
    interrupt: &dyn Interrupt,
    progress: &mut dyn FnMut(Progress),
) -> (Reply, Option<Vec<u8>>) {
    let mut task = session.begin(job, &|file| files.size(file));
    let mut bytes: Option<Vec<u8>> = None;
    loop {
        if interrupt.stopped() {
            return (session.cancelled(task), None);
        }
        match session.step(&mut task, bytes.take().as_deref(), progress) {
            Step::More => {}
            Step::Done(reply, out) => return (*reply, out),
            Step::Read { file, from, length } => match files.read(file, from, length) {
                Ok(read) => bytes = Some(read),
                Err(why) => return (session.unreadable(&task, file, &why.to_string()), None),
            },
        }
    }
}
