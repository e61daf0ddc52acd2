//! A drawn chart: marks in pixels, without a browser.
//!
//! The same marks become the picture on the page (coloured by classes, so that it follows the
//! theme) and the file that is downloaded (coloured by attributes, so that it stands alone).
//! Invariant: every text is escaped; a name from an order file can never become markup.

use std::fmt::Write as _;

/// What a mark is drawn with: a class on the page, colours in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// Text beside axes.
    Text,
    /// Text that names or values a mark.
    Label,
    /// The same for the mark that matters.
    Strong,
    /// Lines behind the marks.
    Grid,
    /// The line of zero.
    Axis,
    /// A line of the first, second or third series; each with dashes of its own.
    Line(u8),
    /// What is expected, as a line.
    Expected,
    /// The range around what is expected.
    Band,
    /// A filled mark of a series, 1 to 6.
    Fill(u8),
    /// A filled mark of what is expected.
    Soft,
    /// A step up.
    Rise,
    /// A step down.
    Fall,
    /// A shade of a heat map, 1 to 5.
    Heat(u8),
    /// A level between steps.
    Level,
    /// The thread between steps.
    Join,
    /// What is not counted.
    Off,
}

impl Ink {
    /// The class of the style sheet.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Text => "c-text",
            Self::Label => "c-label",
            Self::Strong => "c-strong",
            Self::Grid => "c-grid",
            Self::Axis => "c-axis",
            Self::Line(1) => "c-line-1",
            Self::Line(2) => "c-line-2",
            Self::Line(_) => "c-line-3",
            Self::Expected => "c-expected",
            Self::Band => "c-band",
            Self::Fill(1) => "c-fill-1",
            Self::Fill(2) => "c-fill-2",
            Self::Fill(3) => "c-fill-3",
            Self::Fill(4) => "c-fill-4",
            Self::Fill(5) => "c-fill-5",
            Self::Fill(_) => "c-fill-6",
            Self::Soft => "c-fill-soft",
            Self::Rise => "c-rise",
            Self::Fall => "c-fall",
            Self::Heat(1) => "c-heat-1",
            Self::Heat(2) => "c-heat-2",
            Self::Heat(3) => "c-heat-3",
            Self::Heat(4) => "c-heat-4",
            Self::Heat(_) => "c-heat-5",
            Self::Level => "c-level",
            Self::Join => "c-join",
            Self::Off => "c-off",
        }
    }

    /// The light theme's colours as attributes, for a file that stands alone.
    const fn paint(self) -> &'static str {
        match self {
            Self::Text => r##"fill="#4a5765""##,
            Self::Label => r##"fill="#16202b""##,
            Self::Strong => r##"fill="#16202b" font-weight="600""##,
            Self::Grid => r##"fill="none" stroke="#e5e8ec""##,
            Self::Axis => r##"fill="none" stroke="#7b8794""##,
            Self::Line(1) => r##"fill="none" stroke="#17694a" stroke-width="2""##,
            Self::Line(2) => {
                r##"fill="none" stroke="#c46a00" stroke-width="2" stroke-dasharray="6 4""##
            }
            Self::Line(_) => {
                r##"fill="none" stroke="#3b6fb6" stroke-width="2" stroke-dasharray="2 4""##
            }
            Self::Expected => {
                r##"fill="none" stroke="#17694a" stroke-width="2" stroke-dasharray="5 4""##
            }
            Self::Band => r##"fill="#17694a" fill-opacity="0.14""##,
            Self::Fill(1) => r##"fill="#17694a""##,
            Self::Fill(2) => r##"fill="#c46a00""##,
            Self::Fill(3) => r##"fill="#3b6fb6""##,
            Self::Fill(4) => r##"fill="#9c4f8f""##,
            Self::Fill(5) => r##"fill="#3f8f97""##,
            Self::Fill(_) => r##"fill="#8a7a1f""##,
            Self::Soft => {
                r##"fill="#17694a" fill-opacity="0.25" stroke="#17694a" stroke-dasharray="3 2""##
            }
            Self::Rise => r##"fill="#2a7f5c""##,
            Self::Fall => r##"fill="#c0603a""##,
            Self::Heat(1) => r##"fill="#edf3f0""##,
            Self::Heat(2) => r##"fill="#dae8e1""##,
            Self::Heat(3) => r##"fill="#c2d9ce""##,
            Self::Heat(4) => r##"fill="#a7c8b9""##,
            Self::Heat(_) => r##"fill="#8cb7a3""##,
            Self::Level => r##"fill="#46566b""##,
            Self::Join => r##"fill="none" stroke="#7b8794" stroke-dasharray="2 2""##,
            Self::Off => r##"fill="#e7eaee" stroke="#8b95a1" stroke-dasharray="3 2""##,
        }
    }
}

