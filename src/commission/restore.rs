//! Any JSON to valid schemes: what can be read is kept, what cannot is named.

use serde_json::Value;

use crate::base::money::parse_plain;
use crate::registry::entry::shortened;

use super::change::{Change, canonical};
use crate::assumptions::Spec;

use super::inputs::{aims, spec};
use super::state::{Schemes, Values};

/// Where something is wrong below `schemes`, and what.
pub type Unread = Vec<(String, String)>;

impl Schemes {
    /// Restores them; what cannot be read is left out and named.
    ///
    /// ```
    /// use perennial::commission::Schemes;
    /// let value = serde_json::json!({"list": [{"name": "Ours", "values": {"rate": 7, "x": 1}}]});
    /// let (schemes, unread) = Schemes::restore(&value);
    /// assert_eq!(schemes.list()[0].values()["rate"], "7");
    /// assert_eq!(unread[0].0, "list[0].x");
    /// ```
    pub fn restore(value: &Value) -> (Self, Unread) {
        let (mut found, mut unread) = (Self::default(), Unread::new());
        let list = value.get("list").and_then(Value::as_array);
        for (at, scheme) in list.into_iter().flatten().enumerate() {
            found.restore_scheme(scheme, &format!("list[{at}]"), &mut unread);
        }
        let number = |value: Option<&Value>| value?.as_u64().and_then(|id| u32::try_from(id).ok());
        if let Some(id) = number(value.get("current")) {
            found.take("current".into(), Change::Current(id), &mut unread);
        }
        let people = value.get("people");
        let managers = people.and_then(|people| people.get("managers")?.as_object());
        for (rep, manager) in managers.into_iter().flatten() {
            let change = Change::Manager(rep.clone(), manager.as_str().map(str::to_owned));
            found.take(
                format!("people.managers.{}", shortened(rep)),
                change,
                &mut unread,
            );
        }
        let house = people.and_then(|people| people.get("house")?.as_array());
        for (at, name) in house.into_iter().flatten().enumerate() {
            let change = Change::House(name.as_str().unwrap_or_default().to_owned(), true);
            found.take(format!("people.house[{at}]"), change, &mut unread);
        }
        found.aims = values(value.get("aims"), "aims", &mut unread, aims::spec);
        (found, unread)
    }

    fn restore_scheme(&mut self, scheme: &Value, at: &str, unread: &mut Unread) {
        let name = scheme.get("name").and_then(Value::as_str);
        let values = values(scheme.get("values"), at, unread, spec);
        match self.add(name.unwrap_or_default(), values, usize::MAX) {
            Ok(added) => {
                let id = scheme.get("id").and_then(Value::as_u64);
                let id = id.and_then(|id| u32::try_from(id).ok());
                let id = id.filter(|id| (1..u32::MAX).contains(id));
                if let Some(id) = id
                    && !self.list.iter().any(|one| one.id == id)
                    && let Some(one) = self.list.iter_mut().find(|one| Some(one.id) == added.id)
                {
                    one.id = id;
                }
            }
            Err(why) => unread.push((at.to_owned(), why.into())),
        }
    }

    fn take(&mut self, at: String, change: Change, unread: &mut Unread) {
        match self.changed(change) {
            Ok(changed) => *self = changed.schemes,
            Err(why) => unread.push((at, why.into())),
        }
    }
}

fn values(
    value: Option<&Value>,
    at: &str,
    unread: &mut Unread,
    spec: fn(&str) -> Option<&'static Spec>,
) -> Values {
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
        let read = match (spec(key), text) {
            (Some(spec), Some(text)) => canonical(spec, &text).map(|text| (spec, text)),
            (None, _) => Err("There is no such value.".into()),
            (_, None) => Err("No value.".into()),
        };
        match read {
            Ok((spec, text)) if text == spec.default => {}
            Ok((_, text)) => {
                found.insert(key.clone(), text);
            }
            Err(why) => unread.push((format!("{at}.{}", shortened(key)), why.into())),
        }
    }
    found
}
