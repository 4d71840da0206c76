"""What a person's copy says of her and keeps to itself of others: found by reading it as she would."""

import io
import json
import re
import zipfile
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from casi.dati_personali import Categoria
from casi.estratto import archive
from casi.models import Componente, Persona, Registro, Residenza, Richiesta
from casi.parole_estratto import MANCA
from casi.selectors.altri import cover
from casi.selectors.rapporto import accesses
from catalogo.models import Bisogno
from tests.factories.casi import PrimoAscoltoFactory, RichiestaFactory, SegnalazioneFactory
from tests.factories.catalogo import ComuneFactory
from tests.factories.famiglie import caso_di, persona
from tests.support.copie import copy_for
from tests.support.incaricati import responsabile

pytestmark = pytest.mark.django_db
COPERTO = "[altra persona]"


@pytest.fixture
def caso(ada):
    return caso_di(ada)


@pytest.mark.parametrize(
    ("nome", "text", "left"),
    [
        ("carmela bianchi", "Ha richiamato Carmela Bianchi, poi carmela.", "Ha richiamato * *, poi *."),
        ("Yu wu", "Yu e WU: li ho visti.", "* e *: li ho visti."),
        ("ugo", "Ugo ha detto ugo.", "* ha detto ugo."),
    ],
)
def test_who_told_of_her_is_covered_however_the_name_was_typed(caso, ada, nome, text, left):
    """In the field of a name every word is one: people write on a telephone, all in small letters."""
    assert cover(caso, ada)(text) == text
    SegnalazioneFactory(caso=caso, ente=caso.ente_titolare, segnalante=nome)
    assert cover(caso, ada)(text) == left.replace("*", COPERTO)
    caso.segnalazione_set.all().delete()
    PrimoAscoltoFactory(caso=caso, nome=nome)
    assert cover(caso, ada)(text) == left.replace("*", COPERTO)


@pytest.fixture
def by(caso):
    return responsabile(caso)


def copy_of(by, caso, chi, **asked) -> tuple[str, dict]:
    """The two files for `chi`: the page and the data."""
    files = zipfile.ZipFile(archive(copy_for(by, caso.pk, persona=chi.pk, **asked)))
    return files.read("dati.html").decode(), json.loads(files.read("dati.json"))


def test_household_left_behind_hands_out_nothing_of_where_she_went(by, caso):
    """As on the page of its people; and the copy says so. Her home of then stays, and who lives here has everything."""
    lei = persona(nome="Lea", senza_dimora=True, telefono="0000 999", contatto_sicuro="Solo il centro")
    Residenza.objects.create(persona=lei, tipo="residenza", indirizzo="Via di prima", dal=date(2024, 1, 1))
    here = Componente.objects.create(nucleo=caso.nucleo, persona=lei, ruolo="figlio", dal=date(2024, 1, 1))
    _page, data = copy_of(by, caso, lei)
    assert (data["persona"]["telefono"], data["persona"]["senza_dimora"]) == ("0000 999", True)
    assert MANCA["dopo"] not in data["mancano"]
    here.al = timezone.localdate() - timedelta(days=30)
    here.save()
    Residenza.objects.create(persona=lei, tipo="struttura", indirizzo="Via del rifugio", dal=here.al)
    page, data = copy_of(by, caso, lei)
    for word in ("0000 999", "Solo il centro", "Via del rifugio", "Senza dimora"):
        assert word not in page + json.dumps(data)
    assert [each["indirizzo"] for each in data["persona"]["residenze"]] == ["Via di prima"]
    assert MANCA["dopo"] in data["mancano"]
    assert escape(MANCA["dopo"]) in page


# Fields that are not in the copy, with the kind of thing it says is missing; what is computed from others is in them.
FUORI = {
    "contatto_sicuro": "contatto_sicuro",
    "vista_da": "altri",
    "raccolta_da": "altri",
    "per_conto": "chi_ha_scritto",
}
CALCOLATI = {"indice_cf", "indice_nome", "indice_suono"}


def personal(model) -> set[str]:
    kinds = vars(model.DatiPersonali)
    return {name for name, said in kinds.items() if getattr(said, "categoria", Categoria.TECNICO) != Categoria.TECNICO}


def test_every_personal_field_of_hers_is_in_the_copy_or_among_what_it_says_is_missing(by, caso, ada):
    RichiestaFactory(caso=caso, nome="Ada")
    RichiestaFactory(caso=caso, per_conto=True)
    _page, data = copy_of(by, caso, ada)
    for model, said in ((Persona, data["persona"]), (Richiesta, data["richieste"][0])):
        left = personal(model) - set(said) - CALCOLATI
        assert left <= set(FUORI), model
        assert {MANCA[FUORI[name]] for name in left} <= set(data["mancano"])


