"""Drafts: the files of one, changed by forms or as text, merged when two work at once."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.publishing import unpacked
from flows.bundle import Sources
from flows.editing import Edit, EditError, edited
from flows.merging import ConflictError, merged
from flows.reading import Path, ScriptError, read
from storage import drafts, flow_versions
from storage.database import Database
from storage.drafts import Draft, NoDraftError, Saving, StaleError

TRIES = 5
MOST_FILES = 60
_Files = Mapping[str, str]
_Change = Callable[[_Files, _Files, str], _Files]
"""From what its author saw, what is there now, and who changed it: the files to put."""


class OverwritesError(Exception):
    """Somebody else changed the very same place; `author` is her name, `found` what she wrote."""

    def __init__(self, author: str, found: str) -> None:
        """Keep what the second one must see."""
        super().__init__("somebody else changed this")
        self.author = author
        self.found = found


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save led to: the draft, the files that changed, and whose change was merged in."""

    draft: Draft
    files: Mapping[str, str]
    merged_with: str = ""


class Drafting:
    """Reads and changes drafts."""

    def __init__(self, database: Database) -> None:
        """Work on the drafts of a database."""
        self._database = database

    async def sources(self, draft: Draft) -> Sources:
        """Return the files of a draft as a version would have them."""
        base = await self.base(draft)
        return sources_of(base, await drafts.files(self._database, draft.id))

    async def base(self, draft: Draft) -> Sources:
        """Return the version from which a draft began."""
        kept = await flow_versions.find(self._database, draft.base)
        if kept is None:
            raise NoDraftError("the version of this draft is gone")
        return unpacked(kept.source)

    async def edit(self, draft: int, revision: int, edit: Edit, author: str) -> Saved:
        """Make one change by a form.

        Raises:
            OverwritesError: somebody changed the same place since that revision.
            EditError: the change cannot be made.
            ScriptError: the file cannot be read as it stands.
        """

        def change(seen: Mapping[str, str], now: Mapping[str, str], by: str) -> _Files:
            if seen != now:
                _same_place(edit, seen, now, by)
            return edited(now, edit)

        return await self._save(draft, revision, author, change)

    async def write(self, draft: int, revision: int, files: _Files, author: str) -> Saved:
        """Put whole files in place; what another changed since is merged line by line."""

        def change(seen: Mapping[str, str], now: Mapping[str, str], by: str) -> _Files:
            put = {}
            for name, text in files.items():
                try:
                    put[name] = merged(seen.get(name, ""), text, now.get(name, ""))
                except ConflictError as conflict:
                    raise OverwritesError(by, f"{name}:{conflict.line}") from None
            if len({**now, **put}) > MOST_FILES:
                raise EditError("파일이 너무 많아요. There are too many files.")
            return put

        return await self._save(draft, revision, author, change)

    async def _save(self, draft: int, revision: int, author: str, change: _Change) -> Saved:
        seen = await drafts.files(self._database, draft, revision)
        for _ in range(TRIES):
            held = await drafts.find(self._database, draft)
            if held is None or revision > held.revision:
                raise NoDraftError("there is no such draft")
            now = await drafts.files(self._database, draft, held.revision)
            put = await asyncio.to_thread(change, seen, now, held.changed_by)
            try:
                saving = Saving(draft, held.revision, put, author)
                saved = await drafts.save(self._database, saving)
            except StaleError:
                continue  # another save came between: look again
            other = held.changed_by if held.revision != revision else ""
            touched = {name for name in now if seen.get(name) != now[name]} | put.keys()
            return Saved(saved, {name: {**now, **put}[name] for name in touched}, other)
        raise StaleError(revision, "")


def sources_of(base: Sources, files: Mapping[str, str]) -> Sources:
    """Return the files of a draft sorted into scripts and directory."""
    directory = {name: text for name, text in files.items() if name in base.directory}
    scripts = {name: text for name, text in files.items() if name not in directory}
    return replace(base, scripts=scripts, directory=directory)


def _same_place(edit: Edit, seen: Mapping[str, str], now: Mapping[str, str], by: str) -> None:
    """Refuse a change of a place that is not any more as its author saw it."""
    if edit.act not in {"set", "remove", "move"}:
        return
    path = edit.path if edit.act != "move" else edit.path[:-1]
    before, after = (_found(files, edit.file, path) for files in (seen, now))
    if after not in (before, edit.value):  # lists are not hashable
        raise OverwritesError(by, str(after if after is not None else "-"))


def _found(files: Mapping[str, str], name: str, path: Path) -> Any:  # noqa: ANN401  # any YAML value
    try:
        here = read(files.get(name, ""), name).content
        for part in path:
            here = here[part]
    except (ScriptError, KeyError, IndexError, TypeError):
        return None
    return here
