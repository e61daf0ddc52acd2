//! Commission schemes on the orders: what each says, what it would have paid whom, where it pays for the
//! wrong thing, and what the orders say of accounts and owners.
//!
//! The sales are made once for a view of the book and its assumed cost, what the schemes pay once for a
//! state of the schemes. Bands take longer than a page may wait: each job makes some of the draws and
//! says whether there are more to come.

mod desk;
mod paying;

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::assumptions::Assumptions;
use crate::commission::missing::missing;
use crate::commission::sales::{COST_PARTS, Known};
use crate::commission::{Plan, Prepared, Sales, Schemes, Sold, words};
use crate::orders::Attr;
use crate::value::Evaluation;
use crate::value::prepared::cost_shares;

use super::loaded::{Loaded, View};
use super::protocol::{CommissionResults, CommissionWant, Said};
use desk::Desk;
use paying::Paying;

/// What is kept with a view: the sales and what was made of them.
#[derive(Debug)]
pub(super) struct Workings {
    /// What lines without a recorded cost are assumed to cost where neither their account nor its
    /// segment has any, in parts of their revenue.
    share: i64,
    sales: Sales,
    prepared: Prepared,
    sold: OnceCell<Sold>,
    /// What the schemes pay, for the last schemes asked for.
    paying: RefCell<Option<Rc<Paying>>>,
}

impl Workings {
    fn sold(&self) -> &Sold {
        self.sold.get_or_init(|| Sold::of(&self.sales))
    }

    /// What these schemes pay.
    fn paying(&self, schemes: &Arc<Schemes>) -> Rc<Paying> {
        let mut kept = self.paying.borrow_mut();
        if let Some(known) = kept.as_ref().filter(|known| *known.schemes == **schemes) {
            return Rc::clone(known);
        }
        let paying = Rc::new(Paying::new(schemes, kept.as_deref()));
        *kept = Some(Rc::clone(&paying));
        paying
    }
}

/// Answers everything asked; `in_parts` lets it say that there is more to come.
pub(super) fn answer(
    found: &Evaluation,
    book: &Loaded,
    view: &View,
    assumptions: &Assumptions,
    want: &CommissionWant,
    in_parts: bool,
) -> CommissionResults {
    let mut results = CommissionResults {
        said: said(found, book, want),
        sellers: sellers(book),
        ..CommissionResults::default()
    };
    if want.sheets.is_empty() {
        return results;
    }
    match workings(found, book, view) {
        Ok(on) => {
            let desk = Desk {
                found,
                book,
                view,
                assumptions,
                want,
                in_parts,
                sales: &on.sales,
                on: &on,
                paying: on.paying(&want.schemes),
            };
            desk.answer(&mut results);
        }
        Err(why) => results.notes.push(why),
    }
    results
}

/// The schemes in plain words, or why they contradict themselves.
fn said(found: &Evaluation, book: &Loaded, want: &CommissionWant) -> Vec<Said> {
    // Counted once, and only where some scheme asks.
    let known = OnceCell::new();
    let lacks = |plan: &Plan| {
        if plan.needs_facts() {
            let known = known.get_or_init(|| Known::of(&book.book, found.as_of()));
            missing(plan, known)
        } else {
            Vec::new()
        }
    };
    let schemes = want.schemes.list().iter();
    let one = schemes.map(|scheme| {
        let plan = Plan::of(scheme, want.schemes.people());
        let mut said = Said {
            id: scheme.id(),
            ..Said::default()
        };
        match plan {
            Ok(plan) => {
                said.words = words::of(&plan);
                said.assumed = lacks(&plan);
            }
            Err(refused) => said.refused = refused.into_iter().map(|one| one.why).collect(),
        }
        said
    });
    one.collect()
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
fn workings(found: &Evaluation, book: &Loaded, view: &View) -> Result<Rc<Workings>, String> {
    let margin = found.inputs.gross_margin.exact_fraction();
    let margin = (margin * Decimal::from(COST_PARTS)).round();
    let share = COST_PARTS - margin.to_i64().unwrap_or(0);
    let mut kept = view.sales.borrow_mut();
    if let Some(known) = kept.as_ref().filter(|known| known.share == share) {
        return Ok(Rc::clone(known));
    }
    let mut sales = Sales::of(&book.book, found.as_of()).map_err(|error| {
        let (_, line) = book.book.place(error.line as usize);
        format!(
            "The amounts cannot be added up from line {line} of the file on: they are too large."
        )
    })?;
    let own = cost_shares(&view.accounts, COST_PARTS).map_err(|error| error.to_string())?;
    sales.assume_cost(share, &own);
    let made = Rc::new(Workings {
        share,
        sales,
        prepared: Prepared::default(),
        sold: OnceCell::new(),
        paying: RefCell::default(),
    });
    *kept = Some(Rc::clone(&made));
    Ok(made)
}
