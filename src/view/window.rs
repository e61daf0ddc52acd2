//! Which rows of a long table are in view.
//!
//! Invariant: the window never leaves the table, and it holds at most [`MOST`] rows, however long
//! the table is.

/// The most rows that exist at once.
pub const MOST: u32 = 56;

/// The tallest a scrolled area can be before browsers lose positions, in pixels.
const TALLEST: f64 = 12_000_000.0;

/// The rows in view, and the space that stands for the others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Window {
    /// The first row.
    pub from: u32,
    /// How many rows.
    pub count: u32,
    /// Pixels above them.
    pub above: f64,
    /// Pixels below them.
    pub below: f64,
}

/// The window for a scroll position, with so many extra rows on either side; lengths in pixels.
pub fn visible(scroll: f64, height: f64, row: f64, total: u32, extra: u32) -> Window {
    let row = row.max(1.0);
    let full = f64::from(total) * row;
    let tall = full.min(TALLEST);
    let inner = (tall - height).max(0.0);
    let share = if inner > 0.0 {
        (scroll / inner).clamp(0.0, 1.0)
    } else {
        0.0
    };
    // Within a tall table, the scroll position stands for a position in the full one.
    let at = share * (full - height).max(0.0);
    let shown = whole(height / row).saturating_add(2);
    let margin = (MOST.saturating_sub(shown) / 2).min(extra);
    let count = (shown + 2 * margin).min(MOST).min(total);
    let from = whole(at / row).saturating_sub(margin).min(total - count);
    let drawn = f64::from(count) * row;
    // Rows are drawn where the reader looks, so that scaling never leaves a gap.
    let above = (scroll.clamp(0.0, inner) - (at - f64::from(from) * row))
        .clamp(0.0, (tall - drawn).max(0.0));
    Window {
        from,
        count,
        above,
        below: (tall - drawn - above).max(0.0),
    }
}

/// The scroll position that brings a row into view, or `None` where it is in view already; `head`
/// pixels at the top and `foot` pixels at the bottom are covered.
pub fn reveal(
    row: u32,
    scroll: f64,
    area: (f64, f64, f64),
    row_height: f64,
    total: u32,
) -> Option<f64> {
    let (height, head, foot) = area;
    let full = f64::from(total) * row_height;
    let top = f64::from(row.min(total.saturating_sub(1))) * row_height;
    if full <= TALLEST {
        if top < scroll {
            return Some(top);
        }
        let lowest = top + row_height + head + foot - height;
        return (lowest > scroll).then_some(lowest);
    }
    let inner = (full - height).max(1.0);
    Some((top - height / 2.0).clamp(0.0, inner) / inner * (TALLEST - height))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to the range of u32 first"
)]
fn whole(x: f64) -> u32 {
    x.clamp(0.0, f64::from(u32::MAX)).floor() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_stays_within_the_table() {
        for total in [0_u32, 1, 7, 50, 5_000, 50_000, 5_000_000] {
            for (scroll, extra) in [(-5.0, 4), (0.0, 0), (333.0, 1), (1e6, 4), (1e9, 99)] {
                let w = visible(scroll, 640.0, 34.0, total, extra);
                assert!(w.from + w.count <= total, "{total} {scroll} {w:?}");
                assert!(w.count <= MOST && w.above >= 0.0 && w.below >= 0.0);
            }
        }
    }

    #[test]
    fn the_last_row_is_reached_at_the_end() {
        for total in [100_u32, 50_000, 5_000_000] {
            let tall = (f64::from(total) * 34.0).min(TALLEST);
            let w = visible(tall - 640.0, 640.0, 34.0, total, 4);
            assert_eq!(w.from + w.count, total);
            assert!((w.above + f64::from(w.count) * 34.0 + w.below - tall).abs() < 1e-6);
        }
    }

    #[test]
    fn rows_in_view_are_not_moved() {
        let area = (640.0, 34.0, 0.0);
        assert_eq!(reveal(3, 0.0, area, 34.0, 100), None);
        assert_eq!(reveal(0, 100.0, area, 34.0, 100), Some(0.0));
        assert_eq!(
            reveal(99, 0.0, area, 34.0, 100),
            Some(100.0 * 34.0 + 34.0 - 640.0)
        );
    }
}
