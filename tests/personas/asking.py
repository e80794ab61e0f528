"""What we ask on the way to an application, and what somebody answers unless her story differs."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Reply = tuple[str, ...]
"""What she does for one question: presses each label, or writes what begins with `WRITES`."""

WRITES = "> "
NONE = ("해당 없어요",)
NOTHING = ("None of these",)

KOREAN: dict[str, Reply] = {
    "지금 이야기해도 안전한가요": ("네, 괜찮아요",),
    "볼 수 있는 사람이 있을까요": ("없어요",),
    "어떻게 이어갈까요": ("여기서 이어갈게요",),
    "무엇부터 할까요": ("지원 신청하기",),
    "누구의 일인가요": ("제 일, 19세 이상",),
    "지금 이런 일이 있나요": NONE,
    "이런 말이나 행동을 한 적": NONE,
    "몸에 해를 입힌 적이": NONE,
    "자주 다니는 곳에서 이런 일": NONE,
    "접근금지 같은 조치가 있나요": NONE,
    "주변에서 이런 일이": NONE,
    "온라인에서 이런 일이": NONE,
    "요즘은 어떤가요": NONE,
    "얼마나 두려우세요": ("조금 불안해요",),
    "하던 것을 이어갈까요": ("이어서 할게요",),
    "지금 어디에 계세요": ("건너뛰기",),
    "소리 내어 말할 수 있나요": ("소리 낼 수 없어요",),
    "[신청 동의]": ("동의해요",),
    "나만 아는 암호말을": (WRITES + "노란 우산 아홉",),
    "어떤 지원을 알아볼까요": ("심리 상담", "법률 지원", "다 골랐어요"),
    "어떤 언어나 방식이 편하세요": ("한국어",),
    "머물 곳은 여성, 남성": ("여성을 위한 곳",),
    "[민감한 내용 동의]": ("동의해요",),
    "편하게 적어 주세요. 그 사람의 이름은": ("건너뛰기",),
    "어떻게 연락하면 안전할까요": ("이 대화에서만",),
    "[연락처 동의]": ("동의해요",),
    "받을 수 있는 전화번호": (WRITES + "010-2345-6789",),
    "언제 연락해도 안전한가요": ("아무 때나",),
    "연락하면 안 되는 때가": ("건너뛰기",),
    "함께 보거나 대신 받을": ("없어요",),
    "짧은 말을 남겨도 될까요": ("남기지 말아 주세요",),
    "누가 연락한 것으로": ("건너뛰기",),
    "어떻게 불러 드릴까요": ("건너뛰기",),
    "보내기 전에 살펴봐": ("이대로 보낼게요",),
}
"""Each question by words that stand in no other."""

ENGLISH: dict[str, Reply] = {
    "Is it safe for you to talk now": ("Yes, it is safe",),
    "Could anyone else see this phone or": ("Nobody",),
    "How would you like to go on": ("Go on here",),
    "What would you like first": ("Apply for support",),
    "Who is this about": ("Me, 19 or older",),
    "Is any of this happening now": NOTHING,
    "ever said or done any of this": NOTHING,
    "ever hurt you physically": NOTHING,
    "at home or at places you go": NOTHING,
    "an order to stay away": NOTHING,
    "happened around you": NOTHING,
    "on your phone or online": NOTHING,
    "How has it been lately": NOTHING,
    "How afraid are you": ("A little uneasy",),
    "or go on meanwhile": ("Go on meanwhile",),
    "[Consent: application]": ("I agree",),
    "write a code word": (WRITES + "yellow umbrella nine",),
    "What support shall we look into": ("Counseling", "Legal help", "Done"),
    "Which language is easiest": ("English",),
    "for women, for men and for families": ("For women",),
    "[Consent: sensitive details]": ("I agree",),
    "Write anything you want a counselor": ("Skip",),
    "How can a counselor reach you": ("Only in this chat",),
    "[Consent: contact details]": ("I agree",),
    "a number that is safe to use": (WRITES + "010-2345-6789",),
    "When is it safe to contact you": ("Any time",),
    "when we must not contact you": ("Skip",),
    "see or answer that phone": ("Nobody",),
    "may we leave a short word": ("Leave nothing",),
    "Whose name shall we use": ("Skip",),
    "What may we call you": ("Skip",),
    "before it is sent": ("Send it like this",),
}

SUBMITTED = ("신청을 받았어요", "Your application is in")


@dataclass(frozen=True)
class Story:
    """Somebody who comes to us, and what happens to her in a year.

    Attributes:
        hello: What she writes first; with English she is asked in English.
        says: Where she answers otherwise than most, by the words of the question.
        services: What she needs, as the desk calls it.
        facility: Where she stays for a while; nothing if nowhere.
        escort: Who goes along or guards her; nobody if empty.
        order: The measure that protects her; none if empty.
        recurs: It happens again in the fifth month.
        check_ins: When she wants to be asked how she is, where she can be.
        silent: She does not answer the first of them.
    """

    name: str
    channel: str
    says: Mapping[str, Reply] = field(default_factory=dict)
    hello: str = "안녕하세요"
    services: tuple[str, ...] = ("counseling", "legal")
    facility: tuple[str, str, int] | None = None
    escort: str = ""
    order: str = ""
    recurs: bool = False
    check_ins: tuple[str, ...] = ()
    silent: bool = False

    @property
    def english(self) -> bool:
        """Whether we ask her in English."""
        return self.hello == "English"

    def reply(self, said: str) -> tuple[str, Reply]:
        """Return the question that was asked last, and what she answers."""
        known = (ENGLISH if self.english else KOREAN) | dict(self.says)
        asked = max(known, key=said.rfind)
        assert asked in said, f"she cannot answer: {said}"
        return asked, known[asked]
