"""Which files come in, as what, and what does not come in with them."""

import io
import re
import socket
import struct
import time
import unicodedata
import zipfile
import zlib
from contextlib import nullcontext
from threading import Thread

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from casi.caricamento import LARGEST, admit
from casi.caricamento.antivirus import EICAR
from casi.caricamento.nomi import split_name
from casi.caricamento.pdf import MOST_STREAMS, cleaned_pdf
from tests.casi import campioni

CANARINO = "Canarino-7731"


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("referto.PDF", campioni.PDF, "application/pdf"),
        ("foto.jpg", campioni.picture(), "image/jpeg"),
        ("foto.jpeg", campioni.picture(), "image/jpeg"),
        ("foto.png", campioni.picture("PNG"), "image/png"),
        ("lettera.odt", campioni.odt(), "application/vnd.oasis.opendocument.text"),
        ("lettera.docx", campioni.docx(relationship=campioni.outside("hyperlink")), "openxmlformats"),
    ],
)
def test_admit_takes_the_six_extensions_with_their_content(name, content, kind):
    assert kind in admit(name, content).tipo


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("disegno.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
        ("disegno.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("programma.exe", b"MZ"),
        ("senza-estensione", campioni.PDF),
        ("foto.jpg", campioni.picture("PNG")),
        ("foto.png", campioni.PDF),
        ("documento.pdf", campioni.picture()),
        ("documento.pdf", b"<html>" + campioni.PDF),
        ("documento.docx", campioni.odt()),
        ("documento.odt", campioni.docx()),
        ("documento.docx", campioni.archive({"a.txt": "ciao"})),
        ("vuoto.pdf", b""),
        ("tronco.pdf", campioni.PDF[:20]),
        ("tronca.jpg", campioni.picture()[:200]),
        ("tronco.docx", campioni.docx()[:-30]),
        ("grande.pdf", campioni.PDF[:-6] + b" " * LARGEST + b"%%EOF\n"),
        ("pagina.pdf.html", campioni.PDF),
    ],
)
def test_admit_refuses_what_is_not_what_it_says(name, content):
    with pytest.raises(ValidationError):
        admit(name, content)


@pytest.mark.parametrize("name", ["foto.jpg", "foto.png"])
def test_admit_draws_pictures_anew_without_what_hid_in_them(name):
    content = campioni.picture("JPEG" if name.endswith("jpg") else "PNG", canary=CANARINO)
    assert content.count(CANARINO.encode()) >= 2
    kept = admit(name, content).contenuto
    assert CANARINO.encode() not in kept
    with Image.open(io.BytesIO(kept)) as again:
        assert again.size == (20, 40)  # upright, as its EXIF said
        assert not dict(again.getexif())


def test_admit_drops_the_archive_behind_a_picture():
    kept = admit("foto.png", campioni.picture("PNG") + campioni.archive({"x.txt": "ciao"})).contenuto
    assert not zipfile.is_zipfile(io.BytesIO(kept))


def test_admit_keeps_transparency_and_turns_other_colours_plain():
    out = io.BytesIO()
    Image.new("RGBA", (4, 4), (1, 2, 3, 0)).save(out, "PNG")
    with Image.open(io.BytesIO(admit("a.png", out.getvalue()).contenuto)) as kept:
        assert kept.mode == "RGBA"
    out = io.BytesIO()
    Image.new("CMYK", (4, 4)).save(out, "JPEG")
    with Image.open(io.BytesIO(admit("a.jpg", out.getvalue()).contenuto)) as kept:
        assert kept.mode == "RGB"


@pytest.mark.parametrize("size", [(6400, 6400), (20_000, 10_000)])
def test_admit_refuses_a_picture_that_would_fill_the_memory(size):
    out = io.BytesIO()
    Image.new("1", size).save(out, "PNG")
    assert len(out.getvalue()) < 100_000
    with pytest.raises(ValidationError, match="troppo grande"):
        admit("bomba.png", out.getvalue())


