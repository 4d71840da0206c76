"""What accreditation may not do, whoever asks: two offices in one hand, days beyond the calendar."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from casi import policies
from casi.actions import accredito
from casi.actions.accredito import Firma, Persona
from casi.actions.limiti import seal
from casi.models import Caso, Incompatibilita, Registro
from casi.registro import record
from casi.ruoli import Azione
from casi.selectors import accredito as selectors
from casi.selectors.assegnazioni import assegnazioni
from catalogo.models import Adesione, Operatore
from catalogo.models.accordo import last_day
from portal.utenti.models import Utente
from tests.factories.casi import CasoFactory, IncaricoFactory
from tests.factories.catalogo import AccordoFactory, AdesioneFactory, EnteFactory, OperatoreFactory
from tests.factories.portal import UtenteFactory
from tests.support.attese import while_waiting
from tests.support.attori import attore_for
from tests.support.domande import counting
from tests.support.incaricati import followed
from tests.support.rifiuti import refused

pytestmark = pytest.mark.django_db
OGGI = timezone.localdate


@pytest.mark.django_db(transaction=True)
def test_two_who_accredit_the_same_new_address_at_once_make_one_account(by):
    """However each of them has typed it; the second finds the account of the first."""
    altra = attore_for(OperatoreFactory(ente=by.operatore.ente, ruolo="coordinatore", in_rete=False))

    def accredits(chi, email: str, ruolo: str):
        persona = Persona(email, "Nuova", "Arrivata")
        return lambda: accredito.accredit(by=chi, ente=by.operatore.ente, persona=persona, ruolo=ruolo, dal=OGGI())

    first = accredits(by, "nuova@esempio.it", "assistente_sociale")
    assert while_waiting(first, accredits(altra, "Nuova@esempio.it", "referente")) is None
    account = Utente.objects.get(email__iexact="nuova@esempio.it")
    ties = Operatore.objects.filter(utente=account)
    assert set(ties.values_list("ruolo", flat=True)) == {"assistente_sociale", "referente"}


def test_account_is_locked_once(by):
    """Twice would ask the database twice, and what was checked could be another row."""
    persona = Persona(UtenteFactory().email)
    with counting() as questions:
        accredito.accredit(by=by, ente=by.operatore.ente, persona=persona, ruolo="assistente_sociale", dal=OGGI())
    locks = [each for each in questions if "FOR NO KEY UPDATE" in each and "utenti_utente" in each]
    assert len(locks) == 1, locks


def every_night() -> None:
    call_command("chiudi_accrediti")
    call_command("chiudi_accrediti")


@pytest.mark.parametrize("spento", [{"is_active": False}, {"is_superuser": True}])
def test_who_is_switched_off_finds_nothing_when_on_again(spento):
    by = attore_for(OperatoreFactory(ente=AccordoFactory().capofila, ruolo="coordinatore", in_rete=False))
    lei, altra = (OperatoreFactory(ente=by.operatore.ente, ruolo="assistente_sociale", in_rete=False) for _each in "ab")
    caso, sealed = followed(lei), followed(lei)
    seal(by=attore_for(lei), caso=sealed.pk)
    Utente.objects.filter(pk=lei.utente_id).update(**spento)
    every_night()
    Utente.objects.filter(pk=lei.utente_id).update(is_active=True, is_superuser=False)
    line = Registro.objects.get(finalita=f"termina spento {lei.pk}")
    assert (line.azione, line.utente_id, line.sessione) == ("accreditare", lei.utente_id, "")
    assert not policies.ties_of(lei.utente_id).exists()
    assert policies.ties_of(altra.utente_id).exists()
    assert {each.numero for each in assegnazioni(by).di("senza_responsabile")} == {caso.numero, sealed.numero}
    new = accredito.accredit(
        by=by, ente=lei.ente, persona=Persona(lei.utente.email), ruolo="assistente_sociale", dal=OGGI()
    )
    assert not policies.visible_to(attore_for(new)).exists()
    every_night()
    assert policies.ties_of(lei.utente_id).get() == new


@pytest.mark.parametrize("before", [True, False])
def test_account_that_is_off_is_not_accredited_as_if_nothing_were_and_one_is_told_who_can_help(before):
    by = attore_for(OperatoreFactory(ente=AccordoFactory().capofila, ruolo="coordinatore", in_rete=False))
    lei = UtenteFactory(is_active=False)
    if before:
        OperatoreFactory(utente=lei, ente=by.operatore.ente, al=OGGI() - timedelta(days=1))
    asked = {"by": by, "ente": by.operatore.ente, "persona": Persona(lei.email), "ruolo": "referente", "dal": OGGI()}
    with refused("è spento", "email"):
        accredito.accredit(**asked)
    assert not policies.ties_of(lei.pk).exists()
    lei.is_active = True
    lei.save()
    new = accredito.accredit(**asked)
    assert policies.ties_of(lei.pk).get() == new


def test_tie_to_come_of_who_is_off_ends_too_and_one_over_stays_as_it_was():
    to_come = OperatoreFactory(utente__is_active=False, dal=OGGI() + timedelta(days=9))
    over = OperatoreFactory(utente__is_active=False, al=OGGI() - timedelta(days=1))
    every_night()
    assert [bool(Operatore.objects.get(pk=each.pk).chiuso_il) for each in (to_come, over)] == [True, False]


def test_last_who_coordinates_stays_until_there_is_another_who_is_named_on_what_is_sealed():
    sociale = OperatoreFactory(ente=AccordoFactory().capofila, ruolo="assistente_sociale", in_rete=False)
    lui = OperatoreFactory(ente=sociale.ente, ruolo="coordinatore", in_rete=False)
    sealed = followed(sociale)
    seal(by=attore_for(sociale), caso=sealed.pk)
    Utente.objects.filter(pk=lui.utente_id).update(is_active=False)
    every_night()
    assert Operatore.objects.get(pk=lui.pk).chiuso_il is None
    lei = OperatoreFactory(ente=sociale.ente, ruolo="coordinatore", in_rete=False)
    every_night()
    assert Operatore.objects.get(pk=lui.pk).chiuso_il
    assert sealed.nominati.filter(operatore=lei).exists()


def test_nobody_coordinates_and_watches_for_one_body_at_once():
    """As `fonda_rete` wants two persons: who accredits is watched by somebody else."""
    lead, other = AccordoFactory().capofila, EnteFactory()
    for first, second in (("coordinatore", "responsabile_privacy"), ("responsabile_privacy", "coordinatore")):
        one = OperatoreFactory(ente=lead, ruolo=first, in_rete=False)
        both = {"utente": one.utente, "ruolo": second, "dal": OGGI()}
        with pytest.raises(ValidationError, match="due persone"):
            Operatore(ente=lead, **both).full_clean()
        with pytest.raises(IntegrityError), transaction.atomic():
            Operatore.objects.create(ente=lead, **both)
        Operatore(ente=other, **both).full_clean()
        Operatore.objects.filter(pk=one.pk).update(chiuso_il=timezone.now())
        Operatore(ente=lead, **both).full_clean()


@pytest.mark.parametrize("ruolo", ["referente", "volontario_ascolto", "assistente_sociale"])
def test_nobody_follows_cases_and_watches_who_reads_them(ruolo):
    """For no two bodies either: who confirms a lost factor, or looks at the register, reads no case."""
    lead, other = AccordoFactory().capofila, EnteFactory()
    for first, second in ((ruolo, "responsabile_privacy"), ("responsabile_privacy", ruolo)):
        one = OperatoreFactory(ente=lead, ruolo=first, in_rete=False)
        for ente in (lead, other):
            both = Operatore(utente=one.utente, ruolo=second, dal=OGGI(), ente=ente)
            with pytest.raises(ValidationError, match="non vigila su chi li legge"):
                both.full_clean()
            with pytest.raises(IntegrityError), transaction.atomic():
                both.save()
        Operatore.objects.filter(pk=one.pk).update(chiuso_il=timezone.now())
        both.full_clean()


def test_accrediting_who_follows_cases_to_watch_them_is_told_calmly():
    by = attore_for(OperatoreFactory(ente=AccordoFactory().capofila, ruolo="coordinatore", in_rete=False))
    lei = OperatoreFactory(ente=by.operatore.ente, ruolo="assistente_sociale", in_rete=False)
    data = {"ente": lei.ente, "persona": Persona(lei.utente.email), "dal": OGGI()}
    with pytest.raises(ValidationError, match="sono due persone"):
        accredito.accredit(by=by, ruolo="responsabile_privacy", **data)
    assert accredito.change_role(by=by, legame=lei, ruolo="responsabile_privacy").ruolo == "responsabile_privacy"


def test_privacy_agreement_recorded_meanwhile_is_not_written_over_and_a_correction_says_so(riservato, confirmed):
    accordo = AccordoFactory()
    one, two = (OperatoreFactory(ente=accordo.capofila, ruolo="coordinatore", in_rete=False) for _each in range(2))
    adesione = AdesioneFactory(accordo=accordo, ruolo_privacy="", privacy_firmata_il=None)
    riservato.force_login(two.utente)
    confirmed()
    address = reverse("casi:adesione_privacy", args=[adesione.pk])
    typed = {"ruolo_privacy": "titolare", "privacy_firmata_il": str(OGGI())}

    def opened():
        form = riservato.get(address).context["modulo"]
        return {name: form[name].value() for name in ("chiave", "letta")} | typed

    late = opened()
    signed = {"ruolo_privacy": "contitolare", "privacy_firmata_il": date(2026, 1, 1)}
    accredito.sign_privacy(by=attore_for(one), adesione=adesione, **signed)
    answer = riservato.post(address, late)
    assert (answer.status_code, "Intanto qualcuno" in answer.content.decode()) == (422, True)
    assert Adesione.objects.filter(pk=adesione.pk, **signed).exists()
    assert riservato.post(address, opened()).status_code == 302
    assert Adesione.objects.filter(pk=adesione.pk, **typed).exists()
    lines = Registro.objects.filter(azione="accreditare", esito="consentito", finalita__contains="privacy")
    told = [line.finalita for line in lines.order_by("pk")]
    assert told == [f"firma privacy {adesione.pk}", f"corregge privacy {adesione.pk}"]


def test_privacy_agreement_signed_on_a_day_to_come_is_refused_beside_its_field():
    by = attore_for(OperatoreFactory(ente=AccordoFactory().capofila, ruolo="coordinatore", in_rete=False))
    accordo, tomorrow = by.operatore.ente.accordi_guidati.get(), OGGI() + timedelta(days=1)
    adesione = AdesioneFactory(accordo=accordo, ruolo_privacy="", privacy_firmata_il=None)
    signed = {"ruolo_privacy": "titolare", "privacy_firmata_il": tomorrow}
    firma = Firma(OGGI(), **signed)
    for act in (
        lambda: accredito.sign_privacy(by=by, adesione=adesione, **signed),
        lambda: accredito.register_adhesion(by=by, accordo=accordo, ente=EnteFactory(), firma=firma),
    ):
        with pytest.raises(ValidationError) as refused:
            act()
        assert list(refused.value.error_dict) == ["privacy_firmata_il"]


@pytest.mark.parametrize("start", [date(9999, 1, 1), date(9999, 12, 31), date(9996, 2, 29)])
def test_adhesion_at_the_end_of_the_calendar_is_no_error_page(start):
    assert last_day(start) <= date.max
    assert selectors.next_start(AdesioneFactory.build(valida_dal=start, valida_al=date.max)) == date.max


def test_role_of_a_tie_to_come_is_changed_and_it_begins_when_it_was_to():
    by = attore_for(OperatoreFactory(ente=AccordoFactory().capofila, ruolo="coordinatore", in_rete=False))
    later = OGGI() + timedelta(days=40)
    tie = OperatoreFactory(ente=by.operatore.ente, ruolo="operatore_sportello", in_rete=False, dal=later)
    new = accredito.change_role(by=by, legame=tie, ruolo="volontario_ascolto")
    assert (new.ruolo, new.dal) == ("volontario_ascolto", later)
    assert not policies.ties_of(tie.utente_id).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("act", ["end_tie", "change_role", "end_switched_off", "accredit"])
def test_tie_that_ends_or_begins_waits_for_who_writes_and_stops_nobody(act):
    """The tie first, then the sealed cases of the body: who writes has the case, and names the tie and its account."""
    accordo = AccordoFactory()
    boss, other = (OperatoreFactory(ente=accordo.capofila, ruolo="coordinatore", in_rete=False) for _each in range(2))
    OperatoreFactory(utente__is_active=False)  # whose tie ends first
    lei = OperatoreFactory(ente=accordo.capofila, ruolo="assistente_sociale", in_rete=False)
    caso = CasoFactory(ente_titolare=accordo.capofila, sigillato=True)
    by = attore_for(boss)
    if act == "end_switched_off":
        Utente.objects.filter(pk=lei.utente_id).update(is_active=False)
    acts = {
        "end_tie": lambda: accredito.end_tie(by=by, legame=lei),
        "change_role": lambda: accredito.change_role(by=by, legame=lei, ruolo="referente"),
        "end_switched_off": accredito.end_switched_off,
        "accredit": lambda: accredito.accredit(
            by=by, ente=accordo.capofila, persona=Persona(lei.utente.email), ruolo="referente", dal=OGGI()
        ),
    }

    def write() -> None:
        IncaricoFactory(caso=caso, operatore=lei, permesso=False)
        Incompatibilita.objects.create(caso=caso, utente=lei.utente, origine="rilevata", motivo="altro", dal=OGGI())
        record(by, Azione.CONDIVIDERE, casi=[caso.pk])

    failed = while_waiting(lambda: Caso.objects.select_for_update().get(pk=caso.pk), acts[act], write)
    assert failed is None
    assert (caso.incarichi.count(), caso.incompatibilita.count()) == (1, 1)
    assert caso.nominati.filter(operatore__in=(boss, other)).count() == 2, "it went on"


def test_role_one_has_already_is_refused_beside_it():
    by = attore_for(OperatoreFactory(ente=AccordoFactory().capofila, ruolo="coordinatore", in_rete=False))
    lei = OperatoreFactory(ente=by.operatore.ente, ruolo="assistente_sociale", in_rete=False)
    with refused("già questo ruolo", "ruolo"):
        accredito.change_role(by=by, legame=lei, ruolo="assistente_sociale")
