"""The catalogue's filters: facts in the address, so that a list can be shared. Words are the search's business."""

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_filters.fields import MultipleChoiceField

from catalogo.models import ServizioPage
from catalogo.scelte import scelte

ORDINI = {
    "nome": ("title", "pk"),
    "comune": ("comune__nome", "title", "pk"),
    "recenti": ("-last_published_at", "pk"),
}


class SceltaField(MultipleChoiceField):
    """Ticked values; one that does not exist (any more) is passed over rather than blamed."""

    def to_python(self, value: object) -> list[str]:
        known = dict(self.choices)
        return [each for each in dict.fromkeys(super().to_python(value)) if each in known]


class SceltaFilter(django_filters.MultipleChoiceFilter):
    """Any of the ticked values; the choices come with the request (`FiltroServizi.form`)."""

    field_class = SceltaField

    def __init__(self, field_name: str, **kwargs):
        super().__init__(field_name, widget=forms.CheckboxSelectMultiple, choices=(), **kwargs)

    def filter(self, qs: QuerySet, value: list[str]) -> QuerySet:
        return qs.filter(self.condition(value)) if value else qs

    def condition(self, value: list[str]) -> Q:
        """By subquery: a service with two of the values is still one row."""
        matching = ServizioPage.objects.filter(**{f"{self.field_name}__in": value}).order_by().values("pk")
        return Q(pk__in=matching)


class BisognoFilter(SceltaFilter):
    """A service answers the need of its kind and those its sheet names."""

    def condition(self, value: list[str]) -> Q:
        return super().condition(value) | Q(tipo__bisogno__codice__in=value)


class FiltroServizi(django_filters.FilterSet):
    bisogno = BisognoFilter("bisogni__codice", label=_("Di cosa hai bisogno"))
    tipo = SceltaFilter("tipo__codice", label=_("Tipo di servizio"))
    per = SceltaFilter("destinatari__codice", label=_("Per chi"))
    comune = SceltaFilter("comune__codice_istat", label=_("Comune"))
    ente = SceltaFilter("ente__pk", label=_("Ente"))
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

    @cached_property
    def form(self) -> forms.Form:
        form = super().form
        for name, voices in scelte().items():
            form.fields[name].choices = voices
        return form

    def only_free(self, queryset: QuerySet, name: str, value: bool | None) -> QuerySet:
        return queryset.filter(gratuito=True) if value else queryset

    def sorted_by(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.order_by(*ORDINI[value])
