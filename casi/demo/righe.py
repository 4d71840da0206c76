"""What is going to be written: collected row by row, then written table by table."""

from collections import defaultdict
from typing import TypeVar

from django.db.models import DateTimeField, F, Model
from django.db.models.functions import Cast

from casi import models
from casi.actions.incarichi import project
from casi.models.periodo import Concessione

Riga = TypeVar("Riga", bound=Model)

# A table after those it points to.
ORDINE: tuple[type[Model], ...] = (
    models.Persona,
    models.Nucleo,
    models.Componente,
    models.LegameSociale,
    models.Residenza,
    models.Caso,
    models.Richiesta,
    models.Segnalazione,
    models.PrimoAscolto,
    models.Valutazione,
    models.VoceValutazione,
    models.VoceValutazioneRiservata,
    models.Passaggio,
    models.PresaInCarico,
    models.Incarico,
    models.Ammissione,
    models.NominatoAlSigillo,
    models.Incompatibilita,
    models.VoceDiario,
    models.Destinatario,
    models.Intervento,
    models.Oscuramento,
    models.AccessoEmergenza,
    models.Avviso,
    models.Scarto,
    models.VoceScarto,
)


class Righe:
    def __init__(self) -> None:
        self._rows: dict[type[Model], list[Model]] = defaultdict(list)

    def add(self, row: Riga) -> Riga:
        self._rows[type(row)].append(row)
        return row

    def of(self, model: type[Riga]) -> list[Riga]:
        return self._rows[model]  # type: ignore[return-value]

    def save(self) -> None:
        """Write all of it. The texts are sealed on the way, as in any save."""
        found: list[models.Persona | models.PrimoAscolto] = [*self.of(models.Persona), *self.of(models.PrimoAscolto)]
        for row in found:
            row.reindex()
        for model in ORDINE:
            model._default_manager.bulk_create(self._rows[model])
            if issubclass(model, Concessione):
                _date_back(model, self._rows[model])
        self._project()

    def _project(self) -> None:
        """The permission rows that go with the assignments."""
        cases = {caso.pk: caso for caso in self.of(models.Caso)}
        users = {(row.caso_id, row.operatore.utente_id) for row in self.of(models.Incarico) if row.tolta_il is None}
        for caso, utente in sorted(users):
            project(cases[caso], utente)


def _date_back(model: type[Concessione], rows: list[Model]) -> None:
    """What was given is dated by the database with today: it was given on its first day."""
    written = model.objects.filter(pk__in=[row.pk for row in rows])
    written.update(data_il=Cast(F("dal"), DateTimeField()))
