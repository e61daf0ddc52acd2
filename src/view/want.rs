//! What a place in the app needs computed: the route and the table's choice, as a request.

use crate::assumptions::print;
use crate::base::packed::pack;
use crate::document::TableChoice;
use crate::jobs::protocol::{Query, Results, Want, Watched};
use crate::registry;

use super::route::{Page, Route};
use super::today;

/// The tabs of the Value page: key and heading.
pub const TABS: &[(&str, &str)] = &[
    ("", "Definition and methods"),
    ("reshuffle", "Who is really best"),
    ("segments", "Segments"),
    ("gross_profit", "Gross profit"),
    ("acquisition", "Acquisition"),
    ("streams", "Streams"),
    ("specs", "Repeat specifications"),
    ("tree", "Account tree"),
];

/// What the accounts are sorted by until the user says otherwise.
pub const FIRST_SORT: &str = "lifetime";

/// The request for a place; `watched` is asked only where it matters.
pub fn of(
    route: &Route,
    table: &TableChoice,
    window: (u32, u32),
    watched: impl FnOnce() -> Watched,
) -> Want {
    let on_value = route.page == Page::Value;
    let on_today = route.page == Page::Today;
    let tab = route.get("tab").unwrap_or("");
    let watch = today::sheets_of(tab).iter().filter(|_| on_today);
    Want {
        book: true,
        methods: on_value,
        waterfall: on_value,
        sheets: sheets_of(tab)
            .iter()
            .filter(|_| on_value)
            .map(|&key| key.to_owned())
            .collect(),
        table: (route.page == Page::Accounts).then(|| query(route, table, window)),
        account: route.account,
        today: on_today && tab.is_empty(),
        watch: watch.map(|&key| key.to_owned()).collect(),
        watched: if on_today || route.account.is_some() {
            watched()
        } else {
            Watched::default()
        },
        page: None,
    }
}

/// The analyses that a tab of the Value page shows.
pub fn sheets_of(tab: &str) -> &'static [&'static str] {
    match tab {
        "reshuffle" => &["reshuffle", "concentration", "methods_by_account"],
        "segments" => &["segments", "methods_by_segment"],
        "gross_profit" => &["gross_profit", "price_volume"],
        "streams" => &["streams"],
        "specs" => &["specs"],
        "acquisition" => &["acquisition"],
        "tree" => &["tree", "orphans"],
        _ => &["cash", "payback"],
    }
}

/// What a workbook says about its figures, packed as `codec::xlsx_out::About`.
pub fn about(results: &Results) -> Vec<u8> {
    let value = |key: &str| {
        let used = results.used.iter().find(|used| used.key == key);
        let spec = registry::assumption(key);
        used.zip(spec)
            .map(|(used, spec)| print(spec, &used.value))
            .unwrap_or_default()
    };
    let definition = format!(
        "Value is {}; headline method {}",
        value("basis"),
        value("method")
    );
    let notes: Vec<(&str, String)> = results
        .used
        .iter()
        .filter_map(|used| {
            let spec = registry::assumption(&used.key)?;
            // A deal's are no part of the figures of the book.
            if spec.section.is_deal() {
                return None;
            }
            Some((spec.label, print(spec, &used.value)))
        })
        .collect();
    pack(&("Exported from Perennial", results.as_of, definition, notes))
}

/// The window of the accounts table that a route asks for.
pub fn query(route: &Route, table: &TableChoice, (from, count): (u32, u32)) -> Query {
    Query {
        search: route.get("q").unwrap_or("").to_owned(),
        filters: route
            .prefixed("f.")
            .map(|(key, value)| (key.into(), value.into()))
            .collect(),
        sort: route.get("sort").unwrap_or(FIRST_SORT).to_owned(),
        descending: route.get("order") != Some("up"),
        columns: table.columns.clone(),
        from,
        count,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_asks_for_what_it_shows_and_no_more() {
        let want = |text: &str| {
            of(
                &Route::parse(text),
                &TableChoice::default(),
                (0, 60),
                Watched::default,
            )
        };
        let orders = want("#/orders");
        assert!(orders.book && !orders.methods && orders.table.is_none());
        let accounts = want("#/accounts/3?q=x&f.segment=Rail&order=up");
        let query = accounts.table.unwrap();
        assert_eq!(
            (accounts.account, query.search.as_str(), query.descending),
            (Some(3), "x", false)
        );
        assert_eq!(query.filters, [("segment".to_owned(), "Rail".to_owned())]);
        assert_eq!(query.sort, FIRST_SORT);
        assert_eq!(want("#/value").sheets, ["cash", "payback"]);
        for (tab, _) in TABS.iter().filter(|(tab, _)| !tab.is_empty()) {
            assert_ne!(
                want(&format!("#/value?tab={tab}")).sheets,
                ["cash", "payback"]
            );
        }
    }

    #[test]
    fn every_analysis_asked_for_exists() {
        let of_lines = [crate::value::sheets::price_volume::KEY];
        let known: Vec<&str> = crate::value::sheets::keys().chain(of_lines).collect();
        for (tab, _) in TABS {
            for key in sheets_of(tab) {
                assert!(known.contains(key), "{key}");
            }
        }
    }
}
