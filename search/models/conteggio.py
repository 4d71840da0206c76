"""What people search for, counted without knowing who they are.

A text is written down only once enough days or enough visitors have brought it; until then there is a keyed digest of
it and, of who asked, a digest under the salt of the day, which is thrown away at midnight: after that nobody, not even
with the database and the key, can tell whether two days had the same visitor, or try addresses against it.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SaleDelGiorno(models.Model):
    """The random salt of today; those of the days before are deleted."""

    giorno = models.DateField(_("giorno"), unique=True)
    valore = models.CharField(_("valore"), max_length=64)

    class Meta:
        verbose_name = _("sale del giorno")
        verbose_name_plural = _("sali dei giorni")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.giorno)


class RicercaVista(models.Model):
    """Somebody asked something one day: two digests and a date."""

    impronta = models.CharField(_("impronta del testo"), max_length=64)
    giorno = models.DateField(_("giorno"), db_index=True)
    visitatore = models.CharField(_("impronta del visitatore, per quel giorno"), max_length=64)

    class Meta:
        verbose_name = _("ricerca vista")
        verbose_name_plural = _("ricerche viste")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["impronta", "giorno", "visitatore"], name="ricerca_una_volta_al_giorno"),
        ]

    def __str__(self) -> str:
        return f"{self.giorno} {self.impronta[:8]}"


class ParolaCercata(models.Model):
    """A text that enough people searched for, and what they got."""

    testo = models.CharField(_("che cosa hanno cercato"), max_length=120)
    lingua = models.CharField(_("lingua"), max_length=5, choices=settings.LANGUAGES)
    volte = models.PositiveIntegerField(_("volte"), default=0, help_text=_("Persone al giorno, sommate."))
    a_vuoto = models.PositiveIntegerField(_("senza risposta"), default=0)
    risultati = models.PositiveIntegerField(_("risultati l'ultima volta"), default=0)
    filtri = models.JSONField(_("filtri usati"), default=dict, blank=True)
    dal = models.DateField(_("dal"))
    ultimo = models.DateField(_("ultima volta"))

    class Meta:
        verbose_name = _("parola cercata")
        verbose_name_plural = _("parole cercate")
        ordering = ["-a_vuoto", "testo", "lingua"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["lingua", "testo"], name="parola_cercata_una_volta_per_lingua"),
        ]

    def __str__(self) -> str:
        return self.testo

    @property
    def filtri_detti(self) -> str:
        """The filters used with it, the most used first."""
        used = sorted(self.filtri.items(), key=lambda pair: (-pair[1], pair[0]))
        return ", ".join(f"{name} ({count})" for name, count in used)
