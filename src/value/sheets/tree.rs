//! The account tree: plants and companies rolled up to the group they belong to.

use crate::base::{Money, Unit};
use crate::metrics::{Cell, Exactness, Sheet};
use crate::value::evaluation::Evaluation;

use super::MOST_ROWS;
use super::cells::{column, count, empty, float, money, text};

/// The sums of one group.
#[derive(Clone, Copy, Default)]
struct Node {
    accounts: u32,
    active: u32,
    sites: u32,
    sites_active: u32,
    revenue: Money,
    past: f64,
    future: f64,
    lifetime: f64,
}

impl Node {
    fn add(&mut self, evaluation: &Evaluation, position: usize) {
        if !evaluation.is_present(position) {
            return;
        }
        let values = &evaluation.values;
        let at = |column: &[f64]| column.get(position).copied().unwrap_or(f64::NAN);
        if let Some(account) = evaluation.accounts.list.get(position) {
            self.sites += account.sites;
            self.sites_active += account.sites_active;
            self.revenue = self
                .revenue
                .add(account.total.revenue)
                .unwrap_or(self.revenue);
        }
        self.accounts += 1;
        self.active += u32::from(values.lapsed.get(position) == Some(&false));
        self.past += at(&values.past);
        self.future += at(&values.future);
        self.lifetime += at(&values.lifetime);
    }

    fn row(&self, name: &str) -> Vec<Cell> {
        let estimated = Exactness::Estimated;
        let none = "The headline method cannot run; see Methods for the reason.";
        let sites = |count_of: u32| match self.sites {
            0 => Cell::Empty("The orders name no sites.".into()),
            _ => count(count_of),
        };
        vec![
            text(name),
            count(self.accounts),
            count(self.active),
            sites(self.sites),
            sites(self.sites_active),
            money(self.revenue, Exactness::Exact),
            float(self.past, Exactness::Exact, none),
            float(self.future, estimated, none),
            float(self.lifetime, estimated, none),
        ]
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
    for (position, account) in accounts.list.iter().enumerate() {
        let head = accounts.tree.head.get(position).copied();
        let node = head
            .unwrap_or(account.parent)
            .and_then(|p| nodes.get_mut(p as usize))
            .unwrap_or(&mut alone);
        node.add(evaluation, position);
    }
    let mut order: Vec<(&str, Node)> = accounts
        .parents
        .iter()
        .map(String::as_str)
        .zip(nodes)
        .filter(|n| n.1.accounts > 0)
        .collect();
    order.sort_by(|a, b| b.1.lifetime.total_cmp(&a.1.lifetime).then(a.0.cmp(b.0)));
    let groups = order.len();
    order.truncate(MOST_ROWS);
    if alone.accounts > 0 {
        order.push(("Without a parent account", alone));
    }
    Sheet {
        key: "tree".into(),
        title: title.into(),
        caption: format!(
            "{groups} groups by lifetime value ({}). Where many accounts or sites of a group are not \
             active, sell to the group; where few are known, ask for the others.{}",
            evaluation.headline_label(),
            refused(&accounts.tree.refused)
        ),
        columns: columns(evaluation),
        rows: order.iter().map(|(name, node)| node.row(name)).collect(),
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
