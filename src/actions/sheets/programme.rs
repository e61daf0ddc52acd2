//! What a programme brought, against the accounts that were left out (S26).

use crate::accounts::program::{Against, Demand, Group, Return, measure};
use crate::actions::review::{Members, Programme};
use crate::actions::watch::Watch;
use crate::base::{Date, Unit, counted};
use crate::metrics::{Cell, Sheet};
use crate::value::sheets::cells::{column, count, empty, text};

use super::{estimated, exact};

/// Names that are listed when they are not found.
const NAMED: usize = 3;

/// The accounts of both groups.
#[derive(Default)]
struct Groups {
    test: Vec<usize>,
    control: Vec<usize>,
    /// Said to be in both; they count in neither.
    both: usize,
    /// Names that no account has.
    missing: Vec<String>,
}

/// The programme with the last day that counts.
struct Measured<'a> {
    programme: &'a Programme,
    until: Date,
    groups: Groups,
}

const KEYS: [(&str, &str); 2] = [
    ("programme", "What the programme brought"),
    ("programme_groups", "The two groups"),
];

/// What it brought: more per account, after its cost, and the least that could be seen.
pub(super) fn result(watch: &Watch) -> Sheet {
    let [(key, title), _] = KEYS;
    let measured = match measured(watch) {
        Ok(measured) => measured,
        Err(why) => return empty(key, title, &why),
    };
    let Measured {
        programme,
        groups,
        until,
    } = &measured;
    let Some(test) = Group::of(&left(watch, &groups.test, programme.from, *until)) else {
        let why = format!(
            "No account of the book is in the programme.{}",
            said_missing(groups)
        );
        return empty(key, title, &why);
    };
    let control = Group::of(&left(watch, &groups.control, programme.from, *until));
    let before = Group::of(&left_before(watch, &groups.test, programme.from, *until));
    let against = match (control, before) {
        (Some(control), _) => Against::Control(control),
        (None, before) => Against::Before(before.unwrap_or_default()),
    };
    let found = measure(test, against, programme.cost.to_f64());
    let stop = stop(watch, programme, &groups.test);
    Sheet {
        key: key.into(),
        title: title.into(),
        caption: caption(&measured, &found, stop),
        columns: vec![
            column("what", "Figure", Unit::Text, ""),
            column(
                "value",
                "Found",
                Unit::Money,
                "In the kind of money that counts as value.",
            ),
            column(
                "low",
                "From",
                Unit::Money,
                "The lower end of the 95 % range.",
            ),
            column("high", "To", Unit::Money, "The upper end."),
        ],
        rows: rows(&found, test.accounts, programme, stop),
    }
}

/// What disappointed customers cost, where more is wanted than can be delivered; each takes along
/// what is still to come of an account of the programme on average.
fn stop(watch: &Watch, programme: &Programme, accounts: &[usize]) -> Option<f64> {
    let worth: Vec<f64> = accounts.iter().map(|at| watch.remaining(*at)).collect();
    let demand = Demand {
        wanted: f64::from(programme.wanted),
        available: f64::from(programme.available),
        leaves: f64::from(programme.leave_percent.min(100)) / 100.0,
        lifetime: Group::of(&worth)?.mean,
    };
    demand.stop().filter(|cost| cost.is_finite())
}

fn rows(found: &Return, accounts: u32, programme: &Programme, stop: Option<f64>) -> Vec<Vec<Cell>> {
    let few = "It takes two accounts in each group.";
    let (low, high) = found.band.unzip();
    let net = |lift: Option<f64>| {
        estimated(
            lift.map(|lift| lift * f64::from(accounts) - programme.cost.to_f64()),
            few,
        )
    };
    let none = || Cell::Empty("It has no range.".into());
    let mut rows = vec![
        vec![
            text("More per account"),
            estimated(Some(found.lift), ""),
            estimated(low, few),
            estimated(high, few),
        ],
        vec![
            text("All its accounts together, after its cost"),
            estimated(Some(found.net), ""),
            net(low),
            net(high),
        ],
        vec![
            text("Smallest effect per account that would show"),
            estimated(found.detectable, few),
            none(),
            none(),
        ],
        vec![text("Cost"), exact(programme.cost.to_f64()), none(), none()],
    ];
    if stop.is_some() {
        let label = text("Customers who leave disappointed");
        rows.push(vec![label, estimated(stop, ""), none(), none()]);
    }
    rows
}

/// The verdict in words.
fn caption(measured: &Measured, found: &Return, stop: Option<f64>) -> String {
    let Measured {
        programme,
        groups,
        until,
    } = measured;
    let name = match programme.name.trim() {
        "" => "The programme",
        name => name,
    };
    let weak = if found.weak {
        "Weak: there is no control group, so the same accounts are compared with as long a time \
         before, and everything else that changed counts too. "
    } else {
        ""
    };
    let chance = match found.band {
        None => "One account says nothing of chance.",
        Some((low, high)) if low <= 0.0 && high >= 0.0 => {
            "That is within what chance alone gives: nothing is shown, neither that it works nor that \
             it does not."
        }
        Some((low, _)) if low > 0.0 => "That is hardly chance.",
        Some(_) => "That is hardly chance: its accounts left less.",
    };
    let stop = if stop.is_some() {
        " More is wanted than can be delivered: stop it, or deliver more, before it wins another customer \
         to disappoint."
    } else {
        ""
    };
    let both = match groups.both {
        0 => String::new(),
        some => format!(
            " Said to be in both groups, so counted in neither: {}.",
            counted(&some, "account")
        ),
    };
    format!(
        "{weak}{name}, {} to {until}: {} in it, {} left out. {chance}{stop}{both}{}",
        programme.from,
        counted(&groups.test.len(), "account"),
        groups.control.len(),
        said_missing(groups)
    )
}

