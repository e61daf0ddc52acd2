//! What opening a link or a project file would change, as a list to be read before it is agreed to.

use crate::assumptions::{Origin, Spec, Used, print};
use crate::commission::{Scheme, Schemes};
use crate::document::Document;
use crate::growth::Growth;
use crate::orders::plan::Orders;
use crate::registry;
use crate::scenario::Scenarios;

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What differs.
    pub label: String,
    /// As it is now.
    pub now: String,
    /// As it would be.
    pub then: String,
}

/// The value that an assumption has in the document `now`; `used` are those of what is on screen, which
/// may be what was opened: what is chosen there is not chosen here.
fn value_now(now: &Document, used: &[Used], spec: &Spec) -> String {
    if let Some(setting) = now.assumptions.chosen.get(spec.key) {
        return setting.value.clone();
    }
    let used = used.iter().find(|used| used.key == spec.key);
    let value = used.and_then(|used| match used.origin {
        Origin::Default | Origin::Data => Some(used.value.clone()),
        _ => used.from_data.clone(),
    });
    value.unwrap_or_else(|| spec.default.to_owned())
}

/// All differences between the document and the opened one. `used` are the values in use now, for
/// what the document itself leaves to the data or the defaults.
pub fn differences(
    now: &Document,
    then: &Document,
    used: &[Used],
    with_orders: bool,
) -> Vec<Difference> {
    let mut list: Vec<Difference> = registry::assumptions()
        .filter_map(|spec| {
            let before = now.assumptions.chosen.get(spec.key);
            let after = then.assumptions.chosen.get(spec.key);
            if before.is_none() && after.is_none() {
                return None;
            }
            let from = value_now(now, used, spec);
            let to = after.map(|setting| setting.value.clone());
            if to.as_ref() == Some(&from) {
                return None;
            }
            Some(Difference {
                label: spec.label.to_owned(),
                now: print(spec, &from),
                then: to.map_or_else(
                    || "your data's, or the default".to_owned(),
                    |to| print(spec, &to),
                ),
            })
        })
        .collect();
    if now.display.company.is_empty() && !then.display.company.is_empty() {
        list.push(Difference {
            label: "Your company, on offers".into(),
            now: "none".into(),
            then: then.display.company.clone(),
        });
    }
    if now.as_of != then.as_of {
        let day = |date: Option<crate::base::Date>| {
            date.map_or_else(|| "the last order".to_owned(), |date| date.to_string())
        };
        list.push(Difference {
            label: "Orders count up to".into(),
            now: day(now.as_of),
            then: day(then.as_of),
        });
    }
    // A document without any leaves those that are there.
    if now.scenarios != then.scenarios && !then.scenarios.is_empty() {
        list.push(Difference {
            label: "Scenarios".into(),
            now: scenarios(&now.scenarios),
            then: scenarios(&then.scenarios),
        });
    }
    if now.growth != then.growth && !then.growth.is_empty() {
        let words = |growth: &Growth| match growth.offers().len() {
            _ if growth.is_example() => "the examples".to_owned(),
            1 => "1 offer".to_owned(),
            n => format!("{n} offers"),
        };
        list.push(Difference {
            label: "Upsells and levers".into(),
            now: words(&now.growth),
            then: words(&then.growth),
        });
    }
    if now.schemes != then.schemes && !then.schemes.is_empty() {
        list.push(Difference {
            label: "Commission schemes".into(),
            now: schemes(&now.schemes),
            then: schemes(&then.schemes),
        });
    }
    let notes = then.marks.accounts.iter();
    let notes = notes.filter(|(name, mark)| now.marks.accounts.get(*name) != Some(*mark));
    let programme =
        then.review.programme.is_some() && then.review.programme != now.review.programme;
    let causes = then.review.causes.iter();
    let causes = causes.filter(|(name, cause)| now.review.causes.get(*name) != Some(*cause));
    for (label, count) in [
        ("Notes and marks of accounts", notes.count()),
        ("Judged causes of loss", causes.count()),
        ("The programme that is measured", usize::from(programme)),
    ] {
        if count > 0 {
            list.push(Difference {
                label: label.into(),
                now: "yours".into(),
                then: match count {
                    1 => "1 that differs".into(),
                    n => format!("{n} that differ"),
                },
            });
        }
    }
    if with_orders && now.orders != then.orders {
        list.push(Difference {
            label: "Orders".into(),
            now: orders(&now.orders),
            then: orders(&then.orders),
        });
    }
    list
}

/// Where orders come from, in words.
pub fn orders(orders: &Orders) -> String {
    match orders {
        Orders::None => "none".into(),
        Orders::Sample => "the sample".into(),
        Orders::Files(import) => {
            let names: Vec<&str> = import.files.iter().map(|file| file.name.as_str()).collect();
            names.join(", ")
        }
    }
}

/// Scenarios by their names, and how many ranges there are.
fn scenarios(scenarios: &Scenarios) -> String {
    let mut words: Vec<String> = scenarios
        .list()
        .iter()
        .map(|one| one.name().to_owned())
        .collect();
    match scenarios.ranges().len() {
        0 => {}
        1 => words.push("1 range".into()),
        n => words.push(format!("{n} ranges")),
    }
    if words.is_empty() {
        return "none".into();
    }
    words.join(", ")
}

/// Schemes by their names.
fn schemes(schemes: &Schemes) -> String {
    let names: Vec<&str> = schemes.list().iter().map(Scheme::name).collect();
    if names.is_empty() {
        return "none".into();
    }
    names.join(", ")
}

/// Whether a document holds nothing of the user's own that an opened one could hide.
pub fn is_untouched(document: &Document) -> bool {
    document.assumptions.chosen.is_empty()
        && document.as_of.is_none()
        && document.scenarios.is_empty()
        && document.growth.is_empty()
        && document.schemes.is_empty()
        && matches!(document.orders.as_ref(), Orders::Sample | Orders::None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Edit;

    fn with(key: &str, value: &str) -> Document {
        let mut document = Document::default();
        let edit = Edit::Set {
            key: key.into(),
            value: value.into(),
            shown: None,
        };
        document.apply(edit).unwrap();
        document
    }

    #[test]
    fn only_what_differs_is_listed() {
        let now = with("retention", "80");
        assert!(differences(&now, &now, &[], true).is_empty());
        let list = differences(&now, &with("retention", "90"), &[], true);
        assert_eq!(list.len(), 1);
        assert_eq!(
            (list[0].now.as_str(), list[0].then.as_str()),
            ("80 %/year", "90 %/year")
        );
    }

    #[test]
    fn what_would_fall_back_is_listed_too() {
        let list = differences(&with("retention", "80"), &with("cac", "1"), &[], false);
        assert_eq!(list.len(), 2);
    }

    #[test]
    fn notes_that_a_file_brings_are_listed() {
        let mut then = Document::default();
        let note = crate::document::MarkChange::Note("Theirs".into());
        let account = "Acme".into();
        then.apply(Edit::Mark {
            account,
            change: note,
        })
        .unwrap();
        let list = differences(&Document::default(), &then, &[], false);
        let labels: Vec<&str> = list.iter().map(|one| one.label.as_str()).collect();
        assert_eq!(labels, ["Notes and marks of accounts"]);
        assert!(differences(&then, &then, &[], false).is_empty());
    }

    #[test]
    fn a_first_visit_has_nothing_to_lose() {
        assert!(is_untouched(&Document::default()));
        assert!(!is_untouched(&with("cac", "1")));
    }
}
