//! Keeps the relocations of the page's WebAssembly, by which the release build cuts it into parts.

fn main() {
    println!("cargo::rerun-if-changed=script/link.rs");
    if std::env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32")
        && std::env::var_os("CARGO_FEATURE_WEB").is_some()
    {
        println!("cargo::rustc-link-arg-bin=perennial=--emit-relocs");
    }
}
