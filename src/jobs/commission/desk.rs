//! The tables of schemes: each is made when it is asked for.

use std::rc::Rc;

use crate::assumptions::Assumptions;
use crate::commission::banded::Draws;
use crate::commission::compare::Comparison;
use crate::commission::finder::{Ground, find_all};
use crate::commission::inputs::kinds::Lifetime;
use crate::commission::milestones::milestones;
use crate::commission::on_deal::{Beside, on_deal};
use crate::commission::owners::owners;
use crate::commission::pays_for_itself::{Costs, Worth, break_even, curve};
use crate::commission::replay::Paid;
use crate::commission::sales::{UNIT, to_units};
use crate::commission::sheets::{Whose, comparison, statements};
use crate::commission::targets::{Aim, Targets, targets};
use crate::commission::{FirstKey, Kept, Sales, Scheme, boards, pay};
use crate::deals::Terms;
use crate::metrics::{Cell, Sheet, SheetColumn};
use crate::registry;
use crate::value::Evaluation;

use super::super::loaded::{Loaded, View};
use super::super::protocol::{CommissionResults, CommissionWant};
use super::Workings;
use super::paying::Paying;

/// Lifetime milestones where the scheme looked at has none, in the base currency.
const LEVELS: [i64; 3] = [25_000, 100_000, 250_000];
/// Draws of the customers behind a band.
const DRAWS: u32 = 200;
/// The seed of the draws.
const SEED: u64 = 1;
/// Rows times schemes that one job pays anew for a band: some tenths of a second.
const WORK: usize = 1_500_000;
/// Rows times schemes that one job pays: some tenths of a second.
const PAID: usize = 2_000_000;
/// Scenarios of the deal beside the base.
const MOST_SCENARIOS: usize = 3;

/// What the tables are made of.
pub(super) struct Desk<'a> {
    pub found: &'a Evaluation<'a>,
    pub book: &'a Loaded,
    pub view: &'a View,
    pub assumptions: &'a Assumptions,
    pub want: &'a CommissionWant,
    /// Whether it may say that there is more to come.
    pub in_parts: bool,
    pub sales: &'a Sales,
    /// What was made of the sales.
    pub on: &'a Workings,
    pub paying: Rc<Paying>,
}

/// Why no salesperson is paid anything.
const NO_SALESPEOPLE: &str = "The orders name no salesperson, so every order is the house's and no salesperson is paid. \
    Map a column to Salesperson on the Orders page, or add a file that has one.";

