import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
from django.db import migrations, models

import catalogo.models.operatore


class Migration(migrations.Migration):
    dependencies = [("catalogo", "0006_sessioni_e_legami")]

    operations = [
        migrations.AddConstraint(
            model_name="operatore",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(
                    ("chiuso_il__isnull", True), ("ruolo__in", ["coordinatore", "responsabile_privacy"])
                ),
                expressions=[
                    ("utente", "="),
                    ("ente", "="),
                    (catalogo.models.operatore.Famiglia("ruolo", models.Value("coordinatore")), "<>"),
                    (
                        catalogo.models.operatore.Periodo(
                            "dal",
                            "al",
                            django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True),
                        ),
                        "&&",
                    ),
                ],
                name="operatore_accredita_o_vigila",
                violation_error_message="Chi coordina un ente non ne protegge anche i dati: sono due persone.",
            ),
        ),
    ]
