"""A round of the survey as something that can be counted."""

from dataclasses import dataclass
from datetime import date

from bot.numbers.sources import NO, NOT_KNOWN, YES, Indicator
from flows.compiled import Asks, CompiledFlow, Place
from flows.numbers.cells import UNKNOWN, Dimension, Layout, Record
from flows.surveys.sitting import CONSENT, compiled
from storage.database import Database
from storage.survey import rounds

PREFIX = "survey:"
UNCOUNTED = frozenset({CONSENT, "safe_now"})
PAIRS = (("age", "gender"), ("gender", "relation"), ("region", "age", "acts_watch"))
"""Questions that are counted together; where three meet, what is under 10 is hidden."""


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers of one round; a round is counted whole, whatever the days."""

    database: Database
    number: int
    flow: CompiledFlow

    @property
    def source(self) -> str:
        """The name under which its releases are kept and compared."""
        return f"{PREFIX}{self.number}"

    def layout(self) -> Layout:
        """Return one table for each question, and some questions together."""
        dimensions = {one.name: one for place in self._asked() for one in _dimensions(place)}
        pairs = [pair for pair in PAIRS if set(pair) <= dimensions.keys()]
        paired = {name for pair in pairs for name in pair}
        alone = [(name,) for name in dimensions if name not in paired]
        return Layout(dimensions, (*pairs, *alone))

    async def count(self, first: date, until: date) -> tuple[list[Record], list[Indicator]]:
        """Return the answers as records."""
        del first, until
        asked = self._asked()
        found = await rounds.answers(self.database, self.number)
        return [_record(answers, asked) for answers in found], []

    def _asked(self) -> list[Place]:
        kinds = {Asks.ONE, Asks.SEVERAL}
        places = (p for p in self.flow.places.values() if p.asks in kinds)
        return [place for place in places if place.save not in UNCOUNTED]


async def counting_of(database: Database, source: str) -> Answers | None:
    """Return a closed round by its source, such as `survey:17`; None when it cannot be counted.

    An open round is not counted: its numbers would show who has just answered.
    """
    number = source.removeprefix(PREFIX)
    if number == source or not number.isdigit():
        return None
    found = await rounds.find(database, int(number))
    if found is None or found.destroyed or database.clock() < found.closes:
        return None
    return Answers(database, found.id, compiled(found.script))


def _dimensions(place: Place) -> list[Dimension]:
    options = {one.id: one.label for one in place.options if one.id not in ("skip", UNKNOWN)}
    if place.asks is Asks.ONE:
        values = {key: label for key, label in options.items() if key != "under14"}
        return [Dimension(place.save, place.title, {**values, UNKNOWN: NOT_KNOWN})]
    return [
        Dimension(f"{place.save}_{key}", _joined(place, label), {"yes": YES, "no": NO})
        for key, label in options.items()
    ]


def _joined(place: Place, label: dict[str, str]) -> dict[str, str]:
    return {code: f"{place.title.get(code, '')}: {words}" for code, words in label.items()}


def _record(answers: dict[str, object], asked: list[Place]) -> Record:
    record = {}
    for place in asked:
        given = answers.get(place.save)
        if place.asks is Asks.ONE:
            record[place.save] = str(given or UNKNOWN)
            continue
        chosen = given if isinstance(given, list | tuple) else ()
        for one in place.options:
            record[f"{place.save}_{one.id}"] = "yes" if one.id in chosen else "no"
    return record
