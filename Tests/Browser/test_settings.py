"""What administrators set and look after in the browser, as people do it: without scripts, on a telephone and at a desk."""

import json
import re
import struct
import zlib

import pytest

from accessibility import DESKTOP, PHONE, violations
from processes import wait_for
from test_follow_ups import WORDS
from test_sign_in import guarded, set_password, sign_in  # noqa: F401 (a fixture and two steps)
from wire import answer, fetch

PAGES = ["/organisation", "/keys", "/sessions", "/record", "/follow-ups", "/follow-ups/1", "/follow-ups?closed", "/customers"]
YELLOW = "#ffd400"


def picture(width=160, height=48):
    """A real PNG of one colour."""
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = b"".join(b"\0" + b"\x8a\x1c\x4f" * width for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


@pytest.fixture
def office(guarded, chromium):  # noqa: F811
    """A server with an administrator who is signed in, and customers of whom one is in distress."""
    links = guarded.ask({"c-1": "en", "c-2": "en"})
    assert answer(links["c-1"], survey="1", nps="0", comment=WORDS)[0] == 200
    guarded.open_link = links["c-2"]
    context = chromium.new_context(viewport=DESKTOP, java_script_enabled=False)
    guarded.page = context.new_page()
    set_password(guarded.page, guarded.link)
    sign_in(guarded.page, guarded.base)
    guarded.page.wait_for_url("**/dashboards/")
    yield guarded
    context.close()


def accent(page):
    return page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--accent').trim()")


def test_a_colour_that_cannot_be_read_is_refused_and_the_one_suggested_is_seen_by_customers(office, chromium):
    page = office.page
    page.goto(office.base + "/organisation")
    page.fill("#light", YELLOW)
    page.click("text=Check and use")
    problem = page.locator("#light-problem").inner_text()
    assert "instead of 4.5:1" in problem and page.locator("#light").input_value() == YELLOW
    suggested = re.search(r"nearest that can is (#[0-9a-f]{6})", problem).group(1)
    page.fill("#light", suggested)
    page.click("text=Check and use")
    assert page.locator("[role=status]").inner_text().startswith("The colours are on every page")
    for scheme in ("light", "dark"):
        customer = chromium.new_page(viewport=PHONE, color_scheme=scheme)
        customer.goto(office.open_link)
        assert violations(customer) == []
        assert (accent(customer) == suggested) == (scheme == "light")
        # The policy lets the style through: the button has the colour.
        button = customer.locator("button[type=submit]")
        colour = accent(customer)
        expected = "rgb({}, {}, {})".format(*(int(colour[i:i + 2], 16) for i in (1, 3, 5)))
        assert button.evaluate("element => getComputedStyle(element).backgroundColor") == expected
        customer.close()


def test_a_logo_is_seen_by_customers_staff_and_on_dashboards(office, chromium):
    page = office.page
    page.goto(office.base + "/organisation")
    page.set_input_files("#logo", {"name": "logo.png", "mimeType": "image/png", "buffer": b"<svg onload='alert(1)'/>"})
    page.click("text=Use this picture")
    assert "Save it as PNG" in page.locator("#logo-problem").inner_text()
    page.set_input_files("#logo", {"name": "../../x.png", "mimeType": "text/html", "buffer": picture()})
    page.click("text=Use this picture")
    assert page.locator("header .logo").count() == 1
    customer = chromium.new_page()
    fetched = []
    customer.on("request", lambda request: fetched.append(request.url))
    customer.goto(office.open_link)
    assert customer.locator(".logo").evaluate("element => element.naturalWidth") == 160
    assert [url for url in fetched if not url.startswith("data:")] == [office.open_link]
    assert violations(customer) == []
    customer.close()
    # Pages of the site are made anew with it.
    wait_for(lambda: page.goto(office.base + "/dashboards/") and page.locator(".logo").count())
    assert page.locator(".logo").evaluate("element => element.naturalWidth") == 160
    # The policy lets their style through.
    assert page.locator(".organisation").evaluate("element => getComputedStyle(element).display") == "flex"


def test_a_key_is_shown_once_and_revoked(office):
    page = office.page
    page.goto(office.base + "/keys")
    page.fill("#name", "CRM")
    page.click("text=Make the key")
    secret = page.locator(".secret").inner_text()
    page.goto(office.base + "/keys")
    assert secret not in page.content()
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {secret}"}
    assert fetch(office.base + "/api/v1/customers", b'{"ref": "c-9"}', **headers)[0] == 200
    page.click("button:has-text('Revoke')")
    assert fetch(office.base + "/api/v1/customers", b'{"ref": "c-9"}', **headers)[0] == 401


def test_a_follow_up_is_taken_and_closed(office):
    page = office.page
    page.goto(office.base + "/follow-ups")
    assert page.locator("blockquote").inner_text() == WORDS
    page.click("article h2 a")
    page.click("text=I look after it")
    assert "by Ada" in page.locator("dl.particulars").inner_text()
    page.click("text=It is also a complaint")
    page.fill("#note", "Called back.")
    page.click("text=Close it")
    page.goto(office.base + "/follow-ups")
    assert page.locator("article").count() == 1 and "answer-" in page.locator("article").inner_text()
    page.goto(office.base + "/record")
    told = page.locator("ol.record").inner_text()
    assert all(action in told for action in ("follow-up.take", "follow-up.complaint", "follow-up.close"))
    assert "Called back" not in told
    page.click("text=Check the whole record")
    assert "rows are as they were written" in page.locator("[role=status]").inner_text()


def test_a_customer_is_given_out_and_erased(office):
    page = office.page
    page.goto(office.base + "/customers")
    page.fill("#ref", "c-1")
    page.click("text=Look up")
    with page.expect_download() as download:
        page.click("text=Download as JSON")
    assert json.loads(download.value.path().read_text())["customer"]["ref"] == "c-1"
    page.fill("#typed", "c-2")
    page.click("text=Erase for good")
    assert page.locator("#typed-problem").count() == 1
    page.fill("#typed", "c-1")
    page.click("text=Erase for good")
    assert "erased-" in page.locator("[role=status]").inner_text()
    assert office.run("customer", "export", "c-1", check=False).returncode != 0
    assert office.run("verify").returncode == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_pages_are_accessible_and_fit(office, chromium, size, scheme):
    office.run("key", "create", "crm", "--scope", "ingest")
    page = chromium.new_page(viewport=size, color_scheme=scheme)
    sign_in(page, office.base)
    for path in PAGES:
        page.goto(office.base + path)
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    page.goto(office.base + "/organisation")
    page.fill("#light", YELLOW)
    page.click("text=Check and use")
    assert violations(page) == []
    page.close()
