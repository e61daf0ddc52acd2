//! What a deal and its scenarios pay under each scheme beside what they are worth (S42), as a table.

use crate::base::Unit;
use crate::commission::on_deal::OnDeal;
use crate::metrics::{Cell, Exactness, Sheet};
use crate::value::sheets::cells::{about, column, float, text};

/// A row a scenario, a column a scheme, and whether salesperson and company would choose the same.
pub fn deal_sheet(found: &OnDeal) -> Sheet {
    let mut columns = vec![
        column("scenario", "Scenario of the deal", Unit::Text, ""),
        column(
            "npv",
            "Net present value",
            Unit::Money,
            "Before commission.",
        ),
    ];
    for (at, scheme) in found.schemes.iter().enumerate() {
        columns.push(column(
            &format!("scheme_{at}"),
            &scheme.scheme,
            Unit::Money,
            "What the salesperson earns on the deal, each year with the chance that it still runs, worth today.",
        ));
    }
    let shown = |x: f64| float(x, Exactness::Estimated, "");
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for (at, (name, npv)) in found.scenarios.iter().zip(&found.npv).enumerate() {
        let mut row = vec![text(name), shown(*npv)];
        row.extend(found.schemes.iter().map(|scheme| {
            let earned = scheme.earned.get(at);
            shown(earned.map_or(f64::NAN, |earned| earned.today))
        }));
        rows.push(row);
    }
    Sheet {
        key: "deal_pay".into(),
        title: "What the deal pays".into(),
        caption: agreement(found),
        columns,
        rows,
    }
}

/// Whom schemes for partners are shown for.
fn partners(found: &OnDeal) -> String {
    let schemes = found.schemes.iter().filter(|scheme| scheme.to_partner);
    let names: Vec<String> = schemes.map(|one| format!("“{}”", one.scheme)).collect();
    if names.is_empty() {
        return String::new();
    }
    format!(
        " Paid to partners, and shown for one that sells as much as {}: {}.",
        found.rep,
        names.join(", ")
    )
}

/// Whether both would choose the same scenario, in words.
fn agreement(found: &OnDeal) -> String {
    let rep = &found.rep;
    let whom = format!("{rep}, in the middle by revenue of the last 365 days,");
    let name = |at: Option<u32>| {
        let name = at.and_then(|at| found.scenarios.get(at as usize));
        name.map_or("none", String::as_str)
    };
    if found.scenarios.len() < 2 {
        return format!(
            "What {whom} earns on the deal beside what it is worth. Add scenarios of the deal to see \
             whether both would choose the same.{}",
            partners(found)
        );
    }
    let best = name(found.best);
    let schemes = found.schemes.iter().map(|scheme| {
        let tau = scheme.alignment.map_or_else(String::new, |tau| {
            format!(" (agreement over all scenarios {tau:.2})")
        });
        match scheme.agrees {
            Some(false) => format!(
                "under “{}” {rep} would choose {}, which costs the company {}{tau}",
                scheme.scheme,
                name(scheme.best),
                about(scheme.cost)
            ),
            _ => format!("under “{}” {rep} would choose it, too{tau}", scheme.scheme),
        }
    });
    let schemes: Vec<String> = schemes.collect();
    let all = if found.scenarios.len() < 3 {
        ""
    } else {
        " Agreement is Kendall's tau of pay and worth: 1 where both put all scenarios in the same order, \
         -1 where in the opposite one."
    };
    format!(
        "Paid to {whom} beside such a year. {best} is worth most to the company; \
         {}.{all}{}",
        schemes.join("; "),
        partners(found)
    )
}
