//! Writing to elements that are on the page already: for tables that a slider changes as a whole. An
//! effect for each text and attribute of theirs would cost more than everything else of a step.

use web_sys::{Element, Node};

/// The elements in an element.
pub(crate) fn children(of: &Element) -> Vec<Element> {
    let mut found = Vec::new();
    let mut next = of.first_element_child();
    while let Some(element) = next {
        next = element.next_element_sibling();
        found.push(element);
    }
    found
}

/// Sets or removes an attribute.
pub(crate) fn set(element: &Element, name: &str, value: Option<&str>) {
    // What cannot fail: the names are ours.
    drop(match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    });
}

/// Writes the text of an element that holds nothing else.
pub(crate) fn set_text(element: &Element, text: &str) {
    // The text that is there is kept: another one would be laid out from nothing. What else is there
    // marks the place of a view.
    let before = element.first_child();
    match before.filter(|before| before.node_type() == Node::TEXT_NODE) {
        Some(before) => before.set_node_value(Some(text)),
        None => element.set_text_content(Some(text)),
    }
}
