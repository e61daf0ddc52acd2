//! Display settings: theme, how numbers are written, the currency shown, where orders are kept.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::document::{Display, Edit, Theme};
use crate::web::state::App;
use crate::web::store::on_a_disk;
use crate::web::ui::Dialog;

/// Ways of writing numbers and dates, by language tag.
const LOCALES: &[(&str, &str)] = &[
    ("", "As the browser says"),
    ("en-US", "English (US): 1,234.56"),
    ("en-GB", "English (UK): 1,234.56"),
    ("de-DE", "Deutsch: 1.234,56"),
    ("de-CH", "Deutsch (Schweiz): 1’234.56"),
    ("fr-FR", "Français : 1 234,56"),
    ("es-ES", "Español: 1.234,56"),
    ("it-IT", "Italiano: 1.234,56"),
    ("nl-NL", "Nederlands: 1.234,56"),
    ("pl-PL", "Polski: 1 234,56"),
    ("sv-SE", "Svenska: 1 234,56"),
    ("en-IN", "English (India): 12,34,567.89"),
    ("ja-JP", "日本語: 1,234.56"),
];

/// Currencies offered; the data's own is always shown where it names one.
const CURRENCIES: &[&str] = &[
    "EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "JPY", "CNY", "INR",
    "CAD", "AUD", "MXN", "BRL", "KRW", "TRY", "ZAR",
];

const THEMES: [(Theme, &str, &str); 3] = [
    (Theme::System, "system", "As the system says"),
    (Theme::Light, "light", "Light"),
    (Theme::Dark, "dark", "Dark"),
];

/// The name of a theme in the page's markup.
pub fn theme_name(theme: Theme) -> &'static str {
    THEMES
        .iter()
        .find(|(each, _, _)| *each == theme)
        .map_or("system", |(_, name, _)| name)
}

/// The settings dialog.
#[component]
pub(crate) fn Settings(app: App, open: RwSignal<bool>) -> impl IntoView {
    let content = Callback::new(move |()| content(app).into_any());
    view! { <Dialog open title="Display settings" testid="settings" content/> }
}

fn content(app: App) -> impl IntoView {
    let change = move |edit: &dyn Fn(&mut Display)| app.change_display(edit);
    let on_theme = move |event| {
        let name = event_target_value(&event);
        if let Some((theme, _, _)) = THEMES.iter().find(|(_, each, _)| *each == name) {
            change(&|display| display.theme = *theme);
        }
    };
    let filled = |text: String| (!text.is_empty()).then_some(text);
    let on_locale = move |event| {
        let locale = filled(event_target_value(&event));
        change(&|display| display.locale.clone_from(&locale));
    };
    let on_currency = move |event| {
        let currency = filled(event_target_value(&event));
        change(&|display| display.currency.clone_from(&currency));
    };
    let on_single_keys = move |event| {
        let off = !event_target_checked(&event);
        change(&|display| display.no_single_keys = off);
    };
    let theme = move || app.display.with(|display| theme_name(display.theme));
    let locale = move || {
        app.display
            .with(|display| display.locale.clone().unwrap_or_default())
    };
    let currency = move || {
        app.display
            .with(|display| display.currency.clone().unwrap_or_default())
    };
    view! {
        <div class="stack settings">
            <label class="labelled">
                "Theme"
                <select class="select" data-testid="theme" on:change=on_theme>
                    {THEMES.map(|(_, name, label)| view! {
                        <option value=name prop:selected=move || theme() == name>{label}</option>
                    }).into_iter().collect_view()}
                </select>
            </label>
            <label class="labelled">
                "Numbers and dates"
                <select class="select" data-testid="locale" on:change=on_locale>
                    {LOCALES.iter().map(|&(tag, label)| view! {
                        <option value=tag prop:selected=move || locale() == tag>{label}</option>
                    }).collect_view()}
                </select>
            </label>
            <label class="labelled">
                "Currency shown where the orders name none"
                <select class="select" data-testid="currency" on:change=on_currency>
                    <option value="" prop:selected=move || currency().is_empty()>"None: plain numbers"</option>
                    {CURRENCIES.iter().map(|&code| view! {
                        <option value=code prop:selected=move || currency() == code>{code}</option>
                    }).collect_view()}
                </select>
            </label>
            <label class="check">
                <input
                    type="checkbox"
                    data-testid="single-keys"
                    prop:checked=move || app.display.with(|display| !display.no_single_keys)
                    on:change=on_single_keys
                />
                "Keys without Ctrl: / searches the accounts, ? shows the help"
            </label>
            <p class="muted">"No amount is ever converted here; a currency is converted only at rates that you enter when you import."</p>
            <KeepOrders app/>
        </div>
    }
}

/// Whether orders stay on this device.
#[component]
fn KeepOrders(app: App) -> impl IntoView {
    let keep = app.keeps_orders();
    view! {
        <label class="check">
            <input
                type="checkbox"
                data-testid="keep-orders"
                prop:checked=keep
                on:change=move |event| app.dispatch(Edit::KeepOrders(event_target_checked(&event)))
            />
            "Keep the order files in this browser, so that a reload finds them"
        </label>
        <p class="muted">
            "Otherwise they stay in memory and are gone when the page closes; assumptions are kept either way."
            {on_a_disk().then_some(" Perennial was opened from a disk, where other pages may be able to read what is kept, so orders are kept only if you say so.")}
        </p>
        <DeleteAll app/>
    }
}

/// Forgets everything, after a second click.
#[component]
fn DeleteAll(app: App) -> impl IntoView {
    let sure = RwSignal::new(false);
    let on_click = move |_| {
        if !sure.get_untracked() {
            sure.set(true);
            return;
        }
        spawn_local(async move {
            app.store.delete_everything().await;
            // A page that refuses to reload still has nothing saved.
            drop(window().location().reload());
        });
    };
    view! {
        <button type="button" class="button danger" data-testid="delete-all" on:click=on_click>
            {move || if sure.get() {
                "Really delete everything Perennial has saved in this browser"
            } else {
                "Delete everything saved in this browser"
            }}
        </button>
    }
}
