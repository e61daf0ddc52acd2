//! The likelihood of MBG/CNBD-k over all accounts at once, with its slope.
//!
//! What depends only on the number of repeats is computed once for all accounts that share it; one
//! account then costs a few logarithms and `k` multiplications. The formulas are those of
//! `models::cnbd`; the slope is their derivative (own derivation):
//!
//! ```text
//! d ln S/d n = ln(1 - z) + sum_i C_i h_i z^i / sum_i C_i z^i,  h_i = sum_{l<i} 1/(n + l)
//! d S/d z    = -(n + k - 1) C(n + k - 2, k - 1) z^(k-1) (1 - z)^(n-1)
//! ```

use super::cnbd::{Cnbd, Leaving};
use super::history::{Histories, Row};
use super::skipped::{Span, blocks, spans};
use crate::base::num::{Point, digamma_rise, ln_gamma, ln_rising};

/// Accounts with the same number of repeats.
#[derive(Debug, Clone, PartialEq)]
struct Group {
    repeats: f64,
    cycles: f64,
    count: f64,
    ln_intervals: f64,
    rows: Vec<Seen>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Seen {
    last: f64,
    silence: f64,
    age: f64,
    count: f64,
}

/// See the module.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Likelihood {
    groups: Vec<Group>,
    /// What intervals say by the number of cycles that they span; for models that skip some.
    spans: Vec<Span>,
    /// `C(n + i - 1, i)` and the same times `h_i`, of the group at hand.
    terms: Vec<(f64, f64)>,
}

impl Likelihood {
    pub fn new(histories: &Histories) -> Self {
        let rows = histories.rows();
        let groups = rows
            .chunk_by(|a, b| {
                let of = |row: &Row| (row.history.repeats, row.history.cycles);
                of(a) == of(b)
            })
            .map(|same| {
                let total = |of: fn(&Row) -> f64| {
                    same.iter().map(|row| of(row) * f64::from(row.count)).sum()
                };
                let mut seen: Vec<Seen> = same
                    .iter()
                    .map(|row| Seen {
                        last: row.history.last.get(),
                        silence: row.history.silence().get(),
                        age: row.history.age.get(),
                        count: f64::from(row.count),
                    })
                    .collect();
                // Rows that differ in their intervals only are the same here.
                seen.dedup_by(|next, kept| {
                    let same = next.last.to_bits() == kept.last.to_bits()
                        && next.age.to_bits() == kept.age.to_bits();
                    if same {
                        kept.count += next.count;
                    }
                    same
                });
                Group {
                    cycles: same
                        .first()
                        .map_or(0.0, |row| f64::from(row.history.cycles)),
                    repeats: same
                        .first()
                        .map_or(0.0, |row| f64::from(row.history.repeats)),
                    count: total(|_| 1.0),
                    ln_intervals: total(|row| row.history.ln_intervals),
                    rows: seen,
                }
            });
        Self {
            groups: groups.collect(),
            spans: spans(histories),
            terms: Vec::new(),
        }
    }

    /// ln of the likelihood, and its slope in `r`, `alpha`, `a`, `b`.
    pub fn at(&mut self, model: &Cnbd) -> (f64, Point) {
        let mut total = (0.0, [0.0; 4]);
        let Self {
            groups,
            spans,
            terms,
        } = self;
        if model.skip > 0.0 {
            total.0 += spans
                .iter()
                .map(|span| span.ln_likelihood(model))
                .sum::<f64>();
        }
        for group in groups.iter() {
            add(&mut total, group, terms, model);
        }
        total
    }
}

/// Fills `C_i` and `C_i h_i`.
fn stage_terms(terms: &mut Vec<(f64, f64)>, model: &Cnbd, n: f64) {
    terms.clear();
    let (mut ways, mut harmonic) = (1.0, 0.0);
    for i in 0..model.k * blocks(model) {
        // Each block of stages is one cycle more that was skipped.
        if i > 0 && i.is_multiple_of(model.k) {
            ways *= model.skip;
        }
        terms.push((ways, ways * harmonic));
        let at = n + f64::from(i);
        ways *= at / f64::from(i + 1);
        harmonic += 1.0 / at;
    }
}

fn add(total: &mut (f64, Point), group: &Group, terms: &mut Vec<(f64, f64)>, model: &Cnbd) {
    let (k, repeats) = (f64::from(model.k), group.repeats);
    let skips = model.skip > 0.0;
    let stages = k * if skips { group.cycles } else { repeats };
    let n = model.r + stages;
    let coins = repeats + model.leaving.d();
    let never_left = repeats == 0.0 && model.leaving == Leaving::AfterRepeats;
    let past = model.b + coins - 1.0;
    let left = if never_left { 0.0 } else { model.a / past };
    stage_terms(terms, model, n);

    // Of intervals that may span several cycles, `spans` says this.
    let spread = if skips { 0.0 } else { repeats * ln_gamma(k) };
    let fixed = ln_rising(model.r, stages) - stages * libm::log(model.alpha) - spread
        + ln_rising(model.b, coins)
        - ln_rising(model.a + model.b, coins);
    let both = -digamma_rise(model.a + model.b, coins);
    let (mut value, mut by_r, mut by_alpha, mut alive) = (0.0, 0.0, 0.0, 0.0);
    for row in &group.rows {
        let base = model.alpha + row.age;
        let recent = model.alpha + row.last;
        let z = row.silence / base;
        let ln_last = libm::log1p(row.last / model.alpha);
        let ln_rest = libm::log1p(-z);
        let (mut power, mut sum, mut harmonic, mut edge) = (1.0, 0.0, 0.0, 0.0);
        let mut ends = n - 1.0;
        let mut open = terms.len();
        for block in terms.chunks(model.k as usize) {
            let mut last = 1.0;
            for (ways, with) in block {
                last = ways * power;
                sum += last;
                harmonic += with * power;
                power *= z;
            }
            // What ends with a block goes on in the next one with the chance to skip.
            open -= block.len();
            ends += k;
            edge += if open > 0 { 1.0 - model.skip } else { 1.0 } * ends * last;
        }
        let silent = libm::exp(n * ln_rest) * sum;
        let (ln_both, share) = if silent + left > 0.0 {
            (libm::log(silent + left), silent / (silent + left))
        } else {
            (n * ln_rest + libm::log(sum), 1.0)
        };
        value += row.count * (ln_both - n * ln_last);
        by_r += row.count * (share * (ln_rest + harmonic / sum) - ln_last);
        let nearer = share * edge * z / (recent * sum);
        by_alpha += row.count * (nearer + n * row.last / (model.alpha * recent));
        alive += row.count * share;
    }
    let gone = if never_left { 0.0 } else { group.count - alive };
    let (sum, [in_r, in_alpha, in_a, in_b]) = total;
    *sum += value + group.count * fixed;
    if !skips {
        *sum += (k - 1.0) * group.ln_intervals;
    }
    *in_r += by_r + group.count * digamma_rise(model.r, stages);
    *in_alpha += by_alpha - group.count * stages / model.alpha;
    *in_a += group.count * both + gone / model.a;
    *in_b += group.count * (both + digamma_rise(model.b, coins))
        - if gone == 0.0 { 0.0 } else { gone / past };
}
