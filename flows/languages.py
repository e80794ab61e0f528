"""The languages that she may choose, and the words by which she may ask for one."""

import re

from flows.texts import fold, written_in
from flows.triage.normalise import other_keyboard

LANGUAGES = {
    "ko": "한국어", "en": "English", "vi": "Tiếng Việt", "zh": "中文", "ja": "日本語",
    "th": "ไทย", "ru": "Русский",
}  # fmt: skip
"""The languages of the emergency card, by the name that their speakers read."""
LANGUAGE_OF = {fold(name): code for code, name in LANGUAGES.items()} | {
    "영어": "en", "베트남어": "vi", "중국어": "zh", "일본어": "ja", "태국어": "th",
    "러시아어": "ru", "한국말": "ko", "korean": "ko", "vietnamese": "vi", "chinese": "zh",
    "japanese": "ja", "thai": "th", "russian": "ru", "tiengviet": "vi", "中国語": "zh",
    "한글": "ko",
}  # fmt: skip
"""The language that a folded word asks for."""

_BARE_WORDS = r"(?:em|han|toi|nha|cua|dang|khong|nguoi|theo|giup|cuu|canh sat|cong an)"
_BARE_VIETNAMESE = re.compile(rf"\b{_BARE_WORDS}\b.*\b{_BARE_WORDS}\b", re.IGNORECASE)
"""Vietnamese in a hurry: without its accents."""
_SYLLABLES = re.compile("[가-힣]{2}")


def cried_in(text: str, language: str) -> str:
    """Return the language of a cry for help, whatever the talk is in.

    Korean may be typed with the keyboard in English mode, Vietnamese without its accents.
    """
    written = written_in(text)
    if written != "en":
        return written or language
    if _SYLLABLES.search(other_keyboard(text) or ""):
        return "ko"
    return "vi" if language == "vi" or _BARE_VIETNAMESE.search(text) else "en"
