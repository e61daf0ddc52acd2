//! The answer to "why?": a metric's formula taken apart, with each part's live figure.
//!
//! Input: the metric's registry entry. Output: the formula as [`Part`]s, names apart from signs, and
//! the keys it uses in the order they occur. Where the figures come from is the caller's business.

use crate::metrics::{Exactness, Formula, Spec};

/// A piece of a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The key of an assumption, a metric, or a variable of a sum.
    Name(&'static str),
    /// Operators, numbers, parentheses and functions, as written.
    Sign(&'static str),
}

/// Takes a formula apart.
///
/// ```
/// use perennial::view::why::{Part, parts};
/// assert_eq!(
///     parts("min(gm, 1) * orders"),
///     [
///         Part::Sign("min("),
///         Part::Name("gm"),
///         Part::Sign(", 1) * "),
///         Part::Name("orders"),
///     ]
/// );
/// ```
pub fn parts(expression: &'static str) -> Vec<Part> {
    let mut found = Vec::new();
    let mut rest = expression;
    let mut plain = expression;
    while !rest.is_empty() {
        let length = rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(length);
        let name = word.starts_with(|c: char| c.is_ascii_alphabetic()) && !after.starts_with('(');
        if name {
            let (before, _) = plain.split_at(plain.len() - rest.len());
            if !before.is_empty() {
                found.push(Part::Sign(before));
            }
            found.push(Part::Name(word));
            plain = after;
        }
        let skip = after
            .chars()
            .next()
            .filter(|_| length == 0)
            .map_or(0, char::len_utf8);
        (_, rest) = after.split_at(skip);
    }
    if !plain.is_empty() {
        found.push(Part::Sign(plain));
    }
    found
}

const fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '.'
}

/// The keys of a metric's formula, each once, in order; none where it is said in words.
pub fn keys(spec: &Spec) -> Vec<&'static str> {
    let Formula::Expression(expression) = spec.formula else {
        return Vec::new();
    };
    let mut keys = Vec::new();
    for part in parts(expression) {
        if let Part::Name(key) = part
            && !keys.contains(&key)
        {
            keys.push(key);
        }
    }
    keys
}

/// The short mark beside a figure, nothing where it is exact.
pub const fn mark(exactness: Exactness) -> &'static str {
    match exactness {
        Exactness::Exact => "",
        Exactness::Estimated => "est.",
        Exactness::Assumed => "assumed",
    }
}

/// What the mark means.
pub const fn mark_words(exactness: Exactness) -> &'static str {
    match exactness {
        Exactness::Exact => "Exact: follows from what is recorded or typed, without an estimate.",
        Exactness::Estimated => "Estimated: computed from assumptions about the future.",
        Exactness::Assumed => "Assumed: contains amounts that your data does not have.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_put_together_again_is_the_formula() {
        for text in [
            "a",
            "1 - churn_rate",
            "sum(t, 1, n, m * r^(t-1) / (1+d)^t) - cac",
            "if(a < 0.5, 0, max(b, 2e3))",
            "",
            "3.5",
        ] {
            let whole: String = parts(text)
                .iter()
                .map(|p| match p {
                    Part::Name(t) | Part::Sign(t) => *t,
                })
                .collect();
            assert_eq!(whole, text);
        }
    }

    #[test]
    fn functions_and_numbers_are_not_names() {
        let names: Vec<_> = parts("max(gm, 2e3) + x1")
            .into_iter()
            .filter_map(|p| match p {
                Part::Name(t) => Some(t),
                Part::Sign(_) => None,
            })
            .collect();
        assert_eq!(names, ["gm", "x1"]);
    }
}
