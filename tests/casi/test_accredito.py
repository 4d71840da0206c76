"""The desk that accredits: bodies and people, each act on the register, never a case, never oneself."""

import re
import uuid
from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from casi import policies
from casi.actions import accredito
from casi.actions.accredito import Firma, Persona
from casi.errori import Assente, Impossibile, Vietato
from casi.models import Registro
from casi.ruoli import Azione
from casi.selectors import accredito as selectors
from catalogo.models import Adesione, Operatore
from catalogo.models.accordo import Condizione, last_day
from portal.utenti.conferma import DEMO_MARK
from portal.utenti.demo import register_persona
from portal.utenti.models import SessioneRiservata, Utente
from tests.factories.casi import IncaricoFactory
from tests.factories.catalogo import AccordoFactory, AdesioneFactory, EnteFactory, OperatoreFactory
from tests.factories.portal import PASSWORD, UtenteFactory
from tests.support.attori import attore_for
from tests.support.codici import SEED
from tests.support.html import StrictClient
from tests.support.rifiuti import refused

pytestmark = pytest.mark.django_db
OGGI = timezone.localdate
NUOVA = Persona("nuova@esempio.it", "Nuova", "Arrivata")
PRIVACY = {"ruolo_privacy": "titolare", "privacy_firmata_il": "2026-01-01"}
TYPED = {"email": NUOVA.email, "nome": "Nuova", "cognome": "Arrivata", "ruolo": "referente", "dal": "2026-01-01"}


@pytest.fixture
def accordo():
    return AccordoFactory(capofila__nome="Comune capofila")


@pytest.fixture
def coordina(accordo):
    return OperatoreFactory(ente=accordo.capofila, ruolo="coordinatore", in_rete=False)


@pytest.fixture
def aurora(accordo):
    return AdesioneFactory(accordo=accordo, ente__nome="Aurora", valida_al=date(2099, 12, 31)).ente


# --- Bodies


@pytest.mark.parametrize(
    ("start", "last"),
    [
        (date(2024, 1, 1), date(2028, 12, 31)),
        (date(2024, 3, 1), date(2029, 2, 28)),
        (date(2024, 2, 29), date(2029, 2, 28)),
        (date(2023, 3, 1), date(2028, 2, 29)),
    ],
)
def test_adhesion_lasts_five_whole_years_unless_said_otherwise(by, accordo, start, last):
    assert last_day(start) == last
    signed = accredito.register_adhesion(by=by, accordo=accordo, ente=EnteFactory(), firma=Firma(start))
    assert (signed.valida_al, signed.stato) == (last, "sottoscritta")
    assert Registro.objects.filter(azione="accreditare", oggetto="adesione").count() == 1


@pytest.mark.parametrize(
    ("changes", "days", "condizione", "preavviso"),
    [
        ({}, None, Condizione.IN_VIGORE, None),
        ({}, 181, Condizione.IN_VIGORE, None),
        ({}, 180, Condizione.IN_SCADENZA, 180),
        ({}, 90, Condizione.IN_SCADENZA, 90),
        ({}, 30, Condizione.IN_SCADENZA, 30),
        ({}, 0, Condizione.IN_SCADENZA, 30),
        ({}, -1, Condizione.SCADUTA, None),
        ({"stato": "sospesa"}, 30, Condizione.FERMA, None),
        ({"ruolo_privacy": ""}, 30, Condizione.SENZA_PRIVACY, None),
        ({"privacy_firmata_il": None}, None, Condizione.SENZA_PRIVACY, None),
        ({"valida_dal": date(2098, 1, 1)}, None, Condizione.FUTURA, None),
    ],
)
def test_standing_of_a_body_agrees_with_the_decision(by, accordo, changes, days, condizione, preavviso):
    end = None if days is None else OGGI() + timedelta(days=days)
    adesione = AdesioneFactory(accordo=accordo, valida_al=end, **changes)
    row = selectors.rete(by).aderenti[1]
    assert (row.condizione, row.preavviso) == (condizione, preavviso)
    works = condizione in (Condizione.IN_VIGORE, Condizione.IN_SCADENZA)
    assert Adesione.objects.in_force(OGGI()).filter(pk=adesione.pk).exists() is works


