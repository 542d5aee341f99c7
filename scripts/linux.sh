#!/usr/bin/env bash
# Builds jixiao for Linux of any age: one static file, no C library of the system needed.
set -euo pipefail
cd "$(dirname "$0")/.."
target=$(rustc -vV | sed -n 's/^host: //p')
JIXIAO_VERSION="$(sed -n 's/^version = "\(.*\)"/\1/p;T;q' Cargo.toml) ($(git rev-parse --short HEAD))"
# A release aborts on a panic, so that tables for unwinding are ballast; packed relocations save more.
flags="-C target-feature=+crt-static -C force-unwind-tables=no"
flags="$flags -C link-arg=-Wl,-z,pack-relative-relocs -C link-arg=-Wl,-T,scripts/no-unwind.ld"
export JIXIAO_VERSION RUSTFLAGS=$flags
cargo build --release --locked --target "$target"
mkdir -p dist
cp "target/$target/release/jixiao" "dist/jixiao-$target"
cd dist
sha256sum "jixiao-$target" | tee "jixiao-$target.sha256"
