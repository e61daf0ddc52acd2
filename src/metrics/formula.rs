//! A formula's expression cut into tokens, for showing it with labels and live numbers.
//!
//! Input: an expression in the grammar of [`Formula`](super::Formula). Output: its tokens in order,
//! white space dropped. Nothing is evaluated here: the code computes, the formula explains, and a
//! test holds them together.

/// One token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token<'a> {
    /// A number.
    Number(&'a str),
    /// The key of an assumption or a metric.
    Key(&'a str),
    /// `min`, `max`, `if`, `pick` or `sum`.
    Function(&'a str),
    /// The running variable of a `sum`.
    Variable(&'a str),
    /// An operator, a parenthesis, a comma or `<`.
    Symbol(&'a str),
}

/// The tokens of an expression.
///
/// ```
/// use perennial::metrics::formula::{Token, tokens};
/// let found = tokens("sum(t, 1, horizon, m * t)");
/// assert_eq!(found[0], Token::Function("sum"));
/// assert_eq!(found[2], Token::Variable("t"));
/// assert_eq!(found[6], Token::Key("horizon"));
/// ```
pub fn tokens(expression: &str) -> Vec<Token<'_>> {
    let mut found: Vec<Token> = Vec::new();
    let mut variables: Vec<&str> = Vec::new();
    let mut rest = expression.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            'a'..='z' | 'A'..='Z' | '_' => run(rest, |c| c.is_ascii_alphanumeric() || c == '_'),
            '0'..='9' | '.' => run(rest, |c| c.is_ascii_digit() || c == '.'),
            other => other.len_utf8(),
        };
        let (text, after) = rest.split_at(length);
        rest = after.trim_start();
        let named = first.is_ascii_alphabetic() || first == '_';
        let token = if named && rest.starts_with('(') {
            Token::Function(text)
        } else if named {
            let opens = matches!(
                found.as_slice(),
                [.., Token::Function("sum"), Token::Symbol("(")]
            );
            if opens {
                variables.push(text);
            }
            if variables.contains(&text) {
                Token::Variable(text)
            } else {
                Token::Key(text)
            }
        } else if first.is_ascii_digit() || first == '.' {
            Token::Number(text)
        } else {
            Token::Symbol(text)
        };
        found.push(token);
    }
    found
}

fn run(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}