def with_lying_size(content: bytes) -> bytes:
    """The same archive, whose directory says that its last entry, which nobody reads, unpacks to ten bytes."""
    changed = bytearray(content)
    place = content.rindex(b"PK\x01\x02")
    changed[place + 24 : place + 28] = struct.pack("<L", 10)
    return bytes(changed)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(campioni.docx(word__media__zero=bytes(60 * 1024 * 1024)), id="oltre la dimensione"),
        pytest.param(campioni.docx(word__media__zero=bytes(9 * 1024 * 1024)), id="oltre il rapporto"),
        pytest.param(campioni.docx(**{f"word__x{n}": "" for n in range(1_001)}), id="troppe parti"),
        pytest.param(with_lying_size(campioni.docx(word__media__a="x" * 500)), id="dimensione falsa"),
        pytest.param(campioni.docx(word__vbaProject__bin="x"), id="macro"),
        pytest.param(campioni.docx(word__embeddings__foglio="x"), id="oggetto incorporato"),
        pytest.param(
            campioni.docx(kind="application/vnd.ms-word.document.macroEnabled.main+xml"), id="docm col nome cambiato"
        ),
        pytest.param(campioni.docx(relationship=campioni.outside("attachedTemplate")), id="modello da fuori"),
        pytest.param(campioni.docx(relationship=campioni.outside("image")), id="immagine da fuori"),
        pytest.param(campioni.docx(**{"..__..__etc__passwd": "x"}), id="esce dalla cartella"),
        pytest.param(campioni.docx(__etc__passwd="x"), id="percorso assoluto"),
        pytest.param(campioni.docx() + b"coda", id="coda"),
        pytest.param(campioni.docx() + campioni.docx(), id="due archivi"),
    ],
)
def test_admit_refuses_a_word_document_that_is_more_than_a_text(content):
    with pytest.raises(ValidationError):
        admit("lettera.docx", content)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(campioni.odt(mimetype="application/vnd.oasis.opendocument.text-template"), id="modello"),
        pytest.param(campioni.odt(body='<draw:image xlink:href="http://192.0.2.7/x.png"/>'), id="immagine da fuori"),
        pytest.param(campioni.odt(body='<draw:image xlink:href="/etc/passwd"/>'), id="file di chi legge"),
        pytest.param(campioni.odt(body='<draw:image xlink:href="../../x"/>'), id="esce dalla cartella"),
        pytest.param(campioni.odt(body="<script:event-listener/>"), id="macro"),
        pytest.param(campioni.odt(prolog='<!DOCTYPE a [<!ENTITY b "c">]>'), id="entità"),
        pytest.param(campioni.odt(body="<text:p>"), id="rotto"),
    ],
)
def test_admit_refuses_an_odt_that_is_more_than_a_text(content):
    with pytest.raises(ValidationError):
        admit("lettera.odt", content)


def test_admit_takes_an_odt_with_links_in_the_text():
    body = '<text:a xlink:href="https://esempio.it">qui</text:a><draw:image xlink:href="Pictures/a.png"/>'
    admit("lettera.odt", campioni.odt(body=body))


