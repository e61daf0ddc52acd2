//! The line to one worker after another: a queue, one job in flight, restarts.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::rc::{Rc, Weak};

use futures_channel::oneshot;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, ErrorEvent, MessageEvent};

use crate::base::packed::{pack, unpack};
use crate::jobs::protocol::{Failure, FileHandle, Job, Progress, Reply, Request};
use crate::web::boot::{WorkerHandle, WorkerKind, start_worker};

/// How long a cancelled job may take to stop before its worker is replaced.
const PATIENCE_MS: i32 = 1500;

/// A reply with the bytes beside it.
pub type Answer = Result<(Reply, Option<js_sys::ArrayBuffer>), Failure>;

struct Pending {
    request: Request,
    files: Vec<FileHandle>,
    answer: oneshot::Sender<Answer>,
}

struct InFlight {
    id: u64,
    answer: oneshot::Sender<Answer>,
}

#[derive(Default)]
struct State {
    worker: Option<WorkerHandle>,
    starting: bool,
    /// How many workers there have been; what the page knows of one does not hold for the next.
    generation: u64,
    last_id: u64,
    queue: VecDeque<Pending>,
    in_flight: Option<InFlight>,
    files: BTreeMap<FileHandle, Blob>,
    last_file: FileHandle,
    sent: BTreeSet<FileHandle>,
}

/// See the module.
pub struct Link {
    state: RefCell<State>,
    on_progress: Box<dyn Fn(Option<Progress>)>,
    own: Weak<Self>,
}

fn failed(code: &str, message: impl Into<String>) -> Failure {
    Failure {
        code: code.into(),
        message: message.into(),
    }
}

impl Link {
    pub fn new(on_progress: impl Fn(Option<Progress>) + 'static) -> Rc<Self> {
        Rc::new_cyclic(|own| Self {
            state: RefCell::default(),
            on_progress: Box::new(on_progress),
            own: own.clone(),
        })
    }

    /// Gives a file a number.
    pub fn open(&self, blob: Blob) -> FileHandle {
        let mut state = self.state.borrow_mut();
        state.last_file += 1;
        let handle = state.last_file;
        state.files.insert(handle, blob);
        handle
    }

    /// The file of a number.
    pub fn file(&self, handle: FileHandle) -> Option<Blob> {
        self.state.borrow().files.get(&handle).cloned()
    }

    /// Counts the workers so far.
    pub fn generation(&self) -> u64 {
        self.state.borrow().generation
    }

    /// Forgets all files.
    pub fn forget_files(&self) {
        let mut state = self.state.borrow_mut();
        state.files.clear();
        state.sent.clear();
    }

    /// Sends a job, and the files it needs that this worker has not seen.
    pub async fn call(&self, job: Job, files: Vec<FileHandle>) -> Answer {
        let (answer, reply) = oneshot::channel();
        {
            let mut state = self.state.borrow_mut();
            state.last_id += 1;
            let request = Request {
                id: state.last_id,
                job,
            };
            state.queue.push_back(Pending {
                request,
                files,
                answer,
            });
        }
        self.pump();
        reply
            .await
            .unwrap_or_else(|_| Err(failed("worker_failed", "The worker was stopped.")))
    }

    /// Stops what is being done: the job fails with `cancelled`.
    pub fn cancel(&self) {
        let Some(id) = self.state.borrow().in_flight.as_ref().map(|job| job.id) else {
            return;
        };
        self.post(&Array::of2(&"cancel".into(), &js_id(id)));
        let own = self.own.clone();
        crate::web::later(PATIENCE_MS, move || {
            let Some(link) = own.upgrade() else { return };
            let same = link.state.borrow().in_flight.as_ref().map(|job| job.id) == Some(id);
            if same {
                link.replace(failed("cancelled", "Stopped."));
            }
        });
    }

    /// Drops the worker; the next job starts another. What is in flight fails for this reason.
    fn replace(&self, why: Failure) {
        let in_flight = {
            let mut state = self.state.borrow_mut();
            if let Some(worker) = state.worker.take() {
                worker.set_onmessage(None);
                worker.set_onerror(None);
                worker.terminate();
            }
            state.generation += 1;
            state.sent.clear();
            state.in_flight.take()
        };
        if let Some(job) = in_flight {
            drop(job.answer.send(Err(why)));
        }
        (self.on_progress)(None);
        self.pump();
    }

