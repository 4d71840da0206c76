from django.db import migrations, models
from django.utils import timezone


def told(apps, schema_editor):
    """Those that ended before anybody was told of it are old news."""
    ended = apps.get_model("casi", "Ammissione").objects.filter(al__lt=timezone.localdate())
    ended.update(fine_detta=True)


class Migration(migrations.Migration):
    dependencies = [("casi", "0017_ascolti")]

    operations = [
        migrations.AddField(
            model_name="ammissione",
            name="fine_detta",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="residenza",
            name="versione",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.RunPython(told, migrations.RunPython.noop),
    ]
