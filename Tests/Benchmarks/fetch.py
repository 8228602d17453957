#!/usr/bin/env python3
"""Polling of thousands of feeds by the real daemon, beside `curl --parallel` over the same URLs in the same run.

nginx serves generated feeds on 250 loopback addresses, which are as many hosts. A poll of the daemon is a whole
`wirewatch run --once`: start, reading the configuration, state, all polls, records written, end. curl only transfers.
So the HTTP layer by itself (`wirewatch-bench-fetching`), which throws the bodies away as curl does, is measured beside it.
Rounds alternate; the median of each is compared.
"""

import argparse
import email.utils
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

from bench import idle, measure_ready
from feeds import write_feeds

HOSTS = 250
PARALLEL = 64  # The daemon's connections in all
PER_HOST = 2  # and with one host.


class Nginx:
    """A server on loopback whose log tells connections and hosts apart."""

    def __init__(self, folder, root, port):
        self.log = os.path.join(folder, "access.log")
        addresses = "\n".join(f"listen 127.0.0.{host + 1}:{port};" for host in range(HOSTS))
        config = os.path.join(folder, "nginx.conf")
        with open(config, "w", encoding="utf-8") as file:
            file.write(f"""
worker_processes 1;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 4096; }}
http {{
  log_format times '$msec $request_time $connection $server_addr $status $body_bytes_sent';
  access_log {self.log} times;
  types {{ application/xml xml; }}
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  keepalive_requests 100000; keepalive_timeout 300; sendfile on; tcp_nodelay on;
  server {{ {addresses} root {root}; location /rest/ {{ alias {root}/; expires 1h; }} }}
}}
""")
        self.process = subprocess.Popen(["nginx", "-c", config, "-p", folder], stderr=subprocess.DEVNULL)
        for _ in range(200):
            if subprocess.run(["curl", "-sfo", os.devnull, f"http://127.0.0.1:{port}/feed0000.xml"],
                              check=False).returncode == 0:
                break
            time.sleep(0.05)
        else:
            sys.exit("nginx did not start: " + open(os.path.join(folder, "error.log"), encoding="utf-8").read())
        self.read = os.path.getsize(self.log)

    def requests(self):
        """What was logged since the last call: (start, end, connection, host, status, bytes)."""
        time.sleep(0.05)
        with open(self.log, encoding="ascii") as file:
            file.seek(self.read)
            lines = file.read().splitlines()
            self.read = file.tell()
        rows = []
        for line in lines:
            end, duration, connection, host, status, size = line.split()
            rows.append((float(end) - float(duration), float(end), connection, host, int(status), int(size)))
        return rows

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()


def most_connections(rows):
    """The most connections with one host at the same time, each counted from its first request to its last reply."""
    lives = {}
    for start, end, connection, host, _, _ in rows:
        known = lives.setdefault(host, {}).setdefault(connection, [start, end])
        known[0], known[1] = min(known[0], start), max(known[1], end)
    worst = 0
    for connections in lives.values():
        events = sorted([(start, 1) for start, _ in connections.values()] + [(end, -1) for _, end in connections.values()])
        active = 0
        for _, change in events:
            active += change
            worst = max(worst, active)
    return worst


