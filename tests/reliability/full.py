#!/usr/bin/env python3
"""Disks that are full and get room again: that of the drafts, that of the form, both.

usage: full.py PROGRAM     (root, for small disks in memory)
"""
import os
import shutil
import subprocess
import sys
import tempfile

from faults import SAMPLE, Editor, drafts


def fill(disk):
    """Takes all room, to the last byte."""
    with open(os.path.join(disk, "filler"), "wb", buffering=0) as filler:
        try:
            while filler.write(bytes(4096)):
                pass
        except OSError:
            pass


def value(form):
    text, sample = open(form, encoding="utf-8").read(), open(SAMPLE, encoding="utf-8").read()
    for count in range(9):
        if text == sample.replace('value = "4"', 'value = "4' + "7" * count + '"', 1):
            return count
    return None


def play(program, full):
    """Types and saves while disks are full, and after they have room; answers what went wrong."""
    faults = []
    with tempfile.TemporaryDirectory() as folder:
        disks = {name: os.path.join(folder, name) for name in ["state", "form"]}
        for disk in disks.values():
            os.mkdir(disk)
            subprocess.run(["mount", "-t", "tmpfs", "-o", "size=160k", "tmpfs", disk], check=True)
        try:
            form = os.path.join(disks["form"], "f.toml")
            shutil.copy(SAMPLE, form)
            editor = Editor(folder, [program, form])
            editor.until(["党风廉政"], 20)
            editor.press("\x1b[B" * 6 + "\r\t\t")
            editor.until(["指标值"], 5)
            for name in full:
                fill(disks[name])
            editor.press("7")
            if "state" in full and not editor.until(["草稿写不下", "草稿没有写完"], 10):
                faults.append("a draft that has no room is not told")
            if "form" in full:
                editor.press("\x13")
                if not editor.until(["磁盘已满"], 10):
                    faults.append("a save that has no room is not told")
                editor.press("\x1b")
                editor.until(["\0"], 0.5)
            if value(form) != 0:
                faults.append("the form was touched")
            for name in full:
                os.remove(os.path.join(disks[name], "filler"))
            editor.press("7")
            editor.until(["\0"], 1.5)
            if '"477"' not in drafts(folder, editor.text()):
                faults.append("the draft does not go on when there is room")
            editor.press("\x13")
            if not editor.until(["已保存到"], 10) or value(form) != 2:
                faults.append("a save does not work when there is room")
            editor.end()
        finally:
            for disk in disks.values():
                subprocess.run(["umount", disk], check=False)
    return faults


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    found = False
    for full in [["state"], ["form"], ["state", "form"]]:
        faults = play(os.path.abspath(sys.argv[1]), full)
        print(f"full: {' and '.join(full)}: {'; '.join(faults) or 'told, and works on when there is room'}")
        found |= bool(faults)
    sys.exit(1 if found else 0)
