"""Korean letters: loose ones put together, and what was typed in the wrong keyboard mode."""

import re

_LEADS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_TAILS = ["", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"]
_FIRST = 0xAC00
_LAST = 0xD7A3

_TYPED = "rRseEfaqQtTdwWczxvgkoiOjpuPhynbml"
_PRINTED = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎㅏㅐㅑㅒㅓㅔㅕㅖㅗㅛㅜㅠㅡㅣ"
_KEYS = dict(zip(_TYPED, _PRINTED, strict=True))
_KEYS |= {key.upper(): letter for key, letter in _KEYS.items() if key.upper() not in _KEYS}
_LETTER_KEYS = {letter: key for key, letter in reversed(_KEYS.items())}
_VOWEL_PAIRS = {
    pair[:2]: pair[2]
    for pair in ("ㅗㅏㅘ", "ㅗㅐㅙ", "ㅗㅣㅚ", "ㅜㅓㅝ", "ㅜㅔㅞ", "ㅜㅣㅟ", "ㅡㅣㅢ")
}
_TAIL_SHAPES = "ㄱㅅㄳ ㄴㅈㄵ ㄴㅎㄶ ㄹㄱㄺ ㄹㅁㄻ ㄹㅂㄼ ㄹㅅㄽ ㄹㅌㄾ ㄹㅍㄿ ㄹㅎㅀ ㅂㅅㅄ"
_TAIL_PAIRS = {pair[:2]: pair[2] for pair in _TAIL_SHAPES.split(" ")}
_APART = {whole: pair for pair, whole in (_VOWEL_PAIRS | _TAIL_PAIRS).items()}

_LOOSE = re.compile("[ㄱ-ㅎㅏ-ㅣ]{2,}")


def compose(text: str) -> str:
    """Put loose letters together where they make syllables: `ㅈㅜㄱ` becomes `죽`."""
    return _LOOSE.sub(lambda run: _together(run.group()), text)


def hangul_of(latin: str) -> str | None:
    """Read Latin keys as if the keyboard had been Korean; None when it makes no Korean.

    Every letter must end up in a whole syllable: `dkssud` is 안녕, `hello` is nothing.
    """
    typed = "".join(_KEYS.get(key, key) for key in latin)
    read = _together(typed)
    whole = all(_is_syllable(letter) or not letter.isalpha() for letter in read)
    return read if whole and read else None


def latin_of(hangul: str) -> str:
    """Read Korean letters as the Latin keys under them: `ㅗ디ㅔ` is help."""
    return "".join(_LETTER_KEYS.get(part, part) for part in "".join(map(_letters, hangul)))


def opened(text: str) -> str:
    """Drop the closing consonant of every syllable: what most misspellings change."""
    return text.translate(_OPENED)


def _together(run: str) -> str:
    made: list[str] = []
    place = 0
    while place < len(run):
        taken = _syllable_at(run, place)
        if taken is None:
            made.append(run[place])
            place += 1
        else:
            made.append(taken[0])
            place += taken[1]
    return "".join(made)


def _syllable_at(run: str, place: int) -> tuple[str, int] | None:
    """The syllable that starts here and the letters it takes."""
    lead = _LEADS.find(run[place])
    vowel, wide = _vowel_at(run, place + 1)
    if lead < 0 or not vowel:
        return None
    tail, more = _tail_at(run, place + 1 + wide)
    code = _FIRST + (lead * 21 + _VOWELS.index(vowel)) * 28 + _TAILS.index(tail)
    return chr(code), 1 + wide + more


def _vowel_at(run: str, place: int) -> tuple[str, int]:
    pair = _VOWEL_PAIRS.get(run[place : place + 2])
    if pair:
        return pair, 2
    one = run[place : place + 1]
    return (one, 1) if one and one in _VOWELS else ("", 0)


def _tail_at(run: str, place: int) -> tuple[str, int]:
    """The closing consonants, leaving the last one to a vowel that follows it."""
    pair = _TAIL_PAIRS.get(run[place : place + 2])
    if pair and not _vowel_at(run, place + 2)[1]:
        return pair, 2
    one = run[place : place + 1]
    if one and one in _TAILS and not _vowel_at(run, place + 1)[1]:
        return one, 1
    return "", 0


def _letters(letter: str) -> str:
    if not _is_syllable(letter):
        return _APART.get(letter, letter)
    code = ord(letter) - _FIRST
    parts = (_LEADS[code // 588], _VOWELS[code % 588 // 28], _TAILS[code % 28])
    return "".join(_APART.get(part, part) for part in parts)


def _is_syllable(letter: str) -> bool:
    return _FIRST <= ord(letter) <= _LAST


_OPENED = {code: _FIRST + (code - _FIRST) // 28 * 28 for code in range(_FIRST, _LAST + 1)}