/// Where a text is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// By its beginning.
    Start,
    /// By its middle.
    Middle,
    /// By its end.
    End,
}

impl Anchor {
    const fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

/// One mark.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    /// Lines and areas: SVG path data.
    Path(Ink, String),
    /// A text on a baseline.
    Text {
        /// What it is drawn with.
        ink: Ink,
        /// Where it is held.
        anchor: Anchor,
        /// Pixels from the left.
        x: f64,
        /// Pixels from the top, of the baseline.
        y: f64,
        /// The words.
        text: String,
    },
}

/// A place where the keyboard's or the pointer's cursor stops.
#[derive(Debug, Clone, PartialEq)]
pub struct Stop {
    /// Its area: left, top, width, height.
    pub area: (f64, f64, f64, f64),
    /// What is said there.
    pub caption: String,
}

/// A drawn chart.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Picture {
    /// Pixels.
    pub width: f64,
    /// Pixels.
    pub height: f64,
    /// From back to front.
    pub marks: Vec<Mark>,
    /// From the first to the last.
    pub stops: Vec<Stop>,
}

impl Picture {
    /// Adds a text.
    pub fn text(&mut self, ink: Ink, anchor: Anchor, at: (f64, f64), text: impl Into<String>) {
        let (x, y) = at;
        let text = text.into();
        self.marks.push(Mark::Text {
            ink,
            anchor,
            x,
            y,
            text,
        });
    }

    /// Adds a straight line.
    pub fn line(&mut self, ink: Ink, from: (f64, f64), to: (f64, f64)) {
        let d = format!("M{} {}L{} {}", px(from.0), px(from.1), px(to.0), px(to.1));
        self.marks.push(Mark::Path(ink, d));
    }

    /// Adds a rectangle; a negative size is drawn the other way.
    pub fn rect(&mut self, ink: Ink, at: (f64, f64), size: (f64, f64)) {
        let left = at.0.min(at.0 + size.0);
        let top = at.1.min(at.1 + size.1);
        let (wide, high) = (size.0.abs(), size.1.abs());
        let d = format!(
            "M{} {}h{}v{}h{}z",
            px(left),
            px(top),
            px(wide),
            px(high),
            px(-wide)
        );
        self.marks.push(Mark::Path(ink, d));
    }

    /// Adds a line through points; a missing one leaves a gap.
    pub fn through(&mut self, ink: Ink, points: &[Option<(f64, f64)>]) {
        let mut d = String::new();
        let mut pen = false;
        for point in points {
            if let Some((x, y)) = point {
                let verb = if pen { 'L' } else { 'M' };
                let _ = write!(d, "{verb}{} {}", px(*x), px(*y));
            }
            pen = point.is_some();
        }
        if !d.is_empty() {
            self.marks.push(Mark::Path(ink, d));
        }
    }

