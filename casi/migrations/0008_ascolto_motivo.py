"""How they came to speak, in a first conversation."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casi", "0007_voci_della_chiusura")]
    operations = [
        migrations.AddField(
            "primoascolto",
            "motivo",
            models.CharField(
                blank=True,
                choices=[
                    ("spontaneo", "È venuta di sua iniziativa"),
                    ("inviato", "L'ha mandata qualcuno"),
                    ("convocato", "L'abbiamo chiamata noi"),
                    ("provvedimento", "C'è un provvedimento dell'autorità"),
                ],
                default="",
                max_length=16,
                verbose_name="come mai",
            ),
            preserve_default=False,
        )
    ]
