"""Whoever answers for a case read its reserved areas by his part, and is named on those he could read until now.

Apart from the columns: PostgreSQL changes no table in the transaction that has just filled it.
"""

from datetime import date
from typing import Any

from django.db import migrations
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone


def in_force(model: Any, today: date) -> Any:
    return model.objects.filter(Q(al__isnull=True) | Q(al__gte=today), dal__lte=today, tolta_il__isnull=True)


def name_who_answers(apps: Any, schema_editor: Any) -> None:
    """But for who wrote them, and for who is in conflict with the case and reads nothing of it."""
    today = timezone.localdate()
    conflict = in_force(apps.get_model("casi", "Incompatibilita"), today).filter(
        caso=OuterRef("caso"), utente=OuterRef("operatore__utente")
    )
    standing = in_force(apps.get_model("casi", "Incarico"), today).filter(~Exists(conflict), parte="responsabile")
    answering = {caso: operatore for caso, operatore in standing.values_list("caso", "operatore")}
    areas = apps.get_model("casi", "VoceValutazioneRiservata").objects.filter(valutazione__caso__in=answering)
    destinatario = apps.get_model("casi", "Destinatario")
    for area, caso, autore in areas.values_list("pk", "valutazione__caso", "valutazione__autore"):
        if answering[caso] != autore:
            destinatario.objects.create(area_id=area, operatore_id=answering[caso])


def forget_areas(apps: Any, schema_editor: Any) -> None:
    for name in ("Destinatario", "Affidamento"):
        apps.get_model("casi", name).objects.filter(area__isnull=False).delete()


class Migration(migrations.Migration):
    dependencies = [("casi", "0015_aree_per_nome")]
    operations = [migrations.RunPython(name_who_answers, forget_areas)]
