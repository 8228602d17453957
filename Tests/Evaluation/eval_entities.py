#!/usr/bin/env python3
"""Judges the `entities` stage on annotated page-text dumps.

The folder `seeds` beside the evaluation data holds the dumps and `article-gold.json`, whose mentions are byte ranges of
the dump. A mention counts where the record keeps its text (bylines, credits and dropped parts are left out). It is found
when the record has a mention there, of an entity of its own: one id for each annotated entity, and no id for two. What
the record has beside the annotations is listed, for people to judge.

With `--headlines FILE` (JSON lines with `title`) it prints the commonest mentions instead, by entity.
"""
import argparse
import collections
import json
import os
import re
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def config(folder):
    path = os.path.join(folder, "config.yaml")
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"""
state: {folder}/state
sources: [{{name: seeds, type: files, path: {folder}}}]
pipeline:
  - {{type: extract}}
  - {{type: entities, watchlist: !include {ROOT}/Plugins/Entities/entities.yaml}}
sinks: [{{name: articles, type: json_log, path: {folder}/articles.jsonl, records: articles}}]
""")
    return path


def process(binary, arguments, stdin=None):
    with tempfile.TemporaryDirectory(prefix="wirewatch-entities-") as folder:
        command = [binary, "process", "--config", config(folder), *arguments]
        result = subprocess.run(command, input=stdin, capture_output=True, timeout=1200)
    if result.returncode != 0:
        sys.exit(f"process ended with {result.returncode}: {result.stderr.decode()}")
    return [json.loads(line) for line in result.stdout.splitlines()]


def text_of(record, field):
    if field in ("title", "subtitle", "body", "editors_note"):
        return (record[field] or "").encode()
    number = int(re.search(r"\d+", field).group())
    return (record["tags"][number] if field.startswith("tags") else record["captions"][number]["text"]).encode()


def fields(record):
    names = [name for name in ("title", "subtitle", "body", "editors_note") if record.get(name)]
    names += [f"captions[{n}].text" for n in range(len(record["captions"]))]
    return names + [f"tags[{n}]" for n in range(len(record["tags"]))]


def kept_blocks(record, raw):
    """Where each paragraph of the record stands in the dump: (start in the dump, length, field, start in the field)."""
    blocks = []
    for field in fields(record):
        data, at = text_of(record, field), 0
        for block in data.split(b"\n\n"):
            place = raw.find(block)
            if block and place >= 0:
                blocks.append((place, len(block), field, at))
            at += len(block) + 2
    return blocks


def judge(gold, record, raw):
    blocks = kept_blocks(record, raw)
    mentions = [(m["field"], m["start"], m["end"], e) for e in record["entities"] for m in e["mentions"]]
    found = wanted = left_out = 0
    faults, used = [], set()
    ids = {}
    for entity in gold["entities"]:
        for mention in entity["mentions"]:
            block = next((b for b in blocks if b[0] <= mention["start"] and mention["end"] <= b[0] + b[1]), None)
            if block is None:
                left_out += 1
                continue
            wanted += 1
            start = mention["start"] - block[0] + block[3]
            end = mention["end"] - block[0] + block[3]
            # The same end, for a title or a possessor may stand before a name.
            here = [m for m in mentions if m[0] == block[2] and m[2] == end and m[1] < end and m[1] >= start - 40]
            here.sort(key=lambda m: abs(m[1] - start))
            if not here:
                faults.append(f"missed: {mention['text']!r} of {entity['canonical']}")
                continue
            hit = here[0]
            used.add(hit[:3])
            if entity["type"] not in (hit[3]["type"], "tag"):
                faults.append(f"type: {mention['text']!r} is a {entity['type']}, found as {hit[3]['type']}")
                if "person" in (entity["type"], hit[3]["type"]):
                    continue
            owner = ids.setdefault(hit[3]["id"], entity["canonical"])
            if owner != entity["canonical"] and entity["type"] != "tag" and owner not in entity["canonical"]:
                faults.append(f"trap: {mention['text']!r} is {entity['canonical']}, found as {hit[3]['id']} of {owner}")
                continue
            found += 1
    extra = [(field, text_of(record, field)[start:end].decode(), entity["id"]) for field, start, end, entity in mentions
             if (field, start, end) not in used]
    return found, wanted, left_out, faults, extra


def headlines(binary, path):
    with open(path, encoding="utf-8") as file:
        rows = [json.loads(line) for line in file if line.strip()]
    lines = "\n".join(json.dumps({
        "id": str(number), "url": None, "content_type": "application/vnd.wirewatch.article+json",
        "text": json.dumps({"title": row.get("title") or "", "body": row.get("text") or row.get("body") or ""})})
        for number, row in enumerate(rows))
    examples = collections.defaultdict(list)
    for record in process(binary, [], lines.encode()):
        for entity in record["entities"]:
            mention = entity["mentions"][0]
            data = text_of(record, mention["field"])
            around = data[max(0, mention["start"] - 50):mention["start"]] + b"[" + \
                data[mention["start"]:mention["end"]] + b"]" + data[mention["end"]:mention["end"] + 50]
            examples[entity["id"], entity["type"]].append(around.decode(errors="replace").replace("\n", " "))
    for (id, kind), places in sorted(examples.items(), key=lambda item: (-len(item[1]), item[0])):
        print(f"{len(places):5} {id} ({kind})  " + " | ".join(places[:3]))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True, help="the evaluation data; the seeds lie in ../seeds beside it")
    parser.add_argument("--wirewatch", required=True)
    parser.add_argument("--headlines", help="JSON lines with titles: prints what is found in them")
    arguments = parser.parse_args()
    binary = os.path.abspath(arguments.wirewatch)
    if arguments.headlines:
        return headlines(binary, arguments.headlines)
    seeds = os.path.join(os.path.dirname(os.path.abspath(arguments.data.rstrip("/"))), "seeds")
    with open(os.path.join(seeds, "article-gold.json"), encoding="utf-8") as file:
        docs = json.load(file)["docs"]
    found = wanted = traps = 0
    for gold in docs:
        path = os.path.join(seeds, gold["doc"])
        with open(path, "rb") as file:
            raw = file.read()
        result = judge(gold, process(binary, [path])[0], raw)
        print(f"{gold['doc']}: {result[0]} of {result[1]} mentions found; {result[2]} stand in no text of the record")
        for fault in result[3]:
            print(f"  {fault}")
        for field, text, id in result[4]:
            print(f"  beside the annotations: {text!r} in {field} as {id}")
        found, wanted = found + result[0], wanted + result[1]
        traps += sum(fault.startswith("trap") for fault in result[3])
    print(f"mentions {found} of {wanted} ({100 * found / max(1, wanted):.1f} %); traps {traps}")


if __name__ == "__main__":
    main()
