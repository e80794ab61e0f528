"""What a person does, and the skill payload that Kakao's bot engine makes of it."""

import secrets
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
FALLBACK = "폴백 블록"
WELCOME = "웰컴 블록"
_BLOCKS = {FALLBACK: "65ab00000000000000000001", WELCOME: "65ab00000000000000000002"}
_SKILL = "65ab0000000000000000a001"


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that makes the bot engine call the skill.

    Attributes:
        utterance: Her words, or those that a press says for her.
        trigger: Kakao's word for how it came about.
        extra: The `extra` of what was pressed.
        params: Parameters of the block, such as the secure image plugin's.
        request_params: Such as a photo that was sent freely, or an event's parameters.
    """

    utterance: str
    trigger: str = "TEXT_INPUT"
    extra: Json | None = None
    block: str = FALLBACK
    params: dict[str, str] = field(default_factory=dict)
    request_params: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Caller:
    """For whom the bot engine calls.

    Attributes:
        bot_id: With a `!` at the end for the development channel.
        key: Her botUserKey.
        language: `ko`, `kr` or None: all three are seen.
    """

    bot_id: str
    key: str
    is_friend: bool = False
    language: str | None = "ko"


def payload(act: Act, caller: Caller, callback: str | None, *, odd: bool) -> Json:
    """Build a skill payload.

    Half of the calls are odd: members in the opposite order, some of them null or missing, and
    one that nobody knows. All of that is seen in real traffic.
    """
    block = {"id": _BLOCKS.get(act.block, _SKILL), "name": act.block}
    body: Json = {
        "bot": {"id": caller.bot_id, "name": "마음이"},
        "intent": {**block, "extra": {"reason": {"code": 1, "message": "OK"}}},
        "action": {
            "id": _SKILL,
            "name": "상담 스킬",
            "params": act.params,
            "detailParams": {
                name: {"origin": value, "value": value, "groupName": ""}
                for name, value in act.params.items()
            },
            "clientExtra": act.extra or {},
        },
        "userRequest": {
            **({"callbackUrl": callback} if callback else {}),
            "block": block,
            "user": {"id": caller.key, "type": "botUserKey", "properties": _properties(caller)},
            "utterance": act.utterance,
            "params": {"surface": "Kakaotalk.plusfriend", **act.request_params},
            "lang": caller.language,
            "timezone": "Asia/Seoul",
        },
        "flow": {
            "trigger": {"type": act.trigger, "referrerBlock": block},
            "lastBlock": block,
        },
        "contexts": [],
    }
    return _odd(body) if odd else body


def console_test(bot_id: str) -> Json:
    """Build what the console's "skill test" sends: no real person, hardly any members."""
    return {
        "intent": {"id": "sx0rcl2xfgzfkhn0gabcdefg", "name": "블록 이름"},
        "userRequest": {
            "timezone": "Asia/Seoul",
            "params": {"ignoreMe": "true", "surface": "BuilderBotTest"},
            "block": {"id": "sx0rcl2xfgzfkhn0gabcdefg", "name": "블록 이름"},
            "utterance": "발화 내용",
            "lang": None,
            "user": {"id": "662293", "type": "accountId", "properties": {}},
        },
        "bot": {"id": bot_id, "name": "봇 이름"},
        "action": {
            "name": "상담 스킬",
            "clientExtra": None,
            "params": {},
            "id": _SKILL,
            "detailParams": {},
        },
    }


def request_headers(secret: str) -> dict[str, str]:
    """Return the headers of one call; each call has an id of its own."""
    request_id = f"chp-{secrets.token_hex(16)}"
    return {
        "Content-Type": "application/json",
        "Accept": "*/*",
        "User-Agent": "AHC/2.1",
        "X-Gyeot-Secret": secret,
        "X-Request-Id": request_id,
        "X-Chappie-Footprint": request_id,
    }


def _properties(caller: Caller) -> Json:
    plus = caller.key[:14]
    known: Json = {
        "botUserKey": caller.key,
        "bot_user_key": caller.key,
        "plusfriendUserKey": plus,
        "plusfriend_user_key": plus,
    }
    return {**known, "isFriend": True} if caller.is_friend else known


def _odd(body: Json) -> Json:
    body = {**body, "requestedBy": {"version": 7}}
    body["intent"] = {**body["intent"], "extra": None}
    body["action"] = {**body["action"], "clientExtra": body["action"]["clientExtra"] or None}
    del body["contexts"]
    turned: Json = _turned(body)
    return turned


def _turned(part: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(part, dict):
        return {name: _turned(part[name]) for name in reversed(part)}
    return part
