"""The decision: each condition alone turns a yes into a no, for the list and for the single case alike."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import IntegrityError
from django.utils import timezone

from casi import policies
from casi.actions.incarichi import project
from casi.management.commands.stampa_permessi import lines
from casi.models import (
    Allegato,
    Caso,
    Destinatario,
    NominatoAlSigillo,
    Oscuramento,
    PermessoGruppoSuCaso,
    PermessoUtenteSuCaso,
    Richiesta,
    Segnalazione,
    Valutazione,
    VoceDiario,
)
from casi.ruoli import LETTURA_IN_EMERGENZA, RUOLI, Azione
from catalogo.models import Operatore
from tests.factories.casi import (
    AllegatoFactory,
    AmmissioneFactory,
    AscoltoFactory,
    CasoFactory,
    EmergenzaFactory,
    IncaricoFactory,
    IncompatibilitaFactory,
    InterventoFactory,
    RichiestaFactory,
    SegnalazioneFactory,
    VoceFactory,
    give,
)
from tests.factories.catalogo import EnteFactory, OperatoreFactory
from tests.support.attori import attore_for

pytestmark = pytest.mark.django_db
OGGI = timezone.localdate


def IERI():  # noqa: N802 - reads as the constant it stands beside
    return OGGI() - timedelta(days=1)


def conflict(incarico):
    IncompatibilitaFactory(caso=incarico.caso, utente=incarico.operatore.utente)


ON_A_CASE = (Azione.ELENCARE_CASI, Azione.VEDERE_CASO)


def sees(operatore, caso) -> bool:
    """One answer for list, object and the set of actions; a difference between them fails here."""
    attore = attore_for(operatore)
    answers = set()
    for azione in ON_A_CASE:
        answers.add(policies.visible_to(attore, azione).filter(pk=caso.pk).exists())
        answers.add(policies.may(attore, azione, caso))
        answers.add(azione in policies.azioni_su(attore, caso.pk))
    assert len(answers) == 1
    return answers.pop()


@pytest.fixture
def incarico():
    return IncaricoFactory()


def change(row, **values):
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


def test_visible_to_with_every_condition_met_shows_the_case_and_no_other(incarico):
    CasoFactory(ente_titolare=incarico.caso.ente_titolare)
    assert list(policies.visible_to(attore_for(incarico.operatore))) == [incarico.caso]
    assert sees(incarico.operatore, incarico.caso)


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda i: change(i.operatore.utente, is_active=False), id="account spento"),
        pytest.param(lambda i: change(i.operatore.utente, is_superuser=True), id="superutente"),
        pytest.param(lambda i: change(i.operatore, al=OGGI() - timedelta(days=1)), id="legame finito ieri"),
        pytest.param(lambda i: change(i.operatore, dal=OGGI() + timedelta(days=1)), id="legame da domani"),
        pytest.param(lambda i: change(i.operatore, ruolo="operatore_sportello"), id="ruolo che non apre casi"),
        pytest.param(lambda i: change(i.operatore.ente, attivo=False), id="ente spento"),
        pytest.param(lambda i: change(i.caso, ente_titolare=EnteFactory()), id="ente non ammesso"),
        pytest.param(lambda i: change(i, al=OGGI() - timedelta(days=1)), id="incarico finito ieri"),
        pytest.param(lambda i: change(i, dal=OGGI() + timedelta(days=1)), id="incarico da domani"),
        pytest.param(lambda i: change(i, operatore=OperatoreFactory(ente=i.operatore.ente)), id="incarico d'altri"),
        pytest.param(lambda i: change(i, tolta_il=timezone.now()), id="incarico tolto"),
        pytest.param(lambda i: i.caso.permessi.all().delete(), id="permesso tolto"),
        pytest.param(lambda i: change(i.operatore.ente.adesioni.get(), valida_al=IERI()), id="adesione scaduta ieri"),
        pytest.param(lambda i: change(i.operatore.ente.adesioni.get(), stato="sospesa"), id="adesione sospesa"),
        pytest.param(lambda i: change(i.operatore.ente.adesioni.get(), ruolo_privacy=""), id="ruolo privacy mancante"),
        pytest.param(lambda i: change(i.operatore.ente.adesioni.get(), privacy_firmata_il=None), id="non firmata"),
        pytest.param(lambda i: change(i.operatore.ente.adesioni.get().accordo, valida_al=IERI()), id="accordo scaduto"),
        pytest.param(lambda i: change(i.caso, sigillato=True), id="sigillato"),
        pytest.param(conflict, id="conflitto di interessi"),
    ],
)
def test_visible_to_with_one_condition_missing_hides_the_case(incarico, spoil):
    operatore, caso = incarico.operatore, incarico.caso
    OperatoreFactory()  # what another body has signed is no help
    assert sees(operatore, caso)
    spoil(incarico)
    assert not sees(operatore, caso)


def test_visible_to_on_the_last_day_still_shows_the_case(incarico):
    change(incarico, al=OGGI())
    change(incarico.operatore, al=OGGI())
    assert sees(incarico.operatore, incarico.caso)


def test_visible_to_admitted_body_shows_the_case_until_its_last_day():
    incarico = IncaricoFactory(operatore=OperatoreFactory(ruolo="referente"))
    ammissione = AmmissioneFactory(caso=incarico.caso, ente=incarico.operatore.ente, al=OGGI())
    change(incarico.caso, stato="preso_in_carico")
    assert sees(incarico.operatore, incarico.caso)
    change(ammissione, al=OGGI() - timedelta(days=1))
    assert not sees(incarico.operatore, incarico.caso)


def test_visible_to_acting_for_another_body_hides_the_case(incarico):
    altrove = OperatoreFactory(utente=incarico.operatore.utente, ruolo="assistente_sociale")
    assert not sees(altrove, incarico.caso)


def test_visible_to_ignores_global_permissions_groups_and_other_permissions():
    incarico = IncaricoFactory(permesso="change_caso")
    utente, caso = incarico.operatore.utente, incarico.caso
    view = Permission.objects.get(codename="view_caso")
    utente.user_permissions.add(view)
    group = Group.objects.create(name="Casi")
    group.permissions.add(view)
    utente.groups.add(group)
    assert not sees(incarico.operatore, caso)
    give(caso, utente, "view_caso")
    assert sees(incarico.operatore, caso)


def test_visible_to_with_the_permission_on_another_case_hides_this_one(incarico):
    altro = IncaricoFactory(operatore=incarico.operatore, caso__ente_titolare=incarico.operatore.ente, permesso=False)
    assert sees(incarico.operatore, incarico.caso)
    assert not sees(incarico.operatore, altro.caso)


def test_permission_of_a_group_on_a_case_is_refused_by_the_database(incarico):
    view = Permission.objects.get(codename="view_caso")
    with pytest.raises(IntegrityError, match="permessi_di_gruppo_mai"):
        PermessoGruppoSuCaso.objects.create(
            content_object=incarico.caso, permission=view, group=Group.objects.create(name="Tutti")
        )


def test_visible_to_nobody_or_an_action_without_permission_shows_nothing(incarico):
    assert not policies.visible_to(None).exists()
    assert not policies.may(None, Azione.ENTRARE)
    assert not policies.visible_to(attore_for(incarico.operatore), Azione.ENTRARE).exists()


@pytest.mark.parametrize("ruolo", sorted(RUOLI))
def test_may_follows_the_role_table(ruolo):
    attore = attore_for(OperatoreFactory(ruolo=ruolo))
    assert {azione for azione in Azione if policies.may(attore, azione)} == RUOLI[ruolo].azioni | RUOLI[
        ruolo
    ].in_emergenza


def test_deleting_a_case_takes_its_rows_along(incarico):
    Caso.objects.filter(pk=incarico.caso.pk).delete()
    assert not PermessoUtenteSuCaso.objects.exists()


def test_permissions_page_tells_what_the_code_applies():
    page = (settings.BASE_DIR / "docs" / "ruoli.md").read_text().splitlines()
    assert page == list(lines()), "manage.py stampa_permessi > docs/ruoli.md"


# --- what is written on a case: entries, files, support


class Carta:
    """A case with a social worker, a colleague, an admitted association's referent and volunteer, all assigned."""

    def __init__(self) -> None:
        self.caso = CasoFactory(stato="preso_in_carico")
        comune, associazione = self.caso.ente_titolare, EnteFactory()
        AmmissioneFactory(caso=self.caso, ente=associazione, ambiti=["sintesi", "interventi"])
        self.responsabile = self._assigned(comune, "assistente_sociale", "responsabile")
        self.collega = self._assigned(comune, "assistente_sociale", "collega")
        self.referente = self._assigned(associazione, "referente", "collaboratore")
        self.volontario = self._assigned(associazione, "volontario_ascolto", "collaboratore")

    def _assigned(self, ente, ruolo, parte):
        operatore = OperatoreFactory(ente=ente, ruolo=ruolo)
        IncaricoFactory(caso=self.caso, operatore=operatore, parte=parte, permesso=False)
        project(self.caso, operatore.utente_id)
        return operatore

    def readers(self, row) -> set[str]:
        """Who finds `row`, asked as the pages ask."""
        asked = {VoceDiario: policies.voci_visibili, Allegato: policies.allegati_visibili}
        asked[Valutazione] = policies.valutazioni_visibili
        found = set()
        for name in ("responsabile", "collega", "referente", "volontario"):
            attore = attore_for(getattr(self, name))
            azioni = policies.azioni_su(attore, self.caso.pk)
            visible = asked.get(type(row), policies.interventi_visibili)(attore, self.caso, azioni)
            found |= {name} if visible.filter(pk=row.pk).exists() else set()
        return found


