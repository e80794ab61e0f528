"""What an operator does beside serving: migrate, verify, back up, restore."""

import asyncio
from pathlib import Path

from bot.house import keys_url
from bot.settings import Settings
from storage import backup as backups
from storage import migrating, restoring
from storage import verify as verifying
from storage.keys import KeyStore
from storage.master import MasterKey
from storage.verify import Finding


async def migrate(settings: Settings) -> str:
    """Bring the tables up to date."""
    return await asyncio.to_thread(migrating.migrate, settings.database, keys_url(settings))


async def verify(settings: Settings) -> list[Finding]:
    """Check the invariants."""
    master = MasterKey.load(settings.master_key)
    return await asyncio.to_thread(
        verifying.verify, settings.database, keys_url(settings), master, settings.files
    )


async def backup(settings: Settings, target: Path) -> str:
    """Write a backup."""
    return await asyncio.to_thread(
        backups.backup, settings.database, keys_url(settings), settings.files, target
    )


async def restore(settings: Settings, source: Path) -> str:
    """Restore a backup."""
    return await asyncio.to_thread(
        restoring.restore, settings.database, keys_url(settings), settings.files, source
    )


async def rotate(settings: Settings) -> int:
    """Make a new master key and wrap every key with it; may be killed and run again at any point.

    The file holds both keys until all is done. Returns how many keys were wrapped.
    """
    return await asyncio.to_thread(_rotate, settings)


def _rotate(settings: Settings) -> int:
    master = MasterKey.load(settings.master_key)
    both = master if master.changing else master.next()
    both.save(settings.master_key)
    keys = KeyStore(keys_url(settings), both)
    try:
        changed = keys.rotate(both)
    finally:
        keys.close()
    both.newest().save(settings.master_key)
    return changed
