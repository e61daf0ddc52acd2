//! The metrics of order cycles: an account's, and the book's.

use crate::assumptions::spec::{natively, on_page};
use crate::base::Unit;
use crate::metrics::{Basis, Exactness, Formula, Spec};

type Examples = &'static [(&'static [(&'static str, f64)], &'static str)];

const fn data(
    key: &'static str,
    label: &'static str,
    unit: Unit,
    words: &'static str,
    reading: &'static str,
) -> Spec {
    Spec {
        key,
        label,
        unit,
        basis: Basis::None,
        formula: Formula::Data(on_page(words)),
        reading: on_page(reading),
        exactness: Exactness::Exact,
        examples: &[],
    }
}

const fn formula(spec: Spec, expression: &'static str, examples: Examples) -> Spec {
    Spec {
        formula: Formula::Expression(on_page(expression)),
        examples: natively(examples),
        ..spec
    }
}

/// Estimated, in the kind of money that is chosen as value.
const fn valued(spec: Spec) -> Spec {
    Spec {
        basis: Basis::Chosen,
        ..estimated(spec)
    }
}

const fn estimated(spec: Spec) -> Spec {
    Spec {
        exactness: Exactness::Estimated,
        ..spec
    }
}

/// Every metric of this capability, in the order of the documentation.
pub const SPECS: &[&[Spec]] = &[ACCOUNT, BOOK];

/// Of one account.
const ACCOUNT: &[Spec] = &[
    estimated(data(
        "cycle_days",
        "Usual interval",
        Unit::Days,
        "The median of the last five gaps between order days; with fewer than four order days drawn towards the segment's.",
        "How often the account orders.",
    )),
    data(
        "silent_days",
        "Since the last order",
        Unit::Days,
        "Days from the last order to the as-of date.",
        "How long nothing has come.",
    ),
    estimated(data(
        "lateness",
        "Lateness",
        Unit::Percent,
        "The share of comparable intervals that have ended by now.",
        "50 % on the day of the usual interval, 90 % at the end of its window.",
    )),
    estimated(data(
        "alive_chance",
        "P(alive)",
        Unit::Percent,
        "From the fitted model; without one exp(-time past the usual interval / usual interval).",
        "The chance that the account still buys.",
    )),
    valued(data(
        "order_value",
        "Usual order",
        Unit::MoneyPerOrder,
        "The median of the last five order days x value over revenue.",
        "What the next order is expected to leave.",
    )),
    estimated(data(
        "remaining_share",
        "Still to come",
        Unit::Percent,
        "Future value, at least a usual order, over that and value so far.",
        "How much of the account's lifetime value lies ahead.",
    )),
    valued(formula(
        data(
            "money_at_risk",
            "Money at risk",
            Unit::Money,
            "",
            "What of the next order is lost if the account is gone.",
        ),
        "max(order_value, 0) * (1 - alive_chance) * remaining_share",
        &[(
            &[
                ("order_value", 1_000.0),
                ("alive_chance", 0.4),
                ("remaining_share", 0.5),
            ],
            "300",
        )],
    )),
    valued(formula(
        data(
            "money_at_stake",
            "Money at stake",
            Unit::Money,
            "",
            "Late, still alive, and worth much: what today's list is ranked by.",
        ),
        "lateness * alive_chance * max(max(future_value, order_value), 0)",
        &[(
            &[
                ("lateness", 0.95),
                ("alive_chance", 0.8),
                ("future_value", 10_000.0),
                ("order_value", 500.0),
            ],
            "7600",
        )],
    )),
];

/// Of the book.
const BOOK: &[Spec] = &[
    estimated(data(
        "accounts_due",
        "Due now",
        Unit::Count,
        "Accounts past their usual interval, but not overdue.",
        "Orders to expect any day.",
    )),
    estimated(data(
        "accounts_overdue",
        "Overdue",
        Unit::Count,
        "Accounts past their usual window and the threshold.",
        "They should have ordered.",
    )),
    estimated(data(
        "accounts_lost",
        "Probably lost",
        Unit::Count,
        "Accounts whose P(alive) is below the threshold.",
        "To be won back rather than reminded.",
    )),
    valued(data(
        "stake_total",
        "At stake today",
        Unit::Money,
        "Money at stake, added up over today's list.",
        "What a day's calls are about.",
    )),
    data(
        "repeaters",
        "Accounts that came back",
        Unit::Count,
        "Accounts with two order days or more.",
        "They have ordered again.",
    ),
    estimated(data(
        "one_timers",
        "Accounts that did not",
        Unit::Count,
        "Accounts with one order day, and overdue for a second.",
        "Younger ones are not counted: it is too early to say.",
    )),
    estimated(formula(
        data(
            "repeat_rate_known",
            "Repeat rate, young accounts apart",
            Unit::Percent,
            "",
            "Of the accounts of which it is known, how many ordered again.",
        ),
        "repeaters / (repeaters + one_timers)",
        &[(&[("repeaters", 30.0), ("one_timers", 10.0)], "75")],
    )),
    data(
        "gross_retention",
        "Gross revenue retention",
        Unit::Percent,
        "Revenue of the last 365 days over that of the 365 before, no account counted for more than it had.",
        "What was kept; growth does not hide losses.",
    ),
    data(
        "net_retention",
        "Net revenue retention",
        Unit::Percent,
        "The same with growth: all that the accounts of the year before brought.",
        "Above 100 % the old accounts grew together.",
    ),
    data(
        "recent_repeaters",
        "Recent repeaters",
        Unit::Percent,
        "Accounts with two order days or more, the last within 90 days, over all accounts.",
        "When this share falls, sales fall next.",
    ),
];
