"""The catalogue's filters: facts in the address, so that a search can be shared."""

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from catalogo.models import Bisogno, Comune, Destinatari, Ente, ServizioPage, TipoServizio

TESTO_MASSIMO = 120
ORDINI = {
    "nome": ("title", "pk"),
    "comune": ("comune__nome", "title", "pk"),
    "recenti": ("-last_published_at", "pk"),
}
CAMPI_DI_TESTO = ("title", "descrizione_breve", "per_chi", "tipo__nome", "ente__nome", "comune__nome")


def voices(model, key: str):
    """Choices of a vocabulary as (value of `key`, name in the active language); read once per request."""

    def choices() -> list[tuple[str, str]]:
        return [(str(getattr(voice, key)), str(voice)) for voice in model.objects.filter(attivo=True)]

    return choices


def municipalities() -> list[tuple[str, str]]:
    """Only municipalities where something is offered."""
    used = ServizioPage.objects.in_catalogo().order_by().values("comune")
    return [(comune.codice_istat, str(comune)) for comune in Comune.objects.filter(pk__in=used)]


class ManyFilter(django_filters.MultipleChoiceFilter):
    """Any of the ticked values; a value that does not exist is passed over rather than blamed."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, widget=forms.CheckboxSelectMultiple, distinct=False, **kwargs)

    def filter(self, qs: QuerySet, value: list[str]) -> QuerySet:
        if not value:
            return qs
        matching = ServizioPage.objects.filter(**{f"{self.field_name}__in": value}).order_by().values("pk")
        return qs.filter(pk__in=matching)


class FiltroServizi(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Parole"), method="by_words", max_length=TESTO_MASSIMO)
    bisogno = ManyFilter("tipo__bisogno__codice", label=_("Di cosa hai bisogno"), choices=voices(Bisogno, "codice"))
    tipo = ManyFilter("tipo__codice", label=_("Tipo di servizio"), choices=voices(TipoServizio, "codice"))
    per = ManyFilter("destinatari__codice", label=_("Per chi"), choices=voices(Destinatari, "codice"))
    comune = ManyFilter("comune__codice_istat", label=_("Comune"), choices=municipalities)
    ente = ManyFilter("ente__pk", label=_("Ente"), choices=voices(Ente, "pk"))
    gratuito = django_filters.BooleanFilter(label=_("Solo gratuiti"), method="only_free", widget=forms.CheckboxInput)
    ordina = django_filters.ChoiceFilter(
        label=_("Ordina per"),
        choices=[("nome", _("Nome")), ("comune", _("Comune")), ("recenti", _("Più recenti"))],
        empty_label=None,
        method="sorted_by",
    )

    class Meta:
        model = ServizioPage
        fields = ()

    def by_words(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        for word in value.replace("\x00", " ").split():
            anywhere = Q()
            for field in CAMPI_DI_TESTO:
                anywhere |= Q(**{f"{field}__unaccent__icontains": word})
            queryset = queryset.filter(anywhere)
        return queryset

    def only_free(self, queryset: QuerySet, name: str, value: bool | None) -> QuerySet:
        return queryset.filter(gratuito=True) if value else queryset

    def sorted_by(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.order_by(*ORDINI[value])
