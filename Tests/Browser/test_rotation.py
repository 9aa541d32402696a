"""Keys are changed under what is open: links, forms and sessions go on, and new links are by the new key."""

import base64
import http.client
import os
import re
import urllib.parse
from pathlib import Path

from doubles import MailSink
from processes import wait_for
from sending import BASE, add_customers, call, connect, local, settled
from test_email import score_link, unsubscribe_address
from test_sign_in import PASSWORD
from wire import answer, fetch


def key_number(link):
    token = urllib.parse.urlsplit(link).path.split("/")[2]
    return base64.urlsafe_b64decode(token + "==")[8]


class Staff:
    """Somebody signed in, without a browser: the cookies are kept for TLS, which a proxy would speak."""

    def __init__(self, hearback):
        self.hearback, self.cookies = hearback, {}

    def ask(self, method, path, **fields):
        address = urllib.parse.urlsplit(self.hearback.base)
        connection = http.client.HTTPConnection(address.netloc, timeout=60)
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Origin": self.hearback.base.replace("http:", "https:"), "Content-Type": "application/x-www-form-urlencoded",
        }
        connection.request(method, path, urllib.parse.urlencode(fields) if fields else None, headers)
        response = connection.getresponse()
        body = response.read().decode()
        for cookie in response.headers.get_all("Set-Cookie", []):
            name, value = re.match(r"([^=]+)=([^;]*)", cookie).groups()
            assert name.startswith("__Host-") and "; Secure" in cookie
            self.cookies[name] = value
        connection.close()
        return response.status, body

    def token(self, body):
        return re.search(r'name="token" value="([^"]+)"', body).group(1)


def test_a_new_key_signs_and_what_the_old_one_signed_goes_on(hearback):
    with MailSink() as sink:
        connect(hearback, "email", sink=sink)
        hearback.serving = []
        hearback.start()
        output = hearback.run("user", "add", "--role", "administrator", "--name", "Ada", "ada@example.test").stdout
        path = urllib.parse.urlsplit(re.search(r"https?://\S+", output).group(0)).path
        staff = Staff(hearback)
        assert staff.ask("POST", path, password=PASSWORD)[0] == 200
        assert staff.ask("POST", "/sign-in", email="ada@example.test", password=PASSWORD)[0] == 303
        status, open_page = staff.ask("GET", "/people")
        assert status == 200

        names = ["read", "form", "stop"]
        add_customers(hearback, **{name: {"email": f"{name}@example.test", "language": "en"} for name in names})
        settled(hearback, *call(hearback, *names))
        mails = {name: sink.to(f"{name}@example.test")[0].message for name in names}
        old = {name: score_link(mail, 9) for name, mail in mails.items()}
        assert {key_number(link) for link in old.values()} == {1}
        form = fetch(local(hearback, old["form"]))[1]
        survey = re.search(r'name="survey" value="(\d+)"', form).group(1)
        assert hearback.stop() == 0

        keys = Path(hearback.folder, "link-keys")
        first = keys.read_text()
        keys.write_text(first + f"2 {base64.b64encode(os.urandom(32)).decode()}\n")
        hearback.start()

        # Old links open, forms that were open are taken, and one click still stops.
        assert 'name="nps"' in fetch(local(hearback, old["read"]))[1]
        status, thanks, _ = answer(local(hearback, old["form"]), survey=survey, nps=9)
        assert status == 200 and "Thank you" in thanks
        assert fetch(
            local(hearback, unsubscribe_address(mails["stop"])), b"List-Unsubscribe=One-Click",
            **{"Content-Type": "application/x-www-form-urlencoded"})[0] == 200

        # Whoever is signed in stays so, and what they had typed before is taken.
        status, added = staff.ask(
            "POST", "/people", token=staff.token(open_page), name="Quinn", email="quinn@example.test",
            role="quality-manager", everything="yes", agent="", teams="", portfolios="")
        assert status == 303, added
        status, page = staff.ask("GET", "/people")
        assert status == 200 and "quinn@example.test" in page
        assert staff.token(page) != staff.token(open_page)

        # New links are by the new key.
        add_customers(hearback, new={"email": "new@example.test", "language": "en"})
        settled(hearback, *call(hearback, "new"))
        link = score_link(sink.to("new@example.test")[0].message, 9)
        assert link.startswith(BASE) and key_number(link) == 2
        assert answer(local(hearback, link), survey=survey, nps=8)[0] == 200
        assert hearback.stop() == 0

        # Without the old key, its links are no links any more; sessions do not depend on it.
        keys.write_text(keys.read_text().removeprefix(first))
        hearback.start()
        assert fetch(local(hearback, old["read"]))[0] == 404
        assert fetch(local(hearback, link))[0] == 200
        assert staff.ask("GET", "/people")[0] == 200
        assert staff.ask("POST", "/sign-out", token=staff.token(open_page))[0] == 400
        wait_for(lambda: hearback.measures()["nps"]["n"] == 2)
        assert hearback.stop() == 0
