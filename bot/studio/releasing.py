"""Putting versions live: proposed by one person, published by another; back, out and over."""

import asyncio
from collections.abc import Mapping
from typing import Any

from bot.publishing import learn, packed, unpacked
from bot.studio.counting import inside, standing_at
from bot.studio.proving import proved
from bot.versions import Versions
from flows.bundle import Sources, gather
from flows.diff import changed_steps, difference
from flows.likeness import proposed
from storage import drafts, flow_versions, publications, saved, whereabouts
from storage.database import Database
from storage.publications import Deed, Move, PublicationError


class NotProvedError(Exception):
    """The version has problems; `found` is what `proved` says."""

    def __init__(self, found: dict[str, Any]) -> None:
        """Keep what is wrong."""
        super().__init__("the version has problems")
        self.found = found


class Releasing:
    """Moves versions through their life; every act is kept in the book."""

    def __init__(self, database: Database, versions: Versions) -> None:
        """Release versions of a database into the running house."""
        self._database = database
        self._versions = versions

    async def propose(self, sources: Sources, author: str, reason: str) -> int:
        """Keep files as a proposed version; raises `NotProvedError`, `PublicationError`."""
        await self._prove(sources)
        text = packed(sources)
        known = await flow_versions.find_by_source(self._database, text)
        if known is not None and known.status not in {"draft", "refused", "proposed"}:
            raise PublicationError(
                f"판 {known.number}과 똑같아요. These are the files of version {known.number}."
            )
        kept = await flow_versions.add(self._database, text, author, "draft", reason)
        await publications.propose(self._database, Deed(kept.number, author, reason))
        return kept.number

    async def publish(self, deed: Deed) -> None:
        """Publish a proposed version as the second person, proved once more."""
        await self._prove(await self.sources(deed.version))
        await publications.publish(self._database, deed)
        await drafts.settle_version(self._database, deed.version, drafts.DONE)
        await learn(self._database, self._versions)

    async def refuse(self, deed: Deed) -> None:
        """Send a proposed version back; its draft is open again."""
        await publications.refuse(self._database, deed)
        await drafts.settle_version(self._database, deed.version, drafts.OPEN)

    async def roll_back(self, deed: Deed) -> None:
        """Let new conversations begin with an earlier version again."""
        await publications.roll_back(self._database, deed)
        await learn(self._database, self._versions)

    async def withdraw(self, deed: Deed, steps: Mapping[str, str]) -> None:
        """Take a version out of use; its conversations move with their next message."""
        await publications.withdraw(self._database, deed, steps)
        await learn(self._database, self._versions)

    async def review(self, deed: Deed) -> None:
        """Confirm a withdrawal as the second person."""
        await publications.review(self._database, deed)

    async def move(self, deed: Deed, goal: int, steps: Mapping[str, str]) -> None:
        """Let the conversations of a version go on under another; refuses unknown steps."""
        places = self._versions.of(goal).places
        if strange := [step for step in steps.values() if step not in places]:
            raise PublicationError(
                f"그런 단계가 없어요: {strange[0]}. There is no such step: {strange[0]}."
            )
        await publications.move(self._database, deed, Move(goal, steps))
        await learn(self._database, self._versions)

    async def mapping(self, old: int, new: int) -> dict[str, Any]:
        """Return where the people of a version stand, and where each step could lead to.

        A step without `to` is gone: whoever stands there begins anew with her next message.
        """
        before, after = await self.sources(old), await self.sources(new)
        gone, places = await asyncio.to_thread(_steps_of, before, after)
        counted = standing_at(await whereabouts.of_version(self._database, old))
        steps = sorted(counted.keys() | gone.keys())
        return {
            "steps": [
                {
                    "step": step,
                    "people": counted.get(step, 0),
                    "to": gone.get(step, step if step in places else ""),
                    "gone": step not in places,
                }
                for step in steps
            ],
            "goals": places,
        }

    async def compare(self, old: int, new: int) -> dict[str, Any]:
        """Return what is different, and who is inside changed steps of the old version now."""
        before, after = await self.sources(old), await self.sources(new)
        changes = await asyncio.to_thread(difference, before, after)
        steps = await asyncio.to_thread(changed_steps, before, after)
        places = await whereabouts.of_version(self._database, old)
        return {
            "changes": [
                {"about": one.about, "place": one.place, "ko": one.ko, "en": one.en}
                for one in changes
            ],
            "people": inside(places, steps),
        }

    async def sources(self, number: int) -> Sources:
        """Return the files of a version; raises `PublicationError`."""
        kept = await flow_versions.find(self._database, number)
        if kept is None:
            raise PublicationError("그런 판이 없어요. There is no such version.")
        return unpacked(kept.source)

    async def _prove(self, sources: Sources) -> None:
        dialogues = await saved.dialogues(self._database)
        found = await asyncio.to_thread(proved, sources, dialogues)
        if not found["ok"]:
            raise NotProvedError(found)


def _steps_of(before: Sources, after: Sources) -> tuple[dict[str, str], list[str]]:
    """Return every step that is gone with what it became, and the steps that are there."""
    old, new = gather(before), gather(after)
    found = proposed(old, new)
    places = [f"{name}/{step}" for name, flow in new.flows.items() for step in flow.steps]
    known = set(places)
    here = (f"{name}/{step}" for name, flow in old.flows.items() for step in flow.steps)
    return {step: found.get(step, "") for step in here if step not in known}, places