def test_renewal_follows_and_takes_the_warning_away(by, accordo):
    end = OGGI() + timedelta(days=20)
    old = AdesioneFactory(accordo=accordo, valida_al=end)
    with pytest.raises(ValidationError):
        accredito.renew_adhesion(by=by, adesione=old, firma=Firma(end))
    firma = Firma(selectors.next_start(old), ruolo_privacy="titolare", privacy_firmata_il=OGGI())
    new = accredito.renew_adhesion(by=by, adesione=old, firma=firma)
    assert (new.precedente, new.valida_dal) == (old, end + timedelta(days=1))
    assert new.valida_al == last_day(new.valida_dal)
    assert [row.condizione for row in selectors.rete(by).aderenti[1:]] == [Condizione.IN_VIGORE]
    with pytest.raises(Impossibile):
        accredito.renew_adhesion(by=by, adesione=old, firma=Firma(end + timedelta(days=9)))


def test_second_adhesion_in_the_same_days_is_refused(by, accordo, aurora):
    for ente, words in ((aurora, "già un'adesione"), (accordo.capofila, "Il capofila")):
        with refused(words, "ente"):
            accredito.register_adhesion(by=by, accordo=accordo, ente=ente, firma=Firma(OGGI()))


@pytest.mark.parametrize(
    ("passaggio", "after"), [("sospendi", "sospesa"), ("recedi", "receduta"), ("revoca", "revocata")]
)
def test_body_that_stops_is_out_at_the_next_question(by, aurora, passaggio, after):
    volontaria = OperatoreFactory(ente=aurora, ruolo="volontario_ascolto")
    assert policies.may(attore_for(volontaria), Azione.ENTRARE)
    adesione = aurora.adesioni.get()
    accredito.move_adhesion(by=by, adesione=adesione, passaggio=passaggio)
    adesione.refresh_from_db()
    assert adesione.stato == after
    assert not policies.may(attore_for(volontaria), Azione.ENTRARE)
    if passaggio == "sospendi":
        accredito.move_adhesion(by=by, adesione=adesione, passaggio="riprendi")
        assert policies.may(attore_for(volontaria), Azione.ENTRARE)
    else:
        with pytest.raises(Impossibile):
            accredito.move_adhesion(by=by, adesione=adesione, passaggio="riprendi")


def test_privacy_agreement_opens_the_door(by, accordo):
    adesione = AdesioneFactory(accordo=accordo, ruolo_privacy="", privacy_firmata_il=None)
    volontaria = OperatoreFactory(ente=adesione.ente, ruolo="volontario_ascolto")
    assert not policies.may(attore_for(volontaria), Azione.ENTRARE)
    accredito.sign_privacy(by=by, adesione=adesione, ruolo_privacy="responsabile", privacy_firmata_il=OGGI())
    assert policies.may(attore_for(volontaria), Azione.ENTRARE)


# --- People


def test_new_person_gets_an_account_with_no_password_and_a_mail_with_a_link_alone(by, aurora, settings):
    tie = accredito.accredit(by=by, ente=aurora, persona=NUOVA, ruolo="referente", dal=OGGI())
    assert (tie.utente.email, tie.utente.has_usable_password()) == (NUOVA.email, False)
    assert policies.may(attore_for(tie), Azione.ENTRARE)
    (message,) = mail.outbox
    assert message.to == [NUOVA.email]
    text = f"{message.subject} {message.body}"
    assert f"{settings.URL_RISERVATO}/accesso/password/reset/key/" in text
    for word in ("Nuova", "Arrivata", "Aurora", "referente", tie.utente.username):
        assert word not in text
    assert Registro.objects.get(azione="accreditare").finalita == f"accredita {tie.pk}"


