#!/usr/bin/env python3
"""Scores the grouping into stories, and the detection of bursts where the bench executable is given.

    eval_stories.py --data DIR --wirewatch BIN [--bench BIN] [--keep DIR]

DIR holds stories/score_stories.py, the labelled articles stories/**/*.jsonl in order of arrival, and stories/**/spikes.
Each file is fed to `wirewatch process` with the story stage alone: at 300 and at 2,000 characters of text, with titles
only, and each with and without times; then the folder's scorer is run. Python 3 standard library only.
"""
import argparse
import datetime
import json
import os
import pathlib
import subprocess
import sys
import tempfile

CONFIG = """\
pipeline:
  - type: story
"""
VARIANTS = [("300 characters", 300, True), ("2,000 characters", 2000, True), ("titles only", 0, True),
    ("300 characters, without times", 300, False), ("2,000 characters, without times", 2000, False),
    ("titles only, without times", 0, False)]


def document(line, characters, with_time):
    article = {"title": line.get("title") or "", "body": (line.get("text") or "")[:characters]}
    if with_time and "time" in line:
        time = datetime.datetime.fromtimestamp(line["time"], datetime.timezone.utc)
        article["published"] = time.strftime("%Y-%m-%dT%H:%M:%SZ")
    url = "https://%s/" % line["source"] if line.get("source") else None
    return json.dumps({"id": line["id"], "url": url, "content_type": "application/vnd.wirewatch.article+json",
        "text": json.dumps(article, ensure_ascii=False)}, ensure_ascii=False)


def stories(binary, config, gold, characters, with_time):
    lines = "\n".join(document(line, characters, with_time) for line in gold) + "\n"
    run = subprocess.run([binary, "process", "--config", config], input=lines, capture_output=True, text=True,
        encoding="utf-8")
    if run.returncode != 0:
        sys.exit("%s process failed with %d:\n%s" % (binary, run.returncode, run.stderr[-2000:]))
    records = [json.loads(line) for line in run.stdout.splitlines() if line.strip()]
    if len(records) != len(gold):
        sys.exit("%d records for %d lines:\n%s" % (len(records), len(gold), run.stderr[-2000:]))
    return [{"id": record["id"], "story": record["story"]["id"]} for record in records]


def grouping(folder, binary, keep):
    scorer = folder / "score_stories.py"
    files = sorted(f for f in folder.rglob("*.jsonl") if "spikes" not in f.parts)
    config = keep / "stories.yaml"
    config.write_text(CONFIG)
    for file in files:
        gold = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
        if not gold or "story" not in gold[0]:
            continue
        has_text = any(line.get("text") for line in gold)
        for name, characters, with_time in VARIANTS:
            if characters and not has_text:
                continue
            found = keep / ("%s.%d.%s.jsonl" % (file.stem, characters, "timed" if with_time else "untimed"))
            with open(found, "w", encoding="utf-8") as out:
                for line in stories(binary, config, gold, characters, with_time):
                    out.write(json.dumps(line) + "\n")
            score = subprocess.run([sys.executable, scorer, file, found], capture_output=True, text=True)
            print("%s, %s\n  %s" % (file.name, name, (score.stdout + score.stderr).strip()), flush=True)


def bursts(folder, bench, keep):
    scorer = folder / "score_spikes.py"
    for series in sorted(d for d in folder.rglob("spikes") if d.is_dir()):
        found = keep / "spikes.jsonl"
        with open(found, "w", encoding="utf-8") as out:
            for file in sorted(series.glob("*.csv")):
                run = subprocess.run([bench, "spikes", file], capture_output=True, text=True)
                if run.returncode != 0:
                    sys.exit("%s spikes failed with %d:\n%s" % (bench, run.returncode, run.stderr[-2000:]))
                out.write(json.dumps({"file": file.name, "times": run.stdout.split("\n")[:-1]}) + "\n")
        score = subprocess.run([sys.executable, scorer, series, found], capture_output=True, text=True)
        print("bursts\n  %s" % (score.stdout + score.stderr).strip(), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True, type=pathlib.Path)
    parser.add_argument("--wirewatch", required=True)
    parser.add_argument("--bench")
    parser.add_argument("--keep", type=pathlib.Path, help="folder for the predictions")
    arguments = parser.parse_args()
    folder = arguments.data / "stories"
    if not folder.is_dir():
        sys.exit("%s: no such folder" % folder)
    with tempfile.TemporaryDirectory() as scratch:
        keep = arguments.keep or pathlib.Path(scratch)
        os.makedirs(keep, exist_ok=True)
        grouping(folder, arguments.wirewatch, keep)
        if arguments.bench:
            bursts(folder, arguments.bench, keep)


if __name__ == "__main__":
    main()
