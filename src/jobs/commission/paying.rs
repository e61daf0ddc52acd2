//! What schemes pay on the sales, kept for as long as the schemes stay as they are.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use crate::commission::banded::Draw;
use crate::commission::compare::{Asked, Comparison, compare};
use crate::commission::finder::Finding;
use crate::commission::{FirstKey, Paid, Plan, Refusal, Replay, Scheme, Schemes};

use super::Workings;

/// What schemes pay on the sales.
#[derive(Debug)]
pub(super) struct Paying {
    /// For which schemes.
    pub(super) schemes: Arc<Schemes>,
    /// The plans of those that do not contradict themselves.
    pub(super) plans: Vec<Plan>,
    /// By scheme: its place among them, or why it cannot pay.
    pub(super) which: Vec<Result<usize, Vec<Refusal>>>,
    /// By plan, as many as have been paid: what is known from before, since that scheme said the
    /// same, is here from the start.
    known: RefCell<Vec<Option<Paid>>>,
    paid: OnceCell<Vec<Paid>>,
    pub(super) draws: RefCell<Vec<Draw>>,
    /// With these lifetime values, the schemes side by side, without bands.
    pub(super) compared: RefCell<Option<(Vec<f64>, Comparison)>>,
    /// Findings by scheme.
    pub(super) findings: RefCell<Option<(u32, Rc<Vec<Finding>>)>>,
}

impl Paying {
    /// `before` is what other schemes pay on the same sales.
    pub(super) fn new(schemes: &Arc<Schemes>, before: Option<&Self>) -> Self {
        let mut plans = Vec::new();
        let mut known = Vec::new();
        let mut which = Vec::new();
        let before = before.filter(|before| before.schemes.people() == schemes.people());
        for scheme in schemes.list() {
            which.push(Plan::of(scheme, schemes.people()).map(|plan| {
                plans.push(plan);
                known.push(before.and_then(|before| before.paid_for(scheme)));
                plans.len() - 1
            }));
        }
        Self {
            schemes: Arc::clone(schemes),
            plans,
            which,
            known: RefCell::new(known),
            paid: OnceCell::new(),
            draws: RefCell::default(),
            compared: RefCell::default(),
            findings: RefCell::default(),
        }
    }

    /// Pays schemes that have not been paid, for about so many rows; how many are paid by then, and
    /// of how many.
    pub(super) fn pay(&self, on: &Workings, rows: usize) -> (usize, usize) {
        if let Some(all) = self.paid.get() {
            return (all.len(), all.len());
        }
        let replay = Replay::new(&on.sales, &self.plans, FirstKey::Account).with(&on.prepared);
        let mut known = self.known.borrow_mut();
        let mut left = rows;
        let open = known.iter_mut().enumerate();
        for (at, slot) in open.filter(|(_, slot)| slot.is_none()) {
            *slot = Some(replay.one(at));
            left = left.saturating_sub(on.sales.len());
            if left == 0 {
                break;
            }
        }
        let paid = known.iter().filter(|slot| slot.is_some()).count();
        (paid, self.plans.len())
    }

    /// What each plan pays.
    pub(super) fn paid(&self, on: &Workings) -> &[Paid] {
        self.paid.get_or_init(|| {
            self.pay(on, usize::MAX);
            self.known.take().into_iter().flatten().collect()
        })
    }

    /// What a scheme that says the same was paid, where that is known.
    fn paid_for(&self, scheme: &Scheme) -> Option<Paid> {
        let same = |one: &Scheme| one.values() == scheme.values();
        let at = self.schemes.list().iter().position(same)?;
        let plan = self.which.get(at)?.as_ref().ok()?;
        let all = self.paid.get().and_then(|all| all.get(*plan)).cloned();
        all.or_else(|| self.known.borrow().get(*plan).cloned().flatten())
    }

    /// The schemes side by side, without bands.
    pub(super) fn compared(&self, on: &Workings, ltv: &[f64]) -> Comparison {
        let known = self.compared.borrow();
        if let Some((_, known)) = known.as_ref().filter(|(of, _)| of == ltv) {
            return known.clone();
        }
        drop(known);
        let paid = self.paid(on);
        let schemes = self.schemes.list().iter().zip(&self.which);
        let schemes: Vec<Asked> = schemes
            .filter_map(|(scheme, which)| {
                let of = match which {
                    Ok(at) => Ok((self.plans.get(*at)?, paid.get(*at)?)),
                    Err(why) => Err(why.as_slice()),
                };
                Some((scheme.name(), of))
            })
            .collect();
        let found = compare(&on.sales, on.sold(), &schemes, self.current(), Some(ltv));
        *self.compared.borrow_mut() = Some((ltv.to_vec(), found.clone()));
        found
    }

    /// The place of a scheme in the list.
    fn position(&self, id: u32) -> Option<usize> {
        self.schemes.list().iter().position(|one| one.id() == id)
    }

    /// The plan of a scheme, and its place among the plans.
    pub(super) fn plan(&self, id: u32) -> Option<(usize, &Plan)> {
        let at = self.which.get(self.position(id)?)?.as_ref().ok()?;
        Some((*at, self.plans.get(*at)?))
    }

    pub(super) fn current(&self) -> Option<usize> {
        self.position(self.schemes.current()?.id())
    }
}