impl Desk<'_> {
    pub(super) fn answer(&self, results: &mut CommissionResults) {
        if self.found.accounts.salespeople.is_empty() {
            results.notes.push(NO_SALESPEOPLE.into());
        }
        let asked = |key: &str| self.want.sheets.iter().any(|one| one == key);
        let compared = asked("schemes") || asked("payouts");
        let waits = compared || asked("pays") || asked("response_curve");
        if waits && self.pay(results) {
            return;
        }
        let begun = self.in_parts && !self.paying.draws.borrow().is_empty();
        let compared = compared.then(|| self.compare(results));
        if let Some(found) = &compared {
            results.notes.extend(boards::schemes_notes(found));
            self.assumed(results);
            // Nothing but the bands is new, and those are not there yet.
            if begun && results.working.is_some() {
                return;
            }
        }
        if asked("statement") {
            self.statement(results);
        }
        if asked("findings") {
            self.findings(results);
        }
        for key in &self.want.sheets {
            let sheet = match (key.as_str(), &compared) {
                ("schemes", Some(found)) => Some(boards::schemes_sheet(found)),
                ("payouts", Some(found)) => {
                    let mut sheet = comparison(found);
                    sheet.key = "payouts".into();
                    Some(sheet)
                }
                (key, _) => self.sheet(key),
            };
            results.sheets.extend(sheet);
        }
    }

    /// Which schemes rest on what the orders do not say.
    fn assumed(&self, results: &mut CommissionResults) {
        let schemes = self.want.schemes.list().iter().zip(&results.said);
        let lacking = schemes.filter(|(_, said)| !said.assumed.is_empty());
        let names: Vec<String> = lacking
            .map(|(scheme, _)| format!("“{}”", scheme.name()))
            .collect();
        if !names.is_empty() {
            results.notes.push(format!(
                "Something is assumed for {}, since the orders do not say it: the tab Schemes says what, \
                 and for how many order lines.",
                names.join(", ")
            ));
        }
    }

    fn sheet(&self, key: &str) -> Option<Sheet> {
        let as_of = self.found.as_of();
        match key {
            "owners" => Some(boards::owners_sheet(&owners(self.sales, as_of))),
            "handovers" => Some(boards::handovers_sheet(&owners(self.sales, as_of))),
            "targets" => {
                let aim = self.want.schemes.aim();
                Some(boards::targets_sheet(&self.targets(&aim), &aim))
            }
            "target_curve" => {
                let aim = self.want.schemes.aim();
                let worth = Worth::of(self.sales, self.indexes(), as_of);
                let margin = worth.and_then(|worth| worth.margin());
                let found = self.targets(&aim);
                Some(boards::target_curve_sheet(&found, &aim.curve, margin))
            }
            "response_curve" => Some(self.response_curve()),
            "milestones" => Some(self.milestones()),
            "pays" => Some(self.pays()),
            "deal_pay" => self.deal(),
            "statements" => self.statements(),
            _ => None,
        }
    }

    /// Pays some of the schemes; whether there are others left.
    fn pay(&self, results: &mut CommissionResults) -> bool {
        let rows = if self.in_parts { PAID } else { usize::MAX };
        let (paid, of) = self.paying.pay(self.on, rows);
        if paid < of {
            let words = format!("Paying the schemes: {paid} of {of} so far.");
            results.working = Some((words, share(paid, of)));
        }
        paid < of
    }

    /// The schemes side by side, with bands as far as they were drawn.
    fn compare(&self, results: &mut CommissionResults) -> Comparison {
        let paying = &self.paying;
        let paid = paying.paid(self.on);
        let mut found = paying.compared(self.on, &self.found.values.lifetime);
        let current = paying.current();
        let current = current.and_then(|at| paying.which.get(at)?.as_ref().ok().copied());
        let draws = self.draw(paid);
        let (made, of) = (draws.made(), DRAWS as usize);
        if made < of {
            let words = format!("Drawing the customers again for bands: {made} of {of} so far.");
            results.working = Some((words, share(made, of)));
        }
        for (column, which) in found.columns.iter_mut().zip(&paying.which) {
            if let (Ok(cost), Ok(at)) = (&mut column.paid, which)
                && made == of
            {
                cost.band = draws.of(*at, current);
            }
        }
        *paying.draws.borrow_mut() = draws.into_found();
        found
    }

    /// Makes the next draws.
    fn draw<'a>(&'a self, paid: &'a [Paid]) -> Draws<'a> {
        let made = self.paying.draws.take();
        let draws = Draws::new(
            self.sales,
            self.on.sold(),
            &self.paying.plans,
            paid,
            SEED,
            DRAWS,
        );
        let mut draws = draws.after(made);
        for _ in 0..(WORK / draws.work().max(1)).max(1) {
            if draws.made() >= DRAWS as usize {
                break;
            }
            draws.draw();
        }
        draws
    }

    /// The scheme looked at.
    fn scheme(&self) -> Option<&Scheme> {
        let schemes = &self.want.schemes;
        let chosen = self.want.scheme.and_then(|id| schemes.get(id));
        chosen.or_else(|| schemes.current())
    }

    /// One person's statement of one period, and all periods of that person.
    fn statement(&self, results: &mut CommissionResults) {
        let id = self.scheme().map(Scheme::id);
        let said = results.said.iter().find(|said| Some(said.id) == id);
        let assumed = said.map(|said| said.assumed.clone());
        results.notes.extend(assumed.unwrap_or_default());
        let Some((_, plan)) = self.scheme().and_then(|one| self.paying.plan(one.id())) else {
            results
                .notes
                .push("This scheme contradicts itself; its form says how.".into());
            return;
        };
        let mut kept = Kept::default();
        pay(plan, self.sales, &self.on.prepared, &mut kept);
        results.people = plan.payees(self.sales);
        let known = |name: &str| results.people.iter().position(|one| one == name);
        let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let most = (0..results.people.len()).max_by_key(|at| kept.paid_to(number(*at)));
        let Some(person) = known(&self.want.person).or(most) else {
            if results.notes.is_empty() {
                results.notes.push("Nobody is paid.".into());
            }
            return;
        };
        let name = results.people.get(person).cloned().unwrap_or_default();
        let person = number(person);
        let own = kept.closings.iter().filter(|one| one.0 == person);
        let mut periods: Vec<u32> = own.map(|one| one.1).collect();
        periods.dedup();
        periods.reverse();
        let chosen = self.want.period.filter(|one| periods.contains(one));
        let period = chosen.or_else(|| periods.first().copied());
        let whose = Whose {
            payee: Some(person),
            period,
        };
        let book = Some(&self.book.book);
        let mut sheet = statements(plan, self.sales, &kept, book, whose);
        sheet.key = "statement".into();
        let when = period.map(|one| format!(", {}", plan.period_name(one)));
        let when = when.unwrap_or_default();
        sheet.title = format!("{name}{when}, under “{}”", plan.name());
        // On screen and on paper the title says whose it is, and of when.
        let titled: &[&str] = if self.in_parts {
            &["payee", "period"]
        } else {
            &[]
        };
        without_empty(&mut sheet, titled);
        results.sheets.push(sheet);
        results
            .sheets
            .push(boards::closings_sheet(plan, &kept, person, &name));
        let named = periods.iter().map(|one| (*one, plan.period_name(*one)));
        results.periods = named.collect();
        results.person = name;
        results.period = period;
    }

    /// Everybody's statements of all periods.
    fn statements(&self) -> Option<Sheet> {
        let (_, plan) = self.paying.plan(self.scheme()?.id())?;
        let mut kept = Kept::default();
        pay(plan, self.sales, &self.on.prepared, &mut kept);
        let book = Some(&self.book.book);
        Some(statements(plan, self.sales, &kept, book, Whose::default()))
    }

    fn findings(&self, results: &mut CommissionResults) {
        let Some(scheme) = self.scheme() else {
            return;
        };
        let mut kept = self.paying.findings.borrow_mut();
        let known = kept.as_ref().filter(|(id, _)| *id == scheme.id());
        let found = known.map(|(_, found)| Ok(Rc::clone(found)));
        let found = found.unwrap_or_else(|| {
            let grounds = Ground::spread(self.sales, scheme.typed().pays.payee);
            find_all(scheme, self.want.schemes.people(), &grounds).map(Rc::new)
        });
        match found {
            Ok(found) => {
                results.sheets.push(boards::findings_sheet(&found));
                results.findings = Some(found.as_ref().clone());
                *kept = Some((scheme.id(), found));
            }
            Err(why) => results.notes.extend(why.into_iter().map(|one| one.why)),
        }
    }

    fn milestones(&self) -> Sheet {
        let sales = self.sales;
        let typed = self.scheme().map(Scheme::typed);
        let of = typed.map_or(Lifetime::default(), |typed| typed.bonus.lifetime_of);
        let column = |column: &[i64], row: usize| column.get(row).copied().unwrap_or(0);
        let worth = move |row: usize| match of {
            Lifetime::Contribution => sales.contribution(row),
            Lifetime::Margin => column(&sales.revenue, row) - column(&sales.cost, row),
            Lifetime::Revenue => column(&sales.revenue, row),
        };
        let levels = self.scheme().map(Scheme::lifetime_levels);
        let mut levels = levels.unwrap_or_default();
        if levels.is_empty() {
            levels = LEVELS.iter().map(|level| level * UNIT).collect();
        }
        let lapsed = &self.found.values.lapsed;
        let active = |account: u32| lapsed.get(account as usize) == Some(&false);
        let found = milestones(sales, &worth, &levels, (&active, self.found.as_of()));
        boards::milestones_sheet(&found, &of.label().to_lowercase())
    }

    /// What each scheme must change to pay for itself beside the one in use.
    fn pays(&self) -> Sheet {
        let schemes = &self.paying.schemes;
        let name = schemes.current().map(Scheme::name).unwrap_or_default();
        boards::pays_sheet(name, &self.others().unwrap_or_default())
    }

    fn targets(&self, aim: &Aim) -> Targets {
        targets(self.sales, self.indexes(), self.found.as_of(), aim)
    }

    /// The index of each row's order of its account.
    fn indexes(&self) -> &[u32] {
        self.on.prepared.indexes(FirstKey::Account, self.sales)
    }

    /// What schemes pay on repeat orders, beside what repeat orders are worth.
    fn repeats(&self) -> Option<Repeats<'_>> {
        let paying = &self.paying;
        let paid = paying.paid(self.on);
        let used = paid.get(paying.plan(paying.schemes.current()?.id())?.0)?;
        let indexes = self.indexes();
        let worth = Worth::of(self.sales, indexes, self.found.as_of())?;
        let (first, last) = self.sales.span()?;
        let years = (f64::from(last.days_since(first)) / 365.25).max(1.0);
        let repeats = self.sales.revenue.iter().zip(indexes);
        let repeats: i64 = repeats
            .filter(|(_, index)| **index > 1)
            .map(|(revenue, _)| *revenue)
            .sum();
        Some(Repeats {
            used,
            worth,
            years,
            revenue: to_units(repeats),
        })
    }

    fn others(&self) -> Option<Vec<boards::Asked>> {
        let paying = &self.paying;
        let paid = paying.paid(self.on);
        let current = paying.schemes.current()?;
        let repeats = self.repeats()?;
        let today = repeats.rate(repeats.used);
        let response = Some(paying.schemes.response()).filter(|one| !one.points.is_empty());
        let response = response.map(|response| response.over(today));
        let one = |scheme: &Scheme| {
            let other = paid.get(paying.plan(scheme.id())?.0)?;
            let rate = repeats.rate(other);
            let costs = Costs {
                current: to_units(repeats.used.total()) / repeats.years,
                other: to_units(other.total()) / repeats.years,
                repeat_rate: rate,
            };
            let reply = response.as_ref().and_then(|response| {
                let revenue = repeats.revenue / repeats.years;
                let found = curve(&repeats.worth, response, revenue, today, &[rate]);
                found.first().copied()
            });
            Some(boards::Asked {
                name: scheme.name().to_owned(),
                even: break_even(&repeats.worth, &costs),
                reply,
            })
        };
        let others = paying.schemes.list().iter();
        let others = others.filter(|one| one.id() != current.id());
        Some(others.filter_map(one).collect())
    }

    fn response_curve(&self) -> Sheet {
        let response = self.want.schemes.response();
        let repeats = self.repeats();
        let asking = repeats.as_ref().map(|repeats| {
            let all = self.paying.paid(self.on).iter();
            boards::Asking {
                worth: &repeats.worth,
                response: &response,
                repeat_revenue: repeats.revenue / repeats.years,
                today: repeats.rate(repeats.used),
                highest: all.map(|paid| repeats.rate(paid)).fold(0.0, f64::max),
            }
        });
        boards::response_curve_sheet(asking.as_ref())
    }

    /// The deal and its first scenarios.
    fn deal(&self) -> Option<Sheet> {
        let terms = |assumptions: &Assumptions| {
            Terms::read(&registry::resolve(assumptions, &self.view.estimates))
        };
        let mut scenarios = vec![("Base".to_owned(), terms(self.assumptions))];
        let others = self.want.scenarios.list().iter().take(MOST_SCENARIOS);
        scenarios
            .extend(others.map(|one| (one.name().to_owned(), terms(&one.over(self.assumptions)))));
        let ground = Ground::of(self.sales);
        let beside = Beside {
            rep: ground.rep,
            day: self.found.as_of(),
            year: to_units(ground.year),
            margin: to_units(ground.margin),
        };
        let found = on_deal(&scenarios, &self.paying.plans, &beside).ok()?;
        Some(boards::deal_sheet(&found))
    }
}

