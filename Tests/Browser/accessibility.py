"""What WCAG's automatic checks find on a page, and the widths it is looked at."""

from axe_playwright_python.sync_playwright import Axe

PHONE = {"width": 320, "height": 640}
DESKTOP = {"width": 1280, "height": 900}


def violations(page):
    """Each rule that is broken, with the elements that break it."""
    return [
        (violation["id"], [node["html"] for node in violation["nodes"]])
        for violation in Axe().run(page).response["violations"]
    ]
