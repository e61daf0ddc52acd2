//! Any JSON to valid scenarios: what can be read is kept, what cannot is named.

use serde::Deserialize;
use serde_json::Value;

use crate::base::Refused;
use crate::base::money::parse_plain;
use crate::registry::entry;

use super::change::Change;
use super::grid::GridAsk;
use super::range::Range;
use super::seek::Goal;
use super::simulate::Simulation;
use super::state::Scenarios;
use super::tornado::TornadoAsk;

/// Where something is wrong below `scenarios`, and what.
pub type Unread = Vec<(String, String)>;

impl Scenarios {
    /// Restores them; what cannot be read is left out and named.
    ///
    /// ```
    /// use perennial::scenario::Scenarios;
    /// let value = serde_json::json!({"list": [{"name": "B", "changes": {"retention": 90, "x": 1}}]});
    /// let (scenarios, unread) = Scenarios::restore(&value);
    /// assert_eq!(scenarios.list()[0].changes()["retention"], "90");
    /// assert_eq!(unread[0].0, "list[0].changes.x");
    /// ```
    pub fn restore(value: &Value) -> (Self, Unread) {
        let (mut found, mut unread) = (Self::default(), Unread::new());
        let list = value.get("list").and_then(Value::as_array);
        for (at, one) in list.into_iter().flatten().enumerate() {
            let at = format!("list[{at}]");
            if let Err(why) = found.restore_one(one, &at, &mut unread) {
                unread.push((at, why.into()));
            }
        }
        for (key, range) in entries(value.get("ranges")) {
            let read =
                range_of(key, range).map(|range| Change::Uncertain(key.clone(), Some(range)));
            found.take(
                format!("ranges.{}", entry::shortened(key)),
                read,
                &mut unread,
            );
        }
        let goals = value.get("goals").and_then(Value::as_array);
        for (at, goal) in goals.into_iter().flatten().enumerate() {
            let read = typed::<Goal>(goal).map(|goal| Change::Seek(usize::MAX, Some(goal)));
            found.take(format!("goals[{at}]"), read, &mut unread);
        }
        let present = |key: &str| value.get(key).filter(|value| !value.is_null());
        if let Some(ask) = present("tornado") {
            let read = typed::<TornadoAsk>(ask).map(|ask| Change::Tornado(Some(ask)));
            found.take("tornado".into(), read, &mut unread);
        }
        if let Some(ask) = present("grid") {
            let read = typed::<GridAsk>(ask).map(|ask| Change::Grid(Some(ask)));
            found.take("grid".into(), read, &mut unread);
        }
        if let Some(ask) = present("simulation") {
            let read = typed::<Simulation>(ask).map(Change::Simulate);
            found.take("simulation".into(), read, &mut unread);
        }
        (found, unread)
    }

    fn take(&mut self, at: String, change: Result<Change, Refused>, unread: &mut Unread) {
        match change.and_then(|change| self.changed(change)) {
            Ok(changed) => *self = changed.scenarios,
            Err(why) => unread.push((at, why.into())),
        }
    }

    fn restore_one(&mut self, one: &Value, at: &str, unread: &mut Unread) -> Result<(), Refused> {
        let name = one.get("name").and_then(Value::as_str);
        let mut changes = Vec::new();
        for (key, value) in entries(one.get("changes")) {
            let read = text_of(value)
                .ok_or_else(|| "No value.".into())
                .and_then(|text| entry::canonical(key, &text));
            match read {
                Ok(value) => changes.push((key.clone(), value)),
                Err(why) => {
                    unread.push((
                        format!("{at}.changes.{}", entry::shortened(key)),
                        why.into(),
                    ));
                }
            }
        }
        self.add(name, changes)?;
        let id = one.get("id").and_then(Value::as_u64);
        let id = id.and_then(|id| u32::try_from(id).ok());
        let free = id.filter(|id| *id > 0 && *id < u32::MAX && self.get(*id).is_none());
        if let (Some(id), Some(last)) = (free, self.list.last_mut()) {
            last.id = id;
        }
        Ok(())
    }
}

/// The members of an object; none of anything else.
fn entries(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}

/// A value as text: what people write in JSON for a number, a choice or a switch.
fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => {
            let text = number.to_string();
            let plain = text.strip_suffix(".0").unwrap_or(&text);
            Some(parse_plain(plain).map_or_else(|| text.clone(), |d| d.normalize().to_string()))
        }
        Value::Bool(on) => Some(if *on { "on" } else { "off" }.into()),
        _ => None,
    }
}

/// `{"low": 70, "high": 90}`, with or without `likely`; or `"70 to 90"` as people write it.
fn range_of(key: &str, value: &Value) -> Result<Range, Refused> {
    if let Value::String(text) = value {
        return Range::read(key, text, None);
    }
    let field = |name: &str| value.get(name).and_then(text_of);
    match (field("low"), field("high")) {
        (Some(low), Some(high)) => Range::new(key, &low, field("likely").as_deref(), &high),
        _ => Err("A range needs low and high.".into()),
    }
}

fn typed<T: for<'a> Deserialize<'a>>(value: &Value) -> Result<T, Refused> {
    T::deserialize(value).map_err(|error| error.to_string().into())
}