@pytest.fixture
def carta():
    return Carta()


WRITTEN = [
    ("responsabile", {"livello": 3}, {"responsabile", "collega"}),
    ("volontario", {"livello": 3}, {"volontario", "referente"}),
    ("referente", {"livello": 2}, {"referente"}),
    ("volontario", {"livello": 3, "condiviso": True}, {"volontario", "referente", "responsabile", "collega"}),
    ("responsabile", {"livello": 3, "condiviso": True}, {"responsabile", "collega"}),
    ("responsabile", {"livello": 4}, {"responsabile", "collega"}),
    ("referente", {"livello": 4}, set()),
]


@pytest.mark.parametrize(("autore", "values", "readers"), WRITTEN)
@pytest.mark.parametrize("scrivi", [VoceFactory, AllegatoFactory])
def test_entries_and_files_are_read_by_whom_their_level_allows(carta, scrivi, autore, values, readers):
    row = scrivi(caso=carta.caso, autore=getattr(carta, autore), **values)
    assert carta.readers(row) == readers


def test_named_only_entry_is_read_by_its_author_and_by_those_named_one_by_one(carta):
    voce = VoceFactory(caso=carta.caso, autore=carta.collega, livello=5)
    assert carta.readers(voce) == {"collega"}
    Destinatario.objects.create(voce=voce, operatore=carta.responsabile)
    assert carta.readers(voce) == {"collega", "responsabile"}


