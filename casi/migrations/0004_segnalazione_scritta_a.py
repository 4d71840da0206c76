import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casi", "0003_classi_di_conservazione"), ("catalogo", "0008_vigila_o_segue_casi")]
    operations = [
        migrations.AddField(
            "segnalazione",
            "scritta_a",
            models.ForeignKey(
                "catalogo.Ente", verbose_name="ente a cui era scritta", null=True, blank=True, editable=False,
                on_delete=django.db.models.deletion.PROTECT, related_name="+",
            ),
        )
    ]  # fmt: skip
