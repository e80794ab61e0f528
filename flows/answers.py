"""What a typed answer means: numbers, dates in Korean and English, phone numbers, codes."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from flows.script import TextAnswer
from flows.state import Value

PHONE_CHARS = 40
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january", "feb february", "mar march", "apr april", "may", "jun june",
            "jul july", "aug august", "sep sept september", "oct october", "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_DAYS = {
    "오늘": 0, "today": 0, "어제": 1, "yesterday": 1, "그제": 2, "그저께": 2, "엊그제": 2,
    "그끄저께": 3, "내일": -1, "tomorrow": -1, "모레": -2,
}  # fmt: skip
_WEEKDAYS = {name: number for number, name in enumerate("월화수목금토일")}
_AGO = re.compile(
    r"(\d+|한|두|세|네|a|an|one|two|three)\s*(일|주|주일|달|개월|년|day|week|month|year)s?\s*(전|ago)"
)
_COUNT = {"한": 1, "두": 2, "세": 3, "네": 4, "a": 1, "an": 1, "one": 1, "two": 2, "three": 3}
_SPAN = {
    "일": 1,
    "day": 1,
    "주": 7,
    "주일": 7,
    "week": 7,
    "달": 30,
    "개월": 30,
    "month": 30,
    "년": 365,
    "year": 365,
}
_FULL = re.compile(r"(\d{4})\s*[-./년]\s*(\d{1,2})\s*[-./월]\s*(\d{1,2})\s*[.일]?")
_SHORT = re.compile(r"(?<!\d)(\d{1,2})\s*[-./월]\s*(\d{1,2})\s*[.일]?(?!\d)")
_MONTH = re.compile(r"(?:(\d{4})\s*[-./년]\s*)?(?<!\d)(\d{1,2})\s*월")
_YEAR_MONTH = re.compile(r"(?<!\d)(\d{4})\s*[-./]\s*(\d{1,2})(?!\d)")
_ENGLISH = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th)?\s+)?([a-z]{3,9})\.?(?:\s+(\d{1,2})(?:st|nd|rd|th)?(?!\d))?,?(?:\s+(\d{4}))?"
)
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")


class NotUnderstood(ValueError):
    """The answer is not of the wanted kind; the message is the key of a phrase."""


def read_answer(wanted: TextAnswer, text: str, today: date) -> Value:
    """Return the answer in its one canonical form.

    Text as written; number as float; date as `YYYY-MM-DD` or `YYYY-MM`; phone as E.164;
    code without spaces and dashes in capitals.

    Raises:
        NotUnderstood: with the key of the phrase that says what to do.
    """
    text = text.strip()
    match wanted.kind:
        case "number":
            return _number(wanted, text)
        case "date":
            return read_date(text, today)
        case "phone":
            return read_phone(text)
        case "code":
            return read_code(text)
        case "word":
            return _bounded(text, 2, wanted.chars, "word_short")
        case "text":
            return _bounded(text, 1, wanted.chars, "invalid_text")


def read_date(text: str, today: date) -> str:
    """Return a past or coming day as `YYYY-MM-DD`, or `YYYY-MM` when only the month is said."""
    words = text.lower().strip()
    for name in sorted(_DAYS, key=len, reverse=True):
        if name in words:
            return (today - timedelta(days=_DAYS[name])).isoformat()
    if found := _AGO.search(words):
        count = _COUNT.get(found[1]) or int(found[1])
        span = _SPAN[found[2]]
        return _safely(lambda: str(today - timedelta(days=count * span)))
    if found := re.search(r"지난\s*주\s*([월화수목금토일])", words):
        monday = today - timedelta(days=today.weekday() + 7)
        return (monday + timedelta(days=_WEEKDAYS[found[1]])).isoformat()
    return _written_date(words, today)


def _written_date(words: str, today: date) -> str:
    if found := _FULL.search(words):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _YEAR_MONTH.search(words):
        return _day(int(found[1]), int(found[2]), 1)[:7]
    if found := _SHORT.search(words):
        return _nearest(today, int(found[1]), int(found[2]))
    if found := _MONTH.search(words):
        year = int(found[1]) if found[1] else _year_of(today, int(found[2]))
        return _day(year, int(found[2]), 1)[:7]
    return _english_date(words, today)


def _english_date(words: str, today: date) -> str:
    found = next((f for f in _ENGLISH.finditer(words) if f[2] in MONTHS), None)
    if found is None:
        raise NotUnderstood("invalid_date")
    month, number = MONTHS[found[2]], found[1] or found[3]
    if number is None:
        return _day(int(found[4]) if found[4] else _year_of(today, month), month, 1)[:7]
    if found[4]:
        return _day(int(found[4]), month, int(number))
    return _nearest(today, month, int(number))


def _year_of(today: date, month: int) -> int:
    return today.year if month <= today.month else today.year - 1


def _nearest(today: date, month: int, day: int) -> str:
    """Return the last such day that is not more than a month ahead."""
    this_year = _day(today.year, month, day)
    ahead = date.fromisoformat(this_year) - today
    return this_year if ahead <= timedelta(days=31) else _day(today.year - 1, month, day)


def _day(year: int, month: int, day: int) -> str:
    return _safely(lambda: date(year, month, day).isoformat())


def _safely(compute: Callable[[], str]) -> str:
    try:
        return compute()
    except (ValueError, OverflowError):
        raise NotUnderstood("invalid_date") from None


def read_phone(text: str, region: str = "KR") -> str:
    """Return a phone number in E.164; only numbers that can exist."""
    import phonenumbers  # noqa: PLC0415  # large, and seldom needed

    if len(text) > PHONE_CHARS:
        raise NotUnderstood("invalid_phone")
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        raise NotUnderstood("invalid_phone") from None
    if not phonenumbers.is_valid_number(number):
        raise NotUnderstood("invalid_phone")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def read_code(text: str) -> str:
    """Return a receipt code in capitals without spaces and dashes."""
    code = re.sub(r"[\s-]+", "", text).upper()
    if not re.fullmatch(r"[0-9A-Z]{6,16}", code):
        raise NotUnderstood("invalid_code")
    return code


def _number(wanted: TextAnswer, text: str) -> float:
    found = _NUMBER.search(text.replace(" ", ""))
    if not found:
        raise NotUnderstood("invalid_number")
    try:
        number = float(found[0].replace(",", "."))
    except ValueError:
        raise NotUnderstood("invalid_number") from None
    low, high = wanted.min, wanted.max
    if (low is not None and number < low) or (high is not None and number > high):
        raise NotUnderstood("invalid_number")
    return number


def _bounded(text: str, least: int, most: int, phrase: str) -> str:
    if not least <= len(text) <= most:
        raise NotUnderstood(phrase)
    return text
