#!/usr/bin/env python3
"""eval_feeds.py --data DIR --wirewatch BIN [--config FILE] [--out FILE] [--fails N]

Measures the reading of feeds on the cases in DIR/feeds: every folder there with a cases.json. All cases go through one
`wirewatch fetch --json -`, each with the URL and the headers that it was served with; what comes out is written as
predictions, and score_feeds.py of that folder is run on them for each tier and for the cases that several parsers agree on.

Python 3, standard library only. Exit status: 0 measured, 1 the program failed, 2 bad arguments.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

TIERS = ("core", "ext", "meta", "robust", "all")


def requests(folder):
    """One line for each case below the folder."""
    for path in sorted(folder.rglob("cases.json")):
        for case in json.loads(path.read_text(encoding="utf-8")):
            request = {"case": case["case"], "file": str(path.parent / case["file"])}
            for member in ("url", "headers"):
                if case.get(member):
                    request[member] = case[member]
            yield json.dumps(request)


def main():
    parser = argparse.ArgumentParser(description="Measures the reading of feeds")
    parser.add_argument("--data", required=True, type=pathlib.Path, help="folder that holds feeds/")
    parser.add_argument("--wirewatch", required=True, help="the wirewatch program")
    parser.add_argument("--config", help="accepted for the sake of the other evaluations; reading a feed needs none")
    parser.add_argument("--out", type=pathlib.Path, help="where the predictions are kept; a temporary file unless given")
    parser.add_argument("--fails", type=int, default=0, help="show this many failing cases")
    args = parser.parse_args()
    folder = args.data / "feeds"
    scorer = folder / "score_feeds.py"
    if not scorer.exists():
        print("eval_feeds: no %s" % scorer, file=sys.stderr)
        return 2
    lines = list(requests(folder))
    with tempfile.TemporaryDirectory() as temporary:
        out = args.out or pathlib.Path(temporary) / "PRED.jsonl"
        run = subprocess.run(
            [args.wirewatch, "fetch", "--json", "-"], input="\n".join(lines).encode(), stdout=subprocess.PIPE)
        out.write_bytes(run.stdout)
        answers = run.stdout.count(b"\n")
        if answers != len(lines):
            print("eval_feeds: %d of %d cases answered (exit status %d)" % (answers, len(lines), run.returncode),
                  file=sys.stderr)
            return 1
        for tier in TIERS:
            print("== tier %s" % tier, flush=True)
            subprocess.run([sys.executable, str(scorer), str(folder), str(out), "--tier", tier])
        print("== core, agreed on by several parsers", flush=True)
        subprocess.run(
            [sys.executable, str(scorer), str(folder), str(out), "--tier", "core", "--consensus",
             "--fails", str(args.fails)])
    return 0


if __name__ == "__main__":
    sys.exit(main())
