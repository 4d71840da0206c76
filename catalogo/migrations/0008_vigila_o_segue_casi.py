"""Where somebody does both, this stops before anything has changed and says who: one of the two ties is to be ended.

Which one, only who coordinates the network knows: nothing is ended from here.
"""

from typing import Any

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
from django.core.management import CommandError
from django.db import migrations, models
from django.db.models import Q

import catalogo.models.operatore

VIGILA = "responsabile_privacy"
SEGUONO = ["referente", "volontario_ascolto", "assistente_sociale"]


def nobody_does_both(apps: Any, _schema_editor: Any) -> None:
    """Raises CommandError, with accounts by their number and the two roles of each."""
    ties = apps.get_model("catalogo", "Operatore").objects.filter(chiuso_il=None).order_by("utente", "pk")
    ties = ties.select_related("ente")
    found = []
    for one in ties.filter(ruolo=VIGILA):
        begun = Q(dal__lte=one.al) if one.al else Q()
        others = ties.filter(begun, Q(al=None) | Q(al__gte=one.dal), utente=one.utente_id, ruolo__in=SEGUONO)
        found += [f"account {one.utente_id}: {_said(one)}, {_said(other)}" for other in others]
    if found:
        raise CommandError(
            "Non aggiornato: chi segue casi non può vigilare su chi li legge, e qualcuno ha i due ruoli "
            f"({'; '.join(found)}). Chi è lo dice il portale, /amministrazione/users/edit/NUMERO/. Con la versione di "
            "prima un coordinatore tolga da «Rete» uno dei due ruoli; poi ripeti l'aggiornamento."
        )


def _said(tie: Any) -> str:
    return f"{tie.ruolo} di {tie.ente.nome}"


class Migration(migrations.Migration):
    dependencies = [("catalogo", "0007_coordina_o_vigila")]

    operations = [
        migrations.RunPython(nobody_does_both, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="operatore",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(
                    ("chiuso_il__isnull", True),
                    ("ruolo__in", [VIGILA, *SEGUONO]),
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
