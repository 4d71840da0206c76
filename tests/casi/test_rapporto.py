"""Who has seen a case, told to the person: all of it, by unit, in her language, and written down in turn."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from casi.errori import Assente
from casi.frasi import done
from casi.models import Caso, PrimoAscolto, Registro, Richiesta, Segnalazione
from casi.selectors.conservazione import to_propose
from casi.selectors.rapporto import accesses, report
from tests.casi.test_registro import voce
from tests.factories.casi import AccessoEmergenzaFactory, CasoFactory, IncaricoFactory, give
from tests.factories.catalogo import OperatoreFactory
from tests.factories.famiglie import famiglia
from tests.support.attori import attore_for
from tests.support.domande import counting

pytestmark = pytest.mark.django_db
ROMA = ZoneInfo("Europe/Rome")


@pytest.fixture
def incarico():
    incarico = IncaricoFactory(operatore__utente__last_name="Cognomesegreto")
    give(incarico.caso, incarico.operatore.utente, "change_caso")
    return incarico


def told(attore, pk):
    """What the report says, without the line of its own making."""
    accessi = report(attore, pk)[1].accessi[1:]
    return [(each.ente, str(each.ruolo), str(each.fatto), each.in_emergenza) for each in accessi]


def test_report_has_every_act_on_the_case_and_no_other(incarico):
    caso, attore = incarico.caso, attore_for(incarico.operatore)
    voce(casi=[caso.pk], azione="vedere_caso", ente_nome="Comune", ruolo="assistente_sociale")
    voce(casi=[CasoFactory().pk, caso.pk], azione="elencare_casi", ente_nome="Caritas", ruolo="referente")
    voce(casi=[CasoFactory().pk], azione="vedere_caso", ente_nome="Altrove")
    voce(casi=[caso.pk], azione="vedere_caso", ente_nome="Respinto", esito="negato")
    voce(casi=[caso.pk], azione="estrarre", ente_nome="Comune", ruolo="assistente_sociale")
    voce(casi=[caso.pk], azione="azione_di_una_volta", ente_nome="Comune", ruolo="ruolo_di_una_volta")
    assert told(attore, caso.pk) == [
        ("Comune", "ruolo_di_una_volta", "Altra operazione", False),
        ("Comune", "Assistente sociale", "Ha preparato una copia dei dati", False),
        ("Caritas", "Referente", "Ha visto il caso in un elenco", False),
        ("Comune", "Assistente sociale", "Ha aperto il caso", False),
    ]
    line = Registro.objects.first()
    assert (line.azione, line.finalita, line.casi) == ("accessi_al_caso", "rapporto_it", [caso.pk])


@pytest.mark.parametrize(
    ("azione", "finalita", "said"),
    [
        ("estrarre", "prepara", "Ha letto i testi per una copia dei dati"),
        ("estrarre", "estratto", "Ha preparato una copia dei dati"),
        *((azione, scopo, "Ha guardato che cosa ha finito il suo tempo")
          for azione in ("proporre_scarto", "approvare_scarto") for scopo in ("scaduti", "elenchi", "elenco")),
        ("approvare_scarto", "approva", "Ha deciso che cosa non si conserva più"),
        ("diario_proprio", "scarica", "Ha scaricato un file"),
        ("diario_proprio", "allegati", "Ha visto l'elenco dei file"),
        ("diario_proprio", "titolare", "Ha letto il diario"),
        ("scrivere_note", "allega", "Ha aggiunto un file"),
        ("scrivere_diario", "nascosti", "Ha aperto il caso"),
        ("scrivere_diario", "ascolto", "Ha scritto un ascolto"),  # of lines older than the action itself
        ("ascoltare", "ascolto", "Ha scritto un ascolto"),
        ("ascoltare", "orienta", "Ha lavorato al percorso"),
        ("ascoltare", "titolare", "Ha aperto il caso"),
        *((azione, scopo, "Ha visto il numero del caso, senza aprirlo")
          for azione in ("assegnare", "trasferire", "controfirmare") for scopo in ("titolare", "legge")),
        ("controfirmare", "affidamenti", "Ha visto il numero del caso, senza aprirlo"),
        ("controfirmare", "affida", "Ha cambiato chi può vedere"),
        ("assegnare", "assegna", "Ha lavorato al percorso"),
        *((azione, scopo, "Ha guardato enti e operatori della rete")
          for azione in ("accreditare", "confermare_ripristino") for scopo in ("elenco", "legge")),
        ("accreditare", "accredita", "Ha accreditato o proposto operatori"),
        ("condurre", "cancellazione", "Ha guardato se è stato chiesto di cancellare"),
        ("condurre", "chiede la cancellazione", "Ha scritto che la persona chiede di cancellare"),
        ("condurre", "sospende", "Ha lavorato al percorso"),
        ("scrivere_ascolto", "corregge", "Ha scritto un ascolto"),
        ("scrivere_ascolto", "legge", "Ha letto richieste o ascolti"),
    ],
)  # fmt: skip
def test_report_says_what_was_done_by_what_it_was_for(azione, finalita, said):
    assert str(done(azione, finalita)) == said


def test_report_tells_who_only_looked_at_what_may_go(riservato, incarico):
    """The page of disposal, opened, decides nothing; a case of it is told that it was looked at."""
    Caso.objects.filter(pk=incarico.caso.pk).update(stato="chiuso", chiuso_il=timezone.now() - timedelta(days=9_000))
    to_propose(attore_for(incarico.operatore))
    assert [str(each.fatto) for each in accesses(incarico.caso.pk)] == ["Ha guardato che cosa ha finito il suo tempo"]


@pytest.mark.parametrize("page", ["casi:diario_scrivi", "casi:diario"])
def test_report_calls_nothing_done_that_was_only_opened(riservato, incarico, page):
    """The form of a diary entry, seen and left, is no entry; nor is the assessment, read."""
    caso, attore = incarico.caso, attore_for(incarico.operatore)
    give(caso, incarico.operatore.utente, "annota_caso")
    riservato.force_login(incarico.operatore.utente)
    opened = {"casi:diario_scrivi": "Ha aperto il caso", "casi:diario": "Ha letto il diario"}[page]
    assert riservato.get(reverse(page, args=[caso.pk])).status_code == 200
    assert [fatto for *_who, fatto, _during in told(attore, caso.pk)] == [opened]
    for azione, finalita in (("scrivere_diario", ""), ("valutare", "valutazione"), ("valutare", "scrive")):
        voce(casi=[caso.pk], azione=azione, finalita=finalita)
    done = [fatto for *_who, fatto, _during in told(attore, caso.pk)][:3]
    assert done == ["Ha lavorato al percorso", "Ha aperto il caso", "Ha scritto nel diario"]


def test_report_tells_what_was_read_before_there_was_a_case(incarico):
    """The request, the alert and the conversations the case came from; not those of another, nor a refusal."""
    caso, ente = incarico.caso, incarico.operatore.ente
    arrivo = {"ente": ente, "rispondere_entro": timezone.localdate()}
    asked, other = (Richiesta.objects.create(**arrivo, canale="telefono", caso=each) for each in (caso, CasoFactory()))
    alert = Segnalazione.objects.create(**arrivo, avvisare_entro=timezone.localdate(), rapporto="vicino", caso=caso)
    heard = PrimoAscolto.objects.create(
        ente=ente, operatore=incarico.operatore, caso=caso, modalita="telefono", interlocutore="persona",
        esito="proposta", racconto="r", risorse="r",
    )  # fmt: skip
    for each, ente_nome in ((asked, "Uno"), (alert, "Due"), (heard, "Tre"), (other, "Altrove")):
        voce(oggetto=each._meta.model_name, oggetto_id=each.pk, azione="gestire_arrivi", ente_nome=ente_nome)
    voce(oggetto="richiesta", oggetto_id=asked.pk, azione="gestire_arrivi", ente_nome="Respinto", esito="negato")
    opened = {"azione": "aprire_caso", "ente_nome": "Quattro", "casi": [caso.pk]}
    voce(oggetto="richiesta", oggetto_id=asked.pk, **opened)
    said = [(each[0], each[2]) for each in told_of(incarico)]
    assert said == [("Quattro", "Ha lavorato al percorso"),
                    *((each, "Ha letto richieste o ascolti") for each in ("Tre", "Due", "Uno"))]  # fmt: skip


def test_same_thing_of_a_day_is_one_row_that_says_exactly_how_often(riservato, act_as, incarico, time_machine):
    """By day, body, role and what was done, with the hour of the last. Every line of the register is counted."""
    caso, attore = incarico.caso, attore_for(incarico.operatore)
    base = {"casi": [caso.pk], "ente_nome": "Comune", "ruolo": "assistente_sociale"}
    lists = ("entrare", "elencare_casi", "elencare_da_assegnare")
    for day, hour in ((1, 0), (1, 8), (2, 8), (2, 21)):
        time_machine.move_to(datetime(2026, 3, day, hour, 30, tzinfo=ROMA), tick=False)
        for azione in (*lists, "vedere_caso"):
            voce(**base | {"azione": azione})
        voce(**base | {"azione": "elencare_casi", "ente_nome": "Caritas"})
        voce(**base | {"azione": "elencare_casi", "ruolo": "coordinatore"})
    time_machine.move_to(datetime(2026, 3, 3, 9, tzinfo=ROMA), tick=False)
    riservato.force_login(incarico.operatore.utente)
    accessi = report(attore, caso.pk)[1].accessi
    rows = [(timezone.localdate(each.quando).day, each.ente, str(each.ruolo), each.volte) for each in accessi[1:]]
    for day in (2, 1):
        found = [row[1:] for row in rows if row[0] == day and row[3] > 1]
        assert sorted(found) == [
            ("Caritas", "Assistente sociale", 2), ("Comune", "Assistente sociale", 2),
            ("Comune", "Assistente sociale", 6), ("Comune", "Coordinatore", 2),
        ]  # fmt: skip
        assert len([row for row in rows if row[0] == day]) == len(found)
    assert sum(each.volte for each in accessi) == Registro.objects.filter(esito="consentito").count() == 25
    act_as("riservato")
    page = riservato.get(f"/casi/{caso.pk}/accessi/").content.decode()
    for hour in ("21.30", "8.30"):
        assert f"Ha visto il caso in un elenco · 6 volte, l'ultima alle {hour}" in page
        assert f"Ha aperto il caso · 2 volte, l'ultima alle {hour}" in page
    assert "1 marzo 2026<" in page


def told_of(incarico):
    return told(attore_for(incarico.operatore), incarico.caso.pk)


def test_reading_during_an_emergency_is_told_as_such_and_one_after_it_is_not(incarico, time_machine):
    caso = incarico.caso
    emergenza = AccessoEmergenzaFactory(caso=caso, chiuso_il=timezone.now() - timedelta(minutes=30))
    other = OperatoreFactory()
    for minutes, operatore in ((-45, emergenza.operatore), (-15, emergenza.operatore), (-45, other)):
        time_machine.move_to(timezone.now() + timedelta(minutes=minutes), tick=False)
        voce(casi=[caso.pk], azione="vedere_caso", operatore_id=operatore.pk)
        time_machine.move_to(timezone.now() - timedelta(minutes=minutes), tick=False)
    assert [each.in_emergenza for each in accesses(caso.pk)] == [False, False, True]


def test_report_is_for_who_conducts_the_case_alone(incarico):
    plain = IncaricoFactory(caso=incarico.caso, operatore__ente=incarico.caso.ente_titolare)
    for operatore in (
        plain.operatore,
        OperatoreFactory(ruolo="coordinatore"),
        OperatoreFactory(ruolo="assistente_sociale"),
    ):
        with pytest.raises(Assente):
            report(attore_for(operatore), incarico.caso.pk)
    assert Registro.objects.filter(azione="accessi_al_caso", esito="negato").count() == 3


def test_language_of_the_household_is_looked_for_after_the_decision_alone(riservato, incarico):
    """Who is refused, of a case that is there as of one that is not, makes no question about a household."""
    famiglia(incarico.caso, lingua="uk")
    address = f"/casi/{incarico.caso.pk}/accessi/"
    riservato.force_login(incarico.operatore.utente)
    shown = riservato.get(address)
    assert (shown.context["lingua"], shown.context["foglio"].sua) == ("it", "uk")
    assert re.search(r'value="uk"[^>]*btn-primary', shown.content.decode())
    riservato.force_login(OperatoreFactory(ruolo="assistente_sociale").utente)
    with counting() as questions:
        assert riservato.get(address).status_code == 404
    assert not [each for each in questions if "casi_componente" in each]


@pytest.mark.parametrize(("lingua", "verso"), [("it", "ltr"), ("en", "ltr"), ("uk", "ltr"), ("ar", "rtl")])
def test_page_speaks_the_language_asked_for_and_keeps_it_out_of_the_address(riservato, act_as, incarico, lingua, verso):
    riservato.force_login(incarico.operatore.utente)
    act_as("riservato")
    address = f"/casi/{incarico.caso.pk}/accessi/"
    page = riservato.post(address, {"lingua": lingua}).content.decode()
    assert f'lang="{lingua}" dir="{verso}"' in page
    with override(lingua):
        assert f"{timezone.localtime():%-H}." in page
    body = page.split('class="rapporto"')[1]
    assert incarico.caso.ente_titolare.nome in body
    assert "Cognomesegreto" not in body
    assert "Agisci per" in page
    assert riservato.post(address, {"lingua": "xx"}).status_code == 200


@pytest.mark.matrice
def test_report_costs_the_same_with_one_access_and_with_twenty(riservato, incarico, django_assert_max_num_queries):
    riservato.force_login(incarico.operatore.utente)
    address = f"/casi/{incarico.caso.pk}/accessi/"
    riservato.get(address)
    with django_assert_max_num_queries(12) as few:
        riservato.get(address)
    for _each in range(20):
        voce(casi=[incarico.caso.pk], azione="vedere_caso")
    with django_assert_max_num_queries(len(few.captured_queries)):
        riservato.get(address)
