"""The invented agreement, and who has signed it: in force, about to end, ended yesterday, without privacy agreement."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone
from wagtail.models import Locale

from catalogo.models import Accordo, Adesione, EntePage
from catalogo.models.accordo import StatoAdesione, last_day

from .dati import read


def carica() -> Iterator[str]:
    """Yields the name of each body whose adhesion is made."""
    data, today = read("accordo"), timezone.localdate()
    pages = EntePage.objects.filter(locale=Locale.get_default()).select_related("ente")
    bodies = {page.slug: page.ente for page in pages}
    start = today - timedelta(days=data["accordo"]["firmato_giorni_fa"])
    accordo, _created = Accordo.objects.get_or_create(
        titolo=data["accordo"]["titolo"],
        capofila=bodies[data["accordo"]["capofila"]],
        defaults={"valida_dal": start, "valida_al": last_day(start)},
    )
    for row in data["adesioni"]:
        if accordo.adesioni.filter(ente=bodies[row["ente"]]).exists():
            continue
        end = today + timedelta(days=row["scade_fra"]) if "scade_fra" in row else accordo.valida_al
        adesione = Adesione(accordo=accordo, ente=bodies[row["ente"]], ruolo_privacy=row["ruolo_privacy"])
        adesione.stato = row.get("stato", StatoAdesione.SOTTOSCRITTA)
        adesione.valida_dal, adesione.valida_al = accordo.valida_dal, end
        adesione.privacy_firmata_il = accordo.valida_dal if row["ruolo_privacy"] else None
        adesione.full_clean()
        adesione.save()
        yield str(adesione)
