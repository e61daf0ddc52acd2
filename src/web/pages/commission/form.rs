//! The values of a scheme in groups; a group that is not used is folded away.

use std::sync::Arc;

use leptos::prelude::*;

use crate::assumptions::{Origin, Section, Spec, Used};
use crate::commission::{Change, inputs};
use crate::view::{commission, words};
use crate::web::ui::{self, Field, FieldState};

use super::Handles;

pub(super) fn groups(h: Handles, id: u32) -> AnyView {
    let used = Memo::new(move |before: Option<&Arc<Vec<Used>>>| {
        let now = h
            .schemes
            .with(|all| Some(Arc::new(all.get(id)?.resolved().all().to_vec())));
        now.or_else(|| before.cloned()).unwrap_or_default()
    });
    let group = |section: Section| {
        let fields = move || {
            let specs = inputs::of(section);
            specs.map(|spec| field(h, id, spec, used)).collect_view()
        };
        if section == Section::SchemeBasis {
            return view! { <div class="stack">{fields()}</div> }.into_any();
        }
        let in_use = Memo::new(move |_| {
            h.schemes.with(|all| {
                all.get(id)
                    .is_some_and(|one| inputs::in_use(section, one.values()))
            })
        });
        view! {
            <details class="panel-group" class:unused=move || !in_use.get() open=in_use.get_untracked()>
                <summary>
                    {words::section(section)}
                    <span class="chip accent" hidden=move || !in_use.get()>"used"</span>
                </summary>
                <div class="stack">{fields()}</div>
            </details>
        }
        .into_any()
    };
    let groups = inputs::SECTIONS.iter().map(|section| group(*section));
    groups.collect_view().into_any()
}

fn field(h: Handles, id: u32, spec: &'static Spec, all: Memo<Arc<Vec<Used>>>) -> AnyView {
    let state = Memo::new(move |_| {
        all.with(|all| {
            let used = all.iter().find(|used| used.key == spec.key);
            FieldState {
                value: used.map_or_else(|| spec.default.to_owned(), |used| used.value.clone()),
                origin: used.map_or(Origin::Default, |used| used.origin),
                from_data: None,
                disabled: used.and_then(|used| used.disabled.clone()),
            }
        })
    });
    let on_change = Callback::new(move |change: ui::Change| {
        h.make(Change::Set(id, spec.key.to_owned(), Some(change.value)));
        if !change.dragging {
            h.app.seal();
        }
    });
    let on_reset = Callback::new(move |_: &'static str| {
        h.make(Change::Set(id, spec.key.to_owned(), None));
        h.app.seal();
    });
    let idle = Memo::new(move |_| {
        h.schemes.with(|schemes| {
            let scheme = schemes.get(id);
            scheme.is_some_and(|scheme| !commission::applies(spec.key, scheme))
        })
    });
    view! { <div hidden=move || idle.get()><Field spec state on_change on_reset/></div> }.into_any()
}