def run(command):
    """Wall and CPU seconds and peak MiB of a command that must succeed."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    complaint = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = status
    if status != 0:
        sys.exit(f"{' '.join(command)} failed with status {status}: {complaint.decode()[:2000]}")
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def url(number, port, files, folder="/"):
    mark = f"?{number}" if number >= files else ""
    return f"http://127.0.0.{1 + number % HOSTS}:{port}{folder}feed{number % files:04}.xml{mark}"


def configure(folder, port, sources, files, every, stages="", place="/"):
    path = os.path.join(folder, "config.yaml")
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"state: state\npipeline: [{stages}]\n"
                   "sinks: [{name: articles, type: json_log, path: articles.jsonl, records: articles, "
                   "rotate: {max_size: 10GiB}}]\nsources:\n")
        for number in range(sources):
            file.write(f"  - {{name: feed-{number}, type: feed, url: '{url(number, port, files, place)}', every: {every}, "
                       f"min_every: {every}, max_every: {every}, allow_private_addresses: true}}\n")
    return path


def curl_config(folder, name, port, count, header=None):
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(f'parallel\nparallel-max = {PARALLEL}\nsilent\nshow-error\nfail\ncompressed\n')
        if header:
            file.write(f'header = "{header}"\n')
        for number in range(count):
            file.write(f'url = "{url(number, port, count)}"\noutput = "/dev/null"\n')
    return path


class Figures:
    """The rounds of one client in one kind of poll."""

    def __init__(self):
        self.rounds = []

    def add(self, usage, rows, expected, status):
        statuses = {row[4] for row in rows}
        if len(rows) != expected or statuses != {status}:
            sys.exit(f"{len(rows)} requests with statuses {statuses}, where {expected} of {status} were expected")
        span = max(row[1] for row in rows) - min(row[0] for row in rows)
        self.rounds.append((*usage, span, most_connections(rows), len({row[2] for row in rows})))

    def median(self, column):
        return statistics.median(row[column] for row in self.rounds)

    def text(self):
        return (f"wall {self.median(0):.3f} s, CPU {self.median(1):.3f} s, peak {max(row[2] for row in self.rounds):.1f} "
                f"MiB, first to last request {self.median(3):.3f} s, connections {self.median(5):.0f}, "
                f"at most {max(row[4] for row in self.rounds)} at once with a host")


def compare(name, ours, curls, what="wirewatch"):
    print(f"{name}\n  {what + ':':<10} {ours.text()}\n  {'curl:':<10} {curls.text()}")
    print(f"  ratio of curl's wall to ours {curls.median(0) / ours.median(0):.2f} for the whole run, "
          f"{curls.median(3) / ours.median(3):.2f} from first to last request; of CPU {curls.median(1) / ours.median(1):.2f}")
    if max(row[4] for row in ours.rounds) > PER_HOST:
        sys.exit(f"more than {PER_HOST} connections with a host")


def transfers(arguments, folder, nginx, modified):
    """The HTTP layer alone, and curl's in turn."""
    count, port = arguments.feeds, arguments.port
    listed = os.path.join(folder, "urls")
    with open(listed, "w", encoding="utf-8") as file:
        file.writelines(url(number, port, count) + "\n" for number in range(count))
    for status, header, further in ((200, None, []), (304, f"If-Modified-Since: {modified}", [modified])):
        config = curl_config(folder, f"curl-bare-{status}", port, count, header)
        ours, curls = Figures(), Figures()
        for _ in range(arguments.rounds):
            nginx.requests()
            curls.add(run(["curl", "--config", config]), nginx.requests(), count, status)
            ours.add(run([arguments.fetcher, listed, str(PARALLEL), str(PER_HOST)] + further), nginx.requests(), count, status)
        compare(f"the HTTP layer alone, {count:,} replies of {status}", ours, curls, "ours")


def polls(arguments, folder, nginx, modified, stages, label):
    """Full polls and 304 polls, ours and curl's in turn."""
    count, port = arguments.feeds, arguments.port
    daemon = [arguments.wirewatch, "run", "--once", "--quiet", "--config"]
    plain = curl_config(folder, "curl-200", port, count)
    conditional = curl_config(folder, "curl-304", port, count, f"If-Modified-Since: {modified}")
    ours200, curl200, ours304, curl304 = Figures(), Figures(), Figures(), Figures()
    written = 0
    for number in range(arguments.rounds):
        home = os.path.join(folder, f"{label}-{number}")
        os.mkdir(home)
        config = configure(home, port, count, count, "1s", stages)
        nginx.requests()
        curl200.add(run(["curl", "--config", plain]), nginx.requests(), count, 200)
        ours200.add(run(daemon + [config]), nginx.requests(), count, 200)
        with open(os.path.join(home, "articles.jsonl"), "rb") as file:
            written = sum(1 for _ in file)
        # The feeds ask for an hour, max_every allows them a second.
        time.sleep(1.2)
        curl304.add(run(["curl", "--config", conditional]), nginx.requests(), count, 304)
        ours304.add(run(daemon + [config]), nginx.requests(), count, 304)
        shutil.rmtree(home)
    compare(f"full poll of {count:,} feeds{' with ' + stages if stages else ''}, {written:,} documents written", ours200, curl200)
    compare(f"poll of {count:,} feeds that did not change", ours304, curl304)


