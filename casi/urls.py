"""Addresses of the case area; each declares its action."""

from django.urls import path

app_name = "casi"
urlpatterns: list = []
