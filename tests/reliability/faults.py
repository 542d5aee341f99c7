#!/usr/bin/env python3
"""Kills and errors at every system call of saving, drafting and recovering.

usage: faults.py save|editor|recover PROGRAM [LONGEST]

Needs strace. Writes only in a folder of its own.
LONGEST bounds how many calls of one name are tried (default: until none is hit).
"""
import fcntl
import os
import pty
import re
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time

HERE = os.path.dirname(os.path.abspath(__file__))
SAMPLE = os.path.join(HERE, "..", "..", "forms", "xiaoping-2026.toml")
ERRORS = ["ENOSPC", "EIO", "EROFS", "EACCES", "EDQUOT", "EMFILE", "EXDEV", "EBUSY", "EPERM", "EFBIG"]
SAVE_CALLS = ["openat", "read", "statx", "write", "fsync", "fchmod", "rename", "readlink", "close", "getdents64"]
EDITOR_CALLS = ["openat", "write", "fsync", "fdatasync", "rename", "unlink", "ftruncate", "flock", "mkdir", "lseek"]
EDITOR_CALLS += ["statx", "fchmod", "fchown", "chmod", "readlink", "getdents64", "close", "copy_file_range", "utimensat"]
TYPED = "47"


class Tally:
    def __init__(self):
        self.points, self.bad, self.old, self.new = 0, [], 0, 0

    def say(self, name):
        print(f"{name}: {self.points} points, {len(self.bad)} bad; file old {self.old}, new {self.new}")
        for what in self.bad[:20]:
            print("  bad:", what)


def traced(call, what, number):
    return ["strace", "-f", "-qq", "-o", "trace", "-e", f"trace={call}", "-e", f"inject={call}:{what}:when={number}"]


def hit(folder, what):
    with open(os.path.join(folder, "trace"), errors="replace") as trace:
        text = trace.read()
    return "killed by SIGKILL" in text if "KILL" in what else "INJECTED" in text


def points(calls, kinds, longest):
    """Yields (call, what, number); told by send() whether it was hit."""
    for call in calls:
        for what in kinds:
            for number in range(1, longest + 1):
                if not (yield call, what, number):
                    break


def every(calls, kinds, longest, run, name):
    tally, walk = Tally(), points(calls, kinds, longest)
    point = next(walk)
    try:
        while True:
            with tempfile.TemporaryDirectory() as folder:
                run(folder, *point, tally)
                was_hit = hit(folder, point[1])
            tally.points += was_hit
            point = walk.send(was_hit)
    except StopIteration:
        tally.say(name)
    return not tally.bad


def messy():
    with open(SAMPLE, encoding="utf-8") as sample:
        return sample.read().replace("schema = 1\n", "schema   =   1\n", 1).encode()


def save(program, longest):
    with tempfile.TemporaryDirectory() as folder:
        form = os.path.join(folder, "f.toml")
        open(form, "wb").write(messy())
        subprocess.run([program, "fmt", form], check=True, capture_output=True)
        wanted = open(form, "rb").read()
    assert wanted != messy()

    def run(folder, call, what, number, tally):
        form = os.path.join(folder, "f.toml")
        open(form, "wb").write(messy())
        done = subprocess.run(traced(call, what, number) + [program, "fmt", form], cwd=folder, capture_output=True)
        after = open(form, "rb").read() if os.path.exists(form) else b"missing"
        tally.old += after == messy()
        tally.new += after == wanted
        point = f"{call} {what} {number}"
        if after not in (messy(), wanted):
            tally.bad.append(point + ": torn")
        elif done.returncode == 0 and after != wanted:
            tally.bad.append(point + ": said saved")
        elif b"panicked" in done.stderr:
            tally.bad.append(point + ": panic")
        elif "KILL" not in what and [n for n in os.listdir(folder) if n.endswith(".tmp")] and call != "unlink":
            tally.bad.append(point + ": left a temporary file")

    kinds = ["signal=KILL"] + [f"error={error}" for error in ERRORS]
    return every(SAVE_CALLS, kinds, longest, run, "save")


