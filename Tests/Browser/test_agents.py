"""An agent's own page and their manager's side of it, in a real browser without scripts."""

import re
from datetime import datetime, timedelta, timezone

import pytest

import centre
from accessibility import DESKTOP, PHONE, violations
from test_sign_in import PASSWORD, set_password, sign_in, violations_of
from wire import answer

MANAGER, AGENT, OTHER = "nora@example.test", "ana@example.test", "ben@example.test"


@pytest.fixture
def reviewed(hearback, chromium):
    """A server on which Ana's customers have answered, and their manager, Ana and Ben can sign in."""
    hearback.serving = []
    start = datetime.now(timezone.utc) - timedelta(days=2)
    people = {"Ana": "North", "Ben": "North"}
    centre.import_records(
        hearback, "agents", ({"ref": name, "name": name, "team": team} for name, team in people.items()))
    centre.import_records(hearback, "interactions", (
        {"ref": f"{name}-{number}", "agent": name, "customer": f"zz-{name}-{number}", "topic": "Plan", "talk_seconds": 200 + number,
         "started_at": centre.iso(start + timedelta(minutes=number))}
        for name in people for number in range(8)))
    hearback.start()
    links = {row["customer"]: row["link"] for row in hearback.links()}
    for number in range(6):
        fields = {"nps": "2", "csat": "1"} if number == 0 else {"nps": "10", "csat": "5"}
        comment = {0: "Still the wrong fee", 1: "Kind and quick", 2: "I can't cope"}.get(number)
        said = fields | ({"comment": comment} if comment else {})
        assert answer(links[f"zz-Ana-{number}"], survey="1", lang="en", **said)[0] == 200
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    for email, name, rights in [
        (MANAGER, "Nora", ["--role", "quality-manager", "--team", "North"]), (AGENT, "Ana", ["--role", "agent", "--agent", "Ana"]),
        (OTHER, "Ben", ["--role", "agent", "--agent", "Ben"]),
    ]:
        output = hearback.run("user", "add", *rights, "--name", name, email, "--base", hearback.base).stdout
        set_password(page, re.search(r"http://\S+/password/\S+", output).group(0))
    context.close()
    return hearback


def signed_in(chromium, base, email, **options):
    context = chromium.new_context(java_script_enabled=False, **options)
    page = context.new_page()
    sign_in(page, base, email)
    return page


def test_an_agent_and_their_manager_talk_about_an_answer(reviewed, chromium):
    agent = signed_in(chromium, reviewed.base, AGENT, viewport=PHONE)
    agent.wait_for_url("**/me")
    assert agent.locator("h1").inner_text() == "Your figures"
    assert "Kind and quick" not in agent.content() and "zz-" not in agent.content()
    # What went well stands first.
    assert agent.locator("#answers h3").all_inner_texts() == ["What went well", "What did not go so well"]

    agent.locator("#other ~ details > summary").focus()
    for key in ["Enter", "Tab", "Enter", "Tab"]:
        agent.keyboard.press(key)
    agent.keyboard.type("The fee is our policy, not me.")
    agent.keyboard.press("Tab")
    agent.keyboard.press("Enter")
    agent.wait_for_url("**/me?*done=objection*")
    assert "with your manager" in agent.locator("[role=status]").inner_text()
    assert "waits for a manager" in agent.locator("#objections").inner_text()

    manager = signed_in(chromium, reviewed.base, MANAGER)
    manager.goto(reviewed.base + "/agents")
    row = manager.locator("tbody tr").first
    assert row.inner_text().split()[:3] == ["Ana", "North", "1"]
    manager.click("tbody >> text=Ana")
    assert "I can't cope" not in manager.locator("#comments").inner_text()
    manager.locator("#comments li", has_text="Kind and quick").locator("button").click()
    assert "Released" in manager.locator("[role=status]").inner_text()
    manager.fill("#objections textarea", "I listened: you explained it well.")
    manager.click("#objections button[value=accept]")
    assert "Accepted" in manager.locator("[role=status]").inner_text()
    manager.fill("#words", "Thank you for this month.")
    manager.click("button[value=note]")
    assert "Thank you for this month." in manager.locator("#notes").inner_text()

    reviewed.run("verify")
    agent.goto(reviewed.base + "/me")
    assert "Kind and quick" in agent.locator("#answers").inner_text()
    assert "you explained it well" in agent.locator("#objections").inner_text()
    assert "1 answer of this period does not count" in agent.locator("#excluded").inner_text()
    # Without the 2 all are promoters: +100; with it one of six is a detractor: +67.
    assert re.search(r"\+100.*\+67", agent.locator("#excluded tbody tr").first.inner_text(), re.S)
    agent.click("#notes summary")
    agent.fill("#notes textarea", "You are welcome.")
    agent.click("text=Send the reply")
    manager.reload()
    assert "You are welcome." in manager.locator("#notes").inner_text()

    other = signed_in(chromium, reviewed.base, OTHER)
    assert "Kind and quick" not in other.content() and "does not count" not in other.locator("#answers").inner_text()
    for path in ["/agents", "/agents/1", "/dashboards/", "/people"]:
        assert other.goto(reviewed.base + path).status == 403
    record = reviewed.run("audit", "--limit", "50").stdout
    for action in ["objection.raise", "objection.accept", "comment.release", "note.write", "note.reply"]:
        assert action in record
    for page in [agent, manager, other]:
        page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_pages_are_accessible_and_fit(reviewed, chromium, size, scheme):
    for email, paths in [(AGENT, ["/me", "/me?period=last-365-days"]), (MANAGER, ["/agents", "/agents/1", "/agents?name=nobody"])]:
        context = chromium.new_context(viewport=size, color_scheme=scheme)
        page = context.new_page()
        sign_in(page, reviewed.base, email)
        for path in paths:
            assert page.goto(reviewed.base + path).status == 200, path
            assert violations(page) == [], path
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        context.close()


def test_an_objection_without_words_keeps_its_place(reviewed, chromium):
    page = signed_in(chromium, reviewed.base, AGENT)
    page.locator("#answers summary").first.click()
    page.locator("#answers details details summary").first.click()
    page.locator("#answers textarea").first.fill("   ")
    page.locator("#answers button").first.click()
    assert page.locator("[role=alert]").inner_text() == "Write a few words."
    assert page.locator("#answers details[open] details[open] .error").inner_text() == "Write a few words."
    assert violations_of(chromium, page) == []
    page.context.close()
