//! The figures a page asks for.

use crate::assumptions::Assumptions;
use crate::base::Date;
use crate::registry;
use crate::value::{Evaluation, Subject};

use super::loaded::Loaded;
use super::protocol::{Reply, Results, Want};
use super::{detail, failure, table};

/// Computes what is wanted of a book.
pub fn evaluate(
    book: &Loaded,
    assumptions: &Assumptions,
    as_of: Option<Date>,
    want: &Want,
) -> Reply {
    let view = match book.view(as_of) {
        Ok(view) => view,
        Err(why) => return failure("out_of_range", why),
    };
    let resolved = registry::resolve(assumptions, &view.estimates);
    let found = Evaluation::new(&view.accounts, &view.prepared, &resolved);
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
    if want.methods {
        results.methods = found.methods(Subject::Book);
    }
    if want.waterfall {
        results.waterfall = found.waterfall(Subject::Book);
    }
    let sheets = want.sheets.iter().filter_map(|key| found.sheet(key));
    results.sheets = sheets.collect();
    if let Some(query) = &want.table {
        results.table = Some(table::window(&found, &view, assumptions, query));
    }
    if let Some(account) = want.account {
        results.account = detail::account(&found, &book.book, account);
    }
    Reply::Results(Box::new(results))
}