    fn pump(&self) {
        let mut state = self.state.borrow_mut();
        if state.in_flight.is_some() || state.queue.is_empty() || state.starting {
            return;
        }
        if state.worker.is_none() {
            state.starting = true;
            drop(state);
            let own = self.own.clone();
            spawn_local(async move {
                let started = start_worker(WorkerKind::Worker).await;
                if let Some(link) = own.upgrade() {
                    link.started(started);
                }
            });
            return;
        }
        let Some(next) = state.queue.pop_front() else {
            return;
        };
        let request = Uint8Array::from(pack(&next.request).as_slice()).buffer();
        let message = Array::of2(&"job".into(), &request);
        for file in next.files {
            let blob = state.files.get(&file).cloned();
            if let Some(blob) = blob
                && state.sent.insert(file)
            {
                message.push(&file.into());
                message.push(&blob);
            }
        }
        state.in_flight = Some(InFlight {
            id: next.request.id,
            answer: next.answer,
        });
        drop(state);
        self.post(&message);
    }

    fn post(&self, message: &Array) {
        let state = self.state.borrow();
        let Some(worker) = &state.worker else { return };
        if worker.post(message, &Array::new()).is_err() {
            drop(state);
            let why = "The browser could not hand the file to the worker. Choose it again.";
            self.replace(failed("not_sent", why));
        }
    }

    fn started(&self, started: Result<WorkerHandle, String>) {
        match started {
            Ok(worker) => {
                self.listen(&worker);
                let mut state = self.state.borrow_mut();
                state.worker = Some(worker);
                state.starting = false;
            }
            Err(why) => {
                let waiting = {
                    let mut state = self.state.borrow_mut();
                    state.starting = false;
                    std::mem::take(&mut state.queue)
                };
                for job in waiting {
                    drop(job.answer.send(Err(failed("no_worker", why.clone()))));
                }
            }
        }
        self.pump();
    }

    fn listen(&self, worker: &WorkerHandle) {
        let own = self.own.clone();
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(link) = own.upgrade() {
                link.on_message(&Array::from(&event.data()));
            }
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        let own = self.own.clone();
        let on_error = Closure::<dyn Fn(ErrorEvent)>::new(move |event: ErrorEvent| {
            event.prevent_default();
            if let Some(link) = own.upgrade() {
                link.on_fault(&event.message());
            }
        });
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        // Workers are few and live as long as the page, unless they fail.
        on_message.forget();
        on_error.forget();
    }

    fn on_fault(&self, message: &str) {
        let why = format!(
            "The part of Perennial that reads orders stopped ({message}). It starts again by \
             itself; your work is safe. If it stops again, try a smaller file."
        );
        self.replace(failed("worker_failed", why));
    }

    fn on_message(&self, message: &Array) {
        let text = |at| message.get(at).as_string().unwrap_or_default();
        let bytes = |at| Uint8Array::new(&message.get(at)).to_vec();
        match text(0).as_str() {
            "progress" => (self.on_progress)(unpack(&bytes(2)).ok()),
            "panic" => self.on_fault(&text(1)),
            "reply" => {
                let Some(job) = self.state.borrow_mut().in_flight.take() else {
                    return;
                };
                let answer = match unpack(&bytes(2)) {
                    Ok(Reply::Failed(failure)) => Err(failure),
                    Ok(reply) => Ok((reply, message.get(3).dyn_into().ok())),
                    Err(error) => Err(failed(
                        "protocol",
                        format!("The page does not understand the worker ({error}). Reload it."),
                    )),
                };
                (self.on_progress)(None);
                drop(job.answer.send(answer));
                self.pump();
            }
            _ => {}
        }
    }
}

/// Ids are counted from 1 in one session: far below 2^53.
#[allow(clippy::cast_precision_loss)]
fn js_id(id: u64) -> JsValue {
    JsValue::from_f64(id as f64)
}
