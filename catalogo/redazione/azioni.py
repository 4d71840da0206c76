"""The buttons under a page, in the words of who writes for a body."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.action_menu import ActionMenuItem, CancelWorkflowMenuItem, SubmitForModerationMenuItem


class InviaAllaRedazione(SubmitForModerationMenuItem):
    label = _("Invia alla Redazione")

    def get_context_data(self, parent_context):
        """Wagtail would put the workflow's name in the label."""
        return {**super().get_context_data(parent_context), "label": self.label}


class RitiraInvio(CancelWorkflowMenuItem):
    label = _("Ritira l'invio")


# The first is the big button; what is not named here an association does not need.
BOTTONI_DI_UN_ENTE = ["action-submit", "action-save-draft", "action-page-locked", "action-cancel-workflow"]
CON_ALTRE_PAROLE: dict[str, ActionMenuItem] = {item.name: item for item in (InviaAllaRedazione(), RitiraInvio())}


def bottoni_di_un_ente(items: list[ActionMenuItem]) -> list[ActionMenuItem]:
    named = {item.name: CON_ALTRE_PAROLE.get(item.name, item) for item in items}
    return [named[name] for name in BOTTONI_DI_UN_ENTE if name in named]
