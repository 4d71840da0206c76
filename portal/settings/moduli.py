"""The forms of the sign-in pages that are ours, by the names allauth gives them."""

ACCOUNT_FORMS = {
    "login": "portal.utenti.forms.AccessoForm",
    "reset_password": "portal.utenti.forms.DimenticataForm",
    "reset_password_from_key": "portal.utenti.forms.NuovaForm",
    "change_password": "portal.utenti.forms.CambioForm",
    "set_password": "portal.utenti.forms.PrimaForm",
    "reauthenticate": "portal.utenti.forms.ConfermaForm",
}
MFA_FORMS = {
    "authenticate": "portal.utenti.codici.EntraModulo",
    "reauthenticate": "portal.utenti.codici.ConfermaModulo",
    "activate_totp": "portal.utenti.codici.PrimoCodiceModulo",
    "edit_webauthn": "portal.utenti.chiavi.RinominaChiave",
}
