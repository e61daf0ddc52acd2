//! The palette: everything that can be gone to or done by name, and what the typed words find of it.
//!
//! Input: the words, and the names of the steps that undo and redo would make. Output: offers, the
//! best first. A place or field of the registries is offered without being listed here.

use crate::document::Theme;
use crate::registry;

use super::route::{Page, Route};
use super::scenarios;
use super::today;
use super::want;
use super::{commission, deals, growth};

/// Offers shown at once.
pub const MOST: usize = 12;

/// What an offer does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Goes to a place.
    Go(Route),
    /// Goes to an assumption's field, by its key.
    Field(&'static str),
    /// Runs an action.
    Act(Act),
}

/// What can be done anywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Choose order files.
    Files,
    /// Show the link and the project file.
    Share,
    /// Save the project file.
    Save,
    /// Save the accounts as CSV.
    Export,
    /// Take the last step back.
    Undo,
    /// Make it again.
    Redo,
    /// Wear these colours.
    Wear(Theme),
    /// Show the display settings.
    Settings,
    /// Show the help.
    Help,
}

/// One line of the palette.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// What it is called.
    pub label: String,
    /// What it is: `Page`, `Account`, `Assumption`, `Action`.
    pub kind: &'static str,
    /// What it does.
    pub command: Command,
}

impl Offer {
    /// An account, by its position in the book.
    pub fn account(name: &str, position: u32) -> Self {
        Self {
            label: name.to_owned(),
            kind: "Account",
            command: Command::Go(Route::to(Page::Accounts).with_account(Some(position))),
        }
    }
}

/// Everything but the accounts: pages, actions, analyses, assumptions.
pub fn all(undo: Option<&str>, redo: Option<&str>) -> Vec<Offer> {
    let offer = |label: &str, kind, command| Offer {
        label: label.to_owned(),
        kind,
        command,
    };
    let act = |label: &str, act| offer(label, "Action", Command::Act(act));
    let mut all: Vec<Offer> = Page::ALL
        .map(|page| offer(page.label(), "Page", Command::Go(Route::to(page))))
        .into();
    all.push(act("Choose order files", Act::Files));
    all.push(act("Share or save", Act::Share));
    all.push(act("Save the project file", Act::Save));
    all.push(act("Export the accounts as CSV", Act::Export));
    all.extend(undo.map(|step| act(&format!("Undo: {step}"), Act::Undo)));
    all.extend(redo.map(|step| act(&format!("Redo: {step}"), Act::Redo)));
    all.push(act("Display settings", Act::Settings));
    all.push(act("Help and shortcuts", Act::Help));
    all.push(act("Theme: light", Act::Wear(Theme::Light)));
    all.push(act("Theme: dark", Act::Wear(Theme::Dark)));
    all.push(act("Theme: as the system says", Act::Wear(Theme::System)));
    for (page, tabs) in [
        (Page::Value, want::TABS),
        (Page::Today, today::TABS),
        (Page::Deals, deals::TABS),
        (Page::Growth, growth::TABS),
        (Page::Scenarios, scenarios::TABS),
        (Page::Commission, commission::TABS),
    ] {
        let named = tabs.iter().filter(|(key, _)| !key.is_empty());
        all.extend(named.map(|(key, label)| {
            offer(
                label,
                page.label(),
                Command::Go(Route::to(page).with("tab", key)),
            )
        }));
    }
    let fields = registry::assumptions();
    all.extend(fields.map(|spec| offer(spec.label, "Assumption", Command::Field(spec.key))));
    all
}

/// The offers that hold all of the words: those that begin with the text first, then those with a
/// word that begins with each, then the rest; all of them for no words.
///
/// ```
/// use perennial::view::palette::{all, matching};
/// let found = matching(&all(None, None), "ret");
/// assert_eq!(found[0].label, "Retention");
/// ```
pub fn matching(offers: &[Offer], text: &str) -> Vec<Offer> {
    let text = text.trim().to_lowercase();
    let mut found: Vec<(u8, &Offer)> = offers
        .iter()
        .filter_map(|offer| Some((rank(&offer.label.to_lowercase(), &text)?, offer)))
        .collect();
    // Stable: among equals the order of the list holds.
    found.sort_by_key(|(rank, _)| *rank);
    let best = found.into_iter().take(MOST);
    best.map(|(_, offer)| offer.clone()).collect()
}

fn rank(label: &str, text: &str) -> Option<u8> {
    if label.starts_with(text) {
        return Some(0);
    }
    let begins = |word: &str| label.split_whitespace().any(|own| own.starts_with(word));
    let mut words = text.split_whitespace();
    if words.clone().all(begins) {
        return Some(1);
    }
    words.all(|word| label.contains(word)).then_some(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(text: &str) -> Vec<String> {
        let offers = all(Some("Discount rate 10 -> 12 %"), None);
        let found = matching(&offers, text).into_iter();
        found.map(|offer| offer.label).collect()
    }

    #[test]
    fn no_words_offer_the_pages_first() {
        let found = labels("");
        assert_eq!(found[..4], ["Orders", "Today", "Accounts", "Value"]);
        assert_eq!(found.len(), MOST);
    }

    #[test]
    fn what_begins_with_the_words_comes_first() {
        assert_eq!(labels("acc")[0], "Accounts");
        assert_eq!(labels("theme da"), ["Theme: dark"]);
        assert_eq!(labels("undo"), ["Undo: Discount rate 10 -> 12 %"]);
        assert!(labels("redo").is_empty());
        assert!(labels("zzz").is_empty());
    }

    #[test]
    fn every_assumption_can_be_found_by_its_name() {
        let offers = all(None, None);
        for spec in registry::assumptions() {
            let found = matching(&offers, spec.label);
            let field = Command::Field(spec.key);
            assert!(
                found.iter().any(|each| each.command == field),
                "{}",
                spec.key
            );
        }
    }
}
