//! Charts without a browser: what is drawn, where each mark stands, what is said at each stop of
//! the cursor, and the table that says the same.

pub mod across;
pub mod curve;
mod dates;
pub mod heat;
pub mod over;
pub mod periods;
pub mod picture;
pub mod results;
pub mod rhythm;
pub mod scale;
pub mod spread;
pub mod swings;
pub mod timeline;

use crate::base::Unit;
use crate::metrics::{Sheet, SheetColumn};
use crate::value::sheets::cells;

pub use across::{Across, Bar, Role};
pub use curve::Curve;
pub use heat::Heat;
pub use over::{Line, Over};
pub use periods::{Periods, Series, Shape};
pub use picture::{Ink, Picture};
pub use spread::Spread;
pub use swings::Swings;
pub use timeline::Timeline;

/// A column of a chart's table.
fn column(key: &str, label: &str, unit: Unit) -> SheetColumn {
    cells::column(key, label, unit, "")
}

/// How numbers are written in a chart.
pub struct Words<'a> {
    /// On an axis: short.
    pub axis: &'a dyn Fn(f64) -> String,
    /// Beside a mark and in captions.
    pub value: &'a dyn Fn(f64) -> String,
}

/// Anything that can be charted.
#[derive(Debug, Clone, PartialEq)]
pub enum Chart {
    /// Bars, lines and a band over periods.
    Periods(Periods),
    /// Horizontal bars or a waterfall.
    Across(Across),
    /// Order days on a line of time.
    Timeline(Timeline),
    /// Lines over days.
    Over(Over),
    /// Orders on a line of money.
    Spread(Spread),
    /// Shaded fields.
    Heat(Heat),
    /// How far a figure moves with each input.
    Swings(Swings),
    /// A figure over one input.
    Curve(Curve),
}

impl Chart {
    /// The heading.
    pub fn title(&self) -> &str {
        match self {
            Self::Periods(c) => &c.title,
            Self::Across(c) => &c.title,
            Self::Timeline(c) => &c.title,
            Self::Over(c) => &c.title,
            Self::Spread(c) => &c.title,
            Self::Heat(c) => &c.title,
            Self::Swings(c) => &c.title,
            Self::Curve(c) => &c.title,
        }
    }

    /// What it shows, in a sentence.
    pub fn description(&self) -> &str {
        match self {
            Self::Periods(c) => &c.description,
            Self::Across(c) => &c.description,
            Self::Timeline(c) => &c.description,
            Self::Over(c) => &c.description,
            Self::Spread(c) => &c.description,
            Self::Heat(c) => &c.description,
            Self::Swings(c) => &c.description,
            Self::Curve(c) => &c.description,
        }
    }

    /// What the values count.
    pub const fn unit(&self) -> Unit {
        match self {
            Self::Periods(c) => c.unit,
            Self::Across(c) => c.unit,
            Self::Over(c) => c.unit,
            Self::Swings(c) => c.unit,
            Self::Curve(c) => c.unit,
            Self::Heat(_) => Unit::Percent,
            Self::Timeline(_) | Self::Spread(_) => Unit::Money,
        }
    }

    /// Draws it, so many pixels wide.
    pub fn draw(&self, width: f64, words: &Words<'_>) -> Picture {
        match self {
            Self::Periods(c) => c.draw(width, words),
            Self::Across(c) => c.draw(width, words),
            Self::Timeline(c) => c.draw(width, words),
            Self::Over(c) => c.draw(width, words),
            Self::Spread(c) => c.draw(width, words),
            Self::Heat(c) => c.draw(width, words),
            Self::Swings(c) => c.draw(width, words),
            Self::Curve(c) => c.draw(width, words),
        }
    }

    /// The table that says the same.
    pub fn twin(&self) -> Sheet {
        match self {
            Self::Periods(c) => c.twin(),
            Self::Across(c) => c.twin(),
            Self::Timeline(c) => c.twin(),
            Self::Over(c) => c.twin(),
            Self::Spread(c) => c.twin(),
            Self::Heat(c) => c.twin(),
            Self::Swings(c) => c.twin(),
            Self::Curve(c) => c.twin(),
        }
    }

    /// The series' names with what they are drawn with, where there are several.
    pub fn legend(&self) -> Vec<(String, picture::Ink)> {
        let chart = match self {
            Self::Periods(chart) => chart,
            Self::Over(chart) if chart.lines.len() > 1 => {
                let lines = chart.lines.iter().zip(1_u8..);
                return lines
                    .map(|(line, number)| (line.name.clone(), picture::Ink::Line(number)))
                    .collect();
            }
            Self::Swings(_) => return Swings::legend(),
            Self::Curve(chart) => {
                let lines = chart.against.iter();
                let lines = lines.flat_map(|(own, other, _)| [own, other]).zip(1_u8..);
                return lines
                    .map(|(name, number)| (name.clone(), picture::Ink::Line(number)))
                    .collect();
            }
            _ => return Vec::new(),
        };
        let bars = chart.series.iter().filter(|s| s.shape == Shape::Bar);
        let lines = chart.series.iter().filter(|s| s.shape == Shape::Line);
        let all = bars.chain(lines).zip(1_u8..).map(|(series, number)| {
            let ink = match series.shape {
                Shape::Bar => picture::Ink::Fill(number),
                Shape::Line => picture::Ink::Line(number),
            };
            (series.name.clone(), ink)
        });
        if chart.series.len() > 1 {
            all.collect()
        } else {
            Vec::new()
        }
    }
}
