//! What a plan pays on sales: one pass in the order of time, one file a step.
//!
//! The steps are: the lines and the day that counts (this file, [`prepared`]), base amount
//! ([`base`]), credit ([`credit`]), rate class ([`class`]), tiers and multipliers ([`levels`]), fixed
//! bonuses ([`bonus`]), caps, what is held back, released and carried, draw ([`close`]), returns
//! ([`returns`]). Every line is rounded once, to cents, half away from zero.
//!
//! Invariant: a person's payout of a period is the sum of the lines of that person and period. The
//! order in which rows were given does not matter, since sales are sorted.

mod base;
mod bind;
mod bonus;
mod class;
mod close;
mod credit;
mod levels;
mod prepared;
mod returns;

pub use prepared::Prepared;

use std::collections::{BTreeMap, BTreeSet};

use crate::base::Date;

use super::inputs::kinds::{Key, Returns, TierPeriod};
use super::plan::Plan;
use super::sales::Sales;
use super::statement::{Closing, Line, NONE, Rule, Sink};
use bind::Bound;
use class::Rated;
use levels::{Log, Part, Running};

/// Pays a plan on sales; lines and closings go to the sink in the order of time. What was prepared
/// must be of these sales.
///
/// ```
/// use perennial::base::Date;
/// use perennial::commission::{Kept, People, Plan, Prepared, Sale, Sales, Scheme, pay};
/// let sale = |day, account, revenue: i64| Sale {
///     day: Date::parse(day).unwrap(),
///     order: u32::try_from(revenue).unwrap(),
///     rep: "Ana",
///     account,
///     revenue: revenue * 10_000,
///     ..Sale::default()
/// };
/// let sales = Sales::build([sale("2025-01-15", "C1", 50_000), sale("2025-03-05", "C1", 80_000)]);
/// let sales = sales.unwrap();
/// let first_only = Scheme::new("Ours", &[("rate", "5"), ("repeats", "nothing")]);
/// let plan = Plan::of(&first_only, &People::default()).unwrap();
/// let mut kept = Kept::default();
/// pay(&plan, &sales, &Prepared::default(), &mut kept);
/// assert_eq!(kept.paid(), 2_500 * 10_000);
/// ```
pub fn pay(plan: &Plan, sales: &Sales, prepared: &Prepared, sink: &mut dyn Sink) {
    prepared.need(plan, sales);
    let mut run = Run::new(plan, sales, prepared, sink);
    if let Some(order) = prepared.order(plan, sales) {
        for (day, row) in order {
            run.row(row as usize, day);
        }
    } else {
        let lag = plan.lag();
        for (row, day) in sales.day.iter().enumerate() {
            run.row(row, day.plus_days(lag));
        }
    }
    run.finish();
}

/// What one person has come to.
#[derive(Debug, Clone, Default)]
struct Person {
    /// Over which period `running` adds up.
    key: u32,
    running: Running,
    /// What `running` is made of, where a return may change it; and whether one may.
    log: Log,
    claimed: bool,
    /// Milestones reached, new accounts, repeat orders in that period.
    reached: usize,
    new_accounts: i64,
    repeat_orders: i64,
    /// The first day, and that of the last new account.
    first: Option<Date>,
    last_new: Option<Date>,
    /// The period that is open.
    closing: Closing,
    active: bool,
    waiting: Vec<Waiting>,
    /// Returns of sales of the open period that wait for its cap.
    returned: Vec<Returned>,
    /// Rows of the period that a return may take back.
    claims: Vec<u32>,
    draw_balance: i64,
    owed: i64,
    open: i64,
}

/// Commission of a row, some of which may be paid later.
#[derive(Debug, Clone, Copy)]
struct Waiting {
    row: u32,
    rule: Rule,
    amount: i64,
    class: super::Class,
}

/// What was paid on a row that a later return takes back.
#[derive(Debug, Clone, Copy)]
struct Claim {
    person: u32,
    /// The period over which the sum added up, the one in which it was paid, and the day.
    key: u32,
    period: u32,
    day: Date,
    rule: Rule,
    /// What was credited, and what is left of that after returns.
    base: i64,
    left: i64,
    own: Option<i64>,
    /// Which credit of the sum it is.
    at: usize,
    /// How much of it is ever paid, in 1/10,000: less than all where some is held back for good.
    kept: i64,
    /// What was paid on it, and what is left of that after returns.
    whole: i64,
    paid: i64,
}