def many_sources(arguments, folder, nginx):
    """Ten thousand sources: start and idleness, their state being there."""
    home = os.path.join(folder, "many")
    os.mkdir(home)
    config = configure(home, arguments.port, arguments.sources, arguments.feeds, "1h", place="/rest/")
    wall, cpu, memory = run([arguments.wirewatch, "run", "--once", "--quiet", "--config", config])
    polled = len(nginx.requests())
    print(f"{arguments.sources:,} sources\n  first poll of all: {polled:,} requests, wall {wall:.2f} s, CPU {cpu:.2f} s, "
          f"peak {memory:.1f} MiB")
    wall, cpu, memory = run([arguments.wirewatch, "run", "--once", "--quiet", "--config", config])
    if nginx.requests():
        sys.exit("feeds were polled that ask for an hour's rest")
    print(f"  a run without a poll (all that start, set-up and end cost): wall {wall:.2f} s, CPU {cpu:.2f} s, "
          f"peak {memory:.1f} MiB")
    ready, process = measure_ready(arguments.wirewatch, config)
    cpu, rss, pss, anonymous = idle(process, 15)
    process.send_signal(signal.SIGTERM)
    process.wait()
    print(f"  start to READY {ready:.2f} s; idle {cpu:.2f} ms CPU a second, resident {rss:.1f} MiB (proportional {pss:.1f}, "
          f"anonymous {anonymous:.1f})")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wirewatch", required=True)
    parser.add_argument("--fetcher", metavar="PROGRAM", help="wirewatch-bench-fetching, the HTTP layer alone")
    parser.add_argument("--feeds", type=int, default=2000)
    parser.add_argument("--size", type=int, default=42_000)
    parser.add_argument("--given", metavar="DIR", help="feeds to serve (feed0000.xml and on) in place of generated ones")
    parser.add_argument("--sources", type=int, default=10_000, help="for start and idleness; 0 leaves that out")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--port", type=int, default=18_880)
    parser.add_argument("--stages", default="{type: extract}", help="the pipeline of a second series; empty leaves it out")
    arguments = parser.parse_args()
    arguments.wirewatch = os.path.abspath(arguments.wirewatch)
    if arguments.fetcher:
        arguments.fetcher = os.path.abspath(arguments.fetcher)
    for tool in ("nginx", "curl"):
        if not shutil.which(tool):
            print(f"polling: not measured, there is no {tool}")
            return
    folder = tempfile.mkdtemp(prefix="wirewatch-fetch-")
    # nginx may drop its privileges, and must still reach the feeds.
    os.chmod(folder, 0o755)
    root = os.path.join(folder, "feeds")
    if arguments.given:
        os.mkdir(root)
        for number in range(arguments.feeds):
            shutil.copy(os.path.join(arguments.given, f"feed{number:04}.xml"), root)
    else:
        write_feeds(root, arguments.feeds, arguments.size)
    # One time for all, so that one header makes all of curl's requests conditional.
    for name in os.listdir(root):
        os.utime(os.path.join(root, name), (1_767_528_000, 1_767_528_000))
        os.chmod(os.path.join(root, name), 0o644)
    size = sum(entry.stat().st_size for entry in os.scandir(root))
    print(f"{arguments.feeds:,} feeds, {size / 1e6:.0f} MB, {HOSTS} hosts, {PARALLEL} connections, load {os.getloadavg()[0]:.1f}")
    nginx = Nginx(folder, root, arguments.port)
    try:
        modified = email.utils.formatdate(1_767_528_000, usegmt=True)
        if arguments.fetcher:
            transfers(arguments, folder, nginx, modified)
        polls(arguments, folder, nginx, modified, "", "bare")
        if arguments.stages:
            polls(arguments, folder, nginx, modified, arguments.stages, "stages")
        if arguments.sources:
            many_sources(arguments, folder, nginx)
    finally:
        nginx.stop()
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
