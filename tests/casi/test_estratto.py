"""A person's copy of her data: what is hers, none of what is others', signed by who made it."""

import io
import json
import re
import zipfile
from datetime import date, datetime
from uuid import uuid4

import pytest
from django.apps import apps
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext, override

from casi.errori import Assente
from casi.models import (
    Allegato,
    ClasseConservazione,
    Componente,
    Intervento,
    LegameSociale,
    Nucleo,
    Oscuramento,
    Persona,
    PrimoAscolto,
    Registro,
    Richiesta,
    Segnalazione,
    Valutazione,
    VoceDiario,
    VoceValutazione,
    VoceValutazioneRiservata,
)
from casi.parole_estratto import DA_QUANDO, FINALITA, IN_BREVE, MANCA, PAROLE
from casi.selectors.altri import cover
from casi.selectors.estratto import prepare
from tests.factories.casi import AmmissioneFactory, IncaricoFactory, give
from tests.factories.catalogo import EnteFactory, OperatoreFactory, TipoServizioFactory
from tests.support.attori import attore_for
from tests.support.copie import copy_for, reread

pytestmark = pytest.mark.django_db
DAY = date(2025, 3, 1)
DETTO = ("luogo", "racconto", "risorse")  # the texts of a conversation


@pytest.fixture
def persona():
    return Persona.objects.create(cognome="Sua", nome="Lei SUO-NOME", telefono="SUO-TELEFONO")


@pytest.fixture
def incarico(persona):
    nucleo = Nucleo.objects.create()
    incarico = IncaricoFactory(caso__nucleo=nucleo, operatore__utente__last_name="Firmante")
    for codename in ("change_caso", "note_caso", "condividi_caso", "annota_caso"):
        give(incarico.caso, incarico.operatore.utente, codename)
    Componente.objects.create(nucleo=nucleo, persona=persona, ruolo="riferimento", dal=DAY)
    return incarico


def listened(incarico) -> None:
    """Hers under her name, hers under another's, and a relative's."""
    caso = {"ente": incarico.caso.ente_titolare, "operatore": incarico.operatore, "caso": incarico.caso}
    base = {**caso, "modalita": "telefono", "esito": "proposta"}
    hers = {"nome": "Lei SUO-NOME", "contatto": "SUO-RECAPITO", "contatto_sicuro": "SUO-ORARIO"}
    told = {"interlocutore": "persona", "luogo": "SUO-LUOGO", "racconto": "SUO-RACCONTO", "risorse": "SUO"}
    PrimoAscolto.objects.create(**base, **told, **hers)
    PrimoAscolto.objects.create(**base, **told, **dict.fromkeys(hers, "ALTRUI"))
    PrimoAscolto.objects.create(**base, interlocutore="familiare", **dict.fromkeys(DETTO, "ALTRUI"))


