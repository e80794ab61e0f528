"""Publishing: a version is kept for ever, and only what can be played becomes one."""

import orjson

from bot.logs import log
from bot.versions import Versions
from flows.bundle import Sources
from flows.checks import check
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
    for kept in reversed(await flow_versions.all_of(database)):
        _add_kept(versions, kept.number, kept.source)
    text = orjson.dumps(
        {"scripts": sources.scripts, "directory": sources.directory, "start": sources.start},
        option=orjson.OPT_SORT_KEYS,
    ).decode()
    try:
        if checked:
            _check(sources)
        versions.add(0, sources)
        kept = await flow_versions.add(database, text, AUTHOR, flow_versions.PUBLISHED)
        versions.add(kept.number, sources)
    except ScriptError as error:
        if not versions.newest:
            raise
        log().error("scripts not published", count=len(error.problems), version=versions.newest)
    return versions


def _check(sources: Sources) -> None:
    if problems := check(sources):
        raise ScriptError(problems)


def _add_kept(versions: Versions, number: int, text: str) -> None:
    """Add a version that was published before; one that cannot be read now is left out."""
    kept = orjson.loads(text)
    sources = Sources(kept["scripts"], kept["directory"], kept["start"])
    try:
        versions.add(number, sources)
    except ScriptError as error:
        log().error("version not read", version=number, count=len(error.problems))
