"""A small PDF of plain lines in Korean and English, behind a cover that says nothing.

The Korean fonts are those that every PDF reader brings for Adobe-Korea1, so nothing is
embedded and a page of text is a few kilobytes. Source: PDF 32000-1, 9.7.5.2 (predefined CMaps).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 595, 842
"""A4, in points."""
MARGIN = 56
LEADING = 1.55
COVER = ("메모", "Notes")
_FONT = (
    "<< /Type /Font /Subtype /Type0 /BaseFont /HYGoThic-Medium /Encoding /UniKS-UTF16-H"
    " /DescendantFonts [4 0 R] >>"
)
_DESCENDANT = (
    "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /HYGoThic-Medium"
    " /CIDSystemInfo << /Registry (Adobe) /Ordering (Korea1) /Supplement 1 >>"
    " /DW 1000 /W [1 95 500] /FontDescriptor 5 0 R >>"
)
_DESCRIPTOR = (
    "<< /Type /FontDescriptor /FontName /HYGoThic-Medium /Flags 6 /FontBBox [0 -200 1000 900]"
    " /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 737 /StemV 58 >>"
)
_FIXED = 5
"""Objects before the pages: catalog, pages, font, descendant, descriptor."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text, before it is broken to the width of the page."""

    text: str
    size: float = 10.5
    space: float = 0.0
    """Points of empty space above it."""


def document(lines: Iterable[Line]) -> bytes:
    """Return a PDF: the cover, then these lines, with the number of each page at its foot."""
    cover = [Line(COVER[0], 28, 260), Line(COVER[1], 16, 8)]
    pages = [_content(cover), *map(_content, _paged(lines))]
    kids = " ".join(f"{_FIXED + 1 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /ViewerPreferences << /DisplayDocTitle true >> >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode(),
        _FONT.encode(),
        _DESCENDANT.encode(),
        _DESCRIPTOR.encode(),
    ]
    for number, content in enumerate(pages):
        objects += [_page(_FIXED + 2 + 2 * number), _stream(content)]
    objects.append(b"<< /Title (Notes) >>")
    return _file(objects)


def broken(text: str, size: float) -> Iterator[str]:
    """Break a text into lines that fit between the margins."""
    room = (WIDTH - 2 * MARGIN) / size
    for paragraph in text.split("\n"):
        line, used = "", 0.0
        for letter in paragraph:
            wide = 0.5 if letter.isascii() else 1.0
            if used + wide > room:
                at = line.rfind(" ") + 1 or len(line)
                yield line[:at].rstrip()
                line = line[at:]
                used = _wide(line)
            line, used = line + letter, used + wide
        yield line


def _wide(text: str) -> float:
    return sum(0.5 if letter.isascii() else 1.0 for letter in text)


def _paged(lines: Iterable[Line]) -> Iterator[list[Line]]:
    page: list[Line] = []
    room = float(HEIGHT - 2 * MARGIN)
    for line in lines:
        for first, text in enumerate(broken(line.text, line.size)):
            one = Line(text, line.size, 0.0 if first else line.space)
            needs = one.space + one.size * LEADING
            if needs > room and page:
                yield page
                page, room = [], float(HEIGHT - 2 * MARGIN)
            page.append(one)
            room -= needs
    yield page


def _content(lines: Sequence[Line]) -> bytes:
    y = float(HEIGHT - MARGIN)
    parts = []
    for line in lines:
        y -= line.space + line.size * LEADING
        shown = line.text.encode("utf-16-be", "replace").hex()
        parts.append(f"BT /F1 {line.size:g} Tf {MARGIN} {y:.1f} Td <{shown}> Tj ET")
    return "\n".join(parts).encode()


def _page(content: int) -> bytes:
    return (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}]"
        f" /Resources << /Font << /F1 3 0 R >> >> /Contents {content} 0 R >>"
    ).encode()


def _stream(content: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)


def _file(objects: Sequence[bytes]) -> bytes:
    made = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    last = len(objects)
    made += b"trailer << /Size %d /Root 1 0 R /Info %d 0 R >>\n" % (last + 1, last)
    made += b"startxref\n%d\n%%%%EOF\n" % table
    return bytes(made)
