#!/usr/bin/env python3
"""Two windows that open one form at the same moment: one writes it, the other only looks; and a
window that is killed leaves the form free for the next at once.

usage: races.py PROGRAM [ROUNDS]
"""
import os
import shutil
import sys
import tempfile

from faults import SAMPLE, Editor

TAKEN = "正在另一个窗口"


def race(program, faults, number):
    with tempfile.TemporaryDirectory() as folder:
        form = os.path.join(folder, "f.toml")
        shutil.copy(SAMPLE, form)
        windows = [Editor(folder, [program, form]) for _ in range(2)]
        for window in windows:
            window.until(["F1帮助", TAKEN], 20)
        for window in windows:
            window.until([TAKEN], 0.3)
        taken = [TAKEN in window.text() for window in windows]
        if sorted(taken) != [False, True]:
            faults.append(f"round {number}: {taken.count(False)} windows may write")
        for window in windows:
            window.end()
        after = Editor(folder, [program, form])
        after.until(["F1帮助", TAKEN], 20)
        if after.until([TAKEN], 0.2):
            faults.append(f"round {number}: the form is not free after a kill")
        after.end()


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    rounds, faults = int(sys.argv[2]) if len(sys.argv) > 2 else 500, []
    for number in range(rounds):
        race(os.path.abspath(sys.argv[1]), faults, number)
    print(f"races: {rounds}, {len(faults)} bad")
    for fault in faults[:20]:
        print("  bad:", fault)
    sys.exit(1 if faults else 0)
