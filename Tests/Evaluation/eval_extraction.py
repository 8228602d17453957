#!/usr/bin/env python3
"""eval_extraction.py --data DIR --wirewatch BIN [--config FILE] [--out DIR] [--set NAME ...]

Measures article extraction on the sets in DIR/extraction: feeds their pages to `wirewatch process` on standard input,
writes what comes out as predictions, and runs that folder's scorers on them, whose output is printed. A set is there when
its pages and its gold are: html/ with ground-truth.json, textdump/ with the same gold, wcxb/, fundus/.

Python 3, standard library only. Exit status: 0 measured, 1 the pipeline failed, 2 bad arguments.
"""
import argparse
import gzip
import json
import pathlib
import subprocess
import sys
import tempfile

PIPELINE = "pipeline:\n  - type: extract\n"

# name, pages, gold, content type, suffixes of the pages
SETS = [
    ("scrapinghub", "html", "ground-truth.json", "text/html"),
    ("textdump", "textdump", "ground-truth.json", "text/plain"),
    ("wcxb", "wcxb/html", "wcxb/ground-truth.json", "text/html"),
    ("fundus", "fundus/html", "fundus/ground-truth.json", "text/html"),
]


def read_page(folder, identifier):
    """The page's text: decoded as UTF-8 where it is, else by its own declaration."""
    for suffix in (".html.gz", ".txt.gz", ".html", ".txt"):
        path = folder / (identifier + suffix)
        if path.exists():
            data = path.read_bytes()
            if suffix.endswith(".gz"):
                data = gzip.decompress(data)
            return decode(data)
    return None


def decode(data):
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    head = data[:4096].decode("latin-1").lower()
    at = head.find("charset=")
    label = head[at + 8:at + 40].strip("\"' ").split('"')[0].split("'")[0].split(";")[0].split(">")[0].strip() if at >= 0 else ""
    try:
        return data.decode({"iso-8859-1": "windows-1252", "gb2312": "gb18030"}.get(label, label or "utf-8"), "replace")
    except LookupError:
        return data.decode("utf-8", "replace")


def predictions(command, pages, content_type):
    """Runs the pipeline over (id, url, text) and gives {id: prediction}; a page without a record is an empty one."""
    lines = []
    for identifier, url, text in pages:
        document = {"id": identifier, "content_type": content_type, "text": text}
        if url:
            document["url"] = url
        lines.append(json.dumps(document, ensure_ascii=False))
    run = subprocess.run(command, input=("\n".join(lines) + "\n").encode("utf-8", "replace"), stdout=subprocess.PIPE)
    found = {}
    for line in filter(None, run.stdout.decode("utf-8").split("\n")):
        record = json.loads(line)
        found[record["id"]] = {
            "articleBody": record.get("body") or "",
            "title": record.get("title") or "",
            "author": record.get("authors") or [],
            "date": record.get("published") or "",
            "tags": record.get("tags") or [],
            "captions": [caption["text"] for caption in record.get("captions") or []],
        }
    if not found:
        print("eval_extraction: no record came out (exit status %d)" % run.returncode, file=sys.stderr)
        sys.exit(1)
    missing = [page[0] for page in pages if page[0] not in found]
    if missing:
        print("%d page(s) gave no article" % len(missing))
    for identifier in missing:
        found[identifier] = {"articleBody": ""}
    return found


def main():
    parser = argparse.ArgumentParser(description="Measures article extraction against gold")
    parser.add_argument("--data", required=True, type=pathlib.Path, help="folder that holds extraction/")
    parser.add_argument("--wirewatch", required=True, help="the wirewatch program")
    parser.add_argument("--config", help="configuration file; one with the extract stage alone unless given")
    parser.add_argument("--out", type=pathlib.Path, help="where predictions are kept; a temporary folder unless given")
    parser.add_argument("--set", action="append", dest="sets", help="measure this set only; may be repeated")
    args = parser.parse_args()
    folder = args.data / "extraction"
    if not folder.is_dir():
        print("eval_extraction: no folder %s" % folder, file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as temporary:
        out = args.out or pathlib.Path(temporary)
        out.mkdir(parents=True, exist_ok=True)
        config = args.config
        if not config:
            config = str(pathlib.Path(temporary) / "extract.yaml")
            pathlib.Path(config).write_text(PIPELINE, encoding="utf-8")
        command = [args.wirewatch, "process", "--config", config]
        for name, pages_folder, gold_name, content_type in SETS:
            gold_path = folder / gold_name
            if (args.sets and name not in args.sets) or not gold_path.exists() or not (folder / pages_folder).is_dir():
                continue
            gold = json.loads(gold_path.read_text(encoding="utf-8"))
            pages = []
            for identifier in sorted(gold):
                text = read_page(folder / pages_folder, identifier)
                if text is None:
                    print("%s: no page %s" % (name, identifier), file=sys.stderr)
                    continue
                pages.append((identifier, gold[identifier].get("url"), text))
            print("== %s: %d pages" % (name, len(pages)), flush=True)
            prediction_path = out / (name + ".json")
            prediction_path.write_text(
                json.dumps(predictions(command, pages, content_type), ensure_ascii=False), encoding="utf-8")
            subprocess.run([
                sys.executable, str(folder / "score_extraction.py"), str(gold_path), str(prediction_path), "--missing-ok",
                "--per-page", str(out / (name + ".tsv"))])
            first = next(iter(gold.values()), {})
            if any(key in first for key in ("title", "author", "authors", "byline", "date", "publishedTime")):
                subprocess.run([
                    sys.executable, str(folder / "score_metadata.py"), str(gold_path), str(prediction_path)])
    return 0


if __name__ == "__main__":
    sys.exit(main())
