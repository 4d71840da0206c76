"""Where somebody does both, this stops and names the account: end one of the two ties in «Rete», and go on."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
from django.db import migrations, models

import catalogo.models.operatore


class Migration(migrations.Migration):
    dependencies = [("catalogo", "0007_coordina_o_vigila")]

    operations = [
        migrations.AddConstraint(
            model_name="operatore",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(
                    ("chiuso_il__isnull", True),
                    ("ruolo__in", ["responsabile_privacy", "referente", "volontario_ascolto", "assistente_sociale"]),
                ),
                expressions=[
                    ("utente", "="),
                    (catalogo.models.operatore.Famiglia("ruolo", models.Value("responsabile_privacy")), "<>"),
                    (
                        catalogo.models.operatore.Periodo(
                            "dal",
                            "al",
                            django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True),
                        ),
                        "&&",
                    ),
                ],
                name="operatore_vigila_o_segue_casi",
                violation_error_message="Chi segue casi non vigila su chi li legge: sono due persone.",
            ),
        ),
    ]