@pytest.fixture
def altri(incarico, persona):
    """Everything that may not go out, each with «ALTRUI» in it; and what may, with «SUO»."""
    caso, operatore, ente = incarico.caso, incarico.operatore, incarico.caso.ente_titolare
    marito = Persona.objects.create(cognome="ALTRUI", nome="ALTRUI", telefono="ALTRUI")
    Componente.objects.create(nucleo=caso.nucleo, persona=marito, ruolo="coniuge", dal=DAY)
    LegameSociale.objects.create(nucleo=caso.nucleo, chi="ALTRUI", contatto="ALTRUI")
    arrivo = {"ente": ente, "rispondere_entro": DAY, "caso": caso}
    Segnalazione.objects.create(
        **arrivo,
        persona="ALTRUI",
        segnalante="ALTRUI",
        segnalante_contatto="ALTRUI",
        rapporto="vicino",
        avvisare_entro=DAY,
    )
    Richiesta.objects.create(**arrivo, nome="Lei SUO-NOME", contatto="SUO", canale="telefono")
    Richiesta.objects.create(**arrivo, nome="Zaira", contatto="ALTRUI", canale="telefono")
    Richiesta.objects.create(**arrivo, nome="ALTRUI", contatto="ALTRUI", canale="telefono", per_conto=True)
    listened(incarico)
    valutazione = Valutazione.objects.create(caso=caso, autore=operatore, parole_della_persona="SUO-PAROLE")
    VoceValutazione.objects.create(valutazione=valutazione, area="casa", bisogni="SUO-BISOGNO", risorse="SUO")
    VoceValutazioneRiservata.objects.create(valutazione=valutazione, area="salute", bisogni="ALTRUI", risorse="ALTRUI")
    associazione = EnteFactory(nome="Associazione Ammessa")
    AmmissioneFactory(caso=caso, ente=associazione)
    tipo = TipoServizioFactory()
    for body, nota in ((ente, "SUO-AIUTO"), (associazione, "ALTRUI")):
        Intervento.objects.create(caso=caso, ente=body, autore=operatore, tipo=tipo, dal=DAY, nota=nota)
    base = {"caso": caso, "ente": ente, "autore": operatore}
    for livello, nome in ((3, "SUO-FILE"), (4, "ALTRUI")):
        Allegato.objects.create(
            **base, livello=livello, nome=nome, chiave="ALTRUI", tipo="application/pdf", dimensione=1
        )
    return marito


def entry(incarico, livello, testo, **kwargs):
    of = {"caso": incarico.caso, "ente": incarico.caso.ente_titolare, "autore": incarico.operatore}
    return VoceDiario.objects.create(**of | {"avvenuto_il": DAY, "livello": livello, "testo": testo} | kwargs)


@pytest.fixture
def operatore(riservato, monkeypatch, incarico):
    monkeypatch.setattr("casi.views.porta.has_confirmed", lambda request: True)
    riservato.force_login(incarico.operatore.utente)
    return riservato


def archive(response) -> tuple[str, dict]:
    files = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    assert sorted(files.namelist()) == ["dati.html", "dati.json"]
    return files.read("dati.html").decode(), json.loads(files.read("dati.json"))


def send(client, incarico, persona, *voci, **kwargs):
    told = [*PrimoAscolto.objects.filter(interlocutore="persona"), *Valutazione.objects.all()]
    texts = {"racconti": [each.pk for each in told], "voci": [each.pk for each in voci], **kwargs}
    data = {"chiave": uuid4(), "persona": persona.pk, "lingua": "it", "identita": "on", **texts}
    return client.post(f"/casi/{incarico.caso.pk}/estratto/", data | {"riletti": reread(persona, texts)})


def test_copy_has_what_is_hers_and_nothing_of_others(operatore, act_as, incarico, persona, altri):
    voce = entry(incarico, 3, "SUO-DIARIO")
    act_as("riservato")
    page, data = archive(send(operatore, incarico, persona, voce, contatto_sicuro="on", enti=["Associazione Ammessa"]))
    for text in (page, json.dumps(data)):
        found = set(re.findall(r"SUO-[A-Z]+", text))
        assert found == {f"SUO-{each}" for each in
                         ("TELEFONO", "NOME", "RECAPITO", "ORARIO", "LUOGO", "RACCONTO", "PAROLE", "BISOGNO", "AIUTO",
                          "FILE", "DIARIO")}  # fmt: skip
        assert "ALTRUI" not in text
        assert "Associazione Ammessa" in text
        assert "Firmante" in text
    assert data["altri_nel_nucleo"] == ["Coniuge o convivente"]
    assert data["segnalazioni_di_altri"] == 1
    assert {each["scopo"] for each in data["destinatari"]} == {"Costruire insieme il progetto di sostegno"}
    assert [each["mesi"] for each in data["conservazione"] if "caso" in each["che_cosa"]] == [120]
    assert data["accessi"][0]["fatto"] == "Ha preparato una copia dei dati"


