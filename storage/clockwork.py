"""Timers that are due, as the clock claims them."""

from storage.database import Database
from storage.timers import Timer, claim_in


async def claim(database: Database, limit: int, lease_s: float) -> list[Timer]:
    """Claim what is due, the longest due first; unless taken, it comes again after the lease."""
    lease_ms = round(lease_s * 1000)
    return await database.turn(None, lambda page: claim_in(page.batch, limit, lease_ms))
