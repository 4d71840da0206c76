"""The person's report finds what was read of her before there was a case: her request, by its key."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casi", "0013_indici_dell_elenco")]
    operations = [
        migrations.AddIndex(
            model_name="registro",
            index=models.Index(
                condition=models.Q(("oggetto_id__isnull", False)), fields=["oggetto_id"], name="registro_oggetto"
            ),
        ),
    ]
