//! Calendar entries as an iCalendar file by RFC 5545: lines end in CR LF and are folded at 75
//! octets, text is escaped, every entry takes a whole day.
//!
//! Written here, in less code than it takes to fill a library's properties: the kept ones bring
//! time zones, parsers and random identifiers, none of which a day's entry needs. The time stamp is
//! the as-of date: the same list gives the same bytes.

use crate::actions::Event;
use crate::base::Date;

/// Longest line in octets, its end not counted (RFC 5545, 3.1).
const LONGEST: usize = 75;

/// The calendar of some entries, stamped with a date.
///
/// ```
/// use perennial::actions::Event;
/// use perennial::base::Date;
/// use perennial::codec::ics_out::ics;
/// let day = Date::parse("2026-03-31").unwrap();
/// let event = Event {
///     uid: "1@perennial".into(), date: day, summary: "Call Brock, Hale & Co.".into(),
///     description: "Due.".into(),
/// };
/// let text = String::from_utf8(ics(&[event], day)).unwrap();
/// assert!(text.contains("\r\nSUMMARY:Call Brock\\, Hale & Co.\r\n"));
/// assert!(text.contains("\r\nDTSTART;VALUE=DATE:20260331\r\nDTEND;VALUE=DATE:20260401\r\n"));
/// ```
pub fn ics(events: &[Event], stamp: Date) -> Vec<u8> {
    let mut out = Calendar::default();
    out.line("BEGIN:VCALENDAR");
    out.line("VERSION:2.0");
    out.line("PRODID:-//Perennial//Order cycles//EN");
    out.line("CALSCALE:GREGORIAN");
    for event in events {
        out.line("BEGIN:VEVENT");
        out.text("UID", &event.uid);
        out.line(&format!("DTSTAMP:{}T000000Z", basic(stamp)));
        out.line(&format!("DTSTART;VALUE=DATE:{}", basic(event.date)));
        out.line(&format!(
            "DTEND;VALUE=DATE:{}",
            basic(event.date.plus_days(1))
        ));
        out.text("SUMMARY", &event.summary);
        out.text("DESCRIPTION", &event.description);
        out.line("TRANSP:TRANSPARENT");
        out.line("END:VEVENT");
    }
    out.line("END:VCALENDAR");
    out.0
}

/// A date without separators (RFC 5545, 3.3.4).
fn basic(date: Date) -> String {
    let (year, month, day) = date.ymd();
    format!("{year:04}{month:02}{day:02}")
}

#[derive(Default)]
struct Calendar(Vec<u8>);

impl Calendar {
    /// A property whose value is text: backslash, semicolon, comma and line break are escaped
    /// (RFC 5545, 3.3.11), other control characters are left out.
    fn text(&mut self, name: &str, value: &str) {
        let mut line = format!("{name}:");
        let value = value.replace("\r\n", "\n");
        for letter in value.chars() {
            match letter {
                '\n' | '\r' => line.push_str("\\n"),
                '\\' | ';' | ',' => line.extend(['\\', letter]),
                '\t' => line.push(' '),
                other if other.is_control() => {}
                other => line.push(other),
            }
        }
        self.line(&line);
    }

    /// A line, folded between characters (RFC 5545, 3.1).
    fn line(&mut self, line: &str) {
        let mut length = 0;
        for letter in line.chars() {
            if length + letter.len_utf8() > LONGEST {
                self.0.extend_from_slice(b"\r\n ");
                length = 1;
            }
            length += letter.len_utf8();
            self.0
                .extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
        }
        self.0.extend_from_slice(b"\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn event(summary: &str) -> Event {
        Event {
            uid: "85944171f73967e8@perennial".into(),
            date: Date::parse("2026-12-31").unwrap(),
            summary: summary.into(),
            description: "One; two\nthree \\ four".into(),
        }
    }

    fn written(events: &[Event]) -> String {
        String::from_utf8(ics(events, Date::parse("2026-02-03").unwrap())).unwrap()
    }

    #[test]
    fn s62_a_calendar_is_written_by_the_rules() {
        assert_eq!(
            written(&[event("Call Acme")]),
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Perennial//Order cycles//EN\r\n\
             CALSCALE:GREGORIAN\r\nBEGIN:VEVENT\r\nUID:85944171f73967e8@perennial\r\n\
             DTSTAMP:20260203T000000Z\r\nDTSTART;VALUE=DATE:20261231\r\n\
             DTEND;VALUE=DATE:20270101\r\nSUMMARY:Call Acme\r\n\
             DESCRIPTION:One\\; two\\nthree \\\\ four\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\n\
             END:VCALENDAR\r\n"
        );
        assert!(written(&[]).ends_with("CALSCALE:GREGORIAN\r\nEND:VCALENDAR\r\n"));
    }

    /// Undoes folding and escaping, by the rules and not by the code above.
    fn summary(text: &str) -> String {
        let whole = text.replace("\r\n ", "");
        let line = whole
            .split("\r\n")
            .find_map(|line| line.strip_prefix("SUMMARY:"))
            .unwrap();
        let mut found = String::new();
        let mut letters = line.chars();
        while let Some(letter) = letters.next() {
            match letter {
                '\\' => match letters.next() {
                    Some('n') => found.push('\n'),
                    Some(other) => found.push(other),
                    None => {}
                },
                other => found.push(other),
            }
        }
        found
    }

    proptest! {
        #[test]
        fn lines_stay_within_75_octets_and_text_comes_back(text in "[ -~äß€😀\n,;\\\\]{0,200}") {
            let file = written(&[event(&text)]);
            for line in file.split("\r\n") {
                prop_assert!(line.len() <= 75, "{line}");
                prop_assert!(!line.contains(['\r', '\n']));
            }
            prop_assert_eq!(summary(&file), text);
        }
    }
}
