//! The palette: a page, an account, an assumption or an action by its name, with the keyboard alone.
//!
//! A text field with a list below it, as the combobox pattern has it: the focus stays in the field,
//! the arrows choose, Enter does it, Escape closes and gives the focus back.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::document::{Display, Edit};
use crate::jobs::protocol::{ExportFormat, ExportOf};
use crate::metrics::Cell;
use crate::view::palette::{self, Act, Command, Offer};
use crate::view::route::{Page, Route};
use crate::view::words;
use crate::web::later;
use crate::web::state::App;
use crate::web::ui::{Dialog, go_to, next_id};

use super::bar::Dialogs;

/// Accounts offered at once.
const ACCOUNTS: u32 = 6;
/// Accounts are looked for once so many milliseconds went by without a letter.
const REST_MS: i32 = 80;

/// Where order files are chosen.
const IMPORT_FILE: &str = "import-file";

/// The palette's dialog.
#[component]
pub(crate) fn Palette(app: App, dialogs: Dialogs) -> impl IntoView {
    let content = Callback::new(move |()| content(app, dialogs).into_any());
    view! { <Dialog open=dialogs.palette title="Go to or do" testid="palette" content/> }
}

/// What is typed, what was found for it, and which of it is chosen.
#[derive(Clone, Copy)]
struct Search {
    app: App,
    text: RwSignal<String>,
    /// Accounts, and the text they were found for.
    accounts: RwSignal<(String, Vec<Offer>)>,
    shown: Memo<Vec<Offer>>,
    at: RwSignal<usize>,
}

impl Search {
    fn new(app: App) -> Self {
        let text = RwSignal::new(String::new());
        let accounts = RwSignal::new((String::new(), Vec::new()));
        let offers = app
            .steps
            .with_untracked(|(undo, redo)| palette::all(undo.as_deref(), redo.as_deref()));
        let shown = Memo::new(move |_| {
            let text = text.get();
            let mut found = palette::matching(&offers, &text);
            accounts.with(|(of, accounts)| {
                if *of == text {
                    found.extend(accounts.iter().cloned());
                }
            });
            found
        });
        Self {
            app,
            text,
            accounts,
            shown,
            at: RwSignal::new(0),
        }
    }

    fn take(self, text: String) {
        self.at.set(0);
        self.text.set(text.clone());
        if text.trim().is_empty() {
            return;
        }
        // The signals are gone once the palette is closed.
        let still = move |text: &String| self.text.try_get_untracked().as_ref() == Some(text);
        later(REST_MS, move || {
            if !still(&text) {
                return;
            }
            spawn_local(async move {
                let Some(table) = self.app.find_accounts(&text, ACCOUNTS).await else {
                    return;
                };
                let found = table.rows.iter().filter_map(|(position, cells)| {
                    let Some(Cell::Text(name)) = cells.first() else {
                        return None;
                    };
                    Some(Offer::account(name, *position))
                });
                self.accounts.try_set((text, found.collect()));
            });
        });
    }

    /// Chooses another offer, so many further; the list is a circle.
    fn step(self, by: isize) {
        let count = self.shown.with_untracked(Vec::len);
        if count > 0 {
            let at = self.at.get_untracked().min(count - 1);
            self.at.set((at + count).saturating_add_signed(by) % count);
            // Once the list shows it.
            later(0, || {
                let chosen = document().query_selector(".options > [aria-selected=true]");
                if let Some(chosen) = chosen.ok().flatten() {
                    chosen.scroll_into_view_with_bool(false);
                }
            });
        }
    }
}

fn content(app: App, dialogs: Dialogs) -> impl IntoView {
    let search = Search::new(app);
    let input = NodeRef::<html::Input>::new();
    let id = next_id("offers");
    let (list, active) = (id.clone(), id.clone());
    // The dialog has to be shown before anything in it can have the focus.
    later(0, move || {
        if let Some(input) = input.try_get_untracked().flatten() {
            // A focus that the browser refuses leaves it where it was.
            let _ = input.focus();
        }
    });
    let choose = move |at: usize| {
        let chosen = search.shown.with_untracked(|shown| shown.get(at).cloned());
        if let Some(offer) = chosen {
            dialogs.palette.set(false);
            // Closing gives the focus back to where it was: what moves it comes after that.
            later(0, move || run(app, dialogs, offer.command));
        }
    };
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        match event.key().as_str() {
            "ArrowDown" => search.step(1),
            "ArrowUp" => search.step(-1),
            "Enter" => choose(search.at.get_untracked()),
            _ => return,
        }
        event.prevent_default();
    };
    let current = move || {
        let some = search.shown.with(|shown| !shown.is_empty());
        some.then(|| format!("{active}-{}", search.at.get()))
    };
    let found = move || words::count(search.shown.with(Vec::len) as u64, "match", "matches");
    let options = move || {
        let option = |(at, offer): (usize, Offer)| {
            view! {
                <li
                    id=format!("{id}-{at}")
                    role="option"
                    aria-selected=move || (search.at.get() == at).to_string()
                    on:click=move |_| choose(at)
                >
                    <span dir="auto">{offer.label}</span>
                    <span class="muted small">{offer.kind}</span>
                </li>
            }
        };
        let shown = search.shown.get();
        shown.into_iter().enumerate().map(option).collect_view()
    };
    view! {
        <input
            node_ref=input
            type="text"
            class="input"
            role="combobox"
            aria-label="A page, an account, an assumption or an action"
            placeholder="A page, an account, an assumption or an action"
            aria-autocomplete="list"
            aria-expanded="true"
            aria-controls=list.clone()
            aria-activedescendant=current
            autocomplete="off"
            spellcheck="false"
            on:input=move |event| search.take(event_target_value(&event))
            on:keydown=on_key
        />
        <ul id=list class="options" role="listbox" aria-label="Matches">{options}</ul>
        <p class="muted small" role="status">{found}</p>
    }
}

fn run(app: App, dialogs: Dialogs, command: Command) {
    match command {
        Command::Go(place) => app.route_to(&place),
        Command::Field(key) => {
            let spec = crate::registry::assumption(key);
            if spec.is_some_and(|spec| spec.section.is_deal()) {
                let place = crate::view::deals::place(key);
                app.route_to(&place);
            } else {
                dialogs.panel.set(true);
            }
            // The field may first have to be there.
            later(50, move || go_to(key));
        }
        Command::Act(act) => act_on(app, dialogs, act),
    }
}

fn act_on(app: App, dialogs: Dialogs, act: Act) {
    match act {
        Act::Files => {
            app.route_to(&Route::to(Page::Orders));
            click(IMPORT_FILE);
        }
        Act::Share => dialogs.show(dialogs.share),
        Act::Save => crate::web::share::save_project(app),
        Act::Export => app.export(ExportOf::Accounts(app.query()), ExportFormat::Csv),
        Act::Undo => app.undo(),
        Act::Redo => app.redo(),
        Act::Wear(theme) => {
            let display = app.display.get_untracked().as_ref().clone();
            app.dispatch(Edit::SetDisplay(Display { theme, ..display }));
        }
        Act::Settings => dialogs.show(dialogs.settings),
        Act::Help => dialogs.show(dialogs.help),
    }
}

/// Clicks an element, where there is one; a hidden one too.
fn click(id: &str) {
    use wasm_bindgen::JsCast;
    let found = document().get_element_by_id(id);
    if let Some(element) = found.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
        element.click();
    }
}
