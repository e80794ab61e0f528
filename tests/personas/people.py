"""A person with a phone, who can act out a dialogue that counselors wrote."""

import asyncio
import re
import time
from dataclasses import dataclass

from flows.dialogues import Beat, read_dialogue
from tests.personas.phones import Bubble, Phone
from tests.sources import CHECKOUT

HEARD_S = 15.0
PATIENCE_S = 0.6
QUIET_S = 0.12
LOOK_S = 0.05
RECEIPT = re.compile(r"(?:접수번호는|receipt code is) (\w{4}-?\w{4})")


@dataclass(slots=True)
class Person:
    """Somebody who writes, taps and reads.

    Attributes:
        before: How much we had said when she last did something.
    """

    phone: Phone
    before: int = 0

    async def says(self, text: str) -> None:
        self.before = len(await self.phone.bubbles())
        await self.phone.write(text)

    async def presses(self, label: str) -> None:
        """Press a button below what is new; a moment later, also one that she has seen before."""
        start = time.monotonic()
        while True:
            waited = time.monotonic() - start
            found = await self._newest_with(label, 0 if waited > PATIENCE_S else self.before)
            if found:
                break
            assert waited < HEARD_S, f"never saw the button {label}, but: {await self.news()}"
            await asyncio.sleep(LOOK_S)
        self.before = len(await self.phone.bubbles())
        await self.phone.tap(*found)

    async def hears(self, *words: str) -> str:
        """Wait until all of it was said since she last did something; return what was said."""
        said = ""
        try:
            async with asyncio.timeout(HEARD_S):
                while True:
                    said = "\n".join(one.text for one in await self._news())
                    if said and all(word in said for word in words):
                        return said
                    await asyncio.sleep(LOOK_S)
        except TimeoutError:
            raise AssertionError(f"never heard {words}, but: {said}") from None

    async def settles(self) -> str:
        """Wait until nothing more comes for a moment; return what was said, all of it."""
        seen, since = await self._shown_now(), time.monotonic()
        while not seen[0] or time.monotonic() - since < QUIET_S:
            assert time.monotonic() - since < HEARD_S, "nothing was answered"
            await asyncio.sleep(LOOK_S)
            now = await self._shown_now()
            if now != seen:
                seen, since = now, time.monotonic()
        return "\n".join(seen[0])

    async def labels(self) -> set[str]:
        """Return the buttons of the newest bubble that has any, without their ticks."""
        for bubble in reversed(await self.phone.bubbles()):
            if bubble.buttons:
                return {_plain(label) for label in bubble.buttons}
        return set()

    async def _shown_now(self) -> tuple[list[str], list[str]]:
        news = await self._news()
        return [one.text for one in news], [label for one in news for label in one.buttons]

    async def screen(self) -> str:
        """Return everything that we have put on her screen: texts and buttons."""
        return _shown(await self.phone.bubbles())

    async def receipt(self) -> str:
        """Return the receipt code that she was told."""
        found: list[str] = RECEIPT.findall(await self.screen())
        return found[-1]

    async def news(self) -> str:
        """Return all texts and buttons that came since she last did something."""
        return _shown(await self._news())

    async def acts_out(
        self, dialogue: str, *, since: str = "", until: str = "", opened: bool = False
    ) -> None:
        """Say and press what she does in a saved dialogue, and hear what must be answered.

        Args:
            dialogue: Its name in tests/dialogues.
            since: Begin when she says or presses this; empty is the beginning.
            until: Stop before she says or presses this after that; empty is the end.
            opened: We spoke first, when she opened the page: she need not say hello.
        """
        file = CHECKOUT / "tests" / "dialogues" / f"{dialogue}.yaml"
        talk = read_dialogue(file.read_text("utf-8"), file.name).talk
        does = [beat.she or beat.presses or "" for beat in talk]
        first = does.index(since) if since else int(opened)
        last = does.index(until, first + bool(since)) if until else len(talk)
        for beat in talk[first:last]:
            await self._plays(beat)

    async def _plays(self, beat: Beat) -> None:
        if beat.she is not None:
            await self.says(beat.she)
        elif beat.presses is not None:
            await self.presses(beat.presses)
        elif beat.bot is not None:
            await self.hears(*beat.bot)
        elif beat.never is not None:
            said = "\n".join(one.text for one in await self._news())
            assert [words for words in beat.never if words in said] == []

    async def _news(self) -> list[Bubble]:
        return (await self.phone.bubbles())[self.before :]

    async def _newest_with(self, label: str, first: int) -> tuple[Bubble, str] | None:
        for bubble in reversed((await self.phone.bubbles())[first:]):
            for shown in bubble.buttons:
                if _plain(shown) == label:
                    return bubble, shown
        return None


def _plain(label: str) -> str:
    return label.lstrip("✓✅ ")


def _shown(bubbles: list[Bubble]) -> str:
    return "\n".join("\n".join([one.text, *one.buttons]) for one in bubbles)
