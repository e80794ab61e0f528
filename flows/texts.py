"""Texts: placeholders, masks, and how typed words are compared."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

_PLACEHOLDER = re.compile(r"\{\{|\}\}|\{([a-z][a-z0-9_]*(?::[A-Za-z0-9_.+-]+)?)\}")
_STRAY = re.compile(r"[{}]")
_NOISE = re.compile(r"[\W_\u200b-\u200f\u2060\ufeff]+")
DEFAULT_LANGUAGE = "ko"
PHONE_DIGITS = 7
"""A value with so many digits is masked as a phone number."""
Anything = TypeVar("Anything")


class TextError(ValueError):
    """A text whose braces make no sense."""


def fold(text: str) -> str:
    """Return typed words without space, case, punctuation and width: what comparisons use."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).casefold()


def mask(value: str) -> str:
    """Return a value so that she knows it again and a stranger learns nothing."""
    digits = [index for index, letter in enumerate(value) if letter.isdigit()]
    if len(digits) >= PHONE_DIGITS:
        shown = set(digits[-2:])
        return "".join(
            "*" if letter.isdigit() and index not in shown else letter
            for index, letter in enumerate(value)
        )
    return value[:1] + "○" * min(3, max(1, len(value) - 1)) if value else ""


@dataclass(frozen=True, slots=True)
class Template:
    """One text in one language; literal parts at even places, names at odd ones."""

    parts: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The placeholders, in order."""
        return self.parts[1::2]

    def fill(self, value_of: Callable[[str], str]) -> str:
        """Put in the values; logic-less, and a value is never read as a template again."""
        if len(self.parts) == 1:
            return self.parts[0]
        return "".join(
            value_of(part) if index % 2 else part for index, part in enumerate(self.parts)
        )


def template(text: str) -> Template:
    """Read the placeholders of a text.

    Raises:
        TextError: a brace that is neither doubled nor around a name.
    """
    parts = [""]
    end = 0
    for found in _PLACEHOLDER.finditer(text):
        parts[-1] += _literal(text[end : found.start()])
        end = found.end()
        if found.group(1) is None:
            parts[-1] += found.group()[0]
        else:
            parts += [found.group(1), ""]
    parts[-1] += _literal(text[end:])
    return Template(tuple(parts))


def _literal(text: str) -> str:
    if _STRAY.search(text):
        raise TextError("a single brace; write {{ or }} for a brace, {name} for a value")
    return text


_SCRIPTS = (
    ("ko", re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")),
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("vi", re.compile(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)),
    ("en", re.compile(r"[a-z]{2}", re.IGNORECASE)),
)


def written_in(text: str) -> str | None:
    """Return the language that the letters of a text show, or None; Korean wins in a mixture."""
    composed = unicodedata.normalize("NFC", text)
    return next((language for language, letters in _SCRIPTS if letters.search(composed)), None)


Templates = Mapping[str, Template]
"""One text in every language."""


def templates(text: Mapping[str, str]) -> dict[str, Template]:
    """Read one text in every language; raises `TextError`."""
    return {language: template(words) for language, words in text.items()}


def spoken(texts: Templates, language: str) -> Template:
    """Return the text in her language, else in English, else in Korean, else in any."""
    return _nearest(texts, language)


def said(text: Mapping[str, str], language: str) -> str:
    """Return a label in her language, else in English, else in Korean, else in any."""
    return _nearest(text, language)


def _nearest(texts: Mapping[str, Anything], language: str) -> Anything:
    found = texts.get(language) or texts.get("en") or texts.get(DEFAULT_LANGUAGE)
    return found or next(iter(texts.values()))
