#!/usr/bin/env bash
# Fuzzes one reader: run.sh form|draft|text|rule [SECONDS]. Needs a nightly toolchain and cargo-fuzz.
set -euo pipefail
cd "$(dirname "$0")/.."
target=$1
seconds=${2:-600}
corpus=fuzz/corpus/$target
mkdir -p "$corpus"
case $target in
form) cp forms/*.toml "$corpus" ;;
draft)
    # A head and edits without their checksums, which the target puts in.
    printf '%s\n' '{"head":{"form":"schema = 1\nyear = 2026\n[[indicator]]\nname = \"巡查\"\n"}}' \
        '{"edit":{"set":{"row":0,"table":"indicator","field":"value","text":"48"}}}' \
        '{"edit":{"move":{"from":0,"to":0}}}' '{"edit":{"remove":{"at":0}}}' >"$corpus/edits"
    ;;
text)
    for form in forms/*.toml; do
        for kind in txt csv; do
            cargo run -q --release -- export "$form" -o "$corpus/$(basename "$form").$kind" --force
        done
    done
    ;;
rule) sed -n 's/^例：//p' assets/manual/rules.md | while read -r line; do
    printf '%s\n48\n50' "$line" >"$corpus/$(echo "$line" | cksum | cut -d' ' -f1)"
done ;;
esac
exec cargo +nightly fuzz run "$target" -- -max_total_time="$seconds" -max_len=20000 -timeout=5 -rss_limit_mb=2048 \
    -dict=fuzz/words.dict
