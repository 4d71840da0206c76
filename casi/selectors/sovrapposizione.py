"""Does a household already get a certain help? Yes, no, or «speak to the social worker»: nothing else comes out."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casi import policies
from casi.attore import Attore
from casi.errori import Impossibile, Vietato
from casi.models import Caso, Esito, Intervento, StatoIntervento
from casi.models.limiti import is_hidden
from casi.registro import Dettaglio, record
from casi.ruoli import Azione
from casi.selectors.identita import Identita, casi_di, persone_con
from casi.selectors.quota import OLTRE, within
from catalogo.models import TipoServizio

QUOTA = 20  # questions a day, per person
RICEVUTI = (
    StatoIntervento.AUTORIZZATO,
    StatoIntervento.IN_CORSO,
    StatoIntervento.SOSPESO,
    StatoIntervento.CONCLUSO,
)


class Risposta(models.TextChoices):
    SI = "si", gettext_lazy("Sì: la famiglia riceve già questo aiuto in quel periodo.")
    NO = "no", gettext_lazy("No: non risulta.")
    PARLA = "parla", gettext_lazy("Parla con l'assistente sociale prima di decidere.")


@dataclass(frozen=True)
class Domanda:
    """Which help, from when to when, for the household of whom."""

    identita: Identita
    tipo: TipoServizio
    dal: date
    al: date


def verifica(attore: Attore, domanda: Domanda) -> Risposta:
    """The answer, after the same questions whatever it is; the cases touched are in the register, for their readers.

    Somebody the network does not know gets «no». Raises Vietato; Impossibile past the quota.
    """
    if not policies.may(attore, Azione.VERIFICARE_SOVRAPPOSIZIONE):
        raise Vietato
    with transaction.atomic():
        allowed = within(attore, Azione.VERIFICARE_SOVRAPPOSIZIONE, QUOTA)
        touched, risposta = _asked(attore, domanda) if allowed else ([], Risposta.PARLA)
        esito = Esito.CONSENTITO if allowed else Esito.NEGATO
        told = Dettaglio(finalita=risposta if allowed else OLTRE)
        record(attore, Azione.VERIFICARE_SOVRAPPOSIZIONE, casi=touched, esito=esito, dettaglio=told)
    if not allowed:
        raise Impossibile(_("Hai fatto %(quota)s domande oggi: riprova domani.") % {"quota": QUOTA})
    return risposta


def _asked(attore: Attore, domanda: Domanda) -> tuple[list[UUID], Risposta]:
    """«No» says nothing: it is the answer for who is not known, for a case that is closed to who asks, for no help.

    Entries for named people change no answer: that there are any is for their readers alone.
    """
    persone = persone_con(attore, domanda.identita)
    several = persone.count() > 1
    helps = ArraySubquery(_helps(domanda).values("condiviso"))
    known = policies.known_to(attore, Caso.objects.filter(pk=OuterRef("pk")))
    found = casi_di(attore, persone).annotate(chiuso=~Exists(known), aiuti=helps)
    cases = list(found.values_list("pk", "chiuso", "aiuti"))
    # Of a help, whether it may be told plainly.
    shown = [condiviso for _pk, chiuso, aiuti in cases if not chiuso for condiviso in aiuti]
    touched = sorted(pk for pk, *_rest in cases)
    if not shown:
        return touched, Risposta.NO
    return touched, Risposta.SI if all(shown) and not several else Risposta.PARLA


def _helps(domanda: Domanda) -> models.QuerySet[Intervento]:
    """Helps of that kind in those days on the case around. A hidden one is not there, for anybody."""
    days = Q(dal__lte=domanda.al) & (Q(al__isnull=True) | Q(al__gte=domanda.dal))
    rows = Intervento.objects.filter(days, ~is_hidden("intervento"), caso=OuterRef("pk"), stato__in=RICEVUTI)
    return rows.filter(tipo=domanda.tipo).order_by("pk")
