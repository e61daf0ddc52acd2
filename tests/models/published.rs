//! Values for single customers at published parameters: no data needed.

use perennial::base::num::Legendre;
use perennial::models::{
    Cnbd, Discount, GammaGamma, History, Leaving, Pareto, Scratch, Spend, Weeks, discounted,
    discounted_at_period_ends,
};

use super::close;

fn week(weeks: f64) -> Weeks {
    Weeks::new(weeks)
}

pub fn bg() -> Cnbd {
    Cnbd::new(1, Leaving::AfterRepeats, 0.243, week(4.414), 0.793, 2.426)
}

fn mbg() -> Cnbd {
    Cnbd::new(
        1,
        Leaving::AfterEveryOrder,
        0.525,
        week(6.183),
        0.891,
        1.614,
    )
}

fn pareto() -> Pareto {
    Pareto::new(0.553, week(10.578), 0.606, week(11.669))
}

/// Repeats, last order, age; then P(alive) and orders in 39 weeks for BG, MBG and Pareto, and the
/// Pareto's discounted orders at 15 % a year.
const CUSTOMERS: [(u32, f64, f64, [f64; 7]); 5] = [
    (
        2,
        30.43,
        38.86,
        [
            0.726579, 1.226028, 0.706202, 1.262961, 0.869168, 1.455123, 6.501731,
        ],
    ),
    (
        1,
        1.71,
        38.86,
        [
            0.212101, 0.203187, 0.170836, 0.188837, 0.168002, 0.171093, 0.764472,
        ],
    ),
    (
        0,
        0.0,
        38.86,
        [
            1.0, 0.195098, 0.389735, 0.154013, 0.295287, 0.107081, 0.478458,
        ],
    ),
    (
        1,
        4.86,
        38.86,
        [
            0.310783, 0.297721, 0.255863, 0.282822, 0.251406, 0.256031, 1.143989,
        ],
    ),
    (
        26,
        30.86,
        31.00,
        [
            0.968916, 20.749726, 0.965566, 19.450723, 0.997919, 20.117026, 86.289889,
        ],
    ),
];

fn history((repeats, last, age, _): (u32, f64, f64, [f64; 7])) -> History {
    History::new(repeats, week(last), week(age), 0.0)
}

/// Six decimals are printed.
#[track_caller]
fn printed(found: f64, wanted: f64) {
    assert!((found - wanted).abs() <= 5.1e-7, "{found} is not {wanted}");
}

#[test]
fn customers_of_cdnow_at_the_published_parameters() {
    let mut scratch = Scratch::default();
    // Pareto's discount in the source is of years of 52 weeks.
    let rate = Discount::per(0.15, week(52.0));
    for customer in CUSTOMERS {
        let history = history(customer);
        let [
            bg_alive,
            bg_orders,
            mbg_alive,
            mbg_orders,
            alive,
            orders,
            for_ever,
        ] = customer.3;
        printed(bg().p_alive(&history), bg_alive);
        printed(
            bg().ahead(&history).expected(week(39.0), &mut scratch),
            bg_orders,
        );
        printed(mbg().p_alive(&history), mbg_alive);
        printed(
            mbg().ahead(&history).expected(week(39.0), &mut scratch),
            mbg_orders,
        );
        printed(pareto().p_alive(&history), alive);
        printed(pareto().expected(&history, week(39.0)), orders);
        printed(
            pareto().discounted_for_ever(&history, rate).unwrap(),
            for_ever,
        );
    }
}

#[test]
fn published_anchors() {
    let mut scratch = Scratch::default();
    // Hardie's note 004: customer 1, 39 weeks.
    let first = bg()
        .ahead(&history(CUSTOMERS[0]))
        .expected(week(39.0), &mut scratch);
    assert_eq!(format!("{first:.3}"), "1.226");
    // The walk-through of BTYD: customer 1516, 52 weeks.
    let heavy = history(CUSTOMERS[4]);
    assert!((pareto().expected(&heavy, week(52.0)) - 25.46).abs() < 0.01);
    assert!((pareto().p_alive(&heavy) - 0.9979).abs() < 5e-5);
    assert!((bg().ahead(&heavy).expected(week(52.0), &mut scratch) - 25.756538).abs() < 5e-3);
}

