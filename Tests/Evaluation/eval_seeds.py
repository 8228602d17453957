#!/usr/bin/env python3
"""Runs the daemon once over annotated page-text dumps and compares its records with the annotations.

The folder holds `*.txt`, `article-gold.json` (title, authors, date, body, captions, tags, chrome) and
`metrics-gold.json` (claims that must be found, and numbers that must not).
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def run_once(binary, documents, folder):
    """Article records by file name, and the alerts, of one `run --once` over a copy of the documents."""
    inbox = os.path.join(folder, "inbox")
    os.mkdir(inbox)
    for path in documents:
        shutil.copy(path, inbox)
    config = os.path.join(folder, "config.yaml")
    with open(config, "w", encoding="utf-8") as file:
        file.write(f"""
state: state
sources: [{{name: seeds, type: files, path: inbox}}]
pipeline:
  - {{type: extract}}
  - {{type: classify, topics: !include {ROOT}/Plugins/Classify/topics.yaml}}
  - {{type: entities, watchlist: !include {ROOT}/Plugins/Entities/entities.yaml}}
  - {{type: metrics}}
  - {{type: dedupe}}
  - {{type: alert, rules: !include {ROOT}/Plugins/Alert/rules.yaml}}
sinks:
  - {{name: articles, type: json_log, path: logs/articles.jsonl, records: articles}}
  - {{name: alerts, type: json_log, path: logs/alerts.jsonl, records: alerts}}
