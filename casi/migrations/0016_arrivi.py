import casi.models.campi
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casi", "0015_versione_del_legame")]

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
                    ("ritirata", "Una richiesta che seguivi è stata ritirata: non cercare la persona"),
                    ("minori", "È arrivata una segnalazione su bambini o ragazzi in pericolo"),
                    ("minori_nessuno", "C'è una segnalazione che oggi nessuno può leggere"),
                    ("incompatibilita", "Un possibile conflitto di interessi su un caso"),
                ],
                max_length=20,
                verbose_name="tipo",
            ),
        ),
        migrations.AddField(
            model_name="segnalazione",
            name="avvisata_il",
            field=models.DateField(blank=True, null=True, verbose_name="la persona è stata informata il"),
        ),
        migrations.AddField(
            model_name="segnalazione",
            name="non_avvisata_perche",
            field=casi.models.campi.TestoCifrato(
                blank=True, null=True, verbose_name="perché la persona non va informata"
            ),
        ),
    ]