/// A return of a sale of the same period, where that period has a cap.
#[derive(Debug, Clone, Copy)]
struct Returned {
    row: u32,
    sold: u32,
    /// Which of the claims on the sale.
    claim: usize,
    again: Again,
}

/// What computing a sale again changes, before the period's cap.
#[derive(Debug, Clone, Copy, Default)]
struct Again {
    /// The credit.
    base: i64,
    /// What the sale itself pays.
    own: i64,
    /// What sales before it pay at the level that is reached without it.
    true_up: i64,
}

/// What is known of an account.
#[derive(Debug, Clone, Copy, Default)]
struct Account {
    /// What it has brought since its first order.
    brought: i64,
    /// Lifetime milestones reached.
    reached: usize,
}

/// One pass.
struct Run<'a> {
    plan: &'a Plan,
    sales: &'a Sales,
    prepared: &'a Prepared,
    /// The index of each row's order: by the plan's key, by account and by item.
    index: &'a [u32],
    of_account: &'a [u32],
    of_item: &'a [u32],
    sink: &'a mut dyn Sink,
    bound: Bound,
    people: Vec<Person>,
    accounts: Vec<Account>,
    /// By row: the former owner of its account who has a tail of it, or [`NONE`]; empty without tails.
    formers: Vec<u32>,
    claims: BTreeMap<u32, Vec<Claim>>,
    /// Sums of earlier periods that a return may change, and of orders that may have more lines.
    archive: BTreeMap<(u32, u32), (Running, Log)>,
    /// What orders paid before their cap, by person, order and day: those of the day, or all where a
    /// return may change them; and what periods with such orders did, by person and period.
    ordered: BTreeMap<(u32, u32, Date), i64>,
    earned: BTreeMap<(u32, u32), i64>,
    /// Lines to be paid, by period.
    later: BTreeMap<u32, Vec<Line>>,
    /// Revenue by person and account, of last year and this.
    years: BTreeMap<(u32, u32), (i64, i64)>,
    /// Events that have been: of SPIFFs, and orders that have been counted.
    events: BTreeSet<(u32, u32)>,
    orders: BTreeSet<u32>,
    /// What is left of the SPIFF's budget, if there is one.
    budget: Option<i64>,
    day: Date,
    period: u32,
    /// The last period of the data, as far as it is known.
    last: u32,
    key: u32,
    started: bool,
    parts: Vec<Part>,
    credits: Vec<(u32, i64, Rule)>,
}

impl<'a> Run<'a> {
    fn new(
        plan: &'a Plan,
        sales: &'a Sales,
        prepared: &'a Prepared,
        sink: &'a mut dyn Sink,
    ) -> Self {
        let bound = Bound::of(plan, sales);
        let tracks = !plan.lifetime.is_empty();
        let accounts = if tracks { sales.accounts.len() } else { 0 };
        Self {
            people: vec![Person::default(); bound.count()],
            formers: credit::formers(plan, sales, &bound),
            accounts: vec![Account::default(); accounts],
            budget: plan.spiff_budget(),
            plan,
            sales,
            prepared,
            index: prepared.known(plan.typed.pays.key),
            of_account: prepared.known(Key::Account),
            of_item: prepared.known(Key::Item),
            sink,
            bound,
            claims: BTreeMap::new(),
            archive: BTreeMap::new(),
            ordered: BTreeMap::new(),
            earned: BTreeMap::new(),
            later: BTreeMap::new(),
            years: BTreeMap::new(),
            events: BTreeSet::new(),
            orders: BTreeSet::new(),
            day: Date::default(),
            period: 0,
            last: 0,
            key: 0,
            started: false,
            parts: Vec::new(),
            credits: Vec::new(),
        }
    }

