"""Sign-in, second factor, confirming who one is; in demo mode also the list of personas."""

from django.conf import settings
from django.urls import include, path, re_path

from . import demo, views
from .conferma import conferma
from .password_persa import PasswordPersa
from .uscita import Uscita

urlpatterns = [
    path("secondo-fattore/", views.secondo_fattore, name="secondo_fattore"),
    path("conferma/", conferma, name="conferma"),
    path("sessioni/", views.dove, name="sessioni"),
    # Before allauth's own, which keep their names. Accounts are made by the desk, with their address.
    path("logout/", Uscita.as_view()),
    path("signup/", views.assente),
    path("email/", views.assente),
    re_path(r"^confirm-email/", views.assente),
    path("password/reset/", PasswordPersa.as_view()),
    re_path(r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$", views.nuova_password),
    path("3rdparty/signup/", views.assente),
    path("2fa/totp/activate/", views.aggiungi_codice),
    path("2fa/webauthn/add/", views.aggiungi_chiave),
    path("2fa/webauthn/login/", views.entra_con_chiave),
    path("2fa/authenticate/", views.passa),
    path("2fa/webauthn/reauthenticate/", views.conferma_con_chiave),
    path("", include("allauth.urls")),
]

if settings.DEMO:
    urlpatterns += [
        path("demo/", demo.elenco_personas, name="personas"),
        path("demo/<str:username>/", demo.entra, name="entra_come"),
    ]
