"""Error rates: `python -m flows.triage.measure [file.tsv]` judges messages and counts.

Without a file it takes the test split of the corpus, which nothing was trained on. A file
needs the columns label, note and text.
"""

import sys
from collections import Counter
from collections.abc import Iterable
from csv import QUOTE_NONE, DictReader
from pathlib import Path

from flows.triage.corpus import corpus
from flows.triage.judge import triage
from flows.triage.reading import URGENT
from flows.triage.signals import Label

_WISHES = (Label.HUMAN, Label.EXIT, Label.DELETE)


def main(arguments: list[str]) -> None:
    """Print the rates for a file or for the test split."""
    sys.stdout.write(report(_read(Path(arguments[0])) if arguments else _test_split()))


def report(messages: Iterable[tuple[Label, str, str]]) -> str:
    """The rates for messages given as label, note and text."""
    counts: Counter[str] = Counter()
    for label, note, text in messages:
        signal = triage(text)
        kind = _kind(label, note)
        counts[kind] += 1
        if signal.label in URGENT:
            counts[f"{kind} flagged"] += 1
        elif signal.ask:
            counts[f"{kind} asked"] += 1
        counts[f"{kind} right"] += signal.label is label
    return "".join(f"{line}\n" for line in _lines(counts))


def _kind(label: Label, note: str) -> str:
    if label in URGENT:
        return "urgent"
    if label is Label.OTHER:
        return "hard other" if "hard:" in note else "easy other"
    return str(label)


def _lines(counts: Counter[str]) -> Iterable[str]:
    reached = counts["urgent flagged"] + counts["urgent asked"]
    yield _rate("urgent, recognised", counts["urgent flagged"], counts["urgent"])
    yield _rate("urgent, recognised or asked", reached, counts["urgent"])
    for kind in ("hard other", "easy other"):
        yield _rate(f"{kind}, flagged urgent", counts[f"{kind} flagged"], counts[kind])
        yield _rate(f"{kind}, asked", counts[f"{kind} asked"], counts[kind])
    for wish in _WISHES:
        yield _rate(f"{wish}, recognised", counts[f"{wish} right"], counts[str(wish)])


def _rate(name: str, part: int, whole: int) -> str:
    return f"{name:30} {part:4} of {whole:4}  {part / whole:.3f}" if whole else f"{name:30} none"


def _test_split() -> Iterable[tuple[Label, str, str]]:
    return ((one.label, one.note, one.text) for one in corpus() if one.split == "test")


def _read(file: Path) -> Iterable[tuple[Label, str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        for row in DictReader(lines, delimiter="\t", quoting=QUOTE_NONE):
            yield Label(row["label"]), row["note"], row["text"]


if __name__ == "__main__":
    main(sys.argv[1:])