""")
    result = subprocess.run([binary, "run", "--once", "--quiet", "--config", config], capture_output=True, text=True,
                            timeout=120)
    if result.returncode != 0:
        sys.exit(f"run --once ended with {result.returncode}: {result.stderr}")
    def records(name):
        path = os.path.join(folder, "logs", name)
        with open(path, encoding="utf-8") as file:
            return [json.loads(line) for line in file]
    articles = {os.path.basename(record["url"]): record for record in records("articles.jsonl")}
    return articles, records("alerts.jsonl") if os.path.exists(os.path.join(folder, "logs/alerts.jsonl")) else []


def compare_article(gold, record):
    """Lines saying what differs between the annotations and the record."""
    faults = []
    def check(name, wanted, found):
        if wanted != found:
            faults.append(f"{name}: wanted {wanted!r}, found {found!r}")
    check("title", gold["title"], record["title"])
    check("authors", gold["byline"], record["authors"])
    check("published", gold["published"], record["published"])
    check("section", gold["section"].replace("\u00a0", " "), (record["section"] or "").replace("\u00a0", " "))
    check("subtitle", gold["subtitle"], record["subtitle"])
    check("language", gold["language"], record["language"])
    check("tags", gold["tags"], record["tags"])
    captions = [(c["caption"], c["credit"]) for c in gold["captions"] if "duplicate_of_line" not in c]
    check("captions", captions, [(c["text"], c["credit"]) for c in record["captions"]])
    blocks = sorted(gold["body"] + gold["subheadings"], key=lambda block: block["start"])
    check("body", [block["text"].strip() for block in blocks], record["body"].split("\n\n"))
    body = record["body"].encode()
    check("subheadings", [block["text"] for block in gold["subheadings"]],
          [body[s["start"]:s["end"]].decode() for s in record["subheadings"]])
    lines = set(record["body"].split("\n"))
    for chrome in gold["chrome"]:
        if chrome["text"].strip() in lines:
            faults.append(f"chrome in the body: {chrome['text']!r}")
    return faults


def raw_ranges(record, raw):
    """Where each reported metric stands in the document itself: (start, end, metric)."""
    found = []
    for metric in record["metrics"]:
        field = metric["field"]
        text = record["body"] if field == "body" else record[field] if field in ("title", "subtitle") else \
            record["captions"][int(field[9:field.index("]")])]["text"]
        data = text.encode()
        start = data.rfind(b"\n\n", 0, metric["start"]) + 2 if field == "body" and b"\n\n" in data[:metric["start"]] else 0
        end = data.find(b"\n\n", metric["start"]) if field == "body" else -1
        block = data[start:end if end >= 0 else len(data)]
        place = raw.find(block)
        if place < 0:
            print(f"  a block of {field} does not stand in the document: {block[:60]!r}")
            continue
        offset = place - start
        found.append((metric["start"] + offset, metric["end"] + offset, metric))
    return found


def value_matches(gold, metric):
    accepted = [gold] + (gold.get("accept") or [])
    for option in accepted:
        unit = option.get("unit", gold["unit"])
        if metric["unit"] != unit:
            continue
        if option.get("value") is not None:
            wanted = option["value"]
            if metric.get("value") is not None and abs(metric["value"] - wanted) <= 1e-9 * max(1, abs(wanted)):
                return True
        elif all(option.get(end) is None or option.get(end) == metric.get(end) for end in ("low", "high")):
            if metric.get("low") is not None or metric.get("high") is not None:
                return True
    return False


def compare_metrics(gold, name, found):
    """How many required claims were found right, and what went wrong."""
    claims = [claim for claim in gold["metrics"] if claim["doc"] == name]
    right, faults = 0, []
    for claim in claims:
        if not claim["required"]:
            continue
        near = [m for s, e, m in found if s < claim["end"] and e > claim["start"]]
        if any(value_matches(claim, metric) for metric in near):
            right += 1
        else:
            faults.append(f"{claim['id']} {claim['surface']!r}: found " + (
                "; ".join(f"{m['surface']!r} {m.get('value', (m.get('low'), m.get('high')))} {m['unit']}" for m in near)
                or "nothing"))
    for negative in (n for n in gold["negatives"] if n["doc"] == name):
        for start, end, metric in found:
            overlaps = start < negative["end"] and end > negative["start"]
            is_claim = any(start < c["end"] and end > c["start"] for c in claims)
            if overlaps and not is_claim:
                faults.append(f"{negative['id']} {negative['surface']!r} reported as {metric['surface']!r}")
    return right, sum(claim["required"] for claim in claims), faults


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True, help="the evaluation data; the seeds lie in ../seeds beside it")
    parser.add_argument("--wirewatch", required=True)
    arguments = parser.parse_args()
    seeds = os.path.join(os.path.dirname(os.path.abspath(arguments.data.rstrip("/"))), "seeds")
    with open(os.path.join(seeds, "article-gold.json"), encoding="utf-8") as file:
        articles_gold = json.load(file)["docs"]
    with open(os.path.join(seeds, "metrics-gold.json"), encoding="utf-8") as file:
        metrics_gold = json.load(file)
    documents = [os.path.join(seeds, gold["doc"]) for gold in articles_gold]
    with tempfile.TemporaryDirectory(prefix="wirewatch-seeds-") as folder:
        articles, alerts = run_once(os.path.abspath(arguments.wirewatch), documents, folder)
    right = wanted = wrong = 0
    for gold, path in zip(articles_gold, documents):
        record = articles[gold["doc"]]
        print(gold["doc"])
        faults = compare_article(gold, record)
        with open(path, "rb") as file:
            found = raw_ranges(record, file.read())
        got, required, metric_faults = compare_metrics(metrics_gold, gold["doc"], found)
        right, wanted, wrong = right + got, wanted + required, wrong + len(faults)
        topics = {topic["id"] for topic in record["topics"]}
        ours = set("ai robotics autonomy semiconductors quantum ev_battery space biotech security policy telecom energy "
                   "hardware startups_funding".split())
        allowed = set(sum(gold["topics"].values(), []))
        for topic in sorted(set(gold["topics"]["primary"]) & ours - topics):
            faults.append(f"topic missing: {topic}")
        for topic in sorted(topics - allowed):
            faults.append(f"topic too many: {topic}")
        print(f"  {got} of {required} required metrics, {len(record['metrics'])} reported; topics {sorted(topics)}; "
              f"{len(record['alerts'])} alerts")
        for fault in faults + metric_faults:
            print("  " + fault[:400])
    for alert in alerts:
        print(f"alert {alert['rule']}: {alert['message']}")
    print(f"metrics {right} of {wanted}; article faults {wrong}")


if __name__ == "__main__":
    main()
