#!/usr/bin/env python3
"""eval_feeds.py --data DIR --wirewatch BIN [--config FILE] [--out FILE] [--fails N]

Measures the reading of feeds on the cases in DIR/feeds, and what belongs to watching them:

- every folder with a cases.json: all cases go through one `wirewatch fetch --json -`, each with the URL and the headers
  that it was served with; what comes out is written as predictions, and score_feeds.py of that folder is run on them for
  each tier and for the cases that several parsers agree on;
- every discovery.json (the feeds that a page names), urls.json (addresses without tracking), robots.json (what robots.txt
  allows): through `wirewatch sources discover`, `canonical` and `robots`; passed and total are printed for each file.

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


def ask(program, arguments, questions):
    """The answers to JSON lines, one each."""
    run = subprocess.run(
        [program, "sources", *arguments, "-"], input="".join(json.dumps(question) + "\n" for question in questions).encode(),
        stdout=subprocess.PIPE)
    answers = [json.loads(line) for line in run.stdout.splitlines()]
    if len(answers) != len(questions):
        raise RuntimeError("%s: %d of %d answered" % (arguments[0], len(answers), len(questions)))
    return answers


def discovery(program, cases):
    with tempfile.TemporaryDirectory() as temporary:
        questions = []
        for number, case in enumerate(cases):
            path = pathlib.Path(temporary) / ("%d.html" % number)
            path.write_text(case["html"], encoding="utf-8")
            questions.append({"file": str(path), "url": case.get("base"), "headers": case.get("headers") or {}})
        for case, answer in zip(cases, ask(program, ["discover", "--json"], questions)):
            found = {(feed["url"], feed["title"], feed.get("type")) for feed in answer["feeds"]}
            wanted = {(feed["url"], feed["title"], feed["type"]) for feed in case["feeds"]}
            yield answer["count"] == case["count"] and wanted <= found, case["case"], answer


def urls(program, cases):
    questions = [
        {"url": case["input"], "base": case.get("baseURL"), "feed": case.get("feedURL")} for case in cases]
    for case, answer in zip(cases, ask(program, ["canonical"], questions)):
        yield (answer["url"] or "") == case["expected"], case["name"], answer


def robots(program, cases):
    questions = [{"robots": case["robots"], "agent": case["agent"], "url": case["url"]} for case in cases]
    for case, answer in zip(cases, ask(program, ["robots"], questions)):
        yield answer["allowed"] == case["allowed"], case["case"], answer


LISTS = {"discovery.json": discovery, "urls.json": urls, "robots.json": robots}


def measure_lists(folder, program, fails):
    for path in sorted(folder.rglob("*.json")):
        if path.name not in LISTS:
            continue
        results = list(LISTS[path.name](program, json.loads(path.read_text(encoding="utf-8"))))
        failed = [(name, answer) for passed, name, answer in results if not passed]
        print("%s: %d/%d" % (path.relative_to(folder), len(results) - len(failed), len(results)), flush=True)
        for name, answer in failed[:fails]:
            print("FAIL", name, "|", json.dumps(answer, ensure_ascii=False)[:200])


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
    print("== lists", flush=True)
    try:
        measure_lists(folder, args.wirewatch, args.fails)
    except RuntimeError as error:
        print("eval_feeds: %s" % error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