fn said_missing(groups: &Groups) -> String {
    let some = groups.missing.len();
    if some == 0 {
        return String::new();
    }
    let named: Vec<&str> = groups
        .missing
        .iter()
        .take(NAMED)
        .map(String::as_str)
        .collect();
    let more = if some > NAMED { ", ..." } else { "" };
    format!(
        " {some} names are of no account of the book: {}{more}.",
        named.join("; ")
    )
}

/// Each group with what it left in the time, and in as long before: groups that differed already
/// then were not drawn by chance.
pub(super) fn groups(watch: &Watch) -> Sheet {
    let [_, (key, title)] = KEYS;
    let measured = match measured(watch) {
        Ok(measured) => measured,
        Err(why) => return empty(key, title, &why),
    };
    let (from, until) = (measured.programme.from, measured.until);
    let row = |name: &str, accounts: &[usize]| {
        let during = Group::of(&left(watch, accounts, from, until));
        let before = Group::of(&left_before(watch, accounts, from, until));
        let missing = "Nobody is in this group.";
        vec![
            text(name),
            count(accounts.len() as u64),
            estimated(during.map(|group| group.mean), missing),
            estimated(during.map(|group| group.deviation), missing),
            estimated(before.map(|group| group.mean), missing),
        ]
    };
    Sheet {
        key: key.into(),
        title: title.into(),
        caption:
            "What an account of each group left. Before the programme both should be alike; where \
                  they are not, the control group was not drawn by chance."
                .into(),
        columns: vec![
            column("group", "Group", Unit::Text, ""),
            column("accounts", "Accounts", Unit::Count, ""),
            column(
                "mean",
                "Left per account",
                Unit::Money,
                "While the programme ran.",
            ),
            column("deviation", "Varies by", Unit::Money, "Standard deviation."),
            column("before", "As long before", Unit::Money, "Left per account."),
        ],
        rows: vec![
            row("In the programme", &measured.groups.test),
            row("Left out", &measured.groups.control),
        ],
    }
}

/// The programme of the review with its accounts, or what is missing.
fn measured<'a>(watch: &'a Watch) -> Result<Measured<'a>, String> {
    let Some(programme) = &watch.review.programme else {
        return Err(
            "Say which accounts a programme reached, which were left out, and when it ran.".into(),
        );
    };
    let until = programme.until.min(watch.as_of());
    if programme.test.is_empty() {
        return Err("Say which accounts the programme reached.".into());
    }
    if until <= programme.from {
        return Err(format!(
            "The programme runs from {} to {}, and orders count up to {}: there is no time to measure. \
             Choose an earlier first day.",
            programme.from,
            programme.until,
            watch.as_of()
        ));
    }
    Ok(Measured {
        programme,
        until,
        groups: split(watch, programme),
    })
}

fn split(watch: &Watch, programme: &Programme) -> Groups {
    let mut groups = Groups::default();
    let means = |members: &Members, account: usize| {
        let attribute = members.by.attribute();
        let value = attribute.and_then(|key| watch.evaluation.text(key, account));
        members.has(watch.name(account), value)
    };
    let lists = [&programme.test, &programme.control];
    // A pasted list may be as long as the book: names are looked up, not searched.
    let sets = lists.map(|members| {
        let names = members.names().map(str::to_lowercase);
        names.collect::<std::collections::BTreeSet<String>>()
    });
    let mut unseen: std::collections::BTreeSet<&String> = sets.iter().flatten().collect();
    for account in 0..watch.histories.len() {
        let name = watch.name(account).trim().to_lowercase();
        unseen.remove(&name);
        let [test, control] = [0, 1].map(|n| match (lists.get(n), sets.get(n)) {
            (Some(members), Some(set)) if set.is_empty() => means(members, account),
            (_, Some(set)) => set.contains(&name),
            _ => false,
        });
        match (test, control) {
            (true, true) => groups.both += 1,
            (true, false) => groups.test.push(account),
            (false, true) => groups.control.push(account),
            (false, false) => {}
        }
    }
    groups.missing = unseen.into_iter().cloned().collect();
    groups
}

/// What each account left in a time, both days counted.
fn left(watch: &Watch, accounts: &[usize], from: Date, until: Date) -> Vec<f64> {
    let one = |account: &usize| {
        let history = watch.histories.of(*account);
        history.revenue_between(from.plus_days(-1), until) * watch.rate(*account)
    };
    accounts.iter().map(one).collect()
}

/// The same in as many days before.
fn left_before(watch: &Watch, accounts: &[usize], from: Date, until: Date) -> Vec<f64> {
    let days = until.days_since(from).saturating_add(1);
    left(watch, accounts, from.plus_days(-days), from.plus_days(-1))
}
