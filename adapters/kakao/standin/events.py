"""The Event API: what a channel may say unasked, to its friends alone, for money."""

from typing import Any

from adapters.kakao.standin.acts import Act
from adapters.kakao.standin.callbacks import told
from adapters.kakao.standin.engine import Engine
from adapters.kakao.standin.people import Person

Json = dict[str, Any]
_MOST_PEOPLE = 100


async def talk(
    engine: Engine, bot_id: str, key: str, body: object, origin: str
) -> tuple[int, Json]:
    """Run an event's block for some people; returns the HTTP status and the body."""
    if key != f"KakaoAK {engine.settings.event_key}":
        return 401, {"code": -401, "msg": "wrong appKey"}
    if bot_id.rstrip("!") != engine.settings.bot_id:
        return 200, told("FAIL", "Invalid bot ID. Check your Bot ID.")
    event, wanted, params = _parts(body)
    if event is None or not 0 < len(wanted) <= _MOST_PEOPLE:
        return 400, told("FAIL", f"an event has a name and 1 to {_MOST_PEOPLE} users")
    found = [_friend(engine, one) for one in wanted]
    friends = [person for person in found if person is not None]
    if not friends:
        return 200, told("FAIL", "the users are no friends of the channel")
    act = Act(event, trigger="EVENT", block=event, request_params=params)
    for person in friends:
        await engine.perform(person, act, origin)
    refused = len(found) - len(friends)
    return 200, told(
        "SUCCESS", f"{refused} users are no friends of the channel" if refused else ""
    )


def _parts(body: object) -> tuple[str | None, list[Json], Json]:
    """Return the event's name, the people and the parameters of a call."""
    if not isinstance(body, dict):
        return None, [], {}
    event, people, params = body.get("event"), body.get("user"), body.get("params")
    name = event.get("name") if isinstance(event, dict) else None
    return (
        name if isinstance(name, str) and name else None,
        [one for one in people if isinstance(one, dict)] if isinstance(people, list) else [],
        params if isinstance(params, dict) else {},
    )


def _friend(engine: Engine, wanted: Json) -> Person | None:
    if wanted.get("type") != "botUserKey":
        return None
    person = engine.people.with_key(str(wanted.get("id")))
    return person if person and person.is_friend and not person.has_blocked else None
