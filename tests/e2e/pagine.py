"""One address per public template, in the demo's data, the right-to-left twins, and the pages of the reserved area."""

from casi.demo.lettura import key


def case_of(storia: str) -> str:
    return f"/casi/{key('caso', storia)}/"


PAGINE = {
    "home": "/",
    "catalogo": "/servizi/",
    "catalogo filtrato": "/servizi/?bisogno=mangiare&gratuito=on",
    "catalogo vuoto": "/servizi/?bisogno=vestirsi&comune=999004",
    "servizio": "/enti/caritas-santa-margherita/mensa-santa-margherita/",
    "emporio": "/enti/caritas-santa-margherita/emporio-la-madia/",
    "lavanderia": "/enti/ponte-di-giunco/lavanderia-lavatoi/",
    "alloggio": "/enti/caritas-santa-margherita/dormitorio-la-lanterna/",
    "alloggio riservato": "/enti/ginestra/casa-ginestra/",
    "tessera": "/enti/comune-borgo-arvella/tessera-spesa/",
    "civic center": "/enti/comune-borgo-arvella/civic-center-la-filanda/",
    "enti": "/enti/",
    "ente": "/enti/caritas-santa-margherita/",
    "luogo": "/enti/comune-borgo-arvella/la-filanda/",
    "notizie": "/notizie/",
    "notizia": "/notizie/piano-freddo-navetta/",
    "pagina semplice": "/come-funziona-la-rete/",
    "cerca": "/cerca/?q=lavatrice",
    "cerca vuoto": "/cerca/?q=",
    "cerca con filtri": "/cerca/?q=mensa&bisogno=mangiare&vicino=999001&ordina=distanza",
    "cerca senza risposta": "/cerca/?q=xqzwkj",
    "cerca altrove": "/cerca/?q=mensa&genere=servizio&comune=999002&tipo=mensa",
    "cerca in arabo": "/ar/cerca/?q=طعام",
    "non trovata": "/non-esiste/",
    "accesso": "/accesso/login/",
    "accesso demo": "/accesso/demo/",
    "home in arabo": "/ar/",
    "catalogo in arabo": "/ar/servizi/",
    "catalogo in inglese": "/en/servizi/",
    "home in ucraino": "/uk/",
}

# Who enters, and where he or she works all day.
RISERVATE = {
    "marisa": {
        "lavoro": "/",
        "arrivi": "/arrivi/",
        "casi": "/casi/",
        "cerca": "/cerca/",
        "sintesi": case_of("samira"),
        "persone": case_of("samira") + "persone/",
        "persona nuova": case_of("samira") + "persone/nuova/",
        "valutazione": case_of("samira") + "valutazione/",
        "diario": case_of("samira") + "diario/",
        "diario scrivi": case_of("samira") + "diario/scrivi/",
        "interventi": case_of("samira") + "interventi/",
        "quadro": case_of("castellari") + "interventi/quadro/",
        "condivisione": case_of("samira") + "condivisione/",
        "accessi": case_of("samira") + "accessi/",
    },
    "sandro": {"lavoro": "/", "registro": "/registro/", "emergenze": "/registro/emergenze/"},
    "ivana": {"assegnazioni": "/assegnazioni/", "conferma": "/rete/"},
}

# The rest of the area, page after page as who uses it; those that ask to confirm do so at the first of them.
SAMIRA = case_of("samira")
CHIESTA = f"/arrivi/richieste/{key('richiesta', 'scarto 5')}/"  # by a person who wants to be erased
ALTRE_RISERVATE = {
    "marisa": (
        SAMIRA + "valutazione/scrivi/",
        SAMIRA + "ascolti/",
        SAMIRA + "allegati/",
        SAMIRA + "allegati/aggiungi/",
        SAMIRA + "legami/nuovo/",
        SAMIRA + "interventi/nuovo/",
        SAMIRA + "nascosti/",
        SAMIRA + "limiti/",
        SAMIRA + "limiti/conflitto/",
        SAMIRA + "passi/fissa_verifica/",
        SAMIRA + "passi/sospende/",
        case_of("hrytsenko") + "passi/chiude/",
        SAMIRA + "condivisione/ammetti/",
        SAMIRA + "condivisione/assegna/",
        SAMIRA + "condivisione/opposizioni/",
        SAMIRA + "estratto/",
        SAMIRA + "cancellazione/",
        CHIESTA + "copia/",
        CHIESTA + "cancellazione/",
        f"/conservazione/{key('scarto', 'chiesto')}/",
        f"/conservazione/{key('scarto', 'chiesto')}/proroga/",
        "/ascolti/",
        "/ascolti/nuovo/",
        "/sovrapposizioni/",
        "/conservazione/",
        "/registro/miei/",
    ),
    "bruno": ("/", "/emergenza/", case_of("gherardoni") + "valutazione/"),
    "gildo": (
        "/",
        "/casi/",
        SAMIRA,
        SAMIRA + "diario/",
        SAMIRA + "interventi/",
        SAMIRA + "condivisione/proponi/",
        "/registro/ente/",
    ),
    "ettore": ("/", "/arrivi/", "/ascolti/nuovo/"),
    "noemi": ("/", "/ente/"),
    "amina": ("/", "/arrivi/nuova/"),
    "teodora": ("/", case_of("okafor")),
    "ivana": (
        "/",
        "/rete/",
        "/rete/adesioni/nuova/",
        "/scarti/",
        f"/scarti/{key('scarto', 'chiesto')}/",
        "/conferme/",
        "/registro/numeri/",
        case_of("kone") + "assegna/",
    ),
    "sandro": (
        "/registro/allerte/",
        "/registro/esporta/",
        "/registro/scarti/",
        f"/registro/scarti/{key('scarto', 'chiesto')}/",
        "/conferme/",
    ),
}
PER_TUTTI = (
    "/chiedi-aiuto/?lingua=it",
    "/chiedi-aiuto/?lingua=ar",
    "/segnala/?lingua=ar",
    "/chiedi-aiuto/ritira/?lingua=uk",
)
