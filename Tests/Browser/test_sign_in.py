"""Signing in as people do, in a real browser without scripts, with a password and an authenticator app."""

import hmac
import json
import re
import struct
import subprocess
import time
from base64 import b32decode
from pathlib import Path

import pytest

from accessibility import DESKTOP, PHONE, violations
from wire import fetch

PASSWORD = "granite otter velvet lantern"


@pytest.fixture
def guarded(hearback):
    """A server that asks everybody to sign in, with a first administrator."""
    hearback.serving = []
    hearback.start()
    output = hearback.run(
        "user", "add", "--role", "administrator", "--name", "Ada", "ada@example.test", "--base", hearback.base).stdout
    hearback.link = re.search(r"http://\S+/password/\S+", output).group(0)
    return hearback


@pytest.fixture
def page(chromium):
    context = chromium.new_context(viewport=DESKTOP, java_script_enabled=False)
    yield context.new_page()
    context.close()


def set_password(page, link):
    page.goto(link)
    page.fill("#password", PASSWORD)
    page.click("button")
    assert page.locator("h1").inner_text() == "Your password is set"


def sign_in(page, base, email="ada@example.test", password=PASSWORD):
    page.goto(base + "/sign-in")
    page.fill("#email", email)
    page.fill("#password", password)
    page.click("main button")


def code_at(secret, step):
    """RFC 6238, written here once more."""
    digest = hmac.digest(b32decode(secret), struct.pack(">Q", step), "sha1")
    offset = digest[19] & 15
    return f"{(struct.unpack('>I', digest[offset:offset + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def test_the_first_administrator_sets_a_password_and_gets_in(guarded, page):
    assert fetch(guarded.base + "/dashboards/index.html")[0] == 200  # where the sign-in page stands instead
    assert "Sign in" in fetch(guarded.base + "/dashboards/index.html")[1]
    set_password(page, guarded.link)
    sign_in(page, guarded.base)
    page.wait_for_url("**/dashboards/")
    page.goto(guarded.base + "/account")
    assert "this session" in page.locator("table").inner_text()
    [cookie] = [cookie for cookie in page.context.cookies() if cookie["name"] == "hearback"]
    assert cookie["httpOnly"] and cookie["sameSite"] == "Lax"
    page.click("text=Sign out")
    page.goto(guarded.base + "/people")
    assert page.locator("h1").inner_text() == "Sign in"


def test_an_authenticator_app_is_set_up_and_asked_for(guarded, page, chromium):
    set_password(page, guarded.link)
    sign_in(page, guarded.base)
    page.goto(guarded.base + "/account/second-factor")
    assert violations_of(chromium, page) == []
    secret = page.locator("code").inner_text()
    step = int(time.time()) // 30
    page.fill("#code", code_at(secret, step))
    page.click("main button")
    codes = page.locator(".codes code").all_inner_texts()
    assert len(codes) == 10
    page.context.clear_cookies()
    sign_in(page, guarded.base)
    assert page.locator("h1").inner_text() == "One more step"
    page.fill("#code", code_at(secret, step))
    page.click("main button")
    assert "not right" in page.locator("[role=alert]").inner_text()
    page.fill("#code", codes[0])
    page.click("main button")
    page.wait_for_url("**/dashboards/")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_pages_are_accessible_and_fit(guarded, chromium, size, scheme):
    page = chromium.new_page(viewport=size, color_scheme=scheme)
    page.goto(guarded.link)
    assert violations(page) == []
    set_password(page, guarded.link)
    page.goto(guarded.base + "/sign-in")
    assert violations(page) == []
    sign_in(page, guarded.base, password="not this one at all")
    assert violations(page) == []
    sign_in(page, guarded.base)
    for path in ["/people", "/people/1", "/account", "/account/second-factor"]:
        page.goto(guarded.base + path)
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    page.close()


def violations_of(chromium, page):
    """The same for a page without scripts: its markup, looked at by a browser that has them."""
    other = chromium.new_page()
    other.set_content(page.content())
    found = violations(other)
    other.close()
    return found


def test_people_are_managed_and_the_record_tells_of_it(guarded, page):
    set_password(page, guarded.link)
    sign_in(page, guarded.base)
    page.goto(guarded.base + "/people")
    page.fill("#name", "<script>alert(1)</script>")
    page.fill("#email", "quinn@example.test")
    page.check("[name=everything]")
    page.click("main button")
    assert page.locator("h1").inner_text() == "<script>alert(1)</script>"
    page.click("text=Make a link for a new password")
    link = page.locator(".secret").inner_text()
    other = page.context.browser.new_context(java_script_enabled=False)
    guest = other.new_page()
    set_password(guest, link)
    sign_in(guest, guarded.base, "quinn@example.test")
    guest.goto(guarded.base + "/people")
    assert guest.locator("h1").inner_text() == "This is not yours to see"
    page.click("text=Let <script>alert(1)</script> in no more")
    guest.goto(guarded.base + "/account")
    assert guest.locator("h1").inner_text() == "Sign in"
    other.close()
    rows = json.loads(guarded.run("audit", "--format", "json").stdout)
    assert [row["what"] for row in rows][:5] == [
        "person.disable", "refused", "sign-in", "password.set", "password.link"]
    assert {"person.add", "password.set", "sign-in"} <= {row["what"] for row in rows}
    assert PASSWORD not in json.dumps(rows) and link.split("/")[-1] not in json.dumps(rows)
    verified = guarded.run("audit", "verify").stdout
    assert f"All {len(rows)} rows" in verified
    log = Path(f"{guarded.folder}/serve.log").read_text()
    assert PASSWORD not in log and link.split("/")[-1] not in log


def test_whoever_owns_the_database_cannot_hide_a_change(guarded):
    guarded.run("user", "add", "--role", "administrator", "--name", "Eve", "eve@example.test")
    hash_then = guarded.run("audit", "verify").stdout.split()[-1]
    owner = Path(f"{guarded.folder}/postgres").stat().st_uid
    assert guarded.run("audit", "verify", "--expect", hash_then).returncode == 0
    # The fifth line says where the socket is.
    place = Path(guarded.folder, "postgres", "postmaster.pid").read_text().splitlines()[4]
    subprocess.run(
        ["psql", "-XqAt", f"host={place} user=hearback dbname=hearback", "-c",
         "alter table audit disable trigger user; delete from audit where audit_id = 2"],
        check=True, user=owner)
    broken = guarded.run("audit", "verify", check=False)
    assert broken.returncode == 1 and "Row 2 is not as it was written" in broken.stderr
