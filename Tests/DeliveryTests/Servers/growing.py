#!/usr/bin/env python3
"""Feeds for the tests that get new items with every poll, until a number is reached.

growing.py FEEDS ITEMS: prints `http PORT`, then serves /feed-0 and on. The items of all feeds together are numbered from
0 to ITEMS - 1, by which feed they belong to. Conditional requests get their 304.
"""

import random
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

FEEDS, ITEMS = int(sys.argv[1]), int(sys.argv[2])
shown = [0] * FEEDS
lock = threading.Lock()
rng = random.Random(7)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        feed = int(self.path.rsplit("-", 1)[1])
        mine = range(feed, ITEMS, FEEDS)
        known = self.headers.get("If-None-Match")
        with lock:
            # Now and then nothing is new.
            if rng.random() < 0.8:
                shown[feed] = min(len(mine), shown[feed] + rng.randint(1, 12))
            count = shown[feed]
        tag = f'"{feed}-{count}"'
        if known == tag:
            self.send_response(304)
            self.send_header("ETag", tag)
            self.end_headers()
            return
        items = "".join(
            f"<item><guid>{number}</guid><title>Delivery report number {number}</title>"
            f"<description>The delivery of parcel {number} was made by a machine that counts what it carries.</description>"
            "</item>" for number in reversed(mine[:count]))
        body = f"<rss version='2.0'><channel><title>Feed {feed}</title>{items}</channel></rss>".encode()
        self.send_response(200)
        self.send_header("ETag", tag)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print("http", server.server_address[1], flush=True)
server.serve_forever()
