//! Commission schemes on the orders: what each says, what it would have paid whom, and what the orders
//! say of accounts and owners.
//!
//! The sales are made once for a view of the book and its assumed cost; the rest is computed when it is
//! asked for.

use std::rc::Rc;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::commission::inputs::kinds::Lifetime;
use crate::commission::milestones::milestones;
use crate::commission::owners::owners;
use crate::commission::sales::UNIT;
use crate::commission::targets::{Aim, targets};
use crate::commission::{FirstKey, Plan, Refusal, Sales, Scheme, boards};
use crate::metrics::Sheet;
use crate::orders::Attr;
use crate::value::Evaluation;

use super::loaded::{Loaded, View};
use super::protocol::{CommissionResults, CommissionWant, Said};

/// Lifetime milestones where the scheme looked at has none, in the base currency.
const LEVELS: [i64; 3] = [25_000, 100_000, 250_000];

/// The sales of a view, and what lines without a recorded cost are assumed to cost, in 1/10,000.
#[derive(Debug)]
pub(super) struct Kept {
    share: i64,
    sales: Rc<Sales>,
}

/// Answers everything asked.
pub(super) fn answer(
    found: &Evaluation,
    book: &Loaded,
    view: &View,
    want: &CommissionWant,
) -> CommissionResults {
    let schemes = &want.schemes;
    let plans = schemes
        .list()
        .iter()
        .map(|scheme| (scheme, Plan::of(scheme, schemes.people())));
    let mut results = CommissionResults {
        said: plans
            .map(|(scheme, plan)| said(scheme, plan.as_ref()))
            .collect(),
        sellers: sellers(book),
        ..CommissionResults::default()
    };
    if want.sheets.is_empty() {
        return results;
    }
    match sales(found, book, view) {
        Ok(sales) => {
            let desk = Desk {
                found,
                want,
                sales: &sales,
            };
            results.sheets = want
                .sheets
                .iter()
                .filter_map(|key| desk.sheet(key))
                .collect();
        }
        Err(why) => results.notes.push(why),
    }
    results
}

fn said(scheme: &Scheme, plan: Result<&Plan, &Vec<Refusal>>) -> Said {
    let refused = plan.err().into_iter().flatten();
    Said {
        id: scheme.id(),
        words: Vec::new(),
        refused: refused.map(|one| one.why.clone()).collect(),
    }
}

/// Who the orders say sells, by name.
fn sellers(book: &Loaded) -> Vec<String> {
    let names = &book.book.text(Attr::Salesperson).names;
    let mut all: Vec<String> = names.iter().map(str::to_owned).collect();
    all.retain(|name| !name.is_empty());
    crate::base::order::sort_by(&mut all, Ord::cmp);
    all
}

/// The sales up to the as-of date.
fn sales(found: &Evaluation, book: &Loaded, view: &View) -> Result<Rc<Sales>, String> {
    let margin = found.inputs.gross_margin.exact_fraction();
    let share = UNIT - (margin * Decimal::from(UNIT)).round().to_i64().unwrap_or(0);
    if let Some(kept) = view
        .sales
        .borrow()
        .as_ref()
        .filter(|kept| kept.share == share)
    {
        return Ok(Rc::clone(&kept.sales));
    }
    let mut sales = Sales::of(&book.book, found.as_of()).map_err(|error| {
        let (_, line) = book.book.place(error.line as usize);
        format!(
            "The amounts cannot be added up from line {line} of the file on: they are too large."
        )
    })?;
    sales.assume_cost(share);
    let sales = Rc::new(sales);
    *view.sales.borrow_mut() = Some(Kept {
        share,
        sales: Rc::clone(&sales),
    });
    Ok(sales)
}

/// What the tables are made of.
struct Desk<'a> {
    found: &'a Evaluation<'a>,
    want: &'a CommissionWant,
    sales: &'a Sales,
}

impl Desk<'_> {
    fn sheet(&self, key: &str) -> Option<Sheet> {
        let as_of = self.found.as_of();
        match key {
            "owners" => Some(boards::owners_sheet(&owners(self.sales, as_of))),
            "handovers" => Some(boards::handovers_sheet(&owners(self.sales, as_of))),
            "targets" => {
                let indexes = self.sales.indexes(FirstKey::Account);
                let aim = Aim {
                    customers: 0,
                    revenue: self.want.target / 100.0,
                    curve: Vec::new(),
                };
                let found = targets(self.sales, &indexes, as_of, &aim);
                Some(boards::targets_sheet(&found, self.want.target))
            }
            "milestones" => Some(self.milestones()),
            _ => None,
        }
    }

    /// The scheme looked at.
    fn scheme(&self) -> Option<&Scheme> {
        let schemes = &self.want.schemes;
        let chosen = self.want.scheme.and_then(|id| schemes.get(id));
        chosen.or_else(|| schemes.current())
    }

    fn milestones(&self) -> Sheet {
        let sales = self.sales;
        let typed = self.scheme().map(Scheme::typed);
        let of = typed.map_or(Lifetime::default(), |typed| typed.bonus.lifetime_of);
        let column = |column: &[i64], row: usize| column.get(row).copied().unwrap_or(0);
        let worth = move |row: usize| match of {
            Lifetime::Contribution => sales.contribution(row),
            Lifetime::Margin => column(&sales.revenue, row) - column(&sales.cost, row),
            Lifetime::Revenue => column(&sales.revenue, row),
        };
        let mut levels: Vec<i64> = self
            .scheme()
            .map(Scheme::lifetime_levels)
            .unwrap_or_default();
        if levels.is_empty() {
            levels = LEVELS.iter().map(|level| level * UNIT).collect();
        }
        let found = milestones(sales, &worth, &levels, self.found.as_of());
        boards::milestones_sheet(&found, &of.label().to_lowercase())
    }
}