    /// The marks as SVG, coloured by classes.
    pub fn body(&self) -> String {
        let mut out = String::with_capacity(self.marks.len() * 64);
        for mark in &self.marks {
            write_mark(&mut out, mark, |ink| format!(r#"class="{}""#, ink.class()));
        }
        out
    }

    /// A whole SVG file with a title, a description and a legend, coloured for paper.
    pub fn file(&self, title: &str, description: &str, legend: &[(String, Ink)]) -> String {
        let (w, h) = (px(self.width), px(self.file_height(legend)));
        let (title, description) = (escaped(title), escaped(description));
        let mut out = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 -{HEAD} {w} {h}" font-family="system-ui, sans-serif" font-size="12"><title>{title}</title><desc>{description}</desc><rect x="0" y="-{HEAD}" width="{w}" height="{h}" fill="white"/><text x="4" y="-12" font-size="14" font-weight="600" fill="black">{title}</text>"#
        );
        let mut all = self.marks.clone();
        let mut left = 4.0;
        let base = self.height + 14.0;
        for (name, ink) in legend {
            let d = match ink {
                Ink::Line(_) => format!("M{} {}h18", px(left), px(base - 4.0)),
                _ => format!("M{} {}h18v10h-18z", px(left), px(base - 9.0)),
            };
            all.push(Mark::Path(*ink, d));
            all.push(Mark::Text {
                ink: Ink::Text,
                anchor: Anchor::Start,
                x: left + 24.0,
                y: base,
                text: name.clone(),
            });
            left += text_width(Ink::Text, name) + 44.0;
        }
        for mark in &all {
            write_mark(&mut out, mark, |ink| ink.paint().to_owned());
        }
        out.push_str("</svg>");
        out
    }

    /// The height of the file in pixels: the picture with its title and legend.
    pub fn file_height(&self, legend: &[(String, Ink)]) -> f64 {
        self.height + HEAD + if legend.is_empty() { 0.0 } else { 24.0 }
    }
}

/// Pixels of the title above a picture in a file.
const HEAD: f64 = 30.0;

fn write_mark(out: &mut String, mark: &Mark, paint: impl Fn(Ink) -> String) {
    // Writing to a string cannot fail.
    let _ = match mark {
        Mark::Path(ink, d) => write!(out, r#"<path {} d="{d}"/>"#, paint(*ink)),
        Mark::Text {
            ink,
            anchor,
            x,
            y,
            text,
        } => write!(
            out,
            r#"<text {} x="{}" y="{}" text-anchor="{}">{}</text>"#,
            paint(*ink),
            px(*x),
            px(*y),
            anchor.name(),
            escaped(text)
        ),
    };
}

/// A length with one decimal, which is as much as a screen shows.
pub fn px(x: f64) -> f64 {
    let rounded = libm::round(x * 10.0) / 10.0;
    if rounded == 0.0 || !rounded.is_finite() {
        0.0
    } else {
        rounded
    }
}

/// Text that cannot become markup.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// How much wider bold text is, at most.
const BOLD: f64 = 1.13;

/// About how wide a text is, in pixels, at the size that charts use; rather too wide than too
/// narrow, since the reader's fonts are not known here.
pub fn text_width(ink: Ink, text: &str) -> f64 {
    let bold = if ink == Ink::Strong { BOLD } else { 1.0 };
    let plain: f64 = text
        .chars()
        .map(|c| match c {
            'i' | 'l' | 'j' | 't' | 'f' | '.' | ',' | ' ' | '\'' | '|' => 4.2,
            'm' | 'w' | 'M' | 'W' | '%' => 11.0,
            'A'..='Z' | '€' => 8.6,
            _ => 7.4,
        })
        .sum();
    plain * bold
}

/// The text cut to a width, with dots where something was cut.
pub fn fitted(ink: Ink, text: &str, width: f64) -> String {
    if text_width(ink, text) <= width {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = text_width(ink, "…");
    for c in text.chars() {
        let mut buffer = [0; 4];
        used += text_width(ink, c.encode_utf8(&mut buffer));
        if used > width {
            break;
        }
        out.push(c);
    }
    let mut out = out.trim_end().to_owned();
    out.push('…');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_from_files_never_become_markup() {
        let mut p = Picture::default();
        p.text(Ink::Text, Anchor::Start, (0.0, 0.0), "<script>\"&'\u{1}");
        let body = p.body();
        assert!(body.contains("&lt;script&gt;&quot;&amp;&#39; "), "{body}");
        assert!(!p.file("<b>", "</svg>", &[]).contains("<b>"));
    }

    #[test]
    fn a_gap_lifts_the_pen() {
        let mut p = Picture::default();
        p.through(
            Ink::Line(1),
            &[Some((0.0, 1.0)), None, Some((2.0, 3.0)), Some((4.0, 5.55))],
        );
        assert_eq!(p.marks, [Mark::Path(Ink::Line(1), "M0 1M2 3L4 5.6".into())]);
    }

    #[test]
    fn a_file_has_no_style_and_no_class() {
        let mut p = Picture::default();
        p.rect(Ink::Fill(1), (0.0, 10.0), (5.0, -10.0));
        let file = p.file("Title", "", &[("Revenue".into(), Ink::Line(2))]);
        assert!(!file.contains("style") && !file.contains("class"), "{file}");
        assert!(file.contains(r#"d="M0 0h5v10h-5z""#), "{file}");
    }

    #[test]
    fn long_names_are_cut() {
        let cut = fitted(Ink::Label, "Precision Gears and Shafts Incorporated", 90.0);
        assert!(
            cut.ends_with('…') && text_width(Ink::Label, &cut) <= 96.0,
            "{cut}"
        );
        assert_eq!(fitted(Ink::Label, "Gears", 90.0), "Gears");
    }
}
