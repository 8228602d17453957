#!/usr/bin/env python3
"""Benchmarks of the real binary: one command, each figure beside a peer or a limit measured in the same run.

Everything runs pinned to one core. Articles are generated from a seed, so two runs see the same bytes.
"""

import argparse
import json
import os
import random
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

TOPICS = [
    "a humanoid robot maker shipped {n} units to factories in {year}, up {p} percent from a year earlier",
    "orders for the warehouse robots reached {m} million dollars, the company said in its quarterly report",
    "the large language model was downloaded over {n} times within six days of its release",
    "chip utilization rose from {p}-{q} percent to about {r} percent after the update of the scheduler",
    "regulators asked the operator of the driverless taxi fleet for its safety records of the last {d} months",
    "the battery plant will make cells for {n} vehicles a year and cost {m} million euros",
    "researchers measured how the quantum processor with {q} qubits lost its state over time",
    "the start-up raised {m} million dollars in a funding round at a valuation of {b} billion dollars",
]
FILLER = (
    "People who use the product every day said that it changed little in how they work, although the office around "
    "them looks different now. The report does not say who paid for the study, and the company did not answer "
    "questions about the schedule. A second team is to repeat the work in another city before the end of the year. "
)


def article(number, size, rng):
    """One article of about `size` bytes of body, with the claims and the prose of technology news."""
    parts, length = [], 0
    while length < size:
        claim = rng.choice(TOPICS).format(
            n=f"{rng.randint(2, 900):,},000", year=rng.randint(2019, 2026), p=rng.randint(3, 60), q=rng.randint(61, 90),
            r=rng.randint(91, 99), m=rng.randint(2, 900), d=rng.randint(2, 36), b=rng.randint(1, 90))
        start = rng.randint(0, 80)
        paragraph = claim[0].upper() + claim[1:] + ". " + FILLER[start:start + rng.randint(150, 320)].strip() + "."
        parts.append(paragraph)
        length += len(paragraph) + 2
    return {
        "id": f"bench-{number}", "url": f"https://news.example/articles/{number}",
        "title": f"Report {number}: {rng.choice(TOPICS).format(n=7, year=2026, p=1, q=2, r=3, m=4, d=5, b=6)[:60]}",
        "authors": ["A. Writer"], "published": "2026-01-04T12:00:00Z", "body": "\n\n".join(parts)[:size + 200],
    }


def write_articles(path, count, size, seed):
    rng = random.Random(seed)
    with open(path, "w", encoding="utf-8") as file:
        for number in range(count):
            file.write(json.dumps(article(number, size, rng), ensure_ascii=False) + "\n")
    return os.path.getsize(path)


def write_tiny(path, count):
    with open(path, "w", encoding="utf-8") as file:
        for number in range(count):
            file.write(f'{{"id":"tiny-{number}","title":"Note {number}","body":"A short note, number {number}."}}\n')


def configure(folder, root, source):
    """The shipped pipeline over one JSON Lines file."""
    path = os.path.join(folder, "config.yaml")
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"""
state: state
sources: [{{name: bench, type: files, path: {source}}}]
pipeline:
  - {{type: extract}}
  - {{type: classify, topics: !include {root}/Plugins/Classify/topics.yaml}}
  - {{type: entities, watchlist: !include {root}/Plugins/Entities/entities.yaml}}
  - {{type: metrics}}
  - {{type: dedupe}}
  - {{type: alert, rules: !include {root}/Plugins/Alert/rules.yaml}}
sinks:
  - {{name: articles, type: json_log, path: logs/articles.jsonl, records: articles}}
  - {{name: alerts, type: json_log, path: logs/alerts.jsonl, records: alerts}}
engine: {{workers: 1}}
""")
    return path


