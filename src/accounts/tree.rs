//! The account tree: accounts below their parents, parents below theirs (S09).
//!
//! In: each account's parent by name. Out: the head of each account's group. A parent that is
//! itself an account with a parent leads on upwards. An account that names itself, or that others
//! name and that names none, is the head of its group. Accounts that are each other's parents have
//! no head: they are refused, with the circle as the reason.

use super::account::Accounts;
use crate::orders::names::Names;

/// Where each account hangs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tree {
    /// By account: the position in [`Accounts::parents`] of its group's head; `None` for an account
    /// without a parent or in a circle. Empty where the data names no parents.
    pub head: Vec<Option<u32>>,
    /// By parent, as in [`Accounts::parents`]: the account of that name, if the data has one.
    pub account: Vec<Option<u32>>,
    /// Circles, in words: `A -> B -> A`.
    pub refused: Vec<String>,
}

impl Accounts {
    /// The head of an account's group, as a position in [`Accounts::parents`]; `None` for an account
    /// without a parent or in a circle of parents.
    pub fn head(&self, position: usize) -> Option<u32> {
        let direct = || self.list.get(position)?.parent;
        let head = self.tree.head.get(position).copied();
        head.unwrap_or_else(direct)
    }
}

/// Levels above an account that are followed.
const LEVELS: usize = 64;

/// Finds the head of each account's group.
#[inline(never)]
pub(super) fn tree(accounts: &Accounts) -> Tree {
    let mut tree = Tree::default();
    if accounts.parents.is_empty() {
        return tree;
    }
    let accounts_by = ByName::of(accounts.list.iter().map(|account| &account.name));
    let parents_by = ByName::of(accounts.parents.iter());
    let find = |name: &String| accounts_by.find(name);
    let meant: Vec<Option<u32>> = accounts.parents.iter().map(find).collect();
    let parent = |at: u32| accounts.list.get(at as usize)?.parent;
    let above = |at: u32| {
        let next = *meant.get(parent(at)? as usize)?;
        next.filter(|next| *next != at)
    };
    let mut circles: Vec<u32> = Vec::new();
    for (at, account) in (0_u32..).zip(&accounts.list) {
        let mut path = vec![at];
        let mut last = at;
        let mut head = account.parent.or_else(|| parents_by.find(&account.name));
        while let Some(next) = above(last).filter(|_| path.len() < LEVELS) {
            if let Some(circle) = path.iter().position(|seen| *seen == next) {
                let circle = path.get(circle..).unwrap_or_default();
                if !circle.iter().any(|one| circles.contains(one)) {
                    circles.extend(circle);
                    let name = |at: &u32| accounts.list.get(*at as usize).map(|a| a.name.as_str());
                    let names = circle.iter().chain([&next]).filter_map(name);
                    tree.refused.push(names.collect::<Vec<_>>().join(" -> "));
                }
                head = None;
                break;
            }
            path.push(next);
            last = next;
            head = parent(next).or(head);
        }
        tree.head.push(head);
    }
    tree.account = meant;
    tree
}

/// Positions by key, the first where two are the same.
struct ByName {
    keys: Names,
    positions: Vec<u32>,
}

impl ByName {
    fn of<'a>(names: impl Iterator<Item = &'a String>) -> Self {
        let (mut keys, mut positions) = (Names::default(), Vec::new());
        for (at, name) in (0..).zip(names) {
            if keys.intern(&key(name)) as usize == positions.len() {
                positions.push(at);
            }
        }
        keys.settle();
        Self { keys, positions }
    }

    fn find(&self, name: &str) -> Option<u32> {
        let id = self.keys.find(&key(name))?;
        self.positions.get(id as usize).copied()
    }
}

/// Names are the same in any case and spacing, as when accounts are matched.
fn key(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use crate::accounts::build;
    use crate::orders::testing::one;

    fn of(rows: &[(&str, &str)]) -> (Vec<String>, Vec<String>) {
        let rows: Vec<String> = rows
            .iter()
            .enumerate()
            .map(|(at, (account, parent))| format!("2026-01-05|{account}|{parent}|S{at}|10"))
            .collect();
        let text = format!("date|account|parent|order|revenue\n{}", rows.join("\n"));
        let accounts = build(&one(&text).book, None);
        let tree = accounts.tree.clone();
        let name = |head: &Option<u32>| {
            let name = head.and_then(|head| accounts.parents.get(head as usize));
            name.cloned().unwrap_or_default()
        };
        (tree.head.iter().map(name).collect(), tree.refused)
    }

    #[test]
    fn plants_hang_below_the_head_of_their_group() {
        let (heads, refused) = of(&[
            ("Plant 1", "Division"),
            ("division", "Group"),
            ("Plant 2", "Group"),
            ("Alone", ""),
            ("Own", "Own"),
            ("GROUP", ""),
        ]);
        assert_eq!(heads, ["Group", "Group", "Group", "", "Own", "Group"]);
        assert!(refused.is_empty());
    }

    #[test]
    fn a_circle_of_parents_is_refused_with_the_circle() {
        let (heads, refused) = of(&[("A", "B"), ("B", "C"), ("C", "A"), ("D", "A"), ("E", "F")]);
        assert_eq!(heads, ["", "", "", "", "F"]);
        assert_eq!(refused, ["A -> B -> C -> A"]);
    }
}
