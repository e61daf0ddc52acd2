//! The worker: a message loop around `perennial::jobs`.

fn main() {}
