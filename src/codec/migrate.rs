//! From each older schema to the next, one pure function a step; a step is never changed once
//! released. `tests/golden/` keeps one file of every schema for ever.

use serde_json::Value;

use super::SCHEMA;

/// `STEPS[n - 1]` turns schema `n` into `n + 1`.
const STEPS: &[fn(Value) -> Value] = &[];

/// A document as of this schema; one from a newer schema is returned as it is.
pub fn migrate(mut value: Value, from: u64) -> Value {
    let first = usize::try_from(from.max(1) - 1).unwrap_or(usize::MAX);
    for step in STEPS.iter().skip(first) {
        value = step(value);
    }
    value
}

/// The schema, if it is newer than this version's.
pub fn newer(schema: u64) -> Option<u64> {
    (schema > SCHEMA).then_some(schema)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_a_step_for_every_older_schema() {
        assert_eq!(STEPS.len() as u64 + 1, SCHEMA);
    }
}
