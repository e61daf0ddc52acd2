//! The whole pipeline from a terminal.
//!
//! `batch --table FILE` prints what the importer read of a file before any mapping, as one JSON
//! object; it ends with 1 where the file cannot be read, and the object says why.

use std::process::ExitCode;

use perennial::ingest::table_json;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.as_slice() {
        [option, file] if option == "--table" => print_table(file),
        _ => {
            eprintln!("usage: batch --table FILE");
            ExitCode::from(2)
        }
    }
}

fn print_table(file: &str) -> ExitCode {
    let bytes = match std::fs::read(file) {
        Ok(bytes) => bytes,
        Err(error) => {
            eprintln!("{file} cannot be opened: {error}");
            return ExitCode::from(2);
        }
    };
    match table_json(&bytes, file) {
        Ok(table) => {
            println!("{table}");
            ExitCode::SUCCESS
        }
        Err(refusal) => {
            println!("{refusal}");
            ExitCode::FAILURE
        }
    }
}
