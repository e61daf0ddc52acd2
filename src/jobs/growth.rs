//! Upsells and levers: on what the orders say of accounts, where there are any.

use crate::deals;
use crate::growth::attach::AccountStream;
use crate::growth::{Board, Ground};
use crate::value::Evaluation;
use crate::value::methods::Outlook;

use super::loaded::View;
use super::protocol::GrowthWant;

/// Everything of the catalogue and the levers.
#[inline(never)]
pub(super) fn board(found: &Evaluation, view: &View, want: &GrowthWant) -> Board {
    let active = || {
        let rows = found.values.yearly.iter().zip(&found.values.lapsed);
        let present = rows.enumerate().filter(|(at, _)| found.is_present(*at));
        present
            .filter(|(_, (_, lapsed))| !**lapsed)
            .map(|(_, (year, _))| *year)
    };
    let mut estimates = view.estimates.clone();
    let count = u32::try_from(active().count()).unwrap_or(u32::MAX);
    if count > 0 {
        estimates.push(("accounts_active", f64::from(count)));
        estimates.push(("account_year", active().sum::<f64>() / f64::from(count)));
    }
    let account = want.account.map(|at| at as usize).and_then(|at| {
        let name = found.accounts.list.get(at)?.name.clone();
        let stream = AccountStream {
            cac: found.cac.at(at),
            year: found.values.yearly.get(at).copied()?,
            outlook: found.outlook(found.retention.class(at)),
        };
        // A lapsed account has no future value anywhere.
        Some((name, found.lapsed_note(at).map_or(Ok(stream), Err)))
    });
    want.growth.board(&Ground {
        outlook: Outlook::of(&found.inputs),
        estimates,
        deal: deals::Terms::read(found.resolved),
        account,
    })
}
