"""Sign-in, second factor; in demo mode also the list of personas."""

from django.urls import include, path

urlpatterns = [
    path("", include("allauth.urls")),
]
