//! Schemes in the document: undo, storage, files and links.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::float_cmp)]

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
    let curve = "80: 1000; 100: 3000".to_owned();
    changes.push(Change::Aim("target_bonus".into(), Some(curve)));
    changes.push(Change::Aim("target_revenue".into(), Some("7,5 %".into())));
    let point = ("2,5".to_owned(), "-1".to_owned());
    changes.push(Change::Point("response".into(), None, Some(point)));
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
    for _ in 0..=ready::ALL.len() + 6 {
        desk.undo();
    }
    assert_eq!(*desk.document().schemes, Schemes::default());
}

#[test]
fn a_curve_is_changed_point_by_point_each_a_step_of_undo() {
    let point = |at, from: &str, worth: &str| {
        let point = Some((from.to_owned(), worth.to_owned()));
        Change::Point("target_bonus".into(), at, point)
    };
    let mut desk = desk_of(vec![
        point(None, "100", "3 000"),
        point(None, "80", "1000"),
        // Moved behind the other one.
        point(Some(0), "120", "1000"),
    ]);
    let text = |desk: &Desk| desk.document().schemes.aim_text("target_bonus").to_owned();
    assert_eq!(text(&desk), "100: 3000; 120: 1000");
    for (wrong, why) in [
        (point(None, "120", "5"), "already"),
        (point(None, "x", "5"), "number"),
        (point(None, "90", ""), "number"),
        (point(None, "90", "1; 95: 2"), "one number in each field"),
        (point(Some(7), "90", "1"), "not there any more"),
        (Change::Aim("luck".into(), None), "no target"),
    ] {
        let refused = desk.document().with_schemes(wrong.clone()).unwrap_err();
        assert!(refused.to_string().contains(why), "{wrong:?}: {refused}");
    }
    let gone = Change::Point("target_bonus".into(), Some(0), None);
    let edit = desk.document().with_schemes(gone).unwrap();
    desk.apply(edit).unwrap();
    assert_eq!(text(&desk), "120: 1000");
    desk.undo();
    desk.undo();
    assert_eq!(text(&desk), "80: 1000; 100: 3000");
    let aim = desk.document().schemes.aim();
    assert_eq!((aim.revenue, aim.customers), (0.05, 0));
    assert_eq!(aim.curve, [(0.8, 1_000.0), (1.0, 3_000.0)]);
}

#[test]
fn a_file_from_before_targets_has_none_and_wrong_ones_are_named() {
    let old =
        r#"{"schemes": {"list": [{"id": 1, "name": "A", "values": {"rate": 5}}], "current": 1}}"#;
    let opened = project::read(old.as_bytes()).unwrap();
    assert!(opened.repairs.is_empty());
    assert!(opened.document.schemes.aims().is_empty());
    let wrong =
        r#"{"schemes": {"aims": {"target_revenue": 12, "response": "5: 1; 2: 3", "luck": 1}}}"#;
    let opened = project::read(wrong.as_bytes()).unwrap();
    assert_eq!(opened.document.schemes.aim().revenue, 0.12);
    assert!(opened.document.schemes.response().points.is_empty());
    let named = format!("{:?}", opened.repairs);
    assert!(
        named.contains("aims.response") && named.contains("aims.luck"),
        "{named}"
    );
}
