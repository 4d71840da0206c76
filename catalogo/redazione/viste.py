"""The central desk's lists: bodies, who writes for them, municipalities, words. Nothing in them is ever deleted."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from catalogo.models import Argomento, Bisogno, Comune, Destinatari, Ente, ModalitaAccesso, Operatore, TipoServizio

from .moduli import LINGUE_TRADOTTE, ModuloVoce, campo_di


class MaiCancellati(ModelPermissionPolicy):
    """Rows that others name: switched off or ended, never deleted, by nobody."""

    def user_has_permission(self, user, action):
        return action != "delete" and super().user_has_permission(user, action)


class SoloLettura(MaiCancellati):
    """Ties, which open cases too, are given in the reserved area: here who may change the other lists reads them.

    The database agrees: the role of this process may only read them (portal/utenti/privilegi.py).
    """

    def user_has_permission(self, user, action):
        return action == "view" and super().user_has_permission(user, "change")


class Elenco(ModelViewSet):
    """A list without copies, exports or references."""

    copy_view_enabled = False
    add_to_admin_menu = False
    add_to_reference_index = False
    list_per_page = 50


class EnteViewSet(Elenco):
    model = Ente
    icon = "group"
    list_display = ["nome", "tipo", "comune", "attivo"]
    list_filter = ["tipo", "attivo"]
    search_fields = ["nome", "nome_breve"]
    edit_handler = ObjectList(
        [
            FieldPanel("nome", help_text=_("Il nome intero, com'è nello statuto.")),
            FieldPanel("nome_breve", help_text=_("Come lo chiamano tutti. Esempio: Caritas Santa Margherita.")),
            FieldRowPanel([FieldPanel("tipo"), FieldPanel("comune")]),
            FieldRowPanel(
                [
                    FieldPanel("codice_fiscale", help_text=_("Undici cifre.")),
                    FieldPanel("runts_numero", help_text=_("Solo per gli enti del Terzo settore.")),
                ]
            ),
            MultiFieldPanel(
                [FieldPanel("telefono"), FieldPanel("email"), FieldPanel("sito")], heading=_("Come si raggiunge")
            ),
            FieldPanel(
                "attivo",
                help_text=_("Togli la spunta quando l'ente lascia la rete: i suoi referenti non scrivono più."),
            ),
        ]
    )


class OperatoreViewSet(Elenco):
    model = Operatore
    icon = "user"
    list_display = ["utente", "ente", "ruolo", "dal", "al"]
    list_filter = ["ente", "ruolo"]
    form_fields = ["utente", "ente", "ruolo", "dal", "al"]


class ComuneViewSet(Elenco):
    model = Comune
    icon = "site"
    list_display = ["nome", "provincia", "codice_istat"]
    list_filter = ["provincia"]
    search_fields = ["nome", "codice_istat"]
    form_fields = ["codice_istat", "nome", "provincia", "regione", "cap", "lat", "lon"]


def elenco_di_voci(model, icon: str, *proprie: str) -> Elenco:
    """The list of a vocabulary; `proprie`: fields that only this one has."""
    names = [FieldPanel(campo_di(lingua)) for lingua in LINGUE_TRADOTTE]
    panels = [
        FieldPanel("nome", help_text=_("In italiano, come lo direbbe una persona.")),
        MultiFieldPanel(names, heading=_("Nelle altre lingue")),
        FieldPanel("codice"),
        *(FieldPanel(name) for name in proprie),
        FieldRowPanel(
            [
                FieldPanel("ordine", help_text=_("I numeri più piccoli vengono prima.")),
                FieldPanel("attivo", help_text=_("Togli la spunta per non offrirla più.")),
            ]
        ),
    ]
    return Elenco(
        model=model,
        icon=icon,
        list_display=["nome", "codice", "ordine", "attivo"],
        search_fields=["nome"],
        edit_handler=ObjectList(panels, base_form_class=ModuloVoce),
    )


class Anagrafe(ViewSetGroup):
    menu_label = _("La rete")
    menu_icon = "group"
    menu_order = 400
    items = [EnteViewSet(), OperatoreViewSet(), ComuneViewSet()]


class Vocabolari(ViewSetGroup):
    menu_label = _("Vocabolari")
    menu_icon = "list-ul"
    menu_order = 410
    items = [
        elenco_di_voci(Bisogno, "tag", "tassello", "tinta"),
        elenco_di_voci(TipoServizio, "tag", "bisogno", "codice_siuss"),
        elenco_di_voci(Destinatari, "tag"),
        elenco_di_voci(ModalitaAccesso, "tag"),
        elenco_di_voci(Argomento, "tag"),
    ]


MODELLI = [Ente, Operatore, Comune, Bisogno, TipoServizio, Destinatari, ModalitaAccesso, Argomento]
