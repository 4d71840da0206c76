"""Who comes back and leaves a name: written once, carried on, opened with, handed over and forgotten like the rest."""

import pytest

from casi.actions import ascolti
from casi.actions.cancellazione import ERASE
from casi.errori import Assente, Impossibile
from casi.models import PrimoAscolto
from casi.selectors.altri import cover
from casi.selectors.apertura import open_fonte
from tests.factories.casi import (
    CasoFactory,
    ComponenteFactory,
    InformativaFactory,
    NucleoFactory,
    PersonaFactory,
    PrimoAscoltoFactory,
    RichiestaFactory,
)
from tests.factories.catalogo import AccordoFactory, AdesioneFactory, BisognoFactory, OperatoreFactory
from tests.support.attori import attore_for

from .test_ascolti import told

pytestmark = pytest.mark.django_db
LASCIATI = {"nome": "Canarina Bianchi", "contatto": "0000 765432", "contatto_sicuro": "Canarino di mattina"}


@pytest.fixture
def volontario():
    BisognoFactory(codice="mangiare", nome="Mangiare")
    return OperatoreFactory(ruolo="volontario_ascolto")


@pytest.fixture
def sociale():
    return OperatoreFactory(ente=AccordoFactory().capofila, ruolo="assistente_sociale", in_rete=False)


def test_follow_up_starts_from_who_she_is_and_stays_with_the_first(riservato, volontario):
    richiesta = RichiestaFactory(ente=volontario.ente)
    given = InformativaFactory()
    said = {"sigla": "A3", "informativa": given, "luogo": "Al mercato", **LASCIATI}
    first = PrimoAscoltoFactory(operatore=volontario, richiesta=richiesta, **said)
    riservato.force_login(volontario.utente)
    assert f"/ascolti/{first.pk}/seguito/" in riservato.get(f"/ascolti/{first.pk}/").content.decode()
    page = riservato.get(f"/ascolti/{first.pk}/seguito/").content.decode()
    assert all(text in page for text in ("A3", *LASCIATI.values()))
    assert "Al mercato" not in page  # another place each time
    riservato.post(f"/ascolti/{first.pk}/seguito/", told(sigla="A3", **LASCIATI))
    then = PrimoAscolto.objects.exclude(pk=first.pk).get()
    assert (then.seguito_di, then.richiesta, then.segnalazione) == (first, richiesta, None)
    assert (then.nome, then.contatto, then.contatto_sicuro) == tuple(LASCIATI.values())
    assert f"/ascolti/{then.pk}/" in riservato.get(f"/ascolti/{first.pk}/").content.decode()
    page = riservato.get(f"/ascolti/{then.pk}/").content.decode()
    assert f"/ascolti/{first.pk}/" in page
    assert "Canarina Bianchi" in page


def test_follow_up_is_of_the_own_body_alone(riservato, sociale):
    altrui = OperatoreFactory(ruolo="volontario_ascolto", in_rete=False)
    AdesioneFactory(accordo=sociale.ente.accordi_guidati.get(), ente=altrui.ente)
    proposta = PrimoAscoltoFactory(operatore=altrui, esito="proposta")
    campi = {name: value for name, value in told().items() if name not in ("chiave", "quando")}
    with pytest.raises(Assente):
        ascolti.scrivi(by=attore_for(sociale), seguito=proposta.pk, **campi)
    riservato.force_login(sociale.utente)
    page = riservato.get(f"/ascolti/{proposta.pk}/").content.decode()
    assert "Scrivi il seguito" not in page
    assert riservato.get(f"/ascolti/{proposta.pk}/seguito/").status_code == 404


def test_nobody_is_sought_after_withdrawing(sociale):
    first = PrimoAscoltoFactory(operatore=sociale, richiesta=RichiestaFactory(ente=sociale.ente, stato="ritirata"))
    with pytest.raises(Impossibile):
        ascolti.scrivi(by=attore_for(sociale), seguito=first.pk)


@pytest.mark.parametrize(("contatto", "field"), [("0000 765432", "telefono"), ("prova@example.org", "email")])
def test_form_that_opens_a_case_knows_what_she_left(sociale, contatto, field):
    richiesta = RichiestaFactory(ente=sociale.ente, nome="Altro nome", lingua="uk")
    ascolto = PrimoAscoltoFactory(operatore=sociale, richiesta=richiesta, **{**LASCIATI, "contatto": contatto})
    noto = open_fonte(attore_for(sociale), "ascolto", ascolto.pk).noto
    assert (noto["nome"], noto[field], noto["contatto_sicuro"]) == ("Canarina Bianchi", contatto, "Canarino di mattina")
    assert noto["lingua"] == "ucraino"
    bare = PrimoAscoltoFactory(operatore=sociale, richiesta=richiesta)
    assert open_fonte(attore_for(sociale), "ascolto", bare.pk).noto["nome"] == "Altro nome"


def test_name_left_by_another_is_covered_in_the_copy_and_one_s_own_is_not():
    ada = PersonaFactory(nome="Ada", cognome="Canarina")
    caso = CasoFactory(nucleo=NucleoFactory())
    ComponenteFactory(nucleo=caso.nucleo, persona=ada)
    PrimoAscoltoFactory(caso=caso, nome="Ada", contatto="0000 111111")
    PrimoAscoltoFactory(caso=caso, nome="Rosa", contatto="0000 222222")
    covered = cover(caso, ada)("Ada, 0000 111111, con Rosa, 0000 222222")
    assert "Ada, 0000 111111" in covered
    assert "Rosa" not in covered
    assert "222222" not in covered


def test_what_follows_an_erased_conversation_stays():
    first = PrimoAscoltoFactory()
    then = PrimoAscoltoFactory(operatore=first.operatore, seguito_di=first)
    ERASE["primoascolto"](first.pk)
    assert PrimoAscolto.objects.get() == then


def test_case_is_erased_with_its_chain():
    caso = CasoFactory()
    first = PrimoAscoltoFactory(caso=caso)
    PrimoAscoltoFactory(operatore=first.operatore, seguito_di=first, caso=caso)
    ERASE["caso"](caso.pk)
    assert not PrimoAscolto.objects.exists()


def test_correcting_keeps_the_notice_that_was_given_then(riservato, volontario):
    old = InformativaFactory(versione="vecchia")
    ascolto = PrimoAscoltoFactory(operatore=volontario, esito="proposta", informativa=old)
    new = InformativaFactory(versione="nuova", valida_dal="2025-01-01")
    riservato.force_login(volontario.utente)
    page = riservato.get("/ascolti/nuovo/").content.decode()
    assert "versione nuova, in italiano" in page
    assert "vecchia" not in page
    address = f"/ascolti/{ascolto.pk}/correggi/"
    assert "versione vecchia, in italiano" in riservato.get(address).content.decode()
    riservato.post(address, told(esito="proposta", informativa=old.pk, versione=1))
    ascolto.refresh_from_db()
    assert (ascolto.informativa, ascolto.versione) == (old, 2)
    assert new.pk != old.pk
