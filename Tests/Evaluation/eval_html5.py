#!/usr/bin/env python3
"""eval_html5.py --data DIR --wirewatch BIN [--fails N] [--kind KIND]

Measures the HTML parser on the cases of html5lib in DIR/html5lib: trees (tree-construction, *.dat), tokens (tokenizer,
*.test) and encodings (encoding, *.dat), in whatever folders below these three. All cases of a kind go through one
`wirewatch markup KIND -`; an answer is right when it is exactly the expected one. Failing cases are named, N of a kind with
what was expected and what came.

Python 3, standard library only. Exit status: 0 measured, 1 the program failed, 2 bad arguments.
"""
import argparse
import json
import pathlib
import re
import subprocess
import sys

STATES = {
    "Data state": "data", "RCDATA state": "rcdata", "RAWTEXT state": "rawtext", "Script data state": "script",
    "PLAINTEXT state": "plaintext", "CDATA section state": "cdata",
}


def sections(path):
    """The cases of a .dat file: lists of (heading, bytes)."""
    case = []
    for line in path.read_bytes().split(b"\n"):
        if line == b"#data" and (not case or any(name != "data" for name, _ in case)):
            if case:
                yield case
            case = [("data", [])]
        elif line.startswith(b"#") and case and line[1:].replace(b"-", b"").isalpha() and is_heading(line):
            case.append((line[1:].decode(), []))
        elif case:
            case[-1][1].append(line)
    if case:
        yield case


def is_heading(line):
    return line[1:] in (b"errors", b"new-errors", b"document", b"document-fragment", b"script-on", b"script-off",
                        b"encoding")


def joined(lines):
    return b"\n".join(lines)


def tree_cases(folder):
    for path in sorted(folder.rglob("*.dat")):
        for number, case in enumerate(sections(path), 1):
            parts = dict(case)
            if "document" not in parts:
                continue
            request = {"text": joined(parts["data"]).decode("utf-8", "replace")}
            if "document-fragment" in parts:
                request["context"] = parts["document-fragment"][0].decode()
            expected = joined(parts["document"]).decode("utf-8", "replace").rstrip("\n") + "\n"
            name = "%s:%d" % (path.relative_to(folder), number)
            modes = [True] if "script-on" in parts else [False] if "script-off" in parts else [False, True]
            yield name, [dict(request, scripting=mode) for mode in modes], lambda answer, expected=expected: (
                answer.get("tree", "").rstrip("\n") + "\n", expected)


def unescaped(value):
    """Undoes the second escaping of a case marked "doubleEscaped"."""
    if isinstance(value, str):
        return json.loads('"%s"' % value.replace('"', '\\"'))
    if isinstance(value, list):
        return [unescaped(item) for item in value]
    if isinstance(value, dict):
        return {unescaped(key): unescaped(item) for key, item in value.items()}
    return value


def whole(value):
    """Lone surrogates, which UTF-8 cannot hold, as U+FFFD: so a decoder hands them to a tokenizer."""
    if isinstance(value, str):
        return re.sub("[\ud800-\udfff]", "\ufffd", value)
    if isinstance(value, list):
        return [whole(item) for item in value]
    if isinstance(value, dict):
        return {whole(key): whole(item) for key, item in value.items()}
    return value


def merged(tokens):
    result = []
    for token in tokens:
        if token[0] == "Character" and result and result[-1][0] == "Character":
            result[-1] = ["Character", result[-1][1] + token[1]]
        else:
            result.append(token)
    return result


def token_cases(folder):
    for path in sorted(folder.rglob("*.test")):
        for number, case in enumerate(json.loads(path.read_text(encoding="utf-8")).get("tests", []), 1):
            text, output = case["input"], case["output"]
            if case.get("doubleEscaped"):
                text, output = unescaped(text), unescaped(output)
            text, output = whole(text), whole(output)
            requests = []
            for state in case.get("initialStates", ["Data state"]):
                request = {"text": text, "state": STATES.get(state, "data")}
                if "lastStartTag" in case:
                    request["last_start_tag"] = case["lastStartTag"]
                requests.append(request)
            name = "%s:%d %s" % (path.relative_to(folder), number, case["description"])
            yield name, requests, lambda answer, output=merged(output): (merged(answer.get("tokens", [])), output)


def encoding_cases(folder):
    for path in sorted(folder.rglob("*.dat")):
        for number, case in enumerate(sections(path), 1):
            parts = dict(case)
            if "encoding" not in parts:
                continue
            expected = parts["encoding"][0].decode().strip().lower()
            name = "%s:%d" % (path.relative_to(folder), number)
            yield name, [{"hex": joined(parts["data"]).hex()}], lambda answer, expected=expected: (
                answer.get("declared") or "windows-1252", expected)


KINDS = (("tree", "tree-construction", tree_cases), ("tokens", "tokenizer", token_cases),
         ("encoding", "encoding", encoding_cases))


def measure(command, kind, cases, fails):
    lines = [json.dumps(request) for _, requests, _ in cases for request in requests]
    run = subprocess.run(command + ["markup", kind, "-"], input=("\n".join(lines) + "\n").encode(), stdout=subprocess.PIPE)
    answers = [json.loads(line) for line in run.stdout.decode("utf-8").split("\n") if line]
    if len(answers) != len(lines):
        print("eval_html5: %d of %d answers (exit status %d)" % (len(answers), len(lines), run.returncode), file=sys.stderr)
        return None
    passed, failed, at = 0, [], 0
    for name, requests, compare in cases:
        wrong = None
        for request in requests:
            got, expected = compare(answers[at])
            at += 1
            if got != expected and wrong is None:
                wrong = (name, request, got, expected)
        if wrong:
            failed.append(wrong)
        else:
            passed += 1
    print("%-10s %d/%d = %.2f %%" % (kind, passed, len(cases), 100 * passed / max(1, len(cases))))
    for number, (name, request, got, expected) in enumerate(failed):
        print("  fails: %s" % name)
        if number < fails:
            print("    input    %s" % json.dumps(request))
            print("    expected %s" % (expected if isinstance(expected, str) else json.dumps(expected)))
            print("    got      %s" % (got if isinstance(got, str) else json.dumps(got)))
    return passed


def main():
    parser = argparse.ArgumentParser(description="Measures the HTML parser")
    parser.add_argument("--data", required=True, type=pathlib.Path, help="folder that holds html5lib/")
    parser.add_argument("--wirewatch", required=True, help="the wirewatch program")
    parser.add_argument("--fails", type=int, default=0, help="show this many failing cases of a kind in full")
    parser.add_argument("--kind", choices=[kind for kind, _, _ in KINDS], help="measure this kind only")
    args = parser.parse_args()
    folder = args.data / "html5lib"
    if not folder.is_dir():
        print("eval_html5: no folder %s" % folder, file=sys.stderr)
        return 2
    status = 0
    for kind, name, cases in KINDS:
        if args.kind in (None, kind) and (folder / name).is_dir():
            if measure([args.wirewatch], kind, list(cases(folder / name)), args.fails) is None:
                status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
