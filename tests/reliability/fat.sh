#!/usr/bin/env bash
# Saves a form on a FAT image a hundred times, kills half of the saves, and reads it each time.
# usage: fat.sh PROGRAM. Needs root, mkfs.vfat, and vfat in the kernel or fusefat.
set -euo pipefail
program=$(realpath "$1")
sample=$(realpath "$(dirname "$0")/../../forms/xiaoping-2026.toml")
work=$(mktemp -d)
mkdir "$work/disk"
trap 'umount "$work/disk" 2>/dev/null || true; rm -rf "$work"' EXIT
truncate -s 8M "$work/image"
mkfs.vfat "$work/image" >/dev/null
mount -t vfat -o loop "$work/image" "$work/disk" 2>/dev/null ||
    fusefat -o rw+ "$work/image" "$work/disk" >/dev/null
form=$work/disk/F.TOML
sed 's/^schema = 1/schema   =   1/' "$sample" >"$work/messy"
cp "$work/messy" "$work/neat.toml"
"$program" fmt "$work/neat.toml" >/dev/null
old=0 new=0 bad=0
for round in $(seq 100); do
    rm -f "$form" && cp "$work/messy" "$form"
    "$program" fmt "$form" >/dev/null 2>&1 &
    if ((round % 2)); then
        sleep "0.0$(printf %02d $((round % 30)))"
        kill -9 $! 2>/dev/null || true
    fi
    wait $! 2>/dev/null || true
    if cmp -s "$form" "$work/messy"; then old=$((old + 1))
    elif cmp -s "$form" "$work/neat.toml"; then new=$((new + 1))
    else bad=$((bad + 1)); fi
done
echo "fat: 100 saves, half of them killed: file old $old, new $new, torn or missing $bad"
((bad == 0))
