"""An SMTP server that writes down what it gets, as JSON lines, and misbehaves for certain recipients.

It prints its port. When its standard input ends, it removes its folder and ends too.
"""

import argparse
import asyncio
import base64
import json
import os
import shutil
import sys

from aiosmtpd.smtp import SMTP, AuthResult, syntax

from sink_certificates import server_context

parser = argparse.ArgumentParser()
parser.add_argument("folder", help="where to write what arrives, and the certificates")
parser.add_argument("--encryption", choices=["none", "starttls", "implicit"], default="none")
parser.add_argument("--login", help="USER:PASSWORD; without it no login is offered")
parser.add_argument("--login-required", action="store_true")
parser.add_argument("--greeting", help="what to say in place of 220, before closing")
options = parser.parse_args()


def record(event, connection, about="events", **details):
    """Writes a line of the file about a recipient's domain, or of the file about everything else."""
    with open(f"{options.folder}/{about}.jsonl", "a", encoding="utf-8") as file:
        print(json.dumps({"event": event, "connection": connection, **details}), file=file)


async def for_ever():
    await asyncio.Event().wait()


# The replies to RCPT by the recipient's local part.
RECIPIENT_REPLIES = {
    "refuse450": "450 4.2.1 mailbox busy",
    "refuse550": "550 5.1.1 no such user here",
    "refuseandhang": "550 5.1.1 no such user here",
    "relay554": "554 5.7.1 relay access denied",
    "login530": "530 5.7.0 log in first",
    "chatty": "\r\n".join(["550-\x1b[31mgo\taway\x00 " + "x" * 300] * 500 + ["550 5.7.1 last line"]),
    "quotes": "550 5.7.1 not for robot with hunter2",
    "drop421": "421 4.3.2 shutting down",
}
# The replies to the end of a message.
END_REPLIES = {
    "end451": "451 4.7.1 greylisted",
    "end554": "554 5.6.0 looks like spam",
}


class Handler:
    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, server, session, envelope, address, mail_options):
        if address.startswith("refused@"):
            return "553 5.7.1 not your address"
        envelope.mail_from = address
        return "250 2.1.0 sender ok"

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        name, domain = address.split("@")
        server.fault, server.domain = name, domain
        record("recipient", server.connection, about=domain, recipients=[address])
        if name == "droprcpt":
            server.transport.abort()
            await for_ever()
        if name == "silentrcpt":
            await for_ever()
        envelope.rcpt_tos.append(address)
        return RECIPIENT_REPLIES.get(name, "250 2.1.5 recipient ok")

    async def handle_DATA(self, server, session, envelope):
        record(
            "mail", server.connection, about=server.domain, sender=envelope.mail_from,
            recipients=envelope.rcpt_tos, content=base64.b64encode(envelope.original_content).decode(), name=session.host_name,
            encrypted=server.transport.get_extra_info("sslcontext") is not None, login=session.authenticated)
        if server.fault == "dropafterdata":
            server.transport.abort()
            await for_ever()
        if server.fault == "silent":
            await for_ever()
        return END_REPLIES.get(server.fault, f"250 2.0.0 queued as {server.connection}")


class Sink(SMTP):
    connections = 0
    connection = 0
    fault = ""
    domain = ""

    def connection_made(self, transport):
        if self.connection == 0:
            Sink.connections += 1
            self.connection = Sink.connections
            record("connection", self.connection)
        if options.greeting:
            transport.write(f"{options.greeting}\r\n".encode())
            transport.close()
            return
        super().connection_made(transport)

    def connection_lost(self, error):
        if not options.greeting:
            super().connection_lost(error)

    async def push(self, status):
        await super().push(status)
        if str(status).startswith("421"):
            self.transport.close()

    @syntax("DATA")
    async def smtp_DATA(self, argument):
        if self.fault == "dropindata":
            await self.push("354 go on")
            self.transport.abort()
            await for_ever()
        if self.fault == "data451":
            await self.push("451 4.3.0 not now")
            return
        await super().smtp_DATA(argument)

    @syntax("QUIT")
    async def smtp_QUIT(self, argument):
        record("quit", self.connection)
        if self.fault in ("silentquit", "refuseandhang"):
            await for_ever()
        await super().smtp_QUIT(argument)


def authenticate(server, session, envelope, mechanism, data):
    given = f"{data.login.decode()}:{data.password.decode()}"
    record("login", server.connection, mechanism=mechanism, success=given == options.login)
    return AuthResult(success=given == options.login, handled=False)


async def main():
    context = server_context(options.folder) if options.encryption != "none" else None
    login = (
        {"authenticator": authenticate, "auth_require_tls": False, "auth_required": options.login_required}
        if options.login else {"auth_exclude_mechanism": ["PLAIN", "LOGIN"]})
    loop = asyncio.get_running_loop()
    starttls = context if options.encryption == "starttls" else None
    server = await loop.create_server(
        lambda: Sink(Handler(), hostname="sink.example", tls_context=starttls, data_size_limit=None, loop=loop, **login),
        "127.0.0.1", 0, ssl=context if options.encryption == "implicit" else None)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    # Without waiting for what is meant to last for ever.
    shutil.rmtree(options.folder)
    os._exit(0)


asyncio.run(main())
