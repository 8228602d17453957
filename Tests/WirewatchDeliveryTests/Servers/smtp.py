"""A real SMTP server on loopback that keeps each mail as a file; says its port on the first line of standard output.

Usage: smtp.py FOLDER [--cert FILE --key FILE] [--auth USER PASSWORD] [--tls] [--fail CODE COUNT]
--cert offers STARTTLS, and demands it; --tls speaks TLS from the beginning; --fail answers the first COUNT mails with CODE.
"""
import argparse
import asyncio
import os
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult

arguments = argparse.ArgumentParser()
arguments.add_argument("folder")
arguments.add_argument("--cert")
arguments.add_argument("--key")
arguments.add_argument("--auth", nargs=2)
arguments.add_argument("--tls", action="store_true")
arguments.add_argument("--fail", nargs=2, default=("", "0"))
options = arguments.parse_args()


class Keeper:
    count = 0
    failures = int(options.fail[1])

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if address.startswith("unknown@"):
            return "550 5.1.1 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if Keeper.failures > 0:
            Keeper.failures -= 1
            return f"{options.fail[0]} try again"
        Keeper.count += 1
        path = os.path.join(options.folder, f"{Keeper.count:04}.eml")
        with open(path + ".tmp", "wb") as file:
            head = f"X-Envelope-From: {envelope.mail_from}\r\nX-Envelope-To: {','.join(envelope.rcpt_tos)}\r\n"
            head += f"X-Secured: {session.ssl is not None or options.tls}\r\n"
            file.write(head.encode() + envelope.content)
        os.rename(path + ".tmp", path)
        return "250 OK"


def authenticate(server, session, envelope, mechanism, data):
    expected = [text.encode() for text in options.auth]
    return AuthResult(success=[data.login, data.password] == expected)


async def main():
    context = None
    if options.cert:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(options.cert, options.key)
    starttls = context if not options.tls else None

    def factory():
        return SMTP(
            Keeper(), hostname="localhost", tls_context=starttls, require_starttls=starttls is not None,
            authenticator=authenticate if options.auth else None, auth_required=bool(options.auth),
            auth_require_tls=starttls is not None)

    server = await asyncio.get_running_loop().create_server(
        factory, "127.0.0.1", 0, ssl=context if options.tls else None)
    print(server.sockets[0].getsockname()[1], flush=True)
    # The test holds our standard input; when it ends, so do we.
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    os._exit(0)


asyncio.run(main())