#[test]
fn new_customers_in_52_weeks() {
    let mut scratch = Scratch::default();
    let mut new = |model: &Cnbd| model.ahead_of_new().expected(week(52.0), &mut scratch);
    assert!((new(&bg()) - 1.44605).abs() < 5.1e-6, "{}", new(&bg()));
    assert!((new(&mbg()) - 1.41972).abs() < 5.1e-6, "{}", new(&mbg()));
    assert!((pareto().expected_of_new(week(52.0)) - 1.47300).abs() < 5.1e-6);
}

#[test]
fn likelihoods_of_the_cnbd_package() {
    // BTYDplus' own test values of xbgcnbd.LL and xmbgcnbd.LL; what it approximates, the expectation for
    // more than one stage, is exact here and in `ahead.rs`.
    for (repeats, leaving, wanted) in [
        (3, Leaving::AfterRepeats, -10.42500),
        (4, Leaving::AfterRepeats, -12.22396),
        (3, Leaving::AfterEveryOrder, -10.53937),
        (4, Leaving::AfterEveryOrder, -12.30963),
    ] {
        let model = Cnbd::new(3, leaving, 0.5, week(2.0), 0.3, 0.6);
        let found = model.ln_likelihood(&History::new(repeats, week(12.0), week(14.0), 3.0));
        assert!((found - wanted).abs() <= 5.1e-6, "{found} is not {wanted}");
    }
    let model = Cnbd::new(
        1,
        Leaving::AfterEveryOrder,
        0.525,
        week(6.183),
        0.891,
        1.614,
    );
    close(model.p_alive(&history(CUSTOMERS[0])), 0.70620227, 1e-8);
}

#[test]
fn order_values_of_gamma_gamma() {
    let model = GammaGamma::new(6.25, 3.74, 15.44);
    assert!((model.mean() - 35.2190).abs() <= 5.1e-5);
    for (repeats, mean, wanted) in [
        (2, 22.35, 24.6637),
        (1, 11.77, 18.9169),
        (26, 39.97, 39.8912),
    ] {
        let found = model.expected(&Spend::of_mean(repeats, mean));
        assert!((found - wanted).abs() <= 5.1e-5, "{found} is not {wanted}");
    }
    close(model.expected(&Spend::default()), model.mean(), 1e-14);
    // The quantiles are around the mean, and the mean of many draws is the expectation.
    let spend = Spend::of_mean(2, 22.35);
    let shares = (1..1000).map(|i| (f64::from(i) - 0.5) / 999.0);
    let mean = shares
        .map(|share| model.next_order(&spend, share))
        .sum::<f64>()
        / 999.0;
    close(mean, model.expected(&spend), 2e-3);
}

/// The value of customers 1 and 1516 over 12 months of 4.345 weeks at 1 % a month, as printed: at the
/// months' ends, continuously, and undiscounted.
#[test]
fn lifetime_value_with_its_timing() {
    let mut scratch = Scratch::default();
    let month = week(4.345);
    let year = week(12.0 * 4.345);
    let money = GammaGamma::new(6.25, 3.74, 15.44);
    let rule = Legendre::new(24);
    for (customer, mean, wanted, within) in [
        (CUSTOMERS[0], 22.35, [36.2892, 36.4715, 38.5285], 5.1e-5),
        (CUSTOMERS[4], 39.97, [972.101, 977.002, 1029.549], 5.1e-4),
    ] {
        let ahead = bg().ahead(&history(customer));
        let value = money.expected(&Spend::of_mean(customer.0, mean));
        let orders = [
            discounted_at_period_ends(0.01, month, 12, |t| ahead.expected(t, &mut scratch)),
            discounted(&rule, Discount::per(0.01, month), year, |t| {
                ahead.expected(t, &mut scratch)
            }),
            ahead.expected(year, &mut scratch),
        ];
        for (orders, wanted) in orders.into_iter().zip(wanted) {
            let found = orders * value;
            assert!((found - wanted).abs() <= within, "{found} is not {wanted}");
        }
    }
}
