"""A provider of identities on the loopback interface: OpenID Connect's code flow with PKCE, and faults on demand.

    python3 provider_double.py --port 0        # prints its address, which is its issuer

/authorize shows a form with a button for each user; with user=NAME or auto=NAME in its query it redirects at once.
GET /control tells how often each endpoint was asked. POST /control takes a JSON object with any of:

    {"rotate": "ES256", "keep": false}   a new key (RS256, PS256, ES256, EdDSA); the old ones stay published if "keep"
    {"fault": "alg_none"}                one of TOKEN_FAULTS or CALLBACK_FAULTS, until another or null is set
    {"reply": ["keys", "huge"]}          one of REPLY_FAULTS at "metadata", "keys" or "token", until null is set
    {"metadata": {...}}                  changes to the metadata; null takes a member away
    {"claims": {...}}                    changes to the claims; null takes a claim away
    {"header": {...}}                    changes to the token's header; null takes a member away

It needs the package cryptography.
"""

import argparse
import base64
import hashlib
import hmac
import html
import json
import os
import secrets
import sys
import threading
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

USERS = {
    "administrator": {"name": "The Administrator", "email": "administrator@example.com", "email_verified": True,
                      "realm_access": {"roles": ["hearback-administrator", "offline_access"]}},
    "quality-manager": {"name": "The Quality Manager", "email": "quality@example.com", "email_verified": True,
                        "realm_access": {"roles": ["hearback-quality"]}, "groups": ["Team North", "Team South"],
                        "portfolios": ["Cards", "Loans"]},
    "agent": {"name": "The Agent", "email": "agent@example.com", "email_verified": True,
              "realm_access": {"roles": "hearback-agent"}, "groups": "Team North", "portfolios": "Cards"},
    "unverified": {"name": "The Unverified", "email": "somebody@example.com", "email_verified": False,
                   "realm_access": {"roles": ["hearback-agent"]}},
    "visitor": {"name": "The Visitor"},
}

# Each changes the header and the claims before the token is signed; some choose another way to sign.
TOKEN_FAULTS = {
    "alg_none": lambda header, claims: header.update(alg="none"),
    "hs256_with_public_key": lambda header, claims: header.update(alg="HS256"),
    "wrong_signature": lambda header, claims: None,
    "wrong_issuer": lambda header, claims: claims.update(iss="https://other.example.com"),
    "wrong_audience": lambda header, claims: claims.update(aud="another-client"),
    "wrong_nonce": lambda header, claims: claims.update(nonce=secrets.token_urlsafe(32)),
    "expired": lambda header, claims: claims.update(exp=claims["iat"] - 3600),
    "issued_in_the_future": lambda header, claims: claims.update(iat=claims["iat"] + 3600),
    "issued_long_ago": lambda header, claims: claims.update(iat=claims["iat"] - 3600),
    "unknown_key": lambda header, claims: header.update(kid="forged-" + secrets.token_hex(4)),
    "missing_key": lambda header, claims: header.pop("kid"),
    "wrong_key_type": lambda header, claims: header.update(alg="RS256" if header["alg"] == "ES256" else "ES256"),
    "unverified_email": lambda header, claims: claims.update(email_verified=False),
}
CALLBACK_FAULTS = ["issuer_mixup", "issuer_missing", "wrong_state", "repeated_code", "refused"]
REPLY_FAULTS = ["huge", "silent", "dripping", "redirect", "malformed", "error", "broken_off"]
# A slow reply ends at last, in seconds, should nobody hang up.
PATIENCE = 30


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def base64url_number(number, length):
    return base64url(number.to_bytes(length, "big"))


def changed(values, changes):
    return {name: value for name, value in {**values, **changes}.items() if value is not None}


class SigningKey:
    """A private key, with the name and the algorithm it is published for."""

    def __init__(self, algorithm):
        self.algorithm = algorithm
        self.identifier = f"{algorithm.lower()}-{secrets.token_hex(4)}"
        if algorithm in ("RS256", "PS256"):
            self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        elif algorithm == "ES256":
            self.key = ec.generate_private_key(ec.SECP256R1())
        elif algorithm == "EdDSA":
            self.key = ed25519.Ed25519PrivateKey.generate()
        else:
            raise ValueError("no such algorithm")

    def published(self):
        public = self.key.public_key()
        if isinstance(public, rsa.RSAPublicKey):
            numbers = public.public_numbers()
            form = {"kty": "RSA", "n": base64url_number(numbers.n, 256), "e": base64url_number(numbers.e, 3)}
        elif isinstance(public, ec.EllipticCurvePublicKey):
            numbers = public.public_numbers()
            form = {"kty": "EC", "crv": "P-256", "x": base64url_number(numbers.x, 32),
                    "y": base64url_number(numbers.y, 32)}
        else:
            form = {"kty": "OKP", "crv": "Ed25519", "x": base64url(public.public_bytes_raw())}
        return {"kid": self.identifier, "use": "sig", "alg": self.algorithm, **form}

    def signature(self, data):
        if self.algorithm == "RS256":
            return self.key.sign(data, padding.PKCS1v15(), hashes.SHA256())
        if self.algorithm == "PS256":
            return self.key.sign(data, padding.PSS(padding.MGF1(hashes.SHA256()), 32), hashes.SHA256())
        if self.algorithm == "ES256":
            first, second = decode_dss_signature(self.key.sign(data, ec.ECDSA(hashes.SHA256())))
            return first.to_bytes(32, "big") + second.to_bytes(32, "big")
        return self.key.sign(data)

    def public_pem(self):
        return self.key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


