"""Surveys, policies and messages, changed and published in a real browser without scripts."""

import json

import pytest

from accessibility import DESKTOP, PHONE, violations
from test_sign_in import guarded, page, set_password, sign_in, violations_of  # noqa: F401
from wire import answer, fetch


@pytest.fixture
def managed(guarded, page):  # noqa: F811
    """Somebody signed in as the administrator."""
    set_password(page, guarded.link)
    sign_in(page, guarded.base)
    return guarded


def test_a_manager_changes_a_survey_and_customers_are_asked_the_new_one(managed, page, chromium):  # noqa: F811
    old = managed.ask({"c-old": "en"})["c-old"]
    page.goto(managed.base + "/surveys")
    page.click("text=after-contact")
    assert "How likely are you to recommend us" in page.frame_locator("iframe").locator("form").inner_text()
    page.click("text=Change texts and order")
    page.fill("#questions-0-text-en", "Would you <i>recommend</i> us?")
    page.fill("#questions-0-text-ar", "هل توصي بنا؟")
    page.click("button:has-text('Move down') >> nth=0")
    assert page.locator("section.question code").all_inner_texts()[:2] == ["csat", "nps"]
    assert page.url.endswith("#questions-1")
    seen = page.frame_locator("iframe")
    assert seen.locator("legend").all_inner_texts()[1].startswith("Would you <i>recommend</i> us?")
    page.locator(".tabs button", has_text="العربية").click()
    seen.locator("html[lang=ar]").wait_for()
    assert "هل توصي بنا؟" in seen.locator("form").inner_text()
    # A preview cannot be answered: its button does nothing.
    seen.locator("button[type=submit]").click()
    assert "هل توصي بنا؟" in seen.locator("form").inner_text()
    page.fill("#intro-en", "About your debt")
    page.click("button:has-text('Publish as version 2') >> nth=0")
    assert "would tell a bystander" in page.locator("#intro-en-problem").inner_text()
    assert page.locator("#questions-1-text-en").input_value() == "Would you <i>recommend</i> us?"
    assert violations_of(chromium, page) == []
    page.fill("#intro-en", "Please tell us how it went.")
    page.click("button:has-text('Publish as version 2') >> nth=0")
    assert "Version 2 is published" in page.locator("[role=status]").inner_text()
    # Who was asked before answers what they were asked, and it stays.
    assert answer(old, survey="1", nps="9")[0] == 200
    new = managed.ask({"c-new": "en"})["c-new"]
    text = fetch(new)[1]
    assert "Would you &lt;i&gt;recommend&lt;/i&gt; us?" in text and "Please tell us how it went." in text
    assert text.index('name="csat"') < text.index('name="nps"')
    assert "هل توصي بنا؟" in fetch(managed.ask({"c-ar": "ar"})["c-ar"])[1]
    assert answer(new, survey="2", csat="4", nps="3")[0] == 200
    rows = managed.run("export", "responses").stdout.splitlines()
    assert len(rows) == 3
    [row] = [row for row in json.loads(managed.run("audit", "--format", "json").stdout) if row["what"] == "survey.publish"][:1]
    assert row["who"] == "person 1" and '"version":2' in json.dumps(row).replace("\\", "").replace(" ", "")


def test_policies_are_tried_and_published(managed, page):  # noqa: F811
    managed.ask({"c-1": "en", "c-2": "es"})
    page.goto(managed.base + "/policies")
    page.click("a:text-is('Change the policies')")
    source = page.locator("#source").input_value()
    page.fill("#source", source.replace("delay: 0s", "delay: soon"))
    page.click("button:has-text('Try it on')")
    assert "Delay is a duration" in page.locator(".mistakes").inner_text()
    page.fill("#source", source + "    sampling: 0%\n")
    page.click("button:has-text('Try it on')")
    summary = page.locator("#result").inner_text()
    assert "would have invited 0; those in force would have invited 2" in summary and "Not in the sample" in summary
    page.click("button:text-is('Publish')")
    assert "is published" in page.locator("[role=status]").inner_text()
    assert "sampling: 0%" in managed.run("policy", "show").stdout


def test_a_message_is_refused_by_the_lint_and_then_published(managed, page):  # noqa: F811
    page.goto(managed.base + "/templates")
    page.locator("a[href='/templates/email/en']").click()
    source = page.locator("#source").input_value()
    page.fill("#source", source.replace("Subject: ", "Subject: Your debt: "))
    page.click("button:text-is('Publish')")
    assert "would tell a bystander" in page.locator(".mistakes").inner_text()
    page.fill("#source", source.replace("{{organisation}} went", "{{organisation}} really went"))
    page.click("button:text-is('Its reminder')")
    page.frame_locator("iframe").locator("text=really went").wait_for()
    page.click("button:text-is('Publish')")
    assert "Published" in page.locator("[role=status]").inner_text()
    assert "really went" in managed.run("template", "show", "--channel", "email").stdout
    page.click("button:has-text('Go back')")
    assert "really went" not in managed.run("template", "show", "--channel", "email").stdout


PAGES = [
    "/surveys", "/surveys/1", "/surveys/1/edit", "/surveys/1/file", "/surveys/new", "/policies", "/policies/edit",
    "/templates", "/templates/email/en", "/templates/sms/ar", "/templates/letter/es",
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_pages_are_accessible_and_fit(guarded, chromium, size, scheme):  # noqa: F811
    page = chromium.new_page(viewport=size, color_scheme=scheme)  # noqa: F811
    set_password(page, guarded.link)
    sign_in(page, guarded.base)
    for path in PAGES:
        page.goto(guarded.base + path)
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    page.goto(guarded.base + "/policies/edit")
    page.click("button:has-text('Try it on')")
    assert violations(page) == []
    page.fill("#source", "policies: []")
    page.click("button:text-is('Check')")
    assert violations(page) == []
    page.close()