def test_page_needs_nothing_from_outside(operatore, incarico, persona, altri):
    page, _data = archive(send(operatore, incarico, persona))
    assert not re.search(r"<(script|link|img|iframe)|src=|href=|url\(|@import", page)


def test_copy_is_one_line_of_the_register_bound_to_the_code_inside(operatore, incarico, persona):
    page, data = archive(send(operatore, incarico, persona))
    line = Registro.objects.get(azione="estrarre", finalita="estratto")
    assert (line.casi, line.esito) == ([incarico.caso.pk], "consentito")
    assert data["copia"]["codice"] == str(line.richiesta)
    assert str(line.richiesta) in page


def test_what_is_above_the_record_goes_in_only_when_chosen(operatore, incarico, persona):
    """Notes, and entries reserved to who reads them (domain.md §5.2: on request); one he is not named on, never."""
    ordinary, note, mine = (entry(incarico, level, f"TESTO-{level}") for level in (3, 4, 5))
    other = OperatoreFactory(ente=incarico.caso.ente_titolare, ruolo="assistente_sociale")
    reserved = entry(incarico, 5, "TESTO-D'ALTRI", autore=other)
    page = operatore.get(f"/casi/{incarico.caso.pk}/estratto/").content.decode()
    assert re.search(rf'value="{ordinary.pk}"[^>]*checked', page)
    for each in (note, mine):
        assert re.search(rf'value="{each.pk}"[^>]*>', page)
        assert not re.search(rf'value="{each.pk}"[^>]*checked', page)
    assert "TESTO-D" not in page
    assert Registro.objects.get(finalita="prepara").livello == 5
    for chosen, livello in (([ordinary], 3), ([ordinary, note], 4), ([ordinary, mine], 5)):
        _page, data = archive(send(operatore, incarico, persona, *chosen))
        assert [each["testo"] for each in data["diario"]] == [voce.testo for voce in chosen]
        assert Registro.objects.filter(finalita="estratto").first().livello == livello
    assert send(operatore, incarico, persona, reserved).status_code == 422
    made = copy_for(attore_for(incarico.operatore), incarico.caso.pk, persona=persona.pk, testi=[reserved.pk])
    assert made.dati["diario"] == []


def test_health_and_minors_go_in_only_when_chosen(operatore, incarico, persona):
    valutazione = Valutazione.objects.create(caso=incarico.caso, autore=incarico.operatore, parole_della_persona="P")
    areas = [
        VoceValutazioneRiservata.objects.create(valutazione=valutazione, area=area, bisogni=f"B-{area}", risorse="R")
        for area in ("salute", "minori")
    ]
    page = operatore.get(f"/casi/{incarico.caso.pk}/estratto/").content.decode()
    assert "B-salute" in page
    assert not re.search(rf'value="{areas[0].pk}"[^>]*checked', page)
    page, data = archive(send(operatore, incarico, persona))
    assert data["salute_e_minori"] == []
    assert "B-" not in page
    page, data = archive(send(operatore, incarico, persona, aree=[areas[0].pk]))
    assert [(each["area"], each["bisogni"]) for each in data["salute_e_minori"]] == [("Salute", "B-salute")]
    assert "B-salute" in page
    assert "B-minori" not in page


def test_copy_says_what_is_not_in_it(operatore, incarico, persona, altri):
    """Kind by kind; of what its maker cannot read the same words, whether there is any or not."""
    ordinary, note, mine = (entry(incarico, level, f"T{level}") for level in (3, 4, 5))
    areas = [each.pk for each in VoceValutazioneRiservata.objects.all()]
    incarico.caso.passaggi.create(a="segnalato", operatore=incarico.operatore, motivo="perché")
    page, data = archive(send(operatore, incarico, persona, racconti=[]))
    assert data["mancano"] == [said for kind, said in MANCA.items() if kind != "dopo"]
    assert all(escape(each) in page for each in data["mancano"])
    _page, data = archive(send(operatore, incarico, persona, ordinary, note, mine, aree=areas))
    gone = {MANCA[kind] for kind in ("ascolti", "diario", "note", "riservate", "salute_e_minori")}
    assert set(data["mancano"]) == set(MANCA.values()) - gone - {MANCA["dopo"]}