def test_link_of_the_invitation_lets_the_person_choose_a_password(riservato, by, aurora):
    tie = accredito.accredit(by=by, ente=aurora, persona=NUOVA, ruolo="referente", dal=OGGI())
    link = next(word for word in mail.outbox[0].body.split() if word.startswith("http"))
    address = link.replace("http://localhost:8001", "")
    from_webmail = riservato.get(address, headers={"Sec-Fetch-Site": "cross-site"})
    assert f"URL='{address}'" in from_webmail.content.decode()  # once more from here, or our Strict cookie stays behind
    form = riservato.get(address, headers={"Sec-Fetch-Site": "same-origin"})
    riservato.post(form["Location"], {"password1": PASSWORD, "password2": PASSWORD})
    tie.utente.refresh_from_db()
    assert tie.utente.check_password(PASSWORD)


def test_account_that_nobody_vouched_for_loses_the_ways_in_somebody_may_have_set_up(by, aurora):
    """Made by who manages accounts, with a password and a factor of his, and the person's address put in last."""
    utente = UtenteFactory(email="Persona@esempio.it")
    TOTP.activate(utente, SEED)
    SocialAccount.objects.create(user=utente, provider="identita", uid="x")
    tie = accredito.accredit(by=by, ente=aurora, persona=Persona("persona@esempio.it"), ruolo="referente", dal=OGGI())
    utente.refresh_from_db()
    assert tie.utente == utente
    assert not utente.has_usable_password()
    assert not Authenticator.objects.exists()
    assert not SocialAccount.objects.exists()
    assert [message.to for message in mail.outbox] == [[utente.email]]


def test_person_accredited_before_keeps_the_account_as_it_is(by, aurora, accordo):
    utente = OperatoreFactory(ruolo="operatore_sportello").utente
    TOTP.activate(utente, SEED)
    accredito.accredit(by=by, ente=aurora, persona=Persona(utente.email), ruolo="referente", dal=OGGI())
    utente.refresh_from_db()
    assert utente.check_password(PASSWORD)
    assert Authenticator.objects.count() == 1
    assert mail.outbox == []


def test_unknown_address_needs_a_name(by, aurora):
    with refused("scrivi anche nome", "nome"):
        accredito.accredit(by=by, ente=aurora, persona=Persona("x@esempio.it"), ruolo="referente", dal=OGGI())
    assert not Utente.objects.filter(email="x@esempio.it").exists()


def test_nobody_gives_himself_a_role_or_touches_his_own_tie(by, coordina, aurora):
    myself = Persona(coordina.utente.email)
    for act in (
        lambda: accredito.accredit(by=by, ente=aurora, persona=myself, ruolo="operatore_sportello", dal=OGGI()),
        lambda: accredito.change_role(by=by, legame=coordina, ruolo="assistente_sociale"),
        lambda: accredito.end_tie(by=by, legame=coordina),
    ):
        with pytest.raises(Impossibile):
            act()
    assert list(Operatore.objects.all()) == [coordina]


def test_superuser_is_never_accredited(by, aurora):
    utente = UtenteFactory(amministratore=True)
    with pytest.raises(Impossibile):
        accredito.accredit(by=by, ente=aurora, persona=Persona(utente.email), ruolo="referente", dal=OGGI())


@pytest.mark.parametrize("reads", ["referente", "volontario_ascolto", "assistente_sociale"])
def test_nobody_both_accredits_and_follows_cases(by, accordo, aurora, reads):
    lettrice = OperatoreFactory(ente=aurora, ruolo=reads)
    collega = OperatoreFactory(ente=accordo.capofila, ruolo="coordinatore", in_rete=False)
    persona = Persona(lettrice.utente.email)
    with pytest.raises(ValidationError, match="non accredita"):
        accredito.accredit(by=by, ente=accordo.capofila, persona=persona, ruolo="coordinatore", dal=OGGI())
    with pytest.raises(ValidationError, match="non accredita"):
        accredito.accredit(by=by, ente=aurora, persona=Persona(collega.utente.email), ruolo=reads, dal=OGGI())
    with pytest.raises(IntegrityError), transaction.atomic():
        Operatore.objects.create(utente=collega.utente, ente=aurora, ruolo=reads, dal=OGGI())
    accredito.end_tie(by=by, legame=lettrice)
    accredito.accredit(by=by, ente=accordo.capofila, persona=persona, ruolo="coordinatore", dal=OGGI())


