"""The copy for who has left a household stops before his last day there: what came from then on is of who stayed."""

import json
import zipfile
from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext, override

from casi.errori import Assente
from casi.estratto import archive
from casi.models import Componente, Registro, Valutazione, VoceValutazioneRiservata
from casi.parole_estratto import MANCA
from casi.selectors.rapporto import report
from tests.casi.test_registro import voce as riga
from tests.factories.casi import (
    AllegatoFactory,
    AmmissioneFactory,
    ComponenteFactory,
    InterventoFactory,
    PrimoAscoltoFactory,
    RichiestaFactory,
    SegnalazioneFactory,
    VoceFactory,
)
from tests.factories.catalogo import EnteFactory
from tests.factories.famiglie import caso_di, persona
from tests.support.copie import copy_for
from tests.support.incaricati import responsabile

pytestmark = pytest.mark.django_db
GIORNO = timedelta(days=1)
USCITO = date(2026, 7, 10)
DI_UN_GIORNO = (
    "allegati", "aiuti", "richieste", "segnalazioni", "destinatari", "passaggi", "prese", "ascolti", "valutazioni",
    "salute_e_minori", "diario",
)  # fmt: skip


@pytest.fixture
def lui():
    return persona(nome="Ugo")


@pytest.fixture
def caso(lui):
    """Who stayed is the one of reference; he was of the household until USCITO."""
    caso = caso_di(persona(nome="Ada"))
    ComponenteFactory(nucleo=caso.nucleo, persona=lui, al=USCITO)
    return caso


@pytest.fixture
def by(caso):
    return responsabile(caso)


def write_all(caso, by, day: date, word: str, at: time) -> list:
    """One row of each kind on `day`, with `word` in it, at the hour `at` where it has one; the keys of the texts."""
    moment = timezone.make_aware(datetime.combine(day, at))
    me, ente = by.operatore, by.operatore.ente
    AmmissioneFactory(caso=caso, ente=EnteFactory(nome=f"{word}-ENTE"), dal=day)
    InterventoFactory(caso=caso, autore=me, nota=f"{word}-AIUTO", dal=day)
    AllegatoFactory(caso=caso, autore=me, nome=f"{word}-FILE", creato_il=moment)
    RichiestaFactory(caso=caso, ente=ente, nome="Ugo", esito_nota=f"{word}-CHIESTO", ricevuta_il=moment)
    SegnalazioneFactory(caso=caso, ente=ente, ricevuta_il=moment)
    caso.passaggi.create(a="preso_in_carico", operatore=me, quando=moment, motivo=word)
    caso.prese_in_carico.create(
        assegnata_a=me, assegnata_da=me, accettata_il=moment, base_giuridica="compito_pubblico", conclusa_il=moment
    )
    assessed = Valutazione.objects.create(caso=caso, autore=me, iniziata_il=moment, parole_della_persona=f"{word}-PAR")
    area = VoceValutazioneRiservata.objects.create(
        valutazione=assessed, area="salute", bisogni=f"{word}-SALUTE", risorse="R"
    )
    entry = VoceFactory(caso=caso, autore=me, avvenuto_il=day, testo=f"{word}-DIARIO")
    heard = PrimoAscoltoFactory(caso=caso, operatore=me, quando=moment, racconto=f"{word}-RACCONTO")
    return [each.pk for each in (assessed, area, entry, heard)]


def counts(data: dict) -> dict[str, int]:
    lists = {name: len(found) for name, found in data.items() if isinstance(found, list)}
    taken = {"passaggi": len(data["caso"]["passaggi"]), "prese": len(data["perche"]["prese_in_carico"])}
    return {**lists, **taken, "segnalazioni": data["segnalazioni_di_altri"]}


