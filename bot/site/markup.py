"""HTML built from values: a text is always escaped, only `Html` is markup."""

from collections.abc import Iterable
from html import escape

VOID = frozenset({"br", "hr", "img", "input", "link", "meta"})


class Html(str):
    """A piece of markup that is safe to put into a page."""

    __slots__ = ()


Piece = str | None | Iterable["Piece"]
"""A text, markup, nothing, or several of them."""


def tag(name: str, /, *children: Piece, **attributes: str | bool | int | None) -> Html:
    """Return an element.

    Attributes: a trailing underscore is dropped (`class_`), others become dashes
    (`data_exit`); True writes the bare name, None and False write nothing.
    """
    written = "".join(_attribute(key, value) for key, value in attributes.items())
    if name in VOID:
        return Html(f"<{name}{written} />")
    return Html(f"<{name}{written}>{join(*children)}</{name}>")


def join(*pieces: Piece) -> Html:
    """Return pieces one after the other, texts escaped."""
    return Html("".join(_flat(pieces)))


def _flat(pieces: Iterable[Piece]) -> Iterable[str]:
    for piece in pieces:
        if piece is None:
            continue
        if isinstance(piece, Html):
            yield piece
        elif isinstance(piece, str):
            yield escape(piece)
        else:
            yield from _flat(piece)


def _attribute(key: str, value: str | bool | int | None) -> str:  # noqa: FBT001  # HTML's own bare attributes
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'
