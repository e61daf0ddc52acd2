//! Who leads whom, and which names are the house: said once for all schemes.

use leptos::prelude::*;

use crate::commission::Change;

use super::Handles;

pub(super) fn section(h: Handles) -> AnyView {
    let names = Memo::new(move |_| {
        h.found
            .with(|found| found.as_ref().map(|found| found.sellers.clone()))
            .unwrap_or_default()
    });
    let none = move || names.with(Vec::is_empty);
    view! {
        <section class="card card-body" hidden=none>
            <details>
                <summary>"Managers, and names that are the house"</summary>
                <p class="muted">"A manager earns the override of a scheme on the orders of those they lead. The house is paid nothing."</p>
                <div class="table-scroll" tabindex="0" role="region" aria-label="Managers">
                    <table class="table">
                        <thead>
                            <tr>
                                <th scope="col">"Name in the orders"</th>
                                <th scope="col">"Manager"</th>
                                <th scope="col">"House"</th>
                            </tr>
                        </thead>
                        <tbody>
                            <For each=move || names.get() key=String::clone let(name)>
                                {row(h, &name)}
                            </For>
                        </tbody>
                    </table>
                </div>
            </details>
        </section>
    }
    .into_any()
}

fn row(h: Handles, name: &str) -> AnyView {
    let of = StoredValue::new(name.to_owned());
    let manager = move || {
        of.with_value(|name| {
            h.schemes
                .with(|all| all.people().managers.get(name).cloned())
                .unwrap_or_default()
        })
    };
    let house =
        move || of.with_value(|name| h.schemes.with(|all| all.people().house.contains(name)));
    let on_manager = move |event| {
        let typed = event_target_value(&event);
        let chosen = Some(typed.trim().to_owned()).filter(|name| !name.is_empty());
        if let Some(name) = of.try_get_value() {
            h.make(Change::Manager(name, chosen));
        }
    };
    let on_house = move |event| {
        h.make(Change::House(of.get_value(), event_target_checked(&event)));
    };
    view! {
        <tr>
            <th scope="row">{name.to_owned()}</th>
            <td>
                <input
                    type="text"
                    class="input"
                    aria-label=format!("Manager of {name}")
                    prop:value=manager
                    on:change=on_manager
                />
            </td>
            <td>
                <input type="checkbox" aria-label=format!("{name} is the house") prop:checked=house on:change=on_house/>
            </td>
        </tr>
    }
    .into_any()
}
