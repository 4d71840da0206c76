"""The blows of `colpi` against views that forget something: each is noticed, and a good one is not."""

import uuid

import pytest
from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from casi.views.porta import pubblica
from catalogo.models import Ente
from tests.factories.catalogo import EnteFactory

from .canarini import SPECIE
from .colpi import Arco, Colpo, defences, form, form_of, queries
from .colpi import forms as forms_at
from .moduli_letti import Pagina

pytestmark = pytest.mark.django_db
ALTRUI = str(uuid.uuid4())


class Prova(forms.Form):
    nome = forms.CharField(max_length=20)
    giorno = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    tipo = forms.ChoiceField(choices=[("a", "A"), ("b", "B")])


def shown(form: forms.Form, status: int = 200) -> HttpResponse:
    return HttpResponse(f'<form method="post">{form}</form>', status=status)


def buona(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return shown(Prova())
    sent = Prova(request.POST)
    return HttpResponse(status=204) if sent.is_valid() else shown(sent, 422)


def numero(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(int(request.GET.get("pagina", "1"))))


def eco(request: HttpRequest) -> HttpResponse:
    try:
        return HttpResponse(str(uuid.UUID(request.GET.get("dopo", ALTRUI))))
    except ValueError as error:
        return HttpResponse(repr(error), status=400)


def canta(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"Nessun caso. {SPECIE}7" if request.GET.get("stato") == "-1" else "Nessun caso.")


def nuda(request: HttpRequest) -> HttpResponse:
    return HttpResponse("No", status=404, headers={"X-Frame-Options": "ALLOWALL"})


def lunga(request: HttpRequest) -> HttpResponse:
    """Keeps what it is sent without looking at it."""
    if request.method == "POST":
        EnteFactory(nome=request.POST.get("nome", "-"))
    return shown(Prova())


def scrive(request: HttpRequest) -> HttpResponse:
    """Does it, then says no."""
    if request.method == "POST":
        Ente.objects.update(nome="Cambiato")
    return shown(Prova(request.POST or None), 422 if request.method == "POST" else 200)


def perde(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return shown(Prova())
    sent = Prova(request.POST)
    good = sent.is_valid()
    return HttpResponse(status=204) if good else shown(Prova({**request.POST.dict(), "nome": ""}), 422)


def butta(request: HttpRequest) -> HttpResponse:
    """Somebody else was first: and the words are nowhere."""
    return shown(Prova()) if request.method != "POST" else HttpResponse("Troppo tardi", status=409)


DIMENTICANO = {
    numero: "500",
    eco: "dice troppo",
    canta: "parole di altri",
    nuda: "senza difese",
    lunga: "500",
    scrive: "ha scritto",
    perde: "nome=",
    butta: "si è perso",
}
VISTE = [buona, *DIMENTICANO]
urlpatterns = [
    *(path(f"{each.__name__}/", pubblica(each)) for each in VISTE),
    path("", include("portal.urls.riservato")),
]
urlpatterns += [path("esente/", csrf_exempt(pubblica(buona)))]
handler400 = "casi.views.errori.richiesta_errata"
handler403 = "casi.views.errori.vietata"
handler404 = "casi.views.errori.non_trovata"
handler500 = "casi.views.errori.guasto"


@pytest.fixture
def arco(riservato, settings) -> Arco:
    EnteFactory()
    settings.ROOT_URLCONF = __name__
    return Arco(riservato, defences(riservato.get("/chiedi-aiuto/")))


def struck(arco: Arco, url: str) -> list[str]:
    page = arco.client.get(url).content.decode()
    colpi = [*queries(url, {"pagina", "dopo", "stato"}, ALTRUI, 0)]
    colpi += forms_at(url, form_of(page, url, set()), ALTRUI, 0) if Pagina(page).moduli else []
    return arco.colpisci(iter(colpi))


def test_good_view_stands(arco):
    assert struck(arco, "/buona/") == []


@pytest.mark.parametrize("vista", DIMENTICANO, ids=lambda vista: vista.__name__)
def test_view_that_forgets_something_is_noticed(arco, vista):
    wrong = struck(arco, f"/{vista.__name__}/")
    assert any(DIMENTICANO[vista] in each for each in wrong), wrong[:5]


@pytest.mark.parametrize(("url", "told"), [("/buona/", []), ("/esente/", ["204"])])
def test_form_taken_without_its_token_is_noticed(arco, url, told):
    modulo = form_of(arco.client.get(url).content.decode(), url, set())
    arco.client.handler.enforce_csrf_checks = True
    sent = form("senza gettone", url, modulo, {**modulo.riempito(), "nome": ["Ada"]})
    late = Colpo(**{**vars(sent), "attesi": frozenset({403}), "inviato": {}})
    assert arco.colpisci(iter([late])) == [f"senza gettone: {each}" for each in told]