def test_page_of_the_copy_says_all_that_her_record_and_her_request_say(by, caso, ada):
    ada.data_nascita, ada.luogo_nascita, ada.lingua = None, "LUOGO", "LINGUA"
    ada.interprete = ada.senza_dimora = ada.nascita_presunta = True
    ada.save()
    bisogno = Bisogno.objects.get_or_create(codice="mangiare", defaults={"nome": "Mangiare", "tassello": "t"})[0]
    RichiestaFactory(
        caso=caso, nome="Ada Prova", contatto="0000 777", canale="messaggio", contatto_sicuro="SICURO", lingua="uk",
        interprete=True, bisogni=[bisogno.codice], esito_nota="ESITO", comune=ComuneFactory(nome="Borgo"),
        stato="ascolto_fissato",
    )  # fmt: skip
    page, data = copy_of(by, caso, ada, contatto_sicuro=True)
    words = (
        "LUOGO", "LINGUA", "Senza dimora", "Persona di riferimento", "Ada Prova", "0000 777", "Messaggio", "SICURO",
        "Українська", str(bisogno), "ESITO", "Borgo", "Ascolto fissato",
    )  # fmt: skip
    assert [word for word in words if word not in page] == []
    assert page.count("(serve un interprete)") == 2
    assert (data["persona"]["data_nascita"], "(data presunta)" in page, "None" in page) == ("", False, False)
    assert data["richieste"][0]["bisogni"] == [str(bisogno)]
    assert MANCA["richieste_di_altri"] not in data["mancano"]
    ada.data_nascita = date(1980, 1, 1)
    ada.save()
    assert "1 gennaio 1980 (data presunta) LUOGO" in copy_of(by, caso, ada)[0]


def test_request_signed_otherwise_is_told_of_and_its_words_are_not(by, caso, ada):
    RichiestaFactory(caso=caso, nome="Zaira", contatto="ALTRUI", contatto_sicuro="ALTRUI", esito_nota="ALTRUI")
    page, data = copy_of(by, caso, ada)
    assert "ALTRUI" not in page + json.dumps(data)
    assert MANCA["richieste_di_altri"] in data["mancano"]


def test_report_tells_the_page_of_the_copy_from_the_copy_and_each_once(riservato, confirmed, by, caso, ada):
    """Looking at what could go out, or sending a form with something wrong in it, hands out nothing."""
    confirmed()
    riservato.force_login(by.operatore.utente)
    address, sent = reverse("casi:estratto", args=[caso.pk]), {"chiave": uuid4(), "persona": ada.pk, "lingua": "it"}
    read, made = "Ha letto i testi per una copia dei dati", "Ha preparato una copia dei dati"
    whole, wrong = {**sent, "identita": "on"}, {**sent, "identita": "on", "persona": uuid4()}
    assert riservato.get(address).status_code == 200
    facts = [read]
    for data, status, fact in ((sent, 422, read), (whole, 200, made), (wrong, 422, read)):
        assert riservato.post(address, data).status_code == status
        facts.insert(0, fact)
        assert [str(each.fatto) for each in accesses(caso.pk)] == facts
    assert Registro.objects.filter(azione="estrarre", esito="negato").count() == 0


@pytest.mark.parametrize(
    ("said", "lingua"), [(("arabo", "sua"), "ar"), (("arabo", "en"), "en"), (("wolof", "sua"), "it")]
)
def test_copy_is_in_her_language_unless_another_is_asked_for(riservato, confirmed, by, caso, said, lingua):
    """Also where the one by whom the household is known speaks another."""
    spoken, asked = said
    for other in Persona.objects.all():
        other.lingua = "ucraino"
        other.save()
    figlia = persona(nome="Lina", lingua=spoken)
    Componente.objects.create(nucleo=caso.nucleo, persona=figlia, ruolo="figlio", dal=date(2024, 1, 1))
    confirmed()
    riservato.force_login(by.operatore.utente)
    address = reverse("casi:estratto", args=[caso.pk])
    lingue = riservato.get(address).context["modulo"]["lingua"]
    assert (lingue.value(), lingue.field.choices[0][0]) == (None, "sua")
    made = riservato.post(address, {"chiave": uuid4(), "persona": figlia.pk, "lingua": asked, "identita": "on"})
    page = zipfile.ZipFile(io.BytesIO(b"".join(made.streaming_content))).read("dati.html").decode()
    assert f'<html lang="{lingua}"' in page


def test_page_of_the_copy_carries_its_own_look(caso, ada):
    """On a telephone and on paper: nothing else of ours is where she opens it."""
    made = copy_for(responsabile(caso), caso.pk, persona=ada.pk)
    page = zipfile.ZipFile(archive(made)).read("dati.html").decode()
    assert page.index("<style>") < page.index("@media print") < page.index("</style>") < page.index("<body>")


def test_copy_of_who_lives_alone_is_for_her_without_choosing(riservato, confirmed, by, caso, ada):
    riservato.force_login(by.operatore.utente)
    confirmed()
    address = reverse("casi:estratto", args=[caso.pk])
    assert riservato.get(address).context["modulo"]["persona"].value() == str(ada.pk)
    Componente.objects.create(nucleo=caso.nucleo, persona=persona(nome="Lea"), ruolo="figlio", dal=date(2024, 1, 1))
    assert riservato.get(address).context["modulo"]["persona"].value() == ""


def test_copy_tells_each_state_once_and_where_to_complain(by, caso, ada):
    """Steps that leave the case where it is are no news to her."""
    for a in ("segnalato", "in_valutazione", "in_valutazione", "in_chiusura", "in_chiusura", "chiuso"):
        caso.passaggi.create(a=a, operatore=by.operatore)
    page, _data = copy_of(by, caso, ada)
    said = [page.count(f" · {state}</li>") for state in ("Segnalato", "In valutazione", "In chiusura", "Chiuso")]
    assert said == [1, 1, 1, 1]
    assert "reclamo al Garante" in page
    assert "Registro degli accessi: 24 mesi dall'accesso" in " ".join(page.replace("&#x27;", "'").split())
    assert not re.search(r"\d+/\d+/\d{4}", page)
