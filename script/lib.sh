# Shared by the scripts of this folder: finds or installs what they need, and is silent when all is
# there. Source it from the repository's root with `set -euo pipefail`.
#
# Tools are kept in a folder of the user, one sub-folder a version, so that every clone on the
# machine shares them; npm packages go to node_modules/. Nothing is downloaded prebuilt but from
# package registries (crates.io, npm, rustup, Debian's).

trunk_version=0.21.14
split_version=0.2.4
wasm_target=wasm32-unknown-unknown
tools="${XDG_CACHE_HOME:-$HOME/.cache}/perennial"

say() { printf '%s\n' "$*" >&2; }
die() { say "error: $1"; shift; for line in "$@"; do say "  $line"; done; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# Runs a command, quietly; prints what it said only when it fails.
quietly() {
  local log; log=$(mktemp)
  if "$@" >"$log" 2>&1; then rm -f "$log"; else local code=$?; cat "$log" >&2; rm -f "$log"; return "$code"; fi
}

# Runs apt-get as root, or through sudo when that needs no password; fails when neither can be.
apt_install() {
  have apt-get || return 1
  local as_root=()
  if [ "$(id -u)" != 0 ]; then
    have sudo && sudo -n true 2>/dev/null || return 1
    as_root=(sudo -n)
  fi
  say "installing $* with apt-get"
  quietly "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" </dev/null && return 0
  quietly "${as_root[@]}" apt-get update </dev/null || return 1
  quietly "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" </dev/null
}

# The version of a package in Cargo.lock.
locked_version() {
  awk -v name="$1" '$1 == "name" { hit = ($3 == "\"" name "\"") } hit && $1 == "version" { gsub(/"/, "", $3); print $3; exit }' Cargo.lock
}

need_node() {
  if ! have node || ! have npm; then
    die "Node.js 20 or newer with npm is needed." "Install it: https://nodejs.org, or on Debian: apt-get install nodejs npm"
  fi
  local major; major=$(node -p 'process.versions.node.split(".")[0]')
  [ "$major" -ge 20 ] || die "Node.js 20 or newer is needed; this is $(node --version)." "Install it: https://nodejs.org"
}

# node_modules/ as package-lock.json says.
need_packages() {
  need_node
  local wanted; wanted=$(cksum <package-lock.json)
  [ "$(cat node_modules/.perennial 2>/dev/null || true)" = "$wanted" ] && return
  say "installing the npm packages"
  quietly npm ci --no-audit --no-fund </dev/null || die "npm could not install the packages." "Try: npm ci"
  printf '%s' "$wanted" >node_modules/.perennial
}

# The data by which fits are compared with published ones, in the folder $PERENNIAL_REFERENCE.
need_reference() {
  need_node
  export PERENNIAL_REFERENCE="$tools/reference-1"
  node script/reference.mjs "$PERENNIAL_REFERENCE"
}

# The compiler that rust-toolchain.toml names.
need_rust() {
  if ! have cargo; then
    if [ -x "$HOME/.cargo/bin/cargo" ]; then PATH="$HOME/.cargo/bin:$PATH"; else die "Rust is needed." "Install rustup: https://rustup.rs"; fi
  fi
  have cc || apt_install gcc libc6-dev || die "A C linker is needed." "On Debian: apt-get install gcc libc6-dev"
  have rustup || return 0
  local channel; channel=$(sed -n 's/^channel *= *"\(.*\)"/\1/p' rust-toolchain.toml)
  if ! rustup run "$channel" rustc --version >/dev/null 2>&1; then
    say "installing Rust $channel"
    quietly rustup toolchain install "$channel" --profile minimal --component rustfmt --component clippy </dev/null ||
      die "rustup could not install Rust $channel." "Try: rustup toolchain install $channel --component rustfmt --component clippy"
  fi
  if ! rustup run "$channel" cargo-clippy --version >/dev/null 2>&1 || ! rustup run "$channel" rustfmt --version >/dev/null 2>&1; then
    quietly rustup component add --toolchain "$channel" rustfmt clippy </dev/null ||
      die "rustup could not install rustfmt and clippy." "Try: rustup component add --toolchain $channel rustfmt clippy"
  fi
}

wasm_std_found() {
  local sysroot; sysroot=$("${1:-rustc}" --print sysroot 2>/dev/null) || return 1
  [ -n "$(find "$sysroot/lib/rustlib/$wasm_target/lib" -name 'libstd-*' -print -quit 2>/dev/null)" ]
}

# The library for the browser; where rustup cannot fetch it, Debian's compiler and its source.
need_wasm_target() {
  need_rust
  wasm_std_found && return
  if have rustup; then
    say "installing Rust's library for $wasm_target"
    quietly rustup target add "$wasm_target" </dev/null && wasm_std_found && return
    say "rustup could not fetch it; trying Debian's compiler"
  fi
  use_debian_compiler && return
  die "Rust's library for $wasm_target is missing and could not be installed." \
    "With rustup: rustup target add $wasm_target" \
    "On Debian 12: apt-get install rustc-web cargo-web rust-web-src rust-web-clippy lld-22 (from bookworm-security), then run this again"
}

# Debian's compiler has no library for the browser, but its source, of which cargo builds one.
use_debian_compiler() {
  [ -r /etc/debian_version ] || return 1
  local linker
  debian_compiler_found || apt_install rustc-web cargo-web rust-web-src rust-web-clippy lld-22 || return 1
  debian_compiler_found || return 1
  linker=$(find /usr/bin -name 'wasm-ld-*' | sort -V | tail -n 1)
  export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER="$linker"
  export PERENNIAL_DEBIAN_COMPILER=1
}

debian_compiler_found() {
  [ -x /usr/bin/cargo ] && [ -x /usr/bin/rustc ] && ls /usr/bin/wasm-ld-* >/dev/null 2>&1 &&
    [ -e "$(/usr/bin/rustc --print sysroot)/lib/rustlib/src/rust/library/std" ]
}

# Runs a command that compiles for the browser, with whichever compiler can.
for_wasm() {
  if [ -n "${PERENNIAL_DEBIAN_COMPILER:-}" ]; then
    PATH="/usr/bin:$PATH" RUSTC_BOOTSTRAP=1 CARGO_UNSTABLE_BUILD_STD=std,panic_abort "$@"
  else
    "$@"
  fi
}

# Builds a tool from crates.io into its folder, unoptimised: it is quick enough, and the build takes
# a third of the time. The build folder is shared, so what tools have in common compiles once.
cargo_tool() {
  local name=$1 version=$2 minutes=$3; shift 3
  local root="$tools/$name-$version"
  [ -e "$root/.complete" ] && return
  mkdir -p "$tools" || die "$tools cannot be written to." "Set XDG_CACHE_HOME to a folder that can."
  (
    if have flock; then flock 9; fi
    [ -e "$root/.complete" ] && exit 0
    say "building $name $version (once on this machine; about $minutes minutes)"
    CARGO_TARGET_DIR="$tools/build" RUSTFLAGS='' \
      CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_DEBUG=false CARGO_PROFILE_RELEASE_LTO=off \
      CARGO_PROFILE_RELEASE_CODEGEN_UNITS=256 CARGO_PROFILE_RELEASE_STRIP=debuginfo \
      quietly cargo install "$name" --version "$version" --root "$root" "$@" </dev/null
    touch "$root/.complete"
  ) 9>"$tools/.lock" || die "$name $version could not be built." "Try: cargo install $name --version $version"
}

# What the release build needs: compiler, Trunk, wasm-bindgen of the locked version, wasm-opt.
need_build_tools() {
  need_packages
  need_wasm_target
  local bindgen; bindgen=$(locked_version wasm-bindgen)
  # Its own lock file names a package version that crates.io no longer serves: no --locked.
  cargo_tool wasm-bindgen-cli "$bindgen" 2
  cargo_tool wasm_split_cli_support "$split_version" 1 --locked --features build-binary
  cargo_tool trunk "$trunk_version" 4 --locked --no-default-features
  if [ -d "$tools/build" ]; then
    ( if have flock; then flock 9; fi; rm -rf "$tools/build" ) 9>"$tools/.lock"
  fi
  export PATH="$tools/trunk-$trunk_version/bin:$tools/wasm-bindgen-cli-$bindgen/bin:$tools/wasm_split_cli_support-$split_version/bin:$PWD/node_modules/.bin:$PATH"
}

# Chrome or Chromium, and the driver of the same version.
need_browser() {
  local name
  CHROME=''
  for name in chromium google-chrome google-chrome-stable chrome chromium-browser; do
    if have "$name"; then CHROME=$(command -v "$name"); break; fi
  done
  if [ -z "$CHROME" ] || ! have chromedriver; then
    if [ -z "$CHROME" ] || [ "${CHROME##*/}" = chromium ]; then
      apt_install chromium chromium-driver ||
        die "The tests need Chromium and its driver." "On Debian, as root: apt-get install chromium chromium-driver"
      CHROME=$(command -v chromium)
    else
      die "The tests need the chromedriver of $CHROME's version." "See https://googlechromelabs.github.io/chrome-for-testing/"
    fi
  fi
  export CHROME
}

# dist/, as it is published.
build_release() {
  need_build_tools
  quietly for_wasm cargo fetch --locked --target "$wasm_target"
  for_wasm trunk build --color never
}
