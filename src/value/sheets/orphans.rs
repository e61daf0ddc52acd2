//! What hangs loose after merging: accounts without orders, parents without an account, orders that
//! two systems have, accounts and orders that one has and another lacks (S01).

use crate::accounts::Accounts;
use crate::base::{Unit, counted};
use crate::metrics::{Cell, Sheet};
use crate::orders::Unmatched;
use crate::orders::number::Num;
use crate::value::evaluation::Evaluation;

use super::MOST_ROWS;
use super::cells::{column, text};

/// The analysis.
pub(super) fn sheet(evaluation: &Evaluation) -> Sheet {
    let mut ends = Ends::default();
    ends.accounts(evaluation);
    ends.parents(evaluation.accounts);
    ends.sources(evaluation.accounts);
    let caption = match ends.found {
        0 => "Nothing hangs loose: every account has orders, every parent is an account, and no \
             source lacks what another has."
            .into(),
        n => format!(
            "Accounts, orders and parents that hang loose: {n}. Rows without any account are in \
             the import report."
        ),
    };
    Sheet {
        key: "orphans".into(),
        title: "Loose ends".into(),
        caption,
        columns: vec![
            column("what", "What", Unit::Text, ""),
            column("name", "Name", Unit::Text, ""),
            column("why", "What was found", Unit::Text, ""),
            column("to_do", "What to do", Unit::Text, ""),
        ],
        rows: ends.rows,
    }
}

/// The loose ends so far.
#[derive(Debug, Default)]
struct Ends {
    rows: Vec<Vec<Cell>>,
    found: usize,
}

impl Ends {
    fn add(&mut self, what: &str, name: &str, why: String, to_do: &str) {
        self.found += 1;
        if self.rows.len() < MOST_ROWS {
            self.rows
                .push(vec![text(what), text(name), text(why), text(to_do)]);
        }
    }

    fn accounts(&mut self, evaluation: &Evaluation) {
        let accounts = evaluation.accounts;
        for circle in &accounts.tree.refused {
            self.add(
                "Parents in a circle",
                circle,
                "Each is the parent of the next.".into(),
                "Correct the parents in the order file.",
            );
        }
        for (position, account) in accounts.list.iter().enumerate() {
            if account.total.orders > 0 {
                continue;
            }
            let partner = evaluation.text("partner", position).unwrap_or_default();
            let mut why = if account.is_idle() {
                format!("No line up to {}", accounts.as_of)
            } else {
                "Returns and credits only".to_owned()
            };
            if !partner.is_empty() {
                why.push_str(", named by partner ");
                why.push_str(partner);
            }
            self.add(
                "Account without orders",
                &account.name,
                why,
                "Import the file with its orders, or check whether it is spelled differently there.",
            );
        }
    }

    fn parents(&mut self, accounts: &Accounts) {
        let mut below = vec![0_u32; accounts.parents.len()];
        for parent in accounts.list.iter().filter_map(|account| account.parent) {
            if let Some(below) = below.get_mut(parent as usize) {
                *below += 1;
            }
        }
        let parents = accounts.parents.iter().zip(&accounts.tree.account);
        for ((name, account), below) in parents.zip(below) {
            if account.is_none() && !name.is_empty() {
                self.add(
                    "Parent without an account",
                    name,
                    format!("No lines of its own; accounts that name it as their parent: {below}"),
                    "Nothing, if it is a holding that never orders; else check its spelling.",
                );
            }
        }
    }

    fn sources(&mut self, accounts: &Accounts) {
        for each in &accounts.merged.shared {
            let side =
                |(file, revenue): &(String, Num)| format!("{} in {file}", revenue.to_money());
            let sides: Vec<String> = each.sides.iter().map(side).collect();
            let what = if each.differs() {
                "Order in two systems, with other amounts"
            } else {
                "Order in two systems"
            };
            self.add(
                what,
                &format!("{} ({})", each.order, each.account),
                format!("{}; both count", sides.join(", ")),
                "Say in the check of the import which file is right.",
            );
        }
        for each in &accounts.merged.unmatched {
            let (what, name, to_do) = match &each.order {
                None => (
                    "Account in one source only",
                    each.account.clone(),
                    "Check whether it is spelled differently there, or was never entered.",
                ),
                Some(order) => (
                    "Order in one source only",
                    format!("{order} ({})", each.account),
                    "Check whether it is still open there, was cancelled, or has another number.",
                ),
            };
            self.add(what, &name, unmatched(each), to_do);
        }
    }
}

/// Where it is and where it is not.
fn unmatched(each: &Unmatched) -> String {
    format!(
        "{} in {}, the last on {}; none in {}, which covers that time too",
        counted(&each.lines, "line"),
        each.found_in,
        each.last,
        each.missing_in
    )
}
