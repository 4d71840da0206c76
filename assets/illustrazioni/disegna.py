"""Draws the pictures of the demonstration (catalogo/dati/immagini/*.png) and the card of whoever shares an address.

`python assets/illustrazioni/disegna.py`, by hand after a change to a tile or a tint and never by the build: it needs
the built assets, node and a Chromium (CHROMIUM, or the one that Playwright finds).
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
CARTOLINA = QUI / "cartolina.png"
COLORI = 48


def drawn_by(script: str) -> str:
    """What a script of this folder prints."""
    result = subprocess.run(  # noqa: S603 - our own script
        ["node", str(QUI / script)],  # noqa: S607
        capture_output=True,
        check=True,
        text=True,
    )
    return result.stdout


def disegni() -> dict[Path, str]:
    """SVG text by the picture to write: a scene for each tile, and the card."""
    scene = json.loads(drawn_by("scene.mjs"))
    return {USCITA / f"{name}.png": svg for name, svg in scene.items()} | {CARTOLINA: drawn_by("cartolina.mjs")}


def fotografa(browser: Browser, svg: str) -> Image.Image:
    page = browser.new_page(viewport={"width": 1200, "height": 675})
    page.set_content(f"<style>body{{margin:0}}svg{{display:block}}</style>{svg}")
    page.evaluate("document.fonts.ready.then(() => true)")
    picture = Image.open(io.BytesIO(page.locator("svg").first.screenshot()))
    page.close()
    return picture


def main() -> None:
    USCITA.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM"), args=["--no-sandbox"])
        for file, svg in disegni().items():
            picture = fotografa(browser, svg).convert("RGB").quantize(COLORI, dither=Image.Dither.NONE)
            picture.save(file, optimize=True)
        browser.close()


if __name__ == "__main__":
    main()
