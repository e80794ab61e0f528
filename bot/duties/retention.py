"""Retention: what the consents promised to destroy is destroyed, and the access log proves it."""

from datetime import timedelta

from bot.changes import pause
from storage import audit
from storage.database import Database
from storage.education import requests
from storage.survey import rounds

LOOK_S = 3600.0
EDUCATION = timedelta(days=365)
"""Who asked for education is known until a year after the last step."""
SURVEY = timedelta(days=3 * 365 + 1)
"""Answers are kept for three years after a round closed."""


async def keep(database: Database) -> None:
    """Destroy what is due, for ever."""
    while True:
        await destroy_due(database)
        await pause(database, LOOK_S)


async def destroy_due(database: Database) -> dict[str, int]:
    """Destroy what is due now; returns how much of each kind."""
    now = database.clock()
    gone = {
        "education": await requests.forget_old(database, now - _ms(EDUCATION)),
        "survey": await rounds.destroy_old(database, now - _ms(SURVEY)),
    }
    for kind, many in gone.items():
        if many:
            await audit.record(database, None, None, f"destroy {kind}", str(many))
    return gone


def _ms(span: timedelta) -> int:
    return int(span.total_seconds() * 1000)
