"""The network the households live in: bodies with their adhesions, the people who work there, words to choose from."""

from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from casi.errori import Impossibile
from casi.models import Informativa
from catalogo.models import Accordo, Adesione, Comune, Ente, EntePage, Operatore, TipoServizio
from portal.utenti.models import Utente

from .lettura import read


class Rete:
    """Bodies and people by the short names that the stories call them. Raises Impossibile without carica_demo's."""

    def __init__(self) -> None:
        self._data = data = read("rete")
        pages = EntePage.objects.filter(locale__language_code="it", slug__in=data["enti"].values())
        by_slug = {page.slug: page.ente for page in pages.select_related("ente")}
        if len(by_slug) < len(data["enti"]):
            raise Impossibile(_("Prima vanno caricati gli enti della dimostrazione: «manage.py carica_demo»."))
        self.enti: dict[str, Ente] = {name: by_slug[slug] for name, slug in data["enti"].items()}
        self.operatori: dict[str, Operatore] = {}

    def carica(self) -> int:
        """Agreements, adhesions, people and the privacy notice, where they are missing. Returns how many were."""
        return self._agree() + sum(self._tie(row) for row in self._data["operatori"]) + self._publish()

    def operatore(self, name: str, ente: str = "") -> Operatore:
        """`marisa`; who works for two is named with the body, as `noemi@tessifilo` or as `noemi` and `tessifilo`."""
        name = self._data["alias"].get(name, name)
        return self.operatori.get(f"{name}@{ente}") or self.operatori[name]

    @cached_property
    def comuni(self) -> dict[str, Comune]:
        return {comune.codice_istat: comune for comune in Comune.objects.filter(codice_istat__startswith="999")}

    @cached_property
    def tipi(self) -> dict[str, TipoServizio]:
        return {tipo.codice: tipo for tipo in TipoServizio.objects.all()}

    def _agree(self) -> int:
        made = 0
        for row in self._data["accordi"]:
            capofila = self.enti[row["capofila"]]
            values = {"titolo": row["titolo"], "valida_dal": _ago(row["dal"]), "valida_al": _ago(row["al"])}
            accordo = Accordo.objects.in_force(timezone.localdate()).filter(capofila=capofila).first()
            made += accordo is None
            accordo = accordo or Accordo.objects.create(capofila=capofila, **values)
            made += sum(self._adhere(accordo, each) for each in row["adesioni"])
        return made

    def _adhere(self, accordo: Accordo, row: dict[str, Any]) -> bool:
        ente = self.enti[row["ente"]]
        if Adesione.objects.filter(ente=ente, accordo=accordo).exists():
            return False
        dates = {"valida_dal": max(_ago(row["dal"]), accordo.valida_dal), "valida_al": _ago(row["al"])}
        signed = dates["valida_dal"] if row["privacy"] else None
        Adesione.objects.create(
            accordo=accordo, ente=ente, stato="sottoscritta", ruolo_privacy=row["privacy"], privacy_firmata_il=signed,
            **dates,
        )  # fmt: skip
        return True

    def _publish(self) -> int:
        """The privacy notice in every language of the portal; the stories hand over the Italian one."""
        told, made = self._data["informativa"], 0
        for lingua, testo in told["testi"].items():
            values = {"testo": testo, "valida_dal": _ago(900)}
            row, created = Informativa.objects.get_or_create(versione=told["versione"], lingua=lingua, defaults=values)
            made += created
            if lingua == settings.LANGUAGE_CODE:
                self.informativa = row
        return made

    def _tie(self, row: dict[str, Any]) -> bool:
        name, ente = row["chiave"], self.enti[row["ente"]]
        utente = Utente.objects.filter(username=name).first() or _account(row)
        tie = Operatore.objects.filter(utente=utente, ente=ente, ruolo=row["ruolo"]).first()
        made = tie is None
        tie = tie or Operatore.objects.create(utente=utente, ente=ente, ruolo=row["ruolo"], dal=_ago(760))
        self.operatori.setdefault(name, tie)
        self.operatori[f"{name}@{row['ente']}"] = tie
        return made


def _account(row: dict[str, Any]) -> Utente:
    """A colleague who is spoken of and never signs in."""
    if "nome" not in row:
        text = _("Manca la persona «%(chiave)s»: prima va eseguito «manage.py carica_demo».")
        raise Impossibile(text % {"chiave": row["chiave"]})
    mail = f"{row['chiave']}@valdarvella.example.org"
    utente = Utente(username=row["chiave"], email=mail, first_name=row["nome"], last_name=row["cognome"])
    utente.set_unusable_password()
    utente.save()
    return utente


def _ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)
