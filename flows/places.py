"""Whether words tell where a place is: of a protection facility nothing may say so."""

import re

_DISTRICTS = [
    "강남",
    "강동",
    "강북",
    "강서",
    "관악",
    "광진",
    "구로",
    "금천",
    "노원",
    "도봉",
    "동대문",
    "동작",
    "마포",
    "서대문",
    "서초",
    "성동",
    "성북",
    "송파",
    "양천",
    "영등포",
    "용산",
    "은평",
    "종로",
    "중랑",
]
_KOREAN = re.compile(
    rf"(?:{'|'.join(_DISTRICTS)})구|(?<![가-힣])중구|번지|우편번호"
    r"|[가-힣]{1,8}(?:동|읍|면|리|로|길)\s*\d|\d+(?:번)?길|\d+동\s*\d+호|[가-힣]+역\s*\d+번"
)
_ENGLISH = re.compile(
    r"\b\w+-(?:gu|dong|ro|gil|daero)\b|\b\d+\s+\w+\s+(?:street|road|avenue|st|rd|ave)\b"
    r"|\bzip ?code\b",
    re.IGNORECASE,
)
_LINK = re.compile(r"https?://\S+")


def tells_a_place(text: str) -> bool:
    """Say whether a text holds an address, a street or a district; links are looked past."""
    words = _LINK.sub(" ", text)
    return bool(_KOREAN.search(words) or _ENGLISH.search(words))
