"""What the pages of casework may send: closed to unknown keys, every text with a limit."""

from datetime import date, datetime
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from flows.messages import clean

Id = Annotated[str, Field(pattern=r"^\d{1,19}$")]
Name = Annotated[str, Field(pattern=r"^[a-z0-9_]{1,40}$")]
Short = Annotated[str, Field(max_length=200)]
Long = Annotated[str, Field(max_length=4000)]
After = Literal["1d", "1w", "1m", "3m", "6m"]
How = Literal["chat", "phone", "in_person", "paper"]
YEARS = range(1900, 2101)


def _aware(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("the time needs its zone, such as +09:00")
    _near(value.date())
    return value


def _near(value: date) -> date:
    if value.year not in YEARS:
        raise ValueError("이 해는 쓸 수 없어요. This year cannot be meant")
    return value


Moment = Annotated[datetime, AfterValidator(_aware)]
Day = Annotated[date, AfterValidator(_near)]


class Given(BaseModel):
    """A body."""

    model_config = ConfigDict(extra="forbid", defer_build=True, frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _as_text(cls, given: object) -> object:
        return _cleaned(given)


def _cleaned(given: object) -> object:
    """Return a body in which every text can be stored: no NUL, no half characters."""
    match given:
        case str():
            return clean(given)
        case dict():
            return {_cleaned(key): _cleaned(value) for key, value in given.items()}
        case list():
            return [_cleaned(one) for one in given]
        case _:
            return given


class OpenCase(Given):
    """Open a case from what a person applied for in her conversation."""

    conversation: Id


class NewContact(Given):
    """A caller of 1366 or a referral by the police: the same application, or only a contact."""

    door: Literal["line", "police"]
    how: How
    caller: Literal["herself", "other"] = "herself"
    """Who told us: the person herself, or somebody about her."""
    relation: Short = ""
    """Of a caller who is somebody else, such as her mother."""
    asked_herself: bool = False
    """Although somebody else called, the counselor has the consent of the person herself."""
    consent: bool
    sensitive: bool = False
    note: Long = ""
    police: dict[Literal["station", "number", "officer"], Short] = Field(default_factory=dict)
    fields: dict[Name, str | list[str]] = Field(default_factory=dict, max_length=40)
    word: Annotated[str, Field(max_length=60)] = ""
    urgency: Annotated[int, Field(ge=0, le=3)] = 3

    @model_validator(mode="after")
    def _is_her_own_consent(self) -> Self:
        if self.consent and self.caller == "other" and not self.asked_herself:
            raise ValueError(
                "다른 분이 대신 동의할 수 없어요. 그분께 직접 여쭤봐 주세요. Only she can consent"
            )
        return self


class MoveCase(Given):
    """Let something happen to a case."""

    event: Name
    reason: Long = ""


class Member(Given):
    """Let somebody know a case, or not any more."""

    staff: int
    leaves: bool = False


class Opposed(Given):
    """Say that another file is of the same matter."""

    other: Id


class NewRecord(Given):
    """Something that hangs on a case."""

    kind: Name
    fields: dict[Name, Annotated[str, Field(max_length=4000)]]
    owner: int | None = None
    due: Day | None = None


class MoveRecord(Given):
    """Let something happen to a record."""

    event: Name


class Correction(Given):
    """A record as it should stand."""

    fields: dict[Name, Annotated[str, Field(max_length=4000)]]


class Extension(Given):
    """An order was extended, until the printed day if there is one."""

    end: Day | None = None


class CheckIns(Given):
    """When she wants to be asked how she is."""

    after: list[After] = Field(min_length=1, max_length=5)


class NewReferral(Given):
    """Propose a service of an agency."""

    service: Name
    agency: Name


class Consent(Given):
    """Her consent to one referral."""

    how: How
    items: list[Name] = Field(max_length=40)
    sensitive: list[Name] = Field(default_factory=list, max_length=10)


class ReferralTold(Given):
    """What is told of a referral: a decline has its reason, an appointment its time."""

    event: str
    text: Long = ""
    at: Moment | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.event == "decline" and not self.text.strip():
            raise ValueError("맡지 않는 까닭을 적어 주세요. A decline needs its reason")
        if self.event == "appoint" and self.at is None:
            raise ValueError("약속한 때를 적어 주세요. An appointment needs its time")
        return self


class MoveReferral(ReferralTold):
    """An answer by phone, an appointment, a delivery, a withdrawal."""

    event: Literal[
        "accept", "decline", "appoint", "miss", "deliver", "close", "withdraw", "recall"
    ]


class Link(Given):
    """What an agency brings: the link's secret, and the number it was told."""

    token: Annotated[str, Field(max_length=80)]
    pin: Annotated[str, Field(max_length=12)]


class AgencyAnswer(Link, ReferralTold):
    """What an agency answers."""

    event: Literal["accept", "decline"]


class AgencyMove(ReferralTold):
    """What somebody of an agency answers from her own account."""

    event: Literal["accept", "decline", "appoint", "miss", "deliver"]


class AgencyPerson(Given):
    """Somebody who signs in for an agency."""

    name: Annotated[str, Field(min_length=2, max_length=80)]
    role: Annotated[str, Field(min_length=1, max_length=80)]
    password: Annotated[str, Field(min_length=12, max_length=200)]


class WantedPlace(Given):
    """Who wants a place in a facility."""

    facility: Name
    kind: Literal["women", "men"]
    people: Annotated[int, Field(ge=1, le=8)] = 1


class MoveStay(Given):
    """Admit, leave, release."""

    event: Literal["admit", "leave", "release"]


class Times(Given):
    """From when to when."""

    start: Moment
    end: Moment

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.end <= self.start:
            raise ValueError("끝나는 때가 시작하는 때보다 앞서요. The end is before the start")
        return self


class NewEscort(Given):
    """Guards or company for a way."""

    agency: Name
    times: list[Times] = Field(min_length=1, max_length=60)
    way: Long


class MoveEscort(Given):
    """Book, finish, cancel."""

    event: Literal["book", "finish", "cancel"]


class Participant(Given):
    """Who comes to a meeting; outsiders see the pseudonymised sheet only."""

    name: Short
    role: Short
    outside: bool = False


class NewMeeting(Given):
    """A case meeting."""

    at: Moment
    participants: list[Participant] = Field(default_factory=list, max_length=30)


class Decision(Given):
    """What was decided: a task for somebody until a day, or a referral."""

    what: Short = ""
    owner: int | None = None
    due: Day | None = None
    service: Name | None = None
    agency: Name | None = None


class Minutes(Given):
    """What was said of one case."""

    text: Long
    decisions: list[Decision] = Field(default_factory=list, max_length=20)


class Held(Given):
    """A meeting was held."""

    note: Long = ""
    next: Moment | None = None


class Reason(Given):
    """Why somebody downloads or destroys."""

    reason: Annotated[str, Field(min_length=5, max_length=500)]
