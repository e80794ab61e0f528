"""Bring a free text into the one form in which rules and model read it.

Lower case, no accents, no invisible letters, Korean letters put together, no spaces beside
Korean, Chinese, Japanese and Thai letters (people in a hurry leave them out), single spaces
between words elsewhere, cut into clauses so that the middle of a long story counts as much
as its end.
"""

import re
import unicodedata
from collections.abc import Iterator

from flows.triage.keyboard import compose, hangul_of, latin_of
from flows.triage.spelling import respelled

MAX_CHARS = 16_000
"""Longer texts are cut before they get here; what is beyond is not read."""

_CLAUSE_CHARS = 26
_CHUNK_CHARS = 60
_WHOLE_CHARS = 70

_WIDE = "ㄱ-ㆎ가-힣぀-ヿ一-鿿㐀-䶿฀-๿\U0001f300-\U0001faff"
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\U000e0000-\U000e01ef\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]"
)
_FULLWIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_LOOSE_MARKS = re.compile("[\u0300-\u036f]")
_ACCENTED = re.compile("[\u00c0-\u024f\u0300-\u036f\u0400-\u045f\u1e00-\u1eff]")
_CONJOINING = re.compile("[\u1100-\u11ff]")
_SPELT_OUT = re.compile(
    r"(?:(?<![가-힣])[가-힣][ .\-_~*^/·ㆍ,']+){3,}[가-힣](?![가-힣])"
    r"|(?:[가-힣][.\-_*^·ㆍ]){2,}[가-힣]+"
)
_REPEATED = re.compile(r"([^\W\dอ]|[ㅠㅜㅋㅎ])\1{2,}")
_DIGITS_IN_WORD = re.compile(r"(?<=[a-z])[01345@$](?=[a-z])")
_DIGIT_LETTERS = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "@": "a", "$": "s"}
_APOSTROPHES = re.compile("['’‘`´]")
_SEPARATORS = re.compile(r"[\s!-/:-@\[-`{-~¡-¿\u2010-\u205e\u3001-\u301f\u30fb]+")
_SPACE_BESIDE_WIDE = re.compile(f"(?<=[{_WIDE}]) | (?=[{_WIDE}])")
_SENTENCE_END = re.compile(r"(?<!\d)\.|\.(?!\d)|[!?。！？…\n\r;|]|(?<=\s)/|/(?=\s)")
_CLAUSE_END = re.compile(
    r"(?<=[요죠])\s+|(?<=니다)\s+|(?<=[는은인던한]데)\s+|(?<=니까)\s+|(?<=지만)\s+|(?<=거든)\s+"
    r"|(?<=[았었했왔갔렸졌있없한된온간]다)\s+|(?<=다가)\s+|(?<=더니)\s+|(?<=[해려워아어와]서)\s+(?!있)|[,，、]\s*"
)
_LATIN_WORD = re.compile(r"[A-Za-z]+")
_HAS_LATIN = re.compile(r"[A-Za-z]{2}")
_STRAY_VOWEL = re.compile("[ㅏ-ㅟㅢㅣ]")


def clauses(text: str) -> list[str]:
    """Cut a free text into clauses in the form that rules and model read, in order."""
    clean = _clean(text[:MAX_CHARS])
    return [made for piece in _pieces(clean) for made in _sized(squeezed(piece)) if made]


def whole(parts: list[str]) -> str | None:
    """All clauses as one, when they are short enough to be one thought cut in pieces."""
    if len(parts) < 2 or sum(map(len, parts)) > _WHOLE_CHARS:  # noqa: PLR2004 — nothing to join
        return None
    return _SPACE_BESIDE_WIDE.sub("", " ".join(parts))


def other_keyboard(text: str) -> str | None:
    """The text as it would read in the other keyboard mode, or None when that makes no sense."""
    if _HAS_LATIN.search(text):
        return _as_hangul(text)
    if _STRAY_VOWEL.search(text):
        return latin_of(text)
    return None


def squeezed(piece: str) -> str:
    """One clause without separators, and without spaces where its script needs none."""
    spaced = _SEPARATORS.sub(" ", _APOSTROPHES.sub("", piece)).strip()
    return respelled(_SPACE_BESIDE_WIDE.sub("", spaced))


def _clean(text: str) -> str:
    clean = _INVISIBLE.sub("", unicodedata.normalize("NFC", text)).translate(_FULLWIDTH).lower()
    if _CONJOINING.search(clean):
        clean = _CONJOINING.sub(lambda one: unicodedata.normalize("NFKC", one.group()), clean)
    if _ACCENTED.search(clean):
        clean = _plain(clean)
    clean = _SPELT_OUT.sub(lambda run: _SEPARATORS.sub("", run.group()), compose(clean))
    clean = _DIGITS_IN_WORD.sub(lambda one: _DIGIT_LETTERS[one.group()], clean)
    return _REPEATED.sub(_fewer, clean)


def _plain(text: str) -> str:
    """Without accents: Vietnamese and Russian are often typed so."""
    apart = _LOOSE_MARKS.sub("", unicodedata.normalize("NFD", text))
    return unicodedata.normalize("NFC", apart).replace("đ", "d")


def _fewer(run: re.Match[str]) -> str:
    letter = run.group(1)
    return letter * 2 if letter in "ㅠㅜㅋㅎ" else letter


def _pieces(clean: str) -> Iterator[str]:
    for sentence in _SENTENCE_END.split(clean):
        if len(sentence) <= _CLAUSE_CHARS:
            yield sentence
        else:
            yield from _CLAUSE_END.split(sentence)


def _sized(clause: str) -> Iterator[str]:
    """Cut what has no visible seams into overlapping chunks."""
    if len(clause) <= _CHUNK_CHARS + _CLAUSE_CHARS:
        yield clause
        return
    step = _CHUNK_CHARS - _CLAUSE_CHARS // 2
    for start in range(0, len(clause) - _CLAUSE_CHARS // 2, step):
        yield clause[start : start + _CHUNK_CHARS]


def _as_hangul(text: str) -> str | None:
    """Latin words read as Korean keys, when all of them make Korean."""
    words = _LATIN_WORD.findall(text)
    read = [hangul_of(word) for word in words]
    if not all(read):
        return None
    answers = iter(read)
    return _LATIN_WORD.sub(lambda _: next(answers) or "", text)
