//! The figures a page asks for.

use crate::assumptions::Assumptions;
use crate::base::Date;
use crate::registry;
use crate::value::{Evaluation, Subject};

use super::loaded::Loaded;
use super::protocol::{Reply, Results, Want};
use super::rest::Rest;
use super::{failure, missing};

/// Computes what is wanted of a book; more than its figures only with the rest.
pub fn evaluate(
    book: &Loaded,
    assumptions: &Assumptions,
    as_of: Option<Date>,
    want: &Want,
    rest: Option<Rest>,
) -> Reply {
    let view = match book.view(as_of) {
        Ok(view) => view,
        Err(why) => return failure("out_of_range", why),
    };
    let resolved = registry::resolve(assumptions, &view.estimates);
    let fitting = view.fitting.borrow();
    let found =
        Evaluation::new(&view.accounts, &view.prepared, &resolved).with(fitting.foresight());
    let accounts = &view.accounts;
    let mut results = Results {
        as_of: accounts.as_of,
        span: (!accounts.list.is_empty()).then_some((accounts.first, accounts.last)),
        currency: accounts.currency.clone(),
        used: found.used(),
        ..Results::default()
    };
    if want.book {
        results.book = found.figures(Subject::Book);
    }
    if want.is_more_than_book() {
        let Some(rest) = rest else {
            return missing();
        };
        (rest.add)(&mut results, &found, book, &view, assumptions, want);
    }
    Reply::Results(Box::new(results))
}
