//! A scheme as the engine needs it: exact numbers, or the contradictions that keep it from paying.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::assumptions::parse::entries;
use crate::assumptions::steps::steps;
use crate::base::Date;
use crate::base::money::parse_plain;

use super::inputs::kinds::{Event, Payee, Period, Repeats, Special, TierPeriod, TierUnit};
use super::sales::{HOUSE, Sales, UNIT};
use super::state::{People, Scheme, Typed};
use super::statement::{RATE, SHARE};

/// Where a step begins, and its value; both exact integers.
pub(super) type Table = Vec<(i64, i64)>;

/// A contradiction: why a scheme cannot pay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The values that are at odds.
    pub keys: Vec<&'static str>,
    /// What is wrong, and what to do.
    pub why: String,
}

/// A share of credit: for one account or, without one, for all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Share {
    /// The account, if it is for one.
    pub account: Option<String>,
    /// Who is credited.
    pub name: String,
    /// How much, in 1/10,000.
    pub part: i64,
}

/// Amounts in 1/10,000 of the currency unit and shares in 1/10,000, read once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Limits {
    pub cap_order: i64,
    pub cap_period: i64,
    pub cap_keeps: i64,
    pub draw: i64,
    pub most_owed: i64,
    pub held: i64,
    pub cash: i64,
    pub tail: i64,
    pub clawback: i64,
}

/// A scheme that can be paid. Made by [`Plan::of`] only, so it does not contradict itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    pub(super) name: String,
    pub(super) typed: Typed,
    pub(super) limits: Limits,
    pub(super) people: People,
    pub(super) rate: i64,
    pub(super) repeat: i64,
    pub(super) renewal: i64,
    pub(super) expansion: i64,
    pub(super) override_rate: i64,
    pub(super) tiers: Table,
    pub(super) bands: Table,
    pub(super) terms: Table,
    pub(super) repeat_steps: Table,
    pub(super) accelerator: Table,
    pub(super) milestones: Table,
    pub(super) lifetime: Table,
    pub(super) kept_factors: Table,
    /// From a day on, what an event pays.
    pub(super) spiff: Vec<(Date, i64)>,
    pub(super) products: Vec<(String, i64)>,
    pub(super) quotas: Vec<(String, i64)>,
    pub(super) splits: Vec<Share>,
    pub(super) overlays: Vec<Share>,
}

/// A number as an integer in this many parts of one; what is out of range is the nearest.
fn scaled(number: Decimal, parts: i64) -> i64 {
    let exact = number.checked_mul(Decimal::from(parts)).map(|n| n.trunc());
    exact.and_then(|n| n.to_i64()).unwrap_or(i64::MAX)
}

/// The steps of a text, begins and values in parts of one.
pub(super) fn table(text: &str, at: i64, value: i64) -> Table {
    steps(text)
        .map(|(a, v)| (scaled(a, at), scaled(v, value)))
        .collect()
}

/// Percent in 1/1,000,000 and in 1/10,000.
const RATE_PARTS: i64 = RATE / 100;
const SHARE_PARTS: i64 = SHARE / 100;

fn named(text: &str, parts: i64) -> Vec<(String, i64)> {
    let one =
        |(name, number): (&str, &str)| Some((name.to_owned(), scaled(parse_plain(number)?, parts)));
    entries(text).filter_map(one).collect()
}

pub(super) fn shares(text: &str) -> Vec<Share> {
    let one = |(name, part): (String, i64)| match name.split_once('>') {
        Some((account, person)) => Share {
            account: Some(account.trim().to_owned()),
            name: person.trim().to_owned(),
            part,
        },
        None => Share {
            account: None,
            name,
            part,
        },
    };
    named(text, SHARE_PARTS).into_iter().map(one).collect()
}

/// An amount of a scheme, in 1/10,000.
pub(super) fn amount(of: Decimal) -> i64 {
    scaled(of, UNIT)
}

