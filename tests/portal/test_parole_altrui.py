"""Words of other people's packages that our templates and catalogues put right."""

import pytest
from allauth.mfa.models import Authenticator
from django.utils.timezone import now
from django.utils.translation import gettext
from wagtail.models import Page

from tests.catalogo.scena import entra
from tests.factories.catalogo import OperatoreFactory


@pytest.mark.parametrize(("used", "said"), [(None, "Mai usata."), (now(), "Usata l'ultima volta")], ids=["no", "yes"])
def test_list_of_security_keys_speaks_italian(db, client, used, said):
    utente = OperatoreFactory().utente
    data = {"name": "Chiave blu", "credential": {}}
    Authenticator.objects.create(user=utente, type=Authenticator.Type.WEBAUTHN, data=data, last_used_at=used)
    content = entra(client, utente).get("/accesso/2fa/webauthn/").content.decode()
    assert "Chiave blu" in content
    assert said in content.replace("&#x27;", "'")
    assert "Not used" not in content


def test_lock_of_a_page_agrees_with_its_noun():
    message = gettext("This %(model_name)s is currently awaiting moderation.")
    assert message % {"model_name": Page._meta.verbose_name} == "Questa pagina è in attesa di approvazione."
