"""Adding a file to a case. None is ever changed or taken away here: retention does that."""

import logging
from base64 import b64encode
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casi import policies, storage
from casi.actions.serratura import claim
from casi.attore import Attore
from casi.caricamento import Ammesso, admit
from casi.errori import Impossibile, Vietato
from casi.models import Allegato, Caso, Livello
from casi.registro import Dettaglio, record
from casi.selectors.diario import may_write_at

PER_DAY, PER_DAY_OF_ALL = 20, 60  # files a day on a case: of a body, and of all bodies together
PER_PERSON = 100  # files a day of one person, on all cases together
logger = logging.getLogger(__name__)


def attach(
    *, by: Attore, caso: UUID, nome: str, contenuto: bytes, livello: int = Livello.CARTELLA, condiviso: bool = False
) -> Allegato:
    """Check, encrypt and keep a file. Raises Vietato, ValidationError (of `file`), Impossibile (too many, no room).

    A file is checked and cleaned before the case is locked, which may take seconds: nobody waits for it.
    """
    azione = may_write_at(livello)
    if not policies.visible_to(by, azione).filter(pk=caso).exists():
        raise Vietato(azione, caso)
    try:
        ammesso = admit(nome, contenuto)
    except ValidationError as error:
        raise ValidationError({"file": error.messages}) from error
    return _added(by, caso, ammesso, livello, condiviso=condiviso)


@transaction.atomic
def _added(by: Attore, caso: UUID, ammesso: Ammesso, livello: int, *, condiviso: bool) -> Allegato:
    azione = may_write_at(livello)
    locked = claim(by, azione, caso)
    _leave_room(locked, by)
    key = storage.new_key()
    riga = Allegato(
        caso=locked,
        ente=by.operatore.ente,
        autore=by.operatore,
        livello=livello,
        condiviso=condiviso and livello <= Livello.CARTELLA,
        nome=ammesso.nome,
        tipo=ammesso.tipo,
        dimensione=len(ammesso.contenuto),
        chiave=b64encode(key).decode(),
    )
    riga.full_clean()
    riga.save()
    record(by, azione, casi=[caso], dettaglio=Dettaglio(riga, livello=livello, finalita="allega"))
    _keep(riga, key, ammesso.contenuto)
    return riga


def _leave_room(caso: Caso, by: Attore) -> None:
    """One body cannot use up what the others may add, nor one person the disk. Raises Impossibile."""
    of_today = Allegato.objects.filter(creato_il__date=timezone.localdate())
    today = of_today.filter(caso=caso)
    if today.filter(ente=by.operatore.ente_id).count() >= PER_DAY:
        raise Impossibile(
            _("Oggi il tuo ente ha già allegato %(n)s file a questo caso: riprendi domani.") % {"n": PER_DAY}
        )
    if today.count() >= PER_DAY_OF_ALL:
        raise Impossibile(_("Oggi a questo caso sono già stati allegati troppi file: riprendi domani."))
    if of_today.filter(autore__utente=by.operatore.utente_id).count() >= PER_PERSON:
        raise Impossibile(_("Oggi hai già allegato %(n)s file: riprendi domani.") % {"n": PER_PERSON})


def _keep(riga: Allegato, key: bytes, content: bytes) -> None:
    try:
        storage.write(riga.pk, key, content)
    except OSError as error:
        logger.error("Un allegato non si può conservare: %s", error.strerror)
        raise Impossibile(_("Ora non c'è spazio per conservare il file: non è stato salvato nulla.")) from error
