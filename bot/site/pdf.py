"""A small PDF writer: paragraphs in Korean and English with the reader's own Korean font.

No font is carried along. The text names the Adobe-Korea1 collection with the predefined map
`UniKS-UTF16-H`; every reader that knows it (browsers, Acrobat, poppler with its data) puts in a
Korean font of the device. Source: ISO 32000-1, 9.7.5.2 and 9.7.6.
"""

from collections.abc import Iterator
from dataclasses import dataclass

WIDTH, HEIGHT, MARGIN = 595, 842, 48
SIZES = {"title": 20.0, "head": 13.0, "strong": 11.5, "text": 10.5, "small": 7.5}
SPACE = {"title": 8.0, "head": 10.0, "strong": 2.0, "text": 3.0, "small": 3.0}
LEADING = 1.45
LATIN = 0.5
"""The width of a Latin letter in ems: the collection's half-width Latin."""


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph and how it looks."""

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class _Placed:
    text: str
    size: float
    y: float


def write(lines: list[Line]) -> bytes:
    """Return a PDF of A4 pages."""
    pages = list(_pages(lines))
    first = 4 + 3  # catalog, pages and three objects of the font come before
    kids = " ".join(f"{first + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (ko) >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        *_font(),
        b"<< /Title (memo) /Producer (memo) >>",
    ]
    for n, page in enumerate(pages):
        objects.append(_page(first + 2 * n + 1))
        objects.append(_stream(page))
    return _file(objects)


def wrapped(text: str, size: float) -> Iterator[str]:
    """Yield the rows of a paragraph; words stay whole where they fit."""
    most = (WIDTH - 2 * MARGIN) / size
    row, used = "", 0.0
    for word in text.split(" "):
        for piece in _pieces(word, most):
            wide = _ems(piece)
            if row and used + LATIN + wide > most:
                yield row
                row, used = piece, wide
            else:
                row = f"{row} {piece}" if row else piece
                used += wide + (LATIN if row != piece else 0.0)
    yield row


def _pieces(word: str, most: float) -> Iterator[str]:
    piece = ""
    for letter in word:
        if piece and _ems(piece + letter) > most:
            yield piece
            piece = ""
        piece += letter
    yield piece


def _ems(text: str) -> float:
    return sum(LATIN if letter.isascii() else 1.0 for letter in text)


def _pages(lines: list[Line]) -> Iterator[list[_Placed]]:
    page: list[_Placed] = []
    y = float(HEIGHT - MARGIN)
    for line in lines:
        size = SIZES[line.kind]
        y -= SPACE[line.kind]
        for row in wrapped(line.text, size):
            y -= size * LEADING
            if y < MARGIN:
                yield page
                page, y = [], HEIGHT - MARGIN - size * LEADING
            page.append(_Placed(row, size, y))
    yield page


def _font() -> list[bytes]:
    name = b"/HYGoThic-Medium"
    whole = b"/Type /Font /Subtype /Type0 /Encoding /UniKS-UTF16-H /DescendantFonts [4 0 R]"
    letters = b"/Type /Font /Subtype /CIDFontType0 /DW 1000 /W [1 100 500 8094 8190 500]"
    system = b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Korea1) /Supplement 2 >>"
    box = b"/FontBBox [-6 -145 1003 880] /Ascent 752 /Descent -271 /CapHeight 737"
    look = b"/Type /FontDescriptor /Flags 4 /ItalicAngle 0 /StemV 58"
    return [
        b"<< %s /BaseFont %s >>" % (whole, name),
        b"<< %s %s /BaseFont %s /FontDescriptor 5 0 R >>" % (letters, system, name),
        b"<< %s %s /FontName %s >>" % (look, box, name),
    ]


def _page(content: int) -> bytes:
    return (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}]"
        f" /Resources << /Font << /F 3 0 R >> >> /Contents {content} 0 R >>"
    ).encode()


def _stream(page: list[_Placed]) -> bytes:
    rows = [
        f"BT /F {one.size} Tf 1 0 0 1 {MARGIN} {one.y:.1f} Tm"
        f" <{one.text.encode('utf-16-be').hex()}> Tj ET"
        for one in page
    ]
    body = "\n".join(rows).encode()
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(body), body)


def _file(objects: list[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for place in places:
        out += b"%010d 00000 n \n" % place
    size = len(objects) + 1
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info 6 0 R >>\n" % size
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)
