"""Publishing from the terminal: held to the same two persons, and kept in the same book."""

import asyncio
import getpass
import sys
from pathlib import Path

from bot.publishing import learn, unpacked
from bot.serving import open_database
from bot.settings import Settings
from bot.studio.releasing import NotProvedError, Releasing
from bot.versions import Versions
from flows.bundle import Sources, shipped, with_file
from flows.diff import Change, difference
from storage import audit, flow_versions, publications, staff
from storage.database import Database
from storage.errors import StorageError
from storage.publications import Deed


class NotAllowedError(StorageError):
    """Nobody of this name and password is an admin."""


def sources_from(place: str, database_files: Sources | None = None) -> Sources:
    """Return the files of a folder, or of one file put into those we ship."""
    path = Path(place)
    base = database_files or shipped()
    if path.is_dir():
        found = {file.name: file.read_text("utf-8") for file in sorted(path.rglob("*.yaml"))}
        directory = {name: text for name, text in found.items() if name in base.directory}
        scripts = {name: text for name, text in found.items() if name not in base.directory}
        return Sources({**base.scripts, **scripts}, {**base.directory, **directory}, base.start)
    return with_file(base, path.read_text("utf-8"), path.name)


async def propose(settings: Settings, place: str, name: str, reason: str) -> str:
    """Propose files as an admin; returns what to say."""
    async with await open_database(settings) as database:
        author = await _admin(database, name)
        releasing = Releasing(database, await _versions(database))
        try:
            number = await releasing.propose(sources_from(place), author, reason)
        except NotProvedError as error:
            return _wrong(error)
        await audit.record(database, None, None, "version proposed", f"{author} {number}")
    return f"proposed as version {number}: another admin runs `gyeot publish --version {number}`"


async def publish(settings: Settings, number: int, name: str, reason: str) -> str:
    """Publish a proposed version as the second admin; returns what to say."""
    async with await open_database(settings) as database:
        author = await _admin(database, name)
        releasing = Releasing(database, await _versions(database))
        try:
            await releasing.publish(Deed(number, author, reason))
        except NotProvedError as error:
            return _wrong(error)
        await audit.record(database, None, None, "publish", f"{author} {number}")
    return f"version {number} is published; running servers begin with it within seconds"


async def move(settings: Settings, numbers: tuple[int, int], name: str, reason: str) -> str:
    """Let the conversations of one version go on under another; returns what to say."""
    async with await open_database(settings) as database:
        author = await _admin(database, name)
        old, new = numbers
        releasing = Releasing(database, await _versions(database))
        told = await releasing.compare(old, new)
        await releasing.move(Deed(old, author, reason), new, {})
        await audit.record(database, None, None, "move", f"{author} {old} {new}")
    people = told["people"]["open"]
    shown = "fewer than 5" if people is None else people
    return f"{shown} open conversations of version {old} go on under {new} at their next message"


async def compare(settings: Settings | None, old: str, new: str) -> list[Change]:
    """Return what is different between two versions: numbers of a database, files or folders."""
    before, after = [await _one(settings, place) for place in (old, new)]
    return await asyncio.to_thread(difference, before, after)


async def _one(settings: Settings | None, place: str) -> Sources:
    if not place.isdigit():
        return shipped() if place == "shipped" else sources_from(place)
    if settings is None:
        raise NotAllowedError("a version number needs --data or --database")
    async with await open_database(settings) as database:
        kept = await flow_versions.find(database, int(place))
    if kept is None:
        raise publications.PublicationError(f"there is no version {place}")
    return unpacked(kept.source)


async def _versions(database: Database) -> Versions:
    versions = Versions()
    await learn(database, versions)
    return versions


async def _admin(database: Database, name: str) -> str:
    """Let an admin show who she is: by password, as at the page."""
    password = (
        getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().strip()
    )
    signed = await staff.sign_in(database, name, password)
    if signed is None or signed.staff.role != "admin":
        raise NotAllowedError("nobody of this name and password is an admin")
    await staff.sign_out(database, signed.token)
    return signed.staff.name


def _wrong(error: NotProvedError) -> str:
    problems = [
        f"{one['file']}:{one['line']}: {one['place']}: {one['reason']} → {one['remedy']}"
        for one in error.found["problems"]
    ]
    dialogues = [
        f"dialogue {one['title']!r}: expected {one['expected']}, found {one['found']}"
        for one in error.found["dialogues"]
        if not one["ok"]
    ]
    return "\n".join(["not accepted:", *problems, *dialogues])
