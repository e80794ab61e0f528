"""How satisfied people were: a figure about whole rounds that are over, and of thirty at least."""

from datetime import date

from bot.numbers.sources import ENOUGH, Indicator, midnight
from flows.numbers.cells import LEAST
from storage.database import Database
from storage.survey import rounds

STANDING = "satisfaction:"
HELPED = frozenset({"much", "some"})
HELD = frozenset({"little", "none"})


async def satisfied(database: Database, first: date, until: date) -> Indicator:
    """Return how many of a hundred say that it helped, of the rounds that ended within a time.

    A round is counted whole or not at all, and only if it could be told of alone: no two figures
    differ by a few answers.
    """
    begin, end = (int(midnight(day).timestamp() * 1000) for day in (first, until))
    yes = no = 0
    for one in await rounds.everything(database):
        ours = (one.standing or "").startswith(STANDING) and not one.destroyed
        if not ours or not begin < one.closes <= min(end, database.clock()):
            continue
        told = [answer.get("helped") for answer in await rounds.answers(database, one.id)]
        helped, held = (sum(word in some for word in told) for some in (HELPED, HELD))
        if helped + held >= ENOUGH and min(helped, held) >= LEAST:
            yes, no = yes + helped, no + held
    label = {
        "ko": "지원이 도움이 됐다는 답 (%)",
        "en": "Say that the support helped (%)",
    }
    share = float(round(100 * yes / (yes + no))) if yes else None
    return Indicator("satisfied", label, share)