def test_changing_role_is_another_tie_and_the_session_is_over(by, aurora):
    old = OperatoreFactory(ente=aurora, ruolo="referente")
    SessioneRiservata.objects.create(
        session_key="x", session_data="", expire_date=timezone.now() + timedelta(hours=1), utente_id=old.utente_id
    )
    new = accredito.change_role(by=by, legame=old, ruolo="operatore_sportello")
    old.refresh_from_db()
    assert old.chiuso_il
    assert (new.ruolo, new.dal, new.ente) == ("operatore_sportello", OGGI(), aurora)
    assert not policies.may(attore_for(old), Azione.ENTRARE)
    assert policies.may(attore_for(new), Azione.ENTRARE)
    assert not SessioneRiservata.objects.exists()


def test_tie_given_by_mistake_today_ends_today(by, aurora):
    tie = accredito.accredit(by=by, ente=aurora, persona=NUOVA, ruolo="referente", dal=OGGI())
    accredito.end_tie(by=by, legame=tie)
    assert not policies.ties_of(tie.utente_id).exists()
    with pytest.raises(Vietato):
        accredito.end_tie(by=by, legame=tie)


@pytest.mark.parametrize("ruolo", ["coordinatore", "responsabile_privacy"])
def test_who_coordinates_or_watches_works_for_the_lead_body(by, aurora, ruolo):
    with refused("solo dell'ente capofila", "ruolo"):
        accredito.accredit(by=by, ente=aurora, persona=NUOVA, ruolo=ruolo, dal=OGGI())


def test_cases_left_without_responsible_are_a_number_and_nothing_else(by, coordina, aurora):
    incarico = IncaricoFactory(caso__ente_titolare=coordina.ente, parte="responsabile")
    assert selectors.rete(by).da_riassegnare == ""
    accredito.end_tie(by=by, legame=incarico.operatore)
    assert selectors.rete(by).da_riassegnare == "meno di 5"
    assert not policies.azioni_su(attore_for(incarico.operatore), incarico.caso.pk)
    assert not policies.azioni_su(by, incarico.caso.pk) & {Azione.VEDERE_CASO, Azione.ELENCARE_CASI}


# --- Whose network


def test_other_networks_do_not_exist(by, aurora):
    altra = AdesioneFactory()
    estranea = OperatoreFactory(ente=altra.ente)
    assert [row.ente.nome for row in selectors.rete(by).aderenti] == ["Comune capofila", "Aurora"]
    for look in (lambda: selectors.adesione(by, altra.pk), lambda: selectors.legame(by, estranea.pk)):
        with pytest.raises(Assente):
            look()
    for act in (
        lambda: accredito.register_adhesion(by=by, accordo=altra.accordo, ente=aurora, firma=Firma(OGGI())),
        lambda: accredito.move_adhesion(by=by, adesione=altra, passaggio="sospendi"),
        lambda: accredito.accredit(by=by, ente=altra.ente, persona=NUOVA, ruolo="referente", dal=OGGI()),
        lambda: accredito.end_tie(by=by, legame=estranea),
    ):
        with pytest.raises(Vietato):
            act()


@pytest.mark.parametrize("ruolo", ["referente", "volontario_ascolto", "assistente_sociale", "responsabile_privacy"])
def test_other_roles_accredit_nobody(accordo, aurora, ruolo):
    by = attore_for(OperatoreFactory(ente=accordo.capofila, ruolo=ruolo, in_rete=False))
    with pytest.raises(Vietato):
        accredito.accredit(by=by, ente=aurora, persona=NUOVA, ruolo="referente", dal=OGGI())


# --- In the browser, with the rights of the process


@pytest.fixture
def sportello(riservato, coordina) -> StrictClient:
    register_persona(coordina.utente, etichetta="Coordinatrice", cosa_provare="", processo="riservato", ordine=1)
    riservato.post(f"/accesso/demo/{coordina.utente.username}/")
    session = riservato.session
    session[DEMO_MARK] = timezone.now().timestamp()
    session.save()
    return riservato


def send(client, address: str, **data):
    page = client.get(address)
    key = page.context["modulo"]["chiave"].value()
    return client.post(address, {"chiave": key, **data})


