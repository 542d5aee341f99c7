#!/usr/bin/env bash
# Builds jixiao.exe for Windows 10 and later on Debian or Ubuntu. Needs
#   apt install rustc-web cargo-web rust-web-src gcc-mingw-w64-x86-64-win32
# The standard library is built along, so compiler and its sources must be of one version: those of
# the distribution, not those of rustup. `scripts/windows.sh x86_64-win7-windows-gnu` builds for
# Windows 7.
set -euo pipefail
cd "$(dirname "$0")/.."
target=${1:-x86_64-pc-windows-gnu}
linker=CARGO_TARGET_$(tr a-z- A-Z_ <<<"$target")_LINKER
JIXIAO_VERSION="$(sed -n 's/^version = "\(.*\)"/\1/p;T;q' Cargo.toml) ($(git rev-parse --short HEAD))"
export JIXIAO_VERSION RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1
export "$linker=x86_64-w64-mingw32-gcc"
/usr/bin/cargo build --release --locked -Zbuild-std=std,panic_abort,panic_unwind --target "$target"
mkdir -p dist
cp "target/$target/release/jixiao.exe" "dist/jixiao-$target.exe"
cd dist
sha256sum "jixiao-$target.exe" | tee "jixiao-$target.exe.sha256"
