"""Who reads what arrives is told of a request withdrawn before anybody took it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casi", "0011_nomi_interi")]
    operations = [
        migrations.AlterField(
            "avviso",
            "tipo",
            models.CharField(
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
                    ("affidamento", "Una voce riservata che nessuno legge più aspetta che tu decida chi la legge"),
                    ("voce_affidata", "Una voce riservata che nessuno leggeva più ha di nuovo chi la legge"),
                    ("non_affidata", "Il coordinatore ha risposto no: una voce riservata resta senza chi la legge"),
                    ("ritirata", "Una richiesta che seguivi è stata ritirata: non cercare la persona"),
                    ("ritirata_subito", "Una richiesta che nessuno seguiva ancora è stata ritirata con la ricevuta"),
                    ("minori", "È arrivata una segnalazione su bambini o ragazzi in pericolo"),
                    ("minori_nessuno", "C'è una segnalazione che oggi nessuno può leggere"),
                    ("presa_proposta", "Un ente ti propone una presa in carico: è fra gli arrivi"),
                    ("presa_rifiutata", "Una tua proposta di presa in carico non è stata accolta: è fra gli ascolti"),
                    ("incompatibilita", "Un possibile conflitto di interessi su un caso"),
                    ("cancellata", "Ciò che una persona ti ha chiesto di cancellare è stato eliminato"),
                    ("non_cancellata", "Una cancellazione che ti è stata chiesta è respinta: leggi perché e diglielo"),
                ],
                max_length=20,
                verbose_name="tipo",
            ),
        )
    ]
