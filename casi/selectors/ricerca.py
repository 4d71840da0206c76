"""Looking for a person's case: exact data, a purpose, a quota, a line in the register whatever comes out."""

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casi import policies
from casi.attore import Attore
from casi.errori import Impossibile, Vietato
from casi.models import Caso, Esito
from casi.registro import Dettaglio, record
from casi.ruoli import Azione
from casi.selectors.identita import Identita, casi_di, persone_con
from casi.selectors.quota import within

QUOTA = 30  # searches a day, per person, those of an emergency among them
EMERGENZA = "emergenza"
# Whether an empty answer also says whom to ask. It is the same answer for nobody, and for somebody else's case.
DIRE_A_CHI_RIVOLGERSI = True


class Scopo(models.TextChoices):
    NUOVO_ARRIVO = "nuovo_arrivo", gettext_lazy("È arrivata da noi e non so se qualcuno la segue già")
    CASO_MIO = "caso_mio", gettext_lazy("Cerco un caso che seguo")
    SU_RICHIESTA = "su_richiesta", gettext_lazy("Me lo ha chiesto la persona")
    ALTRO_SERVIZIO = "altro_servizio", gettext_lazy("Me lo ha chiesto un altro servizio pubblico")


CONTATE = (*Scopo.values, EMERGENZA)


def cerca(attore: Attore, identita: Identita, scopo: str) -> list[Caso]:
    """The person's cases in which the actor may know her, after the same queries whether there are others, or none.

    Of a case he sees without its people she is not told: the answer would put a name to its number.

    The register gets every case touched, seen or not, and never what was typed. Raises Vietato; Impossibile past the
    quota.
    """
    if not policies.may(attore, Azione.CERCARE):
        raise Vietato
    with transaction.atomic():
        allowed = within(attore, Azione.CERCARE, QUOTA, CONTATE)
        touched = casi_di(attore, persone_con(attore, identita)) if allowed else Caso.objects.none()
        everything = list(touched.values_list("pk", flat=True).order_by("pk"))
        visible = policies.visible_to(attore, Azione.VEDERE_PERSONE).filter(pk__in=touched.values("pk"))
        seen = list(visible.select_related("ente_titolare").order_by("-aperto_il", "pk"))
        esito = Esito.CONSENTITO if allowed else Esito.NEGATO
        told = Dettaglio(finalita=scopo, risultati=len(seen))
        record(attore, Azione.CERCARE, casi=everything, esito=esito, dettaglio=told)
    if not allowed:
        raise Impossibile(_("Hai fatto %(quota)s ricerche oggi: riprova domani.") % {"quota": QUOTA})
    return seen
