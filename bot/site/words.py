"""What the frame of every public page says, in Korean, English and easy Korean."""

from datetime import date

from flows.site.pages import Voice, Words

PRODUCT = "메모"
"""The title of every page: what a notebook is called."""
EXIT = "https://www.weather.go.kr/"
PREFIX: dict[Voice, str] = {"ko": "", "en": "/en", "easy": "/easy"}
LANG: dict[Voice, str] = {"ko": "ko", "en": "en", "easy": "ko"}
NAMES: dict[Voice, str] = {"ko": "한국어", "en": "English", "easy": "쉬운 한국어"}
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

SKIP: Words = {
    "ko": "이 페이지를 바로 나가기 (날씨 페이지가 열려요)",
    "en": "Leave this page at once (a weather page opens)",
}
LEAVE: Words = {"ko": "빨리 나가기", "en": "Leave"}
URGENT: Words = {"ko": "112 긴급 안내", "en": "112 in an emergency"}
URGENT_TITLE: Words = {
    "ko": "지금 위험하다면",
    "en": "If you are in danger now",
    "easy": "지금 위험해요",
}
CALL: Words = {"ko": "112에 전화하기", "en": "Call 112"}
TEXT: Words = {"ko": "112에 문자 보내기", "en": "Text 112"}
SILENT: Words = {
    "ko": (
        "말하기 어려우면 112에 전화한 뒤, 경찰이 물을 때 숫자 버튼을 두 번 누르세요. "
        "경찰이 위치를 볼 수 있는 링크를 문자로 보내요. "
        "휴대폰을 지켜보는 사람이 있다면 이 문자가 온다는 점을 알아 두세요."
    ),
    "en": (
        "If you cannot speak, call 112 and press a number key twice when the police ask. "
        "They send a link by text message that can show your place. "
        "Whoever watches the phone can see it."
    ),
    "easy": "말하기 어려우면 112에 전화해서 숫자를 두 번 눌러요.",
}
FIRST: Words = {
    "ko": "급할 때 전화할 곳",
    "en": "Numbers to call first",
    "easy": "급할 때 전화해요",
}
CHAT: Words = {"ko": "채팅 시작하기", "en": "Start the chat", "easy": "채팅하기"}
CONTENTS: Words = {"ko": "안내", "en": "Guide", "easy": "안내"}
OTHER: Words = {"ko": "다른 안내", "en": "More pages", "easy": "다른 안내"}
HOME: Words = {"ko": "처음으로", "en": "Home", "easy": "처음으로"}
LANGUAGES: Words = {"ko": "언어", "en": "Language", "easy": "언어"}
SOURCES: Words = {"ko": "출처와 확인한 날", "en": "Sources and when they were checked"}
CHECKED: Words = {"ko": "확인한 날", "en": "checked on"}
SINCE: Words = {"ko": "시행", "en": "in force from"}
STALE: Words = {
    "ko": "확인한 지 90일이 넘었어요. 쓰기 전에 상담사에게 물어봐 주세요.",
    "en": "checked more than 90 days ago: ask a counselor before relying on it.",
}
DESK: Words = {"ko": "상담사라면", "en": "For counselors:"}
DESK_LINK: Words = {"ko": "상담 데스크", "en": "the desk"}
EDUCATION: Words = {"ko": "예방교육 신청하기", "en": "Ask for prevention education"}
NOTICE: Words = {"ko": "개인정보 알림", "en": "Notices about personal data"}
NUMBERS: Words = {"ko": "공개 통계", "en": "Published numbers"}
PRINT: Words = {"ko": "행동 안내 PDF", "en": "The action guide as PDF", "easy": "행동 안내 PDF"}
GONE: Words = {"ko": "이 페이지는 없어요.", "en": "There is no such page."}


def said(words: Words, voice: Voice) -> str:
    """Return words in a voice; easy Korean falls back to Korean."""
    return words.get(voice) or words["ko"]


def day(when: date, voice: Voice) -> str:
    """Return a date as it is read."""
    if voice == "en":
        return f"{when.day} {MONTHS[when.month - 1]} {when.year}"
    return f"{when.year}년 {when.month}월 {when.day}일"


def dated(value: str, voice: Voice) -> str:
    """Return a fact's value; a date as it is read."""
    try:
        return day(date.fromisoformat(value), voice)
    except ValueError:
        return value
