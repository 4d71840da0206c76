"""The connection to a search cluster: modelsearch's own backends, with our indexes and short timeouts."""

from collections.abc import Iterable
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from modelsearch.backends.elasticsearch9 import Elasticsearch9Index, Elasticsearch9SearchBackend
from modelsearch.backends.opensearch3 import OpenSearch3Index, OpenSearch3SearchBackend

LETTURA, SCRITTURA = 1.5, 20.0  # seconds a request may take: somebody waits for the first, nobody for the second
# A second try is the circuit breaker's business.
UNA_VOLTA = {"max_retries": 0, "retry_on_timeout": False}


class IndiceElasticsearch(Elasticsearch9Index):
    """An index, made with a body of its own rather than the backend's."""

    def put_with(self, body: dict[str, Any]) -> None:
        self.es.indices.create(index=self.name, **body)


class IndiceOpenSearch(OpenSearch3Index):
    """As above."""

    def put_with(self, body: dict[str, Any]) -> None:
        self.es.indices.create(index=self.name, body=body)


class Elasticsearch(Elasticsearch9SearchBackend):
    """Elasticsearch 9: the parts of a body travel as arguments."""

    index_class = IndiceElasticsearch

    def with_body(self, body: dict[str, Any]) -> dict[str, Any]:
        return body


class OpenSearch(OpenSearch3SearchBackend):
    """OpenSearch 3: a body travels as one."""

    index_class = IndiceOpenSearch

    def with_body(self, body: dict[str, Any]) -> dict[str, Any]:
        return {"body": body}


TIPI: dict[str, type[Elasticsearch] | type[OpenSearch]] = {"elasticsearch": Elasticsearch, "opensearch": OpenSearch}
Collegamento = Elasticsearch | OpenSearch


def collegamento(tempo: float = LETTURA) -> Collegamento:
    """The connection to the cluster of SEARCH_URL, one per process and timeout."""
    return _collegamento(settings.SEARCH_URL, tempo)


@cache
def _collegamento(address: str, tempo: float) -> Collegamento:
    scheme, url = indirizzo(address)
    return TIPI[scheme]({"URLS": [url], "TIMEOUT": tempo, "OPTIONS": dict(UNA_VOLTA)})


def indirizzo(address: str) -> tuple[str, str]:
    """`elasticsearch+https://host` → ("elasticsearch", "https://host"); without `+https`, plain http.

    Raise ValueError for an address that names no engine of ours or no machine.
    """
    scheme, plus, transport = urlsplit(address).scheme.partition("+")
    if scheme not in TIPI or (transport or "http") not in {"http", "https"} or not urlsplit(address).hostname:
        raise ValueError(address)
    _ = urlsplit(address).port  # raises ValueError too
    return scheme, f"{transport or 'http'}{address[len(scheme + plus + transport) :]}"


def scrivi_in(link: Collegamento, azioni: Iterable[dict[str, Any]], indice: str, *, tollera: bool = False) -> None:
    """Send `azioni` to what the alias `indice` stands for, in lots; no index is made by mistake.

    Raise at the first lot with an error, unless it is one that the caller can `tollera`: nothing there to delete.
    """
    link.bulk(link.es, azioni, index=indice, chunk_size=300, raise_on_error=not tollera, require_alias=True)
