"""Draws the demonstration's pictures: `python assets/illustrazioni/disegna.py` writes catalogo/dati/immagini/*.png.

Run by hand after a change to a tile or a tint, never by the build: it needs node and a Chromium (CHROMIUM, or the
one that Playwright finds).
"""

import io
import json
import os
import subprocess
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

QUI = Path(__file__).parent
USCITA = QUI.parents[1] / "catalogo" / "dati" / "immagini"
COLORI = 48


def scene() -> dict[str, str]:
    """SVG text by tile id."""
    result = subprocess.run(  # noqa: S603 - our own script
        ["node", str(QUI / "scene.mjs")],  # noqa: S607
        capture_output=True,
        check=True,
        text=True,
    )
    return json.loads(result.stdout)


def fotografa(browser: Browser, svg: str) -> Image.Image:
    page = browser.new_page(viewport={"width": 1200, "height": 675})
    page.set_content(f"<style>body{{margin:0}}svg{{display:block}}</style>{svg}")
    picture = Image.open(io.BytesIO(page.screenshot()))
    page.close()
    return picture


def main() -> None:
    USCITA.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM"), args=["--no-sandbox"])
        for name, svg in scene().items():
            picture = fotografa(browser, svg).convert("RGB").quantize(COLORI, dither=Image.Dither.NONE)
            picture.save(USCITA / f"{name}.png", optimize=True)
        browser.close()


if __name__ == "__main__":
    main()
