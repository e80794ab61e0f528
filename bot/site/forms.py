"""Forms that work without JavaScript, and how what they send is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from aiohttp import web

from bot.bodies import limited
from bot.origin import is_ours
from bot.site.markup import Html, Piece, tag
from flows.messages import clean

BODY_BYTES = 64 * 1024
MOST_FIELDS = 200


class BadForm(Exception):
    """What was sent is no form of ours."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What a form sent: every value of every name, cleaned."""

    values: Mapping[str, list[str]]

    def one(self, name: str, chars: int = 300) -> str:
        """Return the first value of a name, without space around it; empty when there is none."""
        return (self.values.get(name) or [""])[0].strip()[:chars]

    def all(self, name: str) -> list[str]:
        """Return every value of a name."""
        return self.values.get(name) or []

    def number(self, name: str, least: int, most: int) -> int | None:
        """Return a whole number within bounds, or None."""
        text = self.one(name, 12)
        if not text.isascii() or not text.isdigit():
            return None
        return int(text) if least <= int(text) <= most else None


async def sent(request: web.Request) -> Sent:
    """Read a form that was sent from a page of ours; raises `BadForm`."""
    raw = await limited(request, BODY_BYTES)
    if raw is None or not is_ours(request):
        raise BadForm
    try:
        pairs = parse_qsl(raw.decode("ascii"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except (UnicodeDecodeError, ValueError):
        raise BadForm from None
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(clean(value))
    return Sent(values)


def form(action: str, *children: Piece) -> Html:
    """Return a form that is posted."""
    return tag("form", *children, method="post", action=action, class_="form")


def hidden(name: str, value: str) -> Html:
    """Return a field that nobody sees."""
    return tag("input", type="hidden", name=name, value=value)


def submit(label: str, name: str | None = None, value: str | None = None) -> Html:
    """Return the button that sends a form."""
    return tag("button", label, type="submit", class_="main", name=name, value=value)


def field(name: str, label: str, value: str = "", **more: str | bool | int | None) -> Html:
    """Return one line to write on."""
    given = tag("input", id=f"f-{name}", name=name, value=value, **more)
    return tag("p", tag("label", label, for_=f"f-{name}"), given)


def area(name: str, label: str, value: str = "", most: int = 1000) -> Html:
    """Return several lines to write on."""
    box = tag("textarea", value, id=f"f-{name}", name=name, maxlength=most, rows=4)
    return tag("p", tag("label", label, for_=f"f-{name}"), box)


def choice(name: str, label: str, options: Mapping[str, str], value: str = "") -> Html:
    """Return one choice of several."""
    rows = [tag("option", "", value="")]
    rows += [
        tag("option", told, value=key, selected=key == value) for key, told in options.items()
    ]
    box = tag("select", rows, id=f"f-{name}", name=name, required=True)
    return tag("p", tag("label", label, for_=f"f-{name}"), box)


def ticks(name: str, legend: Piece, options: Mapping[str, str], *, several: bool) -> Html:
    """Return options to tick, one or several."""
    kind = "checkbox" if several else "radio"
    rows = [
        tag(
            "label",
            tag("input", type=kind, name=name, value=key, required=None if several else True),
            tag("span", told),
            class_="tick",
        )
        for key, told in options.items()
    ]
    return tag("fieldset", tag("legend", legend), rows)
