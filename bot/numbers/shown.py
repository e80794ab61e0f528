"""A sheet as tables that people read: rows and columns with labels, hidden numbers left out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.numbers.publishing import Sheet
from flows.numbers.cells import EVERYBODY, Dimension, Key
from flows.numbers.sheets import written
from flows.texts import said

HIDDEN = "–"
TOTAL = {"ko": "합계", "en": "Total"}
PEOPLE = {"ko": "건수", "en": "Number"}
PAIR = 2


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its label and its numbers; None is hidden."""

    label: str
    numbers: list[int | None]
    share: float | None
    total: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table; `columns` has one label for each number of a row."""

    title: str
    columns: list[str]
    rows: list[Row]


def tables(sheet: Sheet, language: str) -> list[Table]:
    """Return every table of a sheet, yes-or-no ones of one kind put together."""
    found, flags = [], list[Dimension]()
    for names in sheet.layout.tables:
        dimensions = [sheet.layout.dimensions[name] for name in names]
        if len(dimensions) == 1 and [*dimensions[0].values] == ["yes", "no"]:
            flags.append(dimensions[0])
        elif len(dimensions) <= PAIR:
            found.append(_table(sheet, dimensions, language))
        else:
            found += _slices(sheet, dimensions, language)
    if flags:
        found.append(_flags(sheet, flags, language))
    return found


def csv(sheet: Sheet, language: str) -> str:
    """Return every table as one CSV."""
    return written(_lines(sheet, language))


def everybody(sheet: Sheet) -> int | None:
    """Return how many were counted, unless that is hidden."""
    return sheet.published.cells.get(EVERYBODY)


def _lines(sheet: Sheet, language: str) -> Iterator[Sequence[str | int | float | None]]:
    for table in tables(sheet, language):
        yield [table.title, *table.columns]
        yield from ([row.label, *row.numbers] for row in table.rows)
        yield []
    for one in sheet.indicators:
        yield [said(one.label, language), one.value]


def _table(
    sheet: Sheet, dimensions: list[Dimension], language: str, within: Key = EVERYBODY
) -> Table:
    first, *rest = dimensions
    across = rest[0] if rest else None
    title = " × ".join(said(one.label, language) for one in dimensions)
    columns = [said(label, language) for label in across.values.values()] if across else []
    total = said(TOTAL, language) if across else said(PEOPLE, language)
    rows = [
        _row(sheet, said(label, language), within | {(first.name, value)}, across)
        for value, label in first.values.items()
    ]
    last = _row(sheet, said(TOTAL, language), within, across)
    rows.append(replace(last, total=True))
    return Table(title, [*columns, total], rows)


def _slices(sheet: Sheet, dimensions: list[Dimension], language: str) -> Iterator[Table]:
    """Return where three meet as one table for each value of the first, after their margins."""
    first, *rest = dimensions
    for pair in (rest, [first, rest[0]], [first, rest[1]]):
        yield _table(sheet, pair, language)
    for value, label in first.values.items():
        table = _table(sheet, rest, language, frozenset({(first.name, value)}))
        yield replace(table, title=f"{said(label, language)}: {table.title}")


def _row(sheet: Sheet, label: str, key: Key, across: Dimension | None) -> Row:
    cells = sheet.published.cells
    numbers = (
        [cells.get(key | {(across.name, value)}) for value in across.values] if across else []
    )
    return Row(label, [*numbers, cells.get(key)], sheet.published.share(key))


def _flags(sheet: Sheet, flags: list[Dimension], language: str) -> Table:
    rows = [
        _row(sheet, said(one.label, language), frozenset({(one.name, "yes")}), None)
        for one in flags
    ]
    title = {"ko": "신청한 지원 (여러 개 가능)", "en": "Support applied for (several possible)"}
    return Table(said(title, language), [said(PEOPLE, language)], rows)
