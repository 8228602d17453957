#!/usr/bin/env python3
"""Judges `wirewatch train` on labelled articles, by cross-validation.

Each labelled file below DIR/topics (its `dev` folder, where there is one) holds lines of {"id", "title", "text",
"topics"}. The figures are those of articles that were not learned from; time and memory are the whole command's.
"""
import argparse
import pathlib
import resource
import subprocess
import sys

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True, type=pathlib.Path, help="folder that holds topics/")
    parser.add_argument("--wirewatch", required=True, type=pathlib.Path, help="the wirewatch program")
    parser.add_argument("--config", type=pathlib.Path, default=REPOSITORY / "config.yaml")
    arguments = parser.parse_args()
    folder = arguments.data / "topics"
    files = sorted(folder.glob("dev/*.jsonl")) or sorted(folder.rglob("*.jsonl"))
    if not files:
        sys.exit(f"{folder}: expected labelled *.jsonl files")
    worst = 0
    for file in files:
        print(f"== {file.name}", flush=True)
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        command = [str(arguments.wirewatch.resolve()), "train", str(file), "--dry-run", "--config", str(arguments.config)]
        command += ["--as", "mobility=autonomy,ev_battery", "--as", "climate=energy"]
        worst = max(worst, subprocess.run(command).returncode)
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        print(f"{usage.ru_utime - before:.1f} s of CPU, at most {usage.ru_maxrss / 1024:.0f} MiB", flush=True)
    return worst


if __name__ == "__main__":
    sys.exit(main())
