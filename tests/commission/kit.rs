//! Sales by hand, and a scheme paid on them.

use perennial::base::Date;
use perennial::commission::{
    Closing, Facts, Kept, People, Plan, Prepared, Rule, Sale, Sales, Scheme, pay,
};

pub const UNIT: i64 = 10_000;

/// Cents as an amount.
pub const fn cents(cents: i64) -> i64 {
    cents * 100
}

pub fn day(text: &str) -> Date {
    Date::parse(text).expect(text)
}

/// A sale of 1,000 to C1 by someone; each its own order.
pub fn by(rep: &'static str, on: &str, order: u32) -> Sale<'static> {
    Sale {
        rep,
        ..sale(on, order, 100_000)
    }
}

/// A sale of Ana to C1, in cents; each its own order.
pub fn sale(on: &str, order: u32, in_cents: i64) -> Sale<'static> {
    Sale {
        day: day(on),
        order,
        line: order,
        rep: "Ana",
        account: "C1",
        revenue: cents(in_cents),
        ..Sale::default()
    }
}

/// A return of an order of Ana's to C1, in cents.
pub fn back(on: &str, order: u32, of: u32, in_cents: i64) -> Sale<'static> {
    Sale {
        is_return: true,
        returns: Some(of),
        ..sale(on, order, -in_cents)
    }
}

/// What came of it.
pub struct Paid {
    pub kept: Kept,
    pub names: Vec<String>,
}

impl Paid {
    /// Paid to someone, in cents.
    pub fn to(&self, name: &str) -> i64 {
        let rep = self.names.iter().position(|one| one == name);
        rep.map_or(0, |rep| self.kept.paid_to(rep as u32) / 100)
    }

    pub fn all(&self) -> i64 {
        self.kept.paid() / 100
    }

    /// Paid by period, in cents.
    pub fn periods(&self) -> Vec<i64> {
        self.kept
            .closings
            .iter()
            .map(|one| one.2.payout / 100)
            .collect()
    }

    pub fn closings(&self) -> Vec<Closing> {
        self.kept.closings.iter().map(|one| one.2).collect()
    }

    /// Amounts of a rule, in cents.
    pub fn of(&self, rule: Rule) -> Vec<i64> {
        let lines = self.kept.lines.iter().filter(|line| line.rule == rule);
        lines.map(|line| line.amount / 100).collect()
    }
}

pub fn plan(values: &[(&str, &str)]) -> Plan {
    plan_of(values, &People::default())
}

pub fn plan_of(values: &[(&str, &str)], people: &People) -> Plan {
    let scheme = Scheme::new("Ours", values);
    for (key, value) in values {
        let spec = perennial::commission::inputs::spec(key).unwrap_or_else(|| panic!("{key}"));
        assert!(
            scheme.values().contains_key(*key) || spec.default == *value,
            "{key}: {value}"
        );
    }
    Plan::of(&scheme, people).unwrap_or_else(|wrong| panic!("{wrong:?}"))
}

pub fn paid(values: &[(&str, &str)], sales: impl IntoIterator<Item = Sale<'static>>) -> Paid {
    paid_by(
        &plan(values),
        &Sales::build(sales).unwrap(),
        Facts::default(),
    )
}

pub fn paid_by(plan: &Plan, sales: &Sales, facts: Facts) -> Paid {
    let prepared = Prepared::with(facts);
    let mut kept = Kept::default();
    pay(plan, sales, &prepared, &mut kept);
    let names = plan.payees(sales);
    adds_up(&kept);
    Paid { kept, names }
}

/// Statement lines add up to the payout exactly, in whole cents.
pub fn adds_up(kept: &Kept) {
    let mut sums = std::collections::BTreeMap::new();
    for line in &kept.lines {
        assert_eq!(line.amount % 100, 0, "{line:?}");
        *sums.entry((line.rep, line.period)).or_insert(0) += line.amount;
    }
    for (rep, period, closing) in &kept.closings {
        let sum = sums.remove(&(*rep, *period)).unwrap_or(0);
        assert_eq!(sum, closing.payout, "{rep} {period}");
        let parts = closing.commission
            + closing.bonuses
            + closing.capped
            + closing.clawback
            + closing.held
            + closing.released
            + closing.carried
            + closing.draw;
        assert_eq!(parts, closing.payout);
    }
    assert!(sums.is_empty(), "lines without a closing: {sums:?}");
}

/// Sales of Ana, one in each month of 2025, in whole units.
pub fn monthly(amounts: &[i64]) -> Vec<Sale<'static>> {
    let one = |(at, amount): (usize, &i64)| {
        sale(
            &format!("2025-{:02}-15", at + 1),
            at as u32 + 1,
            amount * 100,
        )
    };
    amounts.iter().enumerate().map(one).collect()
}

/// The golden orders of G2.
pub fn golden() -> Vec<Sale<'static>> {
    let rows = [
        ("2025-01-15", "C1", "Ana", 50_000, 38_000, 1_500),
        ("2025-02-10", "C2", "Ben", 12_000, 7_800, 300),
        ("2025-03-05", "C3", "Ana", 80_000, 66_000, 2_400),
        ("2025-04-02", "C3", "Ana", -20_000, -16_500, 0),
        ("2025-04-12", "C2", "Ben", 12_000, 7_800, 300),
        ("2025-06-11", "C2", "Ben", 14_000, 9_100, 350),
        ("2025-08-09", "C2", "Ben", 14_000, 9_100, 350),
        ("2025-10-08", "C2", "Ben", 16_000, 10_400, 400),
        ("2025-12-05", "C2", "Ben", 16_000, 10_400, 400),
    ];
    let one = |(at, row): (usize, &(&str, &'static str, &'static str, i64, i64, i64))| Sale {
        day: day(row.0),
        order: at as u32,
        account: row.1,
        rep: row.2,
        revenue: row.3 * UNIT,
        cost: row.4 * UNIT,
        freight: row.5 * UNIT,
        is_return: row.3 < 0,
        returns: (row.3 < 0).then_some(2),
        ..Sale::default()
    };
    rows.iter().enumerate().map(one).collect()
}
