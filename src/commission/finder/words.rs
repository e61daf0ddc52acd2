//! A finding as a sentence; how money, shares and days are written is the display's business.

use super::{Finding, Wrong};
use crate::base::{Date, Money};

/// How a display writes numbers.
pub trait Writes {
    /// An amount.
    fn money(&self, amount: Money) -> String;
    /// A share, 0.05 as 5 %.
    fn share(&self, share: f64) -> String;
    /// A day.
    fn day(&self, day: Date) -> String;
}

impl Finding {
    /// What was found, with its numbers, and what causes it.
    pub fn words(&self, write: &dyn Writes) -> String {
        let money = |amount| write.money(amount);
        let (from, to) = (&self.from, &self.to);
        let day = |at: Option<Date>| at.map(|day| write.day(day)).unwrap_or_default();
        let (sales, pay) = (money(from.sales), money(from.pay));
        let (more, other) = (money(to.sales), money(to.pay));
        let tempts = money(self.temptation);
        let share = self
            .share
            .map(|share| write.share(share))
            .unwrap_or_default();
        let company = self.company.map(money).unwrap_or_default();
        let what = match self.wrong {
            Wrong::MorePaysLess => {
                let until = self.until.map_or_else(
                    || "and more never pays as much again within what was tried".to_owned(),
                    |until| format!("and only {} pay as much again", money(until)),
                );
                format!(
                    "Sales of {sales} pay {pay}, but {more} pay {other}: up to {tempts} less, {until}"
                )
            }
            Wrong::Cliff => format!(
                "Sales of {sales} pay {pay}, and {more} pay {other}: the last unit pays {tempts}"
            ),
            Wrong::PullForward => format!(
                "An order of {sales} on {} pays {tempts} more than on {}, beside sales of {}",
                day(from.day),
                day(to.day),
                money(self.beside),
            ),
            Wrong::HoldBack => format!(
                "An order of {sales} pays {tempts} more on {} than on {}, beside sales of {}",
                day(to.day),
                day(from.day),
                money(self.beside),
            ),
            Wrong::PaidForLoss => format!(
                "Beside sales of {}, an order of {more} with a margin below {share} leaves the company \
                 less than it pays: where it costs {sales}, it pays the seller {other} and the \
                 company loses {company}",
                money(self.beside),
            ),
            Wrong::CheapDiscount => {
                let fell = (from.pay.to_f64() - to.pay.to_f64()) / from.pay.to_f64();
                let all = self.share.filter(|share| *share > 0.0);
                let of = all.map_or_else(String::new, |share| {
                    format!(", and contribution by {}", write.share(fell / share))
                });
                format!(
                    "Selling for {more} in place of {sales} costs the company {company} and the \
                     seller {}: pay falls by {}{of}",
                    money(from.pay.sub(to.pay).unwrap_or(Money::ZERO)),
                    write.share(fell),
                )
            }
            Wrong::Split => format!(
                "An order of {sales} pays {pay}; in two halves, a week apart, it pays {other}"
            ),
            Wrong::Merge => format!(
                "Two orders of together {sales}, a week apart, pay {other}; in one they pay {pay}"
            ),
            Wrong::NothingMore => format!(
                "From sales of {sales} on, the next order pays nothing more: {tempts} less than the \
                 one before"
            ),
            Wrong::Slower => format!(
                "From sales of {sales} on, the next order pays {tempts} less than the one before"
            ),
        };
        let who: Vec<String> = self
            .sellers
            .iter()
            .map(|(name, year)| format!("{name} ({} a year)", money(*year)))
            .collect();
        let who = match who.as_slice() {
            [] => String::new(),
            all => format!(" Tried and found for {}.", all.join(", ")),
        };
        format!("{what}. Cause: {}.{who}", self.rule)
    }
}
