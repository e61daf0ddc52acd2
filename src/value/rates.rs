//! Rates that differ by group: a segment, salesperson or partner with a rate of its own.
//!
//! In: the common rate and `name = rate` entries. Out: the rate of every account. An account has its
//! partner's rate, else its salesperson's, else its segment's, else the common one. Names are the
//! same in any case.

use crate::accounts::Accounts;
use crate::assumptions::parse::entries;

/// A rate for every account.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rates {
    /// The rates in use: the common one first.
    pub values: Vec<f64>,
    /// By account: its rate's position in `values`; empty where all have the common one.
    classes: Vec<u32>,
    /// Names that no group of the data has.
    pub unknown: Vec<String>,
}

impl Rates {
    /// From the entries as typed, read by `read`. `seen` are rates from the data by segment, for
    /// segments without an entry.
    pub(super) fn new(
        accounts: &Accounts,
        common: f64,
        text: &str,
        read: fn(&str) -> Option<f64>,
        seen: &[Option<f64>],
    ) -> Self {
        let mut rates = Self {
            values: vec![common],
            ..Self::default()
        };
        // The name as typed and in small letters, its rate, and whether a group has it.
        let mut entered: Vec<(&str, String, u32, bool)> = Vec::new();
        for (name, rate) in entries(text) {
            if let Some(rate) = read(rate) {
                entered.push((name, name.to_lowercase(), rates.add(rate), false));
            }
        }
        if entered.is_empty() && seen.is_empty() {
            return rates;
        }
        let groups = [
            &accounts.partners,
            &accounts.salespeople,
            &accounts.segments,
        ];
        let mut own = groups.map(|names| {
            let mut find = |name: &String| {
                let name = name.to_lowercase();
                let mut entered = entered.iter_mut();
                let entry = entered.find(|entry| entry.1 == name)?;
                entry.3 = true;
                Some(entry.2)
            };
            names.iter().map(&mut find).collect::<Vec<_>>()
        });
        let [.., segments] = &mut own;
        for (class, rate) in segments.iter_mut().zip(seen) {
            *class = class.or_else(|| rate.map(|rate| rates.add(rate)));
        }
        let unknown = entered.iter().filter(|entry| !entry.3);
        rates.unknown = unknown.map(|entry| entry.0.to_owned()).collect();
        if own.iter().flatten().any(Option::is_some) {
            let class = |account: &crate::accounts::Account| {
                let of = [account.partner, account.salesperson, account.segment];
                let mut classes = own.iter().zip(of);
                let first = classes.find_map(|(own, at)| *own.get(at? as usize)?);
                first.unwrap_or(0)
            };
            rates.classes = accounts.list.iter().map(class).collect();
        }
        rates
    }

    fn add(&mut self, rate: f64) -> u32 {
        self.values.push(rate);
        u32::try_from(self.values.len() - 1).unwrap_or(0)
    }

    /// An account's rate as a position in `values`.
    pub fn class(&self, position: usize) -> usize {
        self.classes.get(position).copied().unwrap_or(0) as usize
    }

    /// An account's rate.
    pub fn at(&self, position: usize) -> f64 {
        let rate = self.values.get(self.class(position)).copied();
        rate.unwrap_or_default()
    }
}