def test_copy_of_a_case_with_nothing_else_says_little_is_missing(operatore, incarico, persona):
    other = OperatoreFactory(ente=incarico.caso.ente_titolare, ruolo="assistente_sociale")
    entry(incarico, 5, "D'ALTRI", autore=other)
    _page, data = archive(send(operatore, incarico, persona))
    assert data["mancano"] == [MANCA["altri"], MANCA["altri_enti"], MANCA["contatto_sicuro"]]


def test_copy_says_what_the_data_are_for_and_since_when(operatore, incarico, persona):
    page, data = archive(send(operatore, incarico, persona))
    assert data["perche"] == {"finalita": FINALITA, "prese_in_carico": []}
    assert "non lo è ancora" in page
    for accepted in (None, timezone.make_aware(datetime(2025, 3, 4, 12))):
        incarico.caso.prese_in_carico.create(
            assegnata_a=incarico.operatore, assegnata_da=incarico.operatore, accettata_il=accepted,
            base_giuridica="compito_pubblico", avviso_alla_famiglia_il=DAY,
            conclusa_il=None if accepted else timezone.now(),
        )  # fmt: skip
    page, data = archive(send(operatore, incarico, persona))
    assert data["perche"]["prese_in_carico"] == [
        {"base_giuridica": "Compito di interesse pubblico", "dal": "2025-03-04", "al": "",
         "detto_alla_famiglia_il": "2025-03-01"}
    ]  # fmt: skip
    assert "dal 4 marzo 2025" in page


def test_entry_of_another_body_or_hidden_by_somebody_is_not_in(incarico, persona):
    other = OperatoreFactory(ente=incarico.caso.ente_titolare, ruolo="assistente_sociale")
    hidden = entry(incarico, 3, "NASCOSTA", autore=other)
    foreign = entry(incarico, 3, "D'ALTRI", ente=EnteFactory(), autore=other)
    Oscuramento.objects.create(caso=incarico.caso, voce=hidden, fatto_da=other)
    attore = attore_for(incarico.operatore)
    assert prepare(attore, incarico.caso.pk, lambda _scelta: None)[0].testi.voci == []
    asked = [hidden.pk, foreign.pk]
    assert copy_for(attore, incarico.caso.pk, persona=persona.pk, testi=asked).dati["diario"] == []


def test_copy_for_the_other_member_is_about_him(operatore, incarico, persona, altri):
    page, data = archive(send(operatore, incarico, altri))
    assert data["persona"]["cognome"] == "ALTRUI"
    assert "SUO-TELEFONO" not in page


def test_copy_has_of_what_was_told_only_what_was_chosen(operatore, incarico, persona, altri):
    """The household may have told its story with another voice: who prepares the copy leaves it out."""
    shown = operatore.get(f"/casi/{incarico.caso.pk}/estratto/")
    assert shown.context["modulo"].initial["racconti"] == []
    for text in ("SUO-LUOGO", "SUO-RACCONTO", "SUO-PAROLE", "SUO-BISOGNO"):
        assert text in shown.content.decode()
    _page, data = archive(send(operatore, incarico, persona, racconti=[]))
    assert (data["ascolti"], data["valutazioni"]) == ([], [])


