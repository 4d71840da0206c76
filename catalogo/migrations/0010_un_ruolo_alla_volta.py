"""Where somebody has one role for one body twice on one day, this stops before anything has changed and says who.

Which of the two is right, only who coordinates the network knows: nothing is ended from here.
"""

from itertools import pairwise
from typing import Any

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
from django.core.management import CommandError
from django.db import migrations, models

import catalogo.models.operatore


def nobody_has_it_twice(apps: Any, _schema_editor: Any) -> None:
    """Raises CommandError, with accounts by their number, the role and the days of both.

    By their first day, some tie that meets another meets the one before it.
    """
    ties = apps.get_model("catalogo", "Operatore").objects.filter(chiuso_il=None).select_related("ente")
    found = [
        f"account {one.utente_id}: {one.ruolo} di {one.ente.nome}, {_days(one)} e {_days(other)}"
        for one, other in pairwise(ties.order_by("utente", "ente", "ruolo", "dal", "pk"))
        if _same(one) == _same(other) and (one.al is None or one.al >= other.dal)
    ]
    if found:
        raise CommandError(
            "Non aggiornato: una persona ha un ruolo per un ente una volta sola, e qualcuno lo ha due volte negli "
            f"stessi giorni ({'; '.join(found)}). Chi è lo dice il portale, /amministrazione/users/edit/NUMERO/. Con "
            "la versione di prima un coordinatore tolga da «Rete» uno dei due; poi ripeti l'aggiornamento."
        )


def _same(tie: Any) -> tuple[int, int, str]:
    return tie.utente_id, tie.ente_id, tie.ruolo


def _days(tie: Any) -> str:
    return f"dal {tie.dal:%d/%m/%Y} " + (f"al {tie.al:%d/%m/%Y}" if tie.al else "senza fine")


class Migration(migrations.Migration):
    dependencies = [("catalogo", "0009_bisogni_di_chiunque")]

    operations = [
        migrations.RunPython(nobody_has_it_twice, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="operatore", name="unique_operatore_in_corso"),
        migrations.AddConstraint(
            model_name="operatore",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("chiuso_il__isnull", True)),
                expressions=[
                    ("utente", "="),
                    ("ente", "="),
                    ("ruolo", "="),
                    (
                        catalogo.models.operatore.Periodo(
                            "dal",
                            "al",
                            django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True),
                        ),
                        "&&",
                    ),
                ],
                name="operatore_un_ruolo_alla_volta",
                violation_error_message=(
                    "Questa persona ha già questo ruolo per questo ente: cambia il suo ultimo giorno."
                ),
            ),
        ),
    ]