impl Limits {
    fn of(typed: &Typed) -> Self {
        let (levels, after) = (&typed.levels, &typed.after);
        Self {
            cap_order: amount(levels.cap_order.exact()),
            cap_period: amount(levels.cap_period.exact()),
            cap_keeps: parts_of(levels.cap_keeps.exact_fraction(), SHARE),
            draw: amount(levels.draw.exact()),
            most_owed: amount(after.most_owed.exact()),
            held: parts_of(after.held.exact_fraction(), SHARE),
            cash: parts_of(after.with_cash.exact_fraction(), SHARE),
            tail: parts_of(after.tail.exact_fraction(), SHARE),
            clawback: parts_of(after.clawback_share.exact_fraction(), SHARE),
        }
    }
}

/// A fraction in these parts.
pub(super) fn parts_of(fraction: Decimal, of: i64) -> i64 {
    scaled(fraction, of)
}

impl Plan {
    /// Compiles a scheme.
    ///
    /// ```
    /// use perennial::commission::{People, Plan, Scheme};
    /// let people = People::default();
    /// assert!(Plan::of(&Scheme::new("Ours", &[("rate", "5")]), &people).is_ok());
    /// let gate = Scheme::new("Ours", &[("gate", "80")]);
    /// assert!(Plan::of(&gate, &people).unwrap_err()[0].why.contains("quota"));
    /// ```
    ///
    /// # Errors
    /// Every contradiction, with the values that are at odds and what to do.
    pub fn of(scheme: &Scheme, people: &People) -> Result<Self, Vec<Refusal>> {
        let typed = scheme.typed();
        let wrong = super::check::contradictions(scheme, &typed);
        if wrong.is_empty() {
            Ok(Self::compiled(scheme, people, &typed))
        } else {
            Err(wrong)
        }
    }

    fn compiled(scheme: &Scheme, people: &People, typed: &Typed) -> Self {
        let rates = |key, at| table(scheme.text(key), at, RATE_PARTS);
        let in_quota = typed.levels.tiers_in == TierUnit::Quota;
        let spiff = typed.bonus.spiff.flows().iter();
        let amounts = steps_by_day(scheme.text("spiff"));
        Self {
            name: scheme.name().to_owned(),
            rate: parts_of(typed.pays.rate.exact_fraction(), RATE),
            repeat: parts_of(typed.pays.repeat.exact_fraction(), RATE),
            renewal: parts_of(typed.pays.renewal.exact_fraction(), RATE),
            expansion: parts_of(typed.pays.expansion.exact_fraction(), RATE),
            override_rate: parts_of(typed.after.override_rate.exact_fraction(), RATE),
            tiers: rates("tiers", if in_quota { SHARE_PARTS } else { UNIT }),
            bands: rates("bands", SHARE_PARTS),
            terms: rates("terms", 12),
            repeat_steps: rates("repeat_steps", 1),
            accelerator: table(scheme.text("accelerator"), SHARE_PARTS, SHARE_PARTS),
            milestones: table(
                scheme.text("milestones"),
                match typed.bonus.milestones_of {
                    super::inputs::kinds::Metric::Quota => SHARE_PARTS,
                    super::inputs::kinds::Metric::Money => UNIT,
                    _ => 1,
                },
                UNIT,
            ),
            lifetime: table(scheme.text("lifetime"), UNIT, UNIT),
            kept_factors: table(scheme.text("kept_factors"), SHARE_PARTS, SHARE_PARTS),
            spiff: spiff.map(|flow| flow.0).zip(amounts).collect(),
            products: named(scheme.text("products"), RATE_PARTS),
            quotas: named(scheme.text("quotas"), UNIT),
            splits: shares(scheme.text("splits")),
            overlays: shares(scheme.text("overlays")),
            people: people.clone(),
            limits: Limits::of(typed),
            typed: *typed,
        }
    }

