"""A quality manager of some teams reads their own dashboards, in a browser without scripts."""

import re

import pytest

from accessibility import DESKTOP, PHONE
from processes import wait_for
from test_sign_in import guarded, set_password, sign_in, violations_of  # noqa: F401
from wire import fetch


@pytest.fixture
def centre(guarded, tmp_path):  # noqa: F811
    """Three teams that took calls, and a manager of two of them."""
    agents = tmp_path / "agents.csv"
    agents.write_text("ref,name,team\n" + "".join(f"A{n},Agent {n},Team {n}\n" for n in (1, 2, 3)))
    calls = tmp_path / "calls.csv"
    calls.write_text("ref,customer,agent,topic,portfolio,started_at,talk_seconds\n" + "".join(
        f"i{n},c{n},A{n % 3 + 1},Topic {n % 3 + 1},Folio {n % 3 + 1},2026-11-0{n % 9 + 1}T10:00:00Z,{100 + n}\n"
        for n in range(90)))
    guarded.run("import", "agents", str(agents))
    guarded.run("import", "interactions", str(calls))
    output = guarded.run(
        "user", "add", "--role", "quality-manager", "--name", "Sam", "--team", "Team 1", "--team", "Team 2",
        "sam@example.test", "--base", guarded.base).stdout
    guarded.manager = re.search(r"http://\S+/password/\S+", output).group(0)
    return guarded


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_manager_sees_their_teams_and_nothing_else(centre, chromium, size, scheme):
    context = chromium.new_context(viewport=size, color_scheme=scheme, java_script_enabled=False)
    page = context.new_page()
    set_password(page, centre.manager)
    sign_in(page, centre.base, "sam@example.test")
    page.wait_for_url(re.compile("/dashboards/for/teams-[0-9a-f]+/$"))
    own = page.url
    wait_for(lambda: page.goto(own).status == 200 and "Team 1, Team 2" in page.locator("header").inner_text())
    wait_for(lambda: page.goto(own + "teams.html").status == 200 and "Team 2" in page.content())
    for name in ["", "teams.html", "agents.html", "topics.html", "portfolios.html", "complaints.html", "asking.html",
                 "data-quality.html", "index.csv", "teams.csv", "agents.csv"]:
        reply = page.request.get(own + name)
        assert reply.status == 200, name
        for hidden in ("Team 3", "Agent 3", "Topic 3", "Folio 3"):
            assert hidden not in reply.text(), (name, hidden)
    assert page.goto(centre.base + "/dashboards/").status == 403
    assert page.locator("h1").inner_text() == "This is not yours to see"
    page.goto(own)
    assert violations_of(chromium, page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.click("text=Account")
    assert page.locator("h1").inner_text() == "Your account"
    page.click("nav >> text=Teams")
    assert page.url == own
    context.close()
    assert "Sign in" in fetch(own)[1]
