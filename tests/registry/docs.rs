//! The generated documentation.

use perennial::assumptions::{Effect, Kind, Section, Spec, print};
use perennial::base::Unit;
use perennial::commission::inputs::{self, Aims};
use perennial::growth::inputs::GROUPS;
use perennial::growth::outputs;
use perennial::metrics::Formula;
use perennial::registry;
use std::fmt::Write as _;
use std::path::Path;

const SECTIONS: &[(Section, &str)] = &[
    (Section::Basics, "Basics"),
    (Section::Definition, "What counts as value"),
    (Section::Costs, "Costs"),
    (Section::Future, "The future"),
    (Section::Acquisition, "Acquisition"),
    (Section::Reading, "Reading the data"),
    (Section::DealPrice, "A deal: price"),
    (Section::DealVolume, "A deal: volume and order size"),
    (Section::DealCosts, "A deal: costs and tooling"),
    (Section::DealFuture, "A deal: winning and keeping it"),
    (Section::DealApproval, "A deal: approval and a further cut"),
    (Section::DealPromise, "A deal: what is promised"),
    (Section::DealSpikes, "A deal: months of high demand"),
    (
        Section::DealEffort,
        "A deal: a new account or those there are",
    ),
    (Section::DealLearning, "A deal: what repeats make cheaper"),
    (Section::DealDated, "A deal: cash flows by date"),
];

fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

fn range(spec: &Spec) -> String {
    let unit = spec.unit.suffix();
    let joined = |number: &str| match unit {
        "" => number.to_owned(),
        u if u.starts_with('/') => format!("{number}{u}"),
        u => format!("{number} {u}"),
    };
    match spec.kind {
        Kind::Number { allowed, usual, .. } => format!(
            "{} to {}; usually {} to {}",
            allowed.0,
            joined(allowed.1),
            usual.0,
            joined(usual.1)
        ),
        Kind::Choice(options) => {
            let named: Vec<String> = options.iter().map(|(k, l)| format!("`{k}` {l}")).collect();
            named.join("; ")
        }
        Kind::Toggle => "`on`, `off`".into(),
        Kind::ByQuantity(..) => "`1-9: price; 10+: price`".into(),
        Kind::Steps(range) => format!("`{}`", range.example),
        Kind::ByDate(..) => "`2026-01-01: amount; 2026-03-01: amount`".into(),
        Kind::ByName(low, high) => {
            format!("`name = number; name = number`: {low} to {}", joined(high))
        }
    }
}

fn table(page: &mut String, title: &str, specs: &[&Spec]) {
    let _ = write!(
        page,
        "\n## {title}\n\n| Key | Name | Default | Allowed | What it means | Where it enters | More of it |\n| --- | --- | --- | --- | --- | --- | --- |\n"
    );
    for spec in specs {
        let more = match spec.effect {
            Effect::Up if spec.section.is_deal() => "raises the deal's value",
            Effect::Down if spec.section.is_deal() => "lowers the deal's value",
            Effect::Up => "raises lifetime value",
            Effect::Down => "lowers lifetime value",
            Effect::None => "either way, or not at all",
        };
        let default = print(spec, spec.default);
        let source = match spec.from_data {
            Some(metric) => format!("{default}, or `{metric}` from the data"),
            None => default,
        };
        let _ = writeln!(
            page,
            "| `{}` | {} | {} | {} | {} | {} | {more} |",
            spec.key,
            spec.label,
            cell(&source),
            cell(&range(spec)),
            cell(spec.help),
            cell(spec.enters)
        );
    }
}

fn assumptions_page() -> String {
    let mut page = String::from(
        "# Assumptions\n\nGenerated from the registry; do not edit. A key is what links, project \
         files and formulas use. A percentage enters formulas as a fraction (15 % is 0.15).\n",
    );
    for (section, title) in SECTIONS {
        let specs: Vec<&Spec> = registry::assumptions()
            .filter(|s| s.section == *section)
            .collect();
        if specs.is_empty() {
            continue;
        }
        table(&mut page, title, &specs);
    }
    for ((_, specs), title) in GROUPS.iter().zip([
        "Upsells: what all offers rest on (values of `growth.business`)",
        "Upsells: an offer (values of `growth.offers`)",
        "Levers (values of `growth.levers`)",
    ]) {
        table(&mut page, title, &specs.iter().collect::<Vec<_>>());
    }
    let scheme: Vec<&Spec> = inputs::specs().collect();
    table(
        &mut page,
        "Commission schemes (values of `schemes.list`)",
        &scheme,
    );
    let aims: Vec<&Spec> = Aims::SPECS.iter().collect();
    let title = "Targets for returning customers (`schemes.aims`)";
    table(&mut page, title, &aims);
    page
}

fn metrics_page() -> String {
    let mut page = String::from(
        "# Metrics\n\nGenerated from the registry; do not edit. A formula names the keys of \
         assumptions and other metrics. Percentages enter as fractions, and so does the result of a \
         percentage; a choice is the position of what is chosen, from 1; a toggle is 1 or 0. \
         `pick(c, a, b, ...)` is the c-th of the rest; `sum(t, from, to, x)` adds x up.\n\nA figure \
         is exact (adds up recorded amounts), estimated (computed from assumptions about the \
         future) or assumed (contains costs that the data lacks); what stands here is the best it \
         can be.\n\nThe last ones are of upsells and levers: `offer_`, `business_` and `lever_` begin the \
         keys of their values.\n\n| Key | Name | Unit | Formula | How to read it | At best | Example |\n| --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for spec in registry::metrics().chain(outputs::SPECS) {
        let formula = match spec.formula {
            Formula::Data(words) => words.to_owned(),
            Formula::Expression(expression) => format!("`{expression}`"),
        };
        let unit = match spec.unit {
            Unit::Money => "money",
            Unit::MoneyPerYear => "money/year",
            Unit::MoneyPerOrder => "money/order",
            Unit::MoneyPerPiece => "money/piece",
            Unit::Count => "count",
            other => other.suffix(),
        };
        let exactness = match spec.exactness {
            perennial::metrics::Exactness::Exact => "exact",
            perennial::metrics::Exactness::Estimated => "estimated",
            perennial::metrics::Exactness::Assumed => "assumed",
        };
        let example = spec
            .examples
            .first()
            .map_or_else(String::new, |(values, result)| {
                let given: Vec<String> = values.iter().map(|(k, v)| format!("{k} {v}")).collect();
                format!("{} → {result}", given.join(", "))
            });
        let _ = writeln!(
            page,
            "| `{}` | {} | {unit} | {} | {} | {exactness} | {} |",
            spec.key,
            spec.label,
            cell(&formula),
            cell(spec.reading),
            cell(&example)
        );
    }
    page
}

#[test]
fn the_generated_documentation_is_fresh() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    for (name, page) in [
        ("assumptions.md", assumptions_page()),
        ("metrics.md", metrics_page()),
    ] {
        let path = docs.join(name);
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::create_dir_all(&docs).unwrap();
            std::fs::write(&path, &page).unwrap();
        }
        let stored = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            stored == page,
            "docs/{name} is stale: UPDATE_DOCS=1 cargo test --no-default-features --test registry"
        );
    }
}
