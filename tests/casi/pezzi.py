"""What an address may point to besides the case: one maker for each argument's name.

Everything is made for the person who is about to ask, of his body and by himself, so that only the case decides; what
is outside a case also for somebody of another body, and of another network, so that this alone decides.
"""

import uuid
from base64 import b64encode
from datetime import timedelta

from django.utils import timezone

from casi import storage
from casi.actions.fusione import DOPPIE
from casi.models import (
    Affidamento,
    Ammissione,
    Caso,
    ClasseConservazione,
    ComponenteTolto,
    Fusione,
    Informativa,
    LegameSociale,
    Opposizione,
    Oscuramento,
    Proposta,
    Residenza,
    Ripristino,
    Scarto,
    Valutazione,
    VoceValutazioneRiservata,
)
from catalogo.models import Adesione
from tests.factories.casi import (
    INIZIO,
    AccessoEmergenzaFactory,
    AllegatoFactory,
    AscoltoFactory,
    ComponenteFactory,
    EmergenzaFactory,
    InterventoFactory,
    NucleoFactory,
    PersonaFactory,
    PrimoAscoltoFactory,
    RichiestaFactory,
    SegnalazioneFactory,
    VoceFactory,
)
from tests.factories.catalogo import AccordoFactory, AdesioneFactory, OperatoreFactory

PERCHE = {"motivo": "perso", "riconosciuta": "presenza"}
PRIMA = INIZIO - timedelta(days=1)
NESSUNO = uuid.UUID("11111111-0000-4000-8000-000000000000")


def household(caso):
    """That of the case, made now if it has none."""
    row = Caso.objects.select_related("nucleo").get(pk=caso.pk)
    if row.nucleo is None:
        row.nucleo = NucleoFactory()
        row.save(update_fields=["nucleo"])
    return row.nucleo


def persona(scena, caso, operatore) -> uuid.UUID:
    """Somebody of the household, who was once two records."""
    found = ComponenteFactory(nucleo=household(caso)).persona
    fusa = PersonaFactory(fusa_in=found)
    Fusione.objects.create(tenuta=found, fusa=fusa, fatta_da=operatore, spostati={DOPPIE: []})
    return found.pk


def residenza(scena, caso, operatore) -> uuid.UUID:
    """Of the one whom `persona` has just made, the last of the household."""
    last = household(caso).componenti.order_by("-pk").first()
    return Residenza.objects.create(persona=last.persona, tipo="domicilio", dal=INIZIO).pk


def componente(scena, caso, operatore) -> int:
    """When the one whom `persona` has just made was in the household once before."""
    last = household(caso).componenti.order_by("-pk").first()
    return ComponenteFactory(nucleo=last.nucleo, persona=last.persona, dal=PRIMA, al=PRIMA).pk


def tolto(scena, caso, operatore) -> uuid.UUID:
    """Somebody who had been put in the household by mistake, apart."""
    appartato = ComponenteFactory(nucleo=NucleoFactory()).nucleo
    return ComponenteTolto.objects.create(nucleo=household(caso), appartato=appartato, tolto_da=operatore).pk


def voce_senza_lettori(scena, caso, operatore) -> uuid.UUID:
    return VoceFactory(caso=caso, ente=caso.ente_titolare, autore=scena.operatori["responsabile_privacy"], livello=5).pk


def affidamento(scena, caso, operatore) -> uuid.UUID:
    voce = voce_senza_lettori(scena, caso, operatore)
    asks, reads = scena.operatori["as_responsabile"], scena.operatori["as_collega"]
    return Affidamento.objects.create(voce_id=voce, operatore=reads, chiesto_da=asks).pk


def legame(scena, caso, operatore) -> uuid.UUID:
    return LegameSociale.objects.create(nucleo=household(caso), chi="Una zia.").pk


def voce(scena, caso, operatore, livello=3) -> uuid.UUID:
    return VoceFactory(caso=caso, autore=operatore, livello=livello).pk


