"""Addresses of the reserved process: the case area and its sign-in; no Wagtail."""

from django.urls import include, path

urlpatterns = [
    path("accesso/", include("portal.utenti.urls")),
    path("", include("casi.urls")),
]
