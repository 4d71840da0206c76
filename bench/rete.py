"""An invented network of any size, written by a few statements: `python -m bench.rete 10000` fills DATABASE_URL up."""

import sys
from collections.abc import Sequence
from datetime import date

import django
from django.db import connection, transaction
from django.db.models import Model, Q

ITALIANI = Q(locale__language_code="it")
SERVIZI_PER_ENTE = 50
SERVIZI_PER_COMUNE = 100
NOMI = ("Emporio", "Mensa", "Sportello", "Guardaroba", "Doposcuola", "Ambulatorio", "Dormitorio", "Lavanderia")
FRASE = (
    "<p>Vieni negli orari di apertura oppure telefona: ti ascoltiamo e cerchiamo insieme il servizio adatto a te.</p>"
)


def fill(servizi: int) -> None:
    from catalogo.models import ServizioPage
    from home.demo import vocabolari

    vocabolari.carica()
    comuni = _municipalities(max(8, servizi // SERVIZI_PER_COMUNE))
    pages = _bodies(max(8, servizi // SERVIZI_PER_ENTE), comuni)
    _news(12)
    prototype = ServizioPage.objects.order_by("pk").first() or _prototype(pages[0])
    _copies(prototype, pages, servizi - ServizioPage.objects.filter(ITALIANI).count())


def _municipalities(number: int) -> list:
    from catalogo.models import Comune

    rows = [Comune(codice_istat=f"9{n:05}", nome=f"Borgo {n}", provincia="XX") for n in range(number)]
    Comune.objects.bulk_create(rows, ignore_conflicts=True)
    return list(Comune.objects.filter(codice_istat__startswith="9", provincia="XX").order_by("codice_istat"))


def _bodies(number: int, comuni: Sequence) -> list:
    from catalogo.models import Ente, EntePage, EntiIndexPage, LuogoPage

    index = EntiIndexPage.objects.get(locale__language_code="it")
    for n in range(EntePage.objects.filter(ITALIANI).count(), number):
        comune = comuni[n % len(comuni)]
        ente = Ente.objects.create(nome=f"Associazione {n}", tipo="odv", comune=comune)
        page = index.add_child(instance=EntePage(title=ente.nome, ente=ente, descrizione_breve="Ci siamo per te."))
        page.add_child(instance=LuogoPage(title=f"Sede {n}", comune=comune, indirizzo="Via della Prova 1", cap="00001"))
    return list(EntePage.objects.filter(ITALIANI).order_by("path").select_related("ente"))


def _news(number: int) -> None:
    from home.models import NotiziaPage, NotizieIndexPage

    index = NotizieIndexPage.objects.get(locale__language_code="it")
    for n in range(NotiziaPage.objects.count(), number):
        index.add_child(instance=NotiziaPage(title=f"Notizia {n}", data=date(2024, 5, 1 + n)))


def _prototype(parent: Model) -> Model:
    """A sheet as full as real ones are; all others are its copies."""
    from catalogo.models import ServizioPage, TipoServizio

    testi = ("a_chi_e_rivolto", "come_fare", "cosa_serve", "cosa_si_ottiene", "tempi_e_scadenze", "condizioni")
    page = ServizioPage(
        title="Emporio 0",
        tipo=TipoServizio.objects.order_by("pk").first(),
        descrizione_breve="Qui trovi cibo e cose per la casa, con la tessera a punti.",
        per_chi="Famiglie della valle.",
        come_si_entra="Telefona e prendi appuntamento.",
        cosa_portare="Un documento, se ce l'hai.",
        quanto_costa="Niente.",
        gratuito=True,
        telefono="0100 000000",
        orari_testo="Lunedì e giovedì 15.30–18.00.",
        **dict.fromkeys(testi, FRASE * 3),
    )
    return parent.add_child(instance=page)


@transaction.atomic
def _copies(prototype: Model, parents: Sequence, number: int) -> None:
    """`number` sheets like `prototype` under `parents` in turn, each with its kind, place and relations."""
    from wagtail.models import Page

    from catalogo.models import Comune, Destinatari, LuogoPage, ModalitaAccesso, ServizioPage, TipoServizio

    start, count = ServizioPage.objects.filter(ITALIANI).count(), len(parents)
    children = {parent.pk: parent.numchild for parent in Page.objects.filter(pk__in=[page.pk for page in parents])}
    nodes = []
    for n in range(start, start + number):
        parent = parents[n % count]
        children[parent.pk] += 1
        path = Page._get_path(parent.path, parent.depth + 1, children[parent.pk])
        nodes.append((path, f"servizio-{n}", f"{NOMI[n % len(NOMI)]} {n}", f"{parent.url_path}servizio-{n}/"))
    page_ids = _copy_pages(prototype, nodes)
    places = dict(LuogoPage.objects.values_list("title", "pk"))
    rows = [
        (pk, ente.ente_id, places[f"Sede {n % count}"], ids["comune"], ids["tipo"])
        for (n, pk), ente, ids in zip(
            enumerate(page_ids, start),
            (parents[n % count] for n in range(start, start + number)),
            _in_turn(number, start, comune=Comune, tipo=TipoServizio),
            strict=True,
        )
    ]
    _copy_rows(prototype, rows)
    for name, model in (("destinatari", Destinatari), ("accessi", ModalitaAccesso)):
        through = getattr(ServizioPage, name).through
        keys = [ids[name] for ids in _in_turn(number, start, **{name: model})]
        through.objects.bulk_create(
            through(serviziopage_id=pk, **{f"{model._meta.model_name}_id": key})
            for pk, key in zip(page_ids, keys, strict=True)
        )
    for pk, numchild in children.items():
        Page.objects.filter(pk=pk).update(numchild=numchild)


def _in_turn(number: int, start: int, **models: type[Model]):
    """For each copy a row of every model, one after the other: {name: pk}."""
    keys = {name: list(model.objects.order_by("pk").values_list("pk", flat=True)) for name, model in models.items()}
    for n in range(start, start + number):
        yield {name: pks[n % len(pks)] for name, pks in keys.items()}


def _copy_pages(prototype: Model, nodes: list[tuple[str, str, str, str]]) -> list[int]:
    own = {"path": "n.path", "slug": "n.slug", "title": "n.title", "draft_title": "n.title", "url_path": "n.url_path"}
    own |= {"translation_key": "gen_random_uuid()", "latest_revision_id": "NULL", "live_revision_id": "NULL"}
    columns, values = _columns(type(prototype.page_ptr), own, without={"id"})
    statement = (
        f"INSERT INTO wagtailcore_page ({columns}) SELECT {values} FROM wagtailcore_page p, "
        "unnest(%s::text[], %s::text[], %s::text[], %s::text[]) n (path, slug, title, url_path) "
        "WHERE p.id = %s RETURNING slug, id"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*map(list, zip(*nodes, strict=True)), prototype.pk])
        ids = dict(cursor.fetchall())
    return [ids[slug] for _path, slug, _title, _url in nodes]


def _copy_rows(prototype: Model, rows: list[tuple[int, ...]]) -> None:
    own = {"page_ptr_id": "n.pk", "ente_id": "n.ente", "luogo_id": "n.luogo", "comune_id": "n.comune"}
    columns, values = _columns(type(prototype), {**own, "tipo_id": "n.tipo"}, without=set())
    statement = (
        f"INSERT INTO catalogo_serviziopage ({columns}) SELECT {values} FROM catalogo_serviziopage p, "
        "unnest(%s::int[], %s::int[], %s::int[], %s::int[], %s::int[]) n (pk, ente, luogo, comune, tipo) "
        "WHERE p.page_ptr_id = %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*map(list, zip(*rows, strict=True)), prototype.pk])


def _columns(model: type[Model], own: dict[str, str], without: set[str]) -> tuple[str, str]:
    """Column names of `model`'s own table, and what fills them: `own` expressions, else the prototype's value."""
    names = [field.column for field in model._meta.local_fields if field.column not in without]
    return ", ".join(names), ", ".join(own.get(name, f"p.{name}") for name in names)


if __name__ == "__main__":
    django.setup()
    fill(int(sys.argv[1]))