def area(scena, caso, operatore) -> uuid.UUID:
    """With a reader for whoever may read one."""
    made = Valutazione.objects.create(caso=caso, autore=operatore)
    row = VoceValutazioneRiservata.objects.create(valutazione=made, area="salute", bisogni="x", risorse="y")
    row.destinatari.create(operatore=operatore, motivo="Perché.")
    return row.pk


def allegato(scena, caso, operatore) -> uuid.UUID:
    key = storage.new_key()
    row = AllegatoFactory(caso=caso, autore=operatore, dimensione=3, chiave=b64encode(key).decode())
    storage.write(row.pk, key, b"tre")
    return row.pk


def intervento(scena, caso, operatore) -> uuid.UUID:
    return InterventoFactory(caso=caso, autore=operatore).pk


def oscuramento(scena, caso, operatore) -> uuid.UUID:
    hidden = VoceFactory(caso=caso, autore=operatore)
    return Oscuramento.objects.create(caso=caso, voce=hidden, fatto_da=operatore).pk


def ammissione(scena, caso, operatore) -> uuid.UUID:
    given = {"finalita": "progetto", "base_giuridica": "consenso", "dal": INIZIO, "ambiti": ["sintesi"]}
    given["informativa"] = Informativa.objects.first()
    return Ammissione.objects.get_or_create(caso=caso, ente=scena.enti["mensa"], defaults=given)[0].pk


def incarico(scena, caso, operatore) -> uuid.UUID:
    return caso.incarichi.get(operatore=scena.operatori["as_collega"]).pk


def proposta(scena, caso, operatore) -> uuid.UUID:
    proposto = scena.operatori["as_stesso_ufficio"]
    return Proposta.objects.get_or_create(caso=caso, operatore=proposto, defaults={"fatta_da": operatore})[0].pk


def opposizione(scena, caso, operatore) -> uuid.UUID:
    ente = scena.enti["mensa"]
    return Opposizione.objects.get_or_create(caso=caso, ente=ente, defaults={"scritta_da": operatore})[0].pk


def segnalazione(scena, caso, operatore) -> uuid.UUID:
    return SegnalazioneFactory(caso=caso, ente=operatore.ente).pk


def ascolto(scena, operatore) -> uuid.UUID:
    """In which nothing is proposed: what is, the lead body reads too."""
    return PrimoAscoltoFactory(operatore=operatore).pk


def ended(scena, operatore) -> uuid.UUID:
    start = timezone.now() - timedelta(hours=3)
    return EmergenzaFactory(operatore=scena.operatori["as_stesso_ufficio"], caso=scena.casi["sospeso"], inizio=start).pk


def estraneo(scena, operatore, stato):
    """A social worker of another body of the network; or of the body that leads another."""
    if stato == "di_un_altra_rete":
        ente = AccordoFactory().capofila
        return OperatoreFactory(ente=ente, ruolo="assistente_sociale", in_rete=False)
    altri = (scena.operatori[nome] for nome in ("as_altro_comune", "as_responsabile"))
    return next(each for each in altri if each.ente_id != operatore.ente_id)


def scarto(scena, operatore) -> uuid.UUID:
    """A list of the own body; of the social worker's where the body proposes none."""
    own = operatore if operatore.ruolo in ("assistente_sociale", "referente") else scena.operatori["as_responsabile"]
    made = Scarto.objects.create(proposto_da=own)
    made.voci.create(oggetto="richiesta", oggetto_id=NESSUNO, classe=ClasseConservazione.objects.first())
    return made.pk


def ripristino(scena, operatore) -> uuid.UUID:
    """Proposed by the coordinator, who may not confirm his own; to him it is another's."""
    mine = operatore.pk == scena.operatori["coordinatore"].pk
    by = scena.operatori["coordinatore_in_emergenza" if mine else "coordinatore"]
    given = {"proposto_da": by, **PERCHE}
    return Ripristino.objects.update_or_create(legame=scena.operatori["volontario"], defaults=given)[0].pk


