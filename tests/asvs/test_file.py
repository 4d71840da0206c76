"""Files at their bounds (ASVS 1.5.1, 5.2)."""

import pytest
from django.core.exceptions import ValidationError

from casi.actions import allegati
from casi.caricamento import LARGEST, admit, documenti
from casi.errori import Impossibile
from casi.models import Allegato
from tests.casi import campioni
from tests.factories.casi import CasoFactory
from tests.support.incaricati import collega, followed, responsabile


def refused(name: str, content: bytes) -> bool:
    try:
        admit(name, content)
    except ValidationError:
        return True
    return False


def test_file_beyond_the_limit_is_not_taken():
    def of(size: int) -> bytes:
        filler = b"%" + b"x" * (size - len(campioni.PDF) - 2) + b"\n"
        return campioni.PDF.replace(b"trailer", filler + b"trailer")

    assert len(of(LARGEST)) == LARGEST
    assert not refused("a.pdf", of(LARGEST))
    assert refused("a.pdf", of(LARGEST + 1))


def test_archive_that_swells_or_has_too_many_parts_is_not_opened(monkeypatch):
    assert not refused("a.docx", campioni.docx())
    opened = []
    monkeypatch.setattr(documenti, "_docx", opened.append)
    assert refused("a.docx", campioni.docx(zeri=b"\0" * (documenti.UNPACKED + 1)))
    assert refused("a.docx", campioni.docx(**{f"parte{each}": b"" for each in range(documenti.ENTRIES)}))
    assert opened == []
    assert not refused("a.docx", campioni.docx())
    assert len(opened) == 1


@pytest.mark.parametrize("entity", ['<!ENTITY a "aaaaaaaaaa">', '<!ENTITY f SYSTEM "file:///etc/passwd">'])
def test_document_with_an_entity_is_refused(entity):
    assert not refused("a.odt", campioni.odt())
    assert refused("a.odt", campioni.odt(prolog=f"<!DOCTYPE x [{entity}]>"))


@pytest.mark.django_db
def test_one_person_adds_so_many_files_a_day_on_all_cases_together(monkeypatch, settings, tmp_path):
    settings.RISERVATI = tmp_path
    monkeypatch.setattr(allegati, "PER_PERSON", 2)
    first = CasoFactory(stato="preso_in_carico")
    by = responsabile(first)
    others = [followed(by.operatore) for _each in range(2)]
    for caso in (first, others[0]):
        allegati.attach(by=by, caso=caso.pk, nome="a.pdf", contenuto=campioni.PDF)
    with pytest.raises(Impossibile, match="Oggi hai già allegato 2 file"):
        allegati.attach(by=by, caso=others[1].pk, nome="a.pdf", contenuto=campioni.PDF)
    assert Allegato.objects.count() == 2
    allegati.attach(by=collega(others[1]), caso=others[1].pk, nome="a.pdf", contenuto=campioni.PDF)
