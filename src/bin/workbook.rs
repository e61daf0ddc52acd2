//! Reads and writes workbooks, apart from the worker because it is large and a hostile file can
//! abort it.

fn main() {}