def test_hidden_item_is_left_to_its_author_until_it_is_shown_again(carta):
    for row in (
        VoceFactory(caso=carta.caso, autore=carta.collega),
        AllegatoFactory(caso=carta.caso, autore=carta.collega),
        InterventoFactory(caso=carta.caso, autore=carta.collega, condiviso=False),
        Valutazione.objects.create(caso=carta.caso, autore=carta.collega, conclusa_il=timezone.now()),
    ):
        target = row._meta.model_name.removesuffix("diario")
        hidden = Oscuramento.objects.create(caso=carta.caso, fatto_da=carta.responsabile, **{target: row})
        assert carta.readers(row) == {"collega"}
        change(hidden, tolto_il=timezone.now())
        assert carta.readers(row) == {"responsabile", "collega"}


def test_support_of_others_is_seen_if_shared_and_all_of_it_by_the_social_worker(carta):
    altrui = InterventoFactory(caso=carta.caso, autore=carta.responsabile)
    assert carta.readers(altrui) == {"responsabile", "collega", "referente"}
    change(altrui, condiviso=False)
    assert carta.readers(altrui) == {"responsabile", "collega"}
    proprio = InterventoFactory(caso=carta.caso, autore=carta.referente, condiviso=False)
    assert carta.readers(proprio) == {"responsabile", "collega", "referente", "volontario"}


