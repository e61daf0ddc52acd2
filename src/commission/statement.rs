//! What a statement is made of: lines, each rounded once, that add up to the payout exactly.
//!
//! Amounts are in 1/10,000 of the currency unit and whole cents, so that sums are exact. Rates and
//! factors are exact integers: a line of commission is `base x rate x factor`, rounded half away
//! from zero to cents.

use super::sales::UNIT;

/// No row, no line.
pub const NONE: u32 = u32::MAX;
/// 100 % as a rate: four digits after the point of a percentage.
pub const RATE: i64 = 1_000_000;
/// 100 % as a factor or a share: two digits after the point of a percentage.
pub const SHARE: i64 = 10_000;
/// One cent in amounts.
pub const CENT: i64 = UNIT / 100;

/// What a sale is for the one who is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Class {
    /// The first order of the key, or one in its window.
    #[default]
    First,
    /// An order after the first.
    Repeat,
    /// A repeat of a part that the account ordered before.
    Renewal,
    /// The first order of a part by an account that ordered before.
    Expansion,
    /// Not about one sale.
    None,
}

/// Why a statement has a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// Base x rate of the seller's own credit (C1 to C9).
    Commission,
    /// The same for a share of a split (C16).
    Split,
    /// The same for an overlay (C16).
    Overlay,
    /// The same for a former owner (C17).
    Tail,
    /// A manager's, on the base of the team (C18).
    Override,
    /// A level was reached or lost: what was sold before at the new level (C7, C9, C10).
    TrueUp,
    /// What is above the cap of an order (C11).
    OrderCap,
    /// An event was paid, or with nothing where the budget was used up (C19).
    Spiff,
    /// A milestone of a period (C20).
    Milestone,
    /// An account's lifetime milestone (C22).
    Lifetime,
    /// Kept revenue (C21).
    Kept,
    /// Growth (C21, C25).
    Growth,
    /// What is above the cap of a period (C11).
    PeriodCap,
    /// Taken back for a return (C14).
    Clawback,
    /// Held back (C15).
    Held,
    /// What was held back, now paid (C15).
    Released,
    /// Waits for the customer's payment (C24).
    Waits,
    /// Paid with the customer's payment (C24).
    Cash,
    /// Below zero: carried to later statements.
    Carried,
    /// Taken for what was carried.
    Repaid,
    /// Below zero: waived.
    Waived,
    /// What a draw adds (C12, C13).
    Draw,
    /// What is paid back of a draw (C13).
    DrawRepaid,
}

impl Rule {
    /// The step of the order of operations, as printed.
    pub const fn step(self) -> u8 {
        match self {
            Self::Commission | Self::Split | Self::Overlay | Self::Tail | Self::Override => 5,
            Self::TrueUp => 6,
            Self::Spiff | Self::Milestone | Self::Lifetime | Self::Kept | Self::Growth => 7,
            Self::OrderCap | Self::PeriodCap => 8,
            Self::Clawback
            | Self::Held
            | Self::Released
            | Self::Waits
            | Self::Cash
            | Self::Carried
            | Self::Repaid
            | Self::Waived => 9,
            Self::Draw | Self::DrawRepaid => 10,
        }
    }

    /// Its name on a statement.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Commission => "Commission",
            Self::Split => "Commission, split",
            Self::Overlay => "Commission, overlay",
            Self::Tail => "Commission of a former owner",
            Self::Override => "Override",
            Self::TrueUp => "True-up of earlier sales",
            Self::OrderCap => "Above the cap of an order",
            Self::Spiff => "SPIFF",
            Self::Milestone => "Milestone",
            Self::Lifetime => "Lifetime milestone",
            Self::Kept => "Kept revenue",
            Self::Growth => "Growth",
            Self::PeriodCap => "Above the cap of the period",
            Self::Clawback => "Taken back for a return",
            Self::Held => "Held back",
            Self::Released => "Held back before, paid now",
            Self::Waits => "Waits for the customer's payment",
            Self::Cash => "Paid with the customer's payment",
            Self::Carried => "Carried to the next statement",
            Self::Repaid => "Carried before, taken now",
            Self::Waived => "Waived",
            Self::Draw => "Draw",
            Self::DrawRepaid => "Draw paid back",
        }
    }
}

/// The order of operations, as printed on statements.
pub const ORDER: [&str; 11] = [
    "the lines and the day that counts",
    "base amount",
    "credit",
    "rate class",
    "tiers on the sum of what is credited",
    "multipliers",
    "fixed bonuses",
    "caps",
    "returns, what is held back and what is released",
    "draw",
    "each line is rounded once to cents, half away from zero",
];

/// One line of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Who is paid, by the place in [`Plan::payees`](super::Plan::payees).
    pub rep: u32,
    /// The period, see [`Plan::period_name`](super::Plan::period_name).
    pub period: u32,
    /// The row of the sales, or [`NONE`].
    pub row: u32,
    /// Why.
    pub rule: Rule,
    /// The tier or level, from 0; 0 where there are none.
    pub tier: u32,
    /// What it is computed on, in 1/10,000.
    pub base: i64,
    /// The rate, in 1/1,000,000 (50,000 is 5 %); 0 for fixed amounts.
    pub rate: i64,
    /// The multiplier, in 1/10,000 (15,000 is 150 %).
    pub factor: i64,
    /// What is paid, in 1/10,000, whole cents.
    pub amount: i64,
    /// What the sale is.
    pub class: Class,
}

/// How a period closed for one person; all in 1/10,000, whole cents. What is taken is negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Closing {
    /// Commission with its true-ups, after caps of orders.
    pub commission: i64,
    /// Overrides, within commission.
    pub overrides: i64,
    /// Fixed bonuses.
    pub bonuses: i64,
    /// Cut by the cap of the period.
    pub capped: i64,
    /// Taken back for returns.
    pub clawback: i64,
    /// Held back, or waiting for the customer's payment.
    pub held: i64,
    /// Released of what was held back before.
    pub released: i64,
    /// Carried, repaid or waived.
    pub carried: i64,
    /// Added by a draw, or paid back of it.
    pub draw: i64,
    /// What is paid: the sum of the lines, exactly.
    pub payout: i64,
    /// What a draw has advanced and is not yet paid back.
    pub draw_balance: i64,
    /// What is carried to the next statement.
    pub owed: i64,
    /// What is still held back.
    pub open: i64,
}

/// Takes what a plan pays, in the order of time.
pub trait Sink {
    /// A line of a statement.
    fn line(&mut self, line: &Line);
    /// A period is closed for one person; all its lines have been given.
    fn period(&mut self, rep: u32, period: u32, closing: &Closing);
}

/// Keeps everything: for statements and tests.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Kept {
    /// The lines, in the order of time.
    pub lines: Vec<Line>,
    /// Person, period and how it closed.
    pub closings: Vec<(u32, u32, Closing)>,
}

impl Sink for Kept {
    fn line(&mut self, line: &Line) {
        self.lines.push(*line);
    }

    fn period(&mut self, rep: u32, period: u32, closing: &Closing) {
        self.closings.push((rep, period, *closing));
    }
}

impl Kept {
    /// What is paid to one person in all periods, in 1/10,000.
    pub fn paid_to(&self, rep: u32) -> i64 {
        let own = self.closings.iter().filter(|one| one.0 == rep);
        own.map(|one| one.2.payout).sum()
    }

    /// What is paid to all, in 1/10,000.
    pub fn paid(&self) -> i64 {
        self.closings.iter().map(|one| one.2.payout).sum()
    }
}
