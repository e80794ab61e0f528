"""From the first hello to a submitted application, as she reads and taps it."""

from collections import Counter
from dataclasses import dataclass, field

from tests.personas.asking import SUBMITTED, WRITES, Story
from tests.personas.people import Person

MOST_STEPS = 60
MORE = {"더 보기", "More"}


@dataclass
class Way:
    """How she came to a receipt.

    Attributes:
        inputs: How often she tapped or wrote, the first hello included.
        asked: How often each question was asked.
    """

    inputs: int = 0
    asked: Counter[str] = field(default_factory=Counter)
    receipt: str = ""


async def applies(she: Person, story: Story) -> Way:
    """Let somebody apply; nothing is asked twice, and nothing she wrote is said back."""
    way = Way()
    if story.channel == "web":
        said = await she.hears("안전한가요")
    else:
        said = await _writes(she, way, "안녕하세요")
    if story.hello != "안녕하세요":
        said = await _writes(she, way, story.hello)
    for _ in range(MOST_STEPS):
        if any(words in said for words in SUBMITTED):
            way.receipt = await she.receipt()
            return way
        asked, replies = story.reply(said)
        way.asked[asked] += 1
        place = she.before
        for reply in replies[:-1]:
            if reply not in await she.labels() and MORE & await she.labels():
                (more,) = MORE & await she.labels()
                way.inputs += 1
                await she.presses(more)
                await she.settles()
            way.inputs += 1
            await she.presses(reply)
            await she.settles()
            she.before = place  # the same question stays, with one thing ticked
        said = await _does(she, way, replies[-1])
    raise AssertionError(f"no receipt after {MOST_STEPS} questions: {way.asked}")


async def asks(she: Person, receipt: str, word: str) -> str:
    """Ask how far an application is; return what is told of it."""
    way = Way()
    await _writes(she, way, "안녕하세요")
    for label in ("네, 괜찮아요", "없어요", "내 신청 보기"):
        await _does(she, way, label)
    await _writes(she, way, receipt)
    return await _writes(she, way, word)


async def _does(she: Person, way: Way, reply: str) -> str:
    if reply.startswith(WRITES):
        return await _writes(she, way, reply.removeprefix(WRITES))
    way.inputs += 1
    await she.presses(reply)
    return await she.settles()


async def _writes(she: Person, way: Way, text: str) -> str:
    way.inputs += 1
    await she.says(text)
    return await she.settles()
