//! What the user knows of an account's rhythm, as a choice and a day.

use crate::accounts::cycles::Known;
use crate::base::Date;

/// The choices: key, words, and whether a day belongs to it.
pub const CHOICES: [(&str, &str, bool); 5] = [
    ("", "Nothing more: its orders speak", false),
    ("contract", "A contract or schedule; next order on", true),
    ("blanket", "A blanket order; its releases end on", true),
    ("seasonal", "It buys in season; next order on", true),
    ("projects", "It buys by project, without a rhythm", false),
];

/// The choice that says what is known, and its day.
pub const fn choice(known: Option<Known>) -> (&'static str, Option<Date>) {
    match known {
        None => ("", None),
        Some(Known::Contract(day)) => ("contract", Some(day)),
        Some(Known::Blanket(day)) => ("blanket", Some(day)),
        Some(Known::Seasonal(day)) => ("seasonal", Some(day)),
        Some(Known::Projects) => ("projects", None),
    }
}

/// What a choice and a day say; an unknown choice says nothing.
///
/// ```
/// use perennial::accounts::cycles::Known;
/// use perennial::base::Date;
/// use perennial::view::known::known;
/// let day = Date::from_days(20_000);
/// assert_eq!(known("contract", day), Some(Known::Contract(day)));
/// assert_eq!(known("", day), None);
/// ```
pub fn known(choice: &str, day: Date) -> Option<Known> {
    match choice {
        "contract" => Some(Known::Contract(day)),
        "blanket" => Some(Known::Blanket(day)),
        "seasonal" => Some(Known::Seasonal(day)),
        "projects" => Some(Known::Projects),
        _ => None,
    }
}

/// Whether a choice has a day.
pub fn has_day(choice: &str) -> bool {
    CHOICES.iter().any(|(key, _, day)| *day && *key == choice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_comes_back_as_it_went() {
        let day = Date::from_days(20_100);
        for (key, _, dated) in CHOICES {
            let known = known(key, day);
            assert_eq!(choice(known), (key, dated.then_some(day)));
            assert_eq!(has_day(key), dated);
        }
    }
}