def test_others_are_covered_in_every_text(operatore, incarico, persona):
    """Names and numbers the network knows, as written and in capitals; her own stay, also where she shares one."""
    caso, nucleo = incarico.caso, incarico.caso.nucleo
    marito = Persona.objects.create(cognome="Sua", nome="Bela", telefono="0000 111", email="bela@example.org")
    Componente.objects.create(nucleo=nucleo, persona=marito, ruolo="coniuge", dal=DAY, al=DAY)
    LegameSociale.objects.create(nucleo=nucleo, chi="la zia Carmela", contatto="0000 222")
    base = {"ente": incarico.operatore.ente, "caso": caso, "rispondere_entro": DAY}
    Segnalazione.objects.create(**base, segnalante="Ugo", segnalante_contatto="0000 333", rapporto="vicino",
                                avvisare_entro=DAY)  # fmt: skip
    text = (
        "Lei Sua vive con Bela (BELA, 0000 111, bela@example.org), la zia è Carmela (0000 222); Ugo 0000 333. E bela."
    )
    left = "Lei Sua vive con * (*, *, *), la zia è * (*); * *. E *."
    wrote = {"ente": incarico.operatore.ente, "operatore": incarico.operatore, "caso": caso, "modalita": "telefono"}
    PrimoAscolto.objects.create(**wrote, esito="proposta", interlocutore="persona", **dict.fromkeys(DETTO, text))
    assessed = Valutazione.objects.create(caso=caso, autore=incarico.operatore, parole_della_persona=text)
    VoceValutazione.objects.create(valutazione=assessed, area="casa", bisogni=text, risorse=text)
    helps = {"caso": caso, "ente": caso.ente_titolare, "autore": incarico.operatore}
    Intervento.objects.create(**helps, tipo=TipoServizioFactory(), dal=DAY, nota=text)
    Allegato.objects.create(**helps, livello=3, nome=text, chiave="k", tipo="application/pdf", dimensione=1)
    Richiesta.objects.create(**base, nome="Lei Sua", contatto="SUO", canale="telefono", contatto_sicuro=text)
    page, data = archive(send(operatore, incarico, persona, entry(incarico, 3, text), contatto_sicuro="on"))
    found = json.dumps(data, ensure_ascii=False)
    assert found.count(left.replace("*", "[altra persona]")) == 10
    for word in ("Bela", "BELA", "0000 111", "bela@", "Carmela", "0000 222", "Ugo", "0000 333"):
        assert word not in page + found
    page, data = archive(send(operatore, incarico, persona, lingua="en"))
    assert "[another person]" in page
    assert {each["fatto"] for each in data["accessi"]} == {"Prepared a copy of the data"}


@pytest.mark.parametrize(
    ("cognome", "nome", "text", "left"),
    [
        ("Li", "Wu", "LI e Wu: li ho visti, Lidia e wu.", "* e *: li ho visti, Lidia e wu."),
        ("rossi", "maria", "Maria ROSSI e mariangela.", "* * e mariangela."),
        ("Della Valle", "Ada", "La Valle della casa di Ada.", "La * della casa di *."),
        ("Lei", "Sua", "Lei parla di Sua.", "Lei parla di Sua."),
    ],
)
def test_names_short_or_in_small_letters_are_covered_and_words_of_the_talk_stay(
    incarico, persona, cognome, nome, text, left
):
    other = Persona.objects.create(cognome=cognome, nome=nome)
    Componente.objects.create(nucleo=incarico.caso.nucleo, persona=other, ruolo="figlio", dal=DAY)
    assert cover(incarico.caso, persona)(text) == left.replace("*", "[altra persona]")


def test_number_of_another_is_covered_however_it_is_written_and_her_own_stays(operatore, incarico, persona):
    nucleo = incarico.caso.nucleo
    persona.telefono = "0000 111222"
    persona.save()
    LegameSociale.objects.create(nucleo=nucleo, chi="Ugo", contatto="+39 000 1234567 (dopo le 18)")
    LegameSociale.objects.create(nucleo=nucleo, chi="Zoe", contatto="0000-111.222")
    text = "0001234567, 000 12 34 567, 0039 000/1234567; 10001234567, 0000111222"
    _page, data = archive(send(operatore, incarico, persona, entry(incarico, 3, text)))
    found = json.dumps(data, ensure_ascii=False)
    assert "*, *, *; 10001234567, 0000111222".replace("*", "[altra persona]") in found


