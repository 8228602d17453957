#!/usr/bin/env python3
"""Judges the `classify` stage on labelled articles.

Each labelled file below DIR/topics (its `dev` folder, where there is one) holds lines of {"id", "title", "text",
"topics"}. The articles go through `wirewatch process`, and the folder's scorer compares the topics found with those
labelled. Topics that a file never labels are not judged on it, for nobody looked for them there. Two labels of wider
reach are made from ours: mobility = autonomy or ev_battery, climate = energy.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
WIDER = {"mobility": {"autonomy", "ev_battery"}, "climate": {"energy"}}


def articles(path):
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    yield json.loads(line)
                except ValueError as error:
                    sys.exit(f"{path}:{number}: {error}")


def document(article):
    """One line for the standard input of `wirewatch process`."""
    body = article.get("text") or article.get("body") or ""
    return json.dumps(
        {
            "id": article["id"],
            "url": None,
            "content_type": "application/vnd.wirewatch.article+json",
            "text": json.dumps({"title": article.get("title") or "", "body": body}, ensure_ascii=False),
        },
        ensure_ascii=False,
    )


def process(wirewatch, config, gold, folder):
    """Runs the pipeline over the articles and returns its records, in the order of the articles."""
    source, target = folder / "documents.jsonl", folder / "records.jsonl"
    with open(source, "w", encoding="utf-8") as out:
        for article in gold:
            out.write(document(article) + "\n")
    with open(source, "rb") as stdin, open(target, "wb") as stdout:
        command = [str(wirewatch), "process", "--config", str(config)]
        status = subprocess.run(command, stdin=stdin, stdout=stdout).returncode
    if status != 0:
        sys.exit(f"{' '.join(command)} ended with status {status}")
    return list(articles(target))


def topics(record, labels):
    found = {topic["id"] for topic in record.get("topics") or []}
    for wider, parts in WIDER.items():
        if wider in labels and found & parts:
            found.add(wider)
    return sorted(found & labels)


def judge(path, scorer, wirewatch, config):
    gold = list(articles(path))
    labels = {label for article in gold for label in article.get("topics") or []}
    with tempfile.TemporaryDirectory(prefix="wirewatch-topics-") as name:
        folder = pathlib.Path(name)
        records = process(wirewatch, config, gold, folder)
        known = {article["id"] for article in gold}
        strangers = [record["id"] for record in records if record["id"] not in known]
        if strangers:
            sys.exit(f"{path.name}: {len(strangers)} records of unknown id, such as {strangers[0]}")
        if len(records) != len(gold):
            print(f"{path.name}: {len(gold)} articles gave {len(records)} records", file=sys.stderr)
        predictions = folder / "predictions.jsonl"
        with open(predictions, "w", encoding="utf-8") as out:
            for record in records:
                out.write(json.dumps({"id": record["id"], "topics": topics(record, labels)}) + "\n")
        print(f"== {path.name}", flush=True)
        command = [sys.executable, str(scorer), str(path), str(predictions), "--topics", ",".join(sorted(labels))]
        return subprocess.run(command).returncode


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True, type=pathlib.Path, help="folder that holds topics/")
    parser.add_argument("--wirewatch", required=True, type=pathlib.Path, help="the wirewatch program")
    parser.add_argument("--config", type=pathlib.Path, default=REPOSITORY / "config.yaml")
    arguments = parser.parse_args()
    folder = arguments.data / "topics"
    scorer = folder / "score_topics.py"
    files = sorted(folder.glob("dev/*.jsonl")) or sorted(folder.rglob("*.jsonl"))
    if not scorer.exists() or not files:
        sys.exit(f"{folder}: expected score_topics.py and labelled *.jsonl files")
    wirewatch = arguments.wirewatch.resolve()
    config = arguments.config.resolve()
    return max([judge(path, scorer, wirewatch, config) for path in files])


if __name__ == "__main__":
    sys.exit(main())
