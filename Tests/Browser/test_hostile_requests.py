"""What broken and hostile clients send: each ends in a 4xx, and the server goes on."""

from wire import answer, fetch, raw

FORM = "application/x-www-form-urlencoded"


def post(path, body, type=FORM):
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {type}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode(), body


def get(path, headers=b""):
    return f"GET {path} HTTP/1.1\r\nHost: x\r\n".encode() + headers + b"\r\n",


FORMS = {
    "bytes that are not UTF-8": b"nps=%ff",
    "a broken percent escape": b"nps=%zz",
    "a percent escape cut short": b"nps=9&comment=%4",
    "an answer given twice": b"nps=9&nps=1",
    "nothing": b"",
    "a NUL for a score": b"nps=\x00",
    "an escaped NUL for a score": b"nps=%00",
    "a score out of range": b"nps=11",
    "a score with a sign": b"nps=%2B9",
    "a score in other digits": "nps=٩".encode(),
    "a score of many digits": b"nps=" + b"9" * 60_000,
    "more fields than a form has": b"&".join(b"a=b" for _ in range(101)),
    "very many fields": b"&".join(b"a=b" for _ in range(5000)),
}
REQUESTS = {
    "a form too large": lambda path: post(path, b"nps=" + b"9" * 100_000),
    "a form of 10 MB": lambda path: post(path, b"x" * 10_000_000),
    "JSON": lambda path: post(path, b"{}", "application/json"),
    "an unknown content type": lambda path: post(path, b"nps=9", "x/y"),
    "no content type": lambda path: (
        f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n".encode(), b"nps=9"),
    "a token of NULs": lambda path: get("/s/%00%00"),
    "a token of bytes that are not UTF-8": lambda path: get("/s/%ff%fe"),
    "a token that climbs": lambda path: get("/s/../../etc/passwd"),
    "a page that climbs": lambda path: get("/dashboards/../link-keys"),
    "a page that climbs in escapes": lambda path: get("/dashboards/%2e%2e/link-keys"),
    "a page that climbs in escaped slashes": lambda path: get("/dashboards/..%2flink-keys"),
    "an unknown method": lambda path: (b"BREW /s/x HTTP/1.1\r\nHost: x\r\n\r\n",),
    "a negative length": lambda path: (f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n".encode(),),
    "a length that is no number": lambda path: (
        f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n".encode(),),
    "two framings at once": lambda path: (
        f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n".encode(),
        b"0\r\n\r\n"),
    "a broken chunk": lambda path: (
        f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {FORM}\r\nTransfer-Encoding: chunked\r\n\r\n".encode(),
        b"zz\r\nnps=9\r\n0\r\n\r\n"),
}
# The server does not read these to their end, so that its reply may be lost with the connection.
CUT_OFF = {
    "a header too large": lambda path: get("/", b"X: " + b"a" * 200_000 + b"\r\n"),
    "too many headers": lambda path: get("/", b"X: a\r\n" * 5000),
    "another protocol": lambda path: (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\r\n\r\n",),
}


def test_hostile_requests_end_in_a_4xx(served):
    path = "/s/" + served.by_language["en"].rsplit("/", 1)[1]
    replies = {name: raw(served.base, *post(path, form)) for name, form in FORMS.items()}
    replies |= {name: raw(served.base, *request(path)) for name, request in REQUESTS.items()}
    assert {name: reply for name, reply in replies.items() if not reply.startswith("HTTP/1.1 4")} == {}
    replies = {name: raw(served.base, *request(path)) for name, request in CUT_OFF.items()}
    assert {name: reply for name, reply in replies.items() if reply and not reply.startswith("HTTP/1.1 4")} == {}
    assert served.measures()["nps"]["n"] == 0
    assert fetch(served.base + "/healthz")[0] == 200


# The longest comment has 2,000 Unicode scalars, as the database counts them, a line's end being one.
COMMENTS = {
    "combining marks": ("e\u0301\u0323\u0308" * 1500, 422),
    "families": ("👩‍👩‍👧‍👦" * 300, 422),
    "one emoji too many": ("🙂" * 2001, 422),
    "as many emoji as fit": ("🙂" * 2000, 200),
    "only combining marks": ("\u0301" * 2000, 200),
    "line ends of two bytes": ("a\r\n" * 999 + "b", 200),
    "numbers that grow by their removal": ("12345678a" * 222, 200),
    "NULs": ("a\0b" * 600, 200),
    "only NULs": ("\0" * 1000, 200),
    "other control characters": ("\x1b[2J\x07\x85", 200),
    "markup": ("<script>alert(1)</script>\u202e", 200),
    "what is no character": ("\ufffe\uffff\U0010ffff", 200),
}


def test_a_comment_of_odd_characters_is_stored_or_refused(hearback):
    hearback.start()
    links = hearback.ask({f"c{number}": "en" for number in range(len(COMMENTS))}).values()
    statuses = {
        name: answer(link, nps=9, comment=comment)[0] for link, (name, (comment, _)) in zip(links, COMMENTS.items())}
    assert statuses == {name: status for name, (_, status) in COMMENTS.items()}
    assert hearback.measures()["nps"]["n"] == list(statuses.values()).count(200)


def test_a_form_of_a_hundred_fields_is_read(served):
    link = served.by_language["en"]
    fields = {f"unknown{number}": "" for number in range(99)}
    assert answer(link, nps=9, **fields, one_more="")[0] == 400
    assert answer(link, nps=9, **fields)[0] == 200
