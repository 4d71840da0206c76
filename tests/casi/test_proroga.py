"""More time to answer who asks to be erased: once, by two months, and only if she is told why within the first one."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from casi.actions.cancellazione_chiesta import extend
from casi.actions.conservazione import propose, reject
from casi.actions.limiti import seal
from casi.errori import Assente, Impossibile, Vietato
from casi.models import Registro, Scarto
from tests.casi.test_cancellazione_chiesta import OGGI, chiede, chiesta, esegue, finito
from tests.factories.catalogo import OperatoreFactory
from tests.support.attori import attore_for

__all__ = ["chiesta", "finito"]
pytestmark = pytest.mark.django_db
ONE_DAY = timedelta(days=1)
PERCHE = "Tre enti devono dire se serve ancora."


def proroga(operatore, scarto, **values) -> Scarto:
    return extend(by=attore_for(operatore), scarto=scarto.pk, **{"detta_il": OGGI(), "perche": PERCHE} | values)


def test_two_months_more_are_hers_to_know_of(assistente, coordinatrice, finito):
    scarto = chiede(assistente, "caso", finito, chiesta_il=OGGI() - timedelta(days=3))
    first = scarto.entro
    told = proroga(assistente, scarto, detta_il=OGGI() - timedelta(days=1))
    assert (told.prorogata_il, told.prorogata_da) == (OGGI() - timedelta(days=1), assistente)
    assert first + timedelta(days=58) < told.entro < first + timedelta(days=63)
    line = Registro.objects.get(finalita="proroga")
    assert (line.azione, line.oggetto_id, line.casi) == ("proporre_scarto", scarto.pk, [finito.pk])
    with pytest.raises(Impossibile, match="già stato allungato"):
        proroga(assistente, scarto)
    assert esegue(coordinatrice, scarto) == 1


@pytest.mark.parametrize(
    ("asked", "due"), [(date(2026, 11, 30), date(2027, 2, 28)), (date(2026, 1, 15), date(2026, 4, 15))]
)
def test_three_months_are_counted_from_the_day_she_asked(assistente, chiesta, asked, due):
    with time_machine.travel(asked):
        scarto = chiede(assistente, "richiesta", chiesta)
        assert proroga(assistente, scarto).entro == due


def test_last_day_of_the_first_month_is_in_time_and_the_next_is_not(assistente, chiesta):
    with time_machine.travel("2026-03-10T10:00Z"):
        scarto = chiede(assistente, "richiesta", chiesta)
    with time_machine.travel("2026-04-10T22:30Z"), pytest.raises(Impossibile, match="primo mese"):
        proroga(assistente, scarto)  # past midnight here
    with time_machine.travel("2026-04-10T21:30Z"):
        assert proroga(assistente, scarto).entro == date(2026, 6, 10)


def test_day_she_was_told_is_after_she_asked_and_not_to_come(assistente, chiesta):
    scarto = chiede(assistente, "richiesta", chiesta, chiesta_il=OGGI() - timedelta(days=2))
    for day in (OGGI() + timedelta(days=1), OGGI() - timedelta(days=3)):
        with pytest.raises(ValidationError, match="Controlla il giorno"):
            proroga(assistente, scarto, detta_il=day)
    with pytest.raises(ValidationError, match="Scrivi perché"):
        proroga(assistente, scarto, perche=" ")


def test_only_who_sees_the_list_of_his_body_and_only_while_it_is_open(
    assistente, coordinatrice, chiesta, finito, chiuso
):
    scarto = chiede(assistente, "richiesta", chiesta)
    ordinary = propose(by=attore_for(assistente))
    sealed = chiede(assistente, "caso", finito)
    seal(by=attore_for(assistente), caso=finito.pk)
    colleague = OperatoreFactory(ente=assistente.ente, ruolo="assistente_sociale")
    for who, row, error in (
        (coordinatrice, scarto, Vietato),
        (OperatoreFactory(ente=assistente.ente, ruolo="volontario_ascolto"), scarto, Vietato),
        (OperatoreFactory(ruolo="assistente_sociale"), scarto, Assente),
        (colleague, sealed, Assente),
        (assistente, ordinary, Assente),
    ):
        with pytest.raises(error):
            proroga(who, row)
    reject(by=attore_for(coordinatrice), scarto=scarto.pk, motivo="no")
    with pytest.raises(Impossibile, match="respinto"):
        proroga(colleague, scarto)
    assert not Scarto.objects.filter(prorogata_il__isnull=False).exists()


def test_database_wants_the_day_and_who_told_her_and_the_reason_is_encrypted(assistente, chiesta):
    proroga(assistente, chiede(assistente, "richiesta", chiesta))
    unsaid = ({name: None} for name in ("prorogata_da", "prorogata_il"))
    for broken in (*unsaid, {"prorogata_il": OGGI() - ONE_DAY}, {"chiesta_il": None, "entro": None, "ragione": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Scarto.objects.update(**broken)
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM casi_scarto t")
        assert "Tre enti" not in cursor.fetchone()[0]


def test_page_extends_once_and_everybody_reads_why(riservato, act_as, confirmed, assistente, coordinatrice, chiesta):
    scarto = chiede(assistente, "richiesta", chiesta)
    here, page = f"/conservazione/{scarto.pk}/", f"/conservazione/{scarto.pk}/proroga/"
    act_as("riservato")
    confirmed()
    riservato.force_login(assistente.utente)
    assert page in riservato.get(here).content.decode()
    key = riservato.get(page).context["modulo"]["chiave"].value()
    sent = {"chiave": key, "detta_il": OGGI().isoformat(), "perche": PERCHE}
    assert riservato.post(page, sent | {"perche": ""}).status_code == 422
    assert riservato.post(page, sent)["Location"] == here
    again = riservato.get(page).content.decode()
    assert "Non si può allungare" in again
    assert page not in riservato.get(here).content.decode()
    for who, address in (
        (assistente, f"/arrivi/richieste/{chiesta.pk}/cancellazione/"),
        (assistente, here),
        (coordinatrice, f"/scarti/{scarto.pk}/"),
    ):
        riservato.force_login(who.utente)
        shown = riservato.get(address).content.decode()
        assert PERCHE in shown
        assert "detto alla persona il" in shown


def test_more_time_is_no_delay(assistente, chiesta):
    scarto = chiede(assistente, "richiesta", chiesta, chiesta_il=OGGI() - timedelta(days=20))
    proroga(assistente, scarto)
    with time_machine.travel(timezone.now() + timedelta(days=30)):
        scarto.refresh_from_db()
        assert (scarto.tardi, scarto.prorogabile) == (False, False)
