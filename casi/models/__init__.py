from .ammissione import Ambito, Ammissione, BaseGiuridica, Finalita
from .ascolto import (
    Area,
    AreaRiservata,
    EsitoAscolto,
    Interlocutore,
    Modalita,
    Motivo,
    PrimoAscolto,
    Valutazione,
    VoceValutazione,
    VoceValutazioneRiservata,
)
from .caso import CON_ALTRI_ENTI, Caso, MotivoChiusura, StatoCaso
from .chiavi import ControlloChiave
from .condivisione import Opposizione, Proposta
from .conservazione import PROPONGONO, ClasseConservazione, Ragione, Scarto, VoceScarto
from .diario import Affidamento, Allegato, Destinatario, Livello, Riservata, TipoVoce, VoceDiario, su
from .emergenza import AccessoEmergenza, EsitoEmergenza, MotivoEmergenza
from .freno import Freno
from .fusione import Fusione
from .incarico import Incarico, Parte
from .informativa import Informativa
from .intervento import SENZA_EFFETTO, Intervento, StatoIntervento
from .lavoro import Avviso, Bozza, Operazione, TipoAvviso
from .limiti import Incompatibilita, MotivoIncompatibilita, NominatoAlSigillo, OrigineIncompatibilita, Oscuramento
from .nucleo import Componente, LegameSociale, Nucleo, Residenza, RuoloNelNucleo, TipoResidenza
from .percorso import Passaggio, PresaInCarico
from .permessi import PermessoGruppoSuCaso, PermessoUtenteSuCaso
from .persona import Persona
from .registro import AncoraRegistro, Esito, Registro, TestaRegistro
from .richiesta import Arrivo, Canale, Rapporto, Richiesta, Segnalazione, StatoRichiesta, Tramite
from .ripristino import MotivoRipristino, Riconosciuta, Ripristino
from .storico import CON_STORIA, ComponenteTolto, Storico

__all__ = [
    "CON_ALTRI_ENTI",
    "CON_STORIA",
    "PROPONGONO",
    "SENZA_EFFETTO",
    "AccessoEmergenza",
    "Affidamento",
    "Allegato",
    "Ambito",
    "Ammissione",
    "AncoraRegistro",
    "Area",
    "AreaRiservata",
    "Arrivo",
    "Avviso",
    "BaseGiuridica",
    "Bozza",
    "Canale",
    "Caso",
    "ClasseConservazione",
    "Componente",
    "ComponenteTolto",
    "ControlloChiave",
    "Destinatario",
    "Esito",
    "EsitoAscolto",
    "EsitoEmergenza",
    "Finalita",
    "Freno",
    "Fusione",
    "Incarico",
    "Incompatibilita",
    "Informativa",
    "Interlocutore",
    "Intervento",
    "LegameSociale",
    "Livello",
    "Modalita",
    "Motivo",
    "MotivoChiusura",
    "MotivoEmergenza",
    "MotivoIncompatibilita",
    "MotivoRipristino",
    "NominatoAlSigillo",
    "Nucleo",
    "Operazione",
    "Opposizione",
    "OrigineIncompatibilita",
    "Oscuramento",
    "Parte",
    "Passaggio",
    "PermessoGruppoSuCaso",
    "PermessoUtenteSuCaso",
    "Persona",
    "PresaInCarico",
    "PrimoAscolto",
    "Proposta",
    "Ragione",
    "Rapporto",
    "Registro",
    "Residenza",
    "Richiesta",
    "Riconosciuta",
    "Ripristino",
    "Riservata",
    "RuoloNelNucleo",
    "Scarto",
    "Segnalazione",
    "StatoCaso",
    "StatoIntervento",
    "StatoRichiesta",
    "Storico",
    "TestaRegistro",
    "TipoAvviso",
    "TipoResidenza",
    "TipoVoce",
    "Tramite",
    "Valutazione",
    "VoceDiario",
    "VoceScarto",
    "VoceValutazione",
    "VoceValutazioneRiservata",
    "su",
]
