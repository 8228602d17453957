#!/usr/bin/env python3
"""Reading of feeds on one core, whole model, beside libxml2's bare SAX pass (no handler at all) over the same files."""

import argparse
import ctypes
import ctypes.util
import os
import shutil
import subprocess
import sys
import tempfile
import time

from feeds import write_feeds


def libxml2_rate(paths, seconds):
    """Bytes a second of processor time, fastest round; None where there is no libxml2."""
    name = ctypes.util.find_library("xml2")
    if not name:
        return None
    library = ctypes.CDLL(name)
    parse = library.xmlSAXUserParseMemory
    parse.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
    # struct _xmlSAXHandler: 32 words, all callbacks NULL.
    handler = ctypes.create_string_buffer(256)
    documents = []
    for path in paths:
        with open(path, "rb") as file:
            documents.append(file.read())
    best, end = float("inf"), time.thread_time() + seconds
    while time.thread_time() < end:
        start = time.thread_time()
        for document in documents:
            parse(handler, None, document, len(document))
        best = min(best, time.thread_time() - start)
    return sum(map(len, documents)) / best


def compare(binary, paths, label, seconds):
    output = subprocess.run(["taskset", "-c", "0", binary, str(seconds), *paths], check=True, capture_output=True, text=True)
    size, items, best = output.stdout.split()
    rate = int(size) / float(best)
    line = f"{label}: {len(paths)} feeds, {int(size) / 1e6:.0f} MB, {int(items):,} items: {rate / 1e6:.0f} MB/s on one core"
    peer = libxml2_rate(paths, seconds)
    print(line + (f"; libxml2's SAX pass without handlers {peer / 1e6:.0f} MB/s, ours is {rate / peer:.2f} of it" if peer
                  else "; no libxml2 to compare with"))
    return rate


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parser", required=True, help="the built wirewatch-bench-parsing")
    parser.add_argument("--given", metavar="DIR", action="append", default=[], help="further feeds, *.xml of a folder")
    parser.add_argument("--seconds", type=float, default=4)
    arguments = parser.parse_args()
    if not os.path.exists(arguments.parser):
        sys.exit(f"{arguments.parser} is not built")
    os.sched_setaffinity(0, {0})
    folder = tempfile.mkdtemp(prefix="wirewatch-parsing-")
    try:
        for size in (102_000, 42_000):
            home = os.path.join(folder, str(size))
            write_feeds(home, 200, size)
            paths = sorted(entry.path for entry in os.scandir(home))
            for kind, chosen in (("all", paths), ("RSS", [p for n, p in enumerate(paths) if n % 20 < 16]),
                                 ("Atom", [p for n, p in enumerate(paths) if 16 <= n % 20 < 19])):
                compare(arguments.parser, chosen, f"generated feeds of {size // 1000} KB, {kind}", arguments.seconds)
    finally:
        shutil.rmtree(folder)
    for given in arguments.given:
        paths = sorted(entry.path for entry in os.scandir(given) if entry.name.endswith(".xml"))
        compare(arguments.parser, paths, given, arguments.seconds)


if __name__ == "__main__":
    main()