# Arguments that point to nothing: any value will do.
LIBERI = {"modulo": "diario", "cosa": "voce"}
# argument → maker(scena, caso, operatore) → its id
DI_UN_CASO = {
    each.__name__: each
    for each in (
        persona,
        componente,
        residenza,
        legame,
        tolto,
        affidamento,
        voce,
        area,
        allegato,
        intervento,
        oscuramento,
        ammissione,
        incarico,
        proposta,
        opposizione,
    )
} | {"oggetto": voce, "segnalazione": segnalazione}
# The same for one address alone.
DI_UN_INDIRIZZO = {
    **{
        (name, "voce"): lambda scena, caso, operatore: voce(scena, caso, operatore, livello=5)
        for name in ("diario_voce", "diario_nomina")
    },
    ("diario_affida", "voce"): voce_senza_lettori,
    # Of a body that is out of the case, whoever asks.
    ("intervento_concludi", "intervento"): lambda scena, caso, operatore: (
        InterventoFactory(caso=caso, autore=OperatoreFactory()).pk
    ),
}
# (route as far as the argument, argument) → maker(scena, operatore) → its id
FUORI_DAI_CASI = {
    ("bozze/", "oggetto"): lambda scena, operatore: NESSUNO,
    ("stampe/", "lettura"): lambda scena, operatore: NESSUNO,
    ("arrivi/nuova/", "pk"): lambda scena, operatore: (
        RichiestaFactory(ente=operatore.ente, tramite="sportello", raccolta_da=operatore).pk
    ),
    ("arrivi/richieste/", "pk"): lambda scena, operatore: RichiestaFactory(ente=operatore.ente).pk,
    ("arrivi/segnalazioni/", "pk"): lambda scena, operatore: SegnalazioneFactory(ente=operatore.ente).pk,
    ("ascolti/", "pk"): lambda scena, operatore: AscoltoFactory(operatore=operatore, ente=operatore.ente).pk,
    ("emergenza/", "accesso"): lambda scena, operatore: (
        EmergenzaFactory(operatore=operatore, caso=scena.casi["sospeso"]).pk
    ),
    ("conservazione/", "scarto"): scarto,
    ("scarti/", "scarto"): scarto,
    ("registro/scarti/", "scarto"): scarto,
    ("registro/emergenze/", "emergenza"): ended,
    ("conferme/", "pk"): ripristino,
    ("rete/adesioni/", "pk"): lambda scena, operatore: Adesione.objects.filter(ente=scena.enti["ampia"]).get().pk,
    ("rete/enti/", "pk"): lambda scena, operatore: scena.enti["ampia"].pk,
    ("rete/operatori/", "pk"): lambda scena, operatore: scena.operatori["volontario"].pk,
}
# Of no body: a draft and a reading are one's own, whatever they are about.
DI_NESSUNO = {("bozze/", "oggetto"), ("stampe/", "lettura")}
# Those made otherwise when they are somebody else's: it takes more than the maker of FUORI_DAI_CASI to be only his.
DI_UN_ALTRO_ENTE = {("ascolti/", "pk"): ascolto}
DI_UN_ALTRA_RETE = {
    ("ascolti/", "pk"): lambda scena, operatore: AscoltoFactory(operatore=operatore).pk,
    ("registro/emergenze/", "emergenza"): lambda scena, operatore: (
        AccessoEmergenzaFactory(operatore=operatore, caso__ente_titolare=operatore.ente).pk
    ),
    ("conferme/", "pk"): lambda scena, operatore: (
        Ripristino.objects.create(
            legame=operatore,
            proposto_da=OperatoreFactory(ente=operatore.ente, ruolo="coordinatore", in_rete=False),
            **PERCHE,
        ).pk
    ),
    ("rete/adesioni/", "pk"): lambda scena, operatore: AdesioneFactory(accordo=operatore.ente.accordi_guidati.get()).pk,
    ("rete/enti/", "pk"): lambda scena, operatore: operatore.ente_id,
    ("rete/operatori/", "pk"): lambda scena, operatore: operatore.pk,
}
# name of the address → maker(scena, persona) → what a POST sends
DATI = {
    "scelta_ente": lambda scena, persona: {"operatore": getattr(scena.operatori.get(persona), "pk", 0)},
}
