//! A deal: its typed assumptions and the terms that follow from them.

use crate::assumptions::Resolved;
use crate::value;

use super::inputs::Inputs;
use super::terms::Terms;

/// One deal as assumed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Deal {
    /// The deal's own assumptions.
    pub inputs: Inputs,
    /// Those it shares with the value page.
    pub shared: value::Inputs,
    /// The numbers that its cash depends on.
    pub terms: Terms,
}

impl Deal {
    /// The deal that assumptions describe.
    pub fn read(resolved: &Resolved) -> Self {
        let (inputs, shared) = (Inputs::read(resolved), value::Inputs::read(resolved));
        Self {
            inputs,
            shared,
            terms: Terms::of(&inputs, &shared),
        }
    }
}
