#!/usr/bin/env python3
"""extracting.py --extractor BIN [--pages DIR] [--seconds N] [--repetitions N]

Measures the extraction of articles, metadata included, on one core: pages below DIR (*.html, *.html.gz), or made from a
seed, and feed items made from one. Then a run of that many pages in all, whose resident memory is looked at after a tenth
and at the end: where nothing is kept the two are the same. Memory is beside what the pages themselves take.
"""
import argparse
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

from markup import made_pages, read_pages

WORDS = "the robot of battery and a chip is model for orbit sensor to network with compiler factory has signal that".split()


def made_items(count, seed):
    """Fragments such as feeds hold: some paragraphs with a link each."""
    rng = random.Random(seed)

    def sentence():
        return " ".join(rng.choice(WORDS) for _ in range(rng.randint(8, 20))).capitalize() + "."

    for number in range(count):
        yield "\n".join(
            '<p>%s <a href="https://news.example/%d">%s</a></p>' % (
                " ".join(sentence() for _ in range(rng.randint(2, 5))), number, rng.choice(WORDS))
            for _ in range(rng.randint(1, 10))).encode()


def measure(arguments, label, pages, seconds, repetitions):
    folder = tempfile.mkdtemp(prefix="wirewatch-extracting-")
    try:
        files = []
        for number, page in enumerate(pages):
            files.append(os.path.join(folder, "%05d.html" % number))
            pathlib.Path(files[-1]).write_bytes(page)
        core = sorted(os.sched_getaffinity(0))[-1]
        done = subprocess.run(
            [arguments.extractor, str(seconds), str(repetitions), *files], check=True, capture_output=True, text=True,
            preexec_fn=lambda: os.sched_setaffinity(0, {core}))
    finally:
        shutil.rmtree(folder)
    count, size, best, slowest, peak, early, late = (float(field) for field in done.stdout.split())
    print("%s: %d of %.0f KB: %.0f a second, %.3f ms each, %.0f MB/s on one core; slowest %.2f ms" % (
        label, count, size / count / 1e3, count / best, best / count * 1e3, size / best / 1e6, slowest * 1e3))
    print("  peak memory %.1f MiB; resident after %d %.1f MiB, after %d %.1f MiB" % (
        peak / 2**20, repetitions // 10, early / 2**20, repetitions, late / 2**20), flush=True)


def main():
    parser = argparse.ArgumentParser(description="Measures the extraction of articles")
    parser.add_argument("--extractor", required=True, help="the built wirewatch-bench-extracting")
    parser.add_argument("--pages", type=pathlib.Path, help="folder of pages; pages made from a seed unless given")
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--repetitions", type=int, default=100000)
    arguments = parser.parse_args()
    if not os.path.exists(arguments.extractor):
        sys.exit(f"{arguments.extractor} is not built")
    is_given = arguments.pages and arguments.pages.is_dir()
    measure(arguments, "feed items", made_items(100, 3), arguments.seconds, arguments.repetitions)
    measure(arguments, "given pages" if is_given else "made pages",
            read_pages(arguments.pages) if is_given else made_pages(40, 7), arguments.seconds, arguments.repetitions)
    return 0


if __name__ == "__main__":
    sys.exit(main())
