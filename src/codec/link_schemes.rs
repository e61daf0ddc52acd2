//! Commission schemes in a link, as readable as the rest of it.
//!
//! `p1=Ours&p1.rate=3&p1.returns=net`: a scheme's name and what differs from the defaults, numbered by
//! ids; `pay=1` is the one in use; `aim.response=...` what is aimed at and expected. Who leads whom stays with the orders, and so do the shares of single
//! accounts: they name customers, which no link does.

use serde_json::{Map, Value, json};

use crate::assumptions::print;
use crate::commission::inputs::aims;
use crate::commission::restore::Unread;
use crate::commission::{Schemes, inputs};

use super::link::Held;
use super::link_numbered::Numbered;

/// Stands behind an account's name in a list of shares.
const OF_ACCOUNT: char = '>';

/// Stands before the key of what is aimed at.
const AIM: &str = "aim.";

/// The entries of a link, and what they hold.
pub(super) fn written(schemes: &Schemes) -> (Vec<(String, String)>, Vec<Held>) {
    let (mut pairs, mut holds) = (Vec::new(), Vec::new());
    for one in schemes.list() {
        let id = one.id();
        pairs.push((format!("p{id}"), one.name().to_owned()));
        let mut said = Vec::new();
        for (key, value) in one.values() {
            let value = without_accounts(value);
            let Some(spec) = inputs::spec(key).filter(|_| !value.is_empty()) else {
                continue;
            };
            said.push(format!("{} {}", spec.label, print(spec, &value)));
            pairs.push((format!("p{id}.{key}"), value));
        }
        holds.push(Held {
            label: format!("Scheme {}", one.name()),
            value: said.join("; "),
            pinned: false,
        });
    }
    let mut said = Vec::new();
    for (key, value) in schemes.aims() {
        if let Some(spec) = aims::spec(key) {
            said.push(format!("{} {}", spec.label, print(spec, value)));
            pairs.push((format!("{AIM}{key}"), value.clone()));
        }
    }
    if !said.is_empty() {
        holds.push(Held {
            label: "Targets for returning customers".to_owned(),
            value: said.join("; "),
            pinned: false,
        });
    }
    let first = schemes.list().first();
    if let Some(current) = schemes.current().filter(|one| Some(*one) != first) {
        pairs.push(("pay".into(), current.id().to_string()));
    }
    (pairs, holds)
}

/// The entries of a list that name no account.
fn without_accounts(value: &str) -> String {
    let entries = value.split("; ");
    let kept: Vec<&str> = entries.filter(|one| !one.contains(OF_ACCOUNT)).collect();
    kept.join("; ")
}

/// Collects the entries of a link that are about schemes.
#[derive(Debug, Default)]
pub(super) struct Reader {
    list: Numbered,
    current: Option<u32>,
    aims: Map<String, Value>,
}

impl Reader {
    /// Takes an entry, if it is one of these.
    pub fn takes(&mut self, key: &str, value: &str) -> bool {
        if key == "pay" {
            self.current = value.parse().ok();
            return true;
        }
        if let Some(key) = key.strip_prefix(AIM) {
            self.aims.insert(key.into(), value.into());
            return true;
        }
        self.list.takes('p', "values", key, value)
    }

    /// What was taken, and what could not be read of it.
    pub fn restored(self) -> (Schemes, Unread) {
        let list = self.list.into_list();
        Schemes::restore(&json!({"list": list, "current": self.current, "aims": self.aims}))
    }
}
