#!/usr/bin/env python3
"""Power cuts while the editor types, drafts and saves, on ext4 and ext2.

usage: power.py PROGRAM [POINTS] [SEED]

The file system stands on a loop device over a file whose every write and flush is noted. A power cut
keeps what was flushed; of what was written after the last flush each block of 512 bytes is there or
not, as chance has it, all of it, or none. Then come fsck and the program itself, which must find the
form whole, every save that it said was done, and every key that was typed more than a second before;
while a save is under way, a second before it began: the save itself brings the keys to the disk.

Needs root, /dev/fuse, loop devices, e2fsprogs, and the Python module fusepy.
"""
import errno
import os
import random
import re
import shutil
import stat
import struct
import subprocess
import sys
import tempfile
import time

from faults import SAMPLE, Editor

SIZE = 16 << 20
SECTOR = 512
HEAD = struct.Struct("<dqq")  # time, offset (-1: a flush), length
SECOND = 1.0


def serve(image, log, mountpoint):
    """A file system of one file, noting what becomes of it. Does not return."""
    try:
        import fusepy as fuse
    except ImportError:
        import fuse

    class Disk(fuse.Operations):
        def __init__(self):
            self.data = bytearray(open(image, "rb").read())
            self.log = open(log, "ab", buffering=0)

        def getattr(self, path, handle=None):
            if path == "/":
                return {"st_mode": stat.S_IFDIR | 0o700, "st_nlink": 2}
            if path == "/disk":
                return {"st_mode": stat.S_IFREG | 0o600, "st_nlink": 1, "st_size": SIZE}
            raise fuse.FuseOSError(errno.ENOENT)

        def readdir(self, path, handle):
            return [".", "..", "disk"]

        def read(self, path, size, offset, handle):
            return bytes(self.data[offset:offset + size])

        def write(self, path, data, offset, handle):
            self.data[offset:offset + len(data)] = data
            self.log.write(HEAD.pack(time.time(), offset, len(data)) + data)
            return len(data)

        def fsync(self, path, datasync, handle):
            self.log.write(HEAD.pack(time.time(), -1, 0))
            return 0

    fuse.FUSE(Disk(), mountpoint, foreground=True, nothreads=True, direct_io=True, big_writes=True)


def entries(log):
    found = []
    with open(log, "rb") as file:
        while head := file.read(HEAD.size):
            at, offset, length = HEAD.unpack(head)
            found.append((at, offset, file.read(length)))
    return found


class Session:
    """What was typed and saved, and when."""

    def __init__(self):
        self.keys, self.saves, self.begun = [], [(0.0, 0)], []

    def due(self, now):
        """The time up to which keys must be on the disk."""
        under_way = [begun for begun, (done, _) in zip(self.begun, self.saves[1:]) if begun <= now <= done]
        return min(under_way + [now]) - SECOND

    def value(self, count):
        return "4" + "".join(key for _, key in self.keys[:count])

    def play(self, program, disk, chance):
        editor = Editor(disk, [program, os.path.join(disk, "f.toml")])
        assert editor.until(["党风廉政"], 20), editor.text()
        editor.press("\x1b[B" * 6 + "\r\t\t")
        editor.until(["指标值"], 5)
        for _ in range(14):
            for _ in range(chance.randint(2, 5)):
                key = str(len(self.keys) % 10)
                self.keys.append((time.time(), key))
                editor.press(key)
                editor.until(["\0"], chance.choice([0.02, 0.1, 0.3]))
            if chance.random() < 0.4:
                editor.until(["\0"], 0.8)
            if chance.random() < 0.6:
                editor.screen = b""
                self.begun.append(time.time())
                editor.press("\x13")
                assert editor.until(["已保存到"], 20), editor.text()
                self.saves.append((time.time(), len(self.keys)))
        editor.until(["\0"], 1.2)
        editor.end()


def mounted(image, disk, work):
    subprocess.run(["mount", "-o", "loop", image, disk], check=True)
    try:
        return work()
    finally:
        subprocess.run(["umount", disk], check=True)


