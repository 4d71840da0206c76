"""Languages a person may say she speaks best: the code, the name in the language itself, the name for operators."""

from django.utils.translation import get_language_info

LINGUE = (
    ("it", "Italiano", "italiano"),
    ("en", "English", "inglese"),
    ("uk", "Українська", "ucraino"),
    ("ar", "العربية", "arabo"),
    ("fr", "Français", "francese"),
    ("es", "Español", "spagnolo"),
    ("ro", "Română", "romeno"),
    ("sq", "Shqip", "albanese"),
    ("ru", "Русский", "russo"),
    ("bn", "বাংলা", "bengalese"),
    ("ur", "اردو", "urdu"),
    ("zh", "中文", "cinese"),
    ("tr", "Türkçe", "turco"),
)
IN_ITALIANO = {codice: nome for codice, _proprio, nome in LINGUE}
DETTE = {detta.casefold(): codice for codice, *dette in LINGUE for detta in (codice, *dette)}


def verso(lingua: str) -> str:
    """Which way a language of the portal is written, as HTML says it."""
    return "rtl" if get_language_info(lingua)["bidi"] else "ltr"


def codice_di(lingua: str) -> str:
    """The code of a language written as people do, `ucraino` or `Українська`; empty for one that is not in the list."""
    return DETTE.get(lingua.strip().casefold(), "")
