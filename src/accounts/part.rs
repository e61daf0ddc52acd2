//! The part behind an item number: a revision is the same part.
//!
//! Rule: one letter at the end, after a digit or a separator that follows a digit, is a revision
//! (`4711-A`, `4711B`), as is `REV` with a letter or up to two digits (`4711 Rev. 03`). Anything
//! else is part of the number.

/// The number without its revision.
///
/// ```
/// use perennial::accounts::part;
/// assert_eq!(part("4711-A"), "4711");
/// assert_eq!(part("4711B"), "4711");
/// assert_eq!(part("BR-220 rev. 03"), "BR-220");
/// assert_eq!(part("BOLT"), "BOLT");
/// ```
pub fn part(item: &str) -> &str {
    let item = item.trim();
    if let Some(base) = marked(item) {
        return base;
    }
    let Some(letter) = item.chars().next_back().filter(char::is_ascii_alphabetic) else {
        return item;
    };
    let Some(base) = item.strip_suffix(letter) else {
        return item;
    };
    let base = base.strip_suffix(SEPARATORS).unwrap_or(base);
    if base.ends_with(|c: char| c.is_ascii_digit()) {
        base
    } else {
        item
    }
}

const SEPARATORS: [char; 5] = ['-', '_', '/', '.', ' '];

/// A number with a revision that says so.
fn marked(item: &str) -> Option<&str> {
    let end = item.trim_end_matches(|c: char| c.is_ascii_alphanumeric());
    let tail = item.get(end.len()..)?;
    // "REV B", "REV-03", "Rev. 3": the revision stands apart from the word.
    let short = |rev: &str| {
        (rev.len() == 1 && rev.bytes().all(|b| b.is_ascii_alphabetic()))
            || ((1..=2).contains(&rev.len()) && rev.bytes().all(|b| b.is_ascii_digit()))
    };
    let (head, revision) = if tail.len() > 3 {
        (item, tail.get(3..).filter(|_| is_rev(tail.get(..3)))?)
    } else {
        (end.trim_end_matches(SEPARATORS), tail)
    };
    if !short(revision) {
        return None;
    }
    let base = if tail.len() > 3 {
        end
    } else {
        head.get(..head.len().checked_sub(3)?)?
    };
    let word = if tail.len() > 3 {
        tail.get(..3)
    } else {
        head.get(base.len()..)
    };
    let apart = base.ends_with(SEPARATORS) || base.ends_with(|c: char| c.is_ascii_digit());
    let base = base.trim_end_matches(SEPARATORS);
    (is_rev(word) && apart && !base.is_empty()).then_some(base)
}

fn is_rev(word: Option<&str>) -> bool {
    word.is_some_and(|w| w.eq_ignore_ascii_case("rev"))
}

#[cfg(test)]
mod tests {
    use super::part;

    #[test]
    fn a_revision_suffix_is_the_same_part() {
        for revision in [
            "4711-A",
            "4711B",
            "4711_C",
            "4711 REV D",
            "4711-rev.02",
            "4711 RevB",
            "4711 Rev 7",
        ] {
            assert_eq!(part(revision), "4711", "{revision}");
        }
    }

    #[test]
    fn what_is_no_revision_stays_in_the_number() {
        for item in [
            "BOLT", "M8-20", "AB", "A", "", "PREV 1", "ß", "4711-AB", "rev 1",
        ] {
            assert_eq!(part(item), item);
        }
    }
}
