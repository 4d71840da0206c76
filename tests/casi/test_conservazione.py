"""Retention: over on the day it is over, gone only after two people, and the register whole afterwards."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.db.models import CASCADE, PROTECT
from django.utils import timezone

from casi import models
from casi.actions.conservazione import approve, execute, propose
from casi.dati_personali import Dato
from casi.errori import Assente, Impossibile, Vietato
from casi.integrita import verify
from casi.models import (
    Allegato,
    Bozza,
    Caso,
    ClasseConservazione,
    Componente,
    Fusione,
    Intervento,
    Nucleo,
    Persona,
    PrimoAscolto,
    Registro,
    Richiesta,
    Scarto,
    Segnalazione,
    VoceDiario,
)
from casi.selectors.conservazione import overdue
from tests.casi.test_registro import voce
from tests.factories.casi import AccessoEmergenzaFactory, AmmissioneFactory, CasoFactory, IncaricoFactory
from tests.factories.catalogo import OperatoreFactory, TipoServizioFactory
from tests.support.attori import attore_for
from tests.support.scarti import approved, hold, years_ago

pytestmark = pytest.mark.django_db
ROMA = ZoneInfo("Europe/Rome")
OGGI = timezone.localdate


def names(ente) -> list[str]:
    return [each.oggetto for each in overdue(ente.pk, OGGI())]


def ascolto(assistente, **kwargs):
    base = {"ente": assistente.ente, "operatore": assistente, "modalita": "telefono", "interlocutore": "persona"}
    return PrimoAscolto.objects.create(**base | {"esito": "orientamento", "racconto": "r", "risorse": "r"} | kwargs)


def richiesta(assistente, **kwargs):
    base = {"ente": assistente.ente, "rispondere_entro": OGGI(), "canale": "telefono", "ricevuta_il": years_ago(1, -1)}
    return Richiesta.objects.create(**base | kwargs)


def test_every_retention_class_of_the_models_is_a_row():
    used = {
        each.conservazione
        for model in apps.get_app_config("casi").get_models()
        for each in vars(model.DatiPersonali).values()
        if isinstance(each, Dato)
    }
    assert used == set(ClasseConservazione.objects.values_list("codice", flat=True))


@pytest.mark.parametrize(("days", "over"), [(-1, True), (0, False), (1, False)])
def test_thing_is_over_the_day_after_its_anniversary(assistente, days, over):
    CasoFactory(ente_titolare=assistente.ente, stato="chiuso", chiuso_il=years_ago(10, days))
    richiesta(assistente, ricevuta_il=years_ago(1, days))
    ascolto(assistente, quando=years_ago(2, days))
    arrivo = {"ente": assistente.ente, "rispondere_entro": OGGI(), "avvisare_entro": OGGI(), "rapporto": "vicino"}
    Segnalazione.objects.create(**arrivo, persona="x", ricevuta_il=years_ago(1, days))
    assert sorted(names(assistente.ente)) == (["caso", "primoascolto", "richiesta", "segnalazione"] if over else [])


def test_term_is_a_setting(assistente, chiuso):
    ClasseConservazione.objects.filter(codice="come_il_caso").update(mesi=121)
    assert names(assistente.ente) == []


def test_open_case_taken_up_request_and_others_things_are_never_over(assistente):
    CasoFactory(ente_titolare=assistente.ente, stato="preso_in_carico", chiuso_il=years_ago(12))
    CasoFactory(stato="chiuso", chiuso_il=years_ago(12))
    caso = CasoFactory(ente_titolare=assistente.ente)
    heard = richiesta(assistente)
    ascolto(assistente, richiesta=heard, quando=timezone.now())
    richiesta(assistente, caso=caso)
    ascolto(assistente, caso=caso, quando=years_ago(3))
    assert names(assistente.ente) == []


def test_disposal_takes_two_people_and_an_act(assistente, coordinatrice, chiuso):
    scarto = propose(by=attore_for(assistente))
    with pytest.raises(Impossibile, match="approvato"):
        execute(by=attore_for(coordinatrice), scarto=scarto.pk)
    with pytest.raises(Impossibile, match="atto"):
        approve(by=attore_for(coordinatrice), scarto=scarto.pk, atto="  ")
    for attempt in (
        lambda: approve(by=attore_for(assistente), scarto=scarto.pk, atto="det. 1/2026"),
        lambda: approve(by=attore_for(coordinatrice, confermato=False), scarto=scarto.pk, atto="det. 1/2026"),
        lambda: execute(by=attore_for(assistente), scarto=scarto.pk),
        lambda: propose(by=attore_for(coordinatrice)),
        lambda: hold(by=attore_for(coordinatrice), scarto=scarto.pk, voci=[]),
    ):
        with pytest.raises(Vietato):
            attempt()
    with pytest.raises(Impossibile, match="niente"):
        propose(by=attore_for(assistente))
    approve(by=attore_for(coordinatrice), scarto=scarto.pk, atto="det. 1/2026")
    with pytest.raises(Impossibile, match="già approvato"):
        approve(by=attore_for(coordinatrice), scarto=scarto.pk, atto="det. 2/2026")
    assert Caso.objects.filter(pk=chiuso.pk).exists()
    assert execute(by=attore_for(coordinatrice), scarto=scarto.pk) == 1
    with pytest.raises(Impossibile, match="già"):
        execute(by=attore_for(coordinatrice), scarto=scarto.pk)
    lines = Registro.objects.filter(oggetto="scarto").order_by("pk").values_list("azione", "finalita", "risultati")
    assert list(lines) == [
        ("proporre_scarto", "propone", 1), ("approvare_scarto", "approva", 0), ("approvare_scarto", "esegue", 1)
    ]  # fmt: skip


def test_list_of_another_body_is_not_there(assistente, chiuso):
    scarto = propose(by=attore_for(assistente))
    with pytest.raises(Assente):
        hold(by=attore_for(OperatoreFactory(ruolo="assistente_sociale")), scarto=scarto.pk, voci=[])


def full_case(assistente, chiuso) -> list[str]:
    """Everything a case can have; the keys of all of it."""
    nucleo = Nucleo.objects.create()
    persona, merged = Persona.objects.create(cognome="Canarino"), Persona.objects.create(cognome="Canarino")
    merged.fusa_in = persona
    merged.save()
    fusione = Fusione.objects.create(tenuta=persona, fusa=merged, fatta_da=assistente)
    Componente.objects.create(nucleo=nucleo, persona=persona, ruolo="riferimento", dal=OGGI())
    Caso.objects.filter(pk=chiuso.pk).update(nucleo=nucleo)
    base = {"caso": chiuso, "ente": assistente.ente, "autore": assistente}
    first = VoceDiario.objects.create(**base, testo="Canarino", avvenuto_il=OGGI())
    second = VoceDiario.objects.create(**base, testo="Canarino", avvenuto_il=OGGI(), corregge=first)
    third = VoceDiario.objects.create(**base, testo="Canarino", avvenuto_il=OGGI(), corregge=second)
    file = Allegato.objects.create(**base, nome="Canarino", chiave="k", tipo="t", dimensione=1)
    asked = richiesta(assistente, caso=chiuso, nome="Canarino")
    heard = ascolto(assistente, caso=chiuso, richiesta=asked)
    IncaricoFactory(caso=chiuso, operatore=assistente)
    let_in, opened = AmmissioneFactory(caso=chiuso), AccessoEmergenzaFactory(caso=chiuso)
    helped = Intervento.objects.create(**base, tipo=TipoServizioFactory(), dal=OGGI(), nota="Canarino")
    rows = (nucleo, persona, merged, fusione, first, second, third, file, asked, heard, let_in, opened, helped)
    for each in (chiuso, persona, merged, first, second, asked, heard, helped):
        Bozza.objects.create(operatore=assistente, modulo="voce", oggetto=each.pk, contenuto="Canarino")
    return [str(row.pk) for row in (chiuso, *rows)]


def tables_with(key: str) -> set[str]:
    """Tables of casi with `key` anywhere in a row."""
    found = set()
    with connection.cursor() as cursor:
        for model in apps.get_app_config("casi").get_models():
            table = model._meta.db_table
            cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text LIKE %s", [f"%{key}%"])  # noqa: S608
            if cursor.fetchone()[0]:
                found.add(table)
    return found


def test_erased_case_leaves_nothing_but_its_number_on_the_register_and_the_list(assistente, coordinatrice, chiuso):
    keys = full_case(assistente, chiuso)
    voce(casi=[chiuso.pk], azione="vedere_caso")
    before = Registro.objects.count()
    execute(by=attore_for(coordinatrice), scarto=approved(assistente, coordinatrice).pk)
    assert {key: tables_with(key) for key in keys[1:] if tables_with(key)} == {}
    assert tables_with(keys[0]) == {"casi_registro", "casi_vocescarto"}
    assert not Bozza.objects.exists()
    assert Registro.objects.count() == before + 3
    assert verify().ultima == Registro.objects.latest("pk").pk


# What stands in the way of erasing, and casi.actions.cancellazione takes away first.
TAKEN_FIRST = {
    "Caso.nucleo", "Componente.persona", "ComponenteTolto.appartato", "Fusione.fusa", "Fusione.tenuta",
    "Persona.fusa_in", "PrimoAscolto.caso", "PrimoAscolto.richiesta", "PrimoAscolto.segnalazione",
    "PrimoAscolto.seguito_di", "Richiesta.caso", "Segnalazione.caso", "VoceDiario.corregge",
}  # fmt: skip


def test_nothing_new_stands_in_the_way_of_erasing():
    """A model that protects a case, or a part of one, has to be known to the erasing."""
    config = apps.get_app_config("casi")
    whole = {Caso, Nucleo, Persona, PrimoAscolto, Richiesta, Segnalazione}
    while (
        parts := {
            model
            for model in config.get_models()
            for field in model._meta.local_fields
            if field.related_model in whole and field.remote_field.on_delete is CASCADE
        }
        - whole
    ):
        whole |= parts
    standing = {
        f"{model.__name__}.{field.name}"
        for model in config.get_models()
        for field in model._meta.local_fields
        if field.related_model in whole and field.remote_field.on_delete is PROTECT
    }
    assert standing == TAKEN_FIRST


def test_whoever_is_in_another_household_or_case_stays(assistente, coordinatrice, chiuso):
    full_case(assistente, chiuso)
    persona = Persona.objects.get(fusa_in=None)
    altro = Nucleo.objects.create()
    Componente.objects.create(nucleo=altro, persona=persona, ruolo="genitore", dal=OGGI())
    execute(by=attore_for(coordinatrice), scarto=approved(assistente, coordinatrice).pk)
    assert list(Persona.objects.filter(fusa_in=None)) == [persona]
    assert list(Nucleo.objects.all()) == [altro]


def test_household_of_another_case_stays_with_its_people(assistente, coordinatrice, chiuso):
    full_case(assistente, chiuso)
    CasoFactory(nucleo=Nucleo.objects.get())
    execute(by=attore_for(coordinatrice), scarto=approved(assistente, coordinatrice).pk)
    assert Componente.objects.count() == 1


def test_what_is_on_hold_stays_and_is_not_proposed_again_until_let_go(assistente, coordinatrice, chiuso):
    free = CasoFactory(ente_titolare=assistente.ente, stato="chiuso", chiuso_il=years_ago(11))
    scarto = approved(assistente, coordinatrice)
    held = scarto.voci.get(oggetto_id=chiuso.pk)
    hold(by=attore_for(assistente), scarto=scarto.pk, voci=[held.pk])
    assert execute(by=attore_for(coordinatrice), scarto=scarto.pk) == 1
    assert Caso.objects.filter(pk=chiuso.pk).exists()
    assert not Caso.objects.filter(pk=free.pk).exists()
    assert names(assistente.ente) == []
    hold(by=attore_for(assistente), scarto=scarto.pk, voci=[])
    assert names(assistente.ente) == ["caso"]


def test_hold_of_a_list_carried_out_is_let_go_and_never_set(assistente, coordinatrice, chiuso):
    gone = CasoFactory(ente_titolare=assistente.ente, stato="chiuso", chiuso_il=years_ago(11))
    scarto = approved(assistente, coordinatrice)
    held, erased = (scarto.voci.get(oggetto_id=each.pk) for each in (chiuso, gone))
    hold(by=attore_for(assistente), scarto=scarto.pk, voci=[held.pk])
    execute(by=attore_for(coordinatrice), scarto=scarto.pk)
    hold(by=attore_for(assistente), scarto=scarto.pk, voci=[held.pk, erased.pk])
    assert set(scarto.voci.values_list("pk", "sospesa")) == {(held.pk, True), (erased.pk, False)}


def test_hold_taken_off_before_execution_counts_no_more(assistente, coordinatrice, chiuso):
    scarto = approved(assistente, coordinatrice)
    for voci in ([scarto.voci.get().pk], []):
        hold(by=attore_for(assistente), scarto=scarto.pk, voci=voci)
    assert execute(by=attore_for(coordinatrice), scarto=scarto.pk) == 1


def test_case_opened_again_after_the_approval_is_not_erased(assistente, coordinatrice, chiuso):
    scarto = approved(assistente, coordinatrice)
    Caso.objects.filter(pk=chiuso.pk).update(stato="riaperto", chiuso_il=None)
    assert execute(by=attore_for(coordinatrice), scarto=scarto.pk) == 0
    assert Caso.objects.filter(pk=chiuso.pk).exists()


def test_pages_from_the_proposal_to_the_end(riservato, act_as, assistente, coordinatrice, chiuso, monkeypatch):
    monkeypatch.setattr("casi.views.porta.has_confirmed", lambda request: True)
    act_as("riservato")
    riservato.force_login(assistente.utente)
    page = riservato.get("/conservazione/")
    assert chiuso.numero in page.content.decode()
    done = riservato.post("/conservazione/", {"chiave": page.context["modulo"]["chiave"].value()})
    scarto = Scarto.objects.get()
    assert done["Location"] == f"/conservazione/{scarto.pk}/"
    listed = riservato.get(done["Location"]).content.decode()
    assert listed.count(chiuso.numero) == 2  # in the list, and among what can be put on hold
    assert str(chiuso.pk) not in listed
    assert riservato.get("/scarti/").status_code == 404
    riservato.force_login(coordinatrice.utente)
    assert riservato.get("/conservazione/").status_code == 404
    assert "1 elenco di scarto che aspetta te" in riservato.get("/").content.decode()
    assert "Da approvare" in riservato.get("/scarti/").content.decode()
    address = f"/scarti/{scarto.pk}/"
    for fields in ({"atto": "det. 214/2026"}, {"capito": "on"}):
        key = riservato.get(address).context["modulo"]["chiave"].value()
        assert riservato.post(address, {"chiave": key, **fields}).status_code == 302
    page = riservato.get(address).content.decode()
    assert "det. 214/2026" in page
    assert str(chiuso.pk) in page
    assert not Caso.objects.exists()
    assert "elenco di scarto" not in riservato.get("/").content.decode()
    riservato.force_login(assistente.utente)
    assert "Salva" not in riservato.get(f"/conservazione/{scarto.pk}/").content.decode()


def test_page_of_a_list_carried_out_lets_go_what_it_spared(riservato, act_as, assistente, coordinatrice, chiuso):
    CasoFactory(ente_titolare=assistente.ente, stato="chiuso", chiuso_il=years_ago(11))
    scarto = approved(assistente, coordinatrice)
    hold(by=attore_for(assistente), scarto=scarto.pk, voci=[scarto.voci.get(oggetto_id=chiuso.pk).pk])
    execute(by=attore_for(coordinatrice), scarto=scarto.pk)
    act_as("riservato")
    riservato.force_login(assistente.utente)
    address = f"/conservazione/{scarto.pk}/"
    modulo = riservato.get(address).context["modulo"]
    assert [label for _key, label in modulo.fields["voci"].choices] == [f"Caso {chiuso.numero}"]
    sent = {name: modulo[name].value() for name in ("chiave", "versione")}
    assert riservato.post(address, sent).status_code == 302
    assert names(assistente.ente) == ["caso"]


@pytest.mark.parametrize("months", [1, 2])
def test_drafts_go_after_their_months(assistente, time_machine, months):
    ClasseConservazione.objects.filter(codice="bozza_30_giorni").update(mesi=months)
    time_machine.move_to(datetime(2026, 3, 10, 12, tzinfo=ROMA), tick=False)
    Bozza.objects.create(operatore=assistente, modulo="voce", contenuto="x")
    for day, left in ((10, 1), (11, 0)):
        time_machine.move_to(datetime(2026, 3 + months, day, 12, tzinfo=ROMA), tick=False)
        call_command("scarto")
        assert Bozza.objects.count() == left


def written(time_machine, moment: datetime) -> int:
    time_machine.move_to(moment, tick=False)
    return voce().pk


def test_lines_go_after_their_months_to_the_day_and_the_chain_goes_on_from_there(time_machine, capsys):
    old = written(time_machine, datetime(2024, 3, 9, 23, 59, 59, tzinfo=ROMA))
    kept = [
        written(time_machine, datetime(2024, 3, 10, tzinfo=ROMA)),
        written(time_machine, datetime(2025, 1, 1, tzinfo=ROMA)),
    ]
    time_machine.move_to(datetime(2024, 3, 11, 12, tzinfo=ROMA))
    call_command("testa_registro")
    time_machine.move_to(datetime(2026, 3, 9, 23, 59, tzinfo=ROMA))
    call_command("scarto", registro=True)
    assert Registro.objects.count() == 3
    time_machine.move_to(datetime(2026, 3, 10, 0, 1, tzinfo=ROMA))
    call_command("scarto", registro=True)
    assert list(Registro.objects.order_by("pk").values_list("pk", flat=True)) == kept
    assert f":{models.AncoraRegistro.objects.get().impronta}" in capsys.readouterr().out
    assert models.AncoraRegistro.objects.get().ultima == old
    assert voce().pk == kept[-1] + 1
    assert verify().ultima == kept[-1] + 1
    with pytest.raises(DatabaseError, match="non si modifica"), transaction.atomic():
        connection.cursor().execute("DELETE FROM casi_registro")


@pytest.mark.parametrize(("months", "left"), [(3, 2), (36, 3)])
def test_term_of_the_register_is_lengthened_and_never_shortened(time_machine, months, left):
    ClasseConservazione.objects.filter(codice="registro_24_mesi").update(mesi=months)
    for year in (2023, 2025, 2026):
        written(time_machine, datetime(year, 6, 1, tzinfo=ROMA))
    time_machine.move_to(datetime(2026, 5, 1, tzinfo=ROMA))
    call_command("scarto", registro=True)
    assert Registro.objects.count() == left


def test_last_line_stays_however_old_and_an_altered_register_is_left_alone(time_machine):
    first, last = (written(time_machine, datetime(2020, 1, day, tzinfo=ROMA)) for day in (1, 2))
    time_machine.move_to(datetime(2026, 5, 1, tzinfo=ROMA))
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE casi_registro DISABLE TRIGGER casi_registro_immutabile")
    with pytest.raises(CommandError, match="alterato"):
        call_command("scarto", registro=True)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE casi_registro ENABLE TRIGGER casi_registro_immutabile")
    call_command("scarto", registro=True)
    assert list(Registro.objects.values_list("pk", flat=True)) == [last]
    call_command("scarto", registro=True)
    assert verify().ultima == last == first + 1
