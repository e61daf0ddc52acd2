//! Counts of what the rules did, and the words for them.

use super::amounts::{CostRule, Line, RevenueRule};
use super::reading::Reject;
use crate::ingest::problem::Code;
use crate::ingest::row::RowKind;

/// What became of the rows, and what the rules did.
#[derive(Debug, Default)]
pub(super) struct Counts {
    /// Rows read.
    pub read: u64,
    /// Rows rejected.
    pub rejected: u64,
    /// Rows that repeat another.
    pub repeats: u64,
    /// Rows that are structure, by kind.
    structure: [u64; 5],
    /// Rows that are no orders, by reason.
    no_order: Vec<(String, u64)>,
    /// What the rules did, in the order of [`NOTES`].
    rules: [u64; NOTES.len()],
}

/// A rule whose use is counted.
#[derive(Debug, Clone, Copy)]
pub(super) enum Rule {
    PriceTimesQuantity,
    ListTimesQuantity,
    LessTax,
    WithTax,
    UnitCost,
    GrossProfit,
    Inherited,
    ByContact,
    ByGroup,
    TurnedNegative,
    DayOrders,
    Percent,
    LinkedByNumber,
    LinkedByItem,
    Unlinked,
    Refunds,
    RefundsCapped,
    CreditNumbers,
    Summaries,
    MarkedCurrency,
    OrderDiscounts,
    TaxTaken,
    TwoOwners,
    OrderAmounts,
    PerPieces,
    CostSize,
    FilledDown,
    Units,
    Counted,
    SharedAmounts,
    Joined,
    Restarted,
}

const NOTES: [(&str, &str); 32] = [
    (
        "line's revenue is quantity x price less discount",
        "lines' revenue is quantity x price less discount",
    ),
    (
        "line's revenue is quantity x list price less discount",
        "lines' revenue is quantity x list price less discount",
    ),
    (
        "line's revenue is the amount with tax less its tax",
        "lines' revenue is the amount with tax less its tax",
    ),
    (
        "line's revenue may contain tax: the data has no net amount and no tax",
        "lines' revenue may contain tax: the data has no net amount and no tax",
    ),
    (
        "line's cost is unit cost x quantity",
        "lines' cost is unit cost x quantity",
    ),
    (
        "line's cost is revenue less gross profit",
        "lines' cost is revenue less gross profit",
    ),
    (
        "line took what it lacks from the line of the same order above it",
        "lines took what they lack from the line of the same order above them",
    ),
    (
        "row's account is known by number or e-mail address only",
        "rows' account is known by number or e-mail address only",
    ),
    (
        "row's account is the group it stands under",
        "rows' account is the group they stand under",
    ),
    (
        "return was recorded with positive amounts and counts negative",
        "returns were recorded with positive amounts and count negative",
    ),
    (
        "line has no order number: an account's lines of one day count as one order",
        "lines have no order number: an account's lines of one day count as one order",
    ),
    (
        "line's discount comes from a percentage",
        "lines' discount comes from a percentage",
    ),
    (
        "return belongs to the order of its number",
        "returns belong to the order of their number",
    ),
    (
        "return was put to the newest earlier order of its account and item",
        "returns were put to the newest earlier order of their account and item",
    ),
    (
        "return has no order it could belong to and stands alone",
        "returns have no order they could belong to and stand alone",
    ),
    (
        "order has a refund, entered as a return on the order",
        "orders have a refund, entered as a return on the order",
    ),
    (
        "refund is larger than its order's net revenue (tax or freight) and was cut to it",
        "refunds are larger than their order's net revenue (tax or freight) and were cut to it",
    ),
    (
        "line with a C before an order's number is taken as its credit",
        "lines with a C before an order's number are taken as its credit",
    ),
    (
        "account came as a summary; its last 365 days are an even share of its time as a customer",
        "accounts came as summaries; their last 365 days are an even share of their time as customers",
    ),
    (
        "row's currency is that of its whole file",
        "rows' currency is that of their whole file",
    ),
    (
        "order has a discount on the whole of it, spread over its lines by their amounts",
        "orders have a discount on the whole of them, spread over their lines by their amounts",
    ),
    (
        "line's amount contained its tax, which was taken off",
        "lines' amounts contained their tax, which was taken off",
    ),
    (
        "order number stands under two accounts and counts as an order of each: is one customer \
         spelled in two ways?",
        "order numbers stand under two accounts and count as an order of each: is one customer \
         spelled in two ways?",
    ),
    (
        "row repeats its order's amount, which was counted once",
        "rows repeat their order's amount, which was counted once and shared by its lines",
    ),
    (
        "line's price was for as many pieces as its row or header says",
        "lines' price was for as many pieces as their row or header says",
    ),
    (
        "line's cost was written with the other sign: its size counts",
        "lines' cost was written with the other sign: its size counts",
    ),
    (
        "row's account is that of the row above it: its own cell is blank",
        "rows' account is that of the row above them: their own cells are blank",
    ),
    (
        "line's quantity has a unit beside it, which was left out",
        "lines' quantities have a unit beside them, which was left out",
    ),
    (
        "line's amounts are in thousands or millions, as their headers say",
        "lines' amounts are in thousands or millions, as their headers say",
    ),
    (
        "order's amount stands on one of its rows, and is shared by all of them by their prices",
        "orders' amount stands on one of their rows, and is shared by all of them by their prices",
    ),
    (
        "order's freight, discount or cost stands on each of its lines; it counts once, shared by them",
        "amounts of orders (freight, discount or cost) stand on each of their lines; they count once, \
         shared by them",
    ),
    (
        "invoice has the number of one more than half a year before, and counts as another",
        "invoices have the number of one more than half a year before, and count as others",
    ),
];

