"""One entry of the log: what happened, when, where, and where the evidence is kept.

The codes are those of Article 2(1) of the stalking act, in our own words; `other` is all else.
Evidence itself is never kept here: she keeps it, and notes where.
"""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

ACTS = {
    "approach": {"ko": "다가옴·따라옴·길을 막음", "en": "Approached, followed or blocked the way"},
    "watch": {"ko": "기다리거나 지켜봄", "en": "Waited or watched"},
    "contact": {"ko": "전화·글·사진 등을 보냄", "en": "Called, wrote or sent something online"},
    "leave": {"ko": "물건을 보내거나 둠", "en": "Sent or left things"},
    "damage": {"ko": "물건을 망가뜨림", "en": "Damaged things"},
    "spread": {
        "ko": "개인정보·위치·사진을 퍼뜨림",
        "en": "Spread personal details, place or images",
    },
    "pose": {"ko": "나인 척함", "en": "Posed as me"},
    "other": {"ko": "그 밖의 일", "en": "Something else"},
}
CODES = dict(zip(ACTS, "가나다라마바사", strict=False)) | {"other": ""}
"""The letters under which the law lists them (Article 2(1)1)."""
PLACES = {
    "home": {"ko": "집과 근처", "en": "Home and around"},
    "work": {"ko": "직장·학교", "en": "Work or school"},
    "way": {"ko": "다니는 길", "en": "On the way"},
    "online": {"ko": "온라인·전화", "en": "Online or phone"},
    "elsewhere": {"ko": "다른 곳", "en": "Elsewhere"},
}
PARTS = {
    "unknown": {"ko": "모름", "en": "Not known"},
    "night": {"ko": "새벽 (0~6시)", "en": "Night (0-6)"},
    "morning": {"ko": "아침 (6~12시)", "en": "Morning (6-12)"},
    "afternoon": {"ko": "낮 (12~18시)", "en": "Afternoon (12-18)"},
    "evening": {"ko": "저녁·밤 (18~24시)", "en": "Evening (18-24)"},
}


class Incident(BaseModel):
    """What she noted of one event; everything but the day and the kind of act is optional."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    day: date
    about: bool = False
    """The day is only roughly known."""
    part: Literal["unknown", "night", "morning", "afternoon", "evening"] = "unknown"
    act: Literal["approach", "watch", "contact", "leave", "damage", "spread", "pose", "other"]
    place: Literal["home", "work", "way", "online", "elsewhere"] = "elsewhere"
    count: int = Field(default=1, ge=1, le=100_000)
    """How often, such as 37 missed calls."""
    what: str = Field(default="", max_length=4000)
    threat: bool = False
    weapon: bool = False
    witness: str = Field(default="", max_length=500)
    evidence: str = Field(default="", max_length=500)
    """Where it is kept, never the thing itself."""
    reported: bool = False
    report: str = Field(default="", max_length=200)
    """Report number, station, officer."""
    breach: bool = False
    """A protective measure was broken by it."""
    effect: str = Field(default="", max_length=1000)
