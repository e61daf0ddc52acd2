//! Small line icons, drawn in the text's colour and hidden from assistive tools.

use leptos::prelude::*;
use leptos::svg;

/// What is drawn.
#[derive(Debug, Clone, Copy)]
pub enum Icon {
    /// The seedling of the name.
    Brand,
    /// Back.
    Undo,
    /// Forth again.
    Redo,
    /// Out of a box.
    Share,
    /// Back to the default.
    Reset,
    /// A cross.
    Close,
    /// Done.
    Check,
    /// Down into a tray.
    Download,
    /// Up from a tray.
    Upload,
    /// A grid.
    Table,
    /// Two sliders.
    Sliders,
    /// A glass.
    Search,
    /// A gear.
    Settings,
    /// A triangle.
    Warning,
    /// About.
    Info,
    /// Three dots.
    More,
    /// One more.
    Plus,
}

impl Icon {
    /// Its line in a square of 16 units.
    const fn path(self) -> &'static str {
        match self {
            Self::Brand => "M8 15V7m0 3C4 10 2 8 2 4c4 0 6 2 6 6Zm0-2c0-4 2-6 6-6 0 4-2 6-6 6Z",
            Self::Undo => "M6 3 2.5 6.5 6 10M3 6.5h6a4 4 0 0 1 0 8H6",
            Self::Redo => "M10 3l3.5 3.5L10 10M13 6.5H7a4 4 0 0 0 0 8h3",
            Self::Share => "M8 10V2M5 4.5 8 1.5l3 3M3 8v6h10V8",
            Self::Reset => "M3 3v4h4M3.3 7a5 5 0 1 1-.3 2.5",
            Self::Close => "M4 4l8 8M12 4l-8 8",
            Self::Check => "M3 8.5 6.5 12 13 4.5",
            Self::Download => "M8 2v8M5 7.5 8 10.5l3-3M3 11v3h10v-3",
            Self::Upload => "M8 11V3M5 5.5 8 2.5l3 3M3 11v3h10v-3",
            Self::Table => "M2 3h12v10H2zM2 6.5h12M2 10h12M6.5 3v10",
            Self::Sliders => "M2 5h6M11.5 5H14M2 11h2.5M8 11h6M9.8 3.2v3.6M6.2 9.2v3.6",
            Self::Search => "M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10ZM11 11l3 3",
            Self::Settings => {
                "M8 10.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4ZM8 1.5v2M8 12.5v2M1.5 8h2M12.5 8h2M3.4 3.4l1.4 1.4M11.2 11.2l1.4 1.4M12.6 3.4l-1.4 1.4M4.8 11.2l-1.4 1.4"
            }
            Self::Warning => "M8 2 1.5 13.5h13L8 2ZM8 6.5v3.5M8 12v.2",
            Self::Info => "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 7.5v3.5M8 5v.2",
            Self::More => "M3 8h.2M8 8h.2M13 8h.2",
            Self::Plus => "M8 3v10M3 8h10",
        }
    }
}

/// An icon.
pub fn icon(icon: Icon) -> AnyView {
    svg::svg()
        .attr("viewBox", "0 0 16 16")
        .attr("class", "icon")
        .attr("aria-hidden", "true")
        .attr("focusable", "false")
        .child(svg::path().attr("d", icon.path()))
        .into_any()
}
