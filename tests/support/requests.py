"""Requests as a page's context gets them."""

from urllib.parse import urlencode

from django.http import HttpRequest
from django.test import RequestFactory


def page_request(path: str = "/servizi/", query: str = "", **data: object) -> HttpRequest:
    """A GET without htmx; `query`: a raw query string, otherwise built from `data` (lists repeat the name)."""
    request = RequestFactory().get(f"{path}?{query or urlencode(data, doseq=True)}")
    request.htmx = False
    return request
