"""The kinds of prevention education of the city's promise, and the steps of a request."""

from collections.abc import Mapping

from flows.script import Text

BODIES: Mapping[str, Text] = {
    "school": {"ko": "초·중·고등학교", "en": "School"},
    "university": {"ko": "대학교", "en": "University"},
    "public": {"ko": "공공기관", "en": "Public body"},
    "company": {"ko": "회사", "en": "Company"},
    "group": {"ko": "단체·모임", "en": "Association"},
}
AUDIENCES: Mapping[str, Text] = {
    "pupils": {"ko": "학생", "en": "Pupils"},
    "freshmen": {"ko": "대학 신입생", "en": "Freshmen"},
    "parents": {"ko": "학부모", "en": "Parents"},
    "staff_public": {"ko": "성인: 공공기관 직원", "en": "Adults: staff of public bodies"},
    "staff_private": {"ko": "성인: 민간 직원", "en": "Adults: staff of companies"},
}
PROGRAMS: Mapping[str, Text] = {
    "letter": {"ko": "가정통신문 (집으로 보내는 글)", "en": "Letter home"},
    "orientation": {"ko": "신입생 오리엔테이션", "en": "Freshman orientation"},
    "mandatory": {"ko": "법정 예방교육과 함께", "en": "With mandatory prevention education"},
    "visit": {"ko": "찾아가는 교육", "en": "Visiting education"},
}
THEMES: Mapping[str, Text] = {
    "basics": {"ko": "스토킹 바로 알기", "en": "What stalking is"},
    "online": {"ko": "온라인 스토킹과 계정 안전", "en": "Stalking online, safe accounts"},
    "helping": {"ko": "주변 사람으로서 돕기", "en": "Helping as a bystander"},
    "work": {"ko": "직장과 학교의 보호 의무", "en": "Duties of employers and schools"},
}
STATUSES: Mapping[str, Text] = {
    "asked": {"ko": "접수됨", "en": "Received"},
    "confirmed": {"ko": "확정됨", "en": "Confirmed"},
    "declined": {"ko": "어려움", "en": "Declined"},
    "held": {"ko": "마침", "en": "Held"},
    "rated": {"ko": "의견 받음", "en": "Feedback given"},
    "cancelled": {"ko": "취소됨", "en": "Cancelled"},
}
MATERIALS: Mapping[str, Text] = {
    "/guide/booklet.pdf": {"ko": "행동 안내 (PDF)", "en": "Action guide in Korean (PDF)"},
    "/en/guide/booklet.pdf": {"ko": "행동 안내, 영어 (PDF)", "en": "Action guide (PDF)"},
    "/easy/guide/booklet.pdf": {
        "ko": "행동 안내, 쉬운 한국어 (PDF)",
        "en": "Action guide in easy Korean (PDF)",
    },
    "/guide/letter": {"ko": "가정통신문 본보기", "en": "Model of a letter home"},
    "/guide/schools": {"ko": "학교와 직장을 위한 안내", "en": "For schools and employers"},
    "/guide/friends": {"ko": "친구와 가족을 위한 안내", "en": "For friends and family"},
}
"""What there is to hand out, by its address on our site."""
MOVES: Mapping[str, tuple[str, str]] = {
    "confirm": ("asked", "confirmed"),
    "decline": ("asked", "declined"),
    "cancel": ("confirmed", "cancelled"),
    "hold": ("confirmed", "held"),
    "rate": ("held", "rated"),
}
"""Each act with the status it needs and the one it leads to."""