impl Counts {
    /// Counts the use of a rule.
    pub fn rule(&mut self, rule: Rule) {
        self.rules_add(rule, 1);
    }

    /// Counts several uses of a rule.
    pub fn rules_add(&mut self, rule: Rule, more: u64) {
        if let Some(count) = self.rules.get_mut(rule as usize) {
            *count += more;
        }
    }

    /// Counts the rules behind a line.
    pub fn line(&mut self, line: &Line) {
        match line.revenue_rule {
            RevenueRule::Net => {}
            RevenueRule::Price => self.rule(Rule::PriceTimesQuantity),
            RevenueRule::List => self.rule(Rule::ListTimesQuantity),
            RevenueRule::LessTax => self.rule(Rule::LessTax),
            RevenueRule::WithTax => self.rule(Rule::WithTax),
        }
        match line.cost_rule {
            None | Some(CostRule::Cost) => {}
            Some(CostRule::UnitCost) => self.rule(Rule::UnitCost),
            Some(CostRule::GrossProfit) => self.rule(Rule::GrossProfit),
        }
    }

    /// Counts a row that is no data.
    pub fn structure(&mut self, kind: RowKind) {
        let [totals, groups, headers, notes, blanks] = &mut self.structure;
        match kind {
            RowKind::Total => *totals += 1,
            RowKind::Group => *groups += 1,
            RowKind::RepeatedHeader => *headers += 1,
            RowKind::Note => *notes += 1,
            RowKind::Blank | RowKind::Data => *blanks += 1,
        }
    }

    /// Counts a row that is no order.
    pub fn no_order(&mut self, reason: &str) {
        self.no_orders(reason, 1);
    }

    /// Counts several rows that are no orders.
    pub fn no_orders(&mut self, reason: &str, rows: usize) {
        match self.no_order.iter_mut().find(|(r, _)| r == reason) {
            Some((_, count)) => *count += rows as u64,
            None => self.no_order.push((reason.to_owned(), rows as u64)),
        }
    }

    /// Rows that are structure.
    pub fn structure_rows(&self) -> u64 {
        self.structure.iter().sum()
    }

    /// Rows that are no orders.
    pub fn no_order_rows(&self) -> u64 {
        self.no_order.iter().map(|(_, count)| count).sum()
    }

    /// The counts behind structure and no order, in words.
    pub fn left_out(&self) -> Vec<(String, u64)> {
        let names = [
            "totals",
            "group rows",
            "repeated headers",
            "notes and titles",
            "blank rows",
        ];
        names
            .iter()
            .zip(self.structure)
            .map(|(name, count)| ((*name).to_owned(), count))
            .chain(self.no_order.iter().cloned())
            .filter(|(_, count)| *count > 0)
            .collect()
    }

    /// What the rules did, in words.
    pub fn notes(&self) -> Vec<String> {
        NOTES
            .iter()
            .zip(self.rules)
            .filter(|(_, count)| *count > 0)
            .map(|((one, many), count)| format!("{count} {}", if count == 1 { one } else { many }))
            .collect()
    }

    /// A reason for a rejected row, for the list of rejected rows.
    pub fn reason(reject: &Reject) -> String {
        let reason = super::problems::reason(reject.code);
        match reject.role {
            Some(role) if !reject.found.is_empty() => {
                format!("{}: {:?} is {reason}", role.label(), reject.found)
            }
            None if reject.code == Code::Conflict => format!("{reason}: {}", reject.found),
            _ => reason.to_owned(),
        }
    }
}
