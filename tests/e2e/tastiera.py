"""What one sees who goes by keyboard."""

from playwright.sync_api import Page

FERMATE = 8
ANELLO = (
    "() => { const s = getComputedStyle(document.activeElement); return [s.outlineStyle, parseFloat(s.outlineWidth)] }"
)


def assert_ring(page: Page) -> None:
    """A ring of two pixels at least is drawn around each of the first stops."""
    for _stop in range(FERMATE):
        page.keyboard.press("Tab")
        style, width = page.evaluate(ANELLO)
        where = page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
        assert style == "solid", where
        assert width >= 2, where