    fn row(&mut self, row: usize, day: Date) {
        if !self.started || day != self.day {
            self.on(day);
        }
        if self.plan.by_order() {
            self.key = self.sales.order.get(row).copied().unwrap_or(NONE);
        }
        let owner = self.bound.owner(row, self.sales);
        let is_return = self.sales.is_return.get(row) == Some(&true);
        self.note(row, owner, is_return);
        if is_return {
            let sold = self.sales.returned.get(row).copied().unwrap_or(NONE);
            match self.plan.typed.after.returns {
                Returns::Ignored => {}
                Returns::Paid | Returns::Recomputed if sold != NONE => self.take_back(row, sold),
                _ => self.sale(row, owner),
            }
        } else {
            self.sale(row, owner);
            self.events(row, owner);
        }
    }

    /// Another day: what was before is closed.
    fn on(&mut self, day: Date) {
        let period = self.plan.period_of(day);
        self.last = period;
        if self.started {
            for before in self.period..period {
                self.close(before, true);
            }
        }
        if self.plan.typed.after.returns != Returns::Recomputed {
            self.ordered.clear();
        }
        (self.started, self.day, self.period) = (true, day, period);
        let month = u32::try_from(day.month_index()).unwrap_or(0);
        self.key = match self.plan.typed.levels.adds_up {
            TierPeriod::Month => month,
            TierPeriod::Quarter => month / 3,
            TierPeriod::Year => month / 12,
            TierPeriod::Order | TierPeriod::Ever => 0,
        };
    }

    /// A sale, or a return that counts as a negative one.
    fn sale(&mut self, row: usize, owner: Option<u32>) {
        let class = self.class(row);
        let rated = self.rated(row, class, owner);
        if rated != Rated::Nothing {
            let base = base::of(self.plan, self.sales, row);
            self.credit(row, base, rated, class, owner);
        }
    }

    /// Closes what is open and pays what still waits.
    fn finish(&mut self) {
        if !self.started {
            return;
        }
        // The year of the last sale is over with a sale in its December, or where more is known.
        let (year, month, _) = self.day.ymd();
        let known = self.sales.until.unwrap_or(self.day).plus_days(1);
        let over = month == 12 || known.year() > year;
        let left = i32::try_from(12 - month).unwrap_or(0);
        let last = if over {
            self.plan.period_of(self.day.plus_months(left))
        } else {
            self.period
        };
        for period in self.period..last {
            self.close(period, true);
        }
        self.close(last, over);
        while let Some((period, _)) = self.later.first_key_value() {
            let period = *period;
            self.period = period;
            self.close(period, false);
        }
    }

    /// Gives a line of the open period, and adds it up.
    fn put(&mut self, line: &Line) {
        if let Some(person) = self.people.get_mut(line.rep as usize) {
            person.active = true;
            let closing = &mut person.closing;
            let to = match line.rule {
                Rule::Override => {
                    closing.overrides = closing.overrides.saturating_add(line.amount);
                    &mut closing.commission
                }
                Rule::Commission
                | Rule::Split
                | Rule::Overlay
                | Rule::Tail
                | Rule::TrueUp
                | Rule::OrderCap => &mut closing.commission,
                Rule::Spiff | Rule::Milestone | Rule::Lifetime | Rule::Kept | Rule::Growth => {
                    &mut closing.bonuses
                }
                Rule::PeriodCap => &mut closing.capped,
                Rule::Clawback => &mut closing.clawback,
                Rule::Held | Rule::Waits => &mut closing.held,
                Rule::Released | Rule::Cash => &mut closing.released,
                Rule::Carried | Rule::Repaid | Rule::Waived => &mut closing.carried,
                Rule::Draw | Rule::DrawRepaid => &mut closing.draw,
            };
            *to = to.saturating_add(line.amount);
            closing.payout = closing.payout.saturating_add(line.amount);
        }
        self.sink.line(line);
    }

    /// A line about no single sale.
    const fn plain(&self, rep: u32, rule: Rule, amount: i64) -> Line {
        Line {
            rep,
            period: self.period,
            row: NONE,
            rule,
            tier: 0,
            base: 0,
            rate: 0,
            factor: super::statement::SHARE,
            amount,
            class: super::Class::None,
        }
    }
}
