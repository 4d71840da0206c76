"""The reserved areas of an assessment have a list of readers each, as the entries of the diary, and are entrusted as
those."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

GIA_CHIESTO = "Per questa voce è già stato chiesto: decide il coordinatore."
UNA = Q(("voce__isnull", False), ("area__isnull", True)) | Q(("voce__isnull", True), ("area__isnull", False))


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
    ]
