#!/usr/bin/env python3
"""markup.py --wirewatch BIN [--pages DIR] [--repeat N] [--hostile MB]

Measures the HTML parser: decoding and parsing of pages to a tree, on one core, beside libgumbo and libxml2 in the same run
where these are installed (libgumbo-dev, libxml2). Pages are those below DIR (*.html, *.html.gz), or made from a seed. Then
the memory that a tree takes beside its page, and the time for hostile input of MB megabytes and of a quarter of it: where
work is linear the second is a quarter of the first.
"""
import argparse
import ctypes
import ctypes.util
import gzip
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time

PEERS = ("libgumbo", "libxml2")


def made_pages(count, seed):
    """Pages like those of news sites: scripts, menus, cards with many attributes, an article, a table."""
    rng = random.Random(seed)
    words = "robot battery chip model orbit sensor network compiler factory signal market quantum driver".split()

    def text(length):
        return " ".join(rng.choice(words) for _ in range(length))

    for _ in range(count):
        parts = ["<!doctype html><html lang=en><head><meta charset=utf-8><title>%s</title>" % text(8)]
        parts += ["<script>window.data={%s}</script>" % ",".join('"%s":"<b>%s</b>"' % (text(1), text(9)) for _ in range(200))]
        parts += ["<style>%s</style></head><body>" % "".join(".%s{margin:0 auto}" % text(1) for _ in range(150))]
        for number in range(150):
            parts.append('<div class="card card--%s" data-id="%d" data-track="a=1&amp;b=2"><a href="/%s/%d?x=1&y=2" class="l">'
                         '<img src="/i/%d.jpg" alt="%s" loading=lazy></a><h3>%s</h3>' % (
                             text(1), number, text(1), number, number, text(3), text(7)))
            parts.append("<p>%s &mdash; <b>%s</b> %s&nbsp;%s<p><span>%s</span></div>\n" % (
                text(12), text(2), text(9), text(1), text(2)))
        parts.append("<table>%s</table>" % "".join("<tr><td>%s<td>%d" % (text(2), row) for row in range(60)))
        parts.append("<article>%s</article></body></html>" % "".join("<p>%s.</p>\n" % text(60) for _ in range(40)))
        yield "".join(parts).encode()


def read_pages(folder):
    for path in sorted(folder.rglob("*.html*")):
        if path.name.endswith(".html.gz"):
            yield gzip.decompress(path.read_bytes())
        elif path.name.endswith(".html"):
            yield path.read_bytes()


def peer_parser(name):
    """A function that parses a page and returns what frees it; None where the library is not installed."""
    if name == "libgumbo":
        found = ctypes.util.find_library("gumbo")
        if not found:
            return None
        library = ctypes.CDLL(found)
        options = ctypes.addressof(ctypes.c_char.in_dll(library, "kGumboDefaultOptions"))
        library.gumbo_parse_with_options.restype = ctypes.c_void_p
        library.gumbo_parse_with_options.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t]
        library.gumbo_destroy_output.argtypes = [ctypes.c_void_p, ctypes.c_void_p]

        def parse(page):
            tree = library.gumbo_parse_with_options(options, page, len(page))
            return lambda: library.gumbo_destroy_output(options, tree)
        return parse
    found = ctypes.util.find_library("xml2")
    if not found:
        return None
    library = ctypes.CDLL(found)
    library.htmlReadMemory.restype = ctypes.c_void_p
    library.htmlReadMemory.argtypes = [ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_char_p, ctypes.c_int]
    library.xmlFreeDoc.argtypes = [ctypes.c_void_p]
    quiet = 1 | 32 | 64 | 2048 | 65536  # HTML_PARSE_RECOVER, NOERROR, NOWARNING, NONET, COMPACT

    def parse(page):
        tree = library.htmlReadMemory(page, len(page), None, b"UTF-8", quiet)
        return lambda: library.xmlFreeDoc(tree)
    return parse


def peer(name, files, repetitions):
    """Run as a process of its own: prints what `wirewatch markup tree --count` prints."""
    parse = peer_parser(name)
    pages = [pathlib.Path(file).read_bytes() for file in files]
    fastest = float("inf")
    for _ in range(repetitions):
        start = time.process_time()
        for page in pages:
            parse(page)()
        # Freed at once: the peak is that of one page.
        fastest = min(fastest, time.process_time() - start)
    print(json.dumps({"bytes": sum(map(len, pages)), "seconds": fastest if repetitions else 0,
                      "peak_bytes": peak_bytes()}))


def peak_bytes():
    """Of this program; getrusage would count what the process held before it."""
    status = pathlib.Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    return int(status.split("VmHWM:")[1].split()[0]) * 1024


