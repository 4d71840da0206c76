"""Help that a body left open when it left the case: who conducts the case ends it, or the case would never close."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from casi import policies
from casi.actions.interventi import settle
from casi.errori import Impossibile, Vietato
from casi.models import Intervento, Registro, VoceDiario
from casi.ruoli import Azione
from catalogo.models import Adesione
from tests.factories.casi import InterventoFactory
from tests.factories.catalogo import OperatoreFactory
from tests.support.attori import attore_for
from tests.support.incaricati import ammesso, collega, volontario
from tests.support.percorso import Scena

pytestmark = pytest.mark.django_db
OGGI = timezone.localdate


def withdrawn(ammissione) -> None:
    ammissione.tolta_il = timezone.now()
    ammissione.save()


def over(ammissione) -> None:
    ammissione.al = OGGI() - timedelta(days=1)
    ammissione.save()


def lapsed(ammissione) -> None:
    Adesione.objects.filter(ente=ammissione.ente).update(valida_al=OGGI() - timedelta(days=1))


def still_there(ammissione) -> None:
    """Nothing happens to it."""


USCITE = [withdrawn, over, lapsed]


@pytest.fixture
def scena():
    return Scena(stato="in_chiusura")


@pytest.fixture
def by(scena):
    return attore_for(scena.assistente)


def left_by(scena, exit_way) -> Intervento:
    guest = ammesso(scena.caso)
    riga = InterventoFactory(caso=scena.caso, autore=guest.operatore, stato="in_corso", nota="Pacco ogni lunedì.")
    exit_way(scena.caso.ammissioni.get())
    assert policies.may(guest, Azione.SCRIVERE_INTERVENTI, scena.caso) is (exit_way is still_there)
    return riga


def end(by, riga, **more) -> Intervento:
    known = {"stato": "concluso", "al": OGGI(), "motivo": "Me lo ha detto la mensa.", **more}
    return settle(by=by, caso=riga.caso_id, intervento=riga.pk, **known)


@pytest.mark.parametrize("exit_way", USCITE)
def test_help_of_a_body_that_is_out_is_ended_by_who_conducts_and_the_case_closes(scena, by, exit_way):
    riga = left_by(scena, exit_way)
    with pytest.raises(Impossibile):
        scena.fa("chiude")
    ended = end(by, riga)
    assert (ended.stato, ended.autore_id, ended.nota) == ("concluso", riga.autore_id, "Pacco ogni lunedì.")
    told = VoceDiario.objects.get()
    assert (told.ente, told.livello, told.condiviso) == (scena.ente, 3, False)
    assert "Me lo ha detto la mensa." in told.testo
    assert Registro.objects.filter(azione="condurre", oggetto_id=riga.pk, finalita="concluso").count() == 1
    scena.fa("chiude")
    assert scena.caso.stato == "chiuso"


def test_day_before_it_began_or_to_come_is_told_beside_the_field(scena, by):
    riga = left_by(scena, withdrawn)
    for wrong in (None, riga.dal - timedelta(days=1), OGGI() + timedelta(days=1)):
        with pytest.raises(ValidationError) as told:
            end(by, riga, al=wrong)
        assert set(told.value.message_dict) == {"al"}
    assert Intervento.objects.get().stato == "in_corso"


def test_help_of_a_former_holder_is_ended_by_the_new_one(scena):
    former = InterventoFactory(caso=scena.caso, autore=scena.assistente, stato="in_corso")
    nuova = OperatoreFactory(ente=scena.altrove.ente, ruolo="assistente_sociale")
    scena.caso.stato = "sospeso"
    scena.caso.save()
    scena.fa("trasferisce")
    scena.fa("assegna", by=attore_for(scena.altrove), assistente=nuova)
    scena.fa("accetta", by=attore_for(nuova))
    scena.fa("avvia_chiusura", by=attore_for(nuova))
    assert end(attore_for(nuova), former).stato == "concluso"
    scena.fa("chiude", by=attore_for(nuova))


def test_help_of_who_is_on_the_case_stays_with_who_wrote_it(scena, by):
    riga = left_by(scena, still_there)
    with pytest.raises(Impossibile):
        end(by, riga)
    own = InterventoFactory(caso=scena.caso, autore=scena.assistente, stato="in_corso")
    with pytest.raises(Vietato):
        end(by, own)
    assert set(Intervento.objects.values_list("stato", flat=True)) == {"in_corso"}


def test_only_who_conducts_the_case_ends_it(scena):
    riga = left_by(scena, withdrawn)
    guest = ammesso(scena.caso)
    for other in (guest, volontario(scena.caso, guest.operatore.ente), attore_for(scena.coordinatore)):
        with pytest.raises(Vietato):
            end(other, riga)
    end(collega(scena.caso), riga)


def test_it_says_why_and_ends_by_a_legal_step(scena, by):
    riga = left_by(scena, withdrawn)
    for wrong in ({"motivo": " "}, {"al": None}, {"stato": "sospeso"}, {"al": riga.dal - timedelta(days=1)}):
        with pytest.raises((Impossibile, ValidationError)):
            end(by, riga, **wrong)
    Intervento.objects.update(stato="richiesto")
    with pytest.raises(ValidationError):
        end(by, riga)
    assert end(by, riga, stato="annullato", al=None).stato == "annullato"
    with pytest.raises(Impossibile):
        end(by, riga, stato="annullato", al=None)
    assert VoceDiario.objects.count() == 1


def test_pages_offer_it_for_who_is_out_and_say_whom_to_call_for_who_is_in(riservato, scena, by):
    out, inside = left_by(scena, withdrawn), left_by_another(scena)
    riservato.force_login(by.operatore.utente)
    link = {row: reverse("casi:intervento_concludi", args=[scena.caso.pk, row.pk]) for row in (out, inside)}
    for name in ("quadro", "passo_chiude"):
        page = riservato.get(reverse(f"casi:{name}", args=[scena.caso.pk])).content.decode()
        assert (f'href="{link[out]}"' in page, f'href="{link[inside]}"' in page) == (True, False)
    assert page.count("avvisalo") == 1
    assert "lo aggiorna l" in riservato.get(link[inside]).content.decode()
    page = riservato.get(link[out]).content.decode()
    key = page.split('name="chiave" value="')[1].split('"')[0]
    data = {"chiave": key, "stato": "annullato", "motivo": "Non è mai cominciato."}
    assert riservato.post(link[out], data).status_code == 302
    out.refresh_from_db()
    assert out.stato == "annullato"


def left_by_another(scena) -> Intervento:
    return InterventoFactory(caso=scena.caso, autore=ammesso(scena.caso).operatore, stato="in_corso")