class Provider:
    """What the provider knows; every use holds its lock."""

    def __init__(self, issuer, client, secret):
        self.lock = threading.Lock()
        self.issuer, self.client, self.secret = issuer, client, secret
        self.keys = [SigningKey("RS256")]
        self.codes = {}
        self.requests = {"metadata": 0, "keys": 0, "token": 0}
        self.fault, self.reply = None, None
        self.metadata_changes, self.claim_changes, self.header_changes = {}, {}, {}

    def control(self, orders):
        if "rotate" in orders:
            self.keys = [SigningKey(orders["rotate"])] + (self.keys if orders.get("keep") else [])
        if "fault" in orders:
            if orders["fault"] is not None and orders["fault"] not in [*TOKEN_FAULTS, *CALLBACK_FAULTS]:
                raise ValueError("no such fault")
            self.fault = orders["fault"]
        if "reply" in orders:
            if orders["reply"] is not None and orders["reply"][1] not in REPLY_FAULTS:
                raise ValueError("no such fault")
            self.reply = orders["reply"]
        self.metadata_changes = orders.get("metadata", self.metadata_changes)
        self.claim_changes = orders.get("claims", self.claim_changes)
        self.header_changes = orders.get("header", self.header_changes)

    def metadata(self):
        return changed({
            "issuer": self.issuer,
            "authorization_endpoint": self.issuer + "/authorize",
            "token_endpoint": self.issuer + "/token",
            "jwks_uri": self.issuer + "/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256", "PS256", "ES256", "EdDSA"],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
            "authorization_response_iss_parameter_supported": True,
        }, self.metadata_changes)

    def key_set(self):
        # Keys of other kinds stand beside, as real providers have them.
        strange = {"kid": "strange", "kty": "EC", "crv": "secp256k1", "alg": "ES256K", "x": "AA", "y": "AA"}
        return {"keys": [strange, {"kty": "oct"}, *(key.published() for key in self.keys)]}

    def callback(self, fields, user):
        """Where to send the browser, with a code for a user."""
        code = secrets.token_urlsafe(32)
        self.codes[code] = {**fields, "user": user}
        answer = [("code", code), ("state", fields["state"]), ("iss", self.issuer)]
        if user == "nobody" or self.fault == "refused":
            answer[0] = ("error", "access_denied")
            answer.append(("error_description", "<script>text from outside</script>"))
        if self.fault == "issuer_mixup":
            answer[2] = ("iss", "https://other.example.com")
        if self.fault == "issuer_missing":
            del answer[2]
        if self.fault == "wrong_state":
            answer[1] = ("state", secrets.token_urlsafe(32))
        if self.fault == "repeated_code":
            answer.append(("code", code))
        separator = "&" if "?" in fields["redirect_uri"] else "?"
        return fields["redirect_uri"] + separator + urllib.parse.urlencode(answer)

    def tokens(self, authorization, fields):
        """The token endpoint's status and JSON (RFC 6749, sections 4.1.3, 5.1 and 5.2; RFC 7636, section 4.6)."""
        if not self.is_client(authorization, fields):
            return 401, {"error": "invalid_client"}
        if fields.get("grant_type") != "authorization_code":
            return 400, {"error": "unsupported_grant_type"}
        # A code is gone when it is shown, whether or not the rest is right.
        granted = self.codes.pop(fields.get("code"), None)
        challenge = base64url(hashlib.sha256(fields.get("code_verifier", "").encode()).digest())
        if (granted is None or granted["redirect_uri"] != fields.get("redirect_uri")
                or granted["code_challenge"] != challenge):
            return 400, {"error": "invalid_grant"}
        return 200, {"access_token": secrets.token_urlsafe(16), "token_type": "Bearer", "expires_in": 300,
                     "id_token": self.id_token(granted)}

    def is_client(self, authorization, fields):
        methods = self.metadata().get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        if authorization.startswith("Basic ") and "client_secret_basic" in methods:
            identifier, _, secret = base64.b64decode(authorization.removeprefix("Basic ")).decode().partition(":")
            given = (urllib.parse.unquote_plus(identifier), urllib.parse.unquote_plus(secret))
        elif not authorization and "client_secret_post" in methods:
            given = (fields.get("client_id"), fields.get("client_secret"))
        else:
            return False
        return given == (self.client, self.secret)

    def id_token(self, granted):
        now = int(time.time())
        key = self.keys[0]
        header = {"alg": key.algorithm, "typ": "JWT", "kid": key.identifier}
        claims = {"iss": self.issuer, "sub": "subject-of-" + granted["user"], "aud": self.client, "iat": now,
                  "exp": now + 300, "auth_time": now - 20, "amr": ["pwd", "otp"], "nonce": granted["nonce"],
                  **USERS[granted["user"]]}
        TOKEN_FAULTS.get(self.fault, lambda header, claims: None)(header, claims)
        header, claims = changed(header, self.header_changes), changed(claims, self.claim_changes)
        signed = ".".join(base64url(json.dumps(part).encode()) for part in (header, claims))
        if header["alg"] == "none":
            signature = b""
        elif header["alg"] == "HS256":
            signature = hmac.digest(key.public_pem(), signed.encode(), "sha256")
        else:
            signature = key.signature(signed.encode())
        if self.fault == "wrong_signature":
            signature = bytes([signature[0] ^ 1]) + signature[1:]
        return signed + "." + base64url(signature)


PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Sign in</title>
<h1>Sign in as</h1>
<form action="/authorize">{fields}
{buttons}
</form></html>
"""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    provider = None

    def do_GET(self):
        path, _, query = self.path.partition("?")
        if path == "/.well-known/openid-configuration":
            self.reply_as("metadata", lambda: (200, self.provider.metadata()))
        elif path == "/jwks":
            self.reply_as("keys", lambda: (200, self.provider.key_set()))
        elif path == "/authorize":
            self.authorize(dict(urllib.parse.parse_qsl(query)))
        elif path == "/control":
            with self.provider.lock:
                counts = dict(self.provider.requests)
            self.send_json(200, counts)
        else:
            self.send_json(404, {})

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        if self.path == "/token":
            fields = dict(urllib.parse.parse_qsl(body))
            authorization = self.headers.get("Authorization") or ""
            self.reply_as("token", lambda: self.provider.tokens(authorization, fields))
        elif self.path == "/control":
            try:
                with self.provider.lock:
                    self.provider.control(json.loads(body))
            except (ValueError, KeyError, TypeError, IndexError):
                return self.send_json(400, {})
            self.send_json(200, {})
        else:
            self.send_json(404, {})

    def authorize(self, fields):
        wanted = {"response_type": "code", "client_id": self.provider.client, "code_challenge_method": "S256"}
        needed = ["redirect_uri", "state", "nonce", "code_challenge"]
        if (any(fields.get(name) != value for name, value in wanted.items()) or not all(map(fields.get, needed))
                or "openid" not in fields.get("scope", "").split(" ") or len(fields["code_challenge"]) != 43):
            return self.send_json(400, {"error": "invalid_request"})
        user = fields.pop("user", None) or fields.pop("auto", None)
        if user in [*USERS, "nobody"]:
            with self.provider.lock:
                location = self.provider.callback(fields, user)
            return self.send(302, b"", "text/plain", {"Location": location})
        hidden = "".join(f'\n<input type="hidden" name="{html.escape(name)}" value="{html.escape(value)}">'
                         for name, value in fields.items())
        buttons = "\n".join(f'<button name="user" value="{name}">{name}</button>' for name in [*USERS, "nobody"])
        self.send(200, PAGE.format(fields=hidden, buttons=buttons).encode(), "text/html; charset=utf-8")

    def reply_as(self, endpoint, answer):
        with self.provider.lock:
            self.provider.requests[endpoint] += 1
            fault = self.provider.reply[1] if self.provider.reply and self.provider.reply[0] == endpoint else None
            status, document = answer()
        if fault == "huge":
            self.close_connection = True
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b" " * 300_000 + json.dumps(document).encode())
        elif fault == "silent":
            time.sleep(PATIENCE)
            self.close_connection = True
        elif fault == "dripping":
            self.close_connection = True
            self.send_response(200)
            self.end_headers()
            for _ in range(PATIENCE * 20):
                self.wfile.write(b" ")
                time.sleep(0.05)
        elif fault == "redirect":
            self.send(307, b"", "text/plain", {"Location": self.path})
        elif fault == "malformed":
            self.send(200, b'{"keys": [', "application/json")
        elif fault == "error":
            self.send_json(503, {})
        elif fault == "broken_off":
            self.close_connection = True
        else:
            self.send_json(status, document)

    def send_json(self, status, document):
        self.send(status, json.dumps(document).encode(), "application/json")

    def send(self, status, body, kind, headers={}):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def handle(self):
        try:
            super().handle()
        except (BrokenPipeError, ConnectionResetError):
            pass

    def log_message(self, *arguments):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


def end_with_standard_input():
    while sys.stdin.buffer.read(4096):
        pass
    os._exit(0)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--client", default="hearback", help="the client's identifier")
    parser.add_argument("--secret", default="a secret for tests", help="the client's secret")
    parser.add_argument("--with-parent", action="store_true", help="end when the standard input ends")
    options = parser.parse_args()
    server = Server(("127.0.0.1", options.port), Handler)
    issuer = f"http://127.0.0.1:{server.server_port}"
    Handler.provider = Provider(issuer, options.client, options.secret)
    if options.with_parent:
        threading.Thread(target=end_with_standard_input, daemon=True).start()
    print(issuer, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
