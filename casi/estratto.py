"""The two files of an extract, and the archive they travel in. In memory: nothing of it touches a disk."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import override

from casi.lingue import verso
from casi.selectors.estratto import Estratto

STILE = mark_safe(f"<style>{Path(__file__).with_suffix('.css').read_text()}</style>")  # noqa: S308 - our own file


def archive(estratto: Estratto) -> io.BytesIO:
    """A ZIP with the page to read or print, and the same data for a program, both in its language."""
    lingua = estratto.lingua
    with override(lingua):
        page = render_to_string(
            "casi/estratto_documento.html",
            {"estratto": estratto, "lingua": lingua, "verso": verso(lingua), "stile": STILE},
        )
        data = json.dumps(as_json(estratto), ensure_ascii=False, indent=2, default=str)
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as files:
        files.writestr("dati.html", page)
        files.writestr("dati.json", data)
    kept.seek(0)
    return kept


def as_json(estratto: Estratto) -> dict[str, Any]:
    made = {
        "da": estratto.fatto_da,
        "il": timezone.localtime(estratto.fatto_il).isoformat(timespec="seconds"),
        "codice": str(estratto.richiesta),
    }
    accessi = [
        {
            "quando": timezone.localtime(each.quando).isoformat(timespec="seconds"),
            "ente": each.ente,
            "ruolo": str(each.ruolo),
            "fatto": str(each.fatto),
            "in_emergenza": each.in_emergenza,
        }
        for each in estratto.accessi
    ]
    return {"copia": made, **estratto.dati, "accessi": accessi}
