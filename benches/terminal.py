#!/usr/bin/env python3
"""Figures of the editor in a terminal, beside those of other programs in the same run.

    benches/terminal.py                      the table at 17 rows, against floor and the others
    benches/terminal.py --growth             the same keys at 17, 1,000, 10,000 and 100,000 rows
    benches/terminal.py --only jixiao,floor --rounds 9

Every program runs in a pseudo-terminal of 120x40 of its own and is sent the same keys, one program
after the other key by key, so that whatever else the machine does meets all alike; ratios are taken
key by key. A key's time ends with the last byte of the reaction; the pause that shows it was the last
does not count. Programs that are not installed are left out. Linux, Python 3.11, nothing else.
"""

import argparse
import fcntl
import os
import pathlib
import re
import select
import shutil
import signal
import statistics
import struct
import subprocess
import tempfile
import termios
import time
import tomllib
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parent.parent
COLUMNS, ROWS = 120, 40
GAP = 0.012  # seconds without a byte that end a reaction
QUICK = ("down", "type", "commit", "undo")
SILENT = 0.4  # seconds that are waited for a first byte
UP, DOWN, ENTER, ESC, UNDO = b"\x1b[A", b"\x1b[B", b"\r", b"\x1b", b"\x1a"
QUERY = re.compile(rb"\x1b\[(\??)([\d;]*)([cnu])|\x1b\[(\d+);(\d+)H|\x1b\[[0-?]*[ -/]*[@-~]|\x1b[()][0-~]")


class Program:
    """How a program is started and which keys do what in it."""

    def __init__(self, name, argv, begin=b"", char=b"a", commit=ENTER, undo=UNDO, end=b"", quit=b"\x11", setup=()):
        self.name, self.argv, self.setup, self.quit = name, argv, setup, quit
        # To begin typing, a character, to commit, to take back, to be where it began.
        self.begin, self.char, self.commit, self.undo, self.end = begin, char, commit, undo, end


def programs(release):
    """The editor, the floor, and the peers that are installed."""
    down = [DOWN] * 8
    known = [
        Program("jixiao", [str(release / "jixiao"), "--large", "{form}"], begin=ENTER, end=ESC, setup=down),
        Program("floor", [str(release / "examples/floor"), "{table}"], end=UNDO * 2 + UP, setup=down),
        Program("nano", ["nano", "{form}"], undo=b"\x1bu", end=b"\x1bu", quit=b"\x18n", setup=down),
        Program("vim", ["vim", "-u", "NONE", "-N", "{form}"], b"i", commit=ESC, undo=b"u", quit=b":q!\r", setup=down),
        Program("kakoune", ["kak", "-n", "{form}"], b"i", commit=ESC, undo=b"u", quit=b":q!\r", setup=down),
        Program("micro", ["micro", "{form}"], end=UNDO * 3, quit=b"\x11n", setup=down),
        Program("helix", ["hx", "{form}"], b"i", commit=ESC, undo=b"u", quit=b":q!\r", setup=down),
        Program("sc-im", ["sc-im", "--quit_afterload=0", "{table}"], b"=", undo=b"u", quit=b":q!\r", setup=down),
        Program("VisiData", ["vd", "{table}"], b"e", undo=b"U", quit=b"gq", setup=down),
    ]
    return [program for program in known if shutil.which(program.argv[0])]