def run(command):
    core = sorted(os.sched_getaffinity(0))[-1]
    done = subprocess.run(command, stdout=subprocess.PIPE, preexec_fn=lambda: os.sched_setaffinity(0, {core}), check=True)
    return json.loads(done.stdout)


def commands(args):
    yield "wirewatch", lambda files, times: [args.wirewatch, "markup", "tree", "--count", "--repeat", str(times)] + files
    for name in PEERS:
        if peer_parser(name):
            yield name, lambda files, times, name=name: [
                sys.executable, os.path.abspath(__file__), "--peer", name, "--repeat", str(times)] + files
        else:
            print("%-10s not installed" % name)


def speed(args, files):
    print("decode and parse to a tree, CPU time of one core, fastest of %d" % args.repeat)
    for name, command in commands(args):
        result = run(command(files, args.repeat))
        nodes = "  %d nodes" % result["nodes"] if "nodes" in result else ""
        print("%-10s %6.1f MB in %.4f s = %6.1f MB/s%s" % (
            name, result["bytes"] / 1e6, result["seconds"], result["bytes"] / result["seconds"] / 1e6, nodes))


def memory(args, folder, pages):
    # All pages in one, for what a program takes besides is as much as some pages; and the largest as they are.
    largest = [b"".join(pages)] + sorted(pages, key=len)[-4:]
    print("peak memory of page and tree, times the page (all pages as one, and the four largest)")
    for name, command in commands(args):
        ratios = []
        for number, page in enumerate(largest):
            path = os.path.join(folder, "large-%d.html" % number)
            pathlib.Path(path).write_bytes(page)
            idle = min(run(command([path], 0))["peak_bytes"] for _ in range(3))
            busy = min(run(command([path], 1))["peak_bytes"] for _ in range(3))
            ratios.append(1 + (busy - idle) / len(page))
        print("%-10s %s for %s KB" % (name, " ".join("%.1f" % ratio for ratio in ratios),
                                      " ".join("%d" % (len(page) // 1024) for page in largest)))


HOSTILE = {
    "nested div": "<div>", "unclosed b": "<b>", "unclosed a": "<a href=x>", "unclosed font": "<font size=%d>",
    "1000 attributes": "<x %s>" % " ".join("a%d=b" % number for number in range(1000)), "table junk": "<table><tr>junk",
    "b and div": "<b><div>", "a and p": "<a href=x><p>t", "misnested": "<i><b></i>", "foster": "<table>x<b>",
    "text in pieces": "<table>x<tr><td>&amp;</table>", "paragraph ends": "<p><span></p>", "unknown ends": "<x-a></x-b>",
    "cells in template": "<template><td></template></b>", "html attributes": "<html a%d=1>", "svg breakout": "<svg><g><p>",
    "references": "&notanentity", "fonts of paragraphs": "<p><font size=%d>x",
    "deep scopes": "<object><span><span><span></p><h1></h1>",
}


def hostile(args, folder):
    print("hostile input: seconds for %d MB and for a quarter of it, without a limit on nodes; with it" % args.hostile)
    path = os.path.join(folder, "hostile.html")
    for name, unit in HOSTILE.items():
        seconds = []
        for size in (args.hostile * 1000000, args.hostile * 250000):
            with open(path, "w", encoding="utf-8") as file:
                if "%d" in unit:
                    file.write("".join(unit % number for number in range(size // (len(unit) + 4))))
                else:
                    file.write(unit * (size // len(unit)))
            for limit in ([["--nodes", "4000000000"]] if size <= 16000000 else []) + [[]]:
                seconds.append(run([args.wirewatch, "markup", "tree", "--count"] + limit + [path])["seconds"])
        print("  %-20s %s" % (name, " ".join("%8.3f" % time for time in seconds)), flush=True)


def main():
    parser = argparse.ArgumentParser(description="Measures the HTML parser")
    parser.add_argument("--wirewatch", help="the wirewatch program")
    parser.add_argument("--pages", type=pathlib.Path, help="folder of pages; pages made from a seed unless given")
    parser.add_argument("--repeat", type=int, default=10)
    parser.add_argument("--hostile", type=int, default=8, help="megabytes of hostile input; 0 for none")
    parser.add_argument("--peer", choices=PEERS, help=argparse.SUPPRESS)
    parser.add_argument("files", nargs="*", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.peer:
        return peer(args.peer, args.files, args.repeat)
    if not args.wirewatch:
        parser.error("--wirewatch is needed")
    pages = list(read_pages(args.pages) if args.pages and args.pages.is_dir() else made_pages(40, 7))
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for number, page in enumerate(pages):
            files.append(os.path.join(folder, "%d.html" % number))
            pathlib.Path(files[-1]).write_bytes(page)
        speed(args, files)
        memory(args, folder, pages)
        if args.hostile:
            hostile(args, folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
