"""How a network begins: from the server, once; whoever comes after is accredited inside."""

from datetime import date

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from casi.integrita import verify
from casi.models import Informativa, Registro
from casi.policies import may, ties_of
from casi.ruoli import Azione
from catalogo.models import Accordo, Operatore
from tests.factories.catalogo import EnteFactory, OperatoreFactory
from tests.factories.portal import UtenteFactory
from tests.support.attori import attore_for

pytestmark = pytest.mark.django_db
IVANA, SANDRO = ["ivana@esempio.it", "Ivana", "Rocchesi"], ["sandro@esempio.it", "Sandro", "Pontevedi"]


def found(ente, *, coordina=IVANA, privacy=SANDRO):
    who = ["--coordina", *coordina, "--privacy", *privacy]
    call_command("fonda_rete", "--capofila", ente, "--accordo", "Protocollo", "--dal", "2026-01-01", *who)


@pytest.fixture
def ente():
    return EnteFactory(nome="Comune di Borgo Nuovo")


def test_network_begins_with_an_agreement_and_two_persons_who_are_invited(ente, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        found("comune di borgo nuovo")
    accordo = Accordo.objects.get()
    assert (accordo.capofila, accordo.valida_dal, accordo.valida_al) == (ente, date(2026, 1, 1), date(2030, 12, 31))
    ties = {tie.ruolo: tie for tie in Operatore.objects.all()}
    assert set(ties) == {"coordinatore", "responsabile_privacy"}
    assert sorted(to for message in mail.outbox for to in message.to) == ["ivana@esempio.it", "sandro@esempio.it"]
    assert not any(tie.utente.has_usable_password() for tie in ties.values())
    assert [tie.pk for tie in ties_of(ties["coordinatore"].utente_id)] == [ties["coordinatore"].pk]
    coordinator = attore_for(ties["coordinatore"])
    assert may(coordinator, Azione.ACCREDITARE)
    assert not may(coordinator, Azione.ELENCARE_CASI)
    lines = Registro.objects.filter(azione="accreditare").values_list("oggetto_id", flat=True)
    assert len(lines) == 2
    assert verify().ultima == Registro.objects.latest("pk").pk


@pytest.mark.usefixtures("no_mail")
def test_network_begins_though_the_mail_is_down_and_the_command_says_so(ente, capsys):
    found(ente.nome)
    assert Accordo.objects.count() == 1
    assert "non è partito" in (said := capsys.readouterr().out)
    assert "(ivana@esempio.it, sandro@esempio.it)" in said


def test_network_that_has_who_coordinates_begins_no_more(ente):
    OperatoreFactory(ente=ente, ruolo="coordinatore")
    with pytest.raises(CommandError, match="«Rete»"):
        found(ente.nome)
    assert not Operatore.objects.filter(ruolo="responsabile_privacy").exists()


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"privacy": ["IVANA@esempio.it", "Ivana", "Rocchesi"]}, "due persone diverse"),
        ({"coordina": ["tecnica@esempio.it", "Tilde", "Tessaroli"]}, "amministra il sistema"),
        ({"coordina": ["non un indirizzo", "Ivana", "Rocchesi"]}, "e-?mail"),
    ],
)
def test_network_that_cannot_begin_leaves_nothing(ente, changed, why):
    UtenteFactory(email="tecnica@esempio.it", is_superuser=True)
    with pytest.raises(CommandError, match=f"(?i){why}"):
        found(ente.nome, **changed)
    assert not Accordo.objects.exists()
    assert not Operatore.objects.exists()


def test_network_of_a_body_that_is_not_there_is_refused(ente):
    with pytest.raises(CommandError, match="sono 0"):
        found("Comune di Altrove")


def test_privacy_notice_is_published_once_and_never_rewritten(tmp_path):
    file = tmp_path / "informativa.txt"
    file.write_text("  Perché teniamo i tuoi dati.\n")
    order = [str(file), "--versione", "2026.1", "--dal", "2026-12-01"]
    call_command("pubblica_informativa", *order)
    assert Informativa.objects.get().testo == "Perché teniamo i tuoi dati."
    with pytest.raises(CommandError, match="già"):
        call_command("pubblica_informativa", *order)
    file.write_text(" ")
    with pytest.raises(CommandError, match="vuoto"):
        call_command("pubblica_informativa", str(file), "--versione", "2026.2", "--dal", "2026-12-01")
    assert Informativa.objects.count() == 1
