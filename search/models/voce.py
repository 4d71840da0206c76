"""The index: one row per public page and language of the portal, with all that a result or a filter needs."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func
from django.db.models.functions import Collate
from django.utils import timezone


def codici() -> ArrayField:
    return ArrayField(models.CharField(max_length=60), default=list, blank=True)


class Vettore(models.GeneratedField):
    """What PostgreSQL searches in; written by the database itself and never read back."""

    db_returning = False  # type: ignore[assignment]


class VoceIndice(models.Model):
    """What the public may find of one page, in the words of one language; the only thing public search reads.

    `gruppo` is the page's translation key (of a document, a key made from its number): with `lingua` it names the row.
    `pagina_id` is the page, or where a document is offered.
    `lingua` is the reader's, `originale` that of `titolo`, `descrizione` and `testo`: Italian where nobody translated.
    """

    gruppo = models.UUIDField()
    lingua = models.CharField(max_length=10)
    originale = models.CharField(max_length=10)
    pagina_id = models.BigIntegerField(db_index=True)
    genere = models.CharField(max_length=20)
    titolo = models.CharField(max_length=255)
    titolo_piano = models.CharField(max_length=300)  # without accents and signs, a space before each word
    descrizione = models.TextField(blank=True)
    parole_chiave = models.TextField(blank=True)
    testo = models.TextField(blank=True)
    url = models.TextField()
    tipo = models.CharField(max_length=40, blank=True)
    tipo_nome = models.CharField(max_length=80, blank=True)
    bisogni = codici()
    per = codici()
    accessi = codici()
    comune = models.CharField(max_length=6, blank=True)
    comune_nome = models.CharField(max_length=80, blank=True)
    ente = models.CharField(max_length=20, blank=True)
    ente_nome = models.CharField(max_length=160, blank=True)
    gratuito = models.BooleanField(null=True)
    serve_isee = models.BooleanField(null=True)
    lat = models.FloatField(null=True)  # of the municipality, degrees
    lon = models.FloatField(null=True)
    telefono = models.CharField(max_length=60, blank=True)
    tassello = models.CharField(max_length=40, blank=True)
    tinta = models.CharField(max_length=20, blank=True)
    scadenza = models.DateField(null=True)  # last day on which it may be found
    aggiornata_il = models.DateTimeField(null=True)
    scritta_il = models.DateTimeField(default=timezone.now)
    valori = codici()  # all of the above that one may narrow by, as "campo:codice"
    vettore = Vettore(
        expression=Func(
            *map(F, ("lingua", "originale", "titolo", "parole_chiave", "descrizione", "testo")),
            function="search_vettore",
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    nomi = Vettore(  # the same without the text: what thousands are ordered by
        expression=Func(
            *map(F, ("lingua", "originale", "titolo", "parole_chiave", "descrizione")), function="search_nomi"
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = "voce dell'indice"
        verbose_name_plural = "voci dell'indice"
        constraints = [models.UniqueConstraint(fields=["gruppo", "lingua"], name="unique_voce_gruppo_lingua")]
        # The language is in one index only, so that words are always looked up and never read out of the rows.
        indexes = [
            GinIndex("lingua", "vettore", name="search_voce_vettore", fastupdate=False),
            GinIndex(OpClass("titolo_piano", "gin_trgm_ops"), name="search_voce_titolo"),
            models.Index(F("lingua"), Collate("titolo_piano", "C"), name="search_voce_inizio"),
            models.Index(fields=["comune"], name="search_voce_comune"),
        ]

    def __str__(self) -> str:
        return f"{self.titolo} ({self.lingua})"


class ParolaNota(models.Model):
    """A word that stands somewhere in the index: what a mistyped one is compared with."""

    lingua = models.CharField(max_length=10)
    parola = models.CharField(max_length=60)

    class Meta:
        verbose_name = "parola nota"
        verbose_name_plural = "parole note"
        constraints = [models.UniqueConstraint(fields=["lingua", "parola"], name="unique_parola_lingua")]
        indexes = [GinIndex("lingua", OpClass("parola", "gin_trgm_ops"), name="search_parola_trigrammi")]

    def __str__(self) -> str:
        return self.parola
