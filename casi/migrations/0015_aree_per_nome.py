"""The reserved areas of an assessment have a list of readers each, as the entries of the diary, and are entrusted as
those: whoever answered for the case reads them by his part no more, and is named on those he could read until now."""

from datetime import date
from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

GIA_CHIESTO = "Per questa voce è già stato chiesto: decide il coordinatore."
UNA = Q(voce__isnull=False, area__isnull=True) | Q(voce__isnull=True, area__isnull=False)


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


def _to(model: str, related_name: str, words: str) -> models.ForeignKey:
    return models.ForeignKey(
        blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name=related_name, to=model,
        verbose_name=words,
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("casi", "0014_destinatario_motivo"), ("catalogo", "0008_vigila_o_segue_casi")]
    operations = [
        migrations.AlterModelOptions(
            "destinatario",
            {
                "default_permissions": (),
                "ordering": ["voce", "area", "pk"],
                "verbose_name": "destinatario",
                "verbose_name_plural": "destinatari",
            },
        ),
        migrations.AddField("affidamento", "area", _to("casi.vocevalutazioneriservata", "affidamenti", "area")),
        migrations.AddField("destinatario", "area", _to("casi.vocevalutazioneriservata", "destinatari", "area")),
        migrations.AlterField("affidamento", "voce", _to("casi.vocediario", "affidamenti", "voce")),
        migrations.AlterField("destinatario", "voce", _to("casi.vocediario", "destinatari", "voce")),
        migrations.AddConstraint(
            "affidamento",
            models.UniqueConstraint(
                condition=Q(deciso_il__isnull=True),
                fields=("area",),
                name="unique_affidamento_area_aperto",
                violation_error_message=GIA_CHIESTO,
            ),
        ),
        migrations.AddConstraint("affidamento", models.CheckConstraint(condition=UNA, name="affidamento_di_una_cosa")),
        migrations.AddConstraint(
            "destinatario", models.UniqueConstraint(fields=("area", "operatore"), name="unique_destinatario_area")
        ),
        migrations.AddConstraint(
            "destinatario", models.CheckConstraint(condition=UNA, name="destinatario_di_una_cosa")
        ),
        migrations.RunPython(name_who_answers, forget_areas),
    ]
