"""Guardian's rows for cases, each with a real foreign key to its case, so that they go with it and never outlive it."""

from django.db import models
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from casi import dati_personali as dati

from .caso import Caso


class PermessoUtenteSuCaso(UserObjectPermissionBase):
    """One permission of one person on one case; counts only together with an `Incarico` in force (casi.policies)."""

    content_object = models.ForeignKey(Caso, on_delete=models.CASCADE, related_name="permessi")

    class Meta(UserObjectPermissionBase.Meta):
        verbose_name = "permesso su un caso"
        verbose_name_plural = "permessi su casi"

    class DatiPersonali:
        id = dati.TECNICO
        permission = dati.TECNICO
        user = dati.PERSONALE
        content_object = dati.TECNICO

    def __str__(self) -> str:
        return f"Permesso {self.pk}"


class PermessoGruppoSuCaso(GroupObjectPermissionBase):
    """Here only so that guardian never falls back to its generic table: a case is given to persons, not to groups.

    Wagtail lets whoever manages users put anybody, himself too, in any group; casi.policies does not read this table.
    """

    content_object = models.ForeignKey(Caso, on_delete=models.CASCADE, related_name="+")

    class Meta(GroupObjectPermissionBase.Meta):
        verbose_name = "permesso di gruppo su un caso"
        verbose_name_plural = "permessi di gruppo su casi"
        constraints = [models.CheckConstraint(condition=models.Q(pk__isnull=True), name="permessi_di_gruppo_mai")]

    class DatiPersonali:
        id = dati.TECNICO
        permission = dati.TECNICO
        group = dati.TECNICO
        content_object = dati.TECNICO

    def __str__(self) -> str:
        return f"Permesso di gruppo {self.pk}"