def test_copy_stops_before_the_last_day_and_who_stayed_has_everything(by, caso, lui):
    """The shelter begins on the very day that parts them. Midnight is that of here."""
    testi = write_all(caso, by, USCITO - GIORNO, "PRIMA", time(23, 30))
    testi += write_all(caso, by, USCITO, "DOPO", time(0, 10))
    his, whole = (
        copy_for(by, caso.pk, persona=each, testi=testi)
        for each in (lui.pk, Componente.objects.exclude(persona=lui).get(nucleo=caso.nucleo).persona_id)
    )
    assert "DOPO" not in json.dumps(his.dati, default=str)
    assert {kind: counts(whole.dati)[kind] for kind in DI_UN_GIORNO} == dict.fromkeys(DI_UN_GIORNO, 2)
    assert {kind: counts(his.dati)[kind] for kind in DI_UN_GIORNO} == dict.fromkeys(DI_UN_GIORNO, 1)
    files = zipfile.ZipFile(archive(his))
    for name in files.namelist():
        assert "DOPO" not in files.read(name).decode()
        assert "PRIMA-AIUTO" in files.read(name).decode()
    assert MANCA["dopo"] in his.dati["mancano"]
    lines = Registro.objects.filter(finalita="estratto").order_by("pk").values_list("risultati", flat=True)
    assert list(lines) == [len(testi) // 2, len(testi)], "how many texts have gone"


def test_who_works_with_those_who_stayed_is_not_among_who_saw_it(by, caso, lui):
    then = timezone.make_aware(datetime.combine(USCITO - GIORNO, time(23, 50)))
    for ente, when in (("Ente di allora", then), ("Casa protetta", then + timedelta(minutes=20))):
        with time_machine.travel(when, tick=False):
            riga(casi=[caso.pk], ente_nome=ente)
    assert [each.ente for each in copy_for(by, caso.pk, persona=lui.pk).accessi] == ["Ente di allora"]


@pytest.fixture
def signed_in(riservato, act_as, by):
    act_as("riservato")
    riservato.force_login(by.operatore.utente)
    return riservato


def test_report_for_him_tells_what_his_copy_tells_and_that_it_stops(signed_in, by, caso, lui):
    for ente, day in (("Ente di allora", USCITO - GIORNO), ("Casa protetta", USCITO)):
        with time_machine.travel(timezone.make_aware(datetime.combine(day, time(0, 10))), tick=False):
            riga(casi=[caso.pk], ente_nome=ente)
    address, silent = f"/casi/{caso.pk}/accessi/", escape(MANCA["dopo"])
    whole = signed_in.get(address).content.decode()
    assert [word in whole for word in ("Ente di allora", "Casa protetta", silent)] == [True, True, False]
    sent = {"persona": lui.pk, "enti": ["Ente di allora"]}
    his = signed_in.post(address, {"lingua": "it", **sent}).content.decode()
    paper = his.split('<section class="rapporto"')[1]
    assert [word in paper for word in ("Ente di allora", "Casa protetta", silent)] == [True, False, True]
    assert ["seguito da" in each for each in (whole, paper)] == [True, False], "who follows it now is where she lives"
    assert f'value="{lui.pk}" checked' in his
    arabic = signed_in.post(address, {"lingua": "ar", **sent}).content.decode()
    with override("ar"):
        assert escape(gettext(MANCA["dopo"])) in arabic
    assert [each.ente for each in report(by, caso.pk, persona=lui.pk)[1].accessi] == [
        each.ente for each in copy_for(by, caso.pk, persona=lui.pk).accessi
    ]


def test_report_speaks_the_language_of_whom_it_is_for(by, caso, lui):
    lui.lingua = "arabo"
    lui.save()
    assert [report(by, caso.pk, persona=each)[1].sua for each in (None, lui.pk)] == ["it", "ar"]


def test_report_is_for_who_has_left_this_household_alone(signed_in, by, caso, lui):
    """Who lives here has the whole; somebody else's key is no key, and the register says that it was tried."""
    here = Componente.objects.exclude(persona=lui).get(nucleo=caso.nucleo).persona
    for other in (here, persona(nome="Altro")):
        with pytest.raises(Assente):
            report(by, caso.pk, persona=other.pk)
    assert Registro.objects.filter(azione="accessi_al_caso", esito="negato").count() == 2
    Componente.objects.filter(persona=lui).delete()
    assert "Per chi è il foglio" not in signed_in.get(f"/casi/{caso.pk}/accessi/").content.decode()


def test_what_is_missing_says_nothing_of_what_came_after(by, caso, lui):
    before = copy_for(by, caso.pk, persona=lui.pk).dati["mancano"]
    write_all(caso, by, USCITO, "DOPO", time(9))
    RichiestaFactory(caso=caso, ente=by.operatore.ente, per_conto=True)
    PrimoAscoltoFactory(caso=caso, operatore=by.operatore, interlocutore="familiare")
    AllegatoFactory(caso=caso, autore=by.operatore, livello=4)
    VoceFactory(caso=caso, autore=by.operatore, livello=5, avvenuto_il=USCITO)
    assert copy_for(by, caso.pk, persona=lui.pk).dati["mancano"] == before


def test_who_leaves_today_has_the_whole_copy(by, caso, lui):
    Componente.objects.filter(persona=lui).update(al=timezone.localdate())
    write_all(caso, by, timezone.localdate(), "OGGI", time(0, 5))
    data = copy_for(by, caso.pk, persona=lui.pk).dati
    assert "OGGI-AIUTO" in json.dumps(data, default=str)
    assert MANCA["dopo"] not in data["mancano"]


def test_nothing_says_where_the_case_has_gone_since_nor_how_things_ended(by, caso, lui):
    """What began before and ended after is told as it was then. Each line is checked against who stayed."""
    write_all(caso, by, USCITO - GIORNO, "PRIMA", time(9))
    after = timezone.make_aware(datetime.combine(USCITO, time(9)))
    caso.prese_in_carico.update(conclusa_il=after, avviso_alla_famiglia_il=USCITO)
    caso.ammissioni.update(al=USCITO)
    caso.interventi.update(al=USCITO, stato="concluso")
    caso.passaggi.create(a="trasferito", passo="trasferisce", operatore=by.operatore, quando=after)
    type(caso).objects.filter(pk=caso.pk).update(stato="sospeso", chiuso_il=after)
    stayed = Componente.objects.exclude(persona=lui).get(nucleo=caso.nucleo).persona_id
    whole, his = (copy_for(by, caso.pk, persona=each).dati for each in (stayed, lui.pk))
    assert whole["caso"]["ente_titolare"] == by.operatore.ente.nome
    assert his["caso"]["ente_titolare"] == ""
    for told in ("Sospeso", "Concluso", str(USCITO)):
        assert told in json.dumps(whole, default=str)
        assert told not in json.dumps(his, default=str), told
