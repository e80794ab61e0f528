"""Sixteen who come to us, each with a year of her own."""

from tests.personas.asking import WRITES, Story

MONTHS = ("1w", "3m")

APPLICANTS = (
    Story(
        "student",
        "telegram",
        {
            "누구의 일인가요": ("제 일, 14~18세",),
            "자주 다니는 곳에서 이런 일": ("근처에서 지켜봤어요", "다 골랐어요"),
            "어떤 지원을 알아볼까요": ("심리 상담", "함께 가 주기", "다 골랐어요"),
        },
        services=("counseling", "accompany"),
        escort="company_volunteers",
        check_ins=MONTHS,
    ),
    Story(
        "mother",
        "web",
        {
            "몸에 해를 입힌 적이": ("때리거나 목을 졸랐어요", "다 골랐어요"),
            "어떤 지원을 알아볼까요": ("머물 곳", "심리 상담", "이사", "다 골랐어요"),
            "머물 곳은 여성, 남성": ("가족과 함께",),
            "편하게 적어 주세요. 그 사람의 이름은": (WRITES + "아이 둘과 함께 있어요",),
        },
        services=("facility", "counseling", "moving"),
        facility=("women_1", "women", 3),
        order="provisional_2",
        check_ins=MONTHS,
    ),
    Story(
        "man",
        "kakao",
        {
            "어떤 지원을 알아볼까요": ("머물 곳", "법률 지원", "다 골랐어요"),
            "머물 곳은 여성, 남성": ("남성을 위한 곳",),
        },
        services=("facility", "legal"),
        facility=("men_1", "men", 1),
    ),
    Story(
        "foreign resident",
        "telegram",
        {
            "What support shall we look into": ("Legal help", "Interpreter", "Done"),
            "Which language is easiest": ("Vietnamese",),
        },
        hello="English",
        services=("legal", "interpreter"),
        check_ins=("1m",),
    ),
    Story(
        "deaf",
        "web",
        {
            "어떤 지원을 알아볼까요": ("통역·수어", "의료 지원", "다 골랐어요"),
            "어떤 언어나 방식이 편하세요": ("수어",),
        },
        services=("interpreter", "medical"),
    ),
    Story(
        "ex-partner with keys",
        "telegram",
        {
            "볼 수 있는 사람이 있을까요": ("그 사람이 볼 수 있어요",),
            "자주 다니는 곳에서 이런 일": (
                "집에 들어오려 했어요",
                "추적기·열쇠가 나왔어요",
                "다 골랐어요",
            ),
            "어떤 지원을 알아볼까요": ("경호", "이사", "법률 지원", "심리 상담", "다 골랐어요"),
        },
        services=("security", "moving", "legal", "counseling"),
        escort="guard_company",
        order="provisional_3",
        recurs=True,
        check_ins=MONTHS,
    ),
    Story(
        "colleague",
        "kakao",
        {"주변에서 이런 일이": ("주변 사람을 끌어들여요", "다 골랐어요")},
    ),
    Story(
        "online",
        "web",
        {"온라인에서 이런 일이": ("계정·휴대폰을 봐요", "퍼뜨리거나 사칭했어요", "다 골랐어요")},
        check_ins=("1d", "1m"),
    ),
    Story("elderly", "kakao", {"어떻게 불러 드릴까요": (WRITES + "순이 할머니",)}),
    Story(
        "afraid of outing",
        "telegram",
        {
            "볼 수 있는 사람이 있을까요": ("다른 사람이 볼 수 있어요",),
            "온라인에서 이런 일이": ("알리겠다고 위협해요", "다 골랐어요"),
            "머물 곳은 여성, 남성": ("상의하고 싶어요",),
            "어떤 지원을 알아볼까요": ("머물 곳", "심리 상담", "다 골랐어요"),
        },
        services=("facility", "counseling"),
        check_ins=MONTHS,
    ),
    Story(
        "goes silent",
        "telegram",
        order="provisional_2",
        recurs=True,
        check_ins=("1w", "1m"),
        silent=True,
    ),
    Story(
        "called by phone",
        "telegram",
        {
            "볼 수 있는 사람이 있을까요": ("그 사람이 볼 수 있어요",),
            "자주 다니는 곳에서 이런 일": ("근처에서 지켜봤어요", "다 골랐어요"),
            "접근금지 같은 조치가 있나요": ("조치가 있어요", "다 골랐어요"),
            "온라인에서 이런 일이": ("계정·휴대폰을 봐요", "다 골랐어요"),
            "어떻게 연락하면 안전할까요": ("전화",),
            "언제 연락해도 안전한가요": ("평일 낮", "다 골랐어요"),
            "연락하면 안 되는 때가": (WRITES + "저녁은 안 돼요",),
            "함께 보거나 대신 받을": ("다른 사람이 볼 수 있어요",),
        },
    ),
)
"""Twelve who apply themselves; a child, a helper, a stalker, a caller and a referral are apart."""
