//! The whole pipeline from a terminal.

fn main() {}
