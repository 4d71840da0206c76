"""How the papers handed to a person say days and lists: in words, with the punctuation of her language."""

import re
import zipfile
from datetime import date, datetime
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from casi.estratto import archive
from casi.models import PresaInCarico, Residenza
from catalogo.models import Bisogno
from tests.factories.casi import AmmissioneFactory, ComponenteFactory, InterventoFactory, RichiestaFactory
from tests.factories.famiglie import caso_di
from tests.support.copie import copy_for
from tests.support.incaricati import responsabile

pytestmark = pytest.mark.django_db
DAL, AL = date(2024, 3, 3), date(2025, 5, 5)
PERIODI = {
    "it": ("dal 3 marzo 2024", "dal 3 marzo 2024 al 5 maggio 2025"),
    "en": ("since 3 March 2024", "from 3 March 2024 to 5 May 2025"),
    "uk": ("з 3 березня 2024", "з 3 березня 2024 по 5 травня 2025"),
    "ar": ("منذ 3 مارس 2024", "من 3 مارس 2024 إلى 5 مايو 2025"),
}


@pytest.fixture
def caso(ada):
    return caso_di(ada)


@pytest.fixture
def by(caso):
    return responsabile(caso)


def copy_of(by, caso, chi, lingua: str) -> str:
    page = zipfile.ZipFile(archive(copy_for(by, caso.pk, persona=chi.pk, lingua=lingua))).read("dati.html").decode()
    return " ".join(page.split())


@pytest.mark.parametrize("lingua", PERIODI)
def test_period_is_in_words_and_an_open_one_hangs_on_nothing(by, caso, ada, lingua):
    open_, whole = PERIODI[lingua]
    for al in (None, AL):
        Residenza.objects.create(persona=ada, tipo="domicilio", indirizzo="VIA", dal=DAL, al=al)
        InterventoFactory(caso=caso, ente=caso.ente_titolare, dal=DAL, al=al)
    AmmissioneFactory(caso=caso, dal=DAL, al=AL)
    start = timezone.make_aware(datetime(2024, 3, 3, 12))
    PresaInCarico.objects.create(
        caso=caso, assegnata_a=by.operatore, assegnata_da=by.operatore, accettata_il=start, base_giuridica="consenso"
    )
    page = copy_of(by, caso, ada, lingua)
    assert set(re.findall(r"<dd><bdi>VIA </bdi> · (.*?) ?</dd>", page)) == {open_, whole}
    rows = re.findall(r"<li>[^<]*· ([^·<]*?) ?</li>", page)
    assert [rows.count(said) for said in (open_, whole)] == [1, 2], "an aid; another that is over, and who was let in"
    assert f"· {open_} ·" in page, "taken charge of"
    assert "–" not in page


@pytest.mark.parametrize("lingua", ["it", "ar"])
def test_days_and_lists_have_the_comma_of_the_language(riservato, by, caso, ada, lingua):
    said, never = (", ", "، ") if lingua == "it" else ("، ", ", ")
    needs = [Bisogno.objects.get_or_create(codice=each, defaults={"nome": each, "tassello": "t"})[0].codice
             for each in ("mangiare", "dormire")]  # fmt: skip
    for ruolo in ("figlio", "genitore"):
        ComponenteFactory(nucleo=caso.nucleo, ruolo=ruolo, persona__nome="Altra")
    RichiestaFactory(caso=caso, nome="Ada", bisogni=needs)
    alone = RichiestaFactory(ente=by.operatore.ente, bisogni=needs)
    riservato.force_login(by.operatore.utente)
    sheets = (reverse("casi:accessi", args=[caso.pk]), reverse("casi:copia_richiesta", args=[alone.pk]))
    papers = [copy_of(by, caso, ada, lingua)]
    for address in sheets:
        page = riservato.post(address, {"lingua": lingua}).content.decode()
        papers.append(page.split('<section class="rapporto"')[1].split("</section>")[0])
    hour = f"{timezone.localdate().year}{said}{timezone.localtime().hour}."
    for paper in papers:
        assert paper.count(hour) >= 2, "the heading, and the line of this very reading"
    lists = [re.findall(rf"<dd>\w[^<]*{said}[^<]*</dd>", paper) for paper in papers]
    assert [len(each) for each in lists] == [2, 0, 1], "who lives with her and what she asked; nothing; what she asked"
    for paper in papers:
        assert not re.search(rf"\d{never}\d", paper)


def test_article_is_cut_before_the_eighth_and_the_eleventh(riservato, by, caso, ada, time_machine):
    today = timezone.localtime().replace(year=timezone.localdate().year + 1, month=12, day=8)
    time_machine.move_to(today)
    Residenza.objects.create(persona=ada, tipo="domicilio", dal=date(2024, 12, 8), al=date(2025, 1, 11))
    Residenza.objects.create(persona=ada, tipo="residenza", dal=date(2024, 3, 11))
    PresaInCarico.objects.create(
        caso=caso, assegnata_a=by.operatore, assegnata_da=by.operatore, accettata_il=today, base_giuridica="consenso",
        avviso_alla_famiglia_il=date(2025, 3, 8),
    )  # fmt: skip
    alone = RichiestaFactory(ente=by.operatore.ente)
    riservato.force_login(by.operatore.utente)
    copy = unescape(copy_of(by, caso, ada, "it"))
    for said in (
        f"l'8 dicembre {today.year}, ", "dall'8 dicembre 2024 all'11 gennaio 2025", "dall'11 marzo 2024",
        "detto alla famiglia l'8 marzo 2025",
    ):  # fmt: skip
        assert said in copy
    for address in (reverse("casi:accessi", args=[caso.pk]), reverse("casi:copia_richiesta", args=[alone.pk])):
        page = unescape(riservato.post(address, {"lingua": "it"}).content.decode())
        assert f" l'8 dicembre {today.year}, " in page
