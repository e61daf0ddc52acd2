//! The account tree: plants and companies rolled up to the group they belong to.

use crate::base::order::sort_by;
use crate::base::{Unit, counted};
use crate::metrics::{Cell, Sheet};
use crate::value::columns::Column;
use crate::value::evaluation::Evaluation;

use super::MOST_ROWS;
use super::cells::{column, count, empty, text};

/// One group.
#[derive(Clone, Default)]
struct Node {
    members: Vec<usize>,
    active: u32,
    sites: u32,
    sites_active: u32,
    lifetime: f64,
}

/// Columns of the accounts table that are added up.
const ADDED: [&str; 4] = ["revenue", "past", "future", "lifetime"];

impl Node {
    fn add(&mut self, evaluation: &Evaluation, position: usize) {
        if !evaluation.is_present(position) {
            return;
        }
        if let Some(account) = evaluation.accounts.list.get(position) {
            self.sites += account.sites;
            self.sites_active += account.sites_active;
        }
        self.members.push(position);
        self.active += u32::from(evaluation.values.lapsed.get(position) == Some(&false));
        self.lifetime += evaluation.number("lifetime", position);
    }

    fn row(&self, evaluation: &Evaluation, name: &str) -> Vec<Cell> {
        let sites = |count_of: u32| match self.sites {
            0 => Cell::Empty("The orders name no sites.".into()),
            _ => count(count_of),
        };
        let mut cells = vec![
            text(name),
            count(self.members.len() as u64),
            count(self.active),
            sites(self.sites),
            sites(self.sites_active),
        ];
        let whole = evaluation
            .prepared
            .several(evaluation.accounts, &self.members);
        let whole = whole.unwrap_or_default();
        let columns = ADDED.into_iter().filter_map(Column::get);
        cells.extend(columns.map(|column| evaluation.sum(column, &whole, &self.members)));
        cells
    }
}

/// The analysis.
pub(super) fn sheet(evaluation: &Evaluation) -> Sheet {
    let accounts = evaluation.accounts;
    let title = "Account tree";
    if accounts.parents.is_empty() {
        return empty(
            "tree",
            title,
            "The orders name no parent accounts. Map a column such as group, holding or purchasing group to Parent account on the Orders page.",
        );
    }
    let mut nodes = vec![Node::default(); accounts.parents.len()];
    let mut alone = Node::default();
    for position in 0..accounts.list.len() {
        let node = accounts
            .head(position)
            .and_then(|p| nodes.get_mut(p as usize))
            .unwrap_or(&mut alone);
        node.add(evaluation, position);
    }
    let mut order: Vec<(&str, Node)> = accounts
        .parents
        .iter()
        .map(String::as_str)
        .zip(nodes)
        .filter(|n| !n.1.members.is_empty())
        .collect();
    sort_by(&mut order, |a, b| {
        b.1.lifetime.total_cmp(&a.1.lifetime).then(a.0.cmp(b.0))
    });
    let groups = order.len();
    order.truncate(MOST_ROWS);
    if !alone.members.is_empty() {
        order.push(("Without a parent account", alone));
    }
    Sheet {
        key: "tree".into(),
        title: title.into(),
        caption: format!(
            "{} by lifetime value ({}). Where many accounts or sites of a group are not \
             active, sell to the group; where few are known, ask for the others.{}",
            counted(&groups, "group"),
            evaluation.headline_label(),
            refused(&accounts.tree.refused)
        ),
        columns: columns(evaluation),
        rows: order
            .iter()
            .map(|(name, node)| node.row(evaluation, name))
            .collect(),
    }
}

/// What the tree could not place.
fn refused(circles: &[String]) -> String {
    circles.first().map_or_else(String::new, |first| {
        format!(
            " Refused: parents in a circle ({}, such as {first}). Those accounts stand without a \
             parent; correct it in the order file.",
            circles.len()
        )
    })
}

fn columns(evaluation: &Evaluation) -> Vec<crate::metrics::SheetColumn> {
    let basis = evaluation.inputs.basis.label();
    vec![
        column("parent", "Parent account", Unit::Text, ""),
        column(
            "accounts",
            "Accounts known",
            Unit::Count,
            "Accounts with orders.",
        ),
        column(
            "active",
            "Accounts active",
            Unit::Count,
            "Of those, not lapsed.",
        ),
        column("sites", "Sites known", Unit::Count, "Sites with orders."),
        column(
            "sites_active",
            "Sites active",
            Unit::Count,
            "Of those, with an order in the last 12 months.",
        ),
        column(
            "revenue",
            "Revenue",
            Unit::Money,
            "Net invoiced, whole history.",
        ),
        column(
            "past",
            &format!("{basis} so far"),
            Unit::Money,
            "Whole history.",
        ),
        column(
            "future",
            "Future value",
            Unit::Money,
            "By the headline method.",
        ),
        column(
            "lifetime",
            "Lifetime value",
            Unit::Money,
            "Less acquisition cost.",
        ),
    ]
}
