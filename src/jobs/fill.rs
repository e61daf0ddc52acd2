//! A deal like the accounts there are: what the orders say of its assumptions.

use crate::assumptions::Origin;
use crate::assumptions::resolve::canonical;
use crate::metrics::Figures;
use crate::registry;
use crate::value::sheets::cells::plain;
use crate::value::{Evaluation, Subject};

use super::protocol::{DealFrom, Filled};

/// Finds the values; `None` where the book has no such segment or account, or no orders.
#[inline(never)]
pub(super) fn fill(found: &Evaluation, from: &DealFrom) -> Option<Filled> {
    let accounts = found.accounts;
    let (subject, name) = match from {
        DealFrom::Book => (Subject::Book, "the average account".to_owned()),
        DealFrom::Segment(name) => {
            let at = accounts.segments.iter().position(|one| one == name)?;
            let name = format!("the average account of {name}");
            (Subject::Segment(at), name)
        }
        DealFrom::Account(name) => {
            let mut list = accounts.list.iter();
            let at = list.position(|one| one.name == *name)?;
            (Subject::Account(at), name.clone())
        }
    };
    let figures = found.figures(subject);
    let mut filled = Filled {
        from: name,
        ..Filled::default()
    };
    for (key, value) in values(&figures, matches!(from, DealFrom::Account(_))) {
        let spec = registry::assumption(key)?;
        // A default of ours is nothing that the orders say.
        let rests_on = match key {
            "deal_retention" => "retention",
            "deal_cac" => "cac",
            _ => "",
        };
        let ours = found
            .resolved
            .get(rests_on)
            .is_some_and(|used| used.origin == Origin::Default);
        match value.filter(|value| value.is_finite() && !ours) {
            Some(value) => {
                let text = canonical(spec, value);
                filled
                    .values
                    .extend(text.map(|text| (key.to_owned(), text)));
            }
            None => filled.left.push(spec.label.to_owned()),
        }
    }
    if matches!(from, DealFrom::Book) {
        let base = plain(&figures, "expected_margin");
        let spec = registry::assumption("deal_base")?;
        let text = canonical(spec, base).filter(|_| base > 0.0);
        filled
            .values
            .extend(text.map(|text| (spec.key.to_owned(), text)));
    }
    Some(filled)
}

/// The assumptions that orders know of, for one account; nothing where they do not.
fn values(figures: &Figures, single: bool) -> Vec<(&'static str, Option<f64>)> {
    let of = |key: &str| Some(plain(figures, key)).filter(|value| value.is_finite());
    let over = |a: Option<f64>, b: Option<f64>| Some(a? / b.filter(|b| *b > 0.0)?);
    let active = of("accounts_active").filter(|count| *count > 0.0);
    let each = |key: &str| over(of(key), active);
    // A piece that costs nothing is one that the orders do not know.
    let known = |key: &str| of(key).filter(|value| *value > 0.0);
    let orders = over(of("orders_per_year"), of("accounts"));
    let rebate = over(of("rebates"), of("revenue")).map(|share| 100.0 * share);
    let cac = if single { of("cac_all") } else { of("new_cac") };
    vec![
        ("deal_list", known("piece_list")),
        (
            "deal_discount",
            known("piece_list").and(of("discount_share")),
        ),
        ("deal_rebate", rebate),
        (
            "deal_volume",
            each("pieces_year").filter(|pieces| *pieces >= 1.0),
        ),
        ("deal_releases", orders.filter(|orders| *orders > 0.0)),
        ("deal_cost", known("piece_cost")),
        ("deal_freight", known("piece_list").and(of("piece_freight"))),
        ("deal_maintenance", each("tooling_active")),
        ("deal_retention", active.and(of("retention_used"))),
        ("deal_cac", cac),
    ]
}
