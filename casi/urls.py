"""Addresses of the case area; each declares its action."""

app_name = "casi"
urlpatterns: list = []
