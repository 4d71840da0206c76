"""Holes in what a household is told, and in who is known to be of it: alerts kept quiet, names, merges, ties."""

from .buco import Buco

DETTE, RAPPORTO = "casi/selectors/da_informare.py", "casi/selectors/rapporto.py"
CARTA = "casi/selectors/rapporto_arrivi.py"
TACIUTE = ("casi/test_taciute",)

FAMIGLIE = [
    # --- an alert she is not to know of
    Buco("detta con un motivo per tacerla", DETTE, "known, non_avvisata_perche__isnull=True", "known", TACIUTE),
    Buco(
        "detta con minori a rischio", DETTE, "Q(minori_a_rischio=False) | Q(avvisata_il__isnull=False)", "Q()", TACIUTE
    ),
    Buco(
        "taciuta contata nella copia",
        "casi/selectors/estratto.py",
        "dicibili().filter(caso=aperto.caso)",
        "aperto.caso.segnalazione_set.all()",
        TACIUTE,
    ),
    Buco(
        "taciuta fra ciò che manca",
        "casi/selectors/estratto_testi.py",
        "dicibili().filter(caso=caso)",
        "caso.segnalazione_set.all()",
        TACIUTE,
    ),
    Buco(
        "ascolto di una taciuta fra ciò che manca",
        "casi/selectors/estratto_testi.py",
        "senza_taciute(PrimoAscolto.objects.filter(caso=caso))",
        "PrimoAscolto.objects.filter(caso=caso)",
        TACIUTE,
    ),
    Buco("letture di una taciuta", RAPPORTO, ", dicibili(), ", ", dicibili().model.objects.all(), ", TACIUTE),
    Buco(
        "letture dell'ascolto di una taciuta",
        RAPPORTO,
        "senza_taciute(PrimoAscolto.objects.all())",
        "PrimoAscolto.objects.all()",
        TACIUTE,
    ),
    Buco(
        "letture di un ascolto suo",
        RAPPORTO,
        "PrimoAscolto.objects.all()), hers)",
        "PrimoAscolto.objects.all()))",
        TACIUTE,
    ),
    Buco("foglio di una taciuta", CARTA, "spoken(row), taciuta(row)", "spoken(row), False", TACIUTE),
    Buco("foglio che nomina una taciuta", CARTA, "told = dicibile(row)", "told = True", TACIUTE),
]
