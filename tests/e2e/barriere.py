"""What keeps somebody from reading a page: what axe finds, and words in the colour of their ground, which it takes for
hidden on purpose."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def barriers(page: Page) -> str:
    """A report; empty when nothing is in the way."""
    results = Axe().run(page)
    unseen = [
        node["html"]
        for rule in results.response["incomplete"]
        if rule["id"] == "color-contrast"
        for node in rule["nodes"]
        for check in node["any"]
        if (check.get("data") or {}).get("messageKey") == "equalRatio"
    ]
    return "\n".join([results.generate_report()] * bool(results.violations_count) + unseen)
