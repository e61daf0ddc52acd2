//! The ground that a scheme is tried on: how a salesperson sells.

use serde::{Deserialize, Serialize};

use crate::base::Date;
use crate::commission::inputs::kinds::Payee;
use crate::commission::sales::{HOUSE, Sales, UNIT, to_units};

/// See the module. Amounts are in 1/10,000 of the currency unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ground {
    /// Who sells: the name decides about quotas and splits.
    pub rep: String,
    /// The first day of the year that is tried; it decides about SPIFFs.
    pub start: Date,
    /// Revenue of an order.
    pub order: i64,
    /// Revenue of a year.
    pub year: i64,
    /// Contribution of an order over its revenue, in 1/10,000.
    pub margin: i64,
    /// The discount that is tried, in 1/10,000 of the price; a point is 100.
    pub discount: i64,
    /// The part that is sold; it decides about rates by stream or part.
    pub item: String,
    /// Its stream.
    pub stream: String,
}

impl Default for Ground {
    fn default() -> Self {
        Self {
            rep: "a salesperson".into(),
            start: Date::new(2025, 1, 1).unwrap_or_default(),
            order: 20_000 * UNIT,
            year: 500_000 * UNIT,
            margin: 3_000,
            discount: 100,
            item: String::new(),
            stream: String::new(),
        }
    }
}

impl Ground {
    /// The ground of some sales: the salesperson in the middle by revenue of the last 365 days, the
    /// middle order, the margin of all. Where there are no sales, a made-up one.
    pub fn of(sales: &Sales) -> Self {
        let default = Self::default();
        let Some((_, last)) = sales.span() else {
            return default;
        };
        let from = last.plus_days(-365);
        let mut by_rep = vec![0_i64; sales.reps.len()];
        let mut orders: Vec<i64> = Vec::new();
        let mut current = None;
        let (mut revenue, mut left) = (0_i64, 0_i64);
        for (row, (day, own)) in sales.day.iter().zip(&sales.revenue).enumerate() {
            if *day <= from {
                continue;
            }
            revenue += own;
            left += sales.contribution(row);
            let rep = sales.rep.get(row).map_or(usize::MAX, |rep| *rep as usize);
            if let Some(sum) = by_rep.get_mut(rep) {
                *sum += own;
            }
            if sales.is_return.get(row) != Some(&false) {
                continue;
            }
            let order = sales.order.get(row).copied();
            match orders.last_mut() {
                Some(sum) if current == order => *sum += own,
                _ => orders.push(*own),
            }
            current = order;
        }
        orders.retain(|order| *order > 0);
        orders.sort_unstable();
        let mut reps: Vec<(i64, &String)> = by_rep
            .into_iter()
            .zip(&sales.reps)
            .filter(|(sum, name)| *sum > 0 && *name != HOUSE)
            .collect();
        reps.sort_unstable();
        let middle = reps.get(reps.len() / 2);
        let share = to_units(left) / to_units(revenue);
        #[expect(clippy::cast_possible_truncation, reason = "clamped to a share")]
        let margin = (share.clamp(-1.0, 1.0) * 10_000.0) as i64;
        let whole = |amount: i64| (amount / UNIT).max(1) * UNIT;
        Self {
            rep: middle.map_or(default.rep, |(_, name)| (*name).clone()),
            start: Date::new(last.year(), 1, 1).unwrap_or(default.start),
            order: orders
                .get(orders.len() / 2)
                .map_or(default.order, |o| whole(*o)),
            year: middle.map_or(default.year, |(sum, _)| whole(*sum)),
            margin: if revenue > 0 { margin } else { default.margin },
            ..default
        }
    }

