"""The languages that she may choose, and the words by which she may ask for one."""

from flows.texts import fold

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
