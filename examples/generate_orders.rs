//! Writes a file of orders to measure with: `generate_orders LINES > orders.csv`.
//!
//! Seeded, so the same number of lines gives the same bytes: 13 columns, about 120 bytes a line,
//! orders of one to four lines, an account for every hundred lines (at most 10,000), some names
//! quoted, some not ASCII.

use std::io::{BufWriter, Write};

#[path = "../benches/orders_file.rs"]
#[allow(dead_code)] // Its whole-file form is for the benches.
mod orders_file;

fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().collect();
    let lines = arguments.get(1).and_then(|text| text.parse::<u64>().ok());
    let Some(lines) = lines else {
        eprintln!("usage: generate_orders LINES > orders.csv");
        std::process::exit(2);
    };
    let mut out = BufWriter::with_capacity(1 << 20, std::io::stdout().lock());
    orders_file::write(lines, &mut |text| out.write_all(text))?;
    out.flush()
}
