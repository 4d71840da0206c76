"""A bed or a home."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from .pannelli import campi_traducibili, pannelli_servizio
from .servizio import ServizioPage


class AlloggioPage(ServizioPage):
    """Dormitory, apartment, emergency place; nights may cross midnight."""

    posti = models.PositiveSmallIntegerField(_("posti"), null=True, blank=True)
    tipo_ospiti = models.CharField(
        _("chi può dormire qui"), max_length=90, blank=True, help_text=_("Esempio: donne, anche con figli.")
    )
    permanenza_massima_giorni = models.PositiveSmallIntegerField(
        _("quanto si può restare (giorni)"), null=True, blank=True
    )
    ingresso_dalle = models.TimeField(_("si entra dalle"), null=True, blank=True)
    uscita_entro = models.TimeField(_("si esce entro le"), null=True, blank=True)
    animali_ammessi = models.BooleanField(_("animali ammessi"), null=True, blank=True)

    page_description = _("Un letto o una casa: dormitorio, appartamento, accoglienza.")
    template = "catalogo/alloggio_page.html"
    edit_handler = pannelli_servizio(
        [
            FieldPanel("tipo_ospiti"),
            FieldRowPanel([FieldPanel("posti"), FieldPanel("permanenza_massima_giorni")]),
            FieldRowPanel(
                [FieldPanel("ingresso_dalle"), FieldPanel("uscita_entro")],
                help_text=_(
                    "Da qui il portale dice «Aperto adesso»: scrivili solo se tra queste due ore si può entrare, "
                    "ogni notte dell'anno. Altrimenti bastano gli orari a parole."
                ),
            ),
            FieldPanel("animali_ammessi"),
        ],
        _("L'alloggio"),
    )
    override_translatable_fields = campi_traducibili(
        ("tipo_ospiti",),
        ("posti", "permanenza_massima_giorni", "ingresso_dalle", "uscita_entro", "animali_ammessi"),
    )

    class Meta:
        verbose_name = _("alloggio")
        verbose_name_plural = _("alloggi")
