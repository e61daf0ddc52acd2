//! The last message to the user, in a corner, spoken as it appears.

use leptos::prelude::*;

use super::{Icon, icon};
use crate::web::format::use_formats;

/// How a message is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeKind {
    /// Something was done.
    Done,
    /// Something needs attention.
    Warning,
    /// Something failed.
    Error,
}

/// A message: what was found, where, what is allowed, what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// How it is meant.
    pub kind: NoticeKind,
    /// The sentence.
    pub text: String,
    /// The label of a button that does something about it, such as `Undo`.
    pub action: Option<String>,
    /// Counted up, so that the same sentence said twice appears twice.
    pub number: u64,
}

/// Shows the last message until it is closed; messages of something done fade on their own.
#[component]
pub fn Notices(
    /// The last message.
    #[prop(into)]
    notice: Signal<Option<Notice>>,
    /// The user closed it.
    on_close: Callback<()>,
    /// The user pressed its button.
    #[prop(optional)]
    on_action: Option<Callback<()>>,
) -> impl IntoView {
    let formats = use_formats();
    let card = move |notice: Notice| {
        let (class, mark) = match notice.kind {
            NoticeKind::Done => ("notice done", Icon::Check),
            NoticeKind::Warning => ("notice warning", Icon::Warning),
            NoticeKind::Error => ("notice error", Icon::Warning),
        };
        let action = notice.action.zip(on_action).map(|(label, run)| {
            view! {
                <button type="button" class="button small" on:click=move |_| run.run(())>
                    {label}
                </button>
            }
        });
        let text = formats.with(|f| f.sentence(&notice.text));
        view! {
            <div class=class>
                {icon(mark)}
                <p data-testid="notice">{text}</p>
                {action}
                <button
                    type="button"
                    class="icon-button"
                    aria-label="Close this message"
                    on:click=move |_| on_close.run(())
                >
                    {icon(Icon::Close)}
                </button>
            </div>
        }
        .into_any()
    };
    view! {
        <div class="notices" role="status" aria-live="polite">
            <For each=move || notice.get() key=|n| n.number children=card />
        </div>
    }
}
