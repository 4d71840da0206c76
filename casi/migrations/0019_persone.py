from django.db import migrations, models
from django.utils import timezone


def told(apps, schema_editor):
    """Those that ended before anybody was told of it are old news."""
    ended = apps.get_model("casi", "Ammissione").objects.filter(al__lt=timezone.localdate())
    ended.update(fine_detta=True)


class Migration(migrations.Migration):
    dependencies = [("casi", "0017_ascolti")]

    operations = [
        migrations.AlterField(
            model_name="avviso",
            name="tipo",
            field=models.CharField(
                choices=[
                    ("presa_in_carico", "Un caso aspetta che tu lo accetti"),
                    ("incarico", "Sei stato assegnato a un caso"),
                    ("incarico_finito", "Un caso non è più fra quelli che segui"),
                    ("proposta", "Un ente propone una persona per un tuo caso"),
                    ("ammissione_finita", "Un ente non vede più un tuo caso"),
                    ("emergenza", "C'è stato un accesso in emergenza"),
                    ("richiesta", "È arrivata una richiesta"),
                    ("voce_riservata", "Ora puoi leggere una voce riservata di un caso"),
                    ("incompatibilita", "Un possibile conflitto di interessi su un caso"),
                ],
                max_length=20,
                verbose_name="tipo",
            ),
        ),
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
