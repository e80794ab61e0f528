"""What is to go out, for those who send it: claim some, send them, settle them."""

from collections.abc import Sequence

from storage.claims import Due, Outcome, claim_in, settle_in
from storage.database import Database
from storage.page import Page

__all__ = ["Due", "Outcome", "claim", "settle"]


async def claim(
    database: Database,
    channel: str,
    limit: int,
    lease_s: float,
    outcomes: Sequence[Outcome] = (),
) -> list[Due]:
    """Claim what is due on a channel, the longest due first.

    Args:
        database: The store.
        channel: Its name.
        limit: At most so many; 0 only settles.
        lease_s: For so long they are ours.
        outcomes: How earlier ones fared: noted before, in the same commit.
    """

    def job(page: Page) -> list[Due]:
        if outcomes:
            settle_in(page.batch, outcomes)
        return claim_in(page.batch, channel, limit, round(lease_s * 1000))

    return await database.turn(None, job)


async def settle(database: Database, outcomes: Sequence[Outcome]) -> None:
    """Note how claimed entries fared."""
    if outcomes:
        await database.turn(None, lambda page: settle_in(page.batch, outcomes))
