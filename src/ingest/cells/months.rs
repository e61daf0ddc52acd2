//! Names of months in English, German, French, Spanish, Italian, Dutch, Polish,
//! Portuguese, Swedish, Danish and Norwegian, and of weekdays in the first four (which are read past).

use crate::ingest::words::names;

/// The names of each month; a word of three letters or more is the month when one begins with it.
const NAMES: [&str; 12] = [
    "january|januar|jänner|janvier|enero|gennaio|januari|styczeń|stycznia|janeiro",
    "february|februar|février|fevrier|febrero|febbraio|februari|luty|lutego|fevereiro",
    "march|märz|mrz|maerz|mars|marts|marzo|maart|mrt|marzec|marca|março|marco",
    "april|avril|abril|aprile|kwiecień|kwietnia",
    "may|mai|mayo|maggio|mei|maj|maja|maio",
    "june|juni|juin|junio|giugno|czerwiec|czerwca|junho",
    "july|juli|juillet|julio|luglio|lipiec|lipca|julho",
    "august|août|aout|agosto|augustus|sierpień|sierpnia|augusti",
    "september|septembre|septiembre|setiembre|settembre|wrzesień|września|setembro",
    "october|oktober|octobre|octubre|ottobre|październik|października|outubro",
    "november|novembre|noviembre|listopad|listopada|novembro",
    "december|dezember|décembre|decembre|diciembre|dicembre|grudzień|grudnia|dezembro|desember",
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
    // Of juin and juillet.
    if word.chars().count() < 3 || word == "jui" {
        return None;
    }
    let begins = |list: &&str| names(list).any(|name| name.starts_with(word.as_str()));
    (1..)
        .zip(NAMES)
        .find(|(_, list)| begins(list))
        .map(|(month, _)| month)
}

/// Whether a word is a weekday or its abbreviation of two or more letters.
pub(super) fn is_weekday(word: &str) -> bool {
    let word = word.trim_end_matches('.').to_lowercase();
    word.chars().count() >= 2 && WEEKDAYS.iter().any(|name| name.starts_with(word.as_str()))
}
