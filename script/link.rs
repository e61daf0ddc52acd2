//! Keeps the relocations of the WebAssembly that the release build cuts into parts: that of the page
//! and that of the worker.

fn main() {
    println!("cargo::rerun-if-changed=script/link.rs");
    if std::env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32") {
        for (feature, program) in [("WEB", "perennial"), ("WORKER", "worker")] {
            if std::env::var_os(format!("CARGO_FEATURE_{feature}")).is_some() {
                println!("cargo::rustc-link-arg-bin={program}=--emit-relocs");
            }
        }
    }
}
