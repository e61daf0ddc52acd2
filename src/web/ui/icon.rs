//! Small line icons, drawn in the text's colour and hidden from assistive tools.

use leptos::prelude::*;
use leptos::svg;

/// An icon by name; unknown names draw a small ring.
pub fn icon(name: &str) -> AnyView {
    let path = match name {
        "brand" => "M8 15V7m0 3C4 10 2 8 2 4c4 0 6 2 6 6Zm0-2c0-4 2-6 6-6 0 4-2 6-6 6Z",
        "undo" => "M6 3 2.5 6.5 6 10M3 6.5h6a4 4 0 0 1 0 8H6",
        "redo" => "M10 3l3.5 3.5L10 10M13 6.5H7a4 4 0 0 0 0 8h3",
        "share" => "M8 10V2M5 4.5 8 1.5l3 3M3 8v6h10V8",
        "reset" => "M3 3v4h4M3.3 7a5 5 0 1 1-.3 2.5",
        "close" => "M4 4l8 8M12 4l-8 8",
        "check" => "M3 8.5 6.5 12 13 4.5",
        "down" => "M4 6l4 4 4-4",
        "up" => "M4 10l4-4 4 4",
        "right" => "M6 4l4 4-4 4",
        "left" => "M10 4 6 8l4 4",
        "download" => "M8 2v8M5 7.5 8 10.5l3-3M3 11v3h10v-3",
        "upload" => "M8 11V3M5 5.5 8 2.5l3 3M3 11v3h10v-3",
        "table" => "M2 3h12v10H2zM2 6.5h12M2 10h12M6.5 3v10",
        "chart" => "M2 14h12M4 12V8M8 12V4M12 12V6.5",
        "sliders" => "M2 5h6M11.5 5H14M2 11h2.5M8 11h6M9.8 3.2v3.6M6.2 9.2v3.6",
        "search" => "M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10ZM11 11l3 3",
        "settings" => {
            "M8 10.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4ZM8 1.5v2M8 12.5v2M1.5 8h2M12.5 8h2M3.4 3.4l1.4 1.4M11.2 11.2l1.4 1.4M12.6 3.4l-1.4 1.4M4.8 11.2l-1.4 1.4"
        }
        "theme" => "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 2v12",
        "warning" => "M8 2 1.5 13.5h13L8 2ZM8 6.5v3.5M8 12v.2",
        "info" => "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 7.5v3.5M8 5v.2",
        "menu" => "M2 4h12M2 8h12M2 12h12",
        "more" => "M3 8h.2M8 8h.2M13 8h.2",
        "file" => "M4 1.5h5l3 3v10H4zM9 1.5v3h3",
        "print" => "M4.5 6V2h7v4M4.5 11.5H2V6h12v5.5h-2.5M4.5 9.5h7V14h-7z",
        "link" => {
            "M6.5 9.5l3-3M7 4.5l1.5-1.5a3 3 0 0 1 4.5 4.5L11.5 9M9 11.5 7.5 13A3 3 0 0 1 3 8.5L4.5 7"
        }
        "trash" => "M2.5 4h11M6 4V2.5h4V4M4 4l.7 10h6.6L12 4",
        "plus" => "M8 3v10M3 8h10",
        _ => "M8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z",
    };
    svg::svg()
        .attr("viewBox", "0 0 16 16")
        .attr("class", "icon")
        .attr("aria-hidden", "true")
        .attr("focusable", "false")
        .child(svg::path().attr("d", path))
        .into_any()
}
