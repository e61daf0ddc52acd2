//! Commission schemes on the orders: what each says, what it would have paid whom, where it pays for the
//! wrong thing, and what the orders say of accounts and owners.
//!
//! The sales are made once for a view of the book and its assumed cost, what the schemes pay once for a
//! state of the schemes. Bands take longer than a page may wait: each job makes some of the draws and
//! says whether there are more to come.

mod desk;

use std::rc::Rc;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::assumptions::Assumptions;
use crate::commission::sales::UNIT;
use crate::commission::{Plan, Sales, words};
use crate::orders::Attr;
use crate::value::Evaluation;

use super::loaded::{Loaded, View};
use super::protocol::{CommissionResults, CommissionWant, Said};
use desk::{Desk, Paying};

/// What is kept with a view.
#[derive(Debug)]
pub(super) struct Kept {
    /// What lines without a recorded cost are assumed to cost, in 1/10,000 of their revenue.
    share: i64,
    sales: Rc<Sales>,
    /// What the schemes pay, for the last schemes asked for.
    paying: Option<Rc<Paying>>,
}

/// Answers everything asked.
pub(super) fn answer(
    found: &Evaluation,
    book: &Loaded,
    view: &View,
    assumptions: &Assumptions,
    want: &CommissionWant,
) -> CommissionResults {
    let mut results = CommissionResults {
        said: said(want),
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
                book,
                view,
                assumptions,
                want,
                sales: &sales,
                paying: paying(view, want),
            };
            desk.answer(&mut results);
        }
        Err(why) => results.notes.push(why),
    }
    results
}

/// The schemes in plain words, or why they contradict themselves.
fn said(want: &CommissionWant) -> Vec<Said> {
    let schemes = want.schemes.list().iter();
    let one = schemes.map(|scheme| {
        let plan = Plan::of(scheme, want.schemes.people());
        let (words, refused) = match plan {
            Ok(plan) => (words::of(&plan), Vec::new()),
            Err(refused) => (Vec::new(), refused.into_iter().map(|one| one.why).collect()),
        };
        Said {
            id: scheme.id(),
            words,
            refused,
        }
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
fn sales(found: &Evaluation, book: &Loaded, view: &View) -> Result<Rc<Sales>, String> {
    let margin = found.inputs.gross_margin.exact_fraction();
    let margin = (margin * Decimal::from(UNIT)).round();
    let share = UNIT - margin.to_i64().unwrap_or(0);
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
        paying: None,
    });
    Ok(sales)
}

/// What the schemes pay on the sales that are kept.
fn paying(view: &View, want: &CommissionWant) -> Rc<Paying> {
    let mut kept = view.sales.borrow_mut();
    let known = kept.as_ref().and_then(|kept| kept.paying.as_ref());
    if let Some(known) = known.filter(|known| *known.schemes == *want.schemes) {
        return Rc::clone(known);
    }
    let paying = Rc::new(Paying::new(&want.schemes, known.map(Rc::as_ref)));
    if let Some(kept) = kept.as_mut() {
        kept.paying = Some(Rc::clone(&paying));
    }
    paying
}
