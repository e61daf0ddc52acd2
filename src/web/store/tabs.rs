//! Other tabs of the same page: what they saved, and that they are there.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, MessageEvent};

/// The line to other tabs; silent where the browser has none.
pub struct Tabs {
    channel: Option<BroadcastChannel>,
    others: Rc<Cell<bool>>,
}

impl Tabs {
    /// Opens the line. `on_saved` is called with the revision another tab saved.
    pub fn open(name: &str, on_saved: impl Fn(u64) + 'static) -> Self {
        let channel = BroadcastChannel::new(name).ok();
        let others = Rc::new(Cell::new(false));
        if let Some(channel) = &channel {
            let (seen, answer) = (Rc::clone(&others), channel.clone());
            let handler = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
                seen.set(true);
                let message = Array::from(&event.data());
                match message.get(0).as_string().as_deref() {
                    Some("hello") => post(&answer, "here", 0),
                    Some("saved") => {
                        let rev = message.get(1).as_f64().unwrap_or(0.0);
                        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
                        on_saved(rev as u64);
                    }
                    _ => {}
                }
            });
            channel.set_onmessage(Some(handler.as_ref().unchecked_ref()));
            // The line is open as long as the page is.
            handler.forget();
            post(channel, "hello", 0);
        }
        Self { channel, others }
    }

    /// Tells other tabs that a revision is saved.
    pub fn saved(&self, rev: u64) {
        if let Some(channel) = &self.channel {
            post(channel, "saved", rev);
        }
    }

    /// Whether no other tab was heard of.
    pub fn alone(&self) -> bool {
        !self.others.get()
    }
}

/// Revisions are counted from 1: far below 2^53.
#[allow(clippy::cast_precision_loss)]
fn post(channel: &BroadcastChannel, what: &str, rev: u64) {
    let message = Array::of2(&what.into(), &JsValue::from_f64(rev as f64));
    // Fails only where the line is closed, that is, where nobody listens.
    drop(channel.post_message(&message));
}
