"""A natural person. Exists in the case area only; who has no papers, no home, no sure name fits too."""

import uuid
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from casi import dati_personali as dati
from casi.crypto import blind_index
from casi.parole import normalized, sounded, whole

from .campi import DataCifrata, TestoCifrato


class Persona(models.Model):
    """Found again by what identifies her in full, never by a part: see `indice_*`, which are blind."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cognome = TestoCifrato(_("cognome"), blank=True)
    nome = TestoCifrato(_("nome"), blank=True)
    data_nascita = DataCifrata(_("data di nascita"), blank=True)
    nascita_presunta = models.BooleanField(_("data presunta"), default=False)
    luogo_nascita = TestoCifrato(_("luogo di nascita"), blank=True)
    cittadinanza = TestoCifrato(_("cittadinanza"), blank=True)
    codice_fiscale = TestoCifrato(_("codice fiscale"), blank=True)
    documenti = TestoCifrato(
        _("documenti"), blank=True, help_text=_("Anche «nessuno», «in attesa», «non li vuole mostrare».")
    )
    senza_dimora = models.BooleanField(_("senza dimora"), default=False)
    lingua = TestoCifrato(_("lingua in cui parla meglio"), blank=True)
    interprete = models.BooleanField(_("serve un interprete"), default=False)
    telefono = TestoCifrato(_("telefono"), blank=True)
    email = TestoCifrato(_("e-mail"), blank=True)
    contatto_sicuro = TestoCifrato(
        _("come contattarla senza pericolo"),
        blank=True,
        help_text=_("Esempio: solo di mattina; rispondere solo se dice il suo nome; mai messaggi."),
    )
    indice_cf = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    indice_nome = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    indice_suono = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    fusa_in = models.ForeignKey(
        "self", verbose_name=_("fusa in"), null=True, blank=True, editable=False,
        on_delete=models.PROTECT, related_name="fuse",
    )  # fmt: skip
    versione = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("persona")
        verbose_name_plural = _("persone")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=~models.Q(fusa_in=models.F("pk")), name="persona_non_fusa_in_se"),
        ]

    class DatiPersonali:
        id = versione = fusa_in = dati.TECNICO
        cognome = nome = data_nascita = nascita_presunta = luogo_nascita = codice_fiscale = dati.PERSONALE
        senza_dimora = lingua = interprete = telefono = email = contatto_sicuro = dati.PERSONALE
        cittadinanza = documenti = dati.PARTICOLARE
        indice_cf = indice_nome = indice_suono = dati.PERSONALE

    def __str__(self) -> str:
        return f"Persona {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.reindex()
        super().save(*args, **kwargs)

    def reindex(self) -> None:
        """Compute the blind indices of what the row says now; a bulk write calls it by itself."""
        self.indice_cf = index_of_cf(self.codice_fiscale)
        self.indice_nome = index_of_name(self.cognome, self.nome, str(self.data_nascita or ""))
        self.indice_suono = index_of_sound(self.cognome, self.nome)

    @property
    def nominativo(self) -> str:
        return f"{self.cognome} {self.nome}".strip() or str(_("Persona senza nome"))


def index_of_cf(codice: str) -> str:
    return blind_index(normalized(codice), scopo="codice_fiscale")


def index_of_name(cognome: str, nome: str, nata_il: str) -> str:
    """Of the two together, in whichever box each word is; `nata_il` as YYYY-MM-DD. Empty for no name, or no day."""
    name = whole(f"{cognome} {nome}")
    return blind_index(f"{name}|{nata_il}", scopo="nome_e_nascita") if name and nata_il else ""


def index_of_sound(cognome: str, nome: str) -> str:
    """As `index_of_name`, as it sounds."""
    return blind_index(whole(f"{cognome} {nome}", sounded), scopo="suono")
