"""Publishing: a version is kept for ever, and only what can be played becomes one."""

import asyncio

import orjson

from bot.logs import log
from bot.versions import Versions
from flows import checks
from flows.bundle import Sources, compile_sources
from flows.reading import ScriptError
from storage import flow_versions, publications
from storage.database import Database
from storage.publications import HOUSE, Deed

LOOK_S = 1.0
"""How soon a publication in another process is known in this one."""


async def publish(database: Database, sources: Sources, *, checked: bool = True) -> Versions:
    """Know every published version, and publish the given files where they are new.

    Once a person has published something, files of a start are only proposed: two persons put
    a version live. Files that cannot be played leave the running version in place.

    Raises:
        ScriptError: the files cannot be used and there is no version yet.
    """
    versions = Versions()
    await learn(database, versions)
    if versions.newest and versions.sources(versions.newest) == sources:
        return versions  # it was checked when it was published
    led = bool(versions.newest) and await publications.led_by_people(database)
    try:
        if led:
            await _propose(database, sources)
            return versions
        flow = checks.checked(sources) if checked else compile_sources(sources)
        kept = await flow_versions.add(database, packed(sources), HOUSE, flow_versions.PUBLISHED)
        await publications.open_with(database, kept.number)
        versions.add(kept.number, sources, flow)
        versions.newest = kept.number  # also when files of an earlier version were put back
    except ScriptError as error:
        if not versions.newest:
            raise
        log().error("scripts not published", count=len(error.problems), version=versions.newest)
    return versions


async def learn(database: Database, versions: Versions) -> None:
    """Know what was published or withdrawn since, by this process or another."""
    now = await publications.standing(database)
    unknown = [number for number in now.numbers if not versions.knows(number)]
    for number in sorted(unknown, key=lambda one: one != now.current):
        kept = await flow_versions.find(database, number)
        if kept is not None:
            _add_kept(versions, number, unpacked(kept.source))
    versions.moves = now.moves
    if versions.knows(now.current):
        versions.of(now.current)  # compiled before anybody begins with it
        versions.newest = now.current


async def keep_up(database: Database, versions: Versions) -> None:
    """Learn for ever what other processes publish."""
    while True:
        await asyncio.sleep(LOOK_S)
        await learn(database, versions)


def packed(sources: Sources) -> str:
    """Return the files of a version as one text, the same for the same files."""
    whole = {
        "scripts": sources.scripts,
        "directory": sources.directory,
        "start": sources.start,
    }
    return orjson.dumps(whole, option=orjson.OPT_SORT_KEYS).decode()


def unpacked(text: str) -> Sources:
    """Return the files of a version from the text that was kept."""
    kept = orjson.loads(text)
    return Sources(kept["scripts"], kept["directory"], kept["start"])


async def _propose(database: Database, sources: Sources) -> None:
    """Propose the files of a start, once; whoever publishes them is a person."""
    text = packed(sources)
    known = await flow_versions.find_by_source(database, text)
    if known is not None:
        return
    await asyncio.to_thread(checks.checked, sources)
    kept = await flow_versions.add(database, text, HOUSE, flow_versions.PROPOSED)
    await publications.propose(database, Deed(kept.number, HOUSE, "new files at the start"))
    log().info("scripts proposed", version=kept.number)


def _add_kept(versions: Versions, number: int, sources: Sources) -> None:
    """Add a version that was published before, the current one or the newest readable first."""
    if versions.newest:
        versions.keep(number, sources)
        return
    try:
        versions.add(number, sources)
    except ScriptError as error:
        log().error("version not read", version=number, count=len(error.problems))
