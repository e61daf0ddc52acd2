//! Names of months in English, German, French and Spanish, and of weekdays (which are read past).

/// Names from their first letters: a word is this month when it begins with the stem and the whole
/// name begins with the word.
const NAMES: &[(&str, &str, u32)] = &[
    ("jan", "january", 1),
    ("jan", "januar", 1),
    ("jän", "jänner", 1),
    ("jan", "janvier", 1),
    ("janv", "janvier", 1),
    ("ene", "enero", 1),
    ("feb", "february", 2),
    ("feb", "februar", 2),
    ("fév", "février", 2),
    ("fev", "fevrier", 2),
    ("feb", "febrero", 2),
    ("mar", "march", 3),
    ("mär", "märz", 3),
    ("mrz", "mrz", 3),
    ("maerz", "maerz", 3),
    ("mar", "mars", 3),
    ("mar", "marzo", 3),
    ("apr", "april", 4),
    ("avr", "avril", 4),
    ("abr", "abril", 4),
    ("may", "may", 5),
    ("mai", "mai", 5),
    ("may", "mayo", 5),
    ("jun", "june", 6),
    ("jun", "juni", 6),
    ("juin", "juin", 6),
    ("jun", "junio", 6),
    ("jul", "july", 7),
    ("jul", "juli", 7),
    ("juil", "juillet", 7),
    ("jul", "julio", 7),
    ("aug", "august", 8),
    ("aoû", "août", 8),
    ("aou", "aout", 8),
    ("ago", "agosto", 8),
    ("sep", "september", 9),
    ("sep", "septembre", 9),
    ("sep", "septiembre", 9),
    ("set", "setiembre", 9),
    ("oct", "october", 10),
    ("okt", "oktober", 10),
    ("oct", "octobre", 10),
    ("oct", "octubre", 10),
    ("nov", "november", 11),
    ("nov", "novembre", 11),
    ("nov", "noviembre", 11),
    ("dec", "december", 12),
    ("dez", "dezember", 12),
    ("déc", "décembre", 12),
    ("dec", "decembre", 12),
    ("dic", "diciembre", 12),
];

const WEEKDAYS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonnabend",
    "sonntag",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "lunes",
    "martes",
    "miércoles",
    "jueves",
    "viernes",
    "sábado",
    "domingo",
];

/// The month a word names, 1 to 12.
pub(crate) fn month(word: &str) -> Option<u32> {
    let word = word.trim_end_matches('.').to_lowercase();
    NAMES
        .iter()
        .find(|(stem, name, _)| word.starts_with(stem) && name.starts_with(word.as_str()))
        .map(|(_, _, month)| *month)
}

/// Whether a word is a weekday or its abbreviation of two or more letters.
pub(super) fn is_weekday(word: &str) -> bool {
    let word = word.trim_end_matches('.').to_lowercase();
    word.chars().count() >= 2 && WEEKDAYS.iter().any(|name| name.starts_with(word.as_str()))
}
