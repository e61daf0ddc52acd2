//! When an account has paid back what winning it cost: the day, where it has; else the chance by month.
//!
//! In: an account's order days with their revenue, its acquisition cost, what of its revenue counts as
//! value, and the fitted model. Out: a [`Sheet`]; one without rows says in its caption why. Past revenue counts
//! at the share of the whole history, revenue to come at the share that the other methods start from.

use crate::base::{Date, Unit, counted};
use crate::metrics::{Exactness, Sheet};
use crate::value::evaluation::Evaluation;

use super::cells::{column, count, empty, float};

const KEY: &str = "account_payback";
const TITLE: &str = "When it has paid back";

impl Evaluation<'_> {
    /// When an account has paid back its acquisition cost; `days` are its order days up to the as-of
    /// date with their revenue in the base currency, ascending. `None` where winning it cost nothing,
    /// or nothing is known of it.
    pub fn paid_back(
        &self,
        account: usize,
        days: impl Iterator<Item = (Date, f64)>,
    ) -> Option<Sheet> {
        let row = self.prepared.rows.get(account).filter(|row| row.present)?;
        let cost = self.cac.at(account);
        let past = self.values.past.get(account).copied()?;
        if cost <= 0.0 || row.total.revenue <= 0.0 {
            return None;
        }
        let said = |words: String| Some(empty(KEY, TITLE, &words));
        let share = past / row.total.revenue;
        if past >= cost {
            let mut left = cost;
            let mut days = days.skip_while(|(_, revenue)| {
                left -= share * revenue;
                left > 0.0
            });
            return said(match days.next() {
                Some((day, _)) => format!(
                    "It paid back what winning it cost on {day}, {} after its first order.",
                    counted(&day.days().saturating_sub(row.first), "day")
                ),
                None => "It has paid back what winning it cost.".into(),
            });
        }
        let so_far = (100.0 * past.max(0.0) / cost).floor();
        let brought = format!("So far it has brought {so_far:.0} % of what winning it cost.");
        let ahead = self.margin_share(account).unwrap_or_default();
        if ahead <= 0.0 {
            return said(format!(
                "{brought} Its orders leave nothing, so more of them do not pay it back."
            ));
        }
        let foresight = match &self.foresight {
            Ok(foresight) => foresight,
            Err(why) => return said(format!("{brought} {}", why.0)),
        };
        let Some(chances) = foresight.reached(account, (cost - past) / ahead) else {
            return said(format!("{brought} The model knows no order days of it."));
        };
        let rows = (0_u64..).zip(chances).map(|(month, chance)| {
            let chance = float(100.0 * chance, Exactness::Estimated, "");
            vec![count(month), chance]
        });
        Some(Sheet {
            key: KEY.into(),
            title: TITLE.into(),
            caption: format!(
                "{brought} From the fitted model: the chance that its further orders have brought the \
                 rest, not discounted, at {:.0} % of their revenue. Luck is in it; what is not known of \
                 the model's parameters is not.",
                100.0 * ahead
            ),
            columns: vec![
                column("month", "Months from now", Unit::Count, ""),
                column(
                    "chance",
                    "Chance of having paid back",
                    Unit::Percent,
                    "That what it has brought by then reaches its acquisition cost.",
                ),
            ],
            rows: rows.collect(),
        })
    }
}
