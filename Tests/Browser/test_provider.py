"""Signing in by the organisation's identity provider, in a real browser without scripts."""

import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from accessibility import DESKTOP, PHONE, violations
from conftest import ROOT

SECRET = "s3cret for tests + more"


@pytest.fixture
def provider():
    """The address of a provider that signs real tokens."""
    process = subprocess.Popen(
        [sys.executable, "-B", ROOT / "Tests/TestSupport/provider_double.py", "--with-parent", "--secret", SECRET],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    yield process.stdout.readline().strip()
    process.stdin.close()
    process.stdout.close()
    process.wait(timeout=30)


@pytest.fixture
def trusting(hearback, provider):
    """A server that lets people in whom the provider knows."""
    with socket.create_server(("127.0.0.1", 0)) as chosen:
        port = chosen.getsockname()[1]
    secret = Path(hearback.folder, "provider-secret")
    secret.write_text(SECRET + "\n")
    hearback.environment |= {
        "HEARBACK_BASE": f"http://127.0.0.1:{port}", "HEARBACK_OIDC": provider, "HEARBACK_OIDC_CLIENT": "hearback",
        "HEARBACK_OIDC_SECRET_FILE": str(secret), "HEARBACK_OIDC_NAME": "Example Bank",
        "HEARBACK_OIDC_ROLES_CLAIM": "realm_access.roles", "HEARBACK_OIDC_TEAMS_CLAIM": "groups",
        "HEARBACK_OIDC_ROLES": "hearback-administrator=administrator; hearback-quality=quality-manager",
        "HEARBACK_OIDC_EVERYTHING": "hearback-quality",
    }
    hearback.serving = []
    return hearback.start("--listen", f"127.0.0.1:{port}")


@pytest.fixture
def page(chromium):
    context = chromium.new_context(viewport=DESKTOP, java_script_enabled=False)
    yield context.new_page()
    context.close()


def come_in(page, server, user, path="/account"):
    page.goto(server.base + path)
    page.click("text=Sign in with Example Bank")
    page.click(f"button[value={user}]")


def test_people_of_the_provider_come_in_to_where_they_wanted(trusting, page):
    come_in(page, trusting, "administrator", "/people")
    assert page.url == trusting.base + "/people"
    assert "administrator@example.com" in page.locator("table").inner_text()
    names = {cookie["name"]: cookie for cookie in page.context.cookies() if cookie["name"].startswith("hearback")}
    assert set(names) == {"hearback"} and names["hearback"]["httpOnly"]
    page.click("text=Sign out")
    come_in(page, trusting, "quality-manager", "/dashboards/")
    assert page.url == trusting.base + "/dashboards/"
    rows = json.loads(trusting.run("audit", "--format", "json").stdout)
    assert [row["what"] for row in rows][:5] == ["sign-in", "person.add", "session.end", "sign-in", "person.add"]
    log = Path(trusting.folder, "serve.log").read_text()
    assert SECRET not in log and "code=" not in log and "eyJ" not in log


def test_whoever_the_provider_does_not_vouch_for_stays_out(trusting, page):
    come_in(page, trusting, "visitor")
    assert page.locator("h1").inner_text() == "You are not let in"
    come_in(page, trusting, "nobody")
    assert "did not let you in" in page.locator("[role=alert]").inner_text()
    # A page that was gone back to does not sign in once more.
    come_in(page, trusting, "administrator")
    begun = page.context.browser.new_context(java_script_enabled=False)
    other = begun.new_page()
    other.goto(trusting.base + "/sign-in/provider/callback?code=x&state=y")
    assert "began in another browser" in other.locator("[role=alert]").inner_text()
    begun.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_its_pages_are_accessible_and_fit(trusting, chromium, size, scheme):
    page = chromium.new_page(viewport=size, color_scheme=scheme)
    page.goto(trusting.base + "/sign-in?next=%2Fpeople")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.click("text=Sign in with Example Bank")
    page.click("button[value=visitor]")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.close()


@pytest.mark.parametrize("changes, words", [
    ({"HEARBACK_OIDC": "http://login.example.com"}, "issuer"),
    ({"HEARBACK_OIDC_CLIENT": ""}, "HEARBACK_OIDC_CLIENT"),
    ({"HEARBACK_OIDC_SECRET_FILE": "/nonexistent"}, "HEARBACK_OIDC_SECRET_FILE names a file that cannot be read"),
    ({"HEARBACK_OIDC_ROLES": "staff=boss"}, "the role \"boss\""),
    ({"HEARBACK_OIDC_ROLES": ""}, "HEARBACK_OIDC_ROLES says"),
    ({"HEARBACK_OIDC_ROLES": "=agent"}, "VALUE=MEANING"),
    ({"HEARBACK_OIDC_ONLY": "perhaps"}, "HEARBACK_OIDC_ONLY is yes or no"),
    ({"HEARBACK_BASE": ""}, "HEARBACK_BASE"),
])
def test_settings_that_cannot_be_right_are_named(hearback, changes, words):
    hearback.environment |= {
        "HEARBACK_BASE": "https://hearback.example.com", "HEARBACK_OIDC": "https://login.example.com",
        "HEARBACK_OIDC_CLIENT": "hearback", "HEARBACK_OIDC_ROLES": "staff=agent",
        **({} if "HEARBACK_OIDC_SECRET_FILE" in changes else {"HEARBACK_OIDC_SECRET": SECRET}), **changes,
    }
    result = hearback.run("serve", "--listen", "127.0.0.1:0", check=False)
    assert result.returncode != 0 and words in result.stderr
    assert SECRET not in result.stderr and "Fatal" not in result.stderr
