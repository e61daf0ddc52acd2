//! Step 4: what a sale is, and which rate it has (C3, C4, C5, C23, C26).

use super::Run;
use crate::base::Date;
use crate::commission::exact::at_least;
use crate::commission::inputs::kinds::{Repeats, Special};
use crate::commission::plan::Plan;
use crate::commission::sales::Facts;
use crate::commission::statement::{Class, SHARE};

/// Where a row's rate comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rated {
    /// It pays nothing, and does not count for tiers.
    Nothing,
    /// A rate of its own, in 1/1,000,000.
    Own(i64),
    /// Tiers.
    Tiers,
}

/// Complete months from one day to a later one.
pub(super) fn months(from: Date, to: Date) -> i64 {
    let ((from_year, from_month, from_day), (year, month, day)) = (from.ymd(), to.ymd());
    let years = i64::from(year) - i64::from(from_year);
    let started = 12 * years + i64::from(month) - i64::from(from_month);
    started - i64::from(day < from_day)
}

impl Run<'_> {
    /// The index of the row's order by the plan's key, from 1.
    fn index(&self, row: usize) -> u32 {
        self.index.get(row).copied().unwrap_or(0)
    }

    pub(super) fn class(&self, row: usize) -> Class {
        let pays = &self.plan.typed.pays;
        if self.index(row) <= 1 {
            return Class::First;
        }
        let window = pays.window.get();
        if window > 0
            && let Some(first) = self.prepared.first_day(pays.key, row)
            && let Some(day) = self.sales.day.get(row)
            && i64::from(day.days_since(first)) <= i64::from(window)
        {
            return Class::First;
        }
        if !self.plan.tells_parts() {
            return Class::Repeat;
        }
        let known = self.of_item.get(row).is_some_and(|index| *index > 1);
        match (known, pays.renewals, pays.expansions) {
            (true, Special::Own, _) => Class::Renewal,
            (false, _, Special::Own) => Class::Expansion,
            _ => Class::Repeat,
        }
    }

    pub(super) fn rated(&self, row: usize, class: Class, owner: Option<u32>) -> Rated {
        let pays = &self.plan.typed.pays;
        if class == Class::Repeat && pays.repeats == Repeats::Nothing {
            return Rated::Nothing;
        }
        match (self.bound.product(row, self.sales), class) {
            (Some(0), _) => Rated::Nothing,
            (Some(rate), _) => Rated::Own(rate),
            (None, Class::Renewal) => Rated::Own(self.plan.renewal),
            (None, Class::Expansion) => Rated::Own(self.plan.expansion),
            (None, Class::Repeat) => self.repeat(row, owner),
            (None, Class::First | Class::None) => self.standard(row),
        }
    }

    fn repeat(&self, row: usize, owner: Option<u32>) -> Rated {
        let pays = &self.plan.typed.pays;
        let day = self.sales.day.get(row).copied().unwrap_or_default();
        let at = match pays.repeats {
            Repeats::Same => return self.standard(row),
            Repeats::Nothing => return Rated::Nothing,
            Repeats::Own => return Rated::Own(self.plan.repeat),
            Repeats::Index => i64::from(self.index(row)),
            Repeats::Months => {
                let first = self.prepared.first_day(pays.key, row);
                first.map_or(0, |first| months(first, day))
            }
            Repeats::NewBusiness => {
                let person = owner.and_then(|owner| self.people.get(owner as usize));
                let since = person.and_then(|person| person.last_new.or(person.first));
                since.map_or(0, |since| months(since, self.day))
            }
        };
        match Plan::step(&self.plan.repeat_steps, at) {
            Some(rate) => Rated::Own(rate),
            None => self.standard(row),
        }
    }

    /// The standard rate, or what takes its place.
    fn standard(&self, row: usize) -> Rated {
        if !self.plan.tiers.is_empty() {
            return Rated::Tiers;
        }
        if !self.plan.bands.is_empty() {
            return Rated::Own(self.band(row));
        }
        if !self.plan.terms.is_empty() {
            let months = i64::from(self.term(row));
            return Rated::Own(Plan::step(&self.plan.terms, months).unwrap_or(self.plan.rate));
        }
        Rated::Own(self.plan.rate)
    }

    /// Months of the row's contract.
    pub(super) fn term(&self, row: usize) -> u32 {
        let known = Facts::of(&self.prepared.facts(self.sales).term, row);
        known.unwrap_or_else(|| self.plan.typed.pays.term.get())
    }

    /// The rate of the row's gross margin in percent of the price (C3): (R - C) / R >= band.
    fn band(&self, row: usize) -> i64 {
        let of = |column: &[i64]| column.get(row).copied().unwrap_or(0);
        let (revenue, cost) = (of(&self.sales.revenue), of(&self.sales.cost));
        let bands = &self.plan.bands;
        // Of a return both are negative, and the margin is that of the sale.
        let (revenue, margin) = if revenue < 0 {
            (-revenue, cost - revenue)
        } else {
            (revenue, revenue - cost)
        };
        let reached = |band: &&(i64, i64)| revenue > 0 && at_least(margin, SHARE, band.0, revenue);
        let found = bands.iter().rfind(reached).or(bands.first());
        found.map_or(0, |band| band.1)
    }
}
