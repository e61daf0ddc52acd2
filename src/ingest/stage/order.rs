//! Whether the dates of a file stand in order under a reading.

use crate::base::Date;

/// Steps that must exist before order says anything.
const STEPS: usize = 8;

/// Whether dates rise, or fall, from row to row with at most one exception in fifty.
pub(super) fn is_monotone(dates: &[Date]) -> bool {
    let (mut up, mut down) = (0_usize, 0_usize);
    for pair in dates.windows(2) {
        if let [a, b] = pair {
            up += usize::from(b > a);
            down += usize::from(b < a);
        }
    }
    up + down >= STEPS && up.min(down) * 50 <= up + down
}
