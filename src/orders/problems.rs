//! Collects problems and groups those that one fix repairs.
//!
//! In: one problem at a time, with what was found. Out: groups with counts, a few examples and
//! fixes, rejected ones first. Nothing is allocated for good rows.

use crate::base::order::sort_by;
use crate::ingest::problem::{Code, Fix, Group, Problem};

/// Examples kept in a group.
const EXAMPLES: usize = 3;
/// Different findings of one kind in one column that get a group of their own; the rest share one.
const OWN_GROUPS: usize = 20;
/// Characters of a finding that are shown; a conflict shows both its sides.
const SHOWN: usize = 60;

/// A problem and how it can be repaired.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// The problem.
    pub problem: Problem,
    /// What was expected, in words.
    pub expected: String,
    /// Whether the row is left out of the book.
    pub rejected: bool,
    /// What can be done.
    pub fixes: Vec<Fix>,
    /// Problems of one kind with an equal text here share a group: the finding, or the fix.
    pub same: String,
}

/// The groups so far.
#[derive(Debug, Default)]
pub(super) struct Problems {
    groups: Vec<(String, Group)>,
}

impl Problems {
    /// Takes one problem.
    pub fn add(&mut self, mut found: Found) {
        if found.problem.code != Code::Conflict {
            found.problem.found = shortened(&found.problem.found);
        }
        let problem = found.problem;
        let mut alike = 0;
        let mut at = None;
        for (i, (same, group)) in self.groups.iter().enumerate() {
            let kind = group.code == problem.code
                && group.file == problem.file
                && group.column == problem.column
                && group.rejected == found.rejected;
            if kind {
                alike += 1;
                if *same == found.same || (alike > OWN_GROUPS && same.is_empty()) {
                    at = Some(i);
                    break;
                }
            }
        }
        if let Some((_, group)) = at.and_then(|i| self.groups.get_mut(i)) {
            group.count += 1;
            if group.examples.len() < EXAMPLES {
                group.examples.push(problem);
            }
            return;
        }
        let shared = alike >= OWN_GROUPS;
        let fixes = if shared {
            found
                .fixes
                .into_iter()
                .filter(|f| !matches!(f, Fix::Replace { .. }))
                .collect()
        } else {
            found.fixes
        };
        let group = Group {
            code: problem.code,
            file: problem.file,
            column: problem.column,
            count: 1,
            examples: vec![problem],
            expected: found.expected,
            rejected: found.rejected,
            fixes,
        };
        let same = if shared { String::new() } else { found.same };
        self.groups.push((same, group));
    }

    /// All groups: rejected ones first, the largest first.
    pub fn finish(self) -> Vec<Group> {
        let mut groups: Vec<Group> = self.groups.into_iter().map(|(_, group)| group).collect();
        sort_by(&mut groups, |a, b| {
            b.rejected.cmp(&a.rejected).then(b.count.cmp(&a.count))
        });
        groups
    }
}

/// The words that stand before a rejected row's reason.
pub(super) const fn reason(code: Code) -> &'static str {
    match code {
        Code::BadDate => "not a date in the agreed reading",
        Code::OddDate => "an unlikely date",
        Code::BadNumber => "not a number in the agreed reading",
        Code::NumberTooLarge => "a number that is too large",
        Code::MissingAccount => "no account",
        Code::MissingDate => "no date",
        Code::MissingAmount => "no amount, and nothing to compute it from",
        Code::RaggedRow => "more or fewer cells than the header",
        Code::UnclosedQuote => "a quote that is never closed",
        Code::UnknownCurrency => "a currency that is unknown or has no rate",
        Code::Conflict => "the same order line with different content",
        Code::BadText => "text that is not valid in the file's encoding",
        _ => "cannot be read",
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}...", text.get(..at).unwrap_or("")),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(row: u64, text: &str) -> Found {
        Found {
            problem: Problem {
                code: Code::BadDate,
                file: 0,
                row,
                column: Some(2),
                role: None,
                found: text.to_owned(),
            },
            expected: "a date".into(),
            rejected: true,
            fixes: vec![
                Fix::Replace {
                    column: 2,
                    found: text.to_owned(),
                    with: String::new(),
                },
                Fix::LeaveOut,
            ],
            same: text.to_owned(),
        }
    }

    #[test]
    fn rows_that_one_fix_repairs_are_one_group_with_few_examples() {
        let mut problems = Problems::default();
        for row in 0..100 {
            problems.add(found(row, if row % 4 == 0 { "n/b" } else { "tbd" }));
        }
        let groups = problems.finish();
        assert_eq!(groups.iter().map(|g| g.count).collect::<Vec<_>>(), [75, 25]);
        assert!(groups.iter().all(|g| g.examples.len() == 3));
    }

    #[test]
    fn many_different_findings_share_the_last_group() {
        let mut problems = Problems::default();
        for row in 0..1000 {
            problems.add(found(row, &row.to_string()));
        }
        let groups = problems.finish();
        assert_eq!(groups.len(), OWN_GROUPS + 1);
        assert_eq!(groups.iter().map(|g| g.count).sum::<u64>(), 1000);
        assert_eq!(groups[0].fixes, [Fix::LeaveOut]);
    }
}
