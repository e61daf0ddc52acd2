//! Any JSON to a valid catalogue: what can be read is kept, what cannot is named.

use serde::Deserialize;
use serde_json::Value;

use crate::assumptions::Spec;
use crate::base::Refused;
use crate::base::money::parse_plain;
use crate::registry::entry::shortened;

use super::change::{Change, canonical};
use super::inputs::{Business, Levers, Terms, spec};
use super::state::{Growth, Month, To, Values};

/// Where something is wrong below `growth`, and what.
pub type Unread = Vec<(String, String)>;

impl Growth {
    /// Restores it; what cannot be read is left out and named.
    ///
    /// ```
    /// use perennial::growth::Growth;
    /// let value = serde_json::json!({"offers": [{"name": "Audit", "values": {"fee": 900, "x": 1}}]});
    /// let (growth, unread) = Growth::restore(&value);
    /// assert_eq!(growth.offers()[0].values()["fee"], "900");
    /// assert_eq!(unread[0].0, "offers[0].x");
    /// ```
    pub fn restore(value: &Value) -> (Self, Unread) {
        let (mut found, mut unread) = (Self::default(), Unread::new());
        if let Some(offers) = value.get("offers").and_then(Value::as_array) {
            found.offers = Some(Vec::new());
            for (at, offer) in offers.iter().enumerate() {
                found.restore_offer(offer, &format!("offers[{at}]"), &mut unread);
            }
        }
        found.business = values(
            value.get("business"),
            Business::SPECS,
            "business",
            &mut unread,
        );
        found.levers = values(value.get("levers"), Levers::SPECS, "levers", &mut unread);
        let list = |key: &str| {
            value
                .get(key)
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
        };
        for (at, month) in list("record").enumerate() {
            let change = Month::deserialize(month).map(Change::Record);
            found.take(format!("record[{at}]"), change, &mut unread);
        }
        for (at, attached) in list("attached").enumerate() {
            let change = <(To, u32)>::deserialize(attached)
                .map(|(to, offer)| Change::Attach(to, offer, true));
            found.take(format!("attached[{at}]"), change, &mut unread);
        }
        (found, unread)
    }

    fn restore_offer(&mut self, offer: &Value, at: &str, unread: &mut Unread) {
        let text = |key: &str| offer.get(key).and_then(Value::as_str).unwrap_or_default();
        let values = values(offer.get("values"), Terms::SPECS, at, unread);
        match self.add(text("name"), text("about"), values) {
            Ok((_, given)) => {
                let id = offer.get("id").and_then(Value::as_u64);
                let id = id.and_then(|id| u32::try_from(id).ok());
                let id = id.filter(|id| (1..u32::MAX).contains(id));
                let offers = self.offers.as_mut();
                if let Some((id, offers)) = id.zip(offers)
                    && !offers.iter().any(|one| one.id == id)
                    && let Some(one) = offers.iter_mut().find(|one| one.id == given)
                {
                    one.id = id;
                }
            }
            Err(why) => unread.push((at.to_owned(), why.into())),
        }
    }

    fn take(&mut self, at: String, change: Result<Change, serde_json::Error>, unread: &mut Unread) {
        let change = change.map_err(|error| Refused::from(error.to_string()));
        match change.and_then(|change| self.changed(change)) {
            Ok(changed) => *self = changed.growth,
            Err(why) => unread.push((at, why.into())),
        }
    }
}

fn values(value: Option<&Value>, specs: &'static [Spec], at: &str, unread: &mut Unread) -> Values {
    let mut found = Values::new();
    for (key, value) in value.and_then(Value::as_object).into_iter().flatten() {
        let text = match value {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => {
                let text = number.to_string();
                let plain = text.strip_suffix(".0").unwrap_or(&text);
                let short = parse_plain(plain).map(|d| d.normalize().to_string());
                Some(short.unwrap_or(text))
            }
            _ => None,
        };
        let read = match (spec(specs, key), text) {
            (Some(spec), Some(text)) => canonical(spec, &text),
            (None, _) => Err("There is no such value.".into()),
            (_, None) => Err("No value.".into()),
        };
        match read {
            Ok(text) => {
                found.insert(key.clone(), text);
            }
            Err(why) => unread.push((format!("{at}.{}", shortened(key)), why.into())),
        }
    }
    found
}