def record(kind, program, folder, chance):
    """The disk before a session, what was done to it, and the session."""
    image, log, fuse, disk = (os.path.join(folder, name) for name in ["image", "log", "fuse", "disk"])
    os.mkdir(fuse)
    os.mkdir(disk)
    with open(image, "wb") as file:
        file.truncate(SIZE)
    subprocess.run([f"mkfs.{kind}", "-q", image], check=True)
    mounted(image, disk, lambda: shutil.copy(SAMPLE, os.path.join(disk, "f.toml")))
    session = Session()
    daemon = os.fork()
    if daemon == 0:
        serve(image, log, fuse)
        os._exit(0)
    while not os.path.exists(os.path.join(fuse, "disk")):
        time.sleep(0.05)
    mounted(os.path.join(fuse, "disk"), disk, lambda: session.play(program, disk, chance))
    subprocess.run(["umount", fuse], check=True)
    os.waitpid(daemon, 0)
    return bytearray(open(image, "rb").read()), entries(log), session


def after_cut(durable, waiting, chance):
    """The disk after a cut: of the writes that wait, all, none or some of the blocks."""
    disk, how = bytearray(durable), chance.choice(["all", "none", "some", "some", "some"])
    for _, offset, data in waiting:
        for start in range(0, len(data), SECTOR):
            if how == "all" or how == "some" and chance.random() < 0.5:
                part = data[start:start + SECTOR]
                disk[offset + start:offset + start + len(part)] = part
    return disk


def count_in(form, session):
    """How many keys the form holds; None where it is not whole."""
    text = open(form, encoding="utf-8").read() if os.path.exists(form) else ""
    sample = open(SAMPLE, encoding="utf-8").read()
    found = re.search(r'value = "4(\d*)"', text)
    count = len(found.group(1)) if found else 0
    return count if text == sample.replace('value = "4"', f'value = "{session.value(count)}"', 1) else None


def recovered(program, disk, session):
    """What the form holds at first, and after the program has offered what it has."""
    form = os.path.join(disk, "f.toml")
    first = count_in(form, session)
    if first is None:
        return None, None
    editor = Editor(disk, [program, form])
    editor.until(["党风廉政", "发现没有保存"], 20)
    if "发现没有保存" in editor.text():
        editor.press("\r")
        editor.until(["恢复了"], 20)
        editor.press("\x13")
        editor.until(["已保存到"], 20)
    editor.end()
    return first, count_in(form, session)


def cuts(kind, program, points, chance):
    with tempfile.TemporaryDirectory() as folder:
        durable, log, session = record(kind, program, folder, chance)
        copy, disk = os.path.join(folder, "copy"), os.path.join(folder, "disk")
        done, bad, oldest, offered, waiting_at = 0, [], 0.0, 0, 0
        chosen = sorted(chance.choices(range(1, len(log) + 1), k=points))
        for point in chosen:
            flushes = [at for at in range(done, point) if log[at][1] == -1]
            if flushes:
                for _, offset, data in log[done:flushes[-1]]:
                    if offset >= 0:
                        durable[offset:offset + len(data)] = data
                done = flushes[-1] + 1
            waiting = log[done:point]
            waiting_at += bool(waiting)
            open(copy, "wb").write(after_cut(durable, waiting, chance))
            subprocess.run(["e2fsck", "-fy", copy], capture_output=True)
            now = log[point - 1][0]
            saved = max(count for at, count in session.saves if at <= now)
            typed = sum(at <= session.due(now) for at, _ in session.keys)
            try:
                first, last = mounted(copy, disk, lambda: recovered(program, disk, session))
            except subprocess.CalledProcessError:
                bad.append(f"{point}: cannot be mounted")
                continue
            if first is None or last is None:
                bad.append(f"{point}: torn")
                continue
            offered += last > first
            if first < saved:
                bad.append(f"{point}: {saved} keys were saved, {first} are there")
            if last < max(typed, first):
                bad.append(f"{point}: {typed} keys were typed, {first} in the file, {last} are there")
            if last < len(session.keys) and session.keys[last][0] < now:
                oldest = max(oldest, now - session.keys[last][0])
        print(
            f"{kind}: {len(log)} writes and flushes, {len(session.keys)} keys, {len(session.saves) - 1} saves; "
            f"{points} cuts, {waiting_at} with writes not flushed, {len(bad)} bad; "
            f"{offered} drafts restored; the oldest key lost was {oldest:.2f} s old"
        )
        for what in bad[:20]:
            print("  bad:", what)
        return not bad


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    program = os.path.abspath(sys.argv[1])
    points = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else random.randrange(1 << 32)
    print("seed", seed)
    start = time.time()
    good = [cuts(kind, program, points, random.Random(f"{seed}{kind}")) for kind in ["ext4", "ext2"]]
    print(f"{time.time() - start:.0f} s")
    sys.exit(0 if all(good) else 1)
