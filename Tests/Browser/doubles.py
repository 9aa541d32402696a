"""Where messages go to: a mail server, an SMS gateway and a webhook's receiver, with faults on demand."""

import asyncio
import base64
import email
import email.policy
import hmac
import threading
import time
import urllib.parse
from collections import deque
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from aiosmtpd.smtp import SMTP, syntax


def twilio_signature(token, address, fields):
    """The value of X-Twilio-Signature for a form that is posted to an address."""
    signed = address + "".join(name + value for name, value in sorted(fields.items()))
    return base64.b64encode(hmac.digest(token.encode(), signed.encode(), "sha1")).decode()


def webhook_signature(secret, identifier, timestamp, body):
    """The value of webhook-signature by Standard Webhooks."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    return "v1," + base64.b64encode(hmac.digest(key, f"{identifier}.{timestamp}.".encode() + body, "sha256")).decode()


# What becomes of a recipient whose local part begins so; with "-once" behind it, only the first time.
FAULTS = {
    "refuse450": ("recipient", "450 4.2.1 mailbox busy"),
    "refuse550": ("recipient", "550 5.1.1 no such user here"),
    "silent": ("recipient", None),
    "drop-in-data": ("data", None),
    "end451": ("end", "451 4.7.1 greylisted"),
    "end554": ("end", "554 5.6.0 looks like spam"),
    "drop-after-data": ("end", "drop"),
    "slow": ("end", None),
}


@dataclass
class Mail:
    """A message that arrived whole."""

    connection: int
    sender: str
    recipients: list
    content: bytes
    # What was replied to its end: nothing if the connection was dropped or the server kept silent.
    reply: str | None
    message: email.message.EmailMessage = field(init=False)

    def __post_init__(self):
        self.message = email.message_from_bytes(self.content, policy=email.policy.default)

    @property
    def accepted(self):
        return self.reply is not None and self.reply.startswith("250")

    @property
    def may_have_been_taken(self):
        """Whether a sender has to reckon with it: it was accepted, or nothing was said."""
        return self.reply is None or self.accepted


class MailSink:
    """An SMTP server that keeps what it gets."""

    def __init__(self, pause=0):
        # Seconds that a message takes.
        self.pause = pause
        # Whether it says 421 to everybody who connects, and to everybody connected who has another message.
        self.down = False
        # Those who came while it was down.
        self.turned_away = 0
        self.connections = 0
        self.mails = []
        # Every RCPT, in order.
        self.recipients = []
        # What came of the "-once" recipients.
        self.faulted = set()

    def __enter__(self):
        self.loop = asyncio.new_event_loop()
        # In a thread of its own from the start: the browser's driver may keep a loop in this one.
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.server = asyncio.run_coroutine_threadsafe(
            self.loop.create_server(lambda: Conversation(self, loop=self.loop), "127.0.0.1", 0), self.loop).result()
        self.port = self.server.sockets[0].getsockname()[1]
        return self

    def __exit__(self, *error):
        asyncio.run_coroutine_threadsafe(self.close(), self.loop).result()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()

    async def close(self):
        self.server.close()
        # Also those that were to be kept waiting for ever.
        waiting = asyncio.all_tasks() - {asyncio.current_task()}
        for conversation in waiting:
            conversation.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)

    @property
    def address(self):
        return f"smtp-plain://127.0.0.1:{self.port}"

    def to(self, recipient):
        """The messages that arrived whole for a recipient, oldest first."""
        return [mail for mail in list(self.mails) if recipient in mail.recipients]

    def fault(self, recipient, stage):
        """What the stage is to do about the recipient; nothing in most cases."""
        name = recipient.split("@")[0]
        for fault, (where, what) in FAULTS.items():
            if where != stage or not name.startswith(fault):
                continue
            if not name.startswith(fault + "-once"):
                return True, what
            if recipient not in self.faulted:
                self.faulted.add(recipient)
                return True, what
        return False, None


class Handler:
    """What aiosmtpd asks about each step of a conversation."""

    def __init__(self, sink):
        self.sink = sink

    async def handle_RCPT(self, server, session, envelope, address, options):
        self.sink.recipients.append(address)
        is_faulty, reply = self.sink.fault(address, "recipient")
        if is_faulty and reply is None:
            await asyncio.Event().wait()
        if is_faulty:
            return reply
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 recipient ok"

    async def handle_DATA(self, server, session, envelope):
        if self.sink.pause:
            await asyncio.sleep(self.sink.pause)
        is_faulty, reply = self.sink.fault(envelope.rcpt_tos[0], "end")
        if not is_faulty:
            reply = f"250 2.0.0 queued as {len(self.sink.mails)}"
        self.sink.mails.append(
            Mail(
                server.connection, envelope.mail_from, envelope.rcpt_tos, envelope.original_content,
                None if reply == "drop" else reply))
        if reply == "drop":
            server.transport.abort()
        if reply in ("drop", None):
            await asyncio.Event().wait()
        return reply


class Conversation(SMTP):
    """One connection."""

    def __init__(self, sink, loop):
        super().__init__(
            Handler(sink), hostname="sink.example", auth_exclude_mechanism=["PLAIN", "LOGIN"], data_size_limit=None,
            loop=loop)
        self.sink = sink
        self.is_turned_away = False

    def connection_made(self, transport):
        self.sink.connections += 1
        self.connection = self.sink.connections
        if self.sink.down:
            self.is_turned_away = True
            self.sink.turned_away += 1
            transport.write(b"421 4.3.2 not now\r\n")
            transport.close()
            return
        super().connection_made(transport)

    def data_received(self, data):
        if not self.is_turned_away:
            super().data_received(data)

    def eof_received(self):
        return None if self.is_turned_away else super().eof_received()

    def connection_lost(self, error):
        if not self.is_turned_away:
            super().connection_lost(error)

    @syntax("MAIL FROM: <address>")
    async def smtp_MAIL(self, argument):
        if self.sink.down:
            self.sink.turned_away += 1
            await self.push("421 4.3.2 not now")
            self.transport.close()
            return
        await super().smtp_MAIL(argument)

    @syntax("DATA")
    async def smtp_DATA(self, argument):
        recipients = self.envelope.rcpt_tos if self.envelope else []
        if recipients and self.sink.fault(recipients[0], "data")[0]:
            await self.push("354 go on")
            self.transport.abort()
            await asyncio.Event().wait()
        await super().smtp_DATA(argument)


@dataclass
class Request:
    """A request as it came, and the status it got; none if the connection was dropped instead."""

    path: str
    headers: dict
    body: bytes
    # Of a clock that is never set back, in seconds.
    at: float
    status: int | None = None
    reply: bytes = b""

    @property
    def form(self):
        return dict(urllib.parse.parse_qsl(self.body.decode(), keep_blank_values=True, strict_parsing=True))


class WebDouble:
    """A web server that keeps what is posted to it."""

    def __init__(self):
        self.requests = []
        # What to answer next: (status, headers, body), or nothing to drop the connection.
        self.script = deque()
        self.connections = 0
        self.lock = threading.Lock()

    def __enter__(self):
        double = self

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def get_request(self):
                double.connections += 1
                return super().get_request()

            def handle_error(self, request, client_address):
                # A sender that was killed, or that would not wait, is no error here.
                pass

        class Answering(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                request = Request(
                    self.path, {name.lower(): value for name, value in self.headers.items()}, body, time.monotonic())
                with double.lock:
                    answer = double.script.popleft() if double.script else double.usual_answer(request)
                    if answer:
                        request.status, _, request.reply = answer
                    double.requests.append(request)
                if answer is None:
                    self.close_connection = True
                    return
                status, headers, reply = answer
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(reply)))
                self.end_headers()
                self.wfile.write(reply)

            def log_message(self, *arguments):
                pass

        self.server = Server(("127.0.0.1", 0), Answering)
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *error):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}"


JSON = {"Content-Type": "application/json"}


class Gateway(WebDouble):
    """An SMS gateway as Twilio's is."""

    path = "/2010-04-01/Accounts/AC1/Messages.json"
    authorization = "Basic " + base64.b64encode(b"AC1:secret").decode()

    def usual_answer(self, request):
        if request.path != self.path:
            return 404, JSON, b'{"code": 20404, "message": "not found", "status": 404}'
        if request.headers.get("authorization") != self.authorization:
            return 401, JSON, b'{"code": 20003, "message": "authenticate", "status": 401}'
        return 201, JSON, b'{"sid": "SM%032d", "status": "queued"}' % (len(self.requests) + 1)

    def to(self, phone):
        """The requests for a number, oldest first."""
        return [request for request in list(self.requests) if request.form["To"] == phone]


class Receiver(WebDouble):
    """A webhook's receiver."""

    def usual_answer(self, request):
        return 204, {}, b""
