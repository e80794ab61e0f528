"""Cut a long text where a reader would: between paragraphs, lines, sentences, words."""

import unicodedata

_GAPS = ("\n\n", "\n", ". ", "? ", "! ", "。", " ")
_ZWJ = "\N{ZERO WIDTH JOINER}"
_EXTENDING = frozenset("\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}\u0e33\u0eb3\uff9e\uff9f")
_CLEAN_WHERE_CUT = " \n"


def units(text: str) -> int:
    """Return the length in UTF-16 code units, as Telegram and KakaoTalk's phones count."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def split(text: str, limit: int) -> list[str]:
    """Return the text in parts of at most `limit` UTF-16 units, in order.

    No grapheme (a letter with its accents, a flag, a family emoji) is cut unless it is longer
    than a part by itself. Blanks and line ends where it is cut are left out.
    """
    if 2 * len(text) <= limit:
        return [text]
    parts = []
    while units(text) > limit:
        end = _cut(text, _reach(text, limit))
        parts.append(text[:end].rstrip(_CLEAN_WHERE_CUT))
        text = text[end:].lstrip(_CLEAN_WHERE_CUT)
    parts.append(text)
    return [part for part in parts if part] or [""]


def shorten(text: str, limit: int) -> str:
    """Return a label of at most `limit` UTF-16 units; what was cut is marked with an ellipsis."""
    if 2 * len(text) <= limit or units(text) <= limit:
        return text
    reach = _reach(text, limit - 1)
    return text[: _letter_border(text, reach)].rstrip() + "…"


def _reach(text: str, limit: int) -> int:
    """Return how many code points fit into `limit` UTF-16 units."""
    room = limit
    for index, char in enumerate(text):
        room -= 2 if char > "\uffff" else 1
        if room < 0:
            return index
    return len(text)


def _cut(text: str, reach: int) -> int:
    """Return the best place for a cut, at `reach` or before it."""
    for gap in _GAPS:
        place = text.rfind(gap, reach // 2, reach + 1)
        end = place + len(gap.rstrip(_CLEAN_WHERE_CUT))
        if place >= 0 and 0 < end <= reach:
            return end
    return _letter_border(text, reach)


def _letter_border(text: str, reach: int) -> int:
    end = reach
    while end > 0 and _joined(text, end):
        end -= 1
    return end or reach


def _joined(text: str, at: int) -> bool:
    """Say whether the code points before and after `at` are one letter to a reader.

    Source: the grapheme cluster rules GB3 to GB13 of Unicode Standard Annex 29, without the
    prepended marks and the conjuncts of Indic scripts.
    """
    left, right = text[at - 1], text[at]
    if left == "\r" and right == "\n":
        return True
    if _extends(right) or left == _ZWJ:
        return True
    if _is_flag_half(left) and _is_flag_half(right):
        return _flag_halves_before(text, at) % 2 == 1
    return _is_syllable(_jamo(left), _jamo(right))


def _extends(char: str) -> bool:
    return (
        char in _EXTENDING
        or unicodedata.category(char)[0] == "M"
        or "\U0001f3fb" <= char <= "\U0001f3ff"  # skin tones
        or "\U000e0020" <= char <= "\U000e007f"  # tags, as in the flag of Scotland
    )


def _is_flag_half(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _flag_halves_before(text: str, at: int) -> int:
    start = at
    while start > 0 and _is_flag_half(text[start - 1]):
        start -= 1
    return at - start


def _is_syllable(left: str, right: str) -> bool:
    pairs = {"L": ("L", "V", "LV", "LVT"), "V": ("V", "T"), "LV": ("V", "T")}
    return right in pairs.get(left, ("T",) if left in {"T", "LVT"} else ())


def _jamo(char: str) -> str:
    """Return which part of a Hangul syllable a code point is: L, V, T, LV, LVT or nothing."""
    if "가" <= char <= "힣":
        return "LV" if (ord(char) - ord("가")) % 28 == 0 else "LVT"
    if "\u1100" <= char <= "\u115f" or "\ua960" <= char <= "\ua97c":
        return "L"
    if "\u1160" <= char <= "\u11a7" or "\ud7b0" <= char <= "\ud7c6":
        return "V"
    if "\u11a8" <= char <= "\u11ff" or "\ud7cb" <= char <= "\ud7fb":
        return "T"
    return ""
