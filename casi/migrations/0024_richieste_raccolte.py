"""A request may be said aloud, on the phone or at the desk: who wrote it down, how it came, which notice was given."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casi", "0023_versione_della_segnalazione")]

    operations = [
        migrations.AddField(
            model_name="richiesta",
            name="tramite",
            field=models.CharField(
                choices=[
                    ("modulo", "Dal sito"),
                    ("telefono", "Al telefono"),
                    ("sportello", "Allo sportello"),
                    ("altro", "In un altro modo"),
                ],
                default="modulo",
                max_length=12,
                verbose_name="come è arrivata",
            ),
        ),
        migrations.AddField(
            model_name="richiesta",
            name="raccolta_da",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="catalogo.operatore",
                verbose_name="chi l'ha scritta",
            ),
        ),
        migrations.AddField(
            model_name="richiesta",
            name="informativa",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="casi.informativa",
                verbose_name="informativa data",
            ),
        ),
        migrations.AddConstraint(
            model_name="richiesta",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("raccolta_da__isnull", True), ("tramite", "modulo")),
                    models.Q(models.Q(("tramite", "modulo"), _negated=True), ("raccolta_da__isnull", False)),
                    _connector="OR",
                ),
                name="richiesta_scritta_da_qualcuno",
                violation_error_message="Di' chi ha scritto la richiesta e come è arrivata.",
            ),
        ),
    ]
