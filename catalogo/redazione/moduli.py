"""Forms of the admin that know what a body is."""

from django.conf import settings
from django.forms import CharField, TextInput
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from portal.cms.forms import ModuloPagina


class ModuloServizio(ModuloPagina):
    """A sheet's place is one of its body's own, from a plain list: a handful of them, no tree to walk."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if field := self.fields.get("luogo"):
            own = field.queryset.model.objects.none()
            if self.parent_page:
                own = field.queryset.model.objects.child_of(self.parent_page)
            field.queryset = own.order_by("title")
            field.empty_label = _("Nessun luogo: il servizio non ha una sede")


LINGUE_TRADOTTE = {code: name for code, name in settings.LANGUAGES if code != settings.LANGUAGE_CODE}


def campo_di(lingua: str) -> str:
    return f"nome_{lingua}"


class NomiPerLingua(WagtailAdminModelForm):
    """Reads and writes the JSON of `Vocabolario.traduzioni` as one box per language."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for lingua in LINGUE_TRADOTTE:
            self.fields[campo_di(lingua)].initial = self.instance.traduzioni.get(lingua, "")

    def save(self, commit: bool = True):
        names = {lingua: self.cleaned_data[campo_di(lingua)] for lingua in LINGUE_TRADOTTE}
        kept = {lingua: name for lingua, name in self.instance.traduzioni.items() if lingua not in names}
        self.instance.traduzioni = {**kept, **{lingua: name for lingua, name in names.items() if name}}
        return super().save(commit=commit)


# The boxes follow settings.LANGUAGES: a language added there needs no change here.
ModuloVoce = type(
    "ModuloVoce",
    (NomiPerLingua,),
    {
        campo_di(code): CharField(
            label=name, max_length=80, required=False, widget=TextInput(attrs={"lang": code, "dir": "auto"})
        )
        for code, name in LINGUE_TRADOTTE.items()
    },
)