def inside(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
@pytest.mark.parametrize("name", ["lettera.docx", "lettera.odt"])
def test_admit_draws_the_pictures_of_a_document_anew(name, kind):
    photo = campioni.picture(kind, canary=CANARINO)
    made = campioni.docx(word__media__foto=photo) if name.endswith("docx") else campioni.odt(Pictures__foto=photo)
    kept = inside(admit(name, made).contenuto)
    assert CANARINO.encode() in b"".join(inside(made).values())
    assert CANARINO.encode() not in b"".join(kept.values())
    assert list(kept) == list(inside(made))  # an odt begins with its type
    with Image.open(io.BytesIO(kept.pop("word/media/foto", b"") or kept.pop("Pictures/foto"))) as again:
        assert again.size == ((20, 40) if kind == "TIFF" else (40, 20))  # as its format lies: the document turns it
    assert all(kept[each] == content for each, content in inside(made).items() if each in kept)
    assert admit(name, admit(name, made).contenuto).tipo  # still a document


def test_document_without_pictures_is_kept_as_it_came():
    assert admit("lettera.docx", made := campioni.docx()).contenuto == made


@pytest.mark.parametrize(
    "photo",
    [
        pytest.param(b"RIFF....WEBPVP8XEXIF....Exif\0\0" + CANARINO.encode(), id="formato che non si ridisegna"),
        pytest.param(campioni.picture()[:100], id="rotta"),
    ],
)
def test_admit_refuses_a_document_with_a_picture_that_cannot_be_cleaned(photo):
    with pytest.raises(ValidationError):
        admit("lettera.docx", campioni.docx(word__media__foto=photo))


def test_admit_refuses_a_document_whose_pictures_together_would_fill_the_memory():
    out = io.BytesIO()
    Image.new("1", (6_000, 6_000)).save(out, "PNG")
    with pytest.raises(ValidationError):
        admit("lettera.docx", campioni.docx(**{f"word__media__{n}": out.getvalue() for n in range(5)}))


def photograph() -> bytes:
    """As a phone makes it: the place in its EXIF and in its comment."""
    return campioni.picture("JPEG", canary=CANARINO).removesuffix(CANARINO.encode())


@pytest.mark.parametrize("behind", [b"", b"\0\0"], ids=["una foto", "una seconda dietro"])
def test_admit_blanks_what_the_photographs_of_a_pdf_tell_and_moves_nothing(behind):
    photo = photograph() + (behind + photograph() if behind else b"")
    sent = campioni.pdf(photo)
    kept = admit("scansione.pdf", sent).contenuto
    assert CANARINO.encode() in sent
    # Behind the first picture there is no telling a comment from the points of the second: the EXIF goes all the same.
    assert kept.count(CANARINO.encode()) == (1 if behind else 0)
    assert b"Exif\0" not in kept
    assert len(kept) == len(sent)
    start = sent.index(photo)
    assert kept[:start] == sent[:start]
    picture = Image.open(io.BytesIO(kept[start : start + len(photo)]))
    assert picture.tobytes() == Image.open(io.BytesIO(photo)).tobytes()
    assert not picture.getexif()


def test_admit_blanks_a_photograph_packed_once_more():
    sent = campioni.pdf(photograph(), packed=True)
    kept = admit("scansione.pdf", sent).contenuto
    assert len(kept) == len(sent)
    start = sent.index(b"stream\n") + len(b"stream\n")
    plain = zlib.decompressobj().decompress(kept[start:])
    assert CANARINO.encode() not in plain
    assert not Image.open(io.BytesIO(plain)).getexif()


def test_admit_refuses_a_pdf_whose_packed_photographs_would_fill_the_memory():
    bomb = campioni.pdf(b"\xff\xd8\xff\xe0" + bytes(51 * 1024 * 1024), packed=True)
    assert len(bomb) < LARGEST
    with pytest.raises(ValidationError, match="troppo grandi"):
        admit("bomba.pdf", bomb)


HIDDEN = zlib.compress(b"\xff\xd8\xff\xe0\0\x02" * 20, 9)


@pytest.mark.parametrize(
    ("filler", "count", "refused"),
    [
        (b"stream\nx\xda", MOST_STREAMS + 1, True),
        (b"stream\nx\xda", MOST_STREAMS, False),
        (b"stream\n" + HIDDEN, MOST_STREAMS, True),
        (b"stream\n\xff\xd8\xff\xdb\0\x02", MOST_STREAMS, False),
    ],
)
def test_pdf_full_of_beginnings_is_told_in_a_moment(filler, count, refused):
    """Cost grows with the length alone; those without an end, or too many, are refused."""
    hostile = b"%PDF-1.4\n" + filler * count + b"\xff\xdb\0\x02" * 200_000 + b"\n%%EOF\n"
    start = time.process_time()
    with pytest.raises(ValidationError, match="rovinato") if refused else nullcontext():
        cleaned_pdf(hostile)
    assert time.process_time() - start < 2


def test_photograph_packed_without_an_end_is_refused():
    with pytest.raises(ValidationError, match="rovinato"):
        admit("scansione.pdf", b"%PDF-1.4\nstream\n" + zlib.compress(photograph()) + b"\n%%EOF\n")


def test_every_photograph_of_a_pdf_is_cleaned():
    for packed in (True, False):
        sent = campioni.pdf(photograph(), packed=packed)
        whole = sent.replace(b"%%EOF", b"") + sent[sent.index(b"2 0 obj") :]
        kept = admit("scansione.pdf", whole).contenuto
        plain = (
            kept
            if not packed
            else b"".join(
                zlib.decompressobj().decompress(kept[found.end() :]) for found in re.finditer(rb"[^d]stream\n", kept)
            )
        )
        assert plain.count(b"JFIF") >= 2
        assert CANARINO.encode() not in plain
        assert b"Exif" not in plain


def test_pdf_without_photographs_is_kept_as_it_came():
    """Also when its bytes look like a photograph's, elsewhere than at the beginning of a stream."""
    lookalike = campioni.PDF.replace(b"trailer", b"%\xff\xd8\xff\xe1\0\x08parole\ntrailer")
    for content in (campioni.PDF, lookalike):
        assert admit("referto.pdf", content).contenuto == content


def test_admit_refuses_a_pdf_that_is_an_archive_too():
    with pytest.raises(ValidationError):
        admit("documento.pdf", campioni.PDF + campioni.archive({"x": "ciao"}) + b"\n%%EOF")


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("../../etc/referto.pdf", "referto.pdf"),
        (r"C:\Documenti\referto.pdf", "referto.pdf"),
        ("referto\u202efdp.exe.pdf", "refertofdp.exe.pdf"),
        ("re\u200bferto\x00\r\nSet-Cookie: a.pdf", "referto Set-Cookie_ a.pdf"),
        ('a"; filename="b.pdf', "a_; filename=_b.pdf"),
        (".pdf", "allegato.pdf"),
        ("   ..  .pdf", "allegato.pdf"),
        ("x" * 500 + ".pdf", "x" * 100 + ".pdf"),
        ("Élia — carta d'identità.pdf", "Élia — carta d'identità.pdf"),
        ("رسالة.pdf", "رسالة.pdf"),
    ],
)
def test_name_is_made_safe_and_stays_readable(written, name):
    made = ".".join(split_name(written))
    assert made == name
    assert not any(unicodedata.category(letter).startswith("C") for letter in made)