class Editor:
    """The editor in a terminal, under strace."""

    def __init__(self, folder, command):
        self.screen = b""
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            size = struct.pack("HHHH", 24, 80, 0, 0)
            fcntl.ioctl(0, termios.TIOCSWINSZ, size)
            os.chdir(folder)
            env = {"JIXIAO_STATE": os.path.join(folder, "state"), "JIXIAO_AMBIGUOUS_WIDTH": "1"}
            os.environ.update(env, TERM="xterm-256color", COLUMNS="80", LINES="24")
            os.execvp(command[0], command)

    def until(self, words, patience):
        """Whether one of the words is written within so many seconds, before the program ends."""
        end = time.time() + patience
        while time.time() < end:
            if any(word in self.text() for word in words):
                return True
            ready, _, _ = select.select([self.terminal], [], [], 0.05)
            try:
                part = os.read(self.terminal, 65536) if ready else None
            except OSError:
                return False
            if part == b"":
                return False
            self.screen += part or b""
        return False

    def text(self):
        """What was written, without the moves of the cursor between its characters."""
        return re.sub(rb"\x1b\[[0-9;?]*[a-zA-Z]", b"", self.screen).decode(errors="replace")

    def press(self, keys):
        try:
            os.write(self.terminal, keys.encode())
        except OSError:
            pass

    def end(self):
        try:
            group = subprocess.run(["pgrep", "-P", str(self.pid)], capture_output=True, text=True).stdout.split()
            for pid in group + [str(self.pid)]:
                os.kill(int(pid), signal.SIGKILL)
        except ProcessLookupError:
            pass
        os.waitpid(self.pid, 0)
        os.close(self.terminal)


def drafts(folder, told):
    """What is in drafts; one that could not be read counts where it was told that it is kept."""
    kinds = (".draft", ".later", ".damaged") if "草稿有损坏" in told else (".draft", ".later")
    found = ""
    for root, _, names in os.walk(os.path.join(folder, "state")):
        for name in names:
            if name.endswith(kinds):
                found += open(os.path.join(root, name), encoding="utf-8", errors="replace").read()
    return found


def session(folder, program, tally, call=None, what=None, number=None, recovers=False):
    form = os.path.join(folder, "f.toml")
    trace = traced(call, what, number) if call else []
    editor = Editor(folder, trace + [program, form])
    started = editor.until(["党风廉政", "发现没有保存"], 5)
    if recovers and started:
        editor.press("\r")
        shown = editor.until(["恢复了"], 2)
    else:
        editor.press("\x1b[B" * 6 + "\r\t\t7")
        shown = started and editor.until(["已改1处"], 2)
    editor.press("\x13")
    saved = editor.until(["已保存到"], 2) if shown else False
    warned = any(word in editor.text() for word in ["草稿写不下", "草稿没有地方写", "草稿没有写完"])
    editor.end()
    text = open(form, encoding="utf-8").read() if os.path.exists(form) else ""
    is_new = f'value = "{TYPED}"' in text
    before = open(SAMPLE, encoding="utf-8").read()
    whole = text == before or text == before.replace('value = "4"', f'value = "{TYPED}"', 1)
    tally.old += text == before
    tally.new += is_new
    point = f"{call} {what} {number}"
    if not whole:
        tally.bad.append(point + ": torn")
    elif saved and not is_new:
        tally.bad.append(point + ": said saved")
    elif (shown or recovers) and not is_new and not warned and f'"{TYPED}"' not in drafts(folder, editor.text()):
        tally.bad.append(point + ": a shown key is lost")
    elif "panicked" in editor.text():
        tally.bad.append(point + ": panic")


def editor(program, longest, recovers=False):
    with tempfile.TemporaryDirectory() as crashed:
        shutil.copy(SAMPLE, os.path.join(crashed, "f.toml"))

        def run(folder, call, what, number, tally):
            shutil.copy(SAMPLE, os.path.join(folder, "f.toml"))
            if recovers:
                first = Editor(folder, [program, os.path.join(folder, "f.toml")])
                first.until(["党风廉政"], 5)
                first.press("\x1b[B" * 6 + "\r\t\t7")
                first.until(["已改1处"], 5)
                first.end()
            session(folder, program, tally, call, what, number, recovers)

        kinds = ["signal=KILL", "error=ENOSPC", "error=EIO"]
        return every(EDITOR_CALLS, kinds, longest, run, "recover" if recovers else "editor")


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    program, longest = os.path.abspath(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1000
    modes = {
        "save": lambda: save(program, longest),
        "editor": lambda: editor(program, longest),
        "recover": lambda: editor(program, longest, True),
    }
    start = time.time()
    good = modes[sys.argv[1]]()
    print(f"{time.time() - start:.0f} s")
    sys.exit(0 if good else 1)
