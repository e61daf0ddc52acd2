//! Text that a spreadsheet would run as a formula: exports of CSV put an apostrophe before it, and
//! an import takes exactly that apostrophe off again.
//!
//! The list is OWASP's (`=`, `+`, `-`, `@`, tab, carriage return, line feed) with what is known to
//! slip past it: leading spaces, full-width forms, and `|` and `%` of older spreadsheets.
//!
//! ```
//! use perennial::base::formula::{guard, unguard};
//! assert!(guard("=1+1") && guard(" ＠SUM(A1)") && !guard("Acme = good"));
//! assert_eq!(unguard("'=1+1"), "=1+1");
//! assert_eq!(unguard("'quoted'"), "'quoted'");
//! ```

/// What an export puts before such text.
pub const GUARD: char = '\'';

/// Whether an export must put [`GUARD`] before this text: a spreadsheet could run it, or it looks
/// like text that was guarded already and would lose its own apostrophe on the way back.
pub fn guard(text: &str) -> bool {
    let text = text.trim_start_matches(GUARD);
    let text = text.trim_start_matches([' ', '\u{a0}', '\u{feff}']);
    text.starts_with([
        '=', '+', '-', '@', '|', '%', '\t', '\r', '\n', '＝', '＋', '－', '＠', '｜', '％',
    ])
}

/// The text before it was guarded; any other text as it is.
pub fn unguard(text: &str) -> &str {
    match text.strip_prefix(GUARD) {
        Some(rest) if guard(rest) => rest,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_guarded_comes_back_as_it_was() {
        for text in [
            "=1+1",
            "+1",
            "-5",
            "@SUM(A1)",
            "\t=1",
            "\r",
            "\n=1",
            " =1",
            "\u{a0}\u{feff}=1",
            "＝1",
            "|cmd",
            "%0A",
            "'=1",
            "''=1",
            "' -1",
            "",
            "'",
            "''",
            "Acme",
            "'Acme'",
            "O'Neill",
            "a=b",
            "'tis",
            "' 5",
        ] {
            let written = if guard(text) {
                format!("'{text}")
            } else {
                text.to_owned()
            };
            let first = written
                .trim_start_matches([' ', '\u{a0}', '\u{feff}'])
                .chars()
                .next();
            assert!(
                !first.is_some_and(|c| "=+-@|%\t\r\n＝＋－＠".contains(c)),
                "{text:?}"
            );
            assert_eq!(unguard(&written), text, "{text:?}");
        }
    }
}
