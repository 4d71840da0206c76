"""Disposal asked for by a person, held by who watches over data protection; why a list was refused, encrypted."""

from django.db import migrations, models

import casi.models.campi

RAGIONI = [
    ("non_servono", "Non servono più a ciò per cui li abbiamo raccolti"),
    ("consenso", "Ha ritirato il consenso"),
    ("opposizione", "Si oppone a come li usiamo"),
    ("illecito", "Non dovevamo averli"),
    ("obbligo", "Lo impone una legge"),
]
PERCHE = "perché si respinge"
AVVISI = [
    ("presa_in_carico", "Un caso aspetta che tu lo accetti"),
    ("incarico", "Sei stato assegnato a un caso"),
    ("incarico_finito", "Un caso non è più fra quelli che segui"),
    ("proposta", "Un ente propone una persona per un tuo caso"),
    ("ammissione_finita", "Un ente non vede più un tuo caso"),
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
    ("cancellata", "Ciò che una persona ti ha chiesto di cancellare è stato eliminato"),
    ("non_cancellata", "Una cancellazione che ti è stata chiesta è respinta: leggi perché e diglielo"),
]


def seal(apps, schema_editor):
    for row in apps.get_model("casi", "Scarto").objects.exclude(motivo_chiaro="").order_by("pk"):
        row.motivo = row.motivo_chiaro
        row.save(update_fields=["motivo"])


def unseal(apps, schema_editor):
    for row in apps.get_model("casi", "Scarto").objects.filter(motivo__isnull=False).order_by("pk"):
        row.motivo_chiaro = row.motivo[:160]
        row.save(update_fields=["motivo_chiaro"])


class Migration(migrations.Migration):
    dependencies = [("casi", "0020_diritti")]

    operations = [
        migrations.AlterField(
            model_name="avviso",
            name="tipo",
            field=models.CharField(choices=AVVISI, max_length=20, verbose_name="tipo"),
        ),
        migrations.RenameField(model_name="scarto", old_name="motivo", new_name="motivo_chiaro"),
        migrations.AddField(
            model_name="scarto",
            name="motivo",
            field=casi.models.campi.TestoCifrato(blank=True, null=True, verbose_name=PERCHE),
        ),
        migrations.AlterField(
            model_name="scarto",
            name="motivo_chiaro",
            field=models.CharField(blank=True, default="", max_length=160, verbose_name=PERCHE),
        ),
        migrations.RunPython(seal, unseal),
        migrations.RemoveField(model_name="scarto", name="motivo_chiaro"),
        migrations.AddField(
            model_name="scarto",
            name="chiesta_il",
            field=models.DateField(blank=True, null=True, verbose_name="chiesta dalla persona il"),
        ),
        migrations.AddField(
            model_name="scarto",
            name="entro",
            field=models.DateField(blank=True, null=True, verbose_name="rispondere entro"),
        ),
        migrations.AddField(
            model_name="scarto",
            name="ragione",
            field=models.CharField(blank=True, choices=RAGIONI, max_length=12, verbose_name="per quale ragione"),
        ),
        migrations.AddField(
            model_name="scarto",
            name="perche",
            field=casi.models.campi.TestoCifrato(blank=True, null=True, verbose_name="perché la chiede"),
        ),
        migrations.AddField(
            model_name="vocescarto",
            name="fermata",
            field=models.BooleanField(default=False, verbose_name="non scartare: lo chiede chi protegge i dati"),
        ),
        migrations.AddConstraint(
            model_name="scarto",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("chiesta_il__isnull", True), ("entro__isnull", True), ("ragione", "")),
                    models.Q(
                        ("chiesta_il__isnull", False),
                        ("entro__gt", models.F("chiesta_il")),
                        models.Q(("ragione", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="scarto_chiesto_con_termine_e_ragione",
            ),
        ),
    ]
