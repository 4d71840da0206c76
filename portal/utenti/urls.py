"""Sign-in, second factor; in demo mode also the list of personas."""

from django.conf import settings
from django.urls import include, path, re_path

from . import demo, views

urlpatterns = [
    path("secondo-fattore/", views.secondo_fattore, name="secondo_fattore"),
    # Before allauth's own, which keep their names: accounts are made by the desk, with their address.
    path("signup/", views.assente),
    path("email/", views.assente),
    re_path(r"^confirm-email/", views.assente),
    path("", include("allauth.urls")),
]

if settings.DEMO:
    urlpatterns += [
        path("demo/", demo.elenco_personas, name="personas"),
        path("demo/<str:username>/", demo.entra, name="entra_come"),
    ]
