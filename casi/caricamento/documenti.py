"""Documents stay as they are but for their pictures: each part has to be of an ordinary one, and of a bearable size."""

import io
import zipfile
from collections.abc import Callable, Iterator
from xml.parsers import expat

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from casi.caricamento.figure import redrawn_in, rewritten

ENTRIES, UNPACKED, RATIO = 1_000, 50 * 1024 * 1024, 200
END_MARK, END_RECORD = b"PK\x05\x06", 22
DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
ODT_TYPE = b"application/vnd.oasis.opendocument.text"
XLINK = "http://www.w3.org/1999/xlink"
ODT_LINK = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 a"
# What Word would fetch or run as it opens the text, by the first word of a field and by the kind of a link.
CAMPI = frozenset(
    ("DDE", "DDEAUTO", "DATABASE", "EMBED", "IMPORT", "INCLUDE", "INCLUDEPICTURE", "INCLUDETEXT", "LINK", "RD")
)
LEGAMI = ("/aFChunk", "/oleObject", "/package", "/control", "/vbaProject", "/subDocument")
BLANK = b" \t\r\n\xef\xbb\xbf\xff\xfe\0"  # what may stand before the first sign of an XML text
MORE_IN_ODT = (" script", " event-listener", " object-ole", " plugin", " applet")
ACTIVE = ("vbaproject", "vbadata", "activex/", "embeddings/", "basic/", "scripts/", "oleobject")


class NonOrdinarioError(Exception):
    """The archive is no plain document, whatever the reason."""


def cleaned_docx(content: bytes) -> bytes:
    return _cleaned(content, _docx)


def cleaned_odt(content: bytes) -> bytes:
    return _cleaned(content, _odt)


def _cleaned(content: bytes, of_its_kind: Callable[[zipfile.ZipFile], None]) -> bytes:
    """The document, its pictures drawn anew. Raises ValidationError for what is broken, a bomb, or more than a text."""
    try:
        if content[-END_RECORD:][:4] != END_MARK:  # something else stands after it
            raise NonOrdinarioError
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _bearable(archive, len(content))
            of_its_kind(archive)
            if archive.testzip() is not None:
                raise NonOrdinarioError
            pictures = redrawn_in(archive)
            return rewritten(archive, pictures) if pictures else content
    except Exception as error:  # a hostile archive breaks its reader in many ways
        raise ValidationError(
            _("Il documento è rovinato, contiene macro o si appoggia ad altri file: salvalo come PDF e riprova.")
        ) from error


def _bearable(archive: zipfile.ZipFile, size: int) -> None:
    entries = archive.infolist()
    names = {entry.filename.lower() for entry in entries}
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > ENTRIES or len(names) != len(entries) or unpacked > min(UNPACKED, RATIO * size):
        raise NonOrdinarioError
    # Entries that share their bytes add up to more than there are; a first bit set means encrypted.
    if sum(entry.compress_size for entry in entries) > size or any(entry.flag_bits & 1 for entry in entries):
        raise NonOrdinarioError
    if min(entry.header_offset for entry in entries) != 0:  # something else stands before the archive
        raise NonOrdinarioError
    for name in names:
        if name.startswith("/") or "\\" in name or ".." in name.split("/") or any(word in name for word in ACTIVE):
            raise NonOrdinarioError


def _docx(archive: zipfile.ZipFile) -> None:
    types: list[str] = []

    def content_type(name: str, attributes: dict[str, str]) -> None:
        types.append(attributes.get("ContentType", ""))

    _walk(archive.read("[Content_Types].xml"), content_type)
    if DOCX_TYPE not in types or any("macro" in each.lower() for each in types):
        raise NonOrdinarioError
    archive.getinfo("word/document.xml")
    for entry in archive.namelist():
        if entry.lower().endswith(".rels"):
            _walk(archive.read(entry), _stays_within)
    for part in _written_in(archive):
        if CAMPI & {word for code in _fields(part) for word in code.upper().split()[:1]}:
            raise NonOrdinarioError


def _stays_within(name: str, attributes: dict[str, str]) -> None:
    """A link a person may click is fine; a template or picture the program would fetch is not, nor is another file
    within this one."""
    kind = attributes.get("Type", "")
    if attributes.get("TargetMode") == "External" and not kind.endswith("/hyperlink"):
        raise NonOrdinarioError
    if kind.endswith(LEGAMI):
        raise NonOrdinarioError


def _written_in(archive: zipfile.ZipFile) -> Iterator[bytes]:
    """Whatever is XML, under any name: which part is the text is said elsewhere."""
    for entry in archive.infolist():
        content = archive.read(entry)
        if content.lstrip(BLANK).startswith(b"<"):
            yield content


def _fields(xml: bytes) -> list[str]:
    """The instruction of each field of a text of Word, put together again: it comes in pieces, and may hold others."""
    done: list[str] = []
    open_ones, reading = [""], [False]

    def begins(name: str, attributes: dict[str, str]) -> None:
        given = {each.rpartition(" ")[2]: value for each, value in attributes.items()}
        local, step = name.rpartition(" ")[2], given.get("fldCharType")
        reading.append(local in {"instrText", "delInstrText"})
        if local == "fldSimple":
            done.append(given.get("instr", ""))
        if local == "fldChar" and step == "begin":
            open_ones.append("")
        elif local == "fldChar" and step == "end" and len(open_ones) > 1:
            done.append(open_ones.pop())

    def says(piece: str) -> None:
        if reading[-1]:
            open_ones[-1] += piece

    _walk(xml, begins, says, lambda name: reading.pop())
    return done + open_ones


def _odt(archive: zipfile.ZipFile) -> None:
    first = archive.infolist()[0]
    if first.filename != "mimetype" or archive.read(first) != ODT_TYPE:
        raise NonOrdinarioError

    def element(name: str, attributes: dict[str, str]) -> None:
        """The same of an odt: a link in the text may lead out, everything else stays within the file."""
        target = attributes.get(f"{XLINK} href", "")
        if name != ODT_LINK and (":" in target or target.startswith(("/", ".."))):
            raise NonOrdinarioError
        if name.endswith(MORE_IN_ODT) or name.rpartition(" ")[2].startswith("dde-"):
            raise NonOrdinarioError

    for part in ("META-INF/manifest.xml", "content.xml"):
        archive.getinfo(part)
    for part in archive.namelist():  # an object within has its own
        if part.endswith(("content.xml", "styles.xml")):
            _walk(archive.read(part), element)


def _walk(
    xml: bytes,
    seen: Callable[[str, dict[str, str]], None],
    said: Callable[[str], None] | None = None,
    left: Callable[[str], object] | None = None,
) -> None:
    """`seen(name, attributes)` of each element, `said` of the text, `left(name)` where it ends. No document type:
    entities that grow, or point away, come with one."""

    def refuse(*args: object) -> None:
        raise NonOrdinarioError

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler, parser.CharacterDataHandler, parser.EndElementHandler = seen, said, left
    parser.Parse(xml, True)
