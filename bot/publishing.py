"""Publishing: a version is kept for ever, and only what can be played becomes one."""

import orjson

from bot.logs import log
from bot.versions import Versions
from flows import checks
from flows.bundle import Sources, compile_sources
from flows.reading import ScriptError
from storage import flow_versions
from storage.database import Database

AUTHOR = "gyeot"


async def publish(database: Database, sources: Sources, *, checked: bool = True) -> Versions:
    """Know every published version, and publish the given files where they are new.

    Files that cannot be played leave the running version in place.

    Raises:
        ScriptError: the files cannot be used and there is no version yet.
    """
    versions = Versions()
    for kept in await flow_versions.all_of(database):
        _add_kept(versions, kept.number, kept.source)
    if versions.newest and versions.sources(versions.newest) == sources:
        return versions  # it was checked when it was published
    text = orjson.dumps(
        {"scripts": sources.scripts, "directory": sources.directory, "start": sources.start},
        option=orjson.OPT_SORT_KEYS,
    ).decode()
    try:
        flow = checks.checked(sources) if checked else compile_sources(sources)
        kept = await flow_versions.add(database, text, AUTHOR, flow_versions.PUBLISHED)
        versions.add(kept.number, sources, flow)
        versions.newest = kept.number  # also when files of an earlier version were put back
    except ScriptError as error:
        if not versions.newest:
            raise
        log().error("scripts not published", count=len(error.problems), version=versions.newest)
    return versions


def _add_kept(versions: Versions, number: int, text: str) -> None:
    """Add a version that was published before, the newest that can be read first."""
    kept = orjson.loads(text)
    sources = Sources(kept["scripts"], kept["directory"], kept["start"])
    if versions.newest:
        versions.keep(number, sources)
        return
    try:
        versions.add(number, sources)
    except ScriptError as error:
        log().error("version not read", version=number, count=len(error.problems))