def test_rows_of_another_case_never_come_along(carta):
    altrove = Carta()
    voce = VoceFactory(caso=altrove.caso, autore=carta.responsabile)
    intervento = InterventoFactory(caso=altrove.caso, autore=carta.responsabile)
    assert carta.readers(voce) == carta.readers(intervento) == set()


def test_who_may_nothing_on_the_case_reads_nothing_of_it(carta):
    VoceFactory(caso=carta.caso, autore=carta.responsabile)
    attore = attore_for(carta.responsabile)
    assert not policies.voci_visibili(attore, carta.caso, frozenset()).exists()


# --- what reached a body and is not yet part of a case


@pytest.mark.parametrize(("ruolo", "sees"), [("referente", {"adulti"}), ("assistente_sociale", {"adulti", "minori"})])
def test_alerts_are_read_by_the_receiving_body_and_minors_at_risk_by_social_workers_alone(ruolo, sees):
    operatore = OperatoreFactory(ruolo=ruolo)
    rows = {
        "adulti": SegnalazioneFactory(ente=operatore.ente),
        "minori": SegnalazioneFactory(ente=operatore.ente, minori_a_rischio=True),
        "altrui": SegnalazioneFactory(),
        "in un caso": SegnalazioneFactory(ente=operatore.ente, caso=CasoFactory()),
    }
    found = set(policies.arrivi_visibili(attore_for(operatore), Segnalazione).values_list("pk", flat=True))
    assert found == {rows[name].pk for name in sees}


def test_requests_and_first_conversations_stay_in_their_body_and_leave_the_desk_with_their_case():
    operatore = OperatoreFactory(ruolo="volontario_ascolto")
    attore, collega = attore_for(operatore), OperatoreFactory(ente=operatore.ente, ruolo="volontario_ascolto")
    richiesta, ascolto = RichiestaFactory(ente=operatore.ente), AscoltoFactory(operatore=collega)
    RichiestaFactory()
    AscoltoFactory()
    RichiestaFactory(ente=operatore.ente, caso=CasoFactory())
    AscoltoFactory(operatore=collega, caso=CasoFactory())
    assert list(policies.arrivi_visibili(attore, Richiesta)) == [richiesta]
    assert list(policies.ascolti_visibili(attore)) == [ascolto]
    sportello = attore_for(OperatoreFactory(ente=operatore.ente, ruolo="operatore_sportello"))
    assert not policies.arrivi_visibili(sportello, Richiesta).exists()
    assert not policies.ascolti_visibili(sportello).exists()


# --- ways other than an assignment


def test_office_acts_on_every_case_its_body_holds_and_on_no_other(incarico):
    coordinatore = attore_for(OperatoreFactory(ente=incarico.caso.ente_titolare, ruolo="coordinatore"))
    CasoFactory()
    assert list(policies.visible_to(coordinatore, Azione.ASSEGNARE)) == [incarico.caso]
    assert not policies.visible_to(coordinatore, Azione.VEDERE_CASO).exists()
    assert policies.azioni_su(coordinatore, incarico.caso.pk) == {
        Azione.ELENCARE_DA_ASSEGNARE,
        Azione.ASSEGNARE,
        Azione.TRASFERIRE,
        Azione.CONTROFIRMARE,
    }


