//! What contradicts itself in a scheme, and what would have no effect: refused with the reason, never
//! passed over.

use super::inputs::kinds::{
    BelowZero, Clawback, Event, Key, Metric, Payee, Period, Release, Repeats, Returns, Special,
    TierPeriod, TierUnit,
};
use super::inputs::{After, Bonus, Levels, Pays, spec};
use super::plan::{Refusal, Share, shares};
use super::state::{Scheme, Typed};
use super::statement::SHARE;

/// Every contradiction.
pub(super) fn contradictions(scheme: &Scheme, typed: &Typed) -> Vec<Refusal> {
    let mut found = Found {
        scheme,
        wrong: Vec::new(),
    };
    found.pays(&typed.pays, &typed.after);
    found.tables(&typed.levels);
    found.quota(&typed.levels, &typed.bonus);
    found.caps(&typed.levels, &typed.after);
    found.returns(&typed.after, &typed.pays);
    found.again(&typed.levels, &typed.after, &typed.pays);
    found.later(&typed.after, &typed.pays);
    found.people(&typed.pays);
    found.bonuses();
    found.wrong
}

struct Found<'a> {
    scheme: &'a Scheme,
    wrong: Vec<Refusal>,
}

impl Found<'_> {
    /// Whether a value differs from its default.
    fn has(&self, key: &str) -> bool {
        self.scheme.values().contains_key(key)
    }

    fn refuse(&mut self, keys: &[&'static str], why: String) {
        self.wrong.push(Refusal {
            keys: keys.to_vec(),
            why,
        });
    }

    /// A value has an effect only with another.
    fn needs(&mut self, key: &'static str, with: &'static str, used: bool, when: &str) {
        if self.has(key) && !used {
            let label = spec(key).map_or(key, |spec| spec.label);
            self.refuse(
                &[key, with],
                format!("“{label}” has no effect {when}. Reset it, or change that."),
            );
        }
    }

    fn pays(&mut self, pays: &Pays, after: &After) {
        let by_steps = matches!(
            pays.repeats,
            Repeats::Index | Repeats::Months | Repeats::NewBusiness
        );
        self.needs(
            "repeat",
            "repeats",
            pays.repeats == Repeats::Own,
            "unless a repeat pays a rate of its own",
        );
        self.needs(
            "repeat_steps",
            "repeats",
            by_steps,
            "unless a repeat pays by the number of the order or by months",
        );
        if by_steps && !self.has("repeat_steps") {
            self.refuse(
                &["repeat_steps", "repeats"],
                "A repeat pays by steps, and there are none. Type them, as in 2: 4; 4: 3.".into(),
            );
        }
        self.needs(
            "renewal",
            "renewals",
            pays.renewals == Special::Own,
            "unless a renewal pays a rate of its own",
        );
        self.needs(
            "expansion",
            "expansions",
            pays.expansions == Special::Own,
            "unless an expansion pays a rate of its own",
        );
        self.classes(pays, after);
    }

    /// Classes that cannot occur or are never used.
    fn classes(&mut self, pays: &Pays, after: &After) {
        if pays.key == Key::Item && pays.expansions == Special::Own {
            self.refuse(
                &["expansions", "key"],
                "The first order of a part is a first order here, so that there is no expansion. Let \
                 an expansion pay as a repeat, or count first orders by account or plant."
                    .into(),
            );
        }
        let special = pays.renewals == Special::Own && pays.expansions == Special::Own;
        if special && pays.repeats != Repeats::Same {
            self.refuse(
                &["repeats", "renewals", "expansions"],
                "Every order after the first is a renewal or an expansion, and both have rates of \
                 their own: what a repeat pays is never used. Let a repeat pay as a first order, or \
                 one of the two as a repeat."
                    .into(),
            );
        }
        let classes = pays.repeats != Repeats::Same
            || pays.renewals == Special::Own
            || pays.expansions == Special::Own;
        self.needs(
            "window",
            "repeats",
            classes,
            "where a repeat pays as a first order does",
        );
        self.needs(
            "event_days",
            "event",
            pays.event != Event::Order,
            "where the order's day counts",
        );
        let term = self.has("terms") || after.clawback == Clawback::Term;
        self.needs(
            "term",
            "terms",
            term,
            "without rates by term, and where a return does not take back by term",
        );
        if pays.repeats == Repeats::NewBusiness
            && pays.payee == Payee::Rep
            && pays.key != Key::Account
        {
            self.refuse(
                &["repeats", "key"],
                "New business is a new account: count first orders by account.".into(),
            );
        }
    }

    /// Two tables that set the rate of the same line.
    fn tables(&mut self, levels: &Levels) {
        let tables: Vec<&'static str> = ["tiers", "bands", "terms"]
            .into_iter()
            .filter(|key| self.has(key))
            .collect();
        if tables.len() > 1 {
            let labels: Vec<&str> = tables
                .iter()
                .filter_map(|key| spec(key))
                .map(|spec| spec.label)
                .collect();
            self.refuse(
                &tables,
                format!(
                    "{} each set the rate of the same order. Keep one of them; an accelerator \
                     multiplies and goes with any.",
                    labels.join(" and ")
                ),
            );
        }
        for table in ["tiers", "bands"] {
            if self.has(table) && self.has("rate") {
                let label = spec(table).map_or(table, |spec| spec.label).to_lowercase();
                self.refuse(
                    &["rate", table],
                    format!("“Rate” has no effect, because {label} take its place. Reset one of the two."),
                );
            }
        }
        let tiers = self.has("tiers");
        self.needs("tiers_pay", "tiers", tiers, "without tiers");
        self.needs("tiers_in", "tiers", tiers, "without tiers");
        let adds = tiers || self.uses_quota(levels) || self.has("milestones");
        self.needs(
            "adds_up",
            "tiers",
            adds,
            "without tiers, a gate, an accelerator or milestones",
        );
        if levels.adds_up == TierPeriod::Order && self.has("milestones") {
            self.refuse(
                &["milestones", "adds_up"],
                "Milestones are reached over a period, and sales add up for each order by itself. \
                 Choose a month, quarter or year."
                    .into(),
            );
        }
    }

    /// Whether a level is measured against the quota, milestones aside.
    fn uses_quota(&self, levels: &Levels) -> bool {
        (levels.tiers_in == TierUnit::Quota && self.has("tiers"))
            || self.has("accelerator")
            || self.has("gate")
    }

    fn quota(&mut self, levels: &Levels, bonus: &Bonus) {
        let milestones = self.has("milestones") && bonus.milestones_of == Metric::Quota;
        let used = self.uses_quota(levels) || milestones;
        if used && !self.has("quota") {
            let mut keys = vec!["quota"];
            let by = [
                ("accelerator", true),
                ("gate", true),
                ("tiers_in", true),
                ("milestones", milestones),
            ];
            keys.extend(
                by.iter()
                    .filter(|(key, on)| *on && self.has(key))
                    .map(|(key, _)| *key),
            );
            self.refuse(
                &keys,
                "The quota is 0, and percent of it has no meaning. Type a quota; those with another \
                 can have their own."
                    .into(),
            );
        }
        let own = super::plan::shares(self.scheme.text("quotas"));
        for one in own.iter().filter(|one| one.part == 0) {
            self.refuse(
                &["quotas"],
                format!("The quota of {} is 0, and percent of it has no meaning. Type one, or leave {} out.", one.name, one.name),
            );
        }
        let when = "without an accelerator, a gate, and tiers or milestones in percent of it";
        self.needs("quota", "accelerator", used, when);
        self.needs("quotas", "accelerator", used, when);
        if used && levels.adds_up == TierPeriod::Order {
            self.refuse(
                &["adds_up", "quota"],
                "One order by itself has no quota. Let sales add up over a month, quarter or year."
                    .into(),
            );
        }
        self.needs(
            "accelerator_pays",
            "accelerator",
            self.has("accelerator"),
            "without an accelerator",
        );
        self.needs("gate_pays", "gate", self.has("gate"), "without a gate");
    }

    fn caps(&mut self, levels: &Levels, after: &After) {
        let cap = self.has("cap_period");
        self.needs("cap_keeps", "cap_period", cap, "without a cap of a period");
        if cap && levels.cap_keeps.fraction() >= 1.0 {
            self.refuse(
                &["cap_keeps", "cap_period"],
                "All of what is above the cap is paid, so that there is none. Reset the cap."
                    .into(),
            );
        }
        let draw = self.has("draw");
        self.needs("draw_is", "draw", draw, "without a draw");
        self.needs("draw_months", "draw", draw, "without a draw");
        if cap && draw && levels.draw.exact() > levels.cap_period.exact() {
            self.refuse(
                &["draw", "cap_period"],
                format!(
                    "At least {} is paid and at most {}. Lower the draw or raise the cap.",
                    levels.draw.exact(),
                    levels.cap_period.exact()
                ),
            );
        }
        if draw && after.below_zero != BelowZero::Owed {
            self.refuse(
                &["below_zero", "draw"],
                "With a draw no statement is below zero. Reset “A statement below zero is”.".into(),
            );
        }
    }

    fn returns(&mut self, after: &After, pays: &Pays) {
        let paid = after.returns == Returns::Paid;
        let when = "unless a return is taken back at the rate paid";
        self.needs("clawback", "returns", paid, when);
        self.needs("clawback_share", "returns", paid, when);
        let days = paid || after.returns == Returns::Recomputed;
        self.needs(
            "clawback_days",
            "returns",
            days,
            "where a return is a negative sale or takes nothing back",
        );
        self.needs(
            "most_owed",
            "below_zero",
            after.below_zero == BelowZero::Carried,
            "unless what is below zero is carried",
        );
        if after.returns == Returns::Recomputed && pays.repeats == Repeats::NewBusiness {
            self.refuse(
                &["returns", "repeats"],
                "What depends on the last new account cannot be computed again later. Let returns be \
                 taken back at the rate paid."
                    .into(),
            );
        }
    }

    /// What cannot be computed again, because one return would change what others are cut by.
    fn again(&mut self, levels: &Levels, after: &After, pays: &Pays) {
        if after.returns != Returns::Recomputed {
            return;
        }
        let steps = self.has("tiers") || self.has("accelerator") || self.has("gate");
        let over_orders = steps && levels.adds_up != TierPeriod::Order;
        let longer = match (levels.adds_up, pays.period) {
            (TierPeriod::Order | TierPeriod::Month, _)
            | (TierPeriod::Quarter, Period::Quarter | Period::Year)
            | (TierPeriod::Year, Period::Year) => false,
            _ => steps,
        };
        let until = self.has("held") && after.released == Release::NextOrder;
        for (keys, wrong, what) in [
            (
                ["returns", "cap_order"],
                over_orders && self.has("cap_order"),
                "each order has a cap, and sales add up over several orders",
            ),
            (
                ["returns", "cap_period"],
                longer && self.has("cap_period"),
                "each statement has a cap, and sales add up over several statements",
            ),
            (
                ["returns", "released"],
                until && (over_orders || self.has("cap_period")),
                "some is held back until an account orders again, and a return changes what others \
                 are paid",
            ),
        ] {
            if wrong {
                self.refuse(
                    &keys,
                    format!(
                        "A return cannot be computed again where {what}. Let returns be taken back at \
                         the rate paid, or reset the other."
                    ),
                );
            }
        }
    }

    fn later(&mut self, after: &After, pays: &Pays) {
        let held = self.has("held");
        self.needs("released", "held", held, "where nothing is held back");
        let days = held && after.released == Release::Days;
        self.needs(
            "held_days",
            "released",
            days,
            "unless something is held back for some days",
        );
        let cash = self.has("with_cash");
        self.needs(
            "cash_days",
            "with_cash",
            cash,
            "where nothing waits for the customer's payment",
        );
        if cash && pays.event == Event::Payment {
            self.refuse(
                &["with_cash", "event"],
                "Commission is earned with the customer's payment, so nothing is left to wait for \
                 it. Reset one of the two."
                    .into(),
            );
        }
        if cash && after.held.fraction() >= 1.0 {
            self.refuse(
                &["held", "with_cash"],
                "All is held back, so nothing is left to wait for the customer's payment. Reset one \
                 of the two."
                    .into(),
            );
        }
    }

    fn people(&mut self, pays: &Pays) {
        self.needs("tail_months", "tail", self.has("tail"), "without a tail");
        self.needs(
            "house",
            "override_rate",
            self.has("override_rate"),
            "without an override",
        );
        if pays.payee == Payee::Partner {
            for key in ["tail", "override_rate"] {
                self.needs(key, "payee", false, "where partners are paid");
            }
        }
        let splits = shares(self.scheme.text("splits"));
        let mut groups: Vec<&Option<String>> = splits.iter().map(|share| &share.account).collect();
        groups.sort();
        groups.dedup();
        for account in groups {
            let sum: i64 = splits
                .iter()
                .filter(|share| &share.account == account)
                .map(|share| share.part)
                .sum();
            if sum != SHARE {
                let whose = account
                    .as_ref()
                    .map_or_else(String::new, |name| format!(" of {name}"));
                self.refuse(
                    &["splits"],
                    format!(
                        "The split{whose} adds up to {} %, not to 100 %. What is credited beside it is \
                         an overlay.",
                        percent(sum)
                    ),
                );
            }
        }
        let overlays = shares(self.scheme.text("overlays"));
        let empty = |share: &Share| share.name.is_empty() || share.account.as_deref() == Some("");
        for (key, list) in [("splits", &splits), ("overlays", &overlays)] {
            if list.iter().any(empty) {
                self.refuse(
                    &[key],
                    "Before and after a > sign there is a name, as in Acme > Ana = 25.".into(),
                );
            }
        }
    }

    fn bonuses(&mut self) {
        let spiff = self.has("spiff");
        self.needs("spiff_for", "spiff", spiff, "without a SPIFF");
        self.needs("spiff_budget", "spiff", spiff, "without a SPIFF");
        self.needs(
            "milestones_of",
            "milestones",
            self.has("milestones"),
            "without milestones",
        );
        self.needs(
            "lifetime_of",
            "lifetime",
            self.has("lifetime"),
            "without lifetime milestones",
        );
        self.needs(
            "kept_factors",
            "kept",
            self.has("kept"),
            "without a rate on kept revenue",
        );
        self.needs(
            "growth_of",
            "growth",
            self.has("growth"),
            "without a rate on growth",
        );
    }
}

/// Parts of 10,000 as percent.
pub(super) fn percent(share: i64) -> String {
    let (whole, rest) = (share / 100, share.unsigned_abs() % 100);
    match rest {
        0 => format!("{whole}"),
        rest if rest % 10 == 0 => format!("{whole}.{}", rest / 10),
        rest => format!("{whole}.{rest:02}"),
    }
}
