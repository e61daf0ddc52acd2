//! Today's list as calendar entries, for a calendar that the user already looks at.

use crate::base::Date;

use super::today::{Entry, Today};

/// An entry that takes a whole day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The same for the same account in every export, so that a calendar replaces it.
    pub uid: String,
    /// The day.
    pub date: Date,
    /// What stands in the calendar.
    pub summary: String,
    /// What stands behind it.
    pub description: String,
}

/// One entry per account of the list: on the day it is expected, on the first day that counts if that
/// has passed, which is the as-of date or the day of the export; a snoozed account on the day it comes
/// back.
pub fn events(today: &Today, first: Date, names: impl Fn(usize) -> String) -> Vec<Event> {
    let listed = today.entries.iter().map(|entry| listed(entry, first));
    let snoozed = today.snoozed.iter().map(|(account, until)| {
        let name = names(*account);
        Event {
            uid: uid(&name),
            date: (*until).max(first),
            summary: format!("Look at {name} again"),
            description: "Snoozed until today in Perennial.".into(),
        }
    });
    listed.chain(snoozed).collect()
}

fn listed(entry: &Entry, first: Date) -> Event {
    let (from, to) = entry.window;
    let mut description = format!("{}. Expected between {from} and {to}.", entry.reason);
    let late: Vec<&str> = entry.items.iter().map(|item| item.item.as_str()).collect();
    if !late.is_empty() {
        description.extend([" Items overdue: ", &late.join(", "), "."]);
    }
    if !entry.note.is_empty() {
        description.extend(["\n", &entry.note]);
    }
    Event {
        uid: uid(&entry.name),
        date: entry.due.max(first),
        summary: format!("{} {}", entry.route.label(), entry.name),
        description,
    }
}

/// A name's own mark: FNV-1a of 64 bits over its bytes (Fowler, Noll and Vo).
fn uid(name: &str) -> String {
    let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}@perennial")
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_uid_is_the_hash_of_the_name() {
        // The published test value of FNV-1a 64 for "foobar".
        assert_eq!(super::uid("foobar"), "85944171f73967e8@perennial");
        assert_ne!(super::uid("Acme"), super::uid("Acme "));
    }
}
