//! What a place in the app needs computed: the route and the table's choice, as a request.

use crate::document::TableChoice;
use crate::jobs::protocol::{Query, Want};

use super::route::{Page, Route};

/// The analyses of the Value page, in the order of its sections: key and heading.
pub const SHEETS: &[(&str, &str)] = &[
    ("reshuffle", "Who is really best"),
    ("segments", "Segments"),
    ("gross_profit", "Gross profit"),
    ("streams", "Streams"),
    ("specs", "Repeat specifications"),
    ("tree", "Account tree"),
];

/// The request for a place.
pub fn of(route: &Route, table: &TableChoice, window: (u32, u32)) -> Want {
    let on_value = route.page == Page::Value;
    let tab = route.get("tab").unwrap_or("");
    Want {
        book: true,
        methods: on_value,
        waterfall: on_value,
        sheets: if on_value { sheets(tab) } else { Vec::new() },
        table: (route.page == Page::Accounts).then(|| query(route, table, window)),
        account: route.account,
    }
}

/// The analyses a tab of the Value page shows.
fn sheets(tab: &str) -> Vec<String> {
    let known = SHEETS.iter().find(|(key, _)| *key == tab);
    vec![known.map_or("cash", |(key, _)| *key).to_owned()]
}

/// The window of the accounts table that a route asks for.
pub fn query(route: &Route, table: &TableChoice, (from, count): (u32, u32)) -> Query {
    Query {
        search: route.get("q").unwrap_or("").to_owned(),
        filters: route
            .prefixed("f.")
            .map(|(key, value)| (key.into(), value.into()))
            .collect(),
        sort: route.get("sort").unwrap_or("").to_owned(),
        descending: route.get("order") != Some("up"),
        columns: table.columns.clone(),
        from,
        count,
    }
}