    /// The scheme's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Who can be paid, in the order of the numbers on lines: the salespeople of the sales (or the
    /// partners), then those whom only the scheme names.
    pub fn payees(&self, sales: &Sales) -> Vec<String> {
        let known = match self.typed.pays.payee {
            Payee::Rep => &sales.reps,
            Payee::Partner => &sales.partners,
        };
        let mut names = known.clone();
        let mut seen: BTreeSet<&str> = known.iter().map(String::as_str).collect();
        let credited = self
            .splits
            .iter()
            .chain(&self.overlays)
            .map(|share| &share.name);
        let leads = self.override_rate > 0;
        let managers = self.people.managers.values().filter(|_| leads);
        for name in credited.chain(managers) {
            if seen.insert(name) {
                names.push(name.clone());
            }
        }
        names
    }

    /// Names in the scheme that the sales do not have, each once: perhaps written another way. Those
    /// who are credited or manage are not among them.
    pub fn strangers(&self, sales: &Sales) -> Vec<String> {
        let payees = self.payees(sales);
        let people = self.quotas.iter().map(|(name, _)| name);
        let people = people.filter(|name| !payees.contains(name));
        let accounts = self.splits.iter().chain(&self.overlays);
        let accounts = accounts.filter_map(|share| share.account.as_ref());
        let accounts = accounts.filter(|name| !sales.accounts.contains(name));
        let products = self.products.iter().map(|(name, _)| name);
        let products =
            products.filter(|name| !sales.items.contains(name) && !sales.streams.contains(name));
        let all: BTreeSet<&String> = people.chain(accounts).chain(products).collect();
        all.into_iter().cloned().collect()
    }

    /// Who is nobody's but the house.
    pub(super) fn is_house(&self, name: &str) -> bool {
        name == HOUSE || self.people.house.contains(name)
    }

    /// Months of a pay period.
    pub const fn months(&self) -> i32 {
        match self.typed.pays.period {
            Period::Month => 1,
            Period::Quarter => 3,
            Period::Year => 12,
        }
    }

    /// The pay period of a day.
    pub fn period_of(&self, day: Date) -> u32 {
        u32::try_from(day.month_index() / self.months()).unwrap_or(0)
    }

    /// `2025-03`, `2025 Q1` or `2025`.
    pub fn period_name(&self, period: u32) -> String {
        match self.typed.pays.period {
            Period::Month => format!("{:04}-{:02}", period / 12, period % 12 + 1),
            Period::Quarter => format!("{:04} Q{}", period / 4, period % 4 + 1),
            Period::Year => format!("{period:04}"),
        }
    }

    /// Whether tiers, quota and gate look at one order by itself.
    pub(super) fn by_order(&self) -> bool {
        self.typed.levels.adds_up == TierPeriod::Order
    }

    /// Whether renewals or expansions have a rate of their own.
    pub(super) fn tells_parts(&self) -> bool {
        let pays = &self.typed.pays;
        pays.renewals == Special::Own || pays.expansions == Special::Own
    }

    /// Whether the day of the first order matters.
    pub(super) fn needs_first_day(&self) -> bool {
        self.typed.pays.window.get() > 0 || self.typed.pays.repeats == Repeats::Months
    }

    /// Days between an order and the day that counts, where that is not known.
    pub(super) fn lag(&self) -> i32 {
        match self.typed.pays.event {
            Event::Order => 0,
            _ => i32::try_from(self.typed.pays.event_days.get()).unwrap_or(0),
        }
    }

    /// The value of the step that a number is in; `None` before the first.
    pub(super) fn step(table: &[(i64, i64)], at: i64) -> Option<i64> {
        table.iter().rfind(|step| step.0 <= at).map(|step| step.1)
    }
}

/// The amounts of a list by day.
fn steps_by_day(text: &str) -> impl Iterator<Item = i64> {
    let amount = |entry: &str| parse_plain(entry.split_once(':')?.1.trim());
    text.split(';')
        .filter_map(amount)
        .map(|amount| scaled(amount, UNIT))
}
