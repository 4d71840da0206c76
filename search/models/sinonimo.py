"""Words that mean the same to who searches: data of the network's editors, not code."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

MINIMO, MASSIMO = 2, 20  # words or phrases of a group
LUNGHEZZA = 60  # characters of one of them


def spartisci(scritto: str) -> list[str]:
    """The words or phrases of a group as an editor writes it: commas or lines between them."""
    pezzi = scritto.replace("\n", ",").replace("،", ",").split(",")
    return [voce for pezzo in pezzi if (voce := " ".join(pezzo.split()))]


class Sinonimo(models.Model):
    """A group of words or phrases of a language, each of which also finds what the others find."""

    lingua = models.CharField(
        _("lingua"), max_length=5, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE, db_index=True
    )
    parole = models.TextField(
        _("parole"),
        max_length=800,
        help_text=_(
            "Divise da virgole. Esempio: anziano, anziana, vecchio, terza età. Chi ne cerca una trova le altre."
        ),
    )

    class Meta:
        verbose_name = _("gruppo di sinonimi")
        verbose_name_plural = _("sinonimi")
        ordering = ["lingua", "parole"]

    def __str__(self) -> str:
        return self.parole

    @property
    def voci(self) -> tuple[str, ...]:
        return tuple(spartisci(self.parole))

    def clean(self) -> None:
        """Short, at least two, each once; written back the way the list shows them."""
        voci = self.voci
        if not MINIMO <= len(voci) <= MASSIMO:
            raise ValidationError({"parole": _("Scrivi da 2 a 20 parole o frasi, divise da virgole.")})
        if any(len(voce) > LUNGHEZZA for voce in voci):
            raise ValidationError({"parole": _("Una parola o frase è troppo lunga: al massimo 60 lettere.")})
        seen: set[str] = set()
        for voce in voci:
            if voce.casefold() in seen:
                raise ValidationError({"parole": _("«%(voce)s» c'è due volte.") % {"voce": voce}})
            seen.add(voce.casefold())
        self.parole = ", ".join(voci)