class Session:
    """One run of a program; plays the terminal."""

    def __init__(self, program, files, home):
        self.program, self.bytes, self.row, self.column = program, 0, 1, 1
        self.folder = tempfile.mkdtemp(prefix="bench-")
        copies = {kind: shutil.copy(path, self.folder) for kind, path in files.items()}
        argv = [part.format(**copies) for part in program.argv]
        master, slave = os.openpty()
        fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        env = {"PATH": os.environ["PATH"], "HOME": home, "TERM": "xterm-256color", "LANG": "C.UTF-8"}
        env["XDG_STATE_HOME"] = self.folder
        tty = os.ttyname(slave)
        os.set_blocking(master, False)
        self.master, self.begun = master, time.perf_counter()
        opened = [(os.POSIX_SPAWN_OPEN, 0, tty, os.O_RDWR, 0), (os.POSIX_SPAWN_DUP2, 0, 1), (os.POSIX_SPAWN_DUP2, 0, 2)]
        self.pid = os.posix_spawnp(argv[0], argv, env, setsid=True, file_actions=opened)
        os.close(slave)

    def read(self, patience):
        """What comes within a time; answers questions about the cursor and the terminal."""
        if not select.select([self.master], [], [], patience)[0]:
            return b""
        try:
            data = os.read(self.master, 1 << 20)
        except OSError:
            return b""
        if b"\x1b" in data and re.search(rb"\x1b\[\??[\d;]*[cnu]", data):
            self.answer(data)
        return data

    def answer(self, data):
        at = 0
        for found in QUERY.finditer(data):
            for c in data[at : found.start()].decode("utf-8", "ignore"):
                self.column += 2 if unicodedata.east_asian_width(c) in "WF" else c >= " "
            at = found.end()
            if found[4]:
                self.row, self.column = int(found[4]), int(found[5])
            elif found[3] == b"n" and found[2] == b"6":
                os.write(self.master, b"\x1b[%d;%dR" % (self.row, self.column))
            elif found[3] == b"c" and not found[1]:
                os.write(self.master, b"\x1b[?62;22c")

    def settle(self, since, gap, silent):
        """Seconds to the last byte of a reaction; none where nothing came."""
        last, count = None, 0
        while data := self.read(gap if last else silent):
            last, count = time.perf_counter(), count + len(data)
        self.bytes = count
        return last and last - since

    def start(self):
        return self.settle(self.begun, 0.15, 60)

    def send(self, keys, gap=GAP):
        since = time.perf_counter()
        while keys:
            try:
                keys = keys[os.write(self.master, keys) :]
            except BlockingIOError:
                self.read(0.001)
        return self.settle(since, gap, SILENT)

    def status(self, folder, name):
        text = pathlib.Path(f"/proc/{self.pid}/{folder}").read_text()
        return int(re.search(rf"^{name}:\s+(\d+)", text, re.M)[1])

    def wakeups(self):
        tasks = os.listdir(f"/proc/{self.pid}/task")
        return sum(self.status(f"task/{task}/status", "voluntary_ctxt_switches") for task in tasks)

    def close(self):
        self.send(ESC, 0.05)
        self.send(self.program.quit, 0.05)
        end = time.perf_counter() + 0.5
        while time.perf_counter() < end and not os.waitpid(self.pid, os.WNOHANG)[0]:
            self.read(0.02)
        else:
            if time.perf_counter() >= end:
                os.kill(self.pid, signal.SIGKILL)
                os.waitpid(self.pid, 0)
        os.close(self.master)
        shutil.rmtree(self.folder, ignore_errors=True)


