"""What the reserved process needs to be ready, besides: asked by the probe of `portal.salute`, which learns a yes."""

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from casi import crypto
from casi.giorni import start_of
from casi.models import ControlloChiave, Registro, TestaRegistro

NOTTI = 2  # without a head, one after the other: one is told at the desk of who watches over the register


def chiavi() -> bool:
    """Whether the key file is still there, and is the one this process and this database were written with."""
    try:
        file, mine = crypto.read_keys(Path(settings.PORTACHIAVI)), crypto.portachiavi()
    except crypto.KeyFileError:
        return False
    same = all(file.chiavi.get(name, key) == key for name, key in mine.chiavi.items())  # one may have been retired
    in_use = set(ControlloChiave.objects.values_list("nome", flat=True))
    return same and file.indice == mine.indice and in_use <= file.chiavi.keys()


def testa() -> bool:
    """Whether the register was found whole not long ago, or has no line that old yet."""
    since = timezone.localdate() - timedelta(days=NOTTI + 1)
    head = TestaRegistro.objects.order_by("-giorno").values_list("giorno", flat=True).first()
    if head is not None:
        return head >= since
    return not Registro.objects.filter(quando__lt=start_of(since)).exists()
