#!/usr/bin/env python3
"""A web server for the tests that does by path everything that a server should not, and serves good feeds beside it.

hostile.py FOLDER: prints `http PORT` and `https PORT`, then serves until it is ended. `good-N` paths give a feed that
has one more item at each poll; FOLDER gets a certificate of its own.
"""

import email.utils
import gzip
import os
import socket
import ssl
import struct
import subprocess
import sys
import threading
import time

BOMB = gzip.compress(b" " * (200 << 20), 9)
polls = {}
lock = threading.Lock()


def count(path):
    with lock:
        polls[path] = polls.get(path, 0) + 1
        return polls[path]


def feed(name, numbers):
    items = "".join(
        f"<item><guid>{name}-{n}</guid><title>Delivery {name} number {n}</title>"
        f"<description>The delivery of parcel {n} from {name}.</description></item>" for n in numbers)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{name}</title>{items}</channel></rss>'.encode()


def reply(connection, status, fields=(), body=b"", length=None):
    lines = [f"HTTP/1.1 {status} X", *fields, f"Content-Length: {len(body) if length is None else length}", "", ""]
    connection.sendall("\r\n".join(lines).encode() + body)


def drip(connection):
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        connection.sendall(b"X-Slow: 1\r\n")
        time.sleep(0.1)


def endless(connection):
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n\r\n<rss><channel><title>")
    while True:
        connection.sendall(b"x" * 65536)


def reset(connection):
    reply(connection, 200, (), b"<rss><channel>", length=9000)
    time.sleep(0.05)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def fields_without_end(connection):
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    for _ in range(10_000):
        connection.sendall(b"X-Filler: " + b"x" * 1000 + b"\r\n")


def answer(connection, path, fields):
    """Answers one request; False when the connection is not to be used again."""
    if "/good-" in path:
        number = count(path)
        reply(connection, 200, [f'ETag: "{number}"'], feed(path.rsplit("/", 1)[1], range(number, 0, -1)))
        return True
    name = path.rsplit("/", 1)[1]
    if name == "slow-headers":
        drip(connection)
    elif name == "silent":
        time.sleep(3600)
    elif name == "endless":
        endless(connection)
    elif name == "bomb":
        reply(connection, 200, ["Content-Encoding: gzip"], BOMB)
    elif name == "loop":
        reply(connection, 302, ["Location: /loop-on"])
    elif name == "loop-on":
        reply(connection, 302, ["Location: /loop"])
    elif name == "endless-redirects" or name.startswith("on-"):
        reply(connection, 302, [f"Location: /on-{time.monotonic_ns()}"])
    elif name == "inward":
        reply(connection, 302, ["Location: http://10.0.0.1/secrets"])
    elif name == "short":
        reply(connection, 200, (), feed("short", [1]), length=90_000)
        return False
    elif name == "reset":
        reset(connection)
        return False
    elif name == "large-header":
        fields_without_end(connection)
        return False
    elif name == "wait-seconds":
        reply(connection, 429, ["Retry-After: 3600"])
    elif name == "wait-date":
        reply(connection, 503, ["Retry-After: " + email.utils.formatdate(time.time() + 3600, usegmt=True)])
    elif name == "unasked-304":
        reply(connection, 304)
        return False
    elif name == "new-etag":
        reply(connection, 200, [f'ETag: "{time.monotonic_ns()}"'], feed("new-etag", [3, 2, 1]))
    elif name == "charset-lies":
        body = feed("charset", [1]).replace(b"parcel", "Stra\u00dfe".encode("latin-1"))
        reply(connection, 200, ["Content-Type: application/rss+xml; charset=utf-16"], body)
    elif name == "not-http":
        connection.sendall(b"SSH-2.0-OpenSSH_9\r\n")
        return False
    elif name == "page":
        reply(connection, 200, ["Content-Type: text/html"], b"<!doctype html><p>Buy this domain")
    else:
        reply(connection, 404)
    return True


def serve(connection):
    try:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        buffer = b""
        while True:
            while b"\r\n\r\n" not in buffer:
                more = connection.recv(65536)
                if not more:
                    return
                buffer += more
            head, buffer = buffer.split(b"\r\n\r\n", 1)
            lines = head.decode("latin-1").split("\r\n")
            fields = {line.split(":", 1)[0].lower(): line.split(":", 1)[1].strip() for line in lines[1:] if ":" in line}
            if not answer(connection, lines[0].split(" ")[1], fields):
                return
    except OSError:
        pass
    finally:
        connection.close()


def listen(context=None):
    """Listens on one port of 127.0.0.1 to 127.0.0.40, which are as many hosts."""
    first = socket.create_server(("127.0.0.1", 0), backlog=128)
    port = first.getsockname()[1]
    for listener in [first] + [socket.create_server((f"127.0.0.{n}", port), backlog=128) for n in range(2, 41)]:
        threading.Thread(target=accept, args=(listener, context), daemon=True).start()
    return port


def accept(listener, context):
    while True:
        connection, _ = listener.accept()

        def begin(connection=connection):
            try:
                serve(context.wrap_socket(connection, server_side=True) if context else connection)
            except OSError:
                connection.close()

        threading.Thread(target=begin, daemon=True).start()


def main():
    certificate, key = os.path.join(sys.argv[1], "server.pem"), os.path.join(sys.argv[1], "server.key")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate],
        check=True, stderr=subprocess.DEVNULL)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    print("http", listen(), flush=True)
    print("https", listen(context), flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    main()
