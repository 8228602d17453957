#!/usr/bin/env python3
"""Finds out which functions a daemon runs that polls feeds, for the linker to put them side by side.

The daemon's code is 16 MB; what polls, reads and writes is a tenth of it. Linked in the order of the list that this
program writes (lld's --symbol-ordering-file), a daemon keeps that tenth in memory, not the neighbours of each function too.

Valgrind's callgrind tells the functions: of a run without feeds, which starts and ends, and of runs in which all feeds are
new, unchanged, and gone. Names that a later build does not have do no harm, new ones stay where they are linked today:
record anew when bench-fetch shows more memory than its notes do.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

from feeds import write_feeds
from fetch import Nginx, configure

FEEDS = 60


def called(trace, program):
    """The functions of the program in callgrind's output: its names are numbers after their first occurrence."""
    names, objects, found, current = {}, {}, set(), ""
    for line in open(trace, encoding="utf-8", errors="replace"):
        entry = re.match(r"c?(fn|ob)=\((\d+)\)(?: (.*))?$", line.rstrip("\n"))
        if not entry:
            continue
        kind, number, name = entry.groups()
        known = names if kind == "fn" else objects
        if name:
            # Callgrind numbers the levels of a recursion.
            known[number] = re.sub(r"'\d+$", "", name)
        if line.startswith("ob="):
            current = objects[number]
        elif line.startswith("fn=") and current.endswith(program):
            found.add(names[number])
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wirewatch", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--port", type=int, default=18_890)
    arguments = parser.parse_args()
    program = os.path.abspath(arguments.wirewatch)
    for tool in ("valgrind", "nginx"):
        if not shutil.which(tool):
            sys.exit(f"{tool} is needed: apt-get install {tool}")
    folder = tempfile.mkdtemp(prefix="wirewatch-functions-")
    # nginx may drop its privileges, and must still reach the feeds.
    os.chmod(folder, 0o755)
    root = os.path.join(folder, "feeds")
    write_feeds(root, FEEDS, 42_000)
    for name in os.listdir(root):
        os.chmod(os.path.join(root, name), 0o644)

    def record(home, allowed=(0,)):
        trace = os.path.join(folder, "trace")
        run = subprocess.run(
            ["valgrind", "-q", "--tool=callgrind", "--demangle=no", f"--callgrind-out-file={trace}", program, "run", "--once",
             "--config", os.path.join(home, "config.yaml")], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
        if run.returncode not in allowed:
            sys.exit(f"status {run.returncode}: {run.stderr.decode()[:2000]}")
        return called(trace, os.path.basename(program))

    nginx = Nginx(folder, root, arguments.port)
    try:
        homes = [os.path.join(folder, name) for name in ("none", "all")]
        for home, count in zip(homes, (0, FEEDS)):
            os.mkdir(home)
            configure(home, arguments.port, count, FEEDS, "1s")
        with open(os.path.join(homes[0], "config.yaml"), "a", encoding="utf-8") as file:
            file.write("  - {name: none, type: files, path: nowhere}\n")
        os.mkdir(os.path.join(homes[0], "nowhere"))
        around = record(homes[0])
        polling = set()
        for change in (lambda: None, lambda: None, lambda: shutil.rmtree(root)):
            change()
            # 75: no feed could be had.
            polling |= record(homes[1], allowed=(0, 75))
            # The feeds ask for an hour, max_every allows them a second.
            time.sleep(1.2)
    finally:
        nginx.stop()
        shutil.rmtree(folder)
    listed = subprocess.run(["nm", "--defined-only", program], capture_output=True, text=True, check=True).stdout
    defined = {words[2] for words in map(str.split, listed.splitlines()) if len(words) == 3 and words[1] in "tTwW"}
    # What starting and ending take beside the polls comes last.
    groups = [(polling - around) & defined, around & polling & defined, (around - polling) & defined]
    with open(arguments.out, "w", encoding="utf-8") as file:
        file.write("".join(name + "\n" for group in groups for name in sorted(group)))
    print(f"{arguments.out}: {len(groups[0]):,} functions of polls, {len(groups[1]):,} of all runs, {len(groups[2]):,} of starting")


if __name__ == "__main__":
    main()