def files(folder, rows):
    """A form of so many rows, as TOML and as CSV: the clean sample repeated under other names."""
    sample = (ROOT / "forms/clean-2026.toml").read_text()
    head, *parts = re.split(r"(?=^\[\[indicator\]\]$)", sample, flags=re.M)
    parts[-1], foot = parts[-1].split("\n[sign_off]", 1)
    form, table = [head], ["一级,二级,三级,类型,值,单位,解释,标准,备注"]
    for at in range(rows):
        name = f"\\1（{at + 1}）" if rows > len(parts) else "\\1"
        part = re.sub(r'(?<=^name = ")([^"]*)', name, parts[at * len(parts) // rows], flags=re.M).rstrip() + "\n\n"
        form.append(part)
        row = tomllib.loads(part)["indicator"][0]
        keys = ("level1", "level2", "name", "operator", "value", "unit", "explanation", "rule", "remark")
        table.append(",".join(row.get(key, "").replace(",", "，") for key in keys))
    paths = {"form": folder / f"form{rows}.toml", "table": folder / f"table{rows}.csv"}
    paths["form"].write_text("".join(form) + "[sign_off]" + foot)
    paths["table"].write_text("\n".join(table) + "\n")
    return paths


def in_turn(sessions, turn):
    """The sessions in an order that changes with each turn."""
    return sessions[::-1] if turn % 2 else sessions


def starts(programs, paths, home, count, figures):
    for turn in range(count + 1):
        for program in in_turn(programs, turn):
            session = Session(program, paths, home)
            taken = session.start()
            session.close()
            if turn:  # the first start finds nothing in memory
                figures[program.name].setdefault("start", []).append(taken)


def keys_of_a_round(program, pairs):
    """A round: what is pressed, and the figure it counts for; the same length for every program."""
    begin = [(key, None) for key in program.setup]
    steps = begin + ([(DOWN, "down")] * 12 + [(UP, "down")] * 12) * 2
    steps += [(DOWN * 96, "burst"), (UP * 96, None)] + begin
    for _ in range(pairs):
        steps += [(program.begin, None), *((program.char, "type"),) * 3]
        steps += [(program.commit, "commit"), (program.undo, "undo"), (program.end, None)]
    return steps


def rounds(programs, paths, home, count, figures, idle):
    for turn in range(count):
        sessions = [Session(program, paths, home) for program in programs]
        for session in sessions:
            session.start()
        if not turn and idle:
            rest(sessions, idle, figures)
        scripts = [keys_of_a_round(session.program, 8) for session in sessions]
        for step in range(len(scripts[0])):
            for at in in_turn(range(len(sessions)), step):
                session, (keys, name) = sessions[at], scripts[at][step]
                taken = session.send(keys, GAP if name in QUICK else 0.03) if keys else None
                if name:
                    figures[session.program.name].setdefault(name, []).append(taken)
                if name == "down":
                    figures[session.program.name].setdefault("bytes", []).append(session.bytes)
        for session in sessions:
            own = figures[session.program.name]
            own["memory"] = max(own.get("memory", 0), session.status("status", "VmHWM") / 1024)
            session.close()


def rest(sessions, seconds, figures):
    """Wake-ups and bytes a second while nobody types."""
    time.sleep(2)
    for session in sessions:
        while session.read(0):
            pass
    before = [session.wakeups() for session in sessions]
    time.sleep(seconds)
    for session, woken in zip(sessions, before):
        own = figures[session.program.name]
        own["idle"] = ((session.wakeups() - woken) / seconds, len(session.read(0)) / seconds)


def quantile(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def ratio(own, other):
    """The median of the ratios key by key."""
    pairs = [a / b for a, b in zip(own or [], other or []) if a and b]
    return f"{statistics.median(pairs):.2f}" if pairs else "–"


def shown(values):
    values = [value * 1e3 for value in values or [] if value]
    if not values:
        return "–"
    return f"{statistics.median(values):.2f} / {quantile(values, 0.99):.1f}"


def table(figures):
    names = ["start", "down", "type", "commit", "undo", "burst"]
    print("ms, p50 / p99; then the median ratio of jixiao to the program, key by key\n")
    print("| program | " + " | ".join(names) + " | bytes a Down | peak MB | idle: wake-ups, bytes a second |")
    print("|---" * (len(names) + 4) + "|")
    ours = figures.get("jixiao", {})
    for name, own in figures.items():
        cells = [shown(own.get(key)) + f" ({ratio(ours.get(key), own.get(key))} ×)" for key in names]
        woken, sent = own.get("idle", (0, 0))
        tail = [f"{statistics.median(own['bytes']):.0f}", f"{own['memory']:.1f}", f"{woken:.1f}, {sent:.0f}"]
        print(f"| {name} | " + " | ".join(cells + tail) + " |")
    print()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--growth", action="store_true", help="several sizes instead of several programs")
    parser.add_argument("--sizes", default="17,1000,10000,100000", help="rows, for --growth")
    parser.add_argument("--only", help="names of programs, with commas")
    parser.add_argument("--starts", type=int, default=15)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--idle", type=int, default=5, help="seconds")
    parser.add_argument("--no-build", action="store_true")
    options = parser.parse_args()
    if not options.no_build:
        subprocess.run(["cargo", "build", "--release", "--bins", "--examples"], cwd=ROOT, check=True)
    target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    only = options.only.split(",") if options.only else ["jixiao", "floor"] if options.growth else None
    measured = [program for program in programs(target / "release") if not only or program.name in only]
    with tempfile.TemporaryDirectory() as folder:
        home = os.path.join(folder, "home")
        os.mkdir(home)
        for rows in map(int, options.sizes.split(",") if options.growth else ["17"]):
            figures = {program.name: {} for program in measured}
            paths = files(pathlib.Path(folder), rows)
            starts(measured, paths, home, options.starts, figures)
            rounds(measured, paths, home, options.rounds, figures, options.idle)
            print(f"{rows} rows, {COLUMNS}x{ROWS}")
            table(figures)


if __name__ == "__main__":
    main()
