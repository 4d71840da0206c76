"""T3, while people write: every form of the area filled with canaries and sent, and nothing but the row hears them.

Neither the statements of the database (which it may log, with their values), nor logs, sessions, mails and memory. The
forms are those that the resolver leads to: one that is added tomorrow is filled too.
"""

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.utils import override_settings
from django.urls import reverse
from django.utils import timezone

from casi.models import Richiesta, Segnalazione
from tests.factories.catalogo import BisognoFactory, TipoServizioFactory
from tests.support.processi import own_settings
from tests.support.undone import undone

from . import campioni
from .canarini import SPECIE, heard, leaks
from .indirizzi import client_for, indirizzi

pytestmark = pytest.mark.matrice
SCRIVE, STATO = "as_responsabile", "preso_in_carico"
MISTAKEN = 422
# What is wrong with a canary in it: the second time it says this.
CON_UNA_FORMA = {
    "codice_fiscale": "",
    "email": "",
    "telefono": "",
    "destinatari": "",
    "perche": "",
    "contatto": "0000 512 447",
}
# Those that must really have been sent, among the others.
CERTI = {"persona", "persona_nuova", "persona_residenza", "legame_nuovo", "ascolto_nuovo", "apri_da_richiesta",
         "valutazione_scrivi", "diario_scrivi", "diario_correggi", "intervento_nuovo", "allegati_aggiungi", "opponi",
         "dichiara_conflitto", "nascondi"}  # fmt: skip


@pytest.fixture(autouse=True)
def _reserved(punto, tmp_path, settings):
    own = own_settings("riservato")
    own["MIDDLEWARE"] = [each for each in own["MIDDLEWARE"] if "whitenoise" not in each]
    settings.RISERVATI = tmp_path / "riservati"
    with override_settings(**own):
        yield


def filled(form: forms.Form, *, shaped: bool) -> dict[str, object]:
    """As right as can be told from outside, a canary in each text."""
    technical = getattr(form, "TECHNICAL", frozenset())
    values = {name: said(form, name, field, technical) for name, field in form.fields.items()}
    if not shaped:
        values |= {name: text for name, text in CON_UNA_FORMA.items() if name in values}
    return {form[name].html_name: value for name, value in values.items() if value not in (None, "")}


def said(form: forms.Form, name: str, field: forms.Field, technical: frozenset[str]) -> object:
    if name in technical:
        return form[name].value()
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        keys = [str(key) for key, _label in field.choices if key]
        several = isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField)
        readers = name.endswith("destinatari")  # all: a referent too, for whom the reason is written
        return (keys[: None if readers else 1] if several else keys[0]) if keys else None
    if isinstance(field, forms.FileField):
        return SimpleUploadedFile(f"{SPECIE}.jpg", campioni.picture(canary=SPECIE))
    if isinstance(field, forms.DateTimeField):
        return timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    if isinstance(field, forms.DateField):
        return timezone.localdate().isoformat()
    plain = {forms.BooleanField: "on", forms.IntegerField: "1"}.get(type(field))
    most = getattr(field, "max_length", None) or 0
    # Where there is no room for more than the species goes a number of the system's, in the clear: it is sent too long.
    return plain or f"{SPECIE} in fondo al testo di {name}"[: most if most > len(SPECIE) else None]


def send(client, url: str) -> list[int]:
    """Each form of the page, whole and then without what has a shape of its own, and its draft; the answers."""
    page = client.get(url)
    if page.streaming:
        list(page.streaming_content)  # a file that is not read to its end stays open
    form = (page.context or {}).get("modulo") if page.status_code == 200 else None
    answers: list[int] = []
    for shaped in (True, False) if form else ():
        data = filled(form, shaped=shaped)
        answers.append(client.post(url, data).status_code)
        if getattr(form, "bozza", ""):
            client.post(reverse("casi:bozza", args=[form.bozza]), data)
        if answers[-1] != MISTAKEN:
            break
    return answers


def overheard(orecchio) -> list[str]:
    """Lines with a canary since the last time."""
    lines = [line for line in orecchio.text.splitlines() if heard(line)]
    orecchio.paper.truncate(orecchio.paper.seek(0))
    return lines


def test_what_people_write_is_heard_nowhere_else(scena, orecchio):
    BisognoFactory(), TipoServizioFactory()
    client, done, left = client_for(scena, SCRIVE), set(), []
    for indirizzo in indirizzi():
        with undone():
            answers = send(client, indirizzo.url(scena, SCRIVE, STATO))
            left += [f"{indirizzo.nome}: {each[:300]}" for each in overheard(orecchio)]
            left += [f"{indirizzo.nome}: {each}" for each in leaks()] if answers else []
            orecchio.paper.truncate(orecchio.paper.seek(0))
        done |= {indirizzo.nome} if 302 in answers else set()
    assert left == []
    assert CERTI - done == set()


@pytest.mark.parametrize(("name", "model"), [("chiedi_aiuto", Richiesta), ("segnala", Segnalazione)])
def test_what_is_sent_from_the_public_forms_is_heard_nowhere_else(scena, orecchio, name, model):
    before = model.objects.count()
    assert MISTAKEN not in send(client_for(scena, "anonimo"), reverse(f"casi:{name}"))[-1:]
    assert model.objects.count() == before + 1
    assert overheard(orecchio) == []
    assert leaks() == []
