"""A judged row becomes a sheet: created, updated as a new revision, or left alone."""

from collections.abc import Container
from dataclasses import dataclass

from wagtail.models import Locale

from catalogo.importazione import storia
from catalogo.importazione.albero import add_page
from catalogo.importazione.comuni import find_comune
from catalogo.importazione.enti import body_page, place_page
from catalogo.importazione.nomi import normalise
from catalogo.importazione.pagina import Contenuto, content_of
from catalogo.importazione.resoconto import Esito
from catalogo.importazione.riga import Scheda
from catalogo.models import Comune, LuogoPage, ServizioPage, TipoServizio


@dataclass(frozen=True)
class Scritta:
    esito: Esito
    avvisi: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scrittura:
    """One import: `pubblica` makes new sheets live, `file` names the source in their history."""

    file: str
    pubblica: bool = False

    def write(self, scheda: Scheda) -> Scritta:
        """Write one sheet, inside the caller's savepoint; ValidationError when the models refuse it."""
        page, memory = _known(scheda)
        if page and memory["riga"] == scheda.impronta:
            return self._publish_untouched(page, memory)
        avvisi = list(scheda.avvisi)
        tipo = _kind(scheda.tipo, avvisi)
        comune = _comune(scheda, avvisi)
        content = content_of(scheda, tipo, comune)
        if page:
            return self._update(page, memory, scheda, content, avvisi)
        self._create(scheda, content)
        return Scritta(Esito.CREATO, tuple(avvisi))

    def _create(self, scheda: Scheda, content: Contenuto) -> None:
        parent = body_page(scheda, content.comune, live=self.pubblica)
        content.valori["luogo"] = place_page(scheda, parent, content.comune, live=self.pubblica)
        page = content.classe(slug=scheda.id, locale=Locale.get_default())
        _fill(page, content, leave=())
        add_page(parent, page, live=self.pubblica)
        self._remember(page, scheda, storia.imprint(storia.present(page, content.valori), content.voci))

    def _update(
        self, page: ServizioPage, memory: dict, scheda: Scheda, content: Contenuto, avvisi: list[str]
    ) -> Scritta:
        """New values go into the fields nobody corrected since the last import; the others stay, and it is said."""
        latest = page.get_latest_revision_as_object()
        touched = storia.touched(latest, memory)
        pending = page.has_unpublished_changes and bool(touched)
        before = latest.luogo
        content.valori["luogo"] = place_page(scheda, page.get_parent().specific, content.comune, live=page.live)
        kept = _kept(latest, touched, scheda, content, avvisi)
        if pending:
            avvisi.append("salvata in bozza: una modifica della redazione aspetta di essere pubblicata")
        leave = {name: memory["campi"][name] for name in kept}
        _fill(latest, content, leave=leave)
        campi = storia.imprint(storia.present(latest, content.valori), content.voci) | leave
        revision = latest.save_revision(log_action=False)
        self._remember(latest, scheda, campi)
        if (page.live or self.pubblica) and not pending:
            revision.publish()
        if scheda.indirizzo_riservato:
            _hide_place(before, avvisi)
        return Scritta(Esito.AGGIORNATO, tuple(avvisi))

    def _publish_untouched(self, page: ServizioPage, memory: dict) -> Scritta:
        """The row has not changed. A draft that nobody touched or ever published goes live when asked to."""
        if not self.pubblica or page.live or page.first_published_at:
            return Scritta(Esito.INVARIATO)
        latest = page.get_latest_revision_as_object()
        if storia.touched(latest, memory):
            return Scritta(Esito.INVARIATO, ("resta in bozza: la redazione la sta modificando",))
        for related in (page.get_parent().specific, latest.luogo):
            if related and not related.live and not related.first_published_at:
                related.get_latest_revision().publish()
        page.get_latest_revision().publish()
        return Scritta(Esito.AGGIORNATO, ("pubblicata",))

    def _remember(self, page: ServizioPage, scheda: Scheda, campi: dict[str, str]) -> None:
        storia.remember(page, riga=scheda.impronta, campi=campi, file=self.file)


def _known(scheda: Scheda) -> tuple[ServizioPage | None, dict]:
    """The sheet an earlier import made for this id, and what that import wrote."""
    pages = list(ServizioPage.objects.filter(slug=scheda.id, locale=Locale.get_default()))
    memories = storia.last_import(pages)
    for page in pages:
        if page.pk in memories:
            return page.specific, memories[page.pk]
    return None, {}


def _kind(code: str, avvisi: list[str]) -> TipoServizio:
    name = code.replace("_", " ").capitalize()
    tipo, created = TipoServizio.objects.get_or_create(codice=code, defaults={"nome": name, "ordine": 900})
    if created:
        avvisi.append(f"tipo di servizio nuovo: «{name}», da completare nel vocabolario")
    return tipo


def _comune(scheda: Scheda, avvisi: list[str]) -> Comune | None:
    comune = find_comune(scheda.comune, scheda.provincia) if scheda.comune else None
    if comune is None:
        avvisi.append(f"comune «{scheda.comune}» non riconosciuto" if scheda.comune else "senza comune")
    return comune


def _kept(page: ServizioPage, touched: list[str], scheda: Scheda, content: Contenuto, avvisi: list[str]) -> list[str]:
    """Fields of `page` that the new row does not change, with the reason of each among `avvisi`.

    A place that has become confidential is never kept, whoever chose it.
    """
    kept = [name for name in touched if name != "luogo" or not scheda.indirizzo_riservato]
    if kept:
        avvisi.append(f"lasciati come li ha corretti la redazione: {', '.join(kept)}")
    if not isinstance(page, content.classe):
        kept.append("tipo")
        avvisi.append("il tipo nel file chiede un'altra forma di scheda: va cambiata a mano")
    if normalise(scheda.ente) not in {normalise(page.ente.nome), normalise(page.ente.nome_breve)}:
        avvisi.append(f"l'ente nel file è cambiato: la scheda resta sotto «{page.ente}»")
    return kept


def _hide_place(place: LuogoPage | None, avvisi: list[str]) -> None:
    """The address published until now goes offline with its page, unless other sheets stand on it."""
    if place is None or place.indirizzo_riservato:
        return
    if ServizioPage.objects.live().filter(luogo=place).exists():
        avvisi.append(f"l'indirizzo è diventato riservato, ma «{place}» serve ad altre schede: controllalo")
    else:
        place.unpublish()
        avvisi.append(f"l'indirizzo è diventato riservato: tolta dal sito la pagina «{place}»")


def _fill(page: ServizioPage, content: Contenuto, leave: Container[str]) -> None:
    """Set every field of `content` that the page has and that is not in `leave`."""
    for name, value in {**content.valori, **content.voci}.items():
        if name not in leave and hasattr(type(page), name):
            setattr(page, name, value)
