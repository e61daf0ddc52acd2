//! What holds for every input: typed texts, the waterfall, the methods, cash flows.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod hand_made;

use hand_made::chosen;
use perennial::accounts::Sums;
use perennial::assumptions::{Estimates, accepts, parse};
use perennial::base::Money;
use perennial::base::num::{kendall_tau, quantile};
use perennial::registry;
use perennial::value::cash::{Irr, irr, npv};
use perennial::value::definition::{Filled, Filling, waterfall};
use perennial::value::methods::{Outlook, l4_after_renewal, l6_year_end, l7_horizon};
use perennial::value::{Inputs, Timing};
use proptest::prelude::*;

fn cents() -> impl Strategy<Value = Money> {
    (-1_000_000_000_i64..1_000_000_000, 0_u32..5)
        .prop_map(|(amount, scale)| Money::from_parts(amount.into(), scale).unwrap())
}

fn filled() -> impl Strategy<Value = Filled> {
    (prop::array::uniform12(cents()), 0_u32..500, 0_u32..20).prop_map(|(m, orders, years)| Filled {
        sums: Sums {
            list: m[0],
            discount: m[1],
            revenue: m[2],
            rebates: m[3],
            freight: m[4],
            cost: m[5],
            revenue_costed: m[6],
            tooling: m[7],
            returned: m[8],
            pieces: m[9],
            orders,
            lines: orders,
        },
        cost: m[10],
        left: m[11],
        account_years: years,
    })
}

fn inputs(settings: &[(&str, &str)]) -> Inputs {
    Inputs::read(&registry::resolve(&chosen(settings), &Estimates::new()))
}

fn outlook() -> impl Strategy<Value = Outlook> {
    (0.0..=1.0, 0.0..=1.0, -0.5..=1.0, 1_u32..=50, 0_usize..4).prop_map(|(r, d, g, years, at)| {
        Outlook {
            retention_per_year: r,
            discount_per_year: d,
            growth_per_year: g,
            horizon_years: years,
            timing: Timing::ALL[at],
        }
    })
}

proptest! {
    #[test]
    fn any_text_is_taken_or_refused_and_what_is_taken_stays(text in "\\PC{0,24}") {
        for spec in registry::assumptions() {
            if let Ok(canonical) = parse(spec, &text) {
                prop_assert!(accepts(spec, canonical.as_str()));
                prop_assert_eq!(parse(spec, canonical.as_str()).unwrap(), canonical);
            }
        }
    }

    #[test]
    fn numbers_are_read_in_every_way_of_writing_them(whole in 0_u32..1_000_000, part in 0_u32..100) {
        let cac = registry::assumption("cac").unwrap();
        let expected = parse(cac, &format!("{whole}.{part:02}")).unwrap();
        let plain = whole.to_string();
        let grouped = |mark: &str| {
            let digits: Vec<char> = plain.chars().collect();
            let groups: Vec<String> = digits.rchunks(3).rev().map(|g| g.iter().collect()).collect();
            groups.join(mark)
        };
        for text in [
            format!("{whole},{part:02}"),
            format!("{},{part:02}", grouped(".")),
            format!("{}.{part:02}", grouped(",")),
            format!("{}.{part:02}", grouped("'")),
            format!(" € {}.{part:02} ", grouped("\u{a0}")),
        ] {
            prop_assert_eq!(parse(cac, &text).unwrap(), expected.clone(), "{}", text);
        }
    }

    #[test]
    fn the_waterfall_of_a_sum_is_the_sum_of_waterfalls(parts in prop::collection::vec(filled(), 1..20)) {
        for settings in [
            &[][..],
            &[("capital", "7.3"), ("terms_days", "30"), ("service_order", "12.5"),
              ("service_year", "300"), ("depreciation_year", "80"), ("gross_margin", "27.5")],
            &[("count_rebates", "off"), ("count_cost", "off"), ("count_tooling", "off")],
        ] {
            let inputs = inputs(settings);
            let mut whole = Filling::default();
            let mut contribution = Money::ZERO;
            let mut pocket = Money::ZERO;
            for part in &parts {
                whole.add(part).unwrap();
                let steps = waterfall(part, &inputs).unwrap();
                contribution = contribution.add(steps.contribution).unwrap();
                pocket = pocket.add(steps.pocket).unwrap();
            }
            let steps = waterfall(&whole.filled().unwrap(), &inputs).unwrap();
            prop_assert_eq!(steps.contribution.rounded(9), contribution.rounded(9));
            prop_assert_eq!(steps.pocket.rounded(9), pocket.rounded(9));
        }
    }

    #[test]
    fn l7_is_worth_no_more_than_its_undiscounted_years(outlook in outlook()) {
        let multiple = l7_horizon::multiple(&outlook);
        prop_assert!(multiple.is_finite() && multiple > 0.0);
        if outlook.growth_per_year <= 0.0 {
            prop_assert!(multiple <= f64::from(outlook.horizon_years) + 1e-9);
        }
        let kept_more = Outlook {
            retention_per_year: (outlook.retention_per_year + 0.01).min(1.0),
            ..outlook
        };
        prop_assert!(l7_horizon::multiple(&kept_more) >= multiple);
    }

    #[test]
    fn a_long_horizon_comes_to_the_endless_sum(r in 0.0..0.9_f64, d in 0.05..0.5_f64) {
        let outlook = Outlook {
            retention_per_year: r,
            discount_per_year: d,
            growth_per_year: 0.0,
            horizon_years: 200,
            timing: Timing::End,
        };
        let endless = l6_year_end::multiple(&outlook).unwrap();
        prop_assert!((l7_horizon::multiple(&outlook) - endless).abs() < 1e-9 * endless);
        prop_assert!((l4_after_renewal::multiple(&outlook).unwrap() - r * endless).abs() < 1e-12);
    }

    #[test]
    fn at_the_rate_of_return_nothing_is_left(flows in prop::collection::vec(-100.0..100.0_f64, 2..8)) {
        match irr(&flows) {
            Irr::None => {}
            Irr::One(rate) => {
                let size: f64 = flows.iter().map(|f| f.abs()).sum();
                let steep = (1.0 + rate).powi(-8).max(1.0);
                prop_assert!(npv(rate, &flows).abs() <= 1e-9 * size * steep);
            }
            Irr::Several(rates) => {
                prop_assert!(rates.windows(2).all(|w| w[0] < w[1]));
            }
        }
    }

    #[test]
    fn ranks_agree_with_themselves(values in prop::collection::vec(-1e6..1e6_f64, 2..60)) {
        let reversed: Vec<f64> = values.iter().map(|v| -v).collect();
        if let Some(tau) = kendall_tau(&values, &values) {
            prop_assert!((tau - 1.0).abs() < 1e-12);
            prop_assert!((kendall_tau(&values, &reversed).unwrap() + 1.0).abs() < 1e-12);
        }
        let middle = quantile(&values, 0.5).unwrap();
        let below = values.iter().filter(|v| **v < middle).count();
        prop_assert!(below * 2 <= values.len());
    }
}
