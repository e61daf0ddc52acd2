//! Links: what differs from the defaults as readable `key=value`, in the address's fragment.
//!
//! `v=1&margin=55&as_of=2026-01-31&c=1a2b3c4d`: the version first, then the assumptions by their
//! keys, then [scenarios](super::link_scenarios) and [schemes](super::link_schemes), last a checksum, so that a link cut short by a mail program is known as such. Estimates
//! from the sender's data are written as values, since the data is not in the link. Orders, files,
//! headers and customers' names never are; names of groups are where the user gave them a rate. Where the text would be long, `z=` holds it deflated.

use std::fmt::Write as _;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::decompress_to_vec_with_limit;

use crate::assumptions::{Assumptions, Origin, Setting, Used, print};
use crate::base::Date;
use crate::base::crc::crc32;
use crate::document::{Document, Repair, canonical};

use super::migrate::newer;
use super::{DecodeError, Opened, SCHEMA, error, link_scenarios, link_schemes};

/// The longest link that is read, in bytes, before and after inflating.
pub const LONGEST: usize = 64 << 10;
/// From here on the text is deflated.
const READABLE: usize = 1_500;
/// Most entries in a link.
const MOST: usize = 2_000;

/// One thing that a link holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Its name on screen.
    pub label: String,
    /// Its value with its unit.
    pub value: String,
    /// Estimated from the sender's data and pinned in the link.
    pub pinned: bool,
}

/// A link to copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What stands behind the `?` of the fragment.
    pub query: String,
    /// All that it holds, to be shown before it is copied.
    pub holds: Vec<Held>,
}

/// Makes a link of a document; `used` are the assumptions as the last results used them.
pub fn encode(document: &Document, used: &[Used]) -> Link {
    let mut pairs: Vec<(String, String)> = Vec::new();
    let mut holds = Vec::new();
    for spec in crate::registry::assumptions() {
        let chosen = document.assumptions.chosen.get(spec.key);
        let estimate = used
            .iter()
            .find(|used| used.key == spec.key && used.origin == Origin::Data);
        let Some(value) = chosen
            .map(|setting| &setting.value)
            .or_else(|| estimate.map(|used| &used.value))
        else {
            continue;
        };
        holds.push(Held {
            label: spec.label.into(),
            value: print(spec, value),
            pinned: chosen.is_none(),
        });
        pairs.push((spec.key.into(), value.clone()));
    }
    if let Some(date) = document.as_of {
        holds.push(Held {
            label: "As-of date".into(),
            value: date.to_string(),
            pinned: false,
        });
        pairs.push(("as_of".into(), date.to_string()));
    }
    let (more, held) = link_scenarios::written(&document.scenarios);
    pairs.extend(more);
    holds.extend(held);
    let (more, held) = link_schemes::written(&document.schemes);
    pairs.extend(more);
    holds.extend(held);
    let body: Vec<String> = pairs
        .iter()
        .map(|(key, value)| format!("{}={}", escape(key), escape(value)))
        .collect();
    let mut body = body.join("&");
    if body.len() > READABLE {
        body = format!(
            "z={}",
            URL_SAFE_NO_PAD.encode(compress_to_vec(body.as_bytes(), 9))
        );
    }
    let mut query = format!("v={SCHEMA}");
    if !body.is_empty() {
        query.push('&');
        query.push_str(&body);
    }
    let check = crc32(query.as_bytes());
    Link {
        query: format!("{query}&c={check:08x}"),
        holds,
    }
}

/// Whether a query of the fragment is a link to open, and not only a place on the page.
pub fn is_link(query: &str) -> bool {
    pairs(query).any(|(key, _)| key == "v")
}

/// Reads a link. The document has its values over the defaults, and no orders of its own.
///
/// # Errors
/// What was found and what to do: too long, cut short, or altered.
pub fn decode(query: &str) -> Result<Opened, DecodeError> {
    if query.len() > LONGEST {
        let long = query.len();
        return Err(error(
            "too_big",
            format!(
                "The link has {long} characters; at most {LONGEST} are read. Ask for a project \
                 file instead."
            ),
        ));
    }
    let schema = pairs(query).find(|(key, _)| *key == "v");
    let schema = schema.and_then(|(_, v)| v.parse().ok()).unwrap_or(1);
    let cut = || {
        error(
            "cut_short",
            "The link was cut short or changed on its way, so its values cannot be trusted. Copy \
             the whole link again, up to its last character, or ask for a project file.",
        )
    };
    if newer(schema).is_none() {
        let (content, check) = query.rsplit_once("&c=").ok_or_else(cut)?;
        let content_from = content.find("v=").unwrap_or(0);
        let content = content.get(content_from..).unwrap_or(content);
        if format!("{:08x}", crc32(content.as_bytes())) != check {
            return Err(cut());
        }
    }
    let packed = pairs(query).find(|(key, _)| *key == "z");
    let text = match packed {
        Some((_, packed)) => {
            let bytes = URL_SAFE_NO_PAD.decode(packed).map_err(|_| cut())?;
            let text = decompress_to_vec_with_limit(&bytes, LONGEST).map_err(|_| cut())?;
            String::from_utf8(text).map_err(|_| cut())?
        }
        None => query.to_string(),
    };
    let (document, repairs) = document_of(&text);
    Ok(Opened {
        document,
        repairs,
        newer: newer(schema),
        files: Vec::new(),
    })
}

fn document_of(text: &str) -> (Document, Vec<Repair>) {
    let mut document = Document::default();
    let mut assumptions = Assumptions::default();
    let mut repairs = Vec::new();
    let mut scenarios = link_scenarios::Reader::default();
    let mut schemes = link_schemes::Reader::default();
    for (key, value) in pairs(text).take(MOST) {
        // The last two say where the page opens.
        if matches!(key, "v" | "c" | "z" | "tab" | "present") {
            continue;
        }
        let (key, value) = (unescape(key), unescape(value));
        if key == "as_of" {
            document.as_of = Date::parse(&value);
            continue;
        }
        if scenarios.takes(&key, &value) || schemes.takes(&key, &value) {
            continue;
        }
        match canonical(&key, &value) {
            Ok(value) => {
                let origin = Origin::Link;
                assumptions.chosen.insert(key, Setting { value, origin });
            }
            Err(refused) => repairs.push(Repair {
                at: key.chars().take(40).collect(),
                message: format!("{refused} The default is used."),
            }),
        }
    }
    document.assumptions = Arc::new(assumptions);
    let (found, unread) = scenarios.restored();
    document.scenarios = Arc::new(found);
    let left_out = |part: &str, (at, why): (String, String)| Repair {
        at: format!("{part}.{at}"),
        message: format!("{why} This is left out."),
    };
    repairs.extend(unread.into_iter().map(|one| left_out("scenarios", one)));
    let (found, unread) = schemes.restored();
    document.schemes = Arc::new(found);
    repairs.extend(unread.into_iter().map(|one| left_out("schemes", one)));
    (document, repairs)
}

fn pairs(query: &str) -> impl Iterator<Item = (&str, &str)> {
    query.split('&').filter_map(|pair| pair.split_once('='))
}

/// Percent-encodes what is not plain in a fragment.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// The reverse of [`escape`]; a stray `%` stands for itself.
fn unescape(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let pair = bytes.get(at + 1..at + 3);
        let code =
            pair.and_then(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok());
        if let (b'%', Some(code)) = (byte, code) {
            out.push(code);
            at += 3;
        } else {
            out.push(byte);
            at += 1;
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}
