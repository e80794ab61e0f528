"""The messages that the small model learns from, and those that only measure it.

Every message here was written for this corpus; none comes from a real person. A file is
TSV: split, label, lang, note, family, text. `⟦ ⟧` mark where in a long message the danger or
the wish stands. Splits: `train`; `dev`, on which thresholds were chosen; `test`, written
blind after the rules and never trained on.
"""

from collections.abc import Iterator
from csv import QUOTE_NONE, DictReader
from dataclasses import dataclass
from pathlib import Path

from flows.triage.normalise import clauses
from flows.triage.signals import Label

_HERE = Path(__file__).parent


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    """Read `one>other` pairs."""
    return tuple((one, other) for one, _, other in (pair.partition(">") for pair in text.split()))


_MARKS = str.maketrans("", "", "⟦⟧")
_PLAIN = _pairs(
    "있어요>있어 어요>어 아요>아 해요>해 와요>와 예요>야 에요>야 습니다>다 저는>나는 저를>나를"
    " 제가>내가 저희>우리"
)
_SHORT = _pairs("있어요>있음 왔어요>옴 해요>함 어요>음 습니다>음")
_CARELESS = _pairs("있>잇 했>햇 왔>왓 었>엇 싶>십 요>여 세요>세오 게>께")
_ENDS = "요여 .!?~"


@dataclass(frozen=True, slots=True)
class Message:
    """One message of the corpus.

    Attributes:
        split: `train`, `dev` or `test`.
        family: Messages of one scene and manner; kept for reading the tables.
        marked: The clauses that carry the label in a long message, normalised.
    """

    split: str
    label: Label
    lang: str
    note: str
    family: str
    text: str
    marked: tuple[str, ...]

    def carried_by(self, window: str) -> bool:
        """Whether the label holds for this stretch of the message."""
        return not self.marked or any(part in window for part in self.marked)


def corpus() -> list[Message]:
    """All messages, in the order of their files."""
    return [message for file in sorted(_HERE.glob("*.tsv")) for message in messages(file)]


def messages(file: Path) -> Iterator[Message]:
    """The messages of one file."""
    with file.open(encoding="utf-8", newline="") as lines:
        for row in DictReader(lines, delimiter="\t", quoting=QUOTE_NONE):
            yield _message(row)


def variants(message: Message) -> list[str]:
    """The same message in other manners of writing: plain, clipped, careless, run together."""
    if message.lang != "ko" or message.marked:
        return []
    text = message.text
    changed = [_replaced(text, _PLAIN), _replaced(text, _SHORT), _replaced(text, _CARELESS)]
    changed.append(text.replace(" ", "").rstrip(_ENDS))
    return [variant for variant in dict.fromkeys(changed) if variant and variant != text]


def _message(row: dict[str, str]) -> Message:
    text = row["text"]
    marked = text[text.index("⟦") + 1 : text.index("⟧")] if "⟦" in text else ""
    found = tuple(part.strip("^$") for part in clauses(marked)) if marked else ()
    return Message(
        split=row["split"],
        label=Label(row["label"]),
        lang=row["lang"],
        note=row["note"],
        family=row["family"],
        text=text.translate(_MARKS),
        marked=found,
    )


def _replaced(text: str, pairs: tuple[tuple[str, str], ...]) -> str:
    for one, other in pairs:
        text = text.replace(one, other)
    return text