fn share(done: usize, of: usize) -> f64 {
    let count = |one: usize| f64::from(u32::try_from(one).unwrap_or(u32::MAX));
    count(done) / count(of.max(1))
}

/// Repeat orders: what the scheme in use paid on them, and what they are worth.
struct Repeats<'a> {
    used: &'a Paid,
    worth: Worth,
    /// Years that the sales cover, at least one.
    years: f64,
    /// Revenue of all of them.
    revenue: f64,
}

impl Repeats<'_> {
    /// What a scheme paid on a unit of repeat revenue.
    fn rate(&self, paid: &Paid) -> f64 {
        if self.revenue > 0.0 {
            to_units(paid.repeats) / self.revenue
        } else {
            0.0
        }
    }
}

/// Takes away the columns that say nothing in any row, and those with these keys.
fn without_empty(sheet: &mut Sheet, without: &[&str]) {
    let said = |(at, column): (usize, &SheetColumn)| {
        let mut cells = sheet.rows.iter().filter_map(|row| row.get(at));
        let some = cells.any(|cell| !matches!(cell, Cell::Empty(_)));
        some && !without.contains(&column.key.as_str())
    };
    let keep: Vec<bool> = sheet.columns.iter().enumerate().map(said).collect();
    let mut kept = keep.iter();
    sheet.columns.retain(|_| kept.next() == Some(&true));
    for row in &mut sheet.rows {
        let mut kept = keep.iter();
        row.retain(|_| kept.next() == Some(&true));
    }
}
