"""Documents that would fetch or run something as they are opened: not taken, whoever hides it and where."""

import zlib

import pytest
from django.core.exceptions import ValidationError

from casi.caricamento import admit
from tests.casi import campioni

FUORI = "http://192.0.2.7/x"
NESTED = "</w:instrText></w:r>" + campioni.inner_field("LINK x")
FETCHES = {
    "programma che parte": campioni.field(" DDEAUTO c:\\\\cmd.exe"),
    "campo in pezzi": campioni.field("dd", "e", " x y"),
    "figura da fuori": campioni.field(f'INCLUDEPICTURE "{FUORI}" \\d'),
    "campo dentro un altro": campioni.field("IF 1 = ").replace("</w:instrText></w:r>", NESTED),
    "campo mai finito": campioni.field("RD x").replace('w:fldCharType="end"', ""),
    "campo tolto": campioni.field("LINK x").replace("instrText", "delInstrText"),
    "campo semplice": campioni.simple_field(" INCLUDETEXT /etc/passwd "),
    "in sedici segni": campioni.field("LINK x").encode("utf-16"),
}
PLAIN = [["PAGE"], [' HYPERLINK "https://esempio.it/dde" '], ["DATE \\@ ", '"d MMMM"'], [" "], ["IF LINK = DDE"]]


@pytest.mark.parametrize("part", ["word/header1.xml", "word/x.bin"])
@pytest.mark.parametrize("text", FETCHES.values(), ids=FETCHES)
def test_word_document_with_a_field_that_fetches_or_runs_is_refused(text, part):
    """Which part is the text is said elsewhere: its name tells nothing."""
    with pytest.raises(ValidationError, match="salvalo come PDF"):
        admit("lettera.docx", campioni.docx(**{part: text}))


@pytest.mark.parametrize("pieces", PLAIN)
def test_word_document_with_fields_that_fetch_nothing_is_taken(pieces):
    text = campioni.field(*pieces)
    prose = text.replace("<w:p>", "<w:p><w:r><w:t>DDEAUTO è una parola</w:t></w:r>")
    for each in (text, prose, campioni.simple_field(pieces[0].replace('"', ""))):
        assert admit("lettera.docx", campioni.docx(**{"word/header1.xml": each})).tipo


@pytest.mark.parametrize("kind", ["aFChunk", "oleObject", "package", "control", "vbaProject", "subDocument"])
def test_word_document_with_another_file_within_is_refused(kind):
    """Under any name: it is the link that tells Word what it is."""
    link = f'<Relationship Id="r1" Type="{campioni.OFFICE}/{kind}" Target="pagina.html"/>'
    with pytest.raises(ValidationError, match="salvalo come PDF"):
        admit("lettera.docx", campioni.docx(relationship=link))
    plain = link.replace(f"/{kind}", "/image")
    assert admit("lettera.docx", campioni.docx(relationship=plain)).tipo


@pytest.mark.parametrize(
    "body", ['<text:dde-connection-decl x="y"/>', "<draw:object-ole/>", "<draw:plugin/>", "<draw:applet/>"]
)
def test_odt_that_fetches_or_runs_is_refused(body):
    with pytest.raises(ValidationError, match="salvalo come PDF"):
        admit("lettera.odt", campioni.odt(body=body))


def test_odt_whose_inner_object_fetches_is_refused():
    for inside, taken in (("<text:dde-connection/>", False), ("<text:p/>", True)):
        made = campioni.odt(**{"Object 1/content.xml": campioni.odt_text(inside).encode()})
        if taken:
            assert admit("lettera.odt", made).tipo
        else:
            with pytest.raises(ValidationError, match="salvalo come PDF"):
                admit("lettera.odt", made)


def acting(what: str, *, packed: bool) -> bytes:
    """A PDF that does `what`; with `packed`, said among objects packed together."""
    said = f"<</S{what}/X(x)>>".encode()
    if packed:
        objects = zlib.compress(b"  7 0 " + said)
        said = b"<</Type/ObjStm/N 1/First 6/Length %d>>stream\n%s\nendstream" % (len(objects), objects)
    return campioni.PDF.replace(b"trailer", b"2 0 obj" + said + b"endobj\ntrailer")


@pytest.mark.parametrize("packed", [False, True], ids=["in chiaro", "fra oggetti"])
@pytest.mark.parametrize(
    "what",
    ["/JavaScript", "/J#61vaScript", "/Launch", "/EmbeddedFiles", "/EmbeddedFile", "/SubmitForm", "/RichMedia"],
)
def test_pdf_that_does_something_is_refused(what, packed):
    with pytest.raises(ValidationError, match="comandi o altri file"):
        admit("documento.pdf", acting(what, packed=packed))


@pytest.mark.parametrize("packed", [False, True], ids=["in chiaro", "fra oggetti"])
@pytest.mark.parametrize("what", ["/GoTo", "/URI", "/Launcher", "/JavaScripts"])
def test_pdf_that_leads_to_a_page_is_taken(what, packed):
    sent = acting(what, packed=packed)
    assert admit("documento.pdf", sent).contenuto == sent


def test_pdf_whose_objects_would_fill_the_memory_is_refused():
    with pytest.raises(ValidationError, match="rovinato"):
        admit("bomba.pdf", campioni.pdf(b"1 0 " + bytes(51 * 1024 * 1024), packed=True))