@pytest.mark.parametrize("ruolo", ["coordinatore", "assistente_sociale"])
def test_emergency_opens_one_case_to_one_person_for_its_hour_and_yields_to_seal_and_conflict(ruolo):
    caso, operatore, now = CasoFactory(), OperatoreFactory(ruolo=ruolo), timezone.now()
    attore, collega = attore_for(operatore), OperatoreFactory(ente=operatore.ente, ruolo=ruolo)
    emergenza = EmergenzaFactory(caso=caso, operatore=operatore, inizio=now, fine=now + timedelta(hours=1))
    hour = {"inizio": now, "fine": now + timedelta(hours=1)}
    opened = LETTURA_IN_EMERGENZA
    assert policies.azioni_su(attore, caso.pk) == opened
    assert policies.azioni_su(attore_for(collega), caso.pk) == policies.azioni_su(attore, CasoFactory().pk) == set()
    for row, spoilt, mended in (
        (caso, {"sigillato": True}, {"sigillato": False}),
        (emergenza, {"chiuso_il": now}, {"chiuso_il": None}),
        (emergenza, {"inizio": now - timedelta(hours=1), "fine": now}, hour),
    ):
        change(row, **spoilt)
        assert policies.azioni_su(attore, caso.pk) == set()
        change(row, **mended)
        assert policies.azioni_su(attore, caso.pk) == opened
    IncompatibilitaFactory(caso=caso, utente=operatore.utente)
    assert policies.azioni_su(attore, caso.pk) == set()


def test_named_on_a_sealed_case_sees_it_until_taken_off_the_list(incarico):
    change(incarico.caso, sigillato=True)
    named = NominatoAlSigillo.objects.create(caso=incarico.caso, operatore=incarico.operatore, dal=OGGI())
    assert sees(incarico.operatore, incarico.caso)
    change(named, tolta_il=timezone.now())
    assert not sees(incarico.operatore, incarico.caso)
    change(named, tolta_il=None, dal=IERI(), al=IERI())
    assert not sees(incarico.operatore, incarico.caso)


def test_second_factor_and_confirmation_are_asked_of_the_session(incarico):
    give(incarico.caso, incarico.operatore.utente, "condividi_caso")
    sure, caso = attore_for(incarico.operatore), incarico.caso
    unsure = attore_for(incarico.operatore, confermato=False)
    alone = attore_for(incarico.operatore, secondo_fattore=False)
    assert policies.may(sure, Azione.CONDIVIDERE, caso)
    assert policies.needs_confirming(unsure, Azione.CONDIVIDERE)
    assert not policies.needs_confirming(unsure, Azione.VEDERE_CASO)
    assert not policies.may(unsure, Azione.CONDIVIDERE, caso)
    assert Azione.CONDIVIDERE in policies.azioni_su(unsure, caso.pk)
    assert not policies.azioni_su(alone, caso.pk)
    assert not policies.may(alone, Azione.VEDERE_CASO, caso)


def test_tie_that_changed_since_the_request_began_opens_nothing(incarico):
    """The role in hand is no longer the one in the database: neither of the two counts."""
    held = attore_for(incarico.operatore)
    Operatore.objects.filter(pk=incarico.operatore.pk).update(ruolo="referente")
    assert not policies.may(held, Azione.ENTRARE)
    assert not policies.visible_to(held).exists()
    assert not policies.azioni_su(held, incarico.caso.pk)


def test_facts_of_a_case_that_is_not_there_are_none(incarico):
    assert policies.facts_on(attore_for(incarico.operatore), uuid4()) is None
    facts = policies.facts_on(attore_for(incarico.operatore), incarico.caso.pk)
    assert facts["incaricato"] is facts["titolare"] is facts["permesso_view_caso"] is True
    assert facts["emergenza"] is facts["ammesso_sintesi"] is False
