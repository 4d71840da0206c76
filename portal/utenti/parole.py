"""The words of allauth's forms and errors, as the rest of the portal says them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

NON_CORRISPONDONO = _(
    "Il nome o l'e-mail non va con questa password: controlla e riprova. Dopo cinque prove sbagliate si aspetta un "
    "quarto d'ora."
)
CODICE_SBAGLIATO = _("Questo codice non va: scrivi quello che il telefono mostra adesso.")
ERRORI_DI_ACCESSO = {
    "username_password_mismatch": NON_CORRISPONDONO,
    "email_password_mismatch": NON_CORRISPONDONO,
    "enter_current_password": _("Non è la password che usi adesso."),
    "incorrect_password": _("Non è la tua password."),
    "incorrect_code": CODICE_SBAGLIATO,
    "too_many_login_attempts": _("Troppe prove sbagliate: aspetta un quarto d'ora."),
    "rate_limited": _("Troppe richieste in poco tempo: aspetta un momento."),
}
ERRORI_DI_FATTORE = {"incorrect_code": CODICE_SBAGLIATO}


class Parole:
    """Over a form of allauth: `ETICHETTE` says what to write, above the field, by its name."""

    ETICHETTE: Mapping[str, Any] = {}
    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for name, field in self.fields.items():
            field.label = self.ETICHETTE.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)