@pytest.mark.usefixtures("no_mail")
def test_person_is_accredited_and_the_desk_learns_that_the_invitation_did_not_leave(sportello, aurora):
    done = send(sportello, reverse("casi:operatore_nuovo", args=[aurora.pk]), **TYPED)
    assert "L&#x27;invito non è partito" in sportello.get(done["Location"]).content.decode()
    assert Operatore.objects.filter(utente__email=NUOVA.email).exists()


def test_desk_works_whole_with_the_database_role_of_its_process(sportello, accordo, aurora, act_as):
    new, tie = EnteFactory(nome="Bottega"), OperatoreFactory(ente=aurora)
    act_as("riservato")
    sign = {"accordo": accordo.pk, "ente": new.pk, "valida_dal": "2026-01-01"}
    assert send(sportello, reverse("casi:adesione_nuova"), **sign).status_code == 302
    signed = Adesione.objects.get(ente=new)
    for address, data in (
        (reverse("casi:adesione_privacy", args=[signed.pk]), PRIVACY),
        (reverse("casi:adesione_rinnovo", args=[signed.pk]), {"valida_dal": "2040-01-01"}),
        (reverse("casi:adesione_stato", args=[signed.pk]), {"passaggio": "sospendi"}),
        (reverse("casi:operatore_nuovo", args=[aurora.pk]), TYPED),
        (reverse("casi:legame_ruolo", args=[tie.pk]), {"ruolo": "volontario_ascolto"}),
        (reverse("casi:legame_fine", args=[tie.pk + 1]), {}),
    ):
        response = send(sportello, address, **data)
        assert (response.status_code, response.headers.get("Location")) == (302, reverse("casi:rete")), address
    page = sportello.get(reverse("casi:rete")).content.decode()
    for word in ("Comune capofila", "Aurora", "Bottega", "Sospesa", "Capofila"):
        assert word in page


def test_desk_asks_to_confirm_first_and_does_not_exist_for_others(sportello, riservato, aurora):
    session = sportello.session
    del session[DEMO_MARK]
    session.save()
    assert sportello.get("/rete/")["Location"].startswith("/accesso/conferma/")
    riservato.force_login(OperatoreFactory(ente=aurora, ruolo="referente").utente)
    assert riservato.get("/rete/").status_code == 404


def test_addresses_show_no_number_of_a_row_and_take_none(sportello, aurora):
    address = reverse("casi:operatore_nuovo", args=[aurora.pk])
    assert sportello.get(address).status_code == 200
    assert str(aurora.pk) != address.split("/")[3]
    assert len({reverse("casi:operatore_nuovo", args=[number]) for number in range(100)}) == 100
    for other in (str(aurora.pk), str(uuid.uuid4()), str(uuid.UUID(int=aurora.pk))):
        assert sportello.get(f"/rete/enti/{other}/operatori/nuovo/").status_code == 404
    page = sportello.get("/rete/").content.decode()
    assert "/rete/enti/" in page
    assert not re.search(r"/rete/\w+/\d+/", page)


def test_refusal_is_told_above_the_form(sportello, coordina, aurora):
    data = {"email": coordina.utente.email, "ruolo": "referente", "dal": "2026-01-01"}
    response = send(sportello, reverse("casi:operatore_nuovo", args=[aurora.pk]), **data)
    assert response.status_code == 422
    assert "Nessuno dà un ruolo a sé stesso" in response.content.decode()


@pytest.mark.matrice
def test_page_asks_the_same_with_one_body_and_with_twenty(sportello, accordo, aurora, django_assert_max_num_queries):
    with django_assert_max_num_queries(12) as few:
        sportello.get("/rete/")
    for _each in range(19):
        OperatoreFactory(ente=AdesioneFactory(accordo=accordo).ente)
    with django_assert_max_num_queries(len(few.captured_queries)):
        assert sportello.get("/rete/").content.decode().count('class="rete__ente"') == 21


def test_body_that_leads_nothing_is_told_so(riservato):
    riservato.force_login(OperatoreFactory(ruolo="coordinatore").utente)
    session = riservato.session
    session.update({"persona_demo": "x", DEMO_MARK: timezone.now().timestamp()})
    session.save()
    assert "non guida un accordo" in riservato.get("/rete/").content.decode()
