//! "Show the working": a metric's formula with the live number of every term and where each came
//! from.
//!
//! Input: a metric's key, the figures of a subject and the assumptions as used. Output: the tokens
//! of the formula and one [`Term`] for each key in it, in the order of their first appearance.

use crate::assumptions::{self, Origin, Used};
use crate::base::Unit;
use crate::metrics::formula::{Token, tokens};
use crate::metrics::{Exactness, Figures, Formula, Number, Spec, WhyNot};

use super::{assumption, metric};

/// The live value of a term.
#[derive(Debug, Clone, PartialEq)]
pub enum Live {
    /// An assumption's value as people read it, and where it came from.
    Assumed(String, Origin),
    /// A figure's value and how far it can be trusted.
    Computed(Result<Number, WhyNot>, Exactness),
}

/// One key of a formula.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// The key.
    pub key: &'static str,
    /// Its label.
    pub label: &'static str,
    /// What it counts.
    pub unit: Unit,
    /// Its value now.
    pub live: Live,
}

/// A metric explained.
#[derive(Debug, Clone, PartialEq)]
pub struct Working {
    /// The metric.
    pub spec: &'static Spec,
    /// The formula's tokens; none where the figure is counted or added up from order lines, which
    /// the spec says in words.
    pub tokens: Vec<Token<'static>>,
    /// The formula's terms.
    pub terms: Vec<Term>,
}

/// Explains a metric; `None` for a key that is no metric.
pub fn working(key: &str, figures: &Figures, used: &[Used]) -> Option<Working> {
    let spec = metric(key)?;
    let tokens = match spec.formula {
        Formula::Data(_) => Vec::new(),
        Formula::Expression(expression) => tokens(expression),
    };
    let mut terms: Vec<Term> = Vec::new();
    for token in &tokens {
        if let Token::Key(key) = token
            && !terms.iter().any(|term| term.key == *key)
        {
            terms.extend(term(key, figures, used));
        }
    }
    Some(Working {
        spec,
        tokens,
        terms,
    })
}

fn term(key: &str, figures: &Figures, used: &[Used]) -> Option<Term> {
    if let Some(spec) = assumption(key) {
        let found = used.iter().find(|u| u.key == key)?;
        let live = Live::Assumed(assumptions::print(spec, &found.value), found.origin);
        return Some(Term {
            key: spec.key,
            label: spec.label,
            unit: spec.unit,
            live,
        });
    }
    let spec = metric(key)?;
    let live = match figures.get(key) {
        Some(figure) => Live::Computed(figure.value.clone(), figure.exactness),
        None => Live::Computed(Err(WhyNot("Not computed here.".into())), spec.exactness),
    };
    Some(Term {
        key: spec.key,
        label: spec.label,
        unit: spec.unit,
        live,
    })
}
