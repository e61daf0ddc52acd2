//! Filling the deal from orders: like an account, the average of a segment, or of the whole book.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::document::Edit;
use crate::jobs::protocol::{DealFrom, Filled, Orders};
use crate::metrics::Cell;
use crate::web::state::App;
use crate::web::ui::NoticeKind;

/// Accounts offered, those of most value.
const MOST: u32 = 200;

/// The choice of accounts, and the button that takes over what their orders say.
#[component]
pub(crate) fn Fill(app: App) -> impl IntoView {
    let names = RwSignal::new((Vec::<String>::new(), Vec::<String>::new()));
    let chosen = RwSignal::new(String::new());
    spawn_local(async move {
        if let Some(found) = groups(app).await {
            // Gone if the page is.
            names.try_set(found);
        }
    });
    let options = |prefix: &'static str, names: Vec<String>| {
        let option = move |name: String| {
            let value = format!("{prefix}{name}");
            view! { <option value=value>{name}</option> }
        };
        names.into_iter().map(option).collect_view()
    };
    let on_fill = move |_| {
        let from = read(&chosen.get_untracked());
        spawn_local(async move {
            match app.deal_like(from).await {
                Some(filled) => take(app, filled),
                None => app.tell(
                    NoticeKind::Warning,
                    "These accounts are not in the orders any more. Choose others.",
                ),
            }
        });
    };
    let none = move || *app.orders.get() == Orders::None;
    let filled_from = app.part(|document| &document.filled_from);
    let said = move || {
        let from = filled_from.get();
        (!from.is_empty())
            .then(|| format!("Filled from {from}; each field says where it came from."))
    };
    view! {
        <div class="field" hidden=none>
            <label class="field-label" for="deal-fill">"Fill from your orders"</label>
            <div class="cluster">
                <select
                    id="deal-fill"
                    class="select"
                    on:change=move |event| chosen.set(event_target_value(&event))
                >
                    <option value="">"The average account"</option>
                    <optgroup label="The average account of">
                        {move || names.with(|names| options("s:", names.0.clone()))}
                    </optgroup>
                    <optgroup label="One account">
                        {move || names.with(|names| options("a:", names.1.clone()))}
                    </optgroup>
                </select>
                <button type="button" class="button" on:click=on_fill>"Fill"</button>
            </div>
            <p class="field-note" role="status">{said}</p>
        </div>
    }
}

/// What the value of an option means.
fn read(value: &str) -> DealFrom {
    match value.split_at_checked(2) {
        Some(("s:", name)) => DealFrom::Segment(name.to_owned()),
        Some(("a:", name)) => DealFrom::Account(name.to_owned()),
        _ => DealFrom::Book,
    }
}

fn take(app: App, filled: Filled) {
    let Filled {
        from,
        mut values,
        left,
    } = filled;
    // Price breaks would go on hiding the list price.
    let breaks = app
        .assumptions
        .with_untracked(|all| all.chosen.contains_key("deal_breaks"));
    if breaks {
        values.push(("deal_breaks".to_owned(), String::new()));
    }
    let count = values.len();
    app.dispatch(Edit::Fill {
        from: from.clone(),
        values,
    });
    app.seal();
    let kept = if left.is_empty() {
        String::new()
    } else {
        format!(
            " The orders say nothing of {}; that stays as it was.",
            left.join(", ")
        )
    };
    app.say(format!("{count} assumptions filled from {from}.{kept}"));
}

/// Segments by name, and the accounts of most value.
async fn groups(app: App) -> Option<(Vec<String>, Vec<String>)> {
    let table = app.find_accounts("", MOST).await?;
    let named = |(_, cells): (u32, Vec<Cell>)| match cells.into_iter().next() {
        Some(Cell::Text(name)) => Some(name),
        _ => None,
    };
    let segments = table.choices.into_iter().find(|(key, _)| key == "segment");
    let accounts = table.rows.into_iter().filter_map(named).collect();
    Some((
        segments.map(|(_, names)| names).unwrap_or_default(),
        accounts,
    ))
}
