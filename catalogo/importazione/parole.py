"""What the words of a published text tell about needs, audiences and ways in.

Data, so that one can add a word without reading code. A text that matches nothing gets nothing: an editor decides.
"""

import re

DESTINATARI = {
    "senza_dimora": r"senza (dimora|fissa dimora|casa|tetto|alloggio)|senzatetto|in strada",
    "famiglie_figli": r"mamm\w+ con|madri con|con (figli|bambini|minori)|neonat",
    "famiglie": r"famigli|nucle",
    "donne": r"\bdonn|\bmadri|\bmamm|ragazza",
    "uomini": r"\buomini|\bmaschi",
    "anziani": r"anzian|pensionat",
    "stranieri": r"stranier|immigrat|migrant|rifugiat|profug",
    "bambini_ragazzi": r"bambin|ragazz|alunn|scolari|minori|adolescent",
    "giovani": r"giovan",
    "disabilita": r"disabil",
    "cerca_lavoro": r"disoccupat|cerca\w* (di )?lavoro",
    "tutti": r"\btutti\b|chiunque|cittadin|popolazione|aperto a",
}
ACCESSI = {
    "libero": r"\blibero\b|senza (prenotazione|appuntamento)|accesso diretto|direttamente|ci si presenta|si presenta",
    "appuntamento": r"(?<!senza )(appuntamento|prenotazion)",
    "telefonata": r"telefon",
    "colloquio_ascolto": r"centr\w+ (di |d')ascolto|colloquio|ascolto",
    "tessera": r"tessera",
    "invio_servizi_sociali": r"serviz\w+ social|assistente sociale|segnalazione dei servizi",
    "invio_scuola": r"segnalazione della scuola",
    "iscrizione": r"iscri",
    "domanda": r"\bdomanda\b|commissione|\bbando\b",
}
ARGOMENTI_PER_TIPO = {
    "emporio": "prodotti_alimentari",
    "mensa": "prodotti_alimentari",
    "banco_alimentare": "prodotti_alimentari",
    "tessera_prepagata": "prodotti_alimentari",
    "docce": "igiene_pubblica",
    "lavanderia": "igiene_pubblica",
    "doposcuola": "istruzione",
    "civic_center": "integrazione_sociale",
    "dormitorio": "risposta_alle_emergenze",
}
TIPI_DI_ENTE = {
    "scuola": r"^istituto comprensivo|^scuola",
    "parrocchia": r"caritas|parrocch|diocesi|diocesan|decanale|\bsuore\b|missionari",
    "ente_pubblico": r"^(comune|asp|asl|azienda (sociale|speciale)|ambito|unione|provincia|regione)\b",
    "odv": r"\bodv\b|volontariato|croce rossa|san vincenzo",
    "aps": r"\baps\b|\barci\b|circolo|auser",
    "coop_sociale": r"cooperativa",
    "fondazione": r"^fondazione|\bopera\b",
}
GRATIS = r"\bgrat(is|uit)|nessun costo|si paga con punti|non con denaro"
COSTA = r"(€|euro)\s*\d|\d\s*(€|euro)|a pagamento|contributo|retta|ticket"


def found(words: dict[str, str], text: str) -> list[str]:
    """Codes whose words are in `text`, in the order of the table."""
    return [code for code, pattern in words.items() if re.search(pattern, text, re.IGNORECASE)]


def is_free(text: str) -> bool | None:
    """Whether the published costs say it is free; None when they don't tell."""
    if re.search(COSTA, text, re.IGNORECASE):
        return False
    return True if re.search(GRATIS, text, re.IGNORECASE) else None


def number_before(words: str, text: str) -> int | None:
    """18 from "18 posti", up to 9,999; the number after "fino a" counts as well."""
    match = re.search(rf"\b(\d{{1,4}})\s+(?:{words})\b", text, re.IGNORECASE)
    return int(match.group(1)) if match else None