def test_admit_refuses_the_antivirus_test_file_without_any_antivirus():
    with pytest.raises(ValidationError, match="virus"):
        admit("documento.pdf", campioni.PDF.replace(b"endobj", EICAR + b"endobj"))


@pytest.fixture
def clamd(tmp_path, settings):
    """A clamd that answers what the test says; what it was sent is in `got`."""
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(str(tmp_path / "clamd"))
    listener.listen(1)
    settings.CLAMD = str(tmp_path / "clamd")
    got: list[bytes] = []

    def serve(answer: bytes) -> None:
        connection, _address = listener.accept()
        with connection, connection.makefile("rb") as stream:
            assert stream.read(10) == b"zINSTREAM\0"
            while size := struct.unpack("!L", stream.read(4))[0]:
                got.append(stream.read(size))
            connection.sendall(answer)

    threads = []

    def answering(answer: bytes) -> list[bytes]:
        threads.append(Thread(target=serve, args=[answer]))
        threads[-1].start()
        return got

    yield answering
    for thread in threads:
        thread.join()
    listener.close()


def test_clamd_is_sent_the_whole_file_and_its_answer_counts(clamd):
    got = clamd(b"stream: OK\0")
    admit("documento.pdf", campioni.PDF)
    assert b"".join(got) == campioni.PDF
    clamd(b"stream: Win.Test FOUND\0")
    with pytest.raises(ValidationError, match="virus"):
        admit("documento.pdf", campioni.PDF)


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b""])
def test_clamd_that_gives_up_calls_nothing_a_virus_and_lets_nothing_in(clamd, answer):
    clamd(answer)
    with pytest.raises(ValidationError, match="non risponde"):
        admit("documento.pdf", campioni.PDF)


@pytest.mark.parametrize("where", ["/non/esiste", "127.0.0.1:1"])
def test_clamd_that_should_answer_and_does_not_lets_nothing_in(settings, where):
    settings.CLAMD = where
    with pytest.raises(ValidationError, match="non risponde"):
        admit("documento.pdf", campioni.PDF)
