//! What the user has judged: whose turn a cause of defection is, and which accounts a programme
//! reached.
//!
//! Part of the document. Causes are kept by their words (`machine M4`), accounts by name; both stay
//! when the orders change, and say nothing where the new orders do not have them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::accounts::defection::Origin;
use crate::base::{Date, Money};

/// Longest list of names, in characters.
pub const MOST_TEXT: usize = 100_000;

/// What is judged.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Review {
    /// Causes of defection, by their words.
    pub causes: BTreeMap<String, Verdict>,
    /// The programme that is measured.
    pub programme: Option<Programme>,
}

/// What the user says of a cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Verdict {
    /// Whose turn it is; `None` where the attribute says it.
    pub origin: Option<Origin>,
    /// It cannot be fixed: stop selling that kind, or price it in.
    pub cannot_be_fixed: bool,
}

/// A programme, promotion or campaign.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Programme {
    /// What it is called.
    pub name: String,
    /// The first day that counts.
    pub from: Date,
    /// The last.
    pub until: Date,
    /// What it cost, in the base currency.
    pub cost: Money,
    /// Whom it reached.
    pub test: Members,
    /// Who was left out to compare with; nobody for none.
    pub control: Members,
    /// What its customers want, in pieces or orders; 0 where that is no question.
    pub wanted: u32,
    /// What of it can be delivered.
    pub available: u32,
    /// Of the customers who do not get it, how many leave, in percent.
    pub leave_percent: u32,
}

/// Accounts, named or found.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Members {
    /// How they are said.
    pub by: By,
    /// Names, one a line; a value; or words.
    pub text: String,
}

/// How accounts are said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// By their names, one a line.
    #[default]
    Names,
    /// By words in their names.
    Words,
    /// By the column mapped to Segment.
    Segment,
    /// By the column mapped to Salesperson.
    Salesperson,
    /// By the column mapped to Partner.
    Partner,
    /// By the column mapped to Status.
    Status,
}

impl By {
    /// All ways, with their words.
    pub const ALL: [(Self, &'static str); 6] = [
        (Self::Names, "Names, one a line"),
        (Self::Words, "Words in the name"),
        (Self::Segment, "Segment is"),
        (Self::Salesperson, "Salesperson is"),
        (Self::Partner, "Partner is"),
        (Self::Status, "Status is"),
    ];

    /// The attribute's key, where it is one.
    pub const fn attribute(self) -> Option<&'static str> {
        match self {
            Self::Names | Self::Words => None,
            Self::Segment => Some("segment"),
            Self::Salesperson => Some("salesperson"),
            Self::Partner => Some("partner"),
            Self::Status => Some("status"),
        }
    }
}

impl Members {
    /// Whether it says nobody.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The names, where they are said by name: one a line, or between tabs or semicolons, since a
    /// name may hold a comma.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let named = self.by == By::Names;
        let parts = self.text.split(['\n', '\r', '\t', ';']).map(str::trim);
        parts.filter(move |name| named && !name.is_empty())
    }

    /// Whether an account of this name and this value of the attribute is meant; without regard to
    /// case.
    ///
    /// ```
    /// use perennial::actions::review::{By, Members};
    /// let members = Members { by: By::Names, text: "Acme; Bolt, Inc.\nCrane".into() };
    /// assert!(members.has("bolt, inc.", None) && !members.has("Bolt", None));
    /// let members = Members { by: By::Status, text: "test".into() };
    /// assert!(members.has("Acme", Some("Test")) && !members.has("Acme", None));
    /// ```
    pub fn has(&self, name: &str, attribute: Option<&str>) -> bool {
        let same = |a: &str, b: &str| a.trim().to_lowercase() == b.trim().to_lowercase();
        if self.is_empty() {
            return false;
        }
        match self.by {
            By::Names => self.names().any(|one| same(one, name)),
            By::Words => {
                let name = name.to_lowercase();
                let words = self.text.to_lowercase();
                words.split_whitespace().all(|word| name.contains(word))
            }
            _ => attribute.is_some_and(|value| same(value, &self.text)),
        }
    }
}

impl Review {
    /// Nothing is judged.
    pub const NONE: Self = Self {
        causes: BTreeMap::new(),
        programme: None,
    };

    /// What was judged, from any JSON: what can be read is kept, and what cannot is said.
    ///
    /// ```
    /// use perennial::actions::Review;
    /// let value = serde_json::json!({
    ///     "causes": { "machine M4": { "origin": "sales" }, "item P1": { "origin": "nobody" } },
    /// });
    /// let (review, unread) = Review::restore(&value);
    /// assert_eq!(review.causes.len(), 1);
    /// assert!(unread[0].starts_with("item P1: "));
    /// ```
    pub fn restore(value: &serde_json::Value) -> (Self, Vec<String>) {
        let (mut review, mut unread) = (Self::default(), Vec::new());
        let causes = value.get("causes").and_then(serde_json::Value::as_object);
        for (words, value) in causes.into_iter().flatten() {
            match Verdict::deserialize(value) {
                Ok(verdict) => review.judge(words, verdict),
                Err(why) => {
                    let words: String = words.chars().take(80).collect();
                    unread.push(format!("{words}: {why}"));
                }
            }
        }
        let programme = value.get("programme").filter(|value| !value.is_null());
        match programme.map(Programme::deserialize) {
            Some(Ok(programme)) => review.programme = Some(programme.tidy()),
            Some(Err(why)) => unread.push(format!("the programme: {why}")),
            None => {}
        }
        (review, unread)
    }

    /// Says something of a cause; what says nothing is forgotten.
    pub fn judge(&mut self, words: &str, verdict: Verdict) {
        if verdict == Verdict::default() {
            self.causes.remove(words);
        } else {
            self.causes.insert(words.to_owned(), verdict);
        }
    }
}

impl Programme {
    /// With texts of a length that is kept.
    #[must_use]
    pub fn tidy(mut self) -> Self {
        for text in [&mut self.name, &mut self.test.text, &mut self.control.text] {
            if let Some((end, _)) = text.char_indices().nth(MOST_TEXT) {
                text.truncate(end);
            }
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s26_a_review_comes_back_as_it_went() {
        let mut review = Review::default();
        let verdict = Verdict {
            origin: Some(Origin::Marketing),
            cannot_be_fixed: true,
        };
        review.judge("machine M4", verdict);
        review.programme = Some(Programme {
            name: "Spring mailing".into(),
            from: Date::from_days(20_000),
            until: Date::from_days(20_090),
            cost: Money::parse("1250.50").unwrap(),
            test: Members {
                by: By::Status,
                text: "test".into(),
            },
            control: Members::default(),
            wanted: 120,
            available: 100,
            leave_percent: 25,
        });
        let json = serde_json::to_value(&review).unwrap();
        assert_eq!(Review::restore(&json), (review.clone(), vec![]));
        let packed = crate::base::packed::pack(&review);
        let again: Review = crate::base::packed::unpack(&packed).unwrap();
        assert_eq!(again, review);
        review.judge("machine M4", Verdict::default());
        assert!(review.causes.is_empty());
        assert_eq!(Review::restore(&serde_json::json!(7)).0, Review::default());
    }

    #[test]
    fn s26_nobody_is_meant_by_an_empty_text() {
        for (by, _) in By::ALL {
            let members = Members {
                by,
                text: " \n".into(),
            };
            assert!(!members.has("Acme", Some("")) && members.is_empty());
        }
    }
}
