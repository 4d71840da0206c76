"""Closing a case leaves two entries of its own in the diary."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casi", "0006_testi_sigillati")]
    operations = [
        migrations.AlterField(
            "vocediario",
            "tipo",
            models.CharField(
                choices=[
                    ("colloquio", "Colloquio"),
                    ("visita", "Visita a casa"),
                    ("telefonata", "Telefonata"),
                    ("riunione", "Riunione"),
                    ("nota", "Nota"),
                    ("rettifica", "Rettifica chiesta dalla persona"),
                    ("finale", "Valutazione finale"),
                    ("consegne", "Note di consegna"),
                ],
                default="nota",
                max_length=12,
                verbose_name="tipo",
            ),
        )
    ]
