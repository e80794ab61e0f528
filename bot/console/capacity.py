"""Nobody takes more talks at once than she said by mistake; danger now is always taken."""

from aiohttp import web

from bot.console.gate import refuse
from bot.console.tools import SERVES, Tools
from storage import holdings, presence, staff
from storage.conversation import Conversation
from storage.presence import Presence


async def is_full(tools: Tools, staff_id: int, conversation: Conversation) -> bool:
    """Say whether somebody has her hands full; never before danger now, nor her own talk."""
    if conversation.urgency == 0 or conversation.staff_id == staff_id:
        return False
    at = (await presence.everyone(tools.database)).get(staff_id, Presence(staff_id))
    return await holdings.count(tools.database, staff_id) >= at.capacity


async def free(tools: Tools) -> list[str]:
    """Return the pseudonyms of those who are here and have room."""
    database, now = tools.database, tools.database.clock()
    here, talks = await presence.everyone(database), await holdings.counts(database)
    return [
        one.pseudonym
        for one in await staff.everyone(database)
        if one.role in SERVES
        and (at := here.get(one.id)) is not None
        and at.ready(now)
        and talks.get(one.id, 0) < at.capacity
    ]


async def refuse_full(tools: Tools) -> web.Response:
    """Return the refusal that says who has room."""
    names = ", ".join(await free(tools))
    room = (
        f"지금 자리가 있는 분: {names}. Free now: {names}."
        if names
        else "지금은 아무도 자리가 없어요. Nobody has room now."
    )
    return refuse(
        409,
        "full",
        f"동시 대화 수가 찼어요. {room} 더 맡으려면 교대 창에서 수를 늘려 주세요. "
        "All places are taken. To take more, raise your number in the shift window.",
    )
