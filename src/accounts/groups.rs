//! Lines by segment and process, and by stream.
//!
//! Each line gets the number of its combination of the three; sums are taken by combination once,
//! and a grouping gathers the combinations that share its value.

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use super::account::{Group, Sums};
use super::tally::{OUT, Tally};
use crate::base::order::sort_by;
use crate::base::parts::in_parts;
use crate::orders::names::NONE;
use crate::orders::{Attr, OrderBook};

/// A combination: segment and process, stream; [`NONE`] where a line has none. Segments only matter
/// in a book with processes.
type Combo = (u32, u32, u32);

/// The combinations of a book.
pub(super) struct Combos {
    of_line: Vec<u32>,
    list: Vec<Combo>,
}

impl Combos {
    /// Numbers the combinations in the order of first appearance.
    pub fn of(book: &OrderBook) -> Self {
        let ids = |attr: Attr| &book.text(attr).ids;
        let (segments, processes, streams) =
            (ids(Attr::Segment), ids(Attr::Process), ids(Attr::Stream));
        let segmented = !processes.is_empty();
        let mut found: HashMap<Combo, u32, FxBuildHasher> = HashMap::default();
        let mut list = Vec::new();
        let mut before: Option<(Combo, u32)> = None;
        let mut of_line = Vec::with_capacity(book.len());
        in_parts(book.len(), &mut |part| {
            for line in part {
                let segment = if segmented { segments.get(line) } else { NONE };
                let combo = (segment, processes.get(line), streams.get(line));
                let id = match before {
                    Some((same, id)) if same == combo => id,
                    _ => *found.entry(combo).or_insert_with(|| {
                        list.push(combo);
                        u32::try_from(list.len() - 1).unwrap_or(OUT)
                    }),
                };
                before = Some((combo, id));
                of_line.push(id);
            }
        });
        Self { of_line, list }
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// A line's combination.
    pub fn of_line(&self, line: usize) -> u32 {
        self.of_line.get(line).copied().unwrap_or(OUT)
    }

    /// The combination of every line.
    pub fn of_lines(&self) -> &[u32] {
        &self.of_line
    }
}

/// One grouping on its way.
struct Grouping {
    /// The group of each combination.
    of_combo: Vec<u32>,
    /// A combination of each group, for its name.
    sample: Vec<Combo>,
    tally: Tally,
    accounts: Vec<u32>,
    /// The order or account that a group has counted last: all, recent.
    seen: Vec<[u32; 2]>,
}

/// Both groupings on their way: by segment and process, by stream.
pub(super) struct Grouped {
    groupings: [Grouping; 2],
    total: Sums,
}

impl Grouped {
    /// Gathers the combinations' sums.
    pub fn new(combos: &Combos, sums: &Tally) -> Self {
        let by = |key: fn(&Combo) -> Combo| {
            let mut found: HashMap<Combo, u32, FxBuildHasher> = HashMap::default();
            let mut sample = Vec::new();
            let of_combo: Vec<u32> = combos
                .list
                .iter()
                .map(|combo| {
                    let key = key(combo);
                    *found.entry(key).or_insert_with(|| {
                        sample.push(key);
                        u32::try_from(sample.len() - 1).unwrap_or(OUT)
                    })
                })
                .collect();
            let tally = sums.gathered(&of_combo, sample.len());
            let size = sample.len();
            Grouping {
                of_combo,
                sample,
                tally,
                accounts: vec![0; size],
                seen: vec![[OUT; 2]; size],
            }
        };
        let groupings = [by(|c| (c.0, c.1, NONE)), by(|c| (NONE, NONE, c.2))];
        let mut total = Sums::default();
        for combo in 0..combos.len() {
            total.add(&sums.total(combo));
        }
        Self { groupings, total }
    }

    /// The sums of everything.
    pub fn total(&self) -> Sums {
        self.total
    }

    /// Counts an order, once a group.
    pub fn order(&mut self, order: u32, combo: u32, recent: bool) {
        self.many_orders(order, combo, [1, u32::from(recent)]);
    }

    /// Counts several orders (of an account summary) under one key.
    pub fn many_orders(&mut self, key: u32, combo: u32, counts: [u32; 2]) {
        for grouping in &mut self.groupings {
            let group = grouping
                .of_combo
                .get(combo as usize)
                .copied()
                .unwrap_or(OUT) as usize;
            let (Some(seen), Some(orders)) = (
                grouping.seen.get_mut(group),
                grouping.tally.orders.get_mut(group),
            ) else {
                continue;
            };
            for ((seen, orders), count) in seen.iter_mut().zip(orders).zip(counts) {
                if *seen != key && count > 0 {
                    *seen = key;
                    *orders = orders.saturating_add(count);
                }
            }
        }
    }

    /// Forgets which orders were seen; accounts are counted next.
    pub fn forget(&mut self) {
        for grouping in &mut self.groupings {
            grouping.seen.fill([OUT; 2]);
        }
    }

    /// Counts an account, once a group.
    pub fn account(&mut self, account: u32, combo: u32) {
        for grouping in &mut self.groupings {
            let group = grouping
                .of_combo
                .get(combo as usize)
                .copied()
                .unwrap_or(OUT) as usize;
            let (Some([seen, _]), Some(accounts)) = (
                grouping.seen.get_mut(group),
                grouping.accounts.get_mut(group),
            ) else {
                continue;
            };
            if *seen != account {
                *seen = account;
                *accounts += 1;
            }
        }
    }

    /// By segment and process, and by stream: the groups with lines up to the as-of date, the largest
    /// revenue first. A grouping whose columns the book does not have is empty.
    pub fn finish(self, book: &OrderBook) -> [Vec<Group>; 2] {
        let has = |attr: Attr| !book.text(attr).ids.is_empty();
        let name = |attr: Attr, id: u32| book.text(attr).names.name(id);
        let [processes, streams] = self.groupings;
        let processes = processes.finish(has(Attr::Segment) && has(Attr::Process), &|c| {
            let part = |attr, id, none: &'static str| match name(attr, id) {
                "" => none.to_owned(),
                name => name.to_owned(),
            };
            let segment = part(Attr::Segment, c.0, "Without a segment");
            let process = part(Attr::Process, c.1, "without a process");
            format!("{segment} / {process}")
        });
        let streams = streams.finish(has(Attr::Stream), &|c| name(Attr::Stream, c.2).to_owned());
        [processes, streams]
    }
}

impl Grouping {
    fn finish(self, wanted: bool, name: &dyn Fn(&Combo) -> String) -> Vec<Group> {
        let mut groups = Vec::new();
        for (group, (sample, accounts)) in self.sample.iter().zip(&self.accounts).enumerate() {
            let total = self.tally.total(group);
            if !wanted || total.lines == 0 {
                continue;
            }
            groups.push(Group {
                name: name(sample),
                segment: Some(sample.0).filter(|id| *id != NONE),
                accounts: *accounts,
                total,
                recent: self.tally.recent(group),
            });
        }
        sort_by(&mut groups, |a, b| {
            let by_revenue = b.total.revenue.cmp(&a.total.revenue);
            by_revenue.then_with(|| a.name.cmp(&b.name))
        });
        groups
    }
}
