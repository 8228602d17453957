#!/usr/bin/env python3
"""Terms found in articles on one core, at 100 to 100,000 terms, beside Hyperscan where its library is installed."""

import argparse
import os
import random
import re
import subprocess
import sys
import tempfile

SYLLABLES = ("an ar be co de el en er fa ga hi in is ka lo ma ne no or pa re ri ro sa se si so ta te ti to un ur va ve "
             "wi ya zo tra pro con ment tion able ing").split()


def vocabulary(chance, size):
    words = {}
    while len(words) < size:
        words["".join(chance.choice(SYLLABLES) for _ in range(min(6, 1 + int(chance.expovariate(0.55)))))] = True
    # Short words are the frequent ones, as in any language.
    return sorted(words, key=lambda word: len(word) + chance.random() * 3)


def articles(chance, words, size, length):
    """Texts of about `length` bytes, `size` bytes in all; a word's share falls with its rank (Zipf)."""
    weights = [1 / (rank + 3) for rank in range(len(words))]
    total = 0
    while total < size:
        text = []
        written = 0
        for word in chance.choices(words, weights, k=length // 6):
            mark = chance.random()
            if mark < 0.04:
                word = word.capitalize()
            word += ". " if mark > 0.95 else ", " if mark > 0.9 else "’s " if mark > 0.89 else "-" if mark > 0.88 else " "
            text.append(word)
            written += len(word)
        line = "".join(text).strip()
        total += len(line.encode()) + 1
        yield line


def terms(chance, words, lines, count):
    """Half single words of any rank, half phrases of two and three words as they stand in the texts."""
    phrases = [word for line in lines[:200] for word in re.findall(r"[a-z]+", line.lower())]
    found = {}
    while len(found) < count:
        if chance.random() < 0.5:
            term = chance.choice(words) + (chance.choice(SYLLABLES) if chance.random() < 0.4 else "")
        else:
            at = chance.randrange(len(phrases) - 3)
            term = " ".join(phrases[at:at + chance.choice((2, 2, 3))])
        found[term] = True
    return list(found)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--matcher", required=True, help="the built wirewatch-bench-matching")
    parser.add_argument("--text", help="articles to search, one a line, in place of generated ones")
    parser.add_argument("--seconds", type=float, default=4)
    arguments = parser.parse_args()
    if not os.path.exists(arguments.matcher):
        sys.exit(f"{arguments.matcher} is not built")
    chance = random.Random(7)
    words = vocabulary(chance, 60_000)
    if arguments.text:
        with open(arguments.text, encoding="utf-8", errors="replace") as file:
            lines = file.read().splitlines()
        words = sorted({word for line in lines for word in re.findall(r"[a-z]{2,}", line.lower())})
    else:
        lines = list(articles(chance, words, 10_000_000, 9_000)) * 5
    with tempfile.TemporaryDirectory(prefix="wirewatch-matching-") as folder:
        text = os.path.join(folder, "text")
        with open(text, "w", encoding="utf-8") as file:
            file.write("\n".join(lines))
        print(f"{os.path.getsize(text) / 1e6:.0f} MB of articles, {len(lines):,} lines")
        for count in (100, 1_000, 10_000, 100_000):
            path = os.path.join(folder, "terms")
            with open(path, "w", encoding="utf-8") as file:
                file.write("\n".join(terms(chance, words, lines, count)))
            output = subprocess.run(["taskset", "-c", "0", arguments.matcher, str(arguments.seconds), path, text],
                                    check=True, capture_output=True, text=True).stdout
            report(output)


def report(output):
    peer = ""
    for line in output.splitlines():
        kind, *figures = line.split()
        if kind == "terms":
            count, built, size, seconds, alone, hits = map(float, figures)
            ours = (f"{int(count):>7,} terms: {size / seconds / 1e6:.0f} MB/s (words alone {size / alone / 1e6:.0f}), "
                    f"built in {built * 1e3:.1f} ms, {int(hits):,} hits")
        else:
            built, other, found = map(float, figures)
            peer = (f"; Hyperscan {size / other / 1e6:.0f} MB/s, built in {built * 1e3:.0f} ms, {int(found):,} hits; "
                    f"ours is {other / seconds:.2f} of it")
    print(ours + (peer or "; no libhs to compare with"))


if __name__ == "__main__":
    main()
