#!/usr/bin/env python3
"""Scores the metrics stage against labelled quantities.

    eval_metrics.py --data DIR --wirewatch BIN [--config FILE] [--split NAME] [--skip-split NAME] [--errors N] [--keep DIR]

DIR holds metrics/score_quantities.py and the gold lines: metrics/dev/*.jsonl, or else any *.jsonl below metrics;
DIR/../seeds/metrics.jsonl is scored too when it exists. Each gold line's input is fed as the body of an article to
`wirewatch process`, which prints one article record a line in the same order; the metrics of the field `body` become
predictions, whose offsets are bytes of the input. Python 3 standard library only.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

CONFIG = """\
pipeline:
  - type: metrics
"""

MONEY = {
    "cent", "pence", "penny", "franc", "peso", "USDT",
}
TEMPERATURE = {"Cel", "[degF]", "K", "deg"}
COUNTS = {"1"}
OPEN_ENDS = {"over": "low", "under": "high", "up_to": "high"}


def kind_of(metric):
    """The kind that the labels use: money, percent, temperature, number, number_range, dimension."""
    unit = metric["unit"]
    if unit in ("%", "pp", "bp"):
        return "percent"
    if unit in MONEY or (len(unit) == 3 and unit.isascii() and unit.isalpha() and unit.isupper()):
        return "money"
    if unit in TEMPERATURE:
        return "temperature"
    if unit == "rank":
        return "ordinal_rank"
    if unit in COUNTS:
        return "number_range" if metric.get("value") is None else "number"
    return "dimension" if metric["kind"] not in ("other_count",) else "count"


def predictions(record):
    found = []
    for metric in record.get("metrics", []):
        if metric.get("field") != "body":
            continue
        quantity = {"start": metric["start"], "end": metric["end"], "unit": metric["unit"], "kind": kind_of(metric)}
        for name in ("value", "low", "high"):
            if metric.get(name) is not None:
                quantity[name] = metric[name]
        if metric["unit"] in COUNTS and "value" in quantity and metric.get("qualifier") in OPEN_ENDS:
            # The labels write "more than 30" without a unit as a range with one end; ours is a value with a qualifier.
            quantity[OPEN_ENDS[metric["qualifier"]]] = quantity.pop("value")
            quantity["kind"] = "number_range"
        found.append(quantity)
    return found


def process(binary, config, gold):
    """One record for each gold line, matched by order: `process` keeps it."""
    lines = []
    for line in gold:
        article = json.dumps({"title": "", "body": line["input"]}, ensure_ascii=False)
        lines.append(json.dumps({
            "id": line["id"], "url": None, "content_type": "application/vnd.wirewatch.article+json", "text": article,
        }, ensure_ascii=False))
    command = [binary, "process"] + (["--config", config] if config else [])
    run = subprocess.run(command, input="\n".join(lines) + "\n", capture_output=True, text=True, encoding="utf-8")
    if run.returncode != 0:
        sys.exit("%s failed with %d:\n%s" % (" ".join(command), run.returncode, run.stderr[-2000:]))
    records = [json.loads(line) for line in run.stdout.splitlines() if line.strip()]
    if len(records) != len(gold):
        sys.exit("%d records for %d lines" % (len(records), len(gold)))
    return records


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True, type=pathlib.Path)
    parser.add_argument("--wirewatch", required=True)
    parser.add_argument("--config", help="a pipeline with the metrics stage; a minimal one unless given")
    parser.add_argument("--split", help="only gold lines of this split")
    parser.add_argument("--skip-split", help="leave out gold lines of this split, such as one not to be tuned on")
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--keep", type=pathlib.Path, help="keep the predictions in this folder")
    arguments = parser.parse_args()

    folder = arguments.data / "metrics"
    scorer = folder / "score_quantities.py"
    gold_files = sorted((folder / "dev").glob("*.jsonl")) or sorted(folder.rglob("*.jsonl"))
    seeds = arguments.data.parent / "seeds" / "metrics.jsonl"
    if seeds.exists():
        gold_files.append(seeds)
    if not gold_files:
        sys.exit("no gold lines below %s" % folder)

    with tempfile.TemporaryDirectory() as scratch:
        config = arguments.config
        if not config:
            config = os.path.join(scratch, "metrics.yaml")
            pathlib.Path(config).write_text(CONFIG, encoding="utf-8")
        output = arguments.keep or pathlib.Path(scratch)
        output.mkdir(parents=True, exist_ok=True)
        for path in gold_files:
            gold = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
            if arguments.skip_split:
                gold = [line for line in gold if line.get("split") != arguments.skip_split]
                path = pathlib.Path(scratch) / path.name
                path.write_text("".join(json.dumps(line) + "\n" for line in gold), encoding="utf-8")
            records = process(arguments.wirewatch, config, gold)
            predicted = output / (path.stem + ".pred.jsonl")
            with predicted.open("w", encoding="utf-8") as file:
                for line, record in zip(gold, records):
                    file.write(json.dumps({"id": line["id"], "quantities": predictions(record)}) + "\n")
            print("== %s" % path.name, flush=True)
            command = [sys.executable, str(scorer), str(path), str(predicted), "--by-source", "--lenient-counts"]
            if arguments.split:
                command += ["--split", arguments.split]
            if arguments.errors:
                command += ["--errors", str(arguments.errors)]
            subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
