//! Help: what the pages do, what the words mean, and the keys.

use leptos::prelude::*;

use crate::web::shortcuts;
use crate::web::ui::Dialog;

/// The help dialog.
#[component]
pub(crate) fn Help(open: RwSignal<bool>) -> impl IntoView {
    view! {
        <Dialog open title="Help and shortcuts" testid="help" content=Callback::new(|()| content().into_any())/>
    }
}

fn content() -> impl IntoView {
    view! {
        <div class="stack">
            <p>
                "Perennial computes what each account is worth: what it has brought (past contribution) and what it is expected to bring (future value), less what winning it costs."
            </p>
            <ol class="plain notes">
                <li>"Orders: paste, drop or choose an order export; check the columns; use the orders."</li>
                <li>"Today: see who should have ordered by now, snooze or note them, and look at rhythm, retention, causes of loss, programmes and the forecast."</li>
                <li>"Accounts: search and sort by any figure; open one to see its history and methods."</li>
                <li>"Value: say what counts as value, compare the methods, see who is really best."</li>
                <li>"Deals, Growth, Scenarios, Commission: model an offer, find what to sell next, compare plans, replay schemes on your orders."</li>
                <li>"Assumptions: move a slider or type; all figures follow, and a changed one is marked."</li>
            </ol>
            <p>
                "Every figure has a \"why?\": its formula, its numbers and where each came from. Figures marked assumed rest on costs that your data does not hold."
            </p>
            <h3>"Keys"</h3>
            <table class="table">
                <thead class="visually-hidden"><tr><th scope="col">"Key"</th><th scope="col">"Does"</th></tr></thead>
                <tbody>
                    {shortcuts::ALL
                        .iter()
                        .map(|(key, what)| view! { <tr><th scope="row"><kbd>{*key}</kbd></th><td>{*what}</td></tr> })
                        .collect_view()}
                </tbody>
            </table>
            <h3>"Privacy"</h3>
            <p>
                "Orders never leave this device: after loading, the page forbids itself every connection. Links hold assumptions only, never orders or names of accounts."
            </p>
        </div>
    }
}