    /// The grounds of some sales: those whom a scheme pays (salespeople or partners) who sell little, as
    /// much as the middle, and much, each with their own year, middle order and margin. One made-up
    /// ground where nobody sold in the last 365 days.
    ///
    /// ```
    /// use perennial::commission::finder::Ground;
    /// use perennial::commission::inputs::kinds::Payee;
    /// use perennial::commission::{Sale, Sales};
    /// let rows = [("Ana", 90), ("Ben", 20), ("Cleo", 50)].map(|(rep, revenue)| Sale {
    ///     rep, account: rep, order: revenue as u32, revenue: revenue * 10_000, ..Sale::default()
    /// });
    /// let grounds = Ground::spread(&Sales::build(rows).unwrap(), Payee::Rep);
    /// let found: Vec<(&str, i64)> = grounds.iter().map(|g| (g.rep.as_str(), g.year / 10_000)).collect();
    /// assert_eq!(found, [("Cleo", 50), ("Ben", 20), ("Ana", 90)]);
    /// ```
    pub fn spread(sales: &Sales, payee: Payee) -> Vec<Self> {
        let middle = Self::of(sales);
        let Some((_, last)) = sales.span() else {
            return vec![middle];
        };
        let from = last.plus_days(-365);
        let (sellers, names) = match payee {
            Payee::Rep => (&sales.rep, &sales.reps),
            Payee::Partner => (&sales.partner, &sales.partners),
        };
        let mut sums = vec![0_i64; names.len()];
        for ((day, own), seller) in sales.day.iter().zip(&sales.revenue).zip(sellers) {
            if *day > from
                && let Some(sum) = sums.get_mut(*seller as usize)
            {
                *sum += own;
            }
        }
        let name = |seller: u32| names.get(seller as usize).map_or("", String::as_str);
        let mut reps: Vec<(i64, u32)> = sums.into_iter().zip(0_u32..).collect();
        reps.retain(|(sum, seller)| *sum > 0 && ![HOUSE, ""].contains(&name(*seller)));
        reps.sort_unstable();
        // The middle one first: what is found for all is told with its numbers unless others' are worse.
        let end = reps.len().saturating_sub(1);
        let mut places = vec![reps.len() / 2, end / 10, end - end / 10];
        let mut taken = Vec::new();
        places.retain(|at| {
            let new = !taken.contains(at);
            taken.push(*at);
            new
        });
        let chosen = places.iter().filter_map(|at| reps.get(*at));
        let grounds: Vec<Self> = chosen
            .map(|(year, seller)| Self {
                rep: name(*seller).to_owned(),
                ..middle.of_seller(sales, from, *year, (sellers, *seller))
            })
            .collect();
        if grounds.is_empty() {
            vec![middle]
        } else {
            grounds
        }
    }

    /// The ground of one seller since a day, by the sellers of the rows.
    fn of_seller(
        &self,
        sales: &Sales,
        from: Date,
        year: i64,
        (sellers, one): (&[u32], u32),
    ) -> Self {
        let mut orders: Vec<i64> = Vec::new();
        let (mut left, mut current) = (0_i64, None);
        let rows = sellers.iter().zip(&sales.day).enumerate();
        let own = rows.filter(|(_, (seller, day))| **seller == one && **day > from);
        for (row, _) in own {
            left += sales.contribution(row);
            if sales.is_return.get(row) != Some(&false) {
                continue;
            }
            let revenue = sales.revenue.get(row).copied().unwrap_or(0);
            let order = sales.order.get(row).copied();
            match orders.last_mut() {
                Some(sum) if current == order => *sum += revenue,
                _ => orders.push(revenue),
            }
            current = order;
        }
        orders.retain(|order| *order > 0);
        orders.sort_unstable();
        let whole = |amount: i64| (amount / UNIT).max(1) * UNIT;
        let share = to_units(left) / to_units(year);
        #[expect(clippy::cast_possible_truncation, reason = "clamped to a share")]
        let margin = (share.clamp(-1.0, 1.0) * 10_000.0) as i64;
        Self {
            order: orders
                .get(orders.len() / 2)
                .map_or(self.order, |o| whole(*o)),
            year: whole(year),
            margin,
            ..self.clone()
        }
    }
}
