"""Files to be uploaded, good and bad, made here so that no binary lies in the repository."""

import io
import zipfile
import zlib

from PIL import Image
from PIL.PngImagePlugin import PngInfo

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
ODT_TYPE = "application/vnd.oasis.opendocument.text"
DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def picture(format_name: str = "JPEG", size: tuple[int, int] = (40, 20), canary: str = "") -> bytes:
    """A picture; with `canary`, that text in its EXIF, its comment or its text chunk, and after its end."""
    out = io.BytesIO()
    image = Image.new("RGB", size, (120, 40, 40))
    exif = Image.Exif()
    exif[0x010E], exif[0x0112] = canary or "nulla", 6  # description; turned by a quarter
    text = PngInfo()
    text.add_text("Comment", canary or "nulla")
    more = {"PNG": {"pnginfo": text}, "JPEG": {"comment": canary or "nulla"}}.get(format_name, {})
    image.save(out, format_name, exif=exif, **more)
    return out.getvalue() + canary.encode()


def pdf(photo: bytes, *, packed: bool = False) -> bytes:
    """A page with a photograph on it."""
    kept = zlib.compress(photo) if packed else photo
    kind = b"[/FlateDecode/DCTDecode]" if packed else b"/DCTDecode"
    head = b"<</Subtype/Image/Width 40/Height 20/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter %s/Length %d>>"
    image = b"2 0 obj" + head % (kind, len(kept)) + b"stream\n" + kept + b"\nendstream endobj\n"
    return PDF.replace(b"trailer", image + b"trailer")


def archive(entries: dict[str, str | bytes], *, compress: bool = True) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED) as made:
        for name, content in entries.items():
            made.writestr(name, content)
    return out.getvalue()


def docx(*, relationship: str = "", kind: str = DOCX_TYPE, **more: str | bytes) -> bytes:
    """A Word document; `relationship` is the inside of its list of links, `more` other entries (__ stands for /)."""
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    override = f'<Override PartName="/word/document.xml" ContentType="{kind}"/>'
    return archive(
        {
            "[Content_Types].xml": f'<Types xmlns="{types}">{override}</Types>',
            "word/document.xml": "<document>Ciao</document>",
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELS}">{relationship}</Relationships>',
            **{name.replace("__", "/"): content for name, content in more.items()},
        }
    )


def outside(kind: str) -> str:
    """A link of a Word document to somewhere else."""
    return f'<Relationship Id="r1" Type="{OFFICE}/{kind}" Target="http://192.0.2.7/x" TargetMode="External"/>'


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def field(*pieces: str) -> str:
    """A text of Word with a field, its instruction in as many pieces as Word likes."""
    return f'<w:document xmlns:w="{WORD}"><w:p>{inner_field(*pieces)}</w:p></w:document>'


def inner_field(*pieces: str) -> str:
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    runs = "\n".join(f"<w:r><w:instrText>{each}</w:instrText></w:r>" for each in pieces)
    return f"{begin}{runs}{end}"


def simple_field(instruction: str) -> str:
    return f'<w:p xmlns:w="{WORD}"><w:fldSimple w:instr="{instruction}"/></w:p>'


def odt(*, body: str = "<text:p>Ciao</text:p>", mimetype: str = ODT_TYPE, prolog: str = "", **more: bytes) -> bytes:
    entries = {"mimetype": mimetype, "content.xml": prolog + odt_text(body), "META-INF/manifest.xml": "<m/>"}
    others = {name.replace("__", "/"): each for name, each in more.items()}
    return archive({**entries, **others}, compress=False)


def odt_text(body: str) -> str:
    office = "urn:oasis:names:tc:opendocument:xmlns"
    return (
        f'<office:document xmlns:office="{office}:office:1.0" xmlns:text="{office}:text:1.0" '
        f'xmlns:draw="{office}:drawing:1.0" xmlns:script="{office}:script:1.0" '
        f'xmlns:xlink="http://www.w3.org/1999/xlink">{body}</office:document>'
    )
