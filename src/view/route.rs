//! Where the user is: the page, the account, and how a list is sorted and filtered, as the fragment
//! of the address.
//!
//! A route is total: any text gives one, and what is not understood falls back to the Orders page.
//! It is written back in one canonical way, so that a reload and a link land in place. A fragment
//! may hold a shared link behind its `?`; `codec` reads that, and it is no part of the route.

use std::fmt;

/// The pages of the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Page {
    /// Bringing orders in.
    #[default]
    Orders,
    /// Who should have ordered, and why accounts leave.
    Today,
    /// The accounts, and one in detail.
    Accounts,
    /// What counts as value, and the analyses of the book.
    Value,
    /// What a deal is worth before it is quoted.
    Deals,
    /// What accounts could buy beside, and which lever of their value to pull first.
    Growth,
    /// What could be otherwise: scenarios, sensitivity, goals, uncertainty.
    Scenarios,
    /// Commission schemes on the order history.
    Commission,
}

impl Page {
    /// Every page, in the order of the tabs.
    pub const ALL: [Self; 8] = [
        Self::Orders,
        Self::Today,
        Self::Accounts,
        Self::Value,
        Self::Deals,
        Self::Growth,
        Self::Scenarios,
        Self::Commission,
    ];

    /// The name in the address.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Orders => "orders",
            Self::Today => "today",
            Self::Accounts => "accounts",
            Self::Value => "value",
            Self::Deals => "deals",
            Self::Growth => "growth",
            Self::Scenarios => "scenarios",
            Self::Commission => "commission",
        }
    }

    /// The name on its tab.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Orders => "Orders",
            Self::Today => "Today",
            Self::Accounts => "Accounts",
            Self::Value => "Value",
            Self::Deals => "Deals",
            Self::Growth => "Growth",
            Self::Scenarios => "Scenarios",
            Self::Commission => "Commission",
        }
    }
}

/// A place in the app.
///
/// ```
/// use perennial::view::route::{Page, Route};
/// let route = Route::parse("#/accounts/17?sort=revenue&q=M%C3%BCller");
/// assert_eq!((route.page, route.account), (Page::Accounts, Some(17)));
/// assert_eq!(route.get("q"), Some("Müller"));
/// assert_eq!(route.to_string(), "#/accounts/17?sort=revenue&q=M%C3%BCller");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Route {
    /// The page.
    pub page: Page,
    /// On the Accounts page: the account shown in detail, by its position in the book.
    pub account: Option<u32>,
    /// Sorting, filters and the like, in the order written.
    pub query: Vec<(String, String)>,
}

impl Route {
    /// The first view of a page.
    pub const fn to(page: Page) -> Self {
        Self {
            page,
            account: None,
            query: Vec::new(),
        }
    }

    /// Reads a fragment, with or without its `#`.
    pub fn parse(fragment: &str) -> Self {
        let text = fragment.trim_start_matches('#').trim_start_matches('/');
        let (path, query) = text.split_once('?').unwrap_or((text, ""));
        let mut parts = path.split('/');
        let first = parts.next().unwrap_or("");
        let page = Page::ALL
            .into_iter()
            .find(|page| page.key() == first)
            .unwrap_or_default();
        let account = match page {
            Page::Accounts => parts.next().and_then(|id| id.parse().ok()),
            _ => None,
        };
        let query = query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .map(|(key, value)| (decode(key), decode(value)))
            .collect();
        Self {
            page,
            account,
            query,
        }
    }

    /// The part of a fragment that is a shared link, if it holds one.
    pub fn link(fragment: &str) -> Option<&str> {
        let (_, query) = fragment.split_once('?')?;
        crate::codec::link::is_link(query).then_some(query)
    }

    /// The offer as a customer sees it, and nothing else.
    pub fn presented() -> Self {
        Self::to(Page::Deals)
            .with("tab", "customer")
            .with("present", "on")
    }

    /// Whether only what a customer may see is shown.
    pub fn is_presented(&self) -> bool {
        self.page == Page::Deals && self.get("present") == Some("on")
    }

    /// The value of a query key.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(k, _)| k == key)
            .map(|(_, value)| value.as_str())
    }

    /// The same place with one query key set, or removed when the value is empty.
    #[must_use]
    pub fn with(&self, key: &str, value: &str) -> Self {
        let mut route = self.clone();
        match route.query.iter_mut().find(|(k, _)| k == key) {
            Some(pair) => value.clone_into(&mut pair.1),
            None => route.query.push((key.to_owned(), value.to_owned())),
        }
        route.query.retain(|(_, value)| !value.is_empty());
        route
    }

    /// The same list with another account open, or none.
    #[must_use]
    pub fn with_account(&self, account: Option<u32>) -> Self {
        Self {
            account,
            ..self.clone()
        }
    }

    /// The query keys that start with a prefix, without it: filters are `f.segment=Aerospace`.
    pub fn prefixed<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.query.iter().filter_map(move |(key, value)| {
            key.strip_prefix(prefix).map(|key| (key, value.as_str()))
        })
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#/{}", self.page.key())?;
        if let Some(account) = self.account {
            write!(f, "/{account}")?;
        }
        for (at, (key, value)) in self.query.iter().enumerate() {
            f.write_str(if at == 0 { "?" } else { "&" })?;
            encode(key, f)?;
            f.write_str("=")?;
            encode(value, f)?;
        }
        Ok(())
    }
}

/// Percent-encodes all but what reads well and is allowed in a fragment.
fn encode(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~' | b',' | b':') {
            write!(f, "{}", char::from(byte))?;
        } else {
            write!(f, "%{byte:02X}")?;
        }
    }
    Ok(())
}

/// Undoes [`encode`]; what is no valid escape stays as it is, bytes that are no UTF-8 are replaced.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let escape = match (first, after) {
            (b'%', [high, low, tail @ ..]) => hex(*high)
                .zip(hex(*low))
                .map(|(high, low)| (high * 16 + low, tail)),
            (b'+', tail) => Some((b' ', tail)),
            _ => None,
        };
        let (byte, tail) = escape.unwrap_or((first, after));
        bytes.push(byte);
        rest = tail;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit)
        .to_digit(16)
        .and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_is_a_place() {
        for text in [
            "",
            "#",
            "#/",
            "#/nowhere",
            "nonsense",
            "#/accounts/x",
            "#/%",
            "#/orders?%zz=%",
        ] {
            let route = Route::parse(text);
            assert_eq!(Route::parse(&route.to_string()), route, "{text}");
        }
        assert_eq!(Route::parse("").page, Page::Orders);
        assert_eq!(Route::parse("#/accounts/x").page, Page::Accounts);
    }

    #[test]
    fn odd_characters_survive() {
        let route = Route::to(Page::Accounts)
            .with("q", "a&b=c#d/é +%")
            .with("f.segment", "Öl & Gas");
        assert_eq!(Route::parse(&route.to_string()), route);
        assert_eq!(
            route.prefixed("f.").collect::<Vec<_>>(),
            [("segment", "Öl & Gas")]
        );
    }

    #[test]
    fn an_empty_value_removes_the_key() {
        let route = Route::parse("#/value?tab=segments").with("tab", "");
        assert_eq!(route.to_string(), "#/value");
    }

    #[test]
    fn a_shared_link_is_told_from_a_place() {
        assert_eq!(
            Route::link("#/value?v=1&margin=40&c=0"),
            Some("v=1&margin=40&c=0")
        );
        assert_eq!(Route::link("#/accounts?q=x"), None);
    }
}