def pinned(command, **options):
    """Runs a command on core 0; wall seconds, CPU seconds, peak memory in MiB."""
    start = time.monotonic()
    process = subprocess.Popen(["taskset", "-c", "0"] + command, **options)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - start
    if status != 0:
        sys.exit(f"{' '.join(command)} failed with status {status}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def measure_ready(binary, config):
    """Seconds from the start of the process to READY=1 on its notify socket."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "notify")
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notify:
            notify.bind(path)
            notify.settimeout(60)
            environment = dict(os.environ, NOTIFY_SOCKET=path)
            start = time.monotonic()
            process = subprocess.Popen([binary, "run", "--config", config, "--quiet"], env=environment,
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            while b"READY=1" not in notify.recv(4096):
                pass
            return time.monotonic() - start, process


def idle(process, seconds):
    """CPU milliseconds a second, resident and proportional memory in MiB, of a process left alone."""
    def cpu():
        with open(f"/proc/{process.pid}/stat", encoding="ascii") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    time.sleep(2)
    before = cpu()
    time.sleep(seconds)
    used = cpu() - before
    sizes = {}
    with open(f"/proc/{process.pid}/smaps_rollup", encoding="ascii") as file:
        for line in file:
            parts = line.split()
            if parts[0] in ("Rss:", "Pss:", "Anonymous:"):
                sizes[parts[0]] = int(parts[1]) / 1024
    return used / seconds * 1000, sizes["Rss:"], sizes["Pss:"], sizes["Anonymous:"]


def throughput(arguments, folder, source, count, size, label):
    config = configure(folder, arguments.root, source)
    command = [arguments.wirewatch, "run", "--once", "--quiet", "--config", config]
    wall, cpu, memory = pinned(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    print(f"{label}: {count / wall:,.0f} articles/s, {size / wall / 1e6:.1f} MB/s on one core "
          f"({wall:.2f} s wall, {cpu:.2f} s CPU), peak memory {memory:.1f} MiB")
    return config, count / wall


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wirewatch", required=True)
    parser.add_argument("--root", default=os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--seen", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    arguments.wirewatch = os.path.abspath(arguments.wirewatch)
    folder = tempfile.mkdtemp(prefix="wirewatch-bench-")
    try:
        source = os.path.join(folder, "articles.jsonl")
        size = write_articles(source, arguments.articles, 5000, 7)
        print(f"{arguments.articles:,} generated articles of 5 KB, {size / 1e6:.0f} MB")
        best = 0
        for number in range(arguments.rounds):
            run = os.path.join(folder, f"run-{number}")
            os.mkdir(run)
            _, rate = throughput(arguments, run, source, arguments.articles, size, "whole pipeline")
            best = max(best, rate)
        if shutil.which("jq"):
            wall, _, _ = pinned(["jq", "-c", ".", source], stdout=subprocess.DEVNULL)
            print(f"peer, jq -c . (parses and prints the same lines, no analysis): "
                  f"{arguments.articles / wall:,.0f} articles/s; ours is {best * wall / arguments.articles:.2f} of it")
        few = os.path.join(folder, "few.jsonl")
        small = write_articles(few, 100, 5000, 8)
        run = os.path.join(folder, "run-few")
        os.mkdir(run)
        config, _ = throughput(arguments, run, few, 100, small, "100 articles")
        ready, process = measure_ready(arguments.wirewatch, config)
        cpu, rss, pss, anonymous = idle(process, 10)
        process.send_signal(signal.SIGTERM)
        process.wait()
        print(f"start to READY {ready * 1000:.0f} ms; idle {cpu:.2f} ms CPU a second, resident {rss:.1f} MiB "
              f"(proportional {pss:.1f}, anonymous {anonymous:.1f}) with 100 seen articles")

        many = os.path.join(folder, "many.jsonl")
        write_tiny(many, arguments.seen)
        run = os.path.join(folder, "run-many")
        os.mkdir(run)
        config, _ = throughput(arguments, run, many, arguments.seen, os.path.getsize(many),
                               f"{arguments.seen:,} tiny articles")
        ready, process = measure_ready(arguments.wirewatch, config)
        cpu, rss, pss, anonymous = idle(process, 10)
        process.send_signal(signal.SIGTERM)
        process.wait()
        print(f"start to READY {ready * 1000:.0f} ms; idle {cpu:.2f} ms CPU a second, resident {rss:.1f} MiB "
              f"(proportional {pss:.1f}, anonymous {anonymous:.1f}) with {arguments.seen:,} seen articles")
        throughput(arguments, run, source, arguments.articles, size,
                   f"whole pipeline with {arguments.seen:,} seen articles")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