def test_who_has_left_the_household_has_her_copy_too(operatore, incarico, persona):
    left = Persona.objects.create(cognome="Partita", nome="Prima")
    Componente.objects.create(nucleo=incarico.caso.nucleo, persona=left, ruolo="coniuge", dal=DAY, al=date(2025, 4, 1))
    later = Persona.objects.create(cognome="Arrivata", nome="Dopo")
    Componente.objects.create(nucleo=incarico.caso.nucleo, persona=later, ruolo="genitore", dal=date(2025, 5, 1))
    assert "fino al 01/04/2025" in operatore.get(f"/casi/{incarico.caso.pk}/estratto/").content.decode()
    _page, data = archive(send(operatore, incarico, left))
    assert data["persona"]["cognome"] == "Partita"
    assert data["altri_nel_nucleo"] == ["Persona di riferimento"]


def test_copy_for_somebody_outside_the_household_is_refused(operatore, incarico):
    stranger = Persona.objects.create(cognome="Estranea")
    assert send(operatore, incarico, stranger).status_code == 422
    with pytest.raises(Assente):
        copy_for(attore_for(incarico.operatore), incarico.caso.pk, persona=stranger.pk)


def test_copy_wants_the_identity_checked(operatore, incarico, persona):
    assert send(operatore, incarico, persona, identita="").status_code == 422
    assert not Registro.objects.filter(finalita="estratto").exists()


@pytest.mark.parametrize("facts", [{"confermato": False}, {"secondo_fattore": False}])
def test_copy_wants_who_is_responsible_just_confirmed(incarico, persona, facts):
    colleague = IncaricoFactory(caso=incarico.caso, operatore__ente=incarico.caso.ente_titolare)
    give(incarico.caso, colleague.operatore.utente, "change_caso")
    with pytest.raises(Assente):
        prepare(attore_for(colleague.operatore), incarico.caso.pk, lambda _scelta: None)
    with pytest.raises(Assente):
        copy_for(attore_for(incarico.operatore, **facts), incarico.caso.pk, persona=persona.pk)


def test_arabic_copy_runs_from_the_right(operatore, incarico, persona):
    page, _data = archive(send(operatore, incarico, persona, lingua="ar"))
    assert '<html lang="ar" dir="rtl">' in page


DETTE = (
    ("Caso", "stato"), ("Richiesta", "canale"), ("Richiesta", "stato"), ("Componente", "ruolo"), ("Residenza", "tipo"),
    ("Richiesta", "tramite"), ("VoceValutazione", "area"), ("VoceValutazioneRiservata", "area"),
    ("VoceDiario", "tipo"), ("Intervento", "stato"), ("Ammissione", "finalita"), ("Ammissione", "base_giuridica"),
)  # fmt: skip


def words() -> set[str]:
    """All that the copy says in words of the system: labels of choices, what the retention classes are about."""
    fields = (apps.get_model("casi", name)._meta.get_field(field) for name, field in DETTE)
    labels = {str(label) for field in fields for _value, label in field.choices}
    return labels.union(ClasseConservazione.objects.values_list("descrizione", flat=True)) - set(IN_BREVE)


def test_every_word_of_the_system_in_the_copy_is_among_those_translated():
    assert words() == set(PAROLE)
    assert set(DA_QUANDO) == set(ClasseConservazione.objects.values_list("evento", flat=True))


@pytest.mark.parametrize("lingua", ["en", "uk", "ar"])
def test_copy_speaks_the_language_of_the_person(operatore, incarico, persona, lingua):
    italian, _data = archive(send(operatore, incarico, persona))
    page, data = archive(send(operatore, incarico, persona, lingua=lingua))
    classe, stato = "Cartella di un caso chiuso", incarico.caso.get_stato_display()
    for word in (classe, "chiusura del caso", stato, FINALITA, MANCA["altri"]):
        assert escape(word) in italian
        assert escape(word) not in page
    with override(lingua):
        assert gettext(classe) in page
    assert "Registro degli accessi" not in json.dumps(data, ensure_ascii=False)
