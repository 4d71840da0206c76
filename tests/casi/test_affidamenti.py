"""A level 5 entry that nobody on the case reads any more has a reader again only by the word of two people."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from casi import policies
from casi.actions import affidamenti
from casi.actions.incarichi import take
from casi.actions.limiti import add_name, remove_name, seal
from casi.errori import Assente, Impossibile, Vietato
from casi.models import Affidamento, Avviso, Caso, Destinatario, Oscuramento, Registro
from casi.ruoli import Azione
from casi.selectors.affidamenti import affidabili, da_decidere, da_decidere_su, elenco, senza_lettori
from tests.factories.catalogo import OperatoreFactory
from tests.support.attori import attore_for
from tests.support.incaricati import incarica
from tests.support.percorso import Scena, voce

pytestmark = pytest.mark.django_db


@pytest.fixture
def scena():
    """The case has been given from who wrote the entry to a colleague of hers."""
    scena = Scena(stato="preso_in_carico")
    scena.voce = voce(scena.caso, scena.assistente, livello=5, testo="Il segreto")
    scena.fa("riassegna")
    scena.fa("accetta")
    scena.nuova = attore_for(scena.altra)
    scena.dpo = OperatoreFactory(ente=scena.ente, ruolo="responsabile_privacy")
    return scena


def reads(attore, scena) -> bool:
    return (
        policies.voci_visibili(attore, scena.caso, policies.azioni_su(attore, scena.caso.pk))
        .filter(pk=scena.voce.pk)
        .exists()
    )


def ask(scena, operatore=None):
    return affidamenti.chiedi(
        by=scena.nuova, caso=scena.caso.pk, voce=scena.voce.pk, operatore=(operatore or scena.altra).pk
    )


def decide(scena, row, *, concesso=True, by=None):
    affidamenti.decidi(
        by=by or attore_for(scena.coordinatore), caso=scena.caso.pk, affidamento=row.pk, concesso=concesso
    )


def told(who) -> set[str]:
    return set(Avviso.objects.filter(destinatario=who).values_list("tipo", flat=True))


def test_reader_is_asked_by_one_and_given_by_another_and_everybody_knows(scena):
    assert not reads(scena.nuova, scena)
    row = ask(scena)
    assert not reads(scena.nuova, scena)
    assert "affidamento" in told(scena.coordinatore)
    assert da_decidere(attore_for(scena.coordinatore)) == [row]
    decide(scena, row)
    assert reads(scena.nuova, scena)
    assert not reads(attore_for(scena.coordinatore), scena)
    assert {"voce_riservata"} <= told(scena.altra)
    assert told(scena.dpo) == {"voce_affidata"}
    lines = (
        Registro.objects.filter(oggetto_id=scena.voce.pk).order_by("pk").values_list("azione", "finalita", "livello")
    )
    reader = scena.altra.pk
    assert list(lines) == [
        ("affidare_voci", f"chiede_affidamento {reader}", 5),
        ("controfirmare", f"affida {reader}", 5),
    ]
    assert senza_lettori(scena.caso) == []


def test_no_opens_nothing_and_may_be_asked_again(scena):
    row = ask(scena)
    with pytest.raises(ValidationError, match="già stato chiesto"):
        ask(scena)
    decide(scena, row, concesso=False)
    assert not reads(scena.nuova, scena)
    assert "non_affidata" in told(scena.altra)
    assert not told(scena.dpo)
    with pytest.raises(Assente):
        decide(scena, row)
    ask(scena)


def test_entry_with_a_reader_at_work_is_nobodys_to_give(scena):
    Destinatario.objects.create(voce=scena.voce, operatore=scena.altra)
    with pytest.raises(Vietato):
        ask(scena)
    Destinatario.objects.all().delete()
    row, helper = ask(scena), OperatoreFactory(ente=scena.ente, ruolo="assistente_sociale")
    incarico = incarica(scena.caso, helper, "collega")
    Destinatario.objects.create(voce=scena.voce, operatore=helper)
    with pytest.raises(Impossibile, match="qualcosa è cambiato"):
        decide(scena, row)
    take(scena.nuova, incarico)
    assert senza_lettori(scena.caso) == [scena.voce]


def test_author_whose_tie_or_account_is_over_reads_no_more(scena):
    scena.fa("riassegna", assistente=scena.assistente)
    scena.fa("accetta", by=attore_for(scena.assistente))
    assert senza_lettori(scena.caso) == []
    scena.assistente.utente.is_active = False
    scena.assistente.utente.save()
    assert senza_lettori(scena.caso) == [scena.voce]


def test_what_is_hidden_or_of_another_body_is_not_told(scena):
    row = Oscuramento.objects.create(caso=scena.caso, voce=scena.voce, fatto_da=scena.assistente)
    assert elenco(scena.nuova, scena.caso.pk)[1] == []
    row.delete()
    nuova = OperatoreFactory(ente=scena.altrove.ente, ruolo="assistente_sociale")
    asked = ask(scena)
    scena.fa("trasferisce")
    scena.fa("assegna", by=attore_for(scena.altrove), assistente=nuova)
    scena.fa("accetta", by=attore_for(nuova))
    assert elenco(attore_for(nuova), scena.caso.pk)[1] == []
    with pytest.raises(Vietato):
        decide(scena, asked)
    theirs = attore_for(scena.altrove)
    assert da_decidere(theirs) == []
    with pytest.raises(Assente):
        da_decidere_su(theirs, scena.caso.pk, asked.pk)
    with pytest.raises(Assente):
        decide(scena, asked, by=theirs)
    Caso.objects.filter(pk=scena.caso.pk).update(ente_titolare=scena.ente)
    assert da_decidere(attore_for(scena.coordinatore)) == [asked], "it waits for the case to come back"


def test_question_about_a_case_that_is_over_waits_for_it_to_be_reopened(scena):
    row, by = ask(scena), attore_for(scena.coordinatore)
    Caso.objects.filter(pk=scena.caso.pk).update(stato="chiuso", chiuso_il=timezone.now())
    assert da_decidere(by) == []
    assert da_decidere_su(by, scena.caso.pk, row.pk)[1] == row, "an old link still opens"
    with pytest.raises(Impossibile, match="chius"):
        decide(scena, row)
    Caso.objects.filter(pk=scena.caso.pk).update(stato="riaperto", chiuso_il=None)
    decide(scena, row, concesso=False)
    assert da_decidere(by) == []


def test_reader_is_a_social_worker_of_the_holder_on_the_case_also_when_it_is_decided(scena):
    helper = OperatoreFactory(ente=scena.ente, ruolo="volontario_ascolto")
    incarica(scena.caso, helper, "collaboratore")
    for other in (helper, scena.assistente):
        with pytest.raises(ValidationError):
            ask(scena, other)
    colleague = OperatoreFactory(ente=scena.ente, ruolo="assistente_sociale")
    incarico = incarica(scena.caso, colleague, "collega")
    row = ask(scena, colleague)
    take(scena.nuova, incarico)
    with pytest.raises(Impossibile, match="non segue più il caso"):
        decide(scena, row)
    assert not Destinatario.objects.exists()


def test_reader_is_on_the_seal_also_when_it_is_decided(scena):
    colleague = OperatoreFactory(ente=scena.ente, ruolo="assistente_sociale")
    incarica(scena.caso, colleague, "collega")
    seal(by=scena.nuova, caso=scena.caso.pk)
    assert list(affidabili(scena.caso)) == [scena.altra]
    with pytest.raises(ValidationError):
        ask(scena, colleague)
    add_name(by=scena.nuova, caso=scena.caso.pk, operatore=colleague)
    row = ask(scena, colleague)
    remove_name(by=scena.nuova, caso=scena.caso.pk, nominato=scena.caso.nominati.get(operatore=colleague))
    with pytest.raises(Impossibile, match="non segue più il caso"):
        decide(scena, row)
    assert not Destinatario.objects.exists()


def test_reader_taken_off_the_seal_has_not_left(scena):
    """Else whoever keeps the list could have the entry for herself (decision 0017)."""
    helper = OperatoreFactory(ente=scena.ente, ruolo="assistente_sociale")
    incarica(scena.caso, helper, "collega")
    Destinatario.objects.create(voce=scena.voce, operatore=helper)
    seal(by=scena.nuova, caso=scena.caso.pk)
    assert senza_lettori(scena.caso) == []


def test_only_who_is_responsible_asks_and_only_another_who_coordinates_decides(scena):
    colleague = OperatoreFactory(ente=scena.ente, ruolo="assistente_sociale")
    incarica(scena.caso, colleague, "collega")
    for other in (attore_for(colleague), attore_for(scena.coordinatore), attore_for(scena.altra, confermato=False)):
        with pytest.raises(Vietato):
            affidamenti.chiedi(by=other, caso=scena.caso.pk, voce=scena.voce.pk, operatore=colleague.pk)
    row = ask(scena)
    for other in (scena.nuova, attore_for(scena.altrove)):
        with pytest.raises(Vietato):
            decide(scena, row, by=other)
    Affidamento.objects.update(chiesto_da=scena.coordinatore)
    with pytest.raises(Impossibile, match="altra persona"):
        decide(scena, row)
    assert not policies.may(attore_for(scena.coordinatore), Azione.AFFIDARE_VOCI, scena.caso)


def test_pages_ask_and_answer_without_showing_it(riservato, act_as, scena, monkeypatch):
    monkeypatch.setattr("casi.views.porta.has_confirmed", lambda request: True)
    riservato.force_login(scena.altra.utente)
    diary = riservato.get(f"/casi/{scena.caso.pk}/diario/").content.decode()
    assert "voce riservata che nessuno legge più" in diary
    pages = [riservato.get(f"/casi/{scena.caso.pk}/diario/senza-lettori/").content.decode()]
    here = f"/casi/{scena.caso.pk}/diario/{scena.voce.pk}/affida/"
    pages.append(riservato.get(here).content.decode())
    assert riservato.post(here, {"chiave": str(uuid.uuid4()), "operatore": scena.altra.pk}).status_code == 302
    pages.append(riservato.get(f"/casi/{scena.caso.pk}/diario/senza-lettori/").content.decode())
    assert "aspetta la risposta" in pages[-1]
    riservato.force_login(scena.coordinatore.utente)
    pages.append(riservato.get("/assegnazioni/").content.decode())
    there = f"/casi/{scena.caso.pk}/affidamenti/{Affidamento.objects.get().pk}/"
    assert there in pages[-1]
    pages.append(riservato.get(there).content.decode())
    assert riservato.post(there, {"chiave": str(uuid.uuid4()), "concesso": "si"}).status_code == 302
    assert Affidamento.objects.get().deciso_il <= timezone.now()
    assert not [page for page in pages if "Il segreto" in page]
    riservato.force_login(scena.altra.utente)
    assert "Il segreto" in riservato.get(f"/casi/{scena.caso.pk}/diario/{scena.voce.pk}/").content.decode()
