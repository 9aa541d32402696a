"""The page a customer sees."""

import pytest
from playwright.sync_api import expect

from accessibility import DESKTOP, PHONE, violations


def page_of(chromium, **options):
    context = chromium.new_context(**options)
    return context.new_page()


def test_a_customer_answers_with_the_keyboard_alone_and_without_javascript(served, chromium):
    page = page_of(chromium, java_script_enabled=False)
    page.goto(served.by_language["en"])
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.locator("input[name=nps]:focus").count():
            break
    page.keyboard.press("Space")
    # Arrow keys move within a scale: from 0 to 9.
    for _ in range(9):
        page.keyboard.press("ArrowRight")
    assert page.locator("input[name=nps][value='9']").is_checked()
    page.locator("textarea[name=comment]").focus()
    page.keyboard.type("Kind and quick. My card is 4111 1111 1111 1111.")
    for _ in range(5):
        page.keyboard.press("Tab")
        if page.locator("button[type=submit]:focus").count():
            break
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Thank you")
    page.goto(served.by_language["en"])
    assert page.locator("input:not([type=hidden])").count() == 0
    assert served.measures()["nps"]["n"] == 1


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_axe_finds_nothing_on_the_form(unanswered, chromium, language, scheme, viewport):
    page = page_of(chromium, color_scheme=scheme, viewport=viewport)
    page.goto(unanswered.by_language[language])
    assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_a_mistake_is_named_and_what_was_typed_is_kept(served, chromium):
    page = page_of(chromium)
    page.goto(served.by_language["en"])
    page.fill("textarea[name=comment]", "Keep me")
    page.click("button[type=submit]")
    alert = page.locator("[role=alert]")
    expect(alert.locator("a")).to_have_count(1)
    assert page.input_value("textarea[name=comment]") == "Keep me"
    assert violations(page) == []
    alert.locator("a").click()
    page.keyboard.press("Space")
    page.click("button[type=submit]")
    expect(page.locator("h1")).to_contain_text("Thank you")


def test_a_tapped_score_is_only_preselected(unanswered, chromium):
    page = page_of(chromium)
    for _ in range(3):
        page.goto(unanswered.by_language["es"] + "?nps=0")
    assert page.locator("input[name=nps][value='0']").is_checked()
    assert unanswered.measures()["nps"]["n"] == 0
    page.goto(unanswered.by_language["es"] + "?nps=11")
    assert page.locator("input[type=radio]:checked").count() == 0


def test_the_language_can_be_changed_on_the_page(unanswered, chromium):
    page = page_of(chromium)
    page.goto(unanswered.by_language["en"])
    page.click("text=العربية")
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    page.click("text=Español")
    expect(page.locator("html")).to_have_attribute("lang", "es")


def test_nothing_else_is_fetched_and_the_page_is_small(unanswered, chromium):
    page = page_of(chromium)
    addresses, sizes = [], []
    page.on("request", lambda request: addresses.append(request.url))
    page.on("response", lambda response: sizes.append(len(response.body())))
    page.goto(unanswered.by_language["en"])
    fetched = [address for address in addresses if not address.startswith("data:")]
    assert fetched == [unanswered.by_language["en"]]
    assert sum(sizes) < 30_000


def test_the_other_pages_are_accessible(served, chromium):
    page = page_of(chromium)
    assert page.goto(served.base + "/s/unknown").status == 404
    assert violations(page) == []
    page.goto(served.by_language["ar"])
    page.locator("input[name=nps][value='10']").check(force=True)
    page.click("button[type=submit]")
    expect(page.locator("[name=nps]")).to_have_count(0)
    assert violations(page) == []


def test_the_page_can_be_zoomed_to_twice_its_size(unanswered, chromium):
    # 200 % on a screen of 1280 pixels leaves 640.
    page = page_of(chromium, viewport={"width": 640, "height": 450}, device_scale_factor=2)
    page.goto(unanswered.by_language["en"])
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
