//! The error of what is not done, for a reason that is told to the user.
//!
//! Input: a sentence or two. Output: the same, word for word.

use std::error::Error;
use std::fmt;

/// Why something was not done: what was found, what is allowed and what to do, in words for the user.
///
/// ```
/// use perennial::base::Refused;
/// fn pieces(typed: &str) -> Result<u32, Refused> {
///     let Ok(count) = typed.parse() else {
///         return Err(format!("Found “{typed}”. Type a whole number.").into());
///     };
///     Ok(count)
/// }
/// assert_eq!(pieces("12").unwrap(), 12);
/// assert_eq!(pieces("a few").unwrap_err().to_string(), "Found “a few”. Type a whole number.");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused(String);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for Refused {}

impl From<String> for Refused {
    fn from(why: String) -> Self {
        Self(why)
    }
}

impl From<&str> for Refused {
    fn from(why: &str) -> Self {
        Self(why.to_owned())
    }
}

/// For messages and lists that hold the words alone.
impl From<Refused> for String {
    fn from(refused: Refused) -> Self {
        refused.0
    }
}
