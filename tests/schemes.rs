//! Schemes in the document: undo, storage, files and links.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::sync::Arc;

use perennial::codec::{link, project, wire};
use perennial::commission::{Change, Schemes, ready};
use perennial::document::Desk;

fn desk_of(changes: Vec<Change>) -> Desk {
    let mut desk = Desk::default();
    for change in changes {
        let edit = desk.document().with_schemes(change).unwrap();
        desk.apply(edit).unwrap();
        desk.seal();
    }
    desk
}

/// Every ready scheme, one of them changed and in use.
fn all() -> Desk {
    let mut changes: Vec<Change> = ready::ALL
        .iter()
        .map(|one| Change::Add(one.name.into(), Some(one.key.into())))
        .collect();
    changes.push(Change::Set(2, "rate".into(), Some("3,25 %".into())));
    changes.push(Change::Current(2));
    desk_of(changes)
}

#[test]
fn schemes_come_back_from_storage_files_and_links() {
    let desk = all();
    let schemes = &desk.document().schemes;
    let (stored, _, repairs) = wire::unstored(wire::stored(desk.document(), desk.history()));
    assert_eq!((&stored.schemes, repairs), (schemes, vec![]));
    let opened = project::read(project::write(desk.document(), &[]).as_bytes()).unwrap();
    assert_eq!(
        (&opened.document.schemes, opened.repairs),
        (schemes, vec![])
    );
    let made = link::encode(desk.document(), &[]);
    let opened = link::decode(&made.query).unwrap();
    assert_eq!(
        (&opened.document.schemes, opened.repairs),
        (schemes, vec![])
    );
    assert!(
        made.holds
            .iter()
            .any(|held| held.label == "Scheme 3 % of everything"
                && held.value.contains("Rate 3.25 %"))
    );
}

#[test]
fn a_link_names_no_customer_and_nobodys_manager() {
    let shares = "Ana = 50; Ben = 50; Acme > Ana = 25; Acme > Ben = 75";
    let desk = desk_of(vec![
        Change::Add("Ours".into(), None),
        Change::Set(1, "splits".into(), Some(shares.into())),
        Change::Manager("Ana".into(), Some("Tom".into())),
    ]);
    let made = link::encode(desk.document(), &[]);
    assert!(
        !made.query.contains("Acme") && !made.query.contains("Tom"),
        "{}",
        made.query
    );
    let opened = link::decode(&made.query).unwrap().document;
    assert_eq!(
        opened.schemes.list()[0].values()["splits"],
        "Ana = 50; Ben = 50"
    );
    assert!(made.holds.iter().all(|held| !held.value.contains("Acme")));
}

#[test]
fn what_is_opened_without_schemes_leaves_those_that_are_there() {
    let mut desk = all();
    let kept = Arc::clone(&desk.document().schemes);
    let other = desk_of(Vec::new());
    let edit = perennial::document::Edit::Adopt {
        document: Box::new(other.document().clone()),
        with_orders: false,
        what: "a link".into(),
    };
    desk.apply(edit).unwrap();
    assert_eq!(desk.document().schemes, kept);
    for _ in 0..=ready::ALL.len() + 3 {
        desk.undo();
    }
    assert_eq!(*desk.document().schemes, Schemes::default());
}
