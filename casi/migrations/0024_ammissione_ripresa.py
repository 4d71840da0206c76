from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casi", "0020_diritti")]

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
                    ("ammissione_ripresa", "Un ente vede di nuovo un tuo caso"),
                    ("emergenza", "C'è stato un accesso in emergenza"),
                    ("abuso", "Un accesso in emergenza è stato giudicato un abuso"),
                    ("richiesta", "È arrivata una richiesta"),
                    ("voce_riservata", "Ora puoi leggere una voce riservata di un caso"),
                    ("ritirata", "Una richiesta che seguivi è stata ritirata: non cercare la persona"),
                    ("minori", "È arrivata una segnalazione su bambini o ragazzi in pericolo"),
                    ("minori_nessuno", "C'è una segnalazione che oggi nessuno può leggere"),
                    ("presa_proposta", "Un ente ti propone una presa in carico: è fra gli arrivi"),
                    ("presa_rifiutata", "Una tua proposta di presa in carico non è stata accolta: è fra gli ascolti"),
                    ("incompatibilita", "Un possibile conflitto di interessi su un caso"),
                ],
                max_length=20,
                verbose_name="tipo",
            ),
        ),
    ]
